// SPDX-License-Identifier: AGPL-3.0-or-later
//
// tsv_test.c: tables of text.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/bug.h"
#include "format/tsv/tsv.h"

static void a_table_is_read_cell_by_cell(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct tsv t;
    struct err_info e;
    const char *text = "code\tname\r\nNA\tNamibia\r\n\t\n\"x\ty\"";
    assert_int_equal(tsv_parse(a, "t", text, strlen(text), &t, &e), ERR_NONE);
    assert_int_equal(t.n_rows, 3);
    assert_string_equal(tsv_cell(&t, 0, "name"), "Namibia");
    assert_string_equal(tsv_cell(&t, 1, "code"), "");
    assert_string_equal(tsv_cell(&t, 2, "code"), "\"x"); // quotes mean nothing
    assert_string_equal(tsv_cell(&t, 2, "colour"), "");
    assert_string_equal(tsv_cell(&t, 3, "code"), "");
    assert_int_equal(tsv_find(&t, "code", "NA"), 0);
    assert_int_equal(tsv_find(&t, "code", "na"), -1);
    arena_free(a);
}

static void a_table_with_a_fault_is_refused_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *line;
    } cases[] = {
        {"", "1"},           {"\nx\n", "1"},        {"a\ta\nx\ty\n", "1"}, {"a\t\nx\ty\n", "1"},
        {"a\tb\nx\n", "2"},  {"a\tb\nx\ty\nx\ty\tz\n", "3"}, {"a\n\xff\n", "2"}, {"a\nx\n\x01\n", "3"},
    };
    struct arena *a = arena_new(1 << 20);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct tsv t;
        struct err_info e;
        assert_int_equal(tsv_parse(a, "t", cases[i].text, strlen(cases[i].text), &t, &e), ERR_INPUT);
        assert_string_equal(e.field, cases[i].line);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_is_read_cell_by_cell),
        cmocka_unit_test(a_table_with_a_fault_is_refused_with_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
