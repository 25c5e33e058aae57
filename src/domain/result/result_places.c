// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_places.c: see result_places.h.

#include "result/result_places.h"

struct result_places *result_places_new(struct arena *a)
{
    return ARENA_MAKE(a, struct result_places); // memory of an arena is empty
}

// FNV-1a over the three texts, each with the zero byte at its end.
static uint64_t hash_of(const char *from, const char *to, const char *country)
{
    const char *const texts[] = {from, to, country};
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (int i = 0; i < 3; i++) {
        const char *c = texts[i];
        do {
            hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
        } while (*c++ != '\0');
    }
    hash ^= hash >> 33; // days differ in their last letters alone: spread them over all bits
    hash *= UINT64_C(0xff51afd7ed558ccd);
    return hash ^ hash >> 33;
}

void result_places_note(struct result_places *p, const char *from, const char *to, const char *country)
{
    uint64_t hash = hash_of(from, to, country);
    for (int i = 0; i < 2; i++, hash >>= 32) {
        uint32_t bit = (uint32_t)hash % RESULT_PLACES_BITS;
        p->bits[bit / 64] |= UINT64_C(1) << bit % 64;
    }
}

bool result_places_seem_noted(const struct result_places *p, const char *from, const char *to, const char *country)
{
    uint64_t hash = hash_of(from, to, country);
    bool noted = true;
    for (int i = 0; i < 2; i++, hash >>= 32) {
        uint32_t bit = (uint32_t)hash % RESULT_PLACES_BITS;
        noted = noted && (p->bits[bit / 64] >> bit % 64 & 1) != 0;
    }
    return noted;
}
