// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_response_web.c: choosing a step of the response ladder for a risk, and what became of it.
//
// Who may write asks for a step. A step that needs an office above the programme is authorised only by
// who may approve, with the name of that office (risk_ladder.c says which steps these are).

#include <string.h>

#include "base/bug.h"
#include "html/form.h"
#include "os/clock.h"
#include "programme/programme.h"
#include "programme/programme_web.h"
#include "risk/risk_response.html.h"
#include "risk/risk_response_decide.html.h"
#include "risk/risk_web.h"

static struct ladder_step step_view(struct req *r, const struct pack_tool *tool,
                                    const struct pack_row *row)
{
    return (struct ladder_step){
        .id = row->id,
        .text = risk_words(r, tool, row->id, row->text),
        .help = row->help == NULL ? "" : risk_words(r, tool, row->id, row->help),
        .example = row->example == NULL ? "" : risk_words(r, tool, row->id, row->example),
        .consider = row->consider == NULL ? "" : risk_words(r, tool, row->id, row->consider),
        .authority = row->authority == NULL ? "" : risk_words(r, tool, row->id, row->authority),
        .needs_authority = risk_step_needs_authority(row->id, false),
    };
}

// ---- asking for a step ---------------------------------------------------------------------------

static enum err new_prepare(struct req *r, struct form *f, struct err_info *e)
{
    struct record *risk;
    char today[11];
    enum err err = risk_of_path(r, &risk, e);
    clock_today(today);
    if (err == ERR_NONE) {
        record_set_text(f->record, "risk_id", risk->id);
        record_set_text(f->record, "asked_on", arena_copy(r->arena, today));
        record_set_text(f->record, "state", RISK_RESPONSE_ASKED);
        record_set_int(f->record, "sensitive", 0);
    }
    return err;
}

static enum err new_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *risk;
    const struct pack_tool *ladder = risk_ladder();
    enum err err = risk_of_path(r, &risk, e);
    if (err == ERR_NONE && ladder == NULL) {
        err = err_set(e, ERR_NOT_FOUND, NULL, MSG("No pack has the response ladder."), NULL, NULL);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const struct form_error *wrong = form_error_of(r->form, "step");
    struct risk_response_view v = {
        .form = r->form,
        .action = risk_address(r, risk, "/responses/new"),
        .cancel = risk_address(r, risk, "#responses"),
        .statement = record_text(risk, "statement"),
        .note = ladder->note == NULL ? "" : risk_words(r, ladder, ladder->id, ladder->note),
        .steps = ARENA_ARRAY(r->arena, struct ladder_step, ladder->n_rows + 1),
        .wrong = wrong == NULL ? NULL : err_text(r->arena, r->lang, &wrong->info),
    };
    for (unsigned i = 0; i < ladder->n_rows; i++) {
        struct ladder_step step = step_view(r, ladder, &ladder->rows[i]);
        step.chosen = strcmp(form_text(r->arena, r->form, "step"), step.id) == 0;
        v.steps[v.n_steps++] = step;
    }
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Respond to a risk")),
                              .about = tr(r->lang, MSG("Steps from mild to hard. Begin with the "
                                                       "mildest that can help.")),
                              .crumbs = risk_crumbs(r),
                              .n_crumbs = 3});
    risk_response_html(&h, &v);
    return page_end(&h, e);
}

static enum err new_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *response = r->form->record;
    enum err err = programme_save_one(r, response, NULL, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The response is asked for.")), response->version);
        p->location = arena_printf(r->arena, "%s#responses",
                                   risk_list_address(r, arena_printf(r->arena, "/%s",
                                                                     record_text(response, "risk_id"))));
        p->status = 303;
    }
    return err;
}

static const char *const set_by_us[] = {"risk_id", "state",   "authorised_by", "authorised_on",
                                        "done_on", "reason", NULL};

const struct route route_risk_response_new = {
    .path = "/programmes/{programme}/risks/{risk}/responses/new",
    .needs = MAY_WRITE,
    .get = new_get,
    .post = new_post,
    .entity = &entity_risk_response,
    .except = set_by_us,
    .prepare = new_prepare,
    .title = MSG("Respond to a risk"),
    .menu = MENU_PROGRAMMES,
};

// ---- what became of it ---------------------------------------------------------------------------

static const struct choice moves[] = {
    {RISK_RESPONSE_AUTHORISED, MSG("It is authorised")},
    {RISK_RESPONSE_REFUSED, MSG("It is refused")},
    {RISK_RESPONSE_DONE, MSG("It is done")},
    {NULL, NULL},
};

