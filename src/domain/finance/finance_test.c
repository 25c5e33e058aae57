// SPDX-License-Identifier: AGPL-3.0-or-later
//
// finance_test.c: the arithmetic of budget tables, against the tables printed in the evaluation report
// of 2017 (slips included), and against a slow second implementation on tables made at random.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "finance/finance.h"

#define YEAR(y, approved, spent, percent)                                                          \
    {.id = #y, .from = y, .to = y, .has = {(approved) >= 0, true}, .amount = {approved, spent},    \
     .printed = percent}
#define TOTAL(f, t, approved, spent, percent)                                                      \
    {.id = "total", .is_total = true, .from = f, .to = t, .has = {true, true},                     \
     .amount = {approved, spent}, .printed = percent}
#define NONE (-1)

// Disbursement history of GLOT59 and GLOT92 as printed, in cents.
static const struct finance_row glot59[] = {
    TOTAL(2008, 2016, 1031310000, 926646800, "89.95"),
    YEAR(2008, 0, 67840200, NULL),
    YEAR(2009, 104020000, 96487400, "93"),
    YEAR(2010, 86230000, 75729800, "88"),
    YEAR(2011, 93480000, 92284100, "99"),
    YEAR(2012, 107780000, 103188200, "96"),
    YEAR(2013, 137330000, 115433000, "84"),
    YEAR(2014, 263180000, 224300900, "85"),
    YEAR(2015, 239290000, 151383200, "63"),
    YEAR(2016, 236597308, 145946131, "62"),
};
static const struct finance_row glot92[] = {
    TOTAL(2010, 2016, 113050000, 102627000, "90.78"),
    YEAR(2010, NONE, 10104900, NULL),
    YEAR(2011, 10750000, 29652300, "99"),
    YEAR(2012, 33940000, 29652300, "87"),
    YEAR(2013, 5750000, 5591600, "97"),
    YEAR(2014, 15620000, 13616300, "87"),
    YEAR(2015, 46990000, 33021400, "70"),
    YEAR(2016, 144368629, 88730439, "62"),
};

// ---- percentages --------------------------------------------------------------------------------

static void only_the_slips_of_the_report_do_not_follow(void **state)
{
    (void)state;
    static const char *const wrong59[] = {"total"};
    static const char *const wrong92[] = {"2011", "2016"};
    const struct {
        const struct finance_row *rows;
        size_t n;
        const char *const *wrong;
        size_t n_wrong;
    } tables[] = {{glot59, COUNT_OF(glot59), wrong59, 1}, {glot92, COUNT_OF(glot92), wrong92, 2}};
    for (size_t t = 0; t < COUNT_OF(tables); t++) {
        size_t found = 0;
        for (size_t i = 0; i < tables[t].n; i++) {
            if (!finance_percent_follows(&tables[t].rows[i])) {
                assert_true(found < tables[t].n_wrong);
                assert_string_equal(tables[t].rows[i].id, tables[t].wrong[found++]);
            }
        }
        assert_int_equal(found, tables[t].n_wrong);
    }
}

static void percentage_is_rounded_at_the_printed_places(void **state)
{
    (void)state;
    const struct {
        const struct finance_row *row;
        int places;
        int64_t scaled;
    } cases[] = {
        {&glot59[0], 2, 89850000},  // printed as 89.95
        {&glot92[2], 0, 276000000}, // printed as 99
        {&glot92[2], 2, 275840000},
        {&glot92[7], 2, 61460000},
        {&glot92[7], 0, 61000000}, // printed as 62
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t scaled;
        assert_true(finance_percent(cases[i].row, cases[i].places, &scaled));
        assert_int_equal(scaled, cases[i].scaled);
    }
}

static void nothing_is_computed_without_a_budget(void **state)
{
    (void)state;
    int64_t scaled;
    assert_false(finance_percent(&glot59[1], 2, &scaled)); // a budget of 0
    assert_false(finance_percent(&glot92[1], 2, &scaled)); // none printed
    const struct finance_row printed = YEAR(2010, 0, 5, "50");
    assert_true(finance_percent_follows(&printed)); // nothing to hold it against
}

// ---- totals -------------------------------------------------------------------------------------

