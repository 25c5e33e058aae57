// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_web.c: see dashboard_web.h.

#include "dashboard/dashboard_web.h"

#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "dashboard/dashboard.h"
#include "dashboard/dashboard_filters.html.h"
#include "html/list.h"
#include "os/clock.h"
#include "place/place.h"
#include "programme/programme.h"
#include "programme/programme_web.h"
#include "result/result.h"
#include "result/result_narrow.h"
#include "result/result_words.h"
#include "store/store.h"

// ---- what is asked for ----------------------------------------------------------------------------

static enum err wrong(struct err_info *e, const char *field, const char *text)
{
    return err_set(e, ERR_INPUT, field, text, MSG("Choose one of the filter."), NULL);
}

static bool is_place(const struct dashboard *d, const char *code)
{
    for (size_t i = 0; i < d->n_places; i++) {
        if (strcmp(d->places[i], code) == 0) {
            return true;
        }
    }
    return false;
}

static const struct record *result_with_code(const struct dashboard *d, const char *code)
{
    for (size_t i = 0; i < d->n_results; i++) {
        if (strcmp(record_text(d->results[i], "code"), code) == 0) {
            return d->results[i];
        }
    }
    return NULL;
}

enum err dashboard_filters_check(const struct req *r, const struct pair *filters, size_t n, struct err_info *e)
{
    for (size_t i = 0; i < r->n_query; i++) {
        bool known = r->query[i].value[0] == '\0';
        for (size_t k = 0; k < n; k++) {
            known = known || strcmp(r->query[i].name, filters[k].name) == 0;
        }
        if (!known) {
            return err_set(e, ERR_INPUT, NULL, MSG("There is no filter “{0}” here."), MSG("Choose one of the filter."),
                           r->query[i].name, NULL);
        }
    }
    return ERR_NONE;
}

// The filters with what is asked of them, as they stand in an address.
#define FILTERS 5
static void filters_of(const struct dashboard_ask *k, struct pair out[FILTERS])
{
    const struct pair pairs[FILTERS] = {{"period", k->period}, {"country", k->country}, {"result", k->result},
                                        {"split", k->split},   {"map", k->map}};
    memcpy(out, pairs, sizeof pairs);
}

static enum err ask(struct req *r, struct dashboard *d, struct err_info *e)
{
    struct dashboard_ask *k = &d->ask;
    *k = (struct dashboard_ask){.period = req_query(r, "period"), .country = req_query(r, "country"),
                                .result = req_query(r, "result"), .split = req_query(r, "split"),
                                .map = req_query(r, "map")};
    struct pair filters[FILTERS];
    filters_of(k, filters);
    if (dashboard_filters_check(r, filters, FILTERS, e) != ERR_NONE) {
        return ERR_INPUT;
    }
    if (k->period[0] != '\0') {
        struct result_span *span = ARENA_MAKE(r->arena, struct result_span);
        if (!result_span_read(r->arena, k->period, span)) {
            return wrong(e, "period", MSG("This is not a period."));
        }
        k->span = span;
    }
    if (k->country[0] != '\0' && !is_place(d, k->country)) {
        return wrong(e, "country", MSG("This is not a country of the programme."));
    }
    d->top = result_with_code(d, k->result);
    if (k->result[0] != '\0' && d->top == NULL) {
        return wrong(e, "result", MSG("The programme has no such result."));
    }
    if (k->split[0] != '\0' && characteristic_find(k->split) == NULL) {
        return wrong(e, "split", MSG("There is no such characteristic."));
    }
    return ERR_NONE;
}

const char *dashboard_address(struct req *r, const struct dashboard_ask *k, const char *ending, const char *name,
                              const char *value)
{
    struct pair pairs[FILTERS];
    filters_of(k, pairs);
    const struct list_query q = {.chosen = pairs, .n_chosen = FILTERS};
    return list_address(r->arena, &q, arena_printf(r->arena, "%s%s", programme_address(r, "/dashboard"), ending), name,
                        value);
}

// ---- loading --------------------------------------------------------------------------------------

