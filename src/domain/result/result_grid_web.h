// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_grid_web.h: the grids in which the parts of a value are typed. Counts that are split by several
// characteristics have one grid of two of them and a list for each other; shares have lists with part and
// whole. Parts of other cuts that are there already have a list of their own, so that nothing is hidden.

#ifndef RESULT_RESULT_GRID_WEB_H
#define RESULT_RESULT_GRID_WEB_H

#include "http/http.h"
#include "result/result_lines.h"

struct result_value_view;

// Rows for words that are in no list, or in a list too long to be shown.
#define GRID_MORE 4

struct grid {
    const char *keys;    // "age sex"
    const char *across;  // characteristic of the columns; NULL: one column
    const struct split *rows;
    size_t n_rows;
    const struct split *columns; // one that is empty when there is one column
    size_t n_columns;
    const struct characteristic *more; // its values are typed in rows of their own, or NULL
};
struct grids {
    enum result_unit unit;
    bool shares; // each cell has part and whole
    struct grid *items;
    size_t n;
    const struct result_value *old; // or NULL
    struct result_part *typed; // cells that hold something: as stored, then as typed
    size_t n_typed;
};

// Which grids there are for a value of this indicator; old NULL: a new one. typed is what is stored.
void grids_begin(struct req *r, const struct result_line *line, const struct result_value *old,
                 struct grids *out);
// Takes what was posted instead of what is stored, if anything was; what is wrong becomes an error of the form
// beside its cell.
void grids_read(struct req *r, struct grids *g);
// The split of a cell: that of its row with that of its column.
struct split grid_cell_split(const struct split *row, const struct split *column);
// "part/age:18-24/sex:female": a split as the name of a field.
const char *grid_cell_name(struct arena *a, const struct split *s);
// Rows whose value is typed too (a code or the name of one, or for an open characteristic any word): the field of
// the word of row i.
const char *grid_more_name(struct arena *a, const struct grid *grid, int i);
// The part typed for a split, or NULL.
const struct result_part *grids_typed(const struct grids *g, const char *split);
// Are the parts others than those of this value?
bool grids_differ(const struct grids *g, const struct result_value *old);
void grids_fill(struct req *r, const struct grids *g, struct result_value_view *v);

#endif
