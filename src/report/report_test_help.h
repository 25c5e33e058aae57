// SPDX-License-Identifier: AGPL-3.0-or-later
//
// report_test_help.h: one report with everything in it, for the tests of all back ends, and programs that read
// what they wrote.

#ifndef REPORT_REPORT_TEST_HELP_H
#define REPORT_REPORT_TEST_HELP_H

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena_test_help.h"
#include "base/bug.h"
#include "base/decimal.h"
#include "format/svg/chart.h"
#include "os/child.h"
#include "os/file.h"
#include "os/temp.h"
#include "report/draw.h"

#define LONG_ROWS 120

static inline struct chart_value known(int64_t n)
{
    return (struct chart_value){.known = true, .scaled = n * DECIMAL_ONE};
}

static inline struct chart_shapes *line_chart(struct arena *a, bool right_to_left)
{
    static const char *const periods[] = {"2020", "2021", "2022", "2023", "2024", "2025", "2026"};
    static const int64_t values[] = {40, 62, 71, 150, 240, 331, 412};
    struct chart_value *v = ARENA_ARRAY(a, struct chart_value, 7);
    for (int i = 0; i < 7; i++) {
        v[i] = known(values[i]);
    }
    v[2].known = false;
    struct chart_series *s = ARENA_ARRAY(a, struct chart_series, 1);
    *s = (struct chart_series){"Officials trained", v};
    struct chart_target *t = ARENA_ARRAY(a, struct chart_target, 2);
    t[0] = (struct chart_target){3, known(200)};
    t[1] = (struct chart_target){6, known(500)};
    struct chart_line c = {
        .head = {.title = "Officials trained since 2020",
                 .description = "Line chart. From 40 persons in 2020 to 412 in 2026; the target is "
                                "500.",
                 .unit = "persons", .right_to_left = right_to_left},
        .periods = periods, .n_periods = 7, .series = s, .n_series = 1, .baseline = known(40),
        .baseline_name = "Baseline", .targets = t, .n_targets = 2, .target_name = "Target"};
    struct chart_shapes *out = ARENA_MAKE(a, struct chart_shapes);
    chart_draw_line(a, &c, out);
    return out;
}

static inline struct chart_shapes *stack_chart(struct arena *a, bool right_to_left)
{
    struct chart_part *parts = ARENA_ARRAY(a, struct chart_part, 3);
    parts[0] = (struct chart_part){"Women", false};
    parts[1] = (struct chart_part){"Men", false};
    parts[2] = (struct chart_part){"Not known", true};
    static const char *const names[] = {"Police", "Prosecutors and investigating judges",
                                        "Social workers and labour inspectors of the provinces"};
    static const int64_t counts[3][3] = {{40, 110, 5}, {66, 58, 0}, {63, 50, 20}};
    static const char *const totals[] = {"155 persons", "124 persons", "133 persons"};
    struct chart_stack_row *rows = ARENA_ARRAY(a, struct chart_stack_row, 3);
    for (int i = 0; i < 3; i++) {
        struct chart_value *v = ARENA_ARRAY(a, struct chart_value, 3);
        for (int k = 0; k < 3; k++) {
            v[k] = known(counts[i][k]);
        }
        rows[i] = (struct chart_stack_row){names[i], v, totals[i]};
    }
    struct chart_stack c = {.head = {.title = "Persons trained by profession and sex",
                                     .description = "Stacked bars. More women than men among "
                                                    "prosecutors and social workers.",
                                     .right_to_left = right_to_left},
                            .parts = parts, .n_parts = 3, .rows = rows, .n = 3};
    struct chart_shapes *out = ARENA_MAKE(a, struct chart_shapes);
    chart_draw_stack(a, &c, out);
    return out;
}

