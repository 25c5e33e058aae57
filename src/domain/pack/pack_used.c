// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_used.c: where a tool and its rows are used: what refers to them, in the other direction of `refs`,
// `see`, `same_as`, `articles`, `suggested_by` and `serves`.
//
// Looked for by walking the pack: some twelve hundred references, well under a millisecond.

#include "pack/pack.h"

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
    size_t n_tools;
    const struct pack_tool *const *tools = pack_tools(of->pack, &n_tools);
    for (size_t i = 0; i < n_tools; i++) {
        for (unsigned k = 0; k < tools[i]->n_see; k++) {
            look_at(&f, tools[i], NULL, tools[i]->see[k]);
        }
        for (unsigned k = 0; k < tools[i]->n_rows; k++) {
            look_at_row(&f, tools[i], &tools[i]->rows[k]);
        }
    }
    *out = f.list;
    return f.n;
}
