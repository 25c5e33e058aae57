// SPDX-License-Identifier: AGPL-3.0-or-later
//
// migrate.c: brings the schema to the newest step, and refuses a database it does not understand.
//
// The steps are the embedded files migrations/<time>_<noun>_<what>.sql, in order of name. The table
// `migration` says which were applied, with the hash of their text: an applied step never changes.

#include <sodium.h>
#include <string.h>

#include "base/bug.h"
#include "base/date.h"
#include "db/db_check.h"
#include "db/db_private.h"
#include "os/clock.h"
#include "os/embedded.h"

#define FOLDER "migrations/"
#define HASH_BYTES 32
#define HASH_TEXT (HASH_BYTES * 2 + 1)
// Texts of one step and names of the applied ones.
#define SCRATCH_BYTES ((size_t)16 * 1024 * 1024)

static const char make_table[] = "CREATE TABLE IF NOT EXISTS migration (\n"
                                 "    name @id PRIMARY KEY,\n"
                                 "    hash @text NOT NULL,\n"
                                 "    applied_at @text NOT NULL\n"
                                 ");\n";

static const struct db_statement table_count = {
    .name = "migration_table_count",
    .sql = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migration'",
    .sql_postgres = "SELECT count(*) FROM information_schema.tables"
                    " WHERE table_schema = current_schema() AND table_name = 'migration'",
    .in = "",
    .out = "i",
};

static const struct db_statement list_applied = {
    .name = "migration_list",
    .sql = "SELECT name, hash FROM migration ORDER BY name",
    .in = "",
    .out = "tt",
};

static const struct db_statement insert_applied = {
    .name = "migration_insert",
    .sql = "INSERT INTO migration (name, hash, applied_at) VALUES ($1, $2, $3)",
    .in = "ttt",
    .out = "",
    .writes = true,
};

// The statements of this file, for tools/sqlcheck.
const struct db_statement *const db_migrate_statements[] = {&table_count, &list_applied,
                                                            &insert_applied, NULL};

static bool is_migration(const struct embedded_file *f)
{
    size_t len = strlen(f->path);
    return strncmp(f->path, FOLDER, strlen(FOLDER)) == 0 && len > 4 &&
           strcmp(f->path + len - 4, ".sql") == 0;
}

static const char *name_of(const struct embedded_file *f)
{
    return f->path + strlen(FOLDER);
}

static void hash_of(const struct embedded_file *f, char text[HASH_TEXT])
{
    unsigned char hash[HASH_BYTES];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)f->bytes, f->len, NULL, 0);
    sodium_bin2hex(text, HASH_TEXT, hash, sizeof hash);
}

static const struct embedded_file *find(const struct embedded_file *files, size_t n,
                                        const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (is_migration(&files[i]) && strcmp(name_of(&files[i]), name) == 0) {
            return &files[i];
        }
    }
    return NULL;
}

// An applied step must be known here and unchanged.
static enum err check_applied(const struct embedded_file *files, size_t n, const char *name,
                              const char *hash, struct err_info *e)
{
    const struct embedded_file *f = find(files, n, name);
    if (f == NULL) {
        return err_set(e, ERR_FAILED, name,
                       MSG("The database has the schema step {0}, which this program lacks."),
                       MSG("Use the newer program that made it."), name, (char *)NULL);
    }
    char now[HASH_TEXT];
    hash_of(f, now);
    if (strcmp(now, hash) != 0) {
        return err_set(e, ERR_FAILED, name,
                       MSG("The schema step {0} was changed after it was applied."),
                       MSG("Put the old file back, and write the change as a new step."), name,
                       (char *)NULL);
    }
    return ERR_NONE;
}

// Which files were applied: done[i] for files[i]. The table must exist.
static enum err read_applied(struct db_read *r, const struct embedded_file *files, size_t n,
                             bool *done, struct err_info *e)
{
    struct db_query *q;
    enum err code = db_start(r, &list_applied, &q, e);
    if (code != ERR_NONE) {
        return code;
    }
    bool row;
    while ((code = db_step(q, &row, e)) == ERR_NONE && row) {
        code = check_applied(files, n, db_text(q, 0), db_text(q, 1), e);
        if (code != ERR_NONE) {
            break;
        }
        done[find(files, n, db_text(q, 0)) - files] = true;
    }
    db_finish(q);
    return code;
}

static enum err has_table(struct db_read *r, bool *has, struct err_info *e)
{
    struct db_query *q;
    enum err code = db_start(r, &table_count, &q, e);
    if (code != ERR_NONE) {
        return code;
    }
    bool row;
    code = db_step(q, &row, e);
    *has = code == ERR_NONE && row && db_int(q, 0) > 0;
    db_finish(q);
    return code;
}

