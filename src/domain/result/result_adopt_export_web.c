// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_adopt_export_web.c: the indicators of the library as CSV or XLSX, exactly as narrowed on the page.

#include <string.h>

#include "programme/programme_sheet_web.h"
#include "result/result_adopt_web.h"
#include "result/result_web.h"

#define COLUMNS 11
#define LIMIT_CELL 8192

static const char *const headings[COLUMNS] = {
    MSG("Row of the Toolkit"), MSG("Area of work"), MSG("Expected result"), MSG("Indicator"),
    MSG("Unit"), MSG("Split asked"), MSG("Right it serves"), MSG("Means of verification"),
    MSG("Assumptions"), MSG("Adopted here"), MSG("Adopted in other programmes")};

static const char *joined(struct arena *a, const char **texts, unsigned n)
{
    struct buf b;
    buf_init(&b, a, LIMIT_CELL);
    for (unsigned i = 0; i < n; i++) {
        buf_printf(&b, "%s%s", i == 0 ? "" : "; ", texts[i]);
    }
    return b.data;
}

static const char *rights(struct req *r, const struct pack_row *row)
{
    const char **texts = ARENA_ARRAY(r->arena, const char *, row->n_serves + 1);
    unsigned n = 0;
    for (unsigned i = 0; i < row->n_serves; i++) {
        const struct pack_tool *tool;
        const struct pack_row *right;
        const char *text = shelf_right(r->lang, row->serves[i], &tool, &right);
        if (text != NULL) {
            texts[n++] = text;
        }
    }
    return joined(r->arena, texts, n);
}

static const char *code_here(const struct adopt_shelf *s, const char *id)
{
    for (size_t i = 0; id != NULL && i < s->n_indicators; i++) {
        if (strcmp(s->indicators[i]->id, id) == 0) {
            return record_text(s->indicators[i], "code");
        }
    }
    return "";
}

static void cells_of(struct req *r, const struct adopt_shelf *s, const struct shelf_row *o,
                     const char *out[COLUMNS])
{
    const struct pack *pack = o->tool->pack;
    const struct pack_result *result = tool_result(o->tool, o->row->result);
    out[0] = o->row->id;
    out[1] = pack_words(pack, r->lang, o->tool->id, o->tool->title);
    out[2] = result == NULL ? "" : pack_words(pack, r->lang, result->id, result->title);
    out[3] = o->text;
    out[4] = tr(r->lang, pack_unit_label(o->row->unit));
    out[5] = adopt_splits(r, o->row);
    out[6] = rights(r, o->row);
    out[7] = joined(r->arena, o->row->means, o->row->n_means);
    out[8] = joined(r->arena, o->row->assumptions, o->row->n_assumptions);
    out[9] = code_here(s, o->here);
    out[10] = arena_printf(r->arena, "%d", o->elsewhere);
}

static enum err send(struct req *r, struct reply *p, const char *format, struct err_info *e)
{
    struct adopt_shelf s;
    const char *names[COLUMNS];
    enum err err = adopt_shelf_load(r, &s, e);
    if (err != ERR_NONE) {
        return err;
    }
    for (int c = 0; c < COLUMNS; c++) {
        names[c] = tr(r->lang, headings[c]);
    }
    const char **cells = ARENA_ARRAY(r->arena, const char *, s.chosen.n * COLUMNS + 1);
    for (size_t i = 0; i < s.chosen.n; i++) {
        cells_of(r, &s, &s.chosen.rows[i], &cells[i * COLUMNS]);
    }
    const struct sheet sheet = {
        .title = tr(r->lang, MSG("Indicators of the library")),
        .columns = sheet_columns(r->arena, NULL, names, UINT64_C(1) << (COLUMNS - 1), COLUMNS),
        .n_columns = COLUMNS,
        .cells = cells,
        .n_rows = s.chosen.n};
    return programme_send_sheet_as(r, p, &sheet, format, "library-indicators", "indicator", e);
}

static enum err csv_get(struct req *r, struct reply *p, struct err_info *e)
{
    return send(r, p, "csv", e);
}

static enum err xlsx_get(struct req *r, struct reply *p, struct err_info *e)
{
    return send(r, p, "xlsx", e);
}

const struct route route_indicator_adopt_csv = {
    .path = "/programmes/{programme}/indicators/adopt/csv",
    .needs = MAY_EXPORT,
    .get = csv_get,
    .title = MSG("Export"),
    .slow = true,
};

const struct route route_indicator_adopt_xlsx = {
    .path = "/programmes/{programme}/indicators/adopt/xlsx",
    .needs = MAY_EXPORT,
    .get = xlsx_get,
    .title = MSG("Export"),
    .slow = true,
};
