// SPDX-License-Identifier: AGPL-3.0-or-later
//
// sqlcheck.c: prepares every statement of the program on the newest schema, on both engines, and
// compares what it declares with what the engine says. This keeps the second engine from rotting.
//
// Usage: sqlcheck [--postgres ADDRESS]
//
// On PostgreSQL everything happens in a schema of its own, which is removed at the end. Exit status: 0
// when all is well, 1 when a statement or migration is wrong, 2 when used wrongly.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "db/db_check.h"

// Statements with a text for one engine, at most: 2 in 100, once there are enough to count.
#define SECOND_TEXT_PERCENT 2
#define ENOUGH_STATEMENTS 50

static int n_statements;
static int n_second_texts;
static int n_lists;

static int tell(struct arena *a, const char *engine, const struct err_info *e)
{
    fprintf(stderr, "sqlcheck: %s: %s%s%s\n", engine, err_text(a, &lang_en, e),
            e->detail[0] != '\0' ? " " : "", e->detail);
    return 1;
}

// One transaction each, so that a wrong one does not spoil the next.
static int check_one(struct arena *a, struct db *db, const char *engine,
                     const struct db_statement *s)
{
    struct err_info e;
    struct db_tx *tx;
    if (db_tx_begin(db, &tx, &e) != ERR_NONE) {
        return tell(a, engine, &e);
    }
    enum err code = db_check_statement(tx, s, &e);
    db_tx_rollback(tx);
    return code == ERR_NONE ? 0 : tell(a, engine, &e);
}

static int check_list(struct arena *a, struct db *db, const char *engine,
                      const struct db_statement *const *list)
{
    int wrong = 0;
    n_lists++;
    for (; *list != NULL; list++) {
        n_statements++;
        n_second_texts += (*list)->sql_postgres != NULL;
        wrong += check_one(a, db, engine, *list);
    }
    return wrong;
}

static int check_all(struct arena *a, const char *engine, const char *address)
{
    struct err_info e;
    struct db *db;
    int applied;
    if (db_open(address, &db, &e) != ERR_NONE) {
        return tell(a, engine, &e);
    }
    int wrong = 0;
    if (db_migrate(db, &applied, &e) != ERR_NONE) {
        wrong = tell(a, engine, &e);
    } else {
        n_statements = n_second_texts = n_lists = 0;
        wrong = check_list(a, db, engine, db_migrate_statements);
        wrong += check_list(a, db, engine, db_dump_statements);
        n_second_texts = 0; // core/db asks each engine for its own catalogue
        for (size_t i = 0; db_all_statements[i] != NULL; i++) {
            wrong += check_list(a, db, engine, db_all_statements[i]);
        }
        printf("sqlcheck: %s: %d migrations, %d statements of %d files, %d wrong\n", engine,
               applied, n_statements, n_lists, wrong);
    }
    db_close(db);
    return wrong;
}

static int check_sqlite(struct arena *a)
{
    char folder[] = "/tmp/sqlcheck_XXXXXX";
    if (mkdtemp(folder) == NULL) {
        perror(folder);
        return 1;
    }
    const char *file = arena_printf(a, "%s/check.db", folder);
    int wrong = check_all(a, "SQLite", file);
    unlink(file);
    unlink(arena_printf(a, "%s-wal", file));
    unlink(arena_printf(a, "%s-shm", file));
    rmdir(folder);
    return wrong;
}

static int check_postgres(struct arena *a, const char *server)
{
    struct err_info e;
    const char *schema = arena_printf(a, "sqlcheck_%ld", (long)getpid());
    if (db_schema_make(server, schema, &e) != ERR_NONE) {
        return tell(a, "PostgreSQL", &e);
    }
    int wrong = check_all(a, "PostgreSQL", db_schema_address(a, server, schema));
    if (db_schema_remove(server, schema, &e) != ERR_NONE) {
        wrong += tell(a, "PostgreSQL", &e);
    }
    return wrong;
}

int main(int argc, char **argv)
{
    const char *server = NULL;
    if (argc == 3 && strcmp(argv[1], "--postgres") == 0) {
        server = argv[2];
    } else if (argc != 1) {
        fprintf(stderr, "usage: sqlcheck [--postgres ADDRESS]\n");
        return 2;
    }
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ); // in step with standard error
    int wrong = check_sqlite(a);
    if (server != NULL) {
        wrong += check_postgres(a, server);
    } else {
        printf("sqlcheck: PostgreSQL: not tried; name a database with --postgres ADDRESS\n");
    }
    printf("sqlcheck: %d of %d statements have a second text\n", n_second_texts, n_statements);
    if (n_statements > ENOUGH_STATEMENTS &&
        n_second_texts * 100 > n_statements * SECOND_TEXT_PERCENT) {
        fprintf(stderr, "sqlcheck: more than %d %% have a second text; find a common one\n",
                SECOND_TEXT_PERCENT);
        wrong++;
    }
    arena_free(a);
    return wrong == 0 ? 0 : 1;
}
