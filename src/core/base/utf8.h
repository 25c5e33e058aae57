// SPDX-License-Identifier: AGPL-3.0-or-later
//
// utf8.h: is a text valid UTF-8, and how long is it for a reader.

#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

// Valid UTF-8 (RFC 3629: no surrogates, no overlong forms) without control characters other than
// tab, line feed and carriage return. *at is the offset of the first bad byte when false.
bool utf8_is_clean(const char *bytes, size_t len, size_t *at);
// Number of code points of a valid text.
size_t utf8_count(const char *text);
// Length in bytes of the longest prefix of at most max_bytes that does not cut a character.
size_t utf8_prefix(const char *text, size_t max_bytes);

// Length in bytes of the first n characters, or of the whole text when it has fewer.
size_t utf8_first(const char *text, size_t n);

#endif
