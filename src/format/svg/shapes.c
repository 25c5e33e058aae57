// SPDX-License-Identifier: AGPL-3.0-or-later
//
// shapes.c: see shapes.h.

#include "format/svg/shapes.h"

#include <math.h>
#include <string.h>

#include "base/bug.h"

#define NONE (-1)
#define ACCENT 0x0b6e6e

// The palette of the stylesheet. Lines also differ by dashes and parts by lightness, so that a grey
// print and colour-blind eyes can tell them apart.
static const struct shape_look looks[SHAPE_STYLE_COUNT] = {
    [SHAPE_GRID] = {"c-grid", NONE, 0xdbe2e1, 1, {0, 0}, false},
    [SHAPE_AXIS] = {"c-axis", NONE, 0x768582, 1, {0, 0}, false},
    [SHAPE_BAR] = {"c-bar", ACCENT, NONE, 0, {0, 0}, false},
    [SHAPE_TARGET] = {"c-target", NONE, 0x15211f, 1.5, {5, 4}, false},
    [SHAPE_GOAL] = {"c-goal", 0xffffff, 0x15211f, 1.5, {0, 0}, false},
    [SHAPE_BASE] = {"c-base", NONE, 0x4a5957, 1.5, {1.5, 3.5}, false},
    [SHAPE_LEADER] = {"c-axis", NONE, 0x768582, 0.75, {0, 0}, false},
    [SHAPE_WORDS] = {"c-words", 0x4a5957, NONE, 0, {0, 0}, false},
    [SHAPE_WORDS_STRONG] = {"c-strong", 0x15211f, NONE, 0, {0, 0}, true},
    [SHAPE_WORDS_ON_DARK] = {"c-on-dark", 0xffffff, NONE, 0, {0, 0}, false},
    [SHAPE_WORDS_ON_LIGHT] = {"c-on-light", 0x0d2b2a, NONE, 0, {0, 0}, false},
    [SHAPE_LINE_1] = {"c-line", NONE, ACCENT, 2.5, {0, 0}, false},
    [SHAPE_LINE_1 + 1] = {"c-line-2", NONE, 0xb35900, 2.5, {9, 4}, false},
    [SHAPE_LINE_1 + 2] = {"c-line-3", NONE, 0x5b4a9f, 2.5, {3, 3}, false},
    [SHAPE_LINE_1 + 3] = {"c-line-4", NONE, 0x6b7775, 2.5, {12, 3}, false},
    [SHAPE_DOT_1] = {"c-dot", ACCENT, 0xffffff, 2, {0, 0}, false},
    [SHAPE_DOT_1 + 1] = {"c-dot-2", 0xb35900, 0xffffff, 2, {0, 0}, false},
    [SHAPE_DOT_1 + 2] = {"c-dot-3", 0x5b4a9f, 0xffffff, 2, {0, 0}, false},
    [SHAPE_DOT_1 + 3] = {"c-dot-4", 0x6b7775, 0xffffff, 2, {0, 0}, false},
    [SHAPE_LABEL_1] = {"c-label", ACCENT, NONE, 0, {0, 0}, true},
    [SHAPE_LABEL_1 + 1] = {"c-label-2", 0xb35900, NONE, 0, {0, 0}, true},
    [SHAPE_LABEL_1 + 2] = {"c-label-3", 0x5b4a9f, NONE, 0, {0, 0}, true},
    [SHAPE_LABEL_1 + 3] = {"c-label-4", 0x6b7775, NONE, 0, {0, 0}, true},
    [SHAPE_PART_1] = {"c-part-1", ACCENT, NONE, 0, {0, 0}, false},
    [SHAPE_PART_1 + 1] = {"c-part-2", 0xa5d3cf, NONE, 0, {0, 0}, false},
    [SHAPE_PART_1 + 2] = {"c-part-3", 0x083f40, NONE, 0, {0, 0}, false},
    [SHAPE_PART_1 + 3] = {"c-part-4", 0xe3b778, NONE, 0, {0, 0}, false},
    [SHAPE_PART_1 + 4] = {"c-part-5", 0x8b5a13, NONE, 0, {0, 0}, false},
    [SHAPE_PART_1 + 5] = {"c-part-6", 0xf3ead9, NONE, 0, {0, 0}, false},
    [SHAPE_PART_UNKNOWN] = {"c-part-unknown", 0xcfd5d4, NONE, 0, {0, 0}, false},
    [SHAPE_BAND_1] = {"c-band-1", 0xdceae8, NONE, 0, {0, 0}, false},
    [SHAPE_BAND_2] = {"c-band-2", 0xecf3f2, NONE, 0, {0, 0}, false},
    [SHAPE_BAND_3] = {"c-band-3", 0xf6f8f8, NONE, 0, {0, 0}, false},
    [SHAPE_CARD] = {"c-card", 0xffffff, 0x768582, 1, {0, 0}, false},
    [SHAPE_CARD_WARN] = {"c-card-warn", 0xffffff, 0x875000, 2, {0, 0}, false},
    [SHAPE_TIE_STRONG] = {"c-tie-strong", NONE, 0x15211f, 2.75, {0, 0}, false},
    [SHAPE_TIE_SOME] = {"c-tie-some", NONE, 0x15211f, 1.25, {0, 0}, false},
    [SHAPE_TIE_WEAK] = {"c-tie-weak", NONE, 0x4a5957, 1.5, {7, 4}, false},
    [SHAPE_TIE_NONE] = {"c-tie-none", NONE, 0x4a5957, 1.5, {1.5, 4}, false},
    [SHAPE_TIE_HEAD] = {"c-tie-head", NONE, 0x15211f, 1.75, {0, 0}, false},
};

