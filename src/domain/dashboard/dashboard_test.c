// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_test.c: heat of missing values, years, shades and tallies against slow second implementations; an
// indicator at the end of a period and in one country; countries in a total.

#include "base/date.h"
#include "dashboard/dashboard.h"
#include "dashboard/dashboard_figures.h"
#include "dashboard/dashboard_test_help.h"
#include "result/result_narrow.h"

static uint64_t seed = 20261122;

static unsigned any(unsigned n)
{
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return (unsigned)(seed >> 33) % n;
}

// ---- heat -----------------------------------------------------------------------------------------

static const char *const two_places[] = {"NA", "NE"};

static struct result_expect expect(enum result_frequency f, const char *starts, const char *ends,
                                   const char *today, bool by_country)
{
    return (struct result_expect){.frequency = f, .starts = starts, .ends = ends, .today = today,
                                  .places = by_country ? two_places : NULL, .n_places = by_country ? 2 : 0};
}

static void the_worked_example_of_the_heat(void **state)
{
    (void)state;
    const struct result_expect x = expect(FREQUENCY_HALF, "2025-01-01", "2026-12-31", "2026-11-22", true);
    const struct result_entry entries[] = {
        {.id = "1", .place = "NA", .from = "2025-01-01", .to = "2025-06-30", .state = STATE_APPROVED},
        {.id = "2", .place = "NE", .from = "2025-01-01", .to = "2025-06-30", .state = STATE_APPROVED},
        {.id = "3", .place = "NA", .from = "2025-07-01", .to = "2025-12-31", .state = STATE_APPROVED},
        {.id = "4", .place = "NE", .from = "2025-07-01", .to = "2025-12-31", .state = STATE_APPROVED},
        {.id = "5", .place = "NA", .from = "2026-01-01", .to = "2026-06-30", .state = STATE_APPROVED},
    };
    struct result_reporting reporting;
    struct heat_cell *cells;
    result_reporting_of(a, &x, entries, COUNT_OF(entries), &reporting);
    size_t n = dashboard_heat(a, &x, &reporting, 2025, 2, &cells);
    assert_int_equal(n, 4);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(cells[i].at, i * 2);
        assert_int_equal(cells[i].width, 2);
    }
    assert_int_equal(cells[0].state, HEAT_IN);
    assert_int_equal(cells[1].state, HEAT_IN);
    assert_int_equal(cells[2].state, HEAT_LATE);
    assert_int_equal(cells[2].n_there, 1);
    assert_int_equal(cells[2].n_expected, 2);
    assert_int_equal(cells[3].state, HEAT_NOT_YET);
    assert_string_equal(cells[3].to, "2026-12-31");
}

// The slow way: of all periods of the frequency those that touch these days, or that end within them.
struct slow {
    bool any, any_ended, missing, late;
    size_t n_expected, n_there;
};

static int months_of(enum result_frequency f)
{
    return f == FREQUENCY_MONTH ? 1 : f == FREQUENCY_QUARTER ? 3 : f == FREQUENCY_HALF ? 6 : 12;
}

static struct slow slow_days(const struct result_expect *x, const struct result_entry *entries, size_t n,
                             const char *first_day, const char *last_day, bool end_within)
{
    struct slow s = {0};
    int length = months_of(x->frequency);
    for (int year = 2020; year < 2032; year++) {
        for (int month = 1; month <= 12; month += length) {
            char last[11];
            int next = month + length;
            date_from_days(date_to_days(arena_printf(a, "%04d-%02d-01", next > 12 ? year + 1 : year,
                                                     next > 12 ? 1 : next)) - 1, last);
            const char *from = arena_printf(a, "%04d-%02d-01", year, month);
            const char *to = arena_copy(a, last);
            from = strcmp(from, x->starts) < 0 ? x->starts : from;
            to = strcmp(to, x->ends) > 0 ? x->ends : to;
            if (strcmp(from, to) > 0 || strcmp(to, first_day) < 0 || strcmp(end_within ? to : from, last_day) > 0) {
                continue;
            }
            s.any = true;
            if (strcmp(to, x->today) >= 0) {
                continue;
            }
            s.any_ended = true;
            for (size_t p = 0; p < (x->n_places > 0 ? x->n_places : 1); p++) {
                bool there = false;
                for (size_t i = 0; i < n; i++) {
                    const struct result_entry *v = &entries[i];
                    there = there || (v->state != STATE_RETURNED && strcmp(v->from, from) <= 0 &&
                                      strcmp(v->to, to) >= 0 &&
                                      (v->place[0] == '\0' || (x->n_places > 0 && strcmp(v->place, x->places[p]) == 0)));
                }
                s.n_expected++;
                s.n_there += there;
                s.missing = s.missing || !there;
                s.late = s.late || (!there && date_days_between(to, x->today) > 30);
            }
        }
    }
    return s;
}

