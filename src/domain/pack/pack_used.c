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
    struct pack_use *list;
    size_t n;
};

static void look_at(struct finding *f, const struct pack_tool *tool, const struct pack_row *row,
                    const char *id)
{
    bool used = id != NULL && (strcmp(id, f->of->id) == 0 || tool_row(f->of, id) != NULL);
    // a copy refers to what its original refers to: that would be said twice
    used = used && (tool->origin.tool == NULL || tool->pack == f->of->pack);
    if (used && tool != f->of && f->n < MAX_USES) {
        f->list[f->n++] = (struct pack_use){id, tool, row};
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
    struct finding f = {of, ARENA_ARRAY(a, struct pack_use, MAX_USES), 0};
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
