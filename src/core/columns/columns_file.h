// SPDX-License-Identifier: AGPL-3.0-or-later
//
// columns_file.h: the bytes of the file, for its writer and its reader.

#ifndef COLUMNS_COLUMNS_FILE_H
#define COLUMNS_COLUMNS_FILE_H

#include "columns/columns.h"

#define COLUMNS_MAGIC "mainstay-columns"
#define COLUMNS_SUM_BYTES 16
#define COLUMNS_ORDER UINT32_C(0x01020304) // reads otherwise on a machine with the other byte order
#define COLUMNS_FORMAT 1

// At the start of the file. The foot holds, ended by zero bytes: the shape as text, the position, the words of
// each dictionary; before them their numbers; after them, aligned, one entry for each block.
struct columns_head {
    char magic[16];
    uint32_t order;
    uint32_t format;
    uint64_t len;     // of the file
    uint64_t foot;    // where it begins
    uint64_t entries; // where they begin, up to the end of the file
    unsigned char sum[COLUMNS_SUM_BYTES]; // of the foot with the entries
};
struct columns_entry {
    char key[COLUMNS_KEY_BYTES];
    uint64_t at; // of the block
    uint32_t n[COLUMNS_SECTIONS];
    unsigned char sum[COLUMNS_SUM_BYTES]; // of its bytes
};

// "values 1: value(id 26, day 4) part(word 4)": two shapes are the same when this is.
const char *columns_shape_text(struct arena *a, const struct columns_shape *shape);
// Bytes of a column with those that align the next.
size_t columns_room(size_t n, unsigned width);

#endif
