// SPDX-License-Identifier: AGPL-3.0-or-later
//
// engine_test.c: what holds for one engine only: who checkpoints the file and who may read it; lost
// servers and long answers.

#include "db/db_test_help.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include "os/embedded.h"

static const char schema[] = "CREATE TABLE thing (id @id PRIMARY KEY, data @text NOT NULL);\n";
static const struct embedded_file schema_file = {"migrations/202601010000_thing_new.sql", schema,
                                                 sizeof schema - 1};

static const struct db_statement insert = {
    .name = "insert",
    .sql = "INSERT INTO thing (id, data) VALUES ($1, $2)",
    .in = "tt",
    .out = "",
    .writes = true,
};
static const struct db_statement list = {
    .name = "list", .sql = "SELECT id, data FROM thing ORDER BY id", .in = "", .out = "tt"};
static const struct db_statement count_all = {
    .name = "count", .sql = "SELECT count(*) FROM thing", .in = "", .out = "i"};

static int set_up(void **state)
{
    int applied;
    fixture_open(state);
    struct fixture *f = *state;
    OK(db_migrate_files(f->db, &schema_file, 1, &applied, &f->e));
    return applied == 1 ? 0 : -1;
}

static void add(struct fixture *f, int from, int to, size_t bytes)
{
    struct db_tx *tx;
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    char *data = arena_alloc(a, bytes + 1);
    memset(data, 'x', bytes);
    OK(db_tx_begin(f->db, &tx, &f->e));
    for (int i = from; i < to; i++) {
        char id[16];
        struct db_query *q;
        bool row;
        snprintf(id, sizeof id, "%06d", i);
        OK(db_start_write(tx, &insert, &q, &f->e));
        db_bind_text(q, 1, id);
        db_bind_text(q, 2, data);
        OK(db_step(q, &row, &f->e));
        db_finish(q);
    }
    OK(db_tx_commit(tx, &f->e));
    arena_free(a);
}

static int64_t ask(struct db_read *r, const struct db_statement *s)
{
    struct err_info e;
    struct db_query *q;
    bool row;
    OK(db_start(r, s, &q, &e));
    OK(db_step(q, &row, &e));
    assert_true(row);
    int64_t n = db_int(q, 0);
    db_finish(q);
    return n;
}

static long size_of(struct fixture *f, const char *suffix)
{
    char path[640];
    struct stat s;
    snprintf(path, sizeof path, "%s%s", f->place.address, suffix);
    return stat(path, &s) == 0 ? (long)s.st_size : -1;
}

// ---- SQLite --------------------------------------------------------------------------------------

static void nobody_else_may_read_the_file(void **state)
{
    struct fixture *f = *state;
    struct stat s;
    char path[640];
    static const char *const suffixes[] = {"", "-wal"};
    for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
        snprintf(path, sizeof path, "%s%s", f->place.address, suffixes[i]);
        assert_int_equal(stat(path, &s), 0);
        assert_int_equal(s.st_mode & 0777, 0600);
    }
}

static void the_writer_keeps_the_log_short(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 40; i++) {
        add(f, i * 100, i * 100 + 100, 2000); // 200 KB each, 8 MB in all
    }
    assert_true(size_of(f, "") > 4000000); // most of it was moved into the file
    assert_true(size_of(f, "-wal") < 6000000);
}

// A reader that sees an old state keeps the log from being emptied; nothing is lost, and afterwards
// it is emptied again.
static void a_long_reader_only_delays(void **state)
{
    struct fixture *f = *state;
    struct db_read *r;
    add(f, 0, 1, 10);
    OK(db_reader(f->db, &r, &f->e));
    OK(db_snapshot_begin(r, &f->e));
    for (int i = 1; i < 40; i++) {
        add(f, i * 100, i * 100 + 100, 2000);
    }
    assert_int_equal(ask(r, &count_all), 1);
    db_snapshot_end(r);
    assert_int_equal(ask(r, &count_all), 3901);
    add(f, 10000, 13000, 2000); // more than a thousand pages: moved into the file
    long wal = size_of(f, "-wal");
    add(f, 20000, 21000, 2000);
    assert_true(size_of(f, "-wal") <= wal);
}

