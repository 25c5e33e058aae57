// SPDX-License-Identifier: AGPL-3.0-or-later
//
// undo_web.c: POST /undo takes back one change, or those of one step all together. The button stands in messages and in histories.

#include <string.h>

#include "base/bug.h"
#include "http/http.h"

static const struct field undo_fields[] = {
    {.name = "version", .label = MSG("Change"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .required = true, .max = 1300}, // several: a space between
    {.name = "return", .label = MSG("Page"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .max = 1000},
};

// Only a page of ours: one slash, then no second.
static bool is_local(const char *address)
{
    return address[0] == '/' && address[1] != '/' && address[1] != '\\';
}

static enum err allowed(struct req *r, const struct record *record, struct err_info *e)
{
    const char *programme = NULL;
    enum err err = store_programme_of(r->db, r->arena, record, &programme, e);
    enum verb verb = record->entity->admin_only ? MAY_ADMINISTER : MAY_WRITE;
    if (err == ERR_NONE && !identity_may(r->who, verb, programme)) {
        err = err_set(e, ERR_NOT_ALLOWED, NULL, MSG("You may not undo this change."),
                      MSG("Ask somebody who may change it."), NULL);
    }
    return err;
}

// All changes that are named, "hash hash"; *kind: of the last.
static enum err undo_all(struct req *r, struct store_tx *tx, const char *versions, const struct entity **kind,
                         struct err_info *e)
{
    enum err err = ERR_NONE;
    while (err == ERR_NONE && *versions != '\0') {
        struct record *record;
        size_t len = strcspn(versions, " ");
        err = store_undo(tx, r->arena, arena_copy_n(r->arena, versions, len), &record, e);
        if (err == ERR_NONE) {
            *kind = record->entity;
            err = allowed(r, record, e);
        }
        versions += len + (versions[len] == ' ');
    }
    return err;
}

static enum err undo_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct store_tx *tx;
    const struct entity *kind = NULL;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, tr(r->lang, MSG("undone")), &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = undo_all(r, tx, req_posted(r, "version"), &kind, e);
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    reply_flash(p, tr_f(r->arena, r->lang, MSG("Undone: {0}."),
                        tr(r->lang, kind->label), NULL),
                NULL);
    const char *back = req_posted(r, "return");
    const char *home = "/";
    p->location = is_local(back) ? back : home;
    p->status = 303;
    return ERR_NONE;
}

const struct route route_undo = {
    .path = "/undo",
    .needs = MAY_SIGNED_IN, // the right to the record is asked when it is known which it is
    .post = undo_post,
    .fields = undo_fields,
    .n_fields = COUNT_OF(undo_fields),
    .title = MSG("Undo"),
};
