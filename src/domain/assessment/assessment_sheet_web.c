// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_sheet_web.c: see assessment_sheet.h.

#include "assessment/assessment_sheet.h"

#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "format/csv/csv_write.h"
#include "format/xlsx/xlsx_write.h"
#include "http/http.h"
#include "os/clock.h"
#include "store/store.h"

static void write_csv(struct reply *p, const struct sheet_table *t)
{
    struct csv_out csv;
    csv_begin(&csv, &p->body, true);
    for (size_t i = 0; i < t->n_columns; i++) {
        csv_cell(&csv, t->codes[i]);
    }
    csv_row_end(&csv);
    for (size_t k = 0; k < t->n_rows; k++) {
        for (size_t i = 0; i < t->n_columns; i++) {
            csv_cell(&csv, t->cells[k * t->n_columns + i]);
        }
        csv_row_end(&csv);
    }
}

static enum err write_xlsx(struct req *r, struct reply *p, const struct sheet_table *t,
                           struct err_info *e)
{
    const struct xlsx_head head = {.title = t->title, .right_to_left = r->lang->right_to_left};
    struct xlsx *sheet;
    const char *bytes;
    size_t len;
    enum err err = xlsx_begin(r->arena, &head, &sheet, e);
    if (err != ERR_NONE) {
        return err;
    }
    xlsx_sheet(sheet, t->title, t->heads, (int)t->n_columns);
    for (size_t k = 0; k < t->n_rows; k++) {
        for (size_t i = 0; i < t->n_columns; i++) {
            const char *cell = t->cells[k * t->n_columns + i];
            if (t->numbers[i]) {
                xlsx_number(sheet, cell);
            } else {
                xlsx_text(sheet, cell);
            }
        }
        xlsx_row_end(sheet);
    }
    err = xlsx_end(r->arena, sheet, LIMIT_REPLY_BYTES, &bytes, &len, e);
    if (err == ERR_NONE) {
        buf_add(&p->body, bytes, len);
    }
    return err;
}

static enum err note_export(struct req *r, const char *about, struct err_info *e)
{
    struct store_tx *tx;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = store_event(tx, "exported", about, e);
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

enum err sheet_reply(struct req *r, struct reply *p, const struct sheet_table *t,
                     struct err_info *e)
{
    bool csv = strcmp(req_query(r, "format"), "csv") == 0;
    char today[11];
    ensure(t->n_columns <= SHEET_COLUMNS);
    if (!csv && strcmp(req_query(r, "format"), "xlsx") != 0) {
        return err_set(e, ERR_INPUT, "format", MSG("There is no such format."),
                       MSG("Choose csv or xlsx."), NULL);
    }
    enum err err = note_export(r, t->about, e);
    if (err != ERR_NONE) {
        return err;
    }
    clock_today(today);
    const char *name =
        arena_printf(r->arena, "%s-%s.%s", t->name, today, csv ? "csv" : "xlsx");
    if (csv) {
        reply_file(p, "text/csv; charset=utf-8", name);
        write_csv(p, t);
        return ERR_NONE;
    }
    reply_file(p, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name);
    return write_xlsx(r, p, t, e);
}
