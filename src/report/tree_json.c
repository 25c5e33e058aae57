// SPDX-License-Identifier: AGPL-3.0-or-later
//
// tree_json.c: see tree_json.h. Kinds are numbers, because both ends are the same program; what is
// NULL, zero or false is left out. Coordinates are written in hundredths of a pixel.

#include "report/tree_json.h"

#include <math.h>
#include <string.h>

#include "format/json/json_read.h"
#include "format/json/json_write.h"

// ---- writing ----------------------------------------------------------------------------------

static void put_text(struct json_out *j, const char *name, const char *text)
{
    if (text != NULL) {
        json_member_text(j, name, text);
    }
}

static void put_int(struct json_out *j, const char *name, int n)
{
    if (n != 0) {
        json_member_int(j, name, n);
    }
}

static void put_length(struct json_out *j, const char *name, double pixels)
{
    json_member_int(j, name, lround(pixels * 100));
}

static void open_list(struct json_out *j, const char *name)
{
    json_put_name(j, name);
    json_put_array(j);
}

static void put_runs(struct json_out *j, const struct report_runs *runs)
{
    open_list(j, "runs");
    for (int i = 0; i < runs->n; i++) {
        const struct report_run *run = &runs->items[i];
        json_put_object(j);
        put_int(j, "kind", (int)run->kind);
        put_text(j, "text", run->text);
        put_text(j, "address", run->address);
        put_int(j, "explanation", run->explanation);
        json_put_object_end(j);
    }
    json_put_array_end(j);
}

static void put_cell(struct json_out *j, const struct report_cell *cell)
{
    json_put_object(j);
    put_text(j, "text", cell->text);
    put_text(j, "value", cell->value);
    put_text(j, "address", cell->address);
    put_int(j, "explanation", cell->explanation);
    json_put_object_end(j);
}

static void put_table(struct json_out *j, const struct report_table *t)
{
    json_put_name(j, "table");
    json_put_object(j);
    put_text(j, "caption", t->caption);
    put_text(j, "rule", t->rule);
    put_text(j, "note", t->note);
    json_member_bool(j, "by_hand", t->by_hand);
    open_list(j, "columns");
    for (int i = 0; i < t->n_columns; i++) {
        json_put_object(j);
        put_text(j, "name", t->columns[i].name);
        put_int(j, "kind", (int)t->columns[i].kind);
        put_text(j, "currency", t->columns[i].currency);
        json_put_object_end(j);
    }
    json_put_array_end(j);
    open_list(j, "rows");
    for (int i = 0; i < t->n_rows; i++) {
        const struct report_row *row = &t->rows[i];
        json_put_object(j);
        put_int(j, "kind", (int)row->kind);
        put_int(j, "indent", row->indent);
        open_list(j, "cells");
        for (int k = 0; k < row->n; k++) {
            put_cell(j, &row->cells[k]);
        }
        json_put_array_end(j);
        json_put_object_end(j);
    }
    json_put_array_end(j);
    json_put_object_end(j);
}

static void put_shape(struct json_out *j, const struct shape *s)
{
    json_put_object(j);
    put_int(j, "kind", (int)s->kind);
    put_int(j, "style", (int)s->style);
    put_length(j, "x", s->x);
    put_length(j, "y", s->y);
    put_length(j, "w", s->w);
    put_length(j, "h", s->h);
    put_int(j, "anchor", (int)s->anchor);
    put_text(j, "text", s->text);
    open_list(j, "points");
    for (int i = 0; i < s->n_points; i++) {
        json_put_int(j, lround(s->points[i].x * 100));
        json_put_int(j, lround(s->points[i].y * 100));
    }
    json_put_array_end(j);
    json_put_object_end(j);
}

static void put_figure(struct json_out *j, const struct report_figure *f)
{
    json_put_name(j, "figure");
    json_put_object(j);
    put_text(j, "finding", f->finding);
    put_text(j, "meta", f->meta);
    put_text(j, "note", f->note);
    put_length(j, "width", f->shapes->width);
    put_length(j, "height", f->shapes->height);
    put_text(j, "title", f->shapes->title);
    put_text(j, "description", f->shapes->description);
    json_member_bool(j, "right_to_left", f->shapes->right_to_left);
    open_list(j, "shapes");
    for (int i = 0; i < f->shapes->n; i++) {
        put_shape(j, &f->shapes->items[i]);
    }
    json_put_array_end(j);
    json_put_object_end(j);
}

