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

struct plan {
    struct list_query query;
    struct list_row *rows; // of this page of it
    size_t n;
    int64_t total;
    int64_t n_wrong; // of these rows: they run without a decision that allows it
};

static enum err load(struct req *r, struct plan *plan, struct err_info *e)
{
    struct arena *a = r->arena;
    const struct store_filter fixed = {"programme_id", STORE_EQUAL, r->programme->id};
    struct record **records;
    struct diligence_set decisions;
    struct programme_people people;
    char today[11];
    clock_today(today);
    enum err err = list_query_from(r, &spec, &fixed, 1, &plan->query, e);
    if (err == ERR_NONE) {
        err = store_list(r->db, a, &entity_activity, &plan->query.store, &records, &plan->n, e);
    }
    if (err == ERR_NONE) {
        err = store_count(r->db, a, &entity_activity, &plan->query.store, &plan->total, e);
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
    plan->rows = ARENA_ARRAY(a, struct list_row, plan->n + 1);
    for (size_t i = 0; i < plan->n; i++) {
        const char *owner = programme_person_name(&people, record_text(records[i], "owner_id"));
        plan->rows[i] = row_of(r, records[i], owner, activity_bar(&decisions, records[i], today));
        plan->n_wrong += plan->rows[i].attention;
    }
    return ERR_NONE;
}

static enum err list_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct arena *a = r->arena;
    struct plan plan = {0};
    size_t n_crumbs;
    enum err err = load(r, &plan, e);
    if (err != ERR_NONE) {
        return err;
    }
    const char *title = tr_f(a, r->lang, MSG("Work plan of {0}"), programme_number(r), NULL);
    const struct crumb *crumbs = programme_crumbs(r, &n_crumbs);
    struct page_action add = {.label = req_may(r, MAY_WRITE) ? tr(r->lang, MSG("Add an activity"))
                                                             : NULL,
                              .address = programme_address(r, "/activities/new"),
                              .icon = "add"};
    struct page_action diligence = {.label = tr(r->lang, MSG("Due diligence")),
                                    .address = programme_address(r, "/due-diligence")};
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = title,
                              .about = tr(r->lang, MSG("What is done, where, by whom and when. Work "
                                                       "that supports a security force needs a decision first.")),
                              .count = arena_printf(a, "%lld", (long long)plan.total),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .primary = add,
                              .actions = &diligence,
                              .n_actions = 1});
    struct list_view view = {
        .query = &plan.query,
        .stack = true,
        .label = title,
        .search_label = tr(r->lang, MSG("Search in the work plan")),
        .columns = (struct list_column[COLUMNS]){
            {.label = tr(r->lang, MSG("Activity")), .sort = "title", .main = true},
            {.label = tr(r->lang, MSG("State"))},
            {.label = tr(r->lang, MSG("Due diligence"))},
            {.label = tr(r->lang, MSG("First day")), .sort = "starts_on"},
            {.label = tr(r->lang, MSG("Last day")), .sort = "ends_on"},
            {.label = tr(r->lang, MSG("Responsible"))}},
        .n_columns = COLUMNS,
        .rows = plan.rows,
        .n_rows = plan.n,
        .total = plan.total,
        .export = req_may(r, MAY_EXPORT) ? programme_address(r, "/export/activity") : NULL,
        .back = list_back_address(r, &entity_activity),
        .empty_title = tr(r->lang, MSG("No activities yet")),
        .empty_text = tr(r->lang, MSG("Write down what will be done for each result, and say whether a "
                                      "force gets support.")),
        .empty_action = add,
    };
    const char *warning =
        plan.n_wrong == 0 ? NULL
                          : tr_n(a, r->lang, MSG("One activity runs without a decision that allows it."),
                                 MSG("{0} activities run without a decision that allows them."), plan.n_wrong);
    activity_list_html(&h, &(struct activity_list_view){.list = &view, .warning = warning});
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
