// SPDX-License-Identifier: AGPL-3.0-or-later
//
// place_test.c: countries and currencies.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/bug.h"
#include "base/msg.h"
#include "place/place.h"

static void namibia_is_a_country_and_not_a_missing_value(void **state)
{
    (void)state;
    assert_string_equal(country_name("NA"), "Namibia");
    assert_null(country_name("XX"));
    assert_null(country_name(""));
    assert_null(country_name("na"));
    assert_string_equal(country_words(&lang_en, "NA"), "Namibia");
    assert_string_equal(country_words(&lang_en, "XX"), "XX");
}

static void digits_of_money_differ_by_currency(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        int digits;
    } cases[] = {{"USD", 2}, {"JPY", 0}, {"BHD", 3}, {"CLF", 4}, {"TRY", 2}, {"XXY", -1}, {"", -1}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(currency_minor_digits(cases[i].code), cases[i].digits);
    }
}

static size_t position(const struct choice *list, const char *code)
{
    size_t i = 0;
    while (list[i].code != NULL && strcmp(list[i].code, code) != 0) {
        i++;
    }
    return i;
}

static void countries_stand_where_a_reader_looks(void **state)
{
    (void)state;
    const struct choice *list = vocabulary_country.list();
    size_t n = 0;
    while (list[n].code != NULL) {
        n++;
    }
    assert_int_equal(n, 248);
    assert_true(position(list, "AF") < position(list, "AX")); // Afghanistan, Åland, Albania
    assert_true(position(list, "AX") < position(list, "AL"));
    assert_true(position(list, "CR") < position(list, "CI")); // Costa Rica, Côte d'Ivoire, Croatia
    assert_true(position(list, "CI") < position(list, "HR"));
    assert_int_equal(position(list, "ZW"), n - 1);
    assert_true(position(vocabulary_currency.list(), "USD") > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(namibia_is_a_country_and_not_a_missing_value),
        cmocka_unit_test(digits_of_money_differ_by_currency),
        cmocka_unit_test(countries_stand_where_a_reader_looks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
