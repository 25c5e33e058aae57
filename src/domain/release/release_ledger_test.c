// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_ledger_test.c: releases over time: what is copied and what is drawn, and the attacks that set one release
// against another. The audit over units is held against every true table that fits.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena_test_help.h"
#include "base/limits.h"
#include "release/release_ledger.h"
#include "release/release_limits.h"
#include "release/release_protect.h"
#include "release/release_test_help.h"

enum { BASE = 5, PEOPLE = 12 };

static const unsigned char *seed_of(int n)
{
    unsigned char *made = arena_alloc(arena, RELEASE_SEED_BYTES);
    made[0] = (unsigned char)n;
    made[1] = (unsigned char)(n >> 8);
    return made;
}

// A release that was drawn by itself, of one period.
static struct release_entry entry(const char *name, const struct release_cube *c, const char *from, const char *to,
                                  const char *cutoff, bool closed)
{
    struct release_period *p = ARENA_MAKE(arena, struct release_period);
    *p = (struct release_period){.from = from, .to = to, .closed = closed, .drawn = name};
    return (struct release_entry){.id = name, .name = name, .cutoff_on = cutoff, .table = shown(c, BASE),
                                  .period = -1, .periods = p, .n_periods = 1};
}

static enum release_verdict verdict_of(const struct release_entry *all, int n, struct release_audit *audit)
{
    struct release_table tables[RELEASE_MAX_TABLES];
    struct err_info e = {0};
    const struct release_effort effort = {.base = BASE, .time_ms = 60000};
    assert_int_equal(release_ledger_tables(arena, all, n, tables, &n, &e), ERR_NONE);
    enum err err = release_audit_tables(arena, tables, n, &effort, audit, &e);
    return err == ERR_NONE ? audit->verdict : RELEASE_UNPROVED;
}

static struct release_cube *counts(const int *sizes, const int64_t *inner)
{
    struct release_cube *c = release_cube_new(arena, frame_of(arena, sizes));
    size_t at = 0;
    for (size_t cell = 0; cell < c->frame->n_cells; cell++) {
        if (release_summed(c->frame, cell) == 0) {
            c->counts[cell] = inner[at++];
        }
    }
    release_cube_sum(c);
    return c;
}

// ---- text -----------------------------------------------------------------------------------------------------

static void periods_are_written_and_read(void **state)
{
    (void)state;
    struct release_period p[2] = {{.from = "2025-01-01", .to = "2025-06-30", .closed = true, .drawn = "first"},
                                  {.from = "2025-07-01", .to = "2025-12-31", .closed = false, .drawn = "second"}};
    struct release_entry x = {.period = 0};
    struct release_frame *f = frame_of(arena, (const int[]){2, 2, 0});
    f->of[0].categories[0] = "2025-07-01/2025-12-31"; // as the file has them
    f->of[0].categories[1] = "2025-01-01/2025-06-30";
    x.table.frame = f;
    assert_true(release_periods_read(arena, release_periods_text(arena, p, 2), &x));
    assert_string_equal(x.periods[0].drawn, "second");
    assert_false(x.periods[0].closed);
    assert_string_equal(x.periods[1].drawn, "first");
    assert_true(x.periods[1].closed);
    static const char *const bad[] = {"", "2025-01-01/2025-06-30 closed first\n", "nonsense",
                                      "2025-01-01/2025-02-30 open a\n2025-07-01/2025-12-31 open b\n"};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_false(release_periods_read(arena, bad[i], &x));
    }
}

// ---- copied or drawn --------------------------------------------------------------------------------------------

static const int two[] = {2, 0};

static enum err planned(const struct release_entry *earlier, int n, struct release_entry *next,
                        struct release_cube *into, struct err_info *e)
{
    memcpy(into->counts, next->table.counts, into->frame->n_cells * sizeof *into->counts);
    return release_ledger_plan(arena, earlier, n, next, into, e);
}

// The worked example of docs/disclosure.md: 25 and 30 published of an open period, total 55. It is drawn again when
// the true total is at least 2 bases of people and what the total may be off by (5) away: 70 or more, or 40 or less.
static void an_open_period_is_drawn_again_when_enough_people_came(void **state)
{
    (void)state;
    static const int64_t published[] = {25, 30};
    const struct release_entry first =
        entry("a", counts(two, published), "2026-01-01", "2026-12-31", "2026-03-01", false);
    static const struct {
        int64_t inner[2];
        bool drawn;
    } cases[] = {{{25, 31}, false}, {{35, 34}, false}, {{35, 35}, true}, {{20, 21}, false}, {{20, 20}, true}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct err_info e = {0};
        struct release_cube *c = counts(two, cases[i].inner);
        struct release_cube *into = release_cube_new(arena, c->frame);
        struct release_entry next = entry("b", c, "2026-01-01", "2026-12-31", "2026-06-01", false);
        enum err err = planned(&first, 1, &next, into, &e);
        assert_int_equal(err, cases[i].drawn ? ERR_NONE : ERR_INPUT); // alone and copied it is nothing new
        assert_string_equal(next.periods[0].drawn, cases[i].drawn ? "b" : "a");
        assert_int_equal(into->counts[0], cases[i].drawn ? cases[i].inner[0] : 25);
    }
}

