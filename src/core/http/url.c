// SPDX-License-Identifier: AGPL-3.0-or-later
//
// url.c: addresses, made and taken apart. RFC 3986, sections 2.1 and 2.3.

#include "http/url.h"

#include <stdint.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "http/http.h"

#define MAX_ARGS 10

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

const char url_signs[257] =
    "44444444444444444444444444444444" // 0x00
    "31311122111110010000000000113131" // 0x20
    "10000000000000000000000000013130" // 0x40
    "30000000000000000000000000033304" // 0x60
    "33333333333333333333333333333333" // 0x80
    "33333333333333333333333333333333" // 0xa0
    "33333333333333333333333333333333" // 0xc0
    "33333333333333333333333333333333"; // 0xe0

void url_add_escaped(struct buf *b, const char *text)
{
    static const char digits[] = "0123456789ABCDEF";
    for (const char *p = text; *p != '\0';) {
        size_t plain = 0;
        while (url_signs[(unsigned char)p[plain]] == URL_UNRESERVED) {
            plain++;
        }
        buf_add(b, p, plain);
        p += plain;
        if (*p != '\0') {
            unsigned char c = (unsigned char)*p++;
            char escaped[3] = {'%', digits[c >> 4], digits[c & 15]};
            buf_add(b, escaped, sizeof escaped);
        }
    }
}

size_t url_decode_in_place(char *text, size_t len, bool plus)
{
    size_t out = 0;
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (c == '%') {
            int high = i + 2 < len ? hex_digit(text[i + 1]) : -1;
            int low = i + 2 < len ? hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return SIZE_MAX;
            }
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        text[out++] = c;
    }
    return out;
}

const char *url_decode(struct arena *a, const char *text, size_t len)
{
    char *copy = arena_copy_n(a, text, len);
    size_t n = url_decode_in_place(copy, len, false);
    size_t at;
    if (n == SIZE_MAX || !utf8_is_clean(copy, n, &at)) {
        return NULL;
    }
    copy[n] = '\0';
    return strpbrk(copy, "\t\r\n") == NULL ? copy : NULL;
}

const char *url_escape(struct arena *a, const char *text)
{
    struct buf b;
    buf_init(&b, a, 3 * strlen(text) + 1);
    url_add_escaped(&b, text);
    return b.data;
}

const char *url_make_list(struct arena *a, const char *address, va_list args)
{
    const char *given[MAX_ARGS] = {NULL};
    for (int i = 0; i < MAX_ARGS; i++) {
        given[i] = va_arg(args, const char *);
        if (given[i] == NULL) {
            break;
        }
    }
    struct buf b;
    buf_init(&b, a, (size_t)4 * LIMIT_ADDRESS_BYTES);
    const char *from = address;
    for (const char *p = strchr(from, '{'); p != NULL; p = strchr(p + 1, '{')) {
        // A template without this argument may be an address that came from outside: kept as it is.
        if (p[1] >= '0' && p[1] <= '9' && p[2] == '}' && given[p[1] - '0'] != NULL) {
            buf_add(&b, from, (size_t)(p - from));
            url_add_escaped(&b, given[p[1] - '0']);
            from = p + 3;
        }
    }
    buf_str(&b, from);
    return buf_is_full(&b) ? "/" : b.data;
}

const char *url_make(struct arena *a, const char *address, ...)
{
    va_list args;
    va_start(args, address);
    const char *made = url_make_list(a, address, args);
    va_end(args);
    return made;
}

bool url_is_local(const char *address)
{
    if (address == NULL || address[0] != '/' || address[1] == '/') {
        return false;
    }
    for (const char *p = address; *p != '\0'; p++) {
        if ((unsigned char)*p <= 0x20 || *p == 0x7f || *p == '\\') {
            return false;
        }
    }
    return strlen(address) <= LIMIT_ADDRESS_BYTES;
}
