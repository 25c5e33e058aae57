// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack.c: looking things up in a pack that was read: rows, sections, scales, the risk grid.
//
// Used by assessment, risk and result. Lists are short (at most some dozens), so they are searched
// from the front.

#include "pack/pack_inner.h"

#include <string.h>

#define FIND(list, n, wanted)                                                                      \
    for (size_t i = 0; (wanted) != NULL && i < (n); i++) {                                         \
        if (strcmp((list)[i].id, (wanted)) == 0) {                                                 \
            return &(list)[i];                                                                     \
        }                                                                                          \
    }                                                                                              \
    return NULL

const struct pack_row *tool_row(const struct pack_tool *t, const char *row_id)
{
    FIND(t->rows, t->n_rows, row_id);
}

const struct pack_row *tool_row_ever(const struct pack_tool *t, const char *row_id)
{
    FIND(t->rows, (size_t)t->n_rows + t->n_hidden, row_id);
}

const struct pack_section *tool_section(const struct pack_tool *t, const char *id)
{
    FIND(t->sections, t->n_sections, id);
}

const struct pack_result *tool_result(const struct pack_tool *t, const char *id)
{
    FIND(t->results, t->n_results, id);
}

const struct pack_group *tool_group(const struct pack_tool *t, const char *id)
{
    FIND(t->groups, t->n_groups, id);
}

bool tool_asks(const struct pack_tool *t, const char *field)
{
    for (unsigned i = 0; i < t->n_asks; i++) {
        if (strcmp(t->asks[i], field) == 0) {
            return true;
        }
    }
    return false;
}

const struct pack_scale *row_scale(const struct pack_tool *t, const struct pack_row *row)
{
    const char *id = row->scale != NULL ? row->scale : t->scale;
    return id == NULL ? NULL : pack_scale(t->pack, id);
}

const struct pack_row *pack_row(const struct pack *p, const char *row_id,
                                const struct pack_tool **tool)
{
    size_t n;
    const struct pack_tool *const *tools = pack_tools(p, &n);
    for (size_t i = 0; i < n; i++) {
        const struct pack_row *row = tool_row(tools[i], row_id);
        if (row != NULL) {
            *tool = tools[i];
            return row;
        }
    }
    return NULL;
}

const struct pack_row *pack_row_anywhere(const char *row_id, const struct pack_tool **tool)
{
    const struct pack *first = pack_find(PACK_DEFAULT);
    const struct pack_row *row = first == NULL ? NULL : pack_row(first, row_id, tool);
    size_t n;
    const struct pack *const *all = pack_all(&n);
    for (size_t i = 0; row == NULL && i < n; i++) {
        row = pack_row(all[i], row_id, tool);
    }
    return row;
}

const struct pack_level *scale_level(const struct pack_scale *s, const char *level)
{
    FIND(s->levels, s->n_levels, level);
}

static const struct pack_scale *own_scale(const struct pack *p, const char *id)
{
    FIND(p->scales, p->n_scales, id);
}

static const struct pack_grid *own_grid(const struct pack *p, const char *id)
{
    FIND(p->grids, p->n_grids, id);
}

const struct pack_scale *pack_scale(const struct pack *p, const char *id)
{
    const struct pack_scale *found = own_scale(p, id);
    for (unsigned i = 0; found == NULL && i < p->n_needs; i++) {
        const struct pack *other = pack_needed(p, p->needs[i]);
        found = other == NULL ? NULL : own_scale(other, id);
    }
    return found;
}

const struct pack_grid *pack_grid(const struct pack *p, const char *id)
{
    const struct pack_grid *found = own_grid(p, id);
    for (unsigned i = 0; found == NULL && i < p->n_needs; i++) {
        const struct pack *other = pack_needed(p, p->needs[i]);
        found = other == NULL ? NULL : own_grid(other, id);
    }
    return found;
}

static const struct pack_cell *grid_cell(const struct pack_grid *g, const char *likelihood,
                                         const char *impact)
{
    for (unsigned i = 0; likelihood != NULL && impact != NULL && i < g->n_cells; i++) {
        if (strcmp(g->cells[i].likelihood, likelihood) == 0 &&
            strcmp(g->cells[i].impact, impact) == 0) {
            return &g->cells[i];
        }
    }
    return NULL;
}

