// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_again.h: texts that come again and again, and mostly in the same order: the countries of each period, the
// splits of each value. What is looked for mostly stands next to what was found last.

#ifndef RESULT_RESULT_AGAIN_H
#define RESULT_RESULT_AGAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

// Days and places that were loaded together are mostly one text in memory.
static inline bool result_same_text(const char *x, const char *y)
{
    return x == y || (x[0] == y[0] && strcmp(x, y) == 0);
}

// Place of the item with this text among n of `size` bytes, each of which begins with its text; n when there is none.
// All are looked at, first the one behind `last`, the place that was found before (any number below n, or 0).
static inline size_t result_find_again(const void *items, size_t size, size_t n, size_t last, const char *text)
{
    size_t at = last;
    for (size_t i = 0; i < n; i++) {
        at = at + 1 < n ? at + 1 : 0;
        const char *const *other = (const void *)((const char *)items + at * size);
        if (result_same_text(*other, text)) {
            return at;
        }
    }
    return n;
}

#endif