static void a_closed_period_is_copied_beside_a_new_one(void **state)
{
    (void)state;
    struct err_info e = {0};
    const char *days[] = {"2025-01-01", "2025-06-30", "2025-07-01", "2025-12-31"};
    struct release_frame *f = frame_of(arena, (const int[]){2, 2, 0});
    f->of[0].name = RELEASE_PERIOD;
    f->of[0].categories = (const char *[]){"2025-01-01/2025-06-30", "2025-07-01/2025-12-31"};
    f->of[1].name = "a";
    f->of[1].categories = (const char *[]){"a2", "a1"}; // another order than in the earlier one
    struct release_cube *exact = release_cube_new(arena, f);
    struct release_cube *into = release_cube_new(arena, f);
    exact->counts[0] = 90;
    exact->counts[f->step[1]] = 91;
    exact->counts[f->step[0]] = 7;
    exact->counts[f->step[0] + f->step[1]] = 8;
    release_cube_sum(exact);
    struct release_period p[2] = {{.from = days[0], .to = days[1], .closed = true},
                                  {.from = days[2], .to = days[3]}};
    struct release_entry next = {.name = "b", .cutoff_on = "2026-02-01", .table = shown(exact, BASE), .period = 0,
                                 .periods = p, .n_periods = 2};
    const struct release_entry first =
        entry("a", counts(two, (const int64_t[]){10, 20}), days[0], days[1], "2025-08-01", true);
    assert_int_equal(planned(&first, 1, &next, into, &e), ERR_NONE);
    assert_string_equal(p[0].drawn, "a");
    assert_string_equal(p[1].drawn, "b");
    assert_int_equal(into->counts[0], 20); // a2
    assert_int_equal(into->counts[f->step[1]], 10);
    assert_int_equal(into->counts[f->step[0]], 7);
    assert_int_equal(into->counts[release_grand_total(f)], 45);
    // a copy is of the same base
    next.table.base = 10;
    assert_int_equal(planned(&first, 1, &next, into, &e), ERR_INPUT);
}

static void an_open_period_is_drawn_four_times_a_year(void **state)
{
    (void)state;
    struct release_entry earlier[6];
    static const char *const names[] = {"a", "b", "c", "d", "e", "f"};
    static const char *const days[] = {"2025-06-01", "2026-01-10", "2026-03-10", "2026-05-10", "2026-07-10", "2026-09-10"};
    for (int i = 0; i < 6; i++) {
        struct err_info e = {0};
        struct release_cube *c = counts(two, (const int64_t[]){100 * (i + 1), 100});
        struct release_cube *into = release_cube_new(arena, c->frame);
        earlier[i] = entry(names[i], c, "2025-01-01", "2026-12-31", days[i], false);
        // the first is more than a year before the last two; c would be allowed, f is the fifth within a year
        assert_int_equal(planned(earlier, i, &earlier[i], into, &e), i < 5 ? ERR_NONE : ERR_INPUT);
    }
}

// A draft that was made before another release left is looked at again.
static void a_draft_is_asked_again_when_another_left(void **state)
{
    (void)state;
    struct err_info e = {0};
    struct release_cube *c = counts(two, (const int64_t[]){100, 100});
    const struct release_entry a = entry("a", c, "2025-01-01", "2025-12-31", "2026-01-10", true);
    const struct release_entry b = entry("b", c, "2025-01-01", "2025-12-31", "2026-01-11", true);
    const struct release_entry later = entry("c", c, "2025-06-01", "2026-12-31", "2026-01-12", false);
    const struct release_entry apart = entry("d", c, "2026-01-01", "2026-12-31", "2026-01-12", false);
    assert_int_equal(release_ledger_check(arena, &a, 1, &b, &e), ERR_INPUT);
    assert_int_equal(release_ledger_check(arena, &later, 1, &b, &e), ERR_INPUT);
    assert_int_equal(release_ledger_check(arena, &apart, 1, &b, &e), ERR_NONE);
}

