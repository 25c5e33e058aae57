// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_web.h: what the pages about indicators share. Not for other nouns.

#ifndef RESULT_RESULT_WEB_H
#define RESULT_RESULT_WEB_H

#include "html/page.h"
#include "http/http.h"
#include "pack/pack.h"
#include "result/result_lines.h"

// Address of a row in the library: "/library/unodc-hrge-2021/4.3.3#4.3.3-R04.1".
const char *result_row_address(struct req *r, const struct pack_tool *tool, const char *row_id);
// The next free number behind "GLOT59/I".
MUST_CHECK enum err result_next_number(struct req *r, long *out, struct err_info *e);
// "/programmes/GLOT59/indicators" and rest.
const char *result_address(struct req *r, const char *rest);
// "/programmes/GLOT59/indicators/ID" and below.
const char *result_indicator_address(struct req *r, const char *indicator_id, const char *below);
// Programmes > GLOT59 > Indicators, and the indicator unless it is NULL.
const struct crumb *result_crumbs(struct req *r, const struct record *indicator, size_t *n);

// The indicator of the path with its values, without their records, for who works with them with their parts;
// ERR_NOT_FOUND also when it belongs to another programme.
MUST_CHECK enum err result_line_of_path(struct req *r, struct result_line **out,
                                        struct err_info *e);
// The value of the path among those of the line, with its record; ERR_NOT_FOUND when it is none of them.
MUST_CHECK enum err result_value_of_path(struct req *r, const struct result_line *line,
                                         const struct result_value **out, struct err_info *e);
// Blames a cell of a grid; its first error stays.
void result_blame(struct req *r, const char *name, struct err_info *wrong);
// What is wrong in a cell and how to mend it; NULL: nothing.
const char *result_blamed(struct req *r, const char *name);
// The number typed in a cell, of a part of this unit; false when it is empty or no number. What is wrong is blamed on
// the cell.
bool result_typed_number(struct req *r, enum result_unit unit, const char *name, int64_t *out);
bool result_may(const struct req *r, enum verb verb);

#endif
