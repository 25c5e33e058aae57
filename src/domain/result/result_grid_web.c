// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_grid_web.c: see result_grid_web.h.

#include "result/result_grid_web.h"

#include <string.h>

#include "base/decimal.h"
#include "result/result.h"
#include "result/result_value.html.h"
#include "result/result_web.h"
#include "result/result_words.h"

// A list longer than this is not shown whole.
#define SHORT_LIST 20

static bool is_short(const struct characteristic *c)
{
    return !c->open && c->n_values <= SHORT_LIST;
}

// ---- which grids --------------------------------------------------------------------------------

// Values of a characteristic as splits of their own: all, or those that are the same for all and those that
// are there.
static struct split *values_of(struct req *r, const struct characteristic *c,
                               const struct result_value *old, size_t *n)
{
    size_t n_old = old == NULL ? 0 : old->n_parts;
    struct split *list = ARENA_ARRAY(r->arena, struct split, c->n_values + n_old + 1);
    *n = 0;
    for (size_t i = 0; i < n_old; i++) {
        const char *value = split_value(&old->splits[i], c->code);
        if (!is_short(c) && old->splits[i].n == 1 && value != NULL && !characteristic_value_is_apart(value)) {
            (void)split_add(&list[(*n)++], c->code, value);
        }
    }
    for (size_t i = 0; i < c->n_values; i++) {
        if (is_short(c) || characteristic_value_is_apart(c->values[i].code)) {
            (void)split_add(&list[(*n)++], c->code, c->values[i].code);
        }
    }
    return list;
}

static bool has_grid(const struct grids *g, const char *keys)
{
    for (size_t i = 0; i < g->n; i++) {
        if (strcmp(g->items[i].keys, keys) == 0) {
            return true;
        }
    }
    return false;
}

// across NULL: one column.
static void add_grid(struct req *r, struct grids *g, const char *down, const char *across)
{
    static const struct split all;
    const struct characteristic *c = characteristic_find(down);
    const struct characteristic *over = across == NULL ? NULL : characteristic_find(across);
    struct grid grid = {.across = across, .columns = &all, .n_columns = 1};
    struct split keys = {0};
    (void)split_add(&keys, down, "");
    if (over != NULL) {
        (void)split_add(&keys, across, "");
        grid.columns = values_of(r, over, g->old, &grid.n_columns);
    }
    grid.keys = split_keys(r->arena, &keys);
    grid.rows = values_of(r, c, g->old, &grid.n_rows);
    grid.more = is_short(c) ? NULL : c;
    if (!has_grid(g, grid.keys)) {
        g->items[g->n++] = grid;
    }
}

// A list of the parts of a cut that no grid shows.
static void add_list(struct req *r, struct grids *g, const char *keys)
{
    static const struct split all;
    struct split *rows = ARENA_ARRAY(r->arena, struct split, g->old->n_parts + 1);
    struct grid grid = {.keys = keys, .rows = rows, .columns = &all, .n_columns = 1};
    for (size_t i = 0; i < g->old->n_parts; i++) {
        if (strcmp(g->old->parts[i].keys, keys) == 0) {
            rows[grid.n_rows++] = g->old->splits[i];
        }
    }
    g->items[g->n++] = grid;
}

// The two characteristics of the first grid: sex across, else the last one that is short.
static size_t pair_of(const struct result_line *line, size_t *across)
{
    size_t down = line->n_splits;
    *across = line->n_splits;
    for (size_t i = 0; i < line->n_splits; i++) {
        if (is_short(characteristic_find(line->splits[i])) &&
            (*across == line->n_splits || strcmp(line->splits[*across], "sex") != 0)) {
            *across = i;
        }
    }
    for (size_t i = line->n_splits; i > 0; i--) {
        if (i - 1 != *across && is_short(characteristic_find(line->splits[i - 1]))) {
            down = i - 1;
        }
    }
    return down;
}

void grids_begin(struct req *r, const struct result_line *line, const struct result_value *old,
                 struct grids *g)
{
    size_t n_cuts = old == NULL ? 0 : old->n_cuts;
    size_t n_old = old == NULL ? 0 : old->n_parts;
    enum result_unit unit = line->rule.unit;
    bool shares = result_is_share(unit);
    *g = (struct grids){.shares = shares,
                        .items = ARENA_ARRAY(r->arena, struct grid, line->n_splits + n_cuts + 1),
                        .old = old,
                        .typed = ARENA_ARRAY(r->arena, struct result_part, n_old + 1),
                        .n_typed = n_old};
    for (size_t i = 0; i < n_old; i++) {
        g->typed[i] = old->parts[i];
    }
    if (unit != UNIT_COUNT && !shares) {
        return;
    }
    size_t across, down = pair_of(line, &across);
    bool paired = !shares && down < line->n_splits && across < line->n_splits;
    if (paired) {
        add_grid(r, g, line->splits[down], line->splits[across]);
    }
    for (size_t i = 0; i < line->n_splits; i++) {
        if (!paired || (i != down && i != across)) {
            add_grid(r, g, line->splits[i], NULL);
        }
    }
    for (size_t i = 0; i < n_cuts; i++) {
        const char *keys = old->cuts[i].keys;
        const char *space = strchr(keys, ' ');
        if (has_grid(g, keys)) {
            continue;
        }
        if (!shares && space != NULL && strchr(space + 1, ' ') == NULL) {
            add_grid(r, g, arena_copy_n(r->arena, keys, (size_t)(space - keys)), space + 1);
        } else if (space == NULL) {
            add_grid(r, g, keys, NULL);
        } else {
            add_list(r, g, keys);
        }
    }
}

// ---- cells --------------------------------------------------------------------------------------

