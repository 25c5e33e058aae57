// SPDX-License-Identifier: AGPL-3.0-or-later
//
// postgres_query.h: statements and rows of the PostgreSQL driver; its table of functions is in
// postgres.c.

#ifndef DB_POSTGRES_QUERY_H
#define DB_POSTGRES_QUERY_H

#include "db/postgres_private.h"

// One value of the current row; text is NULL for NULL.
struct postgres_cell {
    const char *text;
    size_t len;
    unsigned char *bytes; // decoded on demand; freed with the row
    size_t n_bytes;
};

// A row taken off the wire before its turn.
struct postgres_saved {
    struct postgres_saved *next;
    struct postgres_cell cells[];
};

struct postgres_query {
    struct db_query base;
    char name[16];
    int room; // parameters and columns the arrays have room for
    const char **values;
    int *lengths;
    int *formats;
    Oid *types;
    char (*numbers)[32]; // texts of integers and reals
    char *copies;        // texts of a run that gives rows
    size_t copies_len;
    size_t copies_room;
    struct postgres_cell *cells;
    PGresult *result;    // holds the current row
    PGresult *late;      // an error that came while rows were saved
    struct arena *saving; // rows taken off the wire because another statement needed it
    struct postgres_saved *saved;
    struct postgres_saved **saved_end;
    bool too_many; // rows did not fit into `saving`
    bool sent;
    bool done;
};

enum err postgres_prepare(struct db_query *q, struct err_info *e);
void postgres_unprepare(struct db_query *q);
enum err postgres_bind(struct db_query *q, int i, const struct db_value *v);
enum err postgres_step(struct db_query *q, bool *row, struct err_info *e);
void postgres_reset(struct db_query *q);
int postgres_empty_column(struct db_query *q);
bool postgres_is_null(struct db_query *q, int column);
const char *postgres_text(struct db_query *q, int column);
int64_t postgres_number(struct db_query *q, int column);
double postgres_real(struct db_query *q, int column);
const void *postgres_bytes(struct db_query *q, int column, size_t *len);
enum err postgres_check(struct db_query *q, struct err_info *e);

#endif
