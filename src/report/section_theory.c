// SPDX-License-Identifier: AGPL-3.0-or-later
//
// section_theory.c: the newest theory of change: its picture, its links, what is missing in it.

#include "base/bug.h"
#include "base/date.h"
#include "logframe/logframe.h"
#include "logframe/logframe_figure_web.h"
#include "logframe/logframe_theory.h"
#include "report/programme_report.h"

static const char *word(const struct report_of *o, const struct record *r, const char *field)
{
    return report_tr(o, field_choice_label(entity_field(r->entity, field), record_text(r, field)));
}

static void put_links(struct report_of *o, const struct theory *t)
{
    static const char *const names[] = {MSG("This leads to that"), MSG("If this holds"),
                                        MSG("Strength of the evidence"), MSG("What shows it"),
                                        MSG("Sphere")};
    struct report_column *columns =
        ARENA_ARRAY(o->arena, struct report_column, COUNT_OF(names));
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        columns[i].name = report_tr(o, names[i]);
    }
    struct report_table *table =
        report_table(o->report, report_tr(o, MSG("The links, by their numbers")), columns,
                     COUNT_OF(names));
    for (size_t i = 0; i < t->n_links; i++) {
        const struct theory_link *k = &t->links[i];
        report_row(o->report, table, REPORT_ROW_BODY);
        report_cell(table, arena_printf(o->arena, "%zu. %s → %s", i + 1,
                                        t->results[k->cause].code, t->results[k->effect].code));
        report_cell(table, record_text(k->record, "assumption"));
        report_cell(table, k->strength == STRENGTH_OPEN ? report_tr(o, MSG("Not rated"))
                                                        : word(o, k->record, "strength"));
        report_cell(table, record_text(k->record, "evidence"));
        report_cell(table, word(o, k->record, "sphere"));
    }
}

static void put_gaps(struct report_of *o, const struct theory *t)
{
    struct theory_gap *gaps;
    struct report_block *list = NULL;
    size_t n;
    theory_gaps(o->arena, t, &gaps, &n);
    for (size_t i = 0; i < n; i++) {
        bool of_link = theory_gap_is_of_link(gaps[i].kind);
        bool begins = i == 0 || gaps[i].kind != gaps[i - 1].kind;
        const char *about = of_link ? arena_printf(o->arena, "%zu", gaps[i].at + 1)
                                    : t->results[gaps[i].at].code;
        if (list == NULL) {
            report_heading(o->report, 2, report_tr(o, MSG("What is missing")));
            list = report_list(o->report, false);
        }
        if (begins) {
            report_item(o->report, list, report_tr(o, theory_gap_what(gaps[i].kind)));
            report_add_text(o->report, list, " ");
        } else {
            report_add_text(o->report, list, ", ");
        }
        report_add_strong(o->report, list, about);
    }
}

static void put_theory(struct report_of *o, const struct theory *t)
{
    struct chart_shapes *shapes = ARENA_MAKE(o->arena, struct chart_shapes);
    struct err_info problem = {0};
    const char *name = record_text(t->record, "name");
    const char *meta = tr_f(o->arena, o->lang, MSG("{0}, {1}"), word(o, t->record, "origin"),
                            date_for_people(o->arena, o->lang, record_text(t->record, "drawn_on")),
                            NULL);
    if (record_is_set(t->record, "why")) {
        report_paragraph(o->report, record_text(t->record, "why"));
    }
    if (theory_figure(o->arena, o->lang, t, shapes, &problem) == ERR_NONE) {
        report_figure(o->report, name, meta, shapes,
                      report_tr(o, MSG("Read from below: each line says that one result leads to "
                                       "the next. Its number is that of the list.")));
    } else {
        report_paragraph(o->report, arena_printf(o->arena, "%s (%s)", name, meta));
        report_note(o->report, err_text(o->arena, o->lang, &problem));
    }
    if (t->n_links > 0) {
        put_links(o, t);
    }
    put_gaps(o, t);
}

enum err report_section_theory(struct report_of *o, struct err_info *e)
{
    struct record **theories;
    struct theory t;
    size_t n;
    enum err err = theory_list(o->db, o->arena, o->programme->id, &theories, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    report_heading(o->report, 1, report_tr(o, MSG("Theory of change")));
    if (n == 0) {
        report_paragraph(o->report, report_tr(o, MSG("Nobody has drawn one up.")));
        return ERR_NONE;
    }
    err = theory_load(o->db, o->arena, o->programme, theories[0], &t, e);
    if (err == ERR_NONE) {
        put_theory(o, &t);
    }
    return err;
}
