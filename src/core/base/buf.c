// SPDX-License-Identifier: AGPL-3.0-or-later
//
// buf.c: see buf.h.

#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/bug.h"
#include "base/decimal.h"

#define FIRST_BYTES 256
// From this size on a buffer that its arena cannot hold is full, as if it had passed its own ceiling; what it leaves is
// for the page that says so.
#define LARGE_BYTES ((size_t)1024 * 1024)

void buf_init(struct buf *b, struct arena *a, size_t limit_bytes)
{
    *b = (struct buf){.arena = a, .limit = limit_bytes};
    b->cap = limit_bytes < FIRST_BYTES ? limit_bytes + 1 : FIRST_BYTES;
    b->data = arena_alloc_unset(a, b->cap);
    b->data[0] = '\0';
}

void buf_reset(struct buf *b)
{
    b->len = 0;
    b->full = false;
    b->data[0] = '\0';
}

// Room for len more bytes and the zero byte; false when the ceiling is passed.
static bool make_room(struct buf *b, size_t len)
{
    if (b->full || len > b->limit - b->len) {
        b->full = true;
        return false;
    }
    if (len < b->cap - b->len) {
        return true;
    }
    size_t cap = b->cap;
    while (cap - b->len <= len) {
        cap *= 2;
    }
    if (cap > b->limit) {
        cap = b->limit + 1;
    }
    if (cap >= LARGE_BYTES && arena_left_bytes(b->arena) < cap + LARGE_BYTES) {
        b->full = true;
        return false;
    }
    char *data = arena_alloc_unset(b->arena, cap);
    memcpy(data, b->data, b->len + 1);
    b->data = data;
    b->cap = cap;
    return true;
}

void buf_reserve(struct buf *b, size_t len)
{
    size_t left = b->limit - b->len;
    (void)make_room(b, len < left ? len : left);
}

void buf_add_slowly(struct buf *b, const void *bytes, size_t len)
{
    if (len == 0 || !make_room(b, len)) {
        return;
    }
    memcpy(b->data + b->len, bytes, len);
    b->len += len;
    b->data[b->len] = '\0';
}

size_t buf_add_until(struct buf *b, const char *text, const unsigned char stops[256])
{
    size_t n = 0;
    while (!stops[(unsigned char)text[n]]) {
        n++;
    }
    buf_add(b, text, n);
    return n;
}

void buf_int(struct buf *b, int64_t n)
{
    char digits[DECIMAL_INT_BYTES];
    buf_str(b, decimal_int(digits, n));
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    // Into the room that is left, and once more where it was too little.
    size_t room = b->cap - b->len;
    int len = b->full ? 0 : vsnprintf(b->data + b->len, room, format, args);
    if (len < 0) {
        bug("a format that cannot be printed");
    }
    if (!make_room(b, (size_t)len)) {
        b->data[b->len] = '\0';
    } else {
        if ((size_t)len >= room) {
            vsnprintf(b->data + b->len, (size_t)len + 1, format, again);
        }
        b->len += (size_t)len;
    }
    va_end(again);
    va_end(args);
}
