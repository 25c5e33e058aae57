// SPDX-License-Identifier: AGPL-3.0-or-later
//
// sort.c: see sort.h.

#include "base/sort.h"

#include <stdlib.h>

void sort_items(void *items, size_t n, size_t item_bytes, int (*compare)(const void *a, const void *b))
{
    if (n > 1) {
        qsort(items, n, item_bytes, compare);
    }
}
