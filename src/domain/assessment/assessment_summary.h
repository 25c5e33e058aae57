// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_summary.h: the newest round of a tool in a programme, with evidence and actions, as the
// report and the page that shows all questions need it.

#ifndef ASSESSMENT_ASSESSMENT_SUMMARY_H
#define ASSESSMENT_ASSESSMENT_SUMMARY_H

#include "assessment/assessment.h"

struct db_read;

struct assessment_summary_action {
    const char *what;
    const char *owner;  // name, or NULL
    const char *due_on; // YYYY-MM-DD, or ""
    const char *state;  // open, done, dropped
};
struct assessment_summary_row {
    const struct pack_row *row;
    const char *value; // yes, part, no, na; "" when not answered
    const char *how;   // "" when nothing was written
    const char **evidence; // titles
    size_t n_evidence;
    struct assessment_summary_action *actions;
    size_t n_actions;
};
struct assessment_summary {
    const struct pack_tool *tool;    // NULL when no pack has it, or it has no scale for answers
    const struct record *assessment; // NULL when it was never begun
    const char *touched_at;          // last change, ISO 8601 UTC; "" when never begun
    const char *assigned;            // name of who fills it in, or NULL
    struct assessment_progress progress; // unanswered: of - answered
    struct assessment_summary_row *rows; // all rows of the tool, in its order
    size_t n_rows;
};

// Five statements, however much there is. A tool that is not begun gives its rows without answers.
MUST_CHECK enum err assessment_summary_load(struct db_read *db, struct arena *a,
                                            const char *programme_id, const char *tool_id,
                                            struct assessment_summary *out, struct err_info *e);

// Evidence and actions beside the answers of one round, to be told apart by answer.
struct assessment_beside;
// programme_id: of what the round is about; NULL or "": a country. Three statements.
MUST_CHECK enum err assessment_beside_load(struct db_read *db, struct arena *a, const char *programme_id,
                                           const char *round_id, struct assessment_beside **out,
                                           struct err_info *e);
// Fills evidence and actions of row with those of one answer.
void assessment_beside_of(struct arena *a, const struct assessment_beside *all, const char *answer_id,
                          struct assessment_summary_row *row);

#endif
