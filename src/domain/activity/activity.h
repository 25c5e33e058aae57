// SPDX-License-Identifier: AGPL-3.0-or-later
//
// activity.h: the work plan of a programme.
//
// An activity that supports a force which is not of the United Nations runs only on a due diligence
// decision that allows it (diligence.h); the store asks at every save, whatever way it comes.

#ifndef ACTIVITY_ACTIVITY_H
#define ACTIVITY_ACTIVITY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "diligence/diligence.h"
#include "model/model.h"

struct db_read;

extern const struct entity entity_activity;

// ---- rules (activity_rules.c) -------------------------------------------------------------------

enum err activity_check(const struct record *r, struct err_info *e);
bool activity_supports_force(const struct record *r);
bool activity_runs(const struct record *r);
// What it needs of a decision.
struct diligence_need activity_need(const struct record *r, const char *today);
// Steps from one state to the next: "start", "suspend", "finish", "drop", "plan".
struct activity_step {
    const char *step;  // in the address
    const char *from;  // states it may come from: " planned suspended "
    const char *to;
    const char *label; // catalogue keys
    const char *done;
    bool reason; // asks why
};
extern const struct activity_step activity_steps[];
extern const size_t activity_n_steps;
const struct activity_step *activity_step(const char *step); // NULL: none
bool activity_may_step(const struct record *r, const struct activity_step *step);
// How a state looks, as in html_state.
const char *activity_look(const char *state);

// ---- gate (activity_store.c, activity_rules.c) --------------------------------------------------------------------

// May this activity run? DILIGENCE_HOLDS also when it supports no force.
MUST_CHECK enum err activity_gate(struct db_read *db, struct arena *a, const struct record *r,
                                  enum diligence_bar *out, struct err_info *e);
// What stands in the way of an activity that runs, with decisions that were loaded: those that
// superseded its own are followed to the newest.
enum diligence_bar activity_bar(const struct diligence_set *decisions, const struct record *r,
                                const char *today);
// Refuses what would run without a decision that allows it (entity.guard).
enum err activity_guard(struct arena *a, struct db_read *db, const struct record *before,
                        const struct record *after, struct err_info *e);

#endif
