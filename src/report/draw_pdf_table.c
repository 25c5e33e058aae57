// SPDX-License-Identifier: AGPL-3.0-or-later
//
// draw_pdf_table.c: tables of the PDF. Columns get their width from their content; a table too wide
// for the page gets smaller type, down to 6.4 points, then broken words. The head stands on every
// page. A row is never cut, unless it is higher than a page.

#include "report/draw_pdf_parts.h"

#include <string.h>

#include "report/draw_parts.h"

#define PAD_X 5.0
#define PAD_Y 3.4
#define INDENT 10.0
#define LEAST_SCALE 0.75
#define MEASURED_ROWS 400 // enough to know the widths; a longer table is like its beginning

struct grid {
    const struct report_table *t;
    int number;
    double *widths;
    double *marks; // room for "[12]" after the numbers of a column
    double head_height;
};

static enum pdf_style style_of(const struct report_row *row)
{
    return row->kind == REPORT_ROW_BODY ? PDF_TABLE_CELL : PDF_TABLE_STRONG;
}

static bool is_number(const struct grid *g, int column)
{
    return report_column_is_number(&g->t->columns[column]);
}

static const char *mark_text(struct pdf *p, int explanation)
{
    return arena_printf(p->arena, "[%d]", explanation);
}

// Set smaller and raised beside its number.
static PangoLayout *mark_layout(struct pdf *p, int explanation)
{
    double scale = p->table_scale;
    p->table_scale = scale * 0.7;
    PangoLayout *layout = pdf_layout(p, PDF_TABLE_CELL, -1, mark_text(p, explanation));
    p->table_scale = scale;
    return layout;
}

// A cell of a text column; its mark is part of the text.
static PangoLayout *cell_layout(struct pdf *p, const struct grid *g, const struct report_row *row,
                                int column, double width)
{
    const struct report_cell *cell = &row->cells[column];
    if (is_number(g, column)) {
        return pdf_layout(p, style_of(row), width, cell->text);
    }
    struct report_run run = {.kind = cell->explanation != 0   ? REPORT_RUN_NUMBER
                                     : cell->address != NULL ? REPORT_RUN_LINK
                                                             : REPORT_RUN_TEXT,
                             .text = cell->text, .address = cell->address,
                             .explanation = cell->explanation};
    struct report_runs runs = {&run, 1, 1};
    return pdf_layout_runs(p, style_of(row), width, &runs);
}

static double indent_of(const struct report_row *row, int column)
{
    return column == 0 ? row->indent * INDENT : 0;
}

// Width of the longest word.
static double word_width(struct pdf *p, enum pdf_style style, const char *text)
{
    PangoLayout *layout = pdf_layout(p, style, 0, text);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    double width = pdf_layout_width(layout);
    g_object_unref(layout);
    return width;
}

struct span {
    double least; // longest word, or the whole number
    double most;  // everything on one line
};

static void widen(struct span *s, double least, double most)
{
    s->least = least > s->least ? least : s->least;
    s->most = most > s->most ? most : s->most;
}

static void measure_cell(struct pdf *p, struct grid *g, const struct report_row *row, int column,
                         struct span *s)
{
    const struct report_cell *cell = &row->cells[column];
    if (cell->text[0] == '\0') {
        return;
    }
    PangoLayout *layout = cell_layout(p, g, row, column, -1);
    double w = pdf_layout_width(layout);
    g_object_unref(layout);
    double in = indent_of(row, column);
    bool whole = is_number(g, column) || g->t->columns[column].kind == REPORT_COLUMN_DATE;
    widen(s, (whole ? w + 1 : word_width(p, style_of(row), cell->text)) + in, w + in + 1);
    if (cell->explanation != 0 && is_number(g, column)) {
        PangoLayout *mark = mark_layout(p, cell->explanation);
        double m = pdf_layout_width(mark) + 1.5;
        g->marks[column] = m > g->marks[column] ? m : g->marks[column];
        g_object_unref(mark);
    }
}

