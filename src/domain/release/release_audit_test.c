// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_audit_test.c: the audits against a slow second implementation that tries every true table, and
// against planted leaks.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena_test_help.h"
#include "release/release.h"
#include "release/release_test_help.h"

static struct release_audit audited(const struct release_table *tables, int n, int base)
{
    struct release_audit out;
    struct err_info e = {0};
    const struct release_effort effort = {.base = base, .time_ms = 60000};
    assert_int_equal(release_audit_tables(arena, tables, n, &effort, &out, &e), ERR_NONE);
    return out;
}

// ---- the slow way: every true table that agrees ------------------------------------------------------

enum { MOST = 9 }; // no true count in these tests is above

// Does a true count agree with what a table shows in a cell? Said once more, in other words than in
// release_system.c.
static bool agrees(const struct release_table *t, size_t cell, int64_t count)
{
    int64_t shown = t->counts[cell];
    int64_t sum = 0;
    bool whole = true;
    int summed = release_summed(t->frame, cell);
    if (t->seen != NULL && t->seen[cell] == RELEASE_UNSEEN) {
        return true;
    }
    if (t->seen != NULL && t->seen[cell] == RELEASE_HIDDEN) {
        return summed > 0 || count >= 1;
    }
    if (t->base == 0 || shown % t->base != 0) {
        return count == shown;
    }
    for (size_t inner = 0; summed > 0 && inner < t->frame->n_cells; inner++) {
        size_t margins[RELEASE_MARGINS];
        int n = release_summed(t->frame, inner) > 0 ? 0 : release_margins_of(t->frame, inner, margins);
        for (int k = 0; k < n; k++) {
            if (margins[k] == cell) {
                sum += t->counts[inner];
                whole = whole && (t->seen == NULL || t->seen[inner] == RELEASE_SHOWN);
            }
        }
    }
    int64_t off = llabs(count - shown);
    if (summed == 0 || !whole || sum != shown) {
        return off < t->base;
    }
    return off <= (summed == t->frame->n ? t->base : 2 * t->base);
}

struct slow {
    const struct release_table *tables;
    int n_tables;
    const struct release_frame *joint;
    int n; // joint inner cells times layers
    size_t *inner; // of the joint frame
    int64_t *x;
    int64_t (*low)[64]; // of each table and cell
    int64_t (*high)[64];
    size_t found;
};

static int64_t true_count(const struct slow *s, const struct release_table *t, size_t cell)
{
    int64_t sum = 0;
    int n_inner = (int)s->joint->n_inner;
    for (int i = 0; i < s->n; i++) {
        bool in = i / n_inner <= t->layer;
        for (int d = 0; in && d < t->frame->n; d++) {
            int of = release_category(t->frame, cell, d);
            int joint = 0;
            while (strcmp(s->joint->of[joint].name, t->frame->of[d].name) != 0) {
                joint++;
            }
            in = of == t->frame->of[d].n || of == release_category(s->joint, s->inner[i % n_inner], joint);
        }
        sum += in ? s->x[i] : 0;
    }
    return sum;
}

static void look(struct slow *s)
{
    for (int t = 0; t < s->n_tables; t++) {
        for (size_t cell = 0; cell < s->tables[t].frame->n_cells; cell++) {
            if (!agrees(&s->tables[t], cell, true_count(s, &s->tables[t], cell))) {
                return;
            }
        }
    }
    s->found++;
    for (int t = 0; t < s->n_tables; t++) {
        for (size_t cell = 0; cell < s->tables[t].frame->n_cells; cell++) {
            int64_t count = true_count(s, &s->tables[t], cell);
            s->low[t][cell] = count < s->low[t][cell] ? count : s->low[t][cell];
            s->high[t][cell] = count > s->high[t][cell] ? count : s->high[t][cell];
        }
    }
}

static void try_all(struct slow *s, int i)
{
    if (i == s->n) {
        look(s);
        return;
    }
    for (s->x[i] = 0; s->x[i] <= MOST; s->x[i]++) {
        try_all(s, i + 1);
    }
}

