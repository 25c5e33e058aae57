// SPDX-License-Identifier: AGPL-3.0-or-later
//
// indicator_report.c: see indicator_report.h.

#include "report/indicator_report.h"

#include <string.h>

#include "base/bug.h"
#include "base/date.h"
#include "db/db.h"
#include "obligation/obligation_rights.h"
#include "place/place.h"
#include "programme/programme.h"
#include "report/report_file.h"
#include "result/result.h"
#include "result/result_library.h"
#include "result/result_lines.h"
#include "result/result_narrow.h"
#include "result/result_screening_load.h"
#include "result/result_words.h"
#include "store/store.h"

// What goes with the indicators.
struct beside {
    struct result_lines lines;
    struct programme_people people;
    struct record **results;
    size_t n_results;
    struct record **screenings;
    size_t n_screenings;
    struct obligation_facts facts;
};

// One sheet while it is made.
struct sheet {
    struct report_of *o;
    const struct beside *b;
    const struct result_line *line;
    struct report_table *table; // of the facts
    bool alone;                 // in a report of its own
    int level;                  // of its headings
    const char *lacks;          // names of what nobody has said yet
};

static const char *more(struct arena *a, const char *words, const char *between, const char *word)
{
    return words == NULL || words[0] == '\0' ? word : arena_printf(a, "%s%s%s", words, between, word);
}

// Several lines as one.
static const char *in_a_line(struct arena *a, const char *text)
{
    const char *words = NULL;
    for (const char *p = text; *p != '\0';) {
        size_t n = strcspn(p, "\n");
        words = more(a, words, "; ", arena_copy_n(a, p, n));
        p += n;
        p += *p == '\n' ? 1 : 0;
    }
    return words == NULL ? "" : words;
}

// ---- facts --------------------------------------------------------------------------------------

// The caption of a table; in a report of several indicators with the code of this one.
static const char *caption_of(const struct sheet *s, const char *caption)
{
    const char *words = report_tr(s->o, caption);
    return s->alone ? words
                    : tr_f(s->o->arena, s->o->lang, MSG("{0}: {1}"), record_text(s->line->record, "code"), words,
                           NULL);
}

static struct report_table *facts_table(const struct sheet *s, const char *caption)
{
    struct report_of *o = s->o;
    struct report_column *columns = ARENA_ARRAY(o->arena, struct report_column, 2);
    columns[0].name = report_tr(o, MSG("What"));
    columns[1].name = report_tr(o, MSG("Answer"));
    return report_table(o->report, caption_of(s, caption), columns, 2);
}

static void fact(struct sheet *s, const char *label, const char *words)
{
    report_row(s->o->report, s->table, REPORT_ROW_BODY);
    report_cell(s->table, label);
    report_cell(s->table, words);
}

// A field of the record in words; `needed`: it is named as missing when nobody has said it.
static void field_fact(struct sheet *s, const char *name, bool needed)
{
    struct report_of *o = s->o;
    const struct field *f = entity_field(&entity_indicator, name);
    const struct value *v = record_value(s->line->record, name);
    const char *label = report_tr(o, f->label);
    if (v->set) {
        fact(s, label, in_a_line(o->arena, field_for_people(o->arena, o->lang, f, v, NULL, 0)));
    } else if (needed) {
        fact(s, label, report_tr(o, MSG("Not said yet")));
        s->lacks = more(o->arena, s->lacks, "; ", label);
    }
}

static const char *result_of(const struct sheet *s)
{
    const char *id = record_text(s->line->record, "result_id");
    for (size_t i = 0; i < s->b->n_results; i++) {
        if (strcmp(s->b->results[i]->id, id) == 0) {
            return arena_printf(s->o->arena, "%s: %s", record_text(s->b->results[i], "code"),
                                record_text(s->b->results[i], "statement"));
        }
    }
    return report_tr(s->o, MSG("None"));
}

