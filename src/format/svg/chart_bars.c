// SPDX-License-Identifier: AGPL-3.0-or-later
//
// chart_bars.c: horizontal bars, single or stacked; names before them, values at their ends. See
// chart.h.

#include "base/bug.h"
#include "format/svg/chart_parts.h"

#define BOLD 1.1        // names of bars are bold, and so wider than other words
#define NAME_SHARE 0.36 // of the width, at most, for the names of the bars
#define NAME_LINES 3
#define BAR_HEIGHT 20.0
#define ROW_PADDING 12.0
#define MOST_STEPS 5

// A row laid out: its name in lines and where it stands.
struct row {
    const char **lines;
    int n_lines;
    double top;
    double height;
};

struct plot {
    struct arena *arena;
    struct chart_shapes *out;
    struct chart_scale scale;
    struct row *rows;
    int n;
    double left;
    double right;
    double top;
    double bottom;
};

static double x_of(const struct plot *p, int64_t value)
{
    return chart_place(&p->scale, value, p->left, p->right);
}

// Wraps the names and gives each row its height; returns the width of the widest name.
static double lay_rows(struct plot *p, const char *const *names)
{
    double widest = 0;
    double y = p->top;
    p->rows = ARENA_ARRAY(p->arena, struct row, (size_t)p->n);
    for (int i = 0; i < p->n; i++) {
        struct row *r = &p->rows[i];
        r->n_lines = shapes_wrap(p->arena, names[i], p->out->width * NAME_SHARE, NAME_LINES,
                                 &r->lines);
        for (int k = 0; k < r->n_lines; k++) {
            double w = BOLD * shapes_text_width(r->lines[k]);
            widest = w > widest ? w : widest;
        }
        double words = r->n_lines * SHAPE_LINE_HEIGHT;
        r->top = y;
        r->height = (words > BAR_HEIGHT ? words : BAR_HEIGHT) + ROW_PADDING;
        y += r->height;
    }
    p->bottom = y;
    return widest;
}

static double middle_of(const struct row *r)
{
    return r->top + r->height / 2;
}

static void draw_frame(struct plot *p, const char *unit, double name_right)
{
    double room = p->right - p->left;
    double widest = chart_scale_width(p->arena, &p->scale) + 12;
    int64_t steps = (p->scale.last - p->scale.first) / p->scale.step;
    int64_t every = 1;
    while (every < steps && room / (double)steps * (double)every < widest) {
        every++;
    }
    for (int64_t v = p->scale.first, i = 0; v <= p->scale.last; v += p->scale.step, i++) {
        double x = x_of(p, v);
        // Values stand beside the bars, so a short mark will do where a line would cross them.
        shapes_line(p->out, SHAPE_AXIS, x, v == 0 ? p->top : p->bottom, x, p->bottom + 4);
        if (i % every == 0) {
            shapes_text(p->out, SHAPE_WORDS, x, p->bottom + 19, SHAPE_MIDDLE,
                        chart_number(p->arena, v));
        }
    }
    shapes_line(p->out, SHAPE_AXIS, p->left, p->bottom, p->right, p->bottom);
    if (unit != NULL) {
        const char **lines;
        shapes_wrap(p->arena, unit, p->out->width, 1, &lines);
        shapes_text(p->out, SHAPE_WORDS, p->out->width, p->bottom + 37, SHAPE_RIGHT, lines[0]);
    }
    for (int i = 0; i < p->n; i++) {
        const struct row *r = &p->rows[i];
        double y = middle_of(r) - r->n_lines * SHAPE_LINE_HEIGHT / 2 + SHAPE_LINE_HEIGHT - 4;
        for (int k = 0; k < r->n_lines; k++) {
            shapes_text(p->out, SHAPE_WORDS_STRONG, name_right, y + k * SHAPE_LINE_HEIGHT,
                        SHAPE_RIGHT, r->lines[k]);
        }
    }
}

static double height_of(const struct plot *p, const char *unit)
{
    return p->bottom + (unit == NULL ? 26 : 44);
}

