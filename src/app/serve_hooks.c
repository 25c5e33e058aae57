// SPDX-License-Identifier: AGPL-3.0-or-later
//
// serve_hooks.c: joins the dispatcher, which knows no noun, with the nouns.

#include "app/serve.h"

#include "model/model.h"
#include "store/store.h"

static enum err find_programme(struct db_read *db, struct arena *a, const char *number,
                               struct record **out, struct err_info *e)
{
    struct err_info inner;
    *out = NULL;
    enum err err = store_get(db, a, model_find("programme"), number, out, &inner);
    if (err == ERR_NOT_FOUND) {
        return ERR_NONE;
    }
    if (err != ERR_NONE) {
        *e = inner;
    }
    return err;
}

// A refusal goes into the change log. When that fails the refusal still stands.
static void log_event(struct store *s, const struct actor *who, const char *what,
                      const char *about)
{
    struct err_info e;
    struct store_tx *tx;
    if (store_begin(s, who, NULL, &tx, &e) != ERR_NONE) {
        return;
    }
    if (store_event(tx, what, about, &e) != ERR_NONE || store_commit(tx, &e) != ERR_NONE) {
        store_rollback(tx);
    }
}

const struct http_hooks serve_hooks = {
    .find_programme = find_programme,
    .log_event = log_event,
};