static void put_block(struct json_out *j, const struct report_block *b)
{
    json_put_object(j);
    put_int(j, "kind", (int)b->kind);
    put_int(j, "level", b->level);
    put_text(j, "anchor", b->anchor);
    put_runs(j, &b->runs);
    json_member_bool(j, "numbered", b->numbered);
    if (b->kind == REPORT_LIST) {
        open_list(j, "items");
        for (int i = 0; i < b->n; i++) {
            json_put_object(j);
            put_runs(j, &b->items[i].runs);
            json_put_object_end(j);
        }
        json_put_array_end(j);
    } else if (b->kind == REPORT_NUMBERS) {
        open_list(j, "numbers");
        for (int i = 0; i < b->n; i++) {
            json_put_object(j);
            put_text(j, "name", b->numbers[i].name);
            put_text(j, "text", b->numbers[i].text);
            put_int(j, "explanation", b->numbers[i].explanation);
            json_put_object_end(j);
        }
        json_put_array_end(j);
    } else if (b->kind == REPORT_TABLE) {
        put_table(j, b->table);
    } else if (b->kind == REPORT_FIGURE) {
        put_figure(j, b->figure);
    }
    json_put_object_end(j);
}

static void put_explanation(struct json_out *j, const struct report_explanation *x)
{
    json_put_object(j);
    put_text(j, "of", x->of);
    put_text(j, "means", x->means);
    put_text(j, "period", x->period);
    put_text(j, "rule", x->rule);
    put_text(j, "cut_off", x->cut_off);
    put_text(j, "state", x->state);
    put_text(j, "source", x->source);
    put_text(j, "records", x->records);
    json_put_object_end(j);
}

void report_to_json(struct buf *out, const struct report *r)
{
    struct json_out j;
    json_begin(&j, out, false);
    json_put_object(&j);
    json_member_text(&j, "lang", r->lang->code);
    put_text(&j, "title", r->title);
    put_text(&j, "subtitle", r->subtitle);
    put_text(&j, "organisation", r->organisation);
    put_text(&j, "classification", r->classification);
    put_text(&j, "sample", r->sample);
    put_text(&j, "made_at", r->made_at);
    put_text(&j, "made_at_iso", r->made_at_iso);
    put_int(&j, "paper", (int)r->paper);
    open_list(&j, "blocks");
    for (int i = 0; i < r->n; i++) {
        put_block(&j, r->blocks[i]);
    }
    json_put_array_end(&j);
    open_list(&j, "explanations");
    for (int i = 0; i < r->n_explanations; i++) {
        put_explanation(&j, &r->explanations[i]);
    }
    json_put_array_end(&j);
    json_put_object_end(&j);
    json_end(&j);
}

// ---- reading ----------------------------------------------------------------------------------

// The report being rebuilt; `bad` is set by the first thing that fits nowhere.
struct rebuild {
    struct report *r;
    bool bad;
};

// A list of an object; something without items when it is missing.
static struct json list_of(struct rebuild *b, const struct json *v, const char *name)
{
    const struct json *list = json_get(v, name);
    if (list == NULL || list->kind != JSON_KIND_ARRAY) {
        b->bad = true;
        return (struct json){.kind = JSON_KIND_ARRAY};
    }
    return *list;
}

// A number from 0 to most; anything else is bad.
static int number_of(struct rebuild *b, const struct json *v, const char *name, int most)
{
    int64_t n = json_get_int(v, name, 0);
    if (n < 0 || n > most) {
        b->bad = true;
        return 0;
    }
    return (int)n;
}

static double length_of(const struct json *v, const char *name)
{
    return (double)json_get_int(v, name, 0) / 100;
}

static void take_runs(struct rebuild *b, const struct json *v, struct report_runs *runs)
{
    struct json list = list_of(b, v, "runs");
    runs->items = ARENA_ARRAY(b->r->arena, struct report_run, (size_t)list.n);
    runs->n = runs->room = list.n;
    for (int i = 0; i < list.n; i++) {
        const struct json *from = &list.items[i];
        struct report_run *run = &runs->items[i];
        run->kind = (enum report_run_kind)number_of(b, from, "kind", REPORT_RUN_LINK);
        run->text = json_get_text(from, "text");
        run->address = json_get_text(from, "address");
        run->explanation = number_of(b, from, "explanation", b->r->n_explanations);
        b->bad = b->bad || run->text == NULL;
    }
}

