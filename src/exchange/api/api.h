// SPDX-License-Identifier: AGPL-3.0-or-later
//
// api.h: what the addresses under /api/v1/ share. docs/api.md is the reference for people.

#ifndef API_API_H
#define API_API_H

#include "base/err.h"
#include "format/json/json_write.h"
#include "http/http.h"
#include "model/model.h"

#define API_ROWS 50       // of a list, when nobody says
#define API_ROWS_MOST 200 // LIMIT_PAGE_ROWS

// The kind named in the path. ERR_NOT_FOUND, also when it is only for administrators and the person
// is none.
MUST_CHECK enum err api_kind(struct req *r, const struct entity **kind, struct err_info *e);
// Version named by If-Match, without quotes; "*" for any; NULL when the line is absent. ERR_INPUT when
// it is not one quoted version.
MUST_CHECK enum err api_if_match(struct req *r, const char **version, struct err_info *e);
// Takes back "record 1" from the place of an error, where only one record was sent.
void api_blame_field(struct err_info *e);
// "/api/v1/risk/01h..."
const char *api_address(struct arena *a, const char *kind, const char *id);
// POST /api/v1/{kind}: creates or changes records. (save_api.c)
handler api_save_post;
// JSON as the reply.
void api_json(struct reply *p, struct json_out *j);

#endif
