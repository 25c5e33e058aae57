// SPDX-License-Identifier: AGPL-3.0-or-later
//
// sort.h: putting an array in order.

#ifndef BASE_SORT_H
#define BASE_SORT_H

#include <stddef.h>

// As qsort, which may not be given NULL, not even for no items: lists that grow as they are read are NULL until then.
void sort_items(void *items, size_t n, size_t item_bytes, int (*compare)(const void *a, const void *b));

#endif
