// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xlsx_cells.c: the cells of one sheet, from the stream of its part into the answer.
//
// Method: ECMA-376-1, 18.3.1.4 (cells), 18.18.11 (their types).

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/limits.h"
#include "format/xlsx/xlsx_parts.h"

enum type { TYPE_NUMBER, TYPE_SHARED, TYPE_TEXT, TYPE_INLINE, TYPE_TRUTH, TYPE_ERROR, TYPE_DATE };

struct walk {
    const char *sheet;
    bool in_data;
    bool in_cell;
    bool in_value;
    bool in_inline;
    bool formula;
    bool has_value;
    int row;
    int column;
    enum type type;
    enum xlsx_form form;
    struct xlsx_rich text; // what stands in <v>, or the runs of <is>
};

static void blame_cell(struct xlsx_in *in, const struct walk *w, enum xlsx_fault_kind kind,
                       size_t limit)
{
    char place[XLSX_PLACE_BYTES];
    char address[XLSX_ADDRESS_BYTES] = "";
    if (w->row > 0 && w->column > 0) {
        xlsx_address(w->row, w->column, address);
    } else if (w->row > 0) {
        snprintf(address, sizeof address, "%d", w->row);
    }
    snprintf(place, sizeof place, "%.*s%s%s", XLSX_PLACE_BYTES - 16, w->sheet,
             address[0] == '\0' ? "" : "!", address);
    xlsx_blame(in, kind, place, limit);
}

static void start_row(struct xlsx_in *in, struct walk *w, const char **attributes)
{
    const char *r = xlsx_xml_attribute(attributes, "r");
    int before = w->row;
    w->column = 0;
    w->row = before + 1;
    if (r != NULL) {
        char *end;
        long n = strtol(r, &end, 10);
        if (*end != '\0' || n <= before || n > XLSX_MAX_ROW) {
            blame_cell(in, w, XLSX_BAD_ADDRESS, 0);
            return;
        }
        w->row = (int)n;
    }
    if (w->row > XLSX_MAX_ROW) {
        w->row = before;
        blame_cell(in, w, XLSX_BAD_ADDRESS, 0);
    }
}

static bool type_of(const char *t, enum type *type)
{
    static const struct { const char *word; enum type type; } types[] = {
        {"n", TYPE_NUMBER}, {"s", TYPE_SHARED},       {"str", TYPE_TEXT}, {"b", TYPE_TRUTH},
        {"e", TYPE_ERROR},  {"inlineStr", TYPE_INLINE}, {"d", TYPE_DATE}};
    *type = TYPE_NUMBER;
    if (t == NULL) {
        return true;
    }
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (strcmp(types[i].word, t) == 0) {
            *type = types[i].type;
            return true;
        }
    }
    return false;
}

static void start_cell(struct xlsx_in *in, struct walk *w, const char **attributes)
{
    const char *r = xlsx_xml_attribute(attributes, "r");
    const char *style = xlsx_xml_attribute(attributes, "s");
    int before = w->column;
    w->column++;
    if (r != NULL) {
        int row;
        int column;
        if (!xlsx_address_read(r, &row, &column) || row != w->row || column <= before) {
            blame_cell(in, w, XLSX_BAD_ADDRESS, 0);
            return;
        }
        w->column = column;
    }
    if (w->column > XLSX_MAX_COLUMN || w->row == 0) {
        w->column = before;
        blame_cell(in, w, XLSX_BAD_ADDRESS, 0);
        return;
    }
    if (!type_of(xlsx_xml_attribute(attributes, "t"), &w->type)) {
        blame_cell(in, w, XLSX_BAD_VALUE, 0);
        return;
    }
    long s = style == NULL ? 0 : strtol(style, NULL, 10);
    w->form = s >= 0 && (size_t)s < in->n_forms ? in->forms[s] : XLSX_FORM_NUMBER;
    w->in_cell = true;
    w->in_value = false;
    w->in_inline = false;
    w->formula = false;
    w->has_value = false;
    xlsx_rich_begin(&w->text);
}

static void start(struct xlsx_in *in, void *of, const char *name, const char **attributes)
{
    struct walk *w = of;
    if (strcmp(name, "sheetData") == 0) {
        w->in_data = true;
    } else if (!w->in_data) {
        return;
    } else if (w->in_inline) {
        xlsx_rich_start(&w->text, name);
    } else if (w->in_cell) {
        w->in_value = strcmp(name, "v") == 0;
        w->in_inline = strcmp(name, "is") == 0;
        w->has_value = w->has_value || w->in_value || w->in_inline;
        w->formula = w->formula || strcmp(name, "f") == 0;
    } else if (strcmp(name, "row") == 0) {
        start_row(in, w, attributes);
    } else if (strcmp(name, "c") == 0) {
        start_cell(in, w, attributes);
    }
}

static void text(struct xlsx_in *in, void *of, const char *t, size_t len)
{
    (void)in;
    struct walk *w = of;
    if (w->in_inline) {
        xlsx_rich_text(&w->text, t, len);
    } else if (w->in_value) {
        buf_add(&w->text.text, t, len);
    }
}

// ---- what the cell holds ----------------------------------------------------------------------------

struct held {
    enum xlsx_kind kind;
    const char *text;
    size_t len;
    char room[XLSX_VALUE_BYTES];
};

