// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_state_web.c: what happens to a round: submitted, approved, returned with a reason, begun
// again; and who fills it in.

#include <string.h>

#include "assessment/assessment_form.html.h"
#include "assessment/assessment_web.h"
#include "base/bug.h"
#include "html/form.h"

static enum err cannot_move(struct err_info *e)
{
    return err_set(e, ERR_CONFLICT, NULL,
                   MSG("Its state was changed meanwhile, so this is no longer possible."),
                   MSG("Open the tool again and see what comes next."), NULL);
}

static enum err save(struct store_tx *tx, struct req *r, struct record *round, struct err_info *e)
{
    enum err err = record_check(round, e);
    return err != ERR_NONE ? err : store_save(tx, r->arena, round, e);
}

// Ends a transaction one way or the other.
static enum err end(struct store_tx *tx, enum err err, struct err_info *e)
{
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

// Moves the newest round to another state; *version is of the change.
static enum err move(struct req *r, const char *to, const char *reason, const char **version,
                     struct err_info *e)
{
    struct checklist c;
    struct store_tx *tx;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, reason, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = checklist_load(r, store_tx_read(tx), &c, e);
    if (err == ERR_NONE && (c.now == NULL || !assessment_may_move(c.state, to))) {
        err = cannot_move(e);
    }
    if (err == ERR_NONE && c.n_answers == 0) {
        err = err_set(e, ERR_INPUT, NULL, MSG("No question is answered yet."),
                      MSG("Answer the questions first, then submit."), NULL);
    }
    if (err == ERR_NONE) {
        struct record *round = record_copy(r->arena, c.now->record);
        if (strcmp(to, "submitted") == 0 && !record_is_set(round, "assigned_id")) {
            record_set_text(round, "assigned_id", r->who->user_id); // to whom it comes back when it is returned
        }
        record_set_text(round, "state", to);
        record_set_text(round, "return_reason", reason);
        err = save(tx, r, round, e);
        *version = round->version;
    }
    return end(tx, err, e);
}

static void back(struct req *r, struct reply *p, const char *words, const char *undo)
{
    reply_flash(p, tr(r->lang, words), undo);
    p->location = checklist_address(r, assessment_tool(req_capture(r, "tool")), "?view=all");
    p->status = 303;
}

enum err checklist_submit_post(struct req *r, struct reply *p, struct err_info *e)
{
    const char *version = NULL;
    enum err err = move(r, "submitted", NULL, &version, e);
    if (err == ERR_NONE) {
        back(r, p, MSG("Submitted. Somebody who may approve checks it now."), version);
    }
    return err;
}

const struct route route_checklist_submit = {
    .path = "/programmes/{programme}/checklists/{tool}/submit",
    .needs = MAY_WRITE,
    .post = checklist_submit_post,
    .title = MSG("Submit for approval"),
    .menu = MENU_PROGRAMMES,
};

enum err checklist_approve_post(struct req *r, struct reply *p, struct err_info *e)
{
    const char *version = NULL;
    enum err err = move(r, "approved", NULL, &version, e);
    if (err == ERR_NONE) {
        back(r, p, MSG("Approved. The answers can no longer be changed."), NULL);
    }
    return err;
}

const struct route route_checklist_approve = {
    .path = "/programmes/{programme}/checklists/{tool}/approve",
    .needs = MAY_APPROVE,
    .post = checklist_approve_post,
    .title = MSG("Approve"),
    .menu = MENU_PROGRAMMES,
};

// ---- a new round --------------------------------------------------------------------------------

enum err checklist_again_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct checklist c;
    struct record *round;
    struct store_tx *tx;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = checklist_load(r, store_tx_read(tx), &c, e);
    if (err == ERR_NONE && !assessment_may_begin(c.state)) {
        err = cannot_move(e);
    }
    if (err == ERR_NONE) {
        err = checklist_begin(tx, r, &c, &round, e);
    }
    bool carried = c.of.country != NULL;
    if (err == ERR_NONE && carried) {
        err = assessment_carry(tx, r->arena, c.now->record->id, round->id, e);
    }
    err = end(tx, err, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, carried ? MSG("A new round is begun with the answers of the one before. Change what "
                                                 "is no longer true.")
                                           : MSG("A new round is begun. The one before is kept under earlier "
                                                 "rounds.")),
                    round->version);
        p->location = checklist_address(r, c.tool, "");
        p->status = 303;
    }
    return err;
}

const struct route route_checklist_again = {
    .path = "/programmes/{programme}/checklists/{tool}/again",
    .needs = MAY_WRITE,
    .post = checklist_again_post,
    .title = MSG("Assess again"),
    .menu = MENU_PROGRAMMES,
};

// ---- forms of one field -------------------------------------------------------------------------

