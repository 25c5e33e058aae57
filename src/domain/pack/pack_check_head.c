// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_check_head.c: rules about ids and about pack.yaml: versions, dates, needs, scales, grids.

#include "pack/pack_inner.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"

// Well formed: letters and digits in groups, with one "." or "-" between groups.
static bool is_id(const char *text, bool capitals)
{
    if (strlen(text) > 64) {
        return false;
    }
    bool in_group = false;
    for (const char *p = text; *p != '\0'; p++) {
        bool letter = (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') ||
                      (capitals && *p >= 'A' && *p <= 'Z');
        if (!letter && ((*p != '.' && *p != '-') || !in_group)) {
            return false;
        }
        in_group = letter;
    }
    return in_group;
}

// Calls `visit` with every id of the pack: list[i] of a file, with the path of its place.
typedef void visit_id(struct pack_checker *c, const struct yaml_places *places, const char *list,
                      size_t i, const char *key, const char *id);

#define VISIT_LIST(c, visit, places, list, items, n)                                               \
    for (size_t i_ = 0; i_ < (n); i_++) {                                                          \
        visit(c, places, list, i_, ".id", (items)[i_].id);                                         \
    }

static void visit_levels(struct pack_checker *c, visit_id *visit, const char *list, size_t i,
                         const struct pack_level *levels, size_t n)
{
    const char *inner = arena_printf(c->arena, "%s[%zu].levels", list, i);
    VISIT_LIST(c, visit, &c->head, inner, levels, n);
}

static void visit_lists(struct pack_checker *c, visit_id *visit)
{
    const struct pack *p = c->pack;
    VISIT_LIST(c, visit, &c->head, "scales", p->scales, p->n_scales);
    VISIT_LIST(c, visit, &c->head, "grids", p->grids, p->n_grids);
    VISIT_LIST(c, visit, &c->head, "data", p->data, p->n_data);
    for (size_t i = 0; i < p->n_scales; i++) {
        visit_levels(c, visit, "scales", i, p->scales[i].levels, p->scales[i].n_levels);
    }
    for (size_t i = 0; i < p->n_grids; i++) {
        visit_levels(c, visit, "grids", i, p->grids[i].levels, p->grids[i].n_levels);
    }
    for (size_t i = 0; i < p->n_languages; i++) {
        visit(c, &c->head, "languages", i, "", p->languages[i]);
    }
    for (size_t t = 0; t < c->n_tools; t++) {
        const struct yaml_places *places = &c->tools[t].places;
        const struct pack_tool *tool = c->tools[t].tool;
        VISIT_LIST(c, visit, places, "sections", tool->sections, tool->n_sections);
        VISIT_LIST(c, visit, places, "results", tool->results, tool->n_results);
        VISIT_LIST(c, visit, places, "rows", tool->rows, tool->n_rows);
    }
}

static void visit_form(struct pack_checker *c, const struct yaml_places *places, const char *list,
                       size_t i, const char *key, const char *id)
{
    // Lists of a document keep the names they have in its inventory.
    bool capitals = strcmp(list, "rows") == 0 || strcmp(list, "sections") == 0;
    if (!is_id(id, capitals)) {
        fault_at(c, RULE_ID_FORM, places, arena_printf(c->arena, "%s[%zu]%s", list, i, key), id,
                 NULL);
    }
}

void check_id_forms(struct pack_checker *c)
{
    if (!is_id(c->pack->id, false)) {
        fault_at(c, RULE_ID_FORM, &c->head, "id", c->pack->id, NULL);
    }
    if (!is_id(c->pack->publisher, false)) {
        fault_at(c, RULE_ID_FORM, &c->head, "publisher", c->pack->publisher, NULL);
    }
    for (size_t t = 0; t < c->n_tools; t++) {
        if (!is_id(c->tools[t].tool->id, false)) {
            fault_at(c, RULE_ID_FORM, &c->tools[t].places, "id", c->tools[t].tool->id, NULL);
        }
    }
    visit_lists(c, visit_form);
}

// Is this id the same as one before it in the same list?
static void visit_once(struct pack_checker *c, const struct yaml_places *places, const char *list,
                       size_t i, const char *key, const char *id)
{
    for (size_t before = 0; before < i; before++) {
        const char *path = arena_printf(c->arena, "%s[%zu]%s", list, before, key);
        const char *other = yaml_find(places, path)->text;
        if (other != NULL && strcmp(other, id) == 0) {
            fault_at(c, RULE_ID_TWICE, places, arena_printf(c->arena, "%s[%zu]%s", list, i, key), id,
                     NULL);
            return;
        }
    }
}

// Ids of rows are one space for the whole pack: an answer names its row without the tool.
static void check_rows_over_tools(struct pack_checker *c)
{
    for (size_t t = 1; t < c->n_tools; t++) {
        const struct pack_tool *tool = c->tools[t].tool;
        for (size_t i = 0; i < tool->n_rows; i++) {
            for (size_t before = 0; before < t; before++) {
                if (tool_row(c->tools[before].tool, tool->rows[i].id) != NULL) {
                    fault_at(c, RULE_ID_TWICE, &c->tools[t].places,
                             arena_printf(c->arena, "rows[%zu].id", i), tool->rows[i].id, NULL);
                    break;
                }
            }
        }
    }
}

void check_ids_once(struct pack_checker *c)
{
    visit_lists(c, visit_once);
    check_rows_over_tools(c);
    const struct pack_inner *inner = c->pack->inner;
    for (size_t i = 0; i < inner->n_neighbours; i++) {
        if (strcmp(inner->neighbours[i]->id, c->pack->id) == 0 &&
            strcmp(inner->neighbours[i]->inner->where, inner->where) != 0) {
            fault_at(c, RULE_ID_TWICE, &c->head, "id", c->pack->id, NULL);
        }
    }
}

void check_version(struct pack_checker *c)
{
    const char *at = c->pack->version;
    bool good = true;
    for (int part = 0; part < 3 && good; part++) {
        size_t n = strspn(at, "0123456789");
        good = n > 0 && n < 7 && (n == 1 || at[0] != '0') && at[n] == (part < 2 ? '.' : '\0');
        at += n + (part < 2);
    }
    if (!good) {
        fault_at(c, RULE_VERSION, &c->head, "version", c->pack->version, NULL);
    }
}

void check_dates(struct pack_checker *c)
{
    if (!date_is_valid(c->pack->published)) {
        fault_at(c, RULE_DATE, &c->head, "published", c->pack->published, NULL);
    }
    for (size_t i = 0; i < c->pack->n_data; i++) {
        if (!date_is_valid(c->pack->data[i].as_of)) {
            fault_at(c, RULE_DATE, &c->head, arena_printf(c->arena, "data[%zu].as_of", i),
                     c->pack->data[i].as_of, NULL);
        }
    }
}

// Does `from` need the pack called id, in at most `depth` steps?
static bool leads_to(const struct pack *asking, const struct pack *from, const char *id, int depth)
{
    for (size_t i = 0; i < from->n_needs && depth > 0; i++) {
        const struct pack *next = pack_needed(asking, from->needs[i]);
        if (strcmp(from->needs[i], id) == 0 ||
            (next != NULL && leads_to(asking, next, id, depth - 1))) {
            return true;
        }
    }
    return false;
}

void check_needs(struct pack_checker *c)
{
    for (size_t i = 0; i < c->pack->n_needs; i++) {
        const char *id = c->pack->needs[i];
        const struct pack *needed = pack_needed(c->pack, id);
        if (needed == NULL || strcmp(id, c->pack->id) == 0 ||
            leads_to(c->pack, needed, c->pack->id, 8)) {
            fault_at(c, RULE_NEEDS, &c->head, arena_printf(c->arena, "needs[%zu]", i), id, NULL);
        }
    }
}

void check_levels(struct pack_checker *c)
{
    for (size_t i = 0; i < c->pack->n_scales; i++) {
        if (c->pack->scales[i].n_levels < 2) {
            fault_at(c, RULE_SCALE_LEVELS, &c->head, arena_printf(c->arena, "scales[%zu].levels", i),
                     c->pack->scales[i].id, NULL);
        }
    }
    for (size_t i = 0; i < c->pack->n_grids; i++) {
        if (c->pack->grids[i].n_levels < 2) {
            fault_at(c, RULE_SCALE_LEVELS, &c->head, arena_printf(c->arena, "grids[%zu].levels", i),
                     c->pack->grids[i].id, NULL);
        }
    }
}

void check_grid_scales(struct pack_checker *c)
{
    for (size_t i = 0; i < c->pack->n_grids; i++) {
        const struct pack_grid *g = &c->pack->grids[i];
        if (pack_scale(c->pack, g->likelihood) == NULL) {
            fault_at(c, RULE_GRID_SCALE, &c->head, arena_printf(c->arena, "grids[%zu].likelihood", i),
                     g->id, g->likelihood, NULL);
        }
        if (pack_scale(c->pack, g->impact) == NULL) {
            fault_at(c, RULE_GRID_SCALE, &c->head, arena_printf(c->arena, "grids[%zu].impact", i),
                     g->id, g->impact, NULL);
        }
    }
}

static void count_cells(struct pack_checker *c, size_t grid, const char *likelihood,
                        const char *impact)
{
    const struct pack_grid *g = &c->pack->grids[grid];
    size_t n = 0, last = 0;
    for (size_t i = 0; i < g->n_cells; i++) {
        if (strcmp(g->cells[i].likelihood, likelihood) == 0 &&
            strcmp(g->cells[i].impact, impact) == 0) {
            n++;
            last = i;
        }
    }
    if (n != 1) {
        const char *path = n == 0 ? arena_printf(c->arena, "grids[%zu].cells", grid)
                                  : arena_printf(c->arena, "grids[%zu].cells[%zu]", grid, last);
        fault_at(c, RULE_GRID_CELLS, &c->head, path, g->id, likelihood, impact,
                 arena_printf(c->arena, "%zu", n), NULL);
    }
}

void check_grid_cells(struct pack_checker *c)
{
    for (size_t i = 0; i < c->pack->n_grids; i++) {
        const struct pack_scale *x = pack_scale(c->pack, c->pack->grids[i].likelihood);
        const struct pack_scale *y = pack_scale(c->pack, c->pack->grids[i].impact);
        for (size_t k = 0; x != NULL && y != NULL && k < x->n_levels; k++) {
            for (size_t m = 0; m < y->n_levels; m++) {
                count_cells(c, i, x->levels[k].id, y->levels[m].id);
            }
        }
    }
}

static void check_cell_level(struct pack_checker *c, size_t grid, size_t cell, const char *key,
                             const char *level, const struct pack_level *found)
{
    if (found == NULL) {
        fault_at(c, RULE_GRID_LEVEL, &c->head,
                 arena_printf(c->arena, "grids[%zu].cells[%zu].%s", grid, cell, key),
                 c->pack->grids[grid].id, level, NULL);
    }
}

void check_grid_levels(struct pack_checker *c)
{
    for (size_t i = 0; i < c->pack->n_grids; i++) {
        const struct pack_grid *g = &c->pack->grids[i];
        const struct pack_scale *x = pack_scale(c->pack, g->likelihood);
        const struct pack_scale *y = pack_scale(c->pack, g->impact);
        const struct pack_scale own = {.levels = g->levels, .n_levels = g->n_levels};
        for (size_t k = 0; x != NULL && y != NULL && k < g->n_cells; k++) {
            const struct pack_cell *cell = &g->cells[k];
            check_cell_level(c, i, k, "likelihood", cell->likelihood,
                             scale_level(x, cell->likelihood));
            check_cell_level(c, i, k, "impact", cell->impact, scale_level(y, cell->impact));
            check_cell_level(c, i, k, "level", cell->level, scale_level(&own, cell->level));
        }
    }
}
