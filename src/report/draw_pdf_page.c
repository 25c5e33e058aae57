// SPDX-License-Identifier: AGPL-3.0-or-later
//
// draw_pdf_page.c: the PDF as a document: paper, running head and foot, the blocks of the report one
// after the other, and the notes at the end. Everything is drawn twice: the first time only to count
// the pages for "page 3 of 12".

#include "report/draw_pdf_parts.h"

#include <cairo-pdf.h>
#include <string.h>

#include "report/draw_parts.h"

#define MARGIN_SIDE 56.0 // 2 cm
#define MARGIN_TOP 62.0
#define MARGIN_BOTTOM 60.0
#define LIST_INDENT 16.0
#define NUMBERS_PER_ROW 4

static const struct {
    double width;
    double height;
} papers[] = {
    [REPORT_A4] = {595.28, 841.89},
    [REPORT_A4_LANDSCAPE] = {841.89, 595.28},
    [REPORT_A3_LANDSCAPE] = {1190.55, 841.89},
};

static bool rtl(const struct pdf *p)
{
    return p->r->lang->right_to_left;
}

double pdf_start(const struct pdf *p, double from, double w)
{
    return rtl(p) ? p->right - from - w : p->left + from;
}

// One line at the start or the end of the line, cut with an ellipsis when it is too long.
static void running_line(struct pdf *p, const char *text, double y, bool at_end, double share)
{
    if (text == NULL || text[0] == '\0') {
        return;
    }
    double room = (p->right - p->left) * share;
    PangoLayout *layout = pdf_layout(p, PDF_SMALL, room, text);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_height(layout, -1);
    pdf_align(p, layout, at_end);
    double x = at_end ? pdf_start(p, p->right - p->left - room, room) : pdf_start(p, 0, room);
    pdf_show(p, layout, PDF_SMALL, x, y);
    g_object_unref(layout);
}

// Running head (not on the first page, which has the title) and foot.
static void draw_margins(struct pdf *p)
{
    const struct report *r = p->r;
    if (p->page > 1) {
        running_line(p, r->title, 32, false, 0.66);
        running_line(p, r->classification, 32, true, 0.32);
        pdf_line(p, p->left, 47, p->right, 47, 0.5, PDF_RULE);
    }
    double y = p->height - 40;
    const char *number = tr_f(p->arena, r->lang, MSG("Page {0} of {1}"),
                              arena_printf(p->arena, "%d", p->page),
                              arena_printf(p->arena, "%d", p->n_pages), NULL);
    pdf_line(p, p->left, y - 6, p->right, y - 6, 0.5, PDF_RULE);
    running_line(p, r->sample != NULL         ? r->sample
                    : r->organisation != NULL ? r->organisation
                                              : r->made_at,
                 y, false, 0.6);
    running_line(p, number, y, true, 0.38);
}

void pdf_page_next(struct pdf *p)
{
    draw_margins(p);
    cairo_show_page(p->cr);
    p->page++;
    p->y = p->top;
}

void pdf_need(struct pdf *p, double height)
{
    if (p->y + height > p->bottom && p->y > p->top + 0.01) {
        pdf_page_next(p);
    }
}

static void words(struct pdf *p, enum pdf_style style, const char *text, const char *tag, double gap)
{
    if (text == NULL || text[0] == '\0') {
        return;
    }
    PangoLayout *layout = pdf_layout(p, style, p->right - p->left, text);
    pdf_flow(p, layout, style, p->left, tag, NULL, gap);
    g_object_unref(layout);
}

// The head of the first page.
static void draw_title(struct pdf *p)
{
    const struct report *r = p->r;
    p->y = p->top - 12;
    pdf_box(p, p->left, p->y, p->right - p->left, 3, PDF_ACCENT);
    p->y += 14;
    words(p, PDF_SMALL, r->organisation, "P", 6);
    words(p, PDF_TITLE, r->title, "H1", 2);
    words(p, PDF_SUBTITLE, r->subtitle, "P", 4);
    struct buf line;
    buf_init(&line, p->arena, 4096);
    if (r->made_at != NULL) {
        buf_str(&line, tr_f(p->arena, r->lang, MSG("Made on {0}"), r->made_at, NULL));
    }
    if (r->classification != NULL) {
        buf_printf(&line, "%s%s", line.len > 0 ? "  ·  " : "", r->classification);
    }
    if (r->sample != NULL) {
        buf_printf(&line, "%s%s", line.len > 0 ? "  ·  " : "", r->sample);
    }
    words(p, PDF_SMALL, line.data, "P", 8);
    pdf_line(p, p->left, p->y, p->right, p->y, 0.5, PDF_RULE);
    p->y += 16;
}

