// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_test.c: the cube, its rounding and what is measured of it.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena_test_help.h"
#include "release/release.h"
#include "release/release_test_help.h"
#include "solve/solve.h"

static const struct trial {
    int sizes[RELEASE_DIMENSIONS + 1];
    int n;
    size_t cells;
} trials[] = {{{18, 6, 3}, 800, 532},      {{18, 6, 3}, 3000, 532},     {{25, 10, 4}, 6000, 1430},
              {{12, 6, 3, 4}, 3000, 1820}, {{18, 6, 3, 8}, 5000, 4788}, {{50, 20, 8}, 20000, 9639}};

// ---- the cube ---------------------------------------------------------------------------------------

// The slow way: for every margin, look at every inner count and ask whether it belongs.
static int64_t slow_sum(const struct release_cube *c, size_t margin)
{
    const struct release_frame *f = c->frame;
    int64_t sum = 0;
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        bool in = release_summed(f, cell) == 0;
        for (int d = 0; in && d < f->n; d++) {
            int of = release_category(f, margin, d);
            in = of == f->of[d].n || of == release_category(f, cell, d);
        }
        sum += in ? c->counts[cell] : 0;
    }
    return sum;
}

static void margins_are_sums_of_inner_counts(void **state)
{
    (void)state;
    const int sizes[][5] = {{7}, {4, 3}, {3, 1, 4}, {3, 2, 4, 2}};
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        struct release_cube *c = persons(arena, sizes[i], 200, i);
        for (size_t cell = 0; cell < c->frame->n_cells; cell++) {
            assert_int_equal(c->counts[cell], slow_sum(c, cell));
        }
        assert_int_equal(c->counts[release_grand_total(c->frame)], 200);
    }
}

static void every_trial_has_the_cells_it_should(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(trials); i++) {
        assert_int_equal(frame_of(arena, trials[i].sizes)->n_cells, trials[i].cells);
    }
}

// ---- rounding ----------------------------------------------------------------------------------------

static void must_be_neighbours(const struct release_cube *exact, const struct release_cube *rounded,
                               int base)
{
    for (size_t cell = 0; cell < exact->frame->n_cells; cell++) {
        int64_t by = rounded->counts[cell] - exact->counts[cell];
        assert_int_equal(rounded->counts[cell] % base, 0);
        assert_true(rounded->counts[cell] >= 0);
        if (release_summed(exact->frame, cell) == 0) {
            assert_true(by > -base && by < base);
            assert_true(exact->counts[cell] % base != 0 || by == 0);
        } else {
            assert_int_equal(rounded->counts[cell], slow_sum(rounded, cell));
        }
    }
}

static void rounded_counts_are_neighbours_and_margins_stay_close(void **state)
{
    (void)state;
    for (size_t i = 0; i < 4; i++) { // the larger ones are in bench/disclosure
        struct release_cube *exact = persons(arena, trials[i].sizes, trials[i].n, 1 + i);
        struct release_cube *rounded = release_round(arena, exact, 5, seed);
        struct release_loss loss;
        release_loss_measure(arena, exact, rounded, 5, &loss);
        must_be_neighbours(exact, rounded, 5);
        assert_true(loss.margin_mean <= 2.0);
        assert_true(loss.margin_max <= 10);
        assert_true(loss.total_error >= -5 && loss.total_error <= 5);
    }
}

// ---- the exact optimum as yardstick ------------------------------------------------------------------

// The least sum of absolute margin errors that any choice of neighbours has, within the same limits, by
// GLPK: a variable of 0 or 1 for each count that can go either way, and the price of each margin. When z
// counts of a margin go up its error is base * z - rest, so its price lies above three lines: the error,
// the error turned round, and between the two whole z next to rest / base the line through their prices.
// (Without the third line fractions cost nothing and the solver does not end.)
static void price_margin(struct solve *s, struct solve_term *terms, int n, int price, int64_t rest,
                         int base, double most)
{
    int64_t q = rest / base;
    double r = (double)(rest % base);
    const double slope[3] = {base, -base, base - 2 * r};
    const double at_zero[3] = {-(double)rest, (double)rest, r - (base - 2 * r) * (double)q};
    solve_bound(s, price, 0, most, false);
    for (int line = 0; line < 3; line++) {
        for (int i = 0; i < n; i++) {
            terms[i].factor = -slope[line];
        }
        terms[n] = (struct solve_term){price, 1};
        solve_sum(s, terms, n + 1, at_zero[line], SOLVE_FREE_ABOVE);
    }
}

