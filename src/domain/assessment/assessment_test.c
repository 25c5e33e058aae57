// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_test.c: which tools can be answered, counting against a slow count written apart, states,
// age, marks.

#include <string.h>

#include "base/arena_test_help.h"

#include "assessment/assessment.h"
#include "assessment/assessment_rounds.h"
#include "base/bug.h"

// The mark of an answer that says only this.
static const char *mark_of(const char *value, const char *how)
{
    const char *const texts[] = {value, how, "", "", "", "", "", ""};
    return assessment_mark(arena, texts, COUNT_OF(texts));
}

static void only_tools_that_are_filled_in_fit(void **state)
{
    (void)state;
    assert_non_null(assessment_tool("3.1"));
    assert_non_null(assessment_tool("data-protection"));
    assert_null(assessment_tool("3.4"));   // a table of risks
    assert_null(assessment_tool("2.2"));   // about a country
    assert_null(assessment_tool("4.3.3")); // indicators
    assert_null(assessment_tool("none"));
}

// The slow count: one line of text for each row, then the lines are counted.
static int lines_with(const struct pack_tool *tool, size_t part,
                      const struct assessment_answer *answers, size_t n, const char *value)
{
    int lines = 0;
    for (size_t k = 0; k < n; k++) {
        for (unsigned i = 0; i < tool->n_rows; i++) {
            bool here = part == ASSESSMENT_WHOLE ||
                        strcmp(tool->sections[part].id, tool->rows[i].section) == 0;
            const char *line = arena_printf(arena, "%s=%s", tool->rows[i].id, answers[k].value);
            const char *wanted = arena_printf(arena, "%s=%s", answers[k].row,
                                              value == NULL ? answers[k].value : value);
            lines += here && strcmp(line, wanted) == 0;
        }
    }
    return lines;
}

static void counts_are_those_of_a_slow_count(void **state)
{
    (void)state;
    static const char *const values[] = {"yes", "part", "no", "na"};
    const struct pack_tool *tool = assessment_tool("3.1");
    struct assessment_answer answers[40];
    for (uint32_t round = 0; round < 300; round++) {
        size_t n = 0;
        for (unsigned i = 0; i < tool->n_rows; i++) {
            uint32_t dice = (round * 2654435761u) ^ (i * 40503u + round * 97u);
            if (dice % 3 != 0 && round > 0) {
                answers[n++] = (struct assessment_answer){.row = tool->rows[i].id,
                                                          .value = values[dice / 7 % 4],
                                                          .how = ""};
            }
        }
        answers[n++] = (struct assessment_answer){.row = "9.9-Q99", .value = "yes", .how = ""};
        int of = 0, answered = 0;
        for (size_t part = 0; part <= tool->n_sections; part++) {
            size_t which = part == tool->n_sections ? ASSESSMENT_WHOLE : part;
            struct assessment_progress p = assessment_progress_of(tool, which, answers, n);
            assert_int_equal(p.yes, lines_with(tool, which, answers, n, "yes"));
            assert_int_equal(p.part, lines_with(tool, which, answers, n, "part"));
            assert_int_equal(p.no, lines_with(tool, which, answers, n, "no"));
            assert_int_equal(p.na, lines_with(tool, which, answers, n, "na"));
            assert_int_equal(p.answered, lines_with(tool, which, answers, n, NULL));
            assert_int_equal(p.yes + p.part + p.no + p.na, p.answered);
            if (which == ASSESSMENT_WHOLE) {
                assert_int_equal(p.of, (int)tool->n_rows);
                assert_int_equal(p.of, of);
                assert_int_equal(p.answered, answered);
            }
            of += p.of;
            answered += p.answered;
        }
        size_t next = assessment_next_part(tool, 2, answers, n);
        struct assessment_progress left = assessment_progress_of(tool, next, answers, n);
        assert_true(left.answered < left.of || answered == 0 || of == (int)n - 1);
        for (size_t i = 0; i < tool->n_sections; i++) { // none between is left out
            size_t part = (2 + i) % tool->n_sections;
            if (part == next) {
                break;
            }
            struct assessment_progress p = assessment_progress_of(tool, part, answers, n);
            assert_int_equal(p.answered, p.of);
        }
    }
}

static void changes_name_rows_that_differ(void **state)
{
    (void)state;
    const struct pack_tool *tool = assessment_tool("3.1");
    const struct assessment_answer before[] = {
        {.row = "3.1-Q01", .value = "yes", .how = "a"},
        {.row = "3.1-Q02", .value = "no", .how = ""},
        {.row = "3.1-Q03", .value = "na", .how = ""}};
    const struct assessment_answer after[] = {
        {.row = "3.1-Q01", .value = "yes", .how = "b"},
        {.row = "3.1-Q02", .value = "part", .how = ""},
        {.row = "3.1-Q04", .value = "no", .how = ""}};
    size_t n;
    struct assessment_change *c = assessment_changes(arena, tool, before, 3, after, 3, &n);
    assert_int_equal(n, 2);
    assert_string_equal(c[0].row->id, "3.1-Q02");
    assert_string_equal(c[0].before, "no");
    assert_string_equal(c[0].after, "part");
    assert_string_equal(c[1].row->id, "3.1-Q04");
    assert_string_equal(c[1].before, "");
}

