// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_share_test.c: shares: counted from values against a walk over them, percentages against every true table
// that fits, and the attacks on part, rest and whole.

#include <stdlib.h>
#include <string.h>

#include "base/arena_test_help.h"
#include "base/decimal.h"
#include "release/release_count.h"
#include "release/release_limits.h"
#include "release/release_protect.h"
#include "release/release_share.h"
#include "release/release_test_help.h"

enum { BASE = 5 };

// Categories a1, a2, ... of one dimension, then part and rest.
static struct release_frame *shared_frame(int n)
{
    struct release_frame *f = frame_of(arena, (const int[]){n, 2, 0});
    f->of[1].name = RELEASE_SHARE;
    f->of[1].categories[0] = RELEASE_PART;
    f->of[1].categories[1] = RELEASE_REST;
    return f;
}

static struct release_entry entry_of(const struct release_cube *c, int base)
{
    static struct release_period one = {.from = "2025-01-01", .to = "2025-12-31", .closed = false, .drawn = "x"};
    return (struct release_entry){.name = "x", .table = shown(c, base), .period = -1, .periods = &one, .n_periods = 1};
}

// ---- percentages ------------------------------------------------------------------------------------------

// The example of docs/disclosure.md: 29 of 40 are published as 30 and 10.
static void the_example_of_the_documentation(void **state)
{
    (void)state;
    struct release_cube *c = release_cube_new(arena, shared_frame(1));
    c->counts[0] = 30;
    c->counts[1] = 10;
    release_cube_sum(c);
    const struct release_entry x = entry_of(c, BASE);
    const struct release_share s = release_share_at(&x, 2);
    assert_int_equal(s.whole, 40);
    assert_int_equal(s.percent, 75);
    assert_int_equal(s.low, 65);
    assert_int_equal(s.high, 85);
}

// A characteristic may be called as it likes, and a record may have been forged: only part and rest are a share.
static void what_is_only_called_so_is_no_share(void **state)
{
    (void)state;
    struct release_frame *f = shared_frame(2);
    assert_int_equal(release_share_of(f), 1);
    f->of[1].categories[0] = "whole";
    assert_int_equal(release_share_of(f), -1);
    f = frame_of(arena, (const int[]){3, 0});
    f->of[0].name = RELEASE_SHARE;
    assert_int_equal(release_share_of(f), -1);
}

static int down(int64_t part, int64_t whole)
{
    return (int)(100 * part / whole);
}

static int up(int64_t part, int64_t whole)
{
    int percent = down(part, whole);
    return percent + (100 * part > (int64_t)percent * whole);
}

// Every true part and rest that what is stated allows.
static void percentages_hold_for_every_table_that_fits(void **state)
{
    (void)state;
    size_t shown_here = 0;
    size_t left_out = 0;
    for (int base = 3; base <= 10; base += base == 3 ? 2 : 5) {
        for (int i = 0; i < 200; i++) {
            struct lot lot = {(uint64_t)(1000 * base + i)};
            struct release_cube *c = release_cube_new(arena, shared_frame(2));
            for (size_t cell = 0; cell < c->frame->n_cells; cell++) {
                c->counts[cell] = (int64_t)(lot_next(&lot) % 15) * base;
            }
            release_cube_sum(c);
            const struct release_entry x = entry_of(c, base);
            for (int a = 0; a <= 2; a++) {
                size_t whole = release_share_whole(c->frame, (size_t)a * c->frame->step[0]);
                const struct release_share s = release_share_at(&x, whole);
                int64_t off = a == 2 ? 2 * base : base - 1;
                int low = 100;
                int high = 0;
                for (int64_t p = s.part > off ? s.part - off : 0; p <= s.part + off; p++) {
                    for (int64_t r = s.rest > off ? s.rest - off : 0; r <= s.rest + off; r++) {
                        if (p + r > 0) {
                            low = down(p, p + r) < low ? down(p, p + r) : low;
                            high = up(p, p + r) > high ? up(p, p + r) : high;
                        }
                    }
                }
                assert_int_equal(s.low, low);
                assert_int_equal(s.high, high);
                assert_int_equal(s.whole, s.part + s.rest);
                bool say = s.whole >= release_limits()->percent_base && high - low <= release_limits()->percent_width;
                assert_int_equal(s.percent >= 0, say);
                assert_true(!say || (s.low <= s.percent && s.percent <= s.high));
                shown_here += say;
                left_out += !say;
            }
        }
    }
    assert_true(shown_here > 1000 && left_out > 50);
}

