// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_web.h: what the pages of theories and of the logframe share. Not for other nouns.

#ifndef LOGFRAME_LOGFRAME_WEB_H
#define LOGFRAME_LOGFRAME_WEB_H

#include "html/page.h"
#include "http/http.h"
#include "logframe/logframe_theory.h"

// "/programmes/GLOT59/theory/ID" and rest; theory NULL: without an id.
const char *theory_address(struct req *r, const struct record *theory, const char *rest);
// "/programmes/GLOT59/logframe" and rest.
const char *logframe_address(struct req *r, const char *rest);
// Programmes > GLOT59 > Theory of change; last: with the theory.
const struct crumb *theory_crumbs(struct req *r, const struct record *theory, size_t *n);
// Programmes > GLOT59 > Logframe.
const struct crumb *logframe_crumbs(struct req *r, size_t *n);
// Says of a day (NULL: now) before the log knows the programme that what there was then is not known; else NULL.
MUST_CHECK enum err logframe_before_records(struct req *r, const char *as_of, const char **words, struct err_info *e);
// "O1: Police, prosecutors and courts …" for choices, in the order of the theory.
const struct choice *theory_choices(struct req *r, const struct theory *t);
// The theory of the path; ERR_NOT_FOUND also when it belongs to another programme.
MUST_CHECK enum err theory_of_path(struct req *r, struct record **out, struct err_info *e);

#endif
