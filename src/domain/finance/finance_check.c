// SPDX-License-Identifier: AGPL-3.0-or-later
//
// finance_check.c: standing check of money: printed percentages, totals, budgets, pledges, revisions.
//
// Four statements, whether one programme or all are looked at. Each notice says the figures, so that
// a person can follow it with pencil and paper. Rules and worked examples: docs/finance.md.

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "finance/finance.h"
#include "model/check.h"
#include "place/place.h"
#include "store/store.h"

// The money of one programme.
struct books {
    struct arena *arena;
    const struct record *programme;
    const char *number;
    const char *currency;
    int digits;
    struct finance_row *rows;
    size_t n_rows;
    const struct record **pledges;
    size_t n_pledges;
    const struct record **revisions; // by number
    size_t n_revisions;
    struct notice_list *out;
};

static const char *money(const struct books *b, int64_t minor)
{
    return money_for_people(b->arena, b->currency, minor, b->digits);
}

static const char *percent_text(const struct books *b, int64_t scaled, int places)
{
    return arena_printf(b->arena, "%s %%", decimal_text(b->arena, scaled, places));
}

static const char *years(const struct books *b, int64_t from, int64_t to)
{
    return from == to ? arena_printf(b->arena, "%lld", (long long)from)
                      : arena_printf(b->arena, "%lld to %lld", (long long)from, (long long)to);
}

static void found(const struct books *b, const struct finance_row *row, const char *rule,
                  const char *severity, const char *message, const char *mend)
{
    notice_add(b->out, &(struct notice){
        .check = "budget", .rule = rule, .about_kind = "budget", .about_id = row->id,
        .programme = b->number, .where = years(b, row->from, row->to), .severity = severity,
        .message = message, .mend = mend});
}

// ---- one row ------------------------------------------------------------------------------------

// Percentage points between two percentages from which a slip is no longer one of rounding.
#define POINTS_MEDIUM (1 * DECIMAL_ONE)
#define POINTS_HIGH (10 * DECIMAL_ONE)

static void check_percent(const struct books *b, const struct finance_row *row)
{
    int64_t printed, computed;
    if (finance_percent_follows(row) || !decimal_parse(row->printed, &printed)) {
        return;
    }
    int places = decimal_places(row->printed);
    if (!finance_percent(row, places, &computed)) {
        return;
    }
    int64_t apart = computed > printed ? computed - printed : printed - computed;
    const char *exact = "";
    if (places < 2) { // shows how near it was to the next number: 61.46 %, which rounds to 61 %
        (void)finance_percent(row, 2, &computed);
        exact = percent_text(b, computed, 2);
        (void)finance_percent(row, places, &computed);
        exact = arena_printf(b->arena, "%s, which rounds to ", exact);
    }
    found(b, row, "percent",
          apart > POINTS_HIGH ? "high" : apart > POINTS_MEDIUM ? "medium" : "low",
          arena_printf(b->arena, "The printed percentage is %s %%, but %s of %s is %s%s.",
                       row->printed, money(b, row->amount[FINANCE_SPENT]),
                       money(b, row->amount[FINANCE_APPROVED]), exact,
                       percent_text(b, computed, places)),
          "Look at the document again: either the percentage or one of the two amounts is wrong.");
}

static void check_budget_missing(const struct books *b, const struct finance_row *row)
{
    bool no_budget = !row->has[FINANCE_APPROVED] || row->amount[FINANCE_APPROVED] == 0;
    if (row->is_total || !row->has[FINANCE_SPENT] || row->amount[FINANCE_SPENT] <= 0) {
        return;
    }
    if (no_budget) {
        found(b, row, "no_budget", "high",
              arena_printf(b->arena, "%s was spent, but %s.", money(b, row->amount[FINANCE_SPENT]),
                           row->has[FINANCE_APPROVED] ? "the budget of the year is 0"
                                                      : "no budget of the year is given"),
              "Enter the budget of the year, or say in the note of the row why there is none.");
    } else if (row->amount[FINANCE_SPENT] > row->amount[FINANCE_APPROVED]) {
        found(b, row, "above", "medium",
              arena_printf(b->arena, "%s was spent on a budget of %s: %s too much.",
                           money(b, row->amount[FINANCE_SPENT]),
                           money(b, row->amount[FINANCE_APPROVED]),
                           money(b, row->amount[FINANCE_SPENT] - row->amount[FINANCE_APPROVED])),
              "Check both amounts. If they are right, name the decision that allowed it in the note.");
    }
}

