// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_all_web.c: all programmes that a person may read: how their indicators stand, what is late and with
// whom, by area of work and by country; as a page and as a file. Six statements, however many programmes.

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "base/order.h"
#include "dashboard/dashboard_all.html.h"
#include "dashboard/dashboard_filters.html.h"
#include "dashboard/dashboard_map.html.h"
#include "dashboard/dashboard_web.h"
#include "html/page.h"
#include "os/clock.h"
#include "place/place.h"
#include "programme/programme.h"
#include "programme/programme_sheet_web.h"
#include "result/result.h"
#include "result/result_words.h"
#include "store/store.h"

// Fields of a programme that the page is narrowed by, as in the address.
static const struct {
    const char *name, *label, *all;
} filters[] = {{"areas", MSG("Area of work"), MSG("All areas")},
               {"countries", MSG("Country"), MSG("All countries")},
               {"crime", MSG("Crime addressed"), MSG("Both crimes")},
               {"state", MSG("State"), MSG("All states")}};

// Values of one indicator that are missing.
struct missing {
    const char *owner; // id of the person, or ""
    const struct record *programme;
    size_t late, due;
};
struct all {
    const char *asked[COUNT_OF(filters)];
    struct record **programmes; // by number
    struct dashboard_tally *tallies; // of each
    size_t n;
    struct dashboard_tally sum;
    struct missing *missing;
    size_t n_missing;
    struct programme_people people;
};

// ---- loading --------------------------------------------------------------------------------------

static bool fits(const struct record *programme, const char *field, const char *asked)
{
    return asked[0] == '\0' || (entity_field(&entity_programme, field)->type == FIELD_CODES
                                    ? record_has_code(programme, field, asked)
                                    : strcmp(record_text(programme, field), asked) == 0);
}

static bool is_choice(const char *field, const char *code)
{
    const struct choice *c = field_choices(entity_field(&entity_programme, field));
    for (; c->code != NULL; c++) {
        if (strcmp(c->code, code) == 0) {
            return true;
        }
    }
    return false;
}

static enum err ask(struct req *r, struct all *d, struct err_info *e)
{
    for (size_t i = 0; i < COUNT_OF(filters); i++) {
        d->asked[i] = req_query(r, filters[i].name);
        if (d->asked[i][0] != '\0' && !is_choice(filters[i].name, d->asked[i])) {
            return err_set(e, ERR_INPUT, filters[i].name, MSG("There is no such choice."),
                           MSG("Choose one of the filter."), NULL);
        }
    }
    return ERR_NONE;
}

static int by_number(const void *x, const void *y)
{
    const struct record *a = *(struct record *const *)x, *b = *(struct record *const *)y;
    return code_order(record_text(a, "number"), record_text(b, "number"));
}

static enum err load_programmes(struct req *r, struct all *d, enum verb verb, struct err_info *e)
{
    struct record **all;
    size_t n;
    enum err err = store_list(r->db, r->arena, &entity_programme, NULL, &all, &n, e);
    d->programmes = ARENA_ARRAY(r->arena, struct record *, n + 1);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        bool in = identity_may(r->who, verb, all[i]->id);
        for (size_t k = 0; k < COUNT_OF(filters); k++) {
            in = in && fits(all[i], filters[k].name, d->asked[k]);
        }
        if (in) {
            d->programmes[d->n++] = all[i];
        }
    }
    if (d->n > 1) {
        qsort(d->programmes, d->n, sizeof *d->programmes, by_number);
    }
    return err;
}

static size_t find(const struct all *d, const char *programme_id)
{
    size_t i = 0;
    while (i < d->n && strcmp(d->programmes[i]->id, programme_id) != 0) {
        i++;
    }
    return i;
}

static void add_missing(struct all *d, const struct result_line *line, const struct record *programme,
                        const struct result_reporting *reporting)
{
    struct missing m = {.owner = record_text(line->record, "owner_id"), .programme = programme};
    for (size_t i = 0; i < reporting->n_gaps; i++) {
        m.late += reporting->gaps[i].late;
        m.due += !reporting->gaps[i].late;
    }
    if (reporting->n_gaps > 0) {
        d->missing[d->n_missing++] = m;
    }
}

