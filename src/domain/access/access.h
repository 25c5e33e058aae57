// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access.h: people who sign in and what they may do.
//
// docs/sign-in.md explains roles, passwords, waiting after failures, and sessions, with examples.

#ifndef ACCESS_ACCESS_H
#define ACCESS_ACCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/model.h"
#include "model/rights.h"

struct actor;
struct db_read;
struct http_hooks;
struct http_session;
struct store;
struct store_tx;

extern const struct entity entity_user;
extern const struct entity entity_role_grant;

// Rules over several fields of one record.
enum err user_check(const struct record *r, struct err_info *e);
enum err role_grant_check(const struct record *r, struct err_info *e);

// ---- roles (access_roles.c) ---------------------------------------------------------------------

struct role {
    const char *code;  // of entity_role_grant
    const char *label; // catalogue key
    unsigned verbs;    // of enum verb
    const char *does;  // catalogue key: what the person comes to do, one sentence
};
// All roles, the most powerful first, ended by {NULL}. Every role may read.
extern const struct role access_roles[];
const struct role *role_find(const char *code); // NULL when there is none

// The grant that a role given in this scope stands for. False when it stands for none: an unknown
// role, or a role in one programme without that programme.
bool role_to_grant(const char *role, const char *scope, const char *programme_id,
                   struct grant *out);
// May this person give (or take away) the role? They need the right to give roles there, and every
// right of the role there: nobody grants more than they hold. programme_id NULL: the organisation.
bool role_may_give(const struct identity *who, const char *role, const char *programme_id);

// ---- passwords (access_password.c) --------------------------------------------------------------

#define ACCESS_PASSWORD_MIN 12   // characters
#define ACCESS_PASSWORD_MAX 1000 // bytes, so that hashing is bounded

// Long enough, more than the sign-in name, not among the commonest. No rules of composition (NIST
// SP 800-63B, 5.1.1.2: they make passwords worse). e->field is `field`.
MUST_CHECK enum err access_password_check(const char *password, const char *name_key,
                                          const char *field, struct err_info *e);
// A new password of four groups of random letters and digits, 79 bits: "k7fw-q2mh-9xrt-c4dz".
// (access_store.c)
const char *access_password_new(struct arena *a);

// ---- waiting after failures (access_lockout.c) --------------------------------------------------

// A person may err so often before waiting begins; an address is shared by a whole office, so more.
#define ACCESS_FREE_TRIES 5
#define ACCESS_FREE_TRIES_ADDRESS 20
#define ACCESS_WAIT_FIRST_S 15
#define ACCESS_WAIT_MOST_S 900
#define ACCESS_FORGET_S 900

// Seconds to wait after the newest of so many failures: none up to free_tries - 1, then 15, and
// twice as long each time, at most 900.
int64_t lockout_wait_s(int64_t failures, int64_t free_tries);
// Failures that still count at now_ms: 0 when nothing failed for 15 minutes after the wait ended.
int64_t lockout_failures_at(int64_t failures, int64_t last_ms, int64_t free_tries, int64_t now_ms);
// Whole seconds until the next try is looked at, rounded up; 0: now.
int64_t lockout_left_s(int64_t failures, int64_t last_ms, int64_t free_tries, int64_t now_ms);

// ---- identities and sessions (access_store.c) ---------------------------------------------------

#define ACCESS_IDLE_S 1800      // a session ends after so long without use
#define ACCESS_ABSOLUTE_S 43200 // and in any case after 12 hours
#define ACCESS_TOUCH_S 60       // its last use is written down at most so often

// Who somebody is, with all grants: one statement. ERR_NOT_FOUND. user is an id.
MUST_CHECK enum err identity_of(struct db_read *db, struct arena *a, const char *user_id,
                                const struct identity **out, struct err_info *e);

// The person of a living session, in one statement; *who is NULL when there is none, it ended, or
// the person may not sign in any more. *stale: its use should be written down.
MUST_CHECK enum err access_session_identity(struct db_read *db, struct arena *a,
                                            const char *token_hash, const struct identity **who,
                                            bool *stale, struct err_info *e);
// Hook of the command line (cli/run.h): the person of --as.
enum err access_cli_identify(struct store *s, struct arena *a, const char *name,
                                 const struct identity **who, struct err_info *e);
// Hooks of the dispatcher (http/hooks.h). (access_web.c)
enum err access_identify(struct db_read *db, struct arena *a, const char *token_hash,
                         struct http_session *out, struct err_info *e);
// An access token of the API: the grants of its person; of a read-only token only reading and
// exporting. (access_token_web.c)
enum err access_identify_bearer(struct db_read *db, struct arena *a, const char *token_hash,
                                struct http_session *out, struct err_info *e);
