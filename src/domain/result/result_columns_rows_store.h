// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_columns_rows_store.h: values on their way from the tables into the arrays of a block.

#ifndef RESULT_RESULT_COLUMNS_ROWS_STORE_H
#define RESULT_RESULT_COLUMNS_ROWS_STORE_H

#include "result/result_columns_store.h"
#include "result/result_lines.h"

struct column_part {
    uint32_t split;
    uint8_t has; // bits
    int64_t number, part, whole;
};
struct column_value {
    const char *id;
    uint32_t from, to, country, cut; // words
    uint8_t state, answer, has;
    int64_t number, part, whole;
    const struct column_part *parts;
    size_t n_parts;
};
// Gives words their numbers.
struct column_words {
    uint32_t (*number)(void *context, unsigned kind, const char *text);
    void *context;
};

// In a, its id, too.
struct column_value column_value_of(struct arena *a, const struct column_words *words, const struct result_entry *entry,
                                    const struct result_part_text *parts, size_t n);
const char *column_id_at(const struct columns_block *b, size_t i); // of value i
// The arrays of these values, in a.
void column_block_of(struct arena *a, const char *indicator_id, const struct column_value *const *values, size_t n,
                     struct columns_block *out);

// Values of an indicator in their order, as pieces of blocks; zeroed but for the arena: none.
struct column_pieces {
    struct arena *arena;
    struct column_piece {
        const struct columns_block *of;
        size_t first, end; // values first to before end
    } *items;
    size_t n, cap;
};
// Values of a block after the pieces so far: makes the last one longer, or begins one.
void column_piece_add(struct column_pieces *pieces, const struct columns_block *of, size_t first, size_t end);
// Whether the parts in these blocks have shares.
enum column_shares { SHARES_NONE, SHARES_ALL, SHARES_SOME };
enum column_shares column_pieces_shares(const struct column_pieces *pieces);
// One block of these pieces, one after the other; in a, unless one piece is all of a block.
void column_block_join(struct arena *a, const char *indicator_id, const struct column_pieces *pieces,
                       struct columns_block *out);

// Where the file of a workspace lies.
struct store;
const char *result_columns_path(struct arena *a, const struct store *s);
// Questions look for a new file from now on.
void result_columns_drop_held(struct store *s);

#endif