struct counting {
    struct req *r;
    struct all *d;
    const char *today;
    size_t cap; // of missing
};

static enum err count(void *context, const struct result_line *line, struct err_info *e)
{
    (void)e;
    struct counting *c = context;
    struct all *d = c->d;
    struct result_reporting reporting;
    struct arena *scratch;
    size_t of = find(d, record_text(line->record, "programme_id"));
    if (of == d->n || strcmp(record_text(line->record, "state"), "active") != 0) {
        return ERR_NONE;
    }
    scratch = arena_new(LIMIT_REQUEST_BYTES);
    const struct result_expect x = result_expect_of(scratch, line, d->programmes[of], c->today);
    result_reporting_of(scratch, &x, line->entries, line->n_values, &reporting);
    dashboard_tally_add(&d->tallies[of], line->progress.standing, &reporting);
    dashboard_tally_add(&d->sum, line->progress.standing, &reporting);
    d->missing = arena_room(c->r->arena, d->missing, sizeof *d->missing, d->n_missing, &c->cap);
    add_missing(d, line, d->programmes[of], &reporting);
    arena_free(scratch);
    return ERR_NONE;
}

static enum err load(struct req *r, struct all *d, enum verb verb, struct err_info *e)
{
    char today[11];
    struct counting c = {.r = r, .d = d, .today = today};
    clock_today(today);
    *d = (struct all){.n = 0};
    enum err err = ask(r, d, e);
    if (err == ERR_NONE) {
        err = load_programmes(r, d, verb, e);
    }
    if (err == ERR_NONE) {
        const char **ids = ARENA_ARRAY(r->arena, const char *, d->n + 1);
        for (size_t i = 0; i < d->n; i++) {
            ids[i] = d->programmes[i]->id;
        }
        d->tallies = ARENA_ARRAY(r->arena, struct dashboard_tally, d->n + 1);
        err = result_lines_each(r->db, r->arena, ids, d->n, today, count, &c, e);
    }
    if (err == ERR_NONE) {
        err = programme_people_load(r->db, r->arena, NULL, &d->people, e);
    }
    return err;
}

// ---- addresses and filters ------------------------------------------------------------------------

static const char *address(struct req *r, const struct all *d, const char *path, const char *name, const char *value)
{
    struct buf b;
    const char *sign = "?";
    buf_init(&b, r->arena, LIMIT_ADDRESS_BYTES);
    buf_str(&b, path);
    for (size_t i = 0; i < COUNT_OF(filters); i++) {
        const char *v = name != NULL && strcmp(name, filters[i].name) == 0 ? value : d->asked[i];
        if (v[0] != '\0') {
            buf_printf(&b, "%s%s=%s", sign, filters[i].name, url_escape(r->arena, v));
            sign = "&";
        }
    }
    return b.data;
}

// A country is offered when a programme shown, or asked for, works there.
static bool is_offered(const struct all *d, size_t filter, const char *code)
{
    bool any = strcmp(filters[filter].name, "countries") != 0 || strcmp(d->asked[filter], code) == 0;
    for (size_t i = 0; i < d->n && !any; i++) {
        any = record_has_code(d->programmes[i], "countries", code);
    }
    return any;
}

static const struct dashboard_filters_view *filters_of(struct req *r, const struct all *d,
                                                       const struct dashboard_views *views)
{
    struct dashboard_choice choices[COUNT_OF(filters)];
    for (size_t i = 0; i < COUNT_OF(filters); i++) {
        const struct choice *c = field_choices(entity_field(&entity_programme, filters[i].name));
        size_t n = 0;
        while (c[n].code != NULL) {
            n++;
        }
        choices[i] = (struct dashboard_choice){
            .name = filters[i].name, .label = tr(r->lang, filters[i].label), .all = tr(r->lang, filters[i].all),
            .options = ARENA_ARRAY(r->arena, struct dashboard_option, n + 1)};
        for (size_t k = 0; k < n; k++) {
            if (is_offered(d, i, c[k].code)) {
                dashboard_option_add(&choices[i], d->asked[i], c[k].code, tr(r->lang, c[k].label));
            }
        }
    }
    return dashboard_filters(r, "/dashboard", address(r, d, "/dashboard", NULL, NULL), choices, COUNT_OF(filters),
                             views);
}

