// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_response_check.c: notices about responses: a risk that happened without one, a step that was taken
// before milder ones without a word on why.

#include <string.h>

#include "model/check.h"
#include "risk/risk.h"
#include "store/store.h"

struct responses {
    struct record **programmes;
    size_t n_programmes;
    struct record **risks;
    size_t n_risks;
    struct record **all; // of all programmes, oldest first
    size_t n_all;
};

static const char *number_of(const struct responses *d, const struct record *risk)
{
    for (size_t i = 0; i < d->n_programmes; i++) {
        if (strcmp(d->programmes[i]->id, record_text(risk, "programme_id")) == 0) {
            return record_text(d->programmes[i], "number");
        }
    }
    return NULL;
}

static bool goes_on(const struct record *response)
{
    const char *state = record_text(response, "state");
    return strcmp(state, RISK_RESPONSE_AUTHORISED) == 0 || strcmp(state, RISK_RESPONSE_DONE) == 0;
}

static struct notice about(const struct responses *d, const struct record *risk)
{
    return (struct notice){.check = "risk_response",
                           .severity = "high",
                           .about_kind = "risk",
                           .about_id = risk->id,
                           .programme = number_of(d, risk),
                           .where = record_text(risk, "statement")};
}

static void look_at(struct notice_list *out, const struct responses *d, const struct record *risk)
{
    const char **done = ARENA_ARRAY(out->arena, const char *, d->n_all + 1);
    size_t n = 0, n_done = 0;
    for (size_t i = 0; i < d->n_all; i++) {
        const struct record *w = d->all[i];
        if (strcmp(record_text(w, "risk_id"), risk->id) != 0) {
            continue;
        }
        n++;
        if (goes_on(w)) {
            if (risk_step_skips(record_text(w, "step"), done, n_done) &&
                !record_is_set(w, "why_not_earlier")) {
                struct notice skipped = about(d, risk);
                skipped.rule = "order";
                skipped.severity = "medium";
                skipped.message =
                    notice_say(out, MSG("Step {0} was taken before milder ones, and nothing says why."),
                               record_text(w, "step"), NULL);
                skipped.mend = notice_say(out, MSG("Write which measures failed, or why they cannot "
                                                   "help here."),
                                          NULL);
                notice_add(out, &skipped);
            }
            done[n_done++] = record_text(w, "step");
        }
    }
    if (n == 0 && strcmp(record_text(risk, "state"), "happened") == 0) {
        struct notice none = about(d, risk);
        none.rule = "none";
        none.message = notice_say(out, MSG("The risk has happened and no response is chosen."), NULL);
        none.mend =
            notice_say(out, MSG("Choose the mildest step of the response ladder that can help."), NULL);
        notice_add(out, &none);
    }
}

// Three statements, however many programmes there are.
static enum err run(struct db_read *db, const char *programme_id, struct notice_list *out,
                    struct err_info *e)
{
    struct responses d;
    struct store_filter one = {.field = "id", .op = STORE_EQUAL, .text = programme_id};
    struct store_filter its = {.field = "programme_id", .op = STORE_EQUAL, .text = programme_id};
    struct store_query q = {.filters = &one, .n_filters = programme_id != NULL};
    struct store_query of = {.filters = &its, .n_filters = programme_id != NULL};
    struct store_query oldest = {.order = "asked_on"};
    enum err err =
        store_list(db, out->arena, model_find("programme"), &q, &d.programmes, &d.n_programmes, e);
    if (err == ERR_NONE) {
        err = store_list(db, out->arena, &entity_risk, &of, &d.risks, &d.n_risks, e);
    }
    if (err == ERR_NONE) {
        err = store_list(db, out->arena, &entity_risk_response, &oldest, &d.all, &d.n_all, e);
    }
    for (size_t i = 0; err == ERR_NONE && i < d.n_risks; i++) {
        look_at(out, &d, d.risks[i]);
    }
    return err;
}

const struct check check_risk_response = {
    .name = "risk_response",
    .label = MSG("Responses to risks"),
    .about = MSG("Risks that happened without a response, and steps taken before milder ones"),
    .run = run,
};
