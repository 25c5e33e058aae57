// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_matrix_rules.c: see assessment_matrix.h. Worked examples are in docs/assessment.md.

#include "assessment/assessment_matrix.h"

#include <string.h>

#include "base/bug.h"
#include "stakeholder/stakeholder.h"

bool assessment_is_matrix(const struct pack_tool *tool)
{
    return tool->kind == PACK_KIND_RATING_MATRIX && tool->subject == PACK_SUBJECT_COUNTRY;
}

// ---- columns ------------------------------------------------------------------------------------

static bool is_rated_here(const struct assessment_answer *answers, size_t n, const char *id)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(answers[i].stakeholder_id, id) == 0) {
            return true;
        }
    }
    return false;
}

static bool belongs(const struct pack_tool *tool, const struct record *stakeholder)
{
    const char *sort = tool->columns == PACK_COLUMNS_GROUP ? STAKEHOLDER_GROUP
                                                           : STAKEHOLDER_DUTY_BEARER;
    return record_int(stakeholder, "active") != 0 &&
           strcmp(record_text(stakeholder, "sort"), sort) == 0;
}

struct matrix_column *matrix_columns(struct arena *a, const struct pack_tool *tool,
                                     const struct lang *lang, struct record *const *stakeholders,
                                     size_t n_stakeholders,
                                     const struct assessment_answer *answers, size_t n_answers,
                                     size_t *n)
{
    struct matrix_column *list =
        ARENA_ARRAY(a, struct matrix_column, tool->n_groups + n_stakeholders + 1);
    *n = 0;
    for (unsigned i = 0; i < tool->n_groups; i++) {
        const struct pack_group *g = &tool->groups[i];
        list[(*n)++] = (struct matrix_column){
            .key = arena_printf(a, "g-%s", g->id),
            .stakeholder_id = "",
            .group_code = g->id,
            .name = pack_words(tool->pack, lang, g->id, g->title),
            .meaning = g->meaning == NULL ? NULL : pack_words(tool->pack, lang, g->id, g->meaning),
            .added = g->added == PACK_YES};
    }
    for (int pass = 0; pass < 2; pass++) { // those that belong, then those that only were rated
        for (size_t i = 0; i < n_stakeholders; i++) {
            const struct record *s = stakeholders[i];
            bool here = belongs(tool, s);
            if (pass == 0 ? !here : here || !is_rated_here(answers, n_answers, s->id)) {
                continue;
            }
            list[(*n)++] = (struct matrix_column){.key = arena_printf(a, "s-%s", s->id),
                                                  .stakeholder_id = s->id,
                                                  .group_code = "",
                                                  .name = record_text(s, "name"),
                                                  .switched_off = pass == 1};
        }
    }
    return list;
}

const struct matrix_column *matrix_column(const struct matrix_column *columns, size_t n,
                                          const char *key)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(columns[i].key, key) == 0) {
            return &columns[i];
        }
    }
    return NULL;
}

const struct assessment_answer *matrix_answer(const struct assessment_answer *answers, size_t n,
                                              const char *row, const struct matrix_column *column)
{
    const char *stakeholder = column == NULL ? "" : column->stakeholder_id;
    const char *group = column == NULL ? "" : column->group_code;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(answers[i].row, row) == 0 &&
            strcmp(answers[i].stakeholder_id, stakeholder) == 0 &&
            strcmp(answers[i].group_code, group) == 0) {
            return &answers[i];
        }
    }
    return NULL;
}

// ---- rows ---------------------------------------------------------------------------------------

enum matrix_row matrix_row_of(const struct pack_tool *tool, const struct pack_row *row)
{
    switch (row->part) {
    case PACK_PART_RATING:
    case PACK_PART_QUESTION:
        return assessment_is_rated(tool, row) ? MATRIX_RATED : MATRIX_WORDS;
    case PACK_PART_BARRIERS: return MATRIX_WORDS;
    case PACK_PART_OPEN: return MATRIX_SOME;
    case PACK_PART_FIELD: return MATRIX_ONCE;
    case PACK_PART_DISPARITY: return MATRIX_WHY;
    case PACK_PART_LIST: return MATRIX_LIST;
    default: return MATRIX_NOT_ASKED;
    }
}

bool matrix_row_has_cells(enum matrix_row what)
{
    return what == MATRIX_RATED || what == MATRIX_WORDS || what == MATRIX_SOME;
}

// ---- disparities --------------------------------------------------------------------------------

