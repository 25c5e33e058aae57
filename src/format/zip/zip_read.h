// SPDX-License-Identifier: AGPL-3.0-or-later
//
// zip_read.h: reads a ZIP package that lies in memory, part after part, with ceilings (minizip).
//
// To be called in a child that has closed itself down (guard/guard.h): packages come from others.
// Refused, besides damaged ones: parts behind a password, two parts of one name, other methods than
// stored and deflated, more parts, more bytes or a higher ratio than base/limits.h allows.

#ifndef FORMAT_ZIP_ZIP_READ_H
#define FORMAT_ZIP_ZIP_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct zip_in; // lives in the arena and is closed with it

enum zip_state {
    ZIP_FINE,
    ZIP_NONE,      // not a ZIP package at all
    ZIP_DAMAGED,   // cut off, wrong sums, parts twice
    ZIP_SEALED,    // a part needs a password
    ZIP_TOO_LARGE, // above a ceiling: parts, bytes, ratio
};

// bytes must stay until the arena is reset.
enum zip_state zip_open(struct arena *a, const char *bytes, size_t len, struct zip_in **out);
// The number of the part of this name (capital or small, "/" or "\"), or -1.
int zip_find(const struct zip_in *z, const char *name);
// Opens a part for reading; one at a time.
enum zip_state zip_part_open(struct zip_in *z, int part);
// The next bytes of it; *n is 0 after the last, whose sum has then been checked.
enum zip_state zip_part_read(struct zip_in *z, char *bytes, size_t size, size_t *n);

#endif
