// SPDX-License-Identifier: AGPL-3.0-or-later
//
// decimal.c: see decimal.h.

#include "base/decimal.h"

#include <string.h>

#include "base/bug.h"

#define MAX_INTEGER_DIGITS 12

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// Bytes of the separator of thousands that p begins with: a comma, or a space as keyboards or spreadsheets write it (also
// U+00A0 and U+202F, which do not break a line); 0: none.
static int separator(const char *p)
{
    return *p == ',' || *p == ' '                ? 1
           : strncmp(p, "\xc2\xa0", 2) == 0      ? 2
           : strncmp(p, "\xe2\x80\xaf", 3) == 0 ? 3
                                                 : 0;
}

// Reads sign, digits with separators, and up to `places` places; the result is scaled by 10^places.
static bool parse_scaled(const char *text, int places, int max_digits, int64_t *out)
{
    const char *p = text;
    bool negative = *p == '-';
    p += negative;
    if (!is_digit(*p)) {
        return false;
    }
    int64_t value = 0;
    int digits = 0;
    for (; is_digit(*p) || separator(p) > 0; p++) {
        if (!is_digit(*p)) {
            // A separator stands before three digits that are not followed by a fourth.
            p += separator(p);
            if (!is_digit(p[0]) || !is_digit(p[1]) || !is_digit(p[2]) || is_digit(p[3])) {
                return false;
            }
        }
        if (++digits > max_digits) {
            return false;
        }
        value = value * 10 + (*p - '0');
    }
    int seen = 0;
    if (*p == '.') {
        p++;
        if (!is_digit(*p)) {
            return false;
        }
        for (; is_digit(*p); p++) {
            if (++seen > places) {
                return false;
            }
            value = value * 10 + (*p - '0');
        }
    }
    for (; seen < places; seen++) {
        value *= 10;
    }
    *out = negative ? -value : value;
    return *p == '\0';
}

bool decimal_parse(const char *text, int64_t *scaled)
{
    return parse_scaled(text, DECIMAL_PLACES, MAX_INTEGER_DIGITS, scaled);
}

int decimal_places(const char *text)
{
    const char *point = strchr(text, '.');
    return point == NULL ? 0 : (int)strlen(point + 1);
}

static int64_t power_of_ten(int n)
{
    int64_t p = 1;
    while (n-- > 0) {
        p *= 10;
    }
    return p;
}

// Half away from zero. divisor > 0.
static __int128 divide_rounded(__int128 n, __int128 divisor)
{
    __int128 half = divisor / 2;
    return n >= 0 ? (n + half) / divisor : (n - half) / divisor;
}

// Sign, digits, a separator after each three of them, point and places of any number.
#define SCALED_BYTES 48

// Writes the number so that it ends before `end`, and returns its beginning. From its last digit on: a
// list shows many amounts, and printf takes several times as long.
static char *write_scaled(char *end, int64_t scaled, int places, bool grouped)
{
    uint64_t size = scaled < 0 ? 0 - (uint64_t)scaled : (uint64_t)scaled;
    char *p = end;
    for (int n = 0; n < places; n++, size /= 10) {
        *--p = (char)('0' + size % 10);
    }
    if (places > 0) {
        *--p = '.';
    }
    int in_group = 0;
    do {
        if (grouped && in_group == 3) {
            *--p = ',';
            in_group = 0;
        }
        *--p = (char)('0' + size % 10);
        size /= 10;
        in_group++;
    } while (size != 0);
    if (scaled < 0) {
        *--p = '-';
    }
    return p;
}

static const char *scaled_text(struct arena *a, int64_t scaled, int places)
{
    char text[SCALED_BYTES];
    char *end = text + sizeof text;
    const char *p = write_scaled(end, scaled, places, false);
    return arena_copy_n(a, p, (size_t)(end - p));
}

const char *decimal_int(char out[DECIMAL_INT_BYTES], int64_t n)
{
    char *end = out + DECIMAL_INT_BYTES - 1;
    *end = '\0';
    return write_scaled(end, n, 0, false);
}

const char *decimal_int_text(struct arena *a, int64_t n)
{
    return scaled_text(a, n, 0);
}

const char *decimal_text(struct arena *a, int64_t scaled, int places)
{
    ensure(places >= 0 && places <= DECIMAL_PLACES);
    int64_t rounded = (int64_t)divide_rounded(scaled, power_of_ten(DECIMAL_PLACES - places));
    return scaled_text(a, rounded, places);
}

const char *decimal_short(struct arena *a, int64_t scaled)
{
    int places = DECIMAL_PLACES;
    while (places > 0 && scaled % power_of_ten(DECIMAL_PLACES - places + 1) == 0) {
        places--;
    }
    return decimal_text(a, scaled, places);
}

int64_t decimal_percent(int64_t part, int64_t whole, int places)
{
    ensure(whole != 0 && places >= 0 && places <= DECIMAL_PLACES);
    __int128 n = (__int128)part * 100 * power_of_ten(places);
    __int128 d = whole;
    if (d < 0) {
        n = -n;
        d = -d;
    }
    return (int64_t)(divide_rounded(n, d) * power_of_ten(DECIMAL_PLACES - places));
}

const char *decimal_for_people(struct arena *a, const char *canonical)
{
    size_t len = strlen(canonical);
    char *out = arena_alloc_unset(a, len * 2 + 1);
    size_t start = canonical[0] == '-';
    const char *point = strchr(canonical, '.');
    size_t end = point == NULL ? len : (size_t)(point - canonical);
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        if (i > start && i < end && (end - i) % 3 == 0) {
            out[n++] = ',';
        }
        out[n++] = canonical[i];
    }
    out[n] = '\0';
    return out;
}

bool money_parse(const char *text, int minor_digits, int64_t *minor)
{
    return parse_scaled(text, minor_digits, MAX_INTEGER_DIGITS, minor);
}

const char *money_text(struct arena *a, int64_t minor, int minor_digits)
{
    return scaled_text(a, minor, minor_digits);
}

const char *money_for_people(struct arena *a, const char *currency, int64_t minor,
                             int minor_digits)
{
    char text[SCALED_BYTES];
    char *end = text + sizeof text;
    int64_t one = power_of_ten(minor_digits);
    const char *amount = minor % one == 0 ? write_scaled(end, minor / one, 0, true)
                                          : write_scaled(end, minor, minor_digits, true);
    size_t len = strlen(currency), amount_len = (size_t)(end - amount);
    char *both = arena_alloc_unset(a, len + amount_len + 2);
    memcpy(both, currency, len);
    both[len] = ' ';
    memcpy(both + len + 1, amount, amount_len);
    both[len + 1 + amount_len] = '\0';
    return both;
}
