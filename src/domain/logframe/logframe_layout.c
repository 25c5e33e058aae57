// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_layout.c: see logframe_layout.h. The plain format is that of the manual of Graphviz, "Output
// formats": lines "graph scale w h", "node name x y w h ...", "edge from to n x1 y1 ... [label x y] ...",
// "stop", lengths in inches, y upwards.

#include "logframe/logframe_layout.h"

#include <stdint.h>
#include <string.h>

#define INCH 72.0
#define PIECES 8 // straight pieces for one curve
#define MOST_POINTS 400
#define MOST_LENGTH 100000.0 // pixels

// ---- the question -------------------------------------------------------------------------------

// A length in inches with three places, whatever the locale.
static void inches(struct buf *out, double pixels)
{
    long thousandths = (long)(pixels / INCH * 1000 + 0.5);
    buf_int(out, thousandths / 1000);
    buf_printf(out, ".%03ld", thousandths % 1000);
}

static void ask_rows(struct buf *out, const struct layout *l)
{
    size_t n_rows = 0;
    for (size_t i = 0; i < l->n_boxes; i++) {
        n_rows = l->boxes[i].row >= n_rows ? l->boxes[i].row + 1 : n_rows;
    }
    size_t below = l->n_boxes; // a box of the row below
    for (size_t row = 0; row < n_rows; row++) {
        size_t first = l->n_boxes;
        buf_str(out, "{rank=same;");
        for (size_t i = 0; i < l->n_boxes; i++) {
            if (l->boxes[i].row == row) {
                first = first == l->n_boxes ? i : first;
                buf_printf(out, "n%zu;", i);
            }
        }
        buf_str(out, "}\n");
        if (below < l->n_boxes && first < l->n_boxes) { // keeps the rows in their order
            buf_printf(out, "n%zu->n%zu [style=invis label=\"\" weight=0];\n", below, first);
        }
        below = first < l->n_boxes ? first : below;
    }
}

void layout_ask(struct buf *out, const struct layout *l)
{
    buf_str(out, "digraph t {\nrankdir=BT; nodesep=0.28; ranksep=0.28; splines=true;\n"
                 "node [shape=box fixedsize=true label=\"\"];\n"
                 "edge [dir=none label=\"000\" fontsize=12];\n");
    for (size_t i = 0; i < l->n_boxes; i++) {
        buf_printf(out, "n%zu [width=", i);
        inches(out, l->boxes[i].w);
        buf_str(out, " height=");
        inches(out, l->boxes[i].h);
        buf_str(out, "];\n");
    }
    ask_rows(out, l);
    for (size_t i = 0; i < l->n_lines; i++) {
        const struct layout_line *k = &l->lines[i];
        bool up = l->boxes[k->from].row < l->boxes[k->to].row;
        // The colour carries the number of the line back, whatever order dot answers in.
        buf_printf(out, "n%zu->n%zu [color=\"#%06zx\"%s];\n", k->from, k->to, i,
                   up ? "" : " constraint=false");
    }
    buf_str(out, "}\n");
}

// ---- the answer ---------------------------------------------------------------------------------

struct words {
    const char *at;
    bool bad;
};

// The next word of the line, "" at its end. Words in quotes are never ours to read.
static const char *word(struct words *w, size_t *len)
{
    while (*w->at == ' ') {
        w->at++;
    }
    const char *start = w->at;
    *len = strcspn(start, " \n\r");
    w->at += *len;
    return start;
}

static bool is_word(const char *text, size_t len, const char *wanted)
{
    return strlen(wanted) == len && memcmp(text, wanted, len) == 0;
}

static double digits(const char **p, double *unit)
{
    double value = 0;
    for (; **p >= '0' && **p <= '9'; (*p)++) {
        value = value * 10 + (**p - '0');
        *unit /= 10;
    }
    return value;
}

// A number such as 12, -0.25 or 1.5e-17.
static double number(struct words *w)
{
    size_t len;
    const char *p = word(w, &len);
    const char *end = p + len;
    double sign = *p == '-' ? -1 : 1;
    double unit = 1;
    const char *first = p += *p == '-';
    double value = digits(&p, &unit);
    unit = 1;
    if (*p == '.') {
        p++;
        double after = digits(&p, &unit);
        value += after * unit;
    }
    bool any = p > first;
    if (*p == 'e') {
        bool small = p[1] == '-';
        p += 1 + (p[1] == '-' || p[1] == '+');
        double ignored = 1;
        double power = digits(&p, &ignored);
        any = any && power < 40;
        for (double i = 0; any && i < power; i++) {
            value = small ? value / 10 : value * 10;
        }
    }
    value *= INCH;
    if (!any || p != end || value > MOST_LENGTH) {
        w->bad = true;
        return 0;
    }
    return sign * value;
}

