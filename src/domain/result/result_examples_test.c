// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_examples_test.c: the worked examples of docs/indicators.md.

#include "base/bug.h"
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
    const struct result_entry one_for_forty = share("c", "2025-01-01", "2025-06-30", 1, 40);
    assert_int_equal(result_figure_of(UNIT_RATIO, &one_for_forty).scaled, 25000);
    assert_int_equal(result_figure_of(UNIT_YES_NO, &(struct result_entry){.answer = ANSWER_PART}).scaled, ONE / 2);
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

static void examples_of_targets_and_of_less_is_better(void **state)
{
    (void)state;
    const struct result_target targets[] = {
        {.id = "1", .due_on = "2025-06-30", .value = 60 * ONE},
        {.id = "2", .due_on = "2026-12-31", .value = 160 * ONE, .replaced = true},
        {.id = "3", .due_on = "2026-12-31", .value = 200 * ONE}};
    static const struct { const char *today; size_t counts; } days[] = {
        {"2025-03-01", 0}, {"2025-06-30", 0}, {"2025-07-01", 2}, {"2026-12-31", 2}, {"2027-03-01", 2}};
    for (size_t i = 0; i < COUNT_OF(days); i++) {
        assert_int_equal(result_target_at(targets, 3, days[i].today), days[i].counts);
    }

    const struct result_target in_time = {.id = "t", .due_on = "2026-12-31", .value = 20 * ONE};
    struct result_question q = {.direction = BETTER_LESS, .value = {.known = true, .scaled = 40 * ONE},
                                .cut_off = "2026-10-31", .has_baseline = true, .baseline = 60 * ONE,
                                .baseline_on = "2025-01-01", .target = &in_time, .today = "2026-11-22"};
    static const struct { int days; enum result_standing standing; int percent; } values[] = {
        {40, STANDING_BEHIND, 50}, {24, STANDING_BEHIND, 90}, {70, STANDING_BEHIND, -25}, {20, STANDING_REACHED, 100}};
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        q.value.scaled = values[i].days * ONE;
        const struct result_progress p = result_progress_of(&q);
        assert_int_equal(p.standing, values[i].standing);
        assert_int_equal(p.percent, values[i].percent * ONE);
        assert_int_equal(p.expected, 23347051); // 60 - 40 x 668 / 729
    }
    q.value.scaled = 23 * ONE;
    assert_int_equal(result_progress_of(&q).standing, STANDING_ON_THE_WAY);
    q.has_baseline = false; // then there is no way of which it could be a part
    assert_false(result_progress_of(&q).has_percent);
    q.has_baseline = true;
    q.baseline = 10 * ONE; // worse than that is no aim
    assert_false(result_progress_of(&q).has_percent);
    q.direction = BETTER_NEITHER;
    assert_false(result_progress_of(&q).has_percent);
    assert_int_equal(result_progress_of(&q).standing, STANDING_NOT_JUDGED);
}

static struct result_entry count(const char *id, const char *place, const char *from, const char *to, int n)
{
    return (struct result_entry){.id = id, .place = place, .from = from, .to = to,
                                 .state = STATE_APPROVED, .has_value = true, .value = n * ONE};
}

