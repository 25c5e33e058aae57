// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_take_file.c: tables of values as files: is it one, the sheet of a workbook as CSV, refused lines to be mended.
// See result_take.h.

#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "format/csv/csv_read.h"
#include "format/csv/csv_write.h"
#include "format/xlsx/xlsx_read.h"
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

static int last_column(const struct xlsx_row *row)
{
    return row->cells[row->n - 1].column;
}

static int larger(int x, int y)
{
    return x > y ? x : y;
}

enum err result_take_workbook(struct arena *a, const char *bytes, size_t len, const char **csv,
                              size_t *csv_len, struct err_info *e)
{
    const struct xlsx_book *book;
    struct csv_out out;
    struct buf b;
    enum err err = xlsx_read(a, bytes, len, &book, e);
    const struct xlsx_table *sheet = err == ERR_NONE ? xlsx_first_sheet(book) : NULL;
    if (err == ERR_NONE && (sheet == NULL || sheet->n_rows == 0)) {
        err = err_set(e, ERR_INPUT, NULL, MSG("The workbook has no sheet that can be seen."), NULL, NULL);
    }
    if (err != ERR_NONE) {
        return err;
    }
    buf_init(&b, a, LIMIT_UPLOAD_BYTES);
    csv_begin(&out, &b, false);
    int written = 0;
    for (int i = 0; i < sheet->n_rows && !buf_is_full(&b); i++) {
        const struct xlsx_row *row = &sheet->rows[i];
        int wide = larger(last_column(&sheet->rows[0]), last_column(row));
        for (; written + 1 < row->number; written++) { // empty rows, so that line numbers are those of the sheet
            csv_row_end(&out);
        }
        for (int column = 1; column <= wide && !buf_is_full(&b); column++) {
            csv_cell(&out, xlsx_text_at(sheet, row->number, column));
        }
        csv_row_end(&out);
        written = row->number;
    }
    if (buf_is_full(&b)) {
        return err_set(e, ERR_TOO_LARGE, NULL, MSG("The sheet is too large."),
                       MSG("Send it in several files."), NULL);
    }
    *csv = b.data;
    *csv_len = b.len;
    return ERR_NONE;
}
