// SPDX-License-Identifier: AGPL-3.0-or-later
//
// chart_line.c: one to four lines over periods, with baseline and targets; names and last values
// stand beside the ends of the lines. See chart.h.

#include "base/bug.h"
#include "format/svg/chart_parts.h"

#define PLOT_HEIGHT 220.0
#define LABEL_LINES 3
#define LABEL_SHARE 0.3 // of the width, at most, for names beside the lines
#define MAX_LABELS (SHAPE_SERIES + 2)
#define MAX_DOTS 24 // periods; more dots than that hide the line
#define MOST_STEPS 5

// A name beside the plot: where it would stand, and where it does after making room.
struct label {
    enum shape_style style;
    const char **lines;
    int n_lines;
    double wanted; // y of its middle
    double top;
};

struct plot {
    const struct chart_line *c;
    struct arena *arena;
    struct chart_shapes *out;
    struct chart_scale scale;
    double left;
    double right;
    double top;
    double bottom;
    struct label labels[MAX_LABELS];
    int n_labels;
    double label_width;
};

static double y_of(const struct plot *p, int64_t value)
{
    return chart_place(&p->scale, value, p->bottom, p->top);
}

static double x_of(const struct plot *p, int period)
{
    if (p->c->n_periods == 1) {
        return (p->left + p->right) / 2;
    }
    double at = p->c->at != NULL ? p->c->at[period] : (double)period / (p->c->n_periods - 1);
    return p->left + (p->right - p->left) * at;
}

static void find_scale(struct plot *p)
{
    struct chart_range r = chart_range_new();
    for (int s = 0; s < p->c->n_series; s++) {
        for (int i = 0; i < p->c->n_periods; i++) {
            chart_range_add(&r, &p->c->series[s].values[i]);
        }
    }
    for (int i = 0; i < p->c->n_targets; i++) {
        chart_range_add(&r, &p->c->targets[i].value);
    }
    chart_range_add(&r, &p->c->baseline);
    if (p->c->start != NULL) {
        chart_range_add(&r, &p->c->start->value);
    }
    p->scale = chart_scale_for(r.low, r.high, MOST_STEPS, r.whole);
}

static void add_label(struct plot *p, enum shape_style style, const char *name,
                      const struct chart_value *v)
{
    struct label *l = &p->labels[p->n_labels++];
    const char *text = arena_printf(p->arena, "%s %s", name == NULL ? "" : name,
                                    chart_label(p->arena, v));
    l->style = style;
    l->n_lines = shapes_wrap(p->arena, text, p->out->width * LABEL_SHARE, LABEL_LINES, &l->lines);
    l->wanted = (double)v->scaled; // a value until the height is known
    for (int i = 0; i < l->n_lines; i++) {
        double w = shapes_text_width(l->lines[i]);
        p->label_width = w > p->label_width ? w : p->label_width;
    }
}

static const struct chart_value *last_known(const struct chart_series *s, int n)
{
    for (int i = n - 1; i >= 0; i--) {
        if (s->values[i].known) {
            return &s->values[i];
        }
    }
    return NULL;
}

static void find_labels(struct plot *p)
{
    const struct chart_line *c = p->c;
    for (int s = 0; s < c->n_series; s++) {
        const struct chart_value *v = last_known(&c->series[s], c->n_periods);
        if (v != NULL) {
            add_label(p, SHAPE_LABEL_1 + (unsigned)s, c->series[s].name, v);
        }
    }
    const struct chart_value *target = NULL;
    for (int i = 0; i < c->n_targets; i++) {
        target = c->targets[i].value.known ? &c->targets[i].value : target;
    }
    if (target != NULL) {
        add_label(p, SHAPE_WORDS_STRONG, c->target_name, target);
    }
    if (c->baseline.known) {
        add_label(p, SHAPE_WORDS, c->baseline_name, &c->baseline);
    }
}

static double label_height(const struct label *l)
{
    return l->n_lines * SHAPE_LINE_HEIGHT + 2;
}

