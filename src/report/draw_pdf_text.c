// SPDX-License-Identifier: AGPL-3.0-or-later
//
// draw_pdf_text.c: text of the PDF: styles, runs, lines over pages, links. Pango shapes and orders the
// characters; a paragraph finds its direction by itself, so an Arabic one stands right in an English
// report.

#include "report/draw_pdf_parts.h"

#include <string.h>

struct look {
    double size;
    bool bold;
    int colour;
};

static const struct look looks[PDF_STYLE_COUNT] = {
    [PDF_TITLE] = {22, true, PDF_INK},
    [PDF_SUBTITLE] = {12.5, false, PDF_INK_SOFT},
    [PDF_H1] = {15, true, PDF_INK},
    [PDF_H2] = {12, true, PDF_INK},
    [PDF_H3] = {10, true, PDF_INK},
    [PDF_BODY] = {10, false, PDF_INK},
    [PDF_FIGURE_NUMBER] = {19, true, PDF_ACCENT},
    [PDF_CAPTION] = {9.5, true, PDF_INK},
    [PDF_TABLE_HEAD] = {8.5, true, PDF_INK_SOFT},
    [PDF_TABLE_CELL] = {8.5, false, PDF_INK},
    [PDF_TABLE_STRONG] = {8.5, true, PDF_INK},
    [PDF_SMALL] = {8, false, PDF_INK_SOFT},
};

// Marks of notes: 0.7 of the type beside them, but small beside large figures too.
#define MARK_SCALE 0.7
#define MARK_MOST 7.0
#define MARK_RISE 0.32 // of the size beside it

// One family per script, named, because fallback chooses other faces by itself; with Chinese in
// front when the report is Chinese, so that punctuation fits.
static const char *families(const struct pdf *p)
{
    return strncmp(p->r->lang->code, "zh", 2) == 0
               ? "Noto Sans CJK SC, Noto Sans, Noto Sans Arabic, DejaVu Sans"
               : "Noto Sans, Noto Sans Arabic, Noto Sans CJK SC, DejaVu Sans";
}

static double size_of(const struct pdf *p, enum pdf_style style)
{
    bool in_table = style == PDF_TABLE_HEAD || style == PDF_TABLE_CELL || style == PDF_TABLE_STRONG;
    return looks[style].size * (in_table ? p->table_scale : 1);
}

static PangoLayout *empty_layout(struct pdf *p, enum pdf_style style, double width)
{
    PangoLayout *layout = pango_layout_new(p->context);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, families(p));
    pango_font_description_set_absolute_size(font, size_of(p, style) * PANGO_SCALE);
    pango_font_description_set_weight(font, looks[style].bold ? PANGO_WEIGHT_SEMIBOLD
                                                              : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(layout, width < 0 ? -1 : (int)(width * PANGO_SCALE));
    return layout;
}