// ---- tables ---------------------------------------------------------------------------------------

static struct dashboard_count count_of(struct req *r, const struct dashboard_tally *t)
{
    struct arena *a = r->arena;
    struct dashboard_count out = {
        .n = dashboard_number_of(a, (int64_t)t->n),
        .cells = ARENA_ARRAY(a, struct dashboard_number, STANDING_COUNT),
        .there = t->n_expected == 0 ? "–"
                                    : tr_f(a, r->lang, MSG("{0} of {1}"), dashboard_number_of(a, (int64_t)t->n_there),
                                           dashboard_number_of(a, (int64_t)t->n_expected), NULL),
        .late = t->n_late == 0 ? NULL : dashboard_number_of(a, (int64_t)t->n_late)};
    for (int i = 0; i < STANDING_COUNT; i++) {
        size_t n = t->by[dashboard_order[i]];
        out.cells[i] = (struct dashboard_number){n == 0 ? "–" : dashboard_number_of(a, (int64_t)n),
                                                 n > 0 && dashboard_order[i] == STANDING_BEHIND};
    }
    return out;
}

static void fill_programmes(struct req *r, const struct all *d, struct dashboard_all_view *v)
{
    v->heads = ARENA_ARRAY(r->arena, const char *, STANDING_COUNT);
    for (int i = 0; i < STANDING_COUNT; i++) {
        v->heads[v->n_heads++] = result_standing_words(r->lang, dashboard_order[i]);
    }
    v->programmes = ARENA_ARRAY(r->arena, struct dashboard_count, d->n + 1);
    for (size_t i = 0; i < d->n; i++) {
        struct dashboard_count *c = &v->programmes[v->n_programmes++];
        *c = count_of(r, &d->tallies[i]);
        c->code = record_text(d->programmes[i], "number");
        c->label = record_text(d->programmes[i], "title");
        c->address = url_make(r->arena, "/programmes/{0}/dashboard", c->code, NULL);
    }
}

static void tally_join(struct dashboard_tally *t, const struct dashboard_tally *more)
{
    t->n += more->n;
    t->n_expected += more->n_expected;
    t->n_there += more->n_there;
    t->n_late += more->n_late;
    for (int s = 0; s < STANDING_COUNT; s++) {
        t->by[s] += more->by[s];
    }
}

static void fill_areas(struct req *r, const struct all *d, struct dashboard_all_view *v)
{
    const struct choice *areas = field_choices(entity_field(&entity_programme, "areas"));
    size_t n = 0;
    while (areas[n].code != NULL) {
        n++;
    }
    v->areas = ARENA_ARRAY(r->arena, struct dashboard_count, n + 1);
    for (size_t k = 0; k < n; k++) {
        struct dashboard_tally t = {0};
        bool any = false;
        for (size_t i = 0; i < d->n; i++) {
            if (record_has_code(d->programmes[i], "areas", areas[k].code)) {
                any = true;
                tally_join(&t, &d->tallies[i]);
            }
        }
        if (any) {
            struct dashboard_count *c = &v->areas[v->n_areas++];
            *c = count_of(r, &t);
            c->label = tr(r->lang, areas[k].label);
            c->address = address(r, d, "/dashboard", "areas", areas[k].code);
        }
    }
}

// ---- people ---------------------------------------------------------------------------------------

static int by_owner(const void *x, const void *y)
{
    const struct missing *a = x, *b = y;
    int order = strcmp(a->owner, b->owner);
    return order != 0 ? order
                      : code_order(record_text(a->programme, "number"), record_text(b->programme, "number"));
}

struct person {
    const char *owner;
    size_t late, due;
    struct dashboard_person shown;
};

static int by_late(const void *x, const void *y)
{
    const struct person *a = x, *b = y;
    return a->late != b->late ? (a->late < b->late ? 1 : -1)
           : a->due != b->due ? (a->due < b->due ? 1 : -1)
                              : strcmp(a->owner, b->owner);
}