static void measure(struct pdf *p, struct grid *g, struct span *spans)
{
    const struct report_table *t = g->t;
    for (int c = 0; c < t->n_columns; c++) {
        g->marks[c] = 0;
        spans[c] = (struct span){0, 0};
        double word = word_width(p, PDF_TABLE_HEAD, t->columns[c].name);
        bool is_text = t->columns[c].kind == REPORT_COLUMN_TEXT;
        widen(&spans[c], word, is_text ? word * 1.6 : word); // the heads of numbers break
        for (int i = 0; i < t->n_rows && i < MEASURED_ROWS; i++) {
            if (t->rows[i].kind != REPORT_ROW_GROUP) {
                measure_cell(p, g, &t->rows[i], c, &spans[c]);
            }
        }
        // Totals stand at the end and are often the widest.
        for (int i = t->n_rows > MEASURED_ROWS ? t->n_rows - 3 : t->n_rows; i < t->n_rows; i++) {
            if (i >= MEASURED_ROWS) {
                measure_cell(p, g, &t->rows[i], c, &spans[c]);
            }
        }
        double extra = 2 * PAD_X + g->marks[c];
        spans[c].least += extra;
        spans[c].most += extra;
    }
}

// What a column could use beyond its least width; no text takes more than most of the page, and on a form no question
// takes the room of its answer.
static double wish_of(const struct grid *g, const struct span *s, double room)
{
    double page = room * (g->t->by_hand ? 0.4 : 0.6), most = s->most > page ? page : s->most;
    return most > s->least ? most - s->least : 0;
}

// Is the column to be written in: is it empty in every row, or dotted?
static bool is_open(const struct grid *g, int column)
{
    for (int i = 0; i < g->t->n_rows; i++) {
        const struct report_row *row = &g->t->rows[i];
        const char *text = row->kind == REPORT_ROW_GROUP ? "" : row->cells[column].text;
        if (text[0] != '\0' && strncmp(text, "…", strlen("…")) != 0) {
            return false;
        }
    }
    return true;
}

// Of a paper form: what is left goes to the columns that are written in; where there is none, to all.
static void give_to_write(struct grid *g, double left)
{
    int n = g->t->n_columns, open = 0;
    for (int c = 0; c < n; c++) {
        open += is_open(g, c);
    }
    for (int c = 0; c < n; c++) {
        g->widths[c] += open == 0 ? left / n : is_open(g, c) ? left / open : 0;
    }
}

// Gives every column its least width, then shares what is left equally until each has what it can
// use: so short columns stay on one line and the longest one breaks. What nobody needs stays free,
// up to a third more for texts. False when the least widths are wider than the page; then they shrink.
static bool share(struct pdf *p, struct grid *g, const struct span *spans)
{
    int n = g->t->n_columns;
    double room = p->right - p->left;
    double left = room;
    for (int c = 0; c < n; c++) {
        left -= spans[c].least;
    }
    double shrink = left < 0 ? room / (room - left) : 1;
    for (int c = 0; c < n; c++) {
        g->widths[c] = spans[c].least * shrink;
    }
    for (int round = 0; round < n && left > 0.5; round++) {
        int wanting = 0;
        for (int c = 0; c < n; c++) {
            wanting += g->widths[c] - spans[c].least + 0.01 < wish_of(g, &spans[c], room);
        }
        double each = wanting == 0 ? 0 : left / wanting;
        for (int c = 0; c < n && wanting > 0; c++) {
            double missing = wish_of(g, &spans[c], room) - (g->widths[c] - spans[c].least);
            double given = missing <= 0 ? 0 : missing < each ? missing : each;
            g->widths[c] += given;
            left -= given;
        }
    }
    if (g->t->by_hand && left > 0.5) {
        give_to_write(g, left);
        return true;
    }
    double spread = left > 0 ? left / (room - left) : 0;
    spread = spread < 0.35 ? spread : 0.35;
    for (int c = 0; c < n; c++) {
        g->widths[c] *= 1 + spread;
    }
    return shrink >= 1;
}