// Pango turns left and right around for a paragraph that runs against the context; this finds the
// setting that stands at the wanted end of the line all the same.
void pdf_align(struct pdf *p, PangoLayout *layout, bool at_end)
{
    bool rtl = p->r->lang->right_to_left;
    PangoLayoutLine *line = pango_layout_get_line_readonly(layout, 0);
    bool turned = (pango_layout_line_get_resolved_direction(line) == PANGO_DIRECTION_RTL) != rtl;
    bool right = at_end != rtl;
    pango_layout_set_alignment(layout, right != turned ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
}

// In a left-to-right report a paragraph in Arabic stands at the right by itself; in a right-to-left
// one everything does.
static void settle(struct pdf *p, PangoLayout *layout)
{
    if (p->r->lang->right_to_left) {
        pdf_align(p, layout, false);
    }
    p->unknown += pango_layout_get_unknown_glyphs_count(layout);
}

PangoLayout *pdf_layout(struct pdf *p, enum pdf_style style, double width, const char *text)
{
    PangoLayout *layout = empty_layout(p, style, width);
    pango_layout_set_text(layout, text == NULL ? "" : text, -1);
    settle(p, layout);
    return layout;
}

static void add_attribute(PangoAttrList *list, PangoAttribute *attribute, size_t from, size_t to)
{
    attribute->start_index = (guint)from;
    attribute->end_index = (guint)to;
    pango_attr_list_insert(list, attribute);
}

static void add_colour(PangoAttrList *list, int rgb, size_t from, size_t to)
{
    add_attribute(list,
                  pango_attr_foreground_new((guint16)((rgb >> 16 & 0xff) * 257),
                                            (guint16)((rgb >> 8 & 0xff) * 257),
                                            (guint16)((rgb & 0xff) * 257)),
                  from, to);
}

// The raised "[3]" after a number that is explained in the notes.
static void add_mark(struct pdf *p, enum pdf_style style, PangoAttrList *list, struct buf *text,
                     int explanation)
{
    size_t from = text->len;
    buf_printf(text, "\xe2\x80\xaf[%d]", explanation); // after a narrow space that does not break
    double size = size_of(p, style) * MARK_SCALE;
    size = size < MARK_MOST ? size : MARK_MOST;
    add_attribute(list, pango_attr_size_new_absolute((int)(size * PANGO_SCALE)), from, text->len);
    add_attribute(list, pango_attr_rise_new((int)(size_of(p, style) * MARK_RISE * PANGO_SCALE)),
                  from, text->len);
    add_attribute(list, pango_attr_weight_new(PANGO_WEIGHT_NORMAL), from, text->len);
    add_colour(list, PDF_ACCENT, from, text->len);
}

PangoLayout *pdf_layout_runs(struct pdf *p, enum pdf_style style, double width,
                             const struct report_runs *runs)
{
    struct buf text;
    PangoAttrList *list = pango_attr_list_new();
    buf_init(&text, p->arena, (size_t)16 * 1024 * 1024);
    for (int i = 0; i < runs->n; i++) {
        const struct report_run *run = &runs->items[i];
        size_t from = text.len;
        buf_str(&text, run->text);
        if (run->kind == REPORT_RUN_STRONG) {
            add_attribute(list, pango_attr_weight_new(PANGO_WEIGHT_SEMIBOLD), from, text.len);
        } else if (run->kind == REPORT_RUN_LINK) {
            add_colour(list, PDF_ACCENT, from, text.len);
        } else if (run->kind == REPORT_RUN_NUMBER && run->explanation != 0) {
            add_mark(p, style, list, &text, run->explanation);
        }
    }
    PangoLayout *layout = empty_layout(p, style, width);
    pango_layout_set_text(layout, text.data, (int)text.len);
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
    settle(p, layout);
    return layout;
}

double pdf_layout_height(PangoLayout *layout)
{
    int height;
    pango_layout_get_size(layout, NULL, &height);
    return (double)height / PANGO_SCALE;
}

double pdf_layout_width(PangoLayout *layout)
{
    int width;
    pango_layout_get_size(layout, &width, NULL);
    return (double)width / PANGO_SCALE;
}

void pdf_colour(struct pdf *p, int rgb)
{
    cairo_set_source_rgb(p->cr, (rgb >> 16 & 0xff) / 255.0, (rgb >> 8 & 0xff) / 255.0,
                         (rgb & 0xff) / 255.0);
}

void pdf_show(struct pdf *p, PangoLayout *layout, enum pdf_style style, double x, double y)
{
    pdf_colour(p, looks[style].colour);
    cairo_move_to(p->cr, x, y);
    pango_cairo_show_layout(p->cr, layout);
}

int pdf_show_lines(struct pdf *p, PangoLayout *layout, enum pdf_style style, double x, double y,
                   int from, double max_height, double *height)
{
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    int n = 0;
    double start = 0;
    double end = 0;
    pdf_colour(p, looks[style].colour);
    do {
        int top;
        int bottom;
        PangoRectangle logical;
        pango_layout_iter_get_line_yrange(iter, &top, &bottom);
        pango_layout_iter_get_line_extents(iter, NULL, &logical);
        if (n < from) {
            start = end = (double)bottom / PANGO_SCALE;
            continue;
        }
        if ((double)bottom / PANGO_SCALE - start > max_height + 0.01) {
            break;
        }
        end = (double)bottom / PANGO_SCALE;
        double base = (double)pango_layout_iter_get_baseline(iter) / PANGO_SCALE;
        cairo_move_to(p->cr, x + (double)logical.x / PANGO_SCALE, y + base - start);
        pango_cairo_show_layout_line(p->cr, pango_layout_iter_get_line_readonly(iter));
    } while (n++, pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    *height = end - start;
    return n;
}

// How many lines from `from` fit, and the height of those.
static int fitting_lines(PangoLayout *layout, int from, double room)
{
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    int n = 0;
    int fit = 0;
    double start = 0;
    do {
        int top;
        int bottom;
        pango_layout_iter_get_line_yrange(iter, &top, &bottom);
        if (n < from) {
            start = (double)bottom / PANGO_SCALE;
        } else if ((double)bottom / PANGO_SCALE - start <= room + 0.01) {
            fit++;
        }
    } while (n++, pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    return fit;
}

double pdf_first_lines(PangoLayout *layout)
{
    int lines = pango_layout_get_line_count(layout);
    if (lines <= 3) {
        return pdf_layout_height(layout);
    }
    return pdf_layout_height(layout) * 2 / lines + 1;
}

void pdf_link(struct pdf *p, double x, double y, double w, double h, const char *address)
{
    if (address == NULL || (strncmp(address, "https://", 8) != 0 &&
                            strncmp(address, "http://", 7) != 0)) {
        return;
    }
    struct buf attributes;
    buf_init(&attributes, p->arena, 8192);
    buf_printf(&attributes, "rect=[%.2f %.2f %.2f %.2f] uri='", x, y, w, h);
    for (const char *c = address; *c != '\0'; c++) {
        if (*c == '\'' || *c == '\\') {
            buf_char(&attributes, '\\');
        }
        buf_char(&attributes, *c);
    }
    buf_char(&attributes, '\'');
    cairo_tag_begin(p->cr, CAIRO_TAG_LINK, attributes.data);
    cairo_tag_end(p->cr, CAIRO_TAG_LINK);
}

// Links of the runs that stand in lines from to before to, drawn at x and shifted by up.
static void link_lines(struct pdf *p, PangoLayout *layout, const struct report_runs *runs, double x,
                       double up, int from, int to)
{
    size_t start = 0;
    for (int i = 0; i < runs->n; i++) {
        const struct report_run *run = &runs->items[i];
        size_t end = start + strlen(run->text);
        if (run->kind == REPORT_RUN_NUMBER && run->explanation != 0) {
            end += (size_t)snprintf(NULL, 0, "\xe2\x80\xaf[%d]", run->explanation);
        }
        PangoLayoutIter *iter = pango_layout_get_iter(layout);
        int n = 0;
        do {
            PangoLayoutLine *line = pango_layout_iter_get_line_readonly(iter);
            int top;
            int bottom;
            int *ranges;
            int n_ranges;
            if (run->kind != REPORT_RUN_LINK || n < from || n >= to ||
                (int)end <= line->start_index || (int)start >= line->start_index + line->length) {
                continue;
            }
            pango_layout_iter_get_line_yrange(iter, &top, &bottom);
            pango_layout_line_get_x_ranges(line, (int)start, (int)end, &ranges, &n_ranges);
            for (int k = 0; k < n_ranges; k++) {
                pdf_link(p, x + (double)ranges[k * 2] / PANGO_SCALE,
                         (double)top / PANGO_SCALE - up,
                         (double)(ranges[k * 2 + 1] - ranges[k * 2]) / PANGO_SCALE,
                         (double)(bottom - top) / PANGO_SCALE, run->address);
            }
            g_free(ranges);
        } while (n++, pango_layout_iter_next_line(iter));
        pango_layout_iter_free(iter);
        start = end;
    }
}

static double top_of_line(PangoLayout *layout, int number)
{
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    int top = 0;
    int bottom = 0;
    for (int n = 0; n <= number; n++) {
        pango_layout_iter_get_line_yrange(iter, &top, &bottom);
        if (n < number && !pango_layout_iter_next_line(iter)) {
            break;
        }
    }
    pango_layout_iter_free(iter);
    return (double)top / PANGO_SCALE;
}

void pdf_flow(struct pdf *p, PangoLayout *layout, enum pdf_style style, double x, const char *tag,
              const struct report_runs *runs, double gap)
{
    int lines = pango_layout_get_line_count(layout);
    for (int from = 0; from < lines;) {
        int left = lines - from;
        int fit = fitting_lines(layout, from, p->bottom - p->y);
        bool fresh = p->y <= p->top + 0.01;
        // Neither the first nor the last line of a paragraph stands alone on a page.
        if (fit < left && left - fit == 1 && fit > 2) {
            fit--;
        }
        if (!fresh && fit < left && (fit < 2 || left <= 3)) {
            fit = 0;
        }
        if (fit == 0 && !fresh) {
            pdf_page_next(p);
            continue;
        }
        fit = fit == 0 ? 1 : fit; // a line higher than a page cannot be, but must not hang us
        double height;
        double first = top_of_line(layout, from);
        double room = from + fit < lines ? top_of_line(layout, from + fit) - first : 1e6;
        cairo_tag_begin(p->cr, tag, NULL);
        int next = pdf_show_lines(p, layout, style, x, p->y, from, room, &height);
        if (runs != NULL) {
            link_lines(p, layout, runs, x, first - p->y, from, next);
        }
        cairo_tag_end(p->cr, tag);
        p->y += height;
        from = next > from ? next : from + 1;
        if (from < lines) {
            pdf_page_next(p);
        }
    }
    p->y += gap;
}

void pdf_line(struct pdf *p, double x1, double y1, double x2, double y2, double width, int rgb)
{
    pdf_colour(p, rgb);
    cairo_set_line_width(p->cr, width);
    cairo_move_to(p->cr, x1, y1);
    cairo_line_to(p->cr, x2, y2);
    cairo_stroke(p->cr);
}

void pdf_box(struct pdf *p, double x, double y, double w, double h, int rgb)
{
    pdf_colour(p, rgb);
    cairo_rectangle(p->cr, x, y, w, h);
    cairo_fill(p->cr);
}
