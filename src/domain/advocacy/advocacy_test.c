// SPDX-License-Identifier: AGPL-3.0-or-later
//
// advocacy_test.c: arguments of a concern, what a use of one must say, and who finds which lesson.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "advocacy/advocacy.h"
#include "base/limits.h"

static void every_concern_has_an_argument_and_the_misprint_has_two(void **state)
{
    (void)state;
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    const struct pack_tool *tool = pack_family_tool(ADVOCACY_TOOL, NULL);
    assert_non_null(tool);
    assert_int_equal(tool->n_sections, 9);
    int concerns = 0, own = 0;
    for (unsigned i = 0; i < tool->n_rows; i++) {
        size_t n;
        const struct advocacy_argument *arguments = advocacy_arguments(a, tool, &tool->rows[i], &n);
        concerns++;
        own += tool->rows[i].argument != NULL;
        assert_true(n > 0);
        if (strcmp(tool->rows[i].id, "3.7-1-02") == 0) {
            assert_int_equal(n, 2);
            assert_string_equal(arguments[0].row->id, "1.1-A02");
            assert_string_equal(arguments[1].row->id, "1.1-A03");
        } else {
            assert_int_equal(n, 1);
            assert_ptr_equal(arguments[0].row, &tool->rows[i]);
        }
    }
    assert_int_equal(concerns, 25);
    assert_int_equal(own, 24);
    arena_free(a);
}

static void headings_of_the_records_are_those_of_the_tool(void **state)
{
    (void)state;
    const struct field *f = entity_field(&entity_advocacy_use, "heading");
    const struct pack_tool *tool = pack_family_tool(ADVOCACY_TOOL, NULL);
    size_t n = 0;
    while (f->choices[n].code != NULL) {
        n++;
    }
    assert_int_equal(n, tool->n_sections);
    for (unsigned i = 0; i < tool->n_sections; i++) {
        assert_string_equal(f->choices[i].code, tool->sections[i].id);
        assert_string_equal(f->choices[i].label, tool->sections[i].title);
    }
}

static const struct {
    const char *says;
    const char *row, *concern_id, *heading, *argument_row, *argument, *article;
    int lesson;
    const char *worked;
    const char *blames; // field, or NULL when it is right
} cases[] = {
    {"the argument of the Toolkit", "3.7-2-01", NULL, "investigation", "3.7-2-01", NULL, NULL, 0, NULL, NULL},
    {"an argument of tool 1.1", "3.7-1-02", NULL, "legislation", "1.1-A02", NULL, NULL, 0, NULL, NULL},
    {"an article", "3.7-2-01", NULL, "investigation", NULL, NULL, "2.2-I05 14(1)", 0, NULL, NULL},
    {"own words about an own concern", NULL, "01m80n59swfpm4f7h1z2mx1pz9", "data", NULL, "x", NULL, 0, NULL, NULL},
    {"no concern", NULL, NULL, "data", NULL, "x", NULL, 0, NULL, "row"},
    {"two concerns", "3.7-2-01", "01m80n59swfpm4f7h1z2mx1pz9", "investigation", NULL, "x", NULL, 0, NULL, "row"},
    {"a row that is none", "3.7-9-99", NULL, "prevention", NULL, "x", NULL, 0, NULL, "row"},
    {"another heading", "3.7-2-01", NULL, "data", "3.7-2-01", NULL, NULL, 0, NULL, "heading"},
    {"a row without argument", "3.7-2-01", NULL, "investigation", "3.7-1-02", NULL, NULL, 0, NULL, "argument_row"},
    {"no instrument", "3.7-2-01", NULL, "investigation", NULL, NULL, "14(1)", 0, NULL, "article"},
    {"no argument", "3.7-2-01", NULL, "investigation", NULL, NULL, NULL, 0, NULL, "argument"},
    {"a lesson without words", "3.7-2-01", NULL, "investigation", "3.7-2-01", NULL, NULL, 1, NULL, "what_worked"},
    {"a lesson", "3.7-2-01", NULL, "investigation", "3.7-2-01", NULL, NULL, 1, "Figures", NULL},
};

