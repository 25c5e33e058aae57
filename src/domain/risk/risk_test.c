// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_test.c: the grid, the rule of mitigation, and the register against a slow count.

#include <stdlib.h>
#include <string.h>

#include "base/arena_test_help.h"
#include "base/date.h"
#include "risk/risk.h"
#include "risk/risk_register.h"

static const char *const levels[] = {"low", "medium", "high"};

static struct record *risk(const char *likelihood, const char *impact, const char *mitigation)
{
    struct record *r = record_new(arena, &entity_risk);
    r->id = "01m80n59swfpm4f7h1z2mx1pz9";
    record_set_text(r, "programme_id", "01m80n59snm0nga6hvwyv4ptm5");
    record_set_text(r, "statement", "Something");
    record_set_text(r, "state", "open");
    record_set_text(r, "likelihood", likelihood);
    record_set_text(r, "impact", impact);
    record_set_text(r, "mitigation", mitigation);
    return r;
}

static void every_pair_has_a_level_and_worse_never_lowers_it(void **state)
{
    (void)state;
    for (int l = 0; l < 3; l++) {
        for (int i = 0; i < 3; i++) {
            int rank = risk_rank(risk_level(levels[l], levels[i]));
            assert_true(rank >= 1 && rank <= 3);
            if (l > 0) {
                assert_true(rank >= risk_rank(risk_level(levels[l - 1], levels[i])));
            }
            if (i > 0) {
                assert_true(rank >= risk_rank(risk_level(levels[l], levels[i - 1])));
            }
        }
    }
    assert_string_equal(risk_level("low", ""), "");
    assert_string_equal(risk_level("huge", "low"), "");
}

static void only_low_and_low_may_go_without_a_mitigation(void **state)
{
    (void)state;
    struct err_info e;
    for (int l = 0; l < 3; l++) {
        for (int i = 0; i < 3; i++) {
            enum err expected = l == 0 && i == 0 ? ERR_NONE : ERR_INPUT;
            e.field[0] = '\0';
            assert_int_equal(record_check(risk(levels[l], levels[i], NULL), &e), expected);
            assert_string_equal(e.field, expected == ERR_NONE ? "" : "mitigation");
            assert_int_equal(record_check(risk(levels[l], levels[i], "A measure"), &e), ERR_NONE);
        }
    }
}

static void likelihood_and_impact_are_rated_together(void **state)
{
    (void)state;
    struct err_info e;
    assert_int_equal(record_check(risk("low", NULL, "x"), &e), ERR_INPUT);
    assert_string_equal(e.field, "impact");
    assert_int_equal(record_check(risk(NULL, "low", "x"), &e), ERR_INPUT);
    assert_string_equal(e.field, "likelihood");
    assert_int_equal(record_check(risk(NULL, NULL, NULL), &e), ERR_NONE);
}

// A generator of our own, so that a failure can be repeated.
static unsigned next_random(unsigned *seed, unsigned below)
{
    *seed = *seed * 1103515245u + 12345u;
    return (*seed >> 16) % below;
}

static void the_register_counts_like_a_slow_count(void **state)
{
    (void)state;
    static const char *const states[] = {"open", "happened", "closed"};
    static const char *const days[] = {"", "2026-11-01", "2026-11-22", "2027-01-01"};
    const char *today = "2026-11-22";
    unsigned seed = 7;
    for (int round = 0; round < 200; round++) {
        size_t n = next_random(&seed, 30);
        struct record **risks = ARENA_ARRAY(arena, struct record *, n + 1);
        for (size_t i = 0; i < n; i++) {
            bool rated = next_random(&seed, 4) > 0;
            risks[i] = risk(rated ? levels[next_random(&seed, 3)] : NULL,
                            rated ? levels[next_random(&seed, 3)] : NULL, "x");
            risks[i]->id = arena_printf(arena, "%026zu", i);
            record_set_text(risks[i], "state", states[next_random(&seed, 3)]);
            record_set_text(risks[i], "review_on", days[next_random(&seed, 4)]);
        }
        struct risk_register made;
        risk_register_make(arena, risks, n, today, &made);
        assert_int_equal(made.n, n);
        int late = 0;
        for (int l = 0; l < 3; l++) {
            for (int k = 0; k < 3; k++) {
                int count = 0;
                for (size_t i = 0; i < n; i++) {
                    count += strcmp(record_text(risks[i], "state"), "open") == 0 &&
                             strcmp(record_text(risks[i], "likelihood"), levels[l]) == 0 &&
                             strcmp(record_text(risks[i], "impact"), levels[k]) == 0;
                }
                assert_int_equal(made.open[l][k], count);
            }
        }
        for (size_t i = 0; i < n; i++) {
            late += strcmp(record_text(risks[i], "state"), "open") == 0 &&
                    strcmp(record_text(risks[i], "review_on"), "2026-11-01") == 0;
        }
        assert_int_equal(made.late, late);
        for (size_t i = 1; i < n; i++) { // worst first among the open ones
            const struct risk_line *a = &made.lines[i - 1];
            const struct risk_line *b = &made.lines[i];
            assert_false(a->is_open && b->is_open && risk_rank(a->level) < risk_rank(b->level));
        }
    }
}

static void a_late_review_says_how_many_days(void **state)
{
    (void)state;
    struct record *r = risk("low", "low", NULL);
    record_set_text(r, "review_on", "2026-11-01");
    struct risk_register made;
    risk_register_make(arena, &r, 1, "2026-11-22", &made);
    assert_int_equal(made.lines[0].days_late, 21);
    record_set_text(r, "state", "closed");
    risk_register_make(arena, &r, 1, "2026-11-22", &made);
    assert_int_equal(made.lines[0].days_late, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(every_pair_has_a_level_and_worse_never_lowers_it),
        ARENA_TEST(only_low_and_low_may_go_without_a_mitigation),
        ARENA_TEST(likelihood_and_impact_are_rated_together),
        ARENA_TEST(the_register_counts_like_a_slow_count),
        ARENA_TEST(a_late_review_says_how_many_days),
    };
    return cmocka_run_group_tests_name("risk", tests, NULL, NULL);
}
