// SPDX-License-Identifier: AGPL-3.0-or-later
//
// draw_pdf_parts.h: what the files draw_pdf_*.c share: the page under the pen. Not for others; they
// use draw.h. All lengths are points (1/72 inch); y grows downwards.

#ifndef REPORT_DRAW_PDF_PARTS_H
#define REPORT_DRAW_PDF_PARTS_H

#include <pango/pangocairo.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "report/draw_pdf.h"
#include "report/tree.h"

#define PDF_INK 0x15211f
#define PDF_INK_SOFT 0x4a5957
#define PDF_ACCENT 0x0b6e6e
#define PDF_RULE 0xd0d8d7
#define PDF_TINT 0xf1f5f4

enum pdf_style {
    PDF_TITLE,
    PDF_SUBTITLE,
    PDF_H1,
    PDF_H2,
    PDF_H3,
    PDF_BODY,
    PDF_FIGURE_NUMBER, // the large figures of REPORT_NUMBERS
    PDF_CAPTION,
    PDF_TABLE_HEAD,
    PDF_TABLE_CELL,
    PDF_TABLE_STRONG,
    PDF_SMALL,
    PDF_STYLE_COUNT
};

struct pdf {
    struct arena *arena;
    const struct report *r;
    cairo_surface_t *surface;
    cairo_t *cr;
    PangoContext *context;
    double width; // of the page
    double height;
    double left; // of the body
    double right;
    double top;
    double bottom;
    double y;
    int page;
    int n_pages;        // 0 while they are being counted
    int n_tables;
    int outline[4];     // the bookmark above each level; 0 is the root
    double table_scale; // of the type size of the table being drawn
    long unknown;       // characters for which no font has a shape
};

// ---- draw_pdf_text.c ----

// A text or runs set in a style, broken at width (negative: one line). Freed with g_object_unref.
PangoLayout *pdf_layout(struct pdf *p, enum pdf_style style, double width, const char *text);
PangoLayout *pdf_layout_runs(struct pdf *p, enum pdf_style style, double width,
                             const struct report_runs *runs);
// Sets a layout of one paragraph at the start or the end of the line, whatever its own direction.
void pdf_align(struct pdf *p, PangoLayout *layout, bool at_end);
double pdf_layout_height(PangoLayout *layout);
double pdf_layout_width(PangoLayout *layout);
void pdf_colour(struct pdf *p, int rgb);
// Draws the whole layout with its top left corner (or what it was aligned to) at x, y.
void pdf_show(struct pdf *p, PangoLayout *layout, enum pdf_style style, double x, double y);
// Draws lines from `from` while they fit into max_height; returns the line after the last one drawn,
// and their height in *height.
int pdf_show_lines(struct pdf *p, PangoLayout *layout, enum pdf_style style, double x, double y,
                   int from, double max_height, double *height);
// Sets a layout at p->y, over as many pages as it needs, never leaving one line alone; then gap.
// runs may be NULL; they make the links. tag is a PDF structure type ("P").
void pdf_flow(struct pdf *p, PangoLayout *layout, enum pdf_style style, double x, const char *tag,
              const struct report_runs *runs, double gap);
// Height of the first lines that must stay together.
double pdf_first_lines(PangoLayout *layout);
// A rectangle of the page that leads to an address; only http(s) addresses are linked.
void pdf_link(struct pdf *p, double x, double y, double w, double h, const char *address);
void pdf_line(struct pdf *p, double x1, double y1, double x2, double y2, double width, int rgb);
void pdf_box(struct pdf *p, double x, double y, double w, double h, int rgb);

// ---- draw_pdf_page.c ----

// Ends the page and begins the next.
void pdf_page_next(struct pdf *p);
// Begins a new page unless height fits on this one.
void pdf_need(struct pdf *p, double height);
// Where something w wide stands that begins `from` points after the start of the line.
double pdf_start(const struct pdf *p, double from, double w);

// ---- draw_pdf_table.c, draw_pdf_figure.c ----

void pdf_table(struct pdf *p, const struct report_table *t);
// Caption, head and first two rows.
double pdf_table_least(struct pdf *p, const struct report_table *t);
void pdf_figure(struct pdf *p, const struct report_figure *f);
double pdf_figure_height(struct pdf *p, const struct report_figure *f);

// ---- draw_pdf_page.c, draw_pdf_finish.c ----

// The whole document into out, as cairo makes it.
enum pdf_status pdf_draw(struct arena *a, const struct report *r, struct buf *out);
// Adds what cairo leaves out: the language, alternative texts of the charts, the title in the window.
// Smaller too. False, with out unchanged, when the library refuses.
bool pdf_finish(struct arena *a, const struct report *r, struct buf *out);

#endif
