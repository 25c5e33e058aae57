// SPDX-License-Identifier: AGPL-3.0-or-later
//
// db_later_test.c: statements that may wait in a large transaction leave the same as those that do not, the same on both
// engines.

#include "db/db_thing_test_help.h"

static const struct db_statement insert_later = {
    .name = "insert_later",
    .sql = "INSERT INTO thing (id, n, x, data, parent_id) VALUES ($1, $2, $3, $4, $5)",
    .in = "tIRBT",
    .out = "",
    .writes = true,
    .later = true,
};
// Not of the form that can be run for many rows at once.
static const struct db_statement insert_once = {
    .name = "insert_once",
    .sql = "INSERT INTO thing (id, n) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING",
    .in = "tI",
    .out = "",
    .writes = true,
    .later = true,
};

// Row number i, every third without the values that may be missing. The id stands in memory that is used again.
static enum err put(struct db_tx *tx, int i, int64_t n, struct err_info *e)
{
    static char id[32], data[8];
    struct db_query *q;
    bool row;
    enum err err = db_start_write(tx, &insert_later, &q, e);
    if (err != ERR_NONE) {
        return err;
    }
    snprintf(id, sizeof id, "row %06d", i);
    snprintf(data, sizeof data, "%d", i % 1000);
    db_bind_text(q, 1, id);
    db_bind_int(q, 2, n);
    if (i % 3 == 0) {
        db_bind_null(q, 3);
        db_bind_null(q, 4);
    } else {
        db_bind_real(q, 3, i / 4.0);
        db_bind_bytes(q, 4, data, 4); // with the zero bytes after it
    }
    db_bind_text(q, 5, NULL);
    err = db_step(q, &row, e);
    db_finish(q);
    memset(id, 'x', sizeof id - 1);
    memset(data, 0, sizeof data);
    return err;
}

static void check_row(struct db_read *r, int i)
{
    struct err_info e;
    struct db_query *q;
    char id[32], data[8] = "";
    size_t len;
    bool row;
    snprintf(id, sizeof id, "row %06d", i);
    snprintf(data, sizeof data, "%d", i % 1000);
    OK(db_start(r, &get, &q, &e));
    db_bind_text(q, 1, id);
    OK(db_step(q, &row, &e));
    assert_true(row);
    assert_int_equal(db_int(q, 1), 100001 + i);
    assert_int_equal(db_is_null(q, 2), i % 3 == 0);
    if (i % 3 != 0) {
        assert_float_equal(db_real(q, 2), i / 4.0, 0);
        const void *bytes = db_bytes(q, 3, &len);
        assert_int_equal(len, 4);
        assert_memory_equal(bytes, data, 4);
    }
    assert_true(db_is_null(q, 4));
    db_finish(q);
}

#define ROWS 5000

static struct db_tx *begin_large(struct fixture *f)
{
    struct db_tx *tx;
    OK(db_tx_begin(f->db, &tx, &f->e));
    db_tx_large(tx);
    return tx;
}

static void who_looks_sees_all_that_was_put_down(void **state)
{
    struct fixture *f = *state;
    static const int looks[] = {1, 2, 31, 32, 33, 64, 255, 256, 257, 300, 2047, 2048, 2100, 4999};
    struct db_tx *tx = begin_large(f);
    size_t next = 0;
    for (int i = 0; i < ROWS; i++) {
        OK(put(tx, i, 100001 + i, &f->e));
        if (next < sizeof looks / sizeof looks[0] && i + 1 == looks[next]) {
            assert_int_equal(count_in(db_tx_read(tx)), i + 1);
            check_row(db_tx_read(tx), i);
            next++;
        }
    }
    assert_int_equal(count_now(f), 0); // others do not
    OK(db_tx_commit(tx, &f->e));
    assert_int_equal(count_now(f), ROWS);
    struct db_read *r;
    OK(db_reader(f->db, &r, &f->e));
    for (int i = 0; i < ROWS; i += 7) {
        check_row(r, i);
    }
}

// The row that is refused is told by a later one or by the commit, and then nothing is left of any.
static void what_is_refused_is_told_and_nothing_stays(void **state)
{
    struct fixture *f = *state;
    static const int wrong[] = {1, 31, 32, 255, 256, 700, 2048, ROWS - 1};
    for (size_t k = 0; k < sizeof wrong / sizeof wrong[0]; k++) {
        struct db_tx *tx = begin_large(f);
        enum err err = ERR_NONE;
        for (int i = 0; i < ROWS && err == ERR_NONE; i++) {
            err = put(tx, i, i == wrong[k] ? 100001 : 100001 + i, &f->e); // the number of the first row
        }
        if (err == ERR_NONE) {
            err = db_tx_commit(tx, &f->e);
        } else {
            struct err_info again;
            assert_int_equal(put(tx, ROWS, 1, &again), ERR_FAILED);
            db_tx_rollback(tx);
        }
        assert_int_equal(err, ERR_CONFLICT);
        assert_int_equal(count_now(f), 0);
    }
    add_committed(f, "after", 1, NULL);
    assert_int_equal(count_now(f), 1);
}