static enum pdf_style heading_style(int level)
{
    return level == 1 ? PDF_H1 : level == 2 ? PDF_H2 : PDF_H3;
}

static double heading_gap(int level)
{
    return level == 1 ? 14 : level == 2 ? 9 : 5;
}

// Room a block needs on the page it begins on.
static double least_height(struct pdf *p, int i)
{
    if (i >= p->r->n) {
        return 0;
    }
    const struct report_block *b = p->r->blocks[i];
    double width = p->right - p->left;
    double height = 40;
    PangoLayout *layout = NULL;
    switch (b->kind) {
    case REPORT_HEADING:
        layout = pdf_layout_runs(p, heading_style(b->level), width, &b->runs);
        height = heading_gap(b->level) + pdf_layout_height(layout) + 5 + least_height(p, i + 1);
        break;
    case REPORT_PARAGRAPH:
    case REPORT_SOURCE:
    case REPORT_NOTE:
        layout = pdf_layout_runs(p, PDF_BODY, width, &b->runs);
        height = pdf_first_lines(layout) + (b->kind == REPORT_NOTE ? 16 : 0);
        break;
    case REPORT_TABLE:
        height = pdf_table_least(p, b->table);
        break;
    case REPORT_FIGURE:
        height = pdf_figure_height(p, b->figure);
        break;
    case REPORT_LIST:
    case REPORT_NUMBERS:
        break;
    }
    if (layout != NULL) {
        g_object_unref(layout);
    }
    return height;
}

static void outline(struct pdf *p, int level, const char *text)
{
    const char *target = arena_printf(p->arena, "page=%d pos=[0 %.1f]", p->page, p->y);
    int id = cairo_pdf_surface_add_outline(p->surface, p->outline[level - 1], text, target,
                                           CAIRO_PDF_OUTLINE_FLAG_OPEN);
    for (int i = level; i < 4; i++) {
        p->outline[i] = id;
    }
}

static void heading(struct pdf *p, int level, const struct report_runs *runs)
{
    static const char *const tags[] = {"H2", "H3", "H4"};
    enum pdf_style style = heading_style(level);
    if (p->y > p->top + 0.01) {
        p->y += heading_gap(level);
    }
    outline(p, level, report_plain(p->arena, runs));
    PangoLayout *layout = pdf_layout_runs(p, style, p->right - p->left, runs);
    pdf_flow(p, layout, style, p->left, tags[level - 1], NULL, level == 1 ? 6 : 4);
    g_object_unref(layout);
}

static void paragraph(struct pdf *p, const struct report_runs *runs, enum pdf_style style,
                      double gap)
{
    PangoLayout *layout = pdf_layout_runs(p, style, p->right - p->left, runs);
    pdf_flow(p, layout, style, p->left, "P", runs, gap);
    g_object_unref(layout);
}

// A tinted box with a bar at its start, when it fits on one page; else a paragraph.
static void note(struct pdf *p, const struct report_runs *runs)
{
    double width = p->right - p->left;
    PangoLayout *layout = pdf_layout_runs(p, PDF_BODY, width - 28, runs);
    double height = pdf_layout_height(layout) + 16;
    if (height > (p->bottom - p->top) * 0.8) {
        g_object_unref(layout);
        paragraph(p, runs, PDF_BODY, 8);
        return;
    }
    pdf_need(p, height);
    pdf_box(p, p->left, p->y, width, height, PDF_TINT);
    pdf_box(p, pdf_start(p, 0, 3), p->y, 3, height, PDF_ACCENT);
    p->y += 8;
    pdf_flow(p, layout, PDF_BODY, rtl(p) ? p->left + 12 : p->left + 16, "P", runs, 8 + 10);
    g_object_unref(layout);
}

