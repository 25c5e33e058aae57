// SPDX-License-Identifier: AGPL-3.0-or-later
//
// iati_check_test.c: a sound file passes; for each rule a file that breaks only this one is refused for it.
// Where the examples of the standard are at hand, the check agrees with its schema on all of them.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/msg.h"
#include "exchange/iati/iati_check.h"
#include "os/file.h"
#include "os/folder.h"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new((size_t)1024 * 1024 * 1024);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static struct iati_report check_bytes(const char *bytes, size_t len)
{
    struct buf out;
    struct err_info e = {0};
    const struct xml_node *root;
    struct iati_report r = {.arena = arena, .lang = &lang_en, .today = "2026-11-22"};
    buf_init(&out, arena, XML_ANSWER_BYTES);
    xml_answer(arena, bytes, len, &out);
    assert_true(xml_answer_read(arena, out.data, out.len, &root, &e));
    assert_int_equal(e.code, ERR_NONE);
    iati_check(&r, root);
    return r;
}

static const char good[] =
    "<iati-activities version=\"2.03\" generated-datetime=\"2026-11-22T08:00:00Z\">\n"
    "<iati-activity xml:lang=\"en\" default-currency=\"USD\">\n"
    "<iati-identifier>XM-1-A</iati-identifier>\n"
    "<reporting-org ref=\"XM-1\" type=\"40\"><narrative>Us</narrative></reporting-org>\n"
    "<title><narrative>Courts</narrative></title>\n"
    "<description type=\"1\"><narrative>Fair courts</narrative></description>\n"
    "<participating-org role=\"1\" type=\"10\"><narrative>A State</narrative></participating-org>\n"
    "<activity-status code=\"2\"/>\n"
    "<activity-date type=\"2\" iso-date=\"2025-01-01\"/>\n"
    "<activity-date type=\"3\" iso-date=\"2027-12-31\"/>\n"
    "<recipient-country code=\"NA\" percentage=\"40.5\"/>\n"
    "<recipient-country code=\"NE\" percentage=\"59.5\"/>\n"
    "<sector vocabulary=\"1\" code=\"15190\"/>\n"
    "<policy-marker vocabulary=\"1\" code=\"1\" significance=\"2\"/>\n"
    "<budget><period-start iso-date=\"2025-01-01\"/><period-end iso-date=\"2025-12-31\"/>"
    "<value value-date=\"2025-01-01\">100.50</value></budget>\n"
    "<transaction><transaction-type code=\"4\"/><transaction-date iso-date=\"2025-12-31\"/>"
    "<value value-date=\"2025-12-31\">90</value></transaction>\n"
    "<result type=\"1\"><title><narrative>Courses</narrative></title>\n"
    "<indicator measure=\"1\" ascending=\"1\"><title><narrative>People</narrative></title>"
    "<reference vocabulary=\"99\" code=\"I1\"/>\n"
    "<baseline year=\"2024\" value=\"0\"/>\n"
    "<period><period-start iso-date=\"2025-01-01\"/><period-end iso-date=\"2025-12-31\"/>"
    "<target value=\"100\"/><actual value=\"95\"/></period></indicator></result>\n"
    "</iati-activity>\n"
    "</iati-activities>\n";

static void a_sound_file_has_no_problem(void **state)
{
    (void)state;
    struct iati_report r = check_bytes(good, strlen(good));
    for (size_t i = 0; i < r.n; i++) {
        print_message("%d: %s\n", r.problems[i].line, r.problems[i].what);
    }
    assert_int_equal(r.n, 0);
    assert_int_equal(r.n_activities, 1);
}

