// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_reporting_test.c: periods as words, what should be in and is not, cells of the grid, and tables; against slow
// second implementations over random cases (fixed seed) and the examples of docs/indicators.md.

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/decimal.h"
#include "result/result.h"
#include "result/result_bulk.h"
#include "result/result_reporting.h"
#include "result/result_table.h"

#define ONE DECIMAL_ONE

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

// ---- tables -------------------------------------------------------------------------------------

static void a_table_of_too_many_values_is_refused(void **state)
{
    (void)state;
    enum { MANY = 4000 };
    struct arena *a = arena_new(1 << 22), *small = arena_new(1 << 20);
    struct result_value *values = ARENA_ARRAY(a, struct result_value, MANY);
    struct result_entry *entries = ARENA_ARRAY(a, struct result_entry, MANY);
    for (int i = 0; i < MANY; i++) {
        const char *day = arena_printf(a, "%04d-01-01", 1000 + i);
        entries[i] = (struct result_entry){.id = "a", .place = "", .from = day, .to = day, .state = STATE_ENTERED,
                                           .has_value = true, .value = ONE};
        values[i].figure = result_figure_of(UNIT_COUNT, &entries[i]);
    }
    struct result_line line = {.rule = {.unit = UNIT_COUNT, .over = OVER_CUMULATIVE},
                               .values = values, .entries = entries, .n_values = MANY};
    struct result_table t;
    struct err_info e;
    assert_int_equal(result_table_of(small, &line, "period", &t, &e), ERR_TOO_MANY);
    arena_reset(small);
    line.n_values = 100;
    assert_int_equal(result_table_of(small, &line, "period", &t, &e), ERR_NONE);
    assert_int_equal(t.n, 100);
    arena_free(small);
    arena_free(a);
}

#define VALUES 3

// Values with parts by sex, or sex and age, and what they come to.
struct sample {
    struct result_value values[VALUES];
    struct result_entry entries[VALUES];
    struct result_part parts[VALUES][2];
    struct split read[VALUES][2];
    const struct split *of[VALUES][2]; // the same
    struct result_cut cuts[VALUES][2];
    int64_t all;
    struct result_line line;
};

static void make_sample(struct arena *a, struct sample *s)
{
    static const char *const splits[] = {"sex=female", "sex=male", "age=18-24 sex=female", "age=60+ sex=male"};
    static const char *const froms[] = {"2025-01-01", "2025-02-01", "2025-03-01"};
    static const char *const tos[] = {"2025-01-31", "2025-02-28", "2025-03-31"};
    *s = (struct sample){.line = {.rule = {.unit = UNIT_COUNT, .over = OVER_CUMULATIVE}, .values = s->values,
                                  .entries = s->entries, .n_values = VALUES}};
    for (int v = 0; v < VALUES; v++) {
        struct result_value *value = &s->values[v];
        size_t cut = (size_t)pick(2) * 2;
        s->entries[v] = (struct result_entry){.id = "a", .place = "", .from = froms[v], .to = tos[v],
                                              .state = STATE_ENTERED, .has_value = true, .value = pick(40) * ONE};
        value->figure = result_figure_of(UNIT_COUNT, &s->entries[v]);
        value->n_parts = (size_t)pick(3);
        for (size_t k = 0; k < value->n_parts; k++) {
            struct err_info e;
            assert_int_equal(split_read(a, splits[cut + k], &s->read[v][k], &e), ERR_NONE);
            s->of[v][k] = &s->read[v][k];
            s->parts[v][k] = (struct result_part){.split = splits[cut + k], .keys = split_keys(a, &s->read[v][k]),
                                                  .has_value = true, .value = pick(20) * ONE};
        }
        value->parts = s->parts[v];
        value->splits = s->of[v];
        value->n_cuts = result_cuts_of(s->parts[v], value->n_parts, &value->figure, s->cuts[v]);
        value->cuts = s->cuts[v];
        s->all += s->entries[v].value;
    }
}

// What a value says of one sex, by a walk over all its parts; "" is the rest of the whole. *there: it says something.
static int64_t slow_of(const struct sample *s, int v, const char *sex, bool *there)
{
    bool rest = sex[0] == '\0';
    int64_t sum = rest ? s->entries[v].value : 0;
    *there = false;
    for (size_t k = 0; k < s->values[v].n_parts; k++) {
        bool same = strcmp(strstr(s->parts[v][k].split, "sex=") + 4, sex) == 0;
        sum += same ? s->parts[v][k].value : rest ? -s->parts[v][k].value : 0;
        *there = *there || same;
    }
    *there = *there || sum != 0;
    return sum;
}

// Every row of a table by sex and period, and all rows together.
static void rows_add_up(struct arena *a, const struct sample *s)
{
    struct result_table t;
    struct err_info e;
    int64_t sum = 0;
    assert_int_equal(result_table_of(a, &s->line, "sex,period", &t, &e), ERR_NONE);
    for (size_t row = 0; row < t.n; row++) {
        int64_t slow = 0;
        bool there;
        for (int v = 0; v < VALUES; v++) {
            bool here = strncmp(t.rows[row].keys[1], s->entries[v].from, 10) == 0;
            slow += here ? slow_of(s, v, t.rows[row].keys[0], &there) : 0;
        }
        assert_int_equal(t.rows[row].figure.scaled, slow);
        sum += t.rows[row].figure.scaled;
    }
    assert_int_equal(sum, s->all);
    assert_int_equal(result_table_of(a, &s->line, "", &t, &e), ERR_NONE);
    assert_true(t.n == 1 && t.rows[0].figure.scaled == s->all);
    assert_int_equal(result_table_of(a, &s->line, "sex,sex", &t, &e), ERR_USAGE);
}

// The same person may come again in another period: of each row the largest value is the least.
static void largest_is_the_least(struct arena *a, const struct sample *s)
{
    struct result_line again = s->line;
    struct result_table t;
    struct err_info e;
    again.rule.repeats = REPEAT_PERIOD;
    assert_int_equal(result_table_of(a, &again, "sex", &t, &e), ERR_NONE);
    for (size_t row = 0; row < t.n; row++) {
        int64_t most = 0, largest = INT64_MIN;
        size_t n = 0;
        for (int v = 0; v < VALUES; v++) {
            bool there;
            int64_t mine = slow_of(s, v, t.rows[row].keys[0], &there);
            n += there;
            most += there ? mine : 0;
            largest = there && mine > largest ? mine : largest;
        }
        assert_int_equal(t.rows[row].n_values, n);
        assert_int_equal(t.rows[row].figure.scaled, most);
        assert_int_equal(t.rows[row].has_least, n > 1 && largest != most);
        assert_true(!t.rows[row].has_least || t.rows[row].least == largest);
    }
}

static void tables_agree_with_the_slow_way(void **state)
{
    (void)state;
    for (int i = 0; i < 200; i++) {
        struct arena *a = arena_new(1 << 22);
        struct sample s;
        make_sample(a, &s);
        rows_add_up(a, &s);
        largest_is_the_least(a, &s);
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(periods_are_read_and_written),
        cmocka_unit_test(gaps_agree_with_the_slow_way),
        cmocka_unit_test(example_of_the_docs),
        cmocka_unit_test(cells_say_what_they_read),
        cmocka_unit_test(a_table_of_too_many_values_is_refused),
        cmocka_unit_test(tables_agree_with_the_slow_way),
    };
    return cmocka_run_group_tests_name("result_reporting", tests, NULL, NULL);
}
