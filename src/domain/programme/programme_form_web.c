// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_form_web.c: a new programme, changing one, and deleting one.

#include <string.h>

#include "base/bug.h"
#include "html/form.h"
#include "programme/programme.h"
#include "programme/programme_form.html.h"
#include "programme/programme_remove.html.h"
#include "programme/programme_web.h"

static enum err show_form(struct req *r, struct reply *p, const char *title, const char *submit,
                          const char *cancel, struct err_info *e)
{
    size_t n;
    const struct crumb *crumbs = programme_crumbs(r, &n);
    struct programme_people people;
    struct html h;
    enum err err = programme_people_load(r->db, r->arena,
                                         r->programme == NULL ? NULL : r->programme->id, &people, e);
    if (err != ERR_NONE) {
        return err;
    }
    page_begin(&h, r, p, &(struct page){.title = title, .crumbs = crumbs, .n_crumbs = n,
                                        .width = PAGE_NARROW});
    const char *manager = record_text(r->form->record, "manager_id");
    const struct choice *choices = programme_people_choices(r->arena, &people, manager, &n);
    form_set_choices(&h, "manager_id", choices, n);
    programme_form_html(&h, &(struct programme_form_view){
        .form = r->form, .action = r->path, .submit = submit, .cancel = cancel});
    return page_end(&h, e);
}

static enum err new_get(struct req *r, struct reply *p, struct err_info *e)
{
    if (r->method == METHOD_GET) {
        record_set_text(r->form->record, "currency", "USD");
        record_set_text(r->form->record, "state", "planned");
    }
    return show_form(r, p, tr(r->lang, MSG("Add a programme")),
                     tr(r->lang, MSG("Add this programme")), "/programmes", e);
}

static enum err new_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *record = r->form->record;
    enum err err = programme_save_one(r, record, NULL, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("Programme added. Next: its partners, its money, its results.")),
                    NULL);
        reply_redirect(r, p, "/programmes/{0}", record_text(record, "number"), NULL);
    }
    return err;
}

static enum err change_get(struct req *r, struct reply *p, struct err_info *e)
{
    return show_form(r, p,
                     tr_f(r->arena, r->lang, MSG("Change {0}"), programme_number(r), NULL),
                     tr(r->lang, MSG("Save this programme")), programme_address(r, ""), e);
}

static enum err change_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *record = r->form->record;
    enum err err = programme_save_one(r, record, NULL, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("Programme changed.")), record->version);
        reply_redirect(r, p, "/programmes/{0}", record_text(record, "number"), NULL);
    }
    return err;
}

// ---- deleting -----------------------------------------------------------------------------------

static const struct field why[] = {
    {.name = "reason", .label = MSG("Why?"),
     .hint = MSG("One sentence. It stays in the history, with your name."), .type = FIELD_LONG,
     .data_class = CLASS_C1, .required = true, .max = 1000},
};

static enum err delete_get(struct req *r, struct reply *p, struct err_info *e)
{
    size_t n;
    const struct crumb *crumbs = programme_crumbs(r, &n);
    struct html h;
    page_begin(&h, r, p, &(struct page){
        .title = tr_f(r->arena, r->lang, MSG("Delete {0}?"), programme_number(r), NULL),
        .crumbs = crumbs, .n_crumbs = n, .width = PAGE_NARROW});
    programme_remove_html(&h, &(struct programme_remove_view){
        .form = r->form, .action = r->path, .back = programme_address(r, ""),
        .what = record_text(r->programme, "title"),
        .touches = tr(r->lang, MSG("A programme can be deleted only while nothing belongs to it. One that was at work is closed instead: change its state.")),
        .submit = tr(r->lang, MSG("Delete this programme"))});
    return page_end(&h, e);
}

static enum err delete_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct store_tx *tx;
    struct actor actor = req_actor(r);
    struct change *changes;
    size_t n;
    enum err err = store_begin(r->store, &actor, form_value(r->form, "reason")->text, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = store_delete(tx, r->arena, &entity_programme, r->programme->id, e);
    if (err == ERR_NONE) {
        err = store_history(store_tx_read(tx), r->arena, "programme", r->programme->id, 1, &changes,
                            &n, e);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr_f(r->arena, r->lang, MSG("{0} deleted."), programme_number(r), NULL),
                    n > 0 ? changes[0].hash : NULL);
        reply_redirect(r, p, "/programmes", NULL);
    }
    return err;
}

const struct route programme_new_page = {
    .path = "/programmes/new",
    .needs = MAY_WRITE,
    .get = new_get,
    .post = new_post,
    .entity = &entity_programme,
    .title = MSG("Add a programme"),
    .menu = MENU_PROGRAMMES,
};

const struct route programme_change_page = {
    .path = "/programmes/{programme}/change",
    .needs = MAY_WRITE,
    .get = change_get,
    .post = change_post,
    .entity = &entity_programme,
    .edits = "programme",
    .title = MSG("Change a programme"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_OVERVIEW,
};

const struct route programme_delete_page = {
    .path = "/programmes/{programme}/delete",
    .needs = MAY_WRITE,
    .get = delete_get,
    .post = delete_post,
    .fields = why,
    .n_fields = COUNT_OF(why),
    .title = MSG("Delete a programme"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_OVERVIEW,
};
