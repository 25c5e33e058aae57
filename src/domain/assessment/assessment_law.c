// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_law.c: see assessment_law.h.

#include "assessment/assessment_law.h"

#include <string.h>

static size_t part_of(const struct pack_tool *tool, const struct pack_row *row)
{
    size_t part = 0;
    while (part + 1 < assessment_n_parts(tool) && !assessment_in_part(tool, part, row)) {
        part++;
    }
    return part;
}

struct law_gaps law_gaps_of(struct arena *a, const struct pack_tool *tool,
                            const struct assessment_answer *answers, size_t n)
{
    struct law_gaps g = {.items = ARENA_ARRAY(a, struct law_gap, (size_t)tool->n_rows + 1)};
    for (unsigned i = 0; i < tool->n_rows; i++) {
        const struct pack_row *row = &tool->rows[i];
        if (!assessment_is_asked(row) || !assessment_is_rated(tool, row) ||
            row->gap == PACK_GAP_NEVER) {
            continue;
        }
        const struct assessment_answer *w = assessment_answer_of(answers, n, row->id);
        enum assessment_gap gap = assessment_gap_of(tool, row, w == NULL ? "" : w->value);
        g.n_open += w == NULL;
        if (gap != ASSESSMENT_NO_GAP) {
            g.items[g.n++] = (struct law_gap){row, w, gap, part_of(tool, row), pack_row_root(tool, row)};
            g.n_whole += gap == ASSESSMENT_GAP;
            g.n_in_part += gap == ASSESSMENT_GAP_IN_PART;
        }
    }
    return g;
}

struct law_risk *law_risks_of(struct arena *a, const char *row, const char *answer, size_t *n)
{
    size_t n_packs, n_tools, cap = 8;
    const struct pack *const *packs = pack_all(&n_packs);
    struct law_risk *found = ARENA_ARRAY(a, struct law_risk, cap);
    *n = 0;
    for (size_t p = 0; p < n_packs; p++) {
        const struct pack_tool *const *tools = pack_tools(packs[p], &n_tools);
        for (size_t t = 0; t < n_tools; t++) {
            for (unsigned i = 0; i < tools[t]->n_rows; i++) {
                const struct pack_row *risk = &tools[t]->rows[i];
                for (unsigned k = 0; risk->origin == NULL && k < risk->n_suggested_by; k++) {
                    const struct pack_link *link = &risk->suggested_by[k];
                    if (strcmp(link->row, row) != 0 || strcmp(link->answer, answer) != 0) {
                        continue;
                    }
                    if (*n == cap) {
                        struct law_risk *wider = ARENA_ARRAY(a, struct law_risk, cap * 2);
                        memcpy(wider, found, cap * sizeof *wider);
                        found = wider;
                        cap *= 2;
                    }
                    found[(*n)++] = (struct law_risk){tools[t], risk, link->why};
                }
            }
        }
    }
    return found;
}

struct law_cases law_cases_of(const struct pack_tool *tool, const struct pack_row *row,
                              const struct assessment_answer *answers, size_t n)
{
    struct law_cases c = {0};
    for (unsigned i = 0; i < tool->n_rows; i++) {
        const struct pack_row *below = &tool->rows[i];
        if (below->parent == NULL || strcmp(below->parent, row->id) != 0 ||
            !assessment_is_rated(tool, below)) {
            continue;
        }
        const struct assessment_answer *w = assessment_answer_of(answers, n, below->id);
        const char *value = w == NULL ? "" : w->value;
        c.n++;
        c.yes += strcmp(value, "yes") == 0;
        c.part += strcmp(value, "part") == 0;
        c.no += strcmp(value, "no") == 0;
        c.na += strcmp(value, "na") == 0;
        c.open += value[0] == '\0';
    }
    return c;
}
