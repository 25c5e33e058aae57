// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_list_web.c: the register of a programme with its heat map.

#include <stdio.h>
#include <string.h>

#include "html/list.h"
#include "html/page.h"
#include "http/http.h"
#include "os/clock.h"
#include "programme/programme.h"
#include "risk/risk.h"
#include "risk/risk_list.html.h"
#include "risk/risk_register.h"
#include "risk/risk_suggest.h"
#include "risk/risk_web.h"

static const char *const filters[] = {"state", "likelihood", "impact", "owner_id", NULL};
static const char *const sortable[] = {"statement", "review_on", NULL};
static const struct list_spec spec = {
    .kind = &entity_risk,
    .search_field = "statement",
    .sortable = sortable,
    .filters = filters,
};

static void fill_words(struct req *r, struct risk_list_view *v)
{
    struct arena *a = r->arena;
    const int *after = v->all->residual_levels;
    v->finding = risk_heat_finding(r, v->all);
    v->after = tr_f(a, r->lang, MSG("{0} high, {1} medium, {2} low, {3} not rated"),
                    arena_printf(a, "%d", after[3]), arena_printf(a, "%d", after[2]),
                    arena_printf(a, "%d", after[1]), arena_printf(a, "%d", after[0]), NULL);
    if (v->all->late > 0) {
        v->late = tr_n(a, r->lang, MSG("One review is late"), MSG("{0} reviews are late"),
                       v->all->late);
    }
}

static struct list_row row_of(struct req *r, const struct risk_line *line,
                              const struct programme_people *people)
{
    struct arena *a = r->arena;
    const struct record *k = line->record;
    const char *number = record_text(r->programme, "number");
    const char *row = record_text(k, "row");
    const char *owner = programme_person_name(people, record_text(k, "owner_id"));
    struct list_cell *c = ARENA_ARRAY(a, struct list_cell, 6);
    c[0] = (struct list_cell){
        .kind = CELL_LINK,
        .text = record_text(k, "statement"),
        .address = url_make(a, "/programmes/{0}/risks/{1}", number, k->id, NULL),
        .meta = row[0] == '\0' ? tr(r->lang, MSG("Own risk")) : row,
    };
    c[1] = (struct list_cell){.kind = CELL_TEXT, .text = record_text(k, "who")};
    const char *state = record_text(k, "state");
    c[2] = line->is_open
               ? (struct list_cell){.kind = CELL_LEVEL,
                                    .look = line->level[0] == '\0' ? "none" : line->level,
                                    .text = tr(r->lang, risk_level_label(line->level))}
               : (struct list_cell){.kind = CELL_STATE,
                                    .look = strcmp(state, "happened") == 0 ? "risk" : "none",
                                    .text = tr(r->lang, field_choice_label(
                                                            entity_field(&entity_risk, "state"),
                                                            state))};
    c[3] = (struct list_cell){.kind = CELL_LEVEL,
                              .look = line->residual_level[0] == '\0' ? "none"
                                                                      : line->residual_level,
                              .text = tr(r->lang, risk_level_label(line->residual_level))};
    c[4] = (struct list_cell){.kind = CELL_TEXT, .text = owner == NULL ? "" : owner};
    c[5] = line->days_late > 0
               ? (struct list_cell){.kind = CELL_STATE,
                                    .look = "risk",
                                    .text = tr_n(a, r->lang, MSG("One day late"),
                                                 MSG("{0} days late"), line->days_late)}
               : (struct list_cell){.kind = CELL_DATE, .text = record_text(k, "review_on")};
    return (struct list_row){
        .cells = c,
        .edit = url_make(a, "/programmes/{0}/risks/{1}/change", number, k->id, NULL),
        .attention = line->days_late > 0 || line->needs_mitigation,
    };
}

// Everything the page shows.
struct shown {
    struct list_query query;
    struct risk_register all;
    struct risk_line *lines; // that fit the query
    size_t n;
    struct programme_people people;
    struct risk_suggestions suggestions;
};

static struct risk_line line_of(const struct risk_register *all, const struct record *risk)
{
    size_t i = 0;
    while (all->lines[i].record != risk) {
        i++;
    }
    return all->lines[i];
}

// The lines that fit the query: by level, unless the person asked for another order.
static void choose(struct arena *a, const struct list_query *q, struct record *const *risks,
                   struct shown *s)
{
    s->lines = ARENA_ARRAY(a, struct risk_line, s->all.n + 1);
    s->n = 0;
    for (size_t i = 0; i < s->all.n; i++) {
        struct risk_line line = q->sort == NULL ? s->all.lines[i] : line_of(&s->all, risks[i]);
        if (store_fits(a, line.record, &q->store)) {
            s->lines[s->n++] = line;
        }
    }
}

static enum err load(struct req *r, struct shown *s, struct err_info *e)
{
    const struct store_filter fixed = {
        .field = "programme_id", .op = STORE_EQUAL, .text = r->programme->id};
    const struct store_query *asked = &s->query.store;
    struct record **risks;
    size_t n;
    char today[11];
    clock_today(today);
    enum err err = list_query_from(r, &spec, &fixed, 1, &s->query, e);
    if (err == ERR_NONE) { // all of them, for the heat map, in the order that is asked for
        const struct store_query all = {.filters = &fixed, .n_filters = 1, .order = asked->order,
                                        .descending = asked->descending};
        err = store_list(r->db, r->arena, &entity_risk, &all, &risks, &n, e);
    }
    if (err == ERR_NONE) {
        risk_register_make(r->arena, risks, n, today, &s->all);
        choose(r->arena, &s->query, risks, s);
        err = programme_people_load(r->db, r->arena, r->programme->id, &s->people, e);
    }
    if (err == ERR_NONE) {
        err = risk_suggestions_load(r->db, r->arena, r->programme, risks, n, &s->suggestions, e);
    }
    return err;
}

