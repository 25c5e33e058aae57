// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_reporting_test.c: periods as words, what should be in and is not, and cells of the grid; against slow second
// implementations over random cases (fixed seed) and the examples of docs/indicators.md.

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/decimal.h"
#include "result/result.h"
#include "result/result_bulk.h"
#include "result/result_reporting.h"

static uint32_t seed_of_tests = 20261122;
static int pick(int n) // 0 to n - 1
{
    seed_of_tests = seed_of_tests * 1664525u + 1013904223u;
    return (int)((seed_of_tests >> 8) % (uint32_t)n);
}

static void periods_are_read_and_written(void **state)
{
    (void)state;
    static const struct {
        const char *word, *from, *to; // from NULL: no period
    } cases[] = {
        {"2025", "2025-01-01", "2025-12-31"},  {"2025-H2", "2025-07-01", "2025-12-31"},
        {"2025-Q1", "2025-01-01", "2025-03-31"}, {"2024-02", "2024-02-01", "2024-02-29"},
        {"2025-12", "2025-12-01", "2025-12-31"},
        {"9999", "9999-01-01", "9999-12-31"}, {"9999-Q4", "9999-10-01", "9999-12-31"}, {"1000-02", "1000-02-01", "1000-02-28"},
        {"2025-Q5", NULL, NULL}, {"2025-13", NULL, NULL},
        {"2025-H3", NULL, NULL}, {"202", NULL, NULL}, {"2025-1", NULL, NULL}, {"Christmas", NULL, NULL},
    };
    struct arena *a = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct result_span s;
        assert_int_equal(result_span_read(a, cases[i].word, &s), cases[i].from != NULL);
        if (cases[i].from != NULL) {
            assert_string_equal(s.from, cases[i].from);
            assert_string_equal(s.to, cases[i].to);
        }
    }
    arena_free(a);
}

// ---- what should be in --------------------------------------------------------------------------

// Which period of the calendar a day lies in, as a number.
static int64_t period_of(enum result_frequency f, int64_t day)
{
    char date[11];
    date_from_days(day, date);
    int year = (date[0] - '0') * 1000 + (date[1] - '0') * 100 + (date[2] - '0') * 10 + (date[3] - '0');
    int month = (date[5] - '0') * 10 + (date[6] - '0');
    int length = f == FREQUENCY_MONTH ? 1 : f == FREQUENCY_QUARTER ? 3 : f == FREQUENCY_HALF ? 6 : 12;
    return f == FREQUENCY_ONCE || f == FREQUENCY_TWICE ? 0 : (year * 12 + month - 1) / length;
}

// Walks the days of the programme; a period ends where the next day lies in another.
static size_t slow_missing(const struct result_expect *x, const struct result_entry *entries, size_t n,
                           const char *place, size_t *expected, size_t *late)
{
    int64_t first = date_to_days(x->starts), last = date_to_days(x->ends), today = date_to_days(x->today);
    size_t missing = 0;
    int64_t from = first;
    for (int64_t day = first; x->frequency != FREQUENCY_NONE && x->frequency != FREQUENCY_EVENT && day <= last; day++) {
        bool ends = day == last || period_of(x->frequency, day) != period_of(x->frequency, day + 1);
        if (!ends) {
            continue;
        }
        bool there = false;
        for (size_t i = 0; i < n; i++) {
            bool all = entries[i].state != STATE_RETURNED &&
                       (entries[i].place[0] == '\0' || strcmp(entries[i].place, place) == 0);
            for (int64_t d = from; all && d <= day; d++) {
                all = date_to_days(entries[i].from) <= d && d <= date_to_days(entries[i].to);
            }
            there = there || all;
        }
        if (day < today) {
            (*expected)++;
            missing += !there;
            *late += !there && today - day > RESULT_DAYS_OF_GRACE;
        }
        from = day + 1;
    }
    return missing;
}

static void gaps_agree_with_the_slow_way(void **state)
{
    (void)state;
    static const char *const all_places[] = {"NA", "NE"};
    static const char *const whole[] = {""};
    size_t seen = 0;
    for (int i = 0; i < 300; i++) {
        struct arena *a = arena_new(1 << 22);
        char days[3][11], periods[12][11];
        struct result_entry entries[6];
        size_t n = (size_t)pick(7), expected = 0, late = 0, missing = 0;
        int64_t start = 20000 + pick(100);
        date_from_days(start, days[0]);
        date_from_days(start + pick(500), days[1]);
        date_from_days(start + pick(600), days[2]);
        struct result_expect x = {.frequency = (enum result_frequency)pick(8), .starts = days[0],
                                  .ends = days[1], .today = days[2], .places = all_places,
                                  .n_places = pick(2) == 0 ? 0 : 2};
        for (size_t k = 0; k < n; k++) {
            int64_t from = start - 30 + pick(300);
            date_from_days(from, periods[2 * k]);
            date_from_days(from + pick(250), periods[2 * k + 1]);
            entries[k] = (struct result_entry){.id = "a", .place = pick(3) == 0 ? "" : all_places[pick(2)],
                                               .from = periods[2 * k], .to = periods[2 * k + 1],
                                               .state = (enum result_state)pick(5)};
        }
        struct result_reporting r;
        result_reporting_of(a, &x, entries, n, &r);
        for (size_t p = 0; p < (x.n_places == 0 ? 1 : 2); p++) {
            missing += slow_missing(&x, entries, n, x.n_places == 0 ? whole[0] : all_places[p], &expected, &late);
        }
        size_t r_late = 0;
        for (size_t k = 0; k < r.n_gaps; k++) {
            r_late += r.gaps[k].late;
        }
        assert_int_equal(r.n_expected, expected);
        assert_int_equal(r.n_gaps, missing);
        assert_int_equal(r.n_there, expected - missing);
        assert_int_equal(r_late, late);
        seen += missing > 0 && missing < expected;
        arena_free(a);
    }
    assert_true(seen > 20);
}

