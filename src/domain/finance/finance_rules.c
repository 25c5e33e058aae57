// SPDX-License-Identifier: AGPL-3.0-or-later
//
// finance_rules.c: what makes a budget row right. Slips of printed documents are not refused: they
// are kept as printed and found by the budget check (finance_check.c).

#include <string.h>

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
