// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_roles.c: what each role may do, in one table. Pages, commands and tests read it.
//
// Verbs belong to a scope: the organisation, or one programme. To export is a verb of its own,
// because what has left cannot be called back; a donor and a reader look but take nothing along. An
// adviser approves and returns checklists and so has that verb, but takes no tables out. Every role
// reads: statements that ask only "which programmes may this person read" rest on that.

#include "access/access.h"

#include <string.h>

const struct role access_roles[] = {
    {"administrator", MSG("Administrator"),
     MAY_READ | MAY_WRITE | MAY_APPROVE | MAY_EXPORT | MAY_GRANT | MAY_ADMINISTER,
     MSG("Looks after people, packs, backups and the log.")},
    {"manager", MSG("Manager"), MAY_READ | MAY_WRITE | MAY_APPROVE | MAY_EXPORT | MAY_GRANT,
     MSG("Sees which programme is at risk, approves, and gives roles.")},
    {"monitor", MSG("Monitoring officer"), MAY_READ | MAY_WRITE | MAY_APPROVE | MAY_EXPORT,
     MSG("Keeps indicators, verifies and approves values, reports to donors.")},
    {"adviser", MSG("Human rights and gender adviser"), MAY_READ | MAY_WRITE | MAY_APPROVE,
     MSG("Checks every phase against the Toolkit, approves or returns with a reason.")},
    {"officer", MSG("Programme officer"), MAY_READ | MAY_WRITE | MAY_EXPORT,
     MSG("Runs a programme: checklists, risks, actions, values.")},
    {"evaluator", MSG("Evaluator"), MAY_READ | MAY_EXPORT,
     MSG("Reads everything about a programme and takes the data along.")},
    {"donor", MSG("Donor"), MAY_READ, MSG("Sees what the money did: totals, and counts by characteristics as they were released.")},
    {"reader", MSG("Reader"), MAY_READ, MSG("Reads, changes nothing. Of counts by characteristics sees what was released.")},
    {0},
};

const struct role *role_find(const char *code)
{
    for (const struct role *r = access_roles; r->code != NULL; r++) {
        if (code != NULL && strcmp(r->code, code) == 0) {
            return r;
        }
    }
    return NULL;
}

bool role_to_grant(const char *role, const char *scope, const char *programme_id,
                   struct grant *out)
{
    const struct role *r = role_find(role);
    if (r == NULL || scope == NULL) {
        return false;
    }
    bool one = strcmp(scope, "programme") == 0;
    bool all = strcmp(scope, "organisation") == 0;
    if ((!one && !all) || (one && programme_id == NULL) || (all && programme_id != NULL)) {
        return false; // never more than what was surely meant
    }
    *out = (struct grant){.verbs = r->verbs, .programme_id = programme_id};
    return true;
}

bool role_may_give(const struct identity *who, const char *role, const char *programme_id)
{
    const struct role *r = role_find(role);
    if (r == NULL || !identity_may(who, MAY_GRANT, programme_id)) {
        return false;
    }
    for (unsigned verb = MAY_READ; verb <= MAY_ADMINISTER; verb <<= 1) {
        if ((r->verbs & verb) != 0 && !identity_may(who, (enum verb)verb, programme_id)) {
            return false;
        }
    }
    return true;
}
