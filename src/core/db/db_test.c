// SPDX-License-Identifier: AGPL-3.0-or-later
//
// db_test.c: what core/db promises, the same on both engines.

#include "db/db_test_help.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "base/limits.h"
#include "os/embedded.h"

static const char schema[] =
    "CREATE TABLE thing (\n"
    "    id @id PRIMARY KEY,\n"
    "    n @int CHECK (n < 1000 OR n > 100000),\n"
    "    x @real,\n"
    "    data @bytes,\n"
    "    parent_id @id REFERENCES thing (id)\n"
    ");\n"
    "CREATE UNIQUE INDEX thing_n ON thing (n);\n";

static const struct embedded_file schema_file = {"migrations/202601010000_thing_new.sql", schema,
                                                 sizeof schema - 1};

static const struct db_statement insert = {
    .name = "insert",
    .sql = "INSERT INTO thing (id, n, x, data, parent_id) VALUES ($1, $2, $3, $4, $5)",
    .in = "tIRBT",
    .out = "",
    .writes = true,
};
static const struct db_statement get = {
    .name = "get",
    .sql = "SELECT id, n, x, data, parent_id FROM thing WHERE id = $1",
    .in = "t",
    .out = "tIRBT",
};
static const struct db_statement list = {
    .name = "list", .sql = "SELECT id FROM thing ORDER BY id", .in = "", .out = "t"};
static const struct db_statement children = {
    .name = "children",
    .sql = "SELECT id FROM thing WHERE parent_id = $1 ORDER BY id", // compares row by row
    .in = "t",
    .out = "t",
};
static const struct db_statement many = {
    .name = "many",
    .sql = "WITH RECURSIVE up (n) AS (SELECT n FROM thing UNION ALL SELECT n + 1 FROM up WHERE n < 20000) SELECT n FROM up",
    .in = "",
    .out = "I",
};
static const struct db_statement count_all = {
    .name = "count", .sql = "SELECT count(*) FROM thing", .in = "", .out = "i"};
static const struct db_statement remove_all = {
    .name = "remove", .sql = "DELETE FROM thing", .in = "", .out = "", .writes = true};

struct fixture {
    struct place place;
    struct db *db;
    struct err_info e;
};

#define OK(call) assert_int_equal((call), ERR_NONE)

static int set_up(void **state)
{
    static struct fixture f;
    f = (struct fixture){0};
    *state = &f;
    place_make(&f.place);
    OK(db_open(f.place.address, &f.db, &f.e));
    int applied;
    OK(db_migrate_files(f.db, &schema_file, 1, &applied, &f.e));
    assert_int_equal(applied, 1);
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    db_close(f->db);
    return place_remove(&f->place);
}

static enum err add(struct db_tx *tx, const char *id, int64_t n, const char *parent,
                    struct err_info *e)
{
    struct db_query *q;
    OK(db_start_write(tx, &insert, &q, e));
    db_bind_text(q, 1, id);
    db_bind_int(q, 2, n);
    db_bind_real(q, 3, 0.1);
    db_bind_bytes(q, 4, "\0\xff\\x", 4);
    db_bind_text(q, 5, parent);
    bool row;
    enum err code = db_step(q, &row, e);
    db_finish(q);
    return code;
}

static int64_t count_in(struct db_read *r)
{
    struct err_info e;
    struct db_query *q;
    bool row;
    OK(db_start(r, &count_all, &q, &e));
    OK(db_step(q, &row, &e));
    assert_true(row);
    int64_t n = db_int(q, 0);
    db_finish(q);
    return n;
}

static int64_t count_now(struct fixture *f)
{
    struct db_read *r;
    OK(db_reader(f->db, &r, &f->e));
    return count_in(r);
}

static void add_committed(struct fixture *f, const char *id, int64_t n, const char *parent)
{
    struct db_tx *tx;
    OK(db_tx_begin(f->db, &tx, &f->e));
    OK(add(tx, id, n, parent, &f->e));
    OK(db_tx_commit(tx, &f->e));
}

// ---- values --------------------------------------------------------------------------------------

