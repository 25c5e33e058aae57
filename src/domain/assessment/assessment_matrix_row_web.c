// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_matrix_row_web.c: one cell of a matrix with its evidence and history, and one question over
// all columns.

#include <string.h>

#include "assessment/assessment_matrix_cell.html.h"
#include "assessment/assessment_matrix_row.html.h"
#include "assessment/assessment_matrix_web.h"
#include "base/bug.h"
#include "html/record.h"

static const char *how_title(struct req *r, const struct pack_tool *tool,
                             const struct pack_row *row)
{
    const struct pack_scale *scale = row_scale(tool, row);
    return tr(r->lang, scale != NULL && scale->n_levels == 2 ? MSG("If not: what could be the reasons?")
                                                              : MSG("Why"));
}

// ---- one cell -----------------------------------------------------------------------------------

// The cell in all rounds that have it, newest first.
static struct matrix_past *past_of(struct req *r, const struct matrix *m,
                                   const struct pack_row *row, const struct matrix_column *column,
                                   size_t *n)
{
    const struct pack_tool *tool = m->c.tool;
    bool rated = assessment_is_rated(tool, row);
    struct matrix_past *list = ARENA_ARRAY(r->arena, struct matrix_past, m->c.rounds.n + 1);
    *n = 0;
    for (size_t i = 0; i < m->c.rounds.n; i++) {
        const struct assessment_round *round = &m->c.rounds.items[i];
        const struct assessment_answer *w =
            matrix_answer(round->answers, round->n_answers, row->id, column);
        int shade = w == NULL || !rated ? 0 : matrix_shade(row_scale(tool, row), w->value);
        if (w == NULL) {
            continue;
        }
        list[(*n)++] = (struct matrix_past){
            .date = arena_copy_n(r->arena, round->touched_at, 10),
            .state = tr(r->lang, assessment_state_label(record_text(round->record, "state"))),
            .words = checklist_answer_words(r, tool, row, w->value),
            .look = shade == 0 ? "meta" : arena_printf(r->arena, "seq-%d", shade),
            .why = rated ? w->how : w->value,
            .address = i == 0 ? checklist_address(r, tool, "")
                              : checklist_address(r, tool, url_make(r->arena, "/rounds/{0}",
                                                                    round->record->id, NULL))};
    }
    return list;
}

static void fill_others(struct req *r, const struct matrix *m, const struct pack_row *row,
                        const struct matrix_column *column, struct assessment_matrix_cell_view *v)
{
    struct matrix_other *others = ARENA_ARRAY(r->arena, struct matrix_other, m->n_columns + 1);
    for (size_t k = 0; k < m->n_columns; k++) {
        if (&m->columns[k] != column) {
            others[v->n_others] = (struct matrix_other){
                .name = m->columns[k].name,
                .cell = matrix_cell_of(r, m, row, &m->columns[k])};
            others[v->n_others].address = others[v->n_others].cell.address;
            v->n_others++;
        }
    }
    v->others = others;
}

static void fill_rated(struct req *r, const struct matrix *m, const struct pack_row *row,
                       const struct matrix_column *column, const struct assessment_answer *answer,
                       struct assessment_matrix_cell_view *v)
{
    v->cell = matrix_cell_of(r, m, row, column);
    v->how_title = how_title(r, m->c.tool, row);
    v->text = answer == NULL ? "" : answer->how;
    v->levels = matrix_levels(r, m->c.tool, row, &v->n_levels);
    for (size_t i = 0; answer != NULL && i < v->n_levels; i++) {
        if (strcmp(v->levels[i].id, answer->value) == 0) {
            v->meaning = v->levels[i].meaning;
        }
    }
    fill_others(r, m, row, column, v);
}

static void fill_about(struct req *r, const struct matrix *m, const struct pack_row *row,
                       const struct matrix_column *column, struct assessment_matrix_cell_view *v)
{
    const struct pack_tool *tool = m->c.tool;
    const struct pack *pack = tool->pack;
    v->question = checklist_row_words(r, tool, row);
    if (column != NULL) {
        v->column = column->name;
        v->column_address = matrix_column_address(r, tool, column);
        v->question_address = checklist_row_address(r, tool, row->id);
    }
    v->help = row->help == NULL ? NULL : pack_words(pack, r->lang, row->id, row->help);
    v->note = row->note == NULL ? NULL : pack_words(pack, r->lang, row->id, row->note);
    v->library = arena_printf(r->arena, "%s#%s",
                              url_make(r->arena, "/library/{0}/{1}", pack->id, tool->id, NULL),
                              url_escape(r->arena, row->id));
    v->tool_title = arena_printf(r->arena, "%s %s", tool->id, checklist_title(r, tool));
    if (matrix_may_fill(r, m)) {
        const char *section = column == NULL ? MATRIX_REST : column->key;
        const char *at = column == NULL ? "" : arena_printf(r->arena, ".%s", column->key);
        v->change = arena_printf(r->arena, "%s#f-%s%s", matrix_fill_address(r, tool, section),
                                 row->id, at);
    }
}

