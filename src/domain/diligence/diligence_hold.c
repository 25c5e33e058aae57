// SPDX-License-Identifier: AGPL-3.0-or-later
//
// diligence_hold.c: can support rest on a decision: decided, not superseded, for this country, in time?

#include <string.h>

#include "base/bug.h"
#include "base/msg.h"
#include "diligence/diligence.h"

// Are all of these countries the one of the decision?
static bool covers(const char *country, const char *countries)
{
    size_t len = strlen(country);
    for (const char *c = countries; *c != '\0';) {
        c += strspn(c, " ");
        size_t n = strcspn(c, " ");
        if (n > 0 && (n != len || strncmp(c, country, n) != 0)) {
            return false;
        }
        c += n;
    }
    return countries[strspn(countries, " ")] != '\0';
}

enum diligence_bar diligence_bar_of(const struct record *decision, bool is_superseded,
                                    const struct diligence_need *need)
{
    if (decision == NULL) {
        return DILIGENCE_NONE;
    }
    if (!diligence_is_decided(decision)) {
        return DILIGENCE_UNDECIDED;
    }
    const char *programme = record_text(decision, "programme_id");
    if (!covers(record_text(decision, "country"), need->countries) ||
        (programme[0] != '\0' && strcmp(programme, need->programme_id) != 0)) {
        return DILIGENCE_ELSEWHERE;
    }
    if (is_superseded || strcmp(record_text(decision, "state"), "superseded") == 0) {
        return DILIGENCE_SUPERSEDED;
    }
    const char *what = record_text(decision, "decision");
    if (strcmp(what, "refuse") == 0) {
        return DILIGENCE_REFUSED;
    }
    if (!diligence_lets(what)) {
        return need->continues ? DILIGENCE_HOLDS : DILIGENCE_STOPPED;
    }
    bool passed = strcmp(record_text(decision, "review_on"), need->today) < 0;
    return passed ? DILIGENCE_EXPIRED : DILIGENCE_HOLDS;
}

const char *diligence_bar_words(enum diligence_bar bar)
{
    switch (bar) {
    case DILIGENCE_HOLDS:
        return MSG("The decision holds.");
    case DILIGENCE_NONE:
        return MSG("It supports a force and rests on no due diligence.");
    case DILIGENCE_UNDECIDED:
        return MSG("The due diligence is not decided yet.");
    case DILIGENCE_SUPERSEDED:
        return MSG("Another decision took the place of the one it rests on.");
    case DILIGENCE_ELSEWHERE:
        return MSG("The due diligence is about another country or programme.");
    case DILIGENCE_REFUSED:
        return MSG("The due diligence says that support may not be given.");
    case DILIGENCE_STOPPED:
        return MSG("The due diligence suspends or withdraws the support.");
    case DILIGENCE_EXPIRED:
        return MSG("The decision was to be looked at again, and that day has passed.");
    }
    bug("a bar that is none");
}

const char *diligence_bar_mend(enum diligence_bar bar)
{
    switch (bar) {
    case DILIGENCE_HOLDS:
        return MSG("Nothing has to be done.");
    case DILIGENCE_NONE:
        return MSG("Do the due diligence of tool 2.5 first, and name it in the activity.");
    case DILIGENCE_UNDECIDED:
        return MSG("Wait for the decision, or ask for it.");
    case DILIGENCE_SUPERSEDED:
        return MSG("Name the newer decision in the activity.");
    case DILIGENCE_ELSEWHERE:
        return MSG("One decision covers one country: plan an activity of its own for each country.");
    case DILIGENCE_REFUSED:
    case DILIGENCE_STOPPED:
        return MSG("Only training on rights, work on standards, and support that directly serves "
                   "compliance may go on when support is suspended (2.5-D18 to D20). All else stops.");
    case DILIGENCE_EXPIRED:
        return MSG("Look at the force again: begin a new decision that supersedes this one.");
    }
    bug("a bar that is none");
}

// ---- sets ---------------------------------------------------------------------------------------

const struct record *diligence_in(const struct diligence_set *set, const char *id)
{
    for (size_t i = 0; i < set->n; i++) {
        if (strcmp(set->items[i]->id, id) == 0) {
            return set->items[i];
        }
    }
    return NULL;
}

const struct record *diligence_successor(const struct diligence_set *set, const char *id)
{
    for (size_t i = 0; i < set->n; i++) {
        if (diligence_is_decided(set->items[i]) &&
            strcmp(record_text(set->items[i], "supersedes_id"), id) == 0) {
            return set->items[i];
        }
    }
    return NULL;
}

const struct record *diligence_newest(const struct diligence_set *set, const struct record *of)
{
    for (size_t i = 0; i < set->n; i++) { // no longer than the set: a chain has no circle
        const struct record *next = diligence_successor(set, of->id);
        if (next == NULL) {
            break;
        }
        of = next;
    }
    return of;
}
