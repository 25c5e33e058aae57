// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_matrix_fill_web.c: answering a matrix: one column a page, one question of all columns a
// page, or all that is asked once. Reading and saving the cells is assessment_cells.h.

#include <string.h>

#include "assessment/assessment_cells.h"
#include "assessment/assessment_matrix_fill.html.h"
#include "assessment/assessment_matrix_web.h"
#include "base/bug.h"

// What a page holds.
struct section {
    const char *id;
    const struct matrix_column *column; // one of the two, or neither: what is asked once
    const struct pack_row *row;
};

static bool find_section(const struct matrix *m, const char *id, struct section *out)
{
    *out = (struct section){.id = id};
    if (strcmp(id, MATRIX_REST) == 0) {
        return matrix_has_rest(m);
    }
    out->column = matrix_column(m->columns, m->n_columns, id);
    if (out->column == NULL) {
        out->row = tool_row(m->c.tool, id);
    }
    return out->column != NULL ||
           (out->row != NULL && matrix_row_has_cells(matrix_row_of(m->c.tool, out->row)));
}

static enum err no_such_section(struct err_info *e)
{
    return err_set(e, ERR_NOT_FOUND, NULL, MSG("This checklist has no such section."),
                   MSG("Choose one of the sections on the side."), NULL);
}

// ---- cells --------------------------------------------------------------------------------------

static void add_cell(struct req *r, const struct matrix *m, const struct pack_row *row,
                     const struct matrix_column *column, struct cell *cells, size_t *n)
{
    struct cell *cell = &cells[(*n)++];
    *cell = (struct cell){.row = row, .stakeholder_id = "", .group_code = "", .name = row->id,
                          .label = row->id};
    if (column != NULL) {
        cell->stakeholder_id = column->stakeholder_id;
        cell->group_code = column->group_code;
        cell->name = arena_printf(r->arena, "%s.%s", row->id, column->key);
        cell->label = arena_printf(r->arena, "%s, %s", row->id, column->name);
    }
    cell->before = cell_answer(m->c.answers, m->c.n_answers, cell);
}

static struct cell *cells_of(struct req *r, const struct matrix *m, const struct section *s,
                             size_t *n)
{
    const struct pack_tool *tool = m->c.tool;
    struct cell *cells = ARENA_ARRAY(r->arena, struct cell, tool->n_rows + m->n_columns + 1);
    *n = 0;
    if (s->row != NULL) {
        for (size_t k = 0; k < m->n_columns; k++) {
            add_cell(r, m, s->row, &m->columns[k], cells, n);
        }
        return cells;
    }
    for (unsigned i = 0; i < tool->n_rows; i++) {
        enum matrix_row what = matrix_row_of(tool, &tool->rows[i]);
        bool here = s->column != NULL ? matrix_row_has_cells(what)
                                      : what == MATRIX_ONCE || what == MATRIX_WHY;
        if (here) {
            add_cell(r, m, &tool->rows[i], s->column, cells, n);
        }
    }
    return cells;
}

// ---- showing ------------------------------------------------------------------------------------

static struct matrix_choice *choices_of(struct req *r, const struct matrix *m,
                                        const struct pack_row *row, const char *chosen, size_t *n)
{
    struct matrix_level *levels = matrix_levels(r, m->c.tool, row, n);
    struct matrix_choice *list = ARENA_ARRAY(r->arena, struct matrix_choice, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        list[i] = (struct matrix_choice){.code = levels[i].id,
                                         .words = levels[i].words,
                                         .meaning = levels[i].meaning,
                                         .key = (int)i + 1,
                                         .chosen = strcmp(levels[i].id, chosen) == 0};
    }
    const char *before = checklist_answer_of_before(r, row_scale(m->c.tool, row), chosen);
    if (before != NULL) {
        list[*n] = (struct matrix_choice){.code = chosen, .words = before, .key = (int)*n + 1, .chosen = true};
        (*n)++;
    }
    return list;
}

// "Why not?" beside yes and no; else what the ratings rest on.
static const char *how_label(struct req *r, const struct pack_tool *tool,
                             const struct pack_row *row, bool grid)
{
    const struct pack_scale *scale = row_scale(tool, row);
    bool yes_no = scale != NULL && scale->n_levels == 2;
    return tr(r->lang, yes_no ? MSG("If not: what could be the reasons?")
               : grid ? MSG("Why")
                      : MSG("Why: what do you know that makes you say so?"));
}

