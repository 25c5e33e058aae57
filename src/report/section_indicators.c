// SPDX-License-Identifier: AGPL-3.0-or-later
//
// section_indicators.c: indicators: baseline, newest value, target, progress; a chart of each that has
// values. Values by sex and age stand only in the report on the screen, for those who may see the
// records: a file leaves that circle, and such tables leave only as a release (design, 3.4).

#include "base/date.h"
#include "report/programme_report.h"
#include "result/result.h"
#include "result/result_chart_web.h"
#include "result/result_lines.h"
#include "result/result_words.h"

static int explain(struct report_of *o, const struct result_line *line)
{
    const char *definition = record_text(line->record, "definition");
    const char *means = record_text(line->record, "means");
    return report_explain_as_of(
        o, (struct report_explanation){
               .of = result_figure_words(o->arena, o->lang, line->unit, &line->total.figure),
               .means = definition[0] == '\0' ? record_text(line->record, "title") : definition,
               .period = line->total.from == NULL
                             ? NULL
                             : result_period(o->arena, o->lang, line->total.from, line->total.to),
               .rule = result_rule_words(o->lang, line->unit, line->accumulation),
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
    report_cell(t, result_figure_words(a, o->lang, line->unit, &base));
    struct report_cell *value =
        report_cell(t, result_figure_words(a, o->lang, line->unit, &line->total.figure));
    if (line->total.figure.known) {
        value->explanation = explain(o, line);
    }
    report_cell(t, line->target == NULL
                       ? ""
                       : tr_f(a, o->lang, MSG("{0} by {1}"),
                              result_number(a, o->lang, line->unit, line->target->value),
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
                          result_rule_words(o->lang, line->unit, line->accumulation));
        }
    }
}

// Sums of all values by sex: women, men, ... , not known, withheld.
static void by_sex(struct report_of *o, const struct result_lines *lines)
{
    const struct field *sex = entity_field(&entity_observation_part, "sex");
    struct report_column *columns = ARENA_ARRAY(o->arena, struct report_column, RESULT_SEXES + 1);
    columns[0].name = report_tr(o, MSG("Indicator and period"));
    for (int s = 0; s < RESULT_SEXES; s++) {
        columns[s + 1] = (struct report_column){report_tr(o, field_choice_label(sex, result_sex(s))),
                                                REPORT_COLUMN_NUMBER, NULL};
    }
    struct report_table *t = NULL;
    for (size_t i = 0; i < lines->n; i++) {
        const struct result_line *line = &lines->items[i];
        for (size_t k = 0; k < line->n_values; k++) {
            const struct result_value *v = &line->values[k];
            if (v->sums.n == 0) {
                continue;
            }
            if (t == NULL) {
                t = report_table(o->report, report_tr(o, MSG("Values by sex")), columns,
                                 RESULT_SEXES + 1);
            }
            report_row(o->report, t, REPORT_ROW_BODY);
            report_cell(t, arena_printf(o->arena, "%s, %s", record_text(line->record, "code"),
                                        result_period(o->arena, o->lang, line->entries[k].from,
                                                      line->entries[k].to)));
            for (int s = 0; s < RESULT_SEXES; s++) {
                report_cell(t, result_plain(o->arena, v->sums.by_sex[s], 6));
            }
        }
    }
    if (t != NULL) {
        t->note = report_tr(o, MSG("Counted as people describe themselves. Not known and withheld "
                                   "are values of their own. Age groups are on the page of each "
                                   "value."));
    }
}

enum err report_section_indicators(struct report_of *o, struct err_info *e)
{
    struct result_lines lines;
    enum err err =
        result_lines_load(o->db, o->arena, o->programme->id, NULL, o->today, &lines, e);
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
    if (o->reach == REPORT_ON_SCREEN) {
        by_sex(o, &lines);
    } else {
        report_note(o->report,
                    report_tr(o, MSG("Values by sex and age are not in this file: tables about "
                                     "people leave only as a release that was checked. Those who "
                                     "may see them find them on the page of the report.")));
    }
    return ERR_NONE;
}
