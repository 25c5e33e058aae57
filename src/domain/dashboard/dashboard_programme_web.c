// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_programme_web.c: the dashboard of a programme as a page.
//
// Its address holds the filters, so that it can be saved and sent. As a file: dashboard_sheet_web.c.

#include "base/bug.h"
#include "base/date.h"
#include "dashboard/dashboard_parts_web.h"
#include "dashboard/dashboard_programme_web.h"
#include "format/svg/svg_write.h"
#include "html/page.h"
#include "place/place.h"
#include "programme/programme_web.h"
#include "result/result_chart_web.h"
#include "result/result_figure_web.h"
#include "result/result_words.h"

#define LIMIT_CHART_BYTES 262144

const char *dashboard_address_of(struct req *r, const struct dashboard_item *item)
{
    return programme_address(r, url_make(r->arena, "/indicators/{0}", item->line.record->id, NULL));
}

// ---- words over the figures -----------------------------------------------------------------------

static const char *lead_of(struct req *r, const struct dashboard *d)
{
    if (d->n == 0) {
        return tr(r->lang, d->ask.result[0] == '\0' ? MSG("The programme has no indicator in use yet.")
                                                    : MSG("No indicator in use belongs to this result."));
    }
    return dashboard_lead(r, &d->tally);
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
        const char *address = dashboard_address_of(r, item);
        struct dashboard_card *c = &v->cards[v->n_cards++];
        *c = (struct dashboard_card){
            .anchor = arena_printf(r->arena, "trend-%zu", i + 1),
            .code = result_short_code(item->line.record),
            .title = record_text(item->line.record, "title"),
            .address = address,
            .look = result_standing_look(item->line.progress.standing),
            .finding = result_chart_finding(r->arena, r->lang, &item->line),
            .source = result_chart_source(r->arena, r->lang, &item->line),
            .why = result_why_standing(r->arena, r->lang, &item->line),
            .figure = result_total_figure(r, &item->line, arena_printf(r->arena, "%s#values", address)),
            .covered = item->covered,
        };
        bool alone = item->line.n_values < 2 && item->line.target == NULL && !item->line.has_baseline;
        if (!alone && result_chart_small(r->arena, r->lang, &item->line, &shapes)) {
            c->chart = svg_of(r, &shapes, arena_printf(r->arena, "chart-%zu", i + 1));
            c->has_chart = c->chart.len > 0;
        }
        c->alone = alone && item->line.n_values == 1;
    }
}

// After the cards, whose figures stand in the table again.
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
            .code = result_short_code(item->line.record),
            .title = record_text(line->record, "title"),
            .address = v->cards[i].address,
            .covered = item->covered,
            .figure = v->cards[i].figure,
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
            .there = dashboard_of(r, item->reporting.n_there, item->reporting.n_expected),
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
    v->parts_hidden = !result_may_see_parts(r->who, r->programme->id);
    v->parts = ARENA_ARRAY(r->arena, struct dashboard_parts, d->n + 1);
    for (size_t i = 0; i < d->n; i++) {
        const struct dashboard_item *item = &d->items[i];
        struct chart_shapes shapes;
        const char *note;
        if (dashboard_parts_chart(r, &item->line, d->ask.split, &shapes, &note)) {
            v->parts[v->n_parts++] = (struct dashboard_parts){
                .code = result_short_code(item->line.record),
                .title = record_text(item->line.record, "title"),
                .address = dashboard_address_of(r, item),
                .note = note,
                .chart = svg_of(r, &shapes, arena_printf(r->arena, "parts-%zu", i + 1))};
        }
    }
}

// ---- the page -------------------------------------------------------------------------------------

static void begin(struct html *h, struct req *r, struct reply *p, bool may_enter)
{
    size_t n_crumbs;
    const struct crumb *crumbs = programme_crumbs(r, &n_crumbs);
    const struct page_action more[] = {
        {.label = tr(r->lang, MSG("Indicators")), .address = programme_address(r, "/indicators")},
        {.label = tr(r->lang, MSG("Missing values")), .address = programme_address(r, "/values/missing")},
        {.label = tr(r->lang, MSG("Tools of this phase")), .address = programme_address(r, "/cycle#monitor")}};
    page_begin(h, r, p,
               &(struct page){
                   .title = tr_f(r->arena, r->lang, MSG("Dashboard of {0}"), programme_number(r), NULL),
                   .about = tr(r->lang, MSG("How far the programme has come, and what nobody knows yet.")),
                   .crumbs = crumbs,
                   .n_crumbs = n_crumbs,
                   .primary = {.label = may_enter ? tr(r->lang, MSG("Enter values")) : NULL,
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
        .filters = dashboard_programme_filters(r, &d, &views),
        .csv = may_export ? dashboard_address(r, &d.ask, ".csv", NULL, NULL) : NULL,
        .xlsx = may_export ? dashboard_address(r, &d.ask, ".xlsx", NULL, NULL) : NULL,
        .empty = d.n == 0 && d.ask.result[0] == '\0',
        .adopt = programme_may(r, MAY_WRITE) ? programme_address(r, "/indicators/adopt") : NULL,
        .lead = lead_of(r, &d),
        .shown = shown_of(r, &d),
    };
    v.stats = dashboard_stats(r, &d.tally, "#table", programme_address(r, "/values/missing"), &v.n_stats);
    fill_cards(r, &d, &v);
    dashboard_fill_tree(r, &d, &v);
    fill_parts(r, &d, &v);
    dashboard_fill_map(r, &d, &v);
    dashboard_fill_heat(r, &d, &v);
    fill_rows(r, &d, &v);
    struct html h;
    begin(&h, r, p, v.adopt != NULL && !v.empty);
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