static void compare_heat(const struct result_expect *x, const struct result_entry *entries, size_t n, int year,
                         size_t n_years)
{
    struct result_reporting reporting;
    struct heat_cell *cells;
    result_reporting_of(a, x, entries, n, &reporting);
    size_t n_cells = dashboard_heat(a, x, &reporting, year, n_years, &cells);
    size_t next = 0;
    for (size_t i = 0; i < n_cells; i++) {
        const struct heat_cell *c = &cells[i];
        assert_int_equal(c->at, next);
        assert_true(c->width > 0);
        next += c->width;
        for (size_t q = c->at; q < c->at + c->width; q++) {
            char last[11];
            int y = year + (int)(q / 4), m = (int)(q % 4) * 3 + 1;
            date_from_days(date_to_days(arena_printf(a, "%04d-%02d-01", m == 10 ? y + 1 : y, m == 10 ? 1 : m + 3)) - 1,
                           last);
            const struct slow s = slow_days(x, entries, n, arena_printf(a, "%04d-%02d-01", y, m), last, false);
            enum heat_state state = !s.any         ? HEAT_NOTHING
                                    : s.late       ? HEAT_LATE
                                    : s.missing    ? HEAT_DUE
                                    : s.any_ended  ? HEAT_IN
                                                   : HEAT_NOT_YET;
            assert_int_equal(c->state, state);
            assert_int_equal(c->n_expected, s.n_expected);
            assert_int_equal(c->n_there, s.n_there);
        }
    }
    assert_int_equal(next, n_years * 4);
}

static void compare_period(const struct result_expect *x, const struct result_entry *entries, size_t n, const char *word)
{
    struct result_span span;
    struct result_reporting all, reporting;
    assert_true(result_span_read(a, word, &span));
    result_reporting_of(a, x, entries, n, &all);
    dashboard_reporting_within(a, x, &all, &span, &reporting);
    const struct slow s = slow_days(x, entries, n, span.from, span.to, true);
    assert_int_equal(reporting.n_expected, s.n_expected);
    assert_int_equal(reporting.n_there, s.n_there);
    assert_int_equal(reporting.n_gaps, s.n_expected - s.n_there);
    struct dashboard_tally t = {0};
    dashboard_tally_add(&t, STANDING_BEHIND, &reporting);
    assert_int_equal(t.by[STANDING_BEHIND], 1);
    assert_int_equal(t.n_late > 0, s.late);
}

static void the_heat_is_that_of_the_slow_way(void **state)
{
    (void)state;
    for (int round = 0; round < 600; round++) {
        enum result_frequency f = (enum result_frequency)(FREQUENCY_MONTH + any(4));
        const char *starts = arena_printf(a, "%04u-%02u-%02u", 2022 + any(3), 1 + any(12), 1 + any(28));
        const char *ends = arena_printf(a, "%04u-%02u-%02u", 2025 + any(4), 1 + any(12), 1 + any(28));
        const char *today = arena_printf(a, "%04u-%02u-%02u", 2024 + any(4), 1 + any(12), 1 + any(28));
        const struct result_expect x = expect(f, starts, ends, today, any(2) == 0);
        struct result_entry entries[12];
        size_t n = any(12);
        for (size_t i = 0; i < n; i++) {
            unsigned from = any(16), to = from + any(5);
            entries[i] = (struct result_entry){
                .id = "v", .place = any(4) == 0 ? "" : two_places[any(2)],
                .from = arena_printf(a, "%04u-%02u-01", 2022 + from / 4, from % 4 * 3 + 1),
                .to = arena_printf(a, "%04u-%02u-%s", 2022 + to / 4, to % 4 * 3 + 3, to % 4 % 3 == 0 ? "31" : "30"),
                .state = any(6) == 0 ? STATE_RETURNED : STATE_ENTERED};
        }
        compare_heat(&x, entries, n, 2022 + (int)any(4), 1 + any(4));
        compare_period(&x, entries, n, arena_printf(a, "%u-Q%u", 2022 + any(6), 1 + any(4)));
        compare_period(&x, entries, n, arena_printf(a, "%u", 2022 + any(6)));
    }
}