// The head is set at the column's width; numbers at their end.
static PangoLayout *head_layout(struct pdf *p, const struct grid *g, int column)
{
    double width = g->widths[column] - 2 * PAD_X - g->marks[column];
    PangoLayout *layout = pdf_layout(p, PDF_TABLE_HEAD, width, g->t->columns[column].name);
    pdf_align(p, layout, is_number(g, column));
    return layout;
}

static struct grid grid_of(struct pdf *p, const struct report_table *t)
{
    struct grid g = {.t = t};
    size_t n = (size_t)t->n_columns;
    struct span *spans = ARENA_ARRAY(p->arena, struct span, n);
    g.widths = ARENA_ARRAY(p->arena, double, n);
    g.marks = ARENA_ARRAY(p->arena, double, n);
    for (p->table_scale = 1;; p->table_scale -= 0.05) {
        measure(p, &g, spans);
        if (share(p, &g, spans) || p->table_scale <= LEAST_SCALE) {
            break;
        }
    }
    for (int c = 0; c < t->n_columns; c++) {
        PangoLayout *layout = head_layout(p, &g, c);
        double h = pdf_layout_height(layout) + 2 * PAD_Y;
        g.head_height = h > g.head_height ? h : g.head_height;
        g_object_unref(layout);
    }
    return g;
}

// Distance of a column from the start of the line.
static double start_of(const struct grid *g, int column)
{
    double x = 0;
    for (int c = 0; c < column; c++) {
        x += g->widths[c];
    }
    return x;
}

static double table_width(const struct grid *g)
{
    return start_of(g, g->t->n_columns);
}

static void rule(struct pdf *p, const struct grid *g, double width, int rgb)
{
    double x = pdf_start(p, 0, table_width(g));
    pdf_line(p, x, p->y, x + table_width(g), p->y, width, rgb);
}

static void draw_head(struct pdf *p, const struct grid *g)
{
    cairo_tag_begin(p->cr, "TR", NULL);
    for (int c = 0; c < g->t->n_columns; c++) {
        PangoLayout *layout = head_layout(p, g, c);
        double x = pdf_start(p, start_of(g, c), g->widths[c]) + PAD_X;
        if (p->r->lang->right_to_left) {
            x += g->marks[c];
        }
        cairo_tag_begin(p->cr, "TH", NULL);
        pdf_show(p, layout, PDF_TABLE_HEAD, x,
                 p->y + g->head_height - PAD_Y - pdf_layout_height(layout));
        cairo_tag_end(p->cr, "TH");
        g_object_unref(layout);
    }
    cairo_tag_end(p->cr, "TR");
    p->y += g->head_height;
    rule(p, g, 0.8, PDF_INK_SOFT);
}

// On the pages after the first: which table this is, and its head again.
static void continue_table(struct pdf *p, const struct grid *g)
{
    pdf_page_next(p);
    const char *name = report_table_name(p->arena, p->r, g->number);
    PangoLayout *layout = pdf_layout(p, PDF_SMALL, p->right - p->left,
                                     tr_f(p->arena, p->r->lang, MSG("{0}, continued"), name, NULL));
    pdf_show(p, layout, PDF_SMALL, p->left, p->y);
    p->y += pdf_layout_height(layout) + 2;
    g_object_unref(layout);
    draw_head(p, g);
}

// The cells of a row as layouts, in an array of n_columns; a group row has one over all columns.
static PangoLayout **row_layouts(struct pdf *p, const struct grid *g, const struct report_row *row,
                                 int *n, double *height)
{
    *n = row->kind == REPORT_ROW_GROUP ? 1 : g->t->n_columns;
    *height = 0;
    PangoLayout **cells = ARENA_ARRAY(p->arena, PangoLayout *, (size_t)*n);
    for (int c = 0; c < *n; c++) {
        double width = (row->kind == REPORT_ROW_GROUP ? table_width(g) : g->widths[c]) - 2 * PAD_X -
                       indent_of(row, c) - (is_number(g, c) ? g->marks[c] : 0);
        cells[c] = cell_layout(p, g, row, c, width > 4 ? width : 4);
        double h = pdf_layout_height(cells[c]) + 2 * PAD_Y;
        *height = h > *height ? h : *height;
    }
    return cells;
}

