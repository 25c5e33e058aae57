// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_history_web.c: /library/{pack}/{tool}/history: who changed what of a tool of the office, row by
// row, and of its answers.

#include <string.h>

#include "html/record.h"
#include "pack/pack_history.html.h"
#include "pack/pack_own_web.h"

static void fill_lines(struct req *r, const struct pack_past *x, struct tool_change *out)
{
    out->lines = ARENA_ARRAY(r->arena, const char *, x->n_done + 1);
    for (size_t i = 0; i < x->n_done; i++) {
        out->lines[out->n_lines++] = pack_done_words(r->arena, r->lang, &x->done[i]);
    }
}

// Who made the changes; a hundred of them need two statements.
static enum err people_load(struct req *r, const struct pack_past *past, size_t n,
                            struct record ***out, size_t *n_out, struct err_info *e)
{
    const char **ids = ARENA_ARRAY(r->arena, const char *, n + 1);
    for (size_t i = 0; i < n; i++) {
        ids[i] = past[i].change->actor;
    }
    return store_get_many(r->db, r->arena, model_find("user"), ids, n, out, n_out, e);
}

static const char *who_of(struct req *r, const struct change *c, struct record *const *people, size_t n)
{
    const char *who = strcmp(c->actor, "owner") == 0 ? tr(r->lang, MSG("Command line"))
                                                     : tr(r->lang, MSG("Somebody who was removed"));
    for (size_t i = 0; i < n; i++) {
        who = strcmp(people[i]->id, c->actor) == 0 ? record_title(people[i]) : who;
    }
    return who;
}

static enum err history_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct own_tool t;
    struct pack_past *past;
    struct record **people;
    size_t n, n_people, n_crumbs;
    enum err err = own_tool_load(r, &t, e);
    if (err == ERR_NONE) {
        err = pack_own_history(r->db, r->arena, t.pack, req_capture(r, "tool"), &past, &n, e);
    }
    if (err == ERR_NONE) {
        err = people_load(r, past, n, &people, &n_people, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const struct crumb *crumbs = own_tool_crumbs(r, &t, true, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr_f(r->arena, r->lang, MSG("History of “{0}”"), t.draft->title, NULL),
                              .about = tr(r->lang, MSG("Who changed what, the newest first.")),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs});
    struct pack_history_view v = {.back = r->path,
                                  .changes = ARENA_ARRAY(r->arena, struct tool_change, n + 1)};
    for (size_t i = 0; i < n; i++) {
        struct tool_change *c = &v.changes[v.n_changes++];
        const struct change *change = past[i].change;
        *c = (struct tool_change){
            .hash = change->hash,
            .wall = change->wall,
            .when = record_moment(&h, change->wall),
            .who = who_of(r, change, people, n_people),
            .reason = change->reason == NULL ? "" : change->reason,
            .may_undo = i == 0 && past[i].may_undo,
        };
        fill_lines(r, &past[i], c);
    }
    pack_history_html(&h, &v);
    return page_end(&h, e);
}

const struct route pack_history_page = {
    .path = "/library/{pack}/{tool}/history",
    .needs = MAY_ADMINISTER,
    .get = history_get,
    .title = MSG("History of this tool"),
    .menu = MENU_LIBRARY,
};
