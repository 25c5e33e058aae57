// SPDX-License-Identifier: AGPL-3.0-or-later
//
// csv_read.h: reads comma-separated values as spreadsheets write them.
//
// RFC 4180, and besides: UTF-8 with or without byte order mark; CR LF, LF or CR; comma, semicolon or
// tab, whichever the first row holds most of outside quotes (or as a first line "sep=;" says). Quoted
// cells may hold separators, line breaks and doubled quotes. Empty lines are skipped but counted, so
// that a row number is the one the spreadsheet shows. Every row must have as many cells as the first;
// empty cells too many at the end are dropped. An apostrophe that csv_write.h put in front is removed.
// Errors name the row, never the content of a cell.

#ifndef FORMAT_CSV_READ_H
#define FORMAT_CSV_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

struct csv_row {
    int number;               // from 1; the first row is the heading
    int line;                 // line of the file on which it begins, from 1
    int n;                    // cells
    const char *const *cells; // never NULL, "" when empty
};

// Gives what comes next: as much as there is room for, less only at the end of the file.
typedef enum err csv_more(void *state, char *bytes, size_t room, size_t *n, struct err_info *e);

// A file: how it begins, and where the rest comes from. So much as it begins with is in memory at a time.
struct csv_from {
    const char *bytes;
    size_t len;
    csv_more *more; // NULL: that was all
    void *state;
};

struct csv_in {
    const char *bytes; // of a file in pieces: the window that is in memory
    size_t len;        // what of it may be read: whole lines
    size_t at;
    struct csv_window *window; // csv_window.h; NULL: the whole file is in memory
    char separator;
    int row;
    int line;
    int n_columns; // 0 before the first row
    size_t began;  // the fewest bytes in use in the arena of the rows: what was there before them; SIZE_MAX: no row yet
    // Rows may have any number of cells, as they have where headings stand above headings; to be set after
    // csv_open. Rows keep their empty cells.
    bool ragged;
};

// Checks the encoding and finds the separator. bytes must stay until the last row is read.
enum err csv_open(struct csv_in *c, const char *bytes, size_t len, struct err_info *e) MUST_CHECK;
// The same for a file that is read piece by piece, so that memory does not grow with it, but for a row longer than a
// megabyte. Pieces are checked as they come; they are kept in a, which must live as long as c.
enum err csv_open_from(struct arena *a, struct csv_in *c, const struct csv_from *from, struct err_info *e) MUST_CHECK;
// The next row, made in a (a scratch arena that is reset for each row will do). *more is false, and
// row untouched, after the last. ERR_TOO_MANY when a keeps all rows and has no room for as many again.
enum err csv_next(struct arena *a, struct csv_in *c, struct csv_row *row, bool *more,
                  struct err_info *e) MUST_CHECK;

#endif
