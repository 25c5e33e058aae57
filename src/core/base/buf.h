// SPDX-License-Identifier: AGPL-3.0-or-later
//
// buf.h: text or bytes that grow, in an arena, up to a ceiling.
//
// When the ceiling is passed, or a large one does not fit into what is left of its arena, nothing more is added and
// `full` is set; whoever hands the bytes on asks once at the end (buf_is_full). The bytes always end with a zero byte
// that is not counted.

#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

struct buf {
    struct arena *arena;
    char *data;
    size_t len;
    size_t cap;   // bytes of data, at most limit + 1
    size_t limit; // bytes
    bool full;
};

void buf_init(struct buf *b, struct arena *a, size_t limit_bytes);
// Forgets the content, keeps the memory.
void buf_reset(struct buf *b);
// Makes room for len more bytes at once, for who knows that many will come.
void buf_reserve(struct buf *b, size_t len);
// Adds text up to the first byte for which stops says 1, as it must for the zero byte; returns how
// many bytes that were.
size_t buf_add_until(struct buf *b, const char *text, const unsigned char stops[256]);
// buf_add when there is no room left; not to be called by others.
void buf_add_slowly(struct buf *b, const void *bytes, size_t len);
// Here and not in buf.c because a page is made of thousands of short pieces.
static inline void buf_add(struct buf *b, const void *bytes, size_t len)
{
    if (b->full || len >= b->cap - b->len) {
        buf_add_slowly(b, bytes, len);
    } else if (len > 0) {
        memcpy(b->data + b->len, bytes, len);
        b->len += len;
        b->data[b->len] = '\0';
    }
}
static inline void buf_str(struct buf *b, const char *text)
{
    buf_add(b, text, strlen(text));
}
static inline void buf_char(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}
void buf_int(struct buf *b, int64_t n);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline bool buf_is_full(const struct buf *b)
{
    return b->full;
}

#endif
