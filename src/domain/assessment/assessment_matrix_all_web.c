// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_matrix_all_web.c: the ratings of one round on one page, to read, check, approve and print;
// and earlier rounds with the cells that changed.

#include <string.h>

#include "assessment/assessment_matrix_all.html.h"
#include "assessment/assessment_matrix_web.h"
#include "base/bug.h"
#include "base/date.h"

// ---- the table ----------------------------------------------------------------------------------

// Rows that are rated, in the order of the tool.
static const struct pack_row **rated_rows(struct req *r, const struct pack_tool *tool, size_t *n)
{
    const struct pack_row **list = ARENA_ARRAY(r->arena, const struct pack_row *, tool->n_rows + 1u);
    *n = 0;
    for (unsigned i = 0; i < tool->n_rows; i++) {
        if (matrix_row_of(tool, &tool->rows[i]) == MATRIX_RATED) {
            list[(*n)++] = &tool->rows[i];
        }
    }
    return list;
}

static struct matrix_head head_of_row(struct req *r, const struct matrix *m,
                                      const struct pack_row *row)
{
    struct matrix_disparity gap;
    matrix_disparity_of(r->arena, m->c.tool, row, m->columns, m->n_columns, m->answers,
                        m->n_answers, &gap);
    return (struct matrix_head){
        .words = matrix_row_title(r, m->c.tool, row),
        .address = matrix_cell_address(r, m->c.tool, row->id, NULL),
        .id = row->id,
        .note = gap.is_much ? tr(r->lang, MSG("Differs much")) : NULL};
}

static struct matrix_head head_of_column(struct req *r, const struct matrix *m,
                                         const struct matrix_column *column)
{
    return (struct matrix_head){
        .words = column->name,
        .address = matrix_column_address(r, m->c.tool, column),
        .meta = column->switched_off ? tr(r->lang, MSG("No longer looked at"))
                : column->added      ? tr(r->lang, MSG("Added by us"))
                                     : NULL};
}

// The shorter side stands on top, so that a table fits: six questions above twelve groups, four bodies
// above six questions.
static const struct assessment_matrix_table_view *table_of(struct req *r, const struct matrix *m)
{
    struct arena *a = r->arena;
    size_t n_rows;
    const struct pack_row **rows = rated_rows(r, m->c.tool, &n_rows);
    bool by_column = m->n_columns >= n_rows; // a line is a column
    size_t n_lines = by_column ? m->n_columns : n_rows;
    struct matrix_head *row_heads = ARENA_ARRAY(a, struct matrix_head, n_rows + 1);
    struct matrix_head *column_heads = ARENA_ARRAY(a, struct matrix_head, m->n_columns + 1);
    struct matrix_line *lines = ARENA_ARRAY(a, struct matrix_line, n_lines + 1);
    struct matrix_block *blocks = ARENA_ARRAY(a, struct matrix_block, m->n_columns + 1);
    struct matrix_cell *cells = ARENA_ARRAY(a, struct matrix_cell, n_rows * m->n_columns + 1);
    struct matrix_item *items = ARENA_ARRAY(a, struct matrix_item, n_rows * m->n_columns + 1);
    for (size_t i = 0; i < n_rows; i++) {
        row_heads[i] = head_of_row(r, m, rows[i]);
    }
    for (size_t k = 0; k < m->n_columns; k++) {
        column_heads[k] = head_of_column(r, m, &m->columns[k]);
        blocks[k] = (struct matrix_block){
            .head = column_heads[k], .items = &items[k * n_rows], .n_items = n_rows};
        for (size_t i = 0; i < n_rows; i++) {
            struct matrix_cell cell = matrix_cell_of(r, m, rows[i], &m->columns[k]);
            cells[by_column ? k * n_rows + i : i * m->n_columns + k] = cell;
            items[k * n_rows + i] = (struct matrix_item){
                .words = row_heads[i].words, .id = rows[i]->id, .cell = cell};
        }
    }
    size_t n_heads = by_column ? n_rows : m->n_columns;
    for (size_t i = 0; i < n_lines; i++) {
        lines[i] = (struct matrix_line){.head = by_column ? column_heads[i] : row_heads[i],
                                        .cells = &cells[i * n_heads]};
    }
    bool groups = m->c.tool->columns == PACK_COLUMNS_GROUP;
    struct assessment_matrix_table_view *v = ARENA_MAKE(a, struct assessment_matrix_table_view);
    *v = (struct assessment_matrix_table_view){
        .label = tr_f(a, r->lang, MSG("Ratings: {0} of {1}"), checklist_title(r, m->c.tool),
                      checklist_subject_name(r, &m->c), NULL),
        .corner = !by_column ? tr(r->lang, MSG("Question"))
                  : groups   ? tr(r->lang, MSG("Group"))
                             : tr(r->lang, MSG("Body")),
        .heads = by_column ? row_heads : column_heads,
        .n_heads = n_heads,
        .lines = lines,
        .n_lines = n_lines,
        .blocks = blocks,
        .n_blocks = m->n_columns};
    return v;
}

