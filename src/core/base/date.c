// SPDX-License-Identifier: AGPL-3.0-or-later
//
// date.c: see date.h.

#include "base/date.h"

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"

static int number(const char *p, int n)
{
    int value = 0;
    for (int i = 0; i < n; i++) {
        value = value * 10 + (p[i] - '0');
    }
    return value;
}

// The last n digits of a number that is not negative.
static void put(char *out, int n, int64_t value)
{
    while (n-- > 0) {
        out[n] = (char)('0' + value % 10);
        value /= 10;
    }
}

int date_month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

static bool is_partial(const char *text, size_t len)
{
    static const char form[] = "dddd-dd-dd";
    if ((len != 4 && len != 7 && len != 10) || text[0] == '0') {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        if (form[i] == 'd' ? (unsigned)text[i] - '0' > 9 : text[i] != '-') {
            return false;
        }
    }
    int month = len > 4 ? number(text + 5, 2) : 1;
    int day = len > 7 ? number(text + 8, 2) : 1;
    return month >= 1 && month <= 12 && day >= 1 &&
           (day <= 28 || day <= date_month_days(number(text, 4), month));
}

bool date_is_valid_partial(const char *text)
{
    return is_partial(text, strlen(text));
}

bool date_is_valid(const char *text)
{
    return strlen(text) == 10 && date_is_valid_partial(text);
}

int64_t date_to_days(const char *date)
{
    ensure(date_is_valid(date));
    int64_t y = number(date, 4);
    int m = number(date + 5, 2);
    int d = number(date + 8, 2);
    y -= m <= 2;
    int64_t era = y / 400;
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

void date_write(int year, int month, int day, char out[11])
{
    put(out, 4, year);
    out[4] = '-';
    put(out + 5, 2, month);
    out[7] = '-';
    put(out + 8, 2, day);
    out[10] = '\0';
}

void date_from_days(int64_t days, char out[11])
{
    int64_t z = days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    int64_t d = doy - (153 * mp + 2) / 5 + 1;
    int64_t m = mp < 10 ? mp + 3 : mp - 9;
    int64_t y = yoe + era * 400 + (m <= 2);
    date_write((int)y, (int)m, (int)d, out);
}

int64_t date_days_between(const char *a, const char *b)
{
    return date_to_days(b) - date_to_days(a);
}

void time_to_text(int64_t ms, char out[25])
{
    int64_t days = ms / 86400000;
    int64_t rest = ms % 86400000;
    if (rest < 0) {
        rest += 86400000;
        days--;
    }
    date_from_days(days, out);
    memcpy(out + 10, "T00:00:00.000Z", sizeof "T00:00:00.000Z");
    put(out + 11, 2, rest / 3600000);
    put(out + 14, 2, rest / 60000 % 60);
    put(out + 17, 2, rest / 1000 % 60);
    put(out + 20, 3, rest % 1000);
}

bool time_is_valid(const char *text)
{
    static const char form[] = "dddd-dd-ddTdd:dd:dd.dddZ";
    size_t len = strlen(text);
    if (len != 20 && len != 24) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        char want = i == len - 1 ? 'Z' : form[i];
        if (want == 'd' ? (unsigned)text[i] - '0' > 9 : text[i] != want) {
            return false;
        }
    }
    return is_partial(text, 10) && number(text + 11, 2) < 24 && number(text + 14, 2) < 60 &&
           number(text + 17, 2) < 60;
}

int64_t time_from_text(const char *text)
{
    char day[11];
    ensure(time_is_valid(text));
    memcpy(day, text, 10);
    day[10] = '\0';
    int ms = strlen(text) == 24 ? number(text + 20, 3) : 999;
    return date_to_days(day) * 86400000 + number(text + 11, 2) * (int64_t)3600000 +
           number(text + 14, 2) * (int64_t)60000 + number(text + 17, 2) * (int64_t)1000 + ms;
}

const char *date_for_people(struct arena *a, const struct lang *lang, const char *partial)
{
    static const char *const months[] = {MSG("Jan"), MSG("Feb"), MSG("Mar"), MSG("Apr"),
                                         MSG("May"), MSG("Jun"), MSG("Jul"), MSG("Aug"),
                                         MSG("Sep"), MSG("Oct"), MSG("Nov"), MSG("Dec")};
    size_t len = strlen(partial);
    if (!is_partial(partial, len) || len == 4) {
        return partial;
    }
    const char *month = tr(lang, months[number(partial + 5, 2) - 1]);
    // Put together by hand: a list shows a hundred dates, and printf takes ten times as long.
    size_t month_len = strlen(month);
    char *text = arena_alloc_unset(a, month_len + sizeof "31  2026");
    char *p = text;
    if (len == 10) {
        if (partial[8] != '0') {
            *p++ = partial[8];
        }
        *p++ = partial[9];
        *p++ = ' ';
    }
    memcpy(p, month, month_len);
    p[month_len] = ' ';
    memcpy(p + month_len + 1, partial, 4);
    p[month_len + 5] = '\0';
    return text;
}
