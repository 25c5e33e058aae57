// SPDX-License-Identifier: AGPL-3.0-or-later
//
// field_test.c: what is wrong with a field is said whole in the language of the person, its label too.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/bug.h"
#include "base/limits.h"
#include "model/model.h"

static const struct choice choices[] = {{"low", MSG("Low")}, {"high", MSG("High")}, {NULL, NULL}};

// The error in the pseudo-language names the field as a form does.
static void check_words(struct arena *a, const struct err_info *e, const char *label)
{
    const char *text = err_text(a, &lang_pseudo, e);
    if (strstr(text, tr(&lang_pseudo, label)) == NULL) {
        fail_msg("%s", text);
    }
    assert_non_null(strstr(err_text(a, &lang_en, e), label));
}

static void every_error_names_the_field_in_the_language_of_the_person(void **state)
{
    (void)state;
    static const char label[] = MSG("Length of the course");
    static const struct {
        enum field_type type;
        const char *text;
    } cases[] = {
        {FIELD_TEXT, "far too long"}, {FIELD_TEXT, "bad \x01 byte"}, {FIELD_INT, "seven"},
        {FIELD_INT, "99"},            {FIELD_BOOL, "perhaps"},       {FIELD_DATE, "2026-02-30"},
        {FIELD_DECIMAL, "1,5"},       {FIELD_MONEY, "USD 5"},        {FIELD_CODE, "medium"},
        {FIELD_CODES, "low medium"},  {FIELD_SHARES, "low 99"},      {FIELD_REF, "somebody"},
    };
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct field f = {.name = "x", .label = label, .type = cases[i].type, .min = 1,
                                .max = 10, .choices = choices};
        struct value v;
        struct err_info e;
        assert_int_equal(field_parse(a, &f, cases[i].text, 2, &v, &e), ERR_INPUT);
        check_words(a, &e, label);
    }
    arena_free(a);
}

static void a_missing_field_is_named_so_too(void **state)
{
    (void)state;
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    const struct field fields[] = {
        {.name = "x", .label = MSG("Place"), .type = FIELD_TEXT, .required = true}};
    const struct entity kind = {.kind = "thing", .fields = fields, .n_fields = 1};
    struct err_info e;
    assert_int_equal(record_check(record_new(a, &kind), &e), ERR_INPUT);
    check_words(a, &e, fields[0].label);
    arena_free(a);
}

static void a_code_is_found_whole(void **state)
{
    (void)state;
    static const struct {
        const char *codes, *code;
        bool there;
    } cases[] = {{" low high ", "low", true}, {" low high ", "high", true}, {" lowest low ", "low", true},
                 {" lowest ", "low", false},  {" below low2 ", "low", false}, {" low high ", "low high", true},
                 {" low ", "", false},        {NULL, "low", false}};
    const struct field fields[] = {{.name = "levels", .label = MSG("Levels"), .type = FIELD_CODES, .choices = choices}};
    const struct entity kind = {.kind = "thing", .fields = fields, .n_fields = 1};
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct record *r = record_new(a, &kind);
        record_set_text(r, "levels", cases[i].codes);
        assert_int_equal(record_has_code(r, "levels", cases[i].code), cases[i].there);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_error_names_the_field_in_the_language_of_the_person),
        cmocka_unit_test(a_code_is_found_whole),
        cmocka_unit_test(a_missing_field_is_named_so_too),
    };
    return cmocka_run_group_tests_name("field", tests, NULL, NULL);
}
