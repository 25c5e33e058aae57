// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_lines_test.c: an indicator and its values read from records, what is worked out of them, and the parts of a total;
// the parts against a slow and obvious second implementation over random cases.

#include "base/arena_test_help.h"
#include "base/bug.h"
#include "result/result.h"
#include "result/result_lines.h"
#include "result/result_test_help.h"
#include "result/result_words.h"

static struct result_line line_of(const char *unit, const char *direction, const char *over, const char *repeats)
{
    struct record *k = record_new(arena, &entity_indicator);
    struct result_line line;
    record_set_text(k, "unit", unit);
    record_set_text(k, "direction", direction);
    record_set_text(k, "accumulation", over);
    record_set_text(k, "repeats", repeats);
    record_set_text(k, "baseline", "0");
    record_set_text(k, "baseline_on", "2025-01-01");
    result_line_begin(arena, k, &line);
    return line;
}

static void an_indicator_is_read_as_it_says(void **state)
{
    (void)state;
    static const char *const units[] = {"count", "yes_no", "percentage", "proportion", "ratio", "duration", "score", "text"};
    static const char *const directions[] = {"more", "less", "neither"}, *const overs[] = {"cumulative", "per_period", "latest"};
    static const struct { const char *codes; unsigned bits; } repeats[] = {
        {"", 0}, {" period ", REPEAT_PERIOD}, {" place ", REPEAT_PLACE}, {" programme ", REPEAT_PROGRAMME},
        {" result ", REPEAT_RESULT}, {" period place ", REPEAT_PERIOD | REPEAT_PLACE}};
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        assert_int_equal(line_of(units[i], "more", "latest", "").rule.unit, i);
    }
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(line_of("count", directions[i], "latest", "").direction, i);
        assert_int_equal(line_of("count", "more", overs[i], "").rule.over, i);
    }
    for (size_t i = 0; i < COUNT_OF(repeats); i++) {
        assert_int_equal(line_of("count", "more", "latest", repeats[i].codes).rule.repeats, repeats[i].bits);
    }
}

static void a_value_is_read_as_it_says(void **state)
{
    (void)state;
    static const struct { const char *code; enum result_state state; } states[] = {
        {"entered", STATE_ENTERED}, {"verified", STATE_VERIFIED}, {"approved", STATE_APPROVED}, {"locked", STATE_LOCKED},
        {"returned", STATE_RETURNED}, {NULL, STATE_ENTERED}};
    static const struct { const char *code; enum result_answer answer; } answers[] = {
        {"yes", ANSWER_YES}, {"part", ANSWER_PART}, {"no", ANSWER_NO}, {NULL, ANSWER_NONE}};
    for (size_t i = 0; i < COUNT_OF(states); i++) {
        const struct result_entry_text t = {.state = states[i].code};
        assert_int_equal(result_entry_of_text(&t).state, states[i].state);
    }
    for (size_t i = 0; i < COUNT_OF(answers); i++) {
        const struct result_entry_text t = {.answer = answers[i].code};
        assert_int_equal(result_entry_of_text(&t).answer, answers[i].answer);
    }
    const struct result_entry share = result_entry_of_text(&(struct result_entry_text){.numerator = "29", .denominator = "40"});
    assert_true(share.has_fraction && !share.has_value && share.part == 29 * ONE && share.whole == 40 * ONE);
    assert_false(result_entry_of_text(&(struct result_entry_text){.numerator = "0", .denominator = "0"}).has_fraction);
    const struct result_entry zero = result_entry_of_text(&(struct result_entry_text){.value = "0"});
    assert_true(zero.has_value && zero.value == 0); // 0 was counted
    assert_false(result_entry_of_text(&(struct result_entry_text){.value = ""}).has_value); // nobody counted
}

static struct result_entry half(const char *id, const char *place, int which, int64_t value)
{
    return (struct result_entry){.id = id, .place = place, .from = which == 1 ? "2025-01-01" : "2025-07-01",
                                 .to = which == 1 ? "2025-06-30" : "2025-12-31", .state = STATE_APPROVED,
                                 .has_value = true, .value = value};
}

static void put_entries(struct result_line *line, const struct result_entry *entries, size_t n, struct result_target *target)
{
    line->entries = ARENA_ARRAY(arena, struct result_entry, n + 1);
    line->values = ARENA_ARRAY(arena, struct result_value, n + 1);
    for (size_t i = 0; i < n; i++) {
        line->entries[i] = entries[i];
        line->values[i].figure = result_figure_of(line->rule.unit, &entries[i]);
    }
    line->n_values = n;
    line->targets = target;
    line->n_targets = target != NULL;
}

