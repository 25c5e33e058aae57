// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_take_file.c: tables of values as files: is it one, and refused lines to be mended.
// See result_take.h.

#include <string.h>
#include <strings.h>

#include "format/csv/csv_read.h"
#include "format/csv/csv_write.h"
#include "result/result_take.h"
#include "result/result_take_row.h"

bool result_take_is_table(struct arena *a, const char *bytes, size_t len)
{
    struct csv_in csv;
    struct csv_row row;
    struct err_info ignored;
    bool more, indicator = false, period = false;
    if (csv_open(&csv, bytes, len, &ignored) != ERR_NONE ||
        csv_next(a, &csv, &row, &more, &ignored) != ERR_NONE || !more) {
        return false;
    }
    for (int i = 0; i < row.n; i++) {
        indicator = indicator || strcasecmp(row.cells[i], take_column_names[TAKE_INDICATOR]) == 0;
        const char *word = take_column_names[TAKE_PERIOD]; // period, or period_from and period_to
        period = period || strncasecmp(row.cells[i], word, strlen(word)) == 0;
    }
    return indicator && period;
}

const struct take_line *result_take_first_refused(const struct result_take *t)
{
    const struct take_line *first = NULL;
    for (size_t i = 0; i < t->n_lines; i++) {
        const struct take_line *line = &t->lines[i];
        if (line->verdict == TAKE_REFUSED && (first == NULL || (first->field[0] == '\0' && line->field[0] != '\0'))) {
            first = line;
        }
    }
    return first;
}

void result_take_refused(const struct result_take *t, struct buf *out)
{
    struct csv_out csv;
    csv_begin(&csv, out, false);
    for (int i = 0; i < t->n_heading; i++) {
        csv_cell(&csv, t->heading[i]);
    }
    for (int c = TAKE_LINE; c < TAKE_COLUMNS; c++) {
        csv_cell(&csv, take_column_names[c]);
    }
    csv_row_end(&csv);
    for (size_t i = 0; i < t->n_lines; i++) {
        const struct take_line *line = &t->lines[i];
        for (int k = 0; line->verdict == TAKE_REFUSED && k < line->n_cells; k++) {
            csv_cell(&csv, line->cells[k]);
        }
        if (line->verdict == TAKE_REFUSED) {
            csv_cell_int(&csv, line->number);
            csv_cell(&csv, line->field);
            csv_cell(&csv, line->why);
            csv_row_end(&csv);
        }
    }
}
