// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_all_web.c: all programmes that a person may read: how their indicators stand, what is late and with
// whom, by area of work and by country. Six statements, however many programmes. As a file: dashboard_all_sheet_web.c.

#include <stdint.h>
#include <string.h>

#include "base/map.h"
#include "base/order.h"
#include "base/sort.h"
#include "dashboard/dashboard_all.html.h"
#include "dashboard/dashboard_all_web.h"
#include "dashboard/dashboard_filters.html.h"
#include "dashboard/dashboard_map.html.h"
#include "dashboard/dashboard_web.h"
#include "html/list.h"
#include "html/page.h"
#include "place/place.h"
#include "result/result_words.h"

// ---- addresses and filters ------------------------------------------------------------------------

static const char *address(struct req *r, const struct dashboard_all *d, const char *path, const char *name,
                           const char *value)
{
    struct pair pairs[DASHBOARD_ALL_FILTERS];
    for (size_t i = 0; i < DASHBOARD_ALL_FILTERS; i++) {
        pairs[i] = (struct pair){dashboard_all_filters[i].name, d->asked[i]};
    }
    const struct list_query q = {.chosen = pairs, .n_chosen = DASHBOARD_ALL_FILTERS};
    return list_address(r->arena, &q, path, name, value);
}

// Programmes that work in each country, by its code: numbers in the place of addresses.
static struct map countries_of(struct req *r, const struct dashboard_all *d)
{
    struct map counts;
    map_init(&counts, r->arena);
    for (size_t i = 0; i < d->n; i++) {
        const char **places;
        size_t n = result_places_of(r->arena, d->programmes[i].programme, &places);
        for (size_t k = 0; k < n; k++) {
            void **count = map_at(&counts, places[k]);
            *count = (void *)((uintptr_t)*count + 1);
        }
    }
    return counts;
}

static const struct dashboard_filters_view *filters_of(struct req *r, const struct dashboard_all *d,
                                                       const struct map *countries,
                                                       const struct dashboard_views *views)
{
    struct dashboard_choice choices[DASHBOARD_ALL_FILTERS];
    for (size_t i = 0; i < DASHBOARD_ALL_FILTERS; i++) {
        const struct dashboard_all_filter *f = &dashboard_all_filters[i];
        const struct choice *c = field_choices(entity_field(&entity_programme, f->name));
        bool is_country = strcmp(f->name, "countries") == 0;
        size_t n = 0;
        while (c[n].code != NULL) {
            n++;
        }
        choices[i] = (struct dashboard_choice){.name = f->name, .label = tr(r->lang, f->label),
                                               .all = tr(r->lang, f->all),
                                               .options = ARENA_ARRAY(r->arena, struct dashboard_option, n + 1)};
        for (size_t k = 0; k < n; k++) { // of the countries those where a programme works
            if (!is_country || strcmp(d->asked[i], c[k].code) == 0 || map_get(countries, c[k].code) != NULL) {
                dashboard_option_add(&choices[i], d->asked[i], c[k].code, tr(r->lang, c[k].label));
            }
        }
    }
    return dashboard_filters(r, "/dashboard", address(r, d, "/dashboard", NULL, NULL), choices, DASHBOARD_ALL_FILTERS,
                             views);
}

// ---- tables ---------------------------------------------------------------------------------------

static struct dashboard_count count_of(struct req *r, const struct dashboard_tally *t)
{
    struct arena *a = r->arena;
    struct dashboard_count out = {
        .n = dashboard_number_of(a, (int64_t)t->n),
        .cells = ARENA_ARRAY(a, struct dashboard_number, STANDING_COUNT),
        .there = dashboard_of(r, t->n_there, t->n_expected),
        .late = t->n_late == 0 ? NULL : dashboard_number_of(a, (int64_t)t->n_late)};
    for (int i = 0; i < STANDING_COUNT; i++) {
        size_t n = t->by[dashboard_order[i]];
        out.cells[i] = (struct dashboard_number){n == 0 ? "–" : dashboard_number_of(a, (int64_t)n),
                                                 n > 0 && dashboard_order[i] == STANDING_BEHIND};
    }
    return out;
}

