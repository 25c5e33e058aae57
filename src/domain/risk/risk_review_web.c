// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_review_web.c: reviewing a risk. A review is a record of its own, so that one sees how the risk
// went; what it says becomes the rating, the mitigation and the next date of the risk.

#include <string.h>

#include "base/bug.h"
#include "html/form.h"
#include "os/clock.h"
#include "programme/programme.h"
#include "programme/programme_web.h"
#include "risk/risk_review.html.h"
#include "risk/risk_web.h"

// Fields of a review and of the risk that have the same meaning.
static const struct {
    const char *review;
    const char *risk;
} same[] = {
    {"likelihood", "likelihood"},
    {"impact", "impact"},
    {"residual_likelihood", "residual_likelihood"},
    {"residual_impact", "residual_impact"},
    {"mitigation", "mitigation"},
    {"state", "state"},
    {"next_on", "review_on"},
};

static enum err review_prepare(struct req *r, struct form *f, struct err_info *e)
{
    struct record *risk;
    char today[11];
    enum err err = risk_of_path(r, &risk, e);
    if (err != ERR_NONE) {
        return err;
    }
    clock_today(today);
    record_set_text(f->record, "risk_id", risk->id);
    record_set_text(f->record, "reviewed_on", arena_copy(r->arena, today));
    record_set_text(f->record, "by_id", r->who->user_id);
    for (size_t i = 0; i < COUNT_OF(same); i++) {
        if (strcmp(same[i].review, "next_on") != 0) {
            record_set_text(f->record, same[i].review, record_text(risk, same[i].risk));
        }
    }
    return ERR_NONE;
}

static enum err review_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *risk;
    struct programme_people people;
    size_t n;
    enum err err = risk_of_path(r, &risk, e);
    if (err == ERR_NONE) {
        err = programme_people_load(r->db, r->arena, r->programme->id, &people, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const struct pack_tool *tool = NULL;
    const struct pack_row *row = risk_table_row(record_text(risk, "row"), &tool);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Review a risk")),
                              .about = tr(r->lang, MSG("Is the rating still right? Does the "
                                                       "mitigation work? When is the next look?")),
                              .crumbs = risk_crumbs(r),
                              .n_crumbs = 3});
    const struct choice *choices = programme_people_choices(
        r->arena, &people, form_text(r->arena, r->form, "by_id"), &n);
    form_set_choices(&h, "by_id", choices, n);
    risk_review_html(&h, &(struct risk_review_view){
                             .form = r->form,
                             .action = risk_address(r, risk, "/review"),
                             .cancel = risk_address(r, risk, ""),
                             .statement = record_text(risk, "statement"),
                             .row = row == NULL ? "" : row->id,
                             .advice = row == NULL ? NULL : row->mitigation,
                             .n_advice = row == NULL ? 0 : row->n_mitigation,
                             .tool = tool});
    return page_end(&h, e);
}

static enum err review_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *review = r->form->record;
    struct record *risk;
    struct store_tx *tx;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, record_text(review, "changed"), &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = store_get(store_tx_read(tx), r->arena, &entity_risk, record_text(review, "risk_id"),
                    &risk, e);
    if (err == ERR_NONE) {
        for (size_t i = 0; i < COUNT_OF(same); i++) {
            record_set_text(risk, same[i].risk, record_text(review, same[i].review));
        }
        err = record_check(risk, e);
    }
    if (err == ERR_NONE) {
        err = store_save(tx, r->arena, review, e);
    }
    if (err == ERR_NONE) {
        err = store_save(tx, r->arena, risk, e);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The review is saved.")), NULL);
        p->location = risk_address(r, risk, "");
        p->status = 303;
    }
    return err;
}

static const char *const set_by_us[] = {"risk_id", NULL};

const struct route route_risk_review = {
    .path = "/programmes/{programme}/risks/{risk}/review",
    .needs = MAY_WRITE,
    .get = review_get,
    .post = review_post,
    .entity = &entity_risk_review,
    .except = set_by_us,
    .prepare = review_prepare,
    .title = MSG("Review a risk"),
    .menu = MENU_PROGRAMMES,
};
