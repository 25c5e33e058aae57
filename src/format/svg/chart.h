// SPDX-License-Identifier: AGPL-3.0-or-later
//
// chart.h: the three charts of Mainstay, as shapes: a line over periods, bars, stacked bars.
//
// Every axis begins at zero (or passes it); marks stand at 1, 2 or 5 times a power of ten; lines and
// bars carry their own names and values instead of a legend where that is possible. All words arrive
// translated. Long names are broken into lines and cut with "…", never laid over each other. The heat
// map of risks is an HTML table and not drawn here.

#ifndef FORMAT_SVG_CHART_H
#define FORMAT_SVG_CHART_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "format/svg/shapes.h"

// A number times 1,000,000 (base/decimal.h), or none.
struct chart_value {
    bool known;
    int64_t scaled;
    const char *label; // for people; NULL: made from the number. Unknown: "not known", or NULL
};

struct chart_head {
    const char *title;       // for screen readers
    const char *description; // for screen readers: what the chart shows, with the main figures
    const char *unit;        // "persons", "%"; above the axis; NULL: none
    bool right_to_left;      // mirrors everything, time too
    double width;            // 0: 680
};

struct chart_series {
    const char *name;
    const struct chart_value *values; // one for each period
};

struct chart_target {
    int period; // index
    struct chart_value value;
};

struct chart_line {
    struct chart_head head;
    double plot_height; // at least; 0: 220
    const char *const *periods; // oldest first, at least 1
    int n_periods;
    const double *at; // where each period stands, from 0 for the first to 1 for the last; NULL: at equal steps
    const struct chart_series *series; // at most SHAPE_SERIES; more is a bug
    int n_series;
    struct chart_value baseline;
    const char *baseline_name; // "Baseline"
    const struct chart_target *targets;
    int n_targets;
    const char *target_name; // "Target"
    const struct chart_target *start; // a straight line leads from here to a target; NULL: none
    int start_to;                     // which of them
};

struct chart_bar {
    const char *name;
    struct chart_value value;
    struct chart_value target;
};

struct chart_bars {
    struct chart_head head;
    const struct chart_bar *bars;
    int n;
    const char *target_name; // shown once above, when a bar has a target
};

struct chart_part {
    const char *name;
    bool is_unknown; // "not known", "withheld": drawn in grey, apart from the palette
};

struct chart_stack_row {
    const char *name;
    const struct chart_value *values; // one for each part; below zero is drawn as zero
    const char *total_label;          // at the end of the bar, or NULL
};

struct chart_stack {
    struct chart_head head;
    const struct chart_part *parts; // at most SHAPE_PARTS that are not unknown
    int n_parts;
    const struct chart_stack_row *rows;
    int n;
};

void chart_draw_line(struct arena *a, const struct chart_line *c, struct chart_shapes *out);
void chart_draw_bars(struct arena *a, const struct chart_bars *c, struct chart_shapes *out);
void chart_draw_stack(struct arena *a, const struct chart_stack *c, struct chart_shapes *out);

// Marks of an axis from `first` to `last` every `step` (all scaled).
struct chart_scale {
    int64_t first;
    int64_t last;
    int64_t step;
};

// The axis for values from low to high: zero is on it, the step is 1, 2 or 5 times a power of ten,
// the smallest that needs at most `most` steps (1 to 20); whole: not below 1. low = high = 0 gives
// 0 to 1. Worked example: 0 to 412, at most 5 steps: 0, 100, ... 500. |low|, |high| <= 10^18.
struct chart_scale chart_scale_for(int64_t low, int64_t high, int most, bool whole);

#endif
