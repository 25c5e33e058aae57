// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_together_test.c: totals of programmes put together, against a slow and obvious second implementation over
// random cases.

#include "base/bug.h"
#include "result/result_test_help.h"

// Adds up member by member; who may be the same person everywhere is in the largest least number.
static void programmes_together_agree_with_the_slow_way(void **state)
{
    (void)state;
    static const enum result_unit units[] = {UNIT_COUNT, UNIT_COUNT, UNIT_PERCENTAGE, UNIT_RATIO, UNIT_YES_NO, UNIT_DURATION};
    int bounded = 0, refused = 0;
    for (int i = 0; i < CASES; i++) {
        struct result_total totals[4];
        struct result_member members[4];
        enum result_why_not why[4], wanted[4];
        size_t n = (size_t)pick(5), in = 0;
        enum result_unit unit = units[pick(COUNT_OF(units))];
        bool share = unit == UNIT_PERCENTAGE || unit == UNIT_RATIO;
        enum result_accumulation over = (enum result_accumulation)pick(3);
        enum result_repeat again = pick(2) == 0 ? REPEAT_PROGRAMME : REPEAT_RESULT;
        int64_t most = 0, least = 0, largest = 0, part = 0, whole = 0;
        bool same = false;
        for (size_t k = 0; k < n; k++) {
            totals[k] = (struct result_total){.figure = {.known = pick(4) > 0, .scaled = (5 + pick(20)) * ONE}};
            totals[k].has_least = pick(3) == 0;
            totals[k].least = totals[k].figure.scaled - pick(4) * ONE;
            totals[k].has_least = totals[k].has_least && totals[k].least != totals[k].figure.scaled;
            if (share) {
                totals[k].has_least = false;
                totals[k].figure.is_fraction = pick(5) > 0;
                totals[k].figure.part = pick(20) * ONE;
                totals[k].figure.whole = (20 + pick(20)) * ONE;
            }
            members[k] = (struct result_member){
                .rule = {.unit = pick(5) == 0 ? UNIT_SCORE : unit,
                         .over = pick(5) == 0 ? OVER_LATEST : over,
                         .repeats = (pick(4) == 0 ? REPEAT_PROGRAMME : 0) | (pick(4) == 0 ? REPEAT_RESULT : 0) |
                                    (pick(4) == 0 ? REPEAT_PERIOD | REPEAT_PLACE : 0)},
                .total = &totals[k]};
            bool added = unit == UNIT_COUNT || (share && totals[k].figure.is_fraction);
            wanted[k] = members[k].rule.unit != unit   ? TOGETHER_OTHER_UNIT
                        : members[k].rule.over != over ? TOGETHER_OTHER_RULE
                        : !totals[k].figure.known      ? TOGETHER_NO_VALUE
                        : !added                       ? TOGETHER_NOT_ADDED
                                                       : TOGETHER_IN;
            bool fits = wanted[k] == TOGETHER_IN;
            int64_t low = totals[k].has_least ? totals[k].least : totals[k].figure.scaled;
            if (fits) {
                in++;
                most += totals[k].figure.scaled;
                least += low;
                largest = low > largest ? low : largest;
                part += totals[k].figure.part;
                whole += totals[k].figure.whole;
                same = same || (members[k].rule.repeats & again) != 0;
            }
        }
        struct result_together t = result_together_of(unit, over, again, members, n, why);
        assert_int_equal(t.n_in, in);
        for (size_t k = 0; k < n; k++) {
            assert_int_equal(why[k], wanted[k]);
        }
        bool refuse = share && same && in > 1;
        assert_int_equal(t.figure.known, in > 0 && !refuse);
        assert_int_equal(t.same_people, refuse);
        if (t.figure.known && share) {
            assert_int_equal(t.figure.scaled, slow_divide(part, unit == UNIT_PERCENTAGE ? 100 * ONE : ONE, whole));
        } else if (t.figure.known) {
            least = same && in > 1 ? largest : least;
            assert_int_equal(t.figure.scaled, most);
            assert_int_equal(t.has_least, least != most);
            assert_int_equal(t.least, least);
            bounded += t.has_least;
        }
        refused += refuse;
    }
    assert_true(bounded > 20 && refused > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(programmes_together_agree_with_the_slow_way),
    };
    return cmocka_run_group_tests_name("together", tests, NULL, NULL);
}
