// SPDX-License-Identifier: AGPL-3.0-or-later
//
// section_checklist.c: the planning checklist: answers, how they are met, evidence and actions.

#include <string.h>

#include "assessment/assessment.h"
#include "assessment/assessment_summary.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/limits.h"
#include "report/programme_report.h"

#define CHECKLIST "3.1"

static void counts(struct report_of *o, const struct assessment_summary *s)
{
    const struct {
        const char *name;
        int n;
    } numbers[] = {{MSG("Yes"), s->progress.yes},
                   {MSG("In part"), s->progress.part},
                   {MSG("No"), s->progress.no},
                   {MSG("Does not apply"), s->progress.na},
                   {MSG("Not answered"), s->progress.of - s->progress.answered}};
    struct report_block *block = report_numbers(o->report);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        const char *name = report_tr(o, numbers[i].name);
        const char *text = report_number_text(o, numbers[i].n);
        int explanation = report_explain_as_of(
            o, (struct report_explanation){
                   .of = tr_f(o->arena, o->lang, MSG("{0} questions: {1}"), text, name, NULL),
                   .means = report_tr(o, MSG("Questions of the newest round with this answer")),
                   .rule = tr_f(o->arena, o->lang, MSG("Each of the {0} questions counts once"),
                                report_number_text(o, s->progress.of), NULL),
                   .records = report_address(o, "/checklists/" CHECKLIST "?view=all"),
               });
        report_number(o->report, block, name, text, explanation);
    }
}

const char *report_rests_on(struct arena *a, const struct lang *lang,
                            const struct assessment_summary_row *row, const char *between, bool owners)
{
    struct buf b;
    buf_init(&b, a, LIMIT_TEXT_BYTES);
    for (size_t i = 0; i < row->n_evidence; i++) {
        buf_printf(&b, "%s%s: %s", b.len == 0 ? "" : between, tr(lang, MSG("Evidence")), row->evidence[i]);
    }
    for (size_t i = 0; i < row->n_actions; i++) {
        const struct assessment_summary_action *action = &row->actions[i];
        buf_printf(&b, "%s%s: %s", b.len == 0 ? "" : between, tr(lang, MSG("Action")), action->what);
        if (owners && action->owner != NULL) {
            buf_printf(&b, ", %s", action->owner);
        }
        if (action->due_on[0] != '\0') {
            buf_printf(&b, ", %s", date_for_people(a, lang, action->due_on));
        }
        if (strcmp(action->state, "done") == 0) {
            buf_printf(&b, " (%s)", tr(lang, MSG("done")));
        }
    }
    return b.data;
}

static void table_of(struct report_of *o, const struct assessment_summary *s)
{
    struct report_column *columns = ARENA_ARRAY(o->arena, struct report_column, 4);
    columns[0].name = report_tr(o, MSG("Question"));
    columns[1].name = report_tr(o, MSG("Answer"));
    columns[2].name = report_tr(o, MSG("How it is addressed"));
    columns[3].name = report_tr(o, MSG("Evidence and actions"));
    struct report_table *t =
        report_table(o->report, report_tr(o, MSG("Answered questions")), columns, 4);
    for (size_t i = 0; i < s->n_rows; i++) {
        const struct assessment_summary_row *row = &s->rows[i];
        if (row->value[0] == '\0') {
            continue;
        }
        report_row(o->report, t, REPORT_ROW_BODY);
        report_cell(t, arena_printf(o->arena, "%s %s", row->row->id,
                                    pack_words(s->tool->pack, o->lang, row->row->id,
                                               row->row->text)));
        const struct pack_level *level =
            scale_level(row_scale(s->tool, row->row), row->value);
        report_cell(t, level == NULL ? row->value
                                     : pack_words(s->tool->pack, o->lang, level->id, level->title));
        report_cell(t, row->how);
        report_cell(t, report_rests_on(o->arena, o->lang, row, "; ", false));
    }
}

enum err report_section_checklist(struct report_of *o, struct err_info *e)
{
    struct assessment_summary s;
    enum err err = assessment_summary_load(o->db, o->arena, o->programme->id, CHECKLIST, &s, e);
    if (err != ERR_NONE || s.tool == NULL) {
        return err;
    }
    report_heading(o->report, 1, pack_words(s.tool->pack, o->lang, s.tool->id, s.tool->title));
    if (s.assessment == NULL) {
        report_paragraph(o->report, report_tr(o, MSG("The checklist has not been started.")));
        return ERR_NONE;
    }
    const struct field *state = entity_field(&entity_assessment, "state");
    struct report_block *p = report_paragraph(o->report, NULL);
    report_add_text(o->report, p, report_tr(o, MSG("State: ")));
    report_add_strong(
        o->report, p,
        report_tr(o, field_choice_label(state, record_text(s.assessment, "state"))));
    counts(o, &s);
    if (s.progress.answered > 0) {
        table_of(o, &s);
    }
    return ERR_NONE;
}