static void check_repeated(const struct books *b, const struct finance_row *row)
{
    const struct finance_row *before = finance_same_as_before(b->rows, b->n_rows, row);
    if (before == NULL) {
        return;
    }
    // Of the two rows the one whose percentage does not follow is the likelier slip.
    bool earlier = finance_percent_follows(row) && !finance_percent_follows(before);
    const struct finance_row *slip = earlier ? before : row;
    found(b, slip, "repeated", "medium",
          arena_printf(b->arena, "The same expenditure, %s, stands in %s and in %s.%s",
                       money(b, row->amount[FINANCE_SPENT]), years(b, before->from, before->to),
                       years(b, row->from, row->to),
                       earlier ? " The printed percentage fits the later year only." : ""),
          "One of the two was probably copied from the other. Check both years in the document.");
}

// ---- totals -------------------------------------------------------------------------------------

// The years a total seems to be made of, from the column of the budget or else of the expenditure.
static bool run_of(const struct books *b, const struct finance_row *total, int64_t *from,
                   int64_t *to)
{
    return finance_find_run(b->rows, b->n_rows, total, FINANCE_APPROVED, from, to) ||
           finance_find_run(b->rows, b->n_rows, total, FINANCE_SPENT, from, to);
}

// A year whose expenditure, put right, makes the total and its own percentage fit.
static const struct finance_row *year_that_fits(const struct books *b,
                                                const struct finance_row *total, int64_t from,
                                                int64_t to, int64_t *value)
{
    for (size_t i = 0; i < b->n_rows; i++) {
        if (!finance_percent_follows(&b->rows[i]) &&
            finance_fitting_spent(b->rows, b->n_rows, &b->rows[i], total, from, to, value)) {
            return &b->rows[i];
        }
    }
    return NULL;
}

static void check_total_column(const struct books *b, const struct finance_row *total,
                               enum finance_column column)
{
    static const char *const rules[] = {"total_approved", "total_spent"};
    static const char *const names[] = {"approved budget", "expenditure"};
    size_t n;
    int64_t from = total->from, to = total->to, value;
    int64_t sum = finance_sum(b->rows, b->n_rows, column, from, to, &n);
    if (!total->has[column] || n == 0 || sum == total->amount[column]) {
        return;
    }
    struct arena *a = b->arena;
    const char *message = arena_printf(
        a, "The total is labelled %s and prints an %s of %s, but the years %s add up to %s.",
        years(b, from, to), names[column], money(b, total->amount[column]), years(b, from, to),
        money(b, sum));
    const char *mend = "Check the years in the document, and the amounts of each year.";
    if (finance_find_run(b->rows, b->n_rows, total, column, &from, &to)) {
        message = arena_printf(a, "%s It is exactly the sum of %s.", message, years(b, from, to));
        mend = arena_printf(a, "Name the years %s, or add the years that are missing.",
                            years(b, from, to));
    } else if (column == FINANCE_SPENT) {
        bool shorter = run_of(b, total, &from, &to);
        const struct finance_row *year = year_that_fits(b, total, from, to, &value);
        if (shorter) {
            message = arena_printf(a, "%s The budget beside it is the sum of %s, whose expenditure adds up to %s.",
                                   message, years(b, from, to),
                                   money(b, finance_sum(b->rows, b->n_rows, column, from, to, &n)));
        }
        if (year != NULL) {
            message = arena_printf(a, "%s With %s instead of %s in %s it is exactly the sum of %s.",
                                   message, money(b, value), money(b, year->amount[column]),
                                   years(b, year->from, year->to), years(b, from, to));
            mend = arena_printf(a, "Check the expenditure of %s, and name the years %s.",
                                years(b, year->from, year->to), years(b, from, to));
        }
    }
    found(b, total, rules[column], "medium", message, mend);
}

