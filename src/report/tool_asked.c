// SPDX-License-Identifier: AGPL-3.0-or-later
//
// tool_asked.c: checklists, tables of questions and profiles on paper, blank or filled in.

#include <string.h>

#include "assessment/assessment_profile.h"
#include "assessment/assessment_summary.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/limits.h"
#include "report/programme_report.h"
#include "report/tool_report.h"

static const struct assessment_answer *answer_of(const struct tool_report *t,
                                                 const struct pack_row *row)
{
    return t->round == NULL
               ? NULL
               : assessment_answer_of(t->round->answers, t->round->n_answers, row->id);
}

// What was written beside an answer, each thing with its name; evidence and actions below.
static const char *beside(struct tool_report *t, const struct assessment_beside *all,
                          const struct assessment_answer *w)
{
    const struct {
        const char *name, *text;
    } parts[] = {{NULL, w->how},
                 {MSG("Where it stands"), w->provision},
                 {MSG("What is missing"), w->missing},
                 {MSG("Link to the text"), w->link},
                 {MSG("Source"), w->source}};
    struct buf b;
    buf_init(&b, t->arena, LIMIT_TEXT_BYTES);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].text[0] != '\0') {
            buf_printf(&b, "%s%s%s%s", b.len == 0 ? "" : "\n",
                       parts[i].name == NULL ? "" : tr(t->lang, parts[i].name),
                       parts[i].name == NULL ? "" : ": ", parts[i].text);
        }
    }
    struct assessment_summary_row row = {0};
    assessment_beside_of(t->arena, all, w->id, &row);
    const char *rests_on = report_rests_on(t->arena, t->lang, &row, "\n", true);
    buf_printf(&b, "%s%s", b.len == 0 || rests_on[0] == '\0' ? "" : "\n", rests_on);
    return b.data;
}

// "When planned: In part (12 Mar 2026)", on a line of its own; "" where nothing was answered then.
static const char *as_planned(struct tool_report *t, const struct assessment_round *planned,
                              const struct pack_row *row)
{
    const struct assessment_answer *w =
        planned == NULL ? NULL : assessment_planned_answer(t->tool, row, planned);
    const struct pack_tool *tool =
        w == NULL ? NULL : assessment_tool(record_text(planned->record, "tool"));
    if (tool == NULL || w->value[0] == '\0') {
        return "";
    }
    const struct pack_row *asked = tool_row(tool, w->row);
    const struct pack_scale *scale = assessment_is_rated(tool, asked) ? row_scale(tool, asked) : NULL;
    const struct pack_level *level = scale == NULL ? NULL : scale_level(scale, w->value);
    const char *words = level == NULL ? w->value : pack_words(tool->pack, t->lang, level->id, level->title);
    const char *day = arena_copy_n(t->arena, planned->touched_at, 10);
    return arena_printf(t->arena, "\n%s (%s)",
                        tr_f(t->arena, t->lang, MSG("When planned: {0}"), words, NULL),
                        date_for_people(t->arena, t->lang, day));
}

static void question(struct tool_report *t, struct report_table *table, const struct assessment_beside *all,
                     const struct assessment_round *planned, const struct pack_row *row)
{
    const struct assessment_answer *w = answer_of(t, row);
    const struct pack_scale *scale =
        assessment_is_rated(t->tool, row) ? row_scale(t->tool, row) : NULL;
    report_row(t->report, table, REPORT_ROW_BODY)->indent = row->parent != NULL;
    report_cell(table, arena_printf(t->arena, "%s%s", tool_row_text(t, row),
                                    as_planned(t, planned, row)));
    report_cell(table, scale != NULL ? tool_boxes(t, scale, w == NULL ? NULL : w->value)
                       : w == NULL   ? tool_room(t)
                                     : w->value);
    report_cell(table, w == NULL ? tool_room(t) : beside(t, all, w));
}

static void field_row(struct tool_report *t, struct report_table *table,
                      const struct pack_row *row, const struct assessment_answer *w)
{
    report_row(t->report, table, REPORT_ROW_BODY);
    report_cell(table, tool_row_text(t, row));
    report_cell(table, w == NULL || w->year == 0 ? "" : arena_printf(t->arena, "%d", w->year));
    report_cell(table, w == NULL ? "" : profile_words(t->arena, t->lang, row, w->value));
    report_cell(table, w == NULL ? "" : profile_words(t->arena, t->lang, row, w->female));
    report_cell(table, w == NULL ? "" : profile_words(t->arena, t->lang, row, w->male));
    report_cell(table, w == NULL ? "" : w->source);
}

// A profile keeps several years: one line for each.
static void field(struct tool_report *t, struct report_table *table, const struct pack_row *row)
{
    bool any = false;
    for (size_t i = 0; t->round != NULL && i < t->round->n_answers; i++) {
        const struct assessment_answer *w = &t->round->answers[i];
        if (strcmp(w->row, row->id) == 0) {
            field_row(t, table, row, w);
            any = true;
        }
    }
    if (!any) {
        field_row(t, table, row, NULL);
    }
}

enum err tool_asked(struct tool_report *t, struct err_info *e)
{
    static const char *const questions[] = {MSG("Question"), MSG("Answer"), MSG("Beside it")};
    static const char *const fields[] = {MSG("Fact"),            MSG("Year"),
                                         MSG("Value"),           MSG("Women and girls"),
                                         MSG("Men and boys"),    MSG("Source")};
    bool profile = t->tool->kind == PACK_KIND_PROFILE;
    const struct assessment_round *planned = NULL;
    if (!t->blank) {
        enum err err = assessment_planned_load(t->db, t->arena, &t->of, t->tool, &planned, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    struct assessment_beside *all = NULL;
    if (t->round != NULL && !profile) {
        const char *programme_id = t->of.programme_id != NULL ? t->of.programme_id
                                   : t->record != NULL        ? record_text(t->record, "programme_id")
                                                              : NULL;
        enum err err =
            assessment_beside_load(t->db, t->arena, programme_id, t->round->record->id, &all, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    for (unsigned s = 0; s < t->tool->n_sections || s == 0; s++) {
        const struct pack_section *section = t->tool->n_sections == 0 ? NULL : &t->tool->sections[s];
        tool_section_head(t, section);
        struct report_table *table =
            profile ? tool_table(t, NULL, fields, 6) : tool_table(t, NULL, questions, 3);
        if (!profile && t->tool->follow_up != NULL) {
            table->columns[2].name = tool_words(t, t->tool->id, t->tool->follow_up);
        }
        for (unsigned i = 0; i < t->tool->n_rows; i++) {
            const struct pack_row *row = &t->tool->rows[i];
            if (!tool_in_section(row, section) || !assessment_is_asked(row)) {
                continue;
            }
            if (profile) {
                field(t, table, row);
            } else {
                question(t, table, all, planned, row);
            }
        }
    }
    return ERR_NONE;
}
