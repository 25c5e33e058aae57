// SPDX-License-Identifier: AGPL-3.0-or-later
//
// write.c: writing the functions of a file as C.

#include "mksql.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static FILE *out;

void put(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vfprintf(out, format, args);
    va_end(args);
}

void open_out(const char *path)
{
    out = fopen(path, "w");
    if (out == NULL) {
        perror(path);
        exit(1);
    }
}

void close_out(const char *path)
{
    if (fclose(out) != 0) {
        perror(path);
        exit(1);
    }
}

static void put_struct(const char *name, const char *suffix, const struct fields *f)
{
    if (f->n == 0) {
        return;
    }
    put("struct %s_%s {\n", name, suffix);
    for (int i = 0; i < f->n; i++) {
        const struct field *x = &f->all[i];
        switch (x->type) {
        case TYPE_INT:
        case TYPE_REAL:
            if (x->nullable) {
                put("    bool has_%s;\n", x->name);
            }
            put("    %s %s;\n", x->type == TYPE_INT ? "int64_t" : "double", x->name);
            break;
        case TYPE_BYTES:
            put("    const void *%s;%s\n    size_t %s_len;\n", x->name,
                x->nullable ? " // or NULL" : "", x->name);
            break;
        default:
            put("    const char *%s;%s\n", x->name, x->nullable ? " // or NULL" : "");
        }
    }
    put("};\n");
}

// "struct db_read *db, const struct x_in *in, " as this statement needs it.
static void put_arguments(const struct statement *s)
{
    put("%s", s->writes ? "struct db_tx *tx, " : "struct db_read *db, ");
    if (s->in.n > 0) {
        put("const struct %s_in *in, ", s->name);
    }
}

static const char *connection(const struct statement *s)
{
    return s->writes ? "tx" : "db";
}

enum function { RUN, NEXT, ALL, ONE };

static void put_head(const struct statement *s, enum function which)
{
    const char *n = s->name;
    switch (which) {
    case RUN:
        put("enum err %s(", n);
        put_arguments(s);
        put("%sstruct err_info *e)", s->out.n > 0 ? "struct db_query **q, " : "");
        break;
    case NEXT:
        put("enum err %s_next(struct db_query *q, struct %s_row *row, bool *more, "
            "struct err_info *e)", n, n);
        break;
    case ALL:
        put("enum err %s_all(struct arena *a, ", n);
        put_arguments(s);
        put("struct %s_row **rows, size_t *n, struct err_info *e)", n);
        break;
    case ONE:
        put("enum err %s_one(struct arena *a, ", n);
        put_arguments(s);
        put("struct %s_row *row, bool *found, struct err_info *e)", n);
    }
}

static void put_prototype(const struct statement *s, enum function which)
{
    put("MUST_CHECK ");
    put_head(s, which);
    put(";\n");
}

void put_header(const struct statement *first, const char *noun, const char *base)
{
    put("// Made by tools/mksql from %s.sql. Do not edit.\n\n", base);
    char guard[2 * MAX_NAME + 2];
    snprintf(guard, sizeof guard, "%s_%s", noun, base);
    for (char *p = guard; *p != '\0'; p++) {
        *p = (char)toupper((unsigned char)*p);
    }
    put("#ifndef GEN_%s_SQL_H\n#define GEN_%s_SQL_H\n\n#include \"db/db.h\"\n", guard, guard);
    for (const struct statement *s = first; s != NULL; s = s->next) {
        put("\n// %s: %s.\n", s->name, s->does);
        put("extern const struct db_statement %s_statement;\n", s->name);
        put_struct(s->name, "in", &s->in);
        put_struct(s->name, "row", &s->out);
        put_prototype(s, RUN);
        if (s->out.n > 0) {
            put_prototype(s, NEXT);
            put_prototype(s, ALL);
        }
        if (s->one) {
            put_prototype(s, ONE);
        }
    }
    put("\n// All of them, ended by NULL.\n");
    put("extern const struct db_statement *const %s_%s_statements[];\n\n#endif\n", noun, base);
}

