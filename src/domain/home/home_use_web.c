// SPDX-License-Identifier: AGPL-3.0-or-later
//
// home_use_web.c: /library/{pack}/{tool}/use: from a tool of the library to where it is worked with. A tool about
// countries leads to the countries; else the person chooses a programme, unless there is only one.

#include "base/bug.h"
#include "home/home.h"
#include "home/home_tool_web.h"
#include "home/home_use.html.h"
#include "html/page.h"
#include "http/http.h"
#include "pack/pack_own.h"
#include "programme/programme.h"

static enum err find_tool(struct req *r, const struct pack_tool **out, struct err_info *e)
{
    enum err err = pack_own_look(r->db, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct pack *p = pack_find(req_capture(r, "pack"));
    *out = p == NULL ? NULL : pack_tool(p, req_capture(r, "tool"));
    return *out != NULL && pack_tool_is_used(*out)
               ? ERR_NONE
               : err_set(e, ERR_NOT_FOUND, NULL, MSG("The pack {0} has no tool {1} that is filled in."),
                         MSG("The page of the pack lists its tools."), req_capture(r, "pack"), req_capture(r, "tool"), NULL);
}

// Indicators are adopted from those of this tool; everything else begins on the page of the tool itself.
static const char *address_of(struct req *r, const struct pack_tool *t, const char *number)
{
    return t->kind == PACK_KIND_INDICATOR_SET
               ? url_make(r->arena, "/programmes/{0}/indicators/adopt?area={1}", number, t->id, NULL)
               : home_tool_address(r->arena, t, number, NULL);
}

static enum err use_get(struct req *r, struct reply *p, struct err_info *e)
{
    const struct pack_tool *t;
    struct home_programme *programmes;
    size_t n;
    enum err err = find_tool(r, &t, e);
    if (err == ERR_NONE && home_tool_is_of_countries(t)) {
        reply_redirect(r, p, "/countries", NULL);
        return ERR_NONE;
    }
    err = err != ERR_NONE ? err : home_choices_load(r->db, r->arena, r->who, &programmes, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (n == 1) {
        reply_redirect(r, p, address_of(r, t, programmes[0].number), NULL);
        return ERR_NONE;
    }
    const struct field *state = entity_field(&entity_programme, "state");
    struct use_row *rows = ARENA_ARRAY(r->arena, struct use_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        rows[i] = (struct use_row){.number = programmes[i].number, .title = programmes[i].title,
                                   .address = address_of(r, t, programmes[i].number),
                                   .look = programme_state_look(programmes[i].state),
                                   .state = tr(r->lang, field_choice_label(state, programmes[i].state))};
    }
    const char *name = pack_tool_name(r->arena, r->lang, t);
    const struct crumb crumbs[] = {
        {tr(r->lang, MSG("Library")), "/library"},
        {name, url_make(r->arena, "/library/{0}/{1}", t->pack->id, t->id, NULL)},
    };
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr_f(r->arena, r->lang, MSG("Use {0}"), name, NULL),
                              .about = tr(r->lang, MSG("Choose the programme it is for.")),
                              .crumbs = crumbs,
                              .n_crumbs = COUNT_OF(crumbs)});
    home_use_html(&h, &(struct home_use_view){.rows = rows, .n = n,
                                              .add = identity_may(r->who, MAY_WRITE, NULL) ? "/programmes/new" : NULL});
    return page_end(&h, e);
}

const struct route route_library_use = {
    .path = "/library/{pack}/{tool}/use",
    .needs = MAY_SIGNED_IN,
    .get = use_get,
    .title = MSG("Use a tool"),
    .menu = MENU_LIBRARY,
};
