// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_private.h: what the files of this noun share.

#ifndef ACCESS_PRIVATE_H
#define ACCESS_PRIVATE_H

#include "access/access.h"

// Now, less so many seconds, as text.
const char *access_now(struct arena *a, int64_t minus_s);
// Adds the grant of a role; passes over what is no grant.
void identity_add(struct arena *a, struct identity *who, const char *role, const char *scope,
                  const char *programme_id);

#endif
