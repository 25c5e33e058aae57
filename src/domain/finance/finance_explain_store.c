// SPDX-License-Identifier: AGPL-3.0-or-later
//
// finance_explain_store.c: how the percentage and the total of a budget row come about, in lines of
// text for `mainstay explain budget`. The rules are those of finance_rules.c.

#include <string.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "finance/finance.h"
#include "place/place.h"
#include "store/store.h"

struct account {
    struct arena *arena;
    const struct lang *lang;
    struct buf *out;
    const char *currency;
    int digits;
    struct finance_row *rows;
    size_t n_rows;
};

static const char *money(const struct account *x, int64_t minor)
{
    return money_for_people(x->arena, x->currency, minor, x->digits);
}

static const char *number(const struct account *x, int64_t n)
{
    return arena_printf(x->arena, "%lld", (long long)n);
}

static const char *years(const struct account *x, int64_t from, int64_t to)
{
    return from == to ? number(x, from)
                      : tr_f(x->arena, x->lang, MSG("{0} to {1}"), number(x, from), number(x, to), NULL);
}

static void line(const struct account *x, const char *text)
{
    buf_printf(x->out, "  %s\n", text);
}

static void explain_percent(const struct account *x, const struct finance_row *row)
{
    int64_t exact, rounded;
    int places = row->printed == NULL ? 1 : decimal_places(row->printed);
    if (!finance_percent(row, 4, &exact) || !finance_percent(row, places, &rounded)) {
        line(x, tr(x->lang, MSG("No percentage can be computed: an amount is missing, or the budget is 0.")));
        return;
    }
    line(x, tr_f(x->arena, x->lang, MSG("Expenditure {0} divided by budget {1}, times 100: {2} %"),
                 money(x, row->amount[FINANCE_SPENT]), money(x, row->amount[FINANCE_APPROVED]),
                 decimal_text(x->arena, exact, 4), NULL));
    if (row->printed != NULL) {
        line(x, tr_f(x->arena, x->lang,
                     finance_percent_follows(row)
                         ? MSG("Rounded to the printed number of places: {0} %; printed: {1} %. They agree.")
                         : MSG("Rounded to the printed number of places: {0} %; printed: {1} %. They do not agree."),
                     decimal_text(x->arena, rounded, places), row->printed, NULL));
    }
}

static void explain_sum(const struct account *x, const struct finance_row *total,
                        enum finance_column column)
{
    static const char *const names[] = {MSG("approved budget"), MSG("expenditure")};
    size_t n;
    int64_t from, to;
    int64_t sum = finance_sum(x->rows, x->n_rows, column, total->from, total->to, &n);
    if (!total->has[column]) {
        return;
    }
    const char *name = tr(x->lang, names[column]);
    for (size_t i = 0; i < x->n_rows; i++) {
        const struct finance_row *row = &x->rows[i];
        if (!row->is_total && row->from >= total->from && row->to <= total->to && row->has[column]) {
            line(x, tr_f(x->arena, x->lang, MSG("{0}, {1}: {2}"), years(x, row->from, row->to), name,
                         money(x, row->amount[column]), NULL));
        }
    }
    line(x, tr_f(x->arena, x->lang, MSG("Sum of these {0} rows, {1}: {2}; printed: {3}"),
                 number(x, (int64_t)n), name, money(x, sum), money(x, total->amount[column]), NULL));
    if (sum != total->amount[column] &&
        finance_find_run(x->rows, x->n_rows, total, column, &from, &to)) {
        line(x, tr_f(x->arena, x->lang, MSG("The printed amount is exactly the sum of {0}."),
                     years(x, from, to), NULL));
    }
}

enum err budget_explain(struct arena *a, struct db_read *db, const struct lang *lang,
                        const struct identity *who, const struct record *r, struct buf *out,
                        struct err_info *e)
{
    (void)who;
    struct account x = {.arena = a, .lang = lang, .out = out};
    struct record *programme, **budgets;
    enum err err = store_get(db, a, model_find("programme"), record_text(r, "programme_id"),
                             &programme, e);
    if (err == ERR_NONE) {
        err = store_list_by(db, a, r->entity, "programme_id", programme->id, &budgets, &x.n_rows, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    x.currency = record_text(programme, "currency");
    int digits = currency_minor_digits(x.currency);
    x.digits = digits < 0 ? 2 : digits;
    x.rows = ARENA_ARRAY(a, struct finance_row, x.n_rows + 1);
    for (size_t i = 0; i < x.n_rows; i++) {
        x.rows[i] = finance_row_of(budgets[i]);
    }
    struct finance_row row = finance_row_of(r);
    explain_percent(&x, &row);
    if (row.is_total) {
        explain_sum(&x, &row, FINANCE_APPROVED);
        explain_sum(&x, &row, FINANCE_SPENT);
    }
    return ERR_NONE;
}
