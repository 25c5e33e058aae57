// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_take.h: values from a table: one row for each value and for each of its parts, as spreadsheets and other
// programs give them. docs/indicators.md, "Values from a table", names the columns.

#ifndef RESULT_RESULT_TAKE_H
#define RESULT_RESULT_TAKE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/msg.h"
#include "model/rights.h"

struct buf;
struct csv_from; // csv/csv_read.h
struct store_tx;

enum take_verdict { TAKE_NEW, TAKE_CHANGED, TAKE_SAME, TAKE_REFUSED, TAKE_VERDICTS };

struct take_line {
    int number; // of the row as a spreadsheet shows it, from 1 with the heading
    enum take_verdict verdict;
    const char *const *cells; // as they were given
    int n_cells;
    const char *field, *why;  // of a refused one: column, and what is wrong in words
};
struct result_take {
    struct arena *arena; // holds what is found
    const struct lang *lang;
    struct store_tx *tx;
    const struct identity *who; // whose rights count; NULL: the owner of the workspace
    const char *programme_id;   // only values of this programme; NULL: of all
    const char *number;         // of this programme, which a code need not begin with; NULL: of all
    size_t most_lines;          // so many lines are kept beside the refused ones

    const char *const *heading;
    int n_heading;
    size_t n_rows, counts[TAKE_VERDICTS];
    struct take_line *lines; // in the order of the file
    size_t n_lines, cap_lines, n_kept;
};

// Does the heading name an indicator and a period, so that this is such a table?
bool result_take_is_table(struct arena *a, const char *bytes, size_t len);
// Saves what is right, value by value: a value and its parts, which stand together, are saved or refused as one.
// Memory does not grow with the file, but for lines that are refused. Errors (ERR_INPUT: the table itself cannot
// be read; others: the database) leave the transaction to be rolled back. Nothing is committed here.
MUST_CHECK enum err result_take_csv(struct result_take *t, const struct csv_from *from, struct err_info *e);
// The first line that is refused for what stands in it, not for another line of its value; NULL: none is refused.
const struct take_line *result_take_first_refused(const struct result_take *t);
// The refused lines as CSV with the columns "line", "wrong" and "why" behind their own, to be mended and sent again.
void result_take_refused(const struct result_take *t, struct buf *out);

#endif
