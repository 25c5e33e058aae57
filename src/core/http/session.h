// SPDX-License-Identifier: AGPL-3.0-or-later
//
// session.h: cookies, session tokens, tokens of forms. Pure: nothing here reads the database.
//
// A session token is 256 random bits, known to the browser only; the noun access keeps its hash. The
// form token proves that a form came from our own page: it is derived from the session token and
// masked anew for every page, so that a compressed page does not leak it (BREACH, Gluck 2013).

#ifndef HTTP_SESSION_H
#define HTTP_SESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

#define SESSION_TOKEN_LENGTH 43 // base64url of 32 bytes
#define SESSION_HASH_LENGTH 64  // hex of 32 bytes
#define SESSION_KEY_BYTES 32

// A new token for a session or an access to the API.
const char *session_token_new(struct arena *a);
bool session_token_is_valid(const char *token); // by its form only
// BLAKE2b-256 of a token, in hex: what is stored.
const char *session_token_hash(struct arena *a, const char *token);

// Set-Cookie lines. Session cookies end with the browser; the server ends them after 30 minutes of
// silence or 12 hours anyway. With `secure` the name begins with __Host-.
const char *session_cookie(struct arena *a, const char *token, bool secure);
const char *session_cookie_clear(struct arena *a, bool secure);
// A cookie for what is no secret and no personal data (theme, density, language), for a year.
const char *session_preference_cookie(struct arena *a, const char *name, const char *value,
                                      bool secure);

// Value of a cookie in a Cookie header, copied; NULL when absent.
const char *cookie_find(struct arena *a, const char *header, const char *name);
// The session token a browser sent; NULL when absent or malformed.
const char *session_token_sent(struct arena *a, const char *header, bool secure);

// Form token of a session (or of the signed value of a form cookie), masked anew at each call.
const char *csrf_token(struct arena *a, const char *secret);
// Does a token that was posted belong to this secret? Takes the same time whatever differs.
bool csrf_is_right(const char *secret, const char *posted);

// Before anybody is signed in: a signed random value in a cookie takes the place of the session
// (double submit). form_cookie_sent gives NULL when it is absent or not signed with this key.
const char *form_cookie_new(struct arena *a, const unsigned char key[SESSION_KEY_BYTES]);
const char *form_cookie_line(struct arena *a, const char *value, bool secure);
const char *form_cookie_sent(struct arena *a, const char *header, bool secure,
                             const unsigned char key[SESSION_KEY_BYTES]);

// The message for the next page, signed together with the session (secret may be "").
const char *flash_cookie(struct arena *a, const char *text, const char *undo, const char *secret,
                         bool secure, const unsigned char key[SESSION_KEY_BYTES]);
const char *flash_cookie_clear(struct arena *a, bool secure);
// False when there is none or it was not made by us for this session. *undo is NULL without one.
bool flash_sent(struct arena *a, const char *header, const char *secret, bool secure,
                const unsigned char key[SESSION_KEY_BYTES], const char **text, const char **undo);

#endif
