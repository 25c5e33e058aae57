// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_grid_web.c: see result_grid_web.h. Here: which grids there are, and what was typed in them.

#include "result/result_grid_web.h"

#include <string.h>

#include "base/decimal.h"
#include "result/result.h"
#include "result/result_web.h"

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
        const char *value = split_value(old->splits[i], c->code);
        if (!is_short(c) && old->splits[i]->n == 1 && value != NULL && !characteristic_value_is_apart(value)) {
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
            rows[grid.n_rows++] = *g->old->splits[i];
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
    *g = (struct grids){.unit = unit,
                        .shares = shares,
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

struct split grid_cell_split(const struct split *row, const struct split *column)
{
    struct split s = *row;
    for (size_t i = 0; i < column->n; i++) {
        (void)split_add(&s, column->pairs[i].key, column->pairs[i].value);
    }
    return s;
}

const char *grid_cell_name(struct arena *a, const struct split *s)
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
        bool has_part = result_typed_number(r, g->unit, name, &p.part);
        bool has_whole = result_typed_number(r, g->unit, whole, &p.whole);
        p.has_fraction = has_part && has_whole;
        if (has_part != has_whole || (p.has_fraction && p.whole == 0)) {
            struct err_info wrong;
            (void)err_set(&wrong, ERR_INPUT, NULL, MSG("A share needs its part and its whole."),
                          MSG("Enter both numbers, and a whole above zero, or neither."), NULL);
            result_blame(r, has_part ? whole : name, &wrong);
        }
    } else {
        p.has_value = result_typed_number(r, g->unit, name, &p.value);
    }
    if (p.has_value || p.has_fraction) {
        g->typed[g->n_typed++] = p;
    }
}

const char *grid_more_name(struct arena *a, const struct grid *grid, int i)
{
    return arena_printf(a, "more/%s/%d", grid->more->code, i);
}

static void read_more(struct req *r, struct grids *g, const struct grid *grid)
{
    for (int i = 0; i < GRID_MORE; i++) {
        const char *name = grid_more_name(r->arena, grid, i);
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
            const struct split s = grid_cell_split(&grid->rows[k / grid->n_columns],
                                              &grid->columns[k % grid->n_columns]);
            read_cell(r, g, grid_cell_name(r->arena, &s), &s);
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
