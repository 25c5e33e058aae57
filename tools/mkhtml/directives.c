// SPDX-License-Identifier: AGPL-3.0-or-later
//
// directives.c: directives: what stands in braces and is no expression.

#include "mkhtml.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static void boolean_attribute(struct compile *c, int line)
{
    char name[MAX_NAME], word[MAX_NAME];
    if (c->state != IN_TAG || c->closing) {
        refuse_at(c, line, "{attr} stands between the attributes of a tag");
    }
    skip_space(c);
    read_name(c, "-", name, "the attribute");
    skip_space(c);
    read_name(c, "", word, "\"if\"");
    if (strcmp(word, "if") != 0) {
        refuse_at(c, line, "a boolean attribute is written {attr checked if condition}");
    }
    char *condition = read_expression(c, "}", "{attr}");
    statement(c, line, "if (%s) { html_lit(h, \" %s\", %zu); }", condition, name,
              strlen(name) + 1);
}

static void include(struct compile *c, int line)
{
    char name[MAX_NAME];
    skip_space(c);
    read_name(c, "_", name, "the part");
    char *args = read_c(c, "}", false, NULL);
    size_t n = strlen(args);
    if (n < 2 || args[0] != '(' || args[n - 1] != ')') {
        refuse_at(c, line, "a part is included with {include name(arguments)}");
    }
    char *inner = trimmed(args + 1, n - 2);
    statement(c, line, "%s_html(h%s%s);", name, inner[0] == '\0' ? "" : ", ", inner);
}

static void view(struct compile *c, int line)
{
    if (c->view != NULL) {
        refuse_at(c, line, "a template has one {view}, and this is the second");
    }
    c->view_line = line;
    size_t from = c->at;
    read_c(c, "}", false, NULL);
    c->view = copy(c->source + from, c->at - 1 - from);
}

static void use(struct compile *c, int line)
{
    char *header = read_c(c, "}", false, NULL);
    size_t n = strlen(header);
    if (n < 3 || strchr("\"<", header[0]) == NULL) {
        refuse_at(c, line, "a header is named with {use \"model/model.h\"}");
    }
    add_format(&c->uses, "#include %s\n", header);
}

// {closes main body html}: tags that another template opened. {opens ...}: the other side.
static void closes(struct compile *c, int line)
{
    char *names = read_expression(c, "}", "{closes}");
    if (c->n_tags > 0) {
        refuse_at(c, line, "{closes} stands at the beginning of a template");
    }
    char *list[MAX_DEPTH];
    size_t n = 0;
    for (char *p = strtok(names, " \n"); p != NULL && n < MAX_DEPTH; p = strtok(NULL, " \n")) {
        list[n++] = p;
    }
    while (n-- > 0) { // the first named is closed first, so it is the innermost
        struct open_tag *tag = &c->tags[c->n_tags++];
        *tag = (struct open_tag){.line = line};
        snprintf(tag->name, sizeof tag->name, "%s", list[n]);
    }
}

static void token(struct compile *c, int line)
{
    read_c(c, "}", false, NULL);
    for (size_t i = 0; i < c->n_tags; i++) {
        c->tags[i].token = true;
    }
    statement(c, line, "html_csrf(h);");
}

// Directives that write something.
static void output(struct compile *c, const char *word, int line)
{
    char what[MAX_NAME + 2];
    snprintf(what, sizeof what, "{%s}", word);
    if (strcmp(word, "_") == 0 || strcmp(word, "n_") == 0) {
        must_be_output_place(c, what);
        if (c->state == IN_VALUE && c->place != PLACE_PLAIN) {
            refuse_at(c, line, "an address is not translated: take {%s} out of %s", word,
                      c->attribute);
        }
    } else {
        must_be_text(c, what);
    }
    if (c->state == IN_TEXT) {
        settle(c, false);
    }
    if (strcmp(word, "_") == 0) {
        message(c, line);
    } else if (strcmp(word, "n_") == 0) {
        plural(c, line);
    } else if (strcmp(word, "include") == 0) {
        include(c, line);
    } else if (strcmp(word, "call") == 0) {
        statement(c, line, "%s;", read_expression(c, "}", what));
    } else if (strcmp(word, "raw") == 0) {
        statement(c, line, "html_safe(h, %s);", read_expression(c, "}", what));
    } else {
        token(c, line);
    }
}

void directive(struct compile *c)
{
    int line = c->line;
    next(c);
    if (peek(c) == '#') {
        const char *end = strstr(c->source + c->at, "#}");
        if (end == NULL) {
            refuse_at(c, line, "the remark that begins here is never closed with #}");
        }
        while (c->source + c->at < end + 2) {
            next(c);
        }
        return;
    }
    if (peek(c) == '{') {
        next(c);
        must_be_output_place(c, "{{ }}");
        if (c->state == IN_TEXT) {
            settle(c, false);
        }
        put_expression(c, line);
        return;
    }
    char word[MAX_NAME] = "";
    if (isalpha((unsigned char)peek(c)) || peek(c) == '_') {
        read_name(c, "_", word, "a directive");
    }
    if (listed(" if elif else end for ", word)) {
        if (c->state == IN_TEXT && strcmp(innermost(c), "script") == 0) {
            must_be_output_place(c, word);
        }
        control(c, word, line);
    } else if (listed(" _ n_ include call raw csrf ", word)) {
        output(c, word, line);
    } else if (strcmp(word, "attr") == 0) {
        boolean_attribute(c, line);
    } else if (strcmp(word, "view") == 0) {
        view(c, line);
    } else if (strcmp(word, "use") == 0) {
        use(c, line);
    } else if (strcmp(word, "closes") == 0) {
        closes(c, line);
    } else if (strcmp(word, "opens") == 0) {
        c->opens = read_expression(c, "}", "{opens}");
    } else {
        refuse_at(c, line, "{%s is no directive; a brace that is seen is written {{ \"{\" }}",
                  word);
    }
}
