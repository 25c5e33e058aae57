// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_sign_in_store.c: checking a name and a password, and beginning and ending sessions.
//
// An attempt is counted as a failure before the password is looked at, and taken back when it was
// right: so many attempts at the same moment are counted too. Whether a name exists can be told
// neither from the answer nor from the time: an unknown name goes the same way, with a hash of
// nobody. The log says that a sign-in failed, for whom if there is such a person, never what was
// typed.

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "access/access.h"
#include "access/access_private.h"
#include "access/access_sql.h"
#include "base/date.h"
#include "os/clock.h"
#include "os/password.h"
#include "store/store.h"

#define SUBJECT_BYTES 32

static const char do_not_fit[] = MSG("The name and the password do not fit together.");

struct subject {
    char key[SUBJECT_BYTES * 2 + 1]; // "" when there is none to count
    int64_t free_tries;
};
struct attempt {
    struct subject subjects[2]; // the name, the address
    int64_t now_ms;
};

// ---- counting -----------------------------------------------------------------------------------

static void subject_of(struct subject *out, const char *what, const char *text, size_t len,
                       int64_t free_tries)
{
    unsigned char hash[SUBJECT_BYTES];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)text, len,
                       (const unsigned char *)what, strlen(what));
    sodium_bin2hex(out->key, sizeof out->key, hash, sizeof hash);
    out->free_tries = free_tries;
}

// A household has one IPv4 address, but a whole network of IPv6 ones: its first half counts.
static size_t network_length(const char *client)
{
    size_t len = strlen(client);
    if (strchr(client, '.') != NULL) {
        return len;
    }
    int colons = 0;
    for (size_t i = 0; i < len; i++) {
        colons += client[i] == ':';
        if (client[i] == ':' && (colons == 4 || client[i + 1] == ':')) {
            return i + 1;
        }
    }
    return len;
}

