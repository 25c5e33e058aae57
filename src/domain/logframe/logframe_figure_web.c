// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_figure_web.c: see logframe_figure_web.h. `dot` only says where things stand: words and colours are
// ours, so that the picture follows the theme, is mirrored right to left, and is the same in the PDF.

#include "logframe/logframe_figure_web.h"

#include <math.h>
#include <string.h>

#include "base/bug.h"
#include "logframe/logframe_layout.h"
#include "os/child.h"

#define BOX_WIDTH 164.0
#define BOX_PAD 10.0
#define BOX_LINES 5
#define SIDE 104.0 // for the names of the levels
#define EDGE 14.0
#define BAND_PAD 14.0
#define LEGEND_LINE 36.0
#define LEAST_WIDTH 620.0
#define MOST_OUTPUT ((size_t)1 << 20)
#define MOST_MS 5000
#define MOST_QUESTION ((size_t)256 * 1024)

struct picture {
    struct arena *arena;
    const struct lang *lang;
    const struct theory *theory;
    struct layout layout;
    const char ***words; // of each box, wrapped
    int *n_words;
    bool *incomplete; // of each result
    bool lacks;       // one of them
    double left;      // of the graph
    struct chart_shapes *out;
};

// ---- places -------------------------------------------------------------------------------------

static void measure_boxes(struct picture *p)
{
    const struct theory *t = p->theory;
    size_t n_rows;
    size_t *rows = ARENA_ARRAY(p->arena, size_t, t->n_results + 1);
    theory_rows(p->arena, t, rows, &n_rows);
    p->words = ARENA_ARRAY(p->arena, const char **, t->n_results + 1);
    p->n_words = ARENA_ARRAY(p->arena, int, t->n_results + 1);
    p->layout.boxes = ARENA_ARRAY(p->arena, struct layout_box, t->n_results + 1);
    p->layout.n_boxes = t->n_results;
    for (size_t i = 0; i < t->n_results; i++) {
        p->n_words[i] =
            shapes_wrap(p->arena, record_text(t->results[i].record, "statement"),
                        BOX_WIDTH - 2 * BOX_PAD, BOX_LINES, &p->words[i]);
        p->layout.boxes[i] = (struct layout_box){
            .w = BOX_WIDTH,
            .h = SHAPE_LINE_HEIGHT * (1 + p->n_words[i]) + 2 * BOX_PAD - 4,
            .row = rows[i]};
    }
    p->layout.lines = ARENA_ARRAY(p->arena, struct layout_line, t->n_links + 1);
    p->layout.n_lines = t->n_links;
    for (size_t i = 0; i < t->n_links; i++) {
        p->layout.lines[i] =
            (struct layout_line){.from = t->links[i].cause, .to = t->links[i].effect};
    }
}

static enum err ask_dot(struct picture *p, struct err_info *e)
{
    const char *path = child_find(p->arena, "dot");
    if (path == NULL) {
        return err_set(e, ERR_FAILED, NULL,
                       MSG("There is no picture, because the program “dot” is not installed here."),
                       MSG("Use the list; it holds the same. Who looks after this installation can "
                           "install the package graphviz."),
                       NULL);
    }
    struct buf question;
    struct child_output answer;
    buf_init(&question, p->arena, MOST_QUESTION);
    layout_ask(&question, &p->layout);
    const struct child_job job = {.argv = (const char *const[]){path, "-Tplain", NULL},
                                  .what = MSG("drawing the theory of change"),
                                  .input = question.data,
                                  .input_len = question.len,
                                  .output_limit_bytes = MOST_OUTPUT,
                                  .time_limit_ms = MOST_MS};
    enum err err = child_run(p->arena, &job, &answer, e);
    if (err == ERR_NONE && answer.exit_status != 0) {
        err = err_set(e, ERR_FAILED, NULL, MSG("The picture could not be drawn."),
                      MSG("Use the list; it holds the same."), NULL);
        err_detail(e, "dot ended with %d: %s", answer.exit_status, answer.errors);
    }
    return err == ERR_NONE ? layout_read(p->arena, arena_copy_n(p->arena, answer.bytes, answer.len),
                                         &p->layout, e)
                           : err;
}

// ---- drawing ------------------------------------------------------------------------------------

static const char *sphere_words(struct picture *p, unsigned spheres)
{
    static const char *const words[] = {
        [1] = MSG("sphere of control"),
        [2] = MSG("sphere of influence"),
        [3] = MSG("control and influence"),
        [4] = MSG("sphere of interest"),
        [5] = MSG("control and interest"),
        [6] = MSG("influence and interest"),
        [7] = MSG("control, influence and interest"),
    };
    return spheres == 0 ? NULL : tr(p->lang, words[spheres & 7]);
}

