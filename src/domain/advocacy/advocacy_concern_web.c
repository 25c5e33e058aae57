// SPDX-License-Identifier: AGPL-3.0-or-later
//
// advocacy_concern_web.c: concerns of our own, with what can be said in reply.

#include <string.h>

#include "advocacy/advocacy_concern.html.h"
#include "advocacy/advocacy_web.h"
#include "html/form.h"
#include "programme/programme.h"
#include "programme/programme_web.h"

static enum err concern_get(struct req *r, struct reply *p, struct err_info *e)
{
    bool is_new = r->route->edits == NULL;
    struct record *concern = r->form->record;
    const char *heading = req_query(r, "heading");
    size_t n;
    const struct crumb *crumbs = advocacy_crumbs(r, &n);
    const struct pack_tool *tool = pack_family_tool(ADVOCACY_TOOL, NULL);
    if (is_new && r->form->n_typed == 0 && tool != NULL && tool_section(tool, heading) != NULL) {
        record_set_text(concern, "heading", heading);
    }
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = is_new ? tr(r->lang, MSG("Add a concern of our own"))
                                              : tr(r->lang, MSG("Change a concern of our own")),
                              .about = tr(r->lang, MSG("Something you heard that tool 3.7 does not "
                                                       "have, and what can be said in reply.")),
                              .crumbs = crumbs,
                              .n_crumbs = n,
                              .width = PAGE_NARROW});
    advocacy_concern_html(&h, &(struct advocacy_concern_view){
                                  .form = r->form,
                                  .action = r->path,
                                  .cancel = advocacy_address(r, ""),
                                  .remove = is_new ? NULL
                                                   : programme_remove_address(
                                                         r, "advocacy_concern", concern->id,
                                                         advocacy_address(r, ""))});
    return page_end(&h, e);
}

static enum err concern_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *concern = r->form->record;
    enum err err = programme_save_one(r, concern, NULL, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The concern is saved.")), concern->version);
        p->location = arena_printf(r->arena, "%s#%s", advocacy_address(r, ""), concern->id);
        p->status = 303;
    }
    return err;
}

const struct route route_advocacy_concern_new = {
    .path = "/programmes/{programme}/advocacy/concerns/new",
    .needs = MAY_WRITE,
    .get = concern_get,
    .post = concern_post,
    .entity = &entity_advocacy_concern,
    .title = MSG("Add a concern of our own"),
    .menu = MENU_PROGRAMMES,
};

const struct route route_advocacy_concern_change = {
    .path = "/programmes/{programme}/advocacy/concerns/{advocacy_concern}/change",
    .needs = MAY_WRITE,
    .get = concern_get,
    .post = concern_post,
    .entity = &entity_advocacy_concern,
    .edits = "advocacy_concern",
    .title = MSG("Change a concern of our own"),
    .menu = MENU_PROGRAMMES,
};
