// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_words.h: figures, rules and states of indicators in words.

#ifndef RESULT_RESULT_WORDS_H
#define RESULT_RESULT_WORDS_H

#include "base/arena.h"
#include "base/msg.h"
#include "result/result_figures.h"

struct record;

// Rest of a code behind the number of the programme, as its own pages show it: "I1" of "GLOT59/I1".
const char *result_short_code(const struct record *indicator);
// A value of a unit for people: "1,250", "72.5 %", "In part", "14 days". scaled: result_figures.h.
const char *result_number(struct arena *a, const struct lang *lang, enum result_unit unit,
                          int64_t scaled);
// The same with at most two places, for what the program worked out itself.
const char *result_rough(struct arena *a, const struct lang *lang, enum result_unit unit,
                         int64_t scaled);
// The same as result_number; "–" when it is not known.
const char *result_figure_words(struct arena *a, const struct lang *lang, enum result_unit unit,
                                const struct result_figure *figure);
// A plain number with separators, at most `places` places and no zeros at its end.
const char *result_plain(struct arena *a, int64_t scaled, int places);
// "1 Jan 2025 to 30 Jun 2025".
const char *result_period(struct arena *a, const struct lang *lang, const char *from, const char *to);
// A total for people: "159"; "at least 40, at most 63"; "3 of 5 countries say yes"; "–" when not known.
const char *result_total_words(struct arena *a, const struct lang *lang, enum result_unit unit,
                               const struct result_total *total);
// Why a total is not known, in a sentence; NULL when it is.
const char *result_unknown_words(const struct lang *lang, const struct result_total *total);
// The rule in words, as it is really applied to this total: over periods, places and the same people.
const char *result_rule_words(struct arena *a, const struct lang *lang, const struct result_rule *rule,
                              const struct result_total *total);
// What is said under sums of parts where the same person may be in several of the values; NULL where not.
const char *result_most_words(const struct lang *lang, const struct result_total *total);
// A number, or of a share its part and whole: "58"; "38 / 55".
const char *result_pair(struct arena *a, bool share, int64_t number_or_part, int64_t whole);
// How far a value or a total is checked, translated: "Entered, not yet checked".
const char *result_state_words(const struct lang *lang, enum result_state state);
// kind of html_state for a state of a value.
const char *result_state_look(enum result_state state);
// "On the way", translated; kind of html_state; word in addresses ("on-the-way").
const char *result_standing_words(const struct lang *lang, enum result_standing standing);
const char *result_standing_look(enum result_standing standing);
const char *result_standing_code(enum result_standing standing);

#endif