const struct shape_look *shape_look(enum shape_style style)
{
    ensure(style < SHAPE_STYLE_COUNT);
    return &looks[style];
}

void shapes_begin(struct chart_shapes *s, struct arena *a, double width, const char *title,
                  const char *description, bool right_to_left)
{
    *s = (struct chart_shapes){.arena = a, .width = width, .title = title,
                               .description = description, .right_to_left = right_to_left,
                               .room = 64};
    s->items = ARENA_ARRAY(a, struct shape, 64);
}

static struct shape *add(struct chart_shapes *s, enum shape_kind kind, enum shape_style style)
{
    if (s->n == s->room) {
        struct shape *larger = ARENA_ARRAY(s->arena, struct shape, (size_t)s->room * 2);
        memcpy(larger, s->items, sizeof *larger * (size_t)s->n);
        s->items = larger;
        s->room *= 2;
    }
    struct shape *item = &s->items[s->n++];
    *item = (struct shape){.kind = kind, .style = style};
    return item;
}

void shapes_line(struct chart_shapes *s, enum shape_style style, double x1, double y1, double x2,
                 double y2)
{
    struct shape_point *points = ARENA_ARRAY(s->arena, struct shape_point, 2);
    points[0] = (struct shape_point){x1, y1};
    points[1] = (struct shape_point){x2, y2};
    shapes_path(s, style, points, 2);
}

void shapes_path(struct chart_shapes *s, enum shape_style style, const struct shape_point *points,
                 int n)
{
    struct shape *item = add(s, SHAPE_PATH, style);
    item->points = points;
    item->n_points = n;
}

void shapes_rect(struct chart_shapes *s, enum shape_style style, double x, double y, double w,
                 double h, const char *tip)
{
    struct shape *item = add(s, SHAPE_RECT, style);
    item->x = x;
    item->y = y;
    item->w = w;
    item->h = h;
    item->text = tip;
}

void shapes_stands_for(struct chart_shapes *s, const char *record, const char *name)
{
    ensure(s->n > 0 && s->items[s->n - 1].kind == SHAPE_RECT);
    s->items[s->n - 1].record = record;
    s->items[s->n - 1].name = name;
}

void shapes_mark(struct chart_shapes *s, enum shape_kind kind, enum shape_style style, double x,
                 double y, const char *tip)
{
    struct shape *item = add(s, kind, style);
    item->x = x;
    item->y = y;
    item->w = kind == SHAPE_DIAMOND ? 6 : 4;
    item->text = tip;
}

void shapes_text(struct chart_shapes *s, enum shape_style style, double x, double y,
                 enum shape_anchor anchor, const char *text)
{
    struct shape *item = add(s, SHAPE_TEXT, style);
    item->x = x;
    item->y = y;
    item->anchor = anchor;
    item->text = text;
}

static void mirror(struct chart_shapes *s, struct shape *item)
{
    if (item->kind == SHAPE_RECT) {
        item->x = s->width - item->x - item->w;
        return;
    }
    item->x = s->width - item->x;
    if (item->kind == SHAPE_TEXT) {
        item->anchor = item->anchor == SHAPE_LEFT    ? SHAPE_RIGHT
                       : item->anchor == SHAPE_RIGHT ? SHAPE_LEFT
                                                     : SHAPE_MIDDLE;
        // U+2067 .. U+2069: the words are read from right to left whatever surrounds them.
        item->text = arena_printf(s->arena, "\xe2\x81\xa7%s\xe2\x81\xa9", item->text);
    }
    struct shape_point *points = ARENA_ARRAY(s->arena, struct shape_point, (size_t)item->n_points);
    for (int i = 0; i < item->n_points; i++) {
        points[i] = (struct shape_point){s->width - item->points[i].x, item->points[i].y};
    }
    item->points = points;
}