// Edges of the plot: the marks' width before it, the names' behind it, half a period on both sides.
static void find_edges(struct plot *p)
{
    const struct chart_line *c = p->c;
    double half_first = shapes_text_width(c->periods[0]) / 2;
    double half_last = shapes_text_width(c->periods[c->n_periods - 1]) / 2;
    double marks = chart_scale_width(p->arena, &p->scale) + CHART_GAP;
    double names = p->n_labels == 0 ? 0 : p->label_width + CHART_GAP + 10;
    p->left = half_first > marks ? half_first : marks;
    p->right = p->out->width - (half_last > names ? half_last : names);
    p->top = c->head.unit == NULL ? 10 : 30;
    double height = c->plot_height > 0 ? c->plot_height : PLOT_HEIGHT;
    double needed = 0;
    for (int i = 0; i < p->n_labels; i++) {
        needed += label_height(&p->labels[i]);
    }
    p->bottom = p->top + (needed > height ? needed : height);
}

// Names in the order of their values, pushed apart: first down, then up from the bottom.
static void spread_labels(struct plot *p)
{
    for (int i = 0; i < p->n_labels; i++) {
        p->labels[i].wanted = y_of(p, (int64_t)p->labels[i].wanted);
        for (int k = i; k > 0 && p->labels[k].wanted < p->labels[k - 1].wanted; k--) {
            struct label swap = p->labels[k];
            p->labels[k] = p->labels[k - 1];
            p->labels[k - 1] = swap;
        }
    }
    double free_from = p->top - SHAPE_LINE_HEIGHT / 2;
    for (int i = 0; i < p->n_labels; i++) {
        struct label *l = &p->labels[i];
        double top = l->wanted - label_height(l) / 2;
        l->top = top > free_from ? top : free_from;
        free_from = l->top + label_height(l);
    }
    double free_to = p->bottom + SHAPE_LINE_HEIGHT / 2;
    for (int i = p->n_labels - 1; i >= 0; i--) {
        struct label *l = &p->labels[i];
        if (l->top + label_height(l) > free_to) {
            l->top = free_to - label_height(l);
        }
        free_to = l->top;
    }
}

static void draw_labels(struct plot *p)
{
    spread_labels(p);
    for (int i = 0; i < p->n_labels; i++) {
        const struct label *l = &p->labels[i];
        double middle = l->top + label_height(l) / 2;
        double x = p->right + 10;
        if (middle - l->wanted > 5 || l->wanted - middle > 5) {
            shapes_line(p->out, SHAPE_LEADER, p->right + 5, l->wanted, x + 4, middle);
        }
        for (int k = 0; k < l->n_lines; k++) {
            shapes_text(p->out, l->style, x + CHART_GAP,
                        l->top + (k + 1) * SHAPE_LINE_HEIGHT - 3, SHAPE_LEFT, l->lines[k]);
        }
    }
}

static void draw_marks(struct plot *p)
{
    for (int64_t v = p->scale.first; v <= p->scale.last; v += p->scale.step) {
        double y = y_of(p, v);
        shapes_line(p->out, v == 0 ? SHAPE_AXIS : SHAPE_GRID, p->left, y, p->right, y);
        shapes_text(p->out, SHAPE_WORDS, p->left - CHART_GAP, y + 4.5, SHAPE_RIGHT,
                    chart_number(p->arena, v));
    }
    if (p->c->head.unit != NULL) {
        const char **lines;
        shapes_wrap(p->arena, p->c->head.unit, p->out->width, 1, &lines);
        shapes_text(p->out, SHAPE_WORDS, 0, 13, SHAPE_LEFT, lines[0]);
    }
}

// As many periods as fit, counted back from the last, which matters most.
static void draw_periods(struct plot *p)
{
    double widest = 0;
    for (int i = 0; i < p->c->n_periods; i++) {
        double w = shapes_text_width(p->c->periods[i]);
        widest = w > widest ? w : widest;
    }
    double free_to = p->out->width + widest; // where the name drawn before begins
    for (int i = p->c->n_periods - 1; i >= 0; i--) {
        double x = x_of(p, i);
        if (x + widest + 12 <= free_to) {
            shapes_text(p->out, SHAPE_WORDS, x, p->bottom + 22, SHAPE_MIDDLE, p->c->periods[i]);
            free_to = x;
        }
    }
}