static void tallies_of_programmes_join(void **state)
{
    (void)state;
    struct dashboard_tally one = {0}, other = {0}, both = {0};
    for (int i = 0; i < 40; i++) {
        struct result_gap gaps[] = {{.late = any(2) == 0}, {.late = any(2) == 0}};
        const struct result_reporting r = {.n_expected = 2 + any(5), .n_there = any(3), .gaps = gaps, .n_gaps = any(3)};
        enum result_standing standing = (enum result_standing)any(STANDING_COUNT);
        dashboard_tally_add(any(2) == 0 ? &one : &other, standing, &r);
        dashboard_tally_add(&both, standing, &r);
    }
    dashboard_tally_join(&one, &other);
    assert_int_equal(one.n, 40);
    assert_memory_equal(&one, &both, sizeof one);
}

static void nothing_is_expected_after_events(void **state)
{
    (void)state;
    const struct result_expect x = expect(FREQUENCY_EVENT, "2025-01-01", "2026-12-31", "2026-11-22", false);
    const struct result_reporting none = {0};
    struct heat_cell *cells;
    assert_int_equal(dashboard_heat(a, &x, &none, 2025, 2, &cells), 1);
    assert_int_equal(cells[0].state, HEAT_NOTHING);
    assert_int_equal(cells[0].width, 8);
}

static void three_years_are_shown_or_those_asked_for(void **state)
{
    (void)state;
    int year;
    size_t n;
    assert_true(dashboard_years("2025-01-01", "2027-12-31", "2026-11-22", NULL, &year, &n));
    assert_int_equal(year, 2025);
    assert_int_equal(n, 2);
    assert_true(dashboard_years("2008-01-01", "2016-12-31", "2026-11-22", NULL, &year, &n));
    assert_int_equal(year, 2014);
    assert_int_equal(n, 3);
    const struct result_span span = {"2012-01-01", "2012-06-30"};
    assert_true(dashboard_years("2008-01-01", "2016-12-31", "2026-11-22", &span, &year, &n));
    assert_int_equal(year, 2012);
    assert_int_equal(n, 1);
    assert_false(dashboard_years("", "2016-12-31", "2026-11-22", NULL, &year, &n));
    assert_false(dashboard_years("2027-01-01", "2028-12-31", "2026-11-22", NULL, &year, &n));
}

static void shades_are_fifths(void **state)
{
    (void)state;
    assert_int_equal(dashboard_shade(12, 60), 1);
    assert_int_equal(dashboard_shade(13, 60), 2);
    assert_int_equal(dashboard_shade(60, 60), 5);
    assert_int_equal(dashboard_shade(0, 60), 0);
    assert_int_equal(dashboard_shade(5, 0), 0);
    for (int64_t most = 1; most <= 60; most++) {
        for (int64_t value = 1; value <= most; value++) {
            int slow = 1;
            while (value * 5 > slow * most) {
                slow++;
            }
            assert_int_equal(dashboard_shade(value, most), slow);
        }
    }
    assert_int_equal(dashboard_shade(4000000000000, 4000000000000), 5);
}

// ---- an indicator narrowed ------------------------------------------------------------------------

static const struct result_entry trained[] = {
    {.id = "1", .place = "KE", .from = "2025-01-01", .to = "2025-06-30", .state = STATE_APPROVED, .has_value = true,
     .value = 40 * DECIMAL_ONE},
    {.id = "2", .place = "NA", .from = "2025-01-01", .to = "2025-06-30", .state = STATE_APPROVED, .has_value = true,
     .value = 25 * DECIMAL_ONE},
    {.id = "3", .place = "KE", .from = "2025-07-01", .to = "2025-12-31", .state = STATE_APPROVED, .has_value = true,
     .value = 30 * DECIMAL_ONE},
};

