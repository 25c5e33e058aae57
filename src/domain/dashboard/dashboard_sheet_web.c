// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_sheet_web.c: the figures of a dashboard of a programme as CSV and XLSX, with the same filters in the
// same address. Columns are added at the end, since a spreadsheet may fetch them again and again. Totals only: what is
// split by characteristics of people leaves as a release.

#include "base/bug.h"
#include "base/decimal.h"
#include "dashboard/dashboard_web.h"
#include "programme/programme_sheet_web.h"
#include "programme/programme_web.h"
#include "result/result_narrow.h"
#include "result/result_words.h"

static const char *const codes[] = {"indicator", "title", "unit", "baseline", "value", "value_least", "value_from",
                                    "value_to", "value_state", "in_period", "target", "target_on", "progress_percent",
                                    "state", "values_expected", "values_in", "values_late", "countries",
                                    "countries_in", "in_period_least", "rule"};
enum { N_COLUMNS = COUNT_OF(codes) };

static const char *number(struct arena *a, bool known, int64_t scaled)
{
    return known ? decimal_short(a, scaled) : "";
}

static void fill_row(struct req *r, const struct dashboard *d, const struct dashboard_item *item, const char **c)
{
    struct arena *a = r->arena;
    const struct result_line *line = &item->line;
    const struct result_total *t = &line->total;
    const struct result_coverage coverage = result_coverage_of(line, d->places, d->n_places);
    bool by_country = coverage.n > 0 && d->ask.country[0] == '\0';
    size_t n_late = 0;
    for (size_t i = 0; i < item->reporting.n_gaps; i++) {
        n_late += item->reporting.gaps[i].late;
    }
    c[0] = record_text(line->record, "code");
    c[1] = record_text(line->record, "title");
    c[2] = record_text(line->record, "unit");
    c[3] = number(a, line->has_baseline, line->baseline);
    c[4] = number(a, t->figure.known, t->figure.scaled);
    c[5] = number(a, t->has_least, t->least);
    c[6] = t->from == NULL ? "" : t->from;
    c[7] = t->to == NULL ? "" : t->to;
    c[8] = t->n_used == 0 ? "" : result_state_words(r->lang, t->state);
    c[9] = number(a, item->within.total.figure.known, item->within.total.figure.scaled);
    c[10] = number(a, line->target != NULL, line->target == NULL ? 0 : line->target->value);
    c[11] = line->target == NULL ? "" : line->target->due_on;
    c[12] = number(a, line->progress.has_percent, line->progress.percent);
    c[13] = result_standing_code(line->progress.standing);
    c[14] = decimal_int_text(a, (int64_t)item->reporting.n_expected);
    c[15] = decimal_int_text(a, (int64_t)item->reporting.n_there);
    c[16] = decimal_int_text(a, (int64_t)n_late);
    c[17] = by_country ? decimal_int_text(a, (int64_t)coverage.n) : "";
    c[18] = by_country ? decimal_int_text(a, (int64_t)coverage.n_there) : "";
    c[19] = number(a, item->within.total.has_least, item->within.total.least);
    c[20] = result_rule_words(a, r->lang, &line->rule, t);
}

static enum err send(struct req *r, struct reply *p, const char *format, struct err_info *e)
{
    static const char *const names[] = {
        MSG("Indicator"), MSG("Title"), MSG("Unit"), MSG("Baseline"), MSG("Value"), MSG("Value at least"),
        MSG("From"), MSG("Up to"), MSG("State of the value"), MSG("In the period"), MSG("Target"), MSG("By when"),
        MSG("Progress in %"), MSG("State"), MSG("Values expected"), MSG("Values in"), MSG("Values late"),
        MSG("Countries"), MSG("Countries with a value"),
        MSG("In the period at least"), MSG("Rule")};
    struct dashboard d;
    enum err err = dashboard_load(r, false, &d, e);
    if (err != ERR_NONE) {
        return err;
    }
    const char **words = ARENA_ARRAY(r->arena, const char *, N_COLUMNS);
    const char **cells = ARENA_ARRAY(r->arena, const char *, d.n * N_COLUMNS + 1);
    for (size_t i = 0; i < N_COLUMNS; i++) {
        words[i] = tr(r->lang, names[i]);
    }
    for (size_t i = 0; i < d.n; i++) {
        fill_row(r, &d, &d.items[i], cells + i * N_COLUMNS);
    }
    const uint64_t figures = 1U << 3 | 1U << 4 | 1U << 5 | 1U << 9 | 1U << 10 | 1U << 12 | 0x3FU << 14;
    const struct sheet sheet = {
        .title = tr_f(r->arena, r->lang, MSG("Dashboard of {0}"), programme_number(r), NULL),
        .columns = sheet_columns(r->arena, codes, words, figures, N_COLUMNS),
        .n_columns = N_COLUMNS,
        .cells = cells,
        .n_rows = d.n};
    return programme_send_sheet_as(r, p, &sheet, format,
                                   arena_printf(r->arena, "%s-dashboard", programme_number(r)),
                                   r->programme->id, e);
}

static enum err csv_get(struct req *r, struct reply *p, struct err_info *e)
{
    return send(r, p, "csv", e);
}

static enum err xlsx_get(struct req *r, struct reply *p, struct err_info *e)
{
    return send(r, p, "xlsx", e);
}

const struct route route_dashboard_programme_csv = {
    .path = "/programmes/{programme}/dashboard.csv",
    .needs = MAY_EXPORT,
    .get = csv_get,
    .title = MSG("Dashboard"),
    .slow = true,
};
const struct route route_dashboard_programme_xlsx = {
    .path = "/programmes/{programme}/dashboard.xlsx",
    .needs = MAY_EXPORT,
    .get = xlsx_get,
    .title = MSG("Dashboard"),
    .slow = true,
};
