// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_beside_test.c: exact totals and the rules beside a draw, against every true table that fits.

#include <string.h>

#include "base/arena_test_help.h"
#include "base/limits.h"
#include "release/release_beside.h"
#include "release/release_limits.h"
#include "release/release_test_help.h"

#define MOST 4
#define SEEDS 300

// ---- the slow way: all true lines ---------------------------------------------------------------------------

struct all {
    const int64_t *line;
    int n;
    int base;
    int64_t low_total, high_total; // of the true line
    int64_t at[MOST];
    struct release_interval of[MOST];
};

static void every(struct all *x, int i, int64_t sum)
{
    if (i == x->n) {
        for (int k = 0; k < x->n && sum >= x->low_total && sum <= x->high_total; k++) {
            x->of[k].low = x->at[k] < x->of[k].low ? x->at[k] : x->of[k].low;
            x->of[k].high = x->at[k] > x->of[k].high ? x->at[k] : x->of[k].high;
        }
        return;
    }
    for (int64_t v = x->line[i] - x->base + 1; v < x->line[i] + x->base; v++) {
        if (v >= 0) {
            x->at[i] = v;
            every(x, i + 1, sum + v);
        }
    }
}

static void look_at_all(struct all *x)
{
    for (int k = 0; k < x->n; k++) {
        x->of[k] = (struct release_interval){INT64_MAX, -1};
    }
    every(x, 0, 0);
}

static void an_exact_total_narrows_as_every_table_that_fits_says(void **state)
{
    (void)state;
    struct lot lot = {7};
    for (int round = 0; round < 400; round++) {
        int64_t line[MOST];
        int base = 3 + 2 * (int)(lot_next(&lot) % 2);
        struct all x = {.line = line, .n = 2 + (int)(lot_next(&lot) % 3), .base = base};
        int64_t total = 0;
        for (int i = 0; i < x.n; i++) {
            line[i] = (int64_t)(lot_next(&lot) % 4) * base;
            int64_t off = (int64_t)(lot_next(&lot) % (uint32_t)(2 * base - 1)) - base + 1;
            total += line[i] + off < 0 ? 0 : line[i] + off;
        }
        x.low_total = x.high_total = total;
        look_at_all(&x);
        for (int i = 0; i < x.n; i++) {
            const struct release_interval got = release_beside_total(line, x.n, i, total, base);
            assert_int_equal(got.low, x.of[i].low);
            assert_int_equal(got.high, x.of[i].high);
        }
    }
}

// ---- tables -------------------------------------------------------------------------------------------------

// One line by a dimension of this name; the counts end with -1.
static struct release_cube *line_by(const char *name, const int64_t *counts)
{
    int sizes[] = {0, 0};
    while (counts[sizes[0]] >= 0) {
        sizes[0]++;
    }
    struct release_frame *f = frame_of(arena, sizes);
    f->of[0].name = name;
    struct release_cube *c = release_cube_new(arena, f);
    memcpy(c->counts, counts, (size_t)sizes[0] * sizeof *counts);
    release_cube_sum(c);
    return c;
}
#define LINE(name, ...) line_by(name, (const int64_t[]){__VA_ARGS__, -1})

static struct release_period period;

static struct release_entry entry_of(const struct release_cube *exact)
{
    period = (struct release_period){.from = "2025-01-01", .to = "2025-12-31", .drawn = "this"};
    return (struct release_entry){.name = "this", .period = -1, .periods = &period, .n_periods = 1,
                                  .table = {.frame = exact->frame, .counts = exact->counts, .base = 5}};
}

static bool stands(const struct release_cube *exact, const struct release_cube *rounded)
{
    struct release_entry next = entry_of(exact);
    return release_stands_beside(arena, &next, exact, rounded, 5);
}

static void a_draw_that_a_total_gives_away_does_not_stand(void **state)
{
    (void)state;
    // 46 in all beside 50 and three zeros: everybody is in one category, and it is known to the person
    assert_false(stands(LINE("sex", 46, 0, 0, 0), LINE("sex", 50, 0, 0, 0)));
    assert_true(stands(LINE("sex", 46, 0, 0, 0), LINE("sex", 45, 0, 0, 0)));
    assert_true(stands(LINE("sex", 40, 6, 0, 0), LINE("sex", 40, 5, 0, 0)));
    // the same by country: the counts are the totals, which are seen
    assert_true(stands(LINE("country", 46, 0, 0, 0), LINE("country", 50, 0, 0, 0)));
}

