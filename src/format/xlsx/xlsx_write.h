// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xlsx_write.h: writes a workbook, sheet after sheet, row after row, in little memory whatever its
// size (libxlsxwriter, constant memory).
//
// Numbers, money, shares and dates become real ones that can be added up and sorted; a value that is
// none of these, or has more than 15 digits (a spreadsheet would round it), stays a text. A text that
// begins with "=" is a text: no formula is ever written. The properties of the file name no person.

#ifndef FORMAT_XLSX_XLSX_WRITE_H
#define FORMAT_XLSX_XLSX_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct xlsx; // lives in the arena; its temporary files go when the arena is reset

struct xlsx_head {
    const char *title;
    const char *organisation; // or NULL
    int64_t made_at_ms;       // in the properties of the file; 0: now
    bool right_to_left;
    const char *foot; // printed under each page, without "&"; also in the properties; or NULL
};

enum xlsx_row_style { XLSX_ROW_BODY, XLSX_ROW_GROUP, XLSX_ROW_TOTAL, XLSX_ROW_NOTE };

enum err xlsx_begin(struct arena *a, const struct xlsx_head *head, struct xlsx **out,
                    struct err_info *e) MUST_CHECK;

// A new sheet; names is its heading row, frozen, with a filter; n_columns 1 to 1000. The name is
// mended where the format does not allow it (31 characters, no []:*?/\, each name once).
void xlsx_sheet(struct xlsx *x, const char *name, const char *const *names, int n_columns);
// The look of the cells that follow, until xlsx_row_end. XLSX_ROW_NOTE: one text across the sheet.
void xlsx_row_style(struct xlsx *x, enum xlsx_row_style style);

// The next cell of the row; NULL or "" is an empty one. Values are canonical texts.
void xlsx_text(struct xlsx *x, const char *text);
// A text moved inwards by level steps.
void xlsx_text_indented(struct xlsx *x, const char *text, int level);
void xlsx_number(struct xlsx *x, const char *canonical);
void xlsx_int(struct xlsx *x, int64_t n);
// "61.7" is 61.7 % and is stored as 0.617.
void xlsx_percent(struct xlsx *x, const char *canonical);
// currency is shown before the amount; NULL: none.
void xlsx_money(struct xlsx *x, const char *canonical, const char *currency);
// YYYY-MM-DD from 1900-03-01 on; anything else (a year alone) stays a text.
void xlsx_date(struct xlsx *x, const char *iso);
// Linked when the address is http(s), else only the text.
void xlsx_link(struct xlsx *x, const char *text, const char *address);
void xlsx_row_end(struct xlsx *x);

// Ends the file and gives its bytes, in the arena. Errors of any step before come out here:
// ERR_FAILED (no space), ERR_TOO_LARGE (above 1,048,576 rows, or limit_bytes).
enum err xlsx_end(struct arena *a, struct xlsx *x, size_t limit_bytes, const char **bytes,
                  size_t *len, struct err_info *e) MUST_CHECK;

#endif
