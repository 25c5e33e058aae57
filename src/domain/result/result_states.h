// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_states.h: how many values are in which state, for whoever is told what waits.

#ifndef RESULT_RESULT_STATES_H
#define RESULT_RESULT_STATES_H

#include "base/arena.h"
#include "base/err.h"
#include "result/result_figures.h"

struct db_read;

// Values of one indicator, by state.
struct result_states {
    const char *indicator_id;
    int64_t n[STATE_LOCKED + 1];
};
// Of all indicators that have values, in the order of their ids. From the columns where there are some, so that no value is
// read from the tables; else one statement.
MUST_CHECK enum err result_states_load(struct db_read *db, struct arena *a, struct result_states **out, size_t *n,
                                       struct err_info *e);

#endif
