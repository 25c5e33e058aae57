// SPDX-License-Identifier: AGPL-3.0-or-later
//
// main.c: mkhtml compiles a page template to one C function. The language is described in
// docs/core/html.md.
//
// It follows the HTML as a browser would (text, tag, attribute value), so that each expression is
// escaped for the place where it stands, and so that a template whose tags do not match, which
// holds script, or which says something that is not in the catalogue, does not compile. The first
// thing that is wrong ends the run with "file:line: what is wrong, and how to mend it".
//
// Usage: mkhtml TEMPLATE.html OUT.c OUT.h
//        mkhtml --messages TEMPLATE.html...   the texts of the catalogue, as a .pot file

#include "mkhtml.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check_end(struct compile *c)
{
    if (c->n_blocks > 0) {
        refuse_at(c, c->blocks[c->n_blocks - 1].line, "the block that begins here has no {end}");
    }
    if (c->state != IN_TEXT) {
        refuse(c, "the tag <%s> is not complete at the end of the file", c->tag);
    }
    size_t i = 0;
    for (char *p = c->opens == NULL ? NULL : strtok(c->opens, " \n"); p; p = strtok(NULL, " \n")) {
        if (i == c->n_tags || strcmp(c->tags[i].name, p) != 0) {
            refuse(c, "{opens} names <%s>, which is not open at the end of the file", p);
        }
        i++;
    }
    if (i < c->n_tags) {
        refuse_at(c, c->tags[i].line, "<%s> is never closed", c->tags[i].name);
    }
}

static void compile(struct compile *c)
{
    c->edge = true;
    c->line = 1;
    while (peek(c) != '\0') {
        if (c->state == IN_TEXT) {
            in_text(c);
        } else if (c->state == IN_TAG) {
            in_tag(c);
        } else {
            in_value(c);
        }
    }
    check_end(c);
    flush(c);
}

static char *read_file(const char *path)
{
    FILE *in = fopen(path, "rb");
    if (in == NULL) {
        perror(path);
        exit(1);
    }
    struct text t = {0};
    char block[4096];
    add_text(&t, "");
    for (size_t n; (n = fread(block, 1, sizeof block, in)) > 0;) {
        add(&t, block, n);
    }
    fclose(in);
    if (strlen(t.data) != t.len) {
        fprintf(stderr, "%s: holds a zero byte\n", path);
        exit(1);
    }
    return t.data;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

// The path from src/ on: the same on every machine.
static const char *shown_path(const char *path)
{
    const char *found = path;
    for (const char *p = path; (p = strstr(p, "/src/")) != NULL; p++) {
        found = p + 1;
    }
    return found;
}

static void begin(struct compile *c, const char *path, struct messages *messages)
{
    memset(c, 0, sizeof *c);
    c->file = shown_path(path);
    c->messages = messages;
    const char *base = base_name(path);
    size_t n = strspn(base, "abcdefghijklmnopqrstuvwxyz0123456789_");
    if (n == 0 || n >= MAX_NAME || !islower((unsigned char)base[0]) ||
        strcmp(base + n, ".html") != 0) {
        refuse_at(c, 1, "a template is named with a to z, 0 to 9 and _, and ends in .html");
    }
    memcpy(c->name, base, n);
    c->source = read_file(path);
}

static void save(const char *path, const struct text *t)
{
    FILE *out = fopen(path, "wb");
    if (out == NULL || fwrite(t->data, 1, t->len, out) != t->len || fclose(out) != 0) {
        perror(path);
        exit(1);
    }
}

static void write_c(const struct compile *c, const char *out_c, const char *out_h)
{
    char guard[MAX_NAME];
    for (size_t i = 0; i < sizeof guard; i++) {
        guard[i] = (char)toupper((unsigned char)c->name[i]);
    }
    struct text head = {0}, body = {0}, signature = {0};
    add_format(&signature, "void %s_html(struct html *h", c->name);
    add_format(&signature, c->view == NULL ? ")" : ", const struct %s_view *v)", c->name);
    add_format(&head, "// Made by tools/mkhtml from %s.html. Do not edit.\n", c->name);
    add(&body, head.data, head.len);
    add_format(&head, "#ifndef %s_HTML_H\n#define %s_HTML_H\n#include \"html/html.h\"\n", guard,
               guard);
    add_text(&head, c->uses.data == NULL ? "" : c->uses.data);
    if (c->view != NULL) {
        add_format(&head, "struct %s_view {\n#line %d \"%s\"\n%s\n};\n", c->name, c->view_line,
                   c->file, c->view);
    }
    add_format(&head, "%s;\n#endif\n", signature.data);
    add_format(&body, "#include \"%s\"\n\n%s\n{\n%s%s}\n", base_name(out_h), signature.data,
               c->view == NULL ? "    (void)h;\n" : "    (void)h;\n    (void)v;\n",
               c->body.data == NULL ? "" : c->body.data);
    save(out_h, &head);
    save(out_c, &body);
}

static void print_messages(const struct messages *all)
{
    printf("# Texts of the templates. Made by tools/mkhtml --messages.\n"
           "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n");
    for (size_t i = 0; i < all->n; i++) {
        const struct message *m = &all->list[i];
        printf("\n%smsgid %s\n", m->places.data, quoted(m->one, "\"\\"));
        if (m->many == NULL) {
            printf("msgstr \"\"\n");
        } else {
            printf("msgid_plural %s\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n", quoted(m->many, "\"\\"));
        }
    }
}

int main(int argc, char **argv)
{
    struct messages messages = {0};
    static struct compile c;
    if (argc >= 3 && strcmp(argv[1], "--messages") == 0) {
        for (int i = 2; i < argc; i++) {
            begin(&c, argv[i], &messages);
            compile(&c);
        }
        print_messages(&messages);
        return 0;
    }
    if (argc != 4) {
        fprintf(stderr, "usage: mkhtml TEMPLATE.html OUT.c OUT.h\n"
                        "       mkhtml --messages TEMPLATE.html...\n");
        return 2;
    }
    begin(&c, argv[1], &messages);
    compile(&c);
    write_c(&c, argv[2], argv[3]);
    return 0;
}