static const char *last_time(struct req *r, const struct matrix *m, const struct cell *cell)
{
    if (m->c.rounds.n < 2) {
        return NULL;
    }
    const struct assessment_round *before = &m->c.rounds.items[1];
    const struct assessment_answer *w = cell_answer(before->answers, before->n_answers, cell);
    return w == NULL || strcmp(w->value, cell_shown(r, cell, CELL_VALUE)) == 0
               ? NULL
               : checklist_answer_words(r, m->c.tool, cell->row, w->value);
}

// What differs so much that a reason is asked; NULL for rows that ask for none, or when nothing does.
static const char *differs(struct req *r, const struct matrix *m, const struct pack_row *row)
{
    const struct pack_tool *tool = m->c.tool;
    const struct pack_row *of = row->parent == NULL ? NULL : tool_row(tool, row->parent);
    struct matrix_disparity gap;
    if (matrix_row_of(tool, row) != MATRIX_WHY || of == NULL || !assessment_is_rated(tool, of)) {
        return NULL;
    }
    matrix_disparity_of(r->arena, tool, of, m->columns, m->n_columns, m->answers, m->n_answers,
                        &gap);
    return gap.is_much ? arena_printf(r->arena, "%s: %s", matrix_row_title(r, tool, of),
                                      matrix_gap_words(r, m, &gap))
                       : NULL;
}

static struct matrix_question question_of(struct req *r, const struct matrix *m,
                                          const struct section *s, const struct cell *cell,
                                          const struct matrix_column *column)
{
    const struct pack_tool *tool = m->c.tool;
    const struct pack_row *row = cell->row;
    const char *value = cell_shown(r, cell, CELL_VALUE);
    bool rated = assessment_is_rated(tool, row);
    bool grid = s->row != NULL;
    struct matrix_question q = {
        .name = cell->name,
        .id = grid ? NULL : row->id,
        .text = grid ? column->name : checklist_row_words(r, tool, row),
        .help = grid               ? column->meaning
                : row->help == NULL ? NULL
                                    : pack_words(tool->pack, r->lang, row->id, row->help),
        .note = grid || row->note == NULL ? NULL
                                          : pack_words(tool->pack, r->lang, row->id, row->note),
        .nothing = value[0] == '\0',
        .may_clear = rated && cell->before != NULL,
        .mark = cell_mark(r, cell),
        .error = cell_error(r, cell, CELL_VALUE),
        .value = value,
        .last_time = last_time(r, m, cell),
        .sentence = differs(r, m, row),
        .address = cell->before == NULL ? NULL : matrix_cell_address(r, tool, row->id, column)};
    if (matrix_row_of(tool, row) == MATRIX_SOME) {
        q.hint = tr(r->lang, grid ? MSG("Its barriers. Leave it empty unless it is one of those that "
                                        "matter most.")
                                  : MSG("Write down the barriers of this group. Leave it empty unless "
                                        "it is one of those that matter most."));
    }
    if (rated) {
        q.choices = choices_of(r, m, row, value, &q.n_choices);
        q.how_name = cell_field(r, cell, CELL_HOW);
        q.how_label = how_label(r, tool, row, grid);
        q.how = cell_shown(r, cell, CELL_HOW);
        q.how_error = cell_error(r, cell, CELL_HOW);
    }
    q.failed = q.error != NULL || q.how_error != NULL;
    return q;
}

static struct checklist_step step(struct req *r, const struct matrix *m, const struct section *s,
                                  const char *label, const char *section,
                                  struct assessment_progress p)
{
    struct checklist_step x =
        checklist_step_of(r, label, matrix_fill_address(r, m->c.tool, section), p);
    x.current = strcmp(s->id, section) == 0;
    return x;
}

