// SPDX-License-Identifier: AGPL-3.0-or-later
//
// activity_list_web.c: the work plan of a programme.

#include <string.h>

#include "activity/activity_list.html.h"
#include "activity/activity_web.h"
#include "base/bug.h"
#include "html/list.h"
#include "os/clock.h"
#include "programme/programme.h"
#include "programme/programme_web.h"
#include "store/store.h"

static const char *const filters[] = {"state", "sort", "crime", "countries", "supports_force",
                                      "owner_id", NULL};
static const char *const sortable[] = {"code", "title", "starts_on", "ends_on", "cost", NULL};
static const struct list_spec spec = {
    .kind = &entity_activity,
    .search_field = "title",
    .sortable = sortable,
    .filters = filters,
    .order = "code",
};

#define COLUMNS 6

static struct list_row row_of(struct req *r, const struct record *x, const char *owner,
                              enum diligence_bar bar)
{
    struct list_cell *c = ARENA_ARRAY(r->arena, struct list_cell, COLUMNS);
    const char *state = record_text(x, "state");
    bool wrong = activity_runs(x) && bar != DILIGENCE_HOLDS;
    bool force = activity_supports_force(x);
    c[0] = (struct list_cell){.kind = CELL_LINK,
                              .text = record_text(x, "title"),
                              .address = activity_address(r, x, ""),
                              .meta = record_text(x, "code")};
    c[1] = (struct list_cell){.kind = CELL_STATE,
                              .look = wrong ? "risk" : activity_look(state),
                              .text = activity_code(r, x, "state")};
    c[2] = force ? (struct list_cell){.kind = CELL_STATE,
                                      .look = bar == DILIGENCE_HOLDS ? "done" : "warn",
                                      .text = tr(r->lang, bar == DILIGENCE_HOLDS
                                                              ? MSG("Decision holds")
                                                              : MSG("No decision that allows it"))}
                 : (struct list_cell){.kind = CELL_TEXT, .text = tr(r->lang, MSG("Not needed"))};
    c[3] = (struct list_cell){.kind = CELL_DATE, .text = record_text(x, "starts_on")};
    c[4] = (struct list_cell){.kind = CELL_DATE, .text = record_text(x, "ends_on")};
    c[5] = (struct list_cell){.kind = CELL_TEXT, .text = owner == NULL ? "" : owner};
    return (struct list_row){.cells = c,
                             .edit = activity_address(r, x, "/change"),
                             .attention = wrong};
}

static enum err list_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct arena *a = r->arena;
    const struct store_filter fixed = {"programme_id", STORE_EQUAL, r->programme->id};
    struct list_query q;
    struct record **rows;
    struct diligence_set decisions;
    struct programme_people people;
    size_t n, n_crumbs;
    int64_t total, n_wrong = 0;
    char today[11];
    clock_today(today);
    enum err err = list_query_from(r, &spec, &fixed, 1, &q, e);
    if (err == ERR_NONE) {
        err = store_list(r->db, a, &entity_activity, &q.store, &rows, &n, e);
    }
    if (err == ERR_NONE) {
        err = store_count(r->db, a, &entity_activity, &q.store, &total, e);
    }
    if (err == ERR_NONE) {
        err = diligence_load(r->db, a, NULL, &decisions, e);
    }
    if (err == ERR_NONE) {
        err = programme_people_load(r->db, a, r->programme->id, &people, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct list_row *list = ARENA_ARRAY(a, struct list_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        enum diligence_bar bar = activity_bar(&decisions, rows[i], today);
        n_wrong += activity_runs(rows[i]) && bar != DILIGENCE_HOLDS;
        list[i] = row_of(r, rows[i], programme_person_name(&people, record_text(rows[i], "owner_id")),
                         bar);
    }
    const char *number = programme_number(r);
    const struct crumb *crumbs = programme_crumbs(r, &n_crumbs);
    bool may_export = req_may(r, MAY_EXPORT);
    const char *export = programme_address(r, "/export/activity");
    struct page_action add = {.label = req_may(r, MAY_WRITE) ? tr(r->lang, MSG("Add an activity"))
                                                             : NULL,
                              .address = programme_address(r, "/activities/new"),
                              .icon = "add"};
    struct page_action diligence = {.label = tr(r->lang, MSG("Due diligence")),
                                    .address = programme_address(r, "/due-diligence")};
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr_f(a, r->lang, MSG("Work plan of {0}"), number, NULL),
                              .about = tr(r->lang, MSG("What is done, where, by whom and when. What "
                                                       "supports a force runs only on a decision.")),
                              .count = arena_printf(a, "%lld", (long long)total),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .primary = add,
                              .actions = &diligence,
                              .n_actions = 1});
    struct list_view view = {
        .query = &q,
        .stack = true,
        .label = tr_f(a, r->lang, MSG("Work plan of {0}"), number, NULL),
        .search_label = tr(r->lang, MSG("Search in the work plan")),
        .columns = (struct list_column[COLUMNS]){
            {.label = tr(r->lang, MSG("Activity")), .sort = "title", .main = true},
            {.label = tr(r->lang, MSG("State"))},
            {.label = tr(r->lang, MSG("Due diligence"))},
            {.label = tr(r->lang, MSG("First day")), .sort = "starts_on"},
            {.label = tr(r->lang, MSG("Last day")), .sort = "ends_on"},
            {.label = tr(r->lang, MSG("Responsible"))}},
        .n_columns = COLUMNS,
        .rows = list,
        .n_rows = n,
        .total = total,
        .export = may_export ? export : NULL,
        .back = list_back_address(r, &entity_activity),
        .empty_title = tr(r->lang, MSG("No activities yet")),
        .empty_text = tr(r->lang, MSG("Write down what will be done for each result, and say whether a "
                                      "force gets support.")),
        .empty_action = add,
    };
    activity_list_html(&h, &(struct activity_list_view){
                               .list = &view,
                               .warning = n_wrong == 0
                                              ? NULL
                                              : tr_n(a, r->lang,
                                                     MSG("One activity runs without a decision that "
                                                         "allows it."),
                                                     MSG("{0} activities run without a decision "
                                                         "that allows them."),
                                                     n_wrong)});
    return page_end(&h, e);
}

const struct route route_activity_list = {
    .path = "/programmes/{programme}/activities",
    .needs = MAY_READ,
    .get = list_get,
    .title = MSG("Work plan"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_IMPLEMENT,
};
