// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_basis_test.c: lines of answers that a risk was taken over for, written and read again.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "assessment/assessment_basis.h"
#include "base/bug.h"
#include "base/limits.h"

static struct arena *a;

static int set_up(void **state)
{
    (void)state;
    a = arena_new(LIMIT_REQUEST_BYTES);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(a);
    return 0;
}

static void a_line_is_what_the_page_on_risks_shows(void **state)
{
    (void)state;
    const struct basis_ground g = {.country = "NE", .row = "2.6-Q5", .column = "irregular",
                                   .value = "no", .round = "01kb", .why = "No lawyer\nof choice."};
    const struct basis_ground plain = {.country = "NE", .row = "2.3-Q11", .column = "",
                                       .value = "no", .round = "01kc", .why = ""};
    assert_string_equal(basis_line(a, &g), "NE:2.6-Q5/irregular=no 01kb No lawyer of choice.");
    assert_string_equal(basis_line(a, &plain), "NE:2.3-Q11=no 01kc ");
    assert_string_equal(basis_mark(a, &plain), "NE:2.3-Q11=no");
}

// All that lines are made of, written and read: nothing is lost, also where a part is empty.
static void what_is_written_is_read_again(void **state)
{
    (void)state;
    static const char *const columns[] = {"", "women", "01kb7"};
    static const char *const whys[] = {"", "Because.", "a=b: c/d = e"};
    struct basis_ground made[9];
    const char *text = "";
    for (size_t i = 0; i < COUNT_OF(made); i++) {
        made[i] = (struct basis_ground){.country = i % 2 == 0 ? "NA" : "NE",
                                        .row = i % 2 == 0 ? "2.3-Q14d" : "2.6-Q5",
                                        .column = columns[i % 3], .value = "too-little",
                                        .round = i == 4 ? "" : "01kb", .why = whys[i / 3]};
        text = arena_printf(a, "%s%s%s", text, i == 0 ? "" : "\n", basis_line(a, &made[i]));
    }
    size_t n;
    const struct basis_ground *read = basis_grounds(a, text, &n);
    assert_int_equal(n, COUNT_OF(made));
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(read[i].country, made[i].country);
        assert_string_equal(read[i].row, made[i].row);
        assert_string_equal(read[i].column, made[i].column);
        assert_string_equal(read[i].value, made[i].value);
        assert_string_equal(read[i].round, made[i].round);
        assert_string_equal(read[i].why, made[i].why);
    }
}

static void what_is_no_such_line_is_left_out(void **state)
{
    (void)state;
    size_t n;
    assert_non_null(basis_grounds(a, "", &n));
    assert_int_equal(n, 0);
    const struct basis_ground *read =
        basis_grounds(a, "words\n\n: =\nNE:2.3-Q11=no\nNE 2.3-Q11 no", &n);
    for (size_t i = 0; i < n; i++) {
        assert_non_null(read[i].row);
        assert_non_null(read[i].value);
    }
    assert_string_equal(read[n - 1].row, "2.3-Q11");
    assert_string_equal(read[n - 1].round, "");
}

static void risks_of_a_question_are_those_of_its_column(void **state)
{
    (void)state;
    struct basis_risk items[] = {
        {.id = "1", .ground = {.row = "2.6-Q5", .column = "women"}},
        {.id = "1", .ground = {.row = "2.6-Q5", .column = "men"}},
        {.id = "2", .ground = {.row = "2.6-Q5", .column = "men"}},
        {.id = "3", .ground = {.row = "2.6-Q6", .column = "men"}},
    };
    const struct basis_risks all = {.items = items, .n = COUNT_OF(items)};
    assert_int_equal(basis_risks_of(a, &all, "2.6-Q5", NULL).n, 2);
    assert_int_equal(basis_risks_of(a, &all, "2.6-Q5", "men").n, 2);
    assert_int_equal(basis_risks_of(a, &all, "2.6-Q5", "women").n, 1);
    assert_int_equal(basis_risks_of(a, &all, "2.6-Q5", "").n, 0);
    assert_int_equal(basis_risks_of(a, &all, "2.6-Q7", NULL).n, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_line_is_what_the_page_on_risks_shows),
        TEST(what_is_written_is_read_again),
        TEST(what_is_no_such_line_is_left_out),
        TEST(risks_of_a_question_are_those_of_its_column),
    };
    return cmocka_run_group_tests_name("assessment_basis", tests, NULL, NULL);
}
