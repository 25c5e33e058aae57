// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_split_web.h: parts on the page of an indicator.

#ifndef RESULT_RESULT_SPLIT_WEB_H
#define RESULT_RESULT_SPLIT_WEB_H

#include "http/http.h"
#include "result/result_lines.h"

struct result_record_view;

// Fills the tables of parts of the values in the total, one for each way they are split.
void result_fill_splits(struct req *r, const struct result_line *line, struct result_record_view *v);

#endif
