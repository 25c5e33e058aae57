// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_parts_test.c: cuts, against a slow and obvious second implementation over random cases; splits.

#include "result/result_test_help.h"
#include "base/bug.h"
#include "result/result.h"
#include "result/result_lines.h"

// In the order of the number of their characteristics, which is not that of their length; "age" is as long as "sex".
static const char *const keys[] = {"sex", "age", "nationality sex", "age crime sex"};
enum { CUTS = sizeof keys / sizeof keys[0] };

// Each cut by itself, cell by cell.
static void cuts_agree_with_the_slow_way(void **state)
{
    (void)state;
    for (int i = 0; i < CASES / 4; i++) {
        struct result_part parts[12];
        struct result_cut cuts[12];
        size_t n = (size_t)pick(13);
        bool shares = pick(3) == 0;
        int64_t sums[CUTS][3] = {{0}};
        size_t cells[CUTS] = {0};
        for (size_t k = 0; k < n; k++) {
            int cut = pick(CUTS);
            parts[k] = (struct result_part){.keys = keys[cut], .has_value = pick(5) > 0 && !shares,
                                            .value = pick(90) * ONE / 2,
                                            .has_fraction = pick(5) > 0 && shares, .part = pick(20) * ONE,
                                            .whole = (20 + pick(20)) * ONE};
            sums[cut][0] += parts[k].has_value ? parts[k].value : 0;
            sums[cut][1] += parts[k].has_fraction ? parts[k].part : 0;
            sums[cut][2] += parts[k].has_fraction ? parts[k].whole : 0;
            cells[cut]++;
        }
        struct result_figure of = {.known = pick(5) > 0, .scaled = pick(900) * ONE,
                                   .is_fraction = shares, .part = pick(90) * ONE,
                                   .whole = (90 + pick(90)) * ONE};
        size_t n_cuts = result_cuts_of(parts, n, &of, cuts);
        size_t met = 0;
        for (int cut = 0; cut < CUTS; cut++) {
            size_t at = 0;
            while (at < n_cuts && strcmp(cuts[at].keys, keys[cut]) != 0) {
                at++;
            }
            assert_int_equal(at < n_cuts, cells[cut] > 0);
            if (cells[cut] > 0) {
                const struct result_cut *c = &cuts[at];
                int64_t less = shares ? of.part - sums[cut][1] : of.scaled - sums[cut][0];
                int64_t less_whole = shares ? of.whole - sums[cut][2] : 0;
                met++;
                assert_int_equal(c->n, cells[cut]);
                assert_int_equal(c->value, sums[cut][0]);
                assert_int_equal(c->part, sums[cut][1]);
                assert_int_equal(c->whole, sums[cut][2]);
                assert_int_equal(c->differs, of.known && (less != 0 || less_whole != 0));
                assert_int_equal(c->difference, of.known ? less : 0);
                assert_int_equal(c->difference_whole, of.known ? less_whole : 0);
            }
        }
        assert_int_equal(n_cuts, met);
        size_t by_sex = result_cut_by(cuts, n_cuts, "sex"), by_crime = result_cut_by(cuts, n_cuts, "crime");
        const char *fewest = cells[0] > 0 ? keys[0] : cells[2] > 0 ? keys[2] : cells[3] > 0 ? keys[3] : NULL;
        assert_int_equal(by_sex < n_cuts, fewest != NULL);
        assert_true(fewest == NULL || strcmp(cuts[by_sex].keys, fewest) == 0);
        assert_true(by_crime == n_cuts ? cells[3] == 0 : strcmp(cuts[by_crime].keys, keys[3]) == 0);
        assert_int_equal(result_cut_by(cuts, n_cuts, "place"), n_cuts);
    }
}

