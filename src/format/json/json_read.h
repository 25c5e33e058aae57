// SPDX-License-Identifier: AGPL-3.0-or-later
//
// json_read.h: reads JSON strictly into a small tree that may only be read.
//
// Refused, each with line and column: anything RFC 8259 does not allow, two members of one name,
// integers beyond 64 bits, numbers beyond a double, the NUL and other control characters in texts
// (tab and line breaks may stand), bytes that are no UTF-8, more than LIMIT_JSON_DEPTH levels, more
// than LIMIT_JSON_VALUES values. A byte order mark at the start is skipped. Messages never repeat the
// input, which may hold personal data.

#ifndef FORMAT_JSON_READ_H
#define FORMAT_JSON_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

enum json_kind {
    JSON_KIND_NULL,
    JSON_KIND_BOOL,
    JSON_KIND_NUMBER,
    JSON_KIND_TEXT,
    JSON_KIND_ARRAY,
    JSON_KIND_OBJECT
};

// One value. Members and items stand in the order of the input.
struct json {
    enum json_kind kind;
    int line;                 // in the input, from 1: for messages
    const char *name;         // of a member of an object, else NULL
    const char *text;         // JSON_KIND_TEXT; JSON_KIND_NUMBER: the digits as typed
    const struct json *items; // JSON_KIND_ARRAY and _OBJECT: n values
    int n;
    bool truth;               // JSON_KIND_BOOL
};

// Everything is made in a; about 50 bytes a value and the texts.
enum err json_read(struct arena *a, const char *bytes, size_t len, const struct json **out,
                   struct err_info *e) MUST_CHECK;

// The member of this name, or NULL (also when object is NULL or no object).
const struct json *json_get(const struct json *object, const char *name);
// The text of a member that is a text, or NULL.
const char *json_get_text(const struct json *object, const char *name);
// A whole number; false when v is NULL, no number, has a point or an exponent, or is beyond 64 bits.
bool json_to_int(const struct json *v, int64_t *out);
// The whole number of a member, or otherwise.
int64_t json_get_int(const struct json *object, const char *name, int64_t otherwise);
// True only when the member is true.
bool json_get_bool(const struct json *object, const char *name);

#endif