static void who_looks_is_told_what_was_refused(void **state)
{
    struct fixture *f = *state;
    struct db_tx *tx = begin_large(f);
    struct db_query *q;
    enum err err = put(tx, 1, 1, &f->e);
    err = err != ERR_NONE ? err : put(tx, 2, 1, &f->e);
    assert_int_equal(err, db_engine_of(f->db) == DB_SQLITE ? ERR_NONE : ERR_CONFLICT); // there both wait
    err = err != ERR_NONE ? err : db_start(db_tx_read(tx), &count_all, &q, &f->e);
    assert_int_equal(err, ERR_CONFLICT);
    assert_int_equal(db_start(db_tx_read(tx), &count_all, &q, &f->e), ERR_FAILED);
    db_tx_rollback(tx);
    assert_int_equal(count_now(f), 0);
}

static void a_rollback_drops_what_waits(void **state)
{
    struct fixture *f = *state;
    static const int counts[] = {1, 100, 256, 1000, ROWS};
    for (size_t k = 0; k < sizeof counts / sizeof counts[0]; k++) {
        struct db_tx *tx = begin_large(f);
        for (int i = 0; i < counts[k]; i++) {
            OK(put(tx, i, 100001 + i, &f->e));
        }
        db_tx_rollback(tx);
        assert_int_equal(count_now(f), 0);
    }
}

// While a statement of the transaction is open its connection is in use: rows are written at once.
static void rows_are_written_while_others_are_read(void **state)
{
    struct fixture *f = *state;
    struct db_tx *tx = begin_large(f);
    struct db_query *q;
    bool row;
    int n = 0;
    for (int i = 0; i < 300; i++) {
        OK(put(tx, i, 100001 + i, &f->e));
    }
    OK(db_start(db_tx_read(tx), &list, &q, &f->e));
    while (n < 300 && db_step(q, &row, &f->e) == ERR_NONE && row) {
        OK(put(tx, 1000 + n, 101001 + n, &f->e));
        n++;
    }
    db_finish(q);
    for (int i = 2000; i < 2300; i++) {
        OK(put(tx, i, 102001 + i, &f->e));
    }
    OK(db_tx_commit(tx, &f->e));
    assert_int_equal(n, 300);
    assert_int_equal(count_now(f), 900);
}

static void statements_keep_their_order(void **state)
{
    struct fixture *f = *state;
    struct db_tx *tx = begin_large(f);
    struct db_query *q;
    bool row;
    for (int i = 0; i < 1000; i++) {
        if (i % 50 == 0) { // what is there is left as it is, so this shows which came first
            char id[32];
            snprintf(id, sizeof id, "row %06d", i - 1);
            OK(db_start_write(tx, &insert_once, &q, &f->e));
            db_bind_text(q, 1, i == 0 ? "other" : id);
            db_bind_int(q, 2, i / 50);
            OK(db_step(q, &row, &f->e));
            db_finish(q);
        }
        OK(put(tx, i, 100001 + i, &f->e));
    }
    OK(db_tx_commit(tx, &f->e));
    assert_int_equal(count_now(f), 1001);
    struct db_read *r;
    OK(db_reader(f->db, &r, &f->e));
    for (int i = 0; i < 1000; i++) {
        check_row(r, i);
    }
}

static void a_parameter_that_does_not_fit_is_told_at_once(void **state)
{
    struct fixture *f = *state;
    struct db_tx *tx = begin_large(f);
    struct db_query *q;
    bool row;
    OK(put(tx, 0, 1, &f->e));
    OK(db_start_write(tx, &insert_later, &q, &f->e));
    db_bind_int(q, 1, 7); // a text is declared
    assert_int_equal(db_step(q, &row, &f->e), ERR_FAILED);
    db_finish(q);
    assert_int_equal(db_tx_commit(tx, &f->e), ERR_FAILED);
    assert_int_equal(count_now(f), 0);
}

// Nothing waits in a transaction of a person at a form.
static void in_a_small_transaction_everything_is_done_at_once(void **state)
{
    struct fixture *f = *state;
    struct db_tx *tx;
    OK(db_tx_begin(f->db, &tx, &f->e));
    OK(put(tx, 1, 1, &f->e));
    assert_int_equal(put(tx, 2, 1, &f->e), ERR_CONFLICT);
    db_tx_rollback(tx);
    assert_int_equal(count_now(f), 0);
}

static int group(const char *engine)
{
    const struct CMUnitTest tests[] = {
        TEST(who_looks_sees_all_that_was_put_down),
        TEST(what_is_refused_is_told_and_nothing_stays),
        TEST(who_looks_is_told_what_was_refused),
        TEST(a_rollback_drops_what_waits),
        TEST(rows_are_written_while_others_are_read),
        TEST(statements_keep_their_order),
        TEST(a_parameter_that_does_not_fit_is_told_at_once),
        TEST(in_a_small_transaction_everything_is_done_at_once),
    };
    return cmocka_run_group_tests_name(engine, tests, NULL, NULL);
}

int main(void)
{
    return run_on_both(group);
}
