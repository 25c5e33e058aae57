// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_export_web.c: the list of programmes as CSV and XLSX: the same search, filters and order as
// the page, the programmes the person may export.

#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "format/csv/csv_write.h"
#include "format/sheet/sheet.h"
#include "format/xlsx/xlsx_write.h"
#include "os/clock.h"
#include "place/place.h"
#include "programme/programme.h"
#include "programme/programme_list_web.h"

// One file holds at most so many rows; nobody has so many programmes.
#define MOST_ROWS 100000

static const char *approved(struct req *r, const struct programme_row *row)
{
    int digits = currency_minor_digits(row->currency);
    return row->has_approved ? money_text(r->arena, row->approved, digits < 0 ? 2 : digits) : NULL;
}

// Names and codes as in every other file of records.
static void write_csv(struct req *r, const struct programme_row *rows, size_t n, struct buf *out)
{
    static const char *const heads[] = {"number", "title", "crime", "state", "starts_on", "ends_on",
                                        "n_countries", "currency", "approved_total"};
    struct csv_out c;
    csv_begin(&c, out, true);
    for (size_t i = 0; i < COUNT_OF(heads); i++) {
        csv_cell(&c, heads[i]);
    }
    csv_row_end(&c);
    for (size_t i = 0; i < n; i++) {
        const struct programme_row *row = &rows[i];
        const char *const texts[] = {row->number, row->title, row->crime, row->state,
                                     row->starts_on, row->ends_on};
        for (size_t k = 0; k < COUNT_OF(texts); k++) {
            csv_cell(&c, texts[k]);
        }
        csv_cell_int(&c, row->n_countries);
        csv_cell(&c, row->currency);
        csv_cell(&c, approved(r, row));
        csv_row_end(&c);
    }
}

// The words of the page.
static enum err write_xlsx(struct req *r, const struct programme_row *rows, size_t n,
                           struct buf *out, struct err_info *e)
{
    const char *title = tr(r->lang, MSG("Programmes"));
    const char *const names[] = {
        tr(r->lang, MSG("Number")),          tr(r->lang, MSG("Title")),
        tr(r->lang, MSG("Crime addressed")), tr(r->lang, MSG("State")),
        tr(r->lang, MSG("First day")),       tr(r->lang, MSG("Last day")),
        tr(r->lang, MSG("Countries")),       tr(r->lang, MSG("Approved budget"))};
    const struct field *crime = entity_field(&entity_programme, "crime");
    const struct field *state = entity_field(&entity_programme, "state");
    struct xlsx_head head = {.title = title, .right_to_left = r->lang->right_to_left, .foot = req_foot(r)};
    struct xlsx *x;
    const char *bytes;
    size_t len;
    enum err err = xlsx_begin(r->arena, &head, &x, e);
    if (err != ERR_NONE) {
        return err;
    }
    xlsx_sheet(x, title, names, COUNT_OF(names));
    for (size_t i = 0; i < n; i++) {
        const struct programme_row *row = &rows[i];
        xlsx_text(x, row->number);
        xlsx_text(x, row->title);
        xlsx_text(x, tr(r->lang, field_choice_label(crime, row->crime)));
        xlsx_text(x, tr(r->lang, field_choice_label(state, row->state)));
        xlsx_date(x, row->starts_on);
        xlsx_date(x, row->ends_on);
        xlsx_int(x, row->n_countries);
        xlsx_money(x, approved(r, row), row->currency);
        xlsx_row_end(x);
    }
    err = xlsx_end(r->arena, x, LIMIT_REPLY_BYTES, &bytes, &len, e);
    if (err == ERR_NONE) {
        buf_add(out, bytes, len);
    }
    return err;
}

static enum err export_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct list_query q;
    struct programme_row *rows;
    size_t n;
    int64_t total;
    bool csv = strcmp(req_query(r, "format"), "csv") == 0;
    if (!csv && strcmp(req_query(r, "format"), "xlsx") != 0) {
        return err_set(e, ERR_INPUT, "format", MSG("There is no such format."),
                       MSG("Choose csv or xlsx."), NULL);
    }
    enum err err = list_query_from(r, &programme_list_spec, NULL, 0, &q, e);
    if (err == ERR_NONE) {
        err = programme_list_ask(r, &q, MAY_EXPORT, MOST_ROWS, &rows, &n, &total, e);
    }
    if (err == ERR_NONE) {
        err = req_note_export(r, "programme", e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    char today[11];
    clock_today(today);
    reply_file(p, sheet_media_type(csv ? "csv" : "xlsx"),
               arena_printf(r->arena, "programmes-%s.%s", today, csv ? "csv" : "xlsx"));
    if (csv) {
        write_csv(r, rows, n, &p->body);
        return ERR_NONE;
    }
    return write_xlsx(r, rows, n, &p->body, e);
}

const struct route programme_export_page = {
    .path = "/programmes/export",
    .needs = MAY_SIGNED_IN, // each programme is exported only where the person may export
    .get = export_get,
    .title = MSG("Export"),
    .slow = true,
};
