// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_form_web.c: adding and changing a risk.
//
// Not here: taking rows of the Toolkit over (risk_from_web.c), reviews (risk_review_web.c).

#include <string.h>

#include "html/form.h"
#include "programme/programme.h"
#include "programme/programme_web.h"
#include "risk/risk.h"
#include "risk/risk_form.html.h"
#include "risk/risk_web.h"

struct crumb *risk_crumbs(struct req *r)
{
    const char *number = record_text(r->programme, "number");
    struct crumb *c = ARENA_ARRAY(r->arena, struct crumb, 3);
    c[0] = (struct crumb){tr(r->lang, MSG("Programmes")), "/programmes"};
    c[1] = (struct crumb){number, url_make(r->arena, "/programmes/{0}", number, NULL)};
    c[2] = (struct crumb){tr(r->lang, MSG("Risks")),
                          url_make(r->arena, "/programmes/{0}/risks", number, NULL)};
    return c;
}

const char *risk_address(struct req *r, const struct record *risk, const char *below)
{
    const char *number = record_text(r->programme, "number");
    return arena_printf(r->arena, "%s%s",
                        url_make(r->arena, "/programmes/{0}/risks/{1}", number, risk->id, NULL),
                        below);
}

enum err risk_of_path(struct req *r, struct record **out, struct err_info *e)
{
    enum err err = store_get(r->db, r->arena, &entity_risk, req_capture(r, "risk"), out, e);
    if (err == ERR_NONE &&
        strcmp(record_text(*out, "programme_id"), r->programme->id) != 0) {
        err = err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such risk."),
                      MSG("Look in the register."), NULL);
    }
    return err;
}

static enum err show_form(struct req *r, struct reply *p, const struct page *page,
                          struct risk_form_view *v, struct err_info *e)
{
    struct programme_people people;
    size_t n;
    enum err err = programme_people_load(r->db, r->arena, r->programme->id, &people, e);
    if (err == ERR_NONE) {
        err = risk_grounds_load(r, r->form->record, &v->grounds, &v->n_grounds, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const struct pack_row *row = risk_table_row(v->row, NULL);
    v->form = r->form;
    v->advice = row == NULL ? NULL : row->mitigation;
    v->n_advice = row == NULL ? 0 : row->n_mitigation;
    struct html h;
    page_begin(&h, r, p, page);
    const struct choice *choices = programme_people_choices(
        r->arena, &people, form_text(r->arena, r->form, "owner_id"), &n);
    form_set_choices(&h, "owner_id", choices, n);
    risk_form_html(&h, v);
    return page_end(&h, e);
}

// ---- new -----------------------------------------------------------------------------------------

static enum err new_get(struct req *r, struct reply *p, struct err_info *e)
{
    const char *number = record_text(r->programme, "number");
    const char *posted = req_posted(r, "from_row");
    const struct pack_row *row = risk_table_row(posted[0] != '\0' ? posted : req_query(r, "row"), NULL);
    if (r->form->n_typed == 0) {
        record_set_text(r->form->record, "state", "open");
        if (row != NULL) {
            record_set_text(r->form->record, "statement",
                            pack_words_ours(pack_find(PACK_DEFAULT), r->lang, row->id, row->text));
        }
    }
    return show_form(r, p,
                     &(struct page){.title = tr(r->lang, MSG("Add a risk")),
                                    .about = tr(r->lang, MSG("What could happen to the rights of "
                                                             "people because of this work?")),
                                    .crumbs = risk_crumbs(r),
                                    .n_crumbs = 3},
                     &(struct risk_form_view){
                         .action = url_make(r->arena, "/programmes/{0}/risks/new", number, NULL),
                         .submit = tr(r->lang, MSG("Add this risk")),
                         .cancel = url_make(r->arena, "/programmes/{0}/risks", number, NULL),
                         .row = row == NULL ? "" : row->id,
                     },
                     e);
}

static enum err new_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *risk = r->form->record;
    const struct pack_row *row = risk_table_row(req_posted(r, "from_row"), NULL);
    record_set_text(risk, "programme_id", r->programme->id);
    record_set_text(risk, "row", row == NULL ? NULL : row->id);
    enum err err = risk_keep_basis(r, r->db, risk, e);
    if (err == ERR_NONE) {
        err = programme_save_one(r, risk, NULL, e);
    }
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The risk is in the register.")), risk->version);
        reply_redirect(r, p, "/programmes/{0}/risks/{1}", record_text(r->programme, "number"),
                       risk->id, NULL);
    }
    return err;
}

const struct route route_risk_new = {
    .path = "/programmes/{programme}/risks/new",
    .needs = MAY_WRITE,
    .get = new_get,
    .post = new_post,
    .entity = &entity_risk,
    .also = (const char *const[]){"from_row", NULL},
    .title = MSG("Add a risk"),
    .menu = MENU_PROGRAMMES,
};

// ---- change --------------------------------------------------------------------------------------

static enum err change_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *risk = r->form->record;
    return show_form(r, p,
                     &(struct page){.title = tr(r->lang, MSG("Change a risk")),
                                    .crumbs = risk_crumbs(r),
                                    .n_crumbs = 3},
                     &(struct risk_form_view){
                         .action = risk_address(r, risk, "/change"),
                         .submit = tr(r->lang, MSG("Save this risk")),
                         .cancel = risk_address(r, risk, ""),
                         .row = record_text(risk, "row"),
                     },
                     e);
}

static enum err change_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *risk = r->form->record;
    enum err err = programme_save_one(r, risk, NULL, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The risk is saved.")), risk->version);
        p->location = risk_address(r, risk, "");
        p->status = 303;
    }
    return err;
}

const struct route route_risk_change = {
    .path = "/programmes/{programme}/risks/{risk}/change",
    .needs = MAY_WRITE,
    .get = change_get,
    .post = change_post,
    .entity = &entity_risk,
    .edits = "risk",
    .also = (const char *const[]){"from_row", NULL},
    .title = MSG("Change a risk"),
    .menu = MENU_PROGRAMMES,
};
