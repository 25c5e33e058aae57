// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_matrix.h: tools that rate several bodies or groups at once: columns, cells, progress,
// disparities.
//
// A matrix (kind rating-matrix) asks the same rows of each column. A column is a stakeholder of the
// country or a group of people that the tool names. An answer of a matrix holds the row and the column;
// rows that are asked once (a profile, a reason for a disparity) have neither stakeholder nor group.
// Nothing here reads the database. The rules are written out in docs/assessment.md.

#ifndef ASSESSMENT_ASSESSMENT_MATRIX_H
#define ASSESSMENT_ASSESSMENT_MATRIX_H

#include "assessment/assessment.h"
#include "base/msg.h"

// ---- columns ------------------------------------------------------------------------------------

struct matrix_column {
    const char *key;            // in addresses and forms: "g-women", "s-01kb..."
    const char *stakeholder_id; // "" for a group of the tool
    const char *group_code;     // "" for a stakeholder
    const char *name;           // as people read it
    const char *meaning;        // or NULL
    bool added;                 // a group that the printed tool forgot
    bool switched_off;          // a stakeholder that is no longer looked at; it was rated
};

// A matrix: a rating-matrix about a country.
bool assessment_is_matrix(const struct pack_tool *tool);
// The columns of a tool in a country. stakeholders: all of the country, by name, also those switched
// off. Groups of the tool come first, in its order; then the stakeholders that belong to the tool (one
// with groups: groups of people; one with stakeholders: duty-bearers) and are looked at; then those
// that have an answer among these although they no longer belong.
struct matrix_column *matrix_columns(struct arena *a, const struct pack_tool *tool,
                                     const struct lang *lang, struct record *const *stakeholders,
                                     size_t n_stakeholders,
                                     const struct assessment_answer *answers, size_t n_answers,
                                     size_t *n);
// The column with this key; NULL when there is none.
const struct matrix_column *matrix_column(const struct matrix_column *columns, size_t n,
                                          const char *key);
// The answer in a cell. column NULL: of a row that is asked once. NULL when it is not answered.
const struct assessment_answer *matrix_answer(const struct assessment_answer *answers, size_t n,
                                              const char *row, const struct matrix_column *column);

// ---- rows ---------------------------------------------------------------------------------------

enum matrix_row {
    MATRIX_NOT_ASKED,
    MATRIX_RATED, // a level for each column: a rating, or yes and no
    MATRIX_WORDS, // words for each column: barriers
    MATRIX_SOME,  // words for those columns that matter most
    MATRIX_ONCE,  // words, asked once: a field of a profile
    MATRIX_WHY,   // words, asked once when the columns differ much: the reason
    MATRIX_LIST   // the columns themselves
};
enum matrix_row matrix_row_of(const struct pack_tool *tool, const struct pack_row *row);
// Has each column a cell in this row?
bool matrix_row_has_cells(enum matrix_row what);

// ---- disparities --------------------------------------------------------------------------------

// From two steps between the best and the worst level the ratings differ much: one step may be a
// matter of who rates, two are not. A scale with two levels (yes, no) has one step only, and that one
// counts.
#define MATRIX_DISPARITY_STEPS 2
struct matrix_disparity {
    const struct pack_row *row;
    int steps;    // between best and worst; 0 when fewer than two columns are rated
    bool is_much; // the reason is asked
    const struct pack_level *best, *worst;     // NULL when no column is rated
    const struct matrix_column **best_columns; // those with the best level
    size_t n_best;
    const struct matrix_column **worst_columns;
    size_t n_worst;
    const struct pack_row *asked; // the row that asks for the reason; NULL: it stands in the cells
    const char *reason;           // what was written there; "" without
    bool is_explained; // the row is answered; without one: each of the worst has a reason of its own
};
void matrix_disparity_of(struct arena *a, const struct pack_tool *tool, const struct pack_row *row,
                         const struct matrix_column *columns, size_t n_columns,
                         const struct assessment_answer *answers, size_t n_answers,
                         struct matrix_disparity *out);
// Steps between the best and the worst of these levels on the scale; 0 for fewer than two. Texts that
// are no level of the scale are passed over.
int matrix_steps(const struct pack_scale *scale, const char *const *values, size_t n);
bool matrix_is_much(const struct pack_scale *scale, int steps);
// The shade of a level, 1 (palest, lowest level) to 5 (darkest, best); 0: no level of the scale.
int matrix_shade(const struct pack_scale *scale, const char *value);

// ---- progress -----------------------------------------------------------------------------------

// Cells that are answered, of all that are asked: rated rows and barriers once for each column; rows
// for those that matter most, fields and the list once; a reason once where there is a disparity.
// Only `of` and `answered` are filled.
struct assessment_progress matrix_progress(const struct pack_tool *tool,
                                           const struct matrix_column *columns, size_t n_columns,
                                           const struct assessment_answer *answers,
                                           size_t n_answers);
// Of one column: its rated rows and barriers.
struct assessment_progress matrix_progress_of_column(const struct pack_tool *tool,
                                                     const struct matrix_column *column,
                                                     const struct assessment_answer *answers,
                                                     size_t n_answers);
// Of one row over all columns.
struct assessment_progress matrix_progress_of_row(const struct pack_tool *tool,
                                                  const struct pack_row *row,
                                                  const struct matrix_column *columns,
                                                  size_t n_columns,
                                                  const struct assessment_answer *answers,
                                                  size_t n_answers);
// For lists of tools: the same, from the stakeholders of the country (all of them, in any order).
struct assessment_progress assessment_matrix_progress(struct arena *a,
                                                      const struct pack_tool *tool,
                                                      struct record *const *stakeholders,
                                                      size_t n_stakeholders,
                                                      const struct assessment_answer *answers,
                                                      size_t n_answers);

// ---- rounds -------------------------------------------------------------------------------------

// Cells whose value in the newer round is another one; cells the newer round has not answered (yet) do
// not count.
size_t matrix_changes(const struct assessment_answer *before, size_t n_before,
                      const struct assessment_answer *after, size_t n_after);
// The same cell of another round.
const struct assessment_answer *matrix_same_cell(const struct assessment_answer *answers, size_t n,
                                                 const struct assessment_answer *cell);

#endif
