// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_matrix_web.c: see assessment_matrix_web.h.

#include "assessment/assessment_matrix_web.h"

#include <string.h>

#include "base/bug.h"
#include "stakeholder/stakeholder.h"

// Reasons are cut here where they stand behind a cell; the page of the cell has them whole.
#define WHY_BYTES 240

// ---- loading ------------------------------------------------------------------------------------

// An earlier round shows nobody who was named only later.
static void keep_rated(struct matrix *m)
{
    size_t kept = 0;
    for (size_t k = 0; k < m->n_columns; k++) {
        bool rated = m->columns[k].group_code[0] != '\0';
        for (size_t i = 0; !rated && i < m->n_answers; i++) {
            rated = strcmp(m->answers[i].stakeholder_id, m->columns[k].stakeholder_id) == 0;
        }
        if (rated) {
            m->columns[kept++] = m->columns[k];
        }
    }
    m->n_columns = kept;
}

enum err matrix_show_round(struct req *r, struct db_read *db, struct matrix *m,
                           const struct assessment_round *round, struct err_info *e)
{
    struct record **stakeholders;
    size_t n;
    const struct assessment_rounds *all = &m->c.rounds;
    enum err err = store_list_by(db, r->arena, &entity_stakeholder, "country", r->country,
                                 &stakeholders, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    m->round = round;
    m->answers = round == NULL ? NULL : round->answers;
    m->n_answers = round == NULL ? 0 : round->n_answers;
    m->beside = round != m->c.now ? m->c.now : all->n > 1 ? &all->items[1] : NULL;
    m->columns = matrix_columns(r->arena, m->c.tool, r->lang, stakeholders, n, m->answers,
                                m->n_answers, &m->n_columns);
    if (round != m->c.now) {
        keep_rated(m);
    }
    return ERR_NONE;
}

enum err matrix_load(struct req *r, struct db_read *db, struct matrix *out, struct err_info *e)
{
    *out = (struct matrix){0};
    enum err err = checklist_load(r, db, &out->c, e);
    if (err == ERR_NONE && !assessment_is_matrix(out->c.tool)) {
        err = err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such checklist."),
                      MSG("Choose one from the list of checklists."), NULL);
    }
    return err == ERR_NONE ? matrix_show_round(r, db, out, out->c.now, e) : err;
}

// ---- addresses ----------------------------------------------------------------------------------

const char *matrix_fill_address(struct req *r, const struct pack_tool *tool, const char *section)
{
    return arena_printf(r->arena, "%s?section=%s", checklist_address(r, tool, ""),
                        url_escape(r->arena, section));
}

const char *matrix_cell_address(struct req *r, const struct pack_tool *tool, const char *row,
                                const struct matrix_column *column)
{
    const char *page = checklist_row_address(r, tool, row);
    return column == NULL ? page
                          : arena_printf(r->arena, "%s?column=%s", page,
                                         url_escape(r->arena, column->key));
}

const char *matrix_column_address(struct req *r, const struct pack_tool *tool,
                                  const struct matrix_column *column)
{
    return checklist_address(r, tool, url_make(r->arena, "/columns/{0}", column->key, NULL));
}

bool matrix_has_rest(const struct matrix *m)
{
    for (unsigned i = 0; i < m->c.tool->n_rows; i++) {
        enum matrix_row what = matrix_row_of(m->c.tool, &m->c.tool->rows[i]);
        if (what == MATRIX_ONCE || what == MATRIX_WHY) {
            return true;
        }
    }
    return false;
}

static bool rest_is_done(const struct matrix *m, const struct assessment_answer *answers, size_t n)
{
    const struct pack_tool *tool = m->c.tool;
    struct assessment_progress whole = matrix_progress(tool, m->columns, m->n_columns, answers, n);
    for (unsigned i = 0; i < tool->n_rows; i++) { // what is left are rows that are asked once
        struct assessment_progress p =
            matrix_progress_of_row(tool, &tool->rows[i], m->columns, m->n_columns, answers, n);
        whole.of -= p.of;
        whole.answered -= p.answered;
    }
    return whole.answered >= whole.of;
}

