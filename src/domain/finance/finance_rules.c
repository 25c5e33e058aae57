// SPDX-License-Identifier: AGPL-3.0-or-later
//
// finance_rules.c: what makes a budget row right, and the arithmetic of budget tables.
//
// Used by finance_check.c (notices) and finance_money_web.c (the Money tab). Slips of printed documents
// are not refused: they are kept as printed and found.
// Method: docs/finance.md; the slips that were found by hand in the evaluation report of 2017 are the
// test (finance_test.c).

#include <string.h>

#include "base/decimal.h"
#include "finance/finance.h"

enum err budget_check(const struct record *r, struct err_info *e)
{
    int64_t from = record_int(r, "from_year");
    int64_t to = record_int(r, "to_year");
    if (to < from) {
        return err_set(e, ERR_INPUT, "to_year", MSG("The last year is before the first."),
                       MSG("Check both years."), NULL);
    }
    if (strcmp(record_text(r, "row"), "year") == 0 && from != to) {
        return err_set(e, ERR_INPUT, "to_year", MSG("A row of one year has the same year twice."),
                       MSG("For several years choose “Total of several years”."), NULL);
    }
    if (!record_is_set(r, "approved") && !record_is_set(r, "spent")) {
        return err_set(e, ERR_INPUT, "approved", MSG("The row has no amount."),
                       MSG("Enter the approved budget, the expenditure or both."), NULL);
    }
    return ERR_NONE;
}

enum err pledge_check(const struct record *r, struct err_info *e)
{
    if (record_is_set(r, "amount") && record_int(r, "amount") < 0) {
        return err_set(e, ERR_INPUT, "amount", MSG("A pledge cannot be negative."),
                       MSG("Check the sign."), NULL);
    }
    return ERR_NONE;
}

// ---- rows ---------------------------------------------------------------------------------------

struct finance_row finance_row_of(const struct record *b)
{
    return (struct finance_row){
        .id = b->id,
        .is_total = strcmp(record_text(b, "row"), "total") == 0,
        .from = record_int(b, "from_year"),
        .to = record_int(b, "to_year"),
        .has = {record_is_set(b, "approved"), record_is_set(b, "spent")},
        .amount = {record_int(b, "approved"), record_int(b, "spent")},
        .printed = record_is_set(b, "printed_percent") ? record_text(b, "printed_percent") : NULL,
    };
}

bool finance_percent(const struct finance_row *row, int places, int64_t *scaled)
{
    if (!row->has[FINANCE_SPENT] || !row->has[FINANCE_APPROVED] ||
        row->amount[FINANCE_APPROVED] == 0) {
        return false;
    }
    *scaled = decimal_percent(row->amount[FINANCE_SPENT], row->amount[FINANCE_APPROVED], places);
    return true;
}

bool finance_percent_follows(const struct finance_row *row)
{
    int64_t printed, computed;
    if (row->printed == NULL || !decimal_parse(row->printed, &printed)) {
        return true;
    }
    return !finance_percent(row, decimal_places(row->printed), &computed) || computed == printed;
}

// ---- sums ---------------------------------------------------------------------------------------

static bool is_year_within(const struct finance_row *row, int64_t from, int64_t to)
{
    return !row->is_total && row->from >= from && row->to <= to;
}

int64_t finance_sum(const struct finance_row *rows, size_t n_rows, enum finance_column column,
                    int64_t from, int64_t to, size_t *n)
{
    int64_t sum = 0;
    *n = 0;
    for (size_t i = 0; i < n_rows; i++) {
        if (is_year_within(&rows[i], from, to) && rows[i].has[column]) {
            sum += rows[i].amount[column];
            (*n)++;
        }
    }
    return sum;
}

bool finance_find_run(const struct finance_row *rows, size_t n_rows,
                      const struct finance_row *total, enum finance_column column, int64_t *from,
                      int64_t *to)
{
    if (!total->has[column]) {
        return false;
    }
    for (int64_t length = total->to - total->from; length >= 1; length--) {
        for (int64_t first = total->from; first + length - 1 <= total->to; first++) {
            size_t n;
            int64_t sum = finance_sum(rows, n_rows, column, first, first + length - 1, &n);
            if (n > 0 && sum == total->amount[column]) {
                *from = first;
                *to = first + length - 1;
                return true;
            }
        }
    }
    return false;
}

bool finance_fitting_spent(const struct finance_row *rows, size_t n_rows,
                           const struct finance_row *year, const struct finance_row *total,
                           int64_t from, int64_t to, int64_t *value)
{
    size_t n;
    int64_t printed, percent;
    if (!is_year_within(year, from, to) || !year->has[FINANCE_SPENT] ||
        !total->has[FINANCE_SPENT] || year->printed == NULL ||
        !decimal_parse(year->printed, &printed)) {
        return false;
    }
    int64_t others = finance_sum(rows, n_rows, FINANCE_SPENT, from, to, &n) -
                     year->amount[FINANCE_SPENT];
    struct finance_row fitting = *year;
    fitting.amount[FINANCE_SPENT] = total->amount[FINANCE_SPENT] - others;
    *value = fitting.amount[FINANCE_SPENT];
    return *value >= 0 && *value != year->amount[FINANCE_SPENT] &&
           finance_percent(&fitting, decimal_places(year->printed), &percent) && percent == printed;
}

const struct finance_row *finance_same_as_before(const struct finance_row *rows, size_t n_rows,
                                                 const struct finance_row *year)
{
    if (year->is_total || !year->has[FINANCE_SPENT] || year->amount[FINANCE_SPENT] == 0) {
        return NULL;
    }
    for (size_t i = 0; i < n_rows; i++) {
        const struct finance_row *r = &rows[i];
        if (!r->is_total && r->from == year->from - 1 && r->has[FINANCE_SPENT] &&
            r->amount[FINANCE_SPENT] == year->amount[FINANCE_SPENT]) {
            return r;
        }
    }
    return NULL;
}