// Spheres of the links that lead to a level, as bits. What nothing leads to and is on the lowest level is in
// the hands of the programme.
static unsigned spheres_of(const struct theory *t, enum logframe_level level)
{
    unsigned spheres = 0;
    bool any = false;
    for (size_t i = 0; i < t->n_links; i++) {
        if (t->results[t->links[i].effect].level == level) {
            any = true;
            spheres |= t->links[i].sphere == SPHERE_OPEN ? 0 : 1u << t->links[i].sphere;
        }
    }
    return level == LEVEL_OUTPUT && !any ? 1u << SPHERE_CONTROL : spheres;
}

static void draw_band(struct picture *p, enum logframe_level level, double width)
{
    const struct theory *t = p->theory;
    double top = INFINITY, bottom = 0;
    for (size_t i = 0; i < t->n_results; i++) {
        const struct layout_box *b = &p->layout.boxes[i];
        if (t->results[i].level == level) {
            top = fmin(top, b->y - b->h / 2);
            bottom = fmax(bottom, b->y + b->h / 2);
        }
    }
    if (bottom <= 0) {
        return;
    }
    unsigned spheres = spheres_of(t, level);
    enum shape_style style = spheres == 0 || (spheres & 4) != 0 ? SHAPE_BAND_3
                             : (spheres & 2) != 0               ? SHAPE_BAND_2
                                                                : SHAPE_BAND_1;
    const char *below = sphere_words(p, spheres);
    shapes_rect(p->out, style, 0, top - BAND_PAD + EDGE, width, bottom - top + 2 * BAND_PAD, NULL);
    const char **lines;
    double y = top + EDGE + 14;
    int n = shapes_wrap(p->arena, logframe_level_name(p->lang, t->programme, level), SIDE - 12, 2,
                        &lines);
    for (int i = 0; i < n; i++, y += SHAPE_LINE_HEIGHT) {
        shapes_text(p->out, SHAPE_WORDS_STRONG, 10, y, SHAPE_LEFT, lines[i]);
    }
    n = below == NULL ? 0 : shapes_wrap(p->arena, below, SIDE - 12, 3, &lines);
    for (int i = 0; i < n; i++, y += SHAPE_LINE_HEIGHT) {
        shapes_text(p->out, SHAPE_WORDS, 10, y, SHAPE_LEFT, lines[i]);
    }
}

static void draw_head(struct picture *p, const struct shape_point *points, size_t n)
{
    struct shape_point end = points[n - 1];
    struct shape_point from = points[n > 3 ? n - 4 : 0];
    double length = hypot(end.x - from.x, end.y - from.y);
    if (length <= 0) {
        return;
    }
    double x = (end.x - from.x) / length * 8;
    double y = (end.y - from.y) / length * 8;
    struct shape_point *head = ARENA_ARRAY(p->arena, struct shape_point, 3);
    head[0] = (struct shape_point){end.x - x + y / 2, end.y - y - x / 2};
    head[1] = end;
    head[2] = (struct shape_point){end.x - x - y / 2, end.y - y + x / 2};
    shapes_path(p->out, SHAPE_TIE_HEAD, head, 3);
}

static enum shape_style tie_of(enum theory_strength strength)
{
    static const enum shape_style styles[] = {SHAPE_TIE_STRONG, SHAPE_TIE_SOME, SHAPE_TIE_WEAK,
                                              SHAPE_TIE_NONE, SHAPE_TIE_NONE};
    return styles[strength];
}

static void draw_link(struct picture *p, size_t at)
{
    const struct layout_line *line = &p->layout.lines[at];
    struct shape_point *points = ARENA_ARRAY(p->arena, struct shape_point, line->n_points);
    for (size_t i = 0; i < line->n_points; i++) {
        points[i] = (struct shape_point){p->left + line->points[i].x, EDGE + line->points[i].y};
    }
    shapes_path(p->out, tie_of(p->theory->links[at].strength), points, (int)line->n_points);
    draw_head(p, points, line->n_points);
    shapes_text(p->out, SHAPE_WORDS, p->left + line->mark.x, EDGE + line->mark.y + 5, SHAPE_MIDDLE,
                arena_printf(p->arena, "%zu", at + 1));
}

