// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xlsx_value_test.c: numbers, dates and addresses of workbooks, against slow and obvious ways to work
// out the same.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "format/xlsx/xlsx_parts.h"

static void form_is(const char *code, enum xlsx_form wanted)
{
    enum xlsx_form form = xlsx_form_of_code(code);
    if (form != wanted) {
        fail_msg("[%s] is %d, not %d", code, (int)form, (int)wanted);
    }
}

static void formats_say_what_a_number_is(void **state)
{
    (void)state;
    form_is("General", XLSX_FORM_NUMBER);
    form_is("0.00", XLSX_FORM_NUMBER);
    form_is("#,##0.00;[Red]-#,##0.00", XLSX_FORM_NUMBER);
    form_is("0.00E+00", XLSX_FORM_NUMBER);
    form_is("# ?/?", XLSX_FORM_NUMBER);
    form_is("@", XLSX_FORM_NUMBER);
    form_is("0 \"days\"", XLSX_FORM_NUMBER);
    form_is("0\\d", XLSX_FORM_NUMBER);
    form_is("_-* #,##0_-;\\-* #,##0_-", XLSX_FORM_NUMBER);
    form_is("[$USD] #,##0", XLSX_FORM_NUMBER);
    form_is("[Red]0;[Magenta]-0", XLSX_FORM_NUMBER);
    form_is("[>=100]0", XLSX_FORM_NUMBER);
    form_is("0%", XLSX_FORM_PERCENT);
    form_is("0.0\"%\"", XLSX_FORM_NUMBER);
    form_is("0.0%;[Red]-0.0%", XLSX_FORM_PERCENT);
    form_is("yyyy\\-mm\\-dd", XLSX_FORM_DATE);
    form_is("yyyy-mm-dd;@", XLSX_FORM_DATE);
    form_is("[$-409]d\\-mmm\\-yy;@", XLSX_FORM_DATE);
    form_is("DD/MM/YYYY", XLSX_FORM_DATE);
    form_is("mmmm", XLSX_FORM_DATE);
    form_is("mm", XLSX_FORM_DATE);
    form_is("[$-411]ggge\"year\"m\"month\"", XLSX_FORM_DATE);
    form_is("dd/mm/yyyy hh:mm", XLSX_FORM_MOMENT);
    form_is("m/d/yy h:mm AM/PM", XLSX_FORM_MOMENT);
    form_is("hh:mm:ss", XLSX_FORM_TIME);
    form_is("h:mm AM/PM", XLSX_FORM_TIME);
    form_is("[h]:mm", XLSX_FORM_TIME);
    form_is("[mm]", XLSX_FORM_TIME);
    form_is("mm:ss.0", XLSX_FORM_TIME);
    form_is("", XLSX_FORM_NUMBER);
    form_is("\"not closed", XLSX_FORM_NUMBER);
    form_is("[not closed", XLSX_FORM_NUMBER);
    form_is("\\", XLSX_FORM_NUMBER);
}

static void value_is(const char *stored, enum xlsx_form form, bool from_1904, enum xlsx_kind kind,
                     const char *wanted)
{
    enum xlsx_kind is;
    char text[XLSX_VALUE_BYTES];
    if (!xlsx_value_text(stored, form, from_1904, &is, text)) {
        fail_msg("%s is refused", stored);
    }
    if (is != kind || strcmp(text, wanted) != 0) {
        fail_msg("%s becomes [%s] of kind %d, not [%s] of kind %d", stored, text, (int)is, wanted,
                 (int)kind);
    }
}

static void numbers_are_plain(void **state)
{
    (void)state;
    value_is("12.5", XLSX_FORM_NUMBER, false, XLSX_NUMBER, "12.5");
    value_is("0.30000000000000004", XLSX_FORM_NUMBER, false, XLSX_NUMBER, "0.3");
    value_is("1E-3", XLSX_FORM_NUMBER, false, XLSX_NUMBER, "0.001");
    value_is("1.5E+20", XLSX_FORM_NUMBER, false, XLSX_NUMBER, "150000000000000000000");
    value_is("-7", XLSX_FORM_NUMBER, false, XLSX_NUMBER, "-7");
    value_is("-0", XLSX_FORM_NUMBER, false, XLSX_NUMBER, "0");
    value_is("123456789012345", XLSX_FORM_NUMBER, false, XLSX_NUMBER, "123456789012345");
    value_is("1E+40", XLSX_FORM_NUMBER, false, XLSX_NUMBER, "1E+40");
    value_is("-1.25E-40", XLSX_FORM_NUMBER, false, XLSX_NUMBER, "-1.25E-40");
    value_is("0.617", XLSX_FORM_PERCENT, false, XLSX_PERCENT, "61.7");
    value_is("1", XLSX_FORM_PERCENT, false, XLSX_PERCENT, "100");
    value_is("0.00005", XLSX_FORM_PERCENT, false, XLSX_PERCENT, "0.005");
    enum xlsx_kind kind;
    char text[XLSX_VALUE_BYTES];
    static const char *const none[] = {"", "abc", "1,5", "inf", "nan", "0x10", "1e999", "--1", "1 2"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        assert_false(xlsx_value_text(none[i], XLSX_FORM_NUMBER, false, &kind, text));
    }
}

