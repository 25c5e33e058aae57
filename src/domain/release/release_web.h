// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_web.h: what the pages of releases share. Not for other nouns.

#ifndef RELEASE_RELEASE_WEB_H
#define RELEASE_RELEASE_WEB_H

#include "html/page.h"
#include "http/http.h"
#include "release/release_grid_web.h"
#include "release/release_record.h"
#include "release/release_words.h"

// "/releases/trained-2026" and rest.
const char *release_address(struct req *r, const struct record *x, const char *rest);
// "/programmes/GLOT59/releases/trained-2026" and rest: where steps are taken.
const char *release_step_address(struct req *r, const char *programme, const struct record *x, const char *rest);
// Reports > Releases, for pages below the list.
const struct crumb *release_crumbs(struct req *r, size_t *n);
const char *release_look_of(const struct record *x); // as in html_state
const char *release_word(struct req *r, const struct record *x, const char *field);
// The release of the path. ERR_NOT_FOUND as for a page that does not exist, unless it is published or the person
// works with the records of its programme. public: unless it is published and of a class that is for the public.
MUST_CHECK enum err release_of_path(struct req *r, bool public, struct record **out, struct err_info *e);
bool release_may(const struct req *r, enum verb verb, const struct record *x);
// Works with the records of its programme: sees drafts, and what was refused or withdrawn.
bool release_works(const struct req *r, const struct record *x);

#endif
