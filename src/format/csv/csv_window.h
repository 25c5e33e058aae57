// SPDX-License-Identifier: AGPL-3.0-or-later
//
// csv_window.h: the part of a long CSV file that is in memory just now. For csv_read.c alone.

#ifndef FORMAT_CSV_WINDOW_H
#define FORMAT_CSV_WINDOW_H

#include "format/csv/csv_read.h"

#define CSV_TOO_LARGE MSG("The CSV file is larger than 64 MB.")
#define CSV_SPLIT MSG("Split it into several files.")

struct csv_window {
    struct arena *arena;
    struct csv_from from;
    char *bytes;
    size_t room, filled; // of bytes
    size_t total;        // bytes of the file that were read so far
    bool ended;          // the file has no more
};

// The text is UTF-8 from here to its end: of c->bytes, c->at being the beginning of line c->line.
MUST_CHECK enum err csv_check_text(const struct csv_in *c, size_t from, struct err_info *e);
// Begins with what is in memory already, and at least one line. Nothing is checked.
MUST_CHECK enum err csv_window_open(struct arena *a, struct csv_in *c, const struct csv_from *from, struct err_info *e);
// Is there more of the file than c->len?
bool csv_window_has_more(const struct csv_in *c);
// Moves on: what comes before c->at is gone, and c->len grows by one line at least, or the file has ended. ERR_INPUT:
// no UTF-8; ERR_TOO_LARGE: above LIMIT_IMPORT_BYTES.
MUST_CHECK enum err csv_window_move(struct csv_in *c, struct err_info *e);

#endif
