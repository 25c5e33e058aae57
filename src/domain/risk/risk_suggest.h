// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_suggest.h: risks that the answers of the situation analysis suggest, for pages and the report.
//
// Rows of the tables of risks name the answers of tools 2.3, 2.4 and 2.6 that point to them
// (suggested_by in the pack). Which answer suggests which risk, and why, is our reading; docs/risks.md.

#ifndef RISK_RISK_SUGGEST_H
#define RISK_RISK_SUGGEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/model.h"
#include "pack/pack.h"

struct db_read;

// An answer of the newest round of a tool about a country.
struct risk_answer {
    const char *country;
    const char *tool;
    const char *round;  // id of the assessment
    const char *row;    // the question
    const char *root;   // of a copy: the row of the Toolkit it comes from; else NULL
    const char *column; // of a matrix: code of the group or id of the stakeholder; else ""
    const char *column_name; // name of the stakeholder; "" for groups
    const char *value;
};
// Why a risk is suggested.
struct risk_ground {
    const struct pack_link *link; // the answer asked for, and why it suggests the risk
    const struct risk_answer *answer;
};
struct risk_suggestion {
    const struct pack_tool *tool;
    const struct pack_row *row;
    struct risk_ground *grounds; // in the order of the pack, then of the answers
    size_t n_grounds;
    const char *basis; // the grounds in a form that can be kept and compared: "NE:2.3-Q11=no ..."
    const struct record *declined; // NULL: open. Set: somebody said why it does not apply
    bool again; // it was declined once, and an answer changed since
};
struct risk_suggestions {
    struct risk_suggestion *items; // not in the register yet; in the order of the tables
    size_t n;
    size_t n_open; // of these neither declined nor taken
};

// Does an answer suggest what the link asks for? The row of a link may be a line for a group
// (2.6-Q5-G5): then the answer stands under its question, in the column of the group.
bool risk_answer_fits(const struct pack_link *link, const struct risk_answer *answer);
// The grounds as a risk keeps them when it is taken over (assessment_basis.h). The reasons are kept in the
// English of the pack, so that each reader sees them in their language.
const char *risk_basis_of(struct arena *a, const struct risk_suggestion *s);
// The tool of a question. Ids of rows begin with the id of their tool, in which there may be a dash: 2.3-Q11,
// office-2.3-Q11. NULL: no pack has it.
const struct pack_tool *risk_ground_tool(struct arena *a, const char *row);
// An answer to a question in words; the value itself when the tool (or NULL) does not know it.
const char *risk_ground_answer(const struct lang *lang, const struct pack_tool *tool, const char *row_id,
                               const char *value);
// The field `basis` of a risk, and of a suggestion that was put aside, as people read it in histories and
// tables: "Namibia, 2.3-Q11: No", a line for each.
const char *risk_basis_words(struct arena *a, const struct lang *lang, const char *basis);
const char *risk_dismissal_words(struct arena *a, const struct lang *lang, const char *marks);
// The suggestion of a row; NULL: it is not suggested.
const struct risk_suggestion *risk_suggestion_of(const struct risk_suggestions *all, const char *row);
// The rule alone: tables in the order in which they are wanted; risks and dismissals of the programme.
void risk_suggest(struct arena *a, const struct pack_tool *const *tables, size_t n_tables,
                  const struct risk_answer *answers, size_t n_answers,
                  struct record *const *risks, size_t n_risks, struct record *const *dismissals,
                  size_t n_dismissals, struct risk_suggestions *out);
// Answers of the newest rounds about these countries (" NA NE "), of the tools whose answers suggest risks. One
// statement.
MUST_CHECK enum err risk_answers_load(struct db_read *db, struct arena *a, const char *countries,
                                      struct risk_answer **out, size_t *n, struct err_info *e);
// Two statements, however many countries there are; risks are those of the programme, loaded already.
MUST_CHECK enum err risk_suggestions_load(struct db_read *db, struct arena *a,
                                          const struct record *programme,
                                          struct record *const *risks, size_t n_risks,
                                          struct risk_suggestions *out, struct err_info *e);

#endif
