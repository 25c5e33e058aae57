// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_screening.h: is it a good indicator? Eleven questions, answered yes, in part or no, and what
// follows from the answers.

#ifndef RESULT_RESULT_SCREENING_H
#define RESULT_RESULT_SCREENING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/msg.h"
#include "model/model.h"

struct screening_question {
    const char *field; // of the record; why it is so stands in <field>_why
    const char *why;
    const char *row;    // of the library, or NULL for SMART
    const char *letter; // "R"
    bool rights;        // RIGHTS, else SMART
};
#define SCREENING_QUESTIONS 11
extern const struct screening_question screening_questions[SCREENING_QUESTIONS];

// One letter that fails is enough to fail.
enum screening_verdict {
    SCREENING_NONE,  // nobody has screened it
    SCREENING_FAILS, // at least one no
    SCREENING_PART,  // no "no", at least one in part
    SCREENING_GOOD,  // yes to all
    SCREENING_COUNT
};
// Of one screening; NULL: none.
enum screening_verdict screening_verdict_of(const struct record *screening);
// Letters answered so ("no", "part"): "RIGHTS: G, T; SMART: M"; NULL when there are none.
const char *screening_letters(struct arena *a, const struct record *screening, const char *answer);
// "Fails", translated; kind of html_state.
const char *screening_words(const struct lang *lang, enum screening_verdict verdict);
const char *screening_look(enum screening_verdict verdict);
// "today", "12 days ago", "3 months ago", "2 years ago", translated. Both days YYYY-MM-DD. A month is 30
// days and a year 365: an age, not a date.
const char *screening_age(struct arena *a, const struct lang *lang, const char *day,
                          const char *today);
// The newest of those about this indicator, NULL when there is none: by day, then by id, which grows with time.
const struct record *screening_newest(struct record *const *all, size_t n, const char *indicator_id);

#endif
