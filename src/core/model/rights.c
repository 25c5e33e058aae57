// SPDX-License-Identifier: AGPL-3.0-or-later
//
// rights.c: see rights.h.

#include "model/rights.h"

#include <string.h>

#include "model/model.h"

bool identity_may(const struct identity *who, enum verb verb, const char *programme_id)
{
    if (verb == MAY_PUBLIC) {
        return true;
    }
    if (who == NULL) {
        return false;
    }
    if (verb == MAY_SIGNED_IN) {
        return true;
    }
    for (size_t i = 0; i < who->n_grants; i++) {
        const struct grant *g = &who->grants[i];
        bool covers = g->programme_id == NULL ||
                      (programme_id != NULL && strcmp(g->programme_id, programme_id) == 0);
        if (covers && (g->verbs & verb) != 0) {
            return true;
        }
    }
    return false;
}

bool identity_works(const struct identity *who, const char *programme_id)
{
    return identity_may(who, MAY_WRITE, programme_id) || identity_may(who, MAY_APPROVE, programme_id) ||
           identity_may(who, MAY_EXPORT, programme_id);
}

bool identity_sees(const struct identity *who, const struct entity *kind, const char *programme_id)
{
    return who == NULL || !kind->for_work || identity_works(who, programme_id);
}

bool identity_may_anywhere(const struct identity *who, enum verb verb)
{
    if (identity_may(who, verb, NULL)) {
        return true;
    }
    for (size_t i = 0; who != NULL && i < who->n_grants; i++) {
        if ((who->grants[i].verbs & verb) != 0) {
            return true;
        }
    }
    return false;
}