static double row_height(struct pdf *p, const struct grid *g, const struct report_row *row)
{
    int n;
    double height;
    PangoLayout **cells = row_layouts(p, g, row, &n, &height);
    for (int c = 0; c < n; c++) {
        g_object_unref(cells[c]);
    }
    return height;
}

// Numbers keep their digits under each other: their marks hang in a column of their own.
static double draw_number(struct pdf *p, const struct grid *g, const struct report_row *row, int c,
                          PangoLayout *layout)
{
    bool rtl = p->r->lang->right_to_left;
    double cell = pdf_start(p, start_of(g, c), g->widths[c]);
    double w = pdf_layout_width(layout);
    pango_layout_set_width(layout, -1);
    double x = rtl ? cell + PAD_X + g->marks[c] : cell + g->widths[c] - PAD_X - g->marks[c] - w;
    if (row->cells[c].explanation != 0) {
        PangoLayout *mark = mark_layout(p, row->cells[c].explanation);
        double mark_x = rtl ? x - pdf_layout_width(mark) - 1.5 : x + w + 1.5;
        pdf_show(p, mark, PDF_FIGURE_NUMBER, mark_x, p->y + PAD_Y - 0.5);
        g_object_unref(mark);
    }
    return x;
}

static double text_x(struct pdf *p, const struct grid *g, const struct report_row *row, int c)
{
    double in = indent_of(row, c);
    double w = row->kind == REPORT_ROW_GROUP ? table_width(g) : g->widths[c];
    return pdf_start(p, start_of(g, c), w) + PAD_X + (p->r->lang->right_to_left ? 0 : in);
}

// A row that fits on what is left of the page.
static void draw_row(struct pdf *p, const struct grid *g, const struct report_row *row,
                     PangoLayout **cells, int n, double height)
{
    if (row->kind == REPORT_ROW_GROUP) {
        pdf_box(p, pdf_start(p, 0, table_width(g)), p->y, table_width(g), height, PDF_TINT);
    }
    cairo_tag_begin(p->cr, "TR", NULL);
    for (int c = 0; c < n; c++) {
        const char *tag = c == 0 ? "TH" : "TD";
        cairo_tag_begin(p->cr, tag, NULL);
        double x = is_number(g, c) && row->kind != REPORT_ROW_GROUP
                       ? draw_number(p, g, row, c, cells[c])
                       : text_x(p, g, row, c);
        pdf_show(p, cells[c], style_of(row), x, p->y + PAD_Y);
        if (row->cells[c].address != NULL) {
            pdf_link(p, x, p->y + PAD_Y, pdf_layout_width(cells[c]), pdf_layout_height(cells[c]),
                     row->cells[c].address);
        }
        cairo_tag_end(p->cr, tag);
    }
    cairo_tag_end(p->cr, "TR");
    p->y += height;
}

// A row higher than a page: as many lines of each cell as fit, then the rest overleaf.
static void draw_tall_row(struct pdf *p, const struct grid *g, const struct report_row *row,
                          PangoLayout **cells, int n)
{
    int *next = ARENA_ARRAY(p->arena, int, (size_t)n);
    for (bool more = true; more;) {
        double room = p->bottom - p->y - 2 * PAD_Y;
        double highest = 0;
        more = false;
        cairo_tag_begin(p->cr, "TR", NULL);
        for (int c = 0; c < n; c++) {
            double height;
            cairo_tag_begin(p->cr, "TD", NULL);
            int from = next[c];
            next[c] = pdf_show_lines(p, cells[c], style_of(row), text_x(p, g, row, c),
                                     p->y + PAD_Y, from, room, &height);
            cairo_tag_end(p->cr, "TD");
            if (next[c] == from && from < pango_layout_get_line_count(cells[c]) && room > 600) {
                next[c]++; // a line higher than a page: skip it rather than hang
            }
            more = more || next[c] < pango_layout_get_line_count(cells[c]);
            highest = height > highest ? height : highest;
        }
        cairo_tag_end(p->cr, "TR");
        p->y += highest + 2 * PAD_Y;
        if (more) {
            continue_table(p, g);
        }
    }
}

