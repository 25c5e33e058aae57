// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_basis.c: the answers behind a risk, as a record keeps them, in words. See risk_suggest.h.
//
// Not here: their links and what is answered now (risk_basis_web.c); the lines (assessment_basis.h).

#include <string.h>

#include "assessment/assessment_basis.h"
#include "base/buf.h"
#include "base/limits.h"
#include "place/place.h"
#include "risk/risk_suggest.h"

const struct pack_tool *risk_ground_tool(struct arena *a, const char *row)
{
    for (const char *dash = strchr(row, '-'); dash != NULL; dash = strchr(dash + 1, '-')) {
        const struct pack_tool *tool =
            pack_tool_anywhere(arena_copy_n(a, row, (size_t)(dash - row)));
        if (tool != NULL && tool_row(tool, row) != NULL) {
            return tool;
        }
    }
    return NULL;
}

const char *risk_ground_answer(const struct lang *lang, const struct pack_tool *tool, const char *row_id,
                               const char *value)
{
    const struct pack_row *row = tool == NULL ? NULL : tool_row(tool, row_id);
    const struct pack_scale *scale = row == NULL ? NULL : row_scale(tool, row);
    const struct pack_level *level = scale == NULL ? NULL : scale_level(scale, value);
    return level == NULL ? value : pack_words(tool->pack, lang, level->id, level->title);
}

// "Namibia, 2.6-Q5 (Women): No". Who a stakeholder is stands in other records.
static const char *ground_words(struct arena *a, const struct lang *lang, const struct basis_ground *g)
{
    const struct pack_tool *tool = risk_ground_tool(a, g->row);
    const struct pack_group *group = tool == NULL ? NULL : tool_group(tool, g->column);
    const char *asked = group == NULL ? g->row
                                      : arena_printf(a, "%s (%s)", g->row,
                                                     pack_words(tool->pack, lang, group->id, group->title));
    return tr_f(a, lang, MSG("{0}, {1}: {2}"), country_words(lang, g->country), asked,
                risk_ground_answer(lang, tool, g->row, g->value), NULL);
}

const char *risk_basis_words(struct arena *a, const struct lang *lang, const char *basis)
{
    struct buf b;
    size_t n;
    const char *last = "";
    const struct basis_ground *grounds = basis_grounds(a, basis, &n);
    buf_init(&b, a, LIMIT_TEXT_BYTES);
    for (size_t i = 0; i < n; i++) {
        const char *words = ground_words(a, lang, &grounds[i]);
        if (strcmp(words, last) != 0 && b.len + strlen(words) + 1 < LIMIT_TEXT_BYTES) { // of many bodies: once
            buf_printf(&b, "%s%s", b.len == 0 ? "" : "\n", words);
        }
        last = words;
    }
    return b.len == 0 ? basis : b.data;
}

const char *risk_dismissal_words(struct arena *a, const struct lang *lang, const char *marks)
{
    char *lines = arena_copy(a, marks);
    for (char *p = lines; *p != '\0'; p++) {
        *p = *p == ' ' ? '\n' : *p;
    }
    return risk_basis_words(a, lang, lines);
}
