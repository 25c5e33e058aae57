// SPDX-License-Identifier: AGPL-3.0-or-later
//
// export_web.c: the list a person sees, as CSV or XLSX: the same filters, search and order.
//
// Which fields are in it, and how it comes back: columns.h, workbook.h. The export is written into the
// change log.

#include <string.h>

#include "base/bug.h"
#include "base/date.h"
#include "base/limits.h"
#include "base/map.h"
#include "exchange/record/record_io.h"
#include "exchange/workbook/columns.h"
#include "exchange/workbook/workbook_web.h"
#include "format/csv/csv_write.h"
#include "format/sheet/sheet.h"
#include "format/xlsx/xlsx_write.h"
#include "html/list.h"
#include "http/http.h"
#include "os/clock.h"

#define MOST_ROWS 100000

struct export {
    struct req *req;
    const struct entity *kind;
    const struct field **fields; // those that may leave
    size_t n_fields;
    struct record **rows;
    size_t n_rows;
    struct map names; // id of a record that others name -> its cell
    struct money_context money;
    const char *currency; // of the row that is written
    int minor_digits;
};

// Can a list be filtered by it? Not by a field whose name says the order in the address of a list.
static bool is_choice(const struct field *f)
{
    if (strcmp(f->name, "sort") == 0) {
        return false;
    }
    return f->type == FIELD_CODE || f->type == FIELD_CODES || f->type == FIELD_BOOL ||
           f->type == FIELD_REF;
}

// Every list of this kind offers some of these; the export understands all.
static struct list_spec spec_of(struct arena *a, const struct entity *kind)
{
    const char **filters = ARENA_ARRAY(a, const char *, kind->n_fields + 1);
    const char **sortable = ARENA_ARRAY(a, const char *, kind->n_fields + 1);
    size_t n = 0;
    for (size_t i = 0; i < kind->n_fields; i++) {
        sortable[i] = kind->fields[i].name;
        if (is_choice(&kind->fields[i])) {
            filters[n++] = kind->fields[i].name;
        }
    }
    const struct field *title = kind->title_field == NULL ? NULL
                                                          : entity_field(kind, kind->title_field);
    bool text = title != NULL && (title->type == FIELD_TEXT || title->type == FIELD_LONG);
    return (struct list_spec){.kind = kind,
                              .search_field = text ? title->name : NULL,
                              .sortable = sortable,
                              .filters = filters,
                              .order = kind->order_field};
}

static void choose_fields(struct export *x)
{
    struct arena *a = x->req->arena;
    x->fields = ARENA_ARRAY(a, const struct field *, x->kind->n_fields);
    for (size_t i = 0; i < x->kind->n_fields; i++) {
        const struct field *f = &x->kind->fields[i];
        if (column_leaves(f)) {
            x->fields[x->n_fields++] = f;
        }
    }
}

static const char *cell_text(struct export *x, const struct record *r, const struct field *f)
{
    return column_text(x->req->arena, x->req->db, f, record_value(r, f->name), x->minor_digits);
}

// The currency of a row: its own, or of its programme.
static enum err next_row(struct export *x, const struct record *r, struct err_info *e)
{
    return money_of(&x->money, r, &x->currency, &x->minor_digits, e);
}

static enum err write_csv(struct export *x, struct reply *p, struct err_info *e)
{
    enum err err = ERR_NONE;
    struct csv_out csv;
    csv_begin(&csv, &p->body, true);
    csv_cell(&csv, COLUMN_ID);
    csv_cell(&csv, COLUMN_VERSION);
    for (size_t i = 0; i < x->n_fields; i++) {
        csv_cell(&csv, x->fields[i]->name);
    }
    csv_row_end(&csv);
    for (size_t k = 0; k < x->n_rows && err == ERR_NONE; k++) {
        err = next_row(x, x->rows[k], e);
        csv_cell(&csv, x->rows[k]->id);
        csv_cell(&csv, column_version(x->req->arena, x->rows[k]->version));
        for (size_t i = 0; err == ERR_NONE && i < x->n_fields; i++) {
            csv_cell(&csv, cell_text(x, x->rows[k], x->fields[i]));
        }
        csv_row_end(&csv);
    }
    return err;
}

// A record that is named is looked up once, however often it is.
static const char *named(struct export *x, const struct record *r, const struct field *f)
{
    const struct value *v = record_value(r, f->name);
    if (!v->set) {
        return "";
    }
    const char *cell = map_get(&x->names, v->text);
    if (cell == NULL) {
        const char *words = column_words(x->req->arena, x->req->db, x->req->lang, f, v);
        cell = words[0] != '\0' ? words : cell_text(x, r, f);
        *map_at(&x->names, v->text) = (void *)cell;
    }
    return cell;
}

