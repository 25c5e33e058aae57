// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_page_test.c: dashboards and reference sheets run as many statements for few values as for many, and
// parts of values are read only when they are shown.

#include "programme/programme_page_test_help.h"

// A programme with so many indicators, each with a result of its own and a value.
static void make_programme(const char *number, int n)
{
    const char *p = made_programme(number);
    for (int i = 0; i < n; i++) {
        const char *indicator = made_indicator(p, number, i);
        for (int year = 2024; year < 2024 + n && year < 2027; year++) {
            const char *value = made("observation", "indicator_id", indicator, "period_from",
                                     arena_printf(a, "%d-01-01", year), "period_to",
                                     arena_printf(a, "%d-03-31", year), "value", "5", "state", "entered", NULL);
            made("observation_part", "observation_id", value, "split", "sex=female", "value", "3", NULL);
        }
    }
}

static int set_up(void **state)
{
    (void)state;
    workspace_begin();
    make_programme("FEW", 2);
    make_programme("MANY", 9);
    return 0;
}

static void statements_do_not_grow_with_the_values(void **state)
{
    (void)state;
    static const struct {
        const char *few, *many;
        int64_t most;
    } pages[] = {{"/programmes/FEW/dashboard", "/programmes/MANY/dashboard", 8},
                 {"/programmes/FEW/indicators", "/programmes/MANY/indicators", 12},
                 {"/programmes/FEW/values/missing", "/programmes/MANY/values/missing", 10}};
    for (size_t i = 0; i < COUNT_OF(pages); i++) {
        int64_t few, many;
        page(pages[i].few, NULL, 0, &few);
        page(pages[i].many, NULL, 0, &many);
        assert_int_equal(few, many);
        assert_true(many <= pages[i].most);
    }
    int64_t all;
    const char *shown = page("/dashboard", NULL, 0, &all);
    assert_true(all <= 8);
    assert_non_null(strstr(shown, "/programmes/FEW/dashboard"));
    assert_non_null(strstr(shown, "/programmes/MANY/dashboard"));
}

static void parts_are_shown_when_asked_for_and_cost_no_statement(void **state)
{
    (void)state;
    const struct pair split[] = {{"split", "sex"}};
    int64_t plain, with_parts;
    assert_null(strstr(page("/programmes/MANY/dashboard", NULL, 0, &plain), "Female"));
    assert_non_null(strstr(page("/programmes/MANY/dashboard", split, 1, &with_parts), "Female"));
    assert_int_equal(with_parts, plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(statements_do_not_grow_with_the_values),
                                       cmocka_unit_test(parts_are_shown_when_asked_for_and_cost_no_statement)};
    return cmocka_run_group_tests_name("dashboard pages", tests, set_up, workspace_end);
}