// A list of 61 names: by sex 30, 25, 2 not asked and 1 withheld, by nationality 40 and 21; the cuts with more lie further.
static void the_example_of_the_docs(void **state)
{
    (void)state;
    static const struct { const char *split, *keys; int n; } cells[] = {
        {"age=18-24 crime=tip sex=female", "age crime sex", 61}, {"nationality=NA sex=female", "nationality sex", 61},
        {"sex=female", "sex", 30}, {"sex=male", "sex", 25}, {"sex=not_asked", "sex", 2}, {"sex=withheld", "sex", 1},
        {"nationality=NA", "nationality", 40}, {"nationality=KE", "nationality", 21}};
    struct result_part parts[COUNT_OF(cells)];
    struct result_cut cuts[COUNT_OF(cells)];
    const struct result_figure of = {.known = true, .scaled = 61 * ONE};
    for (size_t i = 0; i < COUNT_OF(cells); i++) {
        parts[i] = (struct result_part){.split = cells[i].split, .keys = cells[i].keys, .has_value = true, .value = cells[i].n * ONE};
    }
    size_t n = result_cuts_of(parts, COUNT_OF(cells), &of, cuts);
    assert_int_equal(n, 4);
    size_t by_sex = result_cut_by(cuts, n, "sex"), by_nationality = result_cut_by(cuts, n, "nationality");
    assert_true(cuts[by_sex].value == 58 * ONE && cuts[by_sex].differs && cuts[by_sex].difference == 3 * ONE);
    assert_true(cuts[by_nationality].n == 2 && cuts[by_nationality].value == 61 * ONE && !cuts[by_nationality].differs);
    n = result_cuts_of(parts, 2, &of, cuts); // none by sex alone
    assert_string_equal(cuts[result_cut_by(cuts, n, "sex")].keys, "nationality sex");
    assert_int_equal(result_cut_by(&(struct result_cut){.keys = "sexes"}, 1, "sex"), 1); // a word is no part of a word
}

static void splits_are_read_in_one_order(void **state)
{
    (void)state;
    static const struct {
        const char *text, *kept; // NULL: refused
    } cases[] = {
        {"sex=female age=18-24", "age=18-24 sex=female"},
        {" nationality=NA  disability=not_asked ", "disability=not_asked nationality=NA"},
        {"place=Port_Town", "place=Port_Town"},
        {"sex=withheld", "sex=withheld"},
        {"sex=female sex=male", NULL},
        {"sex=purple", NULL},
        {"colour=red", NULL},
        {"sex", NULL},
        {"place=", NULL},
        {"", NULL},
    };
    struct arena *a = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct split s;
        struct err_info e;
        enum err err = split_read(a, cases[i].text, &s, &e);
        assert_int_equal(err == ERR_NONE, cases[i].kept != NULL);
        if (err == ERR_NONE) {
            assert_string_equal(split_text(a, &s), cases[i].kept);
        }
    }
    arena_free(a);
}

// A value without its whole gets the sum of its parts: of the first cut, and only where the parts say such a number.
static void a_whole_is_made_of_numbers_that_are_there(void **state)
{
    (void)state;
    const struct result_part counts[] = {{.keys = "sex", .has_value = true, .value = 3 * ONE},
                                         {.keys = "age", .has_value = true, .value = 9 * ONE},
                                         {.keys = "sex", .has_value = true, .value = 4 * ONE}};
    const struct result_part shares[] = {{.keys = "sex", .has_fraction = true, .part = 1 * ONE, .whole = 4 * ONE},
                                         {.keys = "sex", .has_fraction = true, .part = 2 * ONE, .whole = 6 * ONE}};
    const struct {
        enum result_unit unit;
        const struct result_part *parts;
        size_t n;
        const char *value, *numerator, *denominator;
    } cases[] = {
        {UNIT_COUNT, counts, 3, "7", "", ""},
        {UNIT_PERCENTAGE, shares, 2, "", "3", "10"},
        {UNIT_COUNT, shares, 2, "", "", ""},      // parts that say something else make no zero
        {UNIT_PERCENTAGE, counts, 3, "", "", ""},
        {UNIT_DURATION, counts, 3, "", "", ""},   // what is not split
        {UNIT_COUNT, counts, 0, "", "", ""},
    };
    struct arena *a = arena_new(1 << 20);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct record *o = record_new(a, &entity_observation);
        result_whole_of_parts(a, cases[i].unit, cases[i].parts, cases[i].n, o);
        assert_string_equal(record_text(o, "value"), cases[i].value);
        assert_string_equal(record_text(o, "numerator"), cases[i].numerator);
        assert_string_equal(record_text(o, "denominator"), cases[i].denominator);
    }
    struct record *o = record_new(a, &entity_observation);
    record_set_text(o, "value", "8");
    result_whole_of_parts(a, UNIT_COUNT, counts, 3, o);
    assert_string_equal(record_text(o, "value"), "8"); // what was entered stays
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_agree_with_the_slow_way),
        cmocka_unit_test(the_example_of_the_docs),
        cmocka_unit_test(splits_are_read_in_one_order),
        cmocka_unit_test(a_whole_is_made_of_numbers_that_are_there),
    };
    return cmocka_run_group_tests_name("parts", tests, NULL, NULL);
}