static enum err show_form(struct req *r, struct reply *p, const struct checklist *c,
                          const char *title, const char *about, const char *below,
                          const char *submit, struct err_info *e)
{
    size_t n_crumbs, n_people;
    const struct crumb *crumbs = checklist_crumbs(r, c, true, &n_crumbs);
    const char *keep = c->now == NULL ? NULL : record_text(c->now->record, "assigned_id");
    const struct choice *people =
        programme_people_choices(r->arena, &c->people, keep, &n_people);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = title,
                              .about = tr(r->lang, about),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .width = PAGE_NARROW});
    form_set_choices(&h, "assigned_id", people, n_people);
    assessment_form_html(&h, &(struct assessment_form_view){
                                 .form = r->form,
                                 .action = checklist_address(r, c->tool, below),
                                 .submit = tr(r->lang, submit),
                                 .cancel = checklist_address(r, c->tool, "?view=all")});
    return page_end(&h, e);
}

const struct field checklist_return_fields[1] = {
    {.name = "return_reason", .label = MSG("What must be mended"),
     .hint = MSG("Name the questions or facts. Whoever fills it in reads this first."),
     .type = FIELD_LONG, .data_class = CLASS_C3, .required = true, .max = 2000},
};

enum err checklist_return_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct checklist c;
    enum err err = checklist_load(r, r->db, &c, e);
    if (err == ERR_NONE && !assessment_may_move(c.state, "returned")) {
        err = cannot_move(e);
    }
    return err != ERR_NONE
               ? err
               : show_form(r, p, &c, tr_f(r->arena, r->lang, MSG("Return: {0}"), checklist_page(r, &c, c.now).title, NULL),
                           MSG("It goes back to whoever fills it in, who can then change the "
                               "answers and submit it again."),
                           "/return", MSG("Return it"), e);
}

enum err checklist_return_post(struct req *r, struct reply *p, struct err_info *e)
{
    const char *version = NULL;
    const char *reason = form_value(r->form, "return_reason")->text;
    enum err err = move(r, "returned", reason, &version, e);
    if (err == ERR_NONE) {
        back(r, p, MSG("Returned with your reason."), version);
    }
    return err;
}

const struct route route_checklist_return = {
    .path = "/programmes/{programme}/checklists/{tool}/return",
    .needs = MAY_APPROVE,
    .get = checklist_return_get,
    .post = checklist_return_post,
    .fields = checklist_return_fields,
    .n_fields = 1,
    .title = MSG("Return"),
    .menu = MENU_PROGRAMMES,
};

const struct field checklist_assign_fields[1] = {
    {.name = "assigned_id", .label = MSG("Who fills it in"),
     .hint = MSG("Only people with a role here can be chosen."), .type = FIELD_REF,
     .data_class = CLASS_C2, .ref = "user"},
};

enum err checklist_assign_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct checklist c;
    enum err err = checklist_load(r, r->db, &c, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (c.now != NULL && r->form->n_typed == 0) {
        r->form->values[0] = *record_value(c.now->record, "assigned_id");
    }
    return show_form(r, p, &c, tr_f(r->arena, r->lang, MSG("Who fills in: {0}"), checklist_page(r, &c, c.now).title, NULL),
                     MSG("Others can still answer; this says who sees to it."), "/assign",
                     MSG("Save"), e);
}

static bool may_be_chosen(const struct programme_people *people, const char *id)
{
    for (size_t i = 0; i < people->n; i++) {
        if (strcmp(people->all[i].id, id) == 0) {
            return people->all[i].may;
        }
    }
    return false;
}

static enum err assign(struct store_tx *tx, struct req *r, const struct value *person,
                       const char **version, struct err_info *e)
{
    struct checklist c;
    struct record *round = NULL;
    enum err err = checklist_load(r, store_tx_read(tx), &c, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (c.now != NULL && !assessment_may_edit(c.state)) {
        return cannot_move(e);
    }
    if (person->set && !may_be_chosen(&c.people, person->text)) {
        return err_set(e, ERR_INPUT, "assigned_id", MSG("There is no such choice."),
                       MSG("Choose one of the list."), NULL);
    }
    if (c.now == NULL) {
        err = checklist_begin(tx, r, &c, &round, e);
    } else {
        round = record_copy(r->arena, c.now->record);
    }
    if (err == ERR_NONE) {
        record_set_text(round, "assigned_id", person->set ? person->text : NULL);
        err = save(tx, r, round, e);
        *version = c.now == NULL ? NULL : round->version;
    }
    return err;
}

enum err checklist_assign_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct store_tx *tx;
    const char *version = NULL;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = end(tx, assign(tx, r, form_value(r->form, "assigned_id"), &version, e), e);
    if (err == ERR_NONE) {
        back(r, p, MSG("Saved who fills it in."), version);
    }
    return err;
}

const struct route route_checklist_assign = {
    .path = "/programmes/{programme}/checklists/{tool}/assign",
    .needs = MAY_WRITE,
    .get = checklist_assign_get,
    .post = checklist_assign_post,
    .fields = checklist_assign_fields,
    .n_fields = 1,
    .title = MSG("Who fills it in"),
    .menu = MENU_PROGRAMMES,
};