static void sums_of_the_report(void **state)
{
    (void)state;
    size_t n;
    assert_int_equal(finance_sum(glot59, COUNT_OF(glot59), FINANCE_APPROVED, 2008, 2016, &n),
                     1267907308);
    assert_int_equal(n, 9);
    assert_int_equal(finance_sum(glot59, COUNT_OF(glot59), FINANCE_SPENT, 2008, 2016, &n),
                     1072592931);
    assert_int_equal(finance_sum(glot92, COUNT_OF(glot92), FINANCE_APPROVED, 2010, 2016, &n),
                     257418629);
    assert_int_equal(n, 6); // 2010 has none
    assert_int_equal(finance_sum(glot92, COUNT_OF(glot92), FINANCE_SPENT, 2010, 2015, &n),
                     121638800);
    assert_int_equal(finance_sum(glot92, COUNT_OF(glot92), FINANCE_SPENT, 2020, 2021, &n), 0);
    assert_int_equal(n, 0);
}

static void a_total_to_2016_is_that_to_2015(void **state)
{
    (void)state;
    int64_t from, to;
    assert_true(finance_find_run(glot59, COUNT_OF(glot59), &glot59[0], FINANCE_APPROVED, &from, &to));
    assert_int_equal(from, 2008);
    assert_int_equal(to, 2015);
    assert_true(finance_find_run(glot59, COUNT_OF(glot59), &glot59[0], FINANCE_SPENT, &from, &to));
    assert_int_equal(to, 2015);
    assert_true(finance_find_run(glot92, COUNT_OF(glot92), &glot92[0], FINANCE_APPROVED, &from, &to));
    assert_int_equal(from, 2010); // the longest run, although 2011 to 2015 gives the same
    assert_int_equal(to, 2015);
    assert_false(finance_find_run(glot92, COUNT_OF(glot92), &glot92[0], FINANCE_SPENT, &from, &to));
}

// ---- a wrong year -------------------------------------------------------------------------------

static void total_and_percentage_agree_on_106405(void **state)
{
    (void)state;
    int64_t value, scaled;
    const size_t n = COUNT_OF(glot92);
    assert_true(finance_fitting_spent(glot92, n, &glot92[2], &glot92[0], 2010, 2015, &value));
    assert_int_equal(value, 10640500);
    struct finance_row mended = glot92[2];
    mended.amount[FINANCE_SPENT] = value;
    assert_true(finance_percent(&mended, 2, &scaled));
    assert_int_equal(scaled, 98980000); // 98.98 %, the printed 99 %
    // With the years as labelled it would be below zero; of 2012 no other value fits 87 %.
    assert_false(finance_fitting_spent(glot92, n, &glot92[2], &glot92[0], 2010, 2016, &value));
    assert_false(finance_fitting_spent(glot92, n, &glot92[3], &glot92[0], 2010, 2015, &value));
    // A year outside the years of the total is not looked at.
    assert_false(finance_fitting_spent(glot92, n, &glot92[7], &glot92[0], 2010, 2015, &value));
}

static void the_same_expenditure_twice_is_seen(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(glot92); i++) {
        const struct finance_row *before =
            finance_same_as_before(glot92, COUNT_OF(glot92), &glot92[i]);
        if (i == 3) {
            assert_ptr_equal(before, &glot92[2]); // 2012 repeats 2011
        } else {
            assert_null(before);
        }
    }
    const struct finance_row idle[] = {YEAR(2001, 5, 0, NULL), YEAR(2002, 5, 0, NULL)};
    assert_null(finance_same_as_before(idle, 2, &idle[1])); // nothing spent is no copy
}

// ---- the slow way -------------------------------------------------------------------------------

// Long division by hand: digits of 100 x part / whole one after another, then a look at the next digit.
static int64_t slow_percent(int64_t part, int64_t whole, int places)
{
    __int128 rest = (__int128)part * 100;
    int64_t digits = (int64_t)(rest / whole);
    rest %= whole;
    for (int i = 0; i < places; i++) {
        rest *= 10;
        digits = digits * 10 + (int64_t)(rest / whole);
        rest %= whole;
    }
    if (rest * 10 / whole >= 5) {
        digits++;
    }
    for (int i = places; i < 6; i++) {
        digits *= 10;
    }
    return digits;
}