// Every number must come out so that it reads back as what has 15 digits of it.
static void many_numbers_read_back(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int i = 0; i < 20000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        char stored[64];
        snprintf(stored, sizeof stored, "%s%llu.%03lluE%d", (seed & 1) != 0 ? "-" : "",
                 (unsigned long long)(seed >> 40), (unsigned long long)(seed >> 20 & 511),
                 (int)(seed >> 33 & 31) - 20);
        enum xlsx_kind kind;
        char text[XLSX_VALUE_BYTES];
        char a[64];
        char b[64];
        assert_true(xlsx_value_text(stored, XLSX_FORM_NUMBER, false, &kind, text));
        snprintf(a, sizeof a, "%.15g", strtod(stored, NULL));
        snprintf(b, sizeof b, "%.15g", strtod(text, NULL));
        assert_string_equal(a, b);
        assert_int_equal(strspn(text, "-0123456789."), strlen(text));
    }
}

static void days_are_those_of_the_spreadsheet(void **state)
{
    (void)state;
    value_is("46348", XLSX_FORM_DATE, false, XLSX_DATE, "2026-11-22");
    value_is("46348.75", XLSX_FORM_DATE, false, XLSX_DATE, "2026-11-22");
    value_is("46348.75", XLSX_FORM_MOMENT, false, XLSX_MOMENT, "2026-11-22T18:00:00");
    value_is("46348", XLSX_FORM_MOMENT, false, XLSX_DATE, "2026-11-22");
    value_is("0.604166666666667", XLSX_FORM_TIME, false, XLSX_TIME, "14:30:00");
    value_is("1.25", XLSX_FORM_TIME, false, XLSX_TIME, "30:00:00");
    value_is("1", XLSX_FORM_DATE, false, XLSX_DATE, "1900-01-01");
    value_is("60", XLSX_FORM_DATE, false, XLSX_NUMBER, "60");
    value_is("61", XLSX_FORM_DATE, false, XLSX_DATE, "1900-03-01");
    value_is("0", XLSX_FORM_DATE, false, XLSX_NUMBER, "0");
    value_is("-3", XLSX_FORM_DATE, false, XLSX_NUMBER, "-3");
    value_is("2958465", XLSX_FORM_DATE, false, XLSX_DATE, "9999-12-31");
    value_is("2958466", XLSX_FORM_DATE, false, XLSX_NUMBER, "2958466");
    value_is("0", XLSX_FORM_DATE, true, XLSX_DATE, "1904-01-01");
    value_is("44886", XLSX_FORM_DATE, true, XLSX_DATE, "2026-11-22");
    value_is("2957003", XLSX_FORM_DATE, true, XLSX_DATE, "9999-12-31");
}

static bool is_leap(int year)
{
    // the one year in which spreadsheets are wrong
    return year == 1900 || (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
}

// Turns the pages of a calendar, one day after the other.
static void every_day_of_three_centuries(void **state)
{
    (void)state;
    static const int months[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = 1900;
    int month = 1;
    int day = 1;
    for (int serial = 1; year < 2200; serial++) {
        char stored[16];
        char wanted[32];
        snprintf(stored, sizeof stored, "%d", serial);
        snprintf(wanted, sizeof wanted, "%04d-%02d-%02d", year, month, day);
        if (serial != 60) {
            value_is(stored, XLSX_FORM_DATE, false, XLSX_DATE, wanted);
        }
        int last = months[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
        day = day == last ? 1 : day + 1;
        month += day == 1 ? 1 : 0;
        year += month == 13 ? 1 : 0;
        month = month == 13 ? 1 : month;
    }
}

static void addresses_count_like_the_spreadsheet(void **state)
{
    (void)state;
    char letters[4] = "A"; // counted upwards like an odometer
    for (int column = 1; column <= XLSX_MAX_COLUMN; column++) {
        char wanted[16];
        char address[XLSX_ADDRESS_BYTES];
        int r;
        int c;
        snprintf(wanted, sizeof wanted, "%s%d", letters, column);
        xlsx_address(column, column, address);
        assert_string_equal(address, wanted);
        assert_true(xlsx_address_read(wanted, &r, &c));
        assert_int_equal(c, column);
        assert_int_equal(r, column);
        size_t at = strlen(letters);
        while (at > 0 && letters[at - 1] == 'Z') {
            letters[--at] = 'A';
        }
        if (at > 0) {
            letters[at - 1]++;
        } else {
            memmove(letters + 1, letters, strlen(letters) + 1);
            letters[0] = 'A';
        }
    }
    int row;
    int column;
    static const char *const none[] = {"", "A", "5", "A0", "XFE1", "A1048577", "A1B", "A-1",
                                       "ZZZZZZZZZZZZZZ1", "A99999999999999999999", "$A$1"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        assert_false(xlsx_address_read(none[i], &row, &column));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_say_what_a_number_is),
        cmocka_unit_test(numbers_are_plain),
        cmocka_unit_test(many_numbers_read_back),
        cmocka_unit_test(days_are_those_of_the_spreadsheet),
        cmocka_unit_test(every_day_of_three_centuries),
        cmocka_unit_test(addresses_count_like_the_spreadsheet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