// Place of a level on its scale, best first; -1: it is none.
static int place_of(const struct pack_scale *scale, const char *value)
{
    for (unsigned i = 0; i < scale->n_levels; i++) {
        if (strcmp(scale->levels[i].id, value) == 0) {
            return (int)i;
        }
    }
    return -1;
}

int matrix_steps(const struct pack_scale *scale, const char *const *values, size_t n)
{
    int best = -1, worst = -1;
    for (size_t i = 0; i < n; i++) {
        int at = place_of(scale, values[i]);
        if (at >= 0) {
            best = best < 0 || at < best ? at : best;
            worst = at > worst ? at : worst;
        }
    }
    return best < 0 ? 0 : worst - best;
}

bool matrix_is_much(const struct pack_scale *scale, int steps)
{
    int most = (int)scale->n_levels - 1; // steps this scale has at all
    int enough = most < MATRIX_DISPARITY_STEPS ? most : MATRIX_DISPARITY_STEPS;
    return steps > 0 && steps >= enough;
}

int matrix_shade(const struct pack_scale *scale, const char *value)
{
    int at = place_of(scale, value);
    int most = (int)scale->n_levels - 1;
    if (at < 0) {
        return 0;
    }
    int darkest = scale->n_levels > 4 ? 5 : 4;
    return most < 1 ? darkest : 1 + ((darkest - 1) * (most - at) * 2 + most) / (2 * most);
}

static const struct pack_row *asks_why(const struct pack_tool *tool, const struct pack_row *row)
{
    for (unsigned i = 0; i < tool->n_rows; i++) {
        const struct pack_row *x = &tool->rows[i];
        if (x->part == PACK_PART_DISPARITY && x->parent != NULL && strcmp(x->parent, row->id) == 0) {
            return x;
        }
    }
    return NULL;
}

// Columns of one level; *reasons: how many of them say why.
static const struct matrix_column **with_level(struct arena *a, const struct pack_row *row,
                                               const char *level,
                                               const struct matrix_column *columns, size_t n_columns,
                                               const struct assessment_answer *answers,
                                               size_t n_answers, size_t *n, size_t *reasons)
{
    const struct matrix_column **list = ARENA_ARRAY(a, const struct matrix_column *, n_columns + 1);
    *n = *reasons = 0;
    for (size_t i = 0; i < n_columns; i++) {
        const struct assessment_answer *w =
            matrix_answer(answers, n_answers, row->id, &columns[i]);
        if (w != NULL && strcmp(w->value, level) == 0) {
            list[(*n)++] = &columns[i];
            *reasons += w->how[0] != '\0';
        }
    }
    return list;
}

void matrix_disparity_of(struct arena *a, const struct pack_tool *tool, const struct pack_row *row,
                         const struct matrix_column *columns, size_t n_columns,
                         const struct assessment_answer *answers, size_t n_answers,
                         struct matrix_disparity *out)
{
    const struct pack_scale *scale = row_scale(tool, row);
    const char **values = ARENA_ARRAY(a, const char *, n_columns + 1);
    int best = -1, worst = -1;
    *out = (struct matrix_disparity){.row = row, .asked = asks_why(tool, row), .reason = ""};
    ensure(scale != NULL);
    for (size_t i = 0; i < n_columns; i++) {
        const struct assessment_answer *w =
            matrix_answer(answers, n_answers, row->id, &columns[i]);
        values[i] = w == NULL ? "" : w->value;
        int at = place_of(scale, values[i]);
        best = at >= 0 && (best < 0 || at < best) ? at : best;
        worst = at > worst ? at : worst;
    }
    if (best < 0) {
        return;
    }
    size_t reasons, unused;
    out->steps = matrix_steps(scale, values, n_columns);
    out->is_much = matrix_is_much(scale, out->steps);
    out->best = &scale->levels[best];
    out->worst = &scale->levels[worst];
    out->best_columns = with_level(a, row, out->best->id, columns, n_columns, answers, n_answers,
                                   &out->n_best, &unused);
    out->worst_columns = with_level(a, row, out->worst->id, columns, n_columns, answers, n_answers,
                                    &out->n_worst, &reasons);
    const struct assessment_answer *why =
        out->asked == NULL ? NULL : matrix_answer(answers, n_answers, out->asked->id, NULL);
    out->reason = why == NULL ? "" : why->value;
    out->is_explained = out->asked != NULL ? out->reason[0] != '\0' : reasons == out->n_worst;
}

// ---- progress -----------------------------------------------------------------------------------