static inline void long_table(struct report *r, int explained)
{
    struct arena *a = r->arena;
    struct report_column *columns = ARENA_ARRAY(a, struct report_column, 6);
    columns[0] = (struct report_column){"Activity", REPORT_COLUMN_TEXT, NULL};
    columns[1] = (struct report_column){"Where", REPORT_COLUMN_TEXT, NULL};
    columns[2] = (struct report_column){"Held on", REPORT_COLUMN_DATE, NULL};
    columns[3] = (struct report_column){"Persons trained", REPORT_COLUMN_NUMBER, NULL};
    columns[4] = (struct report_column){"Women", REPORT_COLUMN_PERCENT, NULL};
    columns[5] = (struct report_column){"Spent", REPORT_COLUMN_MONEY, "USD"};
    struct report_table *t = report_table(r, "Trainings in the period, by output", columns, 6);
    int64_t sum = 0;
    for (int i = 0; i < LONG_ROWS; i++) {
        if (i % 30 == 0) {
            report_row(r, t, REPORT_ROW_GROUP);
            report_cell(t, arena_printf(a, "Output %d: officials know how to protect", i / 30 + 1));
        }
        report_row(r, t, REPORT_ROW_BODY)->indent = 1;
        report_cell(t, arena_printf(a, i % 7 == 0
                                           ? "Course %d on the interviewing of persons who were "
                                             "trafficked, with a test at its end"
                                           : "Course %d for labour inspectors",
                                    i + 1));
        report_cell(t, i % 3 == 0 ? "Tamaria, capital" : "Province of the lakes");
        report_cell_value(t, arena_printf(a, "%d Mar 2026", 1 + i % 28),
                          arena_printf(a, "2026-03-%02d", 1 + i % 28));
        const char *n = arena_printf(a, "%d", 12 + i * 7 % 31);
        struct report_cell *cell = report_cell_value(t, n, n);
        cell->explanation = i % 10 == 0 ? explained : 0;
        report_cell_value(t, arena_printf(a, "%d.5 %%", 30 + i % 40),
                          arena_printf(a, "%d.5", 30 + i % 40));
        int64_t spent = 150000 + i * 7919 % 900000;
        sum += spent;
        report_cell_value(t, decimal_for_people(a, money_text(a, spent, 2)),
                          money_text(a, spent, 2));
    }
    report_row(r, t, REPORT_ROW_TOTAL);
    report_cell(t, "All trainings");
    report_cell(t, "");
    report_cell(t, "");
    report_cell_value(t, "3,291", "3291")->explanation = explained;
    report_cell_value(t, "48.2 %", "48.2");
    report_cell_value(t, decimal_for_people(a, money_text(a, sum, 2)), money_text(a, sum, 2));
    t->rule = "Persons are added up over trainings, so a person who was at two is counted twice. "
              "The share of women is made from counts, not from shares.";
    t->note = "Counts of people are rounded to 5 outside the programme.";
}

