// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_tables.c: the tables of risks of the Toolkit, by area of work.
//
// Source: Toolkit, tools 3.2 to 3.6: each stands for one of the areas of work of the thematic programme.
// Work on prevention and on data is strategy and policy work there.

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
        if (strcmp(areas_of_tables[i].tool, tool->id) == 0) {
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
    const struct pack_tool **out =
        ARENA_ARRAY(a, const struct pack_tool *, COUNT_OF(areas_of_tables));
    *n = 0;
    for (int turn = 0; turn < 2; turn++) {
        for (size_t i = 0; i < COUNT_OF(areas_of_tables); i++) {
            const struct pack_tool *tool = pack_tool_anywhere(areas_of_tables[i].tool);
            if (tool != NULL && is_of(tool, areas) == (turn == 0)) {
                out[(*n)++] = tool;
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
    return NULL;
}
