// SPDX-License-Identifier: AGPL-3.0-or-later
//
// diligence_decide_web.c: from draft to decision: submit, return, decide, and begin again.

#include <string.h>

#include "base/bug.h"
#include "diligence/diligence_form.html.h"
#include "diligence/diligence_web.h"
#include "html/form.h"
#include "os/clock.h"
#include "programme/programme_web.h"
#include "store/store.h"

static bool is_in(const struct record *c, const char *state)
{
    return strcmp(record_text(c, "state"), state) == 0;
}

static enum err other_state(struct err_info *e)
{
    return err_set(e, ERR_CONFLICT, NULL, MSG("This due diligence is in another state by now."),
                   MSG("Load its page again."), NULL);
}

// ---- submit, return -----------------------------------------------------------------------------

static enum err move(struct req *r, struct reply *p, struct record *c, const char *to,
                     const char *reason, const char *said, struct err_info *e)
{
    record_set_text(c, "state", to);
    record_set_text(c, "return_reason", reason);
    enum err err = record_check(c, e);
    if (err == ERR_NONE) {
        err = programme_save_one(r, c, reason, e);
    }
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, said), c->version);
        reply_redirect(r, p, diligence_case_address(r, c, ""), NULL);
    }
    return err;
}

enum err diligence_submit_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *c;
    enum err err = diligence_of_path(r, &c, e);
    if (err != ERR_NONE) {
        return err;
    }
    return is_in(c, "draft")
               ? move(r, p, c, "submitted", NULL, MSG("Submitted. Somebody who may approve decides."), e)
               : other_state(e);
}

const struct field diligence_return_fields[1] = {
    {.name = "return_reason", .label = MSG("What must be mended"),
     .hint = MSG("Whoever works on it reads this first."), .type = FIELD_LONG,
     .data_class = CLASS_C3, .required = true, .max = 2000},
};

static enum err show(struct req *r, struct reply *p, const struct record *c, const char *title,
                     const char *about, struct diligence_form_view *v, struct err_info *e)
{
    size_t n;
    const struct crumb *crumbs = diligence_crumbs(r, c, &n);
    v->form = r->form;
    v->cancel = diligence_case_address(r, c, "");
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, title),
                              .about = tr(r->lang, about),
                              .crumbs = crumbs,
                              .n_crumbs = n,
                              .width = PAGE_NARROW});
    diligence_form_html(&h, v);
    return page_end(&h, e);
}

enum err diligence_return_get(struct req *r, struct reply *p, struct err_info *e)
{
    static const char *const fields[] = {"return_reason"};
    struct record *c;
    enum err err = diligence_of_path(r, &c, e);
    if (err == ERR_NONE && !is_in(c, "submitted")) {
        err = other_state(e);
    }
    return err != ERR_NONE
               ? err
               : show(r, p, c, MSG("Return this due diligence"),
                      MSG("It becomes a draft again, to be mended and submitted once more."),
                      &(struct diligence_form_view){.action = diligence_case_address(r, c, "/return"),
                                                    .submit = tr(r->lang, MSG("Return it")),
                                                    .fields = fields,
                                                    .n_fields = COUNT_OF(fields)},
                      e);
}

enum err diligence_return_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *c;
    enum err err = diligence_of_path(r, &c, e);
    if (err != ERR_NONE) {
        return err;
    }
    return is_in(c, "submitted") ? move(r, p, c, "draft", form_value(r->form, "return_reason")->text,
                                        MSG("Returned. It is a draft again."), e)
                                 : other_state(e);
}

// ---- decide -------------------------------------------------------------------------------------

const char *const diligence_not_in_decision[] = {
    "country", "stakeholder_id", "recipient", "force", "direction", "support", "support_from",
    "support_until", "closeness", "moment", "sources", "conduct", "grave_crimes", "grave_pattern",
    "grave_command", "grave_units", "grave_impunity", "grave_why", "real_risk", "continuing",
    "efforts", "efforts_what", "measures", "measures_what", "return_reason", "supersedes_id",
    "state", "tool", "pack_version", NULL};

static const char *const decision_fields[] = {"decision",   "grounds",   "conditions", "review_on",
                                              "decided_by", "authority", "consulted",  "decided_on"};

// What everybody has to say who decides. Conditions, next look and talks depend on the decision.
static const char *const needed[] = {"decision", "grounds", "decided_by", "authority", "decided_on", NULL};

