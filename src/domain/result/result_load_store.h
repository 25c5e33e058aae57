// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_load_store.h: what the two ways of loading indicators with their values share (result_store.c,
// result_lean_store.c).

#ifndef RESULT_RESULT_LOAD_STORE_H
#define RESULT_RESULT_LOAD_STORE_H

#include "result/result_lines.h"

struct db_read;

// Indicators with their targets, in the order of their ids, without values. Two statements.
MUST_CHECK enum err result_lines_begin(struct db_read *db, struct arena *a, const char *programme_id,
                                       const char *indicator_id, struct result_lines *out, struct err_info *e);
void result_lines_sort(struct result_lines *lines); // by code
// When the values are there: totals and progress; then by code.
void result_lines_end(struct arena *a, struct result_lines *lines, const char *today);

#endif
