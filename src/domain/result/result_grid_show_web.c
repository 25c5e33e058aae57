// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_grid_show_web.c: see result_grid_web.h. Here: the grids as the page of a value shows them.

#include "result/result_grid_web.h"

#include <string.h>

#include "base/decimal.h"
#include "html/form.h"
#include "result/result.h"
#include "result/result_value.html.h"
#include "result/result_web.h"
#include "result/result_words.h"

static const char *shown(struct req *r, const char *name, bool known, int64_t value)
{
    return r->n_posted > 0 ? req_posted(r, name) : known ? decimal_short(r->arena, value) : "";
}

static struct grid_cell cell_of(struct req *r, const struct grids *g, const char *name,
                                const struct result_part *p, bool whole)
{
    static const struct result_part none;
    p = p == NULL ? &none : p;
    const char *own = whole ? arena_printf(r->arena, "%s/whole", name) : name;
    return (struct grid_cell){
        .name = own,
        .value = g->shares ? shown(r, own, p->has_fraction, whole ? p->whole : p->part)
                           : shown(r, own, p->has_value, p->value),
        .error = result_blamed(r, own),
    };
}

static const char *token(struct arena *a, const struct split *s, const char *whole)
{
    return arena_printf(a, "%s%s", s->n == 0 ? "all" : s->pairs[0].value, whole);
}

static void fill_columns(struct req *r, const struct grids *g, const struct grid *grid,
                         struct grid_view *v)
{
    v->columns = ARENA_ARRAY(r->arena, struct grid_column, grid->n_columns * 2);
    for (size_t i = 0; i < grid->n_columns; i++) {
        const struct split *s = &grid->columns[i];
        struct grid_column *c = &v->columns[v->n_columns++];
        *c = (struct grid_column){.code = token(r->arena, s, "")};
        c->label = g->shares ? tr(r->lang, MSG("Part"))
                   : s->n == 0
                       ? tr(r->lang, MSG("Number"))
                       : characteristic_value_title(r->arena, r->lang,
                                                    characteristic_find(s->pairs[0].key), s->pairs[0].value);
        c->apart = s->n > 0 && strcmp(s->pairs[0].value, "not_known") == 0;
        if (g->shares) {
            v->columns[v->n_columns++] = (struct grid_column){.code = token(r->arena, s, "-whole"),
                                                              .label = tr(r->lang, MSG("Whole"))};
        }
    }
}

static const char *row_label(struct req *r, const struct split *row)
{
    return row->n != 1 ? split_words(r->arena, r->lang, row)
                       : characteristic_value_title(r->arena, r->lang,
                                                    characteristic_find(row->pairs[0].key),
                                                    row->pairs[0].value);
}

static void fill_rows(struct req *r, const struct grids *g, const struct grid *grid, struct grid_view *v)
{
    v->rows = ARENA_ARRAY(r->arena, struct grid_row, grid->n_rows + 1);
    for (size_t i = 0; i < grid->n_rows; i++) {
        struct grid_row *row = &v->rows[v->n_rows++];
        size_t n = 0;
        *row = (struct grid_row){.code = arena_printf(r->arena, "r%zu", i),
                                 .label = row_label(r, &grid->rows[i]),
                                 .cells = ARENA_ARRAY(r->arena, struct grid_cell, v->n_columns)};
        for (size_t k = 0; k < grid->n_columns; k++) {
            const struct split s = grid_cell_split(&grid->rows[i], &grid->columns[k]);
            const char *name = grid_cell_name(r->arena, &s);
            const struct result_part *p = grids_typed(g, split_text(r->arena, &s));
            row->cells[n++] = cell_of(r, g, name, p, false);
            if (g->shares) {
                row->cells[n++] = cell_of(r, g, name, p, true);
            }
        }
        for (size_t k = 0; k < n; k++) {
            row->cells[k].column = v->columns[k].code;
            row->cells[k].label = v->columns[k].label;
            row->cells[k].apart = v->columns[k].apart;
        }
    }
}