static enum solve_state exact_optimum(const struct release_cube *exact, int base, double *sum)
{
    const struct release_frame *f = exact->frame;
    int *variable = ARENA_ARRAY(arena, int, f->n_cells);
    int n = 0;
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        variable[cell] = n;
        n += release_summed(f, cell) > 0 || exact->counts[cell] % base != 0;
    }
    struct solve *s;
    struct err_info e;
    assert_int_equal(solve_new(arena, n, 60000, &s, &e), ERR_NONE);
    struct solve_term *terms = ARENA_ARRAY(arena, struct solve_term, (size_t)n + 1);
    struct solve_term *goal = ARENA_ARRAY(arena, struct solve_term, (size_t)n);
    int n_goal = 0;
    for (size_t margin = 0; margin < f->n_cells; margin++) {
        if (release_summed(f, margin) == 0) {
            if (exact->counts[margin] % base != 0) {
                solve_bound(s, variable[margin], 0, 1, true);
            }
            continue;
        }
        int n_terms = 0;
        int64_t rest = 0;
        for (size_t cell = 0; cell < f->n_cells; cell++) {
            bool in = release_summed(f, cell) == 0 && exact->counts[cell] % base != 0;
            for (int d = 0; in && d < f->n; d++) {
                int of = release_category(f, margin, d);
                in = of == f->of[d].n || of == release_category(f, cell, d);
            }
            if (in) {
                terms[n_terms++].variable = variable[cell];
                rest += exact->counts[cell] % base;
            }
        }
        price_margin(s, terms, n_terms, variable[margin], rest, base,
                     release_summed(f, margin) == f->n ? base : 2.0 * base);
        goal[n_goal++] = (struct solve_term){variable[margin], 1};
    }
    return solve_whole(s, goal, n_goal, false, sum, NULL);
}

static void the_search_comes_near_the_exact_optimum(void **state)
{
    (void)state;
    for (uint64_t k = 0; k < 4; k++) {
        struct release_cube *exact = persons(arena, trials[k % 2].sizes, trials[k % 2].n, 21 + k);
        struct release_loss loss;
        double sum = 0;
        assert_int_equal(exact_optimum(exact, 5, &sum), SOLVE_DONE);
        release_loss_measure(arena, exact, release_round(arena, exact, 5, seed), 5, &loss);
        double mean = sum / (double)loss.n_margins;
        assert_true(loss.margin_mean >= mean - 0.001); // else the yardstick is wrong
        assert_true(loss.margin_mean <= 1.1 * mean);
    }
}

// A reader who knows how the search works must not be able to exclude a value within the box.
static void every_count_may_go_both_ways(void **state)
{
    (void)state;
    for (int n = 1; n < 5; n++) {
        struct release_cube *exact = release_cube_new(arena, frame_of(arena, (const int[]){1, 0}));
        int up = 0;
        exact->counts[0] = n;
        release_cube_sum(exact);
        for (int i = 0; i < 200; i++) {
            unsigned char of[RELEASE_SEED_BYTES] = {(unsigned char)i, (unsigned char)n};
            up += release_round(arena, exact, 5, of)->counts[0] == 5;
        }
        assert_in_range(up, 5, 195);
    }
}

static void the_seed_alone_decides(void **state)
{
    (void)state;
    struct release_cube *exact = persons(arena, trials[0].sizes, 800, 9);
    size_t bytes = exact->frame->n_cells * sizeof(int64_t);
    const struct release_cube *one = release_round(arena, exact, 5, seed);
    assert_memory_equal(one->counts, release_round(arena, exact, 5, seed)->counts, bytes);
    assert_memory_not_equal(one->counts, release_round(arena, exact, 5, other_seed)->counts, bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(margins_are_sums_of_inner_counts),
        ARENA_TEST(every_trial_has_the_cells_it_should),
        ARENA_TEST(rounded_counts_are_neighbours_and_margins_stay_close),
        ARENA_TEST(the_search_comes_near_the_exact_optimum),
        ARENA_TEST(every_count_may_go_both_ways),
        ARENA_TEST(the_seed_alone_decides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
