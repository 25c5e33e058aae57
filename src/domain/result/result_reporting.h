// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_reporting.h: periods as words ("2025-Q1"), which values should be there by today, and which are not.
//
// Method: docs/indicators.md, "Is everything in?". Pure rules: no database, no pages.

#ifndef RESULT_RESULT_REPORTING_H
#define RESULT_RESULT_REPORTING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/msg.h"
#include "result/result_lines.h"

// Days YYYY-MM-DD, both within.
struct result_span {
    const char *from, *to;
};
// Reads "2025", "2025-H2", "2025-Q3" or "2025-03"; false when it is none of these.
bool result_span_read(struct arena *a, const char *text, struct result_span *out);

// In the order of the codes of the field "frequency", after none.
enum result_frequency { FREQUENCY_NONE, FREQUENCY_MONTH, FREQUENCY_QUARTER, FREQUENCY_HALF, FREQUENCY_YEAR,
                        FREQUENCY_TWICE, FREQUENCY_ONCE, FREQUENCY_EVENT };

// What should be reported.
struct result_expect {
    enum result_frequency frequency;
    const char *starts, *ends;  // of the programme; "" where not known: then nothing is expected
    const char *today;
    const char *const *places;  // countries; none: one value for the whole programme
    size_t n_places;
};
// Codes of the countries of a programme, in their order. Returns their number.
size_t result_places_of(struct arena *a, const struct record *programme, const char ***out);
// From an indicator and its programme.
struct result_expect result_expect_of(struct arena *a, const struct result_line *line,
                                      const struct record *programme, const char *today);
// Periods of the calendar that ended before today, the oldest first, cut at the ends of the programme. At its end
// (FREQUENCY_ONCE, and FREQUENCY_TWICE, whose beginning is the baseline): the whole programme. After each event: none
// is known. Returns their number.
size_t result_spans_due(struct arena *a, const struct result_expect *x, struct result_span **out);

// Days after the end of a period until its value is late.
#define RESULT_DAYS_OF_GRACE 30
// A value that should be there and is not, or was returned.
struct result_gap {
    struct result_span span;
    const char *place; // "": the whole programme
    bool returned;
    bool late;
};
struct result_reporting {
    size_t n_expected, n_there;
    size_t n_spans, n_spans_complete;
    size_t n_places, n_places_complete; // n_places 0: not by country
    struct result_gap *gaps; // oldest first, places in their order
    size_t n_gaps;
};
// A value is there for a period and place when one entry that is not returned holds the whole period, of this place
// or of the whole programme.
void result_reporting_of(struct arena *a, const struct result_expect *x, const struct result_entry *entries,
                         size_t n, struct result_reporting *out);
// "5 of 6 expected values are in: 1 of 2 countries and 2 of 3 periods are complete."; NULL when nothing is expected.
const char *result_reporting_words(struct arena *a, const struct lang *lang,
                                   const struct result_reporting *reporting);

#endif
