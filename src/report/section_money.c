// SPDX-License-Identifier: AGPL-3.0-or-later
//
// section_money.c: budget and expenditure by year, as entered, with the sums worked out.

#include <string.h>

#include "base/decimal.h"
#include "report/programme_report.h"
#include "store/store.h"

struct sums {
    int64_t approved;
    int64_t spent;
    int64_t first;
    int64_t last;
};

// Expenditure in per cent of budget with two places; "" without a budget.
static const char *percent(struct report_of *o, int64_t spent, int64_t approved)
{
    return approved <= 0 ? ""
                         : decimal_text(o->arena, decimal_percent(spent, approved, 2), 2);
}

static void percent_cell(struct report_of *o, struct report_table *t, const char *value)
{
    if (value[0] == '\0') {
        report_cell(t, "");
    } else {
        report_cell_value(t, arena_printf(o->arena, "%s %%", value), value);
    }
}

static void body_row(struct report_of *o, struct report_table *t, const struct record *r,
                     struct sums *sums)
{
    bool year = strcmp(record_text(r, "row"), "year") == 0;
    int64_t from = record_int(r, "from_year");
    int64_t to = record_int(r, "to_year");
    report_row(o->report, t, REPORT_ROW_BODY);
    report_cell(t, year ? arena_printf(o->arena, "%lld", (long long)from)
                        : tr_f(o->arena, o->lang, MSG("{0} to {1}, as printed"),
                               arena_printf(o->arena, "%lld", (long long)from),
                               arena_printf(o->arena, "%lld", (long long)to), NULL));
    report_money_cell(o, t, r, "approved");
    report_money_cell(o, t, r, "spent");
    const char *printed = record_text(r, "printed_percent");
    percent_cell(o, t, printed);
    bool both = record_is_set(r, "approved") && record_is_set(r, "spent");
    percent_cell(o, t,
                 both ? percent(o, record_int(r, "spent"), record_int(r, "approved")) : "");
    if (year) {
        sums->approved += record_int(r, "approved");
        sums->spent += record_int(r, "spent");
        sums->first = sums->first == 0 || from < sums->first ? from : sums->first;
        sums->last = from > sums->last ? from : sums->last;
    }
}

static void total_row(struct report_of *o, struct report_table *t, const struct sums *s)
{
    const char *period = arena_printf(o->arena, "%lld – %lld", (long long)s->first,
                                      (long long)s->last);
    struct report_explanation x = {
        .of = report_money_text(o, s->approved),
        .means = report_tr(o, MSG("Approved budget of all years entered")),
        .period = period,
        .rule = report_tr(o, MSG("Sum of the rows of single years; printed totals are not added")),
        .source = report_tr(o, MSG("Budget rows of the programme")),
        .records = report_address(o, "/money"),
    };
    int approved = report_explain_as_of(o, x);
    x.of = report_money_text(o, s->spent);
    x.means = report_tr(o, MSG("Expenditure of all years entered"));
    int spent = report_explain_as_of(o, x);
    report_row(o->report, t, REPORT_ROW_TOTAL);
    report_cell(t, report_tr(o, MSG("Sum of the years")));
    report_cell_value(t, report_money_text(o, s->approved), report_plain_money(o, s->approved))
        ->explanation = approved;
    report_cell_value(t, report_money_text(o, s->spent), report_plain_money(o, s->spent))
        ->explanation = spent;
    report_cell(t, "");
    percent_cell(o, t, percent(o, s->spent, s->approved));
}

enum err report_section_money(struct report_of *o, struct err_info *e)
{
    struct record **rows;
    size_t n;
    enum err err = store_list_by(o->db, o->arena, model_find("budget"), "programme_id",
                                 o->programme->id, &rows, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    report_heading(o->report, 1, report_tr(o, MSG("Money")));
    if (n == 0) {
        report_paragraph(o->report, report_tr(o, MSG("No budget has been entered.")));
        return ERR_NONE;
    }
    struct report_column *columns = ARENA_ARRAY(o->arena, struct report_column, 5);
    columns[0] = (struct report_column){.name = report_tr(o, MSG("Year"))};
    columns[1] = (struct report_column){report_tr(o, MSG("Approved budget")), REPORT_COLUMN_MONEY,
                                        o->currency};
    columns[2] = (struct report_column){report_tr(o, MSG("Expenditure")), REPORT_COLUMN_MONEY,
                                        o->currency};
    columns[3] = (struct report_column){report_tr(o, MSG("Per cent as printed")),
                                        REPORT_COLUMN_PERCENT, NULL};
    columns[4] = (struct report_column){report_tr(o, MSG("Per cent worked out")),
                                        REPORT_COLUMN_PERCENT, NULL};
    struct report_table *t = report_table(
        o->report, report_tr(o, MSG("Budget and expenditure by year")), columns, 5);
    struct sums sums = {0};
    for (size_t i = 0; i < n; i++) {
        body_row(o, t, rows[i], &sums);
    }
    total_row(o, t, &sums);
    t->rule = report_tr(o, MSG("Amounts stand as the documents print them. A percentage is "
                               "expenditure divided by budget; percentages are never averaged."));
    t->note = report_tr(o, MSG("Where a printed figure does not follow from the others, a notice "
                               "at the end of this report says so."));
    return ERR_NONE;
}