// ---- below it -----------------------------------------------------------------------------------

static struct matrix_scale *scales_of(struct req *r, const struct matrix *m, size_t *n)
{
    const struct pack_row **rows = rated_rows(r, m->c.tool, n);
    struct matrix_scale *list = ARENA_ARRAY(r->arena, struct matrix_scale, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        list[i] = (struct matrix_scale){
            .words = matrix_row_title(r, m->c.tool, rows[i]),
            .id = rows[i]->id,
            .text = checklist_row_words(r, m->c.tool, rows[i]),
            .address = matrix_may_fill(r, m) && m->n_columns > 0
                           ? matrix_fill_address(r, m->c.tool, rows[i]->id)
                           : NULL};
        list[i].levels = matrix_levels(r, m->c.tool, rows[i], &list[i].n_levels);
    }
    return list;
}

static struct matrix_differs differs_of(struct req *r, const struct matrix *m,
                                        const struct matrix_disparity *gap)
{
    const struct pack_tool *tool = m->c.tool;
    struct matrix_reason *reasons = ARENA_ARRAY(r->arena, struct matrix_reason, gap->n_worst + 1);
    for (size_t i = 0; i < gap->n_worst; i++) {
        const struct assessment_answer *w =
            matrix_answer(m->answers, m->n_answers, gap->row->id, gap->worst_columns[i]);
        reasons[i] = (struct matrix_reason){
            .name = gap->worst_columns[i]->name,
            .why = w->how,
            .address = matrix_cell_address(r, tool, gap->row->id, gap->worst_columns[i])};
    }
    return (struct matrix_differs){
        .words = matrix_row_title(r, tool, gap->row),
        .id = gap->row->id,
        .address = matrix_cell_address(r, tool, gap->row->id, NULL),
        .sentence = matrix_gap_words(r, m, gap),
        .asked = gap->asked == NULL ? NULL : checklist_row_words(r, tool, gap->asked),
        .reason = gap->reason,
        .reasons = reasons,
        .n_reasons = gap->n_worst,
        .is_explained = gap->is_explained,
        .write = !matrix_may_fill(r, m) ? NULL
                 : gap->asked == NULL
                     ? matrix_fill_address(r, tool, gap->row->id)
                     : arena_printf(r->arena, "%s#f-%s", matrix_fill_address(r, tool, MATRIX_REST),
                                    gap->asked->id)};
}

static struct matrix_differs *differ_of(struct req *r, const struct matrix *m, size_t *n)
{
    size_t n_rows;
    const struct pack_row **rows = rated_rows(r, m->c.tool, &n_rows);
    struct matrix_differs *list = ARENA_ARRAY(r->arena, struct matrix_differs, n_rows + 1);
    *n = 0;
    for (size_t i = 0; i < n_rows; i++) {
        struct matrix_disparity gap;
        matrix_disparity_of(r->arena, m->c.tool, rows[i], m->columns, m->n_columns, m->answers,
                            m->n_answers, &gap);
        if (gap.is_much) {
            list[(*n)++] = differs_of(r, m, &gap);
        }
    }
    return list;
}

static struct matrix_text text_of(struct req *r, const struct matrix *m, const struct pack_row *row,
                                  bool some)
{
    struct matrix_said *said = ARENA_ARRAY(r->arena, struct matrix_said, m->n_columns + 1);
    struct matrix_text t = {
        .words = checklist_row_words(r, m->c.tool, row), .id = row->id, .said = said};
    for (size_t k = 0; k < m->n_columns; k++) {
        const struct assessment_answer *w =
            matrix_answer(m->answers, m->n_answers, row->id, &m->columns[k]);
        if (w != NULL) {
            said[t.n_said++] = (struct matrix_said){
                .name = m->columns[k].name,
                .address = matrix_cell_address(r, m->c.tool, row->id, &m->columns[k]),
                .text = w->value};
        }
    }
    size_t left = m->n_columns - t.n_said;
    if (t.n_said == 0) {
        t.rest = tr(r->lang, MSG("Nothing is written down yet."));
    } else if (!some && left > 0) {
        t.rest = tr_n(r->arena, r->lang, MSG("One has no answer yet."),
                      MSG("{0} have no answer yet."), (int64_t)left);
    }
    return t;
}