static void the_writer_empties_the_log_at_the_end_and_readers_do_not(void **state)
{
    struct fixture *f = *state;
    add(f, 0, 10, 100);
    db_close(f->db);
    assert_true(size_of(f, "-wal") <= 0);
    // Another writer leaves a log behind; a process that only reads must not touch it.
    sqlite3 *other;
    assert_int_equal(sqlite3_open(f->place.address, &other), SQLITE_OK);
    int on = 1;
    sqlite3_db_config(other, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, on, (int *)NULL);
    assert_int_equal(sqlite3_exec(other, "INSERT INTO thing (id, data) VALUES ('z', 'z')", NULL, NULL,
                                  NULL), SQLITE_OK);
    sqlite3_close(other);
    long wal = size_of(f, "-wal");
    assert_true(wal > 0);
    OK(db_open(f->place.address, &f->db, &f->e));
    struct db_read *r;
    OK(db_reader(f->db, &r, &f->e));
    assert_int_equal(ask(r, &count_all), 11);
    db_close(f->db);
    assert_int_equal(size_of(f, "-wal"), wal);
    OK(db_open(f->place.address, &f->db, &f->e));
}

static void a_file_that_is_no_database_is_damaged(void **state)
{
    struct fixture *f = *state;
    char path[640];
    snprintf(path, sizeof path, "%s/letter", f->place.folder);
    FILE *out = fopen(path, "w");
    for (int i = 0; i < 1000; i++) {
        fputs("Dear Sir or Madam, ", out);
    }
    fclose(out);
    struct db *db;
    assert_int_equal(db_open(path, &db, &f->e), ERR_DAMAGED);
    snprintf(path, sizeof path, "%s/nowhere/x.db", f->place.folder);
    assert_int_equal(db_open(path, &db, &f->e), ERR_FAILED);
}

static void nothing_can_be_attached_or_switched_off(void **state)
{
    struct fixture *f = *state;
    static const struct db_statement bad[] = {
        {.name = "attach", .sql = "ATTACH '/tmp/x.db' AS other", .in = "", .out = "", .writes = true},
        {.name = "pragma", .sql = "PRAGMA foreign_keys = OFF", .in = "", .out = "", .writes = true},
        {.name = "quotes", .sql = "SELECT \"no column\" FROM thing", .in = "", .out = "t"},
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct db_tx *tx;
        OK(db_tx_begin(f->db, &tx, &f->e));
        assert_int_not_equal(db_run(tx, &bad[i], &f->e), ERR_NONE);
        db_tx_rollback(tx);
    }
}

// ---- PostgreSQL ----------------------------------------------------------------------------------

static const struct db_statement pid = {
    .name = "pid", .sql = "SELECT pg_backend_pid()", .in = "", .out = "i"};
static const struct db_statement kill_other = {
    .name = "kill",
    .sql = "SELECT CASE WHEN pg_terminate_backend(CAST($1 AS INTEGER)) THEN 1 ELSE 0 END",
    .in = "i",
    .out = "i",
};

static void end_connection(struct fixture *f, struct db_read *from, int64_t number)
{
    struct db_query *q;
    bool row;
    OK(db_start(from, &kill_other, &q, &f->e));
    db_bind_int(q, 1, number);
    OK(db_step(q, &row, &f->e));
    assert_int_equal(db_int(q, 0), 1);
    db_finish(q);
    usleep(200000);
}

