// SPDX-License-Identifier: AGPL-3.0-or-later
//
// section_indicators.c: indicators: baseline, newest value, target, progress; a chart of each that has
// values. Values by sex and age stand only in the report on the screen, for those who may see the
// records: a file leaves that circle, and such tables leave only as a release (design, 3.4).

#include <string.h>

#include "base/date.h"
#include "report/programme_report.h"
#include "result/result.h"
#include "result/result_chart_web.h"
#include "result/result_lines.h"
#include "result/result_narrow.h"
#include "result/result_words.h"

static int explain(struct report_of *o, const struct result_line *line)
{
    const char *definition = record_text(line->record, "definition");
    const char *means = record_text(line->record, "means");
    return report_explain_as_of(
        o, (struct report_explanation){
               .of = result_total_words(o->arena, o->lang, line->rule.unit, &line->total),
               .means = definition[0] == '\0' ? record_text(line->record, "title") : definition,
               .period = line->total.from == NULL
                             ? NULL
                             : result_period(o->arena, o->lang, line->total.from, line->total.to),
               .rule = result_rule_words(o->arena, o->lang, &line->rule, &line->total),
               .state = line->total.figure.known ? result_state_words(o->lang, line->total.state)
                                                 : NULL,
               .source = means[0] == '\0' ? NULL : means,
               .records = report_address(
                   o, arena_printf(o->arena, "/indicators/%s", line->record->id)),
           });
}

static void row_of(struct report_of *o, struct report_table *t, const struct result_line *line)
{
    struct arena *a = o->arena;
    struct result_figure base = {.known = line->has_baseline, .scaled = line->baseline};
    report_row(o->report, t, REPORT_ROW_BODY);
    report_cell(t, record_text(line->record, "code"));
    report_cell(t, record_text(line->record, "title"));
    report_cell(t, result_figure_words(a, o->lang, line->rule.unit, &base));
    const char *words = result_total_words(a, o->lang, line->rule.unit, &line->total);
    const char *covered = line->total.figure.known ? result_covered_words(a, o->lang, line, o->programme) : NULL;
    struct report_cell *value =
        report_cell(t, covered == NULL ? words : arena_printf(a, "%s (%s)", words, covered));
    if (line->total.figure.known) {
        value->explanation = explain(o, line);
    }
    report_cell(t, line->target == NULL
                       ? ""
                       : tr_f(a, o->lang, MSG("{0} by {1}"),
                              result_number(a, o->lang, line->rule.unit, line->target->value),
                              date_for_people(a, o->lang, line->target->due_on), NULL));
    report_cell(t, result_standing_words(o->lang, line->progress.standing));
}

static void charts(struct report_of *o, const struct result_lines *lines)
{
    for (size_t i = 0; i < lines->n; i++) {
        const struct result_line *line = &lines->items[i];
        struct chart_shapes *shapes = ARENA_MAKE(o->arena, struct chart_shapes);
        if (line->n_values > 1 && result_chart(o->arena, o->lang, line, shapes)) {
            report_figure(o->report, record_text(line->record, "title"),
                          record_text(line->record, "code"), shapes,
                          result_rule_words(o->arena, o->lang, &line->rule, &line->total));
        }
    }
}

// Sum of the parts of a value for one sex.
static int64_t of_sex(const struct result_value *v, const char *keys, const char *sex)
{
    int64_t sum = 0;
    for (size_t i = 0; i < v->n_parts; i++) {
        if (strcmp(v->parts[i].keys, keys) == 0 && strcmp(split_value(v->splits[i], "sex"), sex) == 0) {
            sum += v->parts[i].value;
        }
    }
    return sum;
}

// Sums of all values by sex: women, men, ... , not known, not asked, withheld.
static void by_sex(struct report_of *o, const struct result_lines *lines)
{
    const struct characteristic *sex = characteristic_find("sex");
    int n_columns = (int)sex->n_values + 1;
    struct report_column *columns = ARENA_ARRAY(o->arena, struct report_column, (size_t)n_columns);
    columns[0].name = report_tr(o, MSG("Indicator and period"));
    for (int s = 1; s < n_columns; s++) {
        columns[s] = (struct report_column){report_tr(o, sex->values[s - 1].label),
                                            REPORT_COLUMN_NUMBER, NULL};
    }
    struct report_table *t = NULL;
    for (size_t i = 0; i < lines->n; i++) {
        const struct result_line *line = &lines->items[i];
        for (size_t k = 0; line->rule.unit == UNIT_COUNT && k < line->n_values; k++) {
            const struct result_value *v = &line->values[k];
            size_t cut = result_cut_by(v->cuts, v->n_cuts, "sex");
            if (cut == v->n_cuts || v->cuts[cut].too_large) {
                continue;
            }
            if (t == NULL) {
                t = report_table(o->report, report_tr(o, MSG("Values by sex")), columns, n_columns);
            }
            report_row(o->report, t, REPORT_ROW_BODY);
            report_cell(t, arena_printf(o->arena, "%s, %s", record_text(line->record, "code"),
                                        result_period(o->arena, o->lang, line->entries[k].from,
                                                      line->entries[k].to)));
            for (int s = 1; s < n_columns; s++) {
                report_cell(t, result_plain(o->arena,
                                            of_sex(v, v->cuts[cut].keys, sex->values[s - 1].code), 6));
            }
        }
    }
    if (t != NULL) {
        t->note = report_tr(o, MSG("Counted as people describe themselves. Not known, not asked and withheld "
                                   "are values of their own. Other characteristics are on the page of "
                                   "each indicator."));
    }
}

enum err report_section_indicators(struct report_of *o, struct err_info *e)
{
    struct result_lines lines;
    const struct result_ask ask = {.programme_id = o->programme->id, .today = o->today,
                                   .parts = o->reach == REPORT_FOR_WORK};
    enum err err = result_lines_load(o->db, o->arena, &ask, &lines, e);
    if (err != ERR_NONE) {
        return err;
    }
    report_heading(o->report, 1, report_tr(o, MSG("Indicators")));
    if (lines.n == 0) {
        report_paragraph(o->report, report_tr(o, MSG("No indicator has been chosen.")));
        return ERR_NONE;
    }
    static const char *const names[] = {MSG("Code"),  MSG("Indicator"), MSG("Baseline"),
                                        MSG("Value"), MSG("Target"),    MSG("Progress")};
    struct report_column *columns = ARENA_ARRAY(o->arena, struct report_column, 6);
    for (int i = 0; i < 6; i++) {
        columns[i].name = report_tr(o, names[i]);
    }
    struct report_table *t =
        report_table(o->report, report_tr(o, MSG("Values against targets")), columns, 6);
    for (size_t i = 0; i < lines.n; i++) {
        row_of(o, t, &lines.items[i]);
    }
    t->rule = report_tr(o, MSG("Percentages are put together through their parts and wholes, never "
                               "averaged. Returned values do not count."));
    charts(o, &lines);
    if (o->reach == REPORT_FOR_WORK) {
        by_sex(o, &lines);
    }
    return ERR_NONE;
}