static void list(struct pdf *p, const struct report_block *b)
{
    cairo_tag_begin(p->cr, "L", NULL);
    double width = p->right - p->left - LIST_INDENT;
    for (int i = 0; i < b->n; i++) {
        PangoLayout *layout = pdf_layout_runs(p, PDF_BODY, width, &b->items[i].runs);
        PangoLayout *sign = pdf_layout(p, PDF_BODY, -1,
                                       b->numbered ? arena_printf(p->arena, "%d.", i + 1) : "•");
        pdf_need(p, pdf_first_lines(layout));
        cairo_tag_begin(p->cr, "LI", NULL);
        cairo_tag_begin(p->cr, "Lbl", NULL);
        pdf_show(p, sign, PDF_BODY, pdf_start(p, b->numbered ? 0 : 4, pdf_layout_width(sign)),
                 p->y);
        cairo_tag_end(p->cr, "Lbl");
        pdf_flow(p, layout, PDF_BODY, pdf_start(p, LIST_INDENT, width), "LBody",
                 &b->items[i].runs, 2.5);
        cairo_tag_end(p->cr, "LI");
        g_object_unref(sign);
        g_object_unref(layout);
    }
    cairo_tag_end(p->cr, "L");
    p->y += 5;
}

// Large figures side by side; each name under its figure.
static void numbers(struct pdf *p, const struct report_block *b)
{
    double gap = 14;
    double cell = (p->right - p->left - gap * (NUMBERS_PER_ROW - 1)) / NUMBERS_PER_ROW;
    for (int from = 0; from < b->n; from += NUMBERS_PER_ROW) {
        double highest = 0;
        PangoLayout *layouts[NUMBERS_PER_ROW][2] = {{NULL}};
        int n = b->n - from < NUMBERS_PER_ROW ? b->n - from : NUMBERS_PER_ROW;
        for (int i = 0; i < n; i++) {
            const struct report_number *x = &b->numbers[from + i];
            struct report_run run = {.kind = REPORT_RUN_NUMBER, .text = x->text,
                                     .explanation = x->explanation};
            struct report_runs runs = {&run, 1, 1};
            layouts[i][0] = pdf_layout_runs(p, PDF_FIGURE_NUMBER, cell, &runs);
            layouts[i][1] = pdf_layout(p, PDF_SMALL, cell, x->name);
            double h = pdf_layout_height(layouts[i][0]) + pdf_layout_height(layouts[i][1]);
            highest = h > highest ? h : highest;
        }
        pdf_need(p, highest + 14);
        for (int i = 0; i < n; i++) {
            double x = pdf_start(p, i * (cell + gap), cell);
            pdf_line(p, x, p->y, x + cell, p->y, 0.8, PDF_INK_SOFT);
            cairo_tag_begin(p->cr, "P", NULL);
            pdf_show(p, layouts[i][0], PDF_FIGURE_NUMBER, x, p->y + 3);
            pdf_show(p, layouts[i][1], PDF_SMALL, x, p->y + 3 + pdf_layout_height(layouts[i][0]));
            cairo_tag_end(p->cr, "P");
            g_object_unref(layouts[i][0]);
            g_object_unref(layouts[i][1]);
        }
        p->y += highest + 14;
    }
}

static void block(struct pdf *p, int i)
{
    const struct report_block *b = p->r->blocks[i];
    switch (b->kind) {
    case REPORT_HEADING:
        pdf_need(p, least_height(p, i));
        heading(p, b->level, &b->runs);
        break;
    case REPORT_PARAGRAPH:
        paragraph(p, &b->runs, PDF_BODY, 7);
        break;
    case REPORT_SOURCE:
        paragraph(p, &b->runs, PDF_SMALL, 8);
        break;
    case REPORT_NOTE:
        note(p, &b->runs);
        break;
    case REPORT_LIST:
        list(p, b);
        break;
    case REPORT_NUMBERS:
        numbers(p, b);
        break;
    case REPORT_TABLE:
        pdf_table(p, b->table);
        break;
    case REPORT_FIGURE:
        pdf_figure(p, b->figure);
        break;
    }
}

// One explanation: its number, the figure in bold, then what is known, all in one paragraph.
static void explanation(struct pdf *p, const struct report_explanation *x)
{
    struct report_fact facts[REPORT_FACTS];
    int n = report_facts_of(p->r->lang, x, facts);
    struct report_run runs[1 + 2 * REPORT_FACTS + 1];
    int k = 0;
    if (x->of != NULL) {
        runs[k++] = (struct report_run){.kind = REPORT_RUN_STRONG,
                                        .text = arena_printf(p->arena, "%s.  ", x->of)};
    }
    for (int i = 0; i < n; i++) {
        runs[k++] = (struct report_run){
            .text = arena_printf(p->arena, "%s: %s%s", facts[i].name, facts[i].text,
                                 i + 1 < n ? "  ·  " : "")};
    }
    struct report_runs all = {runs, k, k};
    double width = p->right - p->left - 24;
    PangoLayout *layout = pdf_layout_runs(p, PDF_SMALL, width, &all);
    PangoLayout *number = pdf_layout(p, PDF_SMALL, -1, arena_printf(p->arena, "[%d]", x->number));
    pdf_need(p, pdf_first_lines(layout));
    pdf_show(p, number, PDF_FIGURE_NUMBER, pdf_start(p, 0, pdf_layout_width(number)), p->y);
    pdf_flow(p, layout, PDF_SMALL, pdf_start(p, 24, width), "Note", &all, 3.5);
    g_object_unref(number);
    g_object_unref(layout);
}

