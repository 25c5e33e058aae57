// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_theory_test.c: gaps of a theory, circles and rows against slow second implementations.

#include <string.h>

#include "logframe/logframe_test_help.h"

// Steps over links by the records themselves, at most so many.
static bool slow_leads(const struct random_theory *x, const char *from, const char *to, int steps)
{
    for (size_t i = 0; steps > 0 && i < x->n_links; i++) {
        if (text_is(x->links[i], "cause_id", from) &&
            (text_is(x->links[i], "effect_id", to) ||
             slow_leads(x, record_text(x->links[i], "effect_id"), to, steps - 1))) {
            return true;
        }
    }
    return false;
}

static const char *level_of(const struct random_theory *x, const char *id)
{
    for (size_t i = 0; i < x->n_results; i++) {
        if (strcmp(x->results[i]->id, id) == 0) {
            return record_text(x->results[i], "level");
        }
    }
    return "";
}

// The same question put to the records as they were written down.
static bool slow_result_gap(const struct random_theory *x, enum theory_gap_kind kind,
                            const char *id)
{
    size_t out = 0, in = 0, shown = 0;
    const char *level = level_of(x, id);
    for (size_t i = 0; i < x->n_links; i++) {
        out += text_is(x->links[i], "cause_id", id);
        in += text_is(x->links[i], "effect_id", id);
    }
    for (size_t i = 0; i < x->n_indicators; i++) {
        shown += text_is(x->indicators[i], "result_id", id) &&
                 text_is(x->indicators[i], "state", "active");
    }
    return kind == GAP_NOWHERE    ? strcmp(level, "output") == 0 && out == 0
           : kind == GAP_NO_CAUSE ? strcmp(level, "outcome") == 0 && in == 0
           : kind == GAP_NO_INDICATOR
               ? strcmp(level, "outcome") == 0 && shown == 0
               : slow_leads(x, id, id, (int)x->n_results);
}

static bool slow_link_gap(const struct random_theory *x, enum theory_gap_kind kind,
                          const struct record *k)
{
    const char *cause = level_of(x, record_text(k, "cause_id"));
    const char *effect = level_of(x, record_text(k, "effect_id"));
    bool assumes = !text_is(k, "assumption", "");
    bool rated = text_is(k, "strength", "strong") || text_is(k, "strength", "some") ||
                 text_is(k, "strength", "weak");
    bool down = (strcmp(cause, "goal") == 0 && strcmp(effect, "goal") != 0) ||
                (strcmp(cause, "outcome") == 0 && strcmp(effect, "output") == 0);
    return kind == GAP_DOWN            ? down
           : kind == GAP_NO_ASSUMPTION ? !assumes
                                       : assumes && (!rated || text_is(k, "evidence", ""));
}

static bool gap_is_listed(const struct theory *t, const struct theory_gap *gaps, size_t n,
                          enum theory_gap_kind kind, const struct record *r)
{
    for (size_t i = 0; i < n; i++) {
        const struct record *about = theory_gap_is_of_link(gaps[i].kind)
                                         ? t->links[gaps[i].at].record
                                         : t->results[gaps[i].at].record;
        if (gaps[i].kind == kind && about == r) {
            return true;
        }
    }
    return false;
}

static void gaps_are_those_of_a_slow_look(void **state)
{
    (void)state;
    size_t seen[GAP_KINDS] = {0};
    for (seed = 1; seed < 400; seed += 1) {
        unsigned kept = seed;
        struct random_theory x;
        struct theory_gap *gaps;
        size_t n, expected = 0;
        make_random(&x);
        theory_gaps(arena, &x.made, &gaps, &n);
        for (enum theory_gap_kind kind = 0; kind < GAP_KINDS; kind++) {
            bool of_link = theory_gap_is_of_link(kind);
            for (size_t i = 0; i < (of_link ? x.n_links : x.n_results); i++) {
                const struct record *r = of_link ? x.links[i] : x.results[i];
                bool slow = of_link ? slow_link_gap(&x, kind, r) : slow_result_gap(&x, kind, r->id);
                assert_int_equal(slow, gap_is_listed(&x.made, gaps, n, kind, r));
                expected += slow;
                seen[kind] += slow;
            }
        }
        assert_int_equal(n, expected);
        seed = kept;
    }
    for (size_t kind = 0; kind < GAP_KINDS; kind++) {
        assert_true(seen[kind] > 20); // each is met, or the test says nothing
    }
}

// ---- rows ---------------------------------------------------------------------------------------

static void a_row_holds_four_and_levels_lie_above_each_other(void **state)
{
    (void)state;
    for (seed = 1; seed < 400; seed++) {
        unsigned kept = seed;
        struct random_theory x;
        size_t rows[MOST_RESULTS], n_rows, in_row[MOST_RESULTS] = {0};
        make_random(&x);
        const struct theory *t = &x.made;
        theory_rows(arena, t, rows, &n_rows);
        for (size_t i = 0; i < t->n_results; i++) {
            assert_true(rows[i] < n_rows);
            in_row[rows[i]]++;
            for (size_t k = 0; k < t->n_results; k++) {
                assert_true(t->results[i].level >= t->results[k].level || rows[i] > rows[k]);
            }
        }
        for (size_t row = 0; row < n_rows; row++) {
            assert_in_range(in_row[row], 1, THEORY_ROW_MOST);
        }
        for (size_t i = 0; i < t->n_links; i++) {
            const struct theory_link *k = &t->links[i];
            bool circle = theory_leads(arena, t->links, t->n_links, t->n_results, k->effect,
                                       k->cause);
            bool same = t->results[k->cause].level == t->results[k->effect].level;
            assert_true(circle || !same || rows[k->effect] > rows[k->cause]);
        }
        seed = kept;
    }
}

static void seven_of_a_level_stand_in_rows_of_four_and_three(void **state)
{
    (void)state;
    struct record *results[7];
    struct theory t;
    size_t rows[7], n_rows;
    for (size_t i = 0; i < 7; i++) {
        results[i] = result(arena_printf(arena, "O%zu", i + 1), "outcome", "");
    }
    theory_make(arena, programme(), theory(), results, 7, NULL, 0, NULL, 0, &t);
    theory_rows(arena, &t, rows, &n_rows);
    assert_int_equal(n_rows, 2);
    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(rows[i], i < 4 ? 1 : 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(gaps_are_those_of_a_slow_look, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_row_holds_four_and_levels_lie_above_each_other, set_up, tear_down),
        cmocka_unit_test_setup_teardown(seven_of_a_level_stand_in_rows_of_four_and_three, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