static void draw_box(struct picture *p, size_t i)
{
    const struct theory_result *r = &p->theory->results[i];
    const struct layout_box *b = &p->layout.boxes[i];
    double x = p->left + b->x - b->w / 2;
    double y = EDGE + b->y - b->h / 2;
    shapes_rect(p->out, p->incomplete[i] ? SHAPE_CARD_WARN : SHAPE_CARD, x, y, b->w, b->h,
                record_text(r->record, "statement"));
    shapes_stands_for(p->out, r->record->id, r->code);
    y += BOX_PAD + 10;
    shapes_text(p->out, SHAPE_WORDS_STRONG, x + BOX_PAD, y, SHAPE_LEFT, r->code);
    for (int k = 0; k < p->n_words[i]; k++) {
        y += SHAPE_LINE_HEIGHT;
        shapes_text(p->out, SHAPE_WORDS, x + BOX_PAD, y, SHAPE_LEFT, p->words[i][k]);
    }
}

// What the lines and edges mean; returns the height it takes.
static double draw_legend(struct picture *p, double y, double width)
{
    static const struct {
        enum shape_style style;
        const char *words;
    } items[] = {
        {SHAPE_TIE_STRONG, MSG("strong evidence")},
        {SHAPE_TIE_SOME, MSG("some evidence")},
        {SHAPE_TIE_WEAK, MSG("weak evidence")},
        {SHAPE_TIE_NONE, MSG("no evidence, or not rated")},
        {SHAPE_CARD_WARN, MSG("something is missing")},
    };
    double x = 10, begin = y;
    for (size_t i = 0; i < COUNT_OF(items) - (p->lacks ? 0 : 1); i++) { // the last only where it is drawn
        const char *words = tr(p->lang, items[i].words);
        double w = LEGEND_LINE + 8 + shapes_text_width(words);
        if (x > 10 && x + w > width) {
            x = 10;
            y += SHAPE_LINE_HEIGHT + 4;
        }
        if (items[i].style == SHAPE_CARD_WARN) {
            shapes_rect(p->out, SHAPE_CARD_WARN, x + LEGEND_LINE - 24, y - 11, 24, 14, NULL);
        } else {
            shapes_line(p->out, items[i].style, x, y - 4, x + LEGEND_LINE, y - 4);
        }
        shapes_text(p->out, SHAPE_WORDS, x + LEGEND_LINE + 8, y, SHAPE_LEFT, words);
        x += w + 20;
    }
    return y - begin + SHAPE_LINE_HEIGHT;
}

static void find_incomplete(struct picture *p)
{
    struct theory_gap *gaps;
    size_t n;
    p->incomplete = ARENA_ARRAY(p->arena, bool, p->theory->n_results + 1);
    theory_gaps(p->arena, p->theory, &gaps, &n);
    for (size_t i = 0; i < n; i++) {
        if (!theory_gap_is_of_link(gaps[i].kind)) {
            p->incomplete[gaps[i].at] = p->lacks = true;
        }
    }
}

static void draw(struct picture *p)
{
    const struct theory *t = p->theory;
    double graph = p->layout.width + 2 * EDGE;
    double width = fmax(SIDE + graph, LEAST_WIDTH);
    p->left = SIDE + (width - SIDE - graph) / 2 + EDGE;
    const char *title = tr_f(p->arena, p->lang, MSG("Theory of change of {0}"),
                             record_text(t->programme, "number"), NULL);
    shapes_begin(p->out, p->arena, width, title,
                 tr_f(p->arena, p->lang,
                      MSG("{0} results on rows by level, goals on top, and {1} links between them. "
                          "The list says the same in words."),
                      arena_printf(p->arena, "%zu", t->n_results),
                      arena_printf(p->arena, "%zu", t->n_links), NULL),
                 p->lang->right_to_left);
    p->out->is_of_records = true;
    for (enum logframe_level level = 0; level < LEVELS; level++) {
        draw_band(p, level, width);
    }
    for (size_t i = 0; i < t->n_links; i++) {
        draw_link(p, i);
    }
    for (size_t i = 0; i < t->n_results; i++) {
        draw_box(p, i);
    }
    double foot = p->layout.height + 2 * EDGE + BAND_PAD;
    shapes_end(p->out, foot + 14 + draw_legend(p, foot + 14, width));
}

enum err theory_figure(struct arena *a, const struct lang *lang, const struct theory *t,
                       struct chart_shapes *out, struct err_info *e)
{
    struct picture p = {.arena = a, .lang = lang, .theory = t, .out = out};
    if (t->n_results > FIGURE_MOST) {
        return err_set(e, ERR_TOO_LARGE, NULL,
                       MSG("There is no picture of so many results; it could not be read."),
                       MSG("Use the list; it holds the same."), NULL);
    }
    measure_boxes(&p);
    enum err err = ask_dot(&p, e);
    if (err != ERR_NONE) {
        return err;
    }
    find_incomplete(&p);
    draw(&p);
    return ERR_NONE;
}