static void notes(struct pdf *p)
{
    const struct report *r = p->r;
    if (r->n_explanations > 0) {
        struct report_run run = {.text = tr(r->lang, MSG("Where each number comes from"))};
        pdf_need(p, 70);
        heading(p, 1, &(struct report_runs){&run, 1, 1});
    }
    for (int i = 0; i < r->n_explanations; i++) {
        explanation(p, &r->explanations[i]);
    }
    if (p->unknown > 0) {
        struct report_run run = {
            .text = tr(r->lang, MSG("Some characters of this report could not be drawn, because no "
                                    "font on the server has them. Ask the administrator to "
                                    "install the Noto fonts."))};
        note(p, &(struct report_runs){&run, 1, 1});
    }
}

static void draw_all(struct pdf *p)
{
    p->page = 1;
    p->n_tables = 0;
    p->table_scale = 1;
    p->unknown = 0;
    cairo_tag_begin(p->cr, "Document", NULL);
    draw_title(p);
    for (int i = 0; i < p->r->n; i++) {
        block(p, i);
    }
    notes(p);
    cairo_tag_end(p->cr, "Document");
    draw_margins(p);
    cairo_show_page(p->cr);
}

static cairo_status_t keep(void *closure, const unsigned char *data, unsigned length)
{
    struct buf *out = closure;
    if (out == NULL) {
        return CAIRO_STATUS_SUCCESS;
    }
    buf_add(out, data, length);
    return buf_is_full(out) ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void set_metadata(struct pdf *p)
{
    const struct report *r = p->r;
    cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE, r->title);
    cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATOR, "Mainstay");
    if (r->organisation != NULL) {
        cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_AUTHOR, r->organisation);
    }
    if (r->made_at_iso != NULL) {
        cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATE_DATE, r->made_at_iso);
    }
}

static PangoContext *make_context(struct pdf *p)
{
    PangoContext *context = pango_cairo_create_context(p->cr);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string(p->r->lang->code));
    pango_context_set_base_dir(context, rtl(p) ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    return context;
}

// One of the two passes; returns the number of pages, or 0 when cairo has failed.
static int pass(struct arena *a, const struct report *r, struct buf *out, int n_pages)
{
    double width = papers[r->paper].width;
    double height = papers[r->paper].height;
    struct pdf p = {.arena = a, .r = r, .width = width, .height = height, .left = MARGIN_SIDE,
                    .right = width - MARGIN_SIDE, .top = MARGIN_TOP,
                    .bottom = height - MARGIN_BOTTOM, .n_pages = n_pages};
    p.surface = cairo_pdf_surface_create_for_stream(keep, out, width, height);
    p.cr = cairo_create(p.surface);
    set_metadata(&p);
    p.context = make_context(&p);
    draw_all(&p);
    cairo_surface_finish(p.surface);
    bool failed = cairo_status(p.cr) != CAIRO_STATUS_SUCCESS ||
                  cairo_surface_status(p.surface) != CAIRO_STATUS_SUCCESS;
    g_object_unref(p.context);
    cairo_destroy(p.cr);
    cairo_surface_destroy(p.surface);
    return failed ? 0 : p.page;
}

static bool has_a_font(void)
{
    PangoFontFamily **families;
    int n;
    bool found = false;
    pango_font_map_list_families(pango_cairo_font_map_get_default(), &families, &n);
    for (int i = 0; i < n; i++) {
        const char *name = pango_font_family_get_name(families[i]);
        found = found || strcmp(name, "Noto Sans") == 0 || strcmp(name, "DejaVu Sans") == 0;
    }
    g_free(families);
    return found;
}

enum pdf_status pdf_draw(struct arena *a, const struct report *r, struct buf *out)
{
    if (!has_a_font()) {
        return PDF_NO_FONTS;
    }
    int n_pages = pass(a, r, NULL, 0);
    if (n_pages == 0 || pass(a, r, out, n_pages) == 0) {
        return PDF_FAILED;
    }
    return PDF_DONE;
}
