// SPDX-License-Identifier: AGPL-3.0-or-later
//
// request.c: what handlers ask of a request. See http.h.

#include <string.h>
#include <strings.h>

#include "http/http.h"

static const char *find(const struct pair *pairs, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(pairs[i].name, name) == 0) {
            return pairs[i].value;
        }
    }
    return "";
}

const char *req_capture(const struct req *r, const char *name)
{
    return find(r->captures, r->n_captures, name);
}

const char *req_query(const struct req *r, const char *name)
{
    return find(r->query, r->n_query, name);
}

const char *req_posted(const struct req *r, const char *name)
{
    return find(r->posted, r->n_posted, name);
}

const char *req_header(const struct req *r, const char *name)
{
    for (size_t i = 0; i < r->n_headers; i++) {
        if (strcasecmp(r->headers[i].name, name) == 0) {
            return r->headers[i].value;
        }
    }
    return "";
}

const struct upload *req_upload(const struct req *r, const char *field)
{
    for (size_t i = 0; i < r->n_uploads; i++) {
        if (strcmp(r->uploads[i].field, field) == 0) {
            return &r->uploads[i];
        }
    }
    return NULL;
}

bool req_may(const struct req *r, enum verb verb)
{
    return r->country != NULL ? (r->country_verbs & verb) != 0
                              : identity_may(r->who, verb,
                                             r->programme == NULL ? NULL : r->programme->id);
}

const char *req_foot(const struct req *r)
{
    return r->sample ? tr(r->lang, MSG("Sample data: invented")) : NULL;
}

struct actor req_actor(const struct req *r)
{
    if (r->who == NULL) {
        return (struct actor){.user_id = NULL, .name = "nobody"};
    }
    return (struct actor){
        .user_id = r->who->user_id, .name = r->who->name_key, .identity = r->who,
        .country = r->country, .country_verbs = r->country_verbs};
}

enum err req_note_export(const struct req *r, const char *about, struct err_info *e)
{
    struct store_tx *tx;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = store_event(tx, "exported", about, e);
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}