// Slow and plain: every pair of answers, matched by what stands behind the "Q".
static size_t slow_differences(const struct assessment_answer *planned, size_t n_planned,
                               const struct assessment_answer *now, size_t n_now)
{
    size_t n = 0;
    for (size_t i = 0; i < n_planned; i++) {
        for (size_t k = 0; k < n_now; k++) {
            n += strncmp(planned[i].row, "3.1-Q", 5) == 0 && strncmp(now[k].row, "4.1-Q", 5) == 0 &&
                 strcmp(planned[i].row + 5, now[k].row + 5) == 0 &&
                 strcmp(planned[i].value, now[k].value) != 0;
        }
    }
    return n;
}

static void monitoring_is_held_against_the_plan(void **state)
{
    (void)state;
    const struct pack_tool *plan = assessment_tool("3.1"), *watch = assessment_tool("4.1");
    const struct assessment_answer planned[] = {
        {.row = "3.1-Q01", .value = "yes"}, {.row = "3.1-Q02", .value = "no"},
        {.row = "3.1-Q03", .value = "yes"}, {.row = "3.1-Q05", .value = "part"}};
    const struct assessment_answer now[] = {
        {.row = "4.1-Q01", .value = "part"}, {.row = "4.1-Q02", .value = "no"},
        {.row = "4.1-Q04", .value = "yes"}, {.row = "4.1-Q05", .value = "na"}};
    struct record *round = record_new(arena, &entity_assessment);
    record_set_text(round, "tool", "3.1");
    const struct assessment_round then = {.record = round, .answers = planned, .n_answers = 4};
    size_t n;
    assert_ptr_equal(assessment_planned_in(watch), plan);
    assert_null(assessment_planned_in(plan));
    struct assessment_change *c = assessment_planned_changes(arena, watch, &then, now, 4, &n);
    assert_int_equal(n, slow_differences(planned, 4, now, 4));
    assert_int_equal(n, 2); // Q01 and Q05; Q02 is as planned, Q03 and Q04 were answered once only
    assert_string_equal(c[0].row->id, "4.1-Q01");
    assert_string_equal(c[0].before, "yes");
    assert_string_equal(c[0].after, "part");
    assert_string_equal(c[1].row->id, "4.1-Q05");
    assert_string_equal(assessment_planned_answer(watch, tool_row(watch, "4.1-Q03"), &then)->value, "yes");
    assert_null(assessment_planned_answer(watch, tool_row(watch, "4.1-Q04"), &then));
}

static void states_follow_one_way(void **state)
{
    (void)state;
    static const char *const states[] = {"", "draft", "submitted", "returned", "approved"};
    static const char *const allowed =
        " draft>submitted returned>submitted submitted>approved submitted>returned ";
    for (size_t i = 0; i < COUNT_OF(states); i++) {
        for (size_t k = 1; k < COUNT_OF(states); k++) {
            const char *move = arena_printf(arena, " %s>%s ", states[i], states[k]);
            assert_int_equal(assessment_may_move(states[i], states[k]),
                             strstr(allowed, move) != NULL);
        }
        assert_int_equal(assessment_may_edit(states[i]), i == 1 || i == 3);
        assert_int_equal(assessment_may_begin(states[i]), i == 0 || i == 4);
    }
}

static void months_are_whole(void **state)
{
    (void)state;
    assert_int_equal(assessment_months_between("2026-01-15", "2026-03-14"), 1);
    assert_int_equal(assessment_months_between("2026-01-15", "2026-03-15"), 2);
    assert_int_equal(assessment_months_between("2025-09-22", "2026-11-21"), 13);
    assert_int_equal(assessment_months_between("2025-09-22", "2026-11-22"), 14);
    assert_int_equal(assessment_months_between("2025-12-31", "2026-01-01"), 0);
}

static void marks_differ_where_texts_do(void **state)
{
    (void)state;
    assert_string_equal(mark_of("yes", "x"), mark_of("yes", "x"));
    assert_string_not_equal(mark_of("yes", ""), mark_of("", "yes"));
    assert_string_not_equal(mark_of("no", "x"), mark_of("no", "y"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(monitoring_is_held_against_the_plan),
        ARENA_TEST(only_tools_that_are_filled_in_fit),
        ARENA_TEST(counts_are_those_of_a_slow_count),
        ARENA_TEST(changes_name_rows_that_differ),
        ARENA_TEST(states_follow_one_way),
        ARENA_TEST(months_are_whole),
        ARENA_TEST(marks_differ_where_texts_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
