// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_trip_web.h: a round of a tool as a workbook that is edited in a spreadsheet and comes back: what
// stands in it, and reading it again. Not for other nouns.

#ifndef ASSESSMENT_ASSESSMENT_TRIP_WEB_H
#define ASSESSMENT_ASSESSMENT_TRIP_WEB_H

#include "assessment/assessment_cells.h"
#include "assessment/assessment_matrix_web.h"
#include "format/sheet/sheet.h"

// One line of the workbook: a cell (assessment_cells.h) and its texts.
struct trip_line {
    const char *at; // "row 12" of the file, for messages; "" when it is made here
    struct cell cell;
    const char *texts[CELL_TEXTS]; // values as level ids
};
struct trip {
    struct trip_line *lines;
    size_t n;
    struct trip_fault { // lines that cannot be taken
        const char *at;
        const char *why; // translated
    } *faults;
    size_t n_faults;
};

// Columns of the workbook, in their order; the heading is what is looked for when it comes back, so it
// is not translated.
enum trip_column {
    TRIP_ROW,
    TRIP_QUESTION, // for the reader; not read again
    TRIP_WHO,      // stakeholder or group, by id
    TRIP_NAME,     // its name, for the reader; read again where no id stands
    TRIP_YEAR,
    TRIP_ANSWER,
    TRIP_TEXTS, // the texts after the value, one column each
    TRIP_COLUMNS = TRIP_TEXTS + CELL_TEXTS - 1
};

// m: the tool with its answers, and the columns of a matrix; other tools have none.
//
// Every row that is asked, with its answers in `round` (NULL: none): a line for each body or group that a matrix asks
// it of, for each year that a profile knows, else one.
void trip_of(struct req *r, const struct matrix *m, const struct assessment_round *round,
             struct trip *out);
// The workbook of it.
void trip_sheet(struct req *r, const struct matrix *m, const struct trip *trip, struct sheet *out);
// Reads a workbook back. ERR_INPUT when it is none, or has no column "row"; what is wrong with single
// lines is in out->faults.
MUST_CHECK enum err trip_read(struct req *r, const struct matrix *m, const char *bytes,
                              size_t len, struct trip *out, struct err_info *e);

#endif
