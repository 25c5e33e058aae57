// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_rounds.h: rounds of tools with their answers, as pages, checks and the report load them.

#ifndef ASSESSMENT_ASSESSMENT_ROUNDS_H
#define ASSESSMENT_ASSESSMENT_ROUNDS_H

#include "assessment/assessment.h"

struct db_read;
struct store_tx;

struct assessment_round {
    const struct record *record;
    const struct assessment_answer *answers; // by row
    size_t n_answers;
    const char *touched_at; // last change of the round or of an answer, ISO 8601 UTC
};
struct assessment_rounds {
    struct assessment_round *items; // newest first
    size_t n;
};

// What a round is about: one of the three. All NULL: everything.
struct assessment_subject {
    const char *programme_id;
    const char *country;
    const char *publication_id;
};
// Rounds of one subject and tool; subject NULL: of all subjects, tool NULL: of all tools. Two
// statements.
MUST_CHECK enum err assessment_rounds_load(struct db_read *db, struct arena *a,
                                           const struct assessment_subject *of, const char *tool,
                                           struct assessment_rounds *out, struct err_info *e);
// The newest round of this tool about this subject; NULL when it was never begun.
const struct assessment_round *assessment_newest(const struct assessment_rounds *rounds,
                                                 const struct assessment_subject *of,
                                                 const char *tool);
// What counts as planned: the newest approved round of the tool of the plan that asks the same questions
// (assessment_planned_in) or of a copy of it, else the newest. NULL: there is no such tool, or none was begun. Two
// statements for the tool and each copy, none for a tool that shares nothing.
MUST_CHECK enum err assessment_planned_load(struct db_read *db, struct arena *a,
                                            const struct assessment_subject *of,
                                            const struct pack_tool *tool,
                                            const struct assessment_round **out,
                                            struct err_info *e);
// Begins a round of a tool, as a draft, for one programme, country or publication.
MUST_CHECK enum err assessment_begin(struct store_tx *tx, struct arena *a,
                                     const struct assessment_subject *of,
                                     const struct pack_tool *tool, struct record **out,
                                     struct err_info *e);
// Gives a new round about a country the answers of the one before: what is true of a country does not end with a
// round, and gaps and the risks they suggest stay until an answer is changed. A plan or a publication is looked at
// anew. Ids of both rounds.
MUST_CHECK enum err assessment_carry(struct store_tx *tx, struct arena *a, const char *from, const char *to,
                                     struct err_info *e);

#endif
