// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_take_row.h: the heading of a table of values, and one row of it as texts. Pure rules: what a row means for
// the records that are there is in result_take_store.c.

#ifndef RESULT_RESULT_TAKE_ROW_H
#define RESULT_RESULT_TAKE_ROW_H

#include "result/result_reporting.h"
#include "result/result_split.h"
#include "result/result_take.h"

// Most columns of a table.
#define TAKE_MOST_COLUMNS 64

enum take_column { TAKE_INDICATOR, TAKE_PERIOD, TAKE_FROM, TAKE_TO, TAKE_COUNTRY, TAKE_SPLIT, TAKE_VALUE,
                   TAKE_NUMERATOR, TAKE_DENOMINATOR, TAKE_ANSWER, TAKE_SOURCE, TAKE_NOTE, TAKE_LINE, TAKE_WRONG,
                   TAKE_WHY, TAKE_COLUMNS };
// As they stand in the heading, capital or small; of fields of a value the names of these.
extern const char *const take_column_names[TAKE_COLUMNS];

struct take_heading {
    int at[TAKE_COLUMNS];                                            // place of each column; -1: none
    const struct characteristic *characteristics[TAKE_MOST_COLUMNS]; // of each column, or NULL
};
struct take_row {
    int number;
    const char *const *cells;
    int n_cells;
    struct split split; // n 0: the value itself
    const char *field;
    struct err_info wrong;
    bool refused;
    enum take_verdict verdict;
};

// ERR_INPUT: a column nobody knows or that stands twice, too many, or none for the indicator or the period.
MUST_CHECK enum err take_heading_read(const struct lang *lang, const char *const *cells, int n,
                                      struct take_heading *out, struct err_info *e);
// The text of a row in a column; "" when there is no such column.
const char *take_cell(const struct take_heading *h, const struct take_row *row, enum take_column c);
// Refuses a row; the first reason stays. The second makes the reason from texts, about fills {0}.
void take_refuse(struct take_row *row, const char *field, const struct err_info *wrong);
void take_refuse_for(struct take_row *row, const char *field, const char *text, const char *hint,
                     const char *about);
// What a row is split by: a cell for each characteristic, and the column "split". Refuses the row.
void take_split_read(const struct take_heading *h, struct arena *a, const struct lang *lang, struct take_row *row);
// The period of a row, as a word or two texts that may be wrong days. Refuses the row.
void take_period_read(const struct take_heading *h, struct arena *a, struct take_row *row, struct result_span *out);
// A day or a country as the field of a value wants it; "" and the row refused when it is wrong.
const char *take_key_of(struct arena *a, struct take_row *row, const char *name, const char *text);
// Puts the cells of a row that are not empty into a record; the first wrong one refuses the row.
void take_fill(const struct take_heading *h, struct arena *a, struct take_row *row,
               const enum take_column *columns, size_t n, struct record *out);

#endif
