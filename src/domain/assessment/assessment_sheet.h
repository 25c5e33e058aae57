// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_sheet.h: a table of texts as CSV or XLSX, for the exports of countries and their tools.

#ifndef ASSESSMENT_ASSESSMENT_SHEET_H
#define ASSESSMENT_ASSESSMENT_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct req;
struct reply;

#define SHEET_COLUMNS 40

struct sheet_table {
    const char *title;             // of the sheet; translated
    const char *name;              // of the file, without ending: "KE-2.1"
    const char *about;             // what was exported, for the log: "country profile"
    const char *const *codes;      // names of the columns in CSV, for programs
    const char *const *heads;      // in XLSX, for people; translated
    bool numbers[SHEET_COLUMNS];   // columns that hold figures
    size_t n_columns;              // at most SHEET_COLUMNS
    const char *const *cells;      // n_rows * n_columns; NULL or "" is an empty cell
    size_t n_rows;
};
// Answers with the table in the format of the query (?format=csv, ?format=xlsx) and writes the export into
// the log. ERR_INPUT for another format.
MUST_CHECK enum err sheet_reply(struct req *r, struct reply *p, const struct sheet_table *t,
                                struct err_info *e);

#endif
