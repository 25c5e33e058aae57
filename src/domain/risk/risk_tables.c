// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_tables.c: the tables of risks of the Toolkit and what the office made of them, by area of work.
//
// Source: Toolkit, tools 3.2 to 3.6: each stands for one of the areas of work of the thematic programme.
// Work on prevention and on data is strategy and policy work there. A copy of a table is of its area.

#include <string.h>

#include "base/bug.h"
#include "risk/risk.h"

static const struct {
    const char *tool;
    const char *area;
} areas_of_tables[] = {
    {"3.2", "strategy"},    {"3.3", "legislation"}, {"3.4", "justice"},
    {"3.5", "cooperation"}, {"3.6", "protection"},
};

const char *risk_table_area(const struct pack_tool *tool)
{
    for (size_t i = 0; i < COUNT_OF(areas_of_tables); i++) {
        if (strcmp(areas_of_tables[i].tool, pack_tool_root(tool)) == 0) {
            return areas_of_tables[i].area;
        }
    }
    return "";
}

static bool is_of(const struct pack_tool *tool, const char *areas)
{
    const char *area = risk_table_area(tool);
    size_t len = strlen(area);
    for (const char *p = areas; len > 0 && (p = strstr(p, area)) != NULL; p++) {
        bool begins = p == areas || p[-1] == ' ';
        if (begins && (p[len] == ' ' || p[len] == '\0')) {
            return true;
        }
    }
    return false;
}

// The table, then its copies. The list is in the arena.
static size_t tables_of(struct arena *a, size_t area, const struct pack_tool ***out)
{
    const struct pack_tool *original = pack_tool_anywhere(areas_of_tables[area].tool);
    const struct pack_tool **copies;
    size_t n = original == NULL ? 0 : pack_copies(a, original, &copies);
    *out = ARENA_ARRAY(a, const struct pack_tool *, n + 1);
    for (size_t i = 0; i < n; i++) {
        (*out)[i + 1] = copies[i];
    }
    (*out)[0] = original;
    return original == NULL ? 0 : n + 1;
}

const struct pack_tool **risk_tables(struct arena *a, const char *areas, size_t *n, size_t *n_first)
{
    const struct pack_tool **of[COUNT_OF(areas_of_tables)];
    size_t n_of[COUNT_OF(areas_of_tables)], most = 0;
    for (size_t i = 0; i < COUNT_OF(areas_of_tables); i++) {
        n_of[i] = tables_of(a, i, &of[i]);
        most += n_of[i];
    }
    const struct pack_tool **out = ARENA_ARRAY(a, const struct pack_tool *, most + 1);
    *n = 0;
    for (int turn = 0; turn < 2; turn++) {
        for (size_t i = 0; i < COUNT_OF(areas_of_tables); i++) {
            for (size_t k = 0; k < n_of[i]; k++) {
                if (is_of(of[i][k], areas) == (turn == 0)) {
                    out[(*n)++] = of[i][k];
                }
            }
        }
        if (turn == 0 && n_first != NULL) {
            *n_first = *n;
        }
    }
    return out;
}

const struct pack_row *risk_table_row(const char *id, const struct pack_tool **tool)
{
    for (size_t i = 0; id[0] != '\0' && i < COUNT_OF(areas_of_tables); i++) {
        const struct pack_tool *t = pack_tool_anywhere(areas_of_tables[i].tool);
        const struct pack_row *row = t == NULL ? NULL : tool_row(t, id);
        if (row != NULL) {
            if (tool != NULL) {
                *tool = t;
            }
            return row;
        }
    }
    // a row of a copy
    const struct pack_tool *of = NULL;
    const struct pack_row *row = id[0] == '\0' ? NULL : pack_row_own(id, &of);
    if (row == NULL || of->kind != PACK_KIND_RISK_TABLE || risk_table_area(of)[0] == '\0') {
        return NULL;
    }
    if (tool != NULL) {
        *tool = of;
    }
    return row;
}
