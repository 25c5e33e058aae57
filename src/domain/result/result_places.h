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

// 512 KB: with 250,000 places noted one of a hundred free ones seems taken, with a million one of seven.
#define RESULT_PLACES_BITS (UINT32_C(1) << 22)

struct result_places {
    uint64_t bits[RESULT_PLACES_BITS / 64];
};

// Empty, in a.
struct result_places *result_places_new(struct arena *a);
void result_places_note(struct result_places *p, const char *from, const char *to, const char *country);
// false: this place was never noted.
bool result_places_seem_noted(const struct result_places *p, const char *from, const char *to, const char *country);

#endif
