// SPDX-License-Identifier: AGPL-3.0-or-later
//
// db_dump.h: the whole content of a database as named parts of bytes, and back. For backups
// (store/backup.c).
//
// SQLite gives one part, "database", which is the file. PostgreSQL gives "tables/<name>" for each
// table: CSV with a head line, as COPY writes it.

#ifndef DB_DB_DUMP_H
#define DB_DB_DUMP_H

#include "db/db.h"

// Where parts go. add is called any number of times between begin and the next begin.
struct db_sink {
    void *context;
    enum err (*begin)(void *context, const char *part, struct err_info *e);
    enum err (*add)(void *context, const void *bytes, size_t len, struct err_info *e);
};

struct db_table {
    const char *name;
    int64_t rows;
};

// Writes all parts, as they are in the open snapshot of r, while others write. scratch is the path of
// a file that does not exist; it may be made and is removed again.
MUST_CHECK enum err db_dump(struct db_read *r, const char *scratch, const struct db_sink *sink,
                            struct err_info *e);

// Tables of the database with their number of rows, sorted by name.
MUST_CHECK enum err db_tables(struct arena *a, struct db_read *r, struct db_table **out, size_t *n,
                              struct err_info *e);
// Names of the applied migrations, sorted.
MUST_CHECK enum err db_migrations_applied(struct arena *a, struct db_read *r, const char ***out,
                                          size_t *n, struct err_info *e);

// Everything an engine can say about its own health: pages, indexes, references. ERR_DAMAGED when
// something is wrong; e->detail says what.
MUST_CHECK enum err db_check_health(struct db_read *r, struct err_info *e);

// PostgreSQL only. Applies exactly the named migrations to an empty database; ERR_FAILED names one
// that this program does not know.
MUST_CHECK enum err db_migrate_named(struct db *db, const char *const *names, size_t n,
                                     struct err_info *e);
// PostgreSQL only. Fills a table from a file that db_dump wrote. References may be broken until the
// transaction commits.
MUST_CHECK enum err db_load(struct db_tx *tx, const char *table, const char *path,
                            struct err_info *e);

#endif
