// SPDX-License-Identifier: AGPL-3.0-or-later
//
// diligence_list_web.c: the due diligence of a programme, or of a country as a whole.

#include <string.h>

#include "base/bug.h"
#include "diligence/diligence_list.html.h"
#include "diligence/diligence_web.h"
#include "html/list.h"
#include "os/clock.h"
#include "pack/pack_choice_web.h"
#include "place/place.h"
#include "programme/programme_web.h"

static const char *const sortable[] = {"recipient", "review_on", "country", NULL};
static const struct list_spec of_programmes = {
    .kind = &entity_due_diligence,
    .search_field = "recipient",
    .sortable = sortable,
    .filters = (const char *const[]){"state", "country", "force", "decision", NULL},
    .order = "recipient",
};
static const struct list_spec of_countries = {
    .kind = &entity_due_diligence,
    .search_field = "recipient",
    .sortable = sortable,
    .filters = (const char *const[]){"state", "force", "decision", NULL},
    .order = "recipient",
};

static struct list_row row_of(struct req *r, const struct record *c, const char *today)
{
    struct list_cell *cells = ARENA_ARRAY(r->arena, struct list_cell, 5);
    const char *review = record_text(c, "review_on");
    bool late = strcmp(record_text(c, "state"), "decided") == 0 && review[0] != '\0' &&
                strcmp(review, today) < 0;
    bool copy = strcmp(diligence_tool_id(c), DILIGENCE_TOOL) != 0;
    const char *force = diligence_code(r, c, "force");
    cells[0] = (struct list_cell){
        .kind = CELL_LINK,
        .text = record_text(c, "recipient"),
        .address = diligence_case_address(r, c, ""),
        .meta = !copy ? force
                      : arena_printf(r->arena, "%s%s%s", force, force[0] == '\0' ? "" : " · ",
                                     diligence_tool_id(c))};
    cells[1] = (struct list_cell){.kind = CELL_TEXT, .text = country_words(r->lang, record_text(c, "country"))};
    cells[2] = (struct list_cell){.kind = CELL_TEXT, .text = diligence_code(r, c, "moment")};
    cells[3] = (struct list_cell){
        .kind = CELL_STATE, .look = diligence_look(c), .text = diligence_word(r, c)};
    cells[4] = late ? (struct list_cell){.kind = CELL_STATE,
                                         .look = "risk",
                                         .text = tr(r->lang, MSG("Review is late"))}
                    : (struct list_cell){.kind = CELL_DATE, .text = review};
    return (struct list_row){.cells = cells, .attention = late};
}

static void add_other(struct req *r, struct diligence_list_view *v, const struct record *c, const char *address,
                      const char *of)
{
    v->others[v->n_others++] = (struct diligence_other){.title = record_text(c, "recipient"),
                                                        .address = address,
                                                        .word = diligence_word(r, c),
                                                        .look = diligence_look(c),
                                                        .of = of};
}

// Decisions about the countries of the programme as a whole.
static enum err load_of_countries(struct req *r, struct diligence_list_view *v, struct err_info *e)
{
    struct diligence_set set;
    enum err err = diligence_load(r->db, r->arena, r->programme, &set, e);
    if (err != ERR_NONE) {
        return err;
    }
    v->others_title = tr(r->lang, MSG("For the countries as a whole"));
    v->others = ARENA_ARRAY(r->arena, struct diligence_other, set.n + 1);
    for (size_t i = 0; i < set.n; i++) {
        const char *country = record_text(set.items[i], "country");
        if (!record_is_set(set.items[i], "programme_id")) {
            add_other(r, v, set.items[i],
                      url_make(r->arena, "/countries/{0}/due-diligence/{1}", country, set.items[i]->id, NULL),
                      country_words(r->lang, country));
        }
    }
    return ERR_NONE;
}

