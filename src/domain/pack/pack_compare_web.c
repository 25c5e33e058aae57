// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_compare_web.c: /library/{pack}/{tool}/compare: a tool of the office beside the tool it was copied
// from, row by row.

#include <string.h>

#include "base/bug.h"
#include "pack/pack_compare.html.h"
#include "pack/pack_own_web.h"

// What the buttons of a row say, and how its state looks.
static const struct {
    const char *look;
    const char *take;
    const char *keep;
} offers[PACK_CHANGE_COUNT] = {
    [PACK_SAME] = {"none", NULL, NULL},
    [PACK_OURS] = {"progress", MSG("Take the original"), NULL},
    [PACK_THEIRS] = {"warn", MSG("Take the original"), MSG("Keep ours")},
    [PACK_BOTH] = {"warn", MSG("Take the original"), MSG("Keep ours")},
    [PACK_NEW_THERE] = {"warn", MSG("Take it over"), MSG("Leave it out")},
    [PACK_GONE_THERE] = {"warn", MSG("Hide ours"), MSG("Keep ours")},
    [PACK_OWN] = {"none", NULL, NULL},
};

static bool is_open(enum pack_change c)
{
    return c == PACK_THEIRS || c == PACK_BOTH || c == PACK_NEW_THERE || c == PACK_GONE_THERE;
}

static const char *section_title(const struct pack_tool *t, const char *id)
{
    const struct pack_section *s = id == NULL ? NULL : tool_section(t, id);
    return s == NULL ? id : s->title;
}

static struct compare_row row_of(struct req *r, const struct own_tool *t,
                                 const struct pack_row_compare *c)
{
    const struct pack_row *shown = c->ours != NULL ? c->ours : c->now;
    struct compare_row row = {
        .id = shown->id,
        .text = shown->text != NULL ? shown->text : shown->id,
        .label = tr(r->lang, pack_change_label(c->change)),
        .look = offers[c->change].look,
        .take = offers[c->change].take == NULL ? NULL : tr(r->lang, offers[c->change].take),
        .keep = offers[c->change].keep == NULL ? NULL : tr(r->lang, offers[c->change].keep),
        .hidden = c->ours != NULL && c->ours->hidden == PACK_YES,
    };
    if (c->change == PACK_OWN || c->change == PACK_GONE_THERE) {
        return row;
    }
    const struct pack_cell_compare *cells =
        pack_compare_cells(r->arena, t->draft, c, &row.n_cells);
    // three columns only where all three say something else
    row.then = c->change == PACK_BOTH;
    row.ours = c->change == PACK_NEW_THERE ? NULL
               : c->change == PACK_THEIRS  ? tr(r->lang, MSG("Ours, as the original was"))
                                           : tr(r->lang, MSG("Ours"));
    row.cells = ARENA_ARRAY(r->arena, struct compare_cell, row.n_cells + 1);
    for (size_t i = 0; i < row.n_cells; i++) {
        bool section = strcmp(cells[i].key, "section") == 0;
        row.cells[i] = (struct compare_cell){
            tr(r->lang, pack_key_label(cells[i].key)),
            section ? section_title(t->draft, cells[i].ours) : cells[i].ours,
            section ? section_title(t->draft, cells[i].then) : cells[i].then,
            section ? section_title(t->from, cells[i].now) : cells[i].now};
    }
    return row;
}

static enum err compare_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct own_tool t;
    size_t n, n_crumbs;
    enum err err = own_tool_load(r, &t, e);
    if (err == ERR_NONE && t.from == NULL) {
        err = err_set(e, ERR_NOT_FOUND, NULL, MSG("{0} has no original to compare with."), NULL,
                      t.draft->id, NULL);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const struct pack_row_compare *list = pack_compare(r->arena, t.draft, t.from, &n);
    struct pack_compare_view v = {.action = r->path,
                                  .then_version = t.draft->origin.version,
                                  .now_version = t.from->pack->version,
                                  .rows = ARENA_ARRAY(r->arena, struct compare_row, n + 1)};
    // what waits for a decision comes first
    for (int open = 1; open >= 0; open--) {
        for (size_t i = 0; i < n; i++) {
            bool hidden = list[i].ours != NULL && list[i].ours->hidden == PACK_YES;
            if (is_open(list[i].change) != (open == 1)) {
                continue;
            }
            v.open = v.open || open == 1;
            v.n_same += list[i].change == PACK_SAME;
            if (list[i].change != PACK_SAME || hidden) {
                v.rows[v.n_rows++] = row_of(r, &t, &list[i]);
            }
        }
    }
    const struct crumb *crumbs = own_tool_crumbs(r, &t, true, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Compare with the original")),
                              .about = tr(r->lang, MSG("What your office changed, and what the original "
                                                       "changed since it was copied. Decide row by row.")),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs});
    pack_compare_html(&h, &v);
    return page_end(&h, e);
}

static enum err decide(struct req *r, struct pack_own_edit *x, void *with, struct err_info *e)
{
    (void)with;
    const struct pack_tool *from = pack_tool_origin(x->tool);
    bool take = strcmp(req_posted(r, "do"), "take") == 0;
    return take ? draft_take(r->arena, x->tool, from, req_posted(r, "row"), e)
                : draft_keep(r->arena, x->tool, from, req_posted(r, "row"), e);
}

static enum err compare_post(struct req *r, struct reply *p, struct err_info *e)
{
    const char *version;
    bool take = strcmp(req_posted(r, "do"), "take") == 0;
    enum err err = own_tool_change(r, decide, NULL, &version, e);
    if (err == ERR_NONE) {
        reply_flash(p,
                    tr_f(r->arena, r->lang, take ? MSG("{0}: taken from the original.") : MSG("{0}: ours is kept."),
                         req_posted(r, "row"), NULL),
                    version);
        reply_redirect(r, p, "/library/{0}/{1}/compare", req_capture(r, "pack"),
                       req_capture(r, "tool"), NULL);
    }
    return err;
}

static const struct choice what_choices[] = {
    {"take", MSG("Take the original")}, {"keep", MSG("Keep ours")}, {NULL, NULL}};
static const struct field compare_fields[] = {
    {.name = "row", .label = MSG("Row"), .type = FIELD_TEXT, .data_class = CLASS_C1, .required = true,
     .max = 100},
    {.name = "do", .label = MSG("What to do"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .required = true, .choices = what_choices},
};

const struct route pack_compare_page = {
    .path = "/library/{pack}/{tool}/compare",
    .needs = MAY_ADMINISTER,
    .get = compare_get,
    .post = compare_post,
    .fields = compare_fields,
    .n_fields = COUNT_OF(compare_fields),
    .title = MSG("Compare with the original"),
    .menu = MENU_LIBRARY,
};
