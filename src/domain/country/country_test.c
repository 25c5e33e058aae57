// SPDX-License-Identifier: AGPL-3.0-or-later
//
// country_test.c: what comes next for a tool about a country.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/bug.h"
#include "country/country.h"

static struct country_tool tool(const char *id, const char *state, int answered, int of,
                                const char *touched)
{
    return (struct country_tool){.tool = pack_tool_anywhere(id),
                                 .kept = true,
                                 .state = state,
                                 .answered = answered,
                                 .of = of,
                                 .touched = touched,
                                 .assigned_id = ""};
}

static void the_next_step_follows_from_state_answers_and_age(void **state)
{
    (void)state;
    static const struct {
        const char *id, *state;
        int answered, of;
        const char *touched;
        enum country_next next;
    } cases[] = {
        {"2.1", "", 0, 42, "", COUNTRY_START},
        {"2.1", "draft", 41, 42, "2026-11-01", COUNTRY_CONTINUE},
        {"2.1", "draft", 42, 42, "2026-11-01", COUNTRY_SUBMIT},
        {"2.1", "returned", 42, 42, "2026-11-01", COUNTRY_MEND},
        {"2.1", "submitted", 10, 42, "2026-11-01", COUNTRY_CHECK},
        {"2.1", "approved", 10, 42, "2025-09-23", COUNTRY_NOTHING}, // 13 months
        {"2.1", "approved", 42, 42, "2025-09-22", COUNTRY_AGAIN},   // 14 months
        {"2.2", "", 0, 33, "", COUNTRY_START},
        {"2.2", "", 9, 33, "2026-11-01", COUNTRY_CONTINUE},
        {"2.2", "", 33, 33, "2020-01-01", COUNTRY_NOTHING},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct country_tool t = tool(cases[i].id, cases[i].state, cases[i].answered, cases[i].of,
                                     cases[i].touched);
        assert_int_equal(country_next_of(&t, "2026-11-22"), cases[i].next);
    }
}

static void age_is_told_in_whole_months(void **state)
{
    (void)state;
    struct country_tool t = tool("2.1", "approved", 1, 42, "2025-09-23");
    assert_int_equal(country_age_months(&t, "2026-11-22"), 13);
    t.touched = "";
    assert_int_equal(country_age_months(&t, "2026-11-22"), -1);
}

static void obligations_have_a_state_from_what_is_known(void **state)
{
    (void)state;
    struct country_tool t = tool("2.2", "", 9, 33, "2026-11-01");
    assert_string_equal(country_state_label(&t), "In progress");
    assert_string_equal(country_state_look(&t), "progress");
    t.answered = 33;
    assert_string_equal(country_state_label(&t), "Complete");
    t = tool("2.3", "", 0, 41, "");
    assert_string_equal(country_state_label(&t), "Not started");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_step_follows_from_state_answers_and_age),
        cmocka_unit_test(age_is_told_in_whole_months),
        cmocka_unit_test(obligations_have_a_state_from_what_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
