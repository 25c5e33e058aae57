// SPDX-License-Identifier: AGPL-3.0-or-later
//
// period.c: see period.h.

#include "exchange/partner/period.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"

// n digits at text as a number, -1 when there are fewer.
static int number_at(const char *text, int n)
{
    int value = 0;
    for (int i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

static void first_of(int year, int month, char out[11])
{
    char text[40];
    snprintf(text, sizeof text, "%04d-%02d-01", year, month);
    memcpy(out, text, 10);
    out[10] = '\0';
}

// n months from the first of a month on; false for years that have no date.
static bool months(int year, int month, int n, struct period_days *out)
{
    if (year < 1000 || month < 1 || month > 12 || n < 1 || n > 1200) {
        return false;
    }
    int end = year * 12 + month - 1 + n; // the month after the last
    if (end / 12 > 9999) {
        return false;
    }
    char next[11];
    first_of(year, month, out->from);
    first_of(end / 12, end % 12 + 1, next);
    date_from_days(date_to_days(next) - 1, out->to);
    return true;
}

static bool one_day(const char *day, struct period_days *out)
{
    if (!date_is_valid(day)) {
        return false;
    }
    memcpy(out->from, day, sizeof out->from);
    memcpy(out->to, day, sizeof out->to);
    return true;
}

// "2025-01-01/P3M"
static bool interval(const char *text, struct period_days *out)
{
    char from[11] = "";
    char unit = '\0';
    char rest = '\0';
    int n = 0;
    memcpy(from, text, 10);
    if (!date_is_valid(from) || sscanf(text + 10, "/P%4d%c%c", &n, &unit, &rest) != 2 || n < 1) {
        return false;
    }
    if (unit == 'D' || unit == 'W') {
        memcpy(out->from, from, sizeof from);
        date_from_days(date_to_days(from) + (int64_t)n * (unit == 'W' ? 7 : 1) - 1, out->to);
        return date_is_valid(out->to);
    }
    int year = number_at(from, 4);
    int month = number_at(from + 5, 2);
    return (unit == 'M' || unit == 'Y') && strcmp(from + 8, "01") == 0 &&
           months(year, month, unit == 'Y' ? n * 12 : n, out);
}

bool period_read(const char *text, struct period_days *out)
{
    size_t len = strlen(text);
    int year = len < 4 ? -1 : number_at(text, 4);
    char day[11];
    if (year < 0) {
        return false;
    }
    if (len == 4) {
        return months(year, 1, 12, out);
    }
    if (len > 10 && text[10] == '/') {
        return interval(text, out);
    }
    const char *tail = text + (text[4] == '-' ? 5 : 4);
    size_t tail_len = strlen(tail);
    if (tail_len == 2 && strchr("QSH", tail[0]) != NULL) {
        int n = number_at(tail + 1, 1);
        int most = tail[0] == 'Q' ? 4 : 2;
        return n >= 1 && n <= most && months(year, (n - 1) * 12 / most + 1, 12 / most, out);
    }
    if (tail_len == 2) {
        return months(year, number_at(tail, 2), 1, out);
    }
    if (len == 8 && number_at(text, 8) >= 0) {
        snprintf(day, sizeof day, "%.4s-%.2s-%.2s", text, text + 4, text + 6);
        return one_day(day, out);
    }
    return len == 10 && one_day(text, out);
}

// Whole months from first to last day; 0 when they are not whole.
static int whole_months(const char *from, const char *to)
{
    struct period_days p;
    int n = (number_at(to, 4) - number_at(from, 4)) * 12 + number_at(to + 5, 2) -
            number_at(from + 5, 2) + 1;
    bool whole = strcmp(from + 8, "01") == 0 &&
                 months(number_at(from, 4), number_at(from + 5, 2), n, &p) && strcmp(p.to, to) == 0;
    return whole ? n : 0;
}

const char *period_name(struct arena *a, const char *from, const char *to)
{
    int n = whole_months(from, to);
    int month = number_at(from + 5, 2) - 1;
    if (n == 12 && month == 0) {
        return arena_copy_n(a, from, 4);
    }
    if (n == 6 && month % 6 == 0) {
        return arena_printf(a, "%.4sS%d", from, month / 6 + 1);
    }
    if (n == 3 && month % 3 == 0) {
        return arena_printf(a, "%.4sQ%d", from, month / 3 + 1);
    }
    if (n == 1) {
        return arena_printf(a, "%.4s%.2s", from, from + 5);
    }
    return strcmp(from, to) == 0 ? arena_printf(a, "%.4s%.2s%.2s", from, from + 5, from + 8) : NULL;
}

const char *period_interval(struct arena *a, const char *from, const char *to)
{
    int n = whole_months(from, to);
    if (n > 0 && n % 12 == 0) {
        return arena_printf(a, "%s/P%dY", from, n / 12);
    }
    return n > 0 ? arena_printf(a, "%s/P%dM", from, n)
                 : arena_printf(a, "%s/P%lldD", from, (long long)date_days_between(from, to) + 1);
}
