// SPDX-License-Identifier: AGPL-3.0-or-later
//
// activity_rules.c: what makes an activity right, and the steps of its life.

#include <string.h>

#include "activity/activity.h"
#include "base/bug.h"
#include "base/msg.h"

bool activity_supports_force(const struct record *r)
{
    return strcmp(record_text(r, "supports_force"), "yes") == 0;
}

bool activity_runs(const struct record *r)
{
    return strcmp(record_text(r, "state"), "running") == 0;
}

struct diligence_need activity_need(const struct record *r, const char *today)
{
    return (struct diligence_need){
        .programme_id = record_text(r, "programme_id"),
        .countries = record_text(r, "countries"),
        .continues = record_is_set(r, "continues"),
        .today = today,
    };
}

enum err activity_check(const struct record *r, struct err_info *e)
{
    if (record_is_set(r, "starts_on") && record_is_set(r, "ends_on") &&
        strcmp(record_text(r, "ends_on"), record_text(r, "starts_on")) < 0) {
        return err_set(e, ERR_INPUT, "ends_on", MSG("The last day is before the first day."),
                       MSG("Check both days."), NULL);
    }
    if (record_is_set(r, "cost") && record_int(r, "cost") < 0) {
        return err_set(e, ERR_INPUT, "cost", MSG("A cost below zero cannot be."),
                       MSG("Give an amount of 0 or more, or leave it empty."), NULL);
    }
    if (!activity_supports_force(r) && record_is_set(r, "due_diligence_id")) {
        return err_set(e, ERR_INPUT, "due_diligence_id",
                       MSG("The activity supports no force, but names a due diligence."),
                       MSG("Say that a force gets support, or leave the due diligence out."), NULL);
    }
    return ERR_NONE;
}

const struct activity_step activity_steps[] = {
    {"start", " planned suspended ", "running", MSG("Start"), MSG("The activity runs."), false},
    {"suspend", " running ", "suspended", MSG("Suspend"), MSG("The activity is suspended."), true},
    {"finish", " running suspended ", "done", MSG("Finish"), MSG("The activity is done."), false},
    {"drop", " planned suspended ", "dropped", MSG("Drop"), MSG("The activity is dropped."), true},
    {"plan", " dropped done ", "planned", MSG("Plan again"), MSG("The activity is planned again."),
     true},
};
const size_t activity_n_steps = COUNT_OF(activity_steps);

const struct activity_step *activity_step(const char *step)
{
    for (size_t i = 0; i < activity_n_steps; i++) {
        if (strcmp(activity_steps[i].step, step) == 0) {
            return &activity_steps[i];
        }
    }
    return NULL;
}

bool activity_may_step(const struct record *r, const struct activity_step *step)
{
    const char *state = record_text(r, "state");
    const char *at = strstr(step->from, state);
    return state[0] != '\0' && at != NULL && at[-1] == ' ' && at[strlen(state)] == ' ';
}

const char *activity_look(const char *state)
{
    return strcmp(state, "running") == 0     ? "progress"
           : strcmp(state, "suspended") == 0 ? "warn"
           : strcmp(state, "done") == 0      ? "done"
                                             : "none";
}

enum diligence_bar activity_bar(const struct diligence_set *decisions, const struct record *r,
                                const char *today)
{
    struct diligence_need need = activity_need(r, today);
    const struct record *named = diligence_in(decisions, record_text(r, "due_diligence_id"));
    if (!activity_supports_force(r)) {
        return DILIGENCE_HOLDS;
    }
    return diligence_bar_of(named == NULL ? NULL : diligence_newest(decisions, named), false, &need);
}