static void draw_bar(struct plot *p, const struct chart_bar *bar, const struct row *r)
{
    double zero = x_of(p, 0);
    double y = middle_of(r) - BAR_HEIGHT / 2;
    double end = bar->value.known ? x_of(p, bar->value.scaled) : zero;
    bool below = end < zero;
    const char *label = chart_label(p->arena, &bar->value);
    const char *tip = arena_printf(p->arena, "%s: %s", bar->name, label);
    if (bar->value.known) {
        shapes_rect(p->out, SHAPE_BAR, below ? end : zero, y,
                    below ? zero - end : end - zero, BAR_HEIGHT, tip);
    }
    double room = shapes_text_width(label) + 2 * CHART_GAP;
    double at = below ? end - CHART_GAP : end + CHART_GAP;
    if (bar->target.known) {
        double t = x_of(p, bar->target.scaled);
        shapes_line(p->out, SHAPE_TARGET, t, y - 5, t, y + BAR_HEIGHT + 5);
        if (!below && t > end && t < end + room) {
            at = t + CHART_GAP;
        } else if (below && t < end && t > end - room) {
            at = t - CHART_GAP;
        }
    }
    shapes_text(p->out, SHAPE_WORDS, at, middle_of(r) + 4.5, below ? SHAPE_RIGHT : SHAPE_LEFT,
                label);
}

// Room for values beyond the ends of the bars, on both sides when some are below zero.
static void place_plot(struct plot *p, double names, double labels)
{
    bool below = p->scale.first < 0;
    p->left = names + CHART_GAP + (below ? labels + CHART_GAP : 0);
    p->right = p->out->width - labels - 2 * CHART_GAP;
    double half_mark = chart_scale_width(p->arena, &p->scale) / 2;
    p->left = p->left > half_mark ? p->left : half_mark;
    if (p->right > p->out->width - half_mark) {
        p->right = p->out->width - half_mark;
    }
}

void chart_draw_bars(struct arena *a, const struct chart_bars *c, struct chart_shapes *out)
{
    double width = c->head.width > 0 ? c->head.width : CHART_WIDTH;
    shapes_begin(out, a, width, c->head.title, c->head.description, c->head.right_to_left);
    struct plot p = {.arena = a, .out = out, .n = c->n};
    struct chart_range range = chart_range_new();
    const char **names = ARENA_ARRAY(a, const char *, (size_t)c->n);
    double labels = 0;
    bool has_target = false;
    for (int i = 0; i < c->n; i++) {
        names[i] = c->bars[i].name;
        chart_range_add(&range, &c->bars[i].value);
        chart_range_add(&range, &c->bars[i].target);
        double w = shapes_text_width(chart_label(a, &c->bars[i].value));
        labels = w > labels ? w : labels;
        has_target = has_target || c->bars[i].target.known;
    }
    p.top = has_target && c->target_name != NULL ? 28 : 4;
    p.scale = chart_scale_for(range.low, range.high, MOST_STEPS, range.whole);
    double widest = lay_rows(&p, names);
    place_plot(&p, widest, labels);
    draw_frame(&p, c->head.unit, widest);
    for (int i = 0; i < c->n; i++) {
        draw_bar(&p, &c->bars[i], &p.rows[i]);
    }
    if (p.top > 4) {
        shapes_line(out, SHAPE_TARGET, p.left + 2, 3, p.left + 2, 19);
        shapes_text(out, SHAPE_WORDS, p.left + 2 + CHART_GAP, 15, SHAPE_LEFT, c->target_name);
    }
    shapes_end(out, height_of(&p, c->head.unit));
}

// Each part's style: the palette in order, grey for what is not known.
static enum shape_style part_style(const struct chart_stack *c, int part)
{
    if (c->parts[part].is_unknown) {
        return SHAPE_PART_UNKNOWN;
    }
    unsigned number = 0;
    for (int i = 0; i < part; i++) {
        number += !c->parts[i].is_unknown;
    }
    ensure(number < SHAPE_PARTS);
    return SHAPE_PART_1 + number;
}

