// SPDX-License-Identifier: AGPL-3.0-or-later
//
// columns_add.c: the two loops in which adding up spends its time. See columns.h.

#include "columns/columns.h"

bool columns_add_by(const uint32_t *word, const int64_t *value, size_t first, size_t end, const uint32_t *place,
                    int64_t *sums, int64_t *counts)
{
    bool over = false;
    for (size_t i = first; i < end; i++) {
        uint32_t at = place[word[i]];
        over |= __builtin_add_overflow(sums[at], value[i], &sums[at]);
        counts[at]++;
    }
    return !over;
}

bool columns_add(const int64_t *value, size_t first, size_t end, int64_t *sum)
{
    bool over = false;
    int64_t all = *sum;
    for (size_t i = first; i < end; i++) {
        over |= __builtin_add_overflow(all, value[i], &all);
    }
    *sum = all;
    return !over;
}