static void put_string(const char *text)
{
    put("\"");
    for (; *text != '\0'; text++) {
        if (*text == '\n') {
            put("%s", text[1] == '\0' ? "" : "\\n\"\n           \"");
        } else if (*text == '"' || *text == '\\') {
            put("\\%c", *text);
        } else if (*text == '\t') {
            put(" ");
        } else {
            put("%c", *text);
        }
    }
    put("\"");
}

static void put_letters(const char *name, const struct fields *f)
{
    put("    .%s = \"", name);
    for (int i = 0; i < f->n; i++) {
        char letter = type_letters[f->all[i].type];
        put("%c", f->all[i].nullable ? toupper((unsigned char)letter) : letter);
    }
    put("\",\n");
}

static void put_statement(const struct statement *s)
{
    put("const struct db_statement %s_statement = {\n    .name = \"%s\",\n    .sql = ", s->name,
        s->name);
    put_string(s->sql.data);
    put(",\n");
    if (s->sql_postgres.data != NULL) {
        put("    .sql_postgres = ");
        put_string(s->sql_postgres.data);
        put(",\n");
    }
    put_letters("in", &s->in);
    put_letters("out", &s->out);
    put("    .writes = %s,\n%s};\n\n", s->writes ? "true" : "false", s->later ? "    .later = true,\n" : "");
}

static void put_bind(const struct field *f, int i)
{
    const char *n = f->name;
    switch (f->type) {
    case TYPE_INT:
    case TYPE_REAL:
        if (f->nullable) {
            put("    if (in->has_%s) {\n    ", n);
        }
        put("    db_bind_%s(q, %d, in->%s);\n", f->type == TYPE_INT ? "int" : "real", i, n);
        if (f->nullable) {
            put("    } else {\n        db_bind_null(q, %d);\n    }\n", i);
        }
        break;
    case TYPE_BYTES:
        put("    db_bind_bytes(q, %d, in->%s, in->%s_len);\n", i, n, n);
        break;
    default:
        put("    db_bind_text(q, %d, in->%s);\n", i, n);
    }
}

static void put_binder(const struct statement *s)
{
    if (s->in.n == 0) {
        return;
    }
    put("static void %s_bind(struct db_query *q, const struct %s_in *in)\n{\n", s->name, s->name);
    for (int i = 0; i < s->in.n; i++) {
        put_bind(&s->in.all[i], i + 1);
    }
    put("}\n\n");
}

static void put_read(const struct field *f, int i)
{
    const char *n = f->name;
    switch (f->type) {
    case TYPE_INT:
    case TYPE_REAL:
        if (f->nullable) {
            put("    row->has_%s = !db_is_null(q, %d);\n", n, i);
        }
        put("    row->%s = db_%s(q, %d);\n", n, f->type == TYPE_INT ? "int" : "real", i);
        break;
    case TYPE_BYTES:
        put("    row->%s = db_bytes(q, %d, &row->%s_len);\n", n, i, n);
        break;
    default:
        put("    row->%s = db_text(q, %d);\n", n, i);
    }
}

static void put_run(const struct statement *s)
{
    put_head(s, RUN);
    bool rows = s->out.n > 0;
    put("\n{\n%s    enum err code = db_start%s(%s, &%s_statement, %s, e);\n",
        rows ? "" : "    struct db_query *q;\n", s->writes ? "_write" : "", connection(s), s->name,
        rows ? "q" : "&q");
    if (rows && s->in.n == 0) {
        put("    return code;\n}\n\n");
        return;
    }
    put("    if (code != ERR_NONE) {\n        return code;\n    }\n");
    if (s->in.n > 0) {
        put("    %s_bind(%s, in);\n", s->name, rows ? "*q" : "q");
    }
    if (!rows) {
        put("    bool row;\n    code = db_step(q, &row, e);\n    db_finish(q);\n");
    }
    put("    return %s;\n}\n\n", rows ? "ERR_NONE" : "code");
}