static void sdg_fact(struct sheet *s)
{
    struct report_of *o = s->o;
    const char *words = NULL;
    const struct field *f = entity_field(&entity_indicator, "sdg_targets");
    for (const struct choice *c = field_choices(f); c->code != NULL; c++) {
        const struct pack_tool *tool;
        const struct pack_row *row = library_sdg_target(c->code, &tool);
        if (row != NULL && record_has_code(s->line->record, "sdg_targets", c->code)) {
            const char *text = pack_words(tool->pack, o->lang, row->id, row->text);
            size_t len = strlen(text);
            len -= len > 0 && text[len - 1] == '.'; // of several none ends the line
            words = more(o->arena, words, "; ", arena_printf(o->arena, "%s: %.*s", c->code, (int)len, text));
        }
    }
    if (words != NULL) {
        fact(s, report_tr(o, f->label), words);
    }
}

static void measured(struct sheet *s)
{
    s->table = facts_table(s, MSG("What is measured, and why"));
    field_fact(s, "title", true);
    field_fact(s, "definition", true);
    field_fact(s, "rationale", true);
    fact(s, report_tr(s->o, MSG("Result")), result_of(s));
    sdg_fact(s);
}

static void counted(struct sheet *s)
{
    struct report_of *o = s->o;
    bool share = result_is_share(s->line->rule.unit);
    const char *owner = programme_person_name(&s->b->people, record_text(s->line->record, "owner_id"));
    s->table = facts_table(s, MSG("How it is counted"));
    field_fact(s, "unit", true);
    field_fact(s, "counted", share);
    field_fact(s, "counted_of", share);
    field_fact(s, "direction", true);
    fact(s, report_tr(o, MSG("How values are put together")),
         result_rule_words(o->arena, o->lang, &s->line->rule, &s->line->total));
    field_fact(s, "repeats", false);
    field_fact(s, "disaggregation", false);
    field_fact(s, "split_note", false);
    field_fact(s, "per_country", false);
    field_fact(s, "frequency", true);
    field_fact(s, "collection", true);
    field_fact(s, "source", true);
    field_fact(s, "means", true);
    fact(s, report_tr(o, MSG("Who collects it")), owner == NULL ? report_tr(o, MSG("Nobody yet")) : owner);
}

static void holds(struct sheet *s)
{
    s->table = facts_table(s, MSG("How far it can be trusted, and who sees it"));
    field_fact(s, "limits", true);
    field_fact(s, "assumptions", false);
    field_fact(s, "readers", true);
    fact(s, report_tr(s->o, MSG("In this program")),
         report_tr(s->o, MSG("People with a role in the programme see its values. What is split by "
                             "characteristics of people leaves only as a release that was checked.")));
}

static void standing(struct sheet *s)
{
    struct report_of *o = s->o;
    const struct result_line *line = s->line;
    struct result_figure base = {.known = line->has_baseline, .scaled = line->baseline};
    const char *on = record_text(line->record, "baseline_on");
    const char *words = result_figure_words(o->arena, o->lang, line->rule.unit, &base);
    s->table = facts_table(s, MSG("Where things stood, and stand"));
    fact(s, report_tr(o, MSG("Baseline")),
         !line->has_baseline || on[0] == '\0'
             ? words
             : tr_f(o->arena, o->lang, MSG("{0} on {1}"), words, date_for_people(o->arena, o->lang, on), NULL));
    field_fact(s, "baseline_note", false);
    fact(s, report_tr(o, MSG("Value")),
         line->total.to == NULL
             ? report_tr(o, MSG("There is no value yet."))
             : tr_f(o->arena, o->lang, MSG("{0} up to {1}. {2}."),
                    result_total_words(o->arena, o->lang, line->rule.unit, &line->total),
                    date_for_people(o->arena, o->lang, line->total.to),
                    result_state_words(o->lang, line->total.state), NULL));
    const char *covered = result_covered_words(o->arena, o->lang, line, o->programme);
    if (covered != NULL) {
        fact(s, report_tr(o, MSG("Countries with a value")), covered);
    }
    fact(s, report_tr(o, MSG("Progress")), result_standing_words(o->lang, line->progress.standing));
}