static void every_type_comes_back_as_it_went(void **state)
{
    struct fixture *f = *state;
    add_committed(f, "it's \xd8\xa3 \"q\" \\", INT64_MAX, NULL);
    struct db_read *r;
    struct db_query *q;
    bool row;
    OK(db_reader(f->db, &r, &f->e));
    OK(db_start(r, &get, &q, &f->e));
    db_bind_text(q, 1, "it's \xd8\xa3 \"q\" \\");
    OK(db_step(q, &row, &f->e));
    assert_true(row);
    assert_string_equal(db_text(q, 0), "it's \xd8\xa3 \"q\" \\");
    assert_true(db_int(q, 1) == INT64_MAX);
    assert_true(db_real(q, 2) == 0.1);
    size_t len;
    assert_memory_equal(db_bytes(q, 3, &len), "\0\xff\\x", 4);
    assert_int_equal(len, 4);
    assert_memory_equal(db_bytes(q, 3, &len), "\0\xff\\x", 4); // twice gives the same
    assert_true(db_is_null(q, 4));
    assert_null(db_text(q, 4));
    OK(db_step(q, &row, &f->e));
    assert_false(row);
    db_finish(q);
}

static void nulls_are_nulls_and_no_bytes_are_not(void **state)
{
    struct fixture *f = *state;
    struct db_tx *tx;
    struct db_query *q;
    bool row;
    OK(db_tx_begin(f->db, &tx, &f->e));
    for (int i = 0; i < 2; i++) {
        OK(db_start_write(tx, &insert, &q, &f->e));
        db_bind_text(q, 1, i == 0 ? "a" : "b");
        db_bind_null(q, 2);
        db_bind_null(q, 3);
        db_bind_bytes(q, 4, i == 0 ? NULL : "", 0);
        db_bind_text(q, 5, NULL);
        OK(db_step(q, &row, &f->e));
        assert_false(row);
        db_finish(q);
    }
    for (int i = 0; i < 2; i++) {
        OK(db_start(db_tx_read(tx), &get, &q, &f->e));
        db_bind_text(q, 1, i == 0 ? "a" : "b");
        OK(db_step(q, &row, &f->e));
        size_t len = 9;
        assert_true(db_is_null(q, 1) && db_is_null(q, 2));
        assert_int_equal(db_int(q, 1), 0);
        assert_int_equal(db_is_null(q, 3), i == 0);
        assert_int_equal(db_bytes(q, 3, &len) == NULL, i == 0);
        assert_int_equal(len, 0);
        db_finish(q);
    }
    OK(db_tx_commit(tx, &f->e));
}

static void a_parameter_of_another_type_is_refused(void **state)
{
    struct fixture *f = *state;
    struct db_read *r;
    struct db_query *q;
    bool row;
    OK(db_reader(f->db, &r, &f->e));
    OK(db_start(r, &get, &q, &f->e));
    db_bind_int(q, 1, 7);
    assert_int_equal(db_step(q, &row, &f->e), ERR_FAILED);
    assert_non_null(strstr(f->e.detail, "parameter 1"));
    db_finish(q);
    OK(db_start(r, &get, &q, &f->e)); // declared as never NULL
    db_bind_text(q, 1, NULL);
    assert_int_equal(db_step(q, &row, &f->e), ERR_FAILED);
    db_finish(q);
}

static void a_column_declared_as_full_that_is_empty_is_refused(void **state)
{
    struct fixture *f = *state;
    static const struct db_statement parents = {
        .name = "parents", .sql = "SELECT parent_id FROM thing", .in = "", .out = "t"};
    add_committed(f, "a", 1, NULL);
    struct db_read *r;
    struct db_query *q;
    bool row = true;
    OK(db_reader(f->db, &r, &f->e));
    OK(db_start(r, &parents, &q, &f->e));
    assert_int_equal(db_step(q, &row, &f->e), ERR_FAILED);
    assert_false(row);
    assert_non_null(strstr(f->e.detail, "parents: column 1"));
    db_finish(q);
}

// ---- statements ----------------------------------------------------------------------------------

static void one_statement_runs_inside_itself(void **state)
{
    struct fixture *f = *state;
    add_committed(f, "a", 1, NULL);
    add_committed(f, "a1", 2, "a");
    add_committed(f, "a2", 3, "a");
    add_committed(f, "a11", 4, "a1");
    struct db_read *r;
    struct db_query *outer, *inner;
    bool row, inner_row;
    char seen[64] = "";
    OK(db_reader(f->db, &r, &f->e));
    for (int round = 0; round < 2; round++) {
        OK(db_start(r, &children, &outer, &f->e));
        db_bind_text(outer, 1, "a");
        while (db_step(outer, &row, &f->e) == ERR_NONE && row) {
            OK(db_start(r, &children, &inner, &f->e));
            assert_ptr_not_equal(inner, outer);
            db_bind_text(inner, 1, db_text(outer, 0));
            strcat(seen, db_text(outer, 0));
            strcat(seen, "(");
            while (db_step(inner, &inner_row, &f->e) == ERR_NONE && inner_row) {
                strcat(seen, db_text(inner, 0));
            }
            strcat(seen, ")");
            db_finish(inner);
        }
        db_finish(outer);
    }
    assert_string_equal(seen, "a1(a11)a2()a1(a11)a2()");
}

