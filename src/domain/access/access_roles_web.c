// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_roles_web.c: what each role may do, as a table made from the table the program obeys.

#include "access/access_roles.html.h"
#include "access/access_web_private.h"
#include "base/bug.h"

static const struct {
    enum verb verb;
    const char *label;
    const char *means;
} rights[] = {
    {MAY_READ, MSG("Read"), MSG("See programmes and what is in them, print pages. Counts of people below a total are for who may also write, approve or take out.")},
    {MAY_WRITE, MSG("Write"), MSG("Add and change records, answer tools, enter values.")},
    {MAY_APPROVE, MSG("Approve"), MSG("Verify, approve, lock, or return with a reason.")},
    {MAY_EXPORT, MSG("Take out"), MSG("Save tables and reports as files.")},
    {MAY_GRANT, MSG("Give roles"), MSG("Give and take roles, never more than one holds.")},
    {MAY_ADMINISTER, MSG("Administer"), MSG("People and passwords, packs, backups, the log.")},
};

static enum err roles_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct html h;
    struct right_row *rows = ARENA_ARRAY(r->arena, struct right_row, COUNT_OF(rights));
    struct access_roles_view v = {.tabs = admin_tabs_for(r, "/administration/roles"),
                                  .rows = rows, .n_rows = COUNT_OF(rights),
                                  .roles = access_roles};
    while (access_roles[v.n_roles].code != NULL) {
        v.n_roles++;
    }
    for (size_t i = 0; i < COUNT_OF(rights); i++) {
        bool *may = ARENA_ARRAY(r->arena, bool, v.n_roles);
        for (size_t k = 0; k < v.n_roles; k++) {
            may[k] = (access_roles[k].verbs & rights[i].verb) != 0;
        }
        rows[i] = (struct right_row){.label = tr(r->lang, rights[i].label),
                                     .means = tr(r->lang, rights[i].means), .may = may};
    }
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("What each role may do")),
                              .about = tr(r->lang,
                                          MSG("A role is given for the whole organisation or for "
                                              "one programme. To take data out is a right of its "
                                              "own."))});
    access_roles_html(&h, &v);
    return page_end(&h, e);
}

const struct route access_roles_route = {
    .path = "/administration/roles",
    .needs = MAY_SIGNED_IN,
    .get = roles_get,
    .title = MSG("What each role may do"),
    .menu = MENU_ADMINISTRATION,
};
