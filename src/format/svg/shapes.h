// SPDX-License-Identifier: AGPL-3.0-or-later
//
// shapes.h: a drawing as a list of lines, boxes and texts, computed once and drawn by two hands: SVG
// (svg_write.c) and PDF (report/draw_pdf.c).
//
// Lengths are CSS pixels; y grows downwards. All texts are 13 px high, the size the stylesheet gives
// them. Colours are named by style: a page takes them from its stylesheet by class, PDF and other
// viewers from shape_look().

#ifndef FORMAT_SVG_SHAPES_H
#define FORMAT_SVG_SHAPES_H

#include <stdbool.h>

#include "base/arena.h"

#define SHAPE_TEXT_SIZE 13.0
#define SHAPE_LINE_HEIGHT 16.0
#define SHAPE_SERIES 4 // lines in one chart that the eye can tell apart
#define SHAPE_PARTS 6  // parts of a stacked bar, the same

enum shape_style {
    SHAPE_GRID,
    SHAPE_AXIS,
    SHAPE_BAR,
    SHAPE_TARGET,
    SHAPE_GOAL, // the diamond of one target
    SHAPE_BASE,
    SHAPE_LEADER, // from a label that had to move to its point
    SHAPE_WORDS,
    SHAPE_WORDS_STRONG,
    SHAPE_WORDS_ON_DARK,
    SHAPE_WORDS_ON_LIGHT,
    SHAPE_LINE_1,
    SHAPE_DOT_1 = SHAPE_LINE_1 + SHAPE_SERIES,
    SHAPE_LABEL_1 = SHAPE_DOT_1 + SHAPE_SERIES,
    SHAPE_PART_1 = SHAPE_LABEL_1 + SHAPE_SERIES,
    SHAPE_PART_UNKNOWN = SHAPE_PART_1 + SHAPE_PARTS,
    SHAPE_BAND_1, // stretches behind a drawing: spheres of control, influence, interest
    SHAPE_BAND_2,
    SHAPE_BAND_3,
    SHAPE_CARD,      // a box with words in it
    SHAPE_CARD_WARN, // one that something is missing of
    SHAPE_TIE_STRONG, // from box to box, by the strength of the evidence
    SHAPE_TIE_SOME,
    SHAPE_TIE_WEAK,
    SHAPE_TIE_NONE,
    SHAPE_TIE_HEAD,
    SHAPE_STYLE_COUNT
};

// How a style looks without a stylesheet. Colours are 0xRRGGBB, -1 for none.
struct shape_look {
    const char *class_name;
    int fill;
    int stroke;
    double width;
    double dash[2]; // 0, 0: a line without gaps
    bool bold;
};

enum shape_kind {
    SHAPE_PATH, // points joined by straight lines
    SHAPE_RECT,
    SHAPE_DOT,
    SHAPE_DIAMOND,
    SHAPE_TEXT
};

enum shape_anchor { SHAPE_LEFT, SHAPE_MIDDLE, SHAPE_RIGHT };

struct shape_point {
    double x;
    double y;
};

struct shape {
    enum shape_kind kind;
    enum shape_style style;
    double x; // RECT: left; TEXT: its anchor; DOT, DIAMOND: middle
    double y; // RECT: top; TEXT: base line; DOT, DIAMOND: middle
    double w; // DOT, DIAMOND: radius
    double h;
    enum shape_anchor anchor;
    const char *text; // TEXT: the words; others: the tip, or NULL
    const struct shape_point *points;
    int n_points;
    const char *record; // RECT: id of the record it stands for, or NULL
    const char *name;   // of that record
};

struct chart_shapes {
    struct arena *arena;
    double width;
    double height;
    const char *title;       // for screen readers: what the chart shows
    const char *description; // the same in a sentence or two, with the main figures
    bool right_to_left;
    bool is_of_records; // words are texts of records cut into lines: nothing for a translator
    struct shape *items;
    int n;
    int room;
};

const struct shape_look *shape_look(enum shape_style style);

void shapes_begin(struct chart_shapes *s, struct arena *a, double width, const char *title,
                  const char *description, bool right_to_left);
void shapes_line(struct chart_shapes *s, enum shape_style style, double x1, double y1, double x2,
                 double y2);
// points are kept, not copied.
void shapes_path(struct chart_shapes *s, enum shape_style style, const struct shape_point *points,
                 int n);
// tip is shown by a browser when the pointer rests, and may be NULL.
void shapes_rect(struct chart_shapes *s, enum shape_style style, double x, double y, double w,
                 double h, const char *tip);
// The box drawn last stands for a record: a script of the page can find it by id and tell its name.
void shapes_stands_for(struct chart_shapes *s, const char *record, const char *name);
void shapes_mark(struct chart_shapes *s, enum shape_kind kind, enum shape_style style, double x,
                 double y, const char *tip);
void shapes_text(struct chart_shapes *s, enum shape_style style, double x, double y,
                 enum shape_anchor anchor, const char *text);
// Sets the height; in a right-to-left drawing everything is mirrored and texts are set in isolates.
void shapes_end(struct chart_shapes *s, double height);

// Width of a text in pixels, on the safe side: real fonts are rarely wider. (Widths of Noto Sans by
// class of character; kerning and joining only make text narrower.)
double shapes_text_width(const char *text);
// Breaks a text into at most max_lines lines no wider than max_width; what is left over ends in "…".
// Returns the number of lines, at least 1.
int shapes_wrap(struct arena *a, const char *text, double max_width, int max_lines,
                const char ***lines);

#endif
