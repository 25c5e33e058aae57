// SPDX-License-Identifier: AGPL-3.0-or-later
//
// random.h: randomness from the system, and identifiers made of time and randomness.

#ifndef OS_RANDOM_H
#define OS_RANDOM_H

#include <stddef.h>

#include "base/arena.h"

// Bytes fit for keys and tokens.
void random_bytes(void *out, size_t len);
// A new record id: 26 characters of Crockford's base 32: 50 bits of milliseconds, 20 bits that count
// on within one millisecond from a random start, 60 random bits. Ids of one process sort by age, and
// ids may be made on machines that never meet.
#define ID_LENGTH 26
const char *random_id(struct arena *a);
// Looks like an id (does not say that a record has it).
int id_is_valid(const char *text);

#endif
