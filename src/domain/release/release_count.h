// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_count.h: from the values of an indicator to the counts of a release. Holds true counts: nothing of it
// may leave. Pure rules.

#ifndef RELEASE_RELEASE_COUNT_H
#define RELEASE_RELEASE_COUNT_H

#include "release/release.h"
#include "release/release_ledger.h"
#include "result/result_lines.h"

// Stands for "not known", "not asked" and "withheld" alike, and for what no part of a value says.
#define RELEASE_NOT_KNOWN "not_known"

// What a release can be by, for fields: characteristics with a list, then country and period.
const struct choice *release_by_choices(void);

struct release_asked {
    const char *by;       // "sex,age,country,period"; "": nothing, of a share
    const char *from;     // days of the periods to be counted, or NULL: all
    const char *to;
    const struct record *programme;
};
struct release_counted {
    const struct release_cube *exact;
    int period; // dimension, or -1
    struct release_period *periods;
    int n_periods;
    size_t n_values; // counted
    size_t n_left;   // in these days, but not approved yet
    bool repeats;    // the same person may be in it several times
};

// Counts approved and locked values of these days; categories are fixed lists: those of the characteristic, the
// countries of the programme. Percentages, proportions and ratios are counted as shares (release_share.h). Errors
// (ERR_INPUT, ERR_USAGE): another indicator, periods that cannot be added up or overlap, shares of the same people, a
// characteristic without a list, parts that are more than the whole, a percentage without its part and whole,
// numbers that are no whole numbers, no approved value, a combination that is never published.
enum err release_count(struct arena *a, const struct result_line *line, const struct release_asked *asked,
                       struct release_counted *out, struct err_info *e) MUST_CHECK;

#endif
