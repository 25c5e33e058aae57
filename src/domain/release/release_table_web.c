// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_table_web.c: the rounded table as people read it, with its shares and a chart. Nothing here sees a true
// count.

#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "release/release_web.h"

#define MOST_BARS 24
#define MOST_COLUMNS 8
#define SCALE 1000000 // numbers of charts (base/decimal.h)

static const char *number(struct req *r, int64_t n)
{
    return decimal_for_people(r->arena, decimal_int_text(r->arena, n));
}

static const char *share_of(struct req *r, int64_t part, int64_t whole)
{
    int percent = release_percent(part, whole);
    return percent < 0 ? "–" : arena_printf(r->arena, "%d %%", percent);
}

// The dimension that stands across: the last with few categories; -1: of one dimension alone, none.
static int across(const struct release_frame *f)
{
    int at = -1;
    for (int d = 0; f->n > 1 && d < f->n; d++) {
        at = f->of[d].n <= MOST_COLUMNS || (at < 0 && d == f->n - 1) ? d : at;
    }
    return at;
}

static const char *category_at(const struct release_frame *f, size_t cell, int d)
{
    int k = release_category(f, cell, d);
    return k == f->of[d].n ? RELEASE_TOTAL : f->of[d].categories[k];
}

// "Female · 18–24"; the words of all dimensions but the one across.
static const char *row_label(struct req *r, const struct release_frame *f, size_t cell, int without)
{
    const char *words = "";
    for (int d = 0; d < f->n; d++) {
        if (d != without) {
            words = arena_printf(r->arena, "%s%s%s", words, words[0] == '\0' ? "" : " · ",
                                 release_category_words(r, f->of[d].name, category_at(f, cell, d)));
        }
    }
    return words;
}

static const char *rows_label(struct req *r, const struct release_frame *f, int without)
{
    const char *words = "";
    for (int d = 0; d < f->n; d++) {
        if (d != without) {
            words = arena_printf(r->arena, "%s%s%s", words, words[0] == '\0' ? "" : " · ",
                                 release_dimension_words(r, f->of[d].name));
        }
    }
    return words;
}

static void fill_rows(struct req *r, const struct release_entry *x, int column, struct release_grid *out)
{
    const struct release_frame *f = x->table.frame;
    int64_t all = x->table.counts[release_grand_total(f)];
    int n = column < 0 ? 1 : f->of[column].n + 1;
    out->rows = ARENA_ARRAY(r->arena, struct release_grid_row, f->n_cells / (size_t)n + 1);
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        if (column >= 0 && release_category(f, cell, column) != 0) {
            continue; // the row begins with the first column
        }
        struct release_grid_row *row = &out->rows[out->n_rows++];
        size_t last = column < 0 ? cell : cell + (size_t)(n - 1) * f->step[column];
        *row = (struct release_grid_row){.label = row_label(r, f, cell, column),
                                         .total = release_summed(f, cell) > 0,
                                         .cells = ARENA_ARRAY(r->arena, const char *, (size_t)n),
                                         .share = share_of(r, x->table.counts[last], all)};
        for (int k = 0; k < n; k++) {
            size_t at = column < 0 ? cell : cell + (size_t)k * f->step[column];
            row->cells[k] = number(r, x->table.counts[at]);
        }
    }
}

// Bars of the first dimension with few categories, all others summed.
static void fill_chart(struct req *r, const struct release_entry *x, const char *title, struct release_grid *out)
{
    const struct release_frame *f = x->table.frame;
    int d = 0;
    while (d < f->n && f->of[d].n > MOST_BARS) {
        d++;
    }
    if (d == f->n) {
        return;
    }
    struct chart_bar *bars = ARENA_ARRAY(r->arena, struct chart_bar, (size_t)f->of[d].n);
    size_t all = release_grand_total(f);
    for (int k = 0; k < f->of[d].n; k++) {
        int64_t people = x->table.counts[all - (size_t)(f->of[d].n - k) * f->step[d]];
        bars[k] = (struct chart_bar){.name = release_category_words(r, f->of[d].name, f->of[d].categories[k]),
                                     .value = {.known = true, .scaled = people * SCALE, .label = number(r, people)}};
    }
    out->chart = ARENA_MAKE(r->arena, struct chart_shapes);
    out->chart_title = arena_printf(r->arena, "%s: %s", title, release_dimension_words(r, f->of[d].name));
    chart_draw_bars(r->arena,
                    &(struct chart_bars){.head = {.title = out->chart_title,
                                                  .description = tr(r->lang, MSG("Bars of the rounded counts of "
                                                                                 "the table.")),
                                                  .right_to_left = r->lang->right_to_left},
                                         .bars = bars,
                                         .n = f->of[d].n},
                    out->chart);
}

void release_grid_make(struct req *r, const struct release_entry *x, const char *title, struct release_grid *out)
{
    const struct release_frame *f = x->table.frame;
    int column = across(f);
    *out = (struct release_grid){.rows_label = rows_label(r, f, column)};
    if (column >= 0) {
        out->n_columns = (size_t)f->of[column].n + 1;
        out->columns = ARENA_ARRAY(r->arena, const char *, out->n_columns);
        for (int k = 0; k < f->of[column].n; k++) {
            out->columns[k] = release_category_words(r, f->of[column].name, f->of[column].categories[k]);
        }
        out->columns[f->of[column].n] = tr(r->lang, MSG("All"));
    }
    fill_rows(r, x, column, out);
    fill_chart(r, x, title, out);
}
