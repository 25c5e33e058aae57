// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xml_text.c: see xml_text.h.

#include "format/xml/xml_text.h"

#include "base/utf8.h"

static void add_escaped(struct buf *out, const char *bytes, size_t len)
{
    size_t start = 0;
    for (size_t i = 0; i < len; i++) {
        const char *sign = NULL;
        switch (bytes[i]) {
        case '&':
            sign = "&amp;";
            break;
        case '<':
            sign = "&lt;";
            break;
        case '>':
            sign = "&gt;";
            break;
        case '"':
            sign = "&quot;";
            break;
        case '\'':
            sign = "&#39;";
            break;
        default:
            continue;
        }
        buf_add(out, bytes + start, i - start);
        buf_str(out, sign);
        start = i + 1;
    }
    buf_add(out, bytes + start, len - start);
}

void xml_text(struct buf *out, const char *text)
{
    if (text == NULL) {
        return;
    }
    size_t len = strlen(text);
    size_t at;
    while (!utf8_is_clean(text, len, &at)) {
        add_escaped(out, text, at);
        if ((unsigned char)text[at] >= 0x80) {
            buf_str(out, "\xef\xbf\xbd");
        }
        text += at + 1;
        len -= at + 1;
    }
    add_escaped(out, text, len);
}

void xml_attribute(struct buf *out, const char *name, const char *value)
{
    buf_char(out, ' ');
    buf_str(out, name);
    buf_str(out, "=\"");
    xml_text(out, value);
    buf_char(out, '"');
}
