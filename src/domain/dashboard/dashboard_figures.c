// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_figures.c: see dashboard_figures.h.

#include "dashboard/dashboard_figures.h"

#include <string.h>

#include "base/date.h"

#define SHADES 5
#define YEARS 3

void dashboard_tally_add(struct dashboard_tally *t, enum result_standing standing,
                         const struct result_reporting *reporting)
{
    t->n++;
    t->by[standing]++;
    t->n_expected += reporting->n_expected;
    t->n_there += reporting->n_there;
    for (size_t i = 0; i < reporting->n_gaps; i++) {
        t->n_late += reporting->gaps[i].late;
    }
}

void dashboard_tally_join(struct dashboard_tally *t, const struct dashboard_tally *more)
{
    t->n += more->n;
    t->n_expected += more->n_expected;
    t->n_there += more->n_there;
    t->n_late += more->n_late;
    for (int s = 0; s < STANDING_COUNT; s++) {
        t->by[s] += more->by[s];
    }
}

static bool ends_within(const struct result_span *of, const struct result_span *span)
{
    return strcmp(of->to, span->from) >= 0 && strcmp(of->to, span->to) <= 0;
}

void dashboard_reporting_within(struct arena *a, const struct result_expect *x, const struct result_reporting *all,
                                const struct result_span *span, struct result_reporting *out)
{
    struct result_span *spans;
    *out = *all;
    if (span == NULL) {
        return;
    }
    out->n_expected = out->n_gaps = out->n_spans = 0;
    out->n_spans_complete = out->n_places_complete = 0; // not asked for here
    out->gaps = ARENA_ARRAY(a, struct result_gap, all->n_gaps + 1);
    size_t n_spans = result_spans_due(a, x, &spans);
    for (size_t i = 0; i < n_spans; i++) {
        out->n_spans += ends_within(&spans[i], span);
    }
    out->n_expected = out->n_spans * (x->n_places > 0 ? x->n_places : 1);
    for (size_t i = 0; i < all->n_gaps; i++) {
        if (ends_within(&all->gaps[i].span, span)) {
            out->gaps[out->n_gaps++] = all->gaps[i];
        }
    }
    out->n_there = out->n_expected - out->n_gaps;
}

// ---- what is in -----------------------------------------------------------------------------------

static int two(const char *digits)
{
    return (digits[0] - '0') * 10 + (digits[1] - '0');
}

int dashboard_year_of(const char *day)
{
    return two(day) * 100 + two(day + 2);
}

// Quarter of a day, counted from the first of `year`; below 0 before it.
static long quarter_of(const char *day, int year)
{
    return (long)(dashboard_year_of(day) - year) * 4 + (two(day + 5) - 1) / 3;
}

// What the values of a period that has ended do to its cell. gap: the first that is not of an earlier period; moved on.
static void add_ended(struct heat_cell *c, const struct result_expect *x,
                      const struct result_reporting *reporting, const struct result_span *span, size_t *gap)
{
    size_t n = x->n_places > 0 ? x->n_places : 1, missing = 0;
    for (; *gap < reporting->n_gaps && strcmp(reporting->gaps[*gap].span.to, span->to) <= 0; ++*gap) {
        const struct result_gap *g = &reporting->gaps[*gap];
        if (strcmp(g->span.to, span->to) == 0) {
            missing++;
            c->state = g->late || c->state == HEAT_LATE ? HEAT_LATE : HEAT_DUE;
        }
    }
    if (missing == 0 && c->state < HEAT_IN) {
        c->state = HEAT_IN;
    }
    c->n_expected += n;
    c->n_there += n - missing;
}

size_t dashboard_heat(struct arena *a, const struct result_expect *x, const struct result_reporting *reporting,
                      int year, size_t n_years, struct heat_cell **out)
{
    struct result_expect whole = *x; // as if it were over: all periods, ended or not
    struct result_span *spans;
    size_t quarters = n_years * 4, n = 0, next = 0, gap = 0;
    struct heat_cell *cells = ARENA_ARRAY(a, struct heat_cell, 2 * quarters + 1);
    whole.today = "9999-12-31";
    size_t n_spans = result_spans_due(a, &whole, &spans);
    for (size_t i = 0; i < n_spans; i++) {
        long first = quarter_of(spans[i].from, year), last = quarter_of(spans[i].to, year);
        if (last < 0 || first >= (long)quarters) {
            continue;
        }
        size_t at = first < 0 ? 0 : (size_t)first;
        size_t end = last >= (long)quarters ? quarters : (size_t)last + 1;
        if (at < next) { // another month of the quarter
            cells[n - 1].to = spans[i].to;
        } else {
            if (at > next) {
                cells[n++] = (struct heat_cell){.at = next, .width = at - next};
            }
            cells[n++] = (struct heat_cell){.at = at, .width = end - at, .state = HEAT_NOT_YET,
                                            .from = spans[i].from, .to = spans[i].to};
            next = end;
        }
        if (strcmp(spans[i].to, x->today) < 0) {
            add_ended(&cells[n - 1], x, reporting, &spans[i], &gap);
        }
    }
    if (next < quarters) {
        cells[n++] = (struct heat_cell){.at = next, .width = quarters - next};
    }
    *out = cells;
    return n;
}

bool dashboard_years(const char *starts, const char *ends, const char *today, const struct result_span *span,
                     int *year, size_t *n_years)
{
    if (starts[0] == '\0' || ends[0] == '\0') {
        return false;
    }
    int last = dashboard_year_of(ends) < dashboard_year_of(today) ? dashboard_year_of(ends) : dashboard_year_of(today);
    int first = last - YEARS + 1;
    if (span != NULL) {
        first = dashboard_year_of(span->from);
        last = dashboard_year_of(span->to);
    }
    first = first < dashboard_year_of(starts) ? dashboard_year_of(starts) : first;
    *year = first;
    *n_years = last < first ? 0 : (size_t)(last - first) + 1;
    return last >= first;
}

// ---- map ------------------------------------------------------------------------------------------

int dashboard_shade(int64_t value, int64_t most)
{
    if (value <= 0 || most <= 0) {
        return 0;
    }
    int shade = 1;
    while (shade < SHADES && value * SHADES > most * shade) {
        shade++;
    }
    return shade;
}
