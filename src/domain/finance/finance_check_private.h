// SPDX-License-Identifier: AGPL-3.0-or-later
//
// finance_check_private.h: the money of one programme, as the files of the standing check see it.

#ifndef FINANCE_FINANCE_CHECK_PRIVATE_H
#define FINANCE_FINANCE_CHECK_PRIVATE_H

#include "base/decimal.h"
#include "finance/finance.h"
#include "model/check.h"

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

static inline const char *money(const struct books *b, int64_t minor)
{
    return money_for_people(b->arena, b->currency, minor, b->digits);
}

// Looks at the budget table: each row, and the totals. (finance_table_check.c)
void finance_check_table(const struct books *b);

#endif