// Of two periods one is copied: its total is off by what both draws may be off by.
static void errors_of_copied_periods_add_up(void **state)
{
    (void)state;
    struct release_frame *f = shared_frame(2);
    f->of[0].name = RELEASE_PERIOD;
    struct release_cube *c = release_cube_new(arena, f);
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        c->counts[cell] = 100;
    }
    release_cube_sum(c);
    struct release_period periods[2] = {{.from = "2024-01-01", .to = "2024-12-31", .closed = true, .drawn = "before"},
                                        {.from = "2025-01-01", .to = "2025-12-31", .closed = false, .drawn = "x"}};
    struct release_entry x = entry_of(c, BASE);
    x.period = 0;
    x.periods = periods;
    x.n_periods = 2;
    const struct release_share both = release_share_at(&x, release_grand_total(f));
    assert_int_equal(both.low, down(180, 400)); // 200 less two times 10, of 400
    assert_int_equal(both.high, up(220, 400));
    const struct release_share one = release_share_at(&x, release_share_whole(f, 0));
    assert_int_equal(one.low, down(96, 200));
}

// ---- counting ---------------------------------------------------------------------------------------------

struct counting {
    struct result_value values[3];
    struct result_entry entries[3];
    struct result_part parts[3][2];
    struct split read[3][2];
    const struct split *splits[3][2]; // of these
    struct result_cut cuts[3][2];
};

static int below(struct lot *lot, int n)
{
    return (int)(lot_next(lot) % (uint32_t)n);
}

// Three values of a half-year each in three places, with parts by sex of some of their people.
static struct result_line values_of(struct counting *w, struct lot *lot)
{
    static const char *const sexes[] = {"sex=female", "sex=male"};
    static const char *const places[] = {"NA", "NE", "TD"};
    for (int v = 0; v < 3; v++) {
        struct result_entry *x = &w->entries[v];
        struct result_value *value = &w->values[v];
        *x = (struct result_entry){.id = "v", .place = places[v], .from = "2025-01-01", .to = "2025-06-30",
                                   .state = STATE_APPROVED, .has_fraction = true};
        *value = (struct result_value){.parts = w->parts[v], .splits = w->splits[v], .cuts = w->cuts[v],
                                       .n_parts = (size_t)below(lot, 3)};
        int64_t rest_part = below(lot, 10);
        x->part = rest_part * DECIMAL_ONE;
        x->whole = (rest_part + 1 + below(lot, 20)) * DECIMAL_ONE;
        for (size_t k = 0; k < value->n_parts; k++) {
            struct err_info e = {0};
            struct result_part *p = &w->parts[v][k];
            assert_int_equal(split_read(arena, sexes[k], &w->read[v][k], &e), ERR_NONE);
            w->splits[v][k] = &w->read[v][k];
            *p = (struct result_part){.split = sexes[k], .keys = "sex", .has_fraction = true,
                                      .part = below(lot, 30) * (int64_t)DECIMAL_ONE};
            p->whole = p->part + (1 + below(lot, 30)) * (int64_t)DECIMAL_ONE;
            x->part += p->part;
            x->whole += p->whole;
        }
        value->figure = result_figure_of(UNIT_PERCENTAGE, x);
        value->n_cuts = result_cuts_of(w->parts[v], value->n_parts, &value->figure, w->cuts[v]);
    }
    return (struct result_line){.rule = {.unit = UNIT_PERCENTAGE, .over = OVER_CUMULATIVE}, .values = w->values,
                                .entries = w->entries, .n_values = 3};
}

static int64_t count_at(const struct release_cube *c, const char *sex, const char *share)
{
    const struct release_frame *f = c->frame;
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        if (release_summed(f, cell) == 0 &&
            strcmp(f->of[0].categories[release_category(f, cell, 0)], sex) == 0 &&
            strcmp(f->of[1].categories[release_category(f, cell, 1)], share) == 0) {
            return c->counts[cell];
        }
    }
    fail();
    return 0;
}

static void counts_agree_with_the_slow_way(void **state)
{
    (void)state;
    struct lot lot = {7};
    for (int i = 0; i < 300; i++) {
        struct counting w;
        const struct result_line line = values_of(&w, &lot);
        const struct release_asked asked = {.by = "sex"};
        struct release_counted out;
        struct err_info e = {0};
        assert_int_equal(release_count(arena, &line, &asked, &out, &e), ERR_NONE);
        int64_t part[3] = {0}; // female, male, not known
        int64_t whole[3] = {0};
        for (int v = 0; v < 3; v++) {
            part[2] += w.entries[v].part / DECIMAL_ONE;
            whole[2] += w.entries[v].whole / DECIMAL_ONE;
            for (size_t k = 0; k < w.values[v].n_parts; k++) {
                part[k] += w.parts[v][k].part / DECIMAL_ONE;
                whole[k] += w.parts[v][k].whole / DECIMAL_ONE;
                part[2] -= w.parts[v][k].part / DECIMAL_ONE;
                whole[2] -= w.parts[v][k].whole / DECIMAL_ONE;
            }
        }
        static const char *const sexes[] = {"female", "male", RELEASE_NOT_KNOWN};
        for (int k = 0; k < 3; k++) {
            assert_int_equal(count_at(out.exact, sexes[k], RELEASE_PART), part[k]);
            assert_int_equal(count_at(out.exact, sexes[k], RELEASE_REST), whole[k] - part[k]);
        }
        assert_int_equal(count_at(out.exact, "other", RELEASE_REST), 0);
    }
}

