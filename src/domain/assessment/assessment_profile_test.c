// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_profile_test.c: what a value of a profile may be, unit by unit; values over the years; facts
// of the reference data; gaps in the law against a slow count written apart; reading a CSV file.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "assessment/assessment.h"
#include "assessment/assessment_law.h"
#include "assessment/assessment_profile.h"
#include "base/bug.h"

static struct arena *a;

static const struct pack_row *row(const char *id)
{
    const struct pack_tool *tool;
    const struct pack_row *found = pack_row_anywhere(id, &tool);
    assert_non_null(found);
    return found;
}

// ---- units --------------------------------------------------------------------------------------

static void a_value_fits_its_unit(void **state)
{
    (void)state;
    static const struct {
        const char *row, *value;
        bool fits;
    } cases[] = {
        {"2.1-F03", "54027000", true},  {"2.1-F03", "54,027,000", true},
        {"2.1-F03", "-1", false},       {"2.1-F03", "1.5", false},
        {"2.1-F03", "many", false},     {"2.1-F16", "100", true},
        {"2.1-F16", "100.1", false},    {"2.1-F16", "0", true},
        {"2.1-F16", "-0.1", false},     {"2.1-F24", "1", true},
        {"2.1-F24", "0", false},        {"2.1-F24", "146.5", false},
        {"2.1-F25", "61.4", true},      {"2.1-F25", "201", false},
        {"2.1-F28", "-2.4", true},      {"2.1-F23", "0.601", true},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t scaled;
        if (profile_number(row(cases[i].row), cases[i].value, &scaled) != cases[i].fits) {
            fail_msg("%s %s", cases[i].row, cases[i].value);
        }
    }
    assert_true(profile_by_sex(row("2.1-F18")));
    assert_false(profile_by_sex(row("2.1-F16")));
    assert_false(profile_is_number(row("2.1-F02")));
}

static const char *fault_of(const char *id, int year, const char *value, const char *female,
                            const char *male)
{
    struct profile_entry entry = {
        .year = year, .value = value, .female = female, .male = male, .source = "UN", .how = ""};
    struct profile_fault fault = {0};
    return profile_entry_check(a, row(id), 2026, &entry, &fault) ? NULL : fault.part;
}

static void an_entry_needs_a_value_and_a_year_that_can_be(void **state)
{
    (void)state;
    assert_null(fault_of("2.1-F03", 2022, "54027000", "", ""));
    assert_string_equal(fault_of("2.1-F03", 0, "54027000", "", ""), "year");
    assert_string_equal(fault_of("2.1-F03", 2027, "54027000", "", ""), "year");
    assert_string_equal(fault_of("2.1-F03", 1899, "1", "", ""), "year");
    assert_string_equal(fault_of("2.1-F03", 2022, "", "", ""), "value");
    assert_null(fault_of("2.1-F02", 0, "Nairobi", "", ""));
    assert_string_equal(fault_of("2.1-F02", 0, "Nairobi", "1", ""), "female");
    assert_null(fault_of("2.1-F18", 2022, "", "57.6", "60.1"));
    assert_string_equal(fault_of("2.1-F18", 2022, "", "57.6", "160.1"), "male");
}

// The slow way: count people one by one.
static bool too_many(int whole, int female, int male)
{
    int seats = whole;
    for (int i = 0; i < female + male; i++) {
        if (seats-- == 0) {
            return true;
        }
    }
    return false;
}

static void women_and_men_are_not_more_than_the_whole(void **state)
{
    (void)state;
    for (int whole = 0; whole < 6; whole++) {
        for (int female = 0; female < 6; female++) {
            for (int male = 0; male < 6; male++) {
                const char *part =
                    fault_of("2.1-F29", 2022, arena_printf(a, "%d", whole),
                             arena_printf(a, "%d", female), arena_printf(a, "%d", male));
                assert_int_equal(part != NULL, too_many(whole, female, male));
            }
        }
    }
}

static void figures_are_kept_in_one_form(void **state)
{
    (void)state;
    struct profile_entry entry = {.year = 2022,
                                  .value = "54 027 000",
                                  .female = "27,200,000.0",
                                  .male = "",
                                  .source = "",
                                  .how = ""};
    struct profile_fault fault;
    assert_true(profile_entry_check(a, row("2.1-F03"), 2026, &entry, &fault));
    assert_string_equal(entry.value, "54027000");
    assert_string_equal(entry.female, "27200000");
}

// ---- over the years -----------------------------------------------------------------------------

static struct assessment_answer answer(const char *id, int year, const char *value)
{
    return (struct assessment_answer){.row = id,
                                      .year = year,
                                      .value = value,
                                      .female = "",
                                      .male = "",
                                      .source = "",
                                      .how = "",
                                      .stakeholder_id = "",
                                      .group_code = ""};
}

static void the_newest_year_comes_first_and_a_trend_runs_forward(void **state)
{
    (void)state;
    const struct assessment_answer all[] = {
        answer("2.1-F16", 2020, "9"),  answer("2.1-F16", 0, "5"), answer("2.1-F03", 2020, "1"),
        answer("2.1-F16", 2023, "11"), answer("2.1-F16", 2019, ""), answer("2.1-F16", 2021, "10")};
    struct profile_series s = profile_series_of(a, row("2.1-F16"), all, COUNT_OF(all));
    assert_int_equal(s.n, 5);
    static const int years[] = {2023, 2021, 2020, 2019, 0};
    for (size_t i = 0; i < s.n; i++) {
        assert_int_equal(s.values[i]->year, years[i]);
    }
    struct profile_trend t = profile_trend_of(a, &s);
    assert_int_equal(t.n, 3); // without the year, and without a value, there is no point
    assert_int_equal(t.years[0], 2020);
    assert_int_equal(t.scaled[0], 9 * 1000000);
    assert_int_equal(t.years[2], 2023);
}

