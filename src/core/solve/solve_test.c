// SPDX-License-Identifier: AGPL-3.0-or-later
//
// solve_test.c: small problems with known answers, what cannot be, and what takes too long.

#include "base/arena_test_help.h"
#include "solve/solve.h"

static struct solve *of_at_most(int n, int time_ms)
{
    struct solve *s = NULL;
    struct err_info e;
    assert_int_equal(solve_new(arena, n, time_ms, &s, &e), ERR_NONE);
    return s;
}

static struct solve *of(int n)
{
    return of_at_most(n, 1000);
}

// Two cells that add up to 7, each at most 5.
static void a_sum_bounds_its_parts(void **state)
{
    (void)state;
    struct solve *s = of(2);
    double best;
    double values[2];
    solve_bound(s, 0, 0, 5, true);
    solve_bound(s, 1, 0, 5, true);
    solve_sum(s, (struct solve_term[]){{0, 1}, {1, 1}}, 2, 7, 7);
    const struct solve_term first = {0, 1};
    assert_int_equal(solve_best(s, &first, 1, false, &best, values), SOLVE_DONE);
    assert_true(best > 1.999 && best < 2.001);
    assert_true(values[1] > 4.999 && values[1] < 5.001);
    assert_int_equal(solve_best(s, &first, 1, true, &best, NULL), SOLVE_DONE);
    assert_true(best > 4.999 && best < 5.001);
}

// 2x = 3 has an answer among fractions and none among whole numbers.
static void whole_numbers_are_narrower(void **state)
{
    (void)state;
    struct solve *s = of(1);
    double best;
    const struct solve_term x = {0, 1};
    solve_bound(s, 0, 0, 9, true);
    solve_sum(s, (struct solve_term[]){{0, 2}}, 1, 3, 3);
    assert_int_equal(solve_best(s, &x, 1, false, &best, NULL), SOLVE_DONE);
    assert_true(best > 1.499 && best < 1.501);
    assert_int_equal(solve_whole(s, &x, 1, false, &best, NULL), SOLVE_IMPOSSIBLE);
}

static void what_cannot_be_is_said(void **state)
{
    (void)state;
    struct solve *s = of(1);
    double best;
    const struct solve_term x = {0, 1};
    solve_bound(s, 0, 0, 1, false);
    solve_sum(s, &x, 1, 2, 3);
    assert_int_equal(solve_best(s, &x, 1, true, &best, NULL), SOLVE_IMPOSSIBLE);
}

// Equal shares of an odd number: branch and bound has no way but to try.
static void too_long_is_unfinished(void **state)
{
    (void)state;
    enum { N = 60 };
    struct solve *s = of_at_most(N, 50);
    struct solve_term terms[N];
    double best;
    for (int i = 0; i < N; i++) {
        solve_bound(s, i, 0, 1, true);
        terms[i] = (struct solve_term){i, 2};
    }
    solve_sum(s, terms, N, N - 1 + N % 2, N - 1 + N % 2);
    assert_int_equal(solve_whole(s, terms, 1, true, &best, NULL), SOLVE_UNFINISHED);
}

// An error inside the library (a bound that is not a number) ends the answer, not the process.
static void an_error_of_the_library_is_unfinished(void **state)
{
    (void)state;
    struct solve *s = of(1);
    double best;
    const struct solve_term x = {0, 1};
    solve_bound(s, 0, 3, 2, false); // refused by the library when it solves
    assert_int_not_equal(solve_best(s, &x, 1, true, &best, NULL), SOLVE_DONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_sum_bounds_its_parts),
        ARENA_TEST(whole_numbers_are_narrower),
        ARENA_TEST(what_cannot_be_is_said),
        ARENA_TEST(too_long_is_unfinished),
        ARENA_TEST(an_error_of_the_library_is_unfinished),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
