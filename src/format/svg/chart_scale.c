// SPDX-License-Identifier: AGPL-3.0-or-later
//
// chart_scale.c: the marks of an axis (chart.h), and how values become pixels and words.

#include "format/svg/chart_parts.h"

#include "base/bug.h"
#include "base/decimal.h"

static int64_t floor_to(int64_t value, int64_t step)
{
    int64_t rest = value % step;
    return rest < 0 ? value - rest - step : value - rest;
}

static int64_t ceil_to(int64_t value, int64_t step)
{
    return -floor_to(-value, step);
}

// The next of 1, 2, 5, 10, 20, 50, ...
static int64_t next_step(int64_t step)
{
    int64_t power = 1;
    while (power <= step / 10) {
        power *= 10;
    }
    return step == power ? 2 * power : step == 2 * power ? 5 * power : 10 * power;
}

struct chart_scale chart_scale_for(int64_t low, int64_t high, int most, bool whole)
{
    ensure(most >= 1 && most <= 20 && low <= high);
    if (low > 0) {
        low = 0;
    }
    if (high < 0) {
        high = 0;
    }
    if (low == high) {
        return (struct chart_scale){0, DECIMAL_ONE, DECIMAL_ONE};
    }
    // No step below a `most`-th of the range can do; begin at the power of ten under it.
    int64_t step = whole ? DECIMAL_ONE : 1;
    while (step <= (high - low) / most / 10) {
        step *= 10;
    }
    for (;; step = next_step(step)) {
        int64_t first = floor_to(low, step);
        int64_t last = ceil_to(high, step);
        if ((last - first) / step <= most) {
            return (struct chart_scale){first, last, step};
        }
    }
}

struct chart_range chart_range_new(void)
{
    return (struct chart_range){.whole = true};
}

void chart_range_add(struct chart_range *r, const struct chart_value *v)
{
    if (!v->known) {
        return;
    }
    r->low = v->scaled < r->low ? v->scaled : r->low;
    r->high = v->scaled > r->high ? v->scaled : r->high;
    r->whole = r->whole && v->scaled % DECIMAL_ONE == 0;
}

const char *chart_label(struct arena *a, const struct chart_value *v)
{
    if (v->label != NULL) {
        return v->label;
    }
    return v->known ? chart_number(a, v->scaled) : "";
}

const char *chart_number(struct arena *a, int64_t scaled)
{
    return decimal_for_people(a, decimal_short(a, scaled));
}

double chart_place(const struct chart_scale *scale, int64_t value, double from, double to)
{
    double share = (double)(value - scale->first) / (double)(scale->last - scale->first);
    return from + share * (to - from);
}

double chart_scale_width(struct arena *a, const struct chart_scale *scale)
{
    double widest = 0;
    for (int64_t v = scale->first; v <= scale->last; v += scale->step) {
        double w = shapes_text_width(chart_number(a, v));
        widest = w > widest ? w : widest;
    }
    return widest;
}
