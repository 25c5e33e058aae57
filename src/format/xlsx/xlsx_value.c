// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xlsx_value.c: what a stored number means: a number, a share, a day, a time. No files here.
//
// Method: ECMA-376-1, 18.8.30 (built-in formats), 18.8.31 (codes of formats), 18.17.4 (dates).

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "format/xlsx/xlsx_parts.h"

// A spreadsheet keeps and shows 15 digits; more are remainders of binary arithmetic.
#define DIGITS 15
#define MAX_PLAIN_EXPONENT 30
#define MIN_PLAIN_EXPONENT (-20)
#define SECONDS_A_DAY 86400
// 31 December 9999, and the day that never was, 29 February 1900.
#define LAST_SERIAL 2958465
#define FALSE_DAY 60
#define DAYS_1900_TO_1904 1462

// ---- formats ----------------------------------------------------------------------------------------

struct seen {
    bool date;
    bool time;
    bool month_or_minute;
    bool percent;
};

// What stands in [ ]: a colour, a condition, a language, or hours, minutes, seconds that go on counting.
static const char *skip_bracket(const char *p, struct seen *s)
{
    const char *close = strchr(p, ']');
    if (close == NULL) {
        return p + strlen(p);
    }
    bool counts = close > p + 1;
    for (const char *q = p + 1; q < close; q++) {
        counts = counts && strchr("hHmMsS", *q) != NULL && (*q | 32) == (p[1] | 32);
    }
    s->time = s->time || counts;
    return close + 1;
}

static const char *skip_quoted(const char *p)
{
    const char *close = strchr(p + 1, '"');
    return close == NULL ? p + strlen(p) : close + 1;
}

static bool begins(const char *p, const char *word)
{
    for (; *word != '\0'; p++, word++) {
        if ((*p | 32) != (*word | 32)) {
            return false;
        }
    }
    return true;
}

static const char *skip_letters(const char *p, struct seen *s)
{
    size_t n = 1;
    while (p[n] != '\0' && (p[n] | 32) == (*p | 32)) {
        n++;
    }
    switch (*p | 32) {
    case 'y':
    case 'd':
    case 'b':
        s->date = true;
        break;
    case 'm':
        s->date = s->date || n >= 3;
        s->month_or_minute = true;
        break;
    case 'h':
    case 's':
        s->time = true;
        break;
    default:
        break;
    }
    return p + n;
}

static const char *skip_one(const char *p, struct seen *s)
{
    switch (*p) {
    case '[':
        return skip_bracket(p, s);
    case '"':
        return skip_quoted(p);
    case '\\':
    case '_':
    case '*': // one character as it stands, as a space of its width, or repeated
        return p[1] == '\0' ? p + 1 : p + 2;
    case '%':
        s->percent = true;
        return p + 1;
    case 'e':
    case 'E': // an exponent, or a year of the east of Asia
        s->date = s->date || (p[1] != '+' && p[1] != '-');
        return p + 1;
    default:
        break;
    }
    if (begins(p, "general")) {
        return p + 7;
    }
    if (begins(p, "am/pm")) {
        s->time = true;
        return p + 5;
    }
    if (begins(p, "a/p")) {
        s->time = true;
        return p + 3;
    }
    bool letter = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z');
    return letter ? skip_letters(p, s) : p + 1;
}

enum xlsx_form xlsx_form_of_code(const char *code)
{
    struct seen s = {0};
    for (const char *p = code; *p != '\0' && *p != ';';) { // the first section is that of positive numbers
        p = skip_one(p, &s);
    }
    // m is a month unless hours or seconds stand beside it
    s.date = s.date || (s.month_or_minute && !s.time);
    if (s.date) {
        return s.time ? XLSX_FORM_MOMENT : XLSX_FORM_DATE;
    }
    if (s.time) {
        return XLSX_FORM_TIME;
    }
    return s.percent ? XLSX_FORM_PERCENT : XLSX_FORM_NUMBER;
}

enum xlsx_form xlsx_form_of_number(int n)
{
    if (n == 9 || n == 10) {
        return XLSX_FORM_PERCENT;
    }
    if (n == 22) {
        return XLSX_FORM_MOMENT;
    }
    if ((n >= 18 && n <= 21) || (n >= 32 && n <= 35) || (n >= 45 && n <= 47) || n == 55 || n == 56) {
        return XLSX_FORM_TIME;
    }
    bool date = (n >= 14 && n <= 17) || (n >= 27 && n <= 31) || n == 36 || (n >= 50 && n <= 58);
    return date ? XLSX_FORM_DATE : XLSX_FORM_NUMBER;
}

// ---- values -----------------------------------------------------------------------------------------

// Only digits, a point, signs and an exponent: strtod alone would also take words and other bases.
static bool parse(const char *text, double *value)
{
    size_t n = strspn(text, "+-0123456789.eE");
    char *end;
    if (n == 0 || text[n] != '\0') {
        return false;
    }
    *value = strtod(text, &end);
    return *end == '\0' && isfinite(*value);
}

