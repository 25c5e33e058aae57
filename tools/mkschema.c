// SPDX-License-Identifier: AGPL-3.0-or-later
//
// mkschema.c: reads the migrations in order and writes the columns they leave, for the data
// dictionary; refuses a column without a data class.
//
// Every column of CREATE TABLE and ADD COLUMN carries a comment `-- C1: what it means`, C0 to C4, on
// the line where the column ends. Known beside it: DROP TABLE, ALTER TABLE .. RENAME TO, RENAME COLUMN
// .. TO, DROP COLUMN. Lines between `-- postgres:` and `-- both:` are passed over: both engines end
// with the same columns.
//
// Usage: mkschema OUT.tsv FILE.sql...       (OUT.tsv: table, column, type, class, comment)

#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_NAME 64
#define MAX_COMMENT 400
#define MAX_COLUMNS 5000

struct column {
    char table[MAX_NAME];
    char name[MAX_NAME];
    char type[MAX_NAME];
    char data_class[3];
    char comment[MAX_COMMENT];
    const char *file;
    int line;
};

static struct column columns[MAX_COLUMNS];
static int n_columns;
static int faults;

static const char *file_name;
static const char *p; // what is left of the file
static int line;

static void fault(int at, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void fault(int at, const char *format, ...)
{
    va_list args;
    fprintf(stderr, "%s:%d: ", file_name, at);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    faults++;
}

// ---- words ---------------------------------------------------------------------------------------

enum kind { END, WORD, SIGN, COMMENT };

struct token {
    enum kind kind;
    char text[MAX_COMMENT]; // without quotes
    bool quoted;
    int line;
};

static void take(struct token *t, const char *from, size_t len)
{
    snprintf(t->text, sizeof t->text, "%.*s", (int)len, from);
    for (size_t i = 0; i < len; i++) {
        line += from[i] == '\n';
    }
    p = from + len;
}

static struct token next_any(void)
{
    while (isspace((unsigned char)*p)) {
        line += *p++ == '\n';
    }
    struct token t = {.line = line};
    if (*p == '\0') {
        return t;
    }
    size_t word = 0;
    while (isalnum((unsigned char)p[word]) || p[word] == '_' || (word == 0 && p[0] == '@')) {
        word++;
    }
    if (p[0] == '-' && p[1] == '-') {
        t.kind = COMMENT;
        size_t skip = 2 + strspn(p + 2, " ");
        take(&t, p + skip, strcspn(p + skip, "\n"));
    } else if (*p == '\'' || *p == '"') {
        t.kind = *p == '"' ? WORD : SIGN;
        t.quoted = true;
        const char *end = strchr(p + 1, *p);
        size_t len = end == NULL ? strlen(p + 1) : (size_t)(end - p - 1);
        take(&t, p + 1, len);
        p += *p != '\0';
    } else {
        t.kind = word > 0 ? WORD : SIGN;
        take(&t, p, word > 0 ? word : 1);
    }
    return t;
}

static bool is(const struct token *t, const char *text)
{
    if (t->quoted || t->kind == COMMENT || strlen(text) != strlen(t->text)) {
        return false;
    }
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (toupper((unsigned char)t->text[i]) != text[i]) {
            return false;
        }
    }
    return true;
}

static void lower(char out[MAX_NAME], const char *text)
{
    size_t i = 0;
    for (; text[i] != '\0' && i < MAX_NAME - 1; i++) {
        out[i] = (char)tolower((unsigned char)text[i]);
    }
    out[i] = '\0';
}

static struct token ahead; // one token, or END before the first
static bool have_ahead;

static struct token next(void)
{
    if (have_ahead) {
        have_ahead = false;
        return ahead;
    }
    bool other = false;
    for (;;) {
        struct token t = next_any();
        if (t.kind == END) {
            return t;
        }
        if (t.kind == COMMENT) {
            other = strcmp(t.text, "postgres:") == 0 || (other && strcmp(t.text, "both:") != 0 &&
                                                         strcmp(t.text, "sqlite:") != 0);
        } else if (!other) {
            return t;
        }
    }
}

static void push_back(struct token t)
{
    ahead = t;
    have_ahead = true;
}

// ---- columns -------------------------------------------------------------------------------------

static int find(const char *table, const char *name)
{
    for (int i = 0; i < n_columns; i++) {
        if (strcmp(columns[i].table, table) == 0 && strcmp(columns[i].name, name) == 0) {
            return i;
        }
    }
    return -1;
}

static void remove_at(int i)
{
    memmove(&columns[i], &columns[i + 1], (size_t)(n_columns - i - 1) * sizeof columns[0]);
    n_columns--;
}

