// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_table_web.c: the rounded table as people read it, with its shares and a chart. Nothing here sees a true
// count.

#include <limits.h>
#include <string.h>

#include "base/decimal.h"
#include "release/release_count.h"
#include "release/release_grid_web.h"
#include "release/release_limits.h"
#include "release/release_share.h"
#include "release/release_words.h"
#include "result/result_split.h"

#define MOST_BARS 24
#define MOST_COLUMNS 8
#define NARROW 360 // pixels of a chart on a telephone
#define SCALE 1000000 // numbers of charts (base/decimal.h)
// A range reads from its lower end, also beside Arabic.
#define LEFT_TO_RIGHT "\u2066"
#define AS_BEFORE "\u2069"

static const char *number(struct arena *a, int64_t n)
{
    return decimal_for_people(a, decimal_int_text(a, n));
}

static const char *percent_words(struct arena *a, int percent)
{
    return percent < 0 ? "–" : arena_printf(a, "%d %%", percent);
}

// The dimension that stands across: part and rest of a share; else the last with few categories; -1: of one dimension
// alone, none.
static int across(const struct release_frame *f)
{
    int at = release_share_of(f);
    if (at >= 0) {
        return at;
    }
    for (int d = 0; f->n > 1 && d < f->n; d++) {
        at = f->of[d].n <= MOST_COLUMNS || (at < 0 && d == f->n - 1) ? d : at;
    }
    return at;
}

// "Female · 18–24"; the words of all dimensions but the one across.
static const char *row_label(struct arena *a, const struct lang *lang, const struct release_frame *f, size_t cell,
                             int without)
{
    const char *words = "";
    for (int d = 0; d < f->n; d++) {
        if (d != without) {
            words = arena_printf(a, "%s%s%s", words, words[0] == '\0' ? "" : " · ",
                                 release_category_words(a, lang, f->of[d].name, release_category_name(f, cell, d)));
        }
    }
    return words[0] == '\0' ? tr(lang, MSG("All")) : words;
}

static const char *rows_label(struct arena *a, const struct lang *lang, const struct release_frame *f, int without)
{
    const char *words = "";
    for (int d = 0; d < f->n; d++) {
        if (d != without) {
            words = arena_printf(a, "%s%s%s", words, words[0] == '\0' ? "" : " · ",
                                 release_dimension_words(lang, f->of[d].name));
        }
    }
    return words[0] == '\0' ? tr(lang, MSG("People")) : words;
}

// Where a category stands among the others: in the order of its list, "not known" last.
static int rank_of(const struct release_dimension *d, int k)
{
    const struct characteristic *c = characteristic_find(d->name);
    for (size_t i = 0; c != NULL && i < c->n_values; i++) {
        if (strcmp(c->values[i].code, d->categories[k]) == 0 && strcmp(d->categories[k], RELEASE_NOT_KNOWN) != 0) {
            return (int)i;
        }
    }
    return strcmp(d->categories[k], RELEASE_NOT_KNOWN) == 0 ? INT_MAX : 0;
}

// Categories in the order in which they are shown, "all" last.
static const int *shown_order(struct arena *a, const struct release_dimension *d)
{
    int *order = ARENA_ARRAY(a, int, (size_t)d->n + 1);
    for (int k = 0; k < d->n; k++) {
        int at = k;
        while (at > 0 && rank_of(d, order[at - 1]) > rank_of(d, k)) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = k;
    }
    order[d->n] = d->n;
    return order;
}

static void fill_row(struct arena *a, const struct lang *lang, const struct release_entry *x, size_t cell, int column,
                     const int *order, struct release_grid *out)
{
    const struct release_frame *f = x->table.frame;
    size_t n = column < 0 ? 1 : (size_t)f->of[column].n + 1;
    struct release_grid_row *row = &out->rows[out->n_rows++];
    size_t last = column < 0 ? cell : cell + (n - 1) * f->step[column];
    *row = (struct release_grid_row){
        .label = row_label(a, lang, f, cell, column),
        .total = release_summed(f, cell) > 0,
        .cells = ARENA_ARRAY(a, const char *, n)};
    if (out->is_share) {
        const struct release_share s = release_share_at(x, last);
        row->total = release_summed(f, last) > 1;
        row->share = percent_words(a, s.percent);
        row->range = s.percent < 0 ? "–" : arena_printf(a, "%d–%d %%", s.low, s.high);
    } else {
        int percent = release_percent(x->table.counts[last], x->table.counts[release_grand_total(f)]);
        row->share = percent_words(a, percent);
    }
    for (size_t k = 0; k < n; k++) {
        size_t at = column < 0 ? cell : cell + (size_t)order[k] * f->step[column];
        row->cells[k] = number(a, x->table.counts[at]);
    }
}

