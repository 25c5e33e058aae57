// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_places.h: which places of an indicator (period and country) may have a value, in little memory. Private to this
// noun.
//
// For an import, which asks of every row whether a value is there already: what was never noted is surely free, what seems
// noted must be asked. Method: B. H. Bloom, Space/time trade-offs in hash coding with allowable errors, 1970.

#ifndef RESULT_RESULT_PLACES_H
#define RESULT_RESULT_PLACES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

// 1 MB, five bits for a place, all in one line of 64 bytes, so that a look costs one wait for memory: with 250,000 places
// noted one of some thousand free ones seems taken, with a million one of forty. (F. Putze, P. Sanders, J. Singler, Cache-,
// hash- and space-efficient Bloom filters, 2007.)
#define RESULT_PLACES_LINES (UINT32_C(1) << 14)
#define RESULT_PLACES_WORDS 8

struct result_places {
    uint64_t lines[RESULT_PLACES_LINES][RESULT_PLACES_WORDS];
};

// A place in short, for the next two.
uint64_t result_place(const char *from, const char *to, const char *country);

// Empty, in a.
struct result_places *result_places_new(struct arena *a);
void result_places_note(struct result_places *p, uint64_t place);
// false: this place was never noted.
bool result_places_seem_noted(const struct result_places *p, uint64_t place);

#endif
