// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_token_store.c: see access_token_private.h. A token has the form of a session token, so that
// http/session.h recognises and hashes it: base64url of 32 random bytes, BLAKE2b-256 in hex.

#include "access/access_token_private.h"

#include <sodium.h>
#include <string.h>

#include "access/access_private.h"
#include "access/access_token_sql.h"
#include "base/date.h"
#include "base/utf8.h"
#include "os/clock.h"
#include "os/random.h"
#include "store/store.h"

#define TOKEN_BYTES 32
#define TOKEN_TEXT_BYTES 44
#define DAY_MS INT64_C(86400000)

static enum err check_values(const char *name, int64_t days, struct err_info *e)
{
    size_t at;
    size_t len = strlen(name);
    if (len == 0 || len > ACCESS_TOKEN_NAME_BYTES || !utf8_is_clean(name, len, &at)) {
        return err_set(e, ERR_INPUT, "name", MSG("A token needs a name of at most 80 characters."),
                       MSG("Say what it is for: “Monthly report”."), NULL);
    }
    if (days < 1 || days > ACCESS_TOKEN_DAYS_MOST) {
        return err_set(e, ERR_INPUT, "days", MSG("A token lives from 1 to 366 days."),
                       MSG("Make a new one when it ends."), NULL);
    }
    return ERR_NONE;
}

static enum err check_is_new(struct store_tx *tx, struct arena *a, const char *user_id,
                             const char *name, struct err_info *e)
{
    struct access_token *tokens;
    size_t n;
    enum err err = access_tokens_of(store_tx_read(tx), a, user_id, &tokens, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        if (strcmp(tokens[i].name, name) == 0) {
            err = err_set(e, ERR_INPUT, "name", MSG("The person has a token of this name already."),
                          MSG("Choose another name, or take that one back first."), NULL);
        }
    }
    return err;
}

enum err access_token_make(struct store_tx *tx, struct arena *a, const char *user_id,
                           const char *name, bool read_only, int64_t days, const char **token,
                           const char **expires_at, struct err_info *e)
{
    unsigned char bytes[TOKEN_BYTES];
    unsigned char hash[TOKEN_BYTES];
    char hex[TOKEN_BYTES * 2 + 1];
    char *text = arena_alloc(a, TOKEN_TEXT_BYTES);
    enum err err = check_values(name, days, e);
    if (err != ERR_NONE) {
        return err;
    }
    const char *now = access_now(a, 0);
    struct access_token_sweep_in old = {.now = now};
    err = access_token_sweep(store_tx_db(tx), &old, e);
    if (err == ERR_NONE) {
        err = check_is_new(tx, a, user_id, name, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    random_bytes(bytes, sizeof bytes);
    sodium_bin2base64(text, TOKEN_TEXT_BYTES, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    crypto_generichash(hash, sizeof hash, (const unsigned char *)text, strlen(text), NULL, 0);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    *token = text;
    *expires_at = access_now(a, -days * (DAY_MS / 1000));
    struct access_token_add_in in = {.token_hash = hex, .user_id = user_id, .name = name,
                                     .read_only = read_only, .created_at = now,
                                     .expires_at = *expires_at};
    err = access_token_add(store_tx_db(tx), &in, e);
    return err == ERR_NONE ? store_event(tx, "access token made", user_id, e) : err;
}

enum err access_tokens_of(struct db_read *db, struct arena *a, const char *user_id,
                          struct access_token **out, size_t *n, struct err_info *e)
{
    struct access_token_list_in in = {.user_id = user_id};
    struct access_token_list_row *rows;
    enum err err = access_token_list_all(a, db, &in, &rows, n, e);
    if (err != ERR_NONE) {
        return err;
    }
    *out = ARENA_ARRAY(a, struct access_token, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        (*out)[i] = (struct access_token){rows[i].name, rows[i].read_only != 0, rows[i].created_at,
                                          rows[i].expires_at, rows[i].used_at};
    }
    return ERR_NONE;
}

enum err access_tokens_now(struct store *s, struct arena *a, const char *user_id,
                           struct access_token **out, size_t *n, struct err_info *e)
{
    struct db_read *db;
    enum err err = db_reader(store_db(s), &db, e);
    return err == ERR_NONE ? access_tokens_of(db, a, user_id, out, n, e) : err;
}

enum err access_token_owner(struct store *s, struct arena *a, const char *name_key,
                            struct record **person, struct err_info *e)
{
    struct db_read *db;
    enum err err = db_reader(store_db(s), &db, e);
    return err == ERR_NONE ? store_get(db, a, &entity_user, name_key, person, e) : err;
}

enum err access_token_revoke(struct store_tx *tx, struct arena *a, const char *user_id,
                             const char *name, struct err_info *e)
{
    struct access_token *tokens;
    size_t n;
    bool found = false;
    enum err err = access_tokens_of(store_tx_read(tx), a, user_id, &tokens, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        found = found || strcmp(tokens[i].name, name) == 0;
    }
    if (err == ERR_NONE && !found) {
        err = err_set(e, ERR_NOT_FOUND, NULL, MSG("The person has no token of this name."),
                      MSG("“mainstay user tokens SIGN-IN-NAME” lists them."), NULL);
    }
    struct access_token_end_in in = {.user_id = user_id, .name = name};
    if (err == ERR_NONE) {
        err = access_token_end(store_tx_db(tx), &in, e);
    }
    return err == ERR_NONE ? store_event(tx, "access token taken back", user_id, e) : err;
}

// What is left of the rights when a token may only read.
static void only_reading(struct identity *who)
{
    struct grant *grants = (struct grant *)who->grants;
    for (size_t i = 0; i < who->n_grants; i++) {
        grants[i].verbs &= MAY_READ | MAY_EXPORT;
    }
}

enum err access_token_identity(struct db_read *db, struct arena *a, const char *token_hash,
                               const struct identity **out, bool *stale, struct err_info *e)
{
    struct access_token_person_in in = {.token_hash = token_hash, .now = access_now(a, 0)};
    struct access_token_person_row *rows;
    size_t n;
    *out = NULL;
    *stale = false;
    enum err err = access_token_person_all(a, db, &in, &rows, &n, e);
    if (err != ERR_NONE || n == 0) {
        return err;
    }
    struct identity *who = ARENA_MAKE(a, struct identity);
    *who = (struct identity){.user_id = rows[0].user_id, .name_key = rows[0].name_key,
                             .name = rows[0].name, .language = rows[0].language};
    for (size_t i = 0; i < n; i++) {
        identity_add(a, who, rows[i].role, rows[i].scope, rows[i].programme_id);
    }
    if (rows[0].read_only != 0) {
        only_reading(who);
    }
    *out = who;
    *stale = rows[0].used_at == NULL ||
             strcmp(rows[0].used_at, access_now(a, ACCESS_TOUCH_S)) <= 0;
    return ERR_NONE;
}

enum err access_token_note_use(struct db_tx *tx, const char *token_hash, const char *now,
                               struct err_info *e)
{
    struct access_token_touch_in in = {.token_hash = token_hash, .now = now};
    return access_token_touch(tx, &in, e);
}
