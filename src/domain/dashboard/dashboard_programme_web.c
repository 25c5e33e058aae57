// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_programme_web.c: the dashboard of a programme as a page.
//
// Its address holds the filters, so that it can be saved and sent. As a file: dashboard_sheet_web.c.

#include <string.h>

#include "base/bug.h"
#include "base/date.h"
#include "dashboard/dashboard_map.html.h"
#include "dashboard/dashboard_parts_web.h"
#include "dashboard/dashboard_programme.html.h"
#include "format/svg/svg_write.h"
#include "html/page.h"
#include "place/place.h"
#include "programme/programme_web.h"
#include "result/result_chart_web.h"
#include "result/result_figure_web.h"
#include "result/result_narrow.h"
#include "result/result_words.h"

#define LIMIT_CHART_BYTES 262144

static const char *code_of(const struct dashboard_item *item)
{
    const char *code = record_text(item->line.record, "code");
    const char *stroke = strrchr(code, '/');
    return stroke == NULL ? code : stroke + 1;
}

static const char *address_of(struct req *r, const struct dashboard_item *item)
{
    return programme_address(r, url_make(r->arena, "/indicators/{0}", item->line.record->id, NULL));
}

static const struct html_figure *figure_of(struct req *r, const struct dashboard_item *item)
{
    return result_total_figure(r, &item->line, arena_printf(r->arena, "%s#values", address_of(r, item)));
}

// ---- filters --------------------------------------------------------------------------------------

// Years and halves of the programme up to today, the newest first; and what is asked for, when it is another.
static void fill_periods(struct req *r, const struct dashboard *d, struct dashboard_choice *c)
{
    const char *starts = record_text(r->programme, "starts_on"), *ends = record_text(r->programme, "ends_on");
    struct result_span span;
    int year = 0, first = 0;
    size_t n = 0;
    if (dashboard_years(starts, ends, d->today, NULL, &year, &n)) {
        first = (starts[0] - '0') * 1000 + (starts[1] - '0') * 100 + (starts[2] - '0') * 10 + (starts[3] - '0');
        year += (int)n - 1;
    }
    bool found = d->ask.period[0] == '\0';
    c->options = ARENA_ARRAY(r->arena, struct dashboard_option, (size_t)(year - first + 1) * 3 + 2);
    for (; first > 0 && year >= first; year--) {
        const char *word = arena_printf(r->arena, "%d", year);
        const struct dashboard_option options[] = {
            {.value = word, .label = word},
            {.value = arena_printf(r->arena, "%s-H2", word),
             .label = tr_f(r->arena, r->lang, MSG("Second half of {0}"), word, NULL)},
            {.value = arena_printf(r->arena, "%s-H1", word),
             .label = tr_f(r->arena, r->lang, MSG("First half of {0}"), word, NULL)}};
        for (size_t i = 0; i < COUNT_OF(options); i++) {
            if (result_span_read(r->arena, options[i].value, &span) && strcmp(span.from, d->today) <= 0 &&
                strcmp(span.from, ends) <= 0 && strcmp(span.to, starts) >= 0) {
                found = found || strcmp(options[i].value, d->ask.period) == 0;
                dashboard_option_add(c, d->ask.period, options[i].value, options[i].label);
            }
        }
    }
    if (!found) {
        dashboard_option_add(c, d->ask.period, d->ask.period,
                             result_period(r->arena, r->lang, d->ask.span->from, d->ask.span->to));
    }
}

static void fill_countries(struct req *r, const struct dashboard *d, struct dashboard_choice *c)
{
    c->options = ARENA_ARRAY(r->arena, struct dashboard_option, d->n_places + 1);
    for (size_t i = 0; i < d->n_places; i++) {
        dashboard_option_add(c, d->ask.country, d->places[i], tr(r->lang, country_name(d->places[i])));
    }
}

static void fill_results(struct req *r, const struct dashboard *d, struct dashboard_choice *c)
{
    c->options = ARENA_ARRAY(r->arena, struct dashboard_option, d->n_results + 1);
    for (size_t i = 0; i < d->n_results; i++) {
        const char *code = record_text(d->results[i], "code");
        dashboard_option_add(c, d->ask.result, code,
                   arena_printf(r->arena, "%s: %s", code, record_text(d->results[i], "statement")));
    }
}

// Characteristics by which an indicator shown is split.
static void fill_splits(struct req *r, const struct dashboard *d, struct dashboard_choice *c)
{
    size_t n;
    const struct characteristic *all = characteristics(&n);
    c->options = ARENA_ARRAY(r->arena, struct dashboard_option, n + 1);
    for (size_t i = 0; i < n; i++) {
        bool any = strcmp(all[i].code, d->ask.split) == 0;
        for (size_t k = 0; k < d->n && !any; k++) {
            any = record_has_code(d->items[k].line.record, "disaggregation", all[i].code);
        }
        if (any) {
            dashboard_option_add(c, d->ask.split, all[i].code, tr(r->lang, all[i].title));
        }
    }
}

