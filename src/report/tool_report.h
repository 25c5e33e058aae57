// SPDX-License-Identifier: AGPL-3.0-or-later
//
// tool_report.h: a tool of a pack as a report: filled in for its subject, or blank as the paper form.
//
// Tools that are filled in (checklists, questions, profiles, matrices, risks, indicators, treaties,
// decisions) print what is known and room for what is not; tools that are read print their text.

#ifndef REPORT_TOOL_REPORT_H
#define REPORT_TOOL_REPORT_H

#include "assessment/assessment_rounds.h"
#include "base/msg.h"
#include "pack/pack.h"
#include "report/tree.h"

struct db_read;

struct tool_report {
    struct arena *arena;
    struct db_read *db; // NULL: blank
    const struct lang *lang;
    const struct pack_tool *tool;
    bool blank;
    const char *subject;          // "GLOT59", "Kenya", "FILM1"; NULL: blank
    struct assessment_subject of; // all NULL: blank
    const struct record *record;  // programme, publication or decision; NULL: blank or a country
    const char *round_id;         // an earlier round; NULL or "": the newest
    const struct assessment_round *round; // that one, or NULL
    bool is_earlier;
    struct report *report;
};

// Finds what a code means for this tool: a programme, a country code, PROGRAMME/PUBLICATION, or the id of
// a decision; fills subject, of, record and *programme_id (whose rights count; NULL: organisation or
// country). ERR_NOT_FOUND when there is none.
MUST_CHECK enum err tool_report_subject(struct tool_report *t, const char *code,
                                        const char **programme_id, struct err_info *e);
// Makes the tree. t needs arena, lang and tool; db and a subject unless it is blank. Loading is a fixed
// number of statements for each kind of tool.
MUST_CHECK enum err tool_report_make(struct tool_report *t, struct report **out,
                                     struct err_info *e);

// ---- the kinds (tool_*.c) -----------------------------------------------------------------------
enum err tool_asked(struct tool_report *t, struct err_info *e);   // checklist, questions, profile
enum err tool_matrix(struct tool_report *t, struct err_info *e);
enum err tool_risks(struct tool_report *t, struct err_info *e);
enum err tool_indicators(struct tool_report *t, struct err_info *e);
enum err tool_treaties(struct tool_report *t, struct err_info *e);
enum err tool_arguments(struct tool_report *t, struct err_info *e);
enum err tool_read(struct tool_report *t, struct err_info *e);    // what is read, and decisions
enum err tool_decision(struct tool_report *t, struct err_info *e); // the answers of a due diligence

// ---- small helps --------------------------------------------------------------------------------
const char *tool_words(const struct tool_report *t, const char *context, const char *english);
// A table with these headings (translated here); the caption is that of the section or NULL.
struct report_table *tool_table(struct tool_report *t, const char *caption,
                                const char *const *headings, int n);
// "☐ Yes  ☐ In part  ☐ No", with the chosen one ticked; value NULL or "": none.
const char *tool_boxes(struct tool_report *t, const struct pack_scale *scale, const char *value);
// Room to write on blank paper; "" when filled in.
const char *tool_room(const struct tool_report *t);
// "3.1-Q01 Do we know ...?"
const char *tool_row_text(struct tool_report *t, const struct pack_row *row);
// Heading of a section with its help; nothing for a tool without sections.
void tool_section_head(struct tool_report *t, const struct pack_section *section);
bool tool_in_section(const struct pack_row *row, const struct pack_section *section);

#endif
