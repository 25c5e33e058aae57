// SPDX-License-Identifier: AGPL-3.0-or-later
//
// tool_matrix.c: ratings of stakeholders or groups on paper: for each question its scale and a line for
// each stakeholder or group, blank or filled in.

#include <string.h>

#include "assessment/assessment_matrix.h"
#include "report/tool_report.h"
#include "stakeholder/stakeholder.h"
#include "store/store.h"

// Who is rated. Blank paper has room for as many stakeholders as the printed form.
struct columns {
    const char **names;
    const char **stakeholder_ids; // "" for groups of the tool
    const char **group_codes;     // "" for stakeholders
    size_t n;
};

static void add(struct columns *c, const char *name, const char *stakeholder, const char *group)
{
    c->names[c->n] = name;
    c->stakeholder_ids[c->n] = stakeholder;
    c->group_codes[c->n++] = group;
}

// Filled in: those that the page of the tool shows (docs/assessment.md).
static enum err load_columns(struct tool_report *t, struct columns *c, struct err_info *e)
{
    struct record **found = NULL;
    size_t n = 0, n_columns;
    bool groups = t->tool->columns == PACK_COLUMNS_GROUP;
    enum err err = t->blank ? ERR_NONE
                            : store_list_by(t->db, t->arena, &entity_stakeholder, "country",
                                            t->of.country, &found, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct matrix_column *columns = matrix_columns(
        t->arena, t->tool, t->lang, found, n, t->round == NULL ? NULL : t->round->answers,
        t->round == NULL ? 0 : t->round->n_answers, &n_columns);
    size_t most = n_columns + 6;
    c->names = ARENA_ARRAY(t->arena, const char *, most);
    c->stakeholder_ids = ARENA_ARRAY(t->arena, const char *, most);
    c->group_codes = ARENA_ARRAY(t->arena, const char *, most);
    c->n = 0;
    for (size_t i = 0; i < n_columns; i++) {
        add(c, columns[i].name, columns[i].stakeholder_id, columns[i].group_code);
    }
    for (int i = 0; t->blank && !groups && i < 5; i++) {
        add(c, tool_room(t), "", "");
    }
    return ERR_NONE;
}

static const struct assessment_answer *answer_at(const struct tool_report *t,
                                                 const struct pack_row *row,
                                                 const struct columns *c, size_t i)
{
    for (size_t k = 0; t->round != NULL && k < t->round->n_answers; k++) {
        const struct assessment_answer *w = &t->round->answers[k];
        if (strcmp(w->row, row->id) == 0 &&
            strcmp(w->stakeholder_id, c->stakeholder_ids[i]) == 0 &&
            strcmp(w->group_code, c->group_codes[i]) == 0) {
            return w;
        }
    }
    return NULL;
}

static void scale_list(struct tool_report *t, const struct pack_scale *scale)
{
    struct report_block *list = NULL;
    for (unsigned i = 0; i < scale->n_levels; i++) {
        const struct pack_level *level = &scale->levels[i];
        if (level->meaning != NULL) {
            list = list == NULL ? report_list(t->report, false) : list;
            report_item(t->report, list,
                        arena_printf(t->arena, "%s: %s", tool_words(t, level->id, level->title),
                                     tool_words(t, level->id, level->meaning)));
        }
    }
}

static void each_column(struct tool_report *t, const struct pack_row *row,
                        const struct columns *c)
{
    static const char *const headings[] = {MSG("Who"), MSG("Answer"), MSG("Why")};
    const struct pack_scale *scale =
        assessment_is_rated(t->tool, row) ? row_scale(t->tool, row) : NULL;
    report_heading(t->report, 2, tool_row_text(t, row));
    if (scale != NULL) {
        scale_list(t, scale);
    }
    struct report_table *table = tool_table(t, NULL, headings, 3);
    for (size_t i = 0; i < c->n; i++) {
        const struct assessment_answer *w = answer_at(t, row, c, i);
        report_row(t->report, table, REPORT_ROW_BODY);
        report_cell(table, c->names[i]);
        report_cell(table, scale != NULL ? tool_boxes(t, scale, w == NULL ? NULL : w->value)
                           : w == NULL   ? tool_room(t)
                                         : w->value);
        report_cell(table, w == NULL ? tool_room(t) : w->how);
    }
}

// Asked once, not for each column: rows that follow each other share a table.
static void once(struct tool_report *t, const struct pack_row *row, struct report_table **table)
{
    static const char *const headings[] = {MSG("Question"), MSG("Answer")};
    const struct assessment_answer *w =
        t->round == NULL ? NULL
                         : assessment_answer_of(t->round->answers, t->round->n_answers, row->id);
    *table = *table == NULL ? tool_table(t, NULL, headings, 2) : *table;
    report_row(t->report, *table, REPORT_ROW_BODY);
    report_cell(*table, tool_row_text(t, row));
    report_cell(*table, w == NULL ? tool_room(t) : w->value);
}

enum err tool_matrix(struct tool_report *t, struct err_info *e)
{
    struct columns c;
    enum err err = load_columns(t, &c, e);
    for (unsigned s = 0; err == ERR_NONE && (s < t->tool->n_sections || s == 0); s++) {
        const struct pack_section *section = t->tool->n_sections == 0 ? NULL : &t->tool->sections[s];
        struct report_table *shared = NULL;
        tool_section_head(t, section);
        for (unsigned i = 0; i < t->tool->n_rows; i++) {
            const struct pack_row *row = &t->tool->rows[i];
            if (!tool_in_section(row, section) || !assessment_is_asked(row)) {
                continue;
            }
            bool each = assessment_is_rated(t->tool, row) || row->part == PACK_PART_BARRIERS ||
                        row->part == PACK_PART_OPEN;
            if (each) {
                each_column(t, row, &c);
                shared = NULL;
            } else {
                once(t, row, &shared);
            }
        }
    }
    return err;
}