// Every country has its own exact total: each line is looked at with its own.
static void each_line_stands_beside_its_own_total(void **state)
{
    (void)state;
    const int64_t exact[] = {30, 20, 10, 46, 0, 0, 20, 20, 20};
    for (int turned = 0; turned < 2; turned++) {
        for (int bad = 0; bad < 2; bad++) {
            struct release_frame *f = frame_of(arena, (const int[]){3, 3, 0});
            f->of[turned].name = "country";
            f->of[!turned].name = "sex";
            struct release_cube *x = release_cube_new(arena, f), *rounded = release_cube_new(arena, f);
            for (size_t i = 0; i < COUNT_OF(exact); i++) {
                size_t at = i / 3 * f->step[turned] + i % 3 * f->step[!turned];
                x->counts[at] = exact[i];
                rounded->counts[at] = exact[i] == 46 ? (bad ? 50 : 45) : exact[i];
            }
            release_cube_sum(x);
            release_cube_sum(rounded);
            assert_int_equal(stands(x, rounded), !bad);
        }
    }
}

// The counts of draw number i; beside: of one that stands beside its exact totals.
static const struct release_cube *draw_of(const struct release_cube *exact, int i, bool beside)
{
    const unsigned char use[RELEASE_SEED_BYTES] = {(unsigned char)i, (unsigned char)(i >> 8)};
    struct release_entry next = entry_of(exact);
    struct release_drawn drawn;
    struct err_info e;
    assert_int_equal(beside ? release_draw_beside(arena, &next, exact, exact, 5, use, &drawn, &e)
                            : release_draw(arena, exact, 5, use, &drawn, &e),
                     ERR_NONE);
    return drawn.rounded;
}

static void a_draw_is_made_again_until_it_stands(void **state)
{
    (void)state;
    const struct release_cube *exact = LINE("sex", 46, 0, 0, 0);
    int fallen = 0;
    for (int i = 0; i < SEEDS; i++) {
        fallen += !stands(exact, draw_of(exact, i, false));
        assert_true(stands(exact, draw_of(exact, i, true)));
    }
    assert_true(fallen > 0); // the planted fault: one draw alone
}

// 20 people are just enough for part and rest. Published as 15 and 0 the rule would say at least 20, and what is stated
// of every release at most 20: then the rest is from 1 to 4.
static void the_rule_against_thin_tables_tells_nothing_beside_a_draw(void **state)
{
    (void)state;
    const struct release_cube *exact = LINE("share", 18, 2);
    int64_t rule = 2 * release_limits()->mean_cell;
    int narrow = 0;
    for (int i = 0; i < SEEDS; i++) {
        for (int beside = 0; beside < 2; beside++) {
            const int64_t *c = draw_of(exact, i, beside == 1)->counts;
            struct all x = {.line = c, .n = 2, .base = 5, .low_total = rule, .high_total = c[2] + 5};
            x.low_total = c[2] - 5 > rule ? c[2] - 5 : rule;
            look_at_all(&x);
            for (int k = 0; k < 2; k++) {
                bool open = x.of[k].high - x.of[k].low >= 4;
                narrow += !beside && !open;
                assert_true(!beside || open);
            }
        }
    }
    assert_true(narrow > 0);
}

static void so_does_the_rule_that_enough_must_have_come(void **state)
{
    (void)state;
    const struct release_cube *exact = LINE("share", 35, 35);
    struct release_entry next = entry_of(exact);
    period.before = 55;
    period.away = 15; // 70 is just enough
    assert_false(release_stands_beside(arena, &next, exact, LINE("share", 30, 35), 5));
    assert_true(release_stands_beside(arena, &next, exact, LINE("share", 35, 35), 5));
    assert_true(release_stands_beside(arena, &next, exact, LINE("share", 40, 35), 5));
    period.drawn = "another"; // copied: nothing was decided by it
    assert_true(release_stands_beside(arena, &next, exact, LINE("share", 30, 35), 5));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(an_exact_total_narrows_as_every_table_that_fits_says),
        ARENA_TEST(a_draw_that_a_total_gives_away_does_not_stand),
        ARENA_TEST(each_line_stands_beside_its_own_total),
        ARENA_TEST(a_draw_is_made_again_until_it_stands),
        ARENA_TEST(the_rule_against_thin_tables_tells_nothing_beside_a_draw),
        ARENA_TEST(so_does_the_rule_that_enough_must_have_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
