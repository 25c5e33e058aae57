// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_test.c: rules of revisions, actions and lists of codes.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/bug.h"
#include "programme/programme.h"

static struct arena *arena;

static int begin(void **state)
{
    (void)state;
    arena = arena_new((size_t)1 << 20);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void a_ticked_box_must_show_its_change(void **state)
{
    (void)state;
    const struct {
        const char *box, *fills, *text, *wrong; // wrong: field to blame, NULL when it is right
        int64_t amount;
    } cases[] = {
        {"changes_budget", NULL, NULL, "overall_after", 0},
        {"changes_budget", "overall_after", NULL, NULL, 100},
        {"changes_budget", "what_changed", "USD 90,000 added.", NULL, 0},
        {"changes_time", NULL, NULL, "ends_on_after", 0},
        {"changes_time", "overall_after", NULL, "ends_on_after", 100}, // of another box
        {"changes_time", "ends_on_after", "2016-12-31", NULL, 0},
        {"changes_logframe", "ends_on_after", "2016-12-31", "what_changed", 0},
        {"changes_logframe", "what_changed", "Output 6.2 is new.", NULL, 0},
        {NULL, NULL, NULL, NULL, 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct record *r = record_new(arena, &entity_revision);
        struct err_info e = {0};
        if (cases[i].box != NULL) {
            record_set_int(r, cases[i].box, 1);
        }
        if (cases[i].fills != NULL && cases[i].text == NULL) {
            record_set_int(r, cases[i].fills, cases[i].amount);
        } else if (cases[i].fills != NULL) {
            record_set_text(r, cases[i].fills, cases[i].text);
        }
        enum err err = revision_check(r, &e);
        assert_int_equal(err, cases[i].wrong == NULL ? ERR_NONE : ERR_INPUT);
        assert_string_equal(e.field, cases[i].wrong == NULL ? "" : cases[i].wrong);
    }
}

static void only_open_actions_are_late(void **state)
{
    (void)state;
    assert_true(action_is_late("open", "2026-11-21", "2026-11-22"));
    assert_false(action_is_late("open", "2026-11-22", "2026-11-22")); // the day itself is in time
    assert_false(action_is_late("open", "", "2026-11-22"));
    assert_false(action_is_late("open", NULL, "2026-11-22"));
    assert_false(action_is_late("done", "2026-01-01", "2026-11-22"));
    assert_false(action_is_late("dropped", "2026-01-01", "2026-11-22"));
}

static void a_day_of_doing_belongs_to_what_is_done(void **state)
{
    (void)state;
    struct record *r = record_new(arena, &entity_action);
    struct err_info e = {0};
    record_set_text(r, "state", "open");
    record_set_text(r, "done_on", "2026-05-03");
    assert_int_equal(action_check(r, &e), ERR_INPUT);
    assert_string_equal(e.field, "done_on");
    record_set_text(r, "state", "done");
    assert_int_equal(action_check(r, &e), ERR_NONE);
}

static void codes_are_counted(void **state)
{
    (void)state;
    assert_int_equal(codes_count(NULL), 0);
    assert_int_equal(codes_count(""), 0);
    assert_int_equal(codes_count(" AF "), 1);
    assert_int_equal(codes_count(" AF BA CG "), 3);
}

static void only_web_links_are_evidence(void **state)
{
    (void)state;
    static const char *const bad[] = {"javascript:alert(1)", "ftp://example.org", "example.org"};
    struct err_info e = {0};
    struct record *r = record_new(arena, &entity_evidence);
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        record_set_text(r, "link", bad[i]);
        assert_int_equal(evidence_check(r, &e), ERR_INPUT);
    }
    record_set_text(r, "link", "https://example.org/report");
    assert_int_equal(evidence_check(r, &e), ERR_NONE);
}

static void shares_are_of_the_countries_of_the_programme(void **state)
{
    (void)state;
    static const struct {
        const char *countries, *shares;
        const char *wrong; // the country to blame, NULL when it is right
    } cases[] = {
        {NULL, NULL, NULL},
        {" NA NE ", NULL, NULL},
        {" NA NE ", "NA 60 NE 40", NULL},
        {" NA NE ", "NA 60 NE 30 998 10", NULL}, // and what is for none of them alone
        {NULL, "998 100", NULL},
        {" NA ", "NA 60 NE 40", "Niger"},
        {" NA NE ", "NA 100", "Niger"},
        {NULL, "NA 100", "Namibia"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct record *r = record_new(arena, &entity_programme);
        struct err_info e = {0};
        record_set_text(r, "number", "X1");
        record_set_text(r, "countries", cases[i].countries);
        record_set_text(r, "country_shares", cases[i].shares);
        enum err err = programme_check(r, &e);
        assert_int_equal(err, cases[i].wrong == NULL ? ERR_NONE : ERR_INPUT);
        assert_string_equal(e.field, cases[i].wrong == NULL ? "" : "country_shares");
        assert_string_equal(e.args[0], cases[i].wrong == NULL ? "" : cases[i].wrong);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ticked_box_must_show_its_change),
        cmocka_unit_test(only_open_actions_are_late),
        cmocka_unit_test(a_day_of_doing_belongs_to_what_is_done),
        cmocka_unit_test(codes_are_counted),
        cmocka_unit_test(shares_are_of_the_countries_of_the_programme),
        cmocka_unit_test(only_web_links_are_evidence),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