static void fill_rows(struct arena *a, const struct lang *lang, const struct release_entry *x, int column,
                      struct release_grid *out)
{
    const struct release_frame *f = x->table.frame;
    const int *order[RELEASE_DIMENSIONS];
    int at[RELEASE_DIMENSIONS] = {0};
    for (int d = 0; d < f->n; d++) {
        order[d] = shown_order(a, &f->of[d]);
    }
    out->rows = ARENA_ARRAY(a, struct release_grid_row, f->n_cells);
    for (int d = 0; d >= 0;) {
        size_t cell = 0;
        for (int k = 0; k < f->n; k++) {
            cell += k == column ? 0 : (size_t)order[k][at[k]] * f->step[k];
        }
        fill_row(a, lang, x, cell, column, column < 0 ? NULL : order[column], out);
        for (d = f->n - 1; d >= 0 && (d == column || ++at[d] > f->of[d].n); d--) {
            at[d] = 0; // the next row of the dimension before
        }
    }
    for (size_t k = 0; k < out->n_columns; k++) {
        int c = order[column][k];
        bool whole = out->is_share && c == f->of[column].n;
        out->columns[k] = whole ? tr(lang, MSG("Whole"))
                                : release_category_words(a, lang, f->of[column].name,
                                                         c == f->of[column].n ? RELEASE_TOTAL
                                                                              : f->of[column].categories[c]);
    }
}

// One bar: the people of a category, all other dimensions summed; of a share its percentage.
static struct chart_value bar_value(struct arena *a, const struct lang *lang, const struct release_entry *x, size_t cell,
                                    bool is_share)
{
    int64_t people = x->table.counts[cell];
    if (!is_share) {
        return (struct chart_value){.known = true, .scaled = people * SCALE, .label = number(a, people)};
    }
    const struct release_share s = release_share_at(x, cell);
    return (struct chart_value){.known = s.percent >= 0, .scaled = (int64_t)s.percent * SCALE,
                                .label = s.percent < 0
                                             ? tr(lang, MSG("too few people"))
                                             : arena_printf(a, LEFT_TO_RIGHT "%d %% (%d–%d)" AS_BEFORE, s.percent,
                                                            s.low, s.high)};
}

// Bars of the first dimension with few categories, all others summed; of a share by nothing there is none.
static void fill_chart(struct arena *a, const struct lang *lang, const struct release_entry *x, const char *title,
                       struct release_grid *out)
{
    const struct release_frame *f = x->table.frame;
    int share = release_share_of(f);
    int d = 0;
    while (d < f->n && (f->of[d].n > MOST_BARS || d == share)) {
        d++;
    }
    if (d == f->n) {
        return;
    }
    struct chart_bar *bars = ARENA_ARRAY(a, struct chart_bar, (size_t)f->of[d].n);
    size_t all = release_grand_total(f);
    const int *order = shown_order(a, &f->of[d]);
    for (int i = 0; i < f->of[d].n; i++) {
        int k = order[i];
        bars[i] = (struct chart_bar){
            .name = release_category_words(a, lang, f->of[d].name, f->of[d].categories[k]),
            .value = bar_value(a, lang, x, all - (size_t)(f->of[d].n - k) * f->step[d], share >= 0)};
    }
    out->chart = ARENA_MAKE(a, struct chart_shapes);
    out->chart_title = arena_printf(a, "%s: %s", title, release_dimension_words(lang, f->of[d].name));
    struct chart_bars drawn = {
        .head = {.title = out->chart_title,
                 .description = tr(lang, share >= 0 ? MSG("Bars of the percentages of the table, each with the range of "
                                                          "the true one.")
                                                    : MSG("Bars of the rounded counts of the table.")),
                 .right_to_left = lang->right_to_left},
        .bars = bars,
        .n = f->of[d].n};
    chart_draw_bars(a, &drawn, out->chart);
    out->chart_small = ARENA_MAKE(a, struct chart_shapes);
    drawn.head.width = NARROW;
    chart_draw_bars(a, &drawn, out->chart_small);
}

void release_grid_make(struct arena *a, const struct lang *lang, const struct release_entry *x, const char *title,
                       struct release_grid *out)
{
    const struct release_frame *f = x->table.frame;
    int column = across(f);
    *out = (struct release_grid){.is_share = release_share_of(f) >= 0, .rows_label = rows_label(a, lang, f, column)};
    if (column >= 0) {
        out->n_columns = (size_t)f->of[column].n + 1;
        out->columns = ARENA_ARRAY(a, const char *, out->n_columns);
    }
    fill_rows(a, lang, x, column, out);
    fill_chart(a, lang, x, title, out);
}
