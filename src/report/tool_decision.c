// SPDX-License-Identifier: AGPL-3.0-or-later
//
// tool_decision.c: a due diligence on paper: what was asked and answered, the measures against the risk and
// what took the place of what; blank: every question with its choices to tick.

#include <string.h>

#include "base/bug.h"
#include "base/date.h"
#include "diligence/diligence.h"
#include "model/model.h"
#include "report/tool_report.h"
#include "store/store.h"

#define ROOM_FOR_MEASURES 4

// The same columns for a measure that is known and for one to write down.
static const char *const measure_fields[] = {"what", "side", "owner", "due_on", "done_on", "seen"};

// "☐ Yes   ☐ No   ☐ Not known yet"; room to write where nothing is to choose from.
static const char *to_fill(struct tool_report *t, const struct field *f)
{
    const char *text = "";
    for (const struct choice *c = f->choices; c != NULL && c->code != NULL; c++) {
        text = arena_printf(t->arena, "%s%s☐ %s", text, text[0] == '\0' ? "" : "   ", tr(t->lang, c->label));
    }
    return f->choices != NULL ? text : tool_room(t);
}

// A value in words. What is named but is gone has its id.
static enum err value(struct tool_report *t, const struct record *r, const struct field *f,
                      const char **out, struct err_info *e)
{
    const char *id = record_text(r, f->name);
    struct record *named;
    struct err_info inner;
    if (f->type != FIELD_REF || id[0] == '\0') {
        *out = field_for_people(t->arena, t->lang, f, record_value(r, f->name), "", 0);
        return ERR_NONE;
    }
    enum err err = store_get(t->db, t->arena, model_find(f->ref), id, &named, &inner);
    if (err != ERR_NONE && err != ERR_NOT_FOUND) {
        *e = inner;
        return err;
    }
    *out = err == ERR_NONE ? record_title(named) : id;
    return ERR_NONE;
}

static enum err question(struct tool_report *t, struct report_table *table, const char *name,
                         struct err_info *e)
{
    const struct field *f = entity_field(&entity_due_diligence, name);
    const char *label = tr(t->lang, f->label), *text;
    if (t->blank && f->type == FIELD_REF) {
        return ERR_NONE; // paper names no records
    }
    if (t->blank) {
        label = f->hint == NULL ? label : arena_printf(t->arena, "%s\n%s", label, tr(t->lang, f->hint));
        text = to_fill(t, f);
    } else {
        enum err err = value(t, t->record, f, &text, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    report_row(t->report, table, REPORT_ROW_BODY);
    report_cell(table, label);
    report_cell(table, text);
    return ERR_NONE;
}

// Blank: the questions of both tests. Else those that this case asks, and how it was decided.
static enum err questions(struct tool_report *t, struct err_info *e)
{
    static const char *const headings[] = {MSG("What is asked"), MSG("Answer")};
    static const char *const steps[] = {"recipient", "support", "sources", "grave", "test", "proposal"};
    static const char *const decided[] = {"decided_by", "authority", "consulted", "decided_on"};
    struct report_table *table = tool_table(t, NULL, headings, 2);
    enum err err = t->blank ? ERR_NONE : question(t, table, "programme_id", e);
    for (size_t s = 0; err == ERR_NONE && s < COUNT_OF(steps); s++) {
        const char *asked[DILIGENCE_MOST_ASKED];
        size_t n = diligence_asked(t->record, steps[s], asked);
        for (size_t i = 0; err == ERR_NONE && i < n; i++) {
            err = question(t, table, asked[i], e);
        }
    }
    bool is_decided = t->blank || diligence_is_decided(t->record);
    for (size_t i = 0; err == ERR_NONE && is_decided && i < COUNT_OF(decided); i++) {
        err = question(t, table, decided[i], e);
    }
    return err;
}

static enum err measures(struct tool_report *t, struct err_info *e)
{
    struct record **rows = NULL;
    size_t n = 0;
    enum err err = t->blank ? ERR_NONE
                            : store_list_by(t->db, t->arena, &entity_diligence_measure, "due_diligence_id",
                                            t->record->id, &rows, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    report_heading(t->report, 1, tr(t->lang, MSG("Measures against the risk")));
    if (!t->blank && n == 0) {
        report_paragraph(t->report, tr(t->lang, MSG("None is written down.")));
        return ERR_NONE;
    }
    const char *headings[COUNT_OF(measure_fields)];
    for (size_t i = 0; i < COUNT_OF(measure_fields); i++) {
        headings[i] = entity_field(&entity_diligence_measure, measure_fields[i])->label;
    }
    struct report_table *table = tool_table(t, NULL, headings, COUNT_OF(measure_fields));
    for (size_t k = 0; err == ERR_NONE && k < (t->blank ? ROOM_FOR_MEASURES : n); k++) {
        report_row(t->report, table, REPORT_ROW_BODY);
        for (size_t i = 0; err == ERR_NONE && i < COUNT_OF(measure_fields); i++) {
            const struct field *f = entity_field(&entity_diligence_measure, measure_fields[i]);
            const char *text = i == 0 || f->choices != NULL ? to_fill(t, f) : "";
            err = t->blank ? ERR_NONE : value(t, rows[k], f, &text, e);
            report_cell(table, text);
        }
    }
    return err;
}

// "Border police, decided 1 Feb 2026"
static void place_taken(struct tool_report *t, const char *said, const struct record *other)
{
    if (other != NULL) {
        report_note(t->report,
                    tr_f(t->arena, t->lang, said, record_title(other),
                         date_for_people(t->arena, t->lang, record_text(other, "decided_on")), NULL));
    }
}

// How it stands, and which decisions it took the place of or gave its place to.
static enum err standing(struct tool_report *t, struct err_info *e)
{
    // What names this case as the one it takes the place of, and the one that it names itself.
    struct diligence_set after = {0};
    struct record *before = NULL;
    enum err err = store_list_by(t->db, t->arena, &entity_due_diligence, "supersedes_id", t->record->id,
                                 &after.items, &after.n, e);
    if (err == ERR_NONE && record_is_set(t->record, "supersedes_id")) {
        err = store_get(t->db, t->arena, &entity_due_diligence, record_text(t->record, "supersedes_id"),
                        &before, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct diligence_facts facts = diligence_facts_of(t->record);
    const char *state = field_choice_label(entity_field(&entity_due_diligence, "state"),
                                           record_text(t->record, "state"));
    struct report_block *p = report_paragraph(t->report, NULL);
    report_add_text(t->report, p, tr(t->lang, MSG("State: ")));
    report_add_strong(t->report, p, tr(t->lang, state));
    p = report_paragraph(t->report, NULL);
    report_add_strong(t->report, p, tr(t->lang, MSG("What the answers lead to:")));
    report_add_text(t->report, p,
                    arena_printf(t->arena, " %s",
                                 tr(t->lang, diligence_outcome_words(facts.during, diligence_outcome(&facts)))));
    place_taken(t, MSG("It takes the place of an earlier decision: {0}, {1}."), before);
    place_taken(t, MSG("Another decision took its place: {0}, {1}."), diligence_successor(&after, t->record->id));
    return ERR_NONE;
}

enum err tool_decision(struct tool_report *t, struct err_info *e)
{
    report_heading(t->report, 1, tr(t->lang, MSG("The decision")));
    enum err err = t->blank ? ERR_NONE : standing(t, e);
    if (err == ERR_NONE) {
        err = questions(t, e);
    }
    return err != ERR_NONE ? err : measures(t, e);
}
