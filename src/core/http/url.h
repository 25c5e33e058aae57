// SPDX-License-Identifier: AGPL-3.0-or-later
//
// url.h: taking addresses apart, and pieces of them. (Making them: http.h.)

#ifndef HTTP_URL_H
#define HTTP_URL_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"

// Undoes %XX in place and returns the new length; the result may hold any byte and is not ended by
// zero. With plus, '+' is a space. SIZE_MAX when a % is not followed by two hex digits.
size_t url_decode_in_place(char *text, size_t len, bool plus);
// Decoded copy of a part of a path or of a query (its '+' stays). NULL when the escapes are wrong or
// the result is not clean UTF-8 or holds a line break or tab.
const char *url_decode(struct arena *a, const char *text, size_t len);
// What each byte may be in an address (RFC 3986, 2.2 and 2.3).
#define URL_UNRESERVED '0' // stands everywhere as it is
#define URL_RESERVED '1'   // as it is, where it means what it means in addresses
#define URL_ENTITY '2'     // the same; & and ', which HTML writes in another way
#define URL_ENCODED '3'    // nowhere as it is
#define URL_CONTROL '4'    // nowhere as it is, and suspicious
extern const char url_signs[257];

// Adds a text as one part of an address: all but letters, digits, - . _ ~ percent-encoded.
void url_add_escaped(struct buf *b, const char *text);
// url_make with its arguments in a list.
const char *url_make_list(struct arena *a, const char *address, va_list args);

#endif