static struct slow slowly(const struct release_table *tables, int n, const struct release_frame *joint)
{
    struct slow s = {.tables = tables, .n_tables = n, .joint = joint,
                     .n = (int)joint->n_inner * (tables[n - 1].layer + 1),
                     .inner = ARENA_ARRAY(arena, size_t, joint->n_inner),
                     .low = arena_array(arena, sizeof(int64_t[64]), (size_t)n),
                     .high = arena_array(arena, sizeof(int64_t[64]), (size_t)n)};
    s.x = ARENA_ARRAY(arena, int64_t, (size_t)s.n);
    size_t k = 0;
    for (size_t cell = 0; cell < joint->n_cells; cell++) {
        if (release_summed(joint, cell) == 0) {
            s.inner[k++] = cell;
        }
    }
    memset(s.low, 1, sizeof(int64_t[64]) * (size_t)n); // a large number
    try_all(&s, 0);
    return s;
}

// Intervals of the last table must be those of the slow way.
static void must_agree(const struct release_table *tables, int n, const struct release_frame *joint, int base)
{
    struct slow s = slowly(tables, n, joint);
    struct release_audit fast = audited(tables, n, base);
    const struct release_frame *f = tables[n - 1].frame;
    assert_true(s.found > 0);
    assert_int_not_equal(fast.verdict, RELEASE_UNPROVED);
    assert_true(fast.whole);
    size_t exact = 0;
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        if (release_summed(f, cell) == 0) {
            assert_int_equal(fast.cells[cell].low, s.low[n - 1][cell]);
            assert_int_equal(fast.cells[cell].high, s.high[n - 1][cell]);
            exact += s.low[n - 1][cell] == s.high[n - 1][cell];
        }
    }
    assert_true(n > 1 || exact == fast.n_exact);
}

// True counts of 0 to 3, so that every true table within the bounds is below MOST.
static struct release_cube *small(const int *sizes, struct lot *lot)
{
    struct release_cube *c = release_cube_new(arena, frame_of(arena, sizes));
    for (size_t cell = 0; cell < c->frame->n_cells; cell++) {
        c->counts[cell] = release_summed(c->frame, cell) == 0 ? lot_next(lot) % 4 : 0;
    }
    release_cube_sum(c);
    return c;
}

static const int small_sizes[][5] = {{4}, {2, 2}, {3, 2}, {2, 3}, {1, 5}};

static void intervals_of_a_rounded_cube_are_those_of_the_slow_way(void **state)
{
    (void)state;
    struct lot lot = {3};
    for (size_t i = 0; i < COUNT_OF(small_sizes); i++) {
        struct release_cube *exact = small(small_sizes[i], &lot);
        struct release_table t = shown(release_round(arena, exact, 3, seed), 3);
        must_agree(&t, 1, exact->frame, 3);
        assert_int_equal(audited(&t, 1, 3).verdict, RELEASE_PROTECTED);
        assert_int_equal(audited(&t, 1, 3).n_asked, 0); // the table itself shows every end
    }
}

// The classic leak: rounded inner counts beside exact margins.
static void exact_margins_beside_rounded_counts_are_found(void **state)
{
    (void)state;
    struct lot lot = {4};
    for (size_t i = 0; i < COUNT_OF(small_sizes); i++) {
        struct release_cube *exact = small(small_sizes[i], &lot);
        struct release_cube *mixed = release_round(arena, exact, 3, seed);
        for (size_t cell = 0; cell < exact->frame->n_cells; cell++) {
            if (release_summed(exact->frame, cell) > 0) {
                mixed->counts[cell] = exact->counts[cell];
            }
        }
        struct release_table t = shown(mixed, 3);
        must_agree(&t, 1, exact->frame, 3);
    }
}

// Margins rounded by themselves, so that they do not add up.
static void margins_rounded_by_themselves_are_found(void **state)
{
    (void)state;
    struct lot lot = {5};
    for (size_t i = 0; i < COUNT_OF(small_sizes); i++) {
        struct release_cube *exact = small(small_sizes[i], &lot);
        struct release_cube *mixed = release_round(arena, exact, 3, seed);
        for (size_t cell = 0; cell < exact->frame->n_cells; cell++) {
            if (release_summed(exact->frame, cell) > 0) {
                mixed->counts[cell] = (exact->counts[cell] + 1) / 3 * 3;
            }
        }
        struct release_table t = shown(mixed, 3);
        must_agree(&t, 1, exact->frame, 3);
    }
}

