// SPDX-License-Identifier: AGPL-3.0-or-later
//
// sheet_read.c: see sheet.h, sheet_csv.

#include "format/sheet/sheet.h"

#include <string.h>

#include "base/limits.h"
#include "format/csv/csv_write.h"
#include "format/xlsx/xlsx_read.h"

static int last_column(const struct xlsx_row *row)
{
    return row->cells[row->n - 1].column;
}

static int larger(int x, int y)
{
    return x > y ? x : y;
}

bool sheet_is_workbook(const char *bytes, size_t len)
{
    return len > 1 && memcmp(bytes, "PK", 2) == 0;
}

enum err sheet_csv(struct arena *a, const char *bytes, size_t len, const char **csv,
                   struct err_info *e)
{
    const struct xlsx_book *book;
    struct csv_out out;
    struct buf b;
    if (!sheet_is_workbook(bytes, len)) {
        *csv = arena_copy_n(a, bytes, len);
        return ERR_NONE;
    }
    enum err err = xlsx_read(a, bytes, len, &book, e);
    const struct xlsx_table *t = err == ERR_NONE ? xlsx_first_sheet(book) : NULL;
    if (err == ERR_NONE && (t == NULL || t->n_rows == 0)) {
        err = err_set(e, ERR_INPUT, NULL, MSG("The workbook has no sheet that can be seen."), NULL, NULL);
    }
    if (err != ERR_NONE) {
        return err;
    }
    buf_init(&b, a, LIMIT_UPLOAD_BYTES);
    csv_begin(&out, &b, false);
    for (int i = 0, line = 1; i < t->n_rows && !buf_is_full(&b); i++, line++) {
        for (; line < t->rows[i].number && !buf_is_full(&b); line++) {
            csv_row_end(&out); // an empty line, so that those that follow keep their numbers
        }
        // no wider than the heading and what stands in the row: one cell far away does not widen all others
        int wide = larger(last_column(&t->rows[0]), last_column(&t->rows[i]));
        for (int column = 1; column <= wide && !buf_is_full(&b); column++) {
            csv_cell(&out, xlsx_text_at(t, t->rows[i].number, column));
        }
        csv_row_end(&out);
    }
    *csv = b.data;
    return buf_is_full(&b) ? err_set(e, ERR_TOO_LARGE, NULL, MSG("The sheet is too large."),
                                     MSG("Send it in several files."), NULL)
                           : ERR_NONE;
}
