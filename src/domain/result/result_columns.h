// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_columns.h: making the file of columns, for commands and the server. What it is: result_columns_store.h.

#ifndef RESULT_RESULT_COLUMNS_H
#define RESULT_RESULT_COLUMNS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct store;

struct result_columns_made {
    int64_t n_indicators, n_values, n_parts;
    int64_t bytes;
};
// Makes the file anew, in memory for one indicator, from one state of the database. Questions that run go on with the
// file before. ERR_BUSY, and nothing is changed, when *stop becomes true meanwhile; stop may be NULL.
MUST_CHECK enum err result_columns_write(struct store *s, const atomic_bool *stop, struct result_columns_made *out,
                                         struct err_info *e);
// Takes the file away: after tables or log were replaced.
MUST_CHECK enum err result_columns_forget(struct store *s, struct err_info *e);
// Reads what came since the last question to the columns, so that the next one need not; nothing where none was asked yet.
MUST_CHECK enum err result_columns_follow(struct store *s, struct err_info *e);
// Should it be made anew: is there none though it would be worth it, or did much come since?
MUST_CHECK enum err result_columns_is_old(struct store *s, bool *old, struct err_info *e);

#endif
