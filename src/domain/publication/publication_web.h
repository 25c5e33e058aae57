// SPDX-License-Identifier: AGPL-3.0-or-later
//
// publication_web.h: what the pages of publications share. Not for other nouns.

#ifndef PUBLICATION_PUBLICATION_WEB_H
#define PUBLICATION_PUBLICATION_WEB_H

#include "html/page.h"
#include "http/http.h"
#include "publication/publication.h"

// "/programmes/GLOT59/publications/FILM1" and rest.
const char *publication_address(struct req *r, const struct record *x, const char *rest);
const struct crumb *publication_crumbs(struct req *r, const struct record *x, size_t *n);
const char *publication_look_of(const char *state); // as in html_state
const char *publication_word(struct req *r, const struct record *x, const char *field);

#endif
