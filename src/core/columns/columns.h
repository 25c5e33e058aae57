// SPDX-License-Identifier: AGPL-3.0-or-later
//
// columns.h: a file of columns: many small records of one shape, an array for each of their fields, so that they
// are added up as fast as memory is read.
//
// A file is a row of blocks, each under a key, in the order of the keys. A block has sections (tables), a
// section has columns, a column is an array of one width. Words (countries, days) are numbers into dictionaries.
// The file says of what it is a copy (`position`) and is never changed: a newer one takes its place. It is
// mapped, so opening it costs nothing; sums over each block are asked of when it is first used. Numbers are
// in the byte order of the machine: another machine makes its own. Format: docs/core/columns.md.

#ifndef COLUMNS_COLUMNS_H
#define COLUMNS_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

#define COLUMNS_SECTIONS 4
#define COLUMNS_COLUMNS 12
#define COLUMNS_KEY_BYTES 32 // of a key, with the zero byte

struct columns_section {
    const char *name;
    struct columns_column {
        const char *name;
        unsigned width; // bytes of one cell
    } columns[COLUMNS_COLUMNS];
    unsigned n;
};
// What a file holds. Another shape, or a raised version, makes older files useless: they are made anew.
struct columns_shape {
    const char *name;
    unsigned version;
    const struct columns_section *sections;
    unsigned n_sections;
    unsigned n_dictionaries;
};

// The arrays of a block, each aligned to 8 bytes.
struct columns_block {
    const char *key;
    size_t n[COLUMNS_SECTIONS]; // rows
    const void *data[COLUMNS_SECTIONS][COLUMNS_COLUMNS];
};

// ---- writing --------------------------------------------------------------------------------------

struct columns_writer;
// Begins a file beside `path`. Memory: dictionaries and 64 bytes for each block, in a.
MUST_CHECK enum err columns_write_begin(struct arena *a, const char *path, const struct columns_shape *shape,
                                        struct columns_writer **out, struct err_info *e);
// The number of a word, in the order in which words first come. Texts are copied.
uint32_t columns_word(struct columns_writer *w, unsigned dictionary, const char *text);
// Keys must ascend.
MUST_CHECK enum err columns_write_block(struct columns_writer *w, const struct columns_block *block, struct err_info *e);
// Puts the file in place of the one that is there. The same blocks and position give the same bytes.
MUST_CHECK enum err columns_write_end(struct columns_writer *w, const char *position, struct err_info *e);
// Gives it up; harmless after columns_write_end.
void columns_write_drop(struct columns_writer *w);

// ---- reading --------------------------------------------------------------------------------------

struct columns;
// ERR_NOT_FOUND: there is none; ERR_DAMAGED: it is cut off or changed, or of another shape or machine. `out` lives
// until columns_close, whatever takes the place of the file.
MUST_CHECK enum err columns_open(const char *path, const struct columns_shape *shape, struct columns **out,
                                 struct err_info *e);
void columns_close(struct columns *c);
const char *columns_position(const struct columns *c);
size_t columns_bytes(const struct columns *c);
// Words of a dictionary, by number.
const char *const *columns_words(const struct columns *c, unsigned dictionary, size_t *n);
size_t columns_n(const struct columns *c); // blocks
// Place of the block with this key; columns_n when there is none.
size_t columns_find(const struct columns *c, const char *key);
const char *columns_key(const struct columns *c, size_t i);
// Block number i. The first time its sum is asked; false when its bytes are not what was written. Any number of
// threads may ask.
bool columns_block_at(struct columns *c, size_t i, struct columns_block *out);

// ---- adding up --------------------------------------------------------------------------------------

// For rows first to end - 1: sums[place[word[row]]] += value[row], and counts[...] one more. What does not count has a
// place of its own. False when a sum does not fit.
bool columns_add_by(const uint32_t *word, const int64_t *value, size_t first, size_t end, const uint32_t *place,
                    int64_t *sums, int64_t *counts);
// Sum of rows first to end - 1 into *sum; false when it does not fit.
bool columns_add(const int64_t *value, size_t first, size_t end, int64_t *sum);

#endif
