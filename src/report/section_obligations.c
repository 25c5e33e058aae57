// SPDX-License-Identifier: AGPL-3.0-or-later
//
// section_obligations.c: which treaties bind the countries of the programme.

#include <string.h>

#include "base/date.h"
#include "obligation/obligation.h"
#include "obligation/obligation_status.h"
#include "place/place.h"
#include "report/programme_report.h"

// row NULL: no pack has the treaty any more.
static void row_of(struct report_of *o, struct report_table *t, const struct pack_tool *tool,
                   const struct pack_row *row, const struct record *r)
{
    const struct field *status = entity_field(&entity_obligation, "status");
    const char *since = record_text(r, "bound_on");
    const char *reservations = record_text(r, "reservations");
    const char *source = record_text(r, "source");
    const char *as_of = record_text(r, "source_date");
    report_row(o->report, t, REPORT_ROW_BODY);
    report_cell(t, row == NULL ? record_text(r, "instrument")
                               : pack_words(tool->pack, o->lang, row->id, row->text));
    report_cell(t, report_tr(o, field_choice_label(status, record_text(r, "status"))));
    report_cell(t, since[0] == '\0' ? "" : date_for_people(o->arena, o->lang, since));
    const char *from = as_of[0] == '\0'
                           ? source
                           : tr_f(o->arena, o->lang, MSG("{0}, state of {1}"), source,
                                  date_for_people(o->arena, o->lang, as_of), NULL);
    report_cell(t, arena_printf(o->arena, "%s%s%s", reservations, reservations[0] == '\0' ? "" : ". ",
                                from));
}

static void table_of(struct report_of *o, const struct obligation_list *list, const char *country)
{
    struct report_column *columns = ARENA_ARRAY(o->arena, struct report_column, 4);
    columns[0].name = report_tr(o, MSG("Instrument"));
    columns[1].name = report_tr(o, MSG("Status"));
    columns[2].name = report_tr(o, MSG("Binds since"));
    columns[3].name = report_tr(o, MSG("Reservations and source"));
    struct report_table *t = report_table(
        o->report, tr_f(o->arena, o->lang, MSG("Treaties of {0} looked at"), country, NULL),
        columns, 4);
    for (size_t i = 0; i < list->n; i++) {
        if (list->lines[i].entered != NULL) {
            row_of(o, t, list->tool, list->lines[i].row, list->lines[i].entered);
        }
    }
    for (size_t i = 0; i < list->n_others; i++) { // treaties that the office added to a copy of the list
        const struct obligation_other *x = &list->others[i];
        row_of(o, t, x->tool, x->row, x->entered);
    }
}

static enum err country_of(struct report_of *o, const char *code, struct err_info *e)
{
    struct obligation_list list;
    enum err err = obligation_list_load(o->db, o->arena, code, NULL, &list, e);
    if (err != ERR_NONE) {
        return err;
    }
    const char *key = country_name(code);
    const char *name = key == NULL ? code : report_tr(o, key);
    report_heading(o->report, 2, name);
    const char *bound = report_number_text(o, (int64_t)list.n_bound);
    int explanation = report_explain_as_of(
        o, (struct report_explanation){
               .of = bound,
               .means = tr_f(o->arena, o->lang, MSG("Instruments of tool 2.2 that bind {0}"), name,
                             NULL),
               .rule = report_tr(o, MSG("Number of statuses entered as “bound by it”")),
               .source = report_tr(o, MSG("Each status names its source and date")),
               .records = report_address(
                   o, arena_printf(o->arena, "/obligations?country=%s", code)),
           });
    struct report_block *p = report_paragraph(o->report, NULL);
    report_add_number(o->report, p, bound, explanation);
    report_add_text(o->report, p,
                    tr_f(o->arena, o->lang,
                         MSG(" of {0} instruments bind the State; {1} were looked at."),
                         report_number_text(o, (int64_t)list.n),
                         report_number_text(o, (int64_t)list.n_known), NULL));
    if (list.n_known + list.n_others > 0) {
        table_of(o, &list, name);
    }
    return ERR_NONE;
}

enum err report_section_obligations(struct report_of *o, struct err_info *e)
{
    report_heading(o->report, 1, report_tr(o, MSG("Legal obligations")));
    const char *codes = record_text(o->programme, "countries");
    if (codes[0] == '\0') {
        report_paragraph(o->report, report_tr(o, MSG("The programme names no country.")));
        return ERR_NONE;
    }
    enum err err = ERR_NONE;
    char *copy = arena_copy(o->arena, codes);
    char *state = NULL;
    for (char *c = strtok_r(copy, " ", &state); err == ERR_NONE && c != NULL;
         c = strtok_r(NULL, " ", &state)) {
        err = country_of(o, c, e);
    }
    return err;
}