enum err db_migrations_waiting_files(struct db *db, const struct embedded_file *files, size_t n,
                                  int *waiting, struct err_info *e)
{
    struct arena *scratch = arena_new(SCRATCH_BYTES);
    bool *done = ARENA_ARRAY(scratch, bool, n + 1);
    struct db_read *r;
    bool has = false;
    enum err code = db_reader(db, &r, e);
    if (code == ERR_NONE) {
        code = has_table(r, &has, e);
    }
    if (code == ERR_NONE && has) {
        code = read_applied(r, files, n, done, e);
    }
    *waiting = 0;
    for (size_t i = 0; i < n; i++) {
        *waiting += is_migration(&files[i]) && !done[i];
    }
    arena_free(scratch);
    return code;
}

// ---- applying ------------------------------------------------------------------------------------

static enum err note_applied(struct db_tx *tx, const struct embedded_file *f, struct err_info *e)
{
    char hash[HASH_TEXT], now[25];
    hash_of(f, hash);
    time_to_text(clock_now_ms(), now);
    struct db_query *q;
    enum err code = db_start_write(tx, &insert_applied, &q, e);
    if (code != ERR_NONE) {
        return code;
    }
    db_bind_text(q, 1, name_of(f));
    db_bind_text(q, 2, hash);
    db_bind_text(q, 3, now);
    bool row;
    code = db_step(q, &row, e);
    db_finish(q);
    return code;
}

static enum err run_script(struct db_tx *tx, struct arena *scratch, const struct embedded_file *f,
                           struct err_info *e)
{
    struct db_read *c = &tx->connection;
    const char *sql;
    enum err code = db_migrate_text(scratch, c->driver, f, &sql, e);
    if (code != ERR_NONE) {
        return code;
    }
    code = c->driver->script(c, sql, e);
    if (code != ERR_NONE) {
        char detail[sizeof e->detail];
        memcpy(detail, e->detail, sizeof detail);
        code = db_failed(c, err_set(e, code, f->path, MSG("The schema step {0} failed."),
                                    MSG("Nothing of it was kept; the log says why."), f->path,
                                    (char *)NULL));
        memcpy(e->detail, detail, sizeof detail);
    }
    return code;
}

// The first file that waits, in its own transaction. *did is false when none does.
static enum err apply_next(struct db *db, struct arena *scratch, const struct embedded_file *files,
                           size_t n, bool *did, struct err_info *e)
{
    bool *done = ARENA_ARRAY(scratch, bool, n + 1);
    const struct embedded_file table = {"table migration", make_table, sizeof make_table - 1};
    struct db_tx *tx;
    *did = false;
    enum err code = db_tx_begin(db, &tx, e);
    if (code != ERR_NONE) {
        return code;
    }
    if (db->driver->lock_migrations != NULL) {
        code = db->driver->script(&tx->connection, db->driver->lock_migrations, e);
    }
    if (code == ERR_NONE) {
        code = run_script(tx, scratch, &table, e);
    }
    if (code == ERR_NONE) {
        code = read_applied(db_tx_read(tx), files, n, done, e);
    }
    for (size_t i = 0; code == ERR_NONE && i < n && !*did; i++) {
        if (!is_migration(&files[i]) || done[i]) {
            continue;
        }
        *did = true;
        code = run_script(tx, scratch, &files[i], e);
        if (code == ERR_NONE) {
            code = note_applied(tx, &files[i], e);
        }
    }
    if (code != ERR_NONE) {
        db_tx_rollback(tx);
        return code;
    }
    return db_tx_commit(tx, e);
}

enum err db_migrate_files(struct db *db, const struct embedded_file *files, size_t n, int *applied,
                          struct err_info *e)
{
    struct arena *scratch = arena_new(SCRATCH_BYTES);
    enum err code = ERR_NONE;
    *applied = 0;
    for (bool did = true; did && code == ERR_NONE;) {
        code = apply_next(db, scratch, files, n, &did, e);
        *applied += code == ERR_NONE && did;
        arena_reset(scratch);
    }
    arena_free(scratch);
    return code;
}

enum err db_migrate(struct db *db, int *applied, struct err_info *e)
{
    return db_migrate_files(db, embedded_files, embedded_n_files, applied, e);
}

enum err db_migrations_waiting(struct db *db, int *waiting, struct err_info *e)
{
    return db_migrations_waiting_files(db, embedded_files, embedded_n_files, waiting, e);
}
