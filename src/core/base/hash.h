// SPDX-License-Identifier: AGPL-3.0-or-later
//
// hash.h: where a text stands in a table in memory. Not for names that others see or that must not be guessed.
//
// Method: FNV-1a, 64 bits (Fowler, Noll, Vo; constants of draft-eastlake-fnv).

#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdint.h>

#define HASH_START UINT64_C(0xcbf29ce484222325)
#define HASH_PRIME UINT64_C(0x100000001b3)

// The hash of what was hashed before (HASH_START: nothing) and of this text, without its zero byte.
static inline uint64_t hash_text(uint64_t before, const char *text)
{
    for (; *text != '\0'; text++) {
        before = (before ^ (unsigned char)*text) * HASH_PRIME;
    }
    return before;
}

#endif
