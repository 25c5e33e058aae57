// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_contributions.h: amounts as CSV: who gave how much, in; a table of sums with what is left out, out.
//
// In: one row for each contribution: a column for each dimension, one for who gave it and one for the amount in whole
// units. Several rows of one contributor in one cell are one contribution. Out: every sum, with what is left out as
// "..", the kind (cell, total) and the rule by which it was left out.

#ifndef RELEASE_RELEASE_CONTRIBUTIONS_H
#define RELEASE_RELEASE_CONTRIBUTIONS_H

#include "base/buf.h"
#include "release/release_magnitude.h"
#include "release/release_table.h"

// What stands behind each cell of the frame, margins too. Errors (ERR_INPUT) name the line, never an amount or who
// gave it: what release_table_read refuses of a file, an amount that is missing, negative or no whole number, a
// contributor without a name, a sum above RELEASE_MAX_AMOUNT, more than RELEASE_AMOUNT_CELLS.
enum err release_contributions_read(struct arena *a, const struct release_columns *columns, const char *bytes,
                                    size_t len, const struct release_frame **f, struct release_behind *behind,
                                    struct err_info *e) MUST_CHECK;
// ERR_INPUT: a dimension is called as a column of the file.
enum err release_amounts_write(const struct release_magnitude *m, const char *amount,
                               const struct release_amount_rule *rule, struct buf *out, struct err_info *e) MUST_CHECK;

#endif
