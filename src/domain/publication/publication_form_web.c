// SPDX-License-Identifier: AGPL-3.0-or-later
//
// publication_form_web.c: adding and changing a publication.

#include "html/form.h"
#include "programme/programme_web.h"
#include "publication/publication_form.html.h"
#include "publication/publication_web.h"

static enum err form_get(struct req *r, struct reply *p, struct err_info *e)
{
    bool is_new = r->route->edits == NULL;
    const struct record *x = r->form->record;
    size_t n;
    const char *title = is_new ? tr(r->lang, MSG("Add a publication"))
                               : tr(r->lang, MSG("Change a publication"));
    const struct crumb *crumbs = publication_crumbs(r, is_new ? NULL : x, &n);
    const char *list = programme_address(r, "/publications");
    struct html h;
    page_begin(&h, r, p,
               &(struct page){
                   .title = title, .crumbs = crumbs, .n_crumbs = n, .width = PAGE_NARROW});
    publication_form_html(
        &h, &(struct publication_form_view){
                .form = r->form,
                .action = r->path,
                .submit = tr(r->lang, MSG("Save this publication")),
                .cancel = is_new ? list : publication_address(r, x, ""),
                .remove = is_new ? NULL : programme_remove_address(r, "publication", x->id, list)});
    return page_end(&h, e);
}

static enum err begin_as_planned(struct req *r, struct form *f, struct err_info *e)
{
    (void)r;
    (void)e;
    if (f->n_typed == 0) {
        record_set_text(f->record, "state", "planned");
    }
    return ERR_NONE;
}

static enum err form_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *x = r->form->record;
    enum err err = programme_save_one(r, x, NULL, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The publication is saved.")), x->version);
        reply_redirect(r, p, publication_address(r, x, ""), NULL);
    }
    return err;
}

const struct route route_publication_new = {
    .path = "/programmes/{programme}/publications/new",
    .needs = MAY_WRITE,
    .get = form_get,
    .post = form_post,
    .prepare = begin_as_planned,
    .entity = &entity_publication,
    .title = MSG("Add a publication"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_IMPLEMENT,
};

const struct route route_publication_change = {
    .path = "/programmes/{programme}/publications/{publication}/change",
    .needs = MAY_WRITE,
    .get = form_get,
    .post = form_post,
    .entity = &entity_publication,
    .edits = "publication",
    .title = MSG("Change a publication"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_IMPLEMENT,
};
