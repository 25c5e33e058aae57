// SPDX-License-Identifier: AGPL-3.0-or-later
//
// check.c: see db_check.h.

#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "db/db_check.h"
#include "db/db_private.h"

enum err db_check_statement(struct db_tx *tx, const struct db_statement *s, struct err_info *e)
{
    struct db_read *c = &tx->connection;
    struct db_query *q;
    enum err code = db_keep_take(c, s, &q, e);
    if (code == ERR_NONE) {
        code = c->driver->check(q, e);
        db_finish(q);
    }
    return code;
}

static enum err run_on(const char *server, const char *verb, const char *name, const char *end,
                       struct err_info *e)
{
    char sql[160];
    ensure(name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0');
    ensure((size_t)snprintf(sql, sizeof sql, "%s SCHEMA %s%s", verb, name, end) < sizeof sql);
    struct db *db;
    struct db_tx *tx;
    enum err code = db_open(server, &db, e);
    if (code != ERR_NONE) {
        return code;
    }
    code = db_tx_begin(db, &tx, e);
    if (code == ERR_NONE) {
        code = db->driver->script(&tx->connection, sql, e);
        if (code == ERR_NONE) {
            code = db_tx_commit(tx, e);
        } else {
            db_tx_rollback(tx);
        }
    }
    db_close(db);
    return code;
}

enum err db_schema_make(const char *server, const char *name, struct err_info *e)
{
    return run_on(server, "CREATE", name, "", e);
}

enum err db_schema_remove(const char *server, const char *name, struct err_info *e)
{
    return run_on(server, "DROP", name, " CASCADE", e);
}

const char *db_schema_address(struct arena *a, const char *server, const char *name)
{
    return arena_printf(a, "%s%coptions=-csearch_path%%3D%s", server,
                        strchr(server, '?') == NULL ? '?' : '&', name);
}
