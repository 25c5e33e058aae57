// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_matrix_test.c: disparities and progress of matrices against slow counts written apart; which
// columns there are; shades; changes. The worked examples are those of docs/assessment.md.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "assessment/assessment_matrix.h"
#include "base/bug.h"
#include "base/limits.h"
#include "stakeholder/stakeholder.h"

static struct arena *a;

static int set_up(void **state)
{
    (void)state;
    a = arena_new(LIMIT_REQUEST_BYTES);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(a);
    return 0;
}

static struct record *stakeholder(const char *id, const char *name, const char *sort, bool active)
{
    struct record *r = record_new(a, &entity_stakeholder);
    r->id = id;
    record_set_text(r, "name", name);
    record_set_text(r, "sort", sort);
    record_set_int(r, "active", active);
    return r;
}

static struct assessment_answer cell(const char *row, const char *id, const char *group,
                                     const char *value, const char *how)
{
    return (struct assessment_answer){.row = row, .stakeholder_id = id, .group_code = group,
                                      .value = value, .how = how};
}

static const struct pack_tool *institutions(void)
{
    return pack_tool_anywhere("2.4");
}

static const struct pack_tool *holders(void)
{
    return pack_tool_anywhere("2.6");
}

// ---- rows and columns ---------------------------------------------------------------------------

static void both_tools_are_matrices_and_all_their_rows_have_a_part(void **state)
{
    (void)state;
    size_t found[MATRIX_LIST + 1] = {0};
    assert_true(assessment_is_matrix(institutions()));
    assert_true(assessment_is_matrix(holders()));
    assert_false(assessment_is_matrix(pack_tool_anywhere("3.1")));
    for (unsigned i = 0; i < institutions()->n_rows; i++) {
        found[matrix_row_of(institutions(), &institutions()->rows[i])]++;
    }
    assert_int_equal(found[MATRIX_ONCE], 6);
    assert_int_equal(found[MATRIX_LIST], 1);
    assert_int_equal(found[MATRIX_RATED], 6);
    assert_int_equal(found[MATRIX_WORDS], 1);
    assert_int_equal(found[MATRIX_NOT_ASKED], 0);
    memset(found, 0, sizeof found);
    for (unsigned i = 0; i < holders()->n_rows; i++) {
        found[matrix_row_of(holders(), &holders()->rows[i])]++;
    }
    assert_int_equal(found[MATRIX_SOME], 1);
    assert_int_equal(found[MATRIX_RATED], 4);
    assert_int_equal(found[MATRIX_WHY], 3);
    assert_int_equal(found[MATRIX_NOT_ASKED], 34); // printed lines of groups: cells, not rows
}

static void columns_are_duty_bearers_or_groups_and_whoever_was_rated(void **state)
{
    (void)state;
    size_t n;
    struct record *all[] = {stakeholder("01", "Courts", "duty_bearer", true),
                            stakeholder("02", "Crews", "group", true),
                            stakeholder("03", "Old task force", "duty_bearer", false),
                            stakeholder("04", "Older task force", "duty_bearer", false),
                            stakeholder("05", "Shelters", "non_state", true)};
    const struct assessment_answer rated[] = {cell("2.4-R1", "03", "", "low", "")};
    struct matrix_column *c =
        matrix_columns(a, institutions(), &lang_en, all, COUNT_OF(all), rated, 1, &n);
    assert_int_equal(n, 2);
    assert_string_equal(c[0].key, "s-01");
    assert_string_equal(c[1].name, "Old task force");
    assert_true(c[1].switched_off);
    c = matrix_columns(a, holders(), &lang_en, all, COUNT_OF(all), NULL, 0, &n);
    assert_int_equal(n, holders()->n_groups + 1);
    assert_string_equal(c[0].key, "g-women");
    assert_string_equal(c[n - 1].key, "s-02");
    assert_ptr_equal(matrix_column(c, n, "g-women"), &c[0]);
    assert_null(matrix_column(c, n, "s-01"));
}

// ---- disparities --------------------------------------------------------------------------------

