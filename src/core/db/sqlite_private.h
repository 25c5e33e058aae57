// SPDX-License-Identifier: AGPL-3.0-or-later
//
// sqlite_private.h: what sqlite.c lends to the other SQLite files of core/db.

#ifndef DB_SQLITE_PRIVATE_H
#define DB_SQLITE_PRIVATE_H

#include <sqlite3.h>

#include "db/db_private.h"

// Fills e from the last error of the handle; `what` is for the log.
enum err db_sqlite_fail(sqlite3 *handle, const char *what, struct err_info *e);
enum err db_sqlite_dump(struct arena *a, struct db_read *r, const char *scratch,
                        const struct db_sink *sink, struct err_info *e);
enum err db_sqlite_check_health(struct db_read *r, struct err_info *e);

#endif
