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

#endif
