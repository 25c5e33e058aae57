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
#define MATRIX BIT(RATING_MATRIX)
#define ASKING (QUESTIONS | BIT(PROFILE) | MATRIX)

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
    {"user_rows", BIT(RISK_TABLE) | BIT(ADVOCACY_TABLE), 0},
    {"asks", ASKING, 0},
    {"columns", MATRIX, MATRIX},
    {"groups", MATRIX, 0},
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
    {"serves", BIT(INDICATOR_SET), 0},
    {"scale", BIT(QUESTION_TABLE) | MATRIX, 0},
    {"gap", BIT(QUESTION_TABLE), 0},
    {"group", MATRIX, 0},
    {"slots", MATRIX, 0},
    {"suggested_by", BIT(RISK_TABLE), 0},
    {"argument", BIT(ADVOCACY_TABLE) | BIT(GUIDANCE), 0},
    {"example", BIT(RESPONSE_LADDER), 0},
    {"consider", BIT(RESPONSE_LADDER), 0},
    {"authority", BIT(RESPONSE_LADDER), BIT(RESPONSE_LADDER)},
    {"rights", BIT(CRITERIA_MATRIX), BIT(CRITERIA_MATRIX)},
    {"gender", BIT(CRITERIA_MATRIX), BIT(CRITERIA_MATRIX)},
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
            bool share = t->tool->kind == PACK_KIND_INDICATOR_SET &&
                         (row->unit == PACK_UNIT_PERCENTAGE || row->unit == PACK_UNIT_PROPORTION);
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
        EACH_ROW(t, i) {
            const char *own = t->tool->rows[i].scale;
            if (own != NULL && pack_scale(c->pack, own) == NULL) {
                fault_at(c, RULE_SCALE, &t->places, row_path(c, i, "scale"), own, NULL);
            }
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

// A row of this pack or of one it needs; tool may be NULL.
static const struct pack_row *row_is_there(struct pack_checker *c, const char *id,
                                           const struct pack_tool **tool)
{
    const struct pack_tool *of = NULL;
    const struct pack_row *row = NULL;
    EACH_TOOL(c, t) {
        row = tool_row(t->tool, id);
        if (row != NULL) {
            of = t->tool;
            break;
        }
    }
    for (size_t i = 0; row == NULL && i < c->pack->n_needs; i++) {
        const struct pack *needed = pack_needed(c->pack, c->pack->needs[i]);
        row = needed == NULL ? NULL : pack_row(needed, id, &of);
    }
    if (row != NULL && tool != NULL) {
        *tool = of;
    }
    return row;
}

static void look_at_ref(struct pack_checker *c, struct check_tool *t, const char *path,
                        const char *id, bool planned)
{
    if (tool_is_there(c, id) || row_is_there(c, id, NULL) != NULL ||
        (pack_known_tool(id) != NULL) != planned) {
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
        size_t n = 0;
        EACH_ROW(t, i) {
            n += t->tool->rows[i].hidden != PACK_YES;
        }
        if (n == 0) {
            fault_at(c, RULE_NO_ROWS, &t->places, "rows", NULL);
        }
    }
}

void check_parts(struct pack_checker *c)
{
    EACH_TOOL(c, t) {
        EACH_ROW(t, i) {
            const char *word = t->tool->rows[i].part_word;
            enum pack_part part;
            if (word != NULL && !pack_part_known(word, &part)) {
                fault_at(c, RULE_PART, &t->places, row_path(c, i, "part"), word, NULL);
            }
        }
    }
}

void check_parents(struct pack_checker *c)
{
    EACH_TOOL(c, t) {
        EACH_ROW(t, i) {
            const struct pack_row *row = &t->tool->rows[i];
            const struct pack_row *parent = tool_row(t->tool, row->parent);
            if (row->parent != NULL && (parent == NULL || parent >= row)) {
                fault_at(c, RULE_PARENT, &t->places, row_path(c, i, "parent"), row->id,
                         row->parent, NULL);
            }
        }
    }
}

void check_same_as(struct pack_checker *c)
{
    EACH_TOOL(c, t) {
        EACH_ROW(t, i) {
            const struct pack_row *row = &t->tool->rows[i];
            if (row->same_as != NULL && pack_shared_row(c->pack, row->same_as) == NULL) {
                fault_at(c, RULE_SAME_AS, &t->places, row_path(c, i, "same_as"), row->id,
                         row->same_as, NULL);
            }
        }
    }
}

void check_texts(struct pack_checker *c)
{
    EACH_TOOL(c, t) {
        EACH_ROW(t, i) {
            const struct pack_row *row = &t->tool->rows[i];
            if (row->text[0] == '\0' && row->same_as == NULL) {
                fault_at(c, RULE_TEXT, &t->places, row_path(c, i, "id"), row->id, NULL);
            }
        }
    }
}

void check_groups(struct pack_checker *c)
{
    EACH_TOOL(c, t) {
        EACH_ROW(t, i) {
            const char *group = t->tool->rows[i].group;
            if (group != NULL && tool_group(t->tool, group) == NULL) {
                fault_at(c, RULE_GROUP, &t->places, row_path(c, i, "group"), group, NULL);
            }
        }
    }
}

static bool link_leads(struct pack_checker *c, const struct pack_link *link)
{
    const struct pack_tool *tool = NULL;
    const struct pack_row *row = row_is_there(c, link->row, &tool);
    while (row != NULL && row->part == PACK_PART_GROUP) {
        row = tool_row(tool, row->parent); // a group is asked the question it stands under
    }
    const struct pack_scale *scale = row == NULL ? NULL : row_scale(tool, row);
    return scale != NULL && scale_level(scale, link->answer) != NULL;
}

void check_links(struct pack_checker *c)
{
    EACH_TOOL(c, t) {
        EACH_ROW(t, i) {
            const struct pack_row *row = &t->tool->rows[i];
            for (size_t k = 0; k < row->n_suggested_by; k++) {
                if (!link_leads(c, &row->suggested_by[k])) {
                    fault_at(c, RULE_LINK, &t->places,
                             arena_printf(c->arena, "rows[%zu].suggested_by[%zu].row", i, k), row->id,
                             row->suggested_by[k].row, row->suggested_by[k].answer, NULL);
                }
            }
            for (size_t k = 0; k < row->n_serves; k++) {
                if (row_is_there(c, row->serves[k], NULL) == NULL) {
                    fault_at(c, RULE_REF, &t->places,
                             arena_printf(c->arena, "rows[%zu].serves[%zu]", i, k), row->serves[k],
                             NULL);
                }
            }
        }
    }
}

void check_asks(struct pack_checker *c)
{
    static const char *const known[] = {"where", "link", "missing", "year", "source", "sex"};
    EACH_TOOL(c, t) {
        for (size_t k = 0; k < t->tool->n_asks; k++) {
            bool found = false;
            for (size_t i = 0; i < COUNT_OF(known); i++) {
                found = found || strcmp(known[i], t->tool->asks[k]) == 0;
            }
            if (!found) {
                fault_at(c, RULE_ASK, &t->places, arena_printf(c->arena, "asks[%zu]", k),
                         t->tool->asks[k], NULL);
            }
        }
    }
}

void check_articles(struct pack_checker *c)
{
    EACH_TOOL(c, t) {
        EACH_ROW(t, i) {
            const struct pack_row *row = &t->tool->rows[i];
            for (size_t k = 0; k < row->n_articles; k++) {
                const struct pack_article *a = &row->articles[k];
                const struct pack_tool *tool = NULL;
                bool there = a->instrument == NULL
                                 ? a->name != NULL
                                 : row_is_there(c, a->instrument, &tool) != NULL &&
                                       tool->kind == PACK_KIND_INSTRUMENTS;
                if (!there) {
                    fault_at(c, RULE_ARTICLE, &t->places,
                             arena_printf(c->arena, "rows[%zu].articles[%zu]", i, k), row->id,
                             a->instrument == NULL ? "" : a->instrument, NULL);
                }
            }
        }
    }
}

// ---- ids of other packs, and copies of their tools ----------------------------------------------

#define EXAMPLES "example-kinds" // there to be copied whole (docs/first-pack.md), ids and all

// Another pack beside this one that has the tool, or a row called so; NULL when there is none.
static const struct pack *taken_by(struct pack_checker *c, const char *id, bool is_tool)
{
    const struct pack *found = NULL;
    size_t n;
    const struct pack *const *all = pack_all(&n);
    for (size_t i = 0; found == NULL && i < n + c->pack->inner->n_neighbours; i++) {
        const struct pack *p = i < n ? all[i] : c->pack->inner->neighbours[i - n];
        const struct pack_tool *of;
        // a pack that is checked together with this one stands for the one that was read before
        bool before = i < n && (pack_needed(c->pack, p->id) != p || (c->pack->inner->own && pack_is_own(p)));
        bool other = strcmp(p->id, c->pack->id) != 0 && strcmp(p->id, EXAMPLES) != 0 &&
                     strcmp(c->pack->id, EXAMPLES) != 0 && !before;
        if (other && (is_tool ? has_tool(p, id) : pack_row(p, id, &of) != NULL)) {
            found = p;
        }
    }
    return found;
}

void check_taken(struct pack_checker *c)
{
    EACH_TOOL(c, t) {
        const struct pack *p = taken_by(c, t->tool->id, true);
        if (p != NULL) {
            fault_at(c, RULE_TAKEN, &t->places, "id", t->tool->id, p->id, NULL);
        }
        EACH_ROW(t, i) {
            p = taken_by(c, t->tool->rows[i].id, false);
            if (p != NULL) {
                fault_at(c, RULE_TAKEN, &t->places, row_path(c, i, "id"), t->tool->rows[i].id, p->id,
                         NULL);
            }
        }
    }
}

void check_origin(struct pack_checker *c)
{
    EACH_TOOL(c, t) {
        const struct pack_origin *from = &t->tool->origin;
        bool needed = from->tool == NULL;
        for (size_t i = 0; !needed && i < c->pack->n_needs; i++) {
            needed = strcmp(c->pack->needs[i], from->pack) == 0;
        }
        const struct pack *p = from->tool == NULL ? NULL : pack_needed(c->pack, from->pack);
        const struct pack_tool *original = p == NULL ? NULL : pack_tool(p, from->tool);
        // an original that is gone leaves its copy as it is
        if (!needed || (original != NULL && original->kind != t->tool->kind)) {
            fault_at(c, RULE_ORIGIN, &t->places, "origin", from->tool, from->pack, NULL);
        }
    }
}

void check_origin_rows(struct pack_checker *c)
{
    EACH_TOOL(c, t) {
        EACH_ROW(t, i) {
            const struct pack_row *row = &t->tool->rows[i];
            const struct pack_row *was = row->was;
            bool good = row->origin == NULL ? was == NULL : t->tool->origin.tool != NULL;
            if (was != NULL) {
                good = good && was->origin == NULL && was->was == NULL &&
                       was->hidden == PACK_YES_NONE && was->text != NULL;
            }
            if (!good) {
                fault_at(c, RULE_ORIGIN_ROW, &t->places,
                         row_path(c, i, row->origin == NULL ? "was" : "origin"), row->id, NULL);
            }
        }
    }
}

void check_origin_twice(struct pack_checker *c)
{
    EACH_TOOL(c, t) {
        EACH_ROW(t, i) {
            const struct pack_row *row = &t->tool->rows[i];
            for (size_t before = 0; row->origin != NULL && before < i; before++) {
                const char *other = t->tool->rows[before].origin;
                if (other != NULL && strcmp(other, row->origin) == 0) {
                    fault_at(c, RULE_ORIGIN_TWICE, &t->places, row_path(c, i, "origin"), row->id,
                             row->origin, NULL);
                    break;
                }
            }
        }
    }
}
