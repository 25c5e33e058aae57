// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dump.c: see db_dump.h. What both engines share; the rest is in sqlite_dump.c and postgres_dump.c.

#include "db/db_dump.h"

#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "db/db_check.h"
#include "db/db_private.h"
#include "os/embedded.h"

// More than any schema of ours will have.
#define MAX_TABLES 2000
#define FOLDER "migrations/"

static const struct db_statement list_tables = {
    .name = "dump_tables",
    .sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
           " ORDER BY name",
    .sql_postgres = "SELECT CAST(table_name AS TEXT) FROM information_schema.tables"
                    " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
                    " ORDER BY CAST(table_name AS TEXT) COLLATE \"C\"",
    .in = "",
    .out = "t",
};

static const struct db_statement list_migrations = {
    .name = "dump_migrations",
    .sql = "SELECT name FROM migration ORDER BY name",
    .in = "",
    .out = "t",
};

// The statements of this file, for tools/sqlcheck.
const struct db_statement *const db_dump_statements[] = {&list_tables, &list_migrations, NULL};

// The texts of the only column.
static enum err read_names(struct arena *a, struct db_read *r, const struct db_statement *s,
                           const char ***out, size_t *n, struct err_info *e)
{
    struct db_query *q;
    enum err code = db_start(r, s, &q, e);
    if (code != ERR_NONE) {
        return code;
    }
    const char **names = ARENA_ARRAY(a, const char *, MAX_TABLES);
    bool row;
    *n = 0;
    while ((code = db_step(q, &row, e)) == ERR_NONE && row) {
        if (*n == MAX_TABLES) {
            bug("more tables or migrations than expected");
        }
        names[(*n)++] = arena_copy(a, db_text(q, 0));
    }
    db_finish(q);
    *out = names;
    return code;
}

static enum err count_rows(struct arena *a, struct db_read *r, struct db_table *t,
                           struct err_info *e)
{
    struct db_statement s = {.name = "dump_count", .in = "", .out = "i"};
    s.sql = arena_printf(a, "SELECT count(*) FROM \"%s\"", t->name);
    struct db_query *q;
    enum err code = db_start(r, &s, &q, e);
    if (code != ERR_NONE) {
        return code;
    }
    bool row;
    code = db_step(q, &row, e);
    t->rows = code == ERR_NONE && row ? db_int(q, 0) : 0;
    db_finish(q);
    return code;
}

enum err db_tables(struct arena *a, struct db_read *r, struct db_table **out, size_t *n,
                   struct err_info *e)
{
    const char **names;
    enum err code = read_names(a, r, &list_tables, &names, n, e);
    if (code != ERR_NONE) {
        return code;
    }
    *out = ARENA_ARRAY(a, struct db_table, *n + 1);
    for (size_t i = 0; i < *n && code == ERR_NONE; i++) {
        (*out)[i].name = names[i];
        code = count_rows(a, r, &(*out)[i], e);
    }
    return code;
}

enum err db_migrations_applied(struct arena *a, struct db_read *r, const char ***out, size_t *n,
                               struct err_info *e)
{
    return read_names(a, r, &list_migrations, out, n, e);
}

enum err db_dump(struct db_read *r, const char *scratch, const struct db_sink *sink,
                 struct err_info *e)
{
    ensure(!r->writable && r->snapshots > 0);
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    enum err code = r->driver->dump(a, r, scratch, sink, e);
    arena_free(a);
    return code == ERR_NONE ? ERR_NONE : db_failed(r, code);
}

enum err db_check_health(struct db_read *r, struct err_info *e)
{
    return r->driver->check_health(r, e);
}

enum err db_load(struct db_tx *tx, const char *table, const char *path, struct err_info *e)
{
    struct db_read *c = &tx->connection;
    ensure(c->driver->load != NULL && c->in_transaction);
    enum err code = c->driver->load(c, table, path, e);
    return code == ERR_NONE ? ERR_NONE : db_failed(c, code);
}

static bool is_named(const struct embedded_file *f, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strncmp(f->path, FOLDER, strlen(FOLDER)) == 0 &&
            strcmp(f->path + strlen(FOLDER), names[i]) == 0) {
            return true;
        }
    }
    return false;
}

enum err db_migrate_named(struct db *db, const char *const *names, size_t n, struct err_info *e)
{
    struct arena *a = arena_new(LIMIT_PROCESS_BYTES);
    struct embedded_file *files = ARENA_ARRAY(a, struct embedded_file, embedded_n_files + 1);
    size_t n_files = 0;
    for (size_t i = 0; i < embedded_n_files; i++) {
        if (is_named(&embedded_files[i], names, n)) {
            files[n_files++] = embedded_files[i];
        }
    }
    enum err code = ERR_NONE;
    for (size_t i = 0; i < n && code == ERR_NONE; i++) {
        if (embedded_find(arena_printf(a, FOLDER "%s", names[i])) == NULL) {
            code = err_set(e, ERR_FAILED, names[i],
                           MSG("The backup has the schema step {0}, which this program lacks."),
                           MSG("Use the newer program that made it."), names[i], (char *)NULL);
        }
    }
    int applied;
    if (code == ERR_NONE) {
        code = db_migrate_files(db, files, n_files, &applied, e);
    }
    arena_free(a);
    return code;
}