// For a year whose percentage does not follow: total and percentage may agree on another amount.
static void check_fitting(const struct books *b, const struct finance_row *total)
{
    int64_t from = total->from, to = total->to, value, percent;
    if (!total->is_total) {
        return;
    }
    // The years as labelled, then those the total seems to be made of.
    const struct finance_row *year = year_that_fits(b, total, from, to, &value);
    if (year == NULL && run_of(b, total, &from, &to)) {
        year = year_that_fits(b, total, from, to, &value);
    }
    struct finance_row fitting;
    if (year == NULL) {
        return;
    }
    fitting = *year;
    fitting.amount[FINANCE_SPENT] = value;
    if (!finance_percent(&fitting, 2, &percent)) {
        return;
    }
    found(b, year, "fits", "medium",
          arena_printf(b->arena,
                       "%s is printed, but the printed total %s less the other years %s leaves %s, "
                       "and %s of %s is %s, the printed %s %%.",
                       money(b, year->amount[FINANCE_SPENT]),
                       money(b, total->amount[FINANCE_SPENT]), years(b, from, to), money(b, value),
                       money(b, value), money(b, year->amount[FINANCE_APPROVED]),
                       percent_text(b, percent, 2), year->printed),
          arena_printf(b->arena, "The expenditure of %s is probably %s. Ask for the accounts of the year.",
                       years(b, year->from, year->to), money(b, value)));
}

// ---- the programme's own totals, and pledges ----------------------------------------------------

static void found_programme(const struct books *b, const char *rule, const char *where,
                            const char *severity, const char *message, const char *mend)
{
    notice_add(b->out, &(struct notice){
        .check = "budget", .rule = rule, .about_kind = "programme", .about_id = b->programme->id,
        .programme = b->number, .where = where, .severity = severity, .message = message,
        .mend = mend});
}

static void check_programme_totals(const struct books *b)
{
    bool has_approved = record_is_set(b->programme, "approved_total");
    bool has_overall = record_is_set(b->programme, "overall_total");
    int64_t approved = record_int(b->programme, "approved_total");
    int64_t overall = record_int(b->programme, "overall_total");
    size_t n;
    int64_t sum = finance_sum(b->rows, b->n_rows, FINANCE_APPROVED, INT64_MIN, INT64_MAX, &n);
    if (has_approved && has_overall && approved > overall) {
        found_programme(b, "approved_overall", "Budget", "medium",
                        arena_printf(b->arena, "The approved budget, %s, is above the overall budget, %s.",
                                     money(b, approved), money(b, overall)),
                        "Check both amounts; money above the overall budget needs a revision.");
    }
    if (has_approved && n > 0 && sum != approved) {
        found_programme(b, "approved_years", "Budget", "low",
                        arena_printf(b->arena,
                                     "The approved budget of the programme is %s, but the budgets of "
                                     "the years add up to %s: %s apart.",
                                     money(b, approved), money(b, sum),
                                     money(b, sum > approved ? sum - approved : approved - sum)),
                        "Say in the source which of the two is meant, and of which day it is.");
    }
}

static void check_pledges(const struct books *b)
{
    int64_t sum = 0;
    size_t unknown = 0;
    for (size_t i = 0; i < b->n_pledges; i++) {
        sum += record_int(b->pledges[i], "amount");
        unknown += !record_is_set(b->pledges[i], "amount");
    }
    bool has_approved = record_is_set(b->programme, "approved_total");
    bool has_overall = record_is_set(b->programme, "overall_total");
    int64_t approved = record_int(b->programme, "approved_total");
    int64_t overall = record_int(b->programme, "overall_total");
    const char *where = "Pledges";
    const char *besides =
        unknown == 0 ? ""
                     : arena_printf(b->arena, " (%zu without a known amount)", unknown);
    if (b->n_pledges == unknown) {
        return;
    }
    if (has_overall && sum > overall) {
        found_programme(b, "pledges_overall", where, "medium",
                        arena_printf(b->arena, "Pledges come to %s%s, %s more than the overall budget of %s.",
                                     money(b, sum), besides, money(b, sum - overall), money(b, overall)),
                        "A budget above the one that was decided needs a revision: add it, or check the pledges.");
    } else if (has_approved && sum > approved) {
        found_programme(b, "pledges_approved", where, "low",
                        arena_printf(b->arena, "Pledges come to %s%s, %s more than the approved budget of %s.",
                                     money(b, sum), besides, money(b, sum - approved), money(b, approved)),
                        "Bring the approved budget up to what donors have agreed to give.");
    } else if (has_approved && sum < approved && unknown == 0) {
        found_programme(b, "pledges_short", where, "medium",
                        arena_printf(b->arena, "Pledges come to %s, %s less than the approved budget of %s.",
                                     money(b, sum), money(b, approved - sum), money(b, approved)),
                        "Find a donor for the rest, or lower the approved budget.");
    }
}