// Is something left in this row, or in this column? ratings: a rating; words may stay empty.
static bool is_left(const struct matrix *m, bool by_row, size_t at, bool ratings,
                    const struct assessment_answer *answers, size_t n)
{
    const struct pack_tool *tool = m->c.tool;
    struct assessment_progress p = {0};
    if (by_row) {
        bool looked_at = !ratings || matrix_row_of(tool, &tool->rows[at]) == MATRIX_RATED;
        p = matrix_progress_of_row(tool, &tool->rows[at], m->columns, m->n_columns, answers, n);
        return looked_at && p.answered < p.of;
    }
    if (!ratings) {
        p = matrix_progress_of_column(tool, &m->columns[at], answers, n);
        return p.answered < p.of;
    }
    for (unsigned i = 0; i < tool->n_rows; i++) {
        if (matrix_row_of(tool, &tool->rows[i]) == MATRIX_RATED &&
            matrix_answer(answers, n, tool->rows[i].id, &m->columns[at]) == NULL) {
            return true;
        }
    }
    return false;
}

// Onwards to what has anything left, then to what is asked once, then back only to where a rating is missing:
// words that are left empty on purpose lead nobody round in circles.
const char *matrix_next_section(const struct matrix *m, const char *from,
                                const struct assessment_answer *answers, size_t n_answers)
{
    const struct pack_tool *tool = m->c.tool;
    const struct pack_row *row = from == NULL ? NULL : tool_row(tool, from);
    const struct matrix_column *column =
        from == NULL ? NULL : matrix_column(m->columns, m->n_columns, from);
    bool by_row = row != NULL, once = from != NULL && row == NULL && column == NULL;
    size_t n = by_row ? tool->n_rows : m->n_columns;
    size_t at = by_row           ? (size_t)(row - tool->rows)
                : column != NULL ? (size_t)(column - m->columns)
                                 : n;
    for (size_t i = from == NULL ? 0 : at + 1; i < n; i++) {
        if (is_left(m, by_row, i, false, answers, n_answers)) {
            return by_row ? tool->rows[i].id : m->columns[i].key;
        }
    }
    if (!once && matrix_has_rest(m) && !rest_is_done(m, answers, n_answers)) {
        return MATRIX_REST;
    }
    for (size_t i = 0; from != NULL && i < at; i++) {
        if (is_left(m, by_row, i, true, answers, n_answers)) {
            return by_row ? tool->rows[i].id : m->columns[i].key;
        }
    }
    return NULL;
}

bool matrix_may_fill(struct req *r, const struct matrix *m)
{
    bool open = m->c.now == NULL || assessment_may_edit(m->c.state);
    return open && m->round == m->c.now && req_may(r, MAY_WRITE);
}

// ---- words --------------------------------------------------------------------------------------

// The section of a row that has it for itself; NULL when others are asked there too.
static const struct pack_section *own_section(const struct pack_tool *tool,
                                              const struct pack_row *row)
{
    size_t n = 0;
    for (unsigned i = 0; row->section != NULL && i < tool->n_rows; i++) {
        const struct pack_row *x = &tool->rows[i];
        n += x->section != NULL && strcmp(x->section, row->section) == 0 &&
             matrix_row_of(tool, x) != MATRIX_NOT_ASKED;
    }
    return n == 1 ? tool_section(tool, row->section) : NULL;
}

const char *matrix_row_title(struct req *r, const struct pack_tool *tool,
                             const struct pack_row *row)
{
    const struct pack_scale *scale = assessment_is_rated(tool, row) ? row_scale(tool, row) : NULL;
    const struct pack_section *section = own_section(tool, row);
    return scale != NULL     ? pack_words(tool->pack, r->lang, scale->id, scale->title)
           : section != NULL ? pack_words(tool->pack, r->lang, section->id, section->title)
                             : checklist_row_words(r, tool, row);
}

static const char *names_of(struct req *r, const struct matrix_column *const *columns, size_t n)
{
    const char *text = "";
    for (size_t i = 0; i < n; i++) {
        text = arena_printf(r->arena, "%s%s%s", text, i == 0 ? "" : ", ", columns[i]->name);
    }
    return text;
}

