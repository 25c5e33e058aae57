// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_figures.h: how many indicators stand how, which values are in over the quarters of the calendar, and
// how dark a country is on the map.
//
// Method: docs/dashboards.md, with a worked example of each rule. Pure rules: no database, no pages.

#ifndef DASHBOARD_DASHBOARD_FIGURES_H
#define DASHBOARD_DASHBOARD_FIGURES_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "result/result_lines.h"
#include "result/result_reporting.h"

// ---- counts ---------------------------------------------------------------------------------------

struct dashboard_tally {
    size_t n;                  // indicators
    size_t by[STANDING_COUNT]; // of them with this standing
    size_t n_expected, n_there; // values that should be in by today, and that are
    size_t n_late;             // values missing for more than RESULT_DAYS_OF_GRACE days
};
void dashboard_tally_add(struct dashboard_tally *t, enum result_standing standing,
                         const struct result_reporting *reporting);
void dashboard_tally_join(struct dashboard_tally *t, const struct dashboard_tally *more);

// Of `all` (result_reporting_of with the same x) the periods that end within the span alone (NULL: all).
void dashboard_reporting_within(struct arena *a, const struct result_expect *x, const struct result_reporting *all,
                                const struct result_span *span, struct result_reporting *out);

// ---- what is in, over quarters --------------------------------------------------------------------

enum heat_state {
    HEAT_NOTHING, // no value belongs here
    HEAT_NOT_YET, // none of its periods has ended
    HEAT_IN,      // every value of the periods that have ended is in
    HEAT_DUE,     // one is missing, none for long
    HEAT_LATE     // one is missing for more than RESULT_DAYS_OF_GRACE days
};
// Quarters of the calendar that one period covers, or that hold several (months).
struct heat_cell {
    size_t at, width; // in quarters from the beginning of the first year
    enum heat_state state;
    const char *from, *to;      // first and last day; NULL for HEAT_NOTHING
    size_t n_expected, n_there; // values of periods that have ended
};
// Cells from 1 January of `year` over n_years, without a hole between them. reporting: result_reporting_of with the
// same x. Returns their number, at least one when n_years is more than 0.
size_t dashboard_heat(struct arena *a, const struct result_expect *x, const struct result_reporting *reporting,
                      int year, size_t n_years, struct heat_cell **out);
int dashboard_year_of(const char *day);
// Years shown: three up to the year of `today`, or the last of the programme, but not before its first. A span
// narrows them to its own. starts, ends: days; "" where not known. False when there is none.
bool dashboard_years(const char *starts, const char *ends, const char *today, const struct result_span *span,
                     int *year, size_t *n_years);

// ---- map ------------------------------------------------------------------------------------------

// Fifths of `most` (up to 10^18), 1 to 5; 0 for nothing. Worked example: most 60: 1 to 12 give 1, 13 gives 2, 60 gives 5.
int dashboard_shade(int64_t value, int64_t most);

#endif
