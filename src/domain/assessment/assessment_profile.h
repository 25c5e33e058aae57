// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_profile.h: facts about a country (tool 2.1): one value for each field and year.
//
// A value is an answer with a year, a source and, where women and men are told apart, a value for each.
// What a value may be comes from the unit of its row in the pack. Pure; pages, import, comparison and
// the record's own check use the same rules.

#ifndef ASSESSMENT_ASSESSMENT_PROFILE_H
#define ASSESSMENT_ASSESSMENT_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "assessment/assessment.h"

#define PROFILE_FIRST_YEAR 1900
#define PROFILE_LAST_YEAR 2100
// Fewer points than this show no trend.
#define PROFILE_TREND_POINTS 3

// ---- units --------------------------------------------------------------------------------------

// Is the field a figure, or words (unit text, yes or no)?
bool profile_is_number(const struct pack_row *row);
// Does the row ask for women and men apart?
bool profile_by_sex(const struct pack_row *row);
// What may be typed, as a hint: "A whole number, for example 54027000."
const char *profile_unit_hint(const struct pack_row *row); // catalogue key; NULL for words
// Stands behind a value: "%", or "".
const char *profile_unit_sign(const struct pack_row *row);
// A value as people read it: figures with thousands and their sign; words as they are.
const char *profile_words(struct arena *a, const struct lang *lang, const struct pack_row *row,
                          const char *value);
// A value of the row as a number times 1,000,000; false when it is none that the unit allows.
// count: whole, 0 or more. rank: whole, 1 or more. percentage: 0 to 100. proportion: 0 to 1.
// duration: 0 to 200. ratio, score: any number.
bool profile_number(const struct pack_row *row, const char *text, int64_t *scaled);

// ---- one value, as it was typed -----------------------------------------------------------------

struct profile_entry {
    int year;          // 0: none
    const char *value; // "" without, as all texts here
    const char *female;
    const char *male;
    const char *source;
    const char *how; // comment
};
struct profile_fault {
    const char *part; // "value", "year", "female", "male": which of them is wrong
    const char *text; // catalogue keys
    const char *hint;
};
bool profile_is_empty(const struct profile_entry *entry);
// False with *fault when the entry cannot be kept. Numbers are rewritten in their canonical form: "54 027
// 000" becomes "54027000". this_year: the newest year that can be true.
bool profile_entry_check(struct arena *a, const struct pack_row *row, int this_year,
                         struct profile_entry *entry, struct profile_fault *fault);

// ---- values of one field over the years ---------------------------------------------------------

struct profile_series {
    const struct pack_row *row;
    const struct assessment_answer **values; // newest year first; without a year last
    size_t n;
};
// The values of a row among the answers of a round.
struct profile_series profile_series_of(struct arena *a, const struct pack_row *row,
                                        const struct assessment_answer *answers, size_t n);
// The point of a trend: the whole value. False where only women and men are known, since no mean of the
// two is made up.
bool profile_point(const struct pack_row *row, const struct assessment_answer *value,
                   int64_t *scaled);
// Points of a trend: figures with a year, oldest first. At most s->n.
struct profile_trend {
    int *years;
    int64_t *scaled;
    size_t n;
};
struct profile_trend profile_trend_of(struct arena *a, const struct profile_series *s);

// ---- what the reference data know ---------------------------------------------------------------

// A fact that a person may accept; never taken as known before.
struct profile_fact {
    bool found;
    const char *value;
    const char *source;
    const char *as_of; // date the source was true
};
struct profile_fact profile_fact_of(const char *country, const char *row);
// The entry that accepting it makes: the year is that of the source.
struct profile_entry profile_fact_entry(struct arena *a, const struct profile_fact *fact);

#endif