static void fill_programmes(struct req *r, const struct dashboard_all *d, struct dashboard_all_view *v)
{
    v->heads = ARENA_ARRAY(r->arena, const char *, STANDING_COUNT);
    for (int i = 0; i < STANDING_COUNT; i++) {
        v->heads[v->n_heads++] = result_standing_words(r->lang, dashboard_order[i]);
    }
    v->programmes = ARENA_ARRAY(r->arena, struct dashboard_count, d->n + 1);
    for (size_t i = 0; i < d->n; i++) {
        struct dashboard_count *c = &v->programmes[v->n_programmes++];
        *c = count_of(r, &d->programmes[i].tally);
        c->code = record_text(d->programmes[i].programme, "number");
        c->label = record_text(d->programmes[i].programme, "title");
        c->address = url_make(r->arena, "/programmes/{0}/dashboard", c->code, NULL);
    }
}

static void fill_areas(struct req *r, const struct dashboard_all *d, struct dashboard_all_view *v)
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
            if (record_has_code(d->programmes[i].programme, "areas", areas[k].code)) {
                any = true;
                dashboard_tally_join(&t, &d->programmes[i].tally);
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
    const struct dashboard_missing *a = x, *b = y;
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

static void fill_people(struct req *r, struct dashboard_all *d, struct dashboard_all_view *v)
{
    struct person *people = ARENA_ARRAY(r->arena, struct person, d->n_missing + 1);
    size_t n = 0;
    sort_items(d->missing, d->n_missing, sizeof *d->missing, by_owner);
    for (size_t i = 0; i < d->n_missing; i++) {
        const struct dashboard_missing *g = &d->missing[i];
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
    sort_items(people, n, sizeof *people, by_late);
    v->people = ARENA_ARRAY(r->arena, struct dashboard_person, n + 1);
    for (size_t i = 0; i < n; i++) {
        people[i].shown.late = dashboard_number_of(r->arena, (int64_t)people[i].late);
        people[i].shown.due = dashboard_number_of(r->arena, (int64_t)people[i].due);
        v->people[v->n_people++] = people[i].shown;
    }
}

// ---- map ------------------------------------------------------------------------------------------

static void fill_map(struct req *r, const struct dashboard_all *d, const struct map *countries,
                     struct dashboard_all_view *v)
{
    struct dashboard_tile *tiles = ARENA_ARRAY(r->arena, struct dashboard_tile, countries->n + 1);
    int64_t *counts = ARENA_ARRAY(r->arena, int64_t, countries->n + 1);
    int64_t most = 0;
    size_t n = 0;
    for (const struct choice *c = vocabulary_country.list(); c->code != NULL; c++) {
        int64_t in = (int64_t)(uintptr_t)map_get(countries, c->code);
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

// ---- the page ------------------------------------------------------------------------------------

static enum err page_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct dashboard_all d;
    struct dashboard_views views;
    enum err err = dashboard_all_load(r, MAY_READ, &d, e);
    if (err == ERR_NONE) {
        err = dashboard_views_load(r, &views, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const struct map countries = countries_of(r, &d);
    bool may_export = identity_may_anywhere(r->who, MAY_EXPORT);
    struct dashboard_all_view v = {
        .filters = filters_of(r, &d, &countries, &views),
        .lead = dashboard_lead(r, &d.sum),
        .csv = may_export ? address(r, &d, "/dashboard.csv", NULL, NULL) : NULL,
        .xlsx = may_export ? address(r, &d, "/dashboard.xlsx", NULL, NULL) : NULL};
    v.stats = dashboard_stats(r, &d.sum, "#programmes", "#late", &v.n_stats);
    fill_programmes(r, &d, &v);
    fill_people(r, &d, &v);
    fill_areas(r, &d, &v);
    fill_map(r, &d, &countries, &v);
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

const struct route route_dashboard = {
    .path = "/dashboard",
    .needs = MAY_SIGNED_IN, // shows the programmes the person may read
    .get = page_get,
    .title = MSG("Dashboard of all programmes"),
    .menu = MENU_PROGRAMMES,
};
