// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_order_test.c: places of results and indicators, against a list that is cut and put together slowly.

#include "logframe/logframe_order.h"
#include "logframe/logframe_test_help.h"

enum { N = 6 };

static struct record *results[N + 2], *indicators[3];
static struct err_info e;

static void make(struct logframe *l)
{
    logframe_make(arena, programme(), results, N + 2, indicators, 3, NULL, 0, l);
}

static void begin(struct logframe *l)
{
    static const char *const codes[N] = {"1.1", "1.2", "1.3", "1.4", "1.10", "2.1"};
    for (size_t i = 0; i < N; i++) {
        results[i] = result(codes[i], "output", i < N - 1 ? "O1" : "O2");
    }
    results[N] = result("O1", "outcome", "");
    results[N + 1] = result("O2", "outcome", "");
    indicators[0] = indicator("I1", "O1", "active");
    indicators[1] = indicator("I2", "O1", "active");
    indicators[2] = indicator("I3", "O2", "active");
    make(l);
}

// Moves, and writes what is to be saved into the records; says how many that were.
static size_t move(struct logframe *l, enum logframe_where where, const char *what, const char *onto)
{
    struct logframe_move m;
    assert_int_equal(logframe_move(arena, l, where, what, onto, &m, &e), ERR_NONE);
    for (size_t i = 0; i < m.n_changed; i++) {
        for (size_t k = 0; k < N + 2; k++) {
            results[k] = strcmp(results[k]->id, m.changed[i]->id) == 0 ? m.changed[i] : results[k];
        }
        for (size_t k = 0; k < 3; k++) {
            indicators[k] = strcmp(indicators[k]->id, m.changed[i]->id) == 0 ? m.changed[i] : indicators[k];
        }
    }
    make(l);
    return m.n_changed;
}

// "O1 I1 I2 1.1 ...": the logframe read from top to bottom.
static const char *read(const struct logframe *l)
{
    const char *all = "";
    for (size_t i = 0; i < l->n_rows; i++) {
        all = arena_printf(arena, "%s%s%s", all, i == 0 ? "" : " ", l->rows[i].result->id);
        for (size_t k = 0; k < l->rows[i].n_measures; k++) {
            all = arena_printf(arena, "%s %s", all, l->rows[i].measures[k].record->id);
        }
    }
    return all;
}

static void only_what_must_be_gets_a_place(void **state)
{
    (void)state;
    struct logframe l;
    begin(&l);
    assert_string_equal(read(&l), "O1 I1 I2 1.1 1.2 1.3 1.4 1.10 O2 I3 2.1");
    assert_int_equal(move(&l, LOGFRAME_BEFORE, "1.4", "1.2"), 2);
    assert_string_equal(read(&l), "O1 I1 I2 1.1 1.4 1.2 1.3 1.10 O2 I3 2.1");
    assert_int_equal(move(&l, LOGFRAME_DOWN, "1.1", NULL), 2);
    assert_string_equal(read(&l), "O1 I1 I2 1.4 1.1 1.2 1.3 1.10 O2 I3 2.1");
    assert_int_equal(move(&l, LOGFRAME_UP, "1.4", NULL), 0); // the first already
    assert_int_equal(move(&l, LOGFRAME_AFTER, "1.4", "1.4"), 0);
    assert_int_equal(move(&l, LOGFRAME_UP, "I2", NULL), 1);
    assert_string_equal(read(&l), "O1 I2 I1 1.4 1.1 1.2 1.3 1.10 O2 I3 2.1");
    assert_true(logframe_may_go(arena, &l, indicators[1], LOGFRAME_DOWN));
    assert_false(logframe_may_go(arena, &l, indicators[1], LOGFRAME_UP));
}

static void beside_another_it_serves_the_same(void **state)
{
    (void)state;
    struct logframe l;
    begin(&l);
    assert_int_equal(move(&l, LOGFRAME_BEFORE, "1.2", "2.1"), 1);
    assert_string_equal(read(&l), "O1 I1 I2 1.1 1.3 1.4 1.10 O2 I3 1.2 2.1");
    assert_int_equal(move(&l, LOGFRAME_AFTER, "I1", "I3"), 2);
    assert_string_equal(read(&l), "O1 I2 1.1 1.3 1.4 1.10 O2 I3 I1 1.2 2.1");
}

static void others_are_refused(void **state)
{
    (void)state;
    struct logframe l;
    struct logframe_move m;
    begin(&l);
    assert_int_equal(logframe_move(arena, &l, LOGFRAME_BEFORE, "1.2", "O1", &m, &e), ERR_INPUT);
    assert_int_equal(logframe_move(arena, &l, LOGFRAME_BEFORE, "1.2", "I1", &m, &e), ERR_INPUT);
    assert_int_equal(logframe_move(arena, &l, LOGFRAME_BEFORE, "1.2", "X", &m, &e), ERR_NOT_FOUND);
    assert_int_equal(logframe_move(arena, &l, LOGFRAME_UP, "X", NULL, &m, &e), ERR_NOT_FOUND);
}

// The five outputs of O1 as a list of numbers, cut and put together anew at each move.
static void many_moves_are_those_of_a_list(void **state)
{
    (void)state;
    struct logframe l;
    int list[N - 1] = {0, 1, 2, 3, 4};
    unsigned lot = 7;
    begin(&l);
    for (int turn = 0; turn < 500; turn++) {
        lot = lot * 1103515245U + 12345U;
        int what = (int)(lot >> 16 & 0x7fff) % (N - 1), onto = (int)(lot >> 8 & 0x7fff) % (N - 1);
        enum logframe_where where = (lot >> 24 & 1) != 0 ? LOGFRAME_BEFORE : LOGFRAME_AFTER;
        int next[N - 1], n = 0;
        for (int i = 0; i < N - 1; i++) {
            bool is_onto = list[i] == onto && what != onto;
            if (is_onto && where == LOGFRAME_BEFORE) {
                next[n++] = what;
            }
            if (list[i] != what || what == onto) {
                next[n++] = list[i];
            }
            if (is_onto && where == LOGFRAME_AFTER) {
                next[n++] = what;
            }
        }
        memcpy(list, next, sizeof list);
        (void)move(&l, where, results[what]->id, results[onto]->id);
        for (size_t i = 0; i < N - 1; i++) {
            assert_ptr_equal(l.rows[1 + i].result, results[list[i]]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(only_what_must_be_gets_a_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(beside_another_it_serves_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(others_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_moves_are_those_of_a_list, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