static const struct broken {
    const char *find;
    const char *put;
    int line;
    enum iati_sort sort;
    const char *what;
    const char *mend; // part of it, or NULL
} broken[] = {
    // the schema
    {"<title><narrative>Courts</narrative></title>\n", "", 2, IATI_SCHEMA,
     "The element <title> is missing in <iati-activity>.", "order of the standard"},
    {"<narrative>Courts</narrative>", "", 5, IATI_SCHEMA, "<title> has no text.", "<narrative>"},
    {"<activity-status code=\"2\"/>\n<activity-date type=\"2\" iso-date=\"2025-01-01\"/>",
     "<activity-date type=\"2\" iso-date=\"2025-01-01\"/>\n<activity-status code=\"2\"/>", 9,
     IATI_SCHEMA, "The element <activity-status> comes too late: after <activity-date>.",
     "before <activity-date>"},
    {"<activity-status code=\"2\"/>", "<activity-status code=\"2\"/><activity-status code=\"2\"/>", 8,
     IATI_SCHEMA, "The element <activity-status> stands twice.", NULL},
    {"<sector ", "<colour/><sector ", 13, IATI_SCHEMA,
     "The element <colour> does not belong into <iati-activity>.", NULL},
    {"<activity-status code=\"2\"/>", "<activity-status code=\"2\" colour=\"red\"/>", 8, IATI_SCHEMA,
     "The element <activity-status> has no attribute “colour”.", NULL},
    {"<activity-status code=\"2\"/>", "<activity-status/>", 8, IATI_SCHEMA,
     "The element <activity-status> needs the attribute “code”.", "<activity-status code="},
    {"iso-date=\"2027-12-31\"", "iso-date=\"31/12/2027\"", 10, IATI_SCHEMA,
     "The attribute “iso-date” is not written as it must be.", "2026-11-22"},
    {"iso-date=\"2027-12-31\"", "iso-date=\"2027-02-30\"", 10, IATI_SCHEMA,
     "The attribute “iso-date” is not written as it must be.", "2026-11-22"},
    {"generated-datetime=\"2026-11-22T08:00:00Z\"", "generated-datetime=\"2026-11-22\"", 1,
     IATI_SCHEMA, "The attribute “generated-datetime” is not written as it must be.",
     "2026-11-22T10:20:30Z"},
    {">100.50<", ">USD 100.50<", 15, IATI_SCHEMA, "The text of <value> is not written as it must be.",
     "digits"},
    {"percentage=\"40.5\"", "percentage=\"40,5\"", 11, IATI_SCHEMA,
     "The attribute “percentage” is not written as it must be.", "point"},
    {"ascending=\"1\"", "ascending=\"yes\"", 18, IATI_SCHEMA,
     "The attribute “ascending” is not written as it must be.", "1 for yes"},
    {"year=\"2024\"", "year=\"0\"", 19, IATI_SCHEMA,
     "The attribute “year” is not written as it must be.", "1 or more"},
    {"<title><narrative>Courts</narrative></title>", "<title>Courts<narrative>C</narrative></title>",
     5, IATI_SCHEMA, "Text stands directly in <title>.", "<narrative>"},
    {"<actual value=\"95\"/>", "<x:n xmlns:x=\"urn:x\"/><actual value=\"95\"/>", 20, IATI_SCHEMA,
     "The element <actual> comes after elements of others.", NULL},
    {"<actual value=\"95\"/>", "<actual value=\"95\" x:n=\"1\" xmlns:x=\"urn:x\"/>", 20, IATI_SCHEMA,
     "The element <actual> has no attribute “n”.", NULL},
    // codes
    {"<activity-status code=\"2\"/>", "<activity-status code=\"9\"/>", 8, IATI_CODE,
     "“9” is no code of the list ActivityStatus.", "ActivityStatus"},
    {"default-currency=\"USD\"", "default-currency=\"EURO\"", 2, IATI_CODE,
     "“EURO” is no code of the list Currency.", NULL},
    {"code=\"15190\"", "code=\"15\"", 13, IATI_CODE, "“15” is no code of the list Sector.", NULL},
    {"measure=\"1\"", "measure=\"7\"", 18, IATI_CODE, "“7” is no code of the list IndicatorMeasure.",
     NULL},
    // rules
    {">XM-1-A<", "><", 3, IATI_RULE, "The activity has no identifier.", NULL},
    {">XM-1-A<", ">XM-1<", 3, IATI_RULE,
     "The activity has the same identifier as the organisation.", NULL},
    {">XM-1-A<", ">XM-1-A/B<", 3, IATI_ADVICE, "The identifier has one of the signs / & | ?", NULL},
    {">XM-1-A<", ">XM-2-A<", 3, IATI_ADVICE,
     "The identifier does not begin with that of the reporting organisation.", "“XM-1-”"},
    {"<narrative>Courts<", "<narrative> <", 5, IATI_RULE, "<title> is empty.", NULL},
    {" xml:lang=\"en\"", "", 4, IATI_RULE, "In which language is this text?", "xml:lang"},
    {" default-currency=\"USD\"", "", 15, IATI_RULE, "In which currency is this amount?",
     "default-currency"},
    {"<participating-org role=\"1\" type=\"10\"><narrative>A State</narrative></participating-org>",
     "<participating-org role=\"1\"/>", 7, IATI_RULE,
     "An organisation has neither identifier nor name.", NULL},
    {"<activity-date type=\"2\"", "<activity-date type=\"4\"", 2, IATI_RULE,
     "The activity has no first day.", NULL},
    {"type=\"2\" iso-date=\"2025-01-01\"", "type=\"1\" iso-date=\"2028-01-01\"", 10, IATI_RULE,
     "The planned end lies before the planned start.", NULL},
    {"type=\"3\" iso-date=\"2027-12-31\"", "type=\"4\" iso-date=\"2024-12-31\"", 10, IATI_RULE,
     "The actual end lies before the actual start.", NULL},
    {"type=\"2\" iso-date=\"2025-01-01\"", "type=\"2\" iso-date=\"2026-11-23\"", 9, IATI_RULE,
     "The actual start lies in the future.", NULL},
    {"type=\"3\" iso-date=\"2027-12-31\"", "type=\"4\" iso-date=\"2027-12-31\"", 10, IATI_RULE,
     "The actual end lies in the future.", NULL},
    {"<iati-activity xml:lang", "<iati-activity last-updated-datetime=\"2027-01-01T00:00:00Z\" xml:lang",
     2, IATI_RULE, "The last update lies in the future.", NULL},
    {"2026-11-22T08:00:00Z", "2026-11-23T08:00:00Z", 1, IATI_RULE,
     "The file says that it was made in the future.", NULL},
    {"<sector vocabulary=\"1\" code=\"15190\"/>\n", "", 2, IATI_RULE, "The activity has no sector.",
     NULL},
    {"<sector vocabulary=\"1\" code=\"15190\"/>",
     "<sector vocabulary=\"1\" code=\"15190\" percentage=\"50\"/><sector code=\"15130\"/>", 13, IATI_RULE,
     "Of several sectors of one list, some have no percentage.", NULL},
    {"<sector vocabulary=\"1\" code=\"15190\"/>",
     "<sector code=\"15190\" percentage=\"50\"/><sector code=\"15130\" percentage=\"49.99\"/>", 13,
     IATI_RULE, "The percentages of the sectors of one list come to 99.99, not 100.", NULL},
    {"code=\"15190\"/>", "code=\"15190\"/><sector vocabulary=\"99\" code=\"x\"/>", 13, IATI_RULE,
     "A sector of a list of your own needs a name.", NULL},
    {" percentage=\"40.5\"", "", 11, IATI_RULE,
     "Of several countries and regions, some have no percentage.", NULL},
    {"percentage=\"40.5\"", "percentage=\"40\"", 11, IATI_RULE,
     "The percentages of countries and regions come to 99.5, not 100.", NULL},
    {"<recipient-country code=\"NE\" percentage=\"59.5\"/>",
     "<recipient-region vocabulary=\"1\" code=\"998\" percentage=\"60\"/>", 11, IATI_RULE,
     "The percentages of countries and regions come to 100.5, not 100.", NULL},
    {"<recipient-country code=\"NA\" percentage=\"40.5\"/>\n<recipient-country code=\"NE\" percentage=\"59.5\"/>",
     "", 2, IATI_RULE, "The activity names no country and no region.", NULL},
    {">90</value>", ">90</value><recipient-country code=\"NA\"/>", 2, IATI_RULE,
     "Countries stand both at the activity and at its transactions.", NULL},
    {"<period-end iso-date=\"2025-12-31\"/><value", "<period-end iso-date=\"2024-12-31\"/><value", 15,
     IATI_RULE, "The period ends before it begins.", NULL},
    {"<period-end iso-date=\"2025-12-31\"/><value", "<period-end iso-date=\"2026-12-31\"/><value", 15,
     IATI_RULE, "The budget is for more than one year.", "one year each"},
    {"<transaction-date iso-date=\"2025-12-31\"/>", "<transaction-date iso-date=\"2026-12-31\"/>", 16,
     IATI_RULE, "The transaction lies in the future.", NULL},
    {"value-date=\"2025-12-31\"", "value-date=\"2026-12-31\"", 16, IATI_RULE,
     "The day of the value lies in the future.", NULL},
    {">90</value>", ">90</value><provider-org/>", 16, IATI_RULE,
     "An organisation has neither identifier nor name.", NULL},
    {"<indicator measure=\"1\"", "<reference vocabulary=\"99\" code=\"R\"/><indicator measure=\"1\"", 18,
     IATI_RULE, "Both the result and its indicator have a <reference>.", NULL},
    {"<period-end iso-date=\"2025-12-31\"/><target", "<period-end iso-date=\"2024-12-31\"/><target", 20,
     IATI_RULE, "The period ends before it begins.", NULL},
    {"<baseline year=\"2024\" value=\"0\"/>", "<baseline year=\"2024\"/>", 19, IATI_RULE,
     "<baseline> has no value.", NULL},
    {"<actual value=\"95\"/>", "<actual/>", 20, IATI_RULE, "<actual> has no value.", NULL},
    {"<actual value=\"95\"/>", "<actual value=\"95 people\"/>", 20, IATI_ADVICE,
     "The value of <actual> is no number.", "title"},
    {" significance=\"2\"", "", 14, IATI_RULE, "The policy marker does not say how much it counts.",
     NULL},
    {"<policy-marker vocabulary=\"1\" code=\"1\" significance=\"2\"/>",
     "<policy-marker vocabulary=\"99\" code=\"1\"/>", 14, IATI_RULE,
     "A policy marker of your own needs a name.", NULL},
    {"version=\"2.03\"", "version=\"1.05\"", 1, IATI_RULE,
     "The file is of version 1.05; only 2.03 is checked.", NULL},
    // a rule that needs two problems at once is tested below
};