static void fill_item(struct req *r, const struct dashboard *d, const struct result_line *line,
                      struct dashboard_item *out)
{
    const struct dashboard_ask *k = &d->ask;
    const char *country = k->country[0] == '\0' ? NULL : k->country;
    const struct result_narrow so_far = {.to = k->span == NULL ? NULL : k->span->to, .country = country};
    const struct result_narrow within = {.from = k->span == NULL ? NULL : k->span->from, .to = so_far.to,
                                         .country = country};
    if (k->span == NULL && country == NULL) {
        out->line = out->within = *line;
    } else {
        result_line_narrow(r->arena, line, &so_far, d->today, &out->line);
        result_line_narrow(r->arena, line, &within, d->today, &out->within);
    }
    out->expect = result_expect_of(r->arena, line, r->programme, d->today);
    if (country != NULL) {
        // of one country; what is reported for the whole programme alone is not expected of it
        out->expect.frequency = out->expect.n_places > 0 ? out->expect.frequency : FREQUENCY_NONE;
        out->expect.places = &k->country;
        out->expect.n_places = 1;
    }
    result_reporting_of(r->arena, &out->expect, line->entries, line->n_values, &out->all);
    dashboard_reporting_within(r->arena, &out->expect, &out->all, k->span, &out->reporting);
    out->covered = country != NULL ? NULL : result_covered_words(r->arena, r->lang, &out->line, r->programme);
}

static bool is_indicator(const struct result_lines *lines, const char *id)
{
    for (size_t i = 0; i < lines->n; i++) {
        if (strcmp(lines->items[i].record->id, id) == 0) {
            return true;
        }
    }
    return false;
}

