// SPDX-License-Identifier: AGPL-3.0-or-later
//
// words.c: words of the catalogue: texts between tags, messages, plurals.

#include "mkhtml.h"

#include <ctype.h>
#include <string.h>

// Length of an entity such as &nbsp; or &#8211; at p, 0 when it is none.
static size_t entity_length(const char *p)
{
    size_t n = 1;
    n += p[n] == '#';
    size_t first = n;
    while (isalnum((unsigned char)p[n])) {
        n++;
    }
    return n > first && p[n] == ';' ? n + 1 : 0;
}

// ASCII, Latin, Greek, Cyrillic, Hebrew, Arabic and so on (U+00C0 to U+1FFF), CJK and above.
static bool is_letter(const char *p)
{
    unsigned char u = (unsigned char)*p;
    if (strncmp(p, "×", 2) == 0 || strncmp(p, "÷", 2) == 0) {
        return false;
    }
    return isalpha(u) || (u >= 0xC3 && u <= 0xE1) || (u >= 0xE3 && u <= 0xED);
}

static void refuse_words(const struct compile *c, const char *p)
{
    size_t n = strcspn(p, "<{\"\n");
    while (n > 0 && isspace((unsigned char)p[n - 1])) {
        n--;
    }
    refuse(c, "“%.*s” is not in the catalogue: write {_ %.*s}", (int)n, p, (int)n, p);
}

// One piece of literal text or of a literal attribute value.
void literal_char(struct compile *c, bool read_by_people)
{
    const char *p = c->source + c->at;
    if (*p == '&') {
        size_t n = entity_length(p);
        if (n == 0) {
            refuse(c, "a single & must be written &amp;");
        }
        add(&c->literal, p, n);
        c->at += n;
        return;
    }
    if (read_by_people && is_letter(p)) {
        refuse_words(c, p);
    }
    char ch = next(c);
    add(&c->literal, &ch, 1);
}

static void note_message(struct compile *c, int line, const char *one, const char *many)
{
    struct messages *all = c->messages;
    size_t i = 0;
    while (i < all->n && (strcmp(all->list[i].one, one) != 0 ||
                          (all->list[i].many == NULL) != (many == NULL))) {
        i++;
    }
    if (i == all->n) {
        if (all->n == all->cap) {
            all->cap = all->cap * 2 + 64;
            struct message *list = take(all->cap * sizeof *list);
            memcpy(list, all->n == 0 ? (void *)list : all->list, all->n * sizeof *list);
            all->list = list;
        }
        all->list[all->n++] = (struct message){
            .one = copy(one, strlen(one)), .many = many == NULL ? NULL : copy(many, strlen(many))};
    }
    add_format(&all->list[i].places, "#: %s:%d\n", c->file, line);
}

// The text of a message up to '|' or '}', white space as single spaces.
static char *read_message_text(struct compile *c, bool *by_bar)
{
    int line = c->line;
    struct text out = {0};
    add_text(&out, "");
    while (peek(c) != '|' && peek(c) != '}') {
        const char *p = c->source + c->at;
        if (*p == '\0') {
            refuse_at(c, line, "what begins here with { is never closed with }");
        }
        if (*p == '{') {
            if (!isdigit((unsigned char)p[1]) || p[2] != '}') {
                refuse(c, "a text may hold {0} to {9}, no other braces");
            }
            add(&out, p, 3);
            c->at += 3;
        } else if (*p == '&' && entity_length(p) > 0) {
            refuse(c, "in a text of the catalogue write the character itself, not %.*s",
                   (int)entity_length(p), p);
        } else if (isspace((unsigned char)*p)) {
            skip_space(c);
            if (out.len > 0 && peek(c) != '|' && peek(c) != '}') {
                add_text(&out, " ");
            }
        } else {
            next(c);
            add(&out, p, 1);
        }
    }
    *by_bar = next(c) == '|';
    if (out.len == 0) {
        refuse_at(c, line, "a text for the catalogue is missing here");
    }
    return out.data;
}

static void check_placeholders(const struct compile *c, int line, const char *text, int n_args)
{
    bool used[MAX_ARGS] = {false};
    for (const char *p = text; (p = strchr(p, '{')) != NULL; p++) {
        int i = p[1] - '0';
        used[i] = true;
        if (i >= n_args) {
            refuse_at(c, line, "the text has {%d}, but there is no expression for it", i);
        }
    }
    for (int i = 0; i < n_args; i++) {
        if (!used[i]) {
            refuse_at(c, line, "the text has no {%d} for its expression", i);
        }
    }
}

void plural(struct compile *c, int line)
{
    bool by_bar;
    char *one = read_message_text(c, &by_bar);
    char *many = by_bar ? read_message_text(c, &by_bar) : NULL;
    if (many == NULL || !by_bar) {
        refuse_at(c, line, "a plural is written {n_ One thing | {0} things | how many}");
    }
    char *count = read_expression(c, "}", "a plural");
    if (strchr(one, '{') != NULL && strstr(one, "{0}") == NULL) {
        refuse_at(c, line, "a plural has only {0}, the number");
    }
    check_placeholders(c, line, many, 1);
    note_message(c, line, one, many);
    statement(c, line, "html_tr_n(h, %s, %s, (%s));", c_string(one), c_string(many), count);
}

void message(struct compile *c, int line)
{
    bool by_bar;
    char *key = read_message_text(c, &by_bar);
    struct text args = {0};
    int n_args = 0;
    while (by_bar) {
        char *arg = read_c(c, "}", true, &by_bar);
        if (arg[0] == '\0' || n_args == MAX_ARGS) {
            refuse_at(c, line, "between | and | an expression must stand, at most %d", MAX_ARGS);
        }
        add_format(&args, "%s%s(h, %s)", n_args++ == 0 ? "" : ", ",
                   c->state == IN_TEXT ? "html_arg_text" : "html_arg_attr", arg);
    }
    check_placeholders(c, line, key, n_args);
    note_message(c, line, key, NULL);
    if (n_args == 0) {
        statement(c, line, "html_tr(h, %s);", c_string(key));
    } else {
        statement(c, line, "html_tr_args(h, %s, (const struct html_arg[]){%s}, %d);", c_string(key),
                  args.data, n_args);
    }
}