// To a hundredth, so that a drawing that went through a file is the same to the last digit.
static double hundredth(double length)
{
    return round(length * 100) / 100;
}

static void settle(struct chart_shapes *s, struct shape *item)
{
    item->x = hundredth(item->x);
    item->y = hundredth(item->y);
    item->w = hundredth(item->w);
    item->h = hundredth(item->h);
    struct shape_point *points = ARENA_ARRAY(s->arena, struct shape_point, (size_t)item->n_points);
    for (int i = 0; i < item->n_points; i++) {
        points[i].x = hundredth(item->points[i].x);
        points[i].y = hundredth(item->points[i].y);
    }
    item->points = points;
}

void shapes_end(struct chart_shapes *s, double height)
{
    s->width = hundredth(s->width);
    s->height = hundredth(height);
    for (int i = 0; i < s->n; i++) {
        if (s->right_to_left) {
            mirror(s, &s->items[i]);
        }
        settle(s, &s->items[i]);
    }
}

// Code point at p, and its length. The text is valid UTF-8.
static unsigned code_point(const char *p, int *len)
{
    unsigned char c = (unsigned char)p[0];
    *len = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    unsigned value = *len == 1 ? c : c & (0xffu >> (*len + 1));
    for (int i = 1; i < *len; i++) {
        if (p[i] == '\0') {
            *len = i;
            return value;
        }
        value = value << 6 | ((unsigned char)p[i] & 0x3f);
    }
    return value;
}

static bool is_wide(unsigned c)
{
    return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) ||
           (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) || c >= 0x1f300;
}

static bool has_no_width(unsigned c)
{
    return (c >= 0x300 && c <= 0x36f) || (c >= 0x64b && c <= 0x65f) || c == 0x670 ||
           (c >= 0x200b && c <= 0x200f) || (c >= 0x2066 && c <= 0x2069);
}

// Width of a character in units of the font size.
static double em_of(unsigned c)
{
    if (has_no_width(c)) {
        return 0;
    }
    if (is_wide(c)) {
        return 1.02;
    }
    if (c == ' ') {
        return 0.27;
    }
    if (c < 0x80 && strchr("ijltfrI.,:;|!'()[]-", (int)c) != NULL) {
        return 0.4;
    }
    if (c < 0x80 && strchr("mMwW%@", (int)c) != NULL) {
        return 0.94;
    }
    if (c >= 'A' && c <= 'Z') {
        return 0.71;
    }
    return c < 0x80 ? 0.6 : 0.66;
}

double shapes_text_width(const char *text)
{
    double em = 0;
    int len;
    for (const char *p = text; *p != '\0'; p += len) {
        em += em_of(code_point(p, &len));
    }
    return em * SHAPE_TEXT_SIZE;
}

// Bytes of text that fit into max_width: whole words if one fits, else whole characters. *next is
// where the following line starts.
static size_t fitting(const char *text, double max_width, size_t *next)
{
    double width = 0;
    size_t word_end = 0;
    size_t at = 0;
    while (text[at] != '\0') {
        int len;
        unsigned c = code_point(text + at, &len);
        width += em_of(c) * SHAPE_TEXT_SIZE;
        if (c == ' ') {
            word_end = at;
        }
        if (width > max_width && c != ' ') {
            if (word_end > 0) {
                *next = word_end + 1;
                return word_end;
            }
            at = at == 0 ? (size_t)len : at;
            *next = at;
            return at;
        }
        at += (size_t)len;
    }
    *next = at;
    return at;
}

int shapes_wrap(struct arena *a, const char *text, double max_width, int max_lines,
                const char ***lines)
{
    ensure(max_lines > 0);
    const char **out = ARENA_ARRAY(a, const char *, (size_t)max_lines);
    int n = 0;
    while (n < max_lines) {
        size_t next;
        size_t len = fitting(text, max_width, &next);
        bool last = n + 1 == max_lines;
        if (last && text[next] != '\0') {
            len = fitting(text, max_width - SHAPE_TEXT_SIZE, &next);
            out[n++] = arena_printf(a, "%.*s…", (int)len, text);
            break;
        }
        out[n++] = arena_copy_n(a, text, len);
        text += next;
        if (text[0] == '\0') {
            break;
        }
    }
    *lines = out;
    return n;
}