// Small cells hidden, everything else exact.
static void hidden_small_cells_are_worked_out(void **state)
{
    (void)state;
    struct lot lot = {6};
    size_t exact_cells = 0;
    for (size_t i = 1; i < 4; i++) {
        struct release_cube *exact = small(small_sizes[i], &lot);
        unsigned char *seen = arena_array(arena, 1, exact->frame->n_cells);
        for (size_t cell = 0; cell < exact->frame->n_cells; cell++) {
            bool hide = release_summed(exact->frame, cell) == 0 && exact->counts[cell] > 0 &&
                        exact->counts[cell] < 3;
            seen[cell] = hide ? RELEASE_HIDDEN : RELEASE_SHOWN;
        }
        struct release_table t = shown(exact, 0);
        t.seen = seen;
        must_agree(&t, 1, exact->frame, 3);
        struct release_audit found = audited(&t, 1, 3);
        assert_int_equal(found.verdict, RELEASE_OPEN);
        exact_cells += found.n_exact;
    }
    assert_true(exact_cells > 0);
}

// The same people rounded twice: where the draws differ, both say something.
static void the_same_people_drawn_twice_are_found(void **state)
{
    (void)state;
    struct lot lot = {7};
    size_t open = 0;
    for (size_t i = 0; i < COUNT_OF(small_sizes); i++) {
        struct release_cube *exact = small(small_sizes[i], &lot);
        struct release_table t[2] = {shown(release_round(arena, exact, 3, seed), 3),
                                     shown(release_round(arena, exact, 3, other_seed), 3)};
        must_agree(t, 2, exact->frame, 3);
        open += audited(t, 2, 3).verdict == RELEASE_OPEN;
        t[1] = t[0]; // a copy says nothing new
        assert_int_equal(audited(t, 2, 3).verdict, RELEASE_PROTECTED);
    }
    assert_true(open > 0);
}

// Counted again later: more may have come, nobody has gone.
static void growth_is_worked_out(void **state)
{
    (void)state;
    struct lot lot = {8};
    const int sizes[][5] = {{2}, {3}};
    for (size_t i = 0; i < 8; i++) {
        struct release_cube *exact = small(sizes[i % 2], &lot);
        struct release_cube *later = small(sizes[i % 2], &lot);
        for (size_t cell = 0; cell < exact->frame->n_cells; cell++) {
            later->counts[cell] += exact->counts[cell];
        }
        struct release_table t[2] = {shown(release_round(arena, exact, 3, seed), 3),
                                     shown(release_round(arena, later, 3, other_seed), 3)};
        t[1].layer = 1;
        must_agree(t, 2, exact->frame, 3);
    }
}

// Two tables by different dimensions share a margin.
static void tables_that_share_a_dimension_are_laid_on_each_other(void **state)
{
    (void)state;
    struct lot lot = {9};
    for (int i = 0; i < 3; i++) {
        struct release_cube *joint = small((const int[]){2, 1, 2, 0}, &lot);
        struct release_frame *first = frame_of(arena, (const int[]){2, 1, 0});
        struct release_frame *second = frame_of(arena, (const int[]){2, 2, 0});
        second->of[1] = joint->frame->of[2];
        struct release_cube *a = release_cube_new(arena, first);
        struct release_cube *b = release_cube_new(arena, second);
        struct slow sum = {.joint = joint->frame, .n = (int)joint->frame->n_inner};
        sum.inner = ARENA_ARRAY(arena, size_t, (size_t)sum.n);
        sum.x = ARENA_ARRAY(arena, int64_t, (size_t)sum.n);
        int n = 0;
        for (size_t cell = 0; cell < joint->frame->n_cells; cell++) {
            if (release_summed(joint->frame, cell) == 0) {
                sum.inner[n] = cell;
                sum.x[n++] = joint->counts[cell];
            }
        }
        struct release_table t[2] = {shown(a, 0), shown(b, 3)};
        for (int k = 0; k < 2; k++) {
            struct release_cube *c = k == 0 ? a : b;
            for (size_t cell = 0; cell < c->frame->n_cells; cell++) {
                c->counts[cell] = true_count(&sum, &t[k], cell);
            }
        }
        t[1].counts = release_round(arena, b, 3, seed)->counts;
        must_agree(t, 2, joint->frame, 3); // exact counts by a and b, rounded by a and c
    }
}

// ---- judgements ----------------------------------------------------------------------------------------

static void all_in_one_category_is_found(void **state)
{
    (void)state;
    struct release_cube *exact = release_cube_new(arena, frame_of(arena, (const int[]){2, 2, 0}));
    exact->counts[0] = 12; // a1 b1; nobody in a1 b2
    exact->counts[exact->frame->step[0]] = 6;
    exact->counts[exact->frame->step[0] + 1] = 7;
    release_cube_sum(exact);
    struct release_table t = shown(exact, 0);
    assert_true(audited(&t, 1, 5).n_group > 0);
    t = shown(release_round(arena, exact, 5, seed), 5);
    assert_int_equal(audited(&t, 1, 5).n_group, 0);
}

