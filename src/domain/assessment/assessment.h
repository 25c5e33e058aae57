// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment.h: tools filled in: assessments and their answers.
//
// One assessment is one round: a tool answered once for its subject: a programme, a country or a
// publication. The newest round of a subject and tool is the one in work; older ones stay readable. Loading is in assessment_rounds.h, what the
// report needs in assessment_summary.h.

#ifndef ASSESSMENT_ASSESSMENT_H
#define ASSESSMENT_ASSESSMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/model.h"
#include "pack/pack.h"

extern const struct entity entity_assessment;
extern const struct entity entity_answer;

// Rules over several fields of one record.
enum err assessment_check(const struct record *r, struct err_info *e);
// The row must exist in a pack; its value must be a level of the scale it is rated on.
enum err answer_check(const struct record *r, struct err_info *e);

// One answer as the pages and the report use it. Texts are "" when nothing was written.
struct assessment_answer {
    const char *id;
    const char *assessment_id;
    const char *row;        // id of the row of the tool
    const char *stakeholder_id; // column of a matrix: one of the two, or neither
    const char *group_code;
    int year;               // of a value of a profile; 0: none
    const char *value;      // a level of the scale of the row, a figure, or words
    const char *how;
    const char *provision;
    const char *link;
    const char *missing;
    const char *source;
    const char *female;
    const char *male;
    const char *changed_at; // ISO 8601 UTC
};

// ---- which tools, which parts -------------------------------------------------------------------

// The tool with this id when it fits, else NULL.
const struct pack_tool *assessment_tool(const char *id);
// Rows that are answered; the others are there to be read.
bool assessment_is_asked(const struct pack_row *row);
// Answered with a level of a scale; the others with words or figures.
bool assessment_is_rated(const struct pack_tool *tool, const struct pack_row *row);
// Is this answer a gap in the law? Only where the row says so; "in part" is a gap in part.
enum assessment_gap { ASSESSMENT_NO_GAP, ASSESSMENT_GAP_IN_PART, ASSESSMENT_GAP };
enum assessment_gap assessment_gap_of(const struct pack_tool *tool, const struct pack_row *row,
                                      const char *value);
// Parts of a tool: its sections; a tool without sections is one part.
size_t assessment_n_parts(const struct pack_tool *tool);
bool assessment_in_part(const struct pack_tool *tool, size_t part, const struct pack_row *row);

// ---- counting -----------------------------------------------------------------------------------

// Every row that is asked counts once, however many columns or years it was answered for. Answers to
// rows that the tool does not have (any more) count nowhere. yes, part, no and na are levels of the
// usual scale; on it yes + part + no + na = answered.
struct assessment_progress {
    int of;
    int answered;
    int yes, part, no, na;
};
// Of one part, or of the whole tool when part is ASSESSMENT_WHOLE.
#define ASSESSMENT_WHOLE ((size_t)-1)
struct assessment_progress assessment_progress_of(const struct pack_tool *tool, size_t part,
                                                  const struct assessment_answer *answers,
                                                  size_t n);
// Rows that are asked and have this answer.
int assessment_count_of(const struct pack_tool *tool, const struct assessment_answer *answers,
                        size_t n, const char *value);
// The first part with a question that is not answered, looking from `from` on and then from the
// beginning; `from` when all are answered. from may be one past the last part.
size_t assessment_next_part(const struct pack_tool *tool, size_t from,
                            const struct assessment_answer *answers, size_t n);
// The answer to a row; NULL when there is none.
const struct assessment_answer *assessment_answer_of(const struct assessment_answer *answers,
                                                     size_t n, const char *row);

// A row whose answer was another one before. before: a value, or "" when it was not answered.
struct assessment_change {
    const struct pack_row *row;
    const char *before, *after;
    const char *how_before, *how_after;
};
// Rows whose value in the newer round differs, in the order of the tool. Words alone do not count, and
// neither do rows the newer round has not answered (yet).
struct assessment_change *assessment_changes(struct arena *a, const struct pack_tool *tool,
                                             const struct assessment_answer *before,
                                             size_t n_before,
                                             const struct assessment_answer *after,
                                             size_t n_after, size_t *n);

// The tool of the plan whose questions this one asks again (`same_as` of its rows), about the same kind of
// subject: 3.1 for 4.1 and its copies. NULL: none.
const struct pack_tool *assessment_planned_in(const struct pack_tool *tool);
// What was answered to the same question when it was planned, in a round of that tool or of a copy; NULL: nothing, or
// the row shares with none.
struct assessment_round; // assessment_rounds.h
const struct assessment_answer *assessment_planned_answer(const struct pack_tool *tool,
                                                          const struct pack_row *row,
                                                          const struct assessment_round *planned);
// Rows that are answered otherwise than when it was planned, in the order of the tool. Only rows answered both
// times count, and only their values. before: as planned.
struct assessment_change *assessment_planned_changes(struct arena *a, const struct pack_tool *tool,
                                                     const struct assessment_round *planned,
                                                     const struct assessment_answer *now,
                                                     size_t n_now, size_t *n);

// ---- states -------------------------------------------------------------------------------------

// Draft and returned ones can be changed.
bool assessment_may_edit(const char *state);
// draft, returned -> submitted -> approved or returned.
bool assessment_may_move(const char *from, const char *to);
// Another round begins only after an approved one.
bool assessment_may_begin(const char *newest_state);
// Catalogue key of a state; "Not started" for "".
const char *assessment_state_label(const char *state);
const char *assessment_state_look(const char *state); // as in html_state
// English word of an answer: the title of its level; the value itself when it is no level;
// "Not answered" for "".
const char *assessment_answer_label(const struct pack_tool *tool, const struct pack_row *row,
                                    const char *value);

// ---- age ----------------------------------------------------------------------------------------

#define ASSESSMENT_DRAFT_DAYS 90   // a draft that nobody touched for so long is forgotten
#define ASSESSMENT_VALID_MONTHS 14 // a year, and two months to answer again

// Whole months from one date (YYYY-MM-DD) to a later one: 15 Jan to 14 Mar is 1.
int assessment_months_between(const char *from, const char *to);

// ---- two people at once -------------------------------------------------------------------------

// A short mark of what the texts of an answer say, to see whether it was changed since a person read it.
// Not for secrets.
const char *assessment_mark(struct arena *a, const char *const *texts, size_t n);

#endif
