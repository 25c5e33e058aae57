// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_sheet_test.c: the logframe in a spreadsheet and back.

#include <string.h>

#include "format/xlsx/xlsx_read.h"
#include "logframe/logframe_sheet_web.h"
#include "logframe/logframe_table.h"
#include "logframe/logframe_test_help.h"

static struct err_info e;

static void plan_of_file(const struct logframe *l, const char *bytes, size_t len,
                         struct logframe_plan *plan)
{
    struct logframe_grid g;
    const char *csv;
    assert_int_equal(sheet_csv(arena, bytes, len, &csv, &e), ERR_NONE);
    assert_int_equal(logframe_grid_read(arena, csv, &g, &e), ERR_NONE);
    logframe_plan_of(arena, &lang_en, l, &g, plan);
}

static void what_was_taken_out_comes_back_as_it_was(void **state)
{
    (void)state;
    struct record *results[] = {result("G", "goal", ""), result("O1", "outcome", "G"),
                                result("1.1", "output", "O1")};
    struct record *indicators[] = {indicator("T1/I1", "O1", "active"),
                                   indicator("T1/I2", "O1", "active"),
                                   indicator("T1/I3", "", "active")};
    struct record *targets[] = {target("t1", "T1/I1", "2026-12-31", "75.5"),
                                target("t2", "T1/I2", "2027-12-31", "3")};
    record_set_text(results[1], "assumptions", "First line\nsecond line; with, all \"signs\"");
    record_set_text(results[2], "statement", "=1+1");
    record_set_text(indicators[2], "title", "Of no result");
    record_set_text(indicators[0], "unit", "score");
    record_set_text(indicators[0], "baseline", "-2.5");
    record_set_text(indicators[0], "baseline_on", "2026-01-31");
    struct logframe l;
    struct sheet sheet;
    logframe_make(arena, programme(), results, 3, indicators, 3, targets, 2, &l);
    logframe_sheet_of(arena, &l, false, &sheet);
    static const char *const formats[] = {"csv", "xlsx"};
    for (size_t i = 0; i < 2; i++) {
        struct buf file;
        struct logframe_plan plan;
        buf_init(&file, arena, 1000000);
        assert_int_equal(sheet_write(arena, &sheet, formats[i], &file, &e), ERR_NONE);
        plan_of_file(&l, file.data, file.len, &plan);
        assert_int_equal(plan.n_faults, 0);
        assert_int_equal(plan.n_changes, 0);
    }
}

static void cells_that_differ_are_planned_and_wrong_ones_named(void **state)
{
    (void)state;
    struct record *results[] = {result("O1", "outcome", "")};
    struct record *indicators[] = {indicator("T1/I1", "O1", "active")};
    struct record *targets[] = {target("t1", "T1/I1", "2026-12-31", "75")};
    const char *file = "result,level,statement,indicator,title,unit,direction,over time,baseline,"
                       "target 2026-12-31\n"
                       "O1,Outcome,Said better,T1/I1,How much of O1,count,more,latest,x,80\n"
                       "O1,,,T1/I1,Twice,count,more,latest,,\n"
                       "1.1,output,,,,,,,,\n"
                       "1.2,output,New one,T1/I2,Pages,count,more,latest,0,\n";
    struct logframe l;
    struct logframe_plan plan;
    logframe_make(arena, programme(), results, 1, indicators, 1, targets, 1, &l);
    plan_of_file(&l, file, strlen(file), &plan);
    assert_int_equal(plan.n_faults, 3);
    assert_string_equal(plan.faults[0].place, "Line 2, column “baseline”");
    assert_string_equal(plan.faults[1].place, "Line 3, column “indicator”");
    assert_string_equal(plan.faults[2].place, "Line 4, column “statement”");
    assert_string_equal(plan.changes[0].what, "Result O1");
    assert_string_equal(plan.changes[0].after, "Said better");
    assert_string_equal(plan.changes[1].before, "75");
    assert_string_equal(plan.changes[1].after, "80");
    for (size_t i = 2; i < plan.n_changes; i++) {
        assert_true(plan.changes[i].is_new);
        assert_string_equal(plan.changes[i].place, "Line 5");
    }
    assert_int_equal(plan.n_changes, 2 + 2 + 6);
    const char *none = "a,b\n1,2\n";
    struct logframe_grid g;
    assert_int_equal(logframe_grid_read(arena, none, &g, &e), ERR_INPUT);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], XLSX_READ_WORD) == 0) { // the child that reads a workbook
        return xlsx_read_child_main();
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_taken_out_comes_back_as_it_was, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cells_that_differ_are_planned_and_wrong_ones_named, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
