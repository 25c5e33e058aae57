// SPDX-License-Identifier: AGPL-3.0-or-later
//
// list_private.h: lists of records: their statement, and what is not in a table (computed kinds, the past).

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
// Starts the statement of a list of a kind that is not computed. The texts that are bound are in a, so it must not be
// emptied before the first step.
MUST_CHECK enum err list_start(struct db_read *db, struct arena *a, const struct entity *kind,
                               const struct store_query *q, struct db_query **out, struct err_info *e);
// store_each with pages of so many rows.
MUST_CHECK enum err each_in_pages(struct db_read *db, const struct entity *kind, const struct store_query *q,
                                  int64_t page_rows, store_each_fn *fn, void *context, struct err_info *e);

#endif