static void put_next(const struct statement *s)
{
    put_head(s, NEXT);
    put("\n{\n    enum err code = db_step(q, more, e);\n");
    put("    if (code != ERR_NONE || !*more) {\n        db_finish(q);\n        return code;\n    }\n");
    for (int i = 0; i < s->out.n; i++) {
        put_read(&s->out.all[i], i);
    }
    put("    return ERR_NONE;\n}\n\n");
}

static void put_keeper(const struct statement *s)
{
    bool any = false;
    put("static void %s_keep(struct arena *a, struct %s_row *row)\n{\n", s->name, s->name);
    for (int i = 0; i < s->out.n; i++) {
        const struct field *f = &s->out.all[i];
        if (f->type == TYPE_BYTES) {
            put("    row->%s = row->%s == NULL ? NULL : arena_copy_n(a, row->%s, row->%s_len);\n",
                f->name, f->name, f->name, f->name);
        } else if (f->type == TYPE_ID || f->type == TYPE_TEXT) {
            put("    row->%s = arena_copy(a, row->%s);\n", f->name, f->name);
        } else {
            continue;
        }
        any = true;
    }
    put("%s}\n\n", any ? "" : "    (void)a, (void)row;\n");
}

static void put_call(const struct statement *s)
{
    put("    struct db_query *q;\n    enum err code = %s(%s, %s&q, e);\n", s->name, connection(s),
        s->in.n > 0 ? "in, " : "");
    put("    if (code != ERR_NONE) {\n        return code;\n    }\n");
}

static void put_all(const struct statement *s)
{
    const char *n = s->name;
    put_head(s, ALL);
    put("\n{\n    *rows = NULL;\n    *n = 0;\n");
    put_call(s);
    put("    struct %s_row row = {0};\n    size_t room = 0;\n    bool more;\n    db_gather(q, a);\n", n);
    put("    while ((code = %s_next(q, &row, &more, e)) == ERR_NONE && more) {\n", n);
    put("        if (*n == room) {\n            room = room == 0 ? 16 : room * 2;\n");
    put("            struct %s_row *larger = ARENA_ARRAY_UNSET(a, struct %s_row, room);\n", n, n);
    put("            for (size_t i = 0; i < *n; i++) {\n                larger[i] = (*rows)[i];\n"
        "            }\n            *rows = larger;\n        }\n");
    put("        %s_keep(a, &row);\n        (*rows)[(*n)++] = row;\n    }\n", n);
    put("    return code;\n}\n\n");
}

static void put_one(const struct statement *s)
{
    put_head(s, ONE);
    put("\n{\n    *found = false;\n");
    put_call(s);
    put("    db_gather(q, a);\n    code = %s_next(q, row, found, e);\n", s->name);
    put("    if (code == ERR_NONE && *found) {\n        %s_keep(a, row);\n"
        "        db_finish(q);\n    }\n    return code;\n}\n\n", s->name);
}

void put_source(const struct statement *first, const char *noun, const char *base)
{
    put("// Made by tools/mksql from %s.sql. Do not edit.\n\n#include \"%s/%s_sql.h\"\n\n", base,
        noun, base);
    for (const struct statement *s = first; s != NULL; s = s->next) {
        put("// %s.sql:%d\n", base, s->line);
        put_statement(s);
        put_binder(s);
        put_run(s);
        if (s->out.n > 0) {
            put_next(s);
            put_keeper(s);
            put_all(s);
        }
        if (s->one) {
            put_one(s);
        }
    }
    put("const struct db_statement *const %s_%s_statements[] = {\n", noun, base);
    for (const struct statement *s = first; s != NULL; s = s->next) {
        put("    &%s_statement,\n", s->name);
    }
    put("    NULL,\n};\n");
}
