// SPDX-License-Identifier: AGPL-3.0-or-later
//
// save_api.c: POST /api/v1/{kind}: creates or changes one record or many, all or none.

#include <string.h>

#include "base/bug.h"
#include "exchange/api/api.h"
#include "exchange/record/record_io.h"

static enum err read_dry_run(struct req *r, bool *dry, struct err_info *e)
{
    *dry = false;
    for (size_t i = 0; i < r->n_query; i++) {
        const struct pair *q = &r->query[i];
        if (strcmp(q->name, "dry_run") != 0) {
            return err_set(e, ERR_INPUT, q->name, MSG("“{0}” is not understood here."),
                           MSG("Fields belong into the body; only dry_run=1 may stand here."),
                           q->name, NULL);
        }
        if (strcmp(q->value, "1") != 0 && strcmp(q->value, "0") != 0) {
            return err_set(e, ERR_INPUT, "dry_run", MSG("dry_run is 1 or 0."),
                           MSG("Write dry_run=1 to try without saving."), NULL);
        }
        *dry = q->value[0] == '1';
    }
    return ERR_NONE;
}

static bool is_list(const char *body)
{
    return body[strspn(body, " \t\r\n\xef\xbb\xbf")] == '[';
}

static enum err save(struct req *r, const struct entity *kind, bool dry, struct import *im,
                     struct err_info *e)
{
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, NULL, &im->tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = import_json(im, kind, r->body, r->body_len, e);
    if (err == ERR_NONE && dry) {
        err = store_ask_rules(im->tx, e);
    }
    if (err != ERR_NONE || dry) {
        store_rollback(im->tx);
        return err;
    }
    return store_commit(im->tx, e);
}

static void put_item(struct json_out *j, const struct import_done *done, bool dry)
{
    static const char *const outcomes[] = {
        [IMPORT_CREATED] = "created", [IMPORT_CHANGED] = "changed", [IMPORT_SAME] = "same"};
    bool passing = dry && done->outcome == IMPORT_CREATED; // its id will be another one
    json_put_object(j);
    json_member_text(j, "outcome", outcomes[done->outcome]);
    json_member_text(j, "id", passing ? NULL : done->id);
    json_member_text(j, "version",
                     dry && done->outcome != IMPORT_SAME ? NULL : done->version);
    json_put_object_end(j);
}

static void answer(struct req *r, struct reply *p, const struct entity *kind,
                   const struct import *im, bool dry)
{
    struct json_out j;
    size_t n = (size_t)im->created + (size_t)im->updated + (size_t)im->same;
    const struct import_done **done = ARENA_ARRAY(r->arena, const struct import_done *, n);
    size_t at = n;
    for (const struct import_done *d = im->done; d != NULL; d = d->next) {
        ensure(at > 0);
        done[--at] = d;
    }
    if (!is_list(r->body) && !dry) {
        p->etag = done[0]->version;
        p->status = im->created == 1 ? 201 : 200;
        p->location = im->created == 1 ? api_address(r->arena, kind->kind, done[0]->id) : NULL;
    }
    api_json(p, &j);
    json_put_object(&j);
    json_member_bool(&j, "dry_run", dry);
    json_member_int(&j, "created", im->created);
    json_member_int(&j, "changed", im->updated);
    json_member_int(&j, "same", im->same);
    json_put_name(&j, "items");
    json_put_array(&j);
    for (size_t i = 0; i < n; i++) {
        put_item(&j, done[i], dry);
    }
    json_put_array_end(&j);
    json_put_object_end(&j);
    json_end(&j);
}

enum err api_save_post(struct req *r, struct reply *p, struct err_info *e)
{
    const struct entity *kind;
    bool dry;
    struct import im = {.arena = r->arena, .who = r->who, .versions = true, .tell = true};
    enum err err = api_kind(r, &kind, e);
    if (err == ERR_NONE && r->body == NULL) {
        err = err_set(e, ERR_USAGE, "body", MSG("There is no JSON in this request."),
                      MSG("Send a record or a list of records as application/json."), NULL);
    }
    if (err == ERR_NONE && kind->compute != NULL) {
        err = err_set(e, ERR_METHOD, "kind", MSG("“{0}” is computed and cannot be saved."),
                      MSG("Change the records it is computed from."), kind->kind, NULL);
    }
    if (err == ERR_NONE) {
        err = read_dry_run(r, &dry, e);
    }
    if (err == ERR_NONE) {
        err = api_if_match(r, &im.if_match, e);
    }
    if (err == ERR_NONE) {
        err = save(r, kind, dry, &im, e);
    }
    if (err == ERR_NONE) {
        answer(r, p, kind, &im, dry);
    } else if (r->body != NULL && !is_list(r->body)) {
        api_blame_field(e);
    }
    return err;
}