static void a_period_and_a_country_narrow_an_indicator(void **state)
{
    (void)state;
    struct result_target targets[] = {{.id = "t1", .due_on = "2025-06-30", .value = 60 * DECIMAL_ONE},
                                      {.id = "t2", .due_on = "2026-12-31", .value = 200 * DECIMAL_ONE}};
    struct result_line line = line_of("cumulative", trained, 3, targets, 2, "2026-03-01"), out;
    assert_int_equal(line.total.figure.scaled, 95 * DECIMAL_ONE);
    assert_string_equal(line.target->due_on, "2026-12-31");
    // the first half of 2025: 65, and the target of its last day was reached
    result_line_narrow(a, &line, &(struct result_narrow){.to = "2025-06-30"}, "2026-03-01", &out);
    assert_int_equal(out.total.figure.scaled, 65 * DECIMAL_ONE);
    assert_string_equal(out.target->due_on, "2025-06-30");
    assert_int_equal(out.progress.standing, STANDING_REACHED);
    // a value belongs to a period that holds all of its own
    result_line_narrow(a, &line, &(struct result_narrow){.to = "2025-09-30"}, "2026-03-01", &out);
    assert_int_equal(out.total.figure.scaled, 65 * DECIMAL_ONE);
    result_line_narrow(a, &line, &(struct result_narrow){.from = "2025-03-01"}, "2026-03-01", &out);
    assert_int_equal(out.total.figure.scaled, 30 * DECIMAL_ONE);
    // the second half alone: 30
    result_line_narrow(a, &line, &(struct result_narrow){.from = "2025-07-01", .to = "2025-12-31"}, "2026-03-01",
                       &out);
    assert_int_equal(out.total.figure.scaled, 30 * DECIMAL_ONE);
    // one country: 70, and nothing to judge it by
    result_line_narrow(a, &line, &(struct result_narrow){.country = "KE"}, "2026-03-01", &out);
    assert_int_equal(out.total.figure.scaled, 70 * DECIMAL_ONE);
    assert_int_equal(out.progress.standing, STANDING_NO_TARGET);
    assert_false(out.has_baseline);
    // of a period that has not ended, the target is the one that counts today
    result_line_narrow(a, &line, &(struct result_narrow){.to = "2027-12-31"}, "2025-03-01", &out);
    assert_string_equal(out.target->due_on, "2025-06-30");
    // the line itself is as it was
    assert_int_equal(line.total.figure.scaled, 95 * DECIMAL_ONE);
    assert_int_equal(line.n_targets, 2);
}

static void a_total_says_how_many_countries_are_in_it(void **state)
{
    (void)state;
    static const char *const places[] = {"KE", "NA", "UG"};
    struct result_line line = line_of("cumulative", trained, 3, NULL, 0, "2026-03-01");
    struct result_coverage c = result_coverage_of(&line, places, 3);
    assert_int_equal(c.n, 3);
    assert_int_equal(c.n_there, 2);
    assert_string_equal(result_coverage_words(a, &lang_en, &c), "2 of 3 countries");
    c = result_coverage_of(&line, places, 2);
    assert_null(result_coverage_words(a, &lang_en, &c));
    // each period stands alone: only Kenya has a value in the newest one
    line = line_of("per_period", trained, 3, NULL, 0, "2026-03-01");
    c = result_coverage_of(&line, places, 3);
    assert_int_equal(c.n_there, 1);
    // a value of the whole programme stands for all
    const struct result_entry whole = {.id = "4", .place = "", .from = "2025-01-01", .to = "2025-12-31",
                                       .state = STATE_APPROVED, .has_value = true, .value = DECIMAL_ONE};
    line = line_of("cumulative", &whole, 1, NULL, 0, "2026-03-01");
    assert_int_equal(result_coverage_of(&line, places, 3).n, 0);
    line.per_country = true;
    c = result_coverage_of(&line, places, 3);
    assert_int_equal(c.n_there, 3);
    // the 90 of the whole programme beside the countries: all three are in it
    struct result_entry beside[] = {trained[0], trained[1], whole, trained[2]};
    beside[2].value = 90 * DECIMAL_ONE;
    result_sort(beside, COUNT_OF(beside));
    line = line_of("cumulative", beside, COUNT_OF(beside), NULL, 0, "2026-03-01");
    line.per_country = true;
    assert_int_equal(line.total.figure.scaled, 90 * DECIMAL_ONE);
    c = result_coverage_of(&line, places, 3);
    assert_int_equal(c.n_there, 3);
    // by country and no value at all
    line = line_of("cumulative", NULL, 0, NULL, 0, "2026-03-01");
    line.per_country = true;
    c = result_coverage_of(&line, places, 3);
    assert_string_equal(result_coverage_words(a, &lang_en, &c), "0 of 3 countries");
}

