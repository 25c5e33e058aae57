// SPDX-License-Identifier: AGPL-3.0-or-later
//
// obligation_status.h: what is known of a State and each instrument of tool 2.2: what people entered,
// and what the reference data say.

#ifndef OBLIGATION_OBLIGATION_STATUS_H
#define OBLIGATION_OBLIGATION_STATUS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/model.h"
#include "pack/pack.h"

struct db_read;

// What a reference table says; never taken as known before a person accepted it.
struct obligation_hint {
    bool found;
    const char *status; // party, signed, none
    const char *signed_on;
    const char *bound_on;
    const char *source;
    const char *as_of; // date the source was true
};
struct obligation_line {
    const struct pack_row *row;   // of the list
    const char *instrument;       // with which its status is kept
    const struct record *entered; // or NULL
    struct obligation_hint hint;
    bool hint_differs; // from what was entered
};
// A status of a treaty that this list does not have: another copy has it, or it is hidden.
struct obligation_other {
    const struct record *entered;
    const struct pack_tool *tool; // that has it, or hides it; NULL, and no row: no pack has it any more
    const struct pack_row *row;
};
struct obligation_list {
    const struct pack_tool *tool;
    struct obligation_line *lines; // section by section, in the order of the tool
    size_t n;
    size_t n_known;       // entered, and not "not known"
    size_t n_bound;       // bound by
    size_t n_suggestions; // hints for instruments nothing is entered for
    struct obligation_other *others;
    size_t n_others;
};

// The treaties of tool 2.2 or of a copy of it; tool NULL: 2.2 itself. One statement. ERR_NOT_FOUND when no
// pack has tool 2.2.
MUST_CHECK enum err obligation_list_load(struct db_read *db, struct arena *a, const char *country,
                                         const struct pack_tool *tool, struct obligation_list *out,
                                         struct err_info *e);
// What the reference pack says of a country and a row of tool 2.2.
struct obligation_hint obligation_hint_of(const char *country, const char *instrument);
// Fills a record from a hint; status, dates, source and its date, origin "prefill".
void obligation_take_hint(struct record *r, const struct obligation_hint *hint);

#endif
