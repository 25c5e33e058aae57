// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_response_store.c: what a response needs that its record alone cannot say: a word on why milder steps
// were left out. Asked inside the transaction, whichever way the record comes.

#include <string.h>

#include "risk/risk.h"
#include "store/store.h"

enum err risk_response_guard(struct arena *a, struct db_read *db, const struct record *before,
                             const struct record *after, struct err_info *e)
{
    struct record **all;
    size_t n, n_done = 0;
    if (after == NULL || record_is_set(after, "why_not_earlier") ||
        (before != NULL &&
         strcmp(record_text(before, "step"), record_text(after, "step")) == 0 &&
         !record_is_set(before, "why_not_earlier"))) {
        return ERR_NONE;
    }
    enum err err = store_list_by(db, a, &entity_risk_response, "risk_id",
                                 record_text(after, "risk_id"), &all, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    const char **done = ARENA_ARRAY(a, const char *, n + 1);
    for (size_t i = 0; i < n; i++) {
        const char *state = record_text(all[i], "state");
        bool itself = after->id != NULL && strcmp(all[i]->id, after->id) == 0;
        if (!itself && (strcmp(state, RISK_RESPONSE_AUTHORISED) == 0 ||
                        strcmp(state, RISK_RESPONSE_DONE) == 0)) {
            done[n_done++] = record_text(all[i], "step");
        }
    }
    return risk_step_skips(record_text(after, "step"), done, n_done)
               ? err_set(e, ERR_INPUT, "why_not_earlier",
                         MSG("Milder steps of the ladder were not taken for this risk."),
                         MSG("Say which measures failed, or why they cannot help here."), NULL)
               : ERR_NONE;
}
