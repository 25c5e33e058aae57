// SPDX-License-Identifier: AGPL-3.0-or-later
//
// serve_hooks.c: joins the dispatcher, which knows no noun, with the nouns.

#include "app/serve.h"

#include "access/access.h"
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

const struct http_hooks serve_hooks = {
    .identify = access_identify,
    .touch_session = access_touch_session,
    .find_programme = find_programme,
    .log_event = access_log_event,
};
