// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_library.h: an indicator beside the row of the library it came from, and beside its sisters. Pure
// rules: no database, no pages.

#ifndef RESULT_RESULT_LIBRARY_H
#define RESULT_RESULT_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "model/model.h"
#include "pack/pack.h"

// The row of an indicator set with this id, in any pack, and its tool; NULL when there is none.
const struct pack_row *library_row(const char *id, const struct pack_tool **tool);

// The row of a target of the Sustainable Development Goals by its number ("16.2"), and its tool; NULL when the
// library does not name it.
const struct pack_row *library_sdg_target(const char *number, const struct pack_tool **tool);

// ---- taking a row over ------------------------------------------------------------------------------

// Sets what an indicator takes over from a row: row, row_adopted, title (our words, in the language of the person),
// unit, direction, rule, split, means, assumptions, part and whole.
void library_adopt(struct arena *a, const struct lang *lang, const struct pack_tool *tool,
                   const struct pack_row *row, struct record *indicator);
// The row as it is kept in row_adopted: one line for each thing, "unit: count".
const char *library_row_words(struct arena *a, const struct pack_tool *tool,
                              const struct pack_row *row);
// A code of the pack as ours: "yes-no" is "yes_no".
const char *library_code(struct arena *a, const char *word);
// True for what values can be split by here: the characteristics of the reference pack.
bool library_can_split(const char *code);
// True for units whose parts add up: counts and shares.
bool library_unit_splits(const struct pack_row *row);

// ---- what is different ------------------------------------------------------------------------------

enum library_what { LIBRARY_TEXT, LIBRARY_UNIT, LIBRARY_DIRECTION, LIBRARY_OVER_TIME, LIBRARY_SPLIT,
                    LIBRARY_PART, LIBRARY_WHOLE, LIBRARY_MEANS, LIBRARY_ASSUMPTIONS, LIBRARY_POINTS };
// Texts are never NULL; codes are ours; splits are "sex age"; several lines of means stand below each
// other.
struct library_point {
    const char *ours;   // "" for part and whole of indicators that keep them in their definition
    const char *theirs; // the row today
    const char *then;   // the row when it was adopted; NULL: not known
    bool adapted;       // ours is not what was adopted (or, when that is not known, not theirs)
    bool moved;         // the row says something else than when it was adopted
};
struct library_view {
    struct library_point points[LIBRARY_POINTS];
    bool adapted; // any of them
    bool moved;
    const char *version_then; // of the pack; NULL: not known
};
// row NULL: the library has it no more; then theirs is "" and nothing has moved.
void library_compare(struct arena *a, const struct lang *lang, const struct pack_tool *tool,
                     const struct pack_row *row, const struct record *indicator,
                     struct library_view *out);
// What a point is called (a catalogue key), and what it says for people: codes as their labels, "–" for nothing.
const char *library_point_label(enum library_what what);
const char *library_point_words(struct arena *a, const struct lang *lang, enum library_what what,
                                const char *text);

// ---- sisters ----------------------------------------------------------------------------------------

// An indicator or a row of the library, as the rule about splits sees it. Sisters are those that share
// the result of the programme or the expected result of the library.
enum { SPLIT_SEX = 1, SPLIT_AGE = 2 };
struct sister {
    const char *name;     // for people
    const char *result;   // id of the result of the programme; "" or NULL: none
    const char *expected; // id of the expected result of the library; "" or NULL: none
    unsigned asks;        // splits asked for
};
#define SPLITS 2 // bit 0 is sex, bit 1 is age
// Splits that a sister of items[at] asks for and items[at] does not. by[bit] is the first sister that asks
// for it; untouched for the others.
unsigned library_missing_splits(const struct sister *items, size_t n, size_t at, size_t by[SPLITS]);
// Splits a row asks for.
unsigned library_asks(const struct pack_row *row);
unsigned library_indicator_asks(const struct record *indicator);

#endif
