// SPDX-License-Identifier: AGPL-3.0-or-later
//
// keep.c: rules over all records of a kind (entity.keep): what held before a transaction holds after it.
//
// A rule that did not hold before is not asked, so that the first records can be made one by one; a
// transaction may break it in between, so that one file can hand something over.

#include "store/store_private.h"

enum err keep_begin(struct store_tx *tx, const struct entity *kind, struct err_info *e)
{
    if (kind->keep == NULL) {
        return ERR_NONE;
    }
    for (const struct kept_rule *k = tx->kept; k != NULL; k = k->next) {
        if (k->keep == kind->keep) {
            return ERR_NONE;
        }
    }
    struct err_info broken;
    enum err err = kind->keep(tx->arena, store_tx_read(tx), &broken);
    if (err != ERR_NONE && err != ERR_INPUT) {
        *e = broken;
        return err;
    }
    struct kept_rule *k = ARENA_MAKE(tx->arena, struct kept_rule);
    *k = (struct kept_rule){.next = tx->kept,
                            .keep = kind->keep,
                            .committed = kind->committed,
                            .held = err == ERR_NONE};
    tx->kept = k;
    return ERR_NONE;
}

enum err store_ask_rules(struct store_tx *tx, struct err_info *e)
{
    enum err err = ERR_NONE;
    for (const struct kept_rule *k = tx->kept; k != NULL && err == ERR_NONE; k = k->next) {
        if (k->held) {
            err = k->keep(tx->arena, store_tx_read(tx), e);
        }
    }
    return err;
}