static void write_cell(struct xlsx *sheet, struct export *x, const struct record *r,
                       const struct field *f)
{
    const char *text = f->type == FIELD_REF ? named(x, r, f) : cell_text(x, r, f), *words;
    switch (f->type) {
    case FIELD_INT:
    case FIELD_DECIMAL:
        xlsx_number(sheet, text);
        break;
    case FIELD_MONEY:
        xlsx_money(sheet, text, x->currency);
        break;
    case FIELD_DATE:
    case FIELD_PARTIAL_DATE:
        xlsx_date(sheet, text);
        break;
    case FIELD_CODE:
    case FIELD_CODES:
    case FIELD_SHARES:
    case FIELD_BOOL:
        words = column_words(x->req->arena, x->req->db, x->req->lang, f, record_value(r, f->name));
        xlsx_text(sheet, words[0] != '\0' ? words : text);
        break;
    default:
        xlsx_text(sheet, text);
    }
}

// What a cell of a column may hold, for who changes it.
static const char *rule_of(struct export *x, const struct field *f)
{
    struct arena *a = x->req->arena;
    const struct lang *lang = x->req->lang;
    if (f->read_only || f->approval) {
        return tr(lang, MSG("Set by the program. A changed cell is refused."));
    }
    const char *choices = column_choices(a, lang, f);
    bool long_list = choices[0] == '\0';
    switch (f->type) {
    case FIELD_REF:
        return tr_f(a, lang, MSG("The code, the name or the id of a record: {0}"), tr(lang, model_find(f->ref)->label), NULL);
    case FIELD_DATE:
        return tr(lang, MSG("A day: 2026-11-22"));
    case FIELD_PARTIAL_DATE:
        return tr(lang, MSG("A day, a month or a year: 2026-11-22, 2026-11 or 2026"));
    case FIELD_CODES:
        return long_list ? tr(lang, MSG("Names as the program shows them, or codes, with commas between them"))
                         : tr_f(a, lang, MSG("Any of these, with commas between them: {0}"), choices, NULL);
    case FIELD_SHARES:
        return tr(lang, MSG("Parts that come to 100 %: Namibia 60 %, Niger 40 %"));
    case FIELD_CODE:
    case FIELD_BOOL:
        return long_list ? tr(lang, MSG("A name as the program shows it, or its code"))
                         : tr_f(a, lang, MSG("One of these: {0}"), choices, NULL);
    case FIELD_INT:
        return tr(lang, MSG("A whole number"));
    case FIELD_DECIMAL:
    case FIELD_MONEY:
        return tr(lang, MSG("A number"));
    default:
        return tr(lang, MSG("A text"));
    }
}

// A second sheet, on how the first one is changed.
static void write_rules(struct export *x, struct xlsx *sheet)
{
    struct arena *a = x->req->arena;
    const struct lang *lang = x->req->lang;
    const char *const names[] = {tr(lang, MSG("Column")), tr(lang, MSG("What may stand in it"))};
    xlsx_sheet(sheet, tr(lang, MSG("How to change it")), names, COUNT_OF(names));
    const char *const ids[] = {COLUMN_ID, COLUMN_VERSION};
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        xlsx_text(sheet, column_heading(a, lang, x->kind, ids[i]));
        xlsx_text(sheet, tr(lang, MSG("Finds the record again. Leave it as it is; for a new record leave it empty.")));
        xlsx_row_end(sheet);
    }
    for (size_t i = 0; i < x->n_fields; i++) {
        xlsx_text(sheet, column_heading(a, lang, x->kind, x->fields[i]->name));
        xlsx_text(sheet, rule_of(x, x->fields[i]));
        xlsx_row_end(sheet);
    }
}

