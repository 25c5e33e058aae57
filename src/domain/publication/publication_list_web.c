// SPDX-License-Identifier: AGPL-3.0-or-later
//
// publication_list_web.c: the communication products of a programme and how far each is looked at.

#include <string.h>

#include "html/list.h"
#include "pack/pack_own.h"
#include "programme/programme_web.h"
#include "publication/publication_list.html.h"
#include "publication/publication_web.h"

static const char *const filters[] = {"state", "sort", NULL};
static const char *const sortable[] = {"title", "planned_on", "published_on", NULL};
static const struct list_spec spec = {
    .kind = &entity_publication,
    .search_field = "title",
    .sortable = sortable,
    .filters = filters,
    .order = "title",
};

#define COLUMNS 5

static struct list_row row_of(struct req *r, const struct record *x,
                              const struct publication_progress *looked)
{
    struct list_cell *c = ARENA_ARRAY(r->arena, struct list_cell, COLUMNS);
    struct assessment_progress p = publication_progress_of(looked, x->id);
    c[0] = (struct list_cell){.kind = CELL_LINK,
                              .text = record_text(x, "title"),
                              .address = publication_address(r, x, ""),
                              .meta = arena_printf(r->arena, "%s · %s", record_text(x, "code"),
                                                   publication_word(r, x, "sort"))};
    c[1] = (struct list_cell){.kind = CELL_STATE,
                              .look = publication_look_of(record_text(x, "state")),
                              .text = publication_word(r, x, "state")};
    c[2] = (struct list_cell){
        .kind = CELL_STATE,
        .look = p.answered == p.of ? "done" : p.answered > 0 ? "progress" : "none",
        .text = tr_f(r->arena, r->lang, MSG("{0} of {1} answered"),
                     arena_printf(r->arena, "%d", p.answered),
                     arena_printf(r->arena, "%d", p.of), NULL)};
    c[3] = (struct list_cell){.kind = CELL_DATE, .text = record_text(x, "planned_on")};
    c[4] = (struct list_cell){.kind = CELL_DATE, .text = record_text(x, "published_on")};
    return (struct list_row){.cells = c, .edit = publication_address(r, x, "/change")};
}

static enum err list_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct arena *a = r->arena;
    const struct store_filter fixed = {"programme_id", STORE_EQUAL, r->programme->id};
    struct list_query q;
    struct record **rows;
    struct publication_progress *looked;
    size_t n, n_crumbs;
    int64_t total;
    enum err err = pack_own_look(r->db, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = list_query_from(r, &spec, &fixed, 1, &q, e);
    if (err == ERR_NONE) {
        err = store_list(r->db, a, &entity_publication, &q.store, &rows, &n, e);
    }
    if (err == ERR_NONE) {
        err = store_count(r->db, a, &entity_publication, &q.store, &total, e);
    }
    if (err == ERR_NONE) {
        err = publication_progress_load(r->db, a, r->programme->id, &looked, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct list_row *list = ARENA_ARRAY(a, struct list_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        list[i] = row_of(r, rows[i], looked);
    }
    const struct crumb *crumbs = programme_crumbs(r, &n_crumbs);
    const char *title =
        tr_f(a, r->lang, MSG("Publications of {0}"), programme_number(r), NULL);
    bool may_export = req_may(r, MAY_EXPORT);
    const char *export = programme_address(r, "/export/publication");
    struct page_action add = {
        .label = req_may(r, MAY_WRITE) ? tr(r->lang, MSG("Add a publication")) : NULL,
        .address = programme_address(r, "/publications/new"),
        .icon = "add"};
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = title,
                              .about = tr(r->lang, MSG("What the programme shows to the public or to "
                                                       "a group. Each is looked at with a "
                                                       "checklist before it goes out.")),
                              .count = arena_printf(a, "%lld", (long long)total),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .primary = add});
    struct list_view view = {
        .query = &q,
        .stack = true,
        .label = title,
        .search_label = tr(r->lang, MSG("Search in publications")),
        .columns = (struct list_column[COLUMNS]){
            {.label = tr(r->lang, MSG("Publication")), .sort = "title", .main = true},
            {.label = tr(r->lang, MSG("State"))},
            {.label = tr(r->lang, MSG("Checklist"))},
            {.label = tr(r->lang, MSG("Planned for")), .sort = "planned_on"},
            {.label = tr(r->lang, MSG("Published on")), .sort = "published_on"}},
        .n_columns = COLUMNS,
        .rows = list,
        .n_rows = n,
        .total = total,
        .export = may_export ? export : NULL,
        .back = list_back_address(r, &entity_publication),
        .empty_title = tr(r->lang, MSG("No publications yet")),
        .empty_text = tr(r->lang, MSG("Add what the programme is going to show: a campaign, a "
                                      "leaflet, a film, a web page.")),
        .empty_action = add,
    };
    publication_list_html(&h, &(struct publication_list_view){.list = &view});
    return page_end(&h, e);
}

const struct route route_publication_list = {
    .path = "/programmes/{programme}/publications",
    .needs = MAY_READ,
    .get = list_get,
    .title = MSG("Publications"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_IMPLEMENT,
};
