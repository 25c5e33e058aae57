// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_places.c: see result_places.h.

#include "result/result_places.h"

#include "base/hash.h"

struct result_places *result_places_new(struct arena *a)
{
    return ARENA_MAKE(a, struct result_places); // memory of an arena is empty
}

// Over the three texts, each with the zero byte at its end.
uint64_t result_place(const char *from, const char *to, const char *country)
{
    const char *const texts[] = {from, to, country};
    uint64_t hash = HASH_START;
    for (int i = 0; i < 3; i++) {
        hash = hash_text(hash, texts[i]) * HASH_PRIME;
    }
    hash ^= hash >> 33; // days differ in their last letters alone: spread them over all bits
    hash *= UINT64_C(0xff51afd7ed558ccd);
    return hash ^ hash >> 33;
}

// Fourteen bits of the hash choose the line, nine each of its five bits.
#define BITS_EACH 5
#define LINE_BITS 14
#define PLACE_BITS 9

void result_places_note(struct result_places *p, uint64_t place)
{
    uint64_t *line = p->lines[place % RESULT_PLACES_LINES];
    place >>= LINE_BITS;
    for (int i = 0; i < BITS_EACH; i++, place >>= PLACE_BITS) {
        line[place / 64 % RESULT_PLACES_WORDS] |= UINT64_C(1) << place % 64;
    }
}

bool result_places_seem_noted(const struct result_places *p, uint64_t place)
{
    const uint64_t *line = p->lines[place % RESULT_PLACES_LINES];
    bool noted = true;
    place >>= LINE_BITS;
    for (int i = 0; noted && i < BITS_EACH; i++, place >>= PLACE_BITS) {
        noted = (line[place / 64 % RESULT_PLACES_WORDS] >> place % 64 & 1) != 0;
    }
    return noted;
}
