// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_table_web.h: days in the addresses of the logframe's pages. Not for other nouns.

#ifndef LOGFRAME_LOGFRAME_TABLE_WEB_H
#define LOGFRAME_LOGFRAME_TABLE_WEB_H

#include "http/http.h"
#include "logframe/logframe_table.h"

// A day or moment of the query; NULL when there is none; ERR_INPUT when it is neither.
MUST_CHECK enum err logframe_asked_day(struct req *r, const char *name, const char **as_of,
                                       struct err_info *e);
// "22 Nov 2026", "22 Nov 2026, 10:20 UTC", "now"; translated.
const char *logframe_day_words(struct req *r, const char *as_of);
// Results without indicator, indicators without baseline or target.
size_t logframe_count_lacks(const struct logframe *l);

#endif
