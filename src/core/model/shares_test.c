// SPDX-License-Identifier: AGPL-3.0-or-later
//
// shares_test.c: percentages of codes are exact and come to 100; whatever else is refused by name.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/bug.h"
#include "base/limits.h"
#include "model/model.h"

static const struct choice places[] = {
    {"NA", MSG("Northland")}, {"NE", MSG("Eastland")}, {"SO", MSG("Southland")}, {NULL, NULL}};
static const struct field field = {
    .name = "shares", .label = MSG("Shares"), .type = FIELD_SHARES, .choices = places};

// What a text is read into; what is wrong when it is refused.
static const char *read(struct arena *a, const char *text)
{
    struct value v;
    struct err_info e;
    return field_parse(a, &field, text, 2, &v, &e) == ERR_NONE ? field_print(a, &field, &v, 2)
                                                               : err_text(a, &lang_en, &e);
}

static void what_is_typed_becomes_one_text_or_is_refused_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *text, *becomes;
    } cases[] = {
        {"", ""},
        {"NA 60 NE 40", "NA 60 NE 40"},
        {"NE 40.00 %, NA 60%", "NA 60 NE 40"},
        {"NA 33.34;\nNE 33.33; SO 33.33", "NA 33.34 NE 33.33 SO 33.33"},
        {"NA 100 NE 0", "NA 100 NE 0"},
        {"NA 99.999999 NE 0.000001", "NA 99.999999 NE 0.000001"},
        {"NA 33.33 NE 33.33 SO 33.33", "Shares: together they are 99.99, not 100."},
        {"NA 60 NE 41", "Shares: together they are 101, not 100."},
        {"%", "Shares: together they are 0, not 100."},
        {"NA 60 NA 40", "Shares: Northland stands there twice."},
        {"NA 60 XX 40", "Shares: “XX” is not known."},
        {"60 NA 40 NE", "Shares: “60” is not known."},
        {"NA 60 NE", "Shares: that of Eastland is no number between 0 and 100."},
        {"NA NE 100", "Shares: that of Northland is no number between 0 and 100."},
        {"NA 60,5 NE 39,5", "Shares: that of Northland is no number between 0 and 100."},
        {"NA -1 NE 101", "Shares: that of Northland is no number between 0 and 100."},
        {"NA 0 NE 100.000001", "Shares: that of Eastland is no number between 0 and 100."},
        {"NA 59.9999999 NE 40.0000001", "Shares: that of Northland is no number between 0 and 100."},
        {"NA 60 NE 0000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
         "000000000000040",
         "Shares: that of Eastland is no number between 0 and 100."},
        {"NA 6e1 NE 40", "Shares: that of Northland is no number between 0 and 100."},
    };
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(read(a, cases[i].text), cases[i].becomes);
    }
    arena_free(a);
}

// Second way: millionths of one per cent are cut into three pieces by hand, and so come to 100 without any adding.
static void every_division_into_three_is_right_and_one_millionth_more_is_wrong(void **state)
{
    (void)state;
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    unsigned long seed = 20261122;
    for (int i = 0; i < 2000; i++) {
        seed = (seed * 1103515245 + 12345) % 2147483648UL;
        unsigned long first = seed % 100000001, second = (seed / 7) % (100000001 - first);
        unsigned long third = 100000000 - first - second;
        for (unsigned long more = 0; more < 2; more++) {
            const char *text = arena_printf(
                a, "NA %lu.%06lu NE %lu.%06lu SO %lu.%06lu", first / 1000000, first % 1000000,
                second / 1000000, second % 1000000, (third + more) / 1000000, (third + more) % 1000000);
            struct value v;
            struct err_info e;
            assert_int_equal(field_parse(a, &field, text, 2, &v, &e), more == 0 ? ERR_NONE : ERR_INPUT);
        }
    }
    arena_free(a);
}

static void the_parts_are_found_and_told_by_their_names(void **state)
{
    (void)state;
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    struct share *parts;
    const struct value v = {.set = true, .text = "NA 60 NE 39.5 SO 0.5"};
    assert_int_equal(shares_of(a, NULL, &parts), 0);
    assert_int_equal(shares_of(a, "", &parts), 0);
    assert_int_equal(shares_of(a, v.text, &parts), 3);
    assert_string_equal(parts[1].code, "NE");
    assert_string_equal(parts[1].percent, "39.5");
    assert_true(share_has(v.text, "NA"));
    assert_true(share_has(v.text, "SO"));
    assert_false(share_has(v.text, "39.5")); // a percentage is no code
    assert_false(share_has(v.text, "N"));
    assert_false(share_has("", "NA"));
    assert_string_equal(field_for_people(a, &lang_en, &field, &v, "", 2),
                        "Northland 60 %, Eastland 39.5 %, Southland 0.5 %");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_typed_becomes_one_text_or_is_refused_by_name),
        cmocka_unit_test(every_division_into_three_is_right_and_one_millionth_more_is_wrong),
        cmocka_unit_test(the_parts_are_found_and_told_by_their_names),
    };
    return cmocka_run_group_tests_name("shares", tests, NULL, NULL);
}