// The class and comment of a column stand behind it on the line where it ends.
static void classify(struct column *c, const char *text, int end_line)
{
    text += strspn(text, " \t");
    if (text[0] == '-' && text[1] == '-') {
        text += 2 + strspn(text + 2, " ");
    }
    if (text[0] != 'C' || text[1] < '0' || text[1] > '4' || text[2] != ':') {
        fault(end_line, "column %s of %s has no data class; end its line with: -- C1: what it means",
              c->name, c->table);
        return;
    }
    memcpy(c->data_class, text, 2);
    text += 3;
    text += strspn(text, " ");
    snprintf(c->comment, sizeof c->comment, "%.*s", (int)strcspn(text, "\n"), text);
    size_t len = strlen(c->comment);
    while (len > 0 && isspace((unsigned char)c->comment[len - 1])) {
        c->comment[--len] = '\0';
    }
    if (len == 0) {
        fault(end_line, "column %s of %s does not say what it means", c->name, c->table);
    }
}

// A restore fills tables in any order, so references are checked at the end of a transaction.
struct reference {
    bool refers;
    bool deferrable;
    bool deferred;
};

static void note_reference(struct reference *r, const struct token *t)
{
    r->refers = r->refers || is(t, "REFERENCES");
    r->deferrable = r->deferrable || is(t, "DEFERRABLE");
    r->deferred = r->deferred || is(t, "DEFERRED");
}

static void check_reference(const struct reference *r, const char *table, int at)
{
    if (r->refers && !(r->deferrable && r->deferred)) {
        fault(at, "a reference of %s lacks DEFERRABLE INITIALLY DEFERRED", table);
    }
}

// Reads one column whose name is `name`, up to the comma or bracket that ends it. True at a comma.
static bool read_column(const char *table, struct token name)
{
    if (n_columns == MAX_COLUMNS) {
        fault(name.line, "more than %d columns", MAX_COLUMNS);
        exit(1);
    }
    struct column *c = &columns[n_columns];
    *c = (struct column){.file = file_name, .line = name.line};
    snprintf(c->table, sizeof c->table, "%s", table);
    lower(c->name, name.text);
    struct token type = next();
    static const char *const types[] = {"@id", "@text", "@int", "@real", "@bytes"};
    bool known = false;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        known = known || strcmp(types[i], type.text) == 0;
    }
    if (!known) {
        fault(type.line, "column %s of %s has the unknown type %s; types are @id, @text, @int, @real "
                         "and @bytes", c->name, table, type.text);
    }
    lower(c->type, type.text + (type.text[0] == '@'));
    if (find(table, c->name) >= 0) {
        fault(name.line, "column %s of %s is there already", c->name, table);
    }
    int depth = 0, end_line = type.line;
    const char *behind = p;
    struct reference r = {0};
    for (;;) {
        struct token t = next();
        bool comma = is(&t, ",");
        note_reference(&r, &t);
        if (t.kind == END || (depth == 0 && (comma || is(&t, ")") || is(&t, ";")))) {
            check_reference(&r, table, end_line);
            if (!comma) {
                push_back(t);
            }
            classify(c, comma ? p : behind, comma ? t.line : end_line);
            n_columns++;
            return comma;
        }
        depth += is(&t, "(") ? 1 : is(&t, ")") ? -1 : 0;
        end_line = t.line;
        behind = p;
    }
}

static void skip_to_end(void)
{
    for (struct token t = next(); t.kind != END && !is(&t, ";");) {
        t = next();
    }
}

// A rule of the table, such as PRIMARY KEY (a, b). True at a comma.
static bool skip_rule(const char *table)
{
    int depth = 0;
    struct reference r = {0};
    for (;;) {
        struct token t = next();
        note_reference(&r, &t);
        if (t.kind == END || (depth == 0 && (is(&t, ",") || is(&t, ")")))) {
            check_reference(&r, table, t.line);
            if (!is(&t, ",")) {
                push_back(t);
            }
            return is(&t, ",");
        }
        depth += is(&t, "(") ? 1 : is(&t, ")") ? -1 : 0;
    }
}

static bool is_rule(const struct token *t)
{
    return is(t, "PRIMARY") || is(t, "FOREIGN") || is(t, "UNIQUE") || is(t, "CHECK") ||
           is(t, "CONSTRAINT");
}

static void create_table(void)
{
    struct token name = next();
    if (is(&name, "IF")) {
        next();
        next();
        name = next();
    }
    char table[MAX_NAME];
    lower(table, name.text);
    struct token t = next();
    if (!is(&t, "(")) {
        fault(t.line, "after CREATE TABLE %s comes a bracket", table);
        skip_to_end();
        return;
    }
    for (bool more = true; more;) {
        t = next();
        if (t.kind == END) {
            fault(t.line, "the table %s does not end", table);
            return;
        }
        if (is_rule(&t)) {
            more = skip_rule(table);
        } else {
            more = read_column(table, t);
        }
    }
    skip_to_end();
}

