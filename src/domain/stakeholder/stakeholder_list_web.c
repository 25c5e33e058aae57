// SPDX-License-Identifier: AGPL-3.0-or-later
//
// stakeholder_list_web.c: the stakeholders of a country, and a map of their influence and interest.

#include <string.h>

#include "html/list.h"
#include "stakeholder/stakeholder_list.html.h"
#include "stakeholder/stakeholder_web.h"

static const char *const levels[3] = {"low", "medium", "high"};

// Not the field `sort`: in an address of a list that is the order.
static const char *const filters[] = {"influence", "interest", "active", NULL};
static const char *const sortable[] = {"name", "sort", NULL};
static const struct list_spec spec = {
    .kind = &entity_stakeholder,
    .search_field = "name",
    .sortable = sortable,
    .filters = filters,
};

// ---- the map ------------------------------------------------------------------------------------

// Shades of the corners: the more influence and interest together, the darker.
static const char *shade(int influence, int interest)
{
    static const char *const looks[5] = {"", "seq-1", "seq-1", "seq-2", "seq-3"};
    return looks[influence + interest];
}

static void fill_cell(struct req *r, struct record *const *all, size_t n, int influence,
                      int interest, struct map_cell *cell)
{
    struct map_name *names = ARENA_ARRAY(r->arena, struct map_name, n + 1);
    cell->names = names;
    cell->look = shade(influence, interest);
    for (size_t i = 0; i < n; i++) {
        if (record_int(all[i], "active") != 0 &&
            strcmp(record_text(all[i], "influence"), levels[influence]) == 0 &&
            strcmp(record_text(all[i], "interest"), levels[interest]) == 0) {
            names[cell->n_names++] = (struct map_name){
                .name = record_text(all[i], "name"), .address = stakeholder_address(r, all[i], "")};
        }
    }
}

static void fill_map(struct req *r, struct record *const *all, size_t n,
                     struct stakeholder_list_view *v)
{
    struct map_row *rows = ARENA_ARRAY(r->arena, struct map_row, 3);
    int64_t unrated = 0;
    for (int i = 0; i < 3; i++) {
        int influence = 2 - i; // high stands on top
        rows[i].label = tr(r->lang, stakeholder_level_label(levels[influence]));
        for (int k = 0; k < 3; k++) {
            fill_cell(r, all, n, influence, k, &rows[i].cells[k]);
        }
    }
    for (size_t i = 0; i < n; i++) {
        unrated += record_int(all[i], "active") != 0 &&
                   (!record_is_set(all[i], "influence") || !record_is_set(all[i], "interest"));
    }
    v->rows = rows;
    v->unrated = unrated == 0 ? NULL
                              : tr_n(r->arena, r->lang, MSG("One more is not rated."),
                                     MSG("{0} more are not rated."), unrated);
}

// ---- the list -----------------------------------------------------------------------------------

static struct list_cell level_cell(struct req *r, const char *level)
{
    return (struct list_cell){.kind = CELL_TEXT,
                              .text = level[0] == '\0' ? ""
                                                       : tr(r->lang, stakeholder_level_label(level))};
}

static struct list_row row_of(struct req *r, const struct record *s)
{
    struct list_cell *c = ARENA_ARRAY(r->arena, struct list_cell, 5);
    bool active = record_int(s, "active") != 0;
    c[0] = (struct list_cell){.kind = CELL_LINK,
                              .text = record_text(s, "name"),
                              .address = stakeholder_address(r, s, "")};
    c[1] = (struct list_cell){.kind = CELL_TEXT,
                              .text = tr(r->lang, stakeholder_sort_label(record_text(s, "sort")))};
    c[2] = level_cell(r, record_text(s, "influence"));
    c[3] = level_cell(r, record_text(s, "interest"));
    c[4] = (struct list_cell){.kind = CELL_STATE,
                              .look = active ? "done" : "none",
                              .text = tr(r->lang, active ? MSG("Looked at")
                                                         : MSG("No longer looked at"))};
    return (struct list_row){.cells = c,
                             .edit = req_may(r, MAY_WRITE) ? stakeholder_address(r, s, "/change")
                                                           : NULL};
}

static enum err list_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct arena *a = r->arena;
    struct store_filter fixed = {.field = "country", .op = STORE_EQUAL, .text = r->country};
    struct list_query q;
    struct record **all, **found;
    size_t n_all, n, n_crumbs;
    int64_t total;
    enum err err = list_query_from(r, &spec, &fixed, 1, &q, e);
    if (err == ERR_NONE) {
        err = store_list_by(r->db, a, &entity_stakeholder, "country", r->country, &all, &n_all, e);
    }
    if (err == ERR_NONE) {
        err = store_list(r->db, a, &entity_stakeholder, &q.store, &found, &n, e);
    }
    if (err == ERR_NONE) {
        err = store_count(r->db, a, &entity_stakeholder, &q.store, &total, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct list_row *rows = ARENA_ARRAY(a, struct list_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        rows[i] = row_of(r, found[i]);
    }
    struct page_action add = {
        .label = req_may(r, MAY_WRITE) ? tr(r->lang, MSG("Add a stakeholder")) : NULL,
        .address = stakeholder_address(r, NULL, "/new"),
        .icon = "add"};
    const char *title =
        tr_f(a, r->lang, MSG("Stakeholders in {0}"), stakeholder_country_name(r), NULL);
    bool may_export = req_may(r, MAY_EXPORT);
    struct list_view list = {
        .query = &q,
        .stack = true,
        .label = title,
        .search_label = tr(r->lang, MSG("Search in stakeholders")),
        .columns = (struct list_column[]){
            {.label = tr(r->lang, MSG("Name")), .sort = "name", .main = true},
            {.label = tr(r->lang, MSG("Kind")), .sort = "sort"},
            {.label = tr(r->lang, MSG("Influence"))},
            {.label = tr(r->lang, MSG("Interest"))},
            {.label = tr(r->lang, MSG("State"))}},
        .n_columns = 5,
        .rows = rows,
        .n_rows = n,
        .total = total,
        // the export knows no country of its own: it is a filter there
        .export = may_export ? url_make(a, "/export/stakeholder?country={0}", r->country, NULL) : NULL,
        .back = list_back_address(r, &entity_stakeholder),
        .empty_title = tr(r->lang, MSG("No stakeholders yet")),
        .empty_text = tr(r->lang, MSG("Name the bodies that bear duties in this country, those who "
                                      "work beside them, and groups of people whose rights are at "
                                      "stake. Then tools 2.4 and 2.6 can rate them.")),
        .empty_action = add};
    struct stakeholder_list_view v = {
        .has_any = n_all > 0,
        .rate_duty_bearers = url_make(a, "/countries/{0}/tools/2.4", r->country, NULL),
        .rate_groups = url_make(a, "/countries/{0}/tools/2.6", r->country, NULL),
        .list = &list};
    fill_map(r, all, n_all, &v);
    const struct crumb *crumbs = stakeholder_crumbs(r, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){
                   .title = title,
                   .count = arena_printf(a, "%zu", n_all),
                   .about = tr(r->lang, MSG("Who bears duties, who works beside them, and whose "
                                            "rights are at stake. Every programme in this country "
                                            "sees the same list.")),
                   .crumbs = crumbs,
                   .n_crumbs = n_crumbs - 1,
                   .primary = add});
    stakeholder_list_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_stakeholder_list = {
    .path = "/countries/{country}/stakeholders",
    .needs = MAY_READ,
    .get = list_get,
    .title = MSG("Stakeholders"),
    .menu = MENU_COUNTRIES,
};