static void a_use_says_what_it_answers_and_with_what(void **state)
{
    (void)state;
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct record *r = record_new(a, &entity_advocacy_use);
        record_set_text(r, "programme_id", "01m80n59snm0nga6hvwyv4ptm5");
        record_set_text(r, "row", cases[i].row);
        record_set_text(r, "concern_id", cases[i].concern_id);
        record_set_text(r, "heading", cases[i].heading);
        record_set_text(r, "argument_row", cases[i].argument_row);
        record_set_text(r, "argument", cases[i].argument);
        record_set_text(r, "article", cases[i].article);
        record_set_text(r, "what_worked", cases[i].worked);
        record_set_text(r, "with_sort", "ministry");
        record_set_text(r, "country", "NA");
        record_set_text(r, "used_on", "2026-05-01");
        record_set_text(r, "result", "part");
        record_set_int(r, "lesson", cases[i].lesson);
        struct err_info e = {0};
        enum err err = record_check(r, &e);
        const char *blamed = err == ERR_NONE ? NULL : e.field;
        if ((blamed == NULL) != (cases[i].blames == NULL) ||
            (blamed != NULL && strcmp(blamed, cases[i].blames) != 0)) {
            fail_msg("%s: blames %s", cases[i].says, blamed == NULL ? "nothing" : blamed);
        }
    }
    arena_free(a);
}

static void a_lesson_is_found_by_what_it_says_and_where(void **state)
{
    (void)state;
    const struct advocacy_line line = {
        .programme_id = "p", .heading = "investigation", .row = "3.7-2-01", .root = "3.7-2-01",
        .concern_id = "",
        .concern = "", .argument_row = "3.7-2-01", .argument = "Two cases were lost", .article = "",
        .with_sort = "justice", .stakeholder = "", .country = "NA", .result = "part",
        .what_worked = "Figures", .next_time = "", .lesson = true};
    struct advocacy_line plain = line;
    plain.lesson = false;
    const struct {
        struct advocacy_ask ask;
        bool fits;
    } asks[] = {
        {{.search = ""}, true},
        {{.heading = "investigation", .country = "NA", .result = "part", .with_sort = "justice"}, true},
        {{.heading = "data"}, false},
        {{.country = "NE"}, false},
        {{.countries = " NE NA "}, true},
        {{.countries = " NE KE "}, false},
        {{.result = "not"}, false},
        {{.with_sort = "ministry"}, false},
        {{.search = "fIGures"}, true},
        {{.search = "LAW ENFORCEMENT"}, true}, // stands in the concern of the Toolkit
        {{.search = "court admits"}, true},    // stands in the argument of the Toolkit
        {{.search = "budget"}, false},
        {{.row = "3.7-2-01"}, true},
        {{.row = "3.7-2-02"}, false},
        {{.programme_id = "q"}, false},
    };
    for (size_t i = 0; i < sizeof asks / sizeof asks[0]; i++) {
        if (advocacy_fits(&line, &asks[i].ask) != asks[i].fits) {
            fail_msg("case %zu", i);
        }
    }
    assert_false(advocacy_fits(&plain, &(struct advocacy_ask){.lessons_only = true}));
    assert_true(advocacy_fits(&plain, &(struct advocacy_ask){.lessons_only = false}));
}

static void an_article_is_read_with_its_treaty(void **state)
{
    (void)state;
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    assert_string_equal(advocacy_article_words(a, &lang_en, "2.2-I05 14(1)"), "ICCPR 14(1)");
    assert_string_equal(advocacy_article_words(a, &lang_en, "2.2-I05"), "ICCPR");
    assert_string_equal(advocacy_article_words(a, &lang_en, ""), "");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_concern_has_an_argument_and_the_misprint_has_two),
        cmocka_unit_test(headings_of_the_records_are_those_of_the_tool),
        cmocka_unit_test(a_use_says_what_it_answers_and_with_what),
        cmocka_unit_test(a_lesson_is_found_by_what_it_says_and_where),
        cmocka_unit_test(an_article_is_read_with_its_treaty),
    };
    return cmocka_run_group_tests_name("advocacy", tests, NULL, NULL);
}
