// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_ladder.c: the response ladder: which step needs whose word, and which comes before which.
//
// Source: Toolkit, introduction, the graded responses before Part 3. The texts of the steps are those of
// the pack (tool intro-ladder). Not here: what a record of a response must hold (risk_rules.c).

#include <string.h>

#include "base/bug.h"
#include "risk/risk.h"

#define LADDER "intro-ladder"

// A promise of the State needs senior management only when it is politically sensitive.
enum authority { AUTHORITY_NONE, AUTHORITY_IF_SENSITIVE, AUTHORITY_ALWAYS };

static const struct {
    const char *step;
    enum authority authority;
} steps[] = {
    {"RL-1", AUTHORITY_NONE},   {"RL-2", AUTHORITY_NONE},   {"RL-3", AUTHORITY_IF_SENSITIVE},
    {"RL-4", AUTHORITY_ALWAYS}, {"RL-5", AUTHORITY_ALWAYS}, {"RL-6", AUTHORITY_ALWAYS},
};

const struct pack_tool *risk_ladder(void)
{
    return pack_tool_anywhere(LADDER);
}

int risk_step_place(const char *step)
{
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        if (strcmp(steps[i].step, step) == 0) {
            return (int)i;
        }
    }
    return -1;
}

bool risk_step_needs_authority(const char *step, bool sensitive)
{
    int place = risk_step_place(step);
    return place >= 0 && (steps[place].authority == AUTHORITY_ALWAYS ||
                          (steps[place].authority == AUTHORITY_IF_SENSITIVE && sensitive));
}

bool risk_step_skips(const char *step, const char *const *done, size_t n)
{
    int place = risk_step_place(step);
    for (int before = 0; before < place; before++) {
        bool taken = false;
        for (size_t i = 0; i < n; i++) {
            taken = taken || risk_step_place(done[i]) == before;
        }
        if (!taken) {
            return true;
        }
    }
    return false;
}

bool risk_response_may_move(const char *from, const char *to)
{
    bool asked = strcmp(from, RISK_RESPONSE_ASKED) == 0;
    return (asked && (strcmp(to, RISK_RESPONSE_AUTHORISED) == 0 ||
                      strcmp(to, RISK_RESPONSE_REFUSED) == 0)) ||
           (strcmp(from, RISK_RESPONSE_AUTHORISED) == 0 && strcmp(to, RISK_RESPONSE_DONE) == 0);
}

const char *risk_response_look(const char *state)
{
    return strcmp(state, RISK_RESPONSE_DONE) == 0         ? "done"
           : strcmp(state, RISK_RESPONSE_AUTHORISED) == 0 ? "progress"
           : strcmp(state, RISK_RESPONSE_REFUSED) == 0    ? "risk"
                                                          : "warn";
}