static enum err show_cell(struct req *r, struct reply *p, const struct matrix *m,
                          const struct pack_row *row, const struct matrix_column *column,
                          struct err_info *e)
{
    struct assessment_matrix_cell_view v = {.is_rated = assessment_is_rated(m->c.tool, row)};
    const struct assessment_answer *answer =
        matrix_answer(m->answers, m->n_answers, row->id, column);
    size_t n_crumbs;
    fill_about(r, m, row, column, &v);
    if (v.is_rated) {
        fill_rated(r, m, row, column, answer, &v);
    } else {
        v.text = answer == NULL ? "" : answer->value;
    }
    v.past = past_of(r, m, row, column, &v.n_past);
    enum err err = answer == NULL
                       ? ERR_NONE
                       : attach_beside_load(r, "answer", answer->id, &v.beside, e);
    if (err == ERR_NONE) {
        err = checklist_led_load(r, row->id,
                                 column == NULL                    ? ""
                                 : column->group_code[0] != '\0' ? column->group_code
                                                                   : column->stakeholder_id,
                                 &v.led, &v.n_led, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const struct crumb *crumbs = checklist_crumbs(r, &m->c, true, &n_crumbs);
    const char *row_title = matrix_row_title(r, m->c.tool, row);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = column == NULL
                                           ? row_title
                                           : tr_f(r->arena, r->lang, MSG("{0}: {1}"), column->name,
                                                  row_title, NULL),
                              .about = column != NULL && v.is_rated ? v.question : NULL,
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .tag = row->id});
    assessment_matrix_cell_html(&h, &v);
    return page_end(&h, e);
}

// ---- one question over all columns --------------------------------------------------------------

static void fill_gap(struct req *r, const struct matrix *m, const struct pack_row *row,
                     struct assessment_matrix_row_view *v)
{
    const struct pack_tool *tool = m->c.tool;
    struct matrix_disparity gap;
    matrix_disparity_of(r->arena, tool, row, m->columns, m->n_columns, m->answers, m->n_answers,
                        &gap);
    if (!gap.is_much) {
        return;
    }
    v->sentence = matrix_gap_words(r, m, &gap);
    v->asked = gap.asked == NULL ? NULL : checklist_row_words(r, tool, gap.asked);
    v->reason = gap.reason;
    v->is_explained = gap.is_explained;
    if (matrix_may_fill(r, m)) {
        v->write = gap.asked == NULL
                       ? matrix_fill_address(r, tool, row->id)
                       : arena_printf(r->arena, "%s#f-%s",
                                      matrix_fill_address(r, tool, MATRIX_REST), gap.asked->id);
    }
}

static enum err show_row(struct req *r, struct reply *p, const struct matrix *m,
                         const struct pack_row *row, struct err_info *e)
{
    const struct pack_tool *tool = m->c.tool;
    size_t n_crumbs;
    struct matrix_row_line *lines = ARENA_ARRAY(r->arena, struct matrix_row_line, m->n_columns + 1);
    struct assessment_matrix_row_view v = {
        .is_rated = assessment_is_rated(tool, row),
        .label = checklist_row_words(r, tool, row),
        .head = tool->columns == PACK_COLUMNS_GROUP ? tr(r->lang, MSG("Group"))
                                                    : tr(r->lang, MSG("Body")),
        .help = row->help == NULL ? NULL : pack_words(tool->pack, r->lang, row->id, row->help),
        .change = matrix_may_fill(r, m) ? matrix_fill_address(r, tool, row->id) : NULL,
        .lines = lines,
        .n_lines = m->n_columns};
    for (size_t k = 0; k < m->n_columns; k++) {
        const struct assessment_answer *w =
            matrix_answer(m->answers, m->n_answers, row->id, &m->columns[k]);
        lines[k] = (struct matrix_row_line){
            .name = m->columns[k].name,
            .text = w == NULL ? "" : v.is_rated ? w->how : w->value,
            .cell = {.address = matrix_cell_address(r, tool, row->id, &m->columns[k])}};
        if (v.is_rated) {
            lines[k].cell = matrix_cell_of(r, m, row, &m->columns[k]);
        }
    }
    v.levels = matrix_levels(r, tool, row, &v.n_levels);
    if (v.is_rated) {
        fill_gap(r, m, row, &v);
    }
    enum err err = checklist_led_load(r, row->id, NULL, &v.led, &v.n_led, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct crumb *crumbs = checklist_crumbs(r, &m->c, true, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = checklist_row_words(r, tool, row),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .tag = row->id});
    assessment_matrix_row_html(&h, &v);
    return page_end(&h, e);
}

enum err matrix_row_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct matrix m;
    enum err err = matrix_load(r, r->db, &m, e);
    if (err != ERR_NONE) {
        return err;
    }
    const char *key = req_query(r, "column");
    const struct pack_row *row = tool_row(m.c.tool, req_capture(r, "row"));
    const struct pack_row *asked = row;
    const struct matrix_column *column = NULL;
    if (row != NULL && row->part == PACK_PART_GROUP) { // a printed line: a row and a group
        asked = tool_row(m.c.tool, row->parent);
        key = arena_printf(r->arena, "g-%s", row->group);
    }
    enum matrix_row what = asked == NULL ? MATRIX_NOT_ASKED : matrix_row_of(m.c.tool, asked);
    if (key[0] != '\0') {
        column = matrix_column(m.columns, m.n_columns, key);
    }
    if (what == MATRIX_NOT_ASKED || (key[0] != '\0' && column == NULL) ||
        (column != NULL && !matrix_row_has_cells(what))) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("This checklist has no such question."),
                       MSG("Choose one from the checklist."), NULL);
    }
    if (what == MATRIX_LIST) {
        reply_redirect(r, p, "/countries/{0}/stakeholders", r->country, NULL);
        return ERR_NONE;
    }
    return matrix_row_has_cells(what) && column == NULL ? show_row(r, p, &m, asked, e)
                                                        : show_cell(r, p, &m, asked, column, e);
}