// value x 10^shift as plain decimal. The digits are moved, never calculated with.
static void write_number(double value, int shift, char out[XLSX_VALUE_BYTES])
{
    char sci[40];
    snprintf(sci, sizeof sci, "%.*e", DIGITS - 1, value);
    char digits[DIGITS + 1] = "";
    int n = 0;
    const char *p = sci + (sci[0] == '-' ? 1 : 0);
    for (; *p != 'e'; p++) {
        if (*p != '.' && n < DIGITS) {
            digits[n++] = *p;
        }
    }
    int exponent = (int)strtol(p + 1, NULL, 10) + shift;
    while (n > 1 && digits[n - 1] == '0') {
        n--;
    }
    if (exponent > MAX_PLAIN_EXPONENT || exponent < MIN_PLAIN_EXPONENT) {
        snprintf(out, XLSX_VALUE_BYTES, "%s%.*s%s%.*sE%+d", sci[0] == '-' ? "-" : "", 1, digits,
                 n > 1 ? "." : "", n - 1, digits + 1, exponent);
        return;
    }
    char *at = out;
    if (sci[0] == '-' && !(n == 1 && digits[0] == '0')) {
        *at++ = '-';
    }
    for (int place = exponent > 0 ? exponent : 0; place >= exponent - n + 1 || place >= 0; place--) {
        int which = exponent - place;
        if (place == -1) {
            *at++ = '.';
        }
        *at++ = which >= 0 && which < n ? digits[which] : '0';
    }
    *at = '\0';
}

static void write_time(int64_t seconds, char *out, size_t size)
{
    snprintf(out, size, "%02lld:%02lld:%02lld", (long long)(seconds / 3600),
             (long long)(seconds / 60 % 60), (long long)(seconds % 60));
}

// Serial 1 is 1 January 1900; from 61 on the count is one too high, because 1900 is taken for a leap
// year. In the count from 1904, serial 0 is 1 January 1904.
static bool day_of_serial(int64_t serial, bool from_1904, char out[11])
{
    int64_t n = serial + (from_1904 ? DAYS_1900_TO_1904 : 0);
    if (n < 1 || n > LAST_SERIAL || n == FALSE_DAY) {
        return false;
    }
    date_from_days(date_to_days("1899-12-31") + n - (n > FALSE_DAY ? 1 : 0), out);
    return true;
}

// False when the number is no moment there can be: then it is shown as the number it is.
static bool write_moment(double value, enum xlsx_form form, bool from_1904, enum xlsx_kind *kind,
                         char out[XLSX_VALUE_BYTES])
{
    if (value < 0 || value >= LAST_SERIAL + 1) {
        return false;
    }
    int64_t seconds = (int64_t)floor(value * SECONDS_A_DAY + 0.5);
    if (form == XLSX_FORM_TIME) {
        *kind = XLSX_TIME;
        write_time(seconds, out, XLSX_VALUE_BYTES);
        return true;
    }
    char day[11];
    if (!day_of_serial(seconds / SECONDS_A_DAY, from_1904, day)) {
        return false;
    }
    bool with_time = form == XLSX_FORM_MOMENT && seconds % SECONDS_A_DAY != 0;
    *kind = with_time ? XLSX_MOMENT : XLSX_DATE;
    char time[24] = "";
    write_time(seconds % SECONDS_A_DAY, time, sizeof time);
    snprintf(out, XLSX_VALUE_BYTES, "%s%s%s", day, with_time ? "T" : "", with_time ? time : "");
    return true;
}

bool xlsx_value_text(const char *stored, enum xlsx_form form, bool from_1904, enum xlsx_kind *kind,
                     char out[XLSX_VALUE_BYTES])
{
    double value;
    if (!parse(stored, &value)) {
        return false;
    }
    if (form == XLSX_FORM_PERCENT) {
        *kind = XLSX_PERCENT;
        write_number(value, 2, out);
        return true;
    }
    if (form == XLSX_FORM_NUMBER || !write_moment(value, form, from_1904, kind, out)) {
        *kind = XLSX_NUMBER;
        write_number(value, 0, out);
    }
    return true;
}

// ---- addresses --------------------------------------------------------------------------------------

bool xlsx_address_read(const char *text, int *row, int *column)
{
    int c = 0;
    int r = 0;
    const char *p = text;
    for (; (*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z'); p++) {
        c = c * 26 + (*p | 32) - 'a' + 1;
        if (c > XLSX_MAX_COLUMN) {
            return false;
        }
    }
    for (; *p >= '0' && *p <= '9'; p++) {
        r = r * 10 + *p - '0';
        if (r > XLSX_MAX_ROW) {
            return false;
        }
    }
    *row = r;
    *column = c;
    return *p == '\0' && r > 0 && c > 0;
}

void xlsx_address(int row, int column, char out[XLSX_ADDRESS_BYTES])
{
    char letters[4];
    int n = 0;
    for (int c = column; c > 0 && n < 3; c = (c - 1) / 26) {
        letters[n++] = (char)('A' + (c - 1) % 26);
    }
    size_t at = 0;
    while (n > 0) {
        out[at++] = letters[--n];
    }
    snprintf(out + at, XLSX_ADDRESS_BYTES - at, "%d", row % 10000000);
}