// ---- revisions ----------------------------------------------------------------------------------

static void found_revision(const struct books *b, const struct record *revision, const char *rule,
                           const char *severity, const char *message, const char *mend)
{
    notice_add(b->out, &(struct notice){
        .check = "budget", .rule = rule, .about_kind = "revision", .about_id = revision->id,
        .programme = b->number,
        .where = arena_printf(b->arena, "Revision %lld", (long long)record_int(revision, "number")),
        .severity = severity, .message = message, .mend = mend});
}

static void check_revision(const struct books *b, const struct record *v)
{
    bool before = record_is_set(v, "overall_before"), after = record_is_set(v, "overall_after");
    if (record_int(v, "changes_budget") == 1 && !after) {
        found_revision(b, v, "revision_budget", "medium",
                       "The revision changes the budget, but the amount after it is not given.",
                       "Enter the overall budget before and after the revision.");
    } else if (record_int(v, "changes_budget") == 1 && before &&
               record_int(v, "overall_before") == record_int(v, "overall_after")) {
        found_revision(b, v, "revision_budget", "low",
                       "The revision changes the budget, but the amounts before and after are the same.",
                       "Check the amounts, or take the tick away.");
    }
    if (record_int(v, "changes_budget") != 1 && before && after &&
        record_int(v, "overall_before") != record_int(v, "overall_after")) {
        found_revision(b, v, "revision_tick", "low",
                       "The amounts before and after differ, but the box for the budget is not ticked.",
                       "Tick the box, or check the amounts.");
    }
    if (record_int(v, "changes_time") == 1 && !record_is_set(v, "ends_on_after")) {
        found_revision(b, v, "revision_time", "low",
                       "The revision changes the period, but the new last day is not given.",
                       "Enter the new last day.");
    }
}

// What the newest decided revision says must be what the programme says now.
static void check_revisions(const struct books *b)
{
    const struct record *last_end = NULL, *last_amount = NULL;
    for (size_t i = 0; i < b->n_revisions; i++) {
        const struct record *v = b->revisions[i];
        check_revision(b, v);
        if (last_amount != NULL && record_is_set(v, "overall_before") &&
            record_int(v, "overall_before") != record_int(last_amount, "overall_after")) {
            found_revision(b, v, "revision_chain", "medium",
                           arena_printf(b->arena,
                                        "It begins with an overall budget of %s, but revision %lld "
                                        "before it ended with %s.",
                                        money(b, record_int(v, "overall_before")),
                                        (long long)record_int(last_amount, "number"),
                                        money(b, record_int(last_amount, "overall_after"))),
                           "Check both amounts; a revision between the two may be missing.");
        }
        last_end = record_is_set(v, "ends_on_after") ? v : last_end;
        last_amount = record_is_set(v, "overall_after") ? v : last_amount;
    }
    if (last_end != NULL &&
        strcmp(record_text(last_end, "ends_on_after"), record_text(b->programme, "ends_on")) != 0) {
        found_revision(b, last_end, "revision_end", "medium",
                       arena_printf(b->arena,
                                    "The revision moves the last day to %s, but the programme ends on %s.",
                                    record_text(last_end, "ends_on_after"),
                                    record_text(b->programme, "ends_on")),
                       "Bring the last day of the programme in line with its newest revision.");
    }
    if (last_amount != NULL && record_is_set(b->programme, "overall_total") &&
        record_int(last_amount, "overall_after") != record_int(b->programme, "overall_total")) {
        found_revision(b, last_amount, "revision_overall", "medium",
                       arena_printf(b->arena,
                                    "The revision sets the overall budget to %s, but the programme has %s.",
                                    money(b, record_int(last_amount, "overall_after")),
                                    money(b, record_int(b->programme, "overall_total"))),
                       "Bring the overall budget of the programme in line with its newest revision.");
    }
}

// ---- all of it ----------------------------------------------------------------------------------