static void targets(const struct sheet *s)
{
    struct report_of *o = s->o;
    const struct result_line *line = s->line;
    static const char *const names[] = {MSG("By when"), MSG("Target"), MSG("Reason"), MSG("State")};
    struct report_column *columns = ARENA_ARRAY(o->arena, struct report_column, COUNT_OF(names));
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        columns[i].name = report_tr(o, names[i]);
    }
    struct report_table *t = report_table(o->report, caption_of(s, MSG("Targets")), columns, COUNT_OF(names));
    for (size_t i = 0; i < line->n_targets; i++) {
        const struct result_target *x = &line->targets[i];
        report_row(o->report, t, REPORT_ROW_BODY);
        report_cell(t, date_for_people(o->arena, o->lang, x->due_on));
        report_cell(t, result_number(o->arena, o->lang, line->rule.unit, x->value));
        report_cell(t, record_text(line->target_records[i], "reason"));
        report_cell(t, report_tr(o, x->replaced         ? MSG("Replaced")
                                    : x == line->target ? MSG("Counts today")
                                                        : MSG("Another day")));
    }
}

// ---- where it comes from ------------------------------------------------------------------------

static const char *states_of(struct report_of *o, const struct obligation_fact *const *facts, size_t n)
{
    const char *words = NULL;
    for (size_t i = 0; i < n; i++) {
        const char *name = country_name(facts[i]->country);
        words = more(o->arena, words, ", ", name == NULL ? facts[i]->country : report_tr(o, name));
    }
    return words;
}

// "Palermo Protocol, article 6 (binds Namibia; by reference data alone Niger)".
static const char *article_words(struct report_of *o, const struct right_article *x)
{
    const char *name = x->instrument == NULL ? x->article->name : x->instrument->short_name;
    name = name == NULL && x->instrument != NULL ? x->instrument->text : name;
    name = name == NULL ? x->article->instrument : name;
    if (x->article->article != NULL) {
        name = tr_f(o->arena, o->lang, MSG("{0}, article {1}"), name, x->article->article, NULL);
    }
    const char *binds = states_of(o, x->binding, x->n_binding);
    const char *unsure = states_of(o, x->unsure, x->n_unsure);
    const char *who = binds == NULL ? NULL : tr_f(o->arena, o->lang, MSG("binds {0}"), binds, NULL);
    if (unsure != NULL) {
        who = more(o->arena, who, "; ",
                   tr_f(o->arena, o->lang, MSG("by the reference data alone: {0}"), unsure, NULL));
    }
    return who == NULL ? name : arena_printf(o->arena, "%s (%s)", name, who);
}

static const char *library_address(struct report_of *o, const struct pack_tool *tool, const char *row_id)
{
    return arena_printf(o->arena, "/library/%s/%s#%s", tool->pack->id, tool->id, row_id);
}

static void right_item(struct sheet *s, struct report_block *list, const char *id)
{
    struct report_of *o = s->o;
    const struct pack_tool *tool;
    const struct pack_row *right = pack_row_anywhere(id, &tool);
    struct right_list found;
    if (right == NULL) {
        return;
    }
    report_item(o->report, list, NULL);
    report_add_link(o->report, list, pack_words(tool->pack, o->lang, right->id, right->text),
                    library_address(o, tool, right->id));
    obligation_rights_make(o->arena, record_text(o->programme, "countries"), &s->b->facts, &tool->id, 1,
                           false, &found);
    for (size_t i = 0; i < found.n; i++) {
        if (strcmp(found.lines[i].row->id, id) != 0) {
            continue;
        }
        const char *words = NULL;
        for (size_t k = 0; k < found.lines[i].n_articles; k++) {
            words = more(o->arena, words, "; ", article_words(o, &found.lines[i].articles[k]));
        }
        if (words != NULL) {
            report_add_text(o->report, list, arena_printf(o->arena, ". %s", words));
        }
    }
}

static void rights(struct sheet *s, const struct pack_row *row)
{
    struct report_of *o = s->o;
    report_heading(o->report, s->level + 1, report_tr(o, MSG("Rights it serves")));
    if (row->n_serves == 0) {
        report_paragraph(o->report, report_tr(o, MSG("The library names none for this row.")));
        return;
    }
    struct report_block *list = report_list(o->report, false);
    for (unsigned i = 0; i < row->n_serves; i++) {
        right_item(s, list, row->serves[i]);
    }
}

