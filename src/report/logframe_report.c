// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_report.c: see logframe_report.h.

#include "report/logframe_report.h"

#include <string.h>

#include "base/bug.h"
#include "db/db.h"
#include "logframe/logframe_table.h"
#include "programme/programme.h"
#include "report/report_file.h"

struct table {
    struct report_of *o;
    const struct logframe *logframe;
    const struct programme_people *people;
    struct report_table *table;
};

// Two texts with something between them; empty ones are left out.
static const char *joined(struct arena *a, const char *first, const char *between,
                          const char *second)
{
    return first[0] == '\0'    ? second
           : second[0] == '\0' ? first
                               : arena_printf(a, "%s%s%s", first, between, second);
}

static const char *or_lack(struct table *t, const char *text, const char *lack)
{
    return lack == NULL ? text : report_tr(t->o, lack);
}

static const char *result_words(struct table *t, const struct logframe_row *row)
{
    if (row->result == NULL) {
        return report_tr(t->o, MSG("Indicators that belong to no result"));
    }
    return arena_printf(t->o->arena, "%s %s: %s",
                        logframe_level_name(t->o->lang, t->logframe->programme, row->level),
                        record_text(row->result, "code"), record_text(row->result, "statement"));
}

static void indicator_cells(struct table *t, const struct logframe_measure *m)
{
    struct arena *a = t->o->arena;
    const char *targets = "";
    const char *owner = programme_person_name(t->people, record_text(m->record, "owner_id"));
    for (size_t i = 0; i < m->n_targets; i++) {
        targets = joined(a, targets, "; ",
                         logframe_target_words(a, t->o->lang, m, m->targets[i]));
    }
    report_cell(t->table, arena_printf(a, "%s (%s)", record_text(m->record, "title"),
                                       record_text(m->record, "code")));
    report_cell(t->table, or_lack(t, logframe_baseline_words(a, t->o->lang, m),
                                  logframe_lacks_baseline(m)));
    report_cell(t->table, or_lack(t, targets, logframe_lacks_target(m)));
    report_cell(t->table, record_text(m->record, "means"));
    report_cell(t->table, joined(a, record_text(m->record, "source"), "; ",
                                 joined(a, logframe_frequency(t->o->lang, m), "; ",
                                        owner == NULL ? "" : owner)));
}

static void put_row(struct table *t, const struct logframe_row *row)
{
    const char *assumptions =
        row->result == NULL ? "" : record_text(row->result, "assumptions");
    size_t n = row->n_measures == 0 ? 1 : row->n_measures;
    for (size_t i = 0; i < n; i++) {
        report_row(t->o->report, t->table, REPORT_ROW_BODY)->indent = i == 0 ? row->depth : 0;
        report_cell(t->table, i == 0 ? result_words(t, row) : "");
        if (row->n_measures == 0) {
            report_cell(t->table, report_tr(t->o, MSG("No indicator")));
            for (int k = 0; k < 4; k++) {
                report_cell(t->table, "");
            }
            report_cell(t->table, assumptions);
            continue;
        }
        indicator_cells(t, &row->measures[i]);
        report_cell(t->table, joined(t->o->arena, i == 0 ? assumptions : "", " ",
                                     record_text(row->measures[i].record, "assumptions")));
    }
}

static void put_table(struct report_of *o, const struct logframe *l,
                      const struct programme_people *people)
{
    static const char *const names[] = {
        MSG("Result"),  MSG("Indicator"),             MSG("Baseline"),
        MSG("Targets"), MSG("Means of verification"), MSG("Source, how often, who"),
        MSG("Assumptions")};
    struct report_column *columns =
        ARENA_ARRAY(o->arena, struct report_column, COUNT_OF(names));
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        columns[i].name = report_tr(o, names[i]);
    }
    struct table t = {.o = o,
                      .logframe = l,
                      .people = people,
                      .table = report_table(o->report, NULL, columns, COUNT_OF(names))};
    for (size_t i = 0; i < l->n_rows; i++) {
        put_row(&t, &l->rows[i]);
    }
    t.table->note = report_tr(o, MSG("Baselines and targets are in the unit of their indicator."));
}

enum err logframe_report_make(struct arena *a, struct db_read *db, const struct lang *lang,
                              const struct record *programme, const char *as_of,
                              struct report **out, struct err_info *e)
{
    struct logframe l;
    struct programme_people people;
    struct report_of o = {.arena = a, .db = db, .lang = lang, .programme = programme,
                          .number = record_text(programme, "number")};
    enum err err = db_snapshot_begin(db, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = logframe_load(db, a, programme, as_of, &l, e);
    if (err == ERR_NONE) {
        err = programme_people_load(db, a, programme->id, &people, e);
    }
    if (err == ERR_NONE) {
        err = report_begin(a, db, lang, tr_f(a, lang, MSG("Logframe of {0}"), o.number, NULL),
                           &o.report, e);
    }
    db_snapshot_end(db);
    if (err != ERR_NONE) {
        return err;
    }
    *out = o.report;
    o.report->subtitle = as_of == NULL
                             ? record_text(programme, "title")
                             : tr_f(a, lang, MSG("{0}, as it was on {1}"),
                                    record_text(programme, "title"),
                                    logframe_as_of_words(a, lang, as_of), NULL);
    o.report->paper = REPORT_A3_LANDSCAPE;
    if (l.n_rows == 0) {
        report_paragraph(o.report, report_tr(&o, MSG("There are no results.")));
    } else {
        put_table(&o, &l, &people);
    }
    return ERR_NONE;
}