static void take_row(struct rebuild *b, struct report_table *t, const struct json *v)
{
    struct report_row *row = report_row(
        b->r, t, (enum report_row_kind)number_of(b, v, "kind", REPORT_ROW_TOTAL));
    row->indent = number_of(b, v, "indent", 6);
    struct json cells = list_of(b, v, "cells");
    if (cells.n > t->n_columns) {
        b->bad = true;
        return;
    }
    for (int i = 0; i < cells.n; i++) {
        const struct json *from = &cells.items[i];
        struct report_cell *cell = report_cell_value(t, json_get_text(from, "text"),
                                                     json_get_text(from, "value"));
        cell->address = json_get_text(from, "address");
        cell->explanation = number_of(b, from, "explanation", b->r->n_explanations);
    }
}

static void take_table(struct rebuild *b, const struct json *v)
{
    struct json columns = list_of(b, v, "columns");
    if (columns.n == 0) {
        b->bad = true;
        return;
    }
    struct report_column *made = ARENA_ARRAY(b->r->arena, struct report_column, (size_t)columns.n);
    for (int i = 0; i < columns.n; i++) {
        const char *name = json_get_text(&columns.items[i], "name");
        made[i].name = name == NULL ? "" : name;
        made[i].kind = (enum report_column_kind)number_of(b, &columns.items[i], "kind",
                                                          REPORT_COLUMN_DATE);
        made[i].currency = json_get_text(&columns.items[i], "currency");
    }
    struct report_table *t = report_table(b->r, json_get_text(v, "caption"), made, columns.n);
    t->rule = json_get_text(v, "rule");
    t->note = json_get_text(v, "note");
    t->by_hand = json_get_bool(v, "by_hand");
    struct json rows = list_of(b, v, "rows");
    for (int i = 0; i < rows.n; i++) {
        take_row(b, t, &rows.items[i]);
    }
}

static void take_shape(struct rebuild *b, const struct json *v, struct shape *s)
{
    s->kind = (enum shape_kind)number_of(b, v, "kind", SHAPE_TEXT);
    s->style = (enum shape_style)number_of(b, v, "style", SHAPE_STYLE_COUNT - 1);
    s->x = length_of(v, "x");
    s->y = length_of(v, "y");
    s->w = length_of(v, "w");
    s->h = length_of(v, "h");
    s->anchor = (enum shape_anchor)number_of(b, v, "anchor", SHAPE_RIGHT);
    s->text = json_get_text(v, "text");
    b->bad = b->bad || (s->kind == SHAPE_TEXT && s->text == NULL);
    struct json list = list_of(b, v, "points");
    struct shape_point *points =
        ARENA_ARRAY(b->r->arena, struct shape_point, (size_t)list.n / 2);
    for (int i = 0; i < list.n / 2; i++) {
        int64_t x = 0;
        int64_t y = 0;
        b->bad = b->bad || !json_to_int(&list.items[i * 2], &x) ||
                 !json_to_int(&list.items[i * 2 + 1], &y);
        points[i] = (struct shape_point){(double)x / 100, (double)y / 100};
    }
    s->points = points;
    s->n_points = list.n / 2;
}

static void take_figure(struct rebuild *b, const struct json *v)
{
    struct json list = list_of(b, v, "shapes");
    struct chart_shapes *s = ARENA_MAKE(b->r->arena, struct chart_shapes);
    s->arena = b->r->arena;
    s->width = length_of(v, "width");
    s->height = length_of(v, "height");
    s->title = json_get_text(v, "title");
    s->description = json_get_text(v, "description");
    s->right_to_left = json_get_bool(v, "right_to_left");
    s->items = ARENA_ARRAY(b->r->arena, struct shape, (size_t)list.n);
    s->n = s->room = list.n;
    for (int i = 0; i < list.n; i++) {
        take_shape(b, &list.items[i], &s->items[i]);
    }
    b->bad = b->bad || s->width <= 0 || s->height <= 0;
    report_figure(b->r, json_get_text(v, "finding"), json_get_text(v, "meta"), s,
                  json_get_text(v, "note"));
}

