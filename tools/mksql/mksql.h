// SPDX-License-Identifier: AGPL-3.0-or-later
//
// mksql.h: what the files of the compiler of statements share. A fault ends the run.

#ifndef MKSQL_H
#define MKSQL_H

#include <stdbool.h>
#include <stddef.h>

#define MAX_FIELDS 64
#define MAX_NAME 64

enum type { TYPE_ID, TYPE_TEXT, TYPE_INT, TYPE_REAL, TYPE_BYTES, TYPE_COUNT };

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
    bool later; // may run a little later in a large transaction
    bool one;
    bool writes;
    int line;
    struct statement *next;
};

// ---- text.c
// By enum type: as a file of statements names them, and one letter for the driver.
extern const char *const type_names[];
extern const char type_letters[];
extern const char *file_name; // for messages
extern int line_number;
void fail_at(int line, const char *format, ...)
    __attribute__((format(printf, 2, 3), noreturn));
void *must(void *p);
void text_add(struct text *t, const char *bytes, size_t len);

// ---- read.c
struct statement *read_file(const char *path);

// ---- check.c
void check(struct statement *s);

// ---- write.c
void put(const char *format, ...) __attribute__((format(printf, 1, 2)));
void open_out(const char *path);
void close_out(const char *path);
void put_header(const struct statement *first, const char *noun, const char *base);
void put_source(const struct statement *first, const char *noun, const char *base);

#endif