#define DECIDE_ON 2 // place of the day among the fields
static const struct field decide_fields[] = {
    {.name = "to", .label = MSG("What became of it"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = moves},
    {.name = "authorised_by", .label = MSG("Authorised by"), .hint = MSG("The office, not a person."),
     .example = "Regional Section, headquarters", .type = FIELD_TEXT, .data_class = CLASS_C1,
     .max = 200},
    {.name = "on", .label = MSG("On which day"), .type = FIELD_DATE, .data_class = CLASS_C1,
     .required = true},
    {.name = "reason", .label = MSG("Why, or what came of it"),
     .hint = MSG("Needed when it is refused."), .type = FIELD_LONG, .data_class = CLASS_C3},
};

static enum err find(struct req *r, struct db_read *db, struct record **response,
                     struct record **risk, struct err_info *e)
{
    enum err err = store_get(db, r->arena, &entity_risk_response, req_capture(r, "risk_response"),
                             response, e);
    if (err == ERR_NONE) {
        err = store_get(db, r->arena, &entity_risk, record_text(*response, "risk_id"), risk, e);
    }
    if (err == ERR_NOT_FOUND ||
        (err == ERR_NONE &&
         strcmp(record_text(*risk, "programme_id"), r->programme->id) != 0)) {
        return programme_not_found(e);
    }
    return err;
}

static enum err decide_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *response, *risk;
    const struct pack_tool *ladder = risk_ladder();
    enum err err = find(r, r->db, &response, &risk, e);
    if (err != ERR_NONE) {
        return err;
    }
    const char *state = record_text(response, "state");
    if (r->form->n_typed == 0) {
        char today[11];
        clock_today(today);
        r->form->values[DECIDE_ON] = (struct value){.set = true, .text = arena_copy(r->arena, today)};
    }
    const struct pack_row *row =
        ladder == NULL ? NULL : tool_row(ladder, record_text(response, "step"));
    bool senior = risk_step_needs_authority(record_text(response, "step"),
                                            record_int(response, "sensitive") != 0);
    bool asked = strcmp(state, RISK_RESPONSE_ASKED) == 0;
    struct risk_response_decide_view v = {
        .form = r->form,
        .action = r->path,
        .cancel = risk_address(r, risk, "#responses"),
        .response = response,
        .look = risk_response_look(state),
        .state = tr(r->lang, field_choice_label(entity_field(&entity_risk_response, "state"), state)),
        .asked = asked,
        .open = asked || strcmp(state, RISK_RESPONSE_AUTHORISED) == 0,
        .senior = senior,
        .may = programme_may(r, MAY_WRITE) && (!senior || !asked || programme_may(r, MAY_APPROVE)),
    };
    if (row != NULL) {
        struct ladder_step step = step_view(r, ladder, row);
        v.text = step.text;
        v.consider = step.consider;
        v.authority = step.authority;
    }
    if (programme_may(r, MAY_WRITE)) {
        v.remove = programme_remove_address(r, "risk_response", response->id,
                                            risk_address(r, risk, ""));
    }
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Response to a risk")),
                              .about = record_text(risk, "statement"),
                              .crumbs = risk_crumbs(r),
                              .n_crumbs = 3,
                              .tag = record_text(response, "step"),
                              .width = PAGE_NARROW});
    risk_response_decide_html(&h, &v);
    return page_end(&h, e);
}

static enum err check_move(struct req *r, const struct record *response, const char *to,
                           struct err_info *e)
{
    const char *from = record_text(response, "state");
    if (!risk_response_may_move(from, to)) {
        return err_set(e, ERR_INPUT, "to", MSG("This cannot follow the state it has now."),
                       MSG("What is asked for is authorised or refused; what is authorised is done."),
                       NULL);
    }
    bool senior = risk_step_needs_authority(record_text(response, "step"),
                                            record_int(response, "sensitive") != 0);
    if (senior && strcmp(from, RISK_RESPONSE_ASKED) == 0 && !programme_may(r, MAY_APPROVE)) {
        return err_set(e, ERR_NOT_ALLOWED, NULL,
                       MSG("This step needs the word of an office above the programme."),
                       MSG("Somebody who may approve writes down who authorised or refused it."),
                       NULL);
    }
    return ERR_NONE;
}

static enum err apply(struct req *r, struct record *response, struct err_info *e)
{
    const char *to = form_value(r->form, "to")->text;
    const char *by = form_value(r->form, "authorised_by")->text;
    const char *on = form_value(r->form, "on")->text;
    const char *reason = form_value(r->form, "reason")->text;
    enum err err = check_move(r, response, to, e);
    if (err != ERR_NONE) {
        return err;
    }
    record_set_text(response, "state", to);
    if (reason != NULL && reason[0] != '\0') {
        record_set_text(response, "reason", reason);
    }
    if (strcmp(to, RISK_RESPONSE_AUTHORISED) == 0 && by != NULL && by[0] != '\0') {
        record_set_text(response, "authorised_by", by);
        record_set_text(response, "authorised_on", on);
    } else if (strcmp(to, RISK_RESPONSE_DONE) == 0) {
        record_set_text(response, "done_on", on);
    }
    err = record_check(response, e);
    if (err == ERR_INPUT && (strcmp(e->field, "done_on") == 0 || strcmp(e->field, "authorised_on") == 0)) {
        memcpy(e->field, "on", sizeof "on");
    }
    return err;
}

static enum err decide_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *response, *risk;
    struct store_tx *tx;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, form_value(r->form, "reason")->text, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = find(r, store_tx_read(tx), &response, &risk, e);
    if (err == ERR_NONE) {
        err = apply(r, response, e);
    }
    if (err == ERR_NONE) {
        err = store_save(tx, r->arena, response, e);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The response is saved.")), response->version);
        p->location = risk_address(r, risk, "#responses");
        p->status = 303;
    }
    return err;
}

const struct route route_risk_response = {
    .path = "/programmes/{programme}/responses/{risk_response}",
    .needs = MAY_READ,
    .post_needs = MAY_WRITE,
    .get = decide_get,
    .post = decide_post,
    .fields = decide_fields,
    .n_fields = COUNT_OF(decide_fields),
    .title = MSG("Response to a risk"),
    .menu = MENU_PROGRAMMES,
};
