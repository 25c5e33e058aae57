// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_check_tool.c: rules about tools and their rows: which keys a kind may and must have, and that
// scales, grids, sections, results and references lead somewhere.

#include "pack/pack_inner.h"

#include <stdio.h>
#include <string.h>

#include "base/bug.h"

#define BIT(kind) (1u << PACK_KIND_##kind)
#define ALL (~0u)
#define QUESTIONS (BIT(CHECKLIST) | BIT(QUESTION_TABLE))
#define GOALS (BIT(RISK_TABLE) | BIT(INDICATOR_SET))
#define FIGURES (BIT(INDICATOR_SET) | BIT(PROFILE))

struct key_rule {
    const char *key;
    unsigned may;  // bits of the kinds that may have it
    unsigned must; // bits of the kinds that need it
};

static const struct key_rule tool_keys[] = {
    {"goal", GOALS, 0},
    {"rights_goal", GOALS, 0},
    {"scale", QUESTIONS, QUESTIONS},
    {"follow_up", QUESTIONS, 0},
    {"grid", BIT(RISK_TABLE), BIT(RISK_TABLE)},
    {"user_rows", BIT(RISK_TABLE), 0},
    {"results", BIT(INDICATOR_SET), BIT(INDICATOR_SET)},
};
static const struct key_rule row_keys[] = {
    {"mitigation", BIT(RISK_TABLE), BIT(RISK_TABLE)},
    {"short", BIT(INSTRUMENTS), 0},
    {"adopted", BIT(INSTRUMENTS), BIT(INSTRUMENTS)},
    {"in_force", BIT(INSTRUMENTS), 0},
    {"printed_year", BIT(INSTRUMENTS), 0},
    {"ilo", BIT(INSTRUMENTS), 0},
    {"result", BIT(INDICATOR_SET), BIT(INDICATOR_SET)},
    {"unit", FIGURES, FIGURES},
    {"direction", BIT(INDICATOR_SET), BIT(INDICATOR_SET)},
    {"accumulation", BIT(INDICATOR_SET), BIT(INDICATOR_SET)},
    {"disaggregation", FIGURES, 0},
    {"numerator", FIGURES, 0},
    {"denominator", FIGURES, 0},
    {"means", BIT(INDICATOR_SET), BIT(INDICATOR_SET)},
    {"assumptions", BIT(INDICATOR_SET), 0},
    {"targets", BIT(INDICATOR_SET), 0},
    {"split_printed", BIT(INDICATOR_SET), 0},
};

#define EACH_TOOL(c, t) for (struct check_tool *t = (c)->tools; t < (c)->tools + (c)->n_tools; t++)
#define EACH_ROW(t, i) for (size_t i = 0; i < (t)->tool->n_rows; i++)

static const char *row_path(struct pack_checker *c, size_t i, const char *key)
{
    return arena_printf(c->arena, "rows[%zu].%s", i, key);
}

void check_kind_keys(struct pack_checker *c)
{
    EACH_TOOL(c, t) {
        unsigned bit = 1u << t->tool->kind;
        const char *kind = pack_kind_word(t->tool->kind);
        for (size_t k = 0; k < COUNT_OF(tool_keys); k++) {
            if ((tool_keys[k].may & bit) == 0 && yaml_has(&t->places, tool_keys[k].key)) {
                fault_at(c, RULE_KIND_KEY, &t->places, tool_keys[k].key, kind, tool_keys[k].key,
                         NULL);
            }
        }
        EACH_ROW(t, i) {
            for (size_t k = 0; k < COUNT_OF(row_keys); k++) {
                const char *path = row_path(c, i, row_keys[k].key);
                if ((row_keys[k].may & bit) == 0 && yaml_has(&t->places, path)) {
                    fault_at(c, RULE_KIND_KEY, &t->places, path, kind, row_keys[k].key, NULL);
                }
            }
        }
    }
}

// An empty list is as good as none where a list is needed.
static bool is_given(const struct yaml_places *places, struct arena *a, const char *path)
{
    const struct yaml_place *place = yaml_find(places, path);
    return yaml_has(places, path) &&
           (place->text != NULL || yaml_has(places, arena_printf(a, "%s[0]", path)));
}

void check_kind_required(struct pack_checker *c)
{
    EACH_TOOL(c, t) {
        unsigned bit = 1u << t->tool->kind;
        const char *kind = pack_kind_word(t->tool->kind);
        for (size_t k = 0; k < COUNT_OF(tool_keys); k++) {
            const char *key = tool_keys[k].key;
            if ((tool_keys[k].must & bit) != 0 && !is_given(&t->places, c->arena, key)) {
                fault_at(c, RULE_KIND_REQUIRED, &t->places, key, kind, key, t->tool->id, NULL);
            }
        }
        EACH_ROW(t, i) {
            for (size_t k = 0; k < COUNT_OF(row_keys); k++) {
                const char *path = row_path(c, i, row_keys[k].key);
                if ((row_keys[k].must & bit) != 0 && !is_given(&t->places, c->arena, path)) {
                    fault_at(c, RULE_KIND_REQUIRED, &t->places, path, kind, row_keys[k].key,
                             t->tool->rows[i].id, NULL);
                }
            }
        }
    }
}

