// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_step_web.c: auditing, publishing, withdrawing and deleting a release.

#include "programme/programme_web.h"
#include "release/release_web.h"

static enum err audit_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *x;
    enum err err = release_of_path(r, false, &x, e);
    if (err == ERR_NONE) {
        err = release_audit_record(r->db, r->arena, x, release_today(r->arena), e);
    }
    if (err == ERR_NONE) {
        err = programme_save_one(r, x, NULL, e);
    }
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, release_is(x, "audited") ? MSG("Protected: another person can publish it now.")
                                                             : MSG("Not protected: the release is refused.")),
                    NULL);
        reply_redirect(r, p, release_address(r, x, ""), NULL);
    }
    return err;
}

const struct route route_release_audit = {
    .path = "/programmes/{programme}/releases/{release}/audit",
    .needs = MAY_WRITE,
    .post = audit_post,
    .title = MSG("Audit of a release"),
    .menu = MENU_REPORTS,
};

static enum err publish_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *x;
    const struct actor who = req_actor(r);
    enum err err = release_of_path(r, false, &x, e);
    if (err == ERR_NONE) {
        release_set_published(x, actor_id(&who), release_today(r->arena));
        err = programme_save_one(r, x, NULL, e);
    }
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("Published. It stays as it is.")), NULL);
        reply_redirect(r, p, release_address(r, x, ""), NULL);
    }
    return err;
}

const struct route route_release_publish = {
    .path = "/programmes/{programme}/releases/{release}/publish",
    .needs = MAY_APPROVE,
    .post = publish_post,
    .title = MSG("Publishing a release"),
    .menu = MENU_REPORTS,
};

static const struct field withdraw_fields[] = {
    {.name = "reason", .label = MSG("Why is it withdrawn?"), .type = FIELD_LONG, .data_class = CLASS_C1,
     .required = true, .max = 2000},
};

static enum err withdraw_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *x;
    const char *reason = form_value(r->form, "reason")->text;
    enum err err = release_of_path(r, false, &x, e);
    if (err == ERR_NONE) {
        release_set_state(x, "withdrawn", reason);
        err = programme_save_one(r, x, reason, e);
    }
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("Withdrawn. Who read it knows it still, so it stays in the ledger.")), NULL);
        reply_redirect(r, p, release_address(r, x, ""), NULL);
    }
    return err;
}

const struct route route_release_withdraw = {
    .path = "/programmes/{programme}/releases/{release}/withdraw",
    .needs = MAY_APPROVE,
    .post = withdraw_post,
    .fields = withdraw_fields,
    .n_fields = 1,
    .title = MSG("Withdrawing a release"),
    .menu = MENU_REPORTS,
};

static enum err delete_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *x;
    struct store_tx *tx;
    const struct actor who = req_actor(r);
    enum err err = release_of_path(r, false, &x, e);
    if (err == ERR_NONE) {
        err = store_begin(r->store, &who, NULL, &tx, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    err = store_delete(tx, r->arena, &entity_release, x->id, e);
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The draft is deleted.")), NULL);
        reply_redirect(r, p, "/releases", NULL);
    }
    return err;
}

const struct route route_release_delete = {
    .path = "/programmes/{programme}/releases/{release}/delete",
    .needs = MAY_WRITE,
    .post = delete_post,
    .title = MSG("Deleting a draft"),
    .menu = MENU_REPORTS,
};