static void draw_series(struct plot *p, int number)
{
    const struct chart_series *s = &p->c->series[number];
    int n = p->c->n_periods;
    struct shape_point *points = ARENA_ARRAY(p->arena, struct shape_point, (size_t)n);
    int start = 0;
    for (int i = 0; i <= n; i++) {
        if (i < n && s->values[i].known) {
            points[i] = (struct shape_point){x_of(p, i), y_of(p, s->values[i].scaled)};
            continue;
        }
        if (i - start > 1) {
            shapes_path(p->out, SHAPE_LINE_1 + (unsigned)number, points + start, i - start);
        }
        start = i + 1;
    }
    const struct chart_value *last = last_known(s, n);
    for (int i = 0; i < n; i++) {
        const struct chart_value *v = &s->values[i];
        bool alone = (i == 0 || !s->values[i - 1].known) && (i + 1 == n || !s->values[i + 1].known);
        if (v->known && (n <= MAX_DOTS || alone || v == last)) {
            shapes_mark(p->out, SHAPE_DOT, SHAPE_DOT_1 + (unsigned)number, points[i].x, points[i].y,
                        arena_printf(p->arena, "%s %s: %s", s->name == NULL ? "" : s->name,
                                     p->c->periods[i], chart_label(p->arena, v)));
        }
    }
}

static void draw_targets(struct plot *p)
{
    const struct chart_line *c = p->c;
    const struct chart_target *before = NULL;
    for (int i = 0; i < c->n_targets; i++) {
        const struct chart_target *t = &c->targets[i];
        ensure(t->period >= 0 && t->period < c->n_periods);
        if (t->value.known && before != NULL) {
            shapes_line(p->out, SHAPE_TARGET, x_of(p, before->period),
                        y_of(p, before->value.scaled), x_of(p, t->period),
                        y_of(p, t->value.scaled));
        }
        before = t->value.known ? t : before;
    }
    for (int i = 0; i < c->n_targets; i++) {
        const struct chart_target *t = &c->targets[i];
        if (t->value.known) {
            shapes_mark(p->out, SHAPE_DIAMOND, SHAPE_GOAL, x_of(p, t->period),
                        y_of(p, t->value.scaled),
                        arena_printf(p->arena, "%s %s: %s", c->target_name, c->periods[t->period],
                                     chart_label(p->arena, &t->value)));
        }
    }
}

void chart_draw_line(struct arena *a, const struct chart_line *c, struct chart_shapes *out)
{
    ensure(c->n_periods >= 1 && c->n_series >= 0 && c->n_series <= SHAPE_SERIES);
    double width = c->head.width > 0 ? c->head.width : CHART_WIDTH;
    shapes_begin(out, a, width, c->head.title, c->head.description, c->head.right_to_left);
    struct plot p = {.c = c, .arena = a, .out = out};
    find_scale(&p);
    find_labels(&p);
    find_edges(&p);
    draw_marks(&p);
    draw_periods(&p);
    if (c->baseline.known) {
        double y = y_of(&p, c->baseline.scaled);
        shapes_line(out, SHAPE_BASE, p.left, y, p.right, y);
    }
    if (c->start != NULL && c->start->value.known && c->start_to < c->n_targets) {
        const struct chart_target *to = &c->targets[c->start_to];
        shapes_line(out, SHAPE_TARGET, x_of(&p, c->start->period), y_of(&p, c->start->value.scaled),
                    x_of(&p, to->period), y_of(&p, to->value.scaled));
    }
    for (int i = 0; i < c->n_series; i++) {
        draw_series(&p, i);
    }
    draw_targets(&p);
    draw_labels(&p);
    shapes_end(out, p.bottom + 30);
}
