// SPDX-License-Identifier: AGPL-3.0-or-later
//
// workbook.h: a list of records that was taken out as a table (export_web.c), changed, and comes back.
//
// Each line is found again by its id (a new one: by its code, if it has one) and compared with what was taken
// out, which its version names: cells that say the same are passed over, so that what may not be changed does
// no harm while it is left alone, and what somebody else changed meanwhile is a conflict only in a record
// that was changed here, too. A line that is left out changes nothing: nothing is deleted by a table.

#ifndef WORKBOOK_WORKBOOK_H
#define WORKBOOK_WORKBOOK_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "exchange/partner/partner.h"
#include "model/model.h"

struct workbook {
    const struct entity *kind;
    const char *csv; // sheet_csv of what came
    size_t len;
    // The list it is of. Records of another programme or country are refused, and new ones belong to it. Both
    // NULL: all that the person may write.
    const struct record *programme;
    const char *country; // two letters; of kinds that belong to no programme; the person may write there
    // What was looked at: ERR_CONFLICT when something else would happen now. NULL: nothing was.
    const char *seen;
    char mark[17]; // of what would happen, made by workbook_read: two that show the same have the same
};

// Does a table begin with a heading that names the columns id and version? Then it left as a list, and
// comes back by these rules.
bool workbook_is(struct arena *a, const struct lang *lang, const struct entity *kind, const char *csv,
                 size_t len);
// A partner_reader; of: a struct workbook. Errors: ERR_INPUT for a heading that names no column, or one twice.
MUST_CHECK enum err workbook_read(struct partner_import *p, void *of, struct err_info *e);

#endif
