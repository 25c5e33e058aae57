// SPDX-License-Identifier: AGPL-3.0-or-later
//
// known.c: records that were found while saving, so that a long import, which names the same few again and again,
// asks for each of them once. See store.h (store_known).

#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "store/store_private.h"

static struct known_record *look(struct store_tx *tx, const struct entity *kind, const char *id)
{
    for (size_t i = 0; i < COUNT_OF(tx->known); i++) {
        struct known_record *k = &tx->known[i];
        if (k->kind == kind && strcmp(k->id, id) == 0) {
            return k;
        }
    }
    return NULL;
}

static void forget(struct known_record *k)
{
    k->kind = NULL;
    k->kept.note = NULL;
    if (k->kept.arena != NULL) {
        arena_reset(k->kept.arena);
    }
}

struct store_known *store_known(struct db_read *db, const struct entity *kind, const char *id)
{
    struct store_tx *tx = db_tx_owner(db);
    struct known_record *k = tx == NULL ? NULL : look(tx, kind, id);
    if (k != NULL && k->kept.arena == NULL) {
        k->kept.arena = arena_new(LIMIT_KNOWN_BYTES);
    }
    return k == NULL ? NULL : &k->kept;
}

enum err known_find(struct store_tx *tx, struct arena *a, const struct entity *kind, const char *id,
                    const struct known_record **out, struct err_info *e)
{
    struct record *found;
    const char *programme;
    *out = look(tx, kind, id);
    if (*out != NULL) {
        return ERR_NONE;
    }
    enum err err = store_get(store_tx_read(tx), a, kind, id, &found, e);
    if (err == ERR_NONE) {
        err = store_programme_of(store_tx_read(tx), a, found, &programme, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct known_record *k = &tx->known[tx->n_known++ % COUNT_OF(tx->known)];
    forget(k);
    k->kind = kind;
    snprintf(k->id, sizeof k->id, "%s", found->id);
    snprintf(k->programme, sizeof k->programme, "%s", programme == NULL ? "" : programme);
    *out = k;
    return ERR_NONE;
}

void known_forget(struct store_tx *tx)
{
    for (size_t i = 0; i < COUNT_OF(tx->known); i++) {
        forget(&tx->known[i]);
    }
}

void known_free(struct store_tx *tx)
{
    for (size_t i = 0; i < COUNT_OF(tx->known); i++) {
        arena_free(tx->known[i].kept.arena);
    }
}