// Kenya 40 and Namibia 25 in the first half, Kenya 30 in the second, again in another period: 65 to 95; the target is 80.
static void it_is_judged_by_the_less_good_end_on_its_last_day(void **state)
{
    (void)state;
    const struct result_entry e[] = {half("a", "KE", 1, 40 * ONE), half("b", "NA", 1, 25 * ONE), half("c", "KE", 2, 30 * ONE)};
    struct result_target target = {.id = "t", .due_on = "2026-12-31", .value = 80 * ONE};
    struct result_line line = line_of("count", "more", "cumulative", " period ");
    put_entries(&line, e, 3, &target);
    result_line_work_out(arena, &line, "2026-03-01");
    assert_int_equal(line.progress.standing, STANDING_ON_THE_WAY); // the 95 would have reached it
    assert_int_equal(line.progress.percent, 81250000);             // 65 / 80
    assert_int_equal(line.progress.expected, 39945130);            // 80 x 364 / 729: the last day of the values, not today
    bool used[3];
    assert_int_equal(result_total_until(&line, 0, used).figure.scaled, 40 * ONE);
    assert_int_equal(result_total_until(&line, 1, used).figure.scaled, 65 * ONE);
    assert_int_equal(result_total_until(&line, 2, used).figure.scaled, 95 * ONE);
    line = line_of("count", "less", "cumulative", " period ");
    put_entries(&line, e, 3, &target);
    result_line_work_out(arena, &line, "2027-03-01");
    assert_int_equal(line.progress.standing, STANDING_BEHIND); // by the 95: the 65 would have been few enough

    // a yes comes all at once
    struct result_target yes = {.id = "t", .due_on = "2026-12-31", .value = ONE};
    struct result_entry no = half("a", "", 1, 0);
    no.has_value = false;
    no.answer = ANSWER_NO;
    line = line_of("yes_no", "more", "latest", "");
    put_entries(&line, &no, 1, &yes);
    result_line_work_out(arena, &line, "2026-03-01");
    assert_int_equal(line.progress.standing, STANDING_NOT_JUDGED);
    result_line_work_out(arena, &line, "2027-03-01");
    assert_int_equal(line.progress.standing, STANDING_BEHIND);
}

// What stands under a total is the rule as it was applied to it.
static void the_rule_is_said_under_the_total(void **state)
{
    (void)state;
    struct result_entry e[] = {half("a", "KE", 1, 40 * ONE), half("b", "NA", 2, 25 * ONE)};
    static const struct { const char *unit, *over, *repeats; size_t n; const char *words, *total; } cases[] = {
        {"count", "cumulative", "", 2,
         "The values of all periods are added up. Returned values are left out. Countries are added up.", "65"},
        {"count", "cumulative", " period place ", 2,
         "The values of all periods are added up. Returned values are left out. Countries are added up. The same person may be "
         "in several values: the sum is the most it can be, the largest values are the least.", "at least 40, at most 65"},
        {"count", "per_period", "", 2,
         "Each period stands alone: this is the newest one. Periods are not added up. Countries are added up.", "25"},
        {"count", "latest", "", 2, "The newest value counts. Older ones are not added up. Countries are added up.", "65"},
        {"score", "cumulative", "", 2,
         "Values of this unit cannot be added up: the newest one counts. Countries are not added up.", "–"},
        {"percentage", "cumulative", "", 2,
         "The parts of all periods are added up and divided by the sum of the wholes. Never an average. Countries are added up "
         "through part and whole.", "70.5 %"},
        {"percentage", "cumulative", " period place ", 2,
         "The parts of all periods are added up and divided by the sum of the wholes. Never an average. Countries are added up "
         "through part and whole. The same person may be in several values: the sum is the most it can be, the largest values "
         "are the least.", "–"},
        {"yes_no", "latest", "", 2,
         "The newest value counts. Older ones are not added up. Of the countries with an answer, those that say yes are counted.",
         "1 of 2 countries say yes"},
        {"duration", "latest", "", 2, "The newest value counts. Older ones are not added up. Countries are not added up.", "–"},
        {"count", "cumulative", "", 0, "The values of all periods are added up. Returned values are left out.", "–"}};
    static const int parts[] = {29, 38}, wholes[] = {40, 55};
    static const enum result_answer answers[] = {ANSWER_YES, ANSWER_PART};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct result_line line = line_of(cases[i].unit, "more", cases[i].over, cases[i].repeats);
        for (int k = 0; k < 2; k++) {
            e[k].has_fraction = result_is_share(line.rule.unit);
            e[k].part = parts[k] * ONE;
            e[k].whole = wholes[k] * ONE;
            e[k].answer = line.rule.unit == UNIT_YES_NO ? answers[k] : ANSWER_NONE;
        }
        put_entries(&line, e, cases[i].n, NULL);
        result_line_work_out(arena, &line, "2026-03-01");
        assert_string_equal(result_rule_words(arena, &lang_en, &line.rule, &line.total), cases[i].words);
        assert_string_equal(result_total_words(arena, &lang_en, line.rule.unit, &line.total), cases[i].total);
        assert_int_equal(result_unknown_words(&lang_en, &line.total) == NULL, line.total.figure.known);
        assert_int_equal(result_most_words(&lang_en, &line.total) != NULL, line.total.has_least);
    }
    assert_string_equal(result_pair(arena, false, 58 * ONE, 7), "58");
    assert_string_equal(result_pair(arena, true, 38 * ONE, 55 * ONE), "38 / 55");
}

