// SPDX-License-Identifier: AGPL-3.0-or-later
//
// country.c: states and next steps of the tools about a country; pure. See country.h.

#include "country/country.h"

#include <string.h>

#include "assessment/assessment.h"

const char *const country_tools[COUNTRY_TOOLS] = {"2.1", "2.2", "2.3", "2.4", "2.5", "2.6"};

// Obligations have no rounds: state "" with something known.
static bool has_rounds(const struct country_tool *t)
{
    return t->tool == NULL || t->tool->kind != PACK_KIND_INSTRUMENTS;
}

int country_age_months(const struct country_tool *t, const char *today)
{
    return t->touched[0] == '\0' ? -1 : assessment_months_between(t->touched, today);
}

enum country_next country_next_of(const struct country_tool *t, const char *today)
{
    if (!has_rounds(t)) {
        return t->answered == 0      ? COUNTRY_START
               : t->answered < t->of ? COUNTRY_CONTINUE
                                     : COUNTRY_NOTHING;
    }
    if (t->state[0] == '\0') {
        return COUNTRY_START;
    }
    if (strcmp(t->state, "returned") == 0) {
        return COUNTRY_MEND;
    }
    if (strcmp(t->state, "submitted") == 0) {
        return COUNTRY_CHECK;
    }
    if (strcmp(t->state, "approved") == 0) {
        return country_age_months(t, today) >= ASSESSMENT_VALID_MONTHS ? COUNTRY_AGAIN
                                                                       : COUNTRY_NOTHING;
    }
    return t->answered < t->of ? COUNTRY_CONTINUE : COUNTRY_SUBMIT;
}

const char *country_state_label(const struct country_tool *t)
{
    if (!has_rounds(t)) {
        return t->answered == 0      ? MSG("Not started")
               : t->answered < t->of ? MSG("In progress")
                                     : MSG("Complete");
    }
    return assessment_state_label(t->state);
}

const char *country_state_look(const struct country_tool *t)
{
    if (!has_rounds(t)) {
        return t->answered == 0 ? "none" : t->answered < t->of ? "progress" : "done";
    }
    return assessment_state_look(t->state);
}
