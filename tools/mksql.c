// SPDX-License-Identifier: AGPL-3.0-or-later
//
// mksql.c: turns the named statements of one .sql file into typed C functions, so that nobody writes
// a parameter or column number by hand. docs/core/db.md has the format and what is made.
//
// Usage: mksql IN.sql OUT.c OUT.h       statements of one file
//        mksql --list OUT.c IN.sql...   table of the statement lists of all files, for tools/sqlcheck
//
// The folder of IN.sql is its noun. Errors are FILE:LINE: what, and how to mend it.

#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_FIELDS 64
#define MAX_NAME 64

enum type { TYPE_ID, TYPE_TEXT, TYPE_INT, TYPE_REAL, TYPE_BYTES, TYPE_COUNT };
static const char *const type_names[] = {"id", "text", "int", "real", "bytes"};
static const char type_letters[] = "ttirb";

struct field {
    char name[MAX_NAME];
    enum type type;
    bool nullable;
};

struct fields {
    struct field all[MAX_FIELDS];
    int n;
};

struct text {
    char *data;
    size_t len;
    int line; // where it begins
};

struct statement {
    char name[MAX_NAME];
    char *does;
    struct fields in;
    struct fields out;
    struct text sql;
    struct text sql_postgres;
    bool locks; // said to need a transaction
    bool one;
    bool writes;
    int line;
    struct statement *next;
};

static const char *file_name; // for messages
static int line_number;

static void fail_at(int line, const char *format, ...) __attribute__((format(printf, 2, 3), noreturn));

static void fail_at(int line, const char *format, ...)
{
    va_list args;
    fprintf(stderr, "%s:%d: ", file_name, line);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(1);
}

static void *must(void *p)
{
    if (p == NULL) {
        fprintf(stderr, "mksql: out of memory\n");
        exit(1);
    }
    return p;
}

static void text_add(struct text *t, const char *bytes, size_t len)
{
    t->data = must(realloc(t->data, t->len + len + 1));
    memcpy(t->data + t->len, bytes, len);
    t->len += len;
    t->data[t->len] = '\0';
}