static void reference_facts_carry_source_and_year(void **state)
{
    (void)state;
    struct profile_fact fact = profile_fact_of("NA", "2.1-F02");
    assert_true(fact.found);
    assert_string_equal(fact.value, "Windhoek");
    struct profile_entry entry = profile_fact_entry(a, &fact);
    assert_int_equal(entry.year, 2026);
    assert_non_null(strstr(entry.source, "GeoNames"));
    assert_false(profile_fact_of("NA", "2.1-F03").found); // no source for figures
    assert_false(profile_fact_of("XX", "2.1-F02").found);
    // every fact fits its field
    const struct tsv *t = pack_table(pack_find("reference"), "profile-facts");
    for (size_t i = 0; i < t->n_rows; i++) {
        struct profile_fact f = profile_fact_of(tsv_cell(t, i, "country"), tsv_cell(t, i, "row"));
        struct profile_entry e = profile_fact_entry(a, &f);
        struct profile_fault fault;
        assert_true(profile_entry_check(a, row(tsv_cell(t, i, "row")), 2026, &e, &fault));
    }
}

// ---- gaps ---------------------------------------------------------------------------------------

static void gaps_are_only_what_the_row_says(void **state)
{
    (void)state;
    const struct pack_tool *tool = assessment_tool("2.3");
    const struct assessment_answer all[] = {
        answer("2.3-Q01", 0, "yes"),  answer("2.3-Q02", 0, "no"),  answer("2.3-Q03", 0, "part"),
        answer("2.3-Q04f", 0, "no"), answer("2.3-Q17", 0, "no"), answer("2.3-Q14h", 0, "part"),
        answer("2.3-Q12", 0, "na"),   answer("2.3-Q26", 0, "no")};
    struct law_gaps g = law_gaps_of(a, tool, all, COUNT_OF(all));
    // the slow count: by hand, rows without a gap left out
    static const char *const never[] = {"2.3-Q04f", "2.3-Q14h", "2.3-Q17"};
    size_t whole = 0, in_part = 0, open = 0;
    for (unsigned i = 0; i < tool->n_rows; i++) {
        const char *value = "";
        bool counts = true;
        for (size_t k = 0; k < COUNT_OF(all); k++) {
            value = strcmp(all[k].row, tool->rows[i].id) == 0 ? all[k].value : value;
        }
        for (size_t k = 0; k < COUNT_OF(never); k++) {
            counts = counts && strcmp(never[k], tool->rows[i].id) != 0;
        }
        whole += counts && strcmp(value, "no") == 0;
        in_part += counts && strcmp(value, "part") == 0;
        open += counts && value[0] == '\0';
    }
    assert_int_equal(whole, 2);
    assert_int_equal(g.n_whole, whole);
    assert_int_equal(g.n_in_part, in_part);
    assert_int_equal(g.n_open, open);
    assert_int_equal(g.n, whole + in_part);
    assert_string_equal(g.items[0].row->id, "2.3-Q02");
    assert_int_equal(g.items[2].part, 3); // Q26 stands in the fourth section
}

static void a_gap_names_the_risks_that_name_it(void **state)
{
    (void)state;
    size_t n;
    struct law_risk *risks = law_risks_of(a, "2.3-Q11", "no", &n);
    assert_true(n >= 2);
    for (size_t i = 0; i < n; i++) {
        bool named = false;
        for (unsigned k = 0; k < risks[i].row->n_suggested_by; k++) {
            named = named || strcmp(risks[i].row->suggested_by[k].row, "2.3-Q11") == 0;
        }
        assert_true(named);
    }
    (void)law_risks_of(a, "2.3-Q11", "yes", &n);
    assert_int_equal(n, 0);
}

static void a_parent_sums_up_its_cases(void **state)
{
    (void)state;
    const struct pack_tool *tool = assessment_tool("2.3");
    const struct assessment_answer all[] = {answer("2.3-Q04a", 0, "yes"),
                                            answer("2.3-Q04b", 0, "yes"),
                                            answer("2.3-Q04e", 0, "no"),
                                            answer("2.3-Q14a", 0, "no")};
    struct law_cases c = law_cases_of(tool, tool_row(tool, "2.3-Q04"), all, COUNT_OF(all));
    assert_int_equal(c.n, 6);
    assert_int_equal(c.yes, 2);
    assert_int_equal(c.no, 1);
    assert_int_equal(c.open, 3);
    assert_int_equal(law_cases_of(tool, tool_row(tool, "2.3-Q01"), all, COUNT_OF(all)).n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_fits_its_unit),
        cmocka_unit_test(an_entry_needs_a_value_and_a_year_that_can_be),
        cmocka_unit_test(women_and_men_are_not_more_than_the_whole),
        cmocka_unit_test(figures_are_kept_in_one_form),
        cmocka_unit_test(the_newest_year_comes_first_and_a_trend_runs_forward),
        cmocka_unit_test(reference_facts_carry_source_and_year),
        cmocka_unit_test(gaps_are_only_what_the_row_says),
        cmocka_unit_test(a_gap_names_the_risks_that_name_it),
        cmocka_unit_test(a_parent_sums_up_its_cases),
    };
    a = arena_new((size_t)64 << 20);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(a);
    return failed;
}