static void check_books(const struct books *b)
{
    for (size_t i = 0; i < b->n_rows; i++) {
        const struct finance_row *row = &b->rows[i];
        check_budget_missing(b, row);
        check_percent(b, row);
        check_repeated(b, row);
        check_fitting(b, row);
        if (row->is_total) {
            check_total_column(b, row, FINANCE_APPROVED);
            check_total_column(b, row, FINANCE_SPENT);
        }
    }
    check_programme_totals(b);
    check_pledges(b);
    check_revisions(b);
}

struct rows {
    struct record **all;
    size_t n;
};

static enum err load(struct db_read *db, struct arena *a, const char *kind, const char *field,
                     const char *programme_id, const char *order, struct rows *out,
                     struct err_info *e)
{
    const struct store_filter of = {.field = field, .op = STORE_EQUAL, .text = programme_id};
    const struct store_query q = {
        .filters = &of, .n_filters = programme_id == NULL ? 0 : 1, .order = order};
    return store_list(db, a, model_find(kind), &q, &out->all, &out->n, e);
}

// A record with its place in the list it came from.
struct placed {
    const struct record *record;
    size_t at;
};

static int by_programme(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    int order = strcmp(record_text(x->record, "programme_id"), record_text(y->record, "programme_id"));
    return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

// The records of each programme together, in their own order within it.
static const struct record **by_programmes(struct arena *a, const struct rows *from)
{
    struct placed *placed = ARENA_ARRAY(a, struct placed, from->n + 1);
    const struct record **list = ARENA_ARRAY(a, const struct record *, from->n + 1);
    for (size_t i = 0; i < from->n; i++) {
        placed[i] = (struct placed){from->all[i], i};
    }
    qsort(placed, from->n, sizeof *placed, by_programme);
    for (size_t i = 0; i < from->n; i++) {
        list[i] = placed[i].record;
    }
    return list;
}

// Those of one programme: its part of such a list.
static const struct record **belonging(const struct record **list, size_t n_list,
                                       const char *programme_id, size_t *n)
{
    size_t low = 0, high = n_list;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(record_text(list[middle], "programme_id"), programme_id) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *n = 0;
    while (low + *n < n_list && strcmp(record_text(list[low + *n], "programme_id"), programme_id) == 0) {
        (*n)++;
    }
    return list + low;
}

static enum err run(struct db_read *db, const char *programme_id, struct notice_list *out,
                    struct err_info *e)
{
    struct arena *a = out->arena;
    struct rows programmes, budgets, pledges, revisions;
    enum err err = load(db, a, "programme", "id", programme_id, "number", &programmes, e);
    err = err != ERR_NONE ? err
                          : load(db, a, "budget", "programme_id", programme_id, "from_year",
                                 &budgets, e);
    err = err != ERR_NONE ? err
                          : load(db, a, "pledge", "programme_id", programme_id, NULL, &pledges, e);
    err = err != ERR_NONE ? err
                          : load(db, a, "revision", "programme_id", programme_id, "number",
                                 &revisions, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct record **all_budgets = by_programmes(a, &budgets);
    const struct record **all_pledges = by_programmes(a, &pledges);
    const struct record **all_revisions = by_programmes(a, &revisions);
    for (size_t i = 0; i < programmes.n; i++) {
        const struct record *p = programmes.all[i];
        size_t n;
        const char *currency = record_text(p, "currency");
        int digits = currency_minor_digits(currency);
        struct books b = {.arena = a, .programme = p, .number = record_text(p, "number"),
                          .currency = currency, .digits = digits < 0 ? 2 : digits, .out = out};
        const struct record **own = belonging(all_budgets, budgets.n, p->id, &n);
        b.rows = ARENA_ARRAY(a, struct finance_row, n + 1);
        b.n_rows = n;
        for (size_t k = 0; k < n; k++) {
            b.rows[k] = finance_row_of(own[k]);
        }
        b.pledges = belonging(all_pledges, pledges.n, p->id, &b.n_pledges);
        b.revisions = belonging(all_revisions, revisions.n, p->id, &b.n_revisions);
        check_books(&b);
    }
    return ERR_NONE;
}

const struct check check_budget = {
    .name = "budget",
    .about = MSG("Do percentages, totals, budgets, pledges and revisions agree with each other?"),
    .run = run,
};
