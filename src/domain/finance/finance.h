// SPDX-License-Identifier: AGPL-3.0-or-later
//
// finance.h: donors, pledges and budgets, and the arithmetic of budget tables as documents print them.
//
// docs/finance.md has every rule with a worked example. Figures are kept as printed; what does not
// follow from the figures beside it is found here and shown, never mended silently.

#ifndef FINANCE_FINANCE_H
#define FINANCE_FINANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/model.h"

struct buf;
struct check;
struct db_read;
struct lang;

extern const struct entity entity_donor;
extern const struct entity entity_pledge;
extern const struct entity entity_budget;
extern const struct check check_budget;

// Rules over several fields of one record.
enum err budget_check(const struct record *r, struct err_info *e);
enum err pledge_check(const struct record *r, struct err_info *e);

// For `mainstay explain budget` (finance_explain_store.c).
enum err budget_explain(struct arena *a, struct db_read *db, const struct lang *lang,
                        const struct identity *who, const struct record *r, struct buf *out,
                        struct err_info *e);

// ---- arithmetic (finance_rules.c) ---------------------------------------------------------------
// All amounts are minor units of one currency. Typical tables have 5 to 15 rows.

enum finance_column { FINANCE_APPROVED, FINANCE_SPENT };

struct finance_row {
    const char *id;
    bool is_total;
    int64_t from; // years; the same for the row of one year
    int64_t to;
    bool has[2]; // by enum finance_column: is the amount printed?
    int64_t amount[2];
    const char *printed; // percentage as printed ("89.95"), or NULL
};
// The row of a budget record.
struct finance_row finance_row_of(const struct record *budget);

// Expenditure in per cent of the budget, rounded half away from zero to `places` places (0 to 6), times
// 1,000,000. False when there is no expenditure, no budget, or a budget of 0.
bool finance_percent(const struct finance_row *row, int places, int64_t *scaled);
// Does the printed percentage follow from the amounts, at the places it is printed with? True also when
// nothing is printed or nothing can be computed.
bool finance_percent_follows(const struct finance_row *row);

// Sum of a column over the rows of single years from `from` to `to`. n is the number of rows that have
// the amount; 0 gives the sum 0. Two rows of one year are both added.
int64_t finance_sum(const struct finance_row *rows, size_t n_rows, enum finance_column column,
                    int64_t from, int64_t to, size_t *n);

// The longest run of years within the total's own, shorter than it, whose rows add up to the printed
// total of this column; of equally long ones the first. False when there is none.
bool finance_find_run(const struct finance_row *rows, size_t n_rows,
                      const struct finance_row *total, enum finance_column column, int64_t *from,
                      int64_t *to);

// The expenditure of a year that would fit both the printed percentage of the year and the printed
// total over the years from `from` to `to`: total less the other years. False when the value does not
// give the printed percentage, when it is negative, or when it is what is printed already.
bool finance_fitting_spent(const struct finance_row *rows, size_t n_rows,
                           const struct finance_row *year, const struct finance_row *total,
                           int64_t from, int64_t to, int64_t *value);

// The row of the year before with the same expenditure (not 0), or NULL.
const struct finance_row *finance_same_as_before(const struct finance_row *rows, size_t n_rows,
                                                 const struct finance_row *year);

#endif