static void fill_people(struct req *r, struct all *d, struct dashboard_all_view *v)
{
    struct person *people = ARENA_ARRAY(r->arena, struct person, d->n_missing + 1);
    size_t n = 0;
    if (d->n_missing > 1) {
        qsort(d->missing, d->n_missing, sizeof *d->missing, by_owner);
    }
    for (size_t i = 0; i < d->n_missing; i++) {
        const struct missing *g = &d->missing[i];
        bool new_owner = i == 0 || strcmp(d->missing[i - 1].owner, g->owner) != 0;
        if (new_owner) {
            people[n++] = (struct person){
                .owner = g->owner,
                .shown = {.name = programme_person_name(&d->people, g->owner),
                          .where = ARENA_ARRAY(r->arena, struct dashboard_where, d->n + 1)}};
        }
        struct person *p = &people[n - 1];
        p->late += g->late;
        p->due += g->due;
        if (new_owner || d->missing[i - 1].programme != g->programme) {
            const char *number = record_text(g->programme, "number");
            p->shown.where[p->shown.n_where++] = (struct dashboard_where){
                number, url_make(r->arena, "/programmes/{0}/values/missing", number, NULL)};
        }
    }
    if (n > 1) {
        qsort(people, n, sizeof *people, by_late);
    }
    v->people = ARENA_ARRAY(r->arena, struct dashboard_person, n + 1);
    for (size_t i = 0; i < n; i++) {
        people[i].shown.late = dashboard_number_of(r->arena, (int64_t)people[i].late);
        people[i].shown.due = dashboard_number_of(r->arena, (int64_t)people[i].due);
        v->people[v->n_people++] = people[i].shown;
    }
}

// ---- map ------------------------------------------------------------------------------------------

static void fill_map(struct req *r, const struct all *d, struct dashboard_all_view *v)
{
    const struct choice *all = vocabulary_country.list();
    size_t n = 0, n_all = 0;
    int64_t most = 0;
    while (all[n_all].code != NULL) {
        n_all++;
    }
    struct dashboard_tile *tiles = ARENA_ARRAY(r->arena, struct dashboard_tile, n_all + 1);
    int64_t *counts = ARENA_ARRAY(r->arena, int64_t, n_all + 1);
    for (const struct choice *c = all; c->code != NULL; c++) {
        int64_t in = 0;
        for (size_t i = 0; i < d->n; i++) {
            in += record_has_code(d->programmes[i], "countries", c->code);
        }
        if (in > 0) {
            counts[n] = in;
            most = in > most ? in : most;
            tiles[n++] = (struct dashboard_tile){.code = c->code, .name = tr(r->lang, c->label),
                                                 .figure = dashboard_number_of(r->arena, in),
                                                 .address = address(r, d, "/dashboard", "countries", c->code)};
        }
    }
    for (size_t i = 0; i < n; i++) {
        tiles[i].shade = dashboard_shade(counts[i], most);
    }
    struct dashboard_map_view *map = ARENA_MAKE(r->arena, struct dashboard_map_view);
    *map = (struct dashboard_map_view){
        .about = tr(r->lang, MSG("Number of programmes in each country. The stronger the colour, the more.")),
        .column = tr(r->lang, MSG("Programmes"))};
    map->regions = dashboard_regions(r, tiles, n, &map->n_regions);
    v->map = n == 0 ? NULL : map;
}

// ---- page and files -------------------------------------------------------------------------------

