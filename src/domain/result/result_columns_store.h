// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_columns_store.h: values and their parts as columns, beside the tables, for questions over very many.
//
// The file (DIR/columns/values) is a copy of the tables at a position of the change log. A question looks at it and at
// what came since: values that changed are left out of the file's part and counted as the tables have them. So an
// answer is never older than the tables; where the file is missing, damaged, of another log or too far behind,
// there are no columns and the tables are read. Numbers are scaled (base/decimal.h); no rule of arithmetic is here.

#ifndef RESULT_RESULT_COLUMNS_STORE_H
#define RESULT_RESULT_COLUMNS_STORE_H

#include "base/arena.h"
#include "base/err.h"
#include "columns/columns.h"
#include "result/result_columns.h"
#include "result/result_figures.h"

struct db_read;

// A block is an indicator: its values in the order of the rules, parts in the order of the values.
enum { OF_VALUES, OF_PARTS, OF_SHARES }; // shares: none, or one row for each part
enum { VALUE_ID, VALUE_FROM, VALUE_TO, VALUE_COUNTRY, VALUE_CUT, VALUE_STATE, VALUE_ANSWER, VALUE_HAS, VALUE_FIRST,
       VALUE_NUMBER, VALUE_PART, VALUE_WHOLE };
enum { PART_SPLIT, PART_HAS, PART_NUMBER };
enum { SHARE_PART, SHARE_WHOLE };
enum { HAS_NUMBER = 1, HAS_SHARE = 2 }; // bits
// Dictionaries. Countries: "" is the whole programme. Cuts: the characteristics of all parts of a value ("age sex"),
// "" without parts, "?" when they are of several cuts.
enum { WORD_DAY, WORD_COUNTRY, WORD_SPLIT, WORD_CUT, WORD_KINDS };
#define RESULT_ID_BYTES 32

extern const struct columns_shape result_columns_shape;

// Below this many values a workspace needs no columns.
#define RESULT_COLUMNS_WORTH 5000
// Changes since the file after which it is no longer used (each is read from the tables once by a process), and after
// which an idle server makes it anew.
#define RESULT_COLUMNS_MOST_CHANGES 50000
#define RESULT_COLUMNS_RENEW_CHANGES 5000

// One question. It stands until `a` is emptied; texts and blocks that it gave live as long.
struct result_look;
// *out NULL: there are no columns to look at. One statement when nothing changed; else changes since the last look of
// this process are read, and the values that they are about, 32 with two statements. Not within a transaction, which
// sees what may be undone.
MUST_CHECK enum err result_look_begin(struct db_read *db, struct arena *a, struct result_look **out, struct err_info *e);
// The values of an indicator with what came since; without any, n is 0. In a where something came since. False: the
// file turned out to be damaged; take the tables for all of it.
bool result_look_at(struct result_look *l, struct arena *a, const char *indicator_id, struct columns_block *out);
// The same without copying what is in the file; parts of all pieces have shares, or none has.
struct column_pieces;
bool result_look_pieces(struct result_look *l, struct arena *a, const char *indicator_id, struct column_pieces *out);
// Ids of all indicators that have values, or had some when the file was made, sorted.
const char *const *result_look_indicators(struct result_look *l, struct arena *a, size_t *n);
const char *result_look_word(const struct result_look *l, unsigned kind, uint32_t number);
size_t result_look_words(const struct result_look *l, unsigned kind);
// Value i of a block as the rules read it.
struct result_entry result_look_entry(const struct result_look *l, const struct columns_block *b, size_t i);
// Its parts: from *first to before *end.
void result_look_parts(const struct columns_block *b, size_t i, size_t *first, size_t *end);
struct result_part result_look_part(const struct columns_block *b, size_t i);

// ---- sums over very many ---------------------------------------------------------------------------------

// Sums of the parts of values by any of these. Of the cuts of a value the one with all asked characteristics and the
// fewest others counts. For measuring and for seeing what there is: the unit and rule of an indicator are not asked
// (of shares the upper number is added up); returned values are left out.
enum { BY_INDICATOR = 1, BY_PERIOD = 2, BY_COUNTRY = 4 };
#define RESULT_CUBE_SPLITS 4
struct result_cube {
    const char *indicator_id; // NULL: all
    unsigned by;              // bits
    const char *splits[RESULT_CUBE_SPLITS]; // characteristics in the order of their codes, the rest NULL
};
struct result_cube_row {
    const char *indicator_id; // NULL: all together; so the others
    const char *from, *to;
    const char *country;
    const char *split; // "age=18-24 sex=female" of those asked for; "" without
    int64_t sum;
    int64_t n; // parts in it
};
// Calls fn for each row that has a part. Rows of an indicator come together, its periods in their order.
typedef void result_cube_fn(void *context, const struct result_cube_row *row);
// ERR_TOO_LARGE when a sum does not fit. *done false: there are no columns, or they are damaged; then rows that were
// given count for nothing.
MUST_CHECK enum err result_cube_of(struct db_read *db, struct arena *a, const struct result_cube *ask,
                                   result_cube_fn *fn, void *context, bool *done, struct err_info *e);

#endif
