// SPDX-License-Identifier: AGPL-3.0-or-later
//
// migrate_test.c: the schema moves forward one whole step at a time, or not at all.

#include "db/db_test_help.h"

#include "os/embedded.h"

static const char first[] = "CREATE TABLE thing (\n"
                            "    id @id PRIMARY KEY, -- C0: identifier; with a semicolon\n"
                            "    n @int -- C1: number\n"
                            ");\n"
                            "INSERT INTO thing (id, n) VALUES ('it''s @text; -- no', 1);\n";
// written as the build asks for it: class and meaning at the end of the line of the column
static const char second[] = "ALTER TABLE thing ADD COLUMN x @real -- C1: size\n;\n";
static const char broken[] = "INSERT INTO thing (id, n) VALUES ('b', 2);\n"
                             "INSERT INTO nothing (id) VALUES ('b');\n";
static const char engines[] = "-- sqlite:\n"
                              "CREATE TABLE \"only\" (id @id PRIMARY KEY, a @int);\n"
                              "-- postgres:\n"
                              "CREATE TABLE \"only\" (id @id PRIMARY KEY, b @bytes);\n"
                              "-- both:\n"
                              "INSERT INTO \"only\" (id) VALUES ('both');\n";

#define FILE_OF(name, text) {"migrations/" name, text, sizeof(text) - 1}

static int64_t ask(struct fixture *f, const char *sql)
{
    struct db_statement s = {.name = "ask", .sql = sql, .in = "", .out = "i"};
    struct db_read *r;
    struct db_query *q;
    bool row;
    OK(db_reader(f->db, &r, &f->e));
    if (db_start(r, &s, &q, &f->e) != ERR_NONE) {
        return -1;
    }
    OK(db_step(q, &row, &f->e));
    int64_t n = row ? db_int(q, 0) : -1;
    db_finish(q);
    return n;
}

static void steps_are_applied_once_in_order_of_name(void **state)
{
    struct fixture *f = *state;
    const struct embedded_file files[] = {
        {"assets/x.sql", "no SQL", 6},
        FILE_OF("202601010000_thing_first.sql", first),
        FILE_OF("202601020000_thing_second.sql", second),
        {"packs/x", "no SQL", 6},
    };
    int n;
    OK(db_migrations_waiting_files(f->db, files, 4, &n, &f->e));
    assert_int_equal(n, 2);
    OK(db_migrate_files(f->db, files, 2, &n, &f->e));
    assert_int_equal(n, 1);
    OK(db_migrations_waiting_files(f->db, files, 4, &n, &f->e));
    assert_int_equal(n, 1);
    OK(db_migrate_files(f->db, files, 4, &n, &f->e));
    assert_int_equal(n, 1);
    OK(db_migrate_files(f->db, files, 4, &n, &f->e));
    assert_int_equal(n, 0);
    assert_int_equal(ask(f, "SELECT count(*) FROM thing WHERE id = 'it''s @text; -- no'"), 1);
    assert_int_equal(ask(f, "SELECT count(x) FROM thing"), 0);
}

static void a_changed_step_is_refused_by_name(void **state)
{
    struct fixture *f = *state;
    struct embedded_file files[] = {FILE_OF("202601010000_thing_first.sql", first)};
    int n;
    OK(db_migrate_files(f->db, files, 1, &n, &f->e));
    files[0].len--; // one blank less
    assert_int_equal(db_migrate_files(f->db, files, 1, &n, &f->e), ERR_FAILED);
    assert_string_equal(f->e.args[0], "202601010000_thing_first.sql");
    assert_int_equal(db_migrations_waiting_files(f->db, files, 1, &n, &f->e), ERR_FAILED);
    assert_string_equal(f->e.field, "202601010000_thing_first.sql");
}

static void a_step_this_program_lacks_is_refused_by_name(void **state)
{
    struct fixture *f = *state;
    const struct embedded_file files[] = {FILE_OF("202601010000_thing_first.sql", first),
                                          FILE_OF("202601020000_thing_second.sql", second)};
    int n;
    OK(db_migrate_files(f->db, files, 2, &n, &f->e));
    assert_int_equal(db_migrate_files(f->db, files, 1, &n, &f->e), ERR_FAILED);
    assert_string_equal(f->e.args[0], "202601020000_thing_second.sql");
}

static void a_step_that_fails_leaves_nothing(void **state)
{
    struct fixture *f = *state;
    const struct embedded_file files[] = {FILE_OF("202601010000_thing_first.sql", first),
                                          FILE_OF("202601020000_thing_broken.sql", broken)};
    int n;
    assert_int_equal(db_migrate_files(f->db, files, 2, &n, &f->e), ERR_FAILED);
    assert_string_equal(f->e.args[0], "migrations/202601020000_thing_broken.sql");
    assert_int_equal(n, 1);
    assert_int_equal(ask(f, "SELECT count(*) FROM thing"), 1);
    assert_int_equal(ask(f, "SELECT count(*) FROM migration"), 1);
}

static void an_unknown_type_is_refused(void **state)
{
    struct fixture *f = *state;
    static const char text[] = "CREATE TABLE a (id @varchar);";
    const struct embedded_file files[] = {FILE_OF("202601010000_a_b.sql", text)};
    int n;
    assert_int_equal(db_migrate_files(f->db, files, 1, &n, &f->e), ERR_FAILED);
    assert_non_null(strstr(f->e.text, "unknown type"));
}

static void lines_for_one_engine_are_for_that_engine(void **state)
{
    struct fixture *f = *state;
    const struct embedded_file files[] = {FILE_OF("202601010000_only_first.sql", engines)};
    bool sqlite = db_engine_of(f->db) == DB_SQLITE;
    int n;
    OK(db_migrate_files(f->db, files, 1, &n, &f->e));
    assert_int_equal(ask(f, "SELECT count(*) FROM \"only\" WHERE id = 'both'"), 1);
    assert_int_equal(ask(f, "SELECT count(a) FROM \"only\""), sqlite ? 0 : -1);
    assert_int_equal(ask(f, "SELECT count(b) FROM \"only\""), sqlite ? -1 : 0);
}

static void tables_of_sqlite_are_strict(void **state)
{
    struct fixture *f = *state;
    const struct embedded_file files[] = {FILE_OF("202601010000_thing_first.sql", first)};
    static const struct db_statement wrong = {
        .name = "wrong",
        .sql = "INSERT INTO thing (id, n) SELECT 'x', CAST('many' AS TEXT)",
        .in = "",
        .out = "",
        .writes = true,
    };
    struct db_tx *tx;
    int n;
    OK(db_migrate_files(f->db, files, 1, &n, &f->e));
    OK(db_tx_begin(f->db, &tx, &f->e));
    assert_int_not_equal(db_run(tx, &wrong, &f->e), ERR_NONE);
    db_tx_rollback(tx);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)

static int group(const char *engine)
{
    const struct CMUnitTest tests[] = {
        TEST(steps_are_applied_once_in_order_of_name),
        TEST(a_changed_step_is_refused_by_name),
        TEST(a_step_this_program_lacks_is_refused_by_name),
        TEST(a_step_that_fails_leaves_nothing),
        TEST(an_unknown_type_is_refused),
        TEST(lines_for_one_engine_are_for_that_engine),
        TEST(tables_of_sqlite_are_strict),
    };
    return cmocka_run_group_tests_name(engine, tests, NULL, NULL);
}

int main(void)
{
    return run_on_both(group);
}
