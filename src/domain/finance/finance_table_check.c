// SPDX-License-Identifier: AGPL-3.0-or-later
//
// finance_table_check.c: what a budget table says of itself: percentages, years without a budget, the
// same expenditure twice, totals. Rules and worked examples: docs/finance.md.

#include "base/decimal.h"
#include "finance/finance_check_private.h"

static const char *percent_text(const struct books *b, int64_t scaled, int places)
{
    return arena_printf(b->arena, "%s %%", decimal_text(b->arena, scaled, places));
}

static const char *years(const struct books *b, int64_t from, int64_t to)
{
    return from == to ? arena_printf(b->arena, "%lld", (long long)from)
                      : notice_say(b->out, MSG("{0} to {1}"), years(b, from, from),
                                   years(b, to, to), NULL);
}

static void found_said(const struct books *b, const struct finance_row *row, const char *rule,
                       const char *severity, const char *message, const char *mend)
{
    notice_add(b->out, &(struct notice){
        .check = "budget", .rule = rule, .about_kind = "budget", .about_id = row->id,
        .programme = b->number, .where = years(b, row->from, row->to), .severity = severity,
        .message = message, .mend = mend});
}

static void found(const struct books *b, const struct finance_row *row, const char *rule,
                  const char *severity, const char *message, const char *mend)
{
    found_said(b, row, rule, severity, message, notice_say(b->out, mend, NULL));
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
    const char *is = percent_text(b, computed, places);
    if (places < 2) { // shows how near it was to the next number: 61.46 %, which rounds to 61 %
        (void)finance_percent(row, 2, &computed);
        is = notice_say(b->out, MSG("{0}, which rounds to {1}"), percent_text(b, computed, 2), is,
                        NULL);
    }
    found(b, row, "percent",
          apart > POINTS_HIGH ? "high" : apart > POINTS_MEDIUM ? "medium" : "low",
          notice_say(b->out, MSG("The printed percentage is {0} %, but {1} of {2} is {3}."),
                     row->printed, money(b, row->amount[FINANCE_SPENT]),
                     money(b, row->amount[FINANCE_APPROVED]), is, NULL),
          MSG("Look at the document again: either the percentage or one of the two amounts is "
              "wrong."));
}

static void check_budget_missing(const struct books *b, const struct finance_row *row)
{
    bool no_budget = !row->has[FINANCE_APPROVED] || row->amount[FINANCE_APPROVED] == 0;
    if (row->is_total || !row->has[FINANCE_SPENT] || row->amount[FINANCE_SPENT] <= 0) {
        return;
    }
    if (no_budget) {
        found(b, row, "no_budget", "high",
              notice_say(b->out,
                         row->has[FINANCE_APPROVED]
                             ? MSG("{0} was spent, but the budget of the year is 0.")
                             : MSG("{0} was spent, but no budget of the year is given."),
                         money(b, row->amount[FINANCE_SPENT]), NULL),
              MSG("Enter the budget of the year, or say in the note of the row why there is "
                  "none."));
    } else if (row->amount[FINANCE_SPENT] > row->amount[FINANCE_APPROVED]) {
        found(b, row, "above", "medium",
              notice_say(b->out, MSG("{0} was spent on a budget of {1}: {2} too much."),
                         money(b, row->amount[FINANCE_SPENT]),
                         money(b, row->amount[FINANCE_APPROVED]),
                         money(b, row->amount[FINANCE_SPENT] - row->amount[FINANCE_APPROVED]),
                         NULL),
              MSG("Check both amounts. If they are right, name the decision that allowed it in the "
                  "note."));
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
          notice_say(b->out,
                     earlier ? MSG("The same expenditure, {0}, stands in {1} and in {2}. The "
                                   "printed percentage fits the later year only.")
                             : MSG("The same expenditure, {0}, stands in {1} and in {2}."),
                     money(b, row->amount[FINANCE_SPENT]), years(b, before->from, before->to),
                     years(b, row->from, row->to), NULL),
          MSG("One of the two was probably copied from the other. Check both years in the "
              "document."));
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

// One sentence after another.
static const char *and_then(const struct books *b, const char *said, const char *more)
{
    return arena_printf(b->arena, "%s %s", said, more);
}

// Why the expenditure of a total may not be the sum of its years; *mend is changed when that helps.
static const char *explain_spent(const struct books *b, const struct finance_row *total,
                                 const char *said, const char **mend)
{
    int64_t from = total->from, to = total->to, value;
    size_t n;
    bool shorter = run_of(b, total, &from, &to);
    const struct finance_row *year = year_that_fits(b, total, from, to, &value);
    if (shorter) {
        int64_t sum = finance_sum(b->rows, b->n_rows, FINANCE_SPENT, from, to, &n);
        said = and_then(b, said,
                        notice_say(b->out, MSG("The budget beside it is the sum of {0}, whose "
                                               "expenditure adds up to {1}."),
                                   years(b, from, to), money(b, sum), NULL));
    }
    if (year != NULL) {
        said = and_then(b, said,
                        notice_say(b->out, MSG("With {0} instead of {1} in {2} it is exactly the "
                                               "sum of {3}."),
                                   money(b, value), money(b, year->amount[FINANCE_SPENT]),
                                   years(b, year->from, year->to), years(b, from, to), NULL));
        *mend = notice_say(b->out, MSG("Check the expenditure of {0}, and name the years {1}."),
                           years(b, year->from, year->to), years(b, from, to), NULL);
    }
    return said;
}

static void check_total_column(const struct books *b, const struct finance_row *total,
                               enum finance_column column)
{
    static const char *const rules[] = {"total_approved", "total_spent"};
    static const char *const words[] = {
        MSG("The total is labelled {0} and prints an approved budget of {1}, but the years {0} add "
            "up to {2}."),
        MSG("The total is labelled {0} and prints an expenditure of {1}, but the years {0} add up "
            "to {2}.")};
    size_t n;
    int64_t from = total->from, to = total->to;
    int64_t sum = finance_sum(b->rows, b->n_rows, column, from, to, &n);
    if (!total->has[column] || n == 0 || sum == total->amount[column]) {
        return;
    }
    const char *said = notice_say(b->out, words[column], years(b, from, to),
                                  money(b, total->amount[column]), money(b, sum), NULL);
    const char *mend = notice_say(
        b->out, MSG("Check the years in the document, and the amounts of each year."), NULL);
    if (finance_find_run(b->rows, b->n_rows, total, column, &from, &to)) {
        said = and_then(b, said,
                        notice_say(b->out, MSG("It is exactly the sum of {0}."), years(b, from, to),
                                   NULL));
        mend = notice_say(b->out, MSG("Name the years {0}, or add the years that are missing."),
                          years(b, from, to), NULL);
    } else if (column == FINANCE_SPENT) {
        said = explain_spent(b, total, said, &mend);
    }
    found_said(b, total, rules[column], "medium", said, mend);
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
    found_said(b, year, "fits", "medium",
               notice_say(b->out,
                          MSG("{0} is printed, but the printed total {1} less the other years {2} "
                              "leaves {3}, and {3} of {4} is {5}, the printed {6} %."),
                          money(b, year->amount[FINANCE_SPENT]),
                          money(b, total->amount[FINANCE_SPENT]), years(b, from, to),
                          money(b, value), money(b, year->amount[FINANCE_APPROVED]),
                          percent_text(b, percent, 2), year->printed, NULL),
               notice_say(b->out,
                          MSG("The expenditure of {0} is probably {1}. Ask for the accounts of the "
                              "year."),
                          years(b, year->from, year->to), money(b, value), NULL));
}

void finance_check_table(const struct books *b)
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
}
