// SPDX-License-Identifier: AGPL-3.0-or-later
//
// compare_private.h: the tables against the log, for verify and rebuild.

#ifndef STORE_COMPARE_PRIVATE_H
#define STORE_COMPARE_PRIVATE_H

#include "store/store.h"

struct fault_list {
    struct arena *arena;
    struct store_fault *items;
    size_t n;
    size_t cap;
};
void fault_add(struct fault_list *list, struct store_fault fault);
// The log alone: each chain in the order of its numbers (verify.c). Adds to the faults and to *n_changes.
MUST_CHECK enum err verify_log(struct db_read *db, struct fault_list *faults, int64_t *n_changes,
                               struct err_info *e);

struct compare_result {
    struct fault_list *faults; // NULL: only count
    int64_t differences;
    // Called for each difference: `right` is the record as the log says, NULL when it should not be
    // there; `id` its id. NULL when nothing is to be mended.
    enum err (*mend)(void *context, const struct entity *kind, const char *id, struct record *right,
                     bool in_table, struct err_info *e);
    void *context;
};

// Walks table and log of a kind side by side, both in order of ids.
MUST_CHECK enum err compare_kind(struct db_read *db, const struct entity *kind,
                                 struct compare_result *result, struct err_info *e);

#endif
