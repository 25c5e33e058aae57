// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_choices_web.c: what the dashboard of a programme can be narrowed to.

#include <string.h>

#include "base/bug.h"
#include "dashboard/dashboard_filters.html.h"
#include "dashboard/dashboard_programme_web.h"
#include "place/place.h"
#include "programme/programme_web.h"
#include "result/result.h"
#include "result/result_words.h"

// Years and halves of the programme up to today, the newest first; and what is asked for, when it is another.
static void fill_periods(struct req *r, const struct dashboard *d, struct dashboard_choice *c)
{
    const char *starts = record_text(r->programme, "starts_on"), *ends = record_text(r->programme, "ends_on");
    struct result_span span;
    int year = 0, first = 0;
    size_t n = 0;
    if (dashboard_years(starts, ends, d->today, NULL, &year, &n)) {
        first = dashboard_year_of(starts);
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

// Characteristics by which an indicator shown is split; for who sees counts below a total.
static void fill_splits(struct req *r, const struct dashboard *d, struct dashboard_choice *c)
{
    size_t n;
    const struct characteristic *all = characteristics(&n);
    c->options = ARENA_ARRAY(r->arena, struct dashboard_option, n + 1);
    bool works = result_may_see_parts(r->who, r->programme->id);
    for (size_t i = 0; i < n; i++) {
        bool any = strcmp(all[i].code, d->ask.split) == 0;
        for (size_t k = 0; works && k < d->n && !any; k++) {
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
                       arena_printf(r->arena, "%s: %s", result_short_code(d->items[i].line.record),
                                    record_text(d->items[i].line.record, "title")));
        }
    }
}

const struct dashboard_filters_view *dashboard_programme_filters(struct req *r, const struct dashboard *d,
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
