// SPDX-License-Identifier: AGPL-3.0-or-later
//
// read.c: reading a file of statements.

#include "mksql.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *trim(char *text)
{
    while (isspace((unsigned char)*text)) {
        text++;
    }
    size_t len = strlen(text);
    while (len > 0 && isspace((unsigned char)text[len - 1])) {
        text[--len] = '\0';
    }
    return text;
}

static bool is_c_word(const char *name)
{
    static const char *const words[] = {
        "auto",   "break",    "case",     "char",   "const",    "continue", "default",  "do",
        "double", "else",     "enum",     "extern", "float",    "for",      "goto",     "if",
        "inline", "int",      "long",     "register", "restrict", "return", "short",    "signed",
        "sizeof", "static",   "struct",   "switch", "typedef",  "union",    "unsigned", "void",
        "volatile", "while",  "bool",     "true",   "false"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static void read_name(char out[MAX_NAME], const char *text, const char *what)
{
    size_t len = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_");
    if (text[len] != '\0' || len == 0 || !islower((unsigned char)text[0])) {
        fail_at(line_number, "%s “%s” is not a name; use a-z, 0-9 and _", what, text);
    }
    if (len >= MAX_NAME) {
        fail_at(line_number, "%s “%s” is longer than %d letters", what, text, MAX_NAME - 1);
    }
    if (is_c_word(text)) {
        fail_at(line_number, "%s “%s” is a word of C; choose another", what, text);
    }
    strcpy(out, text);
}

static void read_field(struct fields *list, char *text)
{
    char *type = text + strcspn(text, " \t");
    if (*text == '\0' || *type == '\0') {
        fail_at(line_number, "“%s” is not a name and a type, such as: title text", text);
    }
    if (list->n == MAX_FIELDS) {
        fail_at(line_number, "more than %d names", MAX_FIELDS);
    }
    *type++ = '\0';
    type = trim(type);
    struct field *f = &list->all[list->n];
    read_name(f->name, text, "the name");
    for (int i = 0; i < list->n; i++) {
        if (strcmp(list->all[i].name, f->name) == 0) {
            fail_at(line_number, "%s stands twice", f->name);
        }
    }
    size_t len = strlen(type);
    f->nullable = len > 0 && type[len - 1] == '?';
    if (f->nullable) {
        type[len - 1] = '\0';
    }
    int i = 0;
    while (i < TYPE_COUNT && strcmp(type_names[i], type) != 0) {
        i++;
    }
    if (i == TYPE_COUNT) {
        fail_at(line_number, "%s has the unknown type “%s”; types are id, text, int, real, bytes, "
                             "each with ? when it may be empty", f->name, type);
    }
    f->type = (enum type)i;
    list->n++;
}

// "a text, b int?": adds to the list. True when it ends with a comma, so the next line goes on.
static bool read_fields(struct fields *list, char *text)
{
    for (char *p = text; *p != '\0';) {
        char *comma = strchr(p, ',');
        if (comma != NULL) {
            *comma = '\0';
        }
        read_field(list, trim(p));
        if (comma == NULL) {
            return false;
        }
        p = trim(comma + 1);
    }
    return true;
}

static bool yes(const char *key, const char *value)
{
    if (strcmp(value, "yes") != 0) {
        fail_at(line_number, "%s: says “%s”; write “yes” or leave the line out", key, value);
    }
    return true;
}

struct reader {
    struct statement *first;
    struct statement **end;
    struct statement *now;
    struct text *sql;      // where lines of SQL go, or NULL before the first statement
    struct fields *going;  // list that goes on in the next line
};

static void new_statement(struct reader *r, const char *name)
{
    struct statement *s = must(calloc(1, sizeof *s));
    read_name(s->name, name, "the statement");
    for (struct statement *o = r->first; o != NULL; o = o->next) {
        if (strcmp(o->name, s->name) == 0) {
            fail_at(line_number, "%s stands twice; first in line %d", s->name, o->line);
        }
    }
    s->line = line_number;
    *r->end = s;
    r->end = &s->next;
    r->now = s;
    r->sql = &s->sql;
}

static void read_key(struct reader *r, const char *key, char *value)
{
    if (strcmp(key, "name") == 0) {
        new_statement(r, value);
        return;
    }
    struct statement *s = r->now;
    if (s == NULL) {
        fail_at(line_number, "“%s:” before the first “-- name:”", key);
    }
    if (strcmp(key, "postgres") == 0) {
        if (s->sql.data == NULL || s->sql_postgres.line != 0) {
            fail_at(line_number, "“-- postgres:” comes once, after the common text of %s", s->name);
        }
        s->sql_postgres.line = line_number;
        r->sql = &s->sql_postgres;
        return;
    }
    if (s->sql.data != NULL) {
        fail_at(line_number, "“-- %s:” comes after the text of %s; put it above, or begin the next "
                             "statement with “-- name:”", key, s->name);
    }
    if (strcmp(key, "does") == 0) {
        s->does = strcpy(must(malloc(strlen(value) + 1)), value);
    } else if (strcmp(key, "in") == 0) {
        r->going = read_fields(&s->in, value) ? &s->in : NULL;
    } else if (strcmp(key, "out") == 0) {
        r->going = read_fields(&s->out, value) ? &s->out : NULL;
    } else if (strcmp(key, "one") == 0) {
        s->one = yes(key, value);
    } else if (strcmp(key, "locks") == 0) {
        s->locks = yes(key, value);
    } else if (strcmp(key, "later") == 0) {
        s->later = yes(key, value);
    } else {
        fail_at(line_number, "unknown “-- %s:”; known are name, does, in, out, one, locks, later, postgres",
                key);
    }
}

// A line that begins with two dashes: a key, the rest of a list, or a remark.
static void read_comment(struct reader *r, char *text)
{
    if (r->going != NULL) {
        struct fields *list = r->going;
        r->going = read_fields(list, trim(text)) ? list : NULL;
        return;
    }
    char *key = trim(text);
    size_t len = strspn(key, "abcdefghijklmnopqrstuvwxyz");
    bool in_text = r->sql != NULL && r->sql->data != NULL;
    if (len == 0 || key[len] != ':') {
        return;
    }
    key[len] = '\0';
    // Between lines of SQL a remark may hold a colon; only a known key is one.
    if (in_text && strcmp(key, "name") != 0 && strcmp(key, "postgres") != 0 &&
        strcmp(key, "in") != 0 && strcmp(key, "out") != 0 && strcmp(key, "does") != 0) {
        return;
    }
    if (r->now == NULL && strcmp(key, "name") != 0 && strcmp(key, "in") != 0 &&
        strcmp(key, "out") != 0) {
        return; // the remark on top of the file
    }
    read_key(r, key, trim(key + len + 1));
}

static void read_sql(struct reader *r, char *line)
{
    size_t len = strlen(line);
    while (len > 0 && isspace((unsigned char)line[len - 1])) {
        line[--len] = '\0';
    }
    if (len == 0) {
        return;
    }
    if (r->going != NULL) {
        fail_at(line_number, "a list ends with a comma and does not go on");
    }
    if (r->sql == NULL) {
        fail_at(line_number, "text before the first “-- name:”");
    }
    if (r->sql->data == NULL) {
        r->sql->line = line_number;
    } else {
        text_add(r->sql, "\n", 1);
    }
    text_add(r->sql, line, len);
}

struct statement *read_file(const char *path)
{
    FILE *in = fopen(path, "r");
    if (in == NULL) {
        perror(path);
        exit(1);
    }
    struct reader r = {.end = &r.first};
    char line[8192];
    while (fgets(line, sizeof line, in) != NULL) {
        line_number++;
        if (strchr(line, '\n') == NULL && !feof(in)) {
            fail_at(line_number, "the line is longer than %zu bytes", sizeof line - 2);
        }
        char *text = line + strspn(line, " \t");
        if (text[0] == '-' && text[1] == '-') {
            read_comment(&r, text + 2);
        } else {
            read_sql(&r, line);
        }
    }
    fclose(in);
    if (r.going != NULL) {
        fail_at(line_number, "a list ends with a comma and does not go on");
    }
    return r.first;
}