// The slow rule: walk from every level downwards and count until the other one is met.
static bool slow_is_much(const struct pack_scale *scale, const char *const *values, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < n; k++) {
            for (unsigned from = 0; from < scale->n_levels; from++) {
                int walked = 0;
                for (unsigned at = from; at < scale->n_levels; at++, walked++) {
                    bool ends = strcmp(scale->levels[from].id, values[i]) == 0 &&
                                strcmp(scale->levels[at].id, values[k]) == 0;
                    if (ends && (walked >= 2 || (scale->n_levels == 2 && walked == 1))) {
                        return true;
                    }
                }
            }
        }
    }
    return false;
}

static void disparities_are_those_of_a_slow_walk(void **state)
{
    (void)state;
    static const char *const rows[] = {"2.6-Q2", "2.6-Q3", "2.6-Q4"};
    for (uint32_t round = 0; round < 600; round++) {
        const struct pack_row *row = tool_row(holders(), rows[round % 3]);
        const struct pack_scale *scale = row_scale(holders(), row);
        const char *values[6];
        size_t n = round % 7;
        for (size_t i = 0; i < n; i++) {
            uint32_t dice = ((round + 1) * 2654435761u) ^ ((uint32_t)i * 40503u + round * 97u);
            dice ^= dice >> 13;
            values[i] = dice % 5 == 0 ? "" : scale->levels[dice / 5 % scale->n_levels].id;
        }
        assert_int_equal(matrix_is_much(scale, matrix_steps(scale, values, n)),
                         slow_is_much(scale, values, n));
    }
}

static void a_disparity_names_both_ends_and_waits_for_its_reason(void **state)
{
    (void)state;
    size_t n;
    struct matrix_disparity d;
    struct matrix_column *c = matrix_columns(a, holders(), &lang_en, NULL, 0, NULL, 0, &n);
    struct assessment_answer w[] = {cell("2.6-Q2", "", "women", "medium", ""),
                                    cell("2.6-Q2", "", "men", "high", ""),
                                    cell("2.6-Q2", "", "irregular", "none", "asked at work"),
                                    cell("2.6-Q2", "", "stateless", "none", ""),
                                    cell("2.6-Q2-D", "", "", "Language.", "")};
    const struct pack_row *row = tool_row(holders(), "2.6-Q2");
    matrix_disparity_of(a, holders(), row, c, n, w, 4, &d);
    assert_true(d.is_much);
    assert_int_equal(d.steps, 3);
    assert_string_equal(d.best->id, "high");
    assert_string_equal(d.worst->id, "none");
    assert_int_equal(d.n_best, 1);
    assert_string_equal(d.best_columns[0]->group_code, "men");
    assert_int_equal(d.n_worst, 2);
    assert_string_equal(d.asked->id, "2.6-Q2-D");
    assert_false(d.is_explained);
    matrix_disparity_of(a, holders(), row, c, n, w, 5, &d);
    assert_true(d.is_explained);
    assert_string_equal(d.reason, "Language.");
    // One step is none; one column is none; no column is none.
    matrix_disparity_of(a, holders(), row, c, n, w, 2, &d);
    assert_false(d.is_much);
    assert_int_equal(d.steps, 1);
    matrix_disparity_of(a, holders(), row, c, n, w, 0, &d);
    assert_false(d.is_much);
    assert_null(d.best);
}

static void without_a_row_for_the_reason_each_of_the_worst_needs_one(void **state)
{
    (void)state;
    size_t n;
    struct matrix_disparity d;
    struct matrix_column *c = matrix_columns(a, holders(), &lang_en, NULL, 0, NULL, 0, &n);
    struct assessment_answer w[] = {cell("2.6-Q4", "", "women", "yes", ""),
                                    cell("2.6-Q4", "", "migrants", "no", "no permit"),
                                    cell("2.6-Q4", "", "stateless", "no", "")};
    const struct pack_row *row = tool_row(holders(), "2.6-Q4");
    matrix_disparity_of(a, holders(), row, c, n, w, 3, &d);
    assert_true(d.is_much);
    assert_null(d.asked);
    assert_false(d.is_explained);
    w[2].how = "no number";
    matrix_disparity_of(a, holders(), row, c, n, w, 3, &d);
    assert_true(d.is_explained);
}

