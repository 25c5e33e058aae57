// SPDX-License-Identifier: AGPL-3.0-or-later
//
// section_risks.c: the risk register.

#include "base/date.h"
#include "report/programme_report.h"
#include "risk/risk.h"
#include "risk/risk_register.h"

static void levels(struct report_of *o, const struct risk_register *all)
{
    static const char *const names[] = {MSG("Not rated"), MSG("Low"), MSG("Medium"), MSG("High")};
    struct report_block *numbers = report_numbers(o->report);
    for (int level = 3; level >= 0; level--) {
        const char *text = report_number_text(o, all->levels[level]);
        int explanation = report_explain_as_of(
            o, (struct report_explanation){
                   .of = tr_f(o->arena, o->lang, MSG("{0} risks: {1}"), text,
                              report_tr(o, names[level]), NULL),
                   .means = report_tr(o, MSG("Open risks with this level now")),
                   .rule = report_tr(o, MSG("Level from likelihood and impact by the grid of the "
                                            "pack; each open risk is counted once")),
                   .records = report_address(o, "/risks"),
               });
        report_number(o->report, numbers, report_tr(o, names[level]), text, explanation);
    }
}

enum err report_section_risks(struct report_of *o, struct err_info *e)
{
    struct risk_register all;
    enum err err = risk_register_load(o->db, o->arena, o->programme->id, o->today, &all, e);
    if (err != ERR_NONE) {
        return err;
    }
    report_heading(o->report, 1, report_tr(o, MSG("Risks to the rights of people")));
    if (all.n == 0) {
        report_paragraph(o->report, report_tr(o, MSG("The register is empty.")));
        return ERR_NONE;
    }
    levels(o, &all);
    struct report_column *columns = ARENA_ARRAY(o->arena, struct report_column, 5);
    columns[0].name = report_tr(o, MSG("What could happen"));
    columns[1].name = report_tr(o, MSG("Now"));
    columns[2].name = report_tr(o, MSG("After mitigation"));
    columns[3].name = report_tr(o, MSG("Mitigation"));
    columns[4] = (struct report_column){report_tr(o, MSG("Next review")), REPORT_COLUMN_DATE, NULL};
    struct report_table *t =
        report_table(o->report, report_tr(o, MSG("Register, worst first")), columns, 5);
    for (size_t i = 0; i < all.n; i++) {
        const struct risk_line *line = &all.lines[i];
        const char *review = record_text(line->record, "review_on");
        const char *day = review[0] == '\0' ? "" : date_for_people(o->arena, o->lang, review);
        report_row(o->report, t, REPORT_ROW_BODY);
        report_cell(t, record_text(line->record, "statement"));
        report_cell(t, line->is_open ? report_tr(o, risk_level_label(line->level))
                                     : report_tr(o, field_choice_label(
                                                       entity_field(&entity_risk, "state"),
                                                       record_text(line->record, "state"))));
        report_cell(t, report_tr(o, risk_level_label(line->residual_level)));
        report_cell(t, record_text(line->record, "mitigation"));
        report_cell_value(t,
                          line->days_late > 0
                              ? tr_f(o->arena, o->lang, MSG("{0} (late)"), day, NULL)
                              : day,
                          review[0] == '\0' ? NULL : review);
    }
    t->rule = report_tr(o, MSG("Impact means harm to rights-holders, never to our name. A "
                               "mitigation is required unless likelihood and impact are both low."));
    return ERR_NONE;
}