static void example_of_the_docs(void **state)
{
    (void)state;
    static const char *const places[] = {"NA", "NE"};
    struct arena *a = arena_new(1 << 20);
    struct result_entry e[] = {
        {.id = "a", .place = "NA", .from = "2025-01-01", .to = "2025-06-30", .state = STATE_APPROVED},
        {.id = "b", .place = "NA", .from = "2025-07-01", .to = "2025-12-31", .state = STATE_APPROVED},
        {.id = "c", .place = "NA", .from = "2026-01-01", .to = "2026-06-30", .state = STATE_APPROVED},
        {.id = "d", .place = "NE", .from = "2025-01-01", .to = "2025-06-30", .state = STATE_APPROVED},
        {.id = "e", .place = "NE", .from = "2025-07-01", .to = "2025-12-31", .state = STATE_APPROVED}};
    struct result_expect x = {.frequency = FREQUENCY_HALF, .starts = "2025-01-01", .ends = "2027-12-31",
                              .today = "2026-11-22", .places = places, .n_places = 2};
    struct result_reporting r;
    result_reporting_of(a, &x, e, 5, &r);
    assert_int_equal(r.n_expected, 6);
    assert_int_equal(r.n_there, 5);
    assert_int_equal(r.n_places_complete, 1);
    assert_int_equal(r.n_spans_complete, 2);
    assert_true(r.n_gaps == 1 && r.gaps[0].late && strcmp(r.gaps[0].place, "NE") == 0);
    x.today = "2026-07-30"; // thirty days after its end
    result_reporting_of(a, &x, e, 5, &r);
    assert_true(r.n_gaps == 1 && !r.gaps[0].late);
    x.today = "2026-07-31";
    result_reporting_of(a, &x, e, 5, &r);
    assert_true(r.n_gaps == 1 && r.gaps[0].late && !r.gaps[0].returned);
    e[4].state = STATE_RETURNED; // then the second half of 2025 is not in either
    result_reporting_of(a, &x, e, 5, &r);
    assert_true(r.n_gaps == 2 && r.gaps[0].returned && !r.gaps[1].returned && r.n_spans_complete == 1);
    arena_free(a);
}

// ---- cells --------------------------------------------------------------------------------------

static void cells_say_what_they_read(void **state)
{
    (void)state;
    static const struct {
        enum result_unit unit;
        const char *typed, *shown; // NULL: refused
    } cases[] = {
        {UNIT_COUNT, "1,234", "1234"},     {UNIT_COUNT, "", ""},           {UNIT_COUNT, "many", NULL},
        {UNIT_COUNT, "3/4", NULL},         {UNIT_PERCENTAGE, "29/40", "29/40"}, {UNIT_PERCENTAGE, "72.5", "72.5"},
        {UNIT_PERCENTAGE, "29/", "29/"},   {UNIT_YES_NO, "Yes", "Yes"},    {UNIT_YES_NO, "p", "In part"},
        {UNIT_YES_NO, "in part", "In part"}, {UNIT_YES_NO, "perhaps", NULL},
    };
    struct arena *a = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct record *o = record_new(a, &entity_observation);
        struct err_info e;
        enum err err = bulk_read(a, &lang_en, cases[i].unit, cases[i].typed, o, &e);
        if (strcmp(cases[i].typed, "29/") == 0) { // a part without its whole is refused by the record
            assert_true(err != ERR_NONE || record_check(o, &e) != ERR_NONE);
            continue;
        }
        assert_int_equal(err == ERR_NONE, cases[i].shown != NULL);
        if (err == ERR_NONE) {
            assert_string_equal(bulk_words(a, &lang_en, cases[i].unit, o), cases[i].shown);
        }
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(periods_are_read_and_written),
        cmocka_unit_test(gaps_agree_with_the_slow_way),
        cmocka_unit_test(example_of_the_docs),
        cmocka_unit_test(cells_say_what_they_read),
    };
    return cmocka_run_group_tests_name("result_reporting", tests, NULL, NULL);
}
