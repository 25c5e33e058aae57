// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_grid_web.h: the table of a release as people read it, with a chart, for its page and for reports.

#ifndef RELEASE_RELEASE_GRID_WEB_H
#define RELEASE_RELEASE_GRID_WEB_H

#include "base/msg.h"
#include "format/svg/chart.h"
#include "release/release_ledger.h"

struct release_grid_row {
    const char *label;
    bool total;
    const char **cells; // numbers, the last the sum
    const char *share;  // in whole per cent; "–" where there are too few people
    const char *range;  // "65–85 %": where the true percentage lies; of a share alone
};
struct release_grid {
    bool is_share;      // the columns are part, rest and whole, and the percentage is that of the part in the whole;
                        // otherwise it is that of the row in all
    const char *rows_label;
    const char **columns; // of one dimension: none
    size_t n_columns;     // with the sum
    struct release_grid_row *rows;
    size_t n_rows;
    struct chart_shapes *chart, *chart_small; // or NULL; small: for a narrow screen
    const char *chart_title;
};
// From the rounded table alone.
void release_grid_make(struct arena *a, const struct lang *lang, const struct release_entry *x, const char *title,
                       struct release_grid *out);

#endif