// ---- progress -----------------------------------------------------------------------------------

// The slow count: every cell is written as a line, then each line is looked for among the answers.
static struct assessment_progress slow_progress(const struct pack_tool *tool,
                                                const struct matrix_column *c, size_t n_columns,
                                                const struct assessment_answer *w, size_t n)
{
    struct assessment_progress p = {0};
    for (unsigned i = 0; i < tool->n_rows; i++) {
        const struct pack_row *row = &tool->rows[i];
        const char *word = row->part_word;
        bool some = strcmp(word, "open") == 0;
        bool wide = some || strcmp(word, "rating") == 0 || strcmp(word, "question") == 0 ||
                    strcmp(word, "barriers") == 0;
        int of = 0, answered = 0;
        for (size_t k = 0; wide && k < n_columns; k++) {
            const char *line = arena_printf(a, "%s/%s/%s", row->id, c[k].stakeholder_id,
                                            c[k].group_code);
            of++;
            for (size_t x = 0; x < n; x++) {
                answered += strcmp(line, arena_printf(a, "%s/%s/%s", w[x].row, w[x].stakeholder_id,
                                                      w[x].group_code)) == 0;
            }
        }
        bool once = strcmp(word, "field") == 0;
        if (strcmp(word, "disparity") == 0) {
            const char **values = ARENA_ARRAY(a, const char *, n + 1);
            size_t n_values = 0;
            for (size_t x = 0; x < n; x++) {
                if (strcmp(w[x].row, row->parent) == 0) {
                    values[n_values++] = w[x].value;
                }
            }
            once = slow_is_much(row_scale(tool, tool_row(tool, row->parent)), values, n_values);
        }
        for (size_t x = 0; once && x < n; x++) {
            answered += strcmp(w[x].row, row->id) == 0;
        }
        if (strcmp(word, "list") == 0) {
            once = true;
            answered = n_columns > 0;
        }
        p.of += some || once ? 1 : of;
        p.answered += some ? answered > 0 : answered;
    }
    return p;
}

static void progress_is_that_of_a_slow_count(void **state)
{
    (void)state;
    struct record *all[] = {stakeholder("01", "Border police", "duty_bearer", true),
                            stakeholder("02", "Courts", "duty_bearer", true),
                            stakeholder("03", "Crews", "group", true)};
    for (uint32_t round = 0; round < 200; round++) {
        const struct pack_tool *tool = round % 2 == 0 ? institutions() : holders();
        struct assessment_answer w[200];
        size_t n = 0, n_columns;
        struct matrix_column *c =
            matrix_columns(a, tool, &lang_en, all, COUNT_OF(all), NULL, 0, &n_columns);
        for (unsigned i = 0; i < tool->n_rows; i++) {
            const struct pack_row *row = &tool->rows[i];
            enum matrix_row what = matrix_row_of(tool, row);
            const struct pack_scale *scale = row_scale(tool, row);
            bool wide = matrix_row_has_cells(what);
            for (size_t k = 0; what != MATRIX_NOT_ASKED && what != MATRIX_LIST &&
                               k < (wide ? n_columns : 1); k++) {
                uint32_t dice = (round * 2654435761u) ^ (i * 40503u + (uint32_t)k * 7919u);
                dice ^= dice >> 15;
                if (dice % 3 == 0) {
                    continue;
                }
                const char *value =
                    what == MATRIX_RATED ? scale->levels[dice / 3 % scale->n_levels].id : "words";
                w[n++] = cell(row->id, wide ? c[k].stakeholder_id : "", wide ? c[k].group_code : "",
                              value, "");
            }
        }
        struct assessment_progress p = matrix_progress(tool, c, n_columns, w, n);
        struct assessment_progress slow = slow_progress(tool, c, n_columns, w, n);
        assert_int_equal(p.of, slow.of);
        assert_int_equal(p.answered, slow.answered);
        p = assessment_matrix_progress(a, tool, all, COUNT_OF(all), w, n);
        assert_int_equal(p.of, slow.of);
        assert_int_equal(p.answered, slow.answered);
    }
}