// Joined once, joined for ever; what was never joined stays apart.
static void ages_stay_joined(void **state)
{
    (void)state;
    struct release_frame *f = frame_of(arena, (const int[]){3, 2, 0});
    f->of[0].name = "age";
    f->of[0].categories = (const char *[]){"0-17", "18-24", "35-59"};
    struct release_cube *now = release_cube_new(arena, f);
    now->counts[0] = 3;
    now->counts[f->step[0]] = 10;
    now->counts[2 * f->step[0]] = 20;
    release_cube_sum(now);
    struct release_frame *g = frame_of(arena, two);
    g->of[0].name = "age";
    g->of[0].categories = (const char *[]){"18+", "0-17"};
    const struct release_entry before = {.table = {.frame = g}, .period = -1};
    const struct release_entry other = {.table = {.frame = frame_of(arena, two)}, .period = -1};
    const char *done;
    assert_ptr_equal(release_ledger_join(arena, &other, 1, now, &done), now);
    assert_null(done);
    const struct release_cube *joined = release_ledger_join(arena, &before, 1, now, &done);
    assert_string_equal(done, "age: grouped");
    assert_int_equal(joined->frame->of[0].n, 2);
    assert_int_equal(joined->counts[joined->frame->step[0]], 30);
}

// ---- attacks ------------------------------------------------------------------------------------------------------

// A half-year published, then the year: the year less the half-year is the other half. With exact numbers every count
// of it is known; of two releases it is audited like a count.
static void nested_periods_are_subtracted(void **state)
{
    (void)state;
    static const struct {
        int64_t half, year;
        enum release_verdict verdict;
    } cases[] = {
        {20, 20, RELEASE_PROTECTED}, // 16 to 24 and 16 to 24: 0 to 8 in the other half
        {20, 40, RELEASE_PROTECTED},
        {20, 15, RELEASE_OPEN}, // the half-year is 16 to 19
        {5, 0, RELEASE_OPEN},   // it is 1 to 4
        {0, 0, RELEASE_PROTECTED},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct release_audit audit;
        const struct release_entry all[] = {
            entry("a", counts(two, (const int64_t[]){cases[i].half, 100}), "2025-01-01", "2025-06-30", "2025-08-01",
                  true),
            entry("b", counts(two, (const int64_t[]){cases[i].year, 200}), "2025-01-01", "2025-12-31", "2026-02-01",
                  true)};
        assert_int_equal(verdict_of(all, 2, &audit), cases[i].verdict);
        assert_int_equal(verdict_of(&all[1], 1, &audit), RELEASE_PROTECTED); // each by itself
    }
    struct release_entry exact[] = {
        entry("a", counts(two, (const int64_t[]){3, 100}), "2025-01-01", "2025-06-30", "2025-08-01", true),
        entry("b", counts(two, (const int64_t[]){4, 200}), "2025-01-01", "2025-12-31", "2026-02-01", true)};
    struct release_audit audit;
    assert_int_equal(verdict_of(exact, 2, &audit), RELEASE_OPEN);
    assert_true(audit.n_exact > 0);
}

// Three releases of which no two overlap badly: the year less two quarters leaves the other two.
static void what_is_left_of_a_year_is_audited(void **state)
{
    (void)state;
    struct release_audit audit;
    const struct release_entry all[] = {
        entry("a", counts(two, (const int64_t[]){10, 100}), "2025-01-01", "2025-03-31", "2025-04-10", true),
        entry("b", counts(two, (const int64_t[]){10, 100}), "2025-04-01", "2025-06-30", "2025-07-10", true),
        entry("c", counts(two, (const int64_t[]){10, 300}), "2025-01-01", "2025-12-31", "2026-02-01", true)};
    // the quarters have 6 to 14 each, the year 6 to 14: each quarter has 6 to 8 and is known too well
    assert_int_equal(verdict_of(all, 3, &audit), RELEASE_OPEN);
    assert_int_equal(verdict_of(all, 2, &audit), RELEASE_PROTECTED);
}

