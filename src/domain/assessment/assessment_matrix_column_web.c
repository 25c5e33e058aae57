// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_matrix_column_web.c: one body or group with its ratings over the rounds.

#include <string.h>

#include "assessment/assessment_matrix_column.html.h"
#include "assessment/assessment_matrix_web.h"
#include "base/bug.h"

// Shade of a cell in a round; 0: not rated there.
static int shade_in(const struct matrix *m, size_t round, const struct pack_row *row,
                    const struct matrix_column *column, const char **value)
{
    *value = "";
    if (round >= m->c.rounds.n) {
        return 0;
    }
    const struct assessment_round *x = &m->c.rounds.items[round];
    const struct assessment_answer *w = matrix_answer(x->answers, x->n_answers, row->id, column);
    *value = w == NULL ? "" : w->value;
    return matrix_shade(row_scale(m->c.tool, row), *value);
}

static struct column_cell *cells_of(struct req *r, const struct matrix *m,
                                    const struct pack_row *row, const struct matrix_column *column)
{
    struct column_cell *cells = ARENA_ARRAY(r->arena, struct column_cell, m->c.rounds.n + 1);
    for (size_t i = 0; i < m->c.rounds.n; i++) {
        const char *value, *earlier;
        int shade = shade_in(m, i, row, column, &value);
        int before = shade_in(m, i + 1, row, column, &earlier);
        cells[i] = (struct column_cell){
            .words = shade == 0 ? tr(r->lang, MSG("Not rated"))
                                : checklist_answer_words(r, m->c.tool, row, value),
            .look = shade == 0 ? "meta" : arena_printf(r->arena, "seq-%d", shade)};
        if (shade > 0 && before > 0 && shade != before) {
            cells[i].moved = tr(r->lang, shade > before ? MSG("better than the round before")
                                                        : MSG("worse than the round before"));
        }
    }
    return cells;
}

static void fill_rounds(struct req *r, const struct matrix *m,
                        struct assessment_matrix_column_view *v)
{
    struct column_round *list = ARENA_ARRAY(r->arena, struct column_round, m->c.rounds.n + 1);
    for (size_t i = 0; i < m->c.rounds.n; i++) {
        const struct assessment_round *x = &m->c.rounds.items[i];
        const char *rest = url_make(r->arena, "/rounds/{0}", x->record->id, NULL);
        list[i] = (struct column_round){
            .date = arena_copy_n(r->arena, x->touched_at, 10),
            .state = tr(r->lang, assessment_state_label(record_text(x->record, "state"))),
            .address = checklist_address(r, m->c.tool, i == 0 ? "" : rest)};
    }
    v->rounds = list;
    v->n_rounds = m->c.rounds.n;
}

static void fill_lines(struct req *r, const struct matrix *m, const struct matrix_column *column,
                       struct assessment_matrix_column_view *v)
{
    const struct pack_tool *tool = m->c.tool;
    struct column_line *lines = ARENA_ARRAY(r->arena, struct column_line, tool->n_rows + 1u);
    struct column_text *texts = ARENA_ARRAY(r->arena, struct column_text, tool->n_rows + 1u);
    for (unsigned i = 0; i < tool->n_rows; i++) {
        const struct pack_row *row = &tool->rows[i];
        enum matrix_row what = matrix_row_of(tool, row);
        const char *address = matrix_cell_address(r, tool, row->id, column);
        if (what == MATRIX_RATED) {
            lines[v->n_lines++] = (struct column_line){.words = matrix_row_title(r, tool, row),
                                                       .id = row->id,
                                                       .address = address,
                                                       .cells = cells_of(r, m, row, column)};
        } else if (matrix_row_has_cells(what)) {
            const struct assessment_answer *w =
                matrix_answer(m->answers, m->n_answers, row->id, column);
            texts[v->n_texts++] = (struct column_text){.words = checklist_row_words(r, tool, row),
                                                       .id = row->id,
                                                       .text = w == NULL ? "" : w->value,
                                                       .address = address};
        }
    }
    v->lines = lines;
    v->texts = texts;
}

// The newest round's columns, and with the answers of all rounds those that only earlier ones had.
static const struct matrix_column *find_column(struct req *r, struct matrix *m,
                                               struct err_info *e, enum err *err)
{
    const char *key = req_capture(r, "column");
    const struct matrix_column *column = matrix_column(m->columns, m->n_columns, key);
    for (size_t i = 1; column == NULL && *err == ERR_NONE && i < m->c.rounds.n; i++) {
        *err = matrix_show_round(r, r->db, m, &m->c.rounds.items[i], e);
        column = *err == ERR_NONE ? matrix_column(m->columns, m->n_columns, key) : NULL;
    }
    return column;
}

static enum err column_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct matrix m;
    size_t n_crumbs;
    enum err err = matrix_load(r, r->db, &m, e);
    const struct matrix_column *column = err == ERR_NONE ? find_column(r, &m, e, &err) : NULL;
    if (err != ERR_NONE) {
        return err;
    }
    if (column == NULL) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("Nobody of this name is rated here."),
                       MSG("Choose one from the ratings."), NULL);
    }
    struct assessment_matrix_column_view v = {
        .label = tr_f(r->arena, r->lang, MSG("Ratings of {0} over the rounds"), column->name, NULL),
        .meaning = column->meaning,
        .change = matrix_may_fill(r, &m) ? matrix_fill_address(r, m.c.tool, column->key) : NULL,
        .record = column->stakeholder_id[0] == '\0'
                      ? NULL
                      : url_make(r->arena, "/countries/{0}/stakeholders/{1}", r->country,
                                 column->stakeholder_id, NULL)};
    fill_rounds(r, &m, &v);
    fill_lines(r, &m, column, &v);
    const struct crumb *crumbs = checklist_crumbs(r, &m.c, true, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = column->name,
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .tag = m.c.tool->id});
    assessment_matrix_column_html(&h, &v);
    return page_end(&h, e);
}

const struct route route_country_tool_column = {
    .path = "/countries/{country}/tools/{tool}/columns/{column}",
    .needs = MAY_READ,
    .get = column_get,
    .title = MSG("Ratings over the rounds"),
    .menu = MENU_COUNTRIES,
};
