// SPDX-License-Identifier: AGPL-3.0-or-later
//
// sheet.c: see sheet.h.

#include "format/sheet/sheet.h"

#include <string.h>

#include "base/limits.h"
#include "format/csv/csv_write.h"
#include "format/xlsx/xlsx_write.h"

bool sheet_knows(const char *format)
{
    return strcmp(format, "csv") == 0 || strcmp(format, "xlsx") == 0;
}

const char *sheet_media_type(const char *format)
{
    return strcmp(format, "csv") == 0
               ? "text/csv; charset=utf-8"
               : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}

const struct sheet_column *sheet_columns(struct arena *a, const char *const *codes,
                                         const char *const *names, uint64_t numbers, size_t n)
{
    struct sheet_column *columns = ARENA_ARRAY(a, struct sheet_column, n + 1);
    for (size_t i = 0; i < n; i++) {
        bool is_number = i < 64 && (numbers >> i & 1) != 0;
        columns[i] = (struct sheet_column){.name = names[i],
                                           .kind = is_number ? SHEET_NUMBER : SHEET_TEXT,
                                           .code = codes == NULL ? NULL : codes[i]};
    }
    return columns;
}

static const char *cell_of(const struct sheet *s, size_t row, size_t column)
{
    const char *text = s->cells[row * s->n_columns + column];
    return text == NULL ? "" : text;
}

static void write_csv(const struct sheet *s, struct buf *out)
{
    struct csv_out csv;
    csv_begin(&csv, out, true);
    for (size_t i = 0; i < s->n_columns; i++) {
        csv_cell(&csv, s->columns[i].code == NULL ? s->columns[i].name : s->columns[i].code);
    }
    csv_row_end(&csv);
    for (size_t k = 0; k < s->n_rows; k++) {
        for (size_t i = 0; i < s->n_columns; i++) {
            csv_cell(&csv, cell_of(s, k, i));
        }
        csv_row_end(&csv);
    }
}

static void write_cell(struct xlsx *x, enum sheet_kind kind, const char *text)
{
    switch (text[0] == '\0' ? SHEET_TEXT : kind) {
    case SHEET_DATE:
        xlsx_date(x, text);
        break;
    case SHEET_NUMBER:
        xlsx_number(x, text);
        break;
    case SHEET_TEXT:
        xlsx_text(x, text);
        break;
    }
}

static enum err write_xlsx(struct arena *a, const struct sheet *s, struct buf *out,
                           struct err_info *e)
{
    const struct xlsx_head head = {.title = s->title, .right_to_left = s->right_to_left,
                                   .foot = s->foot};
    const char **names = ARENA_ARRAY(a, const char *, s->n_columns + 1);
    struct xlsx *x;
    enum err err = xlsx_begin(a, &head, &x, e);
    if (err != ERR_NONE) {
        return err;
    }
    for (size_t i = 0; i < s->n_columns; i++) {
        names[i] = s->columns[i].name;
    }
    xlsx_sheet(x, s->title, names, (int)s->n_columns);
    for (size_t k = 0; k < s->n_rows; k++) {
        for (size_t i = 0; i < s->n_columns; i++) {
            write_cell(x, s->columns[i].kind, cell_of(s, k, i));
        }
        xlsx_row_end(x);
    }
    const char *bytes;
    size_t len;
    err = xlsx_end(a, x, LIMIT_REPLY_BYTES, &bytes, &len, e);
    if (err == ERR_NONE) {
        buf_add(out, bytes, len);
    }
    return err;
}

enum err sheet_write(struct arena *a, const struct sheet *s, const char *format, struct buf *out,
                     struct err_info *e)
{
    if (strcmp(format, "csv") == 0) {
        write_csv(s, out);
        return ERR_NONE;
    }
    return write_xlsx(a, s, out, e);
}