// ---- reading -------------------------------------------------------------------------------------

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
    } else {
        fail_at(line_number, "unknown “-- %s:”; known are name, does, in, out, one, locks, postgres",
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

static struct statement *read_file(const char *path)
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

// ---- checking ------------------------------------------------------------------------------------

// Passes over one quoted text or comment at p; p itself when there is none.
static const char *skip_quoted(const char *p)
{
    if (*p == '\'' || *p == '"') {
        const char *end = strchr(p + 1, *p);
        return end == NULL ? p + strlen(p) : end + 1;
    }
    if (p[0] == '-' && p[1] == '-') {
        return p + strcspn(p, "\n");
    }
    return p;
}

static void check_parameters(const struct statement *s, const struct text *t)
{
    bool used[MAX_FIELDS + 1] = {false};
    int line = t->line;
    for (const char *p = t->data; *p != '\0';) {
        const char *after = skip_quoted(p);
        if (after != p) {
            for (; p < after; p++) {
                line += *p == '\n';
            }
            continue;
        }
        line += *p == '\n';
        if (*p == '?' || (*p == ';' && p[1] != '\0')) {
            fail_at(line, *p == '?' ? "parameters are written $1, $2, not ?"
                                    : "only one statement each");
        }
        if (*p == '$') {
            int n = atoi(p + 1);
            if (n < 1 || n > s->in.n) {
                fail_at(line, "%s uses $%d, but “-- in:” names %d", s->name, n, s->in.n);
            }
            used[n] = true;
        }
        p++;
    }
    for (int i = 1; i <= s->in.n; i++) {
        if (!used[i]) {
            fail_at(t->line, "%s does not use $%d, which “-- in:” names %s", s->name, i,
                    s->in.all[i - 1].name);
        }
    }
}

static bool word_at(const char *p, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i < n; i++) {
        if (toupper((unsigned char)p[i]) != word[i]) {
            return false;
        }
    }
    return !isalnum((unsigned char)p[n]) && p[n] != '_';
}

// The verb decides; after WITH it is the first one outside brackets.
static bool text_writes(const struct statement *s, const struct text *t)
{
    int depth = 0;
    bool begins = true;
    for (const char *p = t->data; *p != '\0';) {
        const char *after = skip_quoted(p);
        if (after != p) {
            p = after;
            continue;
        }
        depth += *p == '(' ? 1 : *p == ')' ? -1 : 0;
        if (depth == 0 && begins && isalpha((unsigned char)*p)) {
            if (word_at(p, "SELECT") || word_at(p, "VALUES")) {
                return false;
            }
            if (word_at(p, "INSERT") || word_at(p, "UPDATE") || word_at(p, "DELETE")) {
                return true;
            }
        }
        begins = !isalnum((unsigned char)*p) && *p != '_';
        p++;
    }
    fail_at(t->line, "%s has no SELECT, INSERT, UPDATE or DELETE", s->name);
}

// “LIMIT 1” at the end means at most one row.
static bool ends_with_limit_1(const struct text *t)
{
    static const char end[] = "LIMIT 1";
    size_t n = sizeof end - 1;
    return t->len >= n && word_at(t->data + t->len - n, end);
}

static void check_fields(const struct statement *s, const struct fields *f)
{
    for (int i = 0; i < f->n; i++) {
        char made[MAX_NAME + 8];
        bool number = f->all[i].type == TYPE_INT || f->all[i].type == TYPE_REAL;
        if (f->all[i].type == TYPE_BYTES) {
            snprintf(made, sizeof made, "%s_len", f->all[i].name);
        } else if (number && f->all[i].nullable) {
            snprintf(made, sizeof made, "has_%s", f->all[i].name);
        } else {
            continue;
        }
        for (int j = 0; j < f->n; j++) {
            if (strcmp(f->all[j].name, made) == 0) {
                fail_at(s->line, "%s of %s is also made for %s; rename one", made, s->name,
                        f->all[i].name);
            }
        }
    }
}

static void check(struct statement *s)
{
    if (s->does == NULL || *s->does == '\0') {
        fail_at(s->line, "%s lacks “-- does:”: one line saying what it is for", s->name);
    }
    if (s->sql.data == NULL) {
        fail_at(s->line, "%s has no text", s->name);
    }
    if (s->sql_postgres.line != 0 && s->sql_postgres.data == NULL) {
        fail_at(s->sql_postgres.line, "%s has nothing after “-- postgres:”", s->name);
    }
    for (struct text *t = &s->sql; t != NULL; t = t == &s->sql ? &s->sql_postgres : NULL) {
        if (t->data == NULL) {
            continue;
        }
        while (t->len > 0 && strchr("; \n", t->data[t->len - 1]) != NULL) {
            t->data[--t->len] = '\0';
        }
        check_parameters(s, t);
        s->writes = text_writes(s, t) || s->locks || s->writes;
    }
    if (!s->writes && s->out.n == 0) {
        fail_at(s->line, "%s reads, but “-- out:” is missing", s->name);
    }
    s->one = s->one || ends_with_limit_1(&s->sql);
    if (s->one && s->out.n == 0) {
        fail_at(s->line, "%s says one row, but “-- out:” is missing", s->name);
    }
    check_fields(s, &s->in);
    check_fields(s, &s->out);
}

// ---- writing -------------------------------------------------------------------------------------

static FILE *out;

static void put(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void put(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vfprintf(out, format, args);
    va_end(args);
}

static void open_out(const char *path)
{
    out = fopen(path, "w");
    if (out == NULL) {
        perror(path);
        exit(1);
    }
}

static void close_out(const char *path)
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

static void put_header(const struct statement *first, const char *noun, const char *base)
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
    put("    .writes = %s,\n};\n\n", s->writes ? "true" : "false");
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
    put("    struct %s_row row = {0};\n    size_t room = 0;\n    bool more;\n", n);
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
    put("    code = %s_next(q, row, found, e);\n", s->name);
    put("    if (code == ERR_NONE && *found) {\n        %s_keep(a, row);\n"
        "        db_finish(q);\n    }\n    return code;\n}\n\n", s->name);
}

static void put_source(const struct statement *first, const char *noun, const char *base)
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

// ---- the two uses --------------------------------------------------------------------------------

// src/domain/risk/risk.sql: noun "risk", base "risk". Other letters become _.
static void split(const char *path, char noun[MAX_NAME], char base[MAX_NAME])
{
    const char *slash = strrchr(path, '/');
    const char *file = slash == NULL ? path : slash + 1;
    const char *folder = slash;
    while (folder != NULL && folder > path && folder[-1] != '/') {
        folder--;
    }
    size_t folder_len = folder == NULL ? 0 : (size_t)(slash - folder);
    snprintf(noun, MAX_NAME, "%.*s", (int)folder_len, folder == NULL ? "" : folder);
    snprintf(base, MAX_NAME, "%s", file);
    base[strcspn(base, ".")] = '\0';
    for (char *p = noun; *p != '\0'; p++) {
        *p = isalnum((unsigned char)*p) ? *p : '_';
    }
    for (char *p = base; *p != '\0'; p++) {
        *p = isalnum((unsigned char)*p) ? *p : '_';
    }
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int write_list(const char *path, int n, char **files)
{
    qsort(files, (size_t)n, sizeof *files, by_text);
    open_out(path);
    put("// Made by tools/mksql from all .sql files. Do not edit.\n\n#include \"db/db_check.h\"\n\n");
    char noun[MAX_NAME], base[MAX_NAME];
    for (int i = 0; i < n; i++) {
        split(files[i], noun, base);
        put("extern const struct db_statement *const %s_%s_statements[];\n", noun, base);
    }
    put("\nconst struct db_statement *const *const db_all_statements[] = {\n");
    for (int i = 0; i < n; i++) {
        split(files[i], noun, base);
        put("    %s_%s_statements,\n", noun, base);
    }
    put("    NULL,\n};\n");
    close_out(path);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc >= 3 && strcmp(argv[1], "--list") == 0) {
        return write_list(argv[2], argc - 3, argv + 3);
    }
    if (argc != 4) {
        fprintf(stderr, "usage: mksql IN.sql OUT.c OUT.h | mksql --list OUT.c IN.sql...\n");
        return 2;
    }
    char noun[MAX_NAME], base[MAX_NAME];
    split(argv[1], noun, base);
    file_name = argv[1];
    struct statement *first = read_file(argv[1]);
    if (first == NULL) {
        fail_at(1, "there is no statement; each begins with “-- name:”");
    }
    for (struct statement *s = first; s != NULL; s = s->next) {
        check(s);
    }
    open_out(argv[2]);
    put_source(first, noun, base);
    close_out(argv[2]);
    open_out(argv[3]);
    put_header(first, noun, base);
    close_out(argv[3]);
    return 0;
}