// The state is set before what was posted is checked, so that all rules of a decision are asked and each
// error stands beside its field.
enum err diligence_decide_prepare(struct req *r, struct form *f, struct err_info *e)
{
    char today[11];
    clock_today(today);
    enum err err = diligence_is_here(r, f, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (!is_in(f->record, "submitted")) {
        return other_state(e);
    }
    f->needed = needed;
    if (r->method == METHOD_POST) {
        record_set_text(f->record, "state", "decided");
    } else if (!record_is_set(f->record, "decided_on")) {
        record_set_text(f->record, "decided_on", arena_copy(r->arena, today)); // outlives this call
    }
    return ERR_NONE;
}

enum err diligence_decide_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *c = r->form->record;
    struct diligence_facts answers = diligence_facts_of(c);
    enum diligence_outcome outcome = diligence_outcome(&answers);
    return show(r, p, c, MSG("Write down the decision"),
                MSG("Once it is written down, nobody can change or delete it. A new decision can "
                    "supersede it."),
                &(struct diligence_form_view){
                    .action = diligence_case_address(r, c, "/decide"),
                    .submit = tr(r->lang, MSG("Write down this decision")),
                    .fields = decision_fields,
                    .n_fields = COUNT_OF(decision_fields),
                    .notice = tr(r->lang, diligence_outcome_words(answers.during, outcome)),
                    .notice_look = outcome == DILIGENCE_FREE        ? "ok"
                                   : outcome == DILIGENCE_FORBIDDEN ? "bad"
                                                                    : "warn"},
                e);
}

// The decision, and what it takes the place of, in one transaction.
static enum err save_decision(struct req *r, struct record *c, struct err_info *e)
{
    struct store_tx *tx;
    struct record *old;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = store_save(tx, r->arena, c, e);
    if (err == ERR_NONE && record_is_set(c, "supersedes_id")) {
        err = store_get(store_tx_read(tx), r->arena, &entity_due_diligence,
                        record_text(c, "supersedes_id"), &old, e);
        if (err == ERR_NONE) {
            record_set_text(old, "state", "superseded");
            err = store_save(tx, r->arena, old, e);
        }
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

enum err diligence_decide_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *c = r->form->record;
    enum err err = save_decision(r, c, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The decision is written down.")), NULL);
        reply_redirect(r, p, diligence_case_address(r, c, ""), NULL);
    }
    return err;
}

// ---- again --------------------------------------------------------------------------------------

// A draft that will supersede this decision: what is known is taken over, what was judged is asked anew.
static struct record *draft_after(struct req *r, const struct record *c)
{
    static const char *const anew[] = {"decision",  "grounds",   "conditions", "review_on",
                                       "decided_by", "authority", "consulted",  "decided_on",
                                       "return_reason"};
    struct record *draft = record_copy(r->arena, c);
    draft->id = NULL;
    draft->version = NULL;
    for (size_t i = 0; i < COUNT_OF(anew); i++) {
        record_clear(draft, anew[i]);
    }
    if (diligence_lets(record_text(c, "decision"))) {
        record_set_text(draft, "moment", "during");
        record_clear(draft, "real_risk");
    }
    const struct pack_tool *tool = diligence_tool_of(c);
    record_set_text(draft, "tool", tool == NULL ? NULL : tool->id);
    record_set_text(draft, "pack_version", tool == NULL ? NULL : tool->pack->version);
    record_set_text(draft, "state", "draft");
    record_set_text(draft, "supersedes_id", c->id);
    return draft;
}

enum err diligence_again_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *c, **rows;
    size_t n;
    enum err err = diligence_of_path(r, &c, e);
    if (err == ERR_NONE && !diligence_is_decided(c)) {
        err = other_state(e);
    }
    if (err == ERR_NONE) {
        err = store_list_by(r->db, r->arena, &entity_due_diligence, "supersedes_id", c->id, &rows,
                            &n, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    if (n > 0) { // somebody began already
        reply_redirect(r, p, diligence_case_address(r, rows[0], ""), NULL);
        return ERR_NONE;
    }
    struct record *draft = draft_after(r, c);
    err = programme_save_one(r, draft, NULL, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("A new draft is begun. The decision before holds until the new "
                                       "one is taken.")),
                    draft->version);
        reply_redirect(r, p, diligence_case_address(r, draft, ""), NULL);
    }
    return err;
}

// ---- routes -------------------------------------------------------------------------------------

const struct route route_diligence_submit = {
    .path = "/programmes/{programme}/due-diligence/{due_diligence}/submit",
    .needs = MAY_WRITE,
    .post = diligence_submit_post,
    .title = MSG("Submit for a decision"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_ANALYSE,
};
const struct route route_diligence_return = {
    .path = "/programmes/{programme}/due-diligence/{due_diligence}/return",
    .needs = MAY_APPROVE,
    .get = diligence_return_get,
    .post = diligence_return_post,
    .fields = diligence_return_fields,
    .n_fields = 1,
    .title = MSG("Return this due diligence"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_ANALYSE,
};
const struct route route_diligence_decide = {
    .path = "/programmes/{programme}/due-diligence/{due_diligence}/decide",
    .needs = MAY_APPROVE,
    .get = diligence_decide_get,
    .post = diligence_decide_post,
    .prepare = diligence_decide_prepare,
    .entity = &entity_due_diligence,
    .edits = "due_diligence",
    .except = diligence_not_in_decision,
    .title = MSG("Write down the decision"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_ANALYSE,
};
const struct route route_diligence_again = {
    .path = "/programmes/{programme}/due-diligence/{due_diligence}/again",
    .needs = MAY_WRITE,
    .post = diligence_again_post,
    .title = MSG("Look again: begin a new decision"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_ANALYSE,
};
