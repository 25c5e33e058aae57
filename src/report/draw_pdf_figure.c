// SPDX-License-Identifier: AGPL-3.0-or-later
//
// draw_pdf_figure.c: charts of the PDF, from the same shapes as the SVG of the page.

#include "report/draw_pdf_parts.h"

#include <math.h>
#include <string.h>

#define MOST_SCALE 0.74 // points for a pixel: 13 px type becomes 9.6 points
#define GAP 5.0

static double scale_of(const struct pdf *p, const struct report_figure *f)
{
    double scale = (p->right - p->left) / f->shapes->width;
    double tall = (p->bottom - p->top) * 0.75 / f->shapes->height;
    scale = scale < tall ? scale : tall;
    return scale < MOST_SCALE ? scale : MOST_SCALE;
}

// Height of an optional text with the gap under it; drawn as well when show is set.
static double words(struct pdf *p, enum pdf_style style, const char *text, const char *tag,
                    bool show)
{
    if (text == NULL || text[0] == '\0') {
        return 0;
    }
    PangoLayout *layout = pdf_layout(p, style, p->right - p->left, text);
    double height = pdf_layout_height(layout) + 2;
    if (show) {
        pdf_flow(p, layout, style, p->left, tag, NULL, 2);
    }
    g_object_unref(layout);
    return height;
}

double pdf_figure_height(struct pdf *p, const struct report_figure *f)
{
    return words(p, PDF_CAPTION, f->finding, "Caption", false) +
           words(p, PDF_SMALL, f->meta, "P", false) + f->shapes->height * scale_of(p, f) +
           2 * GAP + words(p, PDF_SMALL, f->note, "P", false);
}

static void stroke(struct pdf *p, const struct shape_look *look, bool dashed)
{
    if (look->stroke < 0) {
        return;
    }
    pdf_colour(p, look->stroke);
    cairo_set_line_width(p->cr, look->width);
    cairo_set_dash(p->cr, look->dash, dashed && look->dash[0] > 0 ? 2 : 0, 0);
    cairo_stroke(p->cr);
}

static void fill_and_stroke(struct pdf *p, const struct shape_look *look)
{
    if (look->fill >= 0) {
        pdf_colour(p, look->fill);
        cairo_fill_preserve(p->cr);
    }
    stroke(p, look, false);
    cairo_new_path(p->cr);
}

static void shape_text(struct pdf *p, const struct shape *s, const struct shape_look *look)
{
    PangoLayout *layout = pdf_layout(p, PDF_BODY, -1, s->text);
    PangoFontDescription *font =
        pango_font_description_copy(pango_layout_get_font_description(layout));
    pango_font_description_set_absolute_size(font, SHAPE_TEXT_SIZE * PANGO_SCALE);
    pango_font_description_set_weight(font, look->bold ? PANGO_WEIGHT_SEMIBOLD
                                                       : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    double w = pdf_layout_width(layout);
    double base = (double)pango_layout_get_baseline(layout) / PANGO_SCALE;
    double x = s->anchor == SHAPE_LEFT ? s->x : s->anchor == SHAPE_RIGHT ? s->x - w : s->x - w / 2;
    pdf_colour(p, look->fill);
    cairo_move_to(p->cr, x, s->y - base);
    pango_cairo_show_layout(p->cr, layout);
    g_object_unref(layout);
}

static void shape(struct pdf *p, const struct shape *s)
{
    const struct shape_look *look = shape_look(s->style);
    cairo_new_path(p->cr);
    switch (s->kind) {
    case SHAPE_PATH:
        for (int i = 0; i < s->n_points; i++) {
            cairo_line_to(p->cr, s->points[i].x, s->points[i].y);
        }
        stroke(p, look, true);
        break;
    case SHAPE_RECT:
        cairo_rectangle(p->cr, s->x, s->y, s->w, s->h);
        fill_and_stroke(p, look);
        break;
    case SHAPE_DOT:
        cairo_arc(p->cr, s->x, s->y, s->w, 0, 2 * 3.14159265358979);
        fill_and_stroke(p, look);
        break;
    case SHAPE_DIAMOND:
        cairo_move_to(p->cr, s->x, s->y - s->w);
        cairo_line_to(p->cr, s->x + s->w, s->y);
        cairo_line_to(p->cr, s->x, s->y + s->w);
        cairo_line_to(p->cr, s->x - s->w, s->y);
        cairo_close_path(p->cr);
        fill_and_stroke(p, look);
        break;
    case SHAPE_TEXT:
        shape_text(p, s, look);
        break;
    }
}

void pdf_figure(struct pdf *p, const struct report_figure *f)
{
    double scale = scale_of(p, f);
    pdf_need(p, pdf_figure_height(p, f));
    words(p, PDF_CAPTION, f->finding, "Caption", true);
    words(p, PDF_SMALL, f->meta, "P", true);
    p->y += GAP;
    cairo_tag_begin(p->cr, "Figure", NULL);
    cairo_save(p->cr);
    cairo_translate(p->cr, pdf_start(p, 0, f->shapes->width * scale), p->y);
    cairo_scale(p->cr, scale, scale);
    pango_cairo_update_context(p->cr, p->context);
    for (int i = 0; i < f->shapes->n; i++) {
        shape(p, &f->shapes->items[i]);
    }
    cairo_restore(p->cr);
    pango_cairo_update_context(p->cr, p->context);
    cairo_tag_end(p->cr, "Figure");
    p->y += f->shapes->height * scale + GAP;
    words(p, PDF_SMALL, f->note, "P", true);
    p->y += 12;
}