// A statement built at run time may lie where another one lay before.
static void a_statement_is_known_by_its_text_not_its_address(void **state)
{
    struct fixture *f = *state;
    struct db_read *r;
    OK(db_reader(f->db, &r, &f->e));
    for (int i = 0; i < 3 * LIMIT_STATEMENTS; i++) {
        char sql[64];
        snprintf(sql, sizeof sql, "SELECT %d FROM (SELECT 1 AS one) t", i % (2 * LIMIT_STATEMENTS));
        struct db_statement s = {.name = "made", .sql = sql, .in = "", .out = "i"};
        struct db_query *q;
        bool row;
        OK(db_start(r, &s, &q, &f->e));
        OK(db_step(q, &row, &f->e));
        assert_int_equal(db_int(q, 0), i % (2 * LIMIT_STATEMENTS));
        db_finish(q);
    }
    assert_int_equal(r->n_kept, LIMIT_STATEMENTS);
}

static void a_bound_text_may_go_after_the_first_step(void **state)
{
    struct fixture *f = *state;
    struct db_read *r;
    struct db_query *q;
    bool row;
    char parent[] = "a";
    add_committed(f, "a", 1, NULL);
    add_committed(f, "a1", 2, "a");
    add_committed(f, "a2", 3, "a");
    OK(db_reader(f->db, &r, &f->e));
    OK(db_start(r, &children, &q, &f->e));
    db_bind_text(q, 1, parent);
    for (int i = 0; i < 2; i++) {
        OK(db_step(q, &row, &f->e));
        assert_true(row);
        parent[0] = 'z';
    }
    OK(db_step(q, &row, &f->e));
    assert_false(row);
    db_finish(q);
}

static void statements_are_counted_per_thread(void **state)
{
    struct fixture *f = *state;
    db_count_reset();
    count_now(f);
    count_now(f);
    assert_int_equal(db_count(), 2);
}

static void a_wrong_statement_is_an_error_that_names_it(void **state)
{
    struct fixture *f = *state;
    static const struct db_statement wrong[] = {
        {.name = "no_such", .sql = "SELECT nothing FROM thing", .in = "", .out = "t"},
        {.name = "columns", .sql = "SELECT id, n FROM thing", .in = "", .out = "t"},
        {.name = "parameters", .sql = "SELECT id FROM thing", .in = "t", .out = "t"},
    };
    struct db_read *r;
    struct db_query *q;
    OK(db_reader(f->db, &r, &f->e));
    // PostgreSQL does not mind a parameter that is not used; mksql refuses it for both.
    size_t n = COUNT_OF(wrong) - (db_engine_of(f->db) == DB_POSTGRES);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(db_start(r, &wrong[i], &q, &f->e), ERR_FAILED);
        assert_non_null(strstr(f->e.detail, wrong[i].name));
    }
    assert_int_equal(count_now(f), 0); // the reader still works
}

// ---- rules of the schema -------------------------------------------------------------------------

static enum err try_add(struct fixture *f, const char *id, int64_t n, const char *parent)
{
    struct db_tx *tx;
    OK(db_tx_begin(f->db, &tx, &f->e));
    enum err code = add(tx, id, n, parent, &f->e);
    db_tx_rollback(tx);
    return code;
}

static void broken_rules_have_codes_and_show_no_value(void **state)
{
    struct fixture *f = *state;
    add_committed(f, "secretname", 1, NULL);
    assert_int_equal(try_add(f, "secretname", 2, NULL), ERR_CONFLICT);
    assert_null(strstr(f->e.detail, "secretname"));
    assert_int_equal(try_add(f, "b", 1, NULL), ERR_CONFLICT);
    assert_int_equal(try_add(f, "c", 3, "secretparent"), ERR_INPUT);
    assert_null(strstr(f->e.detail, "secretparent"));
    assert_int_equal(try_add(f, "d", 5000, NULL), ERR_INPUT);
    assert_null(strstr(f->e.detail, "5000"));
    assert_int_equal(try_add(f, "d", 500, "secretname"), ERR_NONE);
}

// ---- transactions --------------------------------------------------------------------------------

static void readers_see_only_what_is_committed(void **state)
{
    struct fixture *f = *state;
    struct db_tx *tx;
    OK(db_tx_begin(f->db, &tx, &f->e));
    OK(add(tx, "a", 1, NULL, &f->e));
    assert_int_equal(count_in(db_tx_read(tx)), 1);
    assert_int_equal(count_now(f), 0);
    OK(db_tx_commit(tx, &f->e));
    assert_int_equal(count_now(f), 1);
}

