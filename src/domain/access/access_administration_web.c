// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_administration_web.c: the entry to the administration: what can be looked after here.

#include <string.h>

#include "access/access_administration.html.h"
#include "access/access_web_private.h"
#include "base/bug.h"

static const struct {
    const char *path;
    const char *label;
    const char *about;
} pages[] = {
    {"/administration/people", MSG("People"),
     MSG("Who can sign in, with which roles. Add people, set passwords.")},
    {"/administration/roles", MSG("Roles"), MSG("What each role may do, in a table.")},
    {"/administration/log", MSG("Log"),
     MSG("Every change, sign-in and refusal, with who, when and what before.")},
    {"/administration/packs", MSG("Packs"),
     MSG("Tools, scales and indicators that are installed, with version and source.")},
    {"/administration/publisher", MSG("Who publishes"),
     MSG("The organisation as files for IATI name it.")},
    {"/administration/backups", MSG("Backups"), MSG("Save the workspace, and prove that it holds.")},
    {"/administration/nodes", MSG("Nodes"), MSG("Offices that exchange changes with this one.")},
};

// Only what there is a page for and the person may open.
static bool may_open(const struct req *r, const char *path)
{
    size_t n;
    const struct route *const *all = route_all(&n);
    const struct route *page = route_at(all, n, path);
    return page != NULL && page->get != NULL && identity_may(r->who, (enum verb)page->needs, NULL);
}

static enum err administration_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct html h;
    struct admin_card *cards = ARENA_ARRAY(r->arena, struct admin_card, COUNT_OF(pages));
    struct access_administration_view v = {.cards = cards};
    enum err err = access_setting(r->db, r->arena, "organisation", &v.organisation, e);
    if (err != ERR_NONE) {
        return err;
    }
    for (size_t i = 0; i < COUNT_OF(pages); i++) {
        if (may_open(r, pages[i].path)) {
            cards[v.n_cards++] = (struct admin_card){.path = pages[i].path,
                                                     .label = tr(r->lang, pages[i].label),
                                                     .about = tr(r->lang, pages[i].about)};
        }
    }
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Administration")),
                              .about = v.organisation == NULL
                                           ? tr(r->lang, MSG("What keeps this workspace safe and "
                                                             "in order."))
                                           : tr_f(r->arena, r->lang,
                                                  MSG("What keeps the workspace of {0} safe and "
                                                      "in order."),
                                                  v.organisation, NULL)});
    access_administration_html(&h, &v);
    return page_end(&h, e);
}

const struct route access_administration_route = {
    .path = "/administration",
    .needs = MAY_GRANT,
    .get = administration_get,
    .title = MSG("Administration"),
    .menu = MENU_ADMINISTRATION,
};
