// SPDX-License-Identifier: AGPL-3.0-or-later
//
// activity_store.c: the gate: nothing that supports a force runs without a decision that allows it.

#include <string.h>

#include "activity/activity.h"
#include "base/bug.h"
#include "os/clock.h"

enum err activity_gate(struct db_read *db, struct arena *a, const struct record *r,
                       enum diligence_bar *out, struct err_info *e)
{
    char today[11];
    clock_today(today);
    struct diligence_need need = activity_need(r, today);
    *out = DILIGENCE_HOLDS;
    return activity_supports_force(r)
               ? diligence_ask(db, a, record_text(r, "due_diligence_id"), &need, out, e)
               : ERR_NONE;
}

// What was running may still be described better while its decision is out of date (a check tells of
// it); what its right to run rests on may not change to something that does not hold.
static bool is_asked(const struct record *before, const struct record *after)
{
    static const char *const rests_on[] = {"due_diligence_id", "countries", "supports_force",
                                           "continues", "programme_id"};
    if (before == NULL || !activity_runs(before)) {
        return true;
    }
    for (size_t i = 0; i < COUNT_OF(rests_on); i++) {
        if (strcmp(record_text(before, rests_on[i]), record_text(after, rests_on[i])) != 0) {
            return true;
        }
    }
    return false;
}

enum err activity_guard(struct arena *a, struct db_read *db, const struct record *before,
                        const struct record *after, struct err_info *e)
{
    enum diligence_bar bar;
    if (after == NULL || !activity_runs(after) || !is_asked(before, after)) {
        return ERR_NONE;
    }
    enum err err = activity_gate(db, a, after, &bar, e);
    if (err == ERR_NONE && bar != DILIGENCE_HOLDS) {
        err = err_set(e, ERR_INPUT, "due_diligence_id", diligence_bar_words(bar),
                      diligence_bar_mend(bar), NULL);
    }
    return err;
}