static bool has_places(const struct result_line *line)
{
    for (size_t i = 0; i < line->n_values; i++) {
        if (line->entries[i].place[0] != '\0') {
            return true;
        }
    }
    return false;
}

static void fill_maps(struct req *r, const struct dashboard *d, struct dashboard_choice *c)
{
    c->options = ARENA_ARRAY(r->arena, struct dashboard_option, d->n + 1);
    for (size_t i = 0; i < d->n; i++) {
        if (has_places(&d->items[i].line)) {
            dashboard_option_add(c, d->ask.map, d->items[i].line.record->id,
                       arena_printf(r->arena, "%s: %s", code_of(&d->items[i]),
                                    record_text(d->items[i].line.record, "title")));
        }
    }
}

static const struct dashboard_filters_view *filters_of(struct req *r, const struct dashboard *d,
                                                       const struct dashboard_views *views)
{
    static const struct {
        const char *name, *label, *all;
        void (*fill)(struct req *r, const struct dashboard *d, struct dashboard_choice *c);
    } kinds[] = {{"period", MSG("Period"), MSG("Up to today"), fill_periods},
                 {"country", MSG("Country"), MSG("All countries"), fill_countries},
                 {"result", MSG("Result"), MSG("All results"), fill_results},
                 {"split", MSG("Split by"), MSG("Not split"), fill_splits},
                 {"map", MSG("Map shows"), MSG("Values that are in"), fill_maps}};
    struct dashboard_choice choices[COUNT_OF(kinds)];
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        choices[i] = (struct dashboard_choice){.name = kinds[i].name, .label = tr(r->lang, kinds[i].label),
                                               .all = tr(r->lang, kinds[i].all)};
        kinds[i].fill(r, d, &choices[i]);
    }
    return dashboard_filters(r, programme_address(r, "/dashboard"), dashboard_address(r, &d->ask, "", NULL, NULL),
                             choices, COUNT_OF(kinds), views);
}

// ---- words over the figures -----------------------------------------------------------------------

static const char *lead_of(struct req *r, const struct dashboard *d)
{
    struct arena *a = r->arena;
    if (d->n == 0) {
        return tr(r->lang, d->ask.result[0] == '\0' ? MSG("The programme has no indicator in use yet.")
                                                    : MSG("No indicator in use belongs to this result."));
    }
    return tr_f(a, r->lang, MSG("Behind: {0} of {1} indicators. Target reached: {2}. Late values: {3}."),
                dashboard_number_of(a, (int64_t)d->tally.by[STANDING_BEHIND]), dashboard_number_of(a, (int64_t)d->n),
                dashboard_number_of(a, (int64_t)d->tally.by[STANDING_REACHED]),
                dashboard_number_of(a, (int64_t)d->tally.n_late), NULL);
}

static const char *shown_of(struct req *r, const struct dashboard *d)
{
    const char *period = d->ask.span == NULL
                             ? NULL
                             : tr_f(r->arena, r->lang,
                                    MSG("As it stood on {0}: values that end later are left out, and targets are "
                                        "those of that day."),
                                    date_for_people(r->arena, r->lang, d->ask.span->to), NULL);
    const char *country = d->ask.country[0] == '\0'
                              ? NULL
                              : tr_f(r->arena, r->lang,
                                     MSG("Values of {0} alone. Targets belong to the whole programme, so nothing is "
                                         "judged here."),
                                     tr(r->lang, country_name(d->ask.country)), NULL);
    return period == NULL    ? country
           : country == NULL ? period
                             : arena_printf(r->arena, "%s %s", period, country);
}

// ---- cards and rows -------------------------------------------------------------------------------

static struct safe_html svg_of(struct req *r, const struct chart_shapes *shapes, const char *id)
{
    struct buf b;
    buf_init(&b, r->arena, LIMIT_CHART_BYTES);
    svg_write(&b, shapes, id);
    return buf_is_full(&b) ? (struct safe_html){"", 0} : (struct safe_html){b.data, b.len};
}