static void take_list(struct rebuild *b, const struct json *v)
{
    struct report_block *list = report_list(b->r, json_get_bool(v, "numbered"));
    struct json items = list_of(b, v, "items");
    for (int i = 0; i < items.n; i++) {
        report_item(b->r, list, NULL);
        take_runs(b, &items.items[i], &list->items[i].runs);
    }
}

static void take_numbers(struct rebuild *b, const struct json *v)
{
    struct report_block *numbers = report_numbers(b->r);
    struct json list = list_of(b, v, "numbers");
    for (int i = 0; i < list.n; i++) {
        const char *name = json_get_text(&list.items[i], "name");
        const char *text = json_get_text(&list.items[i], "text");
        report_number(b->r, numbers, name == NULL ? "" : name, text == NULL ? "" : text,
                      number_of(b, &list.items[i], "explanation", b->r->n_explanations));
    }
}

static void take_block(struct rebuild *b, const struct json *v)
{
    enum report_kind kind = (enum report_kind)number_of(b, v, "kind", REPORT_SOURCE);
    const struct json *table = json_get(v, "table");
    const struct json *figure = json_get(v, "figure");
    switch (kind) {
    case REPORT_HEADING: {
        int level = number_of(b, v, "level", 3);
        report_heading(b->r, level == 0 ? 1 : level, NULL);
        b->bad = b->bad || level == 0;
        take_runs(b, v, &b->r->blocks[b->r->n - 1]->runs);
        break;
    }
    case REPORT_PARAGRAPH:
        take_runs(b, v, &report_paragraph(b->r, NULL)->runs);
        break;
    case REPORT_NOTE:
        take_runs(b, v, &report_note(b->r, NULL)->runs);
        break;
    case REPORT_SOURCE:
        report_source(b->r, NULL);
        take_runs(b, v, &b->r->blocks[b->r->n - 1]->runs);
        break;
    case REPORT_LIST:
        take_list(b, v);
        break;
    case REPORT_NUMBERS:
        take_numbers(b, v);
        break;
    case REPORT_TABLE:
        take_table(b, table);
        break;
    case REPORT_FIGURE:
        take_figure(b, figure);
        break;
    }
}

static void take_explanation(struct rebuild *b, const struct json *v)
{
    struct report_explanation x = {
        .of = json_get_text(v, "of"),
        .means = json_get_text(v, "means"),
        .period = json_get_text(v, "period"),
        .rule = json_get_text(v, "rule"),
        .cut_off = json_get_text(v, "cut_off"),
        .state = json_get_text(v, "state"),
        .source = json_get_text(v, "source"),
        .records = json_get_text(v, "records"),
    };
    report_explain(b->r, &x);
}

enum err report_from_json(struct arena *a, const char *bytes, size_t len, struct report **out,
                          struct err_info *e)
{
    const struct json *v;
    enum err err = json_read(a, bytes, len, &v, e);
    if (err != ERR_NONE) {
        return err;
    }
    const char *code = json_get_text(v, "lang");
    const struct lang *lang = code == NULL ? NULL : lang_find(code);
    struct rebuild b = {.r = report_new(a, lang == NULL ? &lang_en : lang,
                                        json_get_text(v, "title"))};
    b.r->subtitle = json_get_text(v, "subtitle");
    b.r->organisation = json_get_text(v, "organisation");
    b.r->classification = json_get_text(v, "classification");
    b.r->sample = json_get_text(v, "sample");
    b.r->made_at = json_get_text(v, "made_at");
    b.r->made_at_iso = json_get_text(v, "made_at_iso");
    b.r->paper = (enum report_paper)number_of(&b, v, "paper", REPORT_A3_LANDSCAPE);
    struct json list = list_of(&b, v, "explanations");
    for (int i = 0; i < list.n; i++) {
        take_explanation(&b, &list.items[i]);
    }
    list = list_of(&b, v, "blocks");
    for (int i = 0; i < list.n; i++) {
        take_block(&b, &list.items[i]);
    }
    if (b.bad || b.r->title == NULL) {
        return err_set(e, ERR_INPUT, NULL, MSG("This is no report of ours."), NULL, NULL);
    }
    *out = b.r;
    return ERR_NONE;
}
