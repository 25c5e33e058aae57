// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_next.h: what the next result of a logframe probably is, so that its form need not begin empty.

#ifndef LOGFRAME_LOGFRAME_NEXT_H
#define LOGFRAME_LOGFRAME_NEXT_H

#include "logframe/logframe_theory.h"

struct logframe_next {
    const char *level;     // code; "": nobody can say
    const char *parent_id; // "": none, or nobody can say
    const char *code;      // in the way of its sisters, free in the programme; "" without a level
};
// From the goal down: without a goal it is the goal, without an outcome an outcome, else an output of the first outcome
// that has none. level and parent_id: what is known already, or "". An outcome serves the only goal, an output the
// only outcome. Codes count on from the sisters ("Outcome 5": "Outcome 6"); the first ones are G, O1, and 6.1 for an
// output of O6.
struct logframe_next logframe_next_of(struct arena *a, const struct theory_result *results, size_t n, const char *level,
                                      const char *parent_id);

#endif