static void fill_cards(struct req *r, const struct dashboard *d, struct dashboard_programme_view *v)
{
    v->cards = ARENA_ARRAY(r->arena, struct dashboard_card, d->n + 1);
    for (size_t i = 0; i < d->n; i++) {
        const struct dashboard_item *item = &d->items[i];
        struct chart_shapes shapes;
        struct dashboard_card *c = &v->cards[v->n_cards++];
        *c = (struct dashboard_card){
            .anchor = arena_printf(r->arena, "trend-%zu", i + 1),
            .code = code_of(item),
            .title = record_text(item->line.record, "title"),
            .address = address_of(r, item),
            .look = result_standing_look(item->line.progress.standing),
            .finding = result_chart_finding(r->arena, r->lang, &item->line),
            .why = result_why_standing(r->arena, r->lang, &item->line),
            .figure = figure_of(r, item),
            .covered = item->covered,
        };
        bool alone = item->line.n_values < 2 && item->line.target == NULL && !item->line.has_baseline;
        if (!alone && result_chart_small(r->arena, r->lang, &item->line, &shapes)) {
            c->chart = svg_of(r, &shapes, arena_printf(r->arena, "chart-%zu", i + 1));
            c->has_chart = c->chart.len > 0;
        }
    }
}

static void fill_rows(struct req *r, const struct dashboard *d, struct dashboard_programme_view *v)
{
    struct arena *a = r->arena;
    v->by_period = d->ask.span != NULL;
    v->rows = ARENA_ARRAY(a, struct dashboard_row, d->n + 1);
    for (size_t i = 0; i < d->n; i++) {
        const struct dashboard_item *item = &d->items[i];
        const struct result_line *line = &item->line;
        const struct result_figure base = {.known = line->has_baseline, .scaled = line->baseline};
        v->rows[v->n_rows++] = (struct dashboard_row){
            .anchor = arena_printf(a, "row-%zu", i + 1),
            .code = code_of(item),
            .title = record_text(line->record, "title"),
            .address = address_of(r, item),
            .covered = item->covered,
            .figure = figure_of(r, item),
            .within = result_total_words(a, r->lang, line->rule.unit, &item->within.total),
            .baseline = result_figure_words(a, r->lang, line->rule.unit, &base),
            .target = line->target == NULL
                          ? "–"
                          : tr_f(a, r->lang, MSG("{0} by {1}"),
                                 result_number(a, r->lang, line->rule.unit, line->target->value),
                                 date_for_people(a, r->lang, line->target->due_on), NULL),
            .progress = line->progress.has_percent
                            ? arena_printf(a, "%s %%", result_plain(a, line->progress.percent, 1))
                            : "–",
            .look = result_standing_look(line->progress.standing),
            .standing = result_standing_words(r->lang, line->progress.standing),
            .there = item->reporting.n_expected == 0
                         ? "–"
                         : tr_f(a, r->lang, MSG("{0} of {1}"),
                                dashboard_number_of(a, (int64_t)item->reporting.n_there),
                                dashboard_number_of(a, (int64_t)item->reporting.n_expected), NULL),
        };
    }
}

// ---- parts ----------------------------------------------------------------------------------------

static void fill_parts(struct req *r, const struct dashboard *d, struct dashboard_programme_view *v)
{
    if (d->ask.split[0] == '\0') {
        return;
    }
    v->split = characteristic_title(r->lang, d->ask.split);
    v->parts = ARENA_ARRAY(r->arena, struct dashboard_parts, d->n + 1);
    for (size_t i = 0; i < d->n; i++) {
        const struct dashboard_item *item = &d->items[i];
        struct chart_shapes shapes;
        const char *note;
        if (dashboard_parts_chart(r, &item->line, d->ask.split, &shapes, &note)) {
            v->parts[v->n_parts++] = (struct dashboard_parts){
                .code = code_of(item),
                .title = record_text(item->line.record, "title"),
                .address = address_of(r, item),
                .note = note,
                .chart = svg_of(r, &shapes, arena_printf(r->arena, "parts-%zu", i + 1))};
        }
    }
}

// ---- map ------------------------------------------------------------------------------------------

static const struct dashboard_item *map_item(const struct dashboard *d)
{
    for (size_t i = 0; i < d->n; i++) {
        if (strcmp(d->items[i].line.record->id, d->ask.map) == 0) {
            return &d->items[i];
        }
    }
    return NULL;
}

// Values in and expected of one country, over the indicators that are reported by country.
static void count_in(const struct dashboard *d, const char *place, size_t *expected, size_t *there)
{
    *expected = *there = 0;
    for (size_t i = 0; i < d->n; i++) {
        const struct dashboard_item *item = &d->items[i];
        size_t n_missing = 0;
        bool of_it = false;
        for (size_t p = 0; p < item->expect.n_places; p++) {
            of_it = of_it || strcmp(item->expect.places[p], place) == 0;
        }
        if (!of_it || item->expect.frequency == FREQUENCY_NONE) {
            continue;
        }
        for (size_t g = 0; g < item->reporting.n_gaps; g++) {
            n_missing += strcmp(item->reporting.gaps[g].place, place) == 0;
        }
        *expected += item->reporting.n_spans;
        *there += item->reporting.n_spans - n_missing;
    }
}

