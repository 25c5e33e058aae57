// SPDX-License-Identifier: AGPL-3.0-or-later
//
// section_advocacy.c: arguments for rights and gender equality that were used, and the lessons of them
// (Toolkit, tool 3.7: the first of its three uses is reporting).

#include "advocacy/advocacy.h"
#include "base/date.h"
#include "place/place.h"
#include "report/programme_report.h"

static const char *choice(const struct report_of *o, const char *field, const char *code)
{
    return report_tr(o, field_choice_label(entity_field(&entity_advocacy_use, field), code));
}

static void table_of_uses(struct report_of *o, const struct advocacy_line *lines, size_t n)
{
    struct report_column *columns = ARENA_ARRAY(o->arena, struct report_column, 5);
    columns[0] = (struct report_column){report_tr(o, MSG("When")), REPORT_COLUMN_DATE, NULL};
    columns[1].name = report_tr(o, MSG("Concern"));
    columns[2].name = report_tr(o, MSG("Whom it was used with"));
    columns[3].name = report_tr(o, MSG("Country"));
    columns[4].name = report_tr(o, MSG("Result"));
    struct report_table *t =
        report_table(o->report, report_tr(o, MSG("Arguments that were used, newest first")), columns, 5);
    for (size_t i = 0; i < n; i++) {
        const char *country = country_name(lines[i].country);
        report_row(o->report, t, REPORT_ROW_BODY);
        report_cell_value(t, date_for_people(o->arena, o->lang, lines[i].used_on), lines[i].used_on);
        report_cell(t, advocacy_concern_words(o->arena, o->lang, &lines[i]));
        report_cell(t, choice(o, "with_sort", lines[i].with_sort));
        report_cell(t, country == NULL ? lines[i].country : report_tr(o, country));
        report_cell(t, choice(o, "result", lines[i].result));
    }
}

static void lessons(struct report_of *o, const struct advocacy_line *lines, size_t n)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        if (!lines[i].lesson) {
            continue;
        }
        if (!any) {
            report_heading(o->report, 2, report_tr(o, MSG("Lessons")));
            any = true;
        }
        const char *concern = advocacy_concern_words(o->arena, o->lang, &lines[i]);
        struct report_block *p = report_paragraph(o->report, NULL);
        report_add_strong(o->report, p, concern);
        if (lines[i].what_worked[0] != '\0') {
            report_add_text(o->report, p, tr_f(o->arena, o->lang, MSG(" What worked: {0}"),
                                               lines[i].what_worked, NULL));
        }
        if (lines[i].next_time[0] != '\0') {
            report_add_text(o->report, p, tr_f(o->arena, o->lang, MSG(" Next time: {0}"),
                                               lines[i].next_time, NULL));
        }
    }
}

enum err report_section_advocacy(struct report_of *o, struct err_info *e)
{
    struct advocacy_line *lines;
    size_t n;
    enum err err = advocacy_uses_load(o->db, o->arena, o->programme->id, &lines, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    report_heading(o->report, 1, report_tr(o, MSG("Arguments for rights and gender equality")));
    if (n == 0) {
        report_paragraph(o->report, report_tr(o, MSG("No use of an argument is written down.")));
        return ERR_NONE;
    }
    table_of_uses(o, lines, n);
    lessons(o, lines, n);
    return ERR_NONE;
}