static enum err count_changed(void (*change)(struct counting *w, struct result_line *line), const char *by)
{
    struct lot lot = {3};
    struct counting w;
    struct release_counted out;
    struct err_info e = {0};
    struct result_line line = values_of(&w, &lot);
    const struct release_asked asked = {.by = by};
    change(&w, &line);
    for (int v = 0; v < 3; v++) {
        w.values[v].figure = result_figure_of(line.rule.unit, &w.entries[v]);
        w.values[v].n_cuts = result_cuts_of(w.parts[v], w.values[v].n_parts, &w.values[v].figure, w.cuts[v]);
    }
    return release_count(arena, &line, &asked, &out, &e);
}

static void nothing(struct counting *w, struct result_line *line)
{
    (void)w;
    (void)line;
}

static void part_above_whole(struct counting *w, struct result_line *line)
{
    line->rule.unit = UNIT_RATIO;
    w->entries[0].part = 10 * w->entries[0].whole;
}

static void part_of_a_person(struct counting *w, struct result_line *line)
{
    (void)line;
    w->entries[0].part += DECIMAL_ONE / 2;
}

static void percentage_alone(struct counting *w, struct result_line *line)
{
    w->entries[0].has_fraction = false;
    w->entries[0].has_value = true;
    w->entries[0].value = 50 * DECIMAL_ONE;
    line->n_values = 1;
}

static void same_people(struct counting *w, struct result_line *line)
{
    (void)w;
    line->rule.repeats = REPEAT_PLACE;
}

static void an_average(struct counting *w, struct result_line *line)
{
    (void)w;
    line->rule.unit = UNIT_SCORE;
}

static void what_is_no_share_of_people_is_refused(void **state)
{
    (void)state;
    assert_int_equal(count_changed(nothing, "sex"), ERR_NONE);
    assert_int_equal(count_changed(nothing, ""), ERR_NONE); // part and rest alone
    assert_int_equal(count_changed(part_above_whole, "sex"), ERR_INPUT);
    assert_int_equal(count_changed(part_of_a_person, "sex"), ERR_INPUT);
    assert_int_equal(count_changed(percentage_alone, ""), ERR_INPUT);
    assert_int_equal(count_changed(same_people, "sex"), ERR_INPUT);
    assert_int_equal(count_changed(an_average, "sex"), ERR_INPUT);
    assert_int_equal(count_changed(nothing, "sex,age,nationality"), ERR_INPUT); // a share is one of three
}

// ---- attacks ----------------------------------------------------------------------------------------------

static enum release_verdict verdict_of(const struct release_table *tables, int n)
{
    struct release_audit out;
    struct err_info e = {0};
    const struct release_effort effort = {.base = BASE, .time_ms = 60000};
    enum err err = release_audit_tables(arena, tables, n, &effort, &out, &e);
    return err == ERR_NONE ? out.verdict : RELEASE_UNPROVED;
}

// Many have it or many have it not: the other side is small.
static struct release_cube *lopsided(int n, uint64_t seed)
{
    struct lot lot = {seed};
    struct release_cube *c = release_cube_new(arena, shared_frame(n));
    for (size_t cell = 0; cell < c->frame->n_cells; cell++) {
        bool large = (release_category(c->frame, cell, 0) + release_category(c->frame, cell, 1)) % 2 == 0;
        c->counts[cell] = large ? 20 + below(&lot, 60) : 1 + below(&lot, 4);
    }
    release_cube_sum(c);
    return c;
}

static int nearest(double x)
{
    return (int)(x + 0.5);
}

