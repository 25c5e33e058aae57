// SPDX-License-Identifier: AGPL-3.0-or-later
//
// tree_json.h: a report as JSON and back, to hand it to the process that draws the PDF.

#ifndef REPORT_TREE_JSON_H
#define REPORT_TREE_JSON_H

#include "base/buf.h"
#include "base/err.h"
#include "report/tree.h"

void report_to_json(struct buf *out, const struct report *r);
// Refuses (ERR_INPUT) what is no report: unknown kinds, cells without column, missing lists.
enum err report_from_json(struct arena *a, const char *bytes, size_t len, struct report **out,
                          struct err_info *e) MUST_CHECK;

#endif