static enum err page_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct all d;
    struct dashboard_views views;
    enum err err = load(r, &d, MAY_READ, e);
    if (err == ERR_NONE) {
        err = dashboard_views_load(r, &views, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    bool may_export = identity_may_anywhere(r->who, MAY_EXPORT);
    struct dashboard_all_view v = {
        .filters = filters_of(r, &d, &views),
        .lead = tr_f(r->arena, r->lang, MSG("Behind: {0} of {1} indicators. Target reached: {2}. Late values: {3}."),
                     dashboard_number_of(r->arena, (int64_t)d.sum.by[STANDING_BEHIND]),
                     dashboard_number_of(r->arena, (int64_t)d.sum.n),
                     dashboard_number_of(r->arena, (int64_t)d.sum.by[STANDING_REACHED]),
                     dashboard_number_of(r->arena, (int64_t)d.sum.n_late), NULL),
        .csv = may_export ? address(r, &d, "/dashboard.csv", NULL, NULL) : NULL,
        .xlsx = may_export ? address(r, &d, "/dashboard.xlsx", NULL, NULL) : NULL};
    v.stats = dashboard_stats(r, &d.sum, "#programmes", "#late", &v.n_stats);
    fill_programmes(r, &d, &v);
    fill_people(r, &d, &v);
    fill_areas(r, &d, &v);
    fill_map(r, &d, &v);
    const struct crumb crumbs[] = {{tr(r->lang, MSG("Programmes")), "/programmes"}};
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Dashboard of all programmes")),
                              .about = tr(r->lang, MSG("How far the programmes have come that you may read, and what "
                                                       "is missing.")),
                              .crumbs = crumbs,
                              .n_crumbs = 1,
                              .width = PAGE_WIDE});
    dashboard_all_html(&h, &v);
    return page_end(&h, e);
}

static enum err send(struct req *r, struct reply *p, const char *format, struct err_info *e)
{
    static const char *const codes[] = {"programme", "title", "indicators", "behind", "on_the_way", "reached",
                                        "no_value", "no_target", "not_judged", "values_expected", "values_in",
                                        "values_late"};
    static const char *const names[] = {MSG("Programme"), MSG("Title"), MSG("Indicators"), MSG("Behind"),
                                        MSG("On the way"), MSG("Reached"), MSG("No value yet"), MSG("No target"),
                                        MSG("Not judged"), MSG("Values expected"), MSG("Values in"),
                                        MSG("Values late")};
    enum { N = COUNT_OF(codes) };
    struct all d;
    enum err err = load(r, &d, MAY_EXPORT, e);
    if (err != ERR_NONE) {
        return err;
    }
    const char *words[N];
    const char **cells = ARENA_ARRAY(r->arena, const char *, d.n * N + 1);
    for (size_t i = 0; i < N; i++) {
        words[i] = tr(r->lang, names[i]);
    }
    for (size_t i = 0; i < d.n; i++) {
        const struct dashboard_tally *t = &d.tallies[i];
        const char **c = cells + i * N;
        c[0] = record_text(d.programmes[i], "number");
        c[1] = record_text(d.programmes[i], "title");
        c[2] = decimal_int_text(r->arena, (int64_t)t->n);
        for (size_t s = 0; s < STANDING_COUNT; s++) {
            c[3 + s] = decimal_int_text(r->arena, (int64_t)t->by[dashboard_order[s]]);
        }
        c[9] = decimal_int_text(r->arena, (int64_t)t->n_expected);
        c[10] = decimal_int_text(r->arena, (int64_t)t->n_there);
        c[11] = decimal_int_text(r->arena, (int64_t)t->n_late);
    }
    const struct sheet sheet = {.title = tr(r->lang, MSG("Dashboard of all programmes")),
                                .columns = sheet_columns(r->arena, codes, words, 0xFFC, N),
                                .n_columns = N,
                                .cells = cells,
                                .n_rows = d.n};
    return programme_send_sheet_as(r, p, &sheet, format, "dashboard", "programme", e);
}

static enum err csv_get(struct req *r, struct reply *p, struct err_info *e)
{
    return send(r, p, "csv", e);
}

static enum err xlsx_get(struct req *r, struct reply *p, struct err_info *e)
{
    return send(r, p, "xlsx", e);
}

const struct route route_dashboard = {
    .path = "/dashboard",
    .needs = MAY_SIGNED_IN, // shows the programmes the person may read
    .get = page_get,
    .title = MSG("Dashboard of all programmes"),
    .menu = MENU_PROGRAMMES,
};
const struct route route_dashboard_csv = {
    .path = "/dashboard.csv",
    .needs = MAY_SIGNED_IN, // of the programmes the person may export
    .get = csv_get,
    .title = MSG("Dashboard of all programmes"),
    .slow = true,
};
const struct route route_dashboard_xlsx = {
    .path = "/dashboard.xlsx",
    .needs = MAY_SIGNED_IN, // of the programmes the person may export
    .get = xlsx_get,
    .title = MSG("Dashboard of all programmes"),
    .slow = true,
};
