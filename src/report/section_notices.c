// SPDX-License-Identifier: AGPL-3.0-or-later
//
// section_notices.c: what the standing checks found on the day of the report.

#include "notice/notice.h"
#include "report/programme_report.h"

enum err report_section_notices(struct report_of *o, struct err_info *e)
{
    struct notice_list list;
    enum err err = check_run_all(o->arena, o->lang, o->db, o->programme->id, &list, e);
    if (err != ERR_NONE) {
        return err;
    }
    report_heading(o->report, 1, report_tr(o, MSG("What the checks found")));
    if (list.n == 0) {
        report_paragraph(o->report, report_tr(o, MSG("Nothing.")));
        return ERR_NONE;
    }
    struct report_column *columns = ARENA_ARRAY(o->arena, struct report_column, 3);
    columns[0].name = report_tr(o, MSG("Where"));
    columns[1].name = report_tr(o, MSG("What is wrong"));
    columns[2].name = report_tr(o, MSG("What to do"));
    struct report_table *t = report_table(o->report, NULL, columns, 3);
    for (size_t i = 0; i < list.n; i++) {
        report_row(o->report, t, REPORT_ROW_BODY);
        report_cell(t, list.items[i].where);
        report_cell(t, list.items[i].message);
        report_cell(t, list.items[i].mend);
    }
    return ERR_NONE;
}
