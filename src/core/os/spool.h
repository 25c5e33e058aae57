// SPDX-License-Identifier: AGPL-3.0-or-later
//
// spool.h: bytes that wait until all of them are there, in a file without a name: long output, of which half is worse
// than none.

#ifndef OS_SPOOL_H
#define OS_SPOOL_H

#include <stddef.h>

#include "base/err.h"

struct spool {
    const char *folder; // where the file is made when the first bytes come; only this user can read it
    int fd;             // -1: no bytes came
    size_t len;
};
#define SPOOL_EMPTY ((struct spool){.fd = -1})

// ERR_TOO_LARGE above LIMIT_SPOOL_BYTES, ERR_FAILED when the disk is full.
MUST_CHECK enum err spool_add(struct spool *s, const void *bytes, size_t len, struct err_info *e);
// Forgets them. The file ends with the process in any case.
void spool_drop(struct spool *s);

#endif
