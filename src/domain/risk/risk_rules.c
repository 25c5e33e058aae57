// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_rules.c: what makes a risk right.
//
// Method: Toolkit, tools 3.2 to 3.6, instruction above the tables; the reading "mitigation unless both
// are low" stands in the grid of the pack (docs/decisions), not here.

#include <string.h>

#include "pack/pack.h"
#include "risk/risk.h"

// What a rating needs, in a risk and in a review of one.
static enum err check_rating(const struct record *r, struct err_info *e)
{
    bool likelihood = record_is_set(r, "likelihood");
    bool impact = record_is_set(r, "impact");
    if (likelihood != impact) {
        return err_set(e, ERR_INPUT, likelihood ? "impact" : "likelihood",
                       MSG("Likelihood and impact are rated together."),
                       MSG("Choose both, or leave both open."), NULL);
    }
    if (record_is_set(r, "residual_likelihood") != record_is_set(r, "residual_impact")) {
        return err_set(e, ERR_INPUT, "residual_impact",
                       MSG("Likelihood and impact after mitigation are rated together."),
                       MSG("Choose both, or leave both open."), NULL);
    }
    if (likelihood && !record_is_set(r, "mitigation") &&
        risk_mitigation_required(record_text(r, "likelihood"), record_text(r, "impact"))) {
        return err_set(e, ERR_INPUT, "mitigation", MSG("This risk needs a mitigation."),
                       MSG("Say what will be done; only a risk that is low in likelihood and in "
                           "impact may go without."),
                       NULL);
    }
    return ERR_NONE;
}

// One that is there stays, should a pack have lost its row.
static enum err check_row(const struct record *r, struct err_info *e)
{
    return risk_table_row(record_text(r, "row"), NULL) != NULL
               ? ERR_NONE
               : err_set(e, ERR_INPUT, "row", MSG("No table of risks has this row."),
                         MSG("Take an id from tools 3.2 to 3.6, such as 3.4-R07."), NULL);
}

enum err risk_check(const struct record *r, struct err_info *e)
{
    enum err err = r->version == NULL && record_is_set(r, "row") ? check_row(r, e) : ERR_NONE;
    return err != ERR_NONE ? err : check_rating(r, e);
}

enum err risk_review_check(const struct record *r, struct err_info *e)
{
    enum err err = check_rating(r, e);
    if (err != ERR_NONE) {
        return err;
    }
    const char *next = record_text(r, "next_on");
    if (next[0] == '\0' && strcmp(record_text(r, "state"), "open") == 0) {
        return err_set(e, ERR_INPUT, "next_on", MSG("An open risk needs a day for the next review."),
                       MSG("Choose a day, or close the risk."), NULL);
    }
    if (next[0] != '\0' && strcmp(next, record_text(r, "reviewed_on")) <= 0) {
        return err_set(e, ERR_INPUT, "next_on", MSG("The next review comes after this one."),
                       MSG("Choose a later day."), NULL);
    }
    return ERR_NONE;
}

static enum err check_authority(const struct record *r, struct err_info *e)
{
    const char *state = record_text(r, "state");
    bool goes_on = strcmp(state, RISK_RESPONSE_AUTHORISED) == 0 ||
                   strcmp(state, RISK_RESPONSE_DONE) == 0;
    bool needs = risk_step_needs_authority(record_text(r, "step"), record_int(r, "sensitive") != 0);
    if (goes_on && needs && !record_is_set(r, "authorised_by")) {
        return err_set(e, ERR_INPUT, "authorised_by",
                       MSG("This step needs the word of an office above the programme."),
                       MSG("Name the office that authorised it."), NULL);
    }
    if (record_is_set(r, "authorised_by") != record_is_set(r, "authorised_on")) {
        return err_set(e, ERR_INPUT,
                       record_is_set(r, "authorised_by") ? "authorised_on" : "authorised_by",
                       MSG("Who authorised it and when belong together."),
                       MSG("Give both, or neither."), NULL);
    }
    return ERR_NONE;
}

enum err risk_response_check(const struct record *r, struct err_info *e)
{
    const char *state = record_text(r, "state");
    const char *asked = record_text(r, "asked_on");
    if (risk_step_place(record_text(r, "step")) < 0) {
        return err_set(e, ERR_INPUT, "step", MSG("The response ladder has no such step."),
                       MSG("Choose one from RL-1 to RL-6."), NULL);
    }
    enum err err = check_authority(r, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (strcmp(state, RISK_RESPONSE_REFUSED) == 0 && !record_is_set(r, "reason")) {
        return err_set(e, ERR_INPUT, "reason", MSG("A refusal needs a reason."),
                       MSG("Say why, and what is done instead."), NULL);
    }
    if (record_is_set(r, "authorised_on") && strcmp(record_text(r, "authorised_on"), asked) < 0) {
        return err_set(e, ERR_INPUT, "authorised_on",
                       MSG("It cannot be authorised before it was asked for."),
                       MSG("Check both days."), NULL);
    }
    if (record_is_set(r, "done_on") != (strcmp(state, RISK_RESPONSE_DONE) == 0)) {
        return err_set(e, ERR_INPUT, "done_on", MSG("What is done has a day, and only that."),
                       MSG("Give the day it was done, or clear it."), NULL);
    }
    if (record_is_set(r, "done_on") && strcmp(record_text(r, "done_on"), asked) < 0) {
        return err_set(e, ERR_INPUT, "done_on", MSG("It cannot be done before it was asked for."),
                       MSG("Check both days."), NULL);
    }
    return ERR_NONE;
}

enum err risk_dismissal_check(const struct record *r, struct err_info *e)
{
    return check_row(r, e);
}