static const char *rest_title(struct req *r, const struct matrix *m)
{
    const struct pack_tool *tool = m->c.tool;
    for (unsigned i = 0; i < tool->n_rows; i++) {
        if (matrix_row_of(tool, &tool->rows[i]) == MATRIX_ONCE && tool->rows[i].section != NULL) {
            const struct pack_section *x = tool_section(tool, tool->rows[i].section);
            return pack_words(tool->pack, r->lang, x->id, x->title);
        }
    }
    return tr(r->lang, MSG("Reasons for differences"));
}

// What is asked once comes first where it is a profile, last where it asks why columns differ.
static void fill_steps(struct req *r, const struct matrix *m, const struct section *s,
                       struct checklist_side *side, struct assessment_matrix_fill_view *v)
{
    const struct pack_tool *tool = m->c.tool;
    struct checklist_step *steps = ARENA_ARRAY(r->arena, struct checklist_step, m->n_columns + 2);
    struct checklist_step *rows = ARENA_ARRAY(r->arena, struct checklist_step, tool->n_rows + 1u);
    struct assessment_progress once = {0};
    size_t n = 0;
    for (unsigned i = 0; i < tool->n_rows; i++) {
        const struct pack_row *row = &tool->rows[i];
        enum matrix_row what = matrix_row_of(tool, row);
        if (what == MATRIX_ONCE) {
            once.of++;
            once.answered += matrix_answer(m->answers, m->n_answers, row->id, NULL) != NULL;
        } else if (matrix_row_has_cells(what) && m->n_columns > 0) {
            rows[v->n_rows++] =
                step(r, m, s, matrix_row_title(r, tool, row), row->id,
                     matrix_progress_of_row(tool, row, m->columns, m->n_columns, m->answers,
                                            m->n_answers));
        }
    }
    if (once.of > 0) {
        steps[n++] = step(r, m, s, rest_title(r, m), MATRIX_REST, once);
    }
    for (size_t k = 0; k < m->n_columns; k++) {
        steps[n++] = step(r, m, s, m->columns[k].name, m->columns[k].key,
                          matrix_progress_of_column(tool, &m->columns[k], m->answers,
                                                    m->n_answers));
    }
    if (once.of == 0 && matrix_has_rest(m)) {
        steps[n++] = step(r, m, s, rest_title(r, m), MATRIX_REST, once);
    }
    side->steps = steps;
    side->n_steps = n;
    v->rows = rows;
}

static void fill_heading(struct req *r, const struct matrix *m, const struct section *s,
                         struct assessment_matrix_fill_view *v)
{
    const struct pack_tool *tool = m->c.tool;
    if (s->column != NULL) {
        v->heading = s->column->name;
        v->about = s->column->meaning;
    } else if (s->row != NULL) {
        v->heading = matrix_row_title(r, tool, s->row);
        v->id = s->row->id;
        v->is_grid = true;
        if (assessment_is_rated(tool, s->row)) {
            v->about = checklist_row_words(r, tool, s->row);
        }
        v->help = s->row->help == NULL
                      ? NULL
                      : pack_words(tool->pack, r->lang, s->row->id, s->row->help);
        v->levels = matrix_levels(r, tool, s->row, &v->n_levels);
    } else {
        v->heading = rest_title(r, m);
    }
}

static enum err show_form(struct req *r, struct reply *p, const struct matrix *m,
                          const struct section *s, struct err_info *e)
{
    const struct checklist *c = &m->c;
    struct checklist_side side;
    size_t n;
    const struct cell *cells = cells_of(r, m, s, &n);
    struct matrix_question *questions = ARENA_ARRAY(r->arena, struct matrix_question, n + 1);
    matrix_side_make(r, m, &side);
    struct assessment_matrix_fill_view v = {
        .side = &side,
        .action = matrix_fill_address(r, c->tool, s->id),
        .section = s->id,
        .questions = questions,
        .n_questions = n,
        .all = checklist_address(r, c->tool, ""),
        .saved_on = c->now == NULL ? NULL : arena_copy_n(r->arena, c->now->touched_at, 10),
        .saved_at = c->now == NULL ? NULL : arena_copy_n(r->arena, c->now->touched_at + 11, 5)};
    for (size_t i = 0; i < n; i++) {
        questions[i] = question_of(r, m, s, &cells[i], s->row != NULL ? &m->columns[i] : s->column);
    }
    fill_heading(r, m, s, &v);
    fill_steps(r, m, s, &side, &v);
    struct page page = checklist_page(r, c, c->now);
    page.about = NULL; // a page of the matrix, one step below it
    page.crumbs = checklist_crumbs(r, c, true, &page.n_crumbs);
    struct html h;
    page_begin(&h, r, p, &page);
    assessment_matrix_fill_html(&h, &v);
    return page_end(&h, e);
}