static void fill_map(struct req *r, const struct dashboard *d, struct dashboard_programme_view *v)
{
    struct arena *a = r->arena;
    const struct dashboard_item *item = map_item(d);
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
            size_t expected, there;
            count_in(d, place, &expected, &there);
            any = any || expected > 0;
            figures[i] = expected == 0 ? 0 : (int64_t)(there * 100 / expected);
            tiles[i].figure = expected == 0 ? "–"
                                            : tr_f(a, r->lang, MSG("{0} of {1}"), dashboard_number_of(a, (int64_t)there),
                                                   dashboard_number_of(a, (int64_t)expected), NULL);
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

// ---- heat -----------------------------------------------------------------------------------------

static const char *why_nothing(struct req *r, const struct dashboard *d, const struct dashboard_item *item)
{
    enum result_frequency f = item->expect.frequency;
    return f == FREQUENCY_NONE && d->ask.country[0] != '\0' && record_is_set(item->whole->record, "frequency")
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
        out.count = tr_f(r->arena, r->lang, MSG("{0} of {1}"), dashboard_number_of(r->arena, (int64_t)c->n_there),
                         dashboard_number_of(r->arena, (int64_t)c->n_expected), NULL);
    }
    if (programme_may(r, MAY_WRITE) && (c->state == HEAT_DUE || c->state == HEAT_LATE)) {
        const char *period = arena_printf(r->arena, "%s/%s", c->from, c->to);
        out.address = arena_printf(r->arena, "%s?period=%s", programme_address(r, "/values"),
                                   url_escape(r->arena, period));
    }
    return out;
}

static void fill_heat(struct req *r, const struct dashboard *d, struct dashboard_programme_view *v)
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
        struct result_reporting all;
        struct dashboard_heat_row *row = &v->heat[v->n_heat++];
        *row = (struct dashboard_heat_row){.code = code_of(item),
                                           .title = record_text(item->line.record, "title"),
                                           .address = address_of(r, item),
                                           .none = why_nothing(r, d, item)};
        result_reporting_of(r->arena, &item->expect, item->whole->entries, item->whole->n_values, &all);
        row->n = dashboard_heat(r->arena, &item->expect, &all, year, v->n_years, &cells);
        row->cells = ARENA_ARRAY(r->arena, struct dashboard_heat_cell, row->n);
        for (size_t k = 0; k < row->n; k++) {
            row->cells[k] = heat_cell(r, &cells[k]);
        }
    }
}

// ---- the page -------------------------------------------------------------------------------------

static void begin(struct html *h, struct req *r, struct reply *p)
{
    size_t n_crumbs;
    const struct crumb *crumbs = programme_crumbs(r, &n_crumbs);
    const struct page_action more[] = {
        {.label = tr(r->lang, MSG("Indicators")), .address = programme_address(r, "/indicators")},
        {.label = tr(r->lang, MSG("Missing values")), .address = programme_address(r, "/values/missing")}};
    page_begin(h, r, p,
               &(struct page){
                   .title = tr_f(r->arena, r->lang, MSG("Dashboard of {0}"), programme_number(r), NULL),
                   .about = tr(r->lang, MSG("How far the programme has come, and what nobody knows yet.")),
                   .crumbs = crumbs,
                   .n_crumbs = n_crumbs,
                   .primary = {.label = programme_may(r, MAY_WRITE) ? tr(r->lang, MSG("Enter values")) : NULL,
                               .address = programme_address(r, "/values"),
                               .icon = "add"},
                   .actions = more,
                   .n_actions = COUNT_OF(more),
                   .width = PAGE_WIDE});
}

static enum err dashboard_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct dashboard d;
    struct dashboard_views views;
    enum err err = dashboard_load(r, true, &d, e);
    if (err == ERR_NONE) {
        err = dashboard_views_load(r, &views, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    bool may_export = programme_may(r, MAY_EXPORT);
    struct dashboard_programme_view v = {
        .filters = filters_of(r, &d, &views),
        .csv = may_export ? dashboard_address(r, &d.ask, ".csv", NULL, NULL) : NULL,
        .xlsx = may_export ? dashboard_address(r, &d.ask, ".xlsx", NULL, NULL) : NULL,
        .lead = lead_of(r, &d),
        .shown = shown_of(r, &d),
    };
    v.stats = dashboard_stats(r, &d.tally, "#table", programme_address(r, "/values/missing"), &v.n_stats);
    fill_cards(r, &d, &v);
    fill_parts(r, &d, &v);
    fill_map(r, &d, &v);
    fill_heat(r, &d, &v);
    fill_rows(r, &d, &v);
    struct html h;
    begin(&h, r, p);
    dashboard_programme_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_dashboard_programme = {
    .path = "/programmes/{programme}/dashboard",
    .needs = MAY_READ,
    .get = dashboard_get,
    .title = MSG("Dashboard"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_MONITOR,
};