// An open period published twice: those who came since are a count of their own.
static void the_release_before_is_subtracted(void **state)
{
    (void)state;
    struct release_audit audit;
    const struct release_entry all[] = {
        entry("a", counts(two, (const int64_t[]){10, 100}), "2026-01-01", "2026-12-31", "2026-04-10", false),
        entry("b", counts(two, (const int64_t[]){5, 200}), "2026-01-01", "2026-12-31", "2026-07-10", false)};
    assert_int_equal(verdict_of(all, 2, &audit), RELEASE_OPEN); // 6 to 14, later 1 to 9: 6 to 9
    // on the same day nobody came since, and that is known
    const struct release_entry twice[] = {
        entry("a", counts(two, (const int64_t[]){10, 100}), "2026-01-01", "2026-12-31", "2026-04-10", false),
        entry("b", counts(two, (const int64_t[]){15, 100}), "2026-01-01", "2026-12-31", "2026-04-10", false)};
    assert_int_equal(verdict_of(twice, 2, &audit), RELEASE_OPEN); // 11 to 14
    struct release_entry later[] = {twice[0], twice[1]};
    later[1].cutoff_on = "2026-07-10";
    assert_int_equal(verdict_of(later, 2, &audit), RELEASE_PROTECTED); // 6 to 14, and 0 to 13 more
    // closed in between, nobody can have come
    struct release_period closed = *later[0].periods;
    closed.closed = true;
    later[0].periods = &closed;
    assert_int_equal(verdict_of(later, 2, &audit), RELEASE_OPEN);
}

// Draws of a closed period would average out; the ledger lets each be drawn once, and copies say nothing new.
static void releases_are_averaged(void **state)
{
    (void)state;
    const struct release_cube *exact = persons(arena, (const int[]){5, 3, 0}, 200, 8);
    struct release_entry ledger[20];
    struct release_audit audit;
    int n = 0;
    for (int i = 0; i < 20; i++) {
        struct err_info e = {0};
        struct release_cube *into = release_cube_new(arena, exact->frame);
        struct release_entry next =
            entry(arena_printf(arena, "%02d", i), exact, "2025-01-01", "2025-12-31", "2026-02-01", true);
        if (planned(ledger, n, &next, into, &e) == ERR_NONE) {
            ledger[n] = next;
            ledger[n++].table = shown(release_round(arena, into, BASE, seed_of(i)), BASE);
        }
    }
    assert_int_equal(n, 1);
    const struct release_entry copies[] = {ledger[0], ledger[0], ledger[0]};
    assert_int_equal(verdict_of(copies, 3, &audit), RELEASE_PROTECTED);
}

// Two releases by other characteristics of the same closed people share a margin: drawn by themselves they mostly
// give it away, and then the second is refused; where it is protected, no count is narrower than the base allows.
static void two_releases_are_linked_by_a_margin(void **state)
{
    (void)state;
    const struct release_cube *all = persons(arena, (const int[]){4, 3, 0}, 60, 3);
    struct release_cube *by_a = release_cube_new(arena, frame_of(arena, (const int[]){4, 0}));
    for (int k = 0; k < 4; k++) {
        by_a->counts[k] = all->counts[(size_t)k * all->frame->step[0] + 3 * all->frame->step[1]];
    }
    release_cube_sum(by_a);
    int refused = 0;
    for (int i = 0; i < 20; i++) {
        struct release_audit audit;
        const struct release_entry pair[] = {
            entry("a", release_round(arena, by_a, BASE, seed_of(i)), "2025-01-01", "2025-12-31", "2026-02-01", true),
            entry("b", release_round(arena, all, BASE, seed_of(100 + i)), "2025-01-01", "2025-12-31", "2026-02-02",
                  true)};
        bool open = verdict_of(pair, 2, &audit) != RELEASE_PROTECTED;
        refused += open;
        assert_true(open || audit.weakest.high - audit.weakest.low >= BASE - 1);
    }
    assert_true(refused > 0);
}

// Ages cut otherwise in a later release would show those between the cuts.
static void ages_are_cut_again(void **state)
{
    (void)state;
    struct release_cube *x = counts(two, (const int64_t[]){50, 100});
    struct release_cube *y = counts(two, (const int64_t[]){55, 95});
    struct release_frame *f = frame_of(arena, two);
    f->of[0].categories = (const char *[]){"a1", "other"};
    y->frame = f;
    struct release_audit audit;
    const struct release_entry pair[] = {entry("a", x, "2025-01-01", "2025-12-31", "2026-02-01", true),
                                         entry("b", y, "2025-07-01", "2026-12-31", "2026-02-02", true)};
    assert_int_equal(verdict_of(pair, 2, &audit), RELEASE_UNPROVED);
}

// ---- every true table that fits -------------------------------------------------------------------------------------

struct brute {
    const struct release_table *tables;
    int n;
    int64_t low[64], high[64];
    int n_targets;
};

static int64_t held(const struct release_table *t, const int64_t *people, int category, int unit)
{
    int64_t sum = 0;
    for (int k = 0; k < 2; k++) {
        for (int u = 0; u < 2; u++) {
            bool in = t->units->covers[u] && (category == 2 || category == k) && (unit < 0 || unit == u);
            sum += in ? people[2 * k + u] : 0;
        }
    }
    return sum;
}

