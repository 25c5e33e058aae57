// SPDX-License-Identifier: AGPL-3.0-or-later
//
// svg_write.c: see svg_write.h.

#include "format/svg/svg_write.h"

#include <math.h>

#include "format/xml/xml_text.h"

// One decimal at most, whatever the locale: 12, 12.5.
static void number(struct buf *out, double value)
{
    long tenths = lround(value * 10);
    if (tenths < 0) {
        buf_char(out, '-');
        tenths = -tenths;
    }
    buf_int(out, tenths / 10);
    if (tenths % 10 != 0) {
        buf_char(out, '.');
        buf_int(out, tenths % 10);
    }
}

static void measure(struct buf *out, const char *name, double value)
{
    buf_char(out, ' ');
    buf_str(out, name);
    buf_str(out, "=\"");
    number(out, value);
    buf_char(out, '"');
}

static void colour(struct buf *out, const char *name, int rgb)
{
    char hex[] = "#000000";
    for (int i = 6; i > 0 && rgb > 0; i--, rgb /= 16) {
        hex[i] = "0123456789abcdef"[rgb % 16];
    }
    xml_attribute(out, name, rgb < 0 ? "none" : hex);
}

static void look(struct buf *out, const struct shape *item)
{
    const struct shape_look *l = shape_look(item->style);
    xml_attribute(out, "class", l->class_name);
    colour(out, "fill", l->fill);
    if (l->stroke >= 0) {
        colour(out, "stroke", l->stroke);
        measure(out, "stroke-width", l->width);
    }
    if (l->dash[0] > 0 && item->kind == SHAPE_PATH) {
        buf_str(out, " stroke-dasharray=\"");
        number(out, l->dash[0]);
        buf_char(out, ' ');
        number(out, l->dash[1]);
        buf_char(out, '"');
    }
    if (l->bold) {
        buf_str(out, " font-weight=\"600\"");
    }
}

// Closes the start tag; a tip becomes the title of the shape.
static void close(struct buf *out, const char *name, const char *tip)
{
    if (tip == NULL) {
        buf_str(out, "/>");
        return;
    }
    buf_str(out, "><title>");
    xml_text(out, tip);
    buf_printf(out, "</title></%s>", name);
}

static void write_path(struct buf *out, const struct shape *item)
{
    buf_str(out, "<path");
    look(out, item);
    buf_str(out, " d=\"");
    for (int i = 0; i < item->n_points; i++) {
        buf_char(out, i == 0 ? 'M' : 'L');
        number(out, item->points[i].x);
        buf_char(out, ' ');
        number(out, item->points[i].y);
    }
    buf_char(out, '"');
    close(out, "path", NULL);
}

static void write_diamond(struct buf *out, const struct shape *item)
{
    buf_str(out, "<path");
    look(out, item);
    buf_str(out, " d=\"M");
    number(out, item->x);
    buf_char(out, ' ');
    number(out, item->y - item->w);
    const double steps[3][2] = {{1, 1}, {-1, 1}, {-1, -1}};
    for (int i = 0; i < 3; i++) {
        buf_char(out, 'l');
        number(out, steps[i][0] * item->w);
        buf_char(out, ' ');
        number(out, steps[i][1] * item->w);
    }
    buf_str(out, "z\"");
    close(out, "path", item->text);
}

static void write_text(struct buf *out, const struct shape *item)
{
    static const char *const anchors[] = {"start", "middle", "end"};
    buf_str(out, "<text");
    look(out, item);
    measure(out, "x", item->x);
    measure(out, "y", item->y);
    if (item->anchor != SHAPE_LEFT) {
        xml_attribute(out, "text-anchor", anchors[item->anchor]);
    }
    buf_char(out, '>');
    xml_text(out, item->text);
    buf_str(out, "</text>");
}

static void write_shape(struct buf *out, const struct shape *item)
{
    switch (item->kind) {
    case SHAPE_PATH:
        write_path(out, item);
        break;
    case SHAPE_RECT:
        buf_str(out, "<rect");
        look(out, item);
        measure(out, "x", item->x);
        measure(out, "y", item->y);
        measure(out, "width", item->w);
        measure(out, "height", item->h);
        if (item->record != NULL) {
            xml_attribute(out, "data-record", item->record);
            xml_attribute(out, "data-name", item->name);
        }
        close(out, "rect", item->text);
        break;
    case SHAPE_DOT:
        buf_str(out, "<circle");
        look(out, item);
        measure(out, "cx", item->x);
        measure(out, "cy", item->y);
        measure(out, "r", item->w);
        close(out, "circle", item->text);
        break;
    case SHAPE_DIAMOND:
        write_diamond(out, item);
        break;
    case SHAPE_TEXT:
        write_text(out, item);
        break;
    }
    buf_char(out, '\n');
}

void svg_write(struct buf *out, const struct chart_shapes *s, const char *id)
{
    buf_str(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ");
    number(out, s->width);
    buf_char(out, ' ');
    number(out, s->height);
    buf_char(out, '"');
    measure(out, "width", s->width);
    measure(out, "height", s->height);
    buf_str(out, " role=\"img\" direction=\"ltr\" font-family=\"'Noto Sans', 'Noto Sans Arabic', "
                 "'Noto Sans CJK SC', sans-serif\"");
    measure(out, "font-size", SHAPE_TEXT_SIZE);
    buf_str(out, s->is_of_records ? " translate=\"no\" aria-labelledby=\"" : " aria-labelledby=\"");
    xml_text(out, id);
    buf_str(out, "-t ");
    xml_text(out, id);
    buf_str(out, "-d\">\n<title id=\"");
    xml_text(out, id);
    buf_str(out, "-t\">");
    xml_text(out, s->title);
    buf_str(out, "</title>\n<desc id=\"");
    xml_text(out, id);
    buf_str(out, "-d\">");
    xml_text(out, s->description);
    buf_str(out, "</desc>\n");
    for (int i = 0; i < s->n; i++) {
        write_shape(out, &s->items[i]);
    }
    buf_str(out, "</svg>\n");
}
