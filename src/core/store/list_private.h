// SPDX-License-Identifier: AGPL-3.0-or-later
//
// list_private.h: lists of records that are not in a table: computed kinds, and the past.

#ifndef STORE_LIST_PRIVATE_H
#define STORE_LIST_PRIVATE_H

#include "store/store.h"

struct record_list {
    struct arena *arena;
    struct record **rows;
    size_t n;
    size_t cap;
};
void record_list_add(struct record_list *list, struct record *r);
// Applies filters, order and limits in C.
void list_filter(struct arena *a, const struct entity *kind, const struct store_query *q,
                 struct record_list *list);

#endif
