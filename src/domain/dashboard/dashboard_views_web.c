// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_views_web.c: the views that a person saved: list, saving, removing. Nobody else sees them.

#include <string.h>

#include "dashboard/dashboard.h"
#include "dashboard/dashboard_view_form.html.h"
#include "dashboard/dashboard_views.html.h"
#include "dashboard/dashboard_web.h"
#include "html/form.h"
#include "html/page.h"
#include "store/store.h"

// The address of a view as a file: "/dashboard?state=running" gives "/dashboard.csv?state=running".
static const char *as_file(struct req *r, const char *address, const char *ending)
{
    size_t n = strcspn(address, "?#");
    return arena_printf(r->arena, "%.*s%s%s", (int)n, address, ending, address + n);
}

static enum err list_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct dashboard_views views;
    enum err err = dashboard_views_load(r, &views, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct dashboard_views_view v = {.items = ARENA_ARRAY(r->arena, struct dashboard_view_line, views.n + 1)};
    for (size_t i = 0; i < views.n; i++) {
        const char *address = record_text(views.items[i], "address");
        v.items[v.n++] = (struct dashboard_view_line){.id = views.items[i]->id,
                                                      .name = record_text(views.items[i], "name"),
                                                      .address = address,
                                                      .csv = as_file(r, address, ".csv"),
                                                      .xlsx = as_file(r, address, ".xlsx")};
    }
    const struct crumb crumbs[] = {{tr(r->lang, MSG("Programmes")), "/programmes"},
                                   {tr(r->lang, MSG("Dashboard")), "/dashboard"}};
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Saved views")),
                              .about = tr(r->lang, MSG("Dashboards with their filters, under names of your own.")),
                              .crumbs = crumbs,
                              .n_crumbs = 2});
    dashboard_views_html(&h, &v);
    return page_end(&h, e);
}

static enum err form_get(struct req *r, struct reply *p, struct err_info *e)
{
    const char *posted = req_posted(r, "address");
    const char *address = posted[0] == '\0' ? req_query(r, "address") : posted;
    struct record *asked = record_new(r->arena, &entity_saved_view);
    record_set_text(asked, "address", address);
    enum err err = saved_view_check(asked, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct crumb crumbs[] = {{tr(r->lang, MSG("Programmes")), "/programmes"},
                                   {tr(r->lang, MSG("Saved views")), "/dashboard/views"}};
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Save this view")),
                              .crumbs = crumbs,
                              .n_crumbs = 2,
                              .width = PAGE_NARROW});
    dashboard_view_form_html(&h, &(struct dashboard_view_form_view){.form = r->form, .address = address});
    return page_end(&h, e);
}

// Saves or deletes one view of the person.
static enum err change(struct req *r, struct record *view, bool remove, struct err_info *e)
{
    struct store_tx *tx;
    const struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = remove ? store_delete(tx, r->arena, &entity_saved_view, view->id, e)
                 : store_save(tx, r->arena, view, e);
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

static enum err form_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *view = record_new(r->arena, &entity_saved_view);
    record_set_text(view, "user_id", r->who->user_id);
    record_set_text(view, "name", form_value(r->form, "name")->text);
    record_set_text(view, "address", form_value(r->form, "address")->text);
    enum err err = record_check(view, e);
    if (err == ERR_NONE) {
        err = change(r, view, false, e);
    }
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The view is saved. It stands under Saved views on every dashboard.")), NULL);
        reply_redirect(r, p, record_text(view, "address"), NULL);
    }
    return err;
}

static enum err remove_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct dashboard_views views;
    struct record *found = NULL;
    enum err err = dashboard_views_load(r, &views, e);
    for (size_t i = 0; err == ERR_NONE && i < views.n; i++) {
        found = strcmp(views.items[i]->id, req_posted(r, "view")) == 0 ? views.items[i] : found;
    }
    if (err == ERR_NONE && found == NULL) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such view."), MSG("Look in your saved views."), NULL);
    }
    if (err == ERR_NONE) {
        err = change(r, found, true, e);
    }
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The view is removed.")), NULL);
        reply_redirect(r, p, "/dashboard/views", NULL);
    }
    return err;
}

const struct route route_views = {
    .path = "/dashboard/views",
    .needs = MAY_SIGNED_IN, // the person's own
    .get = list_get,
    .title = MSG("Saved views"),
    .menu = MENU_PROGRAMMES,
};
const struct route route_view_new = {
    .path = "/dashboard/views/new",
    .needs = MAY_SIGNED_IN,
    .get = form_get,
    .post = form_post,
    .fields = SAVED_VIEW_GIVEN,
    .n_fields = SAVED_VIEW_N_GIVEN,
    .title = MSG("Save this view"),
    .menu = MENU_PROGRAMMES,
};
const struct route route_view_remove = {
    .path = "/dashboard/views/remove",
    .needs = MAY_SIGNED_IN, // the person's own
    .post = remove_post,
    .also = (const char *const[]){"view", NULL},
    .title = MSG("Remove a saved view"),
    .menu = MENU_PROGRAMMES,
};
