// SPDX-License-Identifier: AGPL-3.0-or-later
//
// stakeholder_form_web.c: adding and changing a stakeholder, switching it off with a reason and on again.

#include <string.h>

#include "html/form.h"
#include "stakeholder/stakeholder_form.html.h"
#include "stakeholder/stakeholder_off.html.h"
#include "stakeholder/stakeholder_web.h"
#include "store/store.h"

static const char *const set_by_program[] = {"active", NULL};

// ---- saving -------------------------------------------------------------------------------------

static enum err refuse_twice(struct db_read *db, struct arena *a, const struct record *s,
                             struct err_info *e)
{
    struct record **all;
    size_t n;
    const char *name = record_text(s, "name");
    enum err err = store_list_by(db, a, &entity_stakeholder, "country", record_text(s, "country"),
                                 &all, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        bool other = s->id == NULL || strcmp(all[i]->id, s->id) != 0;
        if (other && strcmp(record_text(all[i], "name"), name) == 0) {
            return err_set(e, ERR_INPUT, "name", MSG("This country has a stakeholder of this name."),
                           MSG("Change the one that is there, or give a name that tells them apart."),
                           NULL);
        }
    }
    return err;
}

static enum err save(struct req *r, struct record *s, const char *reason, struct err_info *e)
{
    struct store_tx *tx;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, reason, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = refuse_twice(store_tx_read(tx), r->arena, s, e);
    if (err == ERR_NONE) {
        err = store_save(tx, r->arena, s, e);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

static void go_to(struct req *r, struct reply *p, const struct record *s)
{
    p->location = stakeholder_address(r, s, "");
    p->status = 303;
}

// ---- new ----------------------------------------------------------------------------------------

static enum err prepare_new(struct req *r, struct form *f, struct err_info *e)
{
    const struct field *sort = entity_field(&entity_stakeholder, "sort");
    const char *asked = req_query(r, "sort");
    (void)e;
    record_set_int(f->record, "active", 1);
    if (asked[0] != '\0' && field_choice_label(sort, asked)[0] != '\0') {
        record_set_text(f->record, "sort", asked);
    }
    return ERR_NONE;
}

static enum err show_form(struct req *r, struct reply *p, const struct record *s,
                          const char *title, const char *submit, struct err_info *e)
{
    size_t n_crumbs;
    const struct crumb *crumbs = stakeholder_crumbs(r, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, title),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .width = PAGE_NARROW});
    stakeholder_form_html(&h, &(struct stakeholder_form_view){
                                  .form = r->form,
                                  .action = s == NULL ? stakeholder_address(r, NULL, "/new")
                                                      : stakeholder_address(r, s, "/change"),
                                  .submit = tr(r->lang, submit),
                                  .cancel = stakeholder_address(r, s, "")});
    return page_end(&h, e);
}

static enum err new_get(struct req *r, struct reply *p, struct err_info *e)
{
    return show_form(r, p, NULL, MSG("Add a stakeholder"), MSG("Add this stakeholder"), e);
}

static enum err new_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *s = r->form->record;
    enum err err = save(r, s, NULL, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The stakeholder is in the list.")),
                    stakeholder_undo(r, s->version));
        go_to(r, p, s);
    }
    return err;
}

const struct route route_stakeholder_new = {
    .path = "/countries/{country}/stakeholders/new",
    .needs = MAY_WRITE,
    .get = new_get,
    .post = new_post,
    .entity = &entity_stakeholder,
    .except = set_by_program,
    .prepare = prepare_new,
    .title = MSG("Add a stakeholder"),
    .menu = MENU_COUNTRIES,
};

// ---- change -------------------------------------------------------------------------------------

static enum err change_get(struct req *r, struct reply *p, struct err_info *e)
{
    return show_form(r, p, r->form->record, MSG("Change a stakeholder"), MSG("Save"), e);
}

static enum err change_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *s = r->form->record;
    enum err err = save(r, s, NULL, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The stakeholder is saved.")),
                    stakeholder_undo(r, s->version));
        go_to(r, p, s);
    }
    return err;
}

const struct route route_stakeholder_change = {
    .path = "/countries/{country}/stakeholders/{stakeholder}/change",
    .needs = MAY_WRITE,
    .get = change_get,
    .post = change_post,
    .entity = &entity_stakeholder,
    .edits = "stakeholder",
    .except = set_by_program,
    .title = MSG("Change a stakeholder"),
    .menu = MENU_COUNTRIES,
};

// ---- off and on ---------------------------------------------------------------------------------

static const struct field off_fields[] = {
    {.name = "reason", .label = MSG("Why is it no longer looked at?"),
     .hint = MSG("For example: the body was closed, or its tasks went to another one."),
     .type = FIELD_TEXT, .data_class = CLASS_C3, .required = true, .max = 400},
};

static enum err off_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *s;
    size_t n_crumbs;
    enum err err = stakeholder_of_path(r, r->db, &s, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct crumb *crumbs = stakeholder_crumbs(r, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Switch off a stakeholder")),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .width = PAGE_NARROW});
    stakeholder_off_html(&h, &(struct stakeholder_off_view){
                                 .form = r->form,
                                 .action = stakeholder_address(r, s, "/off"),
                                 .cancel = stakeholder_address(r, s, ""),
                                 .name = record_text(s, "name")});
    return page_end(&h, e);
}

// Loads and saves in one transaction, so that nobody changes it in between.
static enum err turn(struct req *r, bool on, const char *reason, struct record **s,
                     struct err_info *e)
{
    struct store_tx *tx;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, reason, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = stakeholder_of_path(r, store_tx_read(tx), s, e);
    if (err == ERR_NONE) {
        record_set_int(*s, "active", on);
        err = store_save(tx, r->arena, *s, e);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

static enum err off_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *s;
    enum err err = turn(r, false, form_value(r->form, "reason")->text, &s, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("It is switched off. Its earlier ratings stay.")),
                    stakeholder_undo(r, s->version));
        go_to(r, p, s);
    }
    return err;
}

const struct route route_stakeholder_off = {
    .path = "/countries/{country}/stakeholders/{stakeholder}/off",
    .needs = MAY_WRITE,
    .get = off_get,
    .post = off_post,
    .fields = off_fields,
    .n_fields = 1,
    .title = MSG("Switch off a stakeholder"),
    .menu = MENU_COUNTRIES,
};

static enum err on_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *s;
    enum err err = turn(r, true, NULL, &s, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("It is looked at again.")),
                    stakeholder_undo(r, s->version));
        go_to(r, p, s);
    }
    return err;
}

const struct route route_stakeholder_on = {
    .path = "/countries/{country}/stakeholders/{stakeholder}/on",
    .needs = MAY_WRITE,
    .post = on_post,
    .title = MSG("Look at a stakeholder again"),
    .menu = MENU_COUNTRIES,
};