// The slow way: a country is in the total when leaving its values and those of the whole programme out of the used
// ones leaves fewer.
static void coverage_is_that_of_the_slow_way(void **state)
{
    (void)state;
    static const char *const rules[] = {"cumulative", "per_period", "latest"};
    static const char *const places[] = {"KE", "NA", "UG", "NE"};
    for (int round = 0; round < 500; round++) {
        struct result_entry entries[10];
        size_t n = any(10), there = 0;
        for (size_t i = 0; i < n; i++) {
            unsigned half = any(4);
            entries[i] = (struct result_entry){
                .id = arena_printf(a, "%zu", i), .place = any(5) == 0 ? "" : places[any(3)],
                .from = half % 2 == 0 ? arena_printf(a, "%u-01-01", 2025 + half / 2) : arena_printf(a, "%u-07-01", 2025 + half / 2),
                .to = half % 2 == 0 ? arena_printf(a, "%u-06-30", 2025 + half / 2) : arena_printf(a, "%u-12-31", 2025 + half / 2),
                .state = any(5) == 0 ? STATE_RETURNED : STATE_APPROVED, .has_value = true, .value = DECIMAL_ONE};
        }
        result_sort(entries, n);
        struct result_line line = line_of(rules[any(3)], entries, n, NULL, 0, "2027-03-01");
        line.per_country = true;
        for (size_t p = 0; p < 4; p++) {
            size_t with = 0, without = 0;
            for (size_t i = 0; i < n; i++) {
                bool other = line.entries[i].place[0] != '\0' && strcmp(line.entries[i].place, places[p]) != 0;
                with += line.values[i].used;
                without += line.values[i].used && other;
            }
            there += without < with;
        }
        assert_int_equal(result_coverage_of(&line, places, 4).n_there, there);
    }
}

static void a_view_is_the_address_of_a_dashboard(void **state)
{
    (void)state;
    static const struct { const char *address; bool good; } cases[] = {
        {"/dashboard", true}, {"/dashboard?area=justice", true}, {"/programmes/GLOT59/dashboard?period=2016", true},
        {"//evil.example/dashboard", false}, {"https://evil.example/dashboard", false}, {"/programmes", false},
        {"/\\evil.example/dashboard", false}, {"/x?/dashboard", false}, {"", false}};
    struct err_info e;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct record *r = record_new(a, &entity_saved_view);
        record_set_text(r, "address", cases[i].address);
        assert_int_equal(saved_view_check(r, &e) == ERR_NONE, cases[i].good);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worked_example_of_the_heat),
        cmocka_unit_test(the_heat_is_that_of_the_slow_way),
        cmocka_unit_test(tallies_of_programmes_join),
        cmocka_unit_test(nothing_is_expected_after_events),
        cmocka_unit_test(three_years_are_shown_or_those_asked_for),
        cmocka_unit_test(shades_are_fifths),
        cmocka_unit_test(a_period_and_a_country_narrow_an_indicator),
        cmocka_unit_test(a_total_says_how_many_countries_are_in_it),
        cmocka_unit_test(coverage_is_that_of_the_slow_way),
        cmocka_unit_test(a_view_is_the_address_of_a_dashboard),
    };
    return cmocka_run_group_tests_name("dashboard", tests, set_up, tear_down);
}
