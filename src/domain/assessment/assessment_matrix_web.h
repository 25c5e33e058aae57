// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_matrix_web.h: what the pages of matrices share. Not for other nouns.

#ifndef ASSESSMENT_ASSESSMENT_MATRIX_WEB_H
#define ASSESSMENT_ASSESSMENT_MATRIX_WEB_H

#include "assessment/assessment_matrix.h"
#include "assessment/assessment_web.h"

// The tool of the path with its rounds, its columns, and the round that is shown.
struct matrix {
    struct checklist c;
    struct matrix_column *columns;
    size_t n_columns;
    const struct assessment_round *round; // NULL: never begun
    const struct assessment_answer *answers;
    size_t n_answers;
    const struct assessment_round *beside; // what it is compared with: the newest with an old one, the
                                           // one before with the newest; NULL: there is none
};
// The newest round. ERR_NOT_FOUND when the tool is no matrix.
MUST_CHECK enum err matrix_load(struct req *r, struct db_read *db, struct matrix *out,
                                struct err_info *e);
// Shows another round, with the columns it has.
MUST_CHECK enum err matrix_show_round(struct req *r, struct db_read *db, struct matrix *m,
                                      const struct assessment_round *round, struct err_info *e);

// ---- addresses ----------------------------------------------------------------------------------

// What is filled in on one page: a column, a row over all columns, or all that is asked once.
#define MATRIX_REST "rest"
const char *matrix_fill_address(struct req *r, const struct pack_tool *tool, const char *section);
const char *matrix_cell_address(struct req *r, const struct pack_tool *tool, const char *row,
                                const struct matrix_column *column);
const char *matrix_column_address(struct req *r, const struct pack_tool *tool,
                                  const struct matrix_column *column);
// The section to go on with after `from` (NULL: from the beginning): onwards to the next one that is not done,
// rows after rows, columns after columns; then what is asked once; then an earlier one that misses a rating
// (words may stay empty). NULL: there is none, so the overview.
const char *matrix_next_section(const struct matrix *m, const char *from,
                                const struct assessment_answer *answers, size_t n_answers);
bool matrix_has_rest(const struct matrix *m);
bool matrix_may_fill(struct req *r, const struct matrix *m);

// ---- words --------------------------------------------------------------------------------------

// A few words for a row: the title of its scale, else its text.
const char *matrix_row_title(struct req *r, const struct pack_tool *tool,
                             const struct pack_row *row);
// What the columns are called: "Institutions" is the title of the tool; this is one of them.
const char *matrix_gap_words(struct req *r, const struct matrix *m,
                             const struct matrix_disparity *gap);

// One level of a scale, as legends and forms show it.
struct matrix_level {
    const char *id, *words, *meaning; // meaning: NULL when the tool says none
    int shade;
};
struct matrix_level *matrix_levels(struct req *r, const struct pack_tool *tool,
                                   const struct pack_row *row, size_t *n);

// One cell as it is shown.
struct matrix_cell {
    const char *words;   // level, or "Not rated"
    const char *look;    // class of its colour; "meta" when it is not rated
    const char *why;     // reason, cut short; NULL: none
    const char *address; // of its page
    const char *other;   // "was Low", "now Low"; NULL: the same
};
struct matrix_cell matrix_cell_of(struct req *r, const struct matrix *m, const struct pack_row *row,
                                  const struct matrix_column *column);

// The side of all pages of a matrix; progress and earlier rounds are those of a matrix.
void matrix_side_make(struct req *r, const struct matrix *m, struct checklist_side *out);

// ---- pages --------------------------------------------------------------------------------------

MUST_CHECK enum err matrix_show(struct req *r, struct reply *p, const struct matrix *m,
                                struct err_info *e);
handler matrix_get, matrix_post, matrix_row_get, matrix_round_get;

#endif