static void a_base_below_the_one_asked_for_is_open(void **state)
{
    (void)state;
    struct release_cube *exact = persons(arena, (const int[]){4, 3, 0}, 100, 5);
    struct release_table t = shown(release_round(arena, exact, 3, seed), 3);
    assert_int_equal(audited(&t, 1, 3).verdict, RELEASE_PROTECTED);
    assert_int_equal(audited(&t, 1, 5).verdict, RELEASE_OPEN);
}

static void cuts_that_overlap_are_refused(void **state)
{
    (void)state;
    struct release_cube *one = persons(arena, (const int[]){3, 0}, 90, 1);
    struct release_cube *two = persons(arena, (const int[]){3, 0}, 90, 1);
    two->frame->of[0].categories[2] = "a3 and older";
    struct release_table t[2] = {shown(one, 5), shown(two, 5)};
    struct release_audit out;
    struct err_info e = {0};
    const struct release_effort effort = {.base = 5, .time_ms = 1000};
    assert_int_equal(release_audit_tables(arena, t, 2, &effort, &out, &e), ERR_INPUT);
    assert_int_not_equal(out.verdict, RELEASE_PROTECTED);
}

static void what_does_not_end_in_time_is_not_protected(void **state)
{
    (void)state;
    struct release_cube *exact = persons(arena, (const int[]){25, 10, 4, 0}, 6000, 3);
    struct release_table t = shown(release_round(arena, exact, 5, seed), 5);
    struct release_audit out;
    struct err_info e = {0};
    const struct release_effort effort = {.base = 5, .time_ms = 1, .every = true};
    assert_int_equal(release_audit_tables(arena, &t, 1, &effort, &out, &e), ERR_NONE);
    assert_int_equal(out.verdict, RELEASE_UNPROVED);
}

static void tables_that_contradict_each_other_are_not_protected(void **state)
{
    (void)state;
    struct release_cube *exact = persons(arena, (const int[]){2, 2, 0}, 60, 3);
    struct release_table t = shown(exact, 0);
    exact->counts[release_grand_total(exact->frame)] += 1;
    struct release_audit out = audited(&t, 1, 5);
    assert_true(out.impossible);
    assert_int_equal(out.verdict, RELEASE_UNPROVED);
}

// All linear programmes of 1,430 cells solved, none passed over, give what the short way gives.
static void every_programme_solved_says_the_same(void **state)
{
    (void)state;
    struct release_cube *exact = persons(arena, (const int[]){25, 10, 4, 0}, 6000, 3);
    struct release_table t = shown(release_round(arena, exact, 5, seed), 5);
    struct release_audit out;
    struct err_info e = {0};
    const struct release_effort effort = {.base = 5, .time_ms = 120000, .every = true};
    struct release_audit fast = audited(&t, 1, 5);
    assert_int_equal(release_audit_tables(arena, &t, 1, &effort, &out, &e), ERR_NONE);
    assert_int_equal(out.verdict, RELEASE_PROTECTED);
    assert_int_equal(fast.verdict, RELEASE_PROTECTED);
    assert_int_equal(fast.n_asked, 0);
    assert_int_equal(out.n_asked, 2000);
    assert_memory_equal(out.cells, fast.cells, t.frame->n_cells * sizeof *out.cells);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(intervals_of_a_rounded_cube_are_those_of_the_slow_way),
        ARENA_TEST(exact_margins_beside_rounded_counts_are_found),
        ARENA_TEST(margins_rounded_by_themselves_are_found),
        ARENA_TEST(hidden_small_cells_are_worked_out),
        ARENA_TEST(the_same_people_drawn_twice_are_found),
        ARENA_TEST(growth_is_worked_out),
        ARENA_TEST(tables_that_share_a_dimension_are_laid_on_each_other),
        ARENA_TEST(all_in_one_category_is_found),
        ARENA_TEST(a_base_below_the_one_asked_for_is_open),
        ARENA_TEST(cuts_that_overlap_are_refused),
        ARENA_TEST(what_does_not_end_in_time_is_not_protected),
        ARENA_TEST(tables_that_contradict_each_other_are_not_protected),
        ARENA_TEST(every_programme_solved_says_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
