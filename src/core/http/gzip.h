// SPDX-License-Identifier: AGPL-3.0-or-later
//
// gzip.h: smaller pages for poor lines. A page of 10 KB takes about 2 KB on the wire.

#ifndef HTTP_GZIP_H
#define HTTP_GZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

// Does the client take gzip (Accept-Encoding), RFC 9110 section 12.5.3; "gzip;q=0" says no.
bool gzip_is_accepted(const char *accept_encoding);
// Is it worth it for this media type?
bool gzip_is_useful(const char *media_type, size_t len);
// RFC 1952 bytes in the arena; level 1 (fast) to 9 (small). The working memory is kept per thread.
// NULL when the result would not be smaller.
const char *gzip_make(struct arena *a, const char *bytes, size_t len, int level, size_t *out_len);

#endif