static void rollback_leaves_nothing(void **state)
{
    struct fixture *f = *state;
    struct db_tx *tx;
    OK(db_tx_begin(f->db, &tx, &f->e));
    OK(add(tx, "a", 1, NULL, &f->e));
    db_tx_rollback(tx);
    assert_int_equal(count_now(f), 0);
    add_committed(f, "a", 1, NULL);
    assert_int_equal(count_now(f), 1);
}

static void after_an_error_only_rollback_is_left(void **state)
{
    struct fixture *f = *state;
    struct db_tx *tx;
    struct db_query *q;
    OK(db_tx_begin(f->db, &tx, &f->e));
    OK(add(tx, "a", 1, NULL, &f->e));
    assert_int_equal(add(tx, "a", 2, NULL, &f->e), ERR_CONFLICT);
    assert_int_equal(db_start(db_tx_read(tx), &count_all, &q, &f->e), ERR_FAILED);
    assert_int_equal(db_start_write(tx, &remove_all, &q, &f->e), ERR_FAILED);
    assert_int_equal(db_tx_commit(tx, &f->e), ERR_FAILED);
    assert_int_equal(count_now(f), 0);
    add_committed(f, "b", 1, NULL);
}

static void a_statement_that_writes_is_not_for_readers(void **state)
{
    struct fixture *f = *state;
    // Declared as reading, as if the declaration were wrong: the connection itself refuses.
    static const struct db_statement liar = {
        .name = "liar", .sql = "DELETE FROM thing", .in = "", .out = ""};
    add_committed(f, "a", 1, NULL);
    struct db_read *r;
    struct db_query *q;
    OK(db_reader(f->db, &r, &f->e));
    enum err code = db_start(r, &liar, &q, &f->e);
    if (code == ERR_NONE) {
        bool row;
        code = db_step(q, &row, &f->e);
        db_finish(q);
    }
    assert_int_equal(code, ERR_FAILED);
    assert_int_equal(count_now(f), 1);
}

static void a_snapshot_sees_one_state(void **state)
{
    struct fixture *f = *state;
    struct db_read *r;
    OK(db_reader(f->db, &r, &f->e));
    OK(db_snapshot_begin(r, &f->e));
    add_committed(f, "a", 1, NULL);
    assert_int_equal(count_in(r), 0);
    OK(db_snapshot_begin(r, &f->e));
    db_snapshot_end(r);
    assert_int_equal(count_in(r), 0);
    db_snapshot_end(r);
    assert_int_equal(count_in(r), 1);
}

static void rows_are_refused_before_their_arena_is_full(void **state)
{
    struct fixture *f = *state;
    struct db_read *r;
    struct db_query *q;
    bool row;
    enum err code;
    size_t limit = 1024 * 1024, n = 0;
    struct arena *small = arena_new(limit), *other = arena_new(limit);
    add_committed(f, "a", 1, NULL);
    OK(db_reader(f->db, &r, &f->e));
    OK(db_start(r, &many, &q, &f->e));
    db_gather(q, small);
    while ((code = db_step(q, &row, &f->e)) == ERR_NONE && row) {
        arena_copy(small, "0123456789012345678901234567890123456789");
        n++;
    }
    assert_int_equal(code, ERR_TOO_MANY);
    assert_int_equal(err_exit_status(code), 4);
    assert_true(n > 1000);
    db_finish(q);
    // as much again and a quarter are left
    assert_true(arena_used_bytes(small) < limit * 3 / 8 + 200);
    // the connection goes on, and who looks up one thing more is not refused
    OK(db_start(r, &list, &q, &f->e));
    db_gather(q, small);
    OK(db_step(q, &row, &f->e));
    assert_true(row);
    db_finish(q);
    // the run before leaves nothing behind
    OK(db_start(r, &many, &q, &f->e));
    for (n = 0; db_step(q, &row, &f->e) == ERR_NONE && row; n++) {
        arena_copy(other, "0123456789");
    }
    assert_int_equal(n, 20000);
    db_finish(q);
    arena_free(small);
    arena_free(other);
}

// ---- threads -------------------------------------------------------------------------------------

static atomic_int order;

static void *second_writer(void *state)
{
    struct fixture *f = state;
    struct db_tx *tx;
    struct err_info e;
    if (db_tx_begin(f->db, &tx, &e) != ERR_NONE) {
        return (void *)1;
    }
    int mine = atomic_fetch_add(&order, 1);
    db_tx_rollback(tx);
    return mine == 1 ? NULL : (void *)1; // after the first one
}

