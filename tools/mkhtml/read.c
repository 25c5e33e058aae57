// SPDX-License-Identifier: AGPL-3.0-or-later
//
// read.c: reading: characters, names, pieces of C.

#include "mkhtml.h"

#include <ctype.h>
#include <string.h>

char peek(const struct compile *c)
{
    return c->source[c->at];
}

char next(struct compile *c)
{
    char ch = c->source[c->at++];
    c->line += ch == '\n';
    return ch;
}

bool looks_at(const struct compile *c, const char *text)
{
    return strncmp(c->source + c->at, text, strlen(text)) == 0;
}

void skip_space(struct compile *c)
{
    while (isspace((unsigned char)peek(c))) {
        next(c);
    }
}

// A name of letters and what else may stand in it.
void read_name(struct compile *c, const char *more, char out[MAX_NAME], const char *what)
{
    size_t n = 0;
    while (isalnum((unsigned char)peek(c)) || (peek(c) != '\0' && strchr(more, peek(c)) != NULL)) {
        if (n == MAX_NAME - 1) {
            refuse(c, "the name of this %s is too long", what);
        }
        out[n++] = next(c);
    }
    out[n] = '\0';
    if (n == 0) {
        refuse(c, "here a name of %s must stand", what);
    }
}

char *trimmed(const char *bytes, size_t n)
{
    while (n > 0 && isspace((unsigned char)bytes[n - 1])) {
        n--;
    }
    while (n > 0 && isspace((unsigned char)bytes[0])) {
        bytes++;
        n--;
    }
    return copy(bytes, n);
}

// Length of the string or character literal of C that begins at p.
size_t quoted_length(const char *p)
{
    size_t n = 1;
    while (p[n] != '\0' && p[n] != p[0]) {
        n += p[n] == '\\' && p[n + 1] != '\0' ? 2 : 1;
    }
    return p[n] == '\0' ? n : n + 1;
}

// Reads C up to `end` outside of brackets and quotes; the end is read too. A single '|' also ends
// it when `bar`; *by_bar tells.
char *read_c(struct compile *c, const char *end, bool bar, bool *by_bar)
{
    int line = c->line;
    size_t from = c->at;
    int depth = 0;
    if (by_bar != NULL) {
        *by_bar = false;
    }
    for (;;) {
        char ch = peek(c);
        if (ch == '\0') {
            refuse_at(c, line, "what begins here with { is never closed with %s", end);
        }
        if (depth == 0 && looks_at(c, end)) {
            break;
        }
        if (bar && depth == 0 && ch == '|' && !looks_at(c, "||")) {
            *by_bar = true;
            break;
        }
        size_t n = ch == '"' || ch == '\'' ? quoted_length(c->source + c->at)
                   : looks_at(c, "//")     ? strcspn(c->source + c->at, "\n")
                   : looks_at(c, "||")     ? 2
                                           : 1;
        depth += strchr("([{", ch) != NULL ? 1 : strchr(")]}", ch) != NULL ? -1 : 0;
        if (depth < 0) {
            refuse_at(c, line, "a bracket is closed here that was not opened");
        }
        while (n-- > 0) {
            next(c);
        }
    }
    char *text = trimmed(c->source + from, c->at - from);
    c->at += by_bar != NULL && *by_bar ? 1 : strlen(end);
    return text;
}

char *read_expression(struct compile *c, const char *end, const char *what)
{
    int line = c->line;
    char *text = read_c(c, end, false, NULL);
    if (text[0] == '\0') {
        refuse_at(c, line, "%s needs an expression", what);
    }
    return text;
}
