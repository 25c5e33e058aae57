// SPDX-License-Identifier: AGPL-3.0-or-later
//
// db_test.c: what core/db promises, the same on both engines.

#include "db/db_thing_test_help.h"

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

// ---- the group -----------------------------------------------------------------------------------

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
    };
    return cmocka_run_group_tests_name(engine, tests, NULL, NULL);
}

int main(void)
{
    return run_on_both(group);
}
