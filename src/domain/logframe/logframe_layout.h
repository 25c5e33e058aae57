// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_layout.h: where the boxes and lines of a graph stand. The question is written for Graphviz `dot`
// as numbers only, without a word of the programme; its plain answer is read with distrust. Starting the
// program is not here (logframe_figure_web.c).

#ifndef LOGFRAME_LOGFRAME_LAYOUT_H
#define LOGFRAME_LOGFRAME_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

// Lengths are pixels; y grows downwards in the answer.
struct layout_box {
    double w; // asked
    double h;
    size_t row; // asked, 0 lowest
    double x;   // answer: middle
    double y;
};
struct layout_point {
    double x;
    double y;
};
struct layout_line {
    size_t from; // asked: boxes
    size_t to;
    struct layout_point *points; // answer: from the edge of one box to that of the other
    size_t n_points;
    struct layout_point mark; // where its number stands
};
struct layout {
    struct layout_box *boxes;
    size_t n_boxes;
    struct layout_line *lines;
    size_t n_lines;
    double width; // answer
    double height;
};

// The question in the language of dot.
void layout_ask(struct buf *out, const struct layout *l);
// Reads the answer (`dot -Tplain`); curves become short straight pieces. ERR_INPUT when it is not one, or
// leaves a box or a line out.
MUST_CHECK enum err layout_read(struct arena *a, const char *plain, struct layout *l,
                                struct err_info *e);

#endif