const char *matrix_gap_words(struct req *r, const struct matrix *m,
                             const struct matrix_disparity *gap)
{
    const struct pack *pack = m->c.tool->pack;
    const char *ends = tr_f(r->arena, r->lang, MSG("{0}: {1}. {2}: {3}."),
                            pack_words(pack, r->lang, gap->best->id, gap->best->title),
                            names_of(r, gap->best_columns, gap->n_best),
                            pack_words(pack, r->lang, gap->worst->id, gap->worst->title),
                            names_of(r, gap->worst_columns, gap->n_worst), NULL);
    return arena_printf(r->arena, "%s %s", ends,
                        tr_n(r->arena, r->lang, MSG("They are one step apart."),
                             MSG("They are {0} steps apart."), gap->steps));
}

struct matrix_level *matrix_levels(struct req *r, const struct pack_tool *tool,
                                   const struct pack_row *row, size_t *n)
{
    const struct pack_scale *scale = assessment_is_rated(tool, row) ? row_scale(tool, row) : NULL;
    *n = scale == NULL ? 0 : scale->n_levels;
    struct matrix_level *list = ARENA_ARRAY(r->arena, struct matrix_level, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const struct pack_level *level = &scale->levels[i];
        list[i] = (struct matrix_level){
            .id = level->id,
            .words = pack_words(tool->pack, r->lang, level->id, level->title),
            .meaning = level->meaning == NULL
                           ? NULL
                           : pack_words(tool->pack, r->lang, level->id, level->meaning),
            .shade = matrix_shade(scale, level->id)};
    }
    return list;
}

static const char *cut(struct req *r, const char *text)
{
    if (strlen(text) <= WHY_BYTES) {
        return text;
    }
    size_t end = WHY_BYTES;
    while (end > 0 && ((unsigned char)text[end] & 0xc0) == 0x80) { // not within a sign
        end--;
    }
    return arena_printf(r->arena, "%.*s…", (int)end, text);
}

struct matrix_cell matrix_cell_of(struct req *r, const struct matrix *m, const struct pack_row *row,
                                  const struct matrix_column *column)
{
    const struct pack_tool *tool = m->c.tool;
    const struct assessment_answer *w = matrix_answer(m->answers, m->n_answers, row->id, column);
    const struct assessment_answer *old =
        m->beside == NULL ? NULL
                          : matrix_answer(m->beside->answers, m->beside->n_answers, row->id, column);
    const char *value = w == NULL ? "" : w->value;
    int shade = matrix_shade(row_scale(tool, row), value);
    struct matrix_cell cell = {
        .words = shade == 0 ? tr(r->lang, MSG("Not rated"))
                            : checklist_answer_words(r, tool, row, value),
        .look = shade == 0 ? "meta" : arena_printf(r->arena, "seq-%d", shade),
        .why = w == NULL || w->how[0] == '\0' ? NULL : cut(r, w->how),
        .address = matrix_cell_address(r, tool, row->id, column)};
    if (old != NULL && shade > 0 && strcmp(old->value, value) != 0) {
        cell.other = tr_f(r->arena, r->lang, m->round == m->c.now ? MSG("was {0}") : MSG("now {0}"),
                          checklist_answer_words(r, tool, row, old->value), NULL);
    }
    return cell;
}

// ---- the side -----------------------------------------------------------------------------------

void matrix_side_make(struct req *r, const struct matrix *m, struct checklist_side *out)
{
    checklist_side_of_round(r, &m->c, m->round, out);
    out->n_steps = 0;
    out->whole =
        matrix_progress(m->c.tool, m->columns, m->n_columns, m->answers, m->n_answers);
    out->whole_words = checklist_progress_words(r, &out->whole);
    for (size_t i = 0; i < out->n_earlier; i++) { // a cell is what changes here, not a row
        const struct assessment_round *old = &m->c.rounds.items[i + 1];
        out->earlier[i].differ =
            tr_n(r->arena, r->lang, MSG("one answer differs now"), MSG("{0} answers differ now"),
                 (int64_t)matrix_changes(old->answers, old->n_answers, m->c.answers,
                                         m->c.n_answers));
    }
}
