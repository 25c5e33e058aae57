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

const struct pack_tool **risk_tables(struct arena *a, const char *areas, size_t *n, size_t *n_first)
{
    const struct pack_tool **of[COUNT_OF(areas_of_tables)];
    size_t n_of[COUNT_OF(areas_of_tables)], most = 0;
    for (size_t i = 0; i < COUNT_OF(areas_of_tables); i++) {
        n_of[i] = pack_family(a, areas_of_tables[i].tool, &of[i]);
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
    const struct pack_row *row = NULL;
    for (size_t i = 0; id[0] != '\0' && row == NULL && i < COUNT_OF(areas_of_tables); i++) {
        row = pack_family_row(areas_of_tables[i].tool, id, tool);
    }
    return row;
}
