// SPDX-License-Identifier: AGPL-3.0-or-later
//
// utf8.c: see utf8.h. The table of well-formed sequences is RFC 3629, section 4.

#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

// Length of the well-formed sequence at p, or 0.
static size_t sequence(const unsigned char *p, size_t left)
{
    unsigned char c = p[0];
    size_t n = c < 0x80 ? 1 : c >= 0xc2 && c <= 0xdf ? 2 : (c & 0xf0) == 0xe0 ? 3
               : c >= 0xf0 && c <= 0xf4 ? 4 : 0;
    if (n == 0 || n > left) {
        return 0;
    }
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    bool overlong = (c == 0xe0 && p[1] < 0xa0) || (c == 0xf0 && p[1] < 0x90);
    bool surrogate = c == 0xed && p[1] > 0x9f;
    bool beyond = c == 0xf4 && p[1] > 0x8f;
    return overlong || surrogate || beyond ? 0 : n;
}

// Are these eight bytes letters, digits and signs of ASCII? Most texts are, but for a line break here and there.
static bool is_plain(const unsigned char *p)
{
    uint64_t x;
    memcpy(&x, p, sizeof x);
    const uint64_t ones = UINT64_MAX / 255, high = ones * 0x80;
    uint64_t below_space = (x - ones * 0x20) & ~x;     // high bit set where a byte is below 0x20, or after one
    uint64_t is_delete = (x ^ ones * 0x7f) - ones;     // the same where it is 0x7f
    return ((x | below_space | (is_delete & ~(x ^ ones * 0x7f))) & high) == 0;
}

bool utf8_is_clean(const char *bytes, size_t len, size_t *at)
{
    const unsigned char *p = (const unsigned char *)bytes;
    for (size_t i = 0; i < len;) {
        if (len - i >= 8 && is_plain(p + i)) {
            i += 8;
            continue;
        }
        size_t n = sequence(p + i, len - i);
        bool control = n == 1 && ((p[i] < 0x20 && p[i] != '\t' && p[i] != '\n' && p[i] != '\r') ||
                                  p[i] == 0x7f);
        if (n == 0 || control) {
            *at = i;
            return false;
        }
        i += n;
    }
    return true;
}

size_t utf8_count(const char *text)
{
    size_t n = 0;
    for (const char *p = text; *p != '\0'; p++) {
        n += ((unsigned char)*p & 0xc0) != 0x80;
    }
    return n;
}

size_t utf8_prefix(const char *text, size_t max_bytes)
{
    size_t len = strlen(text);
    if (len <= max_bytes) {
        return len;
    }
    size_t end = max_bytes;
    while (end > 0 && ((unsigned char)text[end] & 0xc0) == 0x80) {
        end--;
    }
    return end;
}

size_t utf8_first(const char *text, size_t n)
{
    const char *p = text;
    while (*p != '\0' && n > 0) {
        for (p++; ((unsigned char)*p & 0xc0) == 0x80; p++) {
        }
        n--;
    }
    return (size_t)(p - text);
}