// Cases about the country in programmes that the person may read. Two statements.
static enum err load_of_programmes(struct req *r, struct diligence_list_view *v, struct err_info *e)
{
    const struct store_query by_number = {.order = "number"};
    struct record **cases, **programmes;
    size_t n, n_programmes;
    enum err err = store_list_by(r->db, r->arena, &entity_due_diligence, "country", r->country, &cases, &n, e);
    if (err == ERR_NONE) {
        err = store_list(r->db, r->arena, &entity_programme, &by_number, &programmes, &n_programmes, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    v->others_title = tr(r->lang, MSG("In programmes that work here"));
    v->others = ARENA_ARRAY(r->arena, struct diligence_other, n + 1);
    for (size_t k = 0; k < n_programmes; k++) {
        const char *number = record_text(programmes[k], "number");
        for (size_t i = 0; i < n && identity_may(r->who, MAY_READ, programmes[k]->id); i++) {
            if (strcmp(record_text(cases[i], "programme_id"), programmes[k]->id) == 0) {
                add_other(r, v, cases[i],
                          url_make(r->arena, "/programmes/{0}/due-diligence/{1}", number, cases[i]->id, NULL), number);
            }
        }
    }
    return ERR_NONE;
}

static struct page_action begin_with(struct req *r, const struct pack_tool *tool)
{
    return (struct page_action){
        .label = req_may(r, MAY_WRITE) ? tr(r->lang, MSG("Begin a due diligence")) : NULL,
        .address = pack_choice_address(r->arena, diligence_address(r, "/new"), tool),
        .icon = "add"};
}

struct cases {
    struct list_query query;
    struct list_row *rows; // of this page of the list
    size_t n;
    int64_t total;
};

static enum err load(struct req *r, struct cases *out, struct err_info *e)
{
    bool of_programme = r->programme != NULL;
    const struct store_filter fixed[] = {
        of_programme ? (struct store_filter){"programme_id", STORE_EQUAL, r->programme->id}
                     : (struct store_filter){"programme_id", STORE_IS_EMPTY, NULL},
        {"country", STORE_EQUAL, r->country}};
    const struct list_spec *spec = of_programme ? &of_programmes : &of_countries;
    struct record **records;
    char today[11];
    clock_today(today);
    enum err err = list_query_from(r, spec, fixed, of_programme ? 1 : 2, &out->query, e);
    if (err == ERR_NONE) {
        err = store_list(r->db, r->arena, &entity_due_diligence, &out->query.store, &records, &out->n, e);
    }
    if (err == ERR_NONE) {
        err = store_count(r->db, r->arena, &entity_due_diligence, &out->query.store, &out->total, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    out->rows = ARENA_ARRAY(r->arena, struct list_row, out->n + 1);
    for (size_t i = 0; i < out->n; i++) {
        out->rows[i] = row_of(r, records[i], today);
    }
    return ERR_NONE;
}

enum err diligence_list_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct arena *a = r->arena;
    bool of_programme = r->programme != NULL;
    struct cases cases;
    struct diligence_list_view v = {0};
    struct pack_choice choice;
    size_t n_crumbs;
    enum err err = pack_choice_make(r, DILIGENCE_TOOL, "", &choice, e);
    if (err == ERR_NONE) {
        err = load(r, &cases, e);
    }
    if (err == ERR_NONE) {
        err = of_programme ? load_of_countries(r, &v, e) : load_of_programmes(r, &v, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const struct crumb *crumbs = diligence_crumbs(r, NULL, &n_crumbs);
    const char *what = of_programme ? programme_number(r) : tr(r->lang, country_name(r->country));
    const char *title = tr_f(a, r->lang, MSG("Due diligence of {0}"), what, NULL);
    bool may_export = of_programme && req_may(r, MAY_EXPORT);
    struct page_action begin = begin_with(r, choice.tool);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){
                   .title = title,
                   .about = tr(r->lang, MSG("Before a force gets support, and while it gets it: may "
                                            "UNODC give it?")),
                   .count = arena_printf(a, "%lld", (long long)cases.total),
                   .crumbs = crumbs,
                   .n_crumbs = n_crumbs - 1,
                   .primary = begin});
    struct list_view view = {
        .query = &cases.query,
        .stack = true,
        .label = title,
        .search_label = tr(r->lang, MSG("Search in due diligence")),
        .columns = (struct list_column[]){
            {.label = tr(r->lang, MSG("Force or authority")), .sort = "recipient", .main = true},
            {.label = tr(r->lang, MSG("Country")), .sort = "country"},
            {.label = tr(r->lang, MSG("Test"))},
            {.label = tr(r->lang, MSG("Decision"))},
            {.label = tr(r->lang, MSG("Next look")), .sort = "review_on"}},
        .n_columns = 5,
        .rows = cases.rows,
        .n_rows = cases.n,
        .total = cases.total,
        .export = may_export ? programme_address(r, "/export/due_diligence") : NULL,
        .back = list_back_address(r, &entity_due_diligence),
        .empty_title = tr(r->lang, MSG("No due diligence yet")),
        .empty_text = tr(r->lang, MSG("Does any of the work support police, border control, the "
                                      "military or another security force? Then begin here, before "
                                      "the support.")),
        .empty_action = begin,
    };
    v.list = &view;
    v.tool = pack_words(choice.tool->pack, r->lang, choice.tool->id, choice.tool->title);
    v.library = diligence_library(r, choice.tool);
    diligence_list_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_diligence_list = {
    .path = "/programmes/{programme}/due-diligence",
    .needs = MAY_READ,
    .get = diligence_list_get,
    .title = MSG("Due diligence"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_ANALYSE,
};
const struct route route_country_diligence_list = {
    .path = "/countries/{country}/due-diligence",
    .needs = MAY_READ,
    .get = diligence_list_get,
    .title = MSG("Due diligence"),
    .menu = MENU_COUNTRIES,
};