struct assessment_progress matrix_progress_of_row(const struct pack_tool *tool,
                                                  const struct pack_row *row,
                                                  const struct matrix_column *columns,
                                                  size_t n_columns,
                                                  const struct assessment_answer *answers,
                                                  size_t n_answers)
{
    enum matrix_row what = matrix_row_of(tool, row);
    struct assessment_progress p = {0};
    for (size_t i = 0; matrix_row_has_cells(what) && i < n_columns; i++) {
        p.of++;
        p.answered += matrix_answer(answers, n_answers, row->id, &columns[i]) != NULL;
    }
    if (what == MATRIX_SOME) {
        p.of = 1;
        p.answered = p.answered > 0;
    }
    return p;
}

static bool differs_much(const struct pack_tool *tool, const char *row_id,
                         const struct matrix_column *columns, size_t n_columns,
                         const struct assessment_answer *answers, size_t n_answers)
{
    const struct pack_row *row = row_id == NULL ? NULL : tool_row(tool, row_id);
    const struct pack_scale *scale = row == NULL ? NULL : row_scale(tool, row);
    bool much = false;
    // Each pair of columns: no list has to be kept, and a matrix is small.
    for (size_t i = 0; scale != NULL && !much && i < n_columns; i++) {
        const struct assessment_answer *x = matrix_answer(answers, n_answers, row->id, &columns[i]);
        for (size_t k = i + 1; x != NULL && !much && k < n_columns; k++) {
            const struct assessment_answer *y =
                matrix_answer(answers, n_answers, row->id, &columns[k]);
            const char *const both[] = {x->value, y == NULL ? "" : y->value};
            much = matrix_is_much(scale, matrix_steps(scale, both, 2));
        }
    }
    return much;
}

struct assessment_progress matrix_progress(const struct pack_tool *tool,
                                           const struct matrix_column *columns, size_t n_columns,
                                           const struct assessment_answer *answers,
                                           size_t n_answers)
{
    struct assessment_progress all = {0};
    for (unsigned i = 0; i < tool->n_rows; i++) {
        const struct pack_row *row = &tool->rows[i];
        enum matrix_row what = matrix_row_of(tool, row);
        struct assessment_progress p = {0};
        if (matrix_row_has_cells(what)) {
            p = matrix_progress_of_row(tool, row, columns, n_columns, answers, n_answers);
        } else if (what == MATRIX_ONCE ||
                   (what == MATRIX_WHY &&
                    differs_much(tool, row->parent, columns, n_columns, answers, n_answers))) {
            p.of = 1;
            p.answered = matrix_answer(answers, n_answers, row->id, NULL) != NULL;
        } else if (what == MATRIX_LIST) {
            p.of = 1;
            p.answered = n_columns > 0;
        }
        all.of += p.of;
        all.answered += p.answered;
    }
    return all;
}

struct assessment_progress matrix_progress_of_column(const struct pack_tool *tool,
                                                     const struct matrix_column *column,
                                                     const struct assessment_answer *answers,
                                                     size_t n_answers)
{
    struct assessment_progress p = {0};
    for (unsigned i = 0; i < tool->n_rows; i++) {
        enum matrix_row what = matrix_row_of(tool, &tool->rows[i]);
        if (what == MATRIX_RATED || what == MATRIX_WORDS) {
            p.of++;
            p.answered += matrix_answer(answers, n_answers, tool->rows[i].id, column) != NULL;
        }
    }
    return p;
}

struct assessment_progress assessment_matrix_progress(struct arena *a,
                                                      const struct pack_tool *tool,
                                                      struct record *const *stakeholders,
                                                      size_t n_stakeholders,
                                                      const struct assessment_answer *answers,
                                                      size_t n_answers)
{
    size_t n;
    const struct matrix_column *columns = matrix_columns(a, tool, &lang_en, stakeholders,
                                                         n_stakeholders, answers, n_answers, &n);
    return matrix_progress(tool, columns, n, answers, n_answers);
}

// ---- rounds -------------------------------------------------------------------------------------

const struct assessment_answer *matrix_same_cell(const struct assessment_answer *answers, size_t n,
                                                 const struct assessment_answer *cell)
{
    const struct matrix_column at = {.stakeholder_id = cell->stakeholder_id,
                                     .group_code = cell->group_code};
    return matrix_answer(answers, n, cell->row, &at);
}

size_t matrix_changes(const struct assessment_answer *before, size_t n_before,
                      const struct assessment_answer *after, size_t n_after)
{
    size_t n = 0;
    for (size_t i = 0; i < n_after; i++) {
        const struct assessment_answer *old = matrix_same_cell(before, n_before, &after[i]);
        n += after[i].value[0] != '\0' &&
             (old == NULL || strcmp(old->value, after[i].value) != 0);
    }
    return n;
}
