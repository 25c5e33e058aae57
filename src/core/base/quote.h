// SPDX-License-Identifier: AGPL-3.0-or-later
//
// quote.h: a text as JSON (RFC 8259, section 7), with its quotes.

#ifndef BASE_QUOTE_H
#define BASE_QUOTE_H

#include "base/buf.h"

// Control characters are escaped; bytes that are no UTF-8 become U+FFFD.
void quote_json(struct buf *out, const char *bytes, size_t len);

#endif