// Adds year by year, looking through the whole table for each.
static int64_t slow_sum(const struct finance_row *rows, size_t n_rows, int column, int64_t from,
                        int64_t to)
{
    int64_t sum = 0;
    for (int64_t year = from; year <= to; year++) {
        for (size_t i = 0; i < n_rows; i++) {
            if (!rows[i].is_total && rows[i].from == year && rows[i].has[column]) {
                sum += rows[i].amount[column];
            }
        }
    }
    return sum;
}

// Tries every pair of years and keeps the longest, of equally long ones the first.
static bool slow_run(const struct finance_row *rows, size_t n_rows, const struct finance_row *total,
                     int column, int64_t *from, int64_t *to)
{
    int64_t best = 0;
    for (int64_t last = total->from; last <= total->to; last++) {
        for (int64_t first = total->from; first <= last; first++) {
            bool whole = first == total->from && last == total->to;
            bool any = false;
            for (size_t i = 0; i < n_rows; i++) {
                any = any || (!rows[i].is_total && rows[i].from >= first && rows[i].to <= last &&
                              rows[i].has[column]);
            }
            int64_t length = last - first + 1;
            if (!whole && any && slow_sum(rows, n_rows, column, first, last) == total->amount[column] &&
                (length > best || (length == best && first < *from))) {
                best = length;
                *from = first;
                *to = last;
            }
        }
    }
    return best > 0;
}

static uint64_t seed = 20170901;
static int64_t some(int64_t below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (int64_t)((seed >> 33) % (uint64_t)below);
}

static void fill_table(struct finance_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int64_t year = 2000 + (int64_t)i;
        rows[i] = (struct finance_row){.id = "r", .from = year, .to = year,
                                       .has = {some(8) != 0, some(8) != 0}};
        rows[i].amount[0] = rows[i].has[0] ? some(40) * 1000 : 0; // small, so that runs meet
        rows[i].amount[1] = rows[i].has[1] ? some(40) * 1000 : 0;
    }
}

static void fast_and_slow_agree(void **state)
{
    (void)state;
    struct finance_row rows[9];
    int runs = 0;
    for (int round = 0; round < 20000; round++) {
        size_t n = 2 + (size_t)some(6), with;
        fill_table(rows, n);
        int column = (int)some(2);
        int64_t first = 2000 + some((int64_t)n), last = first + some(2000 + (int64_t)n - first);
        struct finance_row total = {.id = "t", .is_total = true, .from = 2000,
                                    .to = 2000 + (int64_t)n - 1, .has = {true, true}};
        total.amount[column] = slow_sum(rows, n, column, first, last);
        rows[n] = total;
        assert_int_equal(finance_sum(rows, n + 1, (enum finance_column)column, first, last, &with),
                         slow_sum(rows, n + 1, column, first, last));
        int64_t from = 0, to = 0, slow_from = 0, slow_to = 0;
        bool fast = finance_find_run(rows, n + 1, &total, (enum finance_column)column, &from, &to);
        bool slow = slow_run(rows, n + 1, &total, column, &slow_from, &slow_to);
        assert_int_equal(fast, slow);
        if (fast) {
            runs++;
            assert_int_equal(from, slow_from);
            assert_int_equal(to, slow_to);
        }
        struct finance_row row = {.has = {true, true}, .amount = {1 + some(200000000), some(300000000)}};
        int places = (int)some(5);
        int64_t scaled;
        assert_true(finance_percent(&row, places, &scaled));
        assert_int_equal(scaled, slow_percent(row.amount[1], row.amount[0], places));
    }
    assert_true(runs > 1000); // else the comparison would say nothing
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_slips_of_the_report_do_not_follow),
        cmocka_unit_test(percentage_is_rounded_at_the_printed_places),
        cmocka_unit_test(nothing_is_computed_without_a_budget),
        cmocka_unit_test(sums_of_the_report),
        cmocka_unit_test(a_total_to_2016_is_that_to_2015),
        cmocka_unit_test(total_and_percentage_agree_on_106405),
        cmocka_unit_test(the_same_expenditure_twice_is_seen),
        cmocka_unit_test(fast_and_slow_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