// A percentage with one place times its exact whole gives the part, and the whole less that the rest. A release gives
// the rounded ones again, whatever its percentages say.
static void a_percentage_is_turned_into_a_small_number(void **state)
{
    (void)state;
    size_t recovered = 0;
    for (int i = 0; i < 20; i++) {
        const struct release_cube *exact = lopsided(6, (uint64_t)i);
        const struct release_frame *f = exact->frame;
        const struct release_cube *c = release_round(arena, exact, BASE, (unsigned char[RELEASE_SEED_BYTES]){(unsigned char)i});
        const struct release_entry x = entry_of(c, BASE);
        for (int k = 0; k < f->of[0].n; k++) {
            size_t at = (size_t)k * f->step[0];
            int64_t part = exact->counts[at];
            int64_t rest = exact->counts[at + 1];
            double printed = nearest(1000.0 * (double)part / (double)(part + rest)) / 10.0;
            recovered += nearest(printed / 100 * (double)(part + rest)) == part;

            const struct release_share s = release_share_at(&x, at + 2);
            if (s.percent < 0) {
                continue;
            }
            int64_t found = (s.percent * s.whole + 50) / 100; // as near as the percentage says
            assert_int_equal((found + BASE / 2) / BASE * BASE, s.part);
            assert_int_equal(s.whole - s.part, s.rest);
            // neither side is known better than its own rounding says
            assert_true(s.part % BASE == 0 && s.rest % BASE == 0);
        }
        const struct release_table t = shown(c, BASE);
        assert_int_equal(verdict_of(&t, 1), RELEASE_PROTECTED);
    }
    assert_true(recovered == 20 * 6);
}

// The frame without the share, and who of it is in the table: everybody, or the part alone.
static struct release_table one_side(const struct release_cube *c, bool part, unsigned char n)
{
    struct release_frame *g = ARENA_MAKE(arena, struct release_frame);
    *g = (struct release_frame){.n = 1, .of = {c->frame->of[0]}};
    assert_true(release_frame_finish(g));
    struct release_cube *side = release_cube_new(arena, g);
    for (int k = 0; k < g->of[0].n; k++) {
        side->counts[k] = c->counts[(size_t)k * c->frame->step[0] + (part ? 0 : 2)];
    }
    release_cube_sum(side);
    return shown(release_round(arena, side, BASE, (unsigned char[RELEASE_SEED_BYTES]){n}), BASE);
}

// Part and whole rounded apart: sometimes the part is published above its whole, 30 of 25, and then it is 26 to 29.
// The audit finds it. Part and rest, drawn together, never contradict each other.
static void part_and_whole_are_drawn_apart(void **state)
{
    (void)state;
    size_t refused = 0;
    for (int i = 0; i < 20; i++) {
        const struct release_cube *exact = lopsided(6, (uint64_t)i);
        const struct release_table part = one_side(exact, true, (unsigned char)i);
        const struct release_table whole = one_side(exact, false, (unsigned char)(100 + i));
        struct release_frame *f = shared_frame(6);
        struct release_cube *c = release_cube_new(arena, f);
        unsigned char *seen = arena_alloc(arena, f->n_cells); // the rest is not shown
        for (int k = 0; k <= 6; k++) {
            c->counts[(size_t)k * f->step[0]] = part.counts[k];
            c->counts[(size_t)k * f->step[0] + 2] = whole.counts[k];
            seen[(size_t)k * f->step[0]] = seen[(size_t)k * f->step[0] + 2] = RELEASE_SHOWN;
        }
        const struct release_table apart = {.frame = f, .counts = c->counts, .seen = seen, .base = BASE};
        refused += verdict_of(&apart, 1) != RELEASE_PROTECTED;
    }
    assert_true(refused > 0);
}

// The percentage of everybody, and those of all groups but one: as counts they are sums of what is shown.
static void groups_are_taken_from_the_whole(void **state)
{
    (void)state;
    const struct release_cube *exact = lopsided(5, 4);
    const struct release_cube *c = release_round(arena, exact, BASE, seed);
    const struct release_entry x = entry_of(c, BASE);
    const struct release_share all = release_share_at(&x, release_grand_total(c->frame));
    int64_t part = all.part;
    int64_t rest = all.rest;
    for (int k = 1; k < 5; k++) {
        const struct release_share s = release_share_at(&x, release_share_whole(c->frame, (size_t)k * c->frame->step[0]));
        part -= s.part;
        rest -= s.rest;
    }
    assert_int_equal(part, c->counts[0]);
    assert_int_equal(rest, c->counts[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(the_example_of_the_documentation),
        ARENA_TEST(what_is_only_called_so_is_no_share),
        ARENA_TEST(percentages_hold_for_every_table_that_fits),
        ARENA_TEST(errors_of_copied_periods_add_up),
        ARENA_TEST(counts_agree_with_the_slow_way),
        ARENA_TEST(what_is_no_share_of_people_is_refused),
        ARENA_TEST(a_percentage_is_turned_into_a_small_number),
        ARENA_TEST(part_and_whole_are_drawn_apart),
        ARENA_TEST(groups_are_taken_from_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
