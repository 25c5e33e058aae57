// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_table.h: tables of counts as CSV: inner counts in, protected tables out and in again.
//
// In: one row for each inner count, a column for each dimension and one for the count; what is not there is
// 0; the order of the rows says nothing, categories stand in the order of their names. Out: every inner count and every margin ("Total" where a dimension is summed), with the columns kind
// (cell, total) and rounded_to, which says what was done to the count.

#ifndef RELEASE_RELEASE_TABLE_H
#define RELEASE_RELEASE_TABLE_H

#include "base/buf.h"
#include "release/release.h"
#include "release/release_magnitude.h"

#define RELEASE_KIND "kind"
#define RELEASE_ROUNDED_TO "rounded_to"
// The rule of amounts, as a table of them says it (release_magnitude.h).
#define RELEASE_CONTRIBUTORS "contributors"
#define RELEASE_DOMINANCE "dominance"
#define RELEASE_SAYS 2
#define RELEASE_LEFT_OUT ".."

// "cell" for an inner count, "total" for a sum.
const char *release_kind(const struct release_frame *f, size_t cell);

// Columns of a file. by: names separated by commas; NULL: all before the count.
struct release_columns {
    const char *by;
    const char *count; // NULL: "count", or the one before "kind"
    bool amounts;      // the numbers are amounts of money, not counts
    const char *contributor; // whose amount a row is; NULL: rows are sums
};

// Reads inner counts into a cube with its margins. Errors (ERR_INPUT) name the line, never a count: a column
// that is not there or is named twice, more than RELEASE_DIMENSIONS, a count that is negative, no whole number
// or above RELEASE_MAX_COUNT, a cell that is there twice, a total among the counts, an empty category, no
// row at all, more than RELEASE_MAX_CELLS.
enum err release_table_read(struct arena *a, const struct release_columns *columns,
                            const char *bytes, size_t len, const struct release_cube **out,
                            struct err_info *e) MUST_CHECK;
// Name of the column of counts, as it was asked for.
const char *release_table_count(const struct release_columns *columns);
// Writes a rounded cube.
enum err release_table_write(const struct release_cube *rounded, const char *count, int base,
                             struct buf *out, struct err_info *e) MUST_CHECK;
// Reads a published table: as written above, or any table with "Total" in it. A count that is left out
// ("", "..", "x", "*", "c") is hidden. Cells without a row count as 0; they are known to be 0 for
// certain when other cells show a 0.
enum err release_table_read_published(struct arena *a, const struct release_columns *columns,
                                      const char *bytes, size_t len, struct release_table *out,
                                      struct err_info *e) MUST_CHECK;
// The same of amounts, with the rule by which they were left out, as the table says it (0: it does not).
enum err release_amounts_read_published(struct arena *a, const struct release_columns *columns, const char *bytes,
                                        size_t len, struct release_table *out, struct release_amount_rule *rule,
                                        struct err_info *e) MUST_CHECK;

#endif
