// SPDX-License-Identifier: AGPL-3.0-or-later
//
// quote.c: see quote.h.

#include "base/quote.h"

#include "base/utf8.h"

// One byte that JSON may not show as it is.
static void escape_byte(struct buf *out, unsigned char c)
{
    switch (c) {
    case '"':
        buf_str(out, "\\\"");
        break;
    case '\\':
        buf_str(out, "\\\\");
        break;
    case '\n':
        buf_str(out, "\\n");
        break;
    case '\r':
        buf_str(out, "\\r");
        break;
    case '\t':
        buf_str(out, "\\t");
        break;
    default:
        buf_printf(out, "\\u%04x", c);
    }
}

// Bytes without control characters other than tab and line breaks, and well-formed.
static void add_clean(struct buf *out, const char *bytes, size_t len)
{
    size_t start = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c < 0x20 || c == '"' || c == '\\') {
            buf_add(out, bytes + start, i - start);
            escape_byte(out, c);
            start = i + 1;
        }
    }
    buf_add(out, bytes + start, len - start);
}

void quote_json(struct buf *out, const char *bytes, size_t len)
{
    buf_char(out, '"');
    size_t done = 0;
    size_t at = 0;
    while (!utf8_is_clean(bytes + done, len - done, &at)) {
        add_clean(out, bytes + done, at);
        unsigned char c = (unsigned char)bytes[done + at];
        if (c < 0x80) {
            escape_byte(out, c);
        } else {
            buf_str(out, "\xef\xbf\xbd");
        }
        done += at + 1;
    }
    add_clean(out, bytes + done, len - done);
    buf_char(out, '"');
}
