// SPDX-License-Identifier: AGPL-3.0-or-later
//
// record_api.c: GET and DELETE /api/v1/{kind}/{record}: one record by its id or code.

#include <string.h>

#include "exchange/api/api.h"
#include "exchange/record/record_io.h"
#include "exchange/record/record_rights.h"
#include "format/json/json_read.h"

#define MOST_REASON_BYTES 400

static enum err record_get(struct req *r, struct reply *p, struct err_info *e)
{
    const struct entity *kind;
    struct record *record;
    struct json_out j;
    struct money_context money = {.arena = r->arena, .db = r->db};
    enum err err = api_kind(r, &kind, e);
    if (err == ERR_NONE) {
        err = record_get_visible(r->db, r->arena, r->who, kind, req_capture(r, "record"), &record,
                                 e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    p->etag = record->version; // NULL for what is computed
    api_json(p, &j);
    err = record_put_json(&money, &j, record, CLASS_C4, e);
    if (err == ERR_NONE) {
        json_end(&j);
    }
    return err;
}

// {"reason": "..."} and nothing else.
static enum err read_reason(struct req *r, const char **reason, struct err_info *e)
{
    const struct json *j = NULL;
    *reason = NULL;
    enum err err = r->body == NULL ? ERR_NONE : json_read(r->arena, r->body, r->body_len, &j, e);
    if (err != ERR_NONE) {
        return err;
    }
    for (int i = 0; j != NULL && j->kind == JSON_KIND_OBJECT && i < j->n; i++) {
        if (strcmp(j->items[i].name, "reason") != 0) {
            return err_set(e, ERR_INPUT, j->items[i].name, MSG("“{0}” is not understood here."),
                           MSG("Send {\"reason\": \"why\"} only."), j->items[i].name, NULL);
        }
    }
    *reason = json_get_text(j, "reason");
    if (*reason == NULL || (*reason)[strspn(*reason, " \t\r\n")] == '\0' ||
        strlen(*reason) > MOST_REASON_BYTES) {
        return err_set(e, ERR_INPUT, "reason", MSG("Deleting needs a reason, of at most 400 bytes."),
                       MSG("Send {\"reason\": \"why\"} as application/json."), NULL);
    }
    return ERR_NONE;
}

static enum err delete_in(struct req *r, struct store_tx *tx, const struct entity *kind,
                          const char *version, const char **id, struct err_info *e)
{
    struct record *record;
    const char *programme;
    struct db_read *db = store_tx_read(tx);
    enum err err =
        record_get_visible(db, r->arena, r->who, kind, req_capture(r, "record"), &record, e);
    if (err == ERR_NONE) {
        err = record_programme(db, r->arena, record, &programme, e);
    }
    if (err == ERR_NONE && !record_may_write(r->who, kind, programme)) {
        err = err_set(e, ERR_NOT_ALLOWED, NULL, MSG("You may not delete this record."),
                      MSG("Ask somebody who may change it."), NULL);
    }
    if (err == ERR_NONE && version != NULL && strcmp(version, "*") != 0 &&
        strcmp(version, record->version) != 0) {
        err = err_set(e, ERR_STALE, "If-Match",
                      MSG("The record is not in the version that If-Match names."),
                      MSG("Read it again and decide anew."), NULL);
    }
    if (err == ERR_NONE) {
        *id = record->id;
        err = store_delete(tx, r->arena, kind, record->id, e);
    }
    return err;
}

static enum err record_delete(struct req *r, struct reply *p, struct err_info *e)
{
    const struct entity *kind;
    const char *reason;
    const char *version;
    const char *id;
    struct store_tx *tx;
    struct json_out j;
    struct actor who = req_actor(r);
    enum err err = api_kind(r, &kind, e);
    if (err == ERR_NONE && kind->compute != NULL) {
        err = err_set(e, ERR_METHOD, "kind", MSG("“{0}” is computed and cannot be deleted."),
                      MSG("Change the records it is computed from."), kind->kind, NULL);
    }
    if (err == ERR_NONE) {
        err = read_reason(r, &reason, e);
    }
    if (err == ERR_NONE) {
        err = api_if_match(r, &version, e);
    }
    if (err == ERR_NONE) {
        err = store_begin(r->store, &who, reason, &tx, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    err = delete_in(r, tx, kind, version, &id, e);
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    if (err == ERR_NONE) {
        api_json(p, &j);
        json_put_object(&j);
        json_member_text(&j, "outcome", "deleted");
        json_member_text(&j, "id", id);
        json_put_object_end(&j);
        json_end(&j);
    }
    return err;
}

const struct route route_api_record = {
    .path = "/api/v1/{kind}/{record}",
    .needs = MAY_SIGNED_IN, // the right to the record is asked when it is known which it is
    .get = record_get,
    .remove = record_delete,
    .title = MSG("Record"),
};