static const struct pack_level *level_on_grid(const struct pack_grid *g, const char *id)
{
    FIND(g->levels, g->n_levels, id);
}

const struct pack_level *grid_level(const struct pack_grid *g, const char *likelihood,
                                    const char *impact)
{
    const struct pack_cell *cell = grid_cell(g, likelihood, impact);
    return cell == NULL ? NULL : level_on_grid(g, cell->level);
}

bool grid_mitigation_required(const struct pack_grid *g, const char *likelihood, const char *impact)
{
    const struct pack_cell *cell = grid_cell(g, likelihood, impact);
    return cell != NULL && cell->mitigation == PACK_REQUIRED;
}

bool pack_is_own(const struct pack *p)
{
    return p->inner != NULL && p->inner->own;
}

const struct pack_tool *pack_tool_origin(const struct pack_tool *t)
{
    const struct pack *p = t->origin.tool == NULL ? NULL : pack_find(t->origin.pack);
    return p == NULL ? NULL : pack_tool(p, t->origin.tool);
}

const struct pack_row *pack_row_origin(const struct pack_tool *t, const struct pack_row *row)
{
    const struct pack_tool *from = row->origin == NULL ? NULL : pack_tool_origin(t);
    return from == NULL ? NULL : tool_row_ever(from, row->origin);
}

const char *pack_tool_name(struct arena *a, const struct lang *lang, const struct pack_tool *t)
{
    const char *title = pack_words(t->pack, lang, t->id, t->title);
    bool numbered = t->id[0] >= '0' && t->id[0] <= '9';
    return numbered ? arena_printf(a, "%s %s", t->id, title) : title;
}

bool pack_tool_is_answered(const struct pack_tool *tool)
{
    switch (tool->kind) {
    case PACK_KIND_CHECKLIST:
    case PACK_KIND_QUESTION_TABLE: return tool->scale != NULL;
    case PACK_KIND_PROFILE:
    case PACK_KIND_RATING_MATRIX: return tool->subject == PACK_SUBJECT_COUNTRY;
    default: return false;
    }
}

const char *pack_tool_saved_as(const struct pack_tool *tool)
{
    static const char *const kinds[PACK_KIND_COUNT] = {
        [PACK_KIND_INSTRUMENTS] = "obligation",
        [PACK_KIND_RISK_TABLE] = "risk",
        [PACK_KIND_INDICATOR_SET] = "indicator",
        [PACK_KIND_DECISION_FLOW] = "due_diligence",
        [PACK_KIND_RESPONSE_LADDER] = "risk_response",
        [PACK_KIND_ADVOCACY_TABLE] = "advocacy_use",
    };
    return kinds[tool->kind];
}

bool pack_tool_is_used(const struct pack_tool *tool)
{
    return pack_tool_is_answered(tool) || pack_tool_saved_as(tool) != NULL;
}

const char *pack_tool_root(const struct pack_tool *t)
{
    const char *id = t->id;
    for (int depth = 0; t != NULL && t->origin.tool != NULL && depth < PACK_MAX_COPIES; depth++) {
        id = t->origin.tool;
        t = pack_tool_origin(t);
    }
    return id;
}

const char *pack_row_root(const struct pack_tool *t, const struct pack_row *row)
{
    const char *id = row->id;
    for (int depth = 0; row != NULL && row->origin != NULL && depth < PACK_MAX_COPIES; depth++) {
        id = row->origin;
        row = pack_row_origin(t, row);
        t = row == NULL ? t : pack_tool_origin(t);
    }
    return id;
}

const char *pack_row_shared(const struct pack_tool *t, const struct pack_row *row)
{
    for (int depth = 0; row != NULL && row->same_as == NULL && depth < PACK_MAX_COPIES; depth++) {
        row = pack_row_origin(t, row);
        t = row == NULL ? t : pack_tool_origin(t);
    }
    return row == NULL ? NULL : row->same_as;
}

const char *pack_known_tool(const char *tool_id)
{
    const struct pack *toolkit = pack_find(PACK_DEFAULT);
    const struct pack_tool *tool = toolkit == NULL ? NULL : pack_tool(toolkit, tool_id);
    return tool == NULL ? NULL : tool->title;
}
