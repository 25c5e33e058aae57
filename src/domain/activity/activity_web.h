// SPDX-License-Identifier: AGPL-3.0-or-later
//
// activity_web.h: what the pages of the work plan share. Not for other nouns.

#ifndef ACTIVITY_ACTIVITY_WEB_H
#define ACTIVITY_ACTIVITY_WEB_H

#include "activity/activity.h"
#include "html/page.h"
#include "http/http.h"

// "/programmes/SAMPLE1/activities/01..." and below.
const char *activity_address(const struct req *r, const struct record *x, const char *below);
const char *activity_code(const struct req *r, const struct record *x, const char *field);
const struct crumb *activity_crumbs(const struct req *r, const struct record *x, size_t *n);
// Begins the due diligence of an activity.
const char *activity_begin_diligence(const struct req *r, const struct record *x);

#endif