static void differences(const struct sheet *s, const struct library_view *l)
{
    struct report_of *o = s->o;
    struct report_column *columns = ARENA_ARRAY(o->arena, struct report_column, 3);
    columns[0].name = report_tr(o, MSG("What"));
    columns[1].name = report_tr(o, MSG("Ours"));
    columns[2].name = report_tr(o, MSG("The library’s"));
    struct report_table *t = report_table(o->report, caption_of(s, MSG("What was adapted")), columns, 3);
    for (int i = 0; i < LIBRARY_POINTS; i++) {
        const struct library_point *p = &l->points[i];
        enum library_what what = (enum library_what)i;
        if (p->adapted) {
            report_row(o->report, t, REPORT_ROW_BODY);
            report_cell(t, report_tr(o, library_point_label(what)));
            report_cell(t, in_a_line(o->arena, library_point_words(o->arena, o->lang, what, p->ours)));
            report_cell(t, in_a_line(o->arena, library_point_words(o->arena, o->lang, what, p->theirs)));
        }
    }
}

static void origin(struct sheet *s)
{
    struct report_of *o = s->o;
    const struct pack_tool *tool = NULL;
    struct library_view l;
    const char *id = record_text(s->line->record, "row");
    const struct pack_row *row = library_row(id, &tool);
    report_heading(o->report, s->level + 1, report_tr(o, MSG("Where it comes from")));
    if (row == NULL) {
        report_paragraph(o->report,
                         id[0] == '\0' ? report_tr(o, MSG("An indicator of our own"))
                                       : tr_f(o->arena, o->lang, MSG("The library has row {0} no more."), id, NULL));
        return;
    }
    library_compare(o->arena, o->lang, tool, row, s->line->record, &l);
    struct report_block *p = report_paragraph(o->report, NULL);
    report_add_link(o->report, p, tr_f(o->arena, o->lang, MSG("Row {0} of tool {1}"), id, tool->id, NULL),
                    library_address(o, tool, row->id));
    report_add_text(o->report, p,
                    tr_f(o->arena, o->lang, MSG(", {0}. {1}"),
                         pack_words(tool->pack, o->lang, tool->id, tool->title),
                         report_tr(o, l.adapted ? MSG("It was adapted: see below.")
                                                : MSG("Taken over as it stands.")),
                         NULL));
    if (l.adapted) {
        differences(s, &l);
    }
    if (l.moved) {
        report_note(o->report, report_tr(o, MSG("The library says something else since it was adopted. Look at "
                                                "the page of the indicator.")));
    }
    rights(s, row);
}

// ---- is it a good one ---------------------------------------------------------------------------

static void screening(struct sheet *s)
{
    struct report_of *o = s->o;
    const struct record *newest = screening_of(s->b->screenings, s->b->n_screenings, s->line->record->id);
    const char *verdict = screening_words(o->lang, screening_verdict_of(newest));
    report_heading(o->report, s->level + 1, report_tr(o, MSG("Is it a good indicator?")));
    if (newest == NULL) {
        report_paragraph(o->report, verdict);
        return;
    }
    const char *no = screening_letters(o->arena, newest, "no");
    const char *part = screening_letters(o->arena, newest, "part");
    const char *words = tr_f(o->arena, o->lang, MSG("{0}, screened on {1}."), verdict,
                             date_for_people(o->arena, o->lang, record_text(newest, "screened_on")), NULL);
    if (no != NULL) {
        words = more(o->arena, words, " ", tr_f(o->arena, o->lang, MSG("No to {0}."), no, NULL));
    }
    if (part != NULL) {
        words = more(o->arena, words, " ", tr_f(o->arena, o->lang, MSG("In part: {0}."), part, NULL));
    }
    report_paragraph(o->report, words);
}

// ---- the whole ----------------------------------------------------------------------------------

