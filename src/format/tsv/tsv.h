// SPDX-License-Identifier: AGPL-3.0-or-later
//
// tsv.h: tables of text: a tab between columns, one heading row, no quoting.

#ifndef FORMAT_TSV_TSV_H
#define FORMAT_TSV_TSV_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

struct tsv {
    const char **columns;
    size_t n_columns;
    const char **cells; // n_rows * n_columns; never NULL
    size_t n_rows;      // without the heading
};

// Reads a table; texts and cells are in a. "\r\n" and a missing last line end are taken. Refused with
// ERR_INPUT and the line in e->field: bytes that are not clean UTF-8, no heading, an empty or doubled
// heading, a row with another number of cells than the heading. `name` is the file for the message.
MUST_CHECK enum err tsv_parse(struct arena *a, const char *name, const char *bytes, size_t len,
                              struct tsv *out, struct err_info *e);
// Position of a column, or -1.
int tsv_column(const struct tsv *t, const char *column);
// A cell; "" when there is no such column.
const char *tsv_cell(const struct tsv *t, size_t row, const char *column);
// The first row whose cell in `column` is `text`, or -1.
long tsv_find(const struct tsv *t, const char *column, const char *text);

#endif