void check_shares(struct pack_checker *c)
{
    EACH_TOOL(c, t) {
        EACH_ROW(t, i) {
            const struct pack_row *row = &t->tool->rows[i];
            bool share = row->unit == PACK_UNIT_PERCENTAGE || row->unit == PACK_UNIT_PROPORTION;
            if (share && (row->numerator == NULL || row->denominator == NULL)) {
                fault_at(c, RULE_SHARE, &t->places, row_path(c, i, "unit"), row->id,
                         pack_unit_word(row->unit), NULL);
            }
        }
    }
}

void check_splits(struct pack_checker *c)
{
    EACH_TOOL(c, t) {
        EACH_ROW(t, i) {
            const struct pack_row *row = &t->tool->rows[i];
            for (size_t k = 0; k < row->n_disaggregation; k++) {
                if (!pack_split_known(row->disaggregation[k])) {
                    fault_at(c, RULE_SPLIT, &t->places,
                             arena_printf(c->arena, "rows[%zu].disaggregation[%zu]", i, k),
                             row->disaggregation[k], NULL);
                }
            }
        }
    }
}

void check_tool_scales(struct pack_checker *c)
{
    EACH_TOOL(c, t) {
        const char *scale = t->tool->scale;
        if (scale != NULL && pack_scale(c->pack, scale) == NULL) {
            fault_at(c, RULE_SCALE, &t->places, "scale", scale, NULL);
        }
    }
}

void check_tool_grids(struct pack_checker *c)
{
    EACH_TOOL(c, t) {
        const char *grid = t->tool->grid;
        if (grid != NULL && pack_grid(c->pack, grid) == NULL) {
            fault_at(c, RULE_GRID, &t->places, "grid", grid, NULL);
        }
    }
}

void check_sections(struct pack_checker *c)
{
    EACH_TOOL(c, t) {
        EACH_ROW(t, i) {
            const struct pack_row *row = &t->tool->rows[i];
            bool wanted = t->tool->n_sections > 0 || row->section != NULL;
            if (wanted && tool_section(t->tool, row->section) == NULL) {
                fault_at(c, RULE_SECTION, &t->places, row_path(c, i, "section"), row->id, NULL);
            }
        }
    }
}

void check_section_rows(struct pack_checker *c)
{
    EACH_TOOL(c, t) {
        for (size_t s = 0; s < t->tool->n_sections; s++) {
            bool used = false;
            EACH_ROW(t, i) {
                const char *section = t->tool->rows[i].section;
                used = used || (section != NULL && strcmp(section, t->tool->sections[s].id) == 0);
            }
            if (!used) {
                fault_at(c, RULE_SECTION_EMPTY, &t->places,
                         arena_printf(c->arena, "sections[%zu]", s), t->tool->sections[s].id, NULL);
            }
        }
    }
}

static bool has_tool(const struct pack *p, const char *id)
{
    for (size_t i = 0; i < p->inner->n_slots; i++) {
        if (strcmp(p->inner->slots[i].id, id) == 0) {
            return true;
        }
    }
    return false;
}

static bool tool_is_there(struct pack_checker *c, const char *id)
{
    bool there = has_tool(c->pack, id);
    for (size_t i = 0; !there && i < c->pack->n_needs; i++) {
        const struct pack *needed = pack_needed(c->pack, c->pack->needs[i]);
        there = needed != NULL && has_tool(needed, id);
    }
    return there;
}

static void look_at_ref(struct pack_checker *c, struct check_tool *t, const char *path,
                        const char *id, bool planned)
{
    if (tool_is_there(c, id) || (pack_known_tool(id) != NULL) != planned) {
        return;
    }
    fault_at(c, planned ? RULE_NOTE_REF : RULE_REF, &t->places, path, id, NULL);
}

static void look_at_refs(struct pack_checker *c, bool planned)
{
    EACH_TOOL(c, t) {
        for (size_t k = 0; k < t->tool->n_see; k++) {
            look_at_ref(c, t, arena_printf(c->arena, "see[%zu]", k), t->tool->see[k], planned);
        }
        EACH_ROW(t, i) {
            const struct pack_row *row = &t->tool->rows[i];
            for (size_t k = 0; k < row->n_refs; k++) {
                look_at_ref(c, t, arena_printf(c->arena, "rows[%zu].refs[%zu]", i, k), row->refs[k],
                            planned);
            }
        }
    }
}

void check_refs(struct pack_checker *c)
{
    look_at_refs(c, false);
}

void check_planned_refs(struct pack_checker *c)
{
    look_at_refs(c, true);
}

void check_results(struct pack_checker *c)
{
    EACH_TOOL(c, t) {
        EACH_ROW(t, i) {
            const char *result = t->tool->rows[i].result;
            if (result != NULL && tool_result(t->tool, result) == NULL) {
                fault_at(c, RULE_RESULT, &t->places, row_path(c, i, "result"), result, NULL);
            }
        }
    }
}

void check_rows(struct pack_checker *c)
{
    EACH_TOOL(c, t) {
        if (t->tool->n_rows == 0) {
            fault_at(c, RULE_NO_ROWS, &t->places, "rows", NULL);
        }
    }
}
