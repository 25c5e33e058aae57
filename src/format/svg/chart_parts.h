// SPDX-License-Identifier: AGPL-3.0-or-later
//
// chart_parts.h: what the charts of this folder share. Not for others; they use chart.h.

#ifndef FORMAT_SVG_CHART_PARTS_H
#define FORMAT_SVG_CHART_PARTS_H

#include "format/svg/chart.h"

#define CHART_WIDTH 680.0
#define CHART_GAP 8.0

// What the values of a chart span; zero is always in it.
struct chart_range {
    int64_t low;
    int64_t high;
    bool whole; // all values so far are whole numbers
};

struct chart_range chart_range_new(void);
void chart_range_add(struct chart_range *r, const struct chart_value *v);

const char *chart_number(struct arena *a, int64_t scaled);
const char *chart_label(struct arena *a, const struct chart_value *v);
// Where a value stands when the scale goes from `from` to `to` pixels.
double chart_place(const struct chart_scale *scale, int64_t value, double from, double to);
// Width of the widest mark in pixels.
double chart_scale_width(struct arena *a, const struct chart_scale *scale);

#endif
