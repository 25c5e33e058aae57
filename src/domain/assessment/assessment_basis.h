// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_basis.h: answers that a risk was taken over for, as the risk keeps them; and the way back, from
// an answer to the risks it led to.
//
// The field `basis` of a risk holds a line for each answer: "NE:2.6-Q5/irregular=no ROUND why". ROUND is the
// id of the round the answer was given in. docs/risks.md says what follows from it.

#ifndef ASSESSMENT_ASSESSMENT_BASIS_H
#define ASSESSMENT_ASSESSMENT_BASIS_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

struct db_read;
struct identity;

struct basis_ground {
    const char *country;
    const char *row;    // the question
    const char *column; // of a matrix: code of the group or id of the stakeholder; else ""
    const char *value;  // what was answered
    const char *round;  // id of the assessment; "" when it is not known
    const char *why;    // it suggests the risk, in the words of that day; may be ""
};

// "NE:2.6-Q5/irregular=no": what is known of an answer without its round and reason.
const char *basis_mark(struct arena *a, const struct basis_ground *g);
// The line of a ground, without an end of line.
const char *basis_line(struct arena *a, const struct basis_ground *g);
// The grounds of a text of such lines, in its order; what is no such line is left out.
struct basis_ground *basis_grounds(struct arena *a, const char *basis, size_t *n);

// A risk that was taken over because of an answer about the country.
struct basis_risk {
    const char *number; // of the programme
    const char *id;
    const char *row; // of the table of risks, or ""
    const char *statement;
    struct basis_ground ground;
};
struct basis_risks {
    struct basis_risk *items; // a risk stands once for each answer; by programme, then by age
    size_t n;
};
// All about a country in programmes that the person may read. One statement.
MUST_CHECK enum err basis_risks_load(struct db_read *db, struct arena *a,
                                     const struct identity *who, const char *country,
                                     struct basis_risks *out, struct err_info *e);
// Those of one question; column NULL: of all columns, each risk once.
struct basis_risks basis_risks_of(struct arena *a, const struct basis_risks *all, const char *row,
                                  const char *column);

#endif
