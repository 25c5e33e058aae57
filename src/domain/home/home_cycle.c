// SPDX-License-Identifier: AGPL-3.0-or-later
//
// home_cycle.c: states of tools and what comes next; pure. See home_cycle.h.

#include "home/home_cycle.h"

#include <string.h>

#include "assessment/assessment.h"

int cycle_age(const struct cycle_line *line, const char *today)
{
    return line->touched[0] == '\0' ? -1 : assessment_months_between(line->touched, today);
}

static bool is_begun(const struct cycle_line *line)
{
    return line->state[0] != '\0' || line->answered > 0;
}

static bool are_of_one_tool(const struct cycle_line *x, const struct cycle_line *y)
{
    bool same_place = x->country == NULL || y->country == NULL
                          ? x->country == y->country
                          : strcmp(x->country, y->country) == 0;
    return x != y && same_place && strcmp(pack_tool_root(x->tool), pack_tool_root(y->tool)) == 0;
}

void cycle_spare(struct cycle *c)
{
    for (size_t i = 0; i < c->n; i++) {
        struct cycle_line *line = &c->lines[i];
        for (size_t k = 0; k < c->n && !is_begun(line); k++) {
            const struct cycle_line *other = &c->lines[k];
            bool original = line->tool->origin.tool == NULL;
            line->spared = line->spared ||
                           (are_of_one_tool(line, other) && (original || is_begun(other)));
        }
    }
}

// What is counted in records is begun with the first one, and looked at again when it grew old.
static enum cycle_next next_of_records(const struct cycle_line *line, const char *today)
{
    if (line->answered == 0) {
        return line->wanted && !line->spared ? CYCLE_START : CYCLE_NOTHING;
    }
    if (line->of > 0 && line->answered < line->of && line->tool->kind == PACK_KIND_INSTRUMENTS) {
        return CYCLE_CONTINUE;
    }
    return cycle_age(line, today) >= ASSESSMENT_VALID_MONTHS ? CYCLE_AGAIN : CYCLE_NOTHING;
}

enum cycle_next cycle_next_of(const struct cycle_line *line, const char *today)
{
    if (line->is_read) {
        return CYCLE_NOTHING;
    }
    if (!line->filled_in) {
        return next_of_records(line, today);
    }
    if (line->state[0] == '\0') {
        return line->spared ? CYCLE_NOTHING : CYCLE_START;
    }
    if (strcmp(line->state, "returned") == 0) {
        return CYCLE_MEND;
    }
    if (strcmp(line->state, "submitted") == 0) {
        return CYCLE_CHECK;
    }
    if (strcmp(line->state, "approved") == 0) {
        return cycle_age(line, today) >= ASSESSMENT_VALID_MONTHS ? CYCLE_AGAIN : CYCLE_NOTHING;
    }
    return line->answered < line->of ? CYCLE_CONTINUE : CYCLE_SUBMIT;
}

// Lower comes first.
static int urgency(enum cycle_next next)
{
    switch (next) {
    case CYCLE_MEND:
    case CYCLE_CHECK: return 0;
    case CYCLE_SUBMIT:
    case CYCLE_CONTINUE: return 1;
    case CYCLE_AGAIN: return 2;
    case CYCLE_START: return 3;
    case CYCLE_NOTHING: break;
    }
    return 4;
}

const struct cycle_line *cycle_first(const struct cycle *c, const char *today)
{
    const struct cycle_line *best = NULL;
    int best_urgency = urgency(CYCLE_NOTHING);
    for (size_t i = 0; i < c->n; i++) {
        int u = urgency(cycle_next_of(&c->lines[i], today));
        if (u < best_urgency) {
            best = &c->lines[i];
            best_urgency = u;
        }
    }
    return best;
}

const char *cycle_next_label(enum cycle_next next)
{
    switch (next) {
    case CYCLE_START: return MSG("Start");
    case CYCLE_CONTINUE: return MSG("Continue");
    case CYCLE_SUBMIT: return MSG("Submit");
    case CYCLE_CHECK: return MSG("Check");
    case CYCLE_MEND: return MSG("Mend");
    case CYCLE_AGAIN: return MSG("Look again");
    case CYCLE_NOTHING: break;
    }
    return "";
}

static const char *why_start(const struct pack_tool *tool)
{
    switch (tool->phase) {
    case PACK_PHASE_ANALYSE:
        return MSG("Nothing is known here yet, and the plan rests on it.");
    case PACK_PHASE_PLAN:
        return MSG("The plan was not looked at with this tool: what it could do to people is open.");
    case PACK_PHASE_IMPLEMENT:
        return MSG("Nothing is written down yet of how the work is done with others.");
    case PACK_PHASE_MONITOR:
        return MSG("Without it nobody sees whether the work helps or harms.");
    case PACK_PHASE_EVALUATE:
        return MSG("Ask these questions while there is time to collect what they need.");
    default: return "";
    }
}

const char *cycle_why(const struct cycle_line *line, enum cycle_next next)
{
    switch (next) {
    case CYCLE_START: return why_start(line->tool);
    case CYCLE_CONTINUE: return MSG("It was begun, and questions are open.");
    case CYCLE_SUBMIT: return MSG("All is answered; somebody else should look at it.");
    case CYCLE_CHECK: return MSG("It was handed in and waits for a check.");
    case CYCLE_MEND: return MSG("It was returned with a reason.");
    case CYCLE_AGAIN: return MSG("It is older than 14 months; much may have changed.");
    case CYCLE_NOTHING: break;
    }
    return line->is_read ? MSG("It is read, not filled in: it helps to write the evaluation questions.")
           : !line->wanted ? MSG("Not an area of work of this programme.")
           : !line->spared ? ""
           : line->tool->origin.tool == NULL
               ? MSG("The office has a copy of this tool, to be used instead.")
               : MSG("The tool it was copied from is in use.");
}

const char *cycle_state_label(const struct cycle_line *line)
{
    if (line->filled_in) {
        return assessment_state_label(line->state);
    }
    return line->is_read                                ? MSG("For reading")
           : line->answered == 0                        ? MSG("Not started")
           : line->tool->kind == PACK_KIND_INSTRUMENTS ? line->answered < line->of
                                                              ? MSG("In progress")
                                                              : MSG("Complete")
                                                        : MSG("In use");
}

const char *cycle_state_look(const struct cycle_line *line)
{
    if (line->filled_in) {
        return assessment_state_look(line->state);
    }
    return line->answered == 0 ? "none" : line->answered < line->of ? "progress" : "done";
}