static void a_lost_reader_comes_back(void **state)
{
    struct fixture *f = *state;
    struct db_read *r;
    struct db_tx *tx;
    struct db_query *q;
    bool row;
    add(f, 0, 3, 10);
    OK(db_reader(f->db, &r, &f->e));
    int64_t number = ask(r, &pid);
    OK(db_start(r, &list, &q, &f->e)); // in the middle of a statement
    OK(db_tx_begin(f->db, &tx, &f->e));
    end_connection(f, db_tx_read(tx), number);
    db_tx_rollback(tx);
    assert_int_equal(db_step(q, &row, &f->e), ERR_FAILED);
    assert_non_null(strstr(f->e.text, "lost"));
    db_finish(q);
    OK(db_reader(f->db, &r, &f->e));
    assert_int_equal(ask(r, &count_all), 3);
    assert_true(ask(r, &pid) != number);
}

static void a_lost_writer_loses_its_transaction_and_comes_back(void **state)
{
    struct fixture *f = *state;
    struct db_read *r;
    struct db_tx *tx;
    OK(db_reader(f->db, &r, &f->e));
    OK(db_tx_begin(f->db, &tx, &f->e));
    int64_t number = ask(db_tx_read(tx), &pid);
    end_connection(f, r, number);
    assert_int_equal(db_tx_commit(tx, &f->e), ERR_FAILED);
    OK(db_tx_begin(f->db, &tx, &f->e));
    number = ask(db_tx_read(tx), &pid);
    db_tx_rollback(tx);
    end_connection(f, r, number); // while idle: nobody notices
    add(f, 0, 2, 10);
    assert_int_equal(ask(r, &count_all), 2);
}

// Rows of one statement are still coming while others run; in order, none lost, none twice.
static void answers_that_overlap_are_kept_apart(void **state)
{
    struct fixture *f = *state;
    struct db_read *r;
    struct db_query *outer, *second;
    bool row;
    add(f, 0, 500, 100);
    OK(db_reader(f->db, &r, &f->e));
    OK(db_start(r, &list, &outer, &f->e));
    OK(db_start(r, &list, &second, &f->e));
    for (int i = 0; i < 500; i++) {
        char id[16];
        snprintf(id, sizeof id, "%06d", i);
        OK(db_step(outer, &row, &f->e));
        assert_true(row);
        if (i % 100 == 7) {
            assert_int_equal(ask(r, &count_all), 500);
        }
        assert_string_equal(db_text(outer, 0), id); // still there after another statement
        assert_int_equal(strlen(db_text(outer, 1)), 100);
        if (i % 2 == 0) {
            snprintf(id, sizeof id, "%06d", i / 2);
            OK(db_step(second, &row, &f->e));
            assert_string_equal(db_text(second, 0), id);
        }
    }
    OK(db_step(outer, &row, &f->e));
    assert_false(row);
    db_finish(outer);
    db_finish(second); // half read
    assert_int_equal(ask(r, &count_all), 500);
}

static void a_server_that_is_not_there_is_an_error(void **state)
{
    (void)state;
    struct db *db;
    struct err_info e;
    assert_int_equal(db_open("postgresql://nobody:secretword@/none?host=/tmp/nowhere", &db, &e),
                     ERR_FAILED);
    assert_null(strstr(e.detail, "secretword"));
    assert_null(strstr(e.args[0], "secretword"));
}

// ---- the groups ----------------------------------------------------------------------------------

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, fixture_close)

static int group(const char *engine)
{
    const struct CMUnitTest sqlite[] = {
        TEST(nobody_else_may_read_the_file),
        TEST(the_writer_keeps_the_log_short),
        TEST(a_long_reader_only_delays),
        TEST(the_writer_empties_the_log_at_the_end_and_readers_do_not),
        TEST(a_file_that_is_no_database_is_damaged),
        TEST(nothing_can_be_attached_or_switched_off),
    };
    const struct CMUnitTest postgres[] = {
        TEST(a_lost_reader_comes_back),
        TEST(a_lost_writer_loses_its_transaction_and_comes_back),
        TEST(answers_that_overlap_are_kept_apart),
        TEST(a_server_that_is_not_there_is_an_error),
    };
    return test_server == NULL ? cmocka_run_group_tests_name(engine, sqlite, NULL, NULL)
                               : cmocka_run_group_tests_name(engine, postgres, NULL, NULL);
}

int main(void)
{
    return run_on_both(group);
}