// A whole number after a letter or sign ("n12", "#00000c"); SIZE_MAX when it is none.
static size_t numbered(const char *text, size_t len, char sign, unsigned base)
{
    size_t value = 0;
    if (len < 2 || len > 8 || text[0] != sign) {
        return SIZE_MAX;
    }
    for (size_t i = 1; i < len; i++) {
        char c = text[i];
        unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                                                : 99;
        if (digit >= base) {
            return SIZE_MAX;
        }
        value = value * base + digit;
    }
    return value;
}

static struct layout_point between(struct layout_point a, struct layout_point b, double t)
{
    return (struct layout_point){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

// A point of a cubic curve (de Casteljau).
static struct layout_point on_curve(const struct layout_point c[4], double t)
{
    struct layout_point p = between(c[0], c[1], t);
    struct layout_point q = between(c[1], c[2], t);
    struct layout_point r = between(c[2], c[3], t);
    return between(between(p, q, t), between(q, r, t), t);
}

static void flatten(struct arena *a, const struct layout_point *c, size_t n,
                    struct layout_line *line)
{
    size_t curves = (n - 1) / 3;
    line->points = ARENA_ARRAY(a, struct layout_point, curves * PIECES + 1);
    line->n_points = 0;
    line->points[line->n_points++] = c[0];
    for (size_t i = 0; i < curves; i++) {
        for (int k = 1; k <= PIECES; k++) {
            line->points[line->n_points++] = on_curve(&c[i * 3], (double)k / PIECES);
        }
    }
}

static void read_graph(struct words *w, struct layout *l)
{
    (void)number(w); // scale
    l->width = number(w);
    l->height = number(w);
}

static void read_node(struct words *w, struct layout *l, bool *seen)
{
    size_t len;
    const char *name = word(w, &len);
    size_t i = numbered(name, len, 'n', 10);
    double x = number(w);
    double y = number(w);
    if (i >= l->n_boxes) {
        w->bad = true;
        return;
    }
    l->boxes[i].x = x;
    l->boxes[i].y = l->height - y;
    seen[i] = true;
}

static void read_edge(struct arena *a, struct words *w, struct layout *l)
{
    size_t len;
    (void)word(w, &len);
    (void)word(w, &len);
    double n = number(w) / INCH;
    if (w->bad || n < 4 || n > MOST_POINTS) {
        w->bad = true;
        return;
    }
    size_t n_points = (size_t)(n + 0.5);
    struct layout_point *c = ARENA_ARRAY(a, struct layout_point, n_points);
    for (size_t i = 0; i < n_points; i++) {
        c[i].x = number(w);
        c[i].y = l->height - number(w);
    }
    const char *next = word(w, &len);
    struct layout_point mark = c[n_points / 2];
    if (is_word(next, len, "000")) {
        mark.x = number(w);
        mark.y = l->height - number(w);
        next = word(w, &len); // its style
    }
    bool ours = !is_word(next, len, "invis");
    const char *colour = word(w, &len);
    if (len > 1 && colour[0] == '"') { // "#00000c"
        colour++;
        len -= 2;
    }
    size_t at = numbered(colour, len, '#', 16);
    if (!ours || w->bad) {
        return;
    }
    if (at >= l->n_lines || n_points % 3 != 1) {
        w->bad = true;
        return;
    }
    flatten(a, c, n_points, &l->lines[at]);
    l->lines[at].mark = mark;
}

enum err layout_read(struct arena *a, const char *plain, struct layout *l, struct err_info *e)
{
    bool *seen = ARENA_ARRAY(a, bool, l->n_boxes + 1);
    struct words w = {.at = plain};
    bool stopped = false;
    while (*w.at != '\0' && !w.bad && !stopped) {
        size_t len;
        const char *kind = word(&w, &len);
        if (is_word(kind, len, "graph")) {
            read_graph(&w, l);
        } else if (is_word(kind, len, "node")) {
            read_node(&w, l, seen);
        } else if (is_word(kind, len, "edge")) {
            read_edge(a, &w, l);
        } else if (is_word(kind, len, "stop")) {
            stopped = true;
        } else if (len > 0) {
            w.bad = true;
        }
        w.at += strcspn(w.at, "\n");
        w.at += *w.at == '\n';
    }
    bool whole = stopped && !w.bad;
    for (size_t i = 0; i < l->n_boxes; i++) {
        whole = whole && seen[i];
    }
    for (size_t i = 0; i < l->n_lines; i++) {
        whole = whole && l->lines[i].n_points > 1;
    }
    return whole ? ERR_NONE
                 : err_set(e, ERR_INPUT, NULL, MSG("The layout of the graph could not be read."),
                           MSG("Use the list; it holds the same."), NULL);
}
