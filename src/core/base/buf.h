// SPDX-License-Identifier: AGPL-3.0-or-later
//
// buf.h: text or bytes that grow, in an arena, up to a ceiling.
//
// When the ceiling is passed nothing more is added and `full` is set; whoever hands the bytes on
// asks once at the end (buf_is_full). The bytes always end with a zero byte that is not counted.

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
    size_t cap;
    size_t limit; // bytes
    bool full;
};

void buf_init(struct buf *b, struct arena *a, size_t limit_bytes);
// Forgets the content, keeps the memory.
void buf_reset(struct buf *b);
void buf_add(struct buf *b, const void *bytes, size_t len);
static inline void buf_str(struct buf *b, const char *text)
{
    buf_add(b, text, strlen(text));
}
void buf_char(struct buf *b, char c);
void buf_int(struct buf *b, int64_t n);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline bool buf_is_full(const struct buf *b)
{
    return b->full;
}

#endif
