// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_all_sheet_web.c: the counts of all programmes as CSV and XLSX, with the filters of the page in the same
// address: of the programmes the person may export.

#include "base/bug.h"
#include "base/decimal.h"
#include "dashboard/dashboard_all_web.h"
#include "dashboard/dashboard_web.h"
#include "programme/programme_sheet_web.h"

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
    struct dashboard_all d;
    enum err err = dashboard_all_load(r, MAY_EXPORT, &d, e);
    if (err != ERR_NONE) {
        return err;
    }
    const char *words[N];
    const char **cells = ARENA_ARRAY(r->arena, const char *, d.n * N + 1);
    for (size_t i = 0; i < N; i++) {
        words[i] = tr(r->lang, names[i]);
    }
    for (size_t i = 0; i < d.n; i++) {
        const struct dashboard_tally *t = &d.programmes[i].tally;
        const char **c = cells + i * N;
        c[0] = record_text(d.programmes[i].programme, "number");
        c[1] = record_text(d.programmes[i].programme, "title");
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
