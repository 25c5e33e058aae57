// SPDX-License-Identifier: AGPL-3.0-or-later
//
// postgres_private.h: what postgres.c lends to the other PostgreSQL files of core/db.

#ifndef DB_POSTGRES_PRIVATE_H
#define DB_POSTGRES_PRIVATE_H

#include "db/db_private.h"
#include "db/libpq.h"

// Types of parameters and columns, as the server numbers them. (catalog/pg_type.dat)
enum {
    POSTGRES_BYTEA = 17,
    POSTGRES_INT8 = 20,
    POSTGRES_INT2 = 21,
    POSTGRES_INT4 = 23,
    POSTGRES_TEXT = 25,
    POSTGRES_FLOAT8 = 701,
};

// Number of the type for a letter of struct db_statement.
Oid db_postgres_type(char letter);
// Runs statements without parameters; rows are dropped.
MUST_CHECK enum err db_postgres_run(struct db_read *c, const char *what, const char *sql,
                                    struct err_info *e);
// Fills e from a result (or, when NULL, from the connection); `what` is for the log.
enum err db_postgres_fail(struct db_read *c, const char *what, const PGresult *result,
                          struct err_info *e);
// Name the server knows a prepared statement by.
const char *db_postgres_name(const struct db_query *q);
// Takes all rows still coming off the wire, so that the connection is free.
void db_postgres_free_wire(struct db_read *c);
enum err db_postgres_dump(struct arena *a, struct db_read *r, const char *scratch,
                          const struct db_sink *sink, struct err_info *e);
enum err db_postgres_check_health(struct db_read *r, struct err_info *e);
enum err db_postgres_load(struct db_read *c, const char *table, const char *path,
                          struct err_info *e);

#endif
