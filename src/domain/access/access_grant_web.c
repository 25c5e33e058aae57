// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_grant_web.c: giving and taking roles, for the page of a person and that of a programme.

#include <string.h>

#include "access/access_web_private.h"

enum err access_end(struct req *r, struct reply *p, struct store_tx *tx, enum err err,
                    const char *said, const char *go_to, struct err_info *e)
{
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    if (err == ERR_NONE) {
        p->location = go_to;
        p->status = 303;
        reply_flash(p, tr(r->lang, said), NULL);
    }
    return err;
}

enum err access_may_not_give(struct err_info *e)
{
    return err_set(e, ERR_NOT_ALLOWED, "role", MSG("You may not give or take this role there."),
                   MSG("Nobody can give more than they hold. Ask somebody who holds it."), NULL);
}

enum err access_take_role(struct req *r, struct reply *p, const char *user_id,
                          const char *programme_id, const char *go_to, struct err_info *e)
{
    struct store_tx *tx;
    struct record *grant;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = store_get(store_tx_read(tx), r->arena, &entity_role_grant, req_capture(r, "role_grant"),
                    &grant, e);
    const char *of = err != ERR_NONE     ? NULL
                     : user_id != NULL   ? record_text(grant, "user_id")
                                         : record_text(grant, "programme_id");
    if (err == ERR_NONE && strcmp(of, user_id != NULL ? user_id : programme_id) != 0) {
        err = err_set(e, ERR_NOT_FOUND, NULL, MSG("This page does not exist."), NULL, NULL);
    }
    if (err == ERR_NONE &&
        !role_may_give(r->who, record_text(grant, "role"),
                       record_is_set(grant, "programme_id") ? record_text(grant, "programme_id")
                                                            : NULL)) {
        err = access_may_not_give(e);
    }
    if (err == ERR_NONE) {
        err = person_take_role(tx, r->arena, grant->id, e);
    }
    return access_end(r, p, tx, err, MSG("The role is taken away."), go_to, e);
}