static void examples_over_periods(void **state)
{
    (void)state;
    struct result_entry e[] = {count("a", "", "2025-01-01", "2025-03-31", 44), count("b", "", "2025-04-01", "2025-06-30", 61),
                               count("c", "", "2025-07-01", "2025-09-30", 54)};
    struct result_rule rule = {.unit = UNIT_COUNT, .over = OVER_CUMULATIVE};
    assert_int_equal(total_of(&rule, e, 3).figure.scaled, 159 * ONE);
    e[2].state = STATE_ENTERED;
    assert_int_equal(total_of(&rule, e, 3).state, STATE_ENTERED);
    e[1].state = STATE_RETURNED;
    assert_int_equal(total_of(&rule, e, 3).figure.scaled, 98 * ONE);

    struct result_entry days[] = {count("a", "", "2025-01-01", "2025-06-30", 12), count("b", "", "2025-07-01", "2025-12-31", 9)};
    rule = (struct result_rule){.unit = UNIT_DURATION, .over = OVER_LATEST};
    assert_int_equal(total_of(&rule, days, 2).figure.scaled, 9 * ONE);
    rule.over = OVER_CUMULATIVE;
    assert_int_equal(total_of(&rule, days, 2).figure.scaled, 21 * ONE);
    struct result_entry scores[] = {count("a", "", "2025-01-01", "2025-06-30", 3), count("b", "", "2025-07-01", "2025-12-31", 5)};
    rule.unit = UNIT_SCORE;
    assert_int_equal(total_of(&rule, scores, 2).figure.scaled, 5 * ONE);
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
                               count("d", "", "2025-01-01", "2025-12-31", 90),
                               count("c", "KE", "2025-07-01", "2025-12-31", 30)};
    rule.repeats = 0;
    for (int over = OVER_CUMULATIVE; over <= OVER_LATEST; over++) {
        rule.over = (enum result_accumulation)over;
        assert_int_equal(total_of(&rule, w, 4).figure.scaled, 90 * ONE);
    }
    rule.over = OVER_CUMULATIVE;

    // 60 for the whole of 2024, Kenya 30 in 2025
    struct result_entry y[] = {count("a", "", "2024-01-01", "2024-12-31", 60), count("b", "KE", "2025-01-01", "2025-12-31", 30)};
    rule.repeats = REPEAT_PERIOD;
    t = total_of(&rule, y, 2);
    assert_true(t.has_least && t.least == 60 * ONE && t.figure.scaled == 90 * ONE);

    // Kenya 40 in a half, Namibia 25 and 20 in its quarters
    struct result_entry q[] = {count("b", "NA", "2025-01-01", "2025-03-31", 25), count("a", "KE", "2025-01-01", "2025-06-30", 40),
                               count("c", "NA", "2025-04-01", "2025-06-30", 20)};
    rule.repeats = REPEAT_PLACE;
    t = total_of(&rule, q, 3);
    assert_true(t.has_least && t.least == 45 * ONE && t.figure.scaled == 85 * ONE);

    struct result_entry days[] = {count("a", "KE", "2025-01-01", "2025-06-30", 12), count("b", "NA", "2025-01-01", "2025-06-30", 20)};
    rule = (struct result_rule){.unit = UNIT_DURATION, .over = OVER_CUMULATIVE};
    assert_int_equal(total_of(&rule, days, 2).figure.scaled, 32 * ONE);
    rule.over = OVER_LATEST;
    t = total_of(&rule, days, 2);
    assert_true(t.apart && !t.figure.known);

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

static struct result_total known(int64_t value)
{
    return (struct result_total){.figure = {.known = true, .scaled = value * ONE}};
}

static void examples_over_programmes(void **state)
{
    (void)state;
    const struct result_total totals[] = {known(61), known(40), known(500)};
    const struct result_rule sum = {.unit = UNIT_COUNT, .over = OVER_CUMULATIVE}, latest = {.unit = UNIT_COUNT, .over = OVER_LATEST};
    struct result_member members[] = {{sum, &totals[0]}, {sum, &totals[1]}, {latest, &totals[2]}};
    enum result_why_not why[3];
    struct result_together t = result_together_of(UNIT_COUNT, OVER_CUMULATIVE, REPEAT_PROGRAMME, members, 3, why);
    assert_true(t.figure.known && !t.has_least && t.n_in == 2 && why[2] == TOGETHER_OTHER_RULE);
    assert_int_equal(t.figure.scaled, 101 * ONE);
    members[1].rule.repeats = REPEAT_PROGRAMME;
    t = result_together_of(UNIT_COUNT, OVER_CUMULATIVE, REPEAT_PROGRAMME, members, 3, why);
    assert_true(t.has_least && t.least == 61 * ONE && t.figure.scaled == 101 * ONE);

    const struct result_total shares[] = {
        {.figure = {.known = true, .is_fraction = true, .part = 29 * ONE, .whole = 40 * ONE}},
        {.figure = {.known = true, .is_fraction = true, .part = 38 * ONE, .whole = 55 * ONE}}};
    struct result_member of_shares[] = {{{.unit = UNIT_PERCENTAGE}, &shares[0]}, {{.unit = UNIT_PERCENTAGE}, &shares[1]}};
    t = result_together_of(UNIT_PERCENTAGE, OVER_CUMULATIVE, REPEAT_PROGRAMME, of_shares, 2, why);
    assert_int_equal(t.figure.scaled, 70526316);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples_of_the_docs),
        cmocka_unit_test(examples_of_targets_and_of_less_is_better),
        cmocka_unit_test(examples_over_periods),
        cmocka_unit_test(examples_over_places_and_people),
        cmocka_unit_test(examples_over_programmes),
    };
    return cmocka_run_group_tests_name("examples", tests, NULL, NULL);
}
