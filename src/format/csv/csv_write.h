// SPDX-License-Identifier: AGPL-3.0-or-later
//
// csv_write.h: writes comma-separated values (RFC 4180) that are safe to open in a spreadsheet.
//
// Formula injection: a spreadsheet runs a cell that begins with = + - @ (also after spaces, tabs or
// line breaks, also in their wide forms). Such a text gets an apostrophe in front; a cell that is
// nothing but a number ("-12.5") does not. csv_read.h takes exactly this apostrophe away again, so
// what was exported comes back as it was.

#ifndef FORMAT_CSV_WRITE_H
#define FORMAT_CSV_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct csv_out {
    struct buf *out;
    int n_cells;         // in the row being written
    bool row_has_bytes;
};

// Starts a file. for_spreadsheets: with a byte order mark, without which Excel does not see UTF-8.
void csv_begin(struct csv_out *c, struct buf *out, bool for_spreadsheets);
// The next cell of the row; NULL is an empty cell.
void csv_cell(struct csv_out *c, const char *text);
void csv_cell_int(struct csv_out *c, int64_t n);
// Ends the row with CR LF.
void csv_row_end(struct csv_out *c);

// Would a spreadsheet take this text for a formula, were there no apostrophe?
bool csv_is_hostile(const char *text);
// Does the text begin with apostrophes before what would be hostile? (The reader removes one.)
bool csv_is_disarmed(const char *text);

#endif
