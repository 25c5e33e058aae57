// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_token_web.c: hook of the dispatcher for `Authorization: Bearer`.

#include "access/access_token_private.h"
#include "http/hooks.h"

enum err access_identify_bearer(struct db_read *db, struct arena *a, const char *token_hash,
                                struct http_session *out, struct err_info *e)
{
    return access_token_identity(db, a, token_hash, &out->who, &out->stale, e);
}