static const char *replaced(const char *find, const char *put)
{
    const char *at = strstr(good, find);
    assert_non_null(at);
    return arena_printf(arena, "%.*s%s%s", (int)(at - good), good, put, at + strlen(find));
}

static void each_rule_is_broken_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        const struct broken *b = &broken[i];
        const char *file = replaced(b->find, b->put);
        struct iati_report r = check_bytes(file, strlen(file));
        if (r.n != 1 || strcmp(r.problems[0].what, b->what) != 0) {
            for (size_t k = 0; k < r.n; k++) {
                print_message("line %d: %s\n", r.problems[k].line, r.problems[k].what);
            }
            fail_msg("instead of: %s", b->what);
        }
        assert_int_equal(r.problems[0].line, b->line);
        assert_int_equal(r.problems[0].sort, b->sort);
        if (b->mend != NULL) {
            assert_non_null(strstr(r.problems[0].mend, b->mend));
        }
        assert_true(r.problems[0].mend[0] != '\0');
    }
}

static bool says(const struct iati_report *r, const char *what)
{
    for (size_t i = 0; i < r->n; i++) {
        if (strcmp(r->problems[i].what, what) == 0) {
            return true;
        }
    }
    return false;
}

static void some_rules_need_more_than_one_change(void **state)
{
    (void)state;
    const char *activity = strstr(good, "<iati-activity ");
    size_t len = (size_t)(strstr(good, "</iati-activities>") - activity);
    const char *twice = replaced("</iati-activities>", arena_printf(arena, "%.*s</iati-activities>",
                                                                    (int)len, activity));
    struct iati_report r = check_bytes(twice, strlen(twice));
    assert_int_equal(r.n, 1);
    assert_int_equal(r.problems[0].line, 23);
    assert_string_equal(r.problems[0].what,
                        "Another activity of this file has the same identifier: line 3.");
    const char *none = "<iati-activities version=\"2.03\"/>";
    r = check_bytes(none, strlen(none));
    assert_true(says(&r, "The element <iati-activity> is missing in <iati-activities>."));
    const char *other = "<rss/>";
    r = check_bytes(other, strlen(other));
    assert_true(says(&r, "This is no IATI activity file: it begins with <rss>."));
    const char *organisations = "<iati-organisations/>";
    r = check_bytes(organisations, strlen(organisations));
    assert_true(says(&r, "This is an organisation file, which is not checked here."));
    const char *words = replaced("measure=\"1\"", "measure=\"5\"");
    r = check_bytes(words, strlen(words));
    assert_int_equal(r.n, 3); // baseline, target, actual
    assert_true(says(&r, "A qualitative indicator has a value."));
    assert_int_equal(iati_report_errors(&r), 0);
    const char *no_indicator = "<iati-activities version=\"2.03\"><iati-activity><result type=\"1\"/>"
                               "</iati-activity></iati-activities>";
    r = check_bytes(no_indicator, strlen(no_indicator));
    assert_true(says(&r, "The result has no indicator."));
}