// A group heading stays with the row under it, and the row before a total with the total.
static double needed_with(struct pdf *p, const struct grid *g, int i, double height)
{
    const struct report_table *t = g->t;
    for (int k = i; k + 1 < t->n_rows && k < i + 3; k++) {
        bool keeps = t->rows[k].kind == REPORT_ROW_GROUP ||
                     (t->rows[k].kind == REPORT_ROW_BODY &&
                      t->rows[k + 1].kind == REPORT_ROW_TOTAL);
        if (!keeps) {
            break;
        }
        height += row_height(p, g, &t->rows[k + 1]);
    }
    return height;
}

static void draw_rows(struct pdf *p, const struct grid *g)
{
    double page = p->bottom - p->top - g->head_height - 20;
    for (int i = 0; i < g->t->n_rows; i++) {
        const struct report_row *row = &g->t->rows[i];
        int n;
        double height;
        PangoLayout **cells = row_layouts(p, g, row, &n, &height);
        double needed = needed_with(p, g, i, height);
        needed = needed > page ? height : needed;
        if (height <= page && p->y + needed > p->bottom) {
            continue_table(p, g);
        }
        bool first_total = row->kind == REPORT_ROW_TOTAL &&
                           (i == 0 || g->t->rows[i - 1].kind != REPORT_ROW_TOTAL);
        if (first_total) {
            rule(p, g, 1.0, PDF_INK);
        }
        if (height > page) {
            draw_tall_row(p, g, row, cells, n);
        } else {
            draw_row(p, g, row, cells, n, height);
        }
        rule(p, g, 0.4, PDF_RULE);
        for (int c = 0; c < n; c++) {
            g_object_unref(cells[c]);
        }
    }
}

static PangoLayout *caption_layout(struct pdf *p, const struct report_table *t, int number)
{
    const char *name = report_table_name(p->arena, p->r, number);
    struct report_run runs[2] = {
        {.text = arena_printf(p->arena, "%s%s", name, t->caption == NULL ? "" : ". ")},
        {.text = t->caption == NULL ? "" : t->caption},
    };
    struct report_runs both = {runs, 2, 2};
    return pdf_layout_runs(p, PDF_CAPTION, p->right - p->left, &both);
}

double pdf_table_least(struct pdf *p, const struct report_table *t)
{
    struct grid g = grid_of(p, t);
    PangoLayout *caption = caption_layout(p, t, p->n_tables + 1);
    double height = pdf_layout_height(caption) + 6 + g.head_height;
    g_object_unref(caption);
    for (int i = 0; i < t->n_rows && i < 2; i++) {
        height += row_height(p, &g, &t->rows[i]);
    }
    p->table_scale = 1;
    double half = (p->bottom - p->top) / 2;
    return height > half ? half : height;
}

static void under(struct pdf *p, const char *text)
{
    if (text == NULL || text[0] == '\0') {
        return;
    }
    PangoLayout *layout = pdf_layout(p, PDF_SMALL, p->right - p->left, text);
    pdf_flow(p, layout, PDF_SMALL, p->left, "P", NULL, 1);
    g_object_unref(layout);
}

void pdf_table(struct pdf *p, const struct report_table *t)
{
    pdf_need(p, pdf_table_least(p, t));
    struct grid g = grid_of(p, t);
    g.number = ++p->n_tables;
    PangoLayout *caption = caption_layout(p, t, g.number);
    pdf_flow(p, caption, PDF_CAPTION, p->left, "Caption", NULL, 3);
    g_object_unref(caption);
    cairo_tag_begin(p->cr, "Table", NULL);
    draw_head(p, &g);
    draw_rows(p, &g);
    cairo_tag_end(p->cr, "Table");
    p->table_scale = 1;
    p->y += 4;
    under(p, t->rule);
    under(p, t->note);
    p->y += 10;
}
