// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_stream_store.h: values with their parts as the tables have them, one value in memory at a time.

#ifndef RESULT_RESULT_STREAM_STORE_H
#define RESULT_RESULT_STREAM_STORE_H

#include "result/result_lines.h"
#include "result/result_sql.h"

// One statement. On PostgreSQL a connection carries one answer at a time: who asks something else before the end has
// the rest kept in memory.
struct result_stream {
    bool more;                      // is there a value?
    struct result_values_row value; // it, without what is of a part; until the next
    struct result_part_text *parts; // its parts, as they were entered; likewise
    size_t n_parts;
    // own matters
    struct db_query *query; // NULL: no row follows
    struct result_values_row row; // the next one
    struct arena *arena;
    size_t cap;
};
// Begins at the first value, by indicator and in the order of the rules.
MUST_CHECK enum err result_stream_begin(struct db_read *db, const struct result_values_in *in,
                                        struct result_stream *out, struct err_info *e);
MUST_CHECK enum err result_stream_next(struct result_stream *s, struct err_info *e);
// Also after an error, and for one of zeros that was never begun.
void result_stream_end(struct result_stream *s);

// The value as the rules read it, with the texts of the row.
struct result_entry result_stream_entry(const struct result_stream *s);

#endif