static void fill_words(struct req *r, const struct matrix *m, struct assessment_matrix_all_view *v)
{
    const struct pack_tool *tool = m->c.tool;
    struct matrix_text *texts = ARENA_ARRAY(r->arena, struct matrix_text, tool->n_rows + 1u);
    struct matrix_fact *facts = ARENA_ARRAY(r->arena, struct matrix_fact, tool->n_rows + 1u);
    for (unsigned i = 0; i < tool->n_rows; i++) {
        const struct pack_row *row = &tool->rows[i];
        enum matrix_row what = matrix_row_of(tool, row);
        if (what == MATRIX_WORDS || what == MATRIX_SOME) {
            texts[v->n_texts++] = text_of(r, m, row, what == MATRIX_SOME);
        } else if (what == MATRIX_ONCE) {
            const struct assessment_answer *w =
                matrix_answer(m->answers, m->n_answers, row->id, NULL);
            const struct pack_section *s =
                row->section == NULL ? NULL : tool_section(tool, row->section);
            v->facts_title = s == NULL ? checklist_title(r, tool)
                                       : pack_words(tool->pack, r->lang, s->id, s->title);
            facts[v->n_facts++] = (struct matrix_fact){
                .words = checklist_row_words(r, tool, row),
                .id = row->id,
                .text = w == NULL ? "" : w->value,
                .address = checklist_row_address(r, tool, row->id)};
        }
    }
    v->texts = texts;
    v->facts = facts;
}

// ---- where it is filled in ----------------------------------------------------------------------

static void fill_steps(struct req *r, const struct matrix *m, struct checklist_side *side)
{
    side->steps = ARENA_ARRAY(r->arena, struct checklist_step, m->n_columns + 1);
    side->steps_title = tr(r->lang, MSG("Fill in"));
    for (size_t k = 0; matrix_may_fill(r, m) && k < m->n_columns; k++) {
        side->steps[side->n_steps++] = checklist_step_of(
            r, m->columns[k].name, matrix_fill_address(r, m->c.tool, m->columns[k].key),
            matrix_progress_of_column(m->c.tool, &m->columns[k], m->answers, m->n_answers));
    }
}

static void fill_empty(struct req *r, const struct matrix *m, struct assessment_matrix_all_view *v)
{
    bool groups = m->c.tool->columns == PACK_COLUMNS_GROUP;
    v->empty = tr(r->lang, MSG("No institution is listed for this country yet. Name those that "
                               "carry human rights duties; then each can be rated."));
    if (matrix_may_fill(r, m)) {
        v->add = url_make(r->arena, "/countries/{0}/stakeholders/new?sort={1}", r->country,
                          groups ? "group" : "duty_bearer", NULL);
        v->add_words = groups ? tr(r->lang, MSG("Add a group")) : tr(r->lang, MSG("Add a body"));
    }
}

// ---- the page -----------------------------------------------------------------------------------

enum err matrix_show(struct req *r, struct reply *p, const struct matrix *m, struct err_info *e)
{
    struct arena *a = r->arena;
    const struct checklist *c = &m->c;
    struct checklist_side side;
    struct page_action actions[2] = {{0}};
    bool is_old = m->round != c->now;
    matrix_side_make(r, m, &side);
    fill_steps(r, m, &side);
    struct assessment_matrix_all_view v = {
        .side = &side,
        .table = m->n_columns == 0 ? NULL : table_of(r, m),
        .stakeholders = url_make(a, "/countries/{0}/stakeholders", r->country, NULL)};
    if (matrix_may_fill(r, m)) {
        v.fill_facts = matrix_fill_address(r, c->tool, MATRIX_REST);
    }
    v.scales = scales_of(r, m, &v.n_scales);
    v.differ = differ_of(r, m, &v.n_differ);
    fill_words(r, m, &v);
    fill_empty(r, m, &v);
    if (is_old) {
        side.old = tr_n(a, r->lang,
                        MSG("This is an earlier round, kept as it was. One answer differs now; it "
                            "says so beside its rating."),
                        MSG("This is an earlier round, kept as it was. {0} answers differ now; they "
                            "say so beside their ratings."),
                        (int64_t)matrix_changes(m->answers, m->n_answers, c->answers, c->n_answers));
    }
    const char *next = matrix_next_section(m, NULL, m->answers, m->n_answers);
    next = next != NULL ? next : m->n_columns > 0 ? m->columns[0].key : MATRIX_REST;
    size_t n_actions =
        is_old ? 0
               : checklist_actions_for(r, c, side.whole, matrix_fill_address(r, c->tool, next), actions);
    struct page page = checklist_page(r, c, m->round);
    page.primary = actions[0];
    page.actions = &actions[1];
    page.n_actions = n_actions > 1;
    struct html h;
    page_begin(&h, r, p, &page);
    assessment_matrix_all_html(&h, &v);
    return page_end(&h, e);
}

enum err matrix_round_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct matrix m;
    enum err err = matrix_load(r, r->db, &m, e);
    for (size_t i = 0; err == ERR_NONE && i < m.c.rounds.n; i++) {
        if (strcmp(m.c.rounds.items[i].record->id, req_capture(r, "assessment")) == 0) {
            err = matrix_show_round(r, r->db, &m, &m.c.rounds.items[i], e);
            return err == ERR_NONE ? matrix_show(r, p, &m, e) : err;
        }
    }
    return err != ERR_NONE ? err
                           : err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such round."),
                                     MSG("Choose one from the list of earlier rounds."), NULL);
}
