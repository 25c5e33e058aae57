// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_examples_test.c: the worked examples of docs/indicators.md.

#include "result/result_test_help.h"

static struct result_entry share(const char *id, const char *from, const char *to, int part, int whole)
{
    return (struct result_entry){.id = id, .place = "", .from = from, .to = to, .state = STATE_APPROVED,
                                 .has_fraction = true, .part = part * ONE, .whole = whole * ONE};
}

static void examples_of_the_docs(void **state)
{
    (void)state;
    struct result_entry tests[] = {share("a", "2025-01-01", "2025-06-30", 29, 40),
                                   share("b", "2025-07-01", "2025-12-31", 38, 55)};
    assert_int_equal(result_figure_of(UNIT_PERCENTAGE, &tests[0]).scaled, 72500000);
    assert_int_equal(result_figure_of(UNIT_PROPORTION, &tests[0]).scaled, 725000);
    struct result_rule rule = {.unit = UNIT_PERCENTAGE, .over = OVER_CUMULATIVE};
    struct result_total t = total_of(&rule, tests, 2);
    assert_int_equal(t.figure.scaled, 70526316); // 67 of 95; the average would be 70.795455
    rule.over = OVER_PER_PERIOD;
    assert_int_equal(total_of(&rule, tests, 2).figure.scaled, 69090909);

    struct result_target target = {.id = "t", .due_on = "2026-12-31", .value = 200 * ONE};
    struct result_question q = {.direction = BETTER_MORE,
                                .value = {.known = true, .scaled = 182 * ONE},
                                .cut_off = "2026-10-31",
                                .has_baseline = true,
                                .baseline = 0,
                                .baseline_on = "2025-01-01",
                                .target = &target,
                                .today = "2026-11-22"};
    struct result_progress p = result_progress_of(&q);
    assert_int_equal(p.standing, STANDING_BEHIND);
    assert_int_equal(p.percent, 91 * ONE);
    assert_int_equal(p.expected, 183264746); // 200 x 668 / 729
    q.value.scaled = 184 * ONE;
    assert_int_equal(result_progress_of(&q).standing, STANDING_ON_THE_WAY);
    q.value.scaled = 200 * ONE;
    assert_int_equal(result_progress_of(&q).standing, STANDING_REACHED);
}

static struct result_entry count(const char *id, const char *place, const char *from, const char *to, int n)
{
    return (struct result_entry){.id = id, .place = place, .from = from, .to = to,
                                 .state = STATE_APPROVED, .has_value = true, .value = n * ONE};
}

static void examples_over_places_and_people(void **state)
{
    (void)state;
    struct result_entry e[] = {count("a", "KE", "2025-01-01", "2025-06-30", 40),
                               count("b", "NA", "2025-01-01", "2025-06-30", 25),
                               count("c", "KE", "2025-07-01", "2025-12-31", 30)};
    struct result_rule rule = {.unit = UNIT_COUNT, .over = OVER_CUMULATIVE};
    struct result_total t = total_of(&rule, e, 3);
    assert_int_equal(t.figure.scaled, 95 * ONE);
    assert_int_equal(t.n_places, 2);
    assert_false(t.has_least);
    rule.over = OVER_LATEST;
    assert_int_equal(total_of(&rule, e, 3).figure.scaled, 55 * ONE); // Kenya's newest and Namibia's
    rule.over = OVER_PER_PERIOD;
    assert_int_equal(total_of(&rule, e, 3).figure.scaled, 30 * ONE);
    rule.over = OVER_CUMULATIVE;
    rule.repeats = REPEAT_PERIOD;
    t = total_of(&rule, e, 3);
    assert_int_equal(t.least, 65 * ONE); // 40 of Kenya, 25 of Namibia
    assert_int_equal(result_judged(&t, BETTER_MORE).scaled, 65 * ONE);
    assert_int_equal(result_judged(&t, BETTER_LESS).scaled, 95 * ONE);
    rule.repeats = REPEAT_PLACE;
    assert_int_equal(total_of(&rule, e, 3).least, 70 * ONE); // 40 of the first half, 30 of the second
    rule.repeats = REPEAT_PLACE | REPEAT_PERIOD;
    assert_int_equal(total_of(&rule, e, 3).least, 40 * ONE);

    // a value of the whole programme stands for those of the countries in its period
    struct result_entry w[] = {count("a", "KE", "2025-01-01", "2025-06-30", 40),
                               count("b", "NA", "2025-01-01", "2025-06-30", 25),
                               count("c", "", "2025-01-01", "2025-12-31", 90)};
    rule.repeats = 0;
    assert_int_equal(total_of(&rule, w, 3).figure.scaled, 90 * ONE);

    struct result_entry states[3];
    static const enum result_answer answers[] = {ANSWER_YES, ANSWER_NO, ANSWER_PART};
    static const char *const places[] = {"KE", "NA", "UG"};
    for (int i = 0; i < 3; i++) {
        states[i] = (struct result_entry){.id = "a", .place = places[i], .from = "2025-01-01",
                                          .to = "2025-12-31", .state = STATE_ENTERED, .answer = answers[i]};
    }
    rule = (struct result_rule){.unit = UNIT_YES_NO, .over = OVER_LATEST};
    t = total_of(&rule, states, 3);
    assert_true(t.by_answer && t.n_yes == 1 && t.n_part == 1 && t.n_no == 1 && t.n_places == 3);
    assert_int_equal(t.figure.scaled, ONE);

    struct result_entry scores[] = {count("a", "KE", "2025-01-01", "2025-06-30", 3),
                                    count("b", "NA", "2025-01-01", "2025-06-30", 5)};
    rule = (struct result_rule){.unit = UNIT_SCORE, .over = OVER_LATEST};
    t = total_of(&rule, scores, 2);
    assert_true(t.apart && !t.figure.known);

    struct result_entry shares[] = {share("a", "2025-01-01", "2025-06-30", 29, 40),
                                    share("b", "2025-07-01", "2025-12-31", 38, 55)};
    rule = (struct result_rule){.unit = UNIT_PERCENTAGE, .over = OVER_CUMULATIVE, .repeats = REPEAT_PERIOD};
    t = total_of(&rule, shares, 2);
    assert_true(t.same_people && !t.figure.known);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples_of_the_docs),
        cmocka_unit_test(examples_over_places_and_people),
    };
    return cmocka_run_group_tests_name("examples", tests, NULL, NULL);
}