static void fill_more(struct req *r, const struct grid *grid, struct grid_view *v)
{
    if (grid->more == NULL) {
        return;
    }
    v->more = ARENA_ARRAY(r->arena, struct grid_more, GRID_MORE);
    v->n_more = GRID_MORE;
    v->more_values = grid->more->values;
    v->n_more_values = grid->more->open ? 0 : grid->more->n_values;
    v->more_list = arena_printf(r->arena, "values-%s", grid->more->code);
    for (int i = 0; i < GRID_MORE; i++) {
        const char *name = grid_more_name(r->arena, grid, i);
        const char *number = arena_printf(r->arena, "%s/number", name);
        const char *whole = arena_printf(r->arena, "%s/whole", number);
        v->more[i] = (struct grid_more){
            .name = name, .word = req_posted(r, name), .error = result_blamed(r, name),
            .number = {.name = number, .value = req_posted(r, number), .error = result_blamed(r, number)},
            .whole = {.name = whole, .value = req_posted(r, whole), .error = result_blamed(r, whole)}};
    }
}

// Sum of the typed cells of a row (NULL: of all) and a column; the program adds exactly, the browser as one types.
static const char *sum_of(struct req *r, const struct grids *g, const struct grid *grid,
                          const struct split *row, const struct split *column)
{
    int64_t sum = 0;
    bool fits = true, any = false;
    for (size_t i = 0; i < grid->n_rows * grid->n_columns; i++) {
        const struct split *of_row = &grid->rows[i / grid->n_columns];
        const struct split *of_column = &grid->columns[i % grid->n_columns];
        const struct split s = grid_cell_split(of_row, of_column);
        const struct result_part *p = (row == NULL || row == of_row) &&
                                              (column == NULL || column == of_column)
                                          ? grids_typed(g, split_text(r->arena, &s))
                                          : NULL;
        any = any || p != NULL;
        fits = (p == NULL || result_add(&sum, p->value)) && fits;
    }
    return any && fits ? result_plain(r->arena, sum, DECIMAL_PLACES) : "–";
}

static void fill_margins(struct req *r, const struct grids *g, const struct grid *grid, struct grid_view *v)
{
    for (size_t i = 0; v->sums_rows && i < grid->n_rows; i++) {
        v->rows[i].sum = sum_of(r, g, grid, &grid->rows[i], NULL);
    }
    for (size_t i = 0; v->sums_rows && i < grid->n_columns; i++) {
        v->columns[i].sum = sum_of(r, g, grid, NULL, &grid->columns[i]);
    }
}

// What the parts come to, and the value less the parts.
static void fill_sums(struct req *r, const struct grids *g, const struct grid *grid, struct grid_view *v)
{
    struct result_part *mine = ARENA_ARRAY(r->arena, struct result_part, g->n_typed + 1);
    struct result_figure whole = {0};
    struct result_cut cut = {0};
    size_t n = 0;
    for (size_t i = 0; i < g->n_typed; i++) {
        if (strcmp(g->typed[i].keys, grid->keys) == 0) {
            mine[n++] = g->typed[i];
        }
    }
    int64_t part, of;
    if (g->shares) {
        whole.known = whole.is_fraction =
            decimal_parse(form_text(r->arena, r->form, "numerator"), &part) &&
            decimal_parse(form_text(r->arena, r->form, "denominator"), &of);
        whole.part = whole.known ? part : 0;
        whole.whole = whole.known ? of : 0;
    } else {
        whole.known = decimal_parse(form_text(r->arena, r->form, "value"), &whole.scaled);
    }
    bool any = result_cuts_of(mine, n, &whole, &cut) > 0 && !cut.too_large;
    bool compared = any && whole.known;
    v->differs = cut.differs;
    v->total = any ? result_plain(r->arena, g->shares ? cut.part : cut.value, DECIMAL_PLACES) : "–";
    v->total_whole = any ? result_plain(r->arena, cut.whole, DECIMAL_PLACES) : "–";
    v->difference = compared ? result_plain(r->arena, cut.difference, DECIMAL_PLACES) : "–";
    v->difference_whole = compared ? result_plain(r->arena, cut.difference_whole, DECIMAL_PLACES) : "–";
}

void grids_fill(struct req *r, const struct grids *g, struct result_value_view *v)
{
    v->grids = ARENA_ARRAY(r->arena, struct grid_view, g->n + 1);
    for (size_t i = 0; i < g->n; i++) {
        struct grid_view *one = &v->grids[v->n_grids++];
        *one = (struct grid_view){.title = split_keys_words(r->arena, r->lang, g->items[i].keys),
                                  .sums_rows = !g->shares && g->items[i].across != NULL};
        fill_columns(r, g, &g->items[i], one);
        fill_rows(r, g, &g->items[i], one);
        fill_more(r, &g->items[i], one);
        fill_margins(r, g, &g->items[i], one);
        fill_sums(r, g, &g->items[i], one);
    }
}