static void rename_table(const char *from, const char *to)
{
    for (int i = 0; i < n_columns; i++) {
        if (strcmp(columns[i].table, from) == 0) {
            lower(columns[i].table, to);
        }
    }
}

static void drop_table(const char *table)
{
    for (int i = n_columns - 1; i >= 0; i--) {
        if (strcmp(columns[i].table, table) == 0) {
            remove_at(i);
        }
    }
}

static int must_find(const char *table, const struct token *name)
{
    char column[MAX_NAME];
    lower(column, name->text);
    int i = find(table, column);
    if (i < 0) {
        fault(name->line, "there is no column %s in %s", column, table);
    }
    return i;
}

static void alter_table(void)
{
    struct token name = next(), verb = next(), what = next();
    char table[MAX_NAME];
    lower(table, name.text);
    if (is(&verb, "ADD")) {
        read_column(table, is(&what, "COLUMN") ? next() : what);
    } else if (is(&verb, "RENAME") && is(&what, "TO")) {
        struct token to = next();
        rename_table(table, to.text);
    } else if (is(&verb, "RENAME") && is(&what, "COLUMN")) {
        struct token from = next();
        next();
        struct token to = next();
        int i = must_find(table, &from);
        if (i >= 0) {
            lower(columns[i].name, to.text);
        }
    } else if (is(&verb, "DROP") && is(&what, "COLUMN")) {
        struct token column = next();
        int i = must_find(table, &column);
        if (i >= 0) {
            remove_at(i);
        }
    } else {
        fault(verb.line, "ALTER TABLE %s: only ADD COLUMN, DROP COLUMN, RENAME work on both engines",
              table);
    }
    skip_to_end();
}

static void read_statements(void)
{
    for (struct token t = next(); t.kind != END; t = next()) {
        struct token second = is(&t, ";") ? t : next();
        if (is(&t, "CREATE") && is(&second, "TABLE")) {
            create_table();
        } else if (is(&t, "ALTER") && is(&second, "TABLE")) {
            alter_table();
        } else if (is(&t, "DROP") && is(&second, "TABLE")) {
            struct token name = next();
            char table[MAX_NAME];
            lower(table, name.text);
            drop_table(table);
            skip_to_end();
        } else if (!is(&second, ";")) {
            skip_to_end();
        }
    }
}

// ---- files ---------------------------------------------------------------------------------------

static char *read_whole(const char *path)
{
    FILE *in = fopen(path, "rb");
    char *text = NULL;
    long size = -1;
    if (in != NULL && fseek(in, 0, SEEK_END) == 0) {
        size = ftell(in);
    }
    if (size >= 0 && fseek(in, 0, SEEK_SET) == 0) {
        text = calloc(1, (size_t)size + 1);
    }
    if (text == NULL || fread(text, 1, (size_t)size, in) != (size_t)size) {
        perror(path);
        exit(1);
    }
    fclose(in);
    return text;
}

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static int by_base(const void *a, const void *b)
{
    return strcmp(base_of(*(char *const *)a), base_of(*(char *const *)b));
}

static void check_name(const char *path)
{
    const char *base = base_of(path);
    size_t digits = strspn(base, "0123456789");
    size_t rest = strspn(base + digits, "abcdefghijklmnopqrstuvwxyz0123456789_");
    if (digits != 12 || base[12] != '_' || strcmp(base + digits + rest, ".sql") != 0 ||
        strchr(base + 13, '_') == NULL) {
        fault(1, "the name of a migration is YYYYMMDDHHMM_noun_what.sql, in lower case");
    }
}

static int by_place(const void *a, const void *b)
{
    const struct column *x = a, *y = b;
    int order = strcmp(x->table, y->table);
    return order != 0 ? order : strcmp(x->name, y->name);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: mkschema OUT.tsv FILE.sql...\n");
        return 2;
    }
    qsort(argv + 2, (size_t)(argc - 2), sizeof *argv, by_base);
    for (int i = 2; i < argc; i++) {
        file_name = argv[i];
        line = 1;
        have_ahead = false;
        char *text = read_whole(argv[i]);
        p = text;
        check_name(argv[i]);
        read_statements();
        free(text);
    }
    if (faults > 0) {
        return 1;
    }
    qsort(columns, (size_t)n_columns, sizeof columns[0], by_place);
    FILE *out = fopen(argv[1], "w");
    if (out == NULL) {
        perror(argv[1]);
        return 1;
    }
    fprintf(out, "table\tcolumn\ttype\tclass\tcomment\n");
    for (int i = 0; i < n_columns; i++) {
        const struct column *c = &columns[i];
        fprintf(out, "%s\t%s\t%s\t%s\t%s\n", c->table, c->name, c->type, c->data_class, c->comment);
    }
    if (fclose(out) != 0) {
        perror(argv[1]);
        return 1;
    }
    return 0;
}
