// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_cells.h: answers as a form holds them: reading what was posted, and saving it.
//
// A cell is what one answer answers: a row, and in a matrix a stakeholder or group, in a profile a year.
// Each cell is sent with a mark of what it was when the person read it ("NAME-was"), so that what was not
// touched is left alone and what two people changed is seen. Used by the pages of checklists, matrices
// and profiles. Not for other nouns.

#ifndef ASSESSMENT_ASSESSMENT_CELLS_H
#define ASSESSMENT_ASSESSMENT_CELLS_H

#include "assessment/assessment_web.h"

// The texts of an answer, in the order of the form. Their names in the form are NAME and what stands
// behind: "2.3-Q01", "2.3-Q01-how", "2.3-Q01-provision".
enum cell_text {
    CELL_VALUE,
    CELL_HOW,
    CELL_PROVISION,
    CELL_LINK,
    CELL_MISSING,
    CELL_SOURCE,
    CELL_FEMALE,
    CELL_MALE,
    CELL_TEXTS
};

struct cell {
    const struct pack_row *row;
    const char *stakeholder_id; // "" without
    const char *group_code;     // "" without
    int year;                   // 0 without
    const char *name;           // begins the names of its fields; no other cell of the form has it
    const char *label;          // names it in an error: "2.3-Q01", "2.4-R1, Border police"
    const struct assessment_answer *before; // NULL: not answered
};
// The answer of this cell among the answers of a round.
const struct assessment_answer *cell_answer(const struct assessment_answer *answers, size_t n,
                                            const struct cell *cell);
const char *cell_field(struct req *r, const struct cell *cell, enum cell_text text); // form name
const char *cell_column(enum cell_text text);                    // field of the answer
const char *cell_said(const struct assessment_answer *answer, enum cell_text text);  // "" if none
// Does the tool ask for this text beside the answers? Always true for the value and "how".
bool cell_asks(const struct pack_tool *tool, enum cell_text text);
const char *cell_label(enum cell_text text); // catalogue key
// What the form shows: what was typed, else what is kept.
const char *cell_shown(struct req *r, const struct cell *cell, enum cell_text text);
// The mark for the form: still what the person read when the form comes back with an error.
const char *cell_mark(struct req *r, const struct cell *cell);
// What is wrong with the cell, as the form says it; NULL: nothing.
const char *cell_error(struct req *r, const struct cell *cell, enum cell_text text);

enum cell_what { CELL_LEAVE, CELL_SAVE, CELL_CLEAR };
struct posted_cell {
    const struct cell *cell;
    const char *texts[CELL_TEXTS]; // as they will be kept
    enum cell_what what;
    const char *as; // name of the cell from now on: a new year of a profile that is saved; or NULL
};
struct posted_cells {
    struct posted_cell *items;
    size_t n;
    size_t n_changed;
    struct err_info *errors;
    size_t n_errors;
};
// Reads the cells that were on the page. Errors are in `out`, those about evidence that would hang on
// nothing, and about a name that belongs to none of the cells. db: of the transaction that saves.
MUST_CHECK enum err cells_read(struct req *r, struct db_read *db, const struct checklist *c,
                               const struct cell *cells, size_t n, struct posted_cells *out,
                               struct err_info *e);
// Was this sent in the background while the person goes on typing (go=keep)? Then what is right is saved, what
// is wrong is told beside its field, and the page stays: the reply is cells_kept.
bool cells_keep(const struct req *r);
// Leaves this cell as it is after all.
void cells_leave(struct posted_cells *p, struct posted_cell *cell);
// Does the cell say what this answer says? NULL: no answer.
bool cells_same(struct req *r, const struct posted_cell *cell, const struct assessment_answer *answer);
// Reply to go=keep: the new marks, so that the next saving is no conflict with this one, and all errors.
MUST_CHECK enum err cells_kept(struct req *r, struct reply *p, const struct posted_cells *f,
                               struct err_info *e);
// ERR_INPUT with all errors in the form, when there are any; ERR_NONE always for go=keep.
MUST_CHECK enum err cells_errors(struct req *r, const struct posted_cells *p, struct err_info *e);
// Saves what changed into the newest round, or begins one. *version is that of the last change.
MUST_CHECK enum err cells_save(struct store_tx *tx, struct req *r, const struct checklist *c,
                               const struct posted_cells *p, const char **version,
                               struct err_info *e);
// The answers as they are after saving, for what comes next.
const struct assessment_answer *cells_after(struct req *r, const struct checklist *c,
                                            const struct posted_cells *p, size_t *n);
// Why, for the history: which of these answers were taken away; NULL: none.
const char *cells_reason(struct req *r, const struct cell *cells, size_t n);
// ERR_CONFLICT when the newest round was submitted already.
MUST_CHECK enum err cells_may_change(const struct checklist *c, struct err_info *e);

#endif
