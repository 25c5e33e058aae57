// SPDX-License-Identifier: AGPL-3.0-or-later
//
// section_facts.c: what the programme is: facts, partners, donors, outcomes, revisions.

#include <string.h>

#include "base/date.h"
#include "report/programme_report.h"
#include "store/store.h"

static void fact(struct report_of *o, struct report_table *t, const char *field)
{
    const struct field *f = entity_field(o->programme->entity, field);
    const struct value *v = record_value(o->programme, field);
    if (!v->set) {
        return;
    }
    report_row(o->report, t, REPORT_ROW_BODY);
    report_cell(t, report_tr(o, f->label));
    report_cell(t, field_for_people(o->arena, o->lang, f, v, o->currency, o->minor_digits));
}

static struct report_column *columns(struct report_of *o, const char *const *names, int n)
{
    struct report_column *c = ARENA_ARRAY(o->arena, struct report_column, (size_t)n);
    for (int i = 0; i < n; i++) {
        c[i].name = report_tr(o, names[i]);
    }
    return c;
}

static enum err outcomes(struct report_of *o, struct err_info *e)
{
    struct record **rows;
    size_t n;
    enum err err = store_list_by(o->db, o->arena, model_find("result"), "programme_id",
                                 o->programme->id, &rows, &n, e);
    if (err != ERR_NONE || n == 0) {
        return err;
    }
    static const char *const names[] = {MSG("Level"), MSG("Code"), MSG("What will be different")};
    report_heading(o->report, 2, report_tr(o, MSG("Results")));
    struct report_table *t = report_table(o->report, NULL, columns(o, names, 3), 3);
    const struct field *level = entity_field(model_find("result"), "level");
    for (const struct choice *c = level->choices; c->code != NULL; c++) { // the goal first
        for (size_t i = 0; i < n; i++) {
            if (strcmp(record_text(rows[i], "level"), c->code) == 0) {
                report_row(o->report, t, REPORT_ROW_BODY);
                report_cell(t, report_tr(o, c->label));
                report_cell(t, record_text(rows[i], "code"));
                report_cell(t, record_text(rows[i], "statement"));
            }
        }
    }
    return ERR_NONE;
}

static enum err revisions(struct report_of *o, struct err_info *e)
{
    struct record **rows;
    size_t n;
    enum err err = store_list_by(o->db, o->arena, model_find("revision"), "programme_id",
                                 o->programme->id, &rows, &n, e);
    if (err != ERR_NONE || n == 0) {
        return err;
    }
    static const char *const names[] = {MSG("Revision"), MSG("Decided on"), MSG("Reason"),
                                        MSG("What changed")};
    report_heading(o->report, 2, report_tr(o, MSG("Revisions")));
    struct report_table *t = report_table(o->report, NULL, columns(o, names, 4), 4);
    for (size_t i = 0; i < n; i++) {
        const char *day = record_text(rows[i], "decided_on");
        report_row(o->report, t, REPORT_ROW_BODY);
        report_cell(t, report_number_text(o, record_int(rows[i], "number")));
        report_cell(t, day[0] == '\0' ? report_tr(o, MSG("not decided"))
                                      : date_for_people(o->arena, o->lang, day));
        report_cell(t, record_text(rows[i], "reason"));
        report_cell(t, record_text(rows[i], "what_changed"));
    }
    return ERR_NONE;
}

// "Partners: A, B, C" as one paragraph.
static enum err names_of(struct report_of *o, const char *kind, const char *field,
                         const char *label, struct err_info *e)
{
    struct record **rows;
    size_t n;
    enum err err = store_list_by(o->db, o->arena, model_find(kind), "programme_id",
                                 o->programme->id, &rows, &n, e);
    if (err != ERR_NONE || n == 0) {
        return err;
    }
    struct report_block *p = report_paragraph(o->report, NULL);
    report_add_strong(o->report, p, arena_printf(o->arena, "%s: ", report_tr(o, label)));
    for (size_t i = 0; i < n; i++) {
        const char *name = record_text(rows[i], field);
        struct record *other;
        const struct field *f = entity_field(rows[i]->entity, field);
        struct err_info gone;
        if (f->type == FIELD_REF &&
            store_get(o->db, o->arena, model_find(f->ref), name, &other, &gone) == ERR_NONE) {
            name = record_title(other);
        }
        report_add_text(o->report, p, arena_printf(o->arena, "%s%s", i == 0 ? "" : "; ", name));
    }
    return ERR_NONE;
}

enum err report_section_facts(struct report_of *o, struct err_info *e)
{
    static const char *const fields[] = {"number",    "crime",     "starts_on", "ends_on",
                                         "state",     "areas",     "countries", "approved_total",
                                         "overall_total", "country_shares", "source"};
    report_heading(o->report, 1, report_tr(o, MSG("The programme")));
    report_paragraph(o->report, record_text(o->programme, "objective"));
    static const char *const names[] = {MSG("Fact"), MSG("Value")};
    struct report_table *t = report_table(o->report, NULL, columns(o, names, 2), 2);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        fact(o, t, fields[i]);
    }
    enum err err = names_of(o, "partner", "name", MSG("Partners"), e);
    if (err == ERR_NONE) {
        err = names_of(o, "pledge", "donor_id", MSG("Donors"), e);
    }
    if (err == ERR_NONE) {
        err = outcomes(o, e);
    }
    return err == ERR_NONE ? revisions(o, e) : err;
}
