// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_form_web.c: adding, changing, reviewing and deleting a risk; taking rows of the Toolkit over.

#include <string.h>

#include "html/form.h"
#include "programme/programme.h"
#include "risk/risk.h"
#include "risk/risk_form.html.h"
#include "risk/risk_from.html.h"
#include "risk/risk_web.h"

#define RISK_TOOL "3.4"

const struct pack_row *risk_row(const char *id)
{
    const struct pack_tool *tool = pack_tool_anywhere(RISK_TOOL);
    return tool == NULL || id[0] == '\0' ? NULL : tool_row(tool, id);
}

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
    if (err != ERR_NONE) {
        return err;
    }
    const struct pack_row *row = risk_row(v->row);
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

static enum err save(struct req *r, struct record *risk, struct err_info *e)
{
    struct store_tx *tx;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = store_save(tx, r->arena, risk, e);
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

// ---- new -----------------------------------------------------------------------------------------

static enum err new_get(struct req *r, struct reply *p, struct err_info *e)
{
    const char *number = record_text(r->programme, "number");
    const char *posted = req_posted(r, "from_row");
    const struct pack_row *row = risk_row(posted[0] != '\0' ? posted : req_query(r, "row"));
    if (r->form->n_typed == 0) {
        record_set_text(r->form->record, "state", "open");
        if (row != NULL) {
            record_set_text(r->form->record, "statement",
                            pack_words(pack_find(PACK_DEFAULT), r->lang, row->id, row->text));
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
    const struct pack_row *row = risk_row(req_posted(r, "from_row"));
    record_set_text(risk, "programme_id", r->programme->id);
    record_set_text(risk, "row", row == NULL ? NULL : row->id);
    enum err err = save(r, risk, e);
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
    .title = MSG("Add a risk"),
    .menu = MENU_PROGRAMMES,
};

// ---- change and review ---------------------------------------------------------------------------

static enum err edit_get(struct req *r, struct reply *p, struct err_info *e, bool review)
{
    struct record *risk = r->form->record;
    const char *below = review ? "/review" : "/change";
    return show_form(
        r, p,
        &(struct page){.title = review ? tr(r->lang, MSG("Review a risk"))
                                       : tr(r->lang, MSG("Change a risk")),
                       .about = review ? tr(r->lang, MSG("Is the rating still right? Does the "
                                                         "mitigation work? When is the next look?"))
                                       : NULL,
                       .crumbs = risk_crumbs(r),
                       .n_crumbs = 3},
        &(struct risk_form_view){
            .action = risk_address(r, risk, below),
            .submit = review ? tr(r->lang, MSG("Save this review"))
                             : tr(r->lang, MSG("Save this risk")),
            .cancel = risk_address(r, risk, ""),
            .review = review,
            .row = record_text(risk, "row"),
            .statement = record_text(risk, "statement"),
        },
        e);
}

static enum err change_get(struct req *r, struct reply *p, struct err_info *e)
{
    return edit_get(r, p, e, false);
}

static enum err review_get(struct req *r, struct reply *p, struct err_info *e)
{
    return edit_get(r, p, e, true);
}

static enum err change_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *risk = r->form->record;
    enum err err = save(r, risk, e);
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
    .title = MSG("Change a risk"),
    .menu = MENU_PROGRAMMES,
};

const struct route route_risk_review = {
    .path = "/programmes/{programme}/risks/{risk}/review",
    .needs = MAY_WRITE,
    .get = review_get,
    .post = change_post,
    .entity = &entity_risk,
    .edits = "risk",
    .title = MSG("Review a risk"),
    .menu = MENU_PROGRAMMES,
};

// ---- from the Toolkit ----------------------------------------------------------------------------

static bool in_register(struct record *const *risks, size_t n, const char *row)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(record_text(risks[i], "row"), row) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_chosen(const struct req *r, const char *row)
{
    for (size_t i = 0; i < r->n_posted; i++) {
        if (strcmp(r->posted[i].name, "row") == 0 && strcmp(r->posted[i].value, row) == 0) {
            return true;
        }
    }
    return false;
}

static enum err from_get(struct req *r, struct reply *p, struct err_info *e)
{
    const struct pack_tool *tool = pack_tool_anywhere(RISK_TOOL);
    struct record **risks;
    size_t n;
    if (tool == NULL) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no tool {0}."), NULL, RISK_TOOL, NULL);
    }
    enum err err = store_list_by(r->db, r->arena, &entity_risk, "programme_id", r->programme->id,
                                 &risks, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct risk_from_view v = {.number = record_text(r->programme, "number"),
                               .rows = ARENA_ARRAY(r->arena, struct from_row, tool->n_rows),
                               .n_rows = tool->n_rows};
    for (unsigned i = 0; i < tool->n_rows; i++) {
        const struct pack_row *row = &tool->rows[i];
        v.rows[i] = (struct from_row){.row = row,
                                      .text = pack_words(tool->pack, r->lang, row->id, row->text),
                                      .taken = in_register(risks, n, row->id),
                                      .chosen = is_chosen(r, row->id)};
        v.n_left += !v.rows[i].taken;
    }
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Add risks from the Toolkit")),
                              .about = tr(r->lang, MSG("Risks that tool 3.4 knows for work with the "
                                                       "police, prosecutors and courts.")),
                              .crumbs = risk_crumbs(r),
                              .n_crumbs = 3});
    risk_from_html(&h, &v);
    return page_end(&h, e);
}

static enum err add_row(struct store_tx *tx, struct req *r, const struct pack_row *row,
                        struct err_info *e)
{
    struct record *risk = record_new(r->arena, &entity_risk);
    record_set_text(risk, "programme_id", r->programme->id);
    record_set_text(risk, "row", row->id);
    record_set_text(risk, "statement", row->text);
    record_set_text(risk, "state", "open");
    return store_save(tx, r->arena, risk, e);
}

static enum err from_post(struct req *r, struct reply *p, struct err_info *e)
{
    const struct pack_tool *tool = pack_tool_anywhere(RISK_TOOL);
    struct record **risks;
    struct store_tx *tx;
    size_t n;
    int added = 0;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = store_list_by(store_tx_read(tx), r->arena, &entity_risk, "programme_id",
                        r->programme->id, &risks, &n, e);
    for (unsigned i = 0; err == ERR_NONE && tool != NULL && i < tool->n_rows; i++) {
        const struct pack_row *row = &tool->rows[i];
        if (is_chosen(r, row->id) && !in_register(risks, n, row->id)) {
            err = add_row(tx, r, row, e);
            added++;
        }
    }
    if (err == ERR_NONE && added == 0) {
        err = err_set(e, ERR_INPUT, "row", MSG("No risk is chosen."),
                      MSG("Tick the risks that could happen here."), NULL);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr_n(r->arena, r->lang, MSG("One risk was added. Rate it next."),
                            MSG("{0} risks were added. Rate them next."), added),
                    NULL);
        reply_redirect(r, p, "/programmes/{0}/risks", record_text(r->programme, "number"), NULL);
    }
    return err;
}

const struct route route_risk_from = {
    .path = "/programmes/{programme}/risks/from-toolkit",
    .needs = MAY_WRITE,
    .get = from_get,
    .post = from_post,
    .title = MSG("Add risks from the Toolkit"),
    .menu = MENU_PROGRAMMES,
};