static void the_worked_example_of_progress(void **state)
{
    (void)state;
    size_t n_columns;
    struct record *all[] = {stakeholder("01", "Border police", "duty_bearer", true),
                            stakeholder("02", "Courts", "duty_bearer", true)};
    const struct assessment_answer w[] = {
        cell("2.4-P1", "", "", "One plan.", ""),   cell("2.4-R1", "01", "", "low", ""),
        cell("2.4-R2", "01", "", "low", ""),       cell("2.4-B", "01", "", "Orders.", ""),
        cell("2.4-R1", "02", "", "medium", ""),    cell("2.4-R1", "09", "", "low", "")};
    struct matrix_column *c = matrix_columns(a, institutions(), &lang_en, all, 2, w, COUNT_OF(w),
                                             &n_columns);
    struct assessment_progress p =
        matrix_progress(institutions(), c, n_columns, w, COUNT_OF(w));
    assert_int_equal(p.of, 21);
    assert_int_equal(p.answered, 6);
    p = matrix_progress_of_column(institutions(), &c[0], w, COUNT_OF(w));
    assert_int_equal(p.of, 7);
    assert_int_equal(p.answered, 3);
}

// ---- shades and rounds --------------------------------------------------------------------------

static void shades_fall_with_the_level_and_no_two_levels_share_one(void **state)
{
    (void)state;
    const struct pack_tool *tools[] = {institutions(), holders()};
    for (size_t t = 0; t < 2; t++) {
        for (unsigned i = 0; i < tools[t]->n_rows; i++) {
            if (matrix_row_of(tools[t], &tools[t]->rows[i]) != MATRIX_RATED) {
                continue;
            }
            const struct pack_scale *s = row_scale(tools[t], &tools[t]->rows[i]);
            for (unsigned k = 0; k < s->n_levels; k++) {
                int shade = matrix_shade(s, s->levels[k].id);
                assert_true(shade >= 1 && shade <= 5);
                assert_true(k == 0 || shade < matrix_shade(s, s->levels[k - 1].id));
            }
            assert_int_equal(matrix_shade(s, s->levels[s->n_levels - 1].id), 1);
            assert_int_equal(matrix_shade(s, "no such level"), 0);
            assert_int_equal(matrix_shade(s, ""), 0);
        }
    }
}

static void changes_count_cells_not_rows(void **state)
{
    (void)state;
    const struct assessment_answer before[] = {cell("2.6-Q2", "", "women", "low", "a"),
                                               cell("2.6-Q2", "", "men", "low", "a"),
                                               cell("2.6-Q2", "", "children", "low", "a")};
    const struct assessment_answer after[] = {cell("2.6-Q2", "", "women", "low", "b"),
                                              cell("2.6-Q2", "", "men", "high", "a"),
                                              cell("2.6-Q3", "", "men", "never", "")};
    assert_int_equal(matrix_changes(before, 3, after, 3), 2);
    assert_string_equal(matrix_same_cell(before, 3, &after[1])->value, "low");
    assert_null(matrix_same_cell(before, 3, &after[2]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_tools_are_matrices_and_all_their_rows_have_a_part),
        cmocka_unit_test(columns_are_duty_bearers_or_groups_and_whoever_was_rated),
        cmocka_unit_test(disparities_are_those_of_a_slow_walk),
        cmocka_unit_test(a_disparity_names_both_ends_and_waits_for_its_reason),
        cmocka_unit_test(without_a_row_for_the_reason_each_of_the_worst_needs_one),
        cmocka_unit_test(progress_is_that_of_a_slow_count),
        cmocka_unit_test(the_worked_example_of_progress),
        cmocka_unit_test(shades_fall_with_the_level_and_no_two_levels_share_one),
        cmocka_unit_test(changes_count_cells_not_rows),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