enum err dashboard_load(struct req *r, bool with_parts, struct dashboard *d, struct err_info *e)
{
    struct result_lines lines;
    char today[11];
    clock_today(today);
    *d = (struct dashboard){.today = arena_copy(r->arena, today)};
    d->n_places = result_places_of(r->arena, r->programme, &d->places);
    enum err err = store_list_by(r->db, r->arena, &entity_result, "programme_id", r->programme->id, &d->results,
                                 &d->n_results, e);
    if (err == ERR_NONE) {
        err = ask(r, d, e);
    }
    if (err == ERR_NONE) {
        const struct result_ask asked = {.programme_id = r->programme->id, .today = d->today,
                                         .parts = with_parts && d->ask.split[0] != '\0' &&
                                                  result_may_see_parts(r->who, r->programme->id)};
        err = result_lines_load(r->db, r->arena, &asked, &lines, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    if (d->ask.map[0] != '\0' && !is_indicator(&lines, d->ask.map)) {
        return wrong(e, "map", MSG("The programme has no such indicator."));
    }
    d->items = ARENA_ARRAY(r->arena, struct dashboard_item, lines.n + 1);
    for (size_t i = 0; i < lines.n; i++) {
        const struct record *k = lines.items[i].record;
        if (strcmp(record_text(k, "state"), "active") == 0 &&
            (d->top == NULL || result_is_below(d->results, d->n_results, record_text(k, "result_id"), d->top->id))) {
            struct dashboard_item *item = &d->items[d->n++];
            fill_item(r, d, &lines.items[i], item);
            dashboard_tally_add(&d->tally, item->line.progress.standing, &item->reporting);
        }
    }
    return ERR_NONE;
}

// ---- words and counts -----------------------------------------------------------------------------

const char *dashboard_number_of(struct arena *a, int64_t n)
{
    return decimal_for_people(a, decimal_int_text(a, n));
}

const char *dashboard_of(struct req *r, size_t n, size_t of)
{
    return of == 0 ? "–"
                   : tr_f(r->arena, r->lang, MSG("{0} of {1}"), dashboard_number_of(r->arena, (int64_t)n),
                          dashboard_number_of(r->arena, (int64_t)of), NULL);
}

const char *dashboard_lead(struct req *r, const struct dashboard_tally *t)
{
    struct arena *a = r->arena;
    return tr_f(a, r->lang, MSG("Behind: {0} of {1} indicators. Target reached: {2}. Late values: {3}."),
                dashboard_number_of(a, (int64_t)t->by[STANDING_BEHIND]), dashboard_number_of(a, (int64_t)t->n),
                dashboard_number_of(a, (int64_t)t->by[STANDING_REACHED]), dashboard_number_of(a, (int64_t)t->n_late),
                NULL);
}

const enum result_standing dashboard_order[STANDING_COUNT] = {
    STANDING_BEHIND, STANDING_ON_THE_WAY, STANDING_REACHED,
    STANDING_NO_VALUE, STANDING_NO_TARGET, STANDING_NOT_JUDGED};
#define ALWAYS 3 // of these, also when there are none

const char *dashboard_standing_means(const struct lang *lang, enum result_standing standing)
{
    static const char *const means[STANDING_COUNT] = {
        [STANDING_NO_VALUE] = MSG("There is no value that counts."),
        [STANDING_NO_TARGET] = MSG("There is a value and no target."),
        [STANDING_NOT_JUDGED] = MSG("Neither more nor less is better; or the day of the target has not come, and "
                                    "there is no dated baseline or the value comes all at once."),
        [STANDING_REACHED] = MSG("The value is at the target or beyond it, in the better direction."),
        [STANDING_ON_THE_WAY] = MSG("Not reached yet, and at the straight line from the baseline to the target, or "
                                    "better."),
        [STANDING_BEHIND] = MSG("Not reached, and the day has passed; or worse than the straight line from the "
                                "baseline to the target on the last day of the value.")};
    return tr(lang, means[standing]);
}

struct dashboard_stat *dashboard_stats(struct req *r, const struct dashboard_tally *t, const char *records,
                                       const char *missing, size_t *n)
{
    struct arena *a = r->arena;
    struct dashboard_stat *stats = ARENA_ARRAY(a, struct dashboard_stat, STANDING_COUNT + 1);
    *n = 0;
    for (int i = 0; i < STANDING_COUNT; i++) {
        enum result_standing s = dashboard_order[i];
        if (t->by[s] == 0 && i >= ALWAYS) {
            continue;
        }
        struct html_figure *f = ARENA_MAKE(a, struct html_figure);
        const char *count = dashboard_number_of(a, (int64_t)t->by[s]);
        *f = (struct html_figure){.shown = count,
                                  .exact = tr_f(a, r->lang, MSG("{0} of {1} indicators"), count,
                                                dashboard_number_of(a, (int64_t)t->n), NULL),
                                  .means = result_standing_words(r->lang, s),
                                  .rule = dashboard_standing_means(r->lang, s),
                                  .records = records};
        stats[(*n)++] = (struct dashboard_stat){result_standing_words(r->lang, s), f};
    }
    if (t->n_expected > 0) {
        struct html_figure *f = ARENA_MAKE(a, struct html_figure);
        *f = (struct html_figure){
            .shown = dashboard_of(r, t->n_there, t->n_expected),
            .exact = tr_n(a, r->lang, MSG("One value is late"), MSG("{0} values are late"), (int64_t)t->n_late),
            .means = tr(r->lang, MSG("Values that should be in by today, and are.")),
            .rule = tr(r->lang, MSG("One for each period that has ended and, where it is so said, for each country. "
                                    "Thirty days after the end of its period a missing value is late.")),
            .records = missing};
        stats[(*n)++] = (struct dashboard_stat){tr(r->lang, MSG("Values in")), f};
    }
    return stats;
}

// ---- map ------------------------------------------------------------------------------------------

static const char *region_of(const struct dashboard_tile *tile)
{
    const char *region = country_region(tile->code);
    return region == NULL ? "" : region;
}

struct dashboard_region *dashboard_regions(struct req *r, const struct dashboard_tile *tiles, size_t n,
                                           size_t *n_regions)
{
    static const char *const names[] = {MSG("Africa"), MSG("Americas"), MSG("Asia"), MSG("Europe"), MSG("Oceania"), ""};
    enum { REGIONS = sizeof names / sizeof names[0] };
    struct dashboard_region *regions = ARENA_ARRAY(r->arena, struct dashboard_region, REGIONS);
    *n_regions = 0;
    for (size_t k = 0; k < REGIONS; k++) {
        struct dashboard_region *region = &regions[*n_regions];
        *region = (struct dashboard_region){
            .name = tr(r->lang, names[k][0] == '\0' ? MSG("Elsewhere") : names[k]),
            .tiles = ARENA_ARRAY(r->arena, struct dashboard_tile, n + 1)};
        for (size_t i = 0; i < n; i++) {
            if (strcmp(region_of(&tiles[i]), names[k]) == 0) {
                region->tiles[region->n++] = tiles[i];
            }
        }
        *n_regions += region->n > 0;
    }
    return regions;
}

// ---- saved views ----------------------------------------------------------------------------------

enum err dashboard_views_load(struct req *r, struct dashboard_views *out, struct err_info *e)
{
    return store_list_by(r->db, r->arena, &entity_saved_view, "user_id", r->who->user_id, &out->items, &out->n, e);
}

void dashboard_option_add(struct dashboard_choice *c, const char *asked, const char *value, const char *label)
{
    c->options[c->n++] = (struct dashboard_option){value, label, strcmp(asked, value) == 0};
}

struct dashboard_filters_view *dashboard_filters(struct req *r, const char *plain, const char *here,
                                                 const struct dashboard_choice *choices, size_t n,
                                                 const struct dashboard_views *views)
{
    struct dashboard_filters_view *v = ARENA_MAKE(r->arena, struct dashboard_filters_view);
    *v = (struct dashboard_filters_view){
        .action = plain,
        .reset = strcmp(plain, here) == 0 ? NULL : plain,
        .items = ARENA_ARRAY(r->arena, struct dashboard_choice, n),
        .views = *views,
        .save = arena_printf(r->arena, "/dashboard/views/new?address=%s", url_escape(r->arena, here))};
    for (size_t i = 0; i < n; i++) {
        if (choices[i].n > 0) {
            v->items[v->n++] = choices[i];
        }
    }
    return v;
}