// Notes the use of a session or of an access token.
void access_touch_session(struct store *s, const char *token_hash);
void access_log_event(struct store *s, const struct actor *who, const char *what,
                      const char *about);

// ---- signing in (access_sign_in_store.c) --------------------------------------------------------------

struct sign_in {
    const char *user_id;
    const char *language; // code or NULL
};
// Checks name and password and begins the session with this (new) token hash. ERR_INPUT: not right, or too many tries; the answer
// is the same, after the same time, for names nobody has. ERR_BUSY: too many at once. client is the
// network address of the browser, "" when unknown. Opens transactions of its own.
MUST_CHECK enum err access_sign_in(struct store *s, struct arena *a, const char *name_key,
                                   const char *password, const char *client,
                                   const char *token_hash, struct sign_in *out,
                                   struct err_info *e);
// Ends a session; token_hash as the browser's token is stored.
MUST_CHECK enum err access_sign_out(struct store *s, const struct actor *who,
                                    const char *token_hash, struct err_info *e);
// Is this the person's password? Counts failures like signing in. For changing one's own password.
// The error names `field`.
MUST_CHECK enum err access_confirm(struct store *s, struct arena *a, const char *name_key,
                                   const char *password, const char *client, const char *field,
                                   struct err_info *e);
// Sets a password that passed access_password_check and ends all sessions of the person.
MUST_CHECK enum err access_set_password(struct store_tx *tx, struct arena *a, const char *user_id,
                                        const char *password, struct err_info *e);
// The same with a hash made before the transaction, so that nobody waits for it.
MUST_CHECK enum err access_set_password_hash(struct store_tx *tx, const char *user_id,
                                             const char *hash, struct err_info *e);
// Begins a session without a password, for who just set one.
MUST_CHECK enum err access_begin_session(struct store_tx *tx, const char *token_hash,
                                         const char *user_id, struct err_info *e);

// ---- the workspace ------------------------------------------------------------------------------

// May this be the IATI identifier of an organisation (IATI standard, reporting-org/@ref)? ERR_INPUT for `field`.
MUST_CHECK enum err access_iati_ref_check(const char *ref, const char *field, struct err_info *e);
// A setting, NULL when it was never set. Names: organisation, language, demo, demo_password.
MUST_CHECK enum err access_setting(struct db_read *db, struct arena *a, const char *name,
                                   const char **value, struct err_info *e);
MUST_CHECK enum err access_setting_set(struct store_tx *tx, const char *name, const char *value,
                                       struct err_info *e);
// Is this the workspace of a demonstration, whose records are invented?
MUST_CHECK enum err access_is_demo(struct db_read *db, struct arena *a, bool *demo,
                                   struct err_info *e);
// Marks a workspace as the demonstration and gives all its people this password. The sign-in page
// then shows the people and signs in as one of them with one click.
MUST_CHECK enum err access_demo_begin(struct store_tx *tx, struct arena *a, const char *password,
                                      struct err_info *e);
// Is there an administrator of the whole organisation who may sign in? ERR_INPUT when not. The rule
// over all people and roles (entity.keep), asked by the store.
MUST_CHECK enum err access_keep_administrator(struct arena *a, struct db_read *db,
                                              struct err_info *e);

// ---- changes in words (access_words_web.c) ------------------------------------------------------

// One change of the log, as home and the log page have read it.
struct change_read {
    const char *kind;
    const char *op;         // create, update, delete, event
    const char *asked;      // the kind that is looked for, which a bundle is told by; NULL: none
    const char *fields;     // JSON object, name -> [before, after]; of a bundle: what it holds
    const char *made;       // fields of the change that made the record, or the bundle it is in; NULL: none
    const char *about_name; // person an event is about, or NULL
    const char *record_id;
};
struct change_field {
    const char *label;  // translated
    const char *before; // for people, shortened; "" when there was nothing
    const char *after;
    bool told;          // before and after may be shown; references and secrets are only named
};
struct change_words {
    const char *what;   // "Changed", "Added", "Signed in": translated
    const char *kind;   // "Risk", or "" for what has none
    const char *title;  // of the record, or ""
    const struct change_field *fields; // of an update
    size_t n_fields;
};
// Says a change in words; never fails: what the program no longer knows is left out.
struct change_words change_in_words(struct arena *a, const struct lang *lang,
                                    const struct change_read *c);
// "22 Nov 2026, 10:20 UTC" of an ISO 8601 time.
const char *moment_in_words(struct arena *a, const struct lang *lang, const char *wall);

#endif
