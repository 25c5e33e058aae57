// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_split_web.h: parts by sex and age on the page of an indicator.

#ifndef RESULT_RESULT_SPLIT_WEB_H
#define RESULT_RESULT_SPLIT_WEB_H

#include "http/http.h"
#include "result/result_lines.h"

struct result_record_view;

// Fills the table of parts: of all values in the total where they add up, else of the newest value.
void result_fill_splits(struct req *r, const struct result_line *line, struct result_record_view *v);

#endif
