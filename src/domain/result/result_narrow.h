// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_narrow.h: an indicator as it stood at the end of a period, or in one country; and how many of the
// countries are in a total.
//
// Method: docs/dashboards.md and docs/indicators.md, "Over places". Pure rules: no database, no pages.

#ifndef RESULT_RESULT_NARROW_H
#define RESULT_RESULT_NARROW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/msg.h"
#include "result/result_lines.h"

// Which values count. Days YYYY-MM-DD; NULL: not narrowed.
struct result_narrow {
    const char *from;    // values that begin before it are left out
    const char *to;      // those that end after it, too; targets are looked at as on this day
    const char *country; // only its own values
};
// The line with these values alone, worked out again on `today` or, when that is earlier, on `to`. Targets and
// baseline belong to the whole programme: for one country there are none. Values and entries are copied, their
// parts and records shared.
void result_line_narrow(struct arena *a, const struct result_line *line, const struct result_narrow *narrow,
                        const char *today, struct result_line *out);

// The result with this id is the one at the top, or serves it over others. id may be "".
bool result_is_below(struct record *const *results, size_t n, const char *id, const char *top);

// Countries of a total.
struct result_coverage {
    size_t n;       // countries there should be; 0: the indicator is not by country
    size_t n_there; // with a value in the total; a value of the whole programme stands for all
};
// places: codes of the countries of the programme (result_places_of). An indicator is by country when it says so or
// when a value of a country is in its total.
struct result_coverage result_coverage_of(const struct result_line *line, const char *const *places, size_t n);
// "3 of 5 countries"; NULL when all are there or the indicator is not by country.
const char *result_coverage_words(struct arena *a, const struct lang *lang, const struct result_coverage *c);
// The same for an indicator of this programme.
const char *result_covered_words(struct arena *a, const struct lang *lang, const struct result_line *line,
                                 const struct record *programme);

#endif
