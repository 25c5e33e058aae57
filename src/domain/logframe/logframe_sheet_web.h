// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_sheet_web.h: the logframe as a spreadsheet that comes back: what would change, and saving it. Not
// for other nouns. Rules: docs/logframe.md.

#ifndef LOGFRAME_LOGFRAME_SHEET_WEB_H
#define LOGFRAME_LOGFRAME_SHEET_WEB_H

#include "format/sheet/sheet.h"
#include "http/http.h"
#include "logframe/logframe_table.h"

// Columns in their order; the heading is what is looked for when the file comes back, so it is not
// translated. Behind them one for each day of a target: "target 2026-12-31".
struct logframe_column {
    const char *head;
    bool of_indicator; // else of the result
    const char *field;
};
#define LOGFRAME_COLUMNS 16
#define LOGFRAME_COLUMN_RESULT 0
#define LOGFRAME_COLUMN_INDICATOR 5
#define LOGFRAME_TARGET "target "
extern const struct logframe_column logframe_columns[LOGFRAME_COLUMNS];
// What stands in a cell: the code of the result for what it serves, else the canonical text.
const char *logframe_cell_text(struct arena *a, const struct logframe *l, const struct record *r,
                               const char *name);
// The target of an indicator (or NULL) for a day; NULL when there is none.
const struct record *logframe_target_on(const struct logframe_measure *m, const char *day);

// Cells of a file; lines are counted as the spreadsheet shows them.
struct logframe_grid {
    const char *const *heads;
    size_t n_columns;
    struct logframe_grid_line {
        int number;
        const char *const *cells; // n_columns, never NULL
    } *lines;
    size_t n_lines;
};

// Place of a column by its heading; n_columns when it is not there.
size_t logframe_column_at(const struct logframe_grid *g, const char *head);

// One cell that differs; of a new record each cell that is filled.
struct logframe_cell_change {
    const char *place; // "Line 4"
    const char *what;  // "Result 1.1", "Indicator GLOT59/I2"
    const char *field; // label, translated
    const char *before, *after;
    bool is_new;
};
struct logframe_cell_fault {
    const char *place; // "Line 4, column “baseline”"
    const char *why, *mend;
};
struct logframe_plan {
    struct logframe_cell_change *changes;
    size_t n_changes;
    struct logframe_cell_fault *faults;
    size_t n_faults;
    struct logframe_planned {
        struct record *record; // to be saved; nothing is written of one that is the same
        const char *parent;    // code of the record it refers to, when that is new itself; or NULL
        const char *place;     // "Line 4"
    } *records;
    size_t n_records;
    char mark[17]; // of what would change: two plans that show the same have the same
};

// The sheet to take out: a line for each indicator, and for each result without one.
void logframe_sheet_of(struct arena *a, const struct logframe *l, bool right_to_left,
                       struct sheet *out);
// Reads a sheet that came back, as CSV (sheet_csv). ERR_INPUT when it is none, or lacks a column that is needed.
MUST_CHECK enum err logframe_grid_read(struct arena *a, const char *csv, struct logframe_grid *out,
                                       struct err_info *e);
// What the file would change in this logframe. Nothing is written.
void logframe_plan_of(struct arena *a, const struct lang *lang, const struct logframe *l,
                      const struct logframe_grid *g, struct logframe_plan *out);

#endif