static inline struct report *sample(struct arena *a, const struct lang *lang)
{
    struct report *r = report_new(a, lang, "Half-year report, January to June 2026");
    r->subtitle = "Global programme against trafficking in persons (GLOT59)";
    r->organisation = "Office of the programme, Tamaria";
    r->classification = "Internal: not for publication";
    r->made_at = "22 Nov 2026";
    r->made_at_iso = "2026-11-22T10:00:00Z";
    int trained = report_explain(
        r, &(struct report_explanation){.of = "412 persons",
                                        .means = "Officials who ended a course and passed its test.",
                                        .period = "1 Jan 2020 to 30 Jun 2026",
                                        .rule = "Each person once, in the first year trained.",
                                        .cut_off = "30 Jun 2026", .state = "Approved",
                                        .source = "Participant lists of 31 trainings",
                                        .records = "https://example.org/records?a=1&b=2"});
    int women = report_explain(
        r, &(struct report_explanation){.of = "169 of 412 persons: 41.0 %",
                                        .rule = "Women divided by all persons whose sex is known "
                                                "or withheld. Never an average of percentages."});
    struct report_block *figures = report_numbers(r);
    report_number(r, figures, "Persons trained since 2020", "412", trained);
    report_number(r, figures, "Women among them", "41.0 %", women);
    report_number(r, figures, "States with a definition that follows the Protocol", "24", 0);
    report_number(r, figures, "Spent of what was approved", "61.7 %", 0);
    report_heading(r, 1, "What changed for people");
    struct report_block *p = report_paragraph(r, "In six months ");
    report_add_number(r, p, "412 officials", trained);
    report_add_text(r, p, " ended a course, ");
    report_add_number(r, p, "41.0 %", women);
    report_add_text(r, p, " of them women. ");
    report_add_strong(r, p, "Two of nine open risks are high.");
    report_add_text(r, p, " Both concern criminal trials, in which a person who was trafficked may "
                          "meet the accused. The adviser decides in December; see ");
    report_add_link(r, p, "the register", "https://example.org/risks?x='1'");
    report_add_text(r, p, ".");
    for (int i = 0; i < 3; i++) {
        report_paragraph(r, "Women\xe2\x80\x99s groups read the draft law before parliament did, "
                            "and seven of their eleven proposals are in the text that was "
                            "adopted. The duty-bearers who took part say that the questions of "
                            "the checklist, and not its answers, were what changed their mind.");
    }
    struct report_block *list = report_list(r, false);
    report_item(r, list, "Interviews are held in rooms with two doors.");
    report_item(r, list, "An interpreter of the language that the person chose is paid for, also "
                         "when the person comes back for a second interview, and also by "
                         "telephone where no interpreter lives near.");
    list = report_list(r, true);
    report_item(r, list, "First ask who is there.");
    report_item(r, list, "Then <ask> *why* & [when].");
    report_note(r, "Numbers of people below 10 are not shown, so that nobody can be recognised.");
    report_heading(r, 2, "Trend");
    report_figure(r, "Training grows faster than planned since 2023",
                  "Officials trained, total since 2020, persons", line_chart(a, lang->right_to_left),
                  "Source: approved values. 2022 was not reported.");
    report_figure(r, "More women than men among prosecutors", "Persons trained, by sex",
                  stack_chart(a, lang->right_to_left),
                  NULL);
    report_heading(r, 1, "Trainings");
    report_paragraph(r, "All trainings that were held and verified.");
    long_table(r, trained);
    report_source(r, "Source: Mainstay, approved values.");
    report_heading(r, 1, "In other languages");
    report_paragraph(r, "يحق لكل شخص تعرض للاتجار أن يُستمع إليه بلغته. شارك 412 موظفاً "
                        "في 31 دورة تدريبية (GLOT59) بين 1 يناير و30 يونيو 2026، وكان 41.0 % منهم "
                        "من النساء.");
    report_paragraph(r, "每一位被贩运者都有权以其选择的语言陈述。2026年共有412名官员参加了培训。");
    report_paragraph(r, "Каждый человек, ставший жертвой торговли людьми, имеет право быть "
                        "выслушанным на своём языке.");
    return r;
}

static inline void has(const char *where, const char *wanted)
{
    if (strstr(where, wanted) == NULL) {
        fail_msg("[%s] is not in the output", wanted);
    }
}

// ---- what was written, read by other programs ------------------------------------------------------

static inline const char *run(const char *const *argv)
{
    struct child_job job = {.argv = argv,
                            .what = "testing",
                            .output_limit_bytes = LIMIT_REPLY_BYTES,
                            .time_limit_ms = 30000};
    struct child_output out;
    struct err_info e = {0};
    assert_int_equal(child_run(arena, &job, &out, &e), ERR_NONE);
    assert_int_equal(out.exit_status, 0);
    return out.bytes;
}

static inline const char *saved(const char *bytes, size_t len, const char *name)
{
    struct err_info e = {0};
    const char *folder;
    assert_int_equal(temp_folder(arena, &folder, &e), ERR_NONE);
    const char *path = arena_printf(arena, "%s/%s", folder, name);
    assert_int_equal(file_write(path, bytes, len, 0600, &e), ERR_NONE);
    return path;
}

#endif
