// SPDX-License-Identifier: AGPL-3.0-or-later
//
// tool_read.c: tools that are read, on paper: guidance, lists, steps of response, criteria; and the facts
// beside a decision (tool_decision.c).

#include <string.h>

#include "report/tool_report.h"

static void labelled(struct tool_report *t, const char *label, const char *text)
{
    if (text[0] != '\0') {
        struct report_block *p = report_paragraph(t->report, NULL);
        report_add_strong(t->report, p, tr(t->lang, label));
        report_add_text(t->report, p, arena_printf(t->arena, " %s", text));
    }
}

// Paragraphs, and lists of lines that begin with "- ".
static void prose(struct tool_report *t, const char *text)
{
    struct report_block *list = NULL;
    while (*text != '\0') {
        size_t n = strcspn(text, "\n");
        const char *line = arena_copy_n(t->arena, text, n);
        if (strncmp(line, "- ", 2) == 0) {
            list = list == NULL ? report_list(t->report, false) : list;
            report_item(t->report, list, line + 2);
        } else if (line[0] != '\0') {
            list = NULL;
            report_paragraph(t->report, line);
        }
        text += n + (text[n] == '\n');
    }
}

static const char *articles(struct tool_report *t, const struct pack_row *row)
{
    const char *text = "";
    for (unsigned i = 0; i < row->n_articles; i++) {
        const struct pack_article *x = &row->articles[i];
        const struct pack_tool *tool = NULL;
        const struct pack_row *treaty =
            x->instrument == NULL ? NULL : pack_row(t->tool->pack, x->instrument, &tool);
        const char *name = treaty == NULL               ? x->name
                           : treaty->short_name != NULL ? treaty->short_name
                                                        : treaty->text;
        text = arena_printf(t->arena, "%s%s%s %s", text, i == 0 ? "" : "; ",
                            name == NULL ? "" : name, x->article == NULL ? "" : x->article);
    }
    return text;
}

static void row_of(struct tool_report *t, const struct pack_row *row)
{
    report_heading(t->report, 2, tool_row_text(t, row));
    prose(t, tool_words(t, row->id, row->help));
    prose(t, tool_words(t, row->id, row->body));
    labelled(t, MSG("What you can answer:"), tool_words(t, row->id, row->argument));
    labelled(t, MSG("For example:"), tool_words(t, row->id, row->example));
    labelled(t, MSG("To think of:"), tool_words(t, row->id, row->consider));
    labelled(t, MSG("Who must authorise it:"), tool_words(t, row->id, row->authority));
    labelled(t, MSG("Human rights:"), tool_words(t, row->id, row->rights));
    labelled(t, MSG("Gender equality:"), tool_words(t, row->id, row->gender));
    labelled(t, MSG("Where it stands:"), articles(t, row));
    for (unsigned i = 0; i < row->n_corrections; i++) {
        const struct pack_correction *c = &row->corrections[i];
        report_source(t->report,
                      tr_f(t->arena, t->lang, MSG("Printed: {0}. Read as: {1}. {2}"),
                           c->printed == NULL ? "–" : c->printed,
                           tool_words(t, row->id, c->read), tool_words(t, row->id, c->why), NULL));
    }
}

enum err tool_read(struct tool_report *t, struct err_info *e)
{
    enum err err = t->tool->kind == PACK_KIND_DECISION_FLOW ? tool_decision(t, e) : ERR_NONE;
    if (err != ERR_NONE) {
        return err;
    }
    for (unsigned s = 0; s < t->tool->n_sections || s == 0; s++) {
        const struct pack_section *section = t->tool->n_sections == 0 ? NULL : &t->tool->sections[s];
        tool_section_head(t, section);
        for (unsigned i = 0; i < t->tool->n_rows; i++) {
            if (tool_in_section(&t->tool->rows[i], section)) {
                row_of(t, &t->tool->rows[i]);
            }
        }
    }
    return ERR_NONE;
}
