// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_list_web.c: the releases: published ones for all who sign in, others for who may read their programme.

#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "html/list.h"
#include "release/release_list.html.h"
#include "release/release_web.h"

static const char *const sortable[] = {"title", "published_on", NULL};
static const char *const filters[] = {"class", NULL};
static const struct list_spec spec = {
    .kind = &entity_release,
    .search_field = "title",
    .sortable = sortable,
    .filters = filters,
    .order = "published_on",
    .descending = true,
};

#define COLUMNS 4

static struct list_row row_of(struct req *r, const struct record *x)
{
    struct list_cell *c = ARENA_ARRAY(r->arena, struct list_cell, COLUMNS);
    const char *rounded = tr_f(r->arena, r->lang, MSG("Rounded to {0}, audited"),
                               decimal_int_text(r->arena, record_int(x, "base")), NULL);
    c[0] = (struct list_cell){.kind = CELL_LINK, .text = record_text(x, "title"), .address = release_address(r, x, ""),
                              .meta = record_text(x, "code")};
    c[1] = (struct list_cell){.kind = CELL_TEXT, .text = release_by_words(r->arena, r->lang, record_text(x, "split_by"))};
    c[2] = (struct list_cell){.kind = CELL_TEXT, .text = rounded,
                              .meta = record_is_set(x, "collapsed")
                                          ? release_given_up_words(r->arena, r->lang, record_text(x, "collapsed"))
                                          : NULL};
    c[3] = (struct list_cell){.kind = CELL_DATE, .text = record_text(x, "published_on")};
    return (struct list_row){.cells = c};
}

// Those that are not published, of programmes that the person may read.
static enum err load_drafts(struct req *r, struct release_list_view *v, struct err_info *e)
{
    const struct store_filter filter = {"state", STORE_ONE_OF, " draft audited refused withdrawn "};
    const struct store_query q = {.filters = &filter, .n_filters = 1, .order = "id", .descending = true};
    struct record **all;
    size_t n;
    enum err err = store_list(r->db, r->arena, &entity_release, &q, &all, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct release_draft_line *lines = ARENA_ARRAY(r->arena, struct release_draft_line, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (release_works(r, all[i])) {
            lines[v->n_drafts++] = (struct release_draft_line){
                .title = record_text(all[i], "title"), .address = release_address(r, all[i], ""),
                .name = record_text(all[i], "code"),
                .about = release_by_words(r->arena, r->lang, record_text(all[i], "split_by")),
                .look = release_look_of(all[i]), .state = release_word(r, all[i], "state")};
        }
    }
    v->drafts = lines;
    return ERR_NONE;
}

static enum err list_get(struct req *r, struct reply *p, struct err_info *e)
{
    const struct store_filter fixed = {"state", STORE_EQUAL, "published"};
    struct release_list_view v = {0};
    struct list_query q;
    struct record **rows;
    size_t n;
    int64_t total;
    enum err err = list_query_from(r, &spec, &fixed, 1, &q, e);
    if (err == ERR_NONE) {
        err = store_list(r->db, r->arena, &entity_release, &q.store, &rows, &n, e);
    }
    if (err == ERR_NONE) {
        err = store_count(r->db, r->arena, &entity_release, &q.store, &total, e);
    }
    if (err == ERR_NONE) {
        err = load_drafts(r, &v, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct list_row *list = ARENA_ARRAY(r->arena, struct list_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        list[i] = row_of(r, rows[i]);
    }
    bool may_make = identity_may_anywhere(r->who, MAY_WRITE);
    const struct page_action make = {.label = may_make ? tr(r->lang, MSG("Make a release")) : NULL,
                                     .address = "/releases/new", .icon = "add"};
    const char *title = tr(r->lang, MSG("Releases of statistics"));
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = title,
                              .about = tr(r->lang, MSG("Tables about people that may be shown outside: rounded so that nobody "
                                                       "can be found in them, proved, and published by a second "
                                                       "person.")),
                              .primary = make});
    const struct list_view view = {
        .query = &q,
        .stack = true,
        .label = title,
        .search_label = tr(r->lang, MSG("Search in releases")),
        .columns = (struct list_column[COLUMNS]){
            {.label = tr(r->lang, MSG("Release")), .sort = "title", .main = true},
            {.label = tr(r->lang, MSG("By"))},
            {.label = tr(r->lang, MSG("What was done"))},
            {.label = tr(r->lang, MSG("Published on")), .sort = "published_on"}},
        .n_columns = COLUMNS,
        .rows = list,
        .n_rows = n,
        .total = total,
        .empty_title = tr(r->lang, MSG("Nothing is published yet")),
        .empty_text = tr(r->lang, MSG("Figures about people leave the circle of those who may see the records only "
                                      "as a release.")),
        .empty_action = make,
    };
    v.list = &view;
    release_list_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_releases = {
    .path = "/releases",
    .needs = MAY_SIGNED_IN,
    .get = list_get,
    .title = MSG("Releases"),
    .menu = MENU_REPORTS,
};