static enum err write_xlsx(struct export *x, struct reply *p, struct err_info *e)
{
    struct arena *a = x->req->arena;
    const struct lang *lang = x->req->lang;
    const char *title = tr(lang, x->kind->label_many);
    struct xlsx_head head = {.title = title, .right_to_left = lang->right_to_left,
                             .foot = req_foot(x->req)};
    struct xlsx *sheet;
    enum err err = xlsx_begin(a, &head, &sheet, e);
    if (err != ERR_NONE) {
        return err;
    }
    const char **names = ARENA_ARRAY(a, const char *, x->n_fields + 2);
    names[0] = column_heading(a, lang, x->kind, COLUMN_ID);
    names[1] = column_heading(a, lang, x->kind, COLUMN_VERSION);
    for (size_t i = 0; i < x->n_fields; i++) {
        names[i + 2] = column_heading(a, lang, x->kind, x->fields[i]->name);
    }
    xlsx_sheet(sheet, title, names, (int)x->n_fields + 2);
    for (size_t k = 0; k < x->n_rows && err == ERR_NONE; k++) {
        err = next_row(x, x->rows[k], e);
        xlsx_text(sheet, x->rows[k]->id);
        xlsx_text(sheet, column_version(a, x->rows[k]->version));
        for (size_t i = 0; err == ERR_NONE && i < x->n_fields; i++) {
            write_cell(sheet, x, x->rows[k], x->fields[i]);
        }
        xlsx_row_end(sheet);
    }
    const char *bytes;
    size_t len;
    write_rules(x, sheet);
    if (err == ERR_NONE) {
        err = xlsx_end(a, sheet, LIMIT_REPLY_BYTES, &bytes, &len, e);
    }
    if (err == ERR_NONE) {
        buf_add(&p->body, bytes, len);
    }
    return err;
}

// Which rows: of one programme, or of those the person may export from.
static enum err load(struct export *x, struct err_info *e)
{
    struct req *r = x->req;
    struct store_filter fixed = {.field = "programme_id", .op = STORE_EQUAL};
    bool of_programme = entity_field(x->kind, "programme_id") != NULL;
    if (r->programme != NULL) {
        fixed.text = r->programme->id;
    }
    struct list_spec spec = spec_of(r->arena, x->kind);
    struct list_query q;
    enum err err = list_query_from(r, &spec, &fixed, r->programme != NULL && of_programme ? 1 : 0,
                                   &q, e);
    if (err != ERR_NONE) {
        return err;
    }
    q.store.limit = MOST_ROWS;
    q.store.offset = 0;
    err = store_list(r->db, r->arena, x->kind, &q.store, &x->rows, &x->n_rows, e);
    size_t kept = 0;
    for (size_t i = 0; err == ERR_NONE && i < x->n_rows; i++) {
        const char *programme = NULL;
        err = store_programme_of(r->db, r->arena, x->rows[i], &programme, e);
        if (err == ERR_NONE && (programme == NULL || identity_may(r->who, MAY_EXPORT, programme))) {
            x->rows[kept++] = x->rows[i];
        }
    }
    x->n_rows = err == ERR_NONE ? kept : 0;
    return err;
}

enum err workbook_kind(struct req *r, const struct entity **out, struct err_info *e)
{
    const struct entity *kind = *out = model_find(req_capture(r, "kind"));
    bool of_programme = kind != NULL && entity_of_programme(kind);
    bool of_country = kind != NULL && entity_field(kind, "country") != NULL && // and need not be of a programme
                      (kind->parent_field == NULL || !entity_field(kind, kind->parent_field)->required);
    return kind == NULL || kind->admin_only || kind->compute != NULL || (r->programme != NULL && !of_programme) ||
                   (r->country != NULL && !of_country)
               ? err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such list."),
                         MSG("Use the links under the lists."), NULL)
               : ERR_NONE;
}

static enum err export_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct export x = {.req = r, .money = {.arena = r->arena, .db = r->db}};
    map_init(&x.names, r->arena);
    bool csv = strcmp(req_query(r, "format"), "csv") == 0;
    enum err err = workbook_kind(r, &x.kind, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (!csv && strcmp(req_query(r, "format"), "xlsx") != 0) {
        return err_set(e, ERR_INPUT, "format", MSG("There is no such format."),
                       MSG("Choose csv or xlsx."), NULL);
    }
    choose_fields(&x);
    err = load(&x, e);
    if (err == ERR_NONE) {
        err = req_note_export(r, x.kind->kind, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    char today[11];
    clock_today(today);
    const char *name = arena_printf(r->arena, "%s%s%s-%s.%s",
                                    r->programme == NULL ? "" : record_text(r->programme, "number"),
                                    r->programme == NULL ? "" : "-", x.kind->kind, today,
                                    csv ? "csv" : "xlsx");
    reply_file(p, sheet_media_type(csv ? "csv" : "xlsx"), name);
    return csv ? write_csv(&x, p, e) : write_xlsx(&x, p, e);
}

const struct route route_export_programme = {
    .path = "/programmes/{programme}/export/{kind}",
    .needs = MAY_EXPORT,
    .get = export_get,
    .title = MSG("Export"),
    .slow = true,
};

const struct route route_export = {
    .path = "/export/{kind}",
    .needs = MAY_SIGNED_IN, // each row is exported only where the person may export
    .get = export_get,
    .title = MSG("Export"),
    .slow = true,
};