// ---- parts of a total -----------------------------------------------------------------------------------

static const char *const splits[] = {"sex=female", "sex=male", "nationality=NA", "sex=not_asked"};

static int64_t slow_sum(const struct result_line *line, const char *split, int side, bool *there)
{
    int64_t sum = 0;
    for (size_t i = 0; i < line->n_values; i++) {
        for (size_t k = 0; k < line->values[i].n_parts; k++) {
            const struct result_part *p = &line->values[i].parts[k];
            if (line->values[i].used && strcmp(p->split, split) == 0) {
                sum += side == 0 ? p->value : side == 1 ? p->part : p->whole;
                *there = true;
            }
        }
    }
    return sum;
}

static void parts_of_a_total_agree_with_the_slow_way(void **state)
{
    (void)state;
    for (int round = 0; round < CASES / 8; round++) {
        bool shares = pick(2) == 0;
        struct result_value values[4] = {{0}};
        struct result_part parts[4][4], *sums;
        struct result_line line = {.values = values, .n_values = (size_t)pick(5)};
        for (size_t i = 0; i < line.n_values; i++) {
            values[i] = (struct result_value){.parts = parts[i], .n_parts = (size_t)pick(5), .used = pick(3) > 0};
            for (size_t k = 0; k < values[i].n_parts; k++) {
                parts[i][k] = (struct result_part){.split = splits[k], .keys = k == 2 ? "nationality" : "sex",
                                                   .has_value = !shares, .value = shares ? 0 : pick(30) * ONE,
                                                   .has_fraction = shares, .part = shares ? pick(9) * ONE : 0,
                                                   .whole = shares ? (9 + pick(9)) * ONE : 0};
            }
        }
        size_t n, met = 0;
        assert_true(result_parts_of_total(arena, &line, "sex", &sums, &n));
        for (size_t k = 0; k < COUNT_OF(splits); k++) {
            size_t at = 0;
            bool there = false;
            int64_t wanted[3];
            for (int side = 0; side < 3; side++) {
                wanted[side] = slow_sum(&line, splits[k], side, &there);
            }
            while (at < n && strcmp(sums[at].split, splits[k]) != 0) {
                at++;
            }
            assert_int_equal(at < n, there && k != 2);
            if (at < n) {
                met++;
                assert_true(sums[at].has_value == !shares && sums[at].has_fraction == shares);
                assert_true(sums[at].value == wanted[0] && sums[at].part == wanted[1] && sums[at].whole == wanted[2]);
            }
        }
        assert_int_equal(met, n);
    }
}

// In the first half 18 women and 12 men, in the second 7 and 9, which are returned then.
static void the_example_of_parts(void **state)
{
    (void)state;
    const struct result_entry e[] = {half("a", "", 1, 30 * ONE), half("b", "", 2, 16 * ONE)};
    static const int numbers[2][2] = {{18, 12}, {7, 9}};
    struct result_part parts[2][2], *sums;
    struct result_line line = line_of("count", "more", "cumulative", "");
    size_t n;
    put_entries(&line, e, 2, NULL);
    for (int i = 0; i < 2; i++) {
        for (int k = 0; k < 2; k++) {
            parts[i][k] = (struct result_part){.split = splits[k], .keys = "sex", .has_value = true, .value = numbers[i][k] * ONE};
        }
        line.values[i].parts = parts[i];
        line.values[i].n_parts = 2;
    }
    result_line_work_out(arena, &line, "2026-03-01");
    assert_true(result_parts_of_total(arena, &line, "sex", &sums, &n));
    assert_true(n == 2 && sums[0].value == 25 * ONE && sums[1].value == 21 * ONE);
    line.entries[1].state = STATE_RETURNED;
    result_line_work_out(arena, &line, "2026-03-01");
    assert_true(result_parts_of_total(arena, &line, "sex", &sums, &n));
    assert_true(n == 2 && sums[0].value == 18 * ONE && sums[1].value == 12 * ONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(an_indicator_is_read_as_it_says),
        ARENA_TEST(a_value_is_read_as_it_says),
        ARENA_TEST(it_is_judged_by_the_less_good_end_on_its_last_day),
        ARENA_TEST(the_rule_is_said_under_the_total),
        ARENA_TEST(parts_of_a_total_agree_with_the_slow_way),
        ARENA_TEST(the_example_of_parts),
    };
    return cmocka_run_group_tests_name("lines", tests, NULL, NULL);
}
