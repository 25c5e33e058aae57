// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xlsx_read.h: the cells of a workbook (.xlsx) as texts, as Excel, LibreOffice and others write them.
//
// The file is opened in a child without rights (guard/guard.h), with ceilings on everything that can
// grow (base/limits.h). A formula gives the value that was stored with it; nothing is calculated, no
// link is followed, no macro is looked at (a workbook with macros is refused). A number is a date where
// its format says so. Comments, pictures, colours and notes are not read; of merged cells only the
// first has a value. Method: ECMA-376 parts 1 and 2, also the strict variant (ISO/IEC 29500).
//
// Texts may hold personal data: they belong into no message and no log. Errors name sheet and cell.

#ifndef FORMAT_XLSX_XLSX_READ_H
#define FORMAT_XLSX_XLSX_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

enum xlsx_kind {
    XLSX_EMPTY,   // only a formula without a stored value: open and save the file in a spreadsheet once
    XLSX_TEXT,    // as typed, line breaks as \n
    XLSX_NUMBER,  // "12.5": plain decimal, at most 15 digits that count ("1E+40" only beyond 30 digits)
    XLSX_PERCENT, // "61.7" of a cell that shows 61.7 %, as xlsx_percent (xlsx_write.h) takes it
    XLSX_DATE,    // "2026-11-22"
    XLSX_MOMENT,  // "2026-11-22T14:30:00"
    XLSX_TIME,    // "14:30:00"; lengths of time may have more than 24 hours
    XLSX_TRUTH,   // "true" or "false"
    XLSX_ERROR,   // "#N/A", "#DIV/0!"
    XLSX_KIND_COUNT
};

struct xlsx_cell {
    int row;    // from 1, as the spreadsheet shows it
    int column; // from 1: A is 1
    enum xlsx_kind kind;
    bool formula;
    const char *text; // valid UTF-8, never NULL
};

struct xlsx_row {
    int number; // from 1
    int n;      // cells that are not empty, in the order of columns
    const struct xlsx_cell *cells;
};

struct xlsx_table {
    const char *name;
    bool hidden;
    int n_rows; // rows that are not empty, in order
    const struct xlsx_row *rows;
    int n_columns; // the highest column in use, 0 when the sheet is empty
};

struct xlsx_book {
    int n; // sheets in the order of the workbook, with the hidden ones
    const struct xlsx_table *sheets;
};

// Reads all sheets. Errors: ERR_INPUT (no workbook, damaged, a password, macros, an older or other
// format, a DOCTYPE; a cell with an address or value that cannot be), ERR_TOO_LARGE (a ceiling),
// ERR_FAILED (the child cannot start). field of the error is "Sheet!A5" where a cell is to blame.
enum err xlsx_read(struct arena *a, const char *bytes, size_t len, const struct xlsx_book **out,
                   struct err_info *e) MUST_CHECK;

// The sheet of that name (capital or small, for ASCII), or NULL; the first that is not hidden, or NULL.
const struct xlsx_table *xlsx_sheet_named(const struct xlsx_book *book, const char *name);
const struct xlsx_table *xlsx_first_sheet(const struct xlsx_book *book);

// The cell, or NULL when it is empty; its text, or "". row and column from 1.
const struct xlsx_cell *xlsx_cell_at(const struct xlsx_table *sheet, int row, int column);
const char *xlsx_text_at(const struct xlsx_table *sheet, int row, int column);

// "C5" of row 5 and column 3, as people call it. out: 12 bytes are enough for every cell there can be.
#define XLSX_ADDRESS_BYTES 12
void xlsx_address(int row, int column, char out[XLSX_ADDRESS_BYTES]);

// main() of the child: reads a workbook from standard input and answers with its cells.
#define XLSX_READ_WORD "__read-xlsx"
int xlsx_read_child_main(void);

#endif
