// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_waiting.h: values that wait for somebody, for the first page.

#ifndef RESULT_RESULT_WAITING_H
#define RESULT_RESULT_WAITING_H

#include "base/arena.h"
#include "base/err.h"
#include "result/result_figures.h"

struct db_read;

// Values of one indicator by state, as long as they wait: returned, entered, verified.
struct result_waiting {
    const char *indicator_id;
    int64_t n[STATE_VERIFIED + 1];
};
// Of all indicators that have such values, in the order of their ids. From the columns where there are some, so that no value
// is read from the tables; else one statement.
MUST_CHECK enum err result_waiting_load(struct db_read *db, struct arena *a, struct result_waiting **out, size_t *n,
                                       struct err_info *e);

#endif
