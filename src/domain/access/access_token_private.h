// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_token_private.h: access tokens of the API, inside this noun.

#ifndef ACCESS_ACCESS_TOKEN_PRIVATE_H
#define ACCESS_ACCESS_TOKEN_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/access.h"
#include "base/arena.h"

struct db_tx;

#define ACCESS_TOKEN_DAYS 90      // how long a token lives when nobody says
#define ACCESS_TOKEN_DAYS_MOST 366
#define ACCESS_TOKEN_NAME_BYTES 80

struct access_token {
    const char *name;
    bool read_only;
    const char *created_at; // UTC
    const char *expires_at;
    const char *used_at; // NULL: never
};

// Makes a token for a person (an id). *token is told once: only its hash is kept. days: 1 to
// ACCESS_TOKEN_DAYS_MOST. ERR_INPUT (e->field "name", "days") when a value is refused.
MUST_CHECK enum err access_token_make(struct store_tx *tx, struct arena *a, const char *user_id,
                                      const char *name, bool read_only, int64_t days,
                                      const char **token, const char **expires_at,
                                      struct err_info *e);
// A person by sign-in name or id, and their tokens. For the command line.
MUST_CHECK enum err access_token_owner(struct store *s, struct arena *a, const char *name_key,
                                       struct record **person, struct err_info *e);
MUST_CHECK enum err access_tokens_now(struct store *s, struct arena *a, const char *user_id,
                                      struct access_token **out, size_t *n, struct err_info *e);
MUST_CHECK enum err access_tokens_of(struct db_read *db, struct arena *a, const char *user_id,
                                     struct access_token **out, size_t *n, struct err_info *e);
// ERR_NOT_FOUND when the person has none of this name.
MUST_CHECK enum err access_token_revoke(struct store_tx *tx, struct arena *a, const char *user_id,
                                        const char *name, struct err_info *e);
// The person of a living token; *who NULL when there is none. *stale: its use should be noted.
MUST_CHECK enum err access_token_identity(struct db_read *db, struct arena *a,
                                          const char *token_hash, const struct identity **who,
                                          bool *stale, struct err_info *e);
// Nothing when the hash is not that of a token.
MUST_CHECK enum err access_token_note_use(struct db_tx *tx, const char *token_hash,
                                          const char *now, struct err_info *e);

#endif
