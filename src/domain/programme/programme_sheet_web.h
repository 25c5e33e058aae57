// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_sheet_web.h: a table that a page works out, as a file to take along.

#ifndef PROGRAMME_PROGRAMME_SHEET_WEB_H
#define PROGRAMME_PROGRAMME_SHEET_WEB_H

#include "format/sheet/sheet.h"
#include "http/http.h"

// Answers with the table as NAME-DATE.csv or .xlsx, by the query (?format=csv), with the foot that all files of
// this workspace have (req_foot), and writes the export of `about` (a kind of record) into the log. ERR_INPUT for another format, with nothing written.
MUST_CHECK enum err programme_send_sheet(struct req *r, struct reply *p, const struct sheet *s,
                                         const char *name, const char *about, struct err_info *e);

#endif
