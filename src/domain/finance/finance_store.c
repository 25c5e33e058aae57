// SPDX-License-Identifier: AGPL-3.0-or-later
//
// finance_store.c: see finance_store.h.

#include "finance/finance_store.h"

#include "finance/finance_sql.h"

enum err finance_pledges_load(struct db_read *db, struct arena *a, const char *programme_id,
                              struct finance_pledge **rows, size_t *n, struct err_info *e)
{
    const struct finance_pledges_in in = {.programme_id = programme_id};
    struct finance_pledges_row *found;
    enum err err = finance_pledges_all(a, db, &in, &found, n, e);
    if (err != ERR_NONE) {
        return err;
    }
    *rows = ARENA_ARRAY(a, struct finance_pledge, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        (*rows)[i] = (struct finance_pledge){
            .id = found[i].id, .donor = found[i].donor, .sort = found[i].sort,
            .earmark = found[i].earmark, .note = found[i].note,
            .has_amount = found[i].has_amount, .amount = found[i].amount};
    }
    return ERR_NONE;
}