// The waiting time of one subject; counts the attempt when there is none.
static enum err count_one(struct db_tx *tx, const struct subject *s, int64_t now_ms,
                          int64_t *left_s, struct err_info *e)
{
    struct db_query *q;
    struct access_failure_take_row row;
    bool more;
    struct access_failure_take_in in = {.subject = s->key};
    enum err err = access_failure_take(tx, &in, &q, e);
    if (err == ERR_NONE) {
        err = access_failure_take_next(q, &row, &more, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    db_finish(q);
    int64_t left = lockout_left_s(row.failures, row.last_at, s->free_tries, now_ms);
    *left_s = left > *left_s ? left : *left_s;
    int64_t failures = lockout_failures_at(row.failures, row.last_at, s->free_tries, now_ms);
    return access_failure_set(tx,
                              &(struct access_failure_set_in){.subject = s->key,
                                                              .failures = failures + 1,
                                                              .last_at = now_ms},
                              e);
}

static enum err too_many(struct arena *a, int64_t left_s, struct err_info *e)
{
    if (left_s > 90) {
        return err_set(e, ERR_INPUT, NULL, MSG("There were too many tries."),
                       MSG("Wait {0} minutes, then try again."),
                       arena_printf(a, "%lld", (long long)((left_s + 59) / 60)), NULL);
    }
    return err_set(e, ERR_INPUT, NULL, MSG("There were too many tries."),
                   MSG("Wait {0} seconds, then try again."),
                   arena_printf(a, "%lld", (long long)left_s), NULL);
}

// Counts the attempt, or refuses it without counting.
static enum err begin_attempt(struct store *s, struct arena *a, const char *name_key,
                              const char *client, struct attempt *out, struct err_info *e)
{
    *out = (struct attempt){.now_ms = clock_now_ms()};
    subject_of(&out->subjects[0], "sign-in name of a person", name_key, strlen(name_key),
               ACCESS_FREE_TRIES);
    if (client[0] != '\0') {
        subject_of(&out->subjects[1], "network address of a browser", client,
                   network_length(client), ACCESS_FREE_TRIES_ADDRESS);
    }
    struct db_tx *tx;
    int64_t left_s = 0;
    enum err err = db_tx_begin(store_db(s), &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    int64_t oldest = out->now_ms - (ACCESS_WAIT_MOST_S + ACCESS_FORGET_S) * INT64_C(1000);
    err = access_failure_sweep(tx, &(struct access_failure_sweep_in){.last_before = oldest}, e);
    for (size_t i = 0; err == ERR_NONE && i < 2; i++) {
        if (out->subjects[i].key[0] != '\0') {
            err = count_one(tx, &out->subjects[i], out->now_ms, &left_s, e);
        }
    }
    if (err == ERR_NONE && left_s > 0) {
        err = too_many(a, left_s, e);
    }
    if (err != ERR_NONE) {
        db_tx_rollback(tx);
        return err;
    }
    return db_tx_commit(tx, e);
}

// The attempt was no failure: the address gets its try back; the name is forgiven all, when it was
// right, or gets its try back too, when nobody looked at the password.
static enum err take_back(struct db_tx *tx, const struct attempt *t, bool right,
                          struct err_info *e)
{
    enum err err =
        right ? access_failure_forget(
                    tx, &(struct access_failure_forget_in){.subject = t->subjects[0].key}, e)
              : access_failure_back(
                    tx, &(struct access_failure_back_in){.subject = t->subjects[0].key}, e);
    if (err == ERR_NONE && t->subjects[1].key[0] != '\0') {
        err = access_failure_back(
            tx, &(struct access_failure_back_in){.subject = t->subjects[1].key}, e);
    }
    return err;
}

// The server was too busy to look.
static void give_up_attempt(struct store *s, const struct attempt *t)
{
    struct db_tx *tx;
    struct err_info inner;
    if (db_tx_begin(store_db(s), &tx, &inner) != ERR_NONE) {
        return;
    }
    if (take_back(tx, t, false, &inner) != ERR_NONE) {
        db_tx_rollback(tx);
        return;
    }
    (void)!db_tx_commit(tx, &inner);
}

// ---- checking -----------------------------------------------------------------------------------

static enum err write_event(struct store *s, const struct actor *who, const char *what,
                            const char *about, struct err_info *e)
{
    struct store_tx *tx;
    enum err err = store_begin(s, who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = store_event(tx, what, about, e);
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

// Counts the attempt and compares. *person is set when the password is right; else ERR_INPUT.
static enum err check(struct store *s, struct arena *a, const char *name_key, const char *password,
                      const char *client, struct attempt *attempt,
                      struct access_credential_get_row *person, struct err_info *e)
{
    struct db_read *db;
    bool found = false, right = false;
    if (strlen(password) > ACCESS_PASSWORD_MAX) {
        password = ""; // never right, and hashing stays bounded
    }
    enum err err = begin_attempt(s, a, name_key, client, attempt, e);
    if (err == ERR_NONE) {
        err = db_reader(store_db(s), &db, e);
    }
    if (err == ERR_NONE) {
        struct access_credential_get_in in = {.name_key = name_key};
        err = access_credential_get_one(a, db, &in, person, &found, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    bool may = found && person->active == 1 && person->hash != NULL;
    err = password_verify(may ? person->hash : NULL, password, &right, e);
    if (err != ERR_NONE) {
        give_up_attempt(s, attempt);
        return err;
    }
    if (right) {
        return ERR_NONE;
    }
    err = write_event(s, &(struct actor){.name = "nobody"}, "sign-in refused",
                      found ? person->user_id : NULL, e);
    return err != ERR_NONE
               ? err
               : err_set(e, ERR_INPUT, NULL, do_not_fit,
                         MSG("Look whether capital letters are on, and type both again."), NULL);
}

enum err access_confirm(struct store *s, struct arena *a, const char *name_key,
                        const char *password, const char *client, const char *field,
                        struct err_info *e)
{
    struct attempt attempt;
    struct access_credential_get_row person;
    struct db_tx *tx;
    enum err err = check(s, a, name_key, password, client, &attempt, &person, e);
    if (err == ERR_INPUT && e->text == do_not_fit) {
        return err_set(e, ERR_INPUT, field, MSG("This is not your password."),
                       MSG("Look whether capital letters are on, and type it again."), NULL);
    }
    if (err == ERR_NONE) {
        err = db_tx_begin(store_db(s), &tx, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    err = take_back(tx, &attempt, true, e);
    if (err != ERR_NONE) {
        db_tx_rollback(tx);
        return err;
    }
    return db_tx_commit(tx, e);
}

// ---- sessions -----------------------------------------------------------------------------------

enum err access_begin_session(struct store_tx *tx, const char *token_hash, const char *user_id,
                              struct err_info *e)
{
    char now[25];
    time_to_text(clock_now_ms(), now);
    struct access_session_add_in in = {.token_hash = token_hash, .user_id = user_id, .now = now};
    enum err err = access_session_add(store_tx_db(tx), &in, e);
    return err == ERR_NONE ? store_event(tx, "signed in", user_id, e) : err;
}

// What ended by itself or lost its person.
static enum err sweep(struct db_tx *tx, struct arena *a, struct err_info *e)
{
    struct access_session_sweep_in in = {.seen_before = access_now(a, ACCESS_IDLE_S),
                                         .created_before = access_now(a, ACCESS_ABSOLUTE_S)};
    enum err err = access_session_sweep(tx, &in, e);
    return err == ERR_NONE ? access_credential_sweep(tx, e) : err;
}

static enum err admit(struct store_tx *tx, struct arena *a, const struct attempt *attempt,
                      const char *user_id, const char *new_hash, const char *token_hash,
                      struct err_info *e)
{
    struct db_tx *db = store_tx_db(tx);
    enum err err = take_back(db, attempt, true, e);
    if (err == ERR_NONE) {
        err = sweep(db, a, e);
    }
    if (err == ERR_NONE && new_hash != NULL) {
        struct access_credential_set_in in = {.user_id = user_id, .hash = new_hash,
                                              .changed_at = access_now(a, 0)};
        err = access_credential_set(db, &in, e);
    }
    return err == ERR_NONE ? access_begin_session(tx, token_hash, user_id, e) : err;
}

enum err access_sign_in(struct store *s, struct arena *a, const char *name_key,
                        const char *password, const char *client, const char *token_hash,
                        struct sign_in *out, struct err_info *e)
{
    struct attempt attempt;
    struct access_credential_get_row person;
    struct store_tx *tx;
    const char *new_hash = NULL;
    enum err err = check(s, a, name_key, password, client, &attempt, &person, e);
    if (err == ERR_NONE && password_is_outdated(person.hash)) {
        err = password_hash(a, password, &new_hash, e);
    }
    if (err == ERR_NONE) {
        struct actor who = {.user_id = person.user_id, .name = name_key};
        err = store_begin(s, &who, NULL, &tx, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    *out = (struct sign_in){.user_id = person.user_id, .language = person.language};
    err = admit(tx, a, &attempt, person.user_id, new_hash, token_hash, e);
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

enum err access_sign_out(struct store *s, const struct actor *who, const char *token_hash,
                         struct err_info *e)
{
    struct store_tx *tx;
    enum err err = store_begin(s, who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct access_session_end_in in = {.token_hash = token_hash};
    err = access_session_end(store_tx_db(tx), &in, e);
    if (err == ERR_NONE) {
        err = store_event(tx, "signed out", who->user_id, e);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

// ---- setting a password -------------------------------------------------------------------------

enum err access_set_password_hash(struct store_tx *tx, const char *user_id, const char *hash,
                                  struct err_info *e)
{
    char now[25];
    time_to_text(clock_now_ms(), now);
    struct access_credential_set_in in = {.user_id = user_id, .hash = hash, .changed_at = now};
    enum err err = access_credential_set(store_tx_db(tx), &in, e);
    if (err == ERR_NONE) {
        struct access_session_end_of_in end = {.user_id = user_id};
        err = access_session_end_of(store_tx_db(tx), &end, e);
    }
    if (err == ERR_NONE) {
        err = store_event(tx, "password set", user_id, e);
    }
    return err;
}

enum err access_set_password(struct store_tx *tx, struct arena *a, const char *user_id,
                             const char *password, struct err_info *e)
{
    const char *hash;
    enum err err = password_hash(a, password, &hash, e);
    return err == ERR_NONE ? access_set_password_hash(tx, user_id, hash, e) : err;
}
