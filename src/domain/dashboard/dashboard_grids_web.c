// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_grids_web.c: the countries of a programme as tiles, and which values are in over the quarters.

#include <string.h>

#include "base/map.h"
#include "dashboard/dashboard_map.html.h"
#include "dashboard/dashboard_programme_web.h"
#include "place/place.h"
#include "programme/programme_web.h"
#include "result/result.h"
#include "result/result_narrow.h"
#include "result/result_words.h"

// ---- countries ------------------------------------------------------------------------------------------

static const struct dashboard_item *map_item(const struct dashboard *d)
{
    for (size_t i = 0; i < d->n; i++) {
        if (strcmp(d->items[i].line.record->id, d->ask.map) == 0) {
            return &d->items[i];
        }
    }
    return NULL;
}

struct reported {
    size_t expected, missing;
};

// Values expected and missing of each country, over the indicators that are reported by country.
static const struct reported *count_by_country(struct arena *a, const struct dashboard *d)
{
    struct reported *all = ARENA_ARRAY(a, struct reported, d->n_places + 1);
    struct map by_place;
    map_init(&by_place, a);
    for (size_t i = 0; i < d->n_places; i++) {
        *map_at(&by_place, d->places[i]) = &all[i];
    }
    for (size_t i = 0; i < d->n; i++) {
        const struct dashboard_item *item = &d->items[i];
        for (size_t p = 0; p < item->expect.n_places && item->expect.frequency != FREQUENCY_NONE; p++) {
            struct reported *of = map_get(&by_place, item->expect.places[p]);
            if (of != NULL) { // else the whole programme
                of->expected += item->reporting.n_spans;
            }
        }
        for (size_t g = 0; g < item->reporting.n_gaps; g++) {
            struct reported *of = map_get(&by_place, item->reporting.gaps[g].place);
            if (of != NULL) {
                of->missing++;
            }
        }
    }
    return all;
}

void dashboard_fill_map(struct req *r, const struct dashboard *d, struct dashboard_programme_view *v)
{
    struct arena *a = r->arena;
    const struct dashboard_item *item = map_item(d);
    const struct reported *reported = count_by_country(a, d);
    struct dashboard_tile *tiles = ARENA_ARRAY(a, struct dashboard_tile, d->n_places + 1);
    int64_t *figures = ARENA_ARRAY(a, int64_t, d->n_places + 1);
    int64_t most = item == NULL ? 100 : 0;
    bool any = item != NULL;
    for (size_t i = 0; i < d->n_places; i++) {
        const char *place = d->places[i];
        tiles[i] = (struct dashboard_tile){
            .code = place, .name = tr(r->lang, country_name(place)), .figure = "–",
            .address = dashboard_address(r, &d->ask, "", "country", place)};
        if (item != NULL) {
            struct result_line of;
            result_line_narrow(a, &item->line, &(struct result_narrow){.country = place}, d->today, &of);
            tiles[i].figure = result_total_words(a, r->lang, of.rule.unit, &of.total);
            figures[i] = of.total.figure.known ? of.total.figure.scaled : 0;
            most = figures[i] > most ? figures[i] : most;
        } else {
            size_t expected = reported[i].expected, there = expected - reported[i].missing;
            any = any || expected > 0;
            figures[i] = expected == 0 ? 0 : (int64_t)(there * 100 / expected);
            tiles[i].figure = dashboard_of(r, there, expected);
        }
    }
    for (size_t i = 0; i < d->n_places; i++) {
        tiles[i].shade = dashboard_shade(figures[i], most);
    }
    struct dashboard_map_view *map = ARENA_MAKE(a, struct dashboard_map_view);
    *map = (struct dashboard_map_view){
        .about = item == NULL ? tr(r->lang, MSG("Values that are in, of those that should be, of the indicators that "
                                                "are reported by country. The stronger the colour, the more complete."))
                              : tr_f(a, r->lang, MSG("{0}. The stronger the colour, the more."),
                                     record_text(item->line.record, "title"), NULL),
        .column = item == NULL ? tr(r->lang, MSG("Values in")) : tr(r->lang, MSG("Value"))};
    map->regions = dashboard_regions(r, tiles, d->n_places, &map->n_regions);
    v->map = any ? map : NULL;
}

// ---- quarters -----------------------------------------------------------------------------------------

static const char *why_nothing(struct req *r, const struct dashboard *d, const struct dashboard_item *item)
{
    enum result_frequency f = item->expect.frequency;
    return f == FREQUENCY_NONE && d->ask.country[0] != '\0' && record_is_set(item->line.record, "frequency")
               ? tr(r->lang, MSG("Reported for the whole programme, not by country."))
           : f == FREQUENCY_EVENT ? tr(r->lang, MSG("After each event: nothing can be expected."))
           : f == FREQUENCY_NONE ? tr(r->lang, MSG("Nobody has said how often it is collected."))
                                 : NULL;
}

static struct dashboard_heat_cell heat_cell(struct req *r, const struct heat_cell *c)
{
    static const char *const looks[] = {NULL, "none", "done", "warn", "risk"};
    static const char *const words[] = {"", MSG("Not yet"), MSG("In"), MSG("Due"), MSG("Late")};
    struct dashboard_heat_cell out = {.width = c->width, .look = looks[c->state]};
    if (c->state == HEAT_NOTHING) {
        return out;
    }
    out.state = tr(r->lang, words[c->state]);
    out.period = result_period(r->arena, r->lang, c->from, c->to);
    if (c->n_expected > 1) {
        out.count = dashboard_of(r, c->n_there, c->n_expected);
    }
    if (programme_may(r, MAY_WRITE) && (c->state == HEAT_DUE || c->state == HEAT_LATE)) {
        const char *period = arena_printf(r->arena, "%s/%s", c->from, c->to);
        out.address = arena_printf(r->arena, "%s?period=%s", programme_address(r, "/values"),
                                   url_escape(r->arena, period));
    }
    return out;
}

void dashboard_fill_heat(struct req *r, const struct dashboard *d, struct dashboard_programme_view *v)
{
    int year;
    if (!dashboard_years(record_text(r->programme, "starts_on"), record_text(r->programme, "ends_on"), d->today,
                         d->ask.span, &year, &v->n_years)) {
        return;
    }
    v->years = ARENA_ARRAY(r->arena, const char *, v->n_years);
    for (size_t i = 0; i < v->n_years; i++) {
        v->years[i] = arena_printf(r->arena, "%d", year + (int)i);
    }
    v->heat = ARENA_ARRAY(r->arena, struct dashboard_heat_row, d->n + 1);
    for (size_t i = 0; i < d->n; i++) {
        const struct dashboard_item *item = &d->items[i];
        struct heat_cell *cells;
        struct dashboard_heat_row *row = &v->heat[v->n_heat++];
        *row = (struct dashboard_heat_row){.code = result_short_code(item->line.record),
                                           .title = record_text(item->line.record, "title"),
                                           .address = dashboard_address_of(r, item),
                                           .none = why_nothing(r, d, item)};
        row->n = dashboard_heat(r->arena, &item->expect, &item->all, year, v->n_years, &cells);
        row->cells = ARENA_ARRAY(r->arena, struct dashboard_heat_cell, row->n);
        for (size_t k = 0; k < row->n; k++) {
            row->cells[k] = heat_cell(r, &cells[k]);
        }
    }
}