enum err matrix_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct matrix m;
    struct section s;
    const char *section = req_query(r, "section");
    enum err err = matrix_load(r, r->db, &m, e);
    if (err != ERR_NONE) {
        return err;
    }
    section = section[0] != '\0' ? section : req_posted(r, "section");
    if (section[0] == '\0' || !matrix_may_fill(r, &m)) {
        return matrix_show(r, p, &m, e);
    }
    return find_section(&m, section, &s) ? show_form(r, p, &m, &s, e) : no_such_section(e);
}

// ---- saving -------------------------------------------------------------------------------------

static void go_on(struct req *r, struct reply *p, const struct matrix *m, const struct section *s,
                  const struct posted_cells *f, const char *version)
{
    size_t n;
    const struct pack_tool *tool = m->c.tool;
    const struct assessment_answer *answers = cells_after(r, &m->c, f, &n);
    struct assessment_progress whole =
        matrix_progress(tool, m->columns, m->n_columns, answers, n);
    const char *next = strcmp(req_posted(r, "go"), "leave") == 0
                           ? NULL
                           : matrix_next_section(m, s->id, answers, n);
    bool one = f->n_changed == 1 && m->c.now != NULL && identity_may(r->who, MAY_WRITE, NULL);
    p->location =
        next == NULL ? checklist_address(r, tool, "") : matrix_fill_address(r, tool, next);
    p->status = 303;
    reply_flash(p,
                tr_f(r->arena, r->lang,
                     f->n_changed == 0 ? MSG("All is saved: {0}.") : MSG("Saved: {0}."),
                     checklist_progress_words(r, &whole), NULL),
                one ? version : NULL);
}

static enum err read_posted(struct req *r, struct db_read *db, struct matrix *m,
                            struct section *s, struct posted_cells *f, struct err_info *e)
{
    size_t n;
    enum err err = matrix_load(r, db, m, e);
    if (err == ERR_NONE) {
        err = cells_may_change(&m->c, e);
    }
    if (err == ERR_NONE && !find_section(m, req_posted(r, "section"), s)) {
        err = no_such_section(e);
    }
    if (err == ERR_NONE) {
        const struct cell *cells = cells_of(r, m, s, &n);
        err = cells_read(r, db, &m->c, cells, n, f, e);
    }
    return err == ERR_NONE ? cells_errors(r, f, e) : err;
}

// Why, for the history, before the answers are loaded in the transaction.
static enum err reason_of(struct req *r, const char **reason, struct err_info *e)
{
    struct matrix m;
    struct section s;
    size_t n = 0;
    *reason = NULL;
    enum err err = matrix_load(r, r->db, &m, e);
    if (err == ERR_NONE && find_section(&m, req_posted(r, "section"), &s)) {
        const struct cell *cells = cells_of(r, &m, &s, &n);
        *reason = cells_reason(r, cells, n);
    }
    return err;
}

enum err matrix_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct matrix m;
    struct section s;
    struct posted_cells f;
    struct store_tx *tx;
    const char *reason, *version = NULL;
    struct actor who = req_actor(r);
    enum err err = reason_of(r, &reason, e);
    if (err == ERR_NONE) {
        err = store_begin(r->store, &who, reason, &tx, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    err = read_posted(r, store_tx_read(tx), &m, &s, &f, e);
    if (err == ERR_NONE && f.n_changed > 0) {
        err = cells_save(tx, r, &m.c, &f, &version, e);
    }
    if (err != ERR_NONE || f.n_changed == 0) {
        store_rollback(tx);
    } else {
        err = store_commit(tx, e);
    }
    if (err == ERR_NONE && cells_keep(r)) {
        return cells_kept(r, p, &f, e);
    }
    if (err == ERR_NONE) {
        go_on(r, p, &m, &s, &f, version);
    }
    return err;
}
