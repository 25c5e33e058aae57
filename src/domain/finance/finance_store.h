// SPDX-License-Identifier: AGPL-3.0-or-later
//
// finance_store.h: what the pages of this noun load. Not for other nouns.

#ifndef FINANCE_FINANCE_STORE_H
#define FINANCE_FINANCE_STORE_H

#include "finance/finance.h"
#include "store/store.h"

struct finance_pledge {
    const char *id, *donor, *sort, *earmark, *note; // note may be NULL
    bool has_amount;
    int64_t amount; // minor units
};
MUST_CHECK enum err finance_pledges_load(struct db_read *db, struct arena *a,
                                         const char *programme_id, struct finance_pledge **rows,
                                         size_t *n, struct err_info *e);

#endif
