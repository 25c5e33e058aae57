// SPDX-License-Identifier: AGPL-3.0-or-later
//
// password.h: hashes of passwords (Argon2id of libsodium), with a gate that keeps their cost bounded.
//
// One hash takes about 0.1 s of a core and 64 MiB, so that guessing from a stolen database is slow
// (OWASP Password Storage: at least 19 MiB and 2 passes). So that a crowd at the sign-in page cannot
// take all memory, PASSWORD_AT_ONCE hashes run at a time, PASSWORD_QUEUE wait, and more are told to
// try again.

#ifndef OS_PASSWORD_H
#define OS_PASSWORD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

#define PASSWORD_PASSES 3
#define PASSWORD_MEMORY_BYTES ((size_t)64 * 1024 * 1024)
#define PASSWORD_AT_ONCE 2
#define PASSWORD_QUEUE 20

// Text of the hash with its salt and cost, in the arena. ERR_BUSY when too many wait.
MUST_CHECK enum err password_hash(struct arena *a, const char *password, const char **hash,
                                  struct err_info *e);
// *right tells whether the password belongs to the hash. hash NULL: nobody's; takes the same time
// and is never right. ERR_BUSY when too many wait.
MUST_CHECK enum err password_verify(const char *hash, const char *password, bool *right,
                                    struct err_info *e);
// Was the hash made at another cost than today's? Then it should be made anew at the next sign-in.
bool password_is_outdated(const char *hash);

#endif
