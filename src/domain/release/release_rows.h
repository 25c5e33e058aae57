// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_rows.h: the rows of a CSV file as cells of a frame, for release_table.c and release_contributions.c.
//
// Two passes over the rows: the first finds the categories, the second the cells. Between them the categories are
// put in the order of their names: that of the rows may be the order of the counts, which nobody shall see.

#ifndef RELEASE_RELEASE_ROWS_H
#define RELEASE_RELEASE_ROWS_H

#include "base/map.h"
#include "format/csv/csv_read.h"
#include "release/release_table.h"

struct reading {
    struct arena *a;
    const char *bytes;
    size_t len;
    int column[RELEASE_DIMENSIONS];
    int count;
    int contributor; // column, or -1
    int says[RELEASE_SAYS]; // columns that say the same in every row, or -1
    bool totals;     // "Total" is a sum; otherwise it is refused
    struct release_frame *f;
    struct map places[RELEASE_DIMENSIONS]; // int by category
    size_t room[RELEASE_DIMENSIONS];       // for categories
    size_t n_rows;
};

typedef enum err release_row_fn(struct reading *r, const struct csv_row *row, void *of, struct err_info *e);

// The first pass: columns, categories and the frame. a, bytes, len and totals are filled in.
enum err release_rows_frame(struct reading *r, const struct release_columns *columns, struct err_info *e) MUST_CHECK;
// Calls take for every row after the heading, in their order.
enum err release_rows_each(struct reading *r, release_row_fn *take, void *of, struct err_info *e) MUST_CHECK;
// The cell that a row is about.
size_t release_rows_cell(struct reading *r, const struct csv_row *row);
// An error in a row: its line is the first word of the text, arg the second.
enum err release_at_line(struct err_info *e, const struct reading *r, const struct csv_row *row, const char *text,
                         const char *hint, const char *arg);

#endif
