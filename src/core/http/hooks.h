// SPDX-License-Identifier: AGPL-3.0-or-later
//
// hooks.h: what the dispatcher asks of the nouns, as functions set by app/serve, so that core names
// no noun. Every hook may be NULL in a test; what then happens is said beside it.

#ifndef HTTP_HOOKS_H
#define HTTP_HOOKS_H

#include "http/http.h"

// What a session token or an access token stands for.
struct http_session {
    const struct identity *who; // NULL: no such session, or it ended, or the user was switched off
    bool stale;                 // last seen long enough ago that touch_session should write it down
};

struct http_hooks {
    // The session with this token hash (64 hex digits). NULL: nobody is ever signed in.
    enum err (*identify)(struct db_read *db, struct arena *a, const char *token_hash,
                         struct http_session *out, struct err_info *e);
    // The same for `Authorization: Bearer TOKEN` on /api/ paths. NULL: no access tokens.
    enum err (*identify_bearer)(struct db_read *db, struct arena *a, const char *token_hash,
                                struct http_session *out, struct err_info *e);
    // Notes that the session or access token with this hash was used. Runs in a worker, after the reply. NULL: nothing.
    void (*touch_session)(struct store *s, const char *token_hash);
    // The programme with this number, or *out NULL. NULL: no programmes.
    enum err (*find_programme)(struct db_read *db, struct arena *a, const char *number,
                               struct record **out, struct err_info *e);
    // What a person may do with records about a country (bits of enum verb): what the organisation
    // lets them do, and what they may do in any programme that works there. *known is false for a
    // code that is no country. NULL: no countries.
    enum err (*country_rights)(struct db_read *db, struct arena *a, const struct identity *who,
                               const char *country, unsigned *verbs, bool *known,
                               struct err_info *e);
    // Digits after the point of money in the field "currency" of this record; -1: not known. NULL: 2.
    int (*minor_digits)(const struct record *programme);
    // Whether the workspace holds official wording of packs; with `wanted`, *lang becomes a language in which
    // it takes the place of theirs. One statement. NULL: there is none.
    enum err (*wording)(struct db_read *db, struct arena *a, bool wanted, const struct lang **lang,
                        bool *there, struct err_info *e);
    // Draws an error page; p->status is set. NULL: a plain page.
    void (*error_page)(struct req *r, struct reply *p, const struct err_info *e);
    // Draws the page for a form that was sent by nobody: what was typed is on it, to be sent again after
    // signing in. NULL: the sign-in page, and what was typed is lost.
    enum err (*kept_page)(struct req *r, struct reply *p, struct err_info *e);
    // Writes a refusal into the change log. Runs in a worker. what: "refused: right", "refused:
    // form token"; about: pattern of the route. NULL: nothing.
    void (*log_event)(struct store *s, const struct actor *who, const char *what,
                      const char *about);
};

#endif