// How many problems of the schema the files of a folder have: none in each, or some in each.
static void check_folder(const char *folder, bool sound, size_t at_least)
{
    struct folder_file *files;
    size_t n;
    struct err_info e = {0};
    assert_int_equal(folder_read(arena, folder, 500, LIMIT_UPLOAD_BYTES, &files, &n, &e), ERR_NONE);
    assert_true(n >= at_least);
    for (size_t i = 0; i < n; i++) {
        struct iati_report r = check_bytes(files[i].bytes, files[i].len);
        size_t of_schema = 0;
        for (size_t k = 0; k < r.n; k++) {
            of_schema += r.problems[k].sort == IATI_SCHEMA;
        }
        if (sound != (of_schema == 0)) {
            fail_msg("%s: %zu problems of the schema", files[i].path, of_schema);
        }
    }
}

static void the_examples_of_the_standard_are_judged_as_its_schema_does(void **state)
{
    (void)state;
    const char *shared = getenv("MAINSTAY_SHARED");
    const char *iati = arena_printf(arena, "%s/data/iati", shared == NULL ? "../shared" : shared);
    if (!folder_exists(iati)) {
        skip();
    }
    check_folder(arena_printf(arena, "%s/tests-should-pass", iati), true, 50);
    check_folder(arena_printf(arena, "%s/tests-should-fail", iati), false, 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_file_has_no_problem),
        cmocka_unit_test(each_rule_is_broken_once),
        cmocka_unit_test(some_rules_need_more_than_one_change),
        cmocka_unit_test(the_examples_of_the_standard_are_judged_as_its_schema_does),
    };
    return cmocka_run_group_tests_name("iati_check_test", tests, set_up, tear_down);
}
