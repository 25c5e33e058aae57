// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_magnitude_test.c: amounts: the rules for one cell, and what a reader works out of the others, against
// a slow way that tries every table of whole amounts.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena_test_help.h"
#include "release/release_magnitude.h"
#include "release/release_test_help.h"

// Worked examples of docs/disclosure.md.
static void a_cell_says_too_much(void **state)
{
    (void)state;
    static const struct {
        struct release_amount x;
        bool sensitive;
    } cases[] = {
        {{0, 0, 0, 0}, false},       // nobody
        {{100, 100, 0, 1}, true},    // one
        {{100, 60, 40, 2}, true},    // each of two knows the other
        {{100, 60, 35, 3}, true},    // 5 of others, and 10 % of 60 is 6
        {{101, 60, 35, 3}, false},   // 6 of others
        {{90, 30, 30, 3}, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(release_amount_is_sensitive(&cases[i].x, 3, 10), cases[i].sensitive);
    }
}

// ---- the slow way ------------------------------------------------------------------------------------------

struct slow {
    const struct release_magnitude *m;
    size_t *hidden; // inner cells
    int n;
    struct release_cube *c;
    int64_t most;
    int64_t *low;
    int64_t *high;
};

static void try_all(struct slow *s, int i)
{
    const struct release_frame *f = s->c->frame;
    if (i < s->n) {
        for (int64_t v = 0; v <= s->most; v++) {
            s->c->counts[s->hidden[i]] = v;
            try_all(s, i + 1);
        }
        return;
    }
    release_cube_sum(s->c);
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        if (s->m->seen[cell] == RELEASE_SHOWN && s->c->counts[cell] != s->m->amounts->counts[cell]) {
            return;
        }
    }
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        s->low[cell] = s->c->counts[cell] < s->low[cell] ? s->c->counts[cell] : s->low[cell];
        s->high[cell] = s->c->counts[cell] > s->high[cell] ? s->c->counts[cell] : s->high[cell];
    }
}

static void no_reader_comes_near(void **state)
{
    (void)state;
    struct lot lot = {2};
    size_t n_sensitive = 0;
    size_t n_secondary = 0;
    for (int i = 0; i < 30; i++) {
        const int *sizes = i % 2 == 0 ? (const int[]){2, 2, 0} : (const int[]){3, 2, 0};
        struct release_frame *f = frame_of(arena, sizes);
        struct release_amount *behind = ARENA_ARRAY(arena, struct release_amount, f->n_cells);
        for (size_t cell = 0; cell < f->n_cells; cell++) {
            if (release_summed(f, cell) == 0 && lot_next(&lot) % 6 != 0) {
                int64_t largest = 1 + lot_next(&lot) % 5;
                behind[cell] = (struct release_amount){.largest = largest, .second = largest > 2 ? 2 : 0,
                                                       .contributors = 1 + lot_next(&lot) % 5};
                behind[cell].amount = largest + behind[cell].second + (behind[cell].contributors > 2 ? 2 : 0);
            }
        }
        struct release_magnitude m;
        struct err_info e = {0};
        if (release_suppress(arena, f, behind, 3, 10, 60000, &m, &e) != ERR_NONE) {
            assert_int_equal(e.code, ERR_INPUT); // nothing is published
            continue;
        }
        struct slow s = {.m = &m, .hidden = ARENA_ARRAY(arena, size_t, f->n_inner), .most = 20,
                         .c = release_cube_new(arena, f), .low = ARENA_ARRAY(arena, int64_t, f->n_cells),
                         .high = ARENA_ARRAY(arena, int64_t, f->n_cells)};
        for (size_t cell = 0; cell < f->n_cells; cell++) {
            s.low[cell] = INT64_MAX;
            s.c->counts[cell] = m.amounts->counts[cell];
            if (release_summed(f, cell) == 0 && m.seen[cell] == RELEASE_HIDDEN) {
                s.hidden[s.n++] = cell;
            }
        }
        if (s.n > 4) {
            continue; // the slow way is too slow
        }
        try_all(&s, 0);
        for (size_t cell = 0; cell < f->n_cells; cell++) {
            if (release_summed(f, cell) == 0 && release_amount_is_sensitive(&behind[cell], 3, 10)) {
                assert_int_equal(m.seen[cell], RELEASE_HIDDEN);
                assert_true(s.low[cell] < behind[cell].amount);
                assert_true(s.high[cell] > behind[cell].amount);
                n_sensitive++;
            }
        }
        n_secondary += m.n_secondary;
    }
    assert_true(n_sensitive > 10);
    assert_true(n_secondary > 0);
}

// A lone sensitive cell in its line and column would be worked out from the totals.
static void hiding_one_cell_hides_others_with_it(void **state)
{
    (void)state;
    struct release_frame *f = frame_of(arena, (const int[]){3, 3, 0});
    struct release_amount *behind = ARENA_ARRAY(arena, struct release_amount, f->n_cells);
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        if (release_summed(f, cell) == 0) {
            behind[cell] = (struct release_amount){1000, 300, 200, 9};
        }
    }
    behind[0] = (struct release_amount){500, 500, 0, 1};
    struct release_magnitude m;
    struct err_info e = {0};
    assert_int_equal(release_suppress(arena, f, behind, 3, 10, 60000, &m, &e), ERR_NONE);
    assert_int_equal(m.n_primary, 1);
    assert_true(m.n_secondary >= 1);
    assert_true(m.whole);
    assert_int_equal(m.amounts->counts[release_grand_total(f)], 8500);
}

static void what_is_not_proved_in_time_is_refused(void **state)
{
    (void)state;
    const int sizes[] = {8, 5, 3, 0};
    struct release_frame *f = frame_of(arena, sizes);
    struct release_cube *people = persons(arena, sizes, 300, 1);
    struct release_amount *behind = ARENA_ARRAY(arena, struct release_amount, f->n_cells);
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        int64_t n = release_summed(f, cell) == 0 ? people->counts[cell] : 0;
        behind[cell] = (struct release_amount){n * 100, n > 0 ? 100 : 0, n > 1 ? 100 : 0, n};
    }
    struct release_magnitude m;
    struct err_info e = {0};
    // no time: nothing is proved
    assert_int_equal(release_suppress(arena, f, behind, 3, 10, 0, &m, &e), ERR_INPUT);
    assert_int_equal(release_suppress(arena, f, behind, 3, 10, 120000, &m, &e), ERR_NONE);
    assert_true(m.n_primary > 0 && m.whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_cell_says_too_much),
        ARENA_TEST(no_reader_comes_near),
        ARENA_TEST(hiding_one_cell_hides_others_with_it),
        ARENA_TEST(what_is_not_proved_in_time_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
