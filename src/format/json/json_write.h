// SPDX-License-Identifier: AGPL-3.0-or-later
//
// json_write.h: writes JSON (RFC 8259) straight into a buffer; nothing is built in memory first.
//
// The output is always one well-formed text: names and values alternate, brackets match (a caller
// that breaks this meets bug()), and bytes that are no UTF-8 become U+FFFD. Whether the buffer was
// large enough is asked once, at the end, with buf_is_full().

#ifndef FORMAT_JSON_WRITE_H
#define FORMAT_JSON_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

// Deeper than anything we write; ours is rarely deeper than 8.
#define JSON_WRITE_DEPTH 48

struct json_out {
    struct buf *out;
    bool indented;
    bool named; // a name was written and waits for its value
    int depth;
    bool is_object[JSON_WRITE_DEPTH];
    bool has_items[JSON_WRITE_DEPTH];
};

// Starts a text in out. indented: two spaces a level and a line feed at the end; otherwise no space.
void json_begin(struct json_out *j, struct buf *out, bool indented);
// Ends it: all brackets must be closed.
void json_end(struct json_out *j);

void json_put_object(struct json_out *j);
void json_put_object_end(struct json_out *j);
void json_put_array(struct json_out *j);
void json_put_array_end(struct json_out *j);

// The name of the next value; only inside an object.
void json_put_name(struct json_out *j, const char *name);

// A NULL text is written as null.
void json_put_text(struct json_out *j, const char *text);
void json_put_text_n(struct json_out *j, const char *bytes, size_t len);
void json_put_int(struct json_out *j, int64_t n);
void json_put_bool(struct json_out *j, bool truth);
void json_put_null(struct json_out *j);
// A canonical decimal ("-12.50") as a JSON number, digit for digit; NULL or "" is written as null, a
// text that is no JSON number as a text, so that what was typed is never lost.
void json_put_decimal(struct json_out *j, const char *canonical);

// Name and value in one call.
void json_member_text(struct json_out *j, const char *name, const char *text);
void json_member_int(struct json_out *j, const char *name, int64_t n);
void json_member_bool(struct json_out *j, const char *name, bool truth);
void json_member_decimal(struct json_out *j, const char *name, const char *canonical);

// Is this text a number by the grammar of RFC 8259, section 6?
bool json_looks_numeric(const char *text);

#endif
