// SPDX-License-Identifier: AGPL-3.0-or-later
//
// sheet.h: one table of words as a CSV or XLSX file, for pages that work their rows out; and one that people
// send back.
//
// Lists of stored records are exported by exchange/record; this is for what is computed: maps of risks
// over programmes, rights that bind a State, lessons.

#ifndef FORMAT_SHEET_SHEET_H
#define FORMAT_SHEET_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum sheet_kind { SHEET_TEXT, SHEET_DATE, SHEET_NUMBER };
struct sheet_column {
    const char *name; // translated
    enum sheet_kind kind;
    const char *code; // heading in CSV, for programs; NULL: the name
};
struct sheet {
    const char *title; // of the only sheet
    const struct sheet_column *columns;
    size_t n_columns;
    const char *const *cells; // n_rows * n_columns; NULL and "" are empty; dates as YYYY-MM-DD
    size_t n_rows;
    bool right_to_left;
    const char *foot; // printed under each page of XLSX, or NULL
};

// Columns of these names; codes may be NULL. numbers: bit i is set where column i holds figures.
const struct sheet_column *sheet_columns(struct arena *a, const char *const *codes,
                                         const char *const *names, uint64_t numbers, size_t n);
// Is this the name of a format: "csv" or "xlsx"?
bool sheet_knows(const char *format);
const char *sheet_media_type(const char *format);
// Adds the bytes of the file to `out`. format: csv or xlsx.
MUST_CHECK enum err sheet_write(struct arena *a, const struct sheet *s, const char *format,
                                struct buf *out, struct err_info *e);
// Does the file begin as a workbook does?
bool sheet_is_workbook(const char *bytes, size_t len);
// A file that people send as CSV (csv/csv_read.h): the first sheet of a workbook that can be seen, each row on
// the line of its number; anything else as it is. Text in `a`. ERR_INPUT: the workbook cannot be read or is
// empty; ERR_TOO_LARGE.
MUST_CHECK enum err sheet_csv(struct arena *a, const char *bytes, size_t len, const char **csv,
                              struct err_info *e);

#endif
