// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_used.c: where a tool and its rows are used: what refers to them, in the other direction of `refs`,
// `see`, `same_as`, `articles`, `suggested_by` and `serves`; and who copied it.
//
// Looked for by walking all packs: some twelve hundred references, well under a millisecond.

#include "pack/pack_inner.h"

#include <string.h>

#include "base/bug.h"

#define MAX_USES 4000

struct finding {
    const struct pack_tool *of;
    const char *root;   // of the tool, and of each of its rows
    const char **roots;
    struct pack_use *list;
    size_t n;
};

// What of the tool is meant by an id: of its own, or of what it was copied from; NULL: nothing.
static const char *meant_by(const struct finding *f, const char *id)
{
    if (strcmp(id, f->of->id) == 0 || strcmp(id, f->root) == 0) {
        return f->of->id;
    }
    for (unsigned i = 0; i < f->of->n_rows; i++) {
        if (strcmp(id, f->of->rows[i].id) == 0 || strcmp(id, f->roots[i]) == 0) {
            return f->of->rows[i].id;
        }
    }
    return NULL;
}

static void look_at(struct finding *f, const struct pack_tool *tool, const struct pack_row *row,
                    const char *id)
{
    const char *of = id == NULL ? NULL : meant_by(f, id);
    // a copy refers to what its original refers to: that would be said twice
    bool used = of != NULL && (tool->origin.tool == NULL || tool->pack == f->of->pack);
    if (used && strcmp(pack_tool_root(tool), f->root) != 0 && f->n < MAX_USES) {
        f->list[f->n++] = (struct pack_use){of, tool, row};
    }
}

static void look_at_row(struct finding *f, const struct pack_tool *tool, const struct pack_row *row)
{
    look_at(f, tool, row, row->same_as);
    for (unsigned i = 0; i < row->n_refs; i++) {
        look_at(f, tool, row, row->refs[i]);
    }
    for (unsigned i = 0; i < row->n_serves; i++) {
        look_at(f, tool, row, row->serves[i]);
    }
    for (unsigned i = 0; i < row->n_articles; i++) {
        look_at(f, tool, row, row->articles[i].instrument);
    }
    for (unsigned i = 0; i < row->n_suggested_by; i++) {
        look_at(f, tool, row, row->suggested_by[i].row);
    }
}

size_t pack_used_by(struct arena *a, const struct pack_tool *of, const struct pack_use **out)
{
    struct finding f = {.of = of,
                        .root = pack_tool_root(of),
                        .roots = pack_row_roots(a, of),
                        .list = ARENA_ARRAY(a, struct pack_use, MAX_USES)};
    size_t n_packs, n_tools;
    const struct pack *const *packs = pack_all(&n_packs);
    for (size_t p = 0; p < n_packs; p++) {
        const struct pack_tool *const *tools = pack_tools(packs[p], &n_tools);
        for (size_t i = 0; i < n_tools; i++) {
            for (unsigned k = 0; k < tools[i]->n_see; k++) {
                look_at(&f, tools[i], NULL, tools[i]->see[k]);
            }
            for (unsigned k = 0; k < tools[i]->n_rows; k++) {
                look_at_row(&f, tools[i], &tools[i]->rows[k]);
            }
        }
    }
    *out = f.list;
    return f.n;
}

// Also a copy of a copy.
static bool is_copy_of(const struct pack_tool *tool, const struct pack_tool *of)
{
    bool found = false;
    for (int depth = 0; tool != NULL && tool->origin.tool != NULL && depth < PACK_MAX_COPIES; depth++) {
        found = found || strcmp(tool->origin.tool, of->id) == 0;
        tool = pack_tool_origin(tool);
    }
    return found;
}

size_t pack_tools_own(struct arena *a, const struct pack_tool ***out)
{
    size_t n_packs, n_tools, n = 0, most = 0;
    const struct pack *const *packs = pack_all(&n_packs);
    for (size_t p = 0; p < n_packs; p++) {
        if (pack_is_own(packs[p])) {
            (void)pack_tools(packs[p], &n_tools);
            most += n_tools;
        }
    }
    *out = ARENA_ARRAY(a, const struct pack_tool *, most + 1);
    for (size_t p = 0; p < n_packs; p++) {
        if (pack_is_own(packs[p])) {
            const struct pack_tool *const *tools = pack_tools(packs[p], &n_tools);
            memcpy(*out + n, tools, n_tools * sizeof tools[0]);
            n += n_tools;
        }
    }
    return n;
}

size_t pack_copies(struct arena *a, const struct pack_tool *of, const struct pack_tool ***out)
{
    size_t n_own = pack_tools_own(a, out), n = 0;
    for (size_t i = 0; i < n_own; i++) {
        if (is_copy_of((*out)[i], of)) {
            (*out)[n++] = (*out)[i];
        }
    }
    return n;
}

size_t pack_family(struct arena *a, const char *family, const struct pack_tool ***out)
{
    const struct pack_tool *first = pack_tool_anywhere(family);
    const struct pack_tool **copies;
    size_t n = first == NULL ? 0 : pack_copies(a, first, &copies);
    *out = ARENA_ARRAY(a, const struct pack_tool *, n + 1);
    (*out)[0] = first;
    for (size_t i = 0; i < n; i++) {
        (*out)[i + 1] = copies[i];
    }
    return first == NULL ? 0 : n + 1;
}

const struct pack_tool *pack_family_tool(const char *family, const char *id)
{
    const struct pack_tool *tool = pack_tool_anywhere(id == NULL || id[0] == '\0' ? family : id);
    return tool != NULL && strcmp(pack_tool_root(tool), family) == 0 ? tool : NULL;
}

const struct pack_row *pack_family_row(const char *family, const char *row_id, const struct pack_tool **tool)
{
    size_t n_packs, n_tools;
    const struct pack_tool *first = pack_tool_anywhere(family);
    const struct pack_row *row = first == NULL ? NULL : tool_row(first, row_id);
    const struct pack *const *packs = pack_all(&n_packs);
    if (row != NULL && tool != NULL) {
        *tool = first;
    }
    for (size_t p = 0; p < n_packs && row == NULL; p++) {
        const struct pack_tool *const *tools = pack_is_own(packs[p]) ? pack_tools(packs[p], &n_tools) : NULL;
        for (size_t i = 0; tools != NULL && i < n_tools && row == NULL; i++) {
            bool fits = tools[i] != first && strcmp(pack_tool_root(tools[i]), family) == 0;
            row = fits ? tool_row_ever(tools[i], row_id) : NULL;
            if (row != NULL && tool != NULL) {
                *tool = tools[i];
            }
        }
    }
    return row;
}

const char **pack_row_roots(struct arena *a, const struct pack_tool *t)
{
    const char **roots = ARENA_ARRAY(a, const char *, (size_t)t->n_rows + 1);
    for (unsigned i = 0; i < t->n_rows; i++) {
        roots[i] = pack_row_root(t, &t->rows[i]);
    }
    return roots;
}

const struct pack_row *tool_row_from(const struct pack_tool *t, const char *root_row)
{
    for (unsigned i = 0; i < t->n_rows; i++) {
        if (strcmp(pack_row_root(t, &t->rows[i]), root_row) == 0) {
            return &t->rows[i];
        }
    }
    return NULL;
}