static bool hold_shared(struct xlsx_in *in, struct walk *w, struct held *h)
{
    char *end;
    long n = strtol(w->text.text.data, &end, 10);
    if (*end != '\0' || n < 0 || (size_t)n >= in->n_strings) {
        blame_cell(in, w, XLSX_BAD_VALUE, 0);
        return false;
    }
    const struct xlsx_string *s = &in->strings[n];
    if (s->too_long) {
        blame_cell(in, w, XLSX_LONG_CELL, 0);
        return false;
    }
    h->kind = XLSX_TEXT;
    h->text = s->len == 0 ? "" : in->string_bytes.data + s->at;
    h->len = s->len;
    return true;
}

// "2026-11-22", with or without a time; a time of midnight is none.
static bool hold_date(struct xlsx_in *in, struct walk *w, struct held *h)
{
    const char *t = w->text.text.data;
    size_t len = w->text.text.len;
    char day[11];
    snprintf(day, sizeof day, "%.10s", t);
    bool alone = len == 10;
    bool moment = len >= 19 && t[10] == 'T' && strspn(t + 11, "0123456789:") >= 8 && t[13] == ':' &&
                  t[16] == ':' && strspn(t + 19, ".0123456789Z") == len - 19;
    if (!date_is_valid(day) || (!alone && !moment)) {
        blame_cell(in, w, XLSX_BAD_VALUE, 0);
        return false;
    }
    bool midnight = alone || strncmp(t + 11, "00:00:00", 8) == 0;
    h->kind = midnight ? XLSX_DATE : XLSX_MOMENT;
    h->len = midnight ? 10 : 19;
    memcpy(h->room, t, h->len);
    h->text = h->room;
    return true;
}

static bool hold_number(struct xlsx_in *in, struct walk *w, struct held *h)
{
    if (!xlsx_value_text(w->text.text.data, w->form, in->from_1904, &h->kind, h->room)) {
        blame_cell(in, w, XLSX_BAD_VALUE, 0);
        return false;
    }
    h->text = h->room;
    h->len = strlen(h->room);
    return true;
}

static void trim(struct buf *b)
{
    size_t from = strspn(b->data, " \t\r\n");
    size_t len = b->len - from;
    while (len > 0 && strchr(" \t\r\n", b->data[from + len - 1]) != NULL) {
        len--;
    }
    memmove(b->data, b->data + from, len);
    b->data[len] = '\0';
    b->len = len;
}

static bool hold(struct xlsx_in *in, struct walk *w, struct held *h)
{
    struct buf *b = &w->text.text;
    if (b->data == NULL) {
        buf_add(b, "", 0);
    }
    if (buf_is_full(b)) {
        blame_cell(in, w, XLSX_LONG_CELL, 0);
        return false;
    }
    if (w->type == TYPE_TEXT || w->type == TYPE_INLINE) {
        xlsx_unescape(b);
        *h = (struct held){.kind = XLSX_TEXT, .text = b->data == NULL ? "" : b->data, .len = b->len};
        return true;
    }
    if (b->len == 0) {
        return true; // <v/>: nothing is stored
    }
    trim(b);
    switch (w->type) {
    case TYPE_SHARED:
        return hold_shared(in, w, h);
    case TYPE_DATE:
        return hold_date(in, w, h);
    case TYPE_TRUTH:
        h->kind = XLSX_TRUTH;
        h->text = xlsx_xml_is_true(b->data) ? "true" : "false";
        h->len = strlen(h->text);
        return true;
    case TYPE_ERROR:
        xlsx_unescape(b);
        *h = (struct held){.kind = XLSX_ERROR, .text = b->data, .len = b->len};
        return true;
    default:
        return hold_number(in, w, h);
    }
}

static void end_cell(struct xlsx_in *in, struct walk *w)
{
    struct held h = {.kind = XLSX_EMPTY, .text = "", .len = 0};
    w->in_cell = false;
    if ((w->has_value && !hold(in, w, &h)) || (h.len == 0 && !w->formula)) {
        return;
    }
    if (w->column > LIMIT_CSV_COLUMNS) {
        blame_cell(in, w, XLSX_WIDE, LIMIT_CSV_COLUMNS);
        return;
    }
    if (in->n_cells++ == LIMIT_XLSX_CELLS) {
        blame_cell(in, w, XLSX_MANY_CELLS, LIMIT_XLSX_CELLS);
        return;
    }
    // A formula whose stored value is an empty text has one; only nothing at all is XLSX_EMPTY.
    struct xlsx_cell cell = {w->row, w->column, h.kind, w->formula, h.text};
    xlsx_wire_cell(in->out, &cell, h.len);
    if (buf_is_full(in->out)) {
        blame_cell(in, w, XLSX_MUCH_TEXT, 0);
    }
}

static void end(struct xlsx_in *in, void *of, const char *name)
{
    struct walk *w = of;
    if (strcmp(name, "sheetData") == 0) {
        w->in_data = false;
    } else if (!w->in_data || !w->in_cell) {
        return;
    } else if (w->in_inline) {
        xlsx_rich_end(&w->text, name);
        w->in_inline = strcmp(name, "is") != 0;
    } else if (strcmp(name, "c") == 0) {
        end_cell(in, w);
    } else {
        w->in_value = false;
    }
}

bool xlsx_cells_read(struct xlsx_in *in, int part, const char *sheet)
{
    static const struct xlsx_handler handler = {start, end, text};
    struct walk w = {.sheet = sheet};
    buf_init(&w.text.text, in->a, LIMIT_CSV_CELL_BYTES);
    return xlsx_xml_read(in, part, sheet, &handler, &w);
}