static void put_sheet(struct report_of *o, const struct beside *b, const struct result_line *line, bool alone)
{
    struct sheet s = {.o = o, .b = b, .line = line, .alone = alone, .level = alone ? 1 : 2};
    const char *code = record_text(line->record, "code");
    if (!alone) {
        report_heading(o->report, 1,
                       tr_f(o->arena, o->lang, MSG("{0}: {1}"), code, record_text(line->record, "title"), NULL));
    }
    report_heading(o->report, s.level, report_tr(o, MSG("Definition")));
    measured(&s);
    counted(&s);
    holds(&s);
    report_heading(o->report, s.level, report_tr(o, MSG("Baseline, targets, value")));
    standing(&s);
    if (line->n_targets > 0) {
        targets(&s);
    } else {
        report_paragraph(o->report, report_tr(o, MSG("There is no target.")));
    }
    report_heading(o->report, s.level, report_tr(o, MSG("Origin and quality")));
    origin(&s);
    screening(&s);
    if (s.lacks != NULL) {
        report_note(o->report, tr_f(o->arena, o->lang, MSG("Nobody has said yet: {0}."), s.lacks, NULL));
    }
}

// Of one indicator, by id or code, or of all (NULL); without the records of values, which no sheet shows.
static enum err load_lines(struct report_of *o, const char *indicator, struct beside *b, struct err_info *e)
{
    struct record *one = NULL;
    enum err err = indicator == NULL ? ERR_NONE : store_get(o->db, o->arena, &entity_indicator, indicator, &one, e);
    bool elsewhere = one != NULL && strcmp(record_text(one, "programme_id"), o->programme->id) != 0;
    if (err == ERR_NOT_FOUND || elsewhere) { // in the same words
        err = err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no {0} “{1}”."), err_look, "indicator", indicator, NULL);
    }
    const struct result_ask ask = {.programme_id = o->programme->id, .indicator_id = one == NULL ? NULL : one->id,
                                   .today = o->today};
    return err != ERR_NONE ? err : result_lines_load(o->db, o->arena, &ask, &b->lines, e);
}

static enum err load(struct report_of *o, const char *indicator, struct beside *b, struct err_info *e)
{
    enum err err = load_lines(o, indicator, b, e);
    if (err == ERR_NONE) {
        err = programme_people_load(o->db, o->arena, o->programme->id, &b->people, e);
    }
    if (err == ERR_NONE) {
        err = store_list_by(o->db, o->arena, &entity_result, "programme_id", o->programme->id, &b->results,
                            &b->n_results, e);
    }
    if (err == ERR_NONE) {
        err = screenings_load(o->db, o->arena, o->programme->id, &b->screenings, &b->n_screenings, e);
    }
    if (err == ERR_NONE) {
        err = obligation_facts_load(o->db, o->arena, record_text(o->programme, "countries"), &b->facts, e);
    }
    return err;
}

enum err indicator_report_make(struct arena *a, struct db_read *db, const struct lang *lang,
                               const struct record *programme, const char *indicator,
                               struct report **out, struct err_info *e)
{
    struct beside b = {0};
    const char *number = record_text(programme, "number");
    struct report_of o = {.arena = a, .db = db, .lang = lang, .programme = programme, .number = number};
    enum err err = report_begin(a, db, lang, tr_f(a, lang, MSG("Indicators of {0}: reference sheets"), number, NULL),
                                &o.report, e);
    if (err != ERR_NONE) {
        return err;
    }
    o.today = arena_copy_n(a, o.report->made_at_iso, 10);
    o.report->subtitle = record_text(programme, "title");
    err = db_snapshot_begin(db, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = load(&o, indicator, &b, e);
    db_snapshot_end(db);
    if (err != ERR_NONE) {
        return err;
    }
    const struct result_line *alone = indicator != NULL && b.lines.n > 0 ? &b.lines.items[0] : NULL;
    if (alone != NULL) {
        o.report->title = record_text(alone->record, "title");
        o.report->subtitle = tr_f(a, lang, MSG("Reference sheet of indicator {0}"),
                                  record_text(alone->record, "code"), NULL);
        put_sheet(&o, &b, alone, true);
    }
    size_t n = 0;
    for (size_t i = 0; alone == NULL && i < b.lines.n; i++) {
        if (strcmp(record_text(b.lines.items[i].record, "state"), "active") == 0) {
            put_sheet(&o, &b, &b.lines.items[i], false);
            n++;
        }
    }
    if (alone == NULL && n == 0) {
        report_paragraph(o.report, report_tr(&o, MSG("No indicator has been chosen.")));
    }
    *out = o.report;
    return ERR_NONE;
}