static struct split cell_split(const struct split *row, const struct split *column)
{
    struct split s = *row;
    for (size_t i = 0; i < column->n; i++) {
        (void)split_add(&s, column->pairs[i].key, column->pairs[i].value);
    }
    return s;
}

// "part/age:18-24/sex:female": a split as the name of a field.
static const char *cell_name(struct arena *a, const struct split *s)
{
    char *name = arena_printf(a, "part/%s", split_text(a, s));
    for (char *p = name; *p != '\0'; p++) {
        *p = *p == ' ' ? '/' : *p == '=' ? ':' : *p;
    }
    return name;
}

static void read_cell(struct req *r, struct grids *g, const char *name, const struct split *split)
{
    struct result_part p = {.split = split_text(r->arena, split), .keys = split_keys(r->arena, split)};
    if (g->shares) {
        const char *whole = arena_printf(r->arena, "%s/whole", name);
        bool has_part = result_typed_number(r, name, &p.part);
        bool has_whole = result_typed_number(r, whole, &p.whole);
        p.has_fraction = has_part && has_whole;
        if (has_part != has_whole || (p.has_fraction && p.whole == 0)) {
            struct err_info wrong;
            (void)err_set(&wrong, ERR_INPUT, NULL, MSG("A share needs its part and its whole."),
                          MSG("Enter both numbers, and a whole above zero, or neither."), NULL);
            result_blame(r, has_part ? whole : name, &wrong);
        }
    } else {
        p.has_value = result_typed_number(r, name, &p.value);
    }
    if (p.has_value || p.has_fraction) {
        g->typed[g->n_typed++] = p;
    }
}

// Rows whose value is typed too: a code or the name of one, or for an open characteristic any word.
static const char *more_name(struct arena *a, const struct grid *grid, int i)
{
    return arena_printf(a, "more/%s/%d", grid->more->code, i);
}

static void read_more(struct req *r, struct grids *g, const struct grid *grid)
{
    for (int i = 0; i < GRID_MORE; i++) {
        const char *name = more_name(r->arena, grid, i);
        const char *number = arena_printf(r->arena, "%s/number", name);
        const char *word = characteristic_value_read(r->arena, r->lang, grid->more, req_posted(r, name));
        struct split split = {0};
        struct err_info wrong;
        if (word[0] == '\0' && req_posted(r, number)[0] == '\0') {
            continue;
        }
        if (split_read(r->arena, arena_printf(r->arena, "%s=%s", grid->more->code, word), &split,
                       &wrong) != ERR_NONE) {
            result_blame(r, name, &wrong);
        } else if (grids_typed(g, split_text(r->arena, &split)) != NULL) {
            (void)err_set(&wrong, ERR_INPUT, NULL, MSG("“{0}” stands here twice."),
                          MSG("Put both numbers into one row."), req_posted(r, name), NULL);
            result_blame(r, name, &wrong);
        } else {
            read_cell(r, g, number, &split);
        }
    }
}

void grids_read(struct req *r, struct grids *g)
{
    size_t most = 1;
    if (r->n_posted == 0) {
        return;
    }
    for (size_t i = 0; i < g->n; i++) {
        most += g->items[i].n_rows * g->items[i].n_columns + GRID_MORE;
    }
    g->typed = ARENA_ARRAY(r->arena, struct result_part, most);
    g->n_typed = 0;
    for (size_t i = 0; i < g->n; i++) {
        const struct grid *grid = &g->items[i];
        for (size_t k = 0; k < grid->n_rows * grid->n_columns; k++) {
            const struct split s = cell_split(&grid->rows[k / grid->n_columns],
                                              &grid->columns[k % grid->n_columns]);
            read_cell(r, g, cell_name(r->arena, &s), &s);
        }
        if (grid->more != NULL) {
            read_more(r, g, grid);
        }
    }
}

const struct result_part *grids_typed(const struct grids *g, const char *split)
{
    for (size_t i = 0; i < g->n_typed; i++) {
        if (strcmp(g->typed[i].split, split) == 0) {
            return &g->typed[i];
        }
    }
    return NULL;
}

bool grids_differ(const struct grids *g, const struct result_value *old)
{
    for (size_t i = 0; i < old->n_parts; i++) {
        const struct result_part *x = &old->parts[i];
        const struct result_part *y = grids_typed(g, x->split);
        if (y == NULL || x->has_value != y->has_value || x->has_fraction != y->has_fraction ||
            x->value != y->value || x->part != y->part || x->whole != y->whole) {
            return true;
        }
    }
    return g->n_typed != old->n_parts;
}

// ---- the page -----------------------------------------------------------------------------------

static const char *shown(struct req *r, const char *name, bool known, int64_t value)
{
    return r->n_posted > 0 ? req_posted(r, name) : known ? decimal_short(r->arena, value) : "";
}

static const char *error_at(struct req *r, const char *name)
{
    const struct form_error *wrong = form_error_of(r->form, name);
    return wrong == NULL ? NULL : err_text(r->arena, r->lang, &wrong->info);
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
        .error = error_at(r, own),
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
            const struct split s = cell_split(&grid->rows[i], &grid->columns[k]);
            const char *name = cell_name(r->arena, &s);
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
        const char *name = more_name(r->arena, grid, i);
        const char *number = arena_printf(r->arena, "%s/number", name);
        const char *whole = arena_printf(r->arena, "%s/whole", number);
        v->more[i] = (struct grid_more){
            .name = name, .word = req_posted(r, name), .error = error_at(r, name),
            .number = {.name = number, .value = req_posted(r, number), .error = error_at(r, number)},
            .whole = {.name = whole, .value = req_posted(r, whole), .error = error_at(r, whole)}};
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
        const struct split s = cell_split(of_row, of_column);
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