static void a_writer_waits_for_the_one_before(void **state)
{
    struct fixture *f = *state;
    struct db_tx *tx;
    pthread_t thread;
    void *result;
    atomic_store(&order, 0);
    OK(db_tx_begin(f->db, &tx, &f->e));
    assert_int_equal(pthread_create(&thread, NULL, second_writer, f), 0);
    nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    assert_int_equal(atomic_fetch_add(&order, 1), 0);
    OK(db_tx_commit(tx, &f->e));
    pthread_join(thread, &result);
    assert_null(result);
}

static void *read_once(void *state)
{
    struct fixture *f = state;
    struct db_read *r;
    struct err_info e;
    struct db_query *q;
    bool row;
    if (db_reader(f->db, &r, &e) != ERR_NONE || db_start(r, &list, &q, &e) != ERR_NONE ||
        db_step(q, &row, &e) != ERR_NONE) {
        return NULL;
    }
    return r; // the statement is left open, as by a thread that was careless
}

static void the_reader_of_a_thread_that_ended_is_used_again(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 2 * LIMIT_READERS; i++) {
        pthread_t thread;
        void *reader;
        assert_int_equal(pthread_create(&thread, NULL, read_once, f), 0);
        pthread_join(thread, &reader);
        assert_non_null(reader);
    }
    assert_int_equal(f->db->n_readers, 2);
}

static void a_reader_that_is_given_back_goes_to_another_thread(void **state)
{
    struct fixture *f = *state;
    struct db_read *mine;
    struct err_info e;
    pthread_t thread;
    void *theirs;
    assert_int_equal(db_reader(f->db, &mine, &e), ERR_NONE);
    db_reader_give_back(f->db);
    db_reader_give_back(f->db); // there is none to give any more
    assert_int_equal(pthread_create(&thread, NULL, read_once, f), 0);
    pthread_join(thread, &theirs);
    assert_ptr_equal(theirs, mine);
    assert_int_equal(db_reader(f->db, &mine, &e), ERR_NONE);
}

#define HAMMER_ROWS 300

static void *hammer_read(void *state)
{
    struct fixture *f = state;
    struct db_read *r;
    struct err_info e;
    int64_t last = 0;
    while (last < HAMMER_ROWS) {
        struct db_query *q;
        bool row;
        if (db_reader(f->db, &r, &e) != ERR_NONE || db_start(r, &count_all, &q, &e) != ERR_NONE) {
            return (void *)1;
        }
        enum err code = db_step(q, &row, &e);
        int64_t n = code == ERR_NONE ? db_int(q, 0) : -1;
        db_finish(q);
        if (n < last) {
            return (void *)1;
        }
        last = n;
    }
    return NULL;
}

static void readers_and_a_writer_at_once(void **state)
{
    struct fixture *f = *state;
    pthread_t threads[4];
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, hammer_read, f), 0);
    }
    for (int i = 0; i < HAMMER_ROWS; i++) {
        char id[16];
        snprintf(id, sizeof id, "%04d", i);
        add_committed(f, id, i, NULL);
    }
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        void *result;
        pthread_join(threads[i], &result);
        assert_null(result);
    }
}

// ---- the group -----------------------------------------------------------------------------------

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

static int group(const char *engine)
{
    const struct CMUnitTest tests[] = {
        TEST(every_type_comes_back_as_it_went),
        TEST(nulls_are_nulls_and_no_bytes_are_not),
        TEST(a_parameter_of_another_type_is_refused),
        TEST(a_column_declared_as_full_that_is_empty_is_refused),
        TEST(one_statement_runs_inside_itself),
        TEST(a_statement_is_known_by_its_text_not_its_address),
        TEST(a_bound_text_may_go_after_the_first_step),
        TEST(statements_are_counted_per_thread),
        TEST(a_wrong_statement_is_an_error_that_names_it),
        TEST(broken_rules_have_codes_and_show_no_value),
        TEST(readers_see_only_what_is_committed),
        TEST(rollback_leaves_nothing),
        TEST(after_an_error_only_rollback_is_left),
        TEST(a_statement_that_writes_is_not_for_readers),
        TEST(a_snapshot_sees_one_state),
        TEST(rows_are_refused_before_their_arena_is_full),
        TEST(a_writer_waits_for_the_one_before),
        TEST(the_reader_of_a_thread_that_ended_is_used_again),
        TEST(a_reader_that_is_given_back_goes_to_another_thread),
        TEST(readers_and_a_writer_at_once),
    };
    return cmocka_run_group_tests_name(engine, tests, NULL, NULL);
}

int main(void)
{
    return run_on_both(group);
}
