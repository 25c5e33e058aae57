// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_web_private.h: what the pages of this noun share.

#ifndef ACCESS_WEB_PRIVATE_H
#define ACCESS_WEB_PRIVATE_H

#include "access/access_private.h"
#include "html/page.h"
#include "http/http.h"

// Tabs over the pages of the administration that the person may open.
struct admin_tabs {
    const struct page_link *links;
    size_t n;
};
struct admin_tabs admin_tabs_for(struct req *r, const char *current);

// Starts a page that is no part of the frame (sign-in, first run).
void bare_page_begin(struct html *h, struct req *r, struct reply *p);
MUST_CHECK enum err bare_page_end(struct html *h, struct err_info *e);

// Begins a session for this browser: cookies of the session and of the person's language.
void keep_session(struct req *r, struct reply *p, const char *token, const char *language);

// How many languages there are in a list ended by NULL.
size_t lang_count(const struct lang *const *list);

// "Programme officer in GLOT59": a role with where it holds, translated.
const char *role_in_words(struct arena *a, const struct lang *lang, const struct person_grant *g);

// Ends a transaction of a handler: undone after an error, else committed, with a word to the person on
// the page they go to. said: catalogue key.
MUST_CHECK enum err access_end(struct req *r, struct reply *p, struct store_tx *tx, enum err err,
                               const char *said, const char *go_to, struct err_info *e);
// Takes away the role that the path names. It must be of the person user_id or of the programme
// programme_id; the other of the two is NULL.
MUST_CHECK enum err access_take_role(struct req *r, struct reply *p, const char *user_id,
                                     const char *programme_id, const char *go_to,
                                     struct err_info *e);
enum err access_may_not_give(struct err_info *e);

#endif
