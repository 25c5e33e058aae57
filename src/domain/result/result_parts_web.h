// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_parts_web.h: parts of the page of an indicator that have files of their own: its screening, where it
// comes from, and what its sisters are split by. Not for other nouns.

#ifndef RESULT_RESULT_PARTS_WEB_H
#define RESULT_RESULT_PARTS_WEB_H

#include "http/http.h"
#include "programme/programme_attach.h"
#include "result/result_lines.h"

struct result_screened_view;
struct result_origin_view;
struct result_sisters_view;

// The screening of an indicator in words, with what changed since. One statement.
MUST_CHECK enum err screened_fill(struct req *r, const struct record *indicator,
                                  const struct attach_beside *beside,
                                  struct result_screened_view *out, struct err_info *e);
// False when it did not come from the library.
bool origin_fill(struct req *r, const struct record *indicator, struct result_origin_view *out);
// Splits that sisters ask for and this one does not; false when there are none. One statement.
MUST_CHECK enum err sisters_fill(struct req *r, const struct record *indicator, bool *any,
                                 struct result_sisters_view *out, struct err_info *e);

#endif