static bool is_dark(enum shape_style style)
{
    int rgb = shape_look(style)->fill;
    int light = (rgb >> 16 & 0xff) * 3 + (rgb >> 8 & 0xff) * 6 + (rgb & 0xff);
    return light < 1300;
}

// The names of the parts above the bars, as many lines as they need; returns the height.
static double draw_keys(struct chart_shapes *out, struct arena *a, const struct chart_stack *c)
{
    double x = 0;
    double y = 2;
    for (int i = 0; i < c->n_parts; i++) {
        const char **lines;
        shapes_wrap(a, c->parts[i].name, out->width - 30, 1, &lines);
        double w = 20 + shapes_text_width(lines[0]);
        if (x > 0 && x + w > out->width) {
            x = 0;
            y += 22;
        }
        shapes_rect(out, part_style(c, i), x, y, 14, 14, NULL);
        shapes_text(out, SHAPE_WORDS, x + 20, y + 12, SHAPE_LEFT, lines[0]);
        x += w + 18;
    }
    return y + 26;
}

static int64_t drawn(const struct chart_value *v)
{
    return v->known && v->scaled > 0 ? v->scaled : 0;
}

static void draw_stack(struct plot *p, const struct chart_stack *c, int number)
{
    const struct chart_stack_row *row = &c->rows[number];
    double y = middle_of(&p->rows[number]) - BAR_HEIGHT / 2;
    int64_t sum = 0;
    for (int i = 0; i < c->n_parts; i++) {
        const struct chart_value *v = &row->values[i];
        double from = x_of(p, sum);
        sum += drawn(v);
        double to = x_of(p, sum);
        if (to - from < 0.05) {
            continue;
        }
        enum shape_style style = part_style(c, i);
        const char *label = chart_label(p->arena, v);
        shapes_rect(p->out, style, from, y, to - from > 2 ? to - from - 1 : to - from, BAR_HEIGHT,
                    arena_printf(p->arena, "%s, %s: %s", row->name, c->parts[i].name, label));
        if (shapes_text_width(label) + 6 <= to - from) {
            shapes_text(p->out, is_dark(style) ? SHAPE_WORDS_ON_DARK : SHAPE_WORDS_ON_LIGHT,
                        (from + to) / 2, y + BAR_HEIGHT / 2 + 4.5, SHAPE_MIDDLE, label);
        }
    }
    if (row->total_label != NULL) {
        shapes_text(p->out, SHAPE_WORDS, x_of(p, sum) + CHART_GAP, y + BAR_HEIGHT / 2 + 4.5,
                    SHAPE_LEFT, row->total_label);
    }
}

void chart_draw_stack(struct arena *a, const struct chart_stack *c, struct chart_shapes *out)
{
    double width = c->head.width > 0 ? c->head.width : CHART_WIDTH;
    shapes_begin(out, a, width, c->head.title, c->head.description, c->head.right_to_left);
    struct plot p = {.arena = a, .out = out, .n = c->n};
    struct chart_range range = chart_range_new();
    const char **names = ARENA_ARRAY(a, const char *, (size_t)c->n);
    double labels = 0;
    for (int i = 0; i < c->n; i++) {
        struct chart_value sum = {.known = true};
        names[i] = c->rows[i].name;
        for (int k = 0; k < c->n_parts; k++) {
            sum.scaled += drawn(&c->rows[i].values[k]);
        }
        chart_range_add(&range, &sum);
        double w = c->rows[i].total_label == NULL ? 0 : shapes_text_width(c->rows[i].total_label);
        labels = w > labels ? w : labels;
    }
    p.top = draw_keys(out, a, c);
    p.scale = chart_scale_for(range.low, range.high, MOST_STEPS, range.whole);
    double widest = lay_rows(&p, names);
    place_plot(&p, widest, labels);
    draw_frame(&p, c->head.unit, widest);
    for (int i = 0; i < c->n; i++) {
        draw_stack(&p, c, i);
    }
    shapes_end(out, height_of(&p, c->head.unit));
}
