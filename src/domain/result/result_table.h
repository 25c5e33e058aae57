// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_table.h: values of one indicator as a table over periods, countries and characteristics, put together by
// the rule of the indicator. Holds full figures: for those who may see the records. Pure rules.

#ifndef RESULT_RESULT_TABLE_H
#define RESULT_RESULT_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "result/result_lines.h"

#define RESULT_TABLE_COLUMNS 10

struct result_table_row {
    const char *keys[RESULT_TABLE_COLUMNS]; // period, country or value of a characteristic, in the order asked for
    struct result_figure figure;
    bool has_least;
    int64_t least;
    size_t n_values; // observations in it
};
struct result_table {
    const char *by[RESULT_TABLE_COLUMNS]; // "period", "country" or a characteristic
    size_t n_by;
    struct result_table_row *rows;
    size_t n;
};
// by: "country,sex,period" in any order; "" for one row with the total. ERR_USAGE names what it does not know.
// The characteristic of a row is "" for what no part says: the whole less the parts, where that is not nothing.
// Rows without a value are left out; those that cannot be added up have no figure.
MUST_CHECK enum err result_table_of(struct arena *a, const struct result_line *line, const char *by,
                                    struct result_table *out, struct err_info *e);

#endif
