// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_law.h: gaps that a table of questions about the law (tool 2.3) shows. Pure.
//
// A row says itself which answer is a gap (assessment_gap_of); "in part" is a gap in part. Which risks a
// gap suggests is said by the risks (suggested_by of a risk table).

#ifndef ASSESSMENT_ASSESSMENT_LAW_H
#define ASSESSMENT_ASSESSMENT_LAW_H

#include "assessment/assessment.h"

struct law_gap {
    const struct pack_row *row;
    const struct assessment_answer *answer;
    enum assessment_gap gap;
    size_t part; // section of the tool
    const char *root; // the row of the Toolkit, also where this is one of a copy
};
struct law_gaps {
    struct law_gap *items; // in the order of the tool
    size_t n;
    size_t n_whole;
    size_t n_in_part;
    size_t n_open; // rows that could be a gap and are not answered
};
struct law_gaps law_gaps_of(struct arena *a, const struct pack_tool *tool,
                            const struct assessment_answer *answers, size_t n);

// A risk that this answer to this row suggests.
struct law_risk {
    const struct pack_tool *tool;
    const struct pack_row *row;
    const char *why; // English text of the pack, context the id of the risk row
};
// row: of the Toolkit. Risks in copies of tables are those of the original and left out.
struct law_risk *law_risks_of(struct arena *a, const char *row, const char *answer, size_t *n);

// Answers to the rows below a row (its cases). n == 0: it has none.
struct law_cases {
    int n, yes, part, no, na, open;
};
struct law_cases law_cases_of(const struct pack_tool *tool, const struct pack_row *row,
                              const struct assessment_answer *answers, size_t n);

#endif