static bool fits(const struct brute *x, const int64_t *people)
{
    for (int t = 0; t < x->n; t++) {
        for (int k = 0; k <= 2; k++) {
            int64_t off = held(&x->tables[t], people, k, -1) - x->tables[t].counts[k];
            int64_t most = k < 2 ? BASE - 1 : BASE;
            if (off < -most || off > most) {
                return false;
            }
        }
    }
    return true;
}

static void note(struct brute *x, const int64_t *people)
{
    int at = 0;
    for (int t = 0; t < x->n; t++) {
        const bool *covers = x->tables[t].units->covers;
        for (int k = 0; k < 2; k++) {
            for (int u = -1; u < 2; u++) {
                if (u < 0 || (covers[0] && covers[1])) {
                    int64_t v = held(&x->tables[t], people, k, u);
                    x->low[at] = v < x->low[at] ? v : x->low[at];
                    x->high[at] = v > x->high[at] ? v : x->high[at];
                    at++;
                }
            }
        }
    }
    x->n_targets = at;
}

// Two categories in two units: the narrowest interval of the audit is that of all true tables that fit.
static void units_are_bounded_as_every_true_table_says(void **state)
{
    (void)state;
    int open = 0;
    for (int i = 0; i < 24; i++) {
        struct lot lot = {(uint64_t)i + 77};
        int64_t people[4];
        struct release_cube *half = release_cube_new(arena, frame_of(arena, two));
        struct release_cube *year = release_cube_new(arena, half->frame);
        for (int k = 0; k < 4; k++) {
            people[k] = lot_next(&lot) % (PEOPLE - 2);
            half->counts[k / 2] += k % 2 == 0 ? people[k] : 0;
            year->counts[k / 2] += people[k];
        }
        release_cube_sum(half);
        release_cube_sum(year);
        const struct release_entry pair[] = {
            entry("a", release_round(arena, half, BASE, seed_of(i)), "2025-01-01", "2025-06-30", "2026-02-01", true),
            entry("b", release_round(arena, year, BASE, seed_of(i + 50)), "2025-01-01", "2025-12-31", "2026-02-02",
                  true)};
        struct release_table tables[RELEASE_MAX_TABLES];
        struct release_audit audit;
        struct err_info e = {0};
        int n = 2;
        assert_int_equal(release_ledger_tables(arena, pair, 2, tables, &n, &e), ERR_NONE);
        assert_int_equal(tables[0].units->of.n, 2);
        struct brute x = {.tables = tables, .n = n};
        for (int k = 0; k < 64; k++) {
            x.low[k] = INT64_MAX;
            x.high[k] = -1;
        }
        enum { MOST = 2 * PEOPLE + BASE };
        for (int64_t c = 0; c < (int64_t)MOST * MOST * MOST * MOST; c++) {
            const int64_t table[] = {c % MOST, c / MOST % MOST, c / MOST / MOST % MOST, c / MOST / MOST / MOST};
            if (fits(&x, table)) {
                note(&x, table);
            }
        }
        int64_t narrowest = INT64_MAX;
        for (int k = 0; k < x.n_targets; k++) {
            narrowest = x.high[k] - x.low[k] < narrowest ? x.high[k] - x.low[k] : narrowest;
        }
        enum release_verdict verdict = verdict_of(pair, 2, &audit);
        assert_int_equal(audit.weakest.high - audit.weakest.low, narrowest);
        assert_true(narrowest >= BASE - 1 || verdict == RELEASE_OPEN);
        open += verdict == RELEASE_OPEN;
    }
    assert_true(open > 0 && open < 24);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(periods_are_written_and_read),
        ARENA_TEST(an_open_period_is_drawn_again_when_enough_people_came),
        ARENA_TEST(a_closed_period_is_copied_beside_a_new_one),
        ARENA_TEST(an_open_period_is_drawn_four_times_a_year),
        ARENA_TEST(a_draft_is_asked_again_when_another_left),
        ARENA_TEST(ages_stay_joined),
        ARENA_TEST(nested_periods_are_subtracted),
        ARENA_TEST(what_is_left_of_a_year_is_audited),
        ARENA_TEST(the_release_before_is_subtracted),
        ARENA_TEST(releases_are_averaged),
        ARENA_TEST(two_releases_are_linked_by_a_margin),
        ARENA_TEST(ages_are_cut_again),
        ARENA_TEST(units_are_bounded_as_every_true_table_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