static void begin_page(struct html *h, struct req *r, struct reply *p, const struct shown *s,
                       const struct page_action *add)
{
    struct arena *a = r->arena;
    const char *number = record_text(r->programme, "number");
    const struct page_action actions[] = {
        {.label = tr(r->lang, MSG("Risks of all programmes")), .address = "/risks"},
        {.label = tr(r->lang, MSG("Add a risk of your own")),
         .address = url_make(a, "/programmes/{0}/risks/new", number, NULL)}};
    page_begin(h, r, p,
               &(struct page){
                   .title = tr_f(a, r->lang, MSG("Risks of {0}"), number, NULL),
                   .count = arena_printf(a, "%zu", s->all.n),
                   .about = tr(r->lang, MSG("What the programme could do to people, by mistake or "
                                            "by not looking, and what is done about it.")),
                   .crumbs = (struct crumb[]){{tr(r->lang, MSG("Programmes")), "/programmes"},
                                              {number, url_make(a, "/programmes/{0}", number, NULL)}},
                   .n_crumbs = 2,
                   .primary = {.label = add->label, .address = add->address, .icon = "add"},
                   .actions = actions,
                   .n_actions = add->label != NULL ? 2 : 1,
               });
}

static struct list_row *rows_of(struct req *r, const struct shown *s, size_t *n)
{
    bool only_late = strcmp(req_query(r, "late"), "1") == 0;
    struct list_row *rows = ARENA_ARRAY(r->arena, struct list_row, s->n + 1);
    *n = 0;
    for (size_t i = 0; i < s->n; i++) {
        if (!only_late || s->lines[i].days_late > 0) {
            rows[(*n)++] = row_of(r, &s->lines[i], &s->people);
        }
    }
    return rows;
}

static void show(struct html *h, struct req *r, const struct shown *s,
                 const struct page_action *add)
{
    struct arena *a = r->arena;
    const char *number = record_text(r->programme, "number");
    bool may_export = identity_may(r->who, MAY_EXPORT, r->programme->id);
    size_t n_rows;
    const struct list_row *rows = rows_of(r, s, &n_rows);
    struct list_view list = {
        .query = &s->query,
        .stack = true,
        .label = tr_f(a, r->lang, MSG("Risks of {0}"), number, NULL),
        .search_label = tr(r->lang, MSG("Search in risks")),
        .columns = (struct list_column[]){
            {.label = tr(r->lang, MSG("What could happen")), .sort = "statement", .main = true},
            {.label = tr(r->lang, MSG("To whom"))},
            {.label = tr(r->lang, MSG("Now"))},
            {.label = tr(r->lang, MSG("After mitigation"))},
            {.label = tr(r->lang, MSG("Owner"))},
            {.label = tr(r->lang, MSG("Review")), .sort = "review_on"}},
        .n_columns = 6,
        .rows = rows,
        .n_rows = n_rows,
        .total = (int64_t)n_rows,
        .export = may_export ? url_make(a, "/programmes/{0}/export/risk", number, NULL) : NULL,
        .back = list_back_address(r, &entity_risk),
        .empty_title = tr(r->lang, MSG("No risks yet")),
        .empty_text = tr(r->lang, MSG("Begin with the risks that tools 3.2 to 3.6 of the Toolkit "
                                      "know: choose those that could happen here.")),
        .empty_action = *add,
    };
    struct risk_list_view v = {
        .all = &s->all, .number = number, .list = &list, .has_any = s->all.n > 0,
        .n_suggestions = (int64_t)s->suggestions.n_open,
        .suggestions = url_make(a, "/programmes/{0}/risks/suggestions", number, NULL)};
    v.takes = pack_takes_of(r, PACK_KIND_RISK_TABLE, may_export, &v.n_takes);
    v.heat = risk_heat(r, &s->all, risk_list_address(r, "?"), req_query(r, "likelihood"),
                       req_query(r, "impact"));
    fill_words(r, &v);
    risk_list_html(h, &v);
}

static enum err list_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct shown s;
    struct html h;
    enum err err = load(r, &s, e);
    if (err != ERR_NONE) {
        return err;
    }
    bool may_write = identity_may(r->who, MAY_WRITE, r->programme->id);
    const struct page_action add = {
        .label = may_write ? tr(r->lang, MSG("Add risks from the Toolkit")) : NULL,
        .address = url_make(r->arena, "/programmes/{0}/risks/from-toolkit",
                            record_text(r->programme, "number"), NULL)};
    begin_page(&h, r, p, &s, &add);
    show(&h, r, &s, &add);
    return page_end(&h, e);
}

const struct route route_risk_list = {
    .path = "/programmes/{programme}/risks",
    .needs = MAY_READ,
    .get = list_get,
    .title = MSG("Risks"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_PLAN,
};
