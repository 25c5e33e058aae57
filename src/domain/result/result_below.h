// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_below.h: a value of the whole programme beside the values of its countries. The total takes the value of the
// whole; what its countries come to is shown beside it, and told where both cannot be true (docs/indicators.md).

#ifndef RESULT_RESULT_BELOW_H
#define RESULT_RESULT_BELOW_H

#include "result/result_lines.h"

struct result_below {
    size_t n_places;            // countries with a value within the period; 0: nothing is compared
    struct result_figure sum;   // of their values; the most where the same person may be in several
    bool has_least;
    int64_t least;
    int64_t difference;         // whole less sum; of shares that of the part
    int64_t difference_whole;   // of shares that of the whole
    bool complete;              // every country has values for every day of the period
    bool contradicts;           // both cannot be true
};

// Of the value of the whole programme entries[at], among n of an indicator in the order of the last days of their periods;
// only those that end within its period are looked at. n_countries: of the programme; 0: not known, then
// never complete. Values are put together by the rule of the indicator; where periods do not add up, those of the same
// period. Not compared are answers and what has no total of two places, and values of a country that overlap.
struct result_below result_below_of(struct arena *a, const struct result_rule *rule, const struct result_entry *entries,
                                    size_t n, size_t at, size_t n_countries);

// "2 countries come to 95; this value less these is -5." NULL: nothing is compared.
const char *result_below_words(struct arena *a, const struct lang *lang, const struct result_below *b);

#endif
