// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xlsx_strings.c: the texts that cells share, and texts made of runs. The count that the file claims
// is not believed.
//
// Method: ECMA-376-1, 18.4 (shared strings), 22.9.2.19 (escapes).

#include <string.h>

#include "base/limits.h"
#include "format/xlsx/xlsx_parts.h"

#define STRINGS_PART "shared texts"

// ---- runs -------------------------------------------------------------------------------------------

void xlsx_rich_begin(struct xlsx_rich *r)
{
    buf_reset(&r->text);
    r->phonetic = 0;
    r->in_t = false;
}

void xlsx_rich_start(struct xlsx_rich *r, const char *name)
{
    if (strcmp(name, "rPh") == 0) {
        r->phonetic++;
    }
    r->in_t = r->phonetic == 0 && strcmp(name, "t") == 0;
}

void xlsx_rich_end(struct xlsx_rich *r, const char *name)
{
    if (strcmp(name, "rPh") == 0 && r->phonetic > 0) {
        r->phonetic--;
    }
    r->in_t = false;
}

void xlsx_rich_text(struct xlsx_rich *r, const char *text, size_t len)
{
    if (r->in_t) {
        buf_add(&r->text, text, len);
    }
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                                               : -1;
}

// "_x000D_" at p: its code, or -1.
static int escape_at(const char *p, size_t left)
{
    if (left < 7 || p[0] != '_' || p[1] != 'x' || p[6] != '_') {
        return -1;
    }
    int code = 0;
    for (int i = 2; i < 6; i++) {
        if (hex(p[i]) < 0) {
            return -1;
        }
        code = code * 16 + hex(p[i]);
    }
    bool half = code >= 0xD800 && code <= 0xDFFF; // half a character stays as it is written
    return half ? -1 : code;
}

static size_t put_utf8(char *to, int code)
{
    if (code < 0x80) {
        to[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        to[0] = (char)(0xC0 | code >> 6);
        to[1] = (char)(0x80 | (code & 63));
        return 2;
    }
    to[0] = (char)(0xE0 | code >> 12);
    to[1] = (char)(0x80 | (code >> 6 & 63));
    to[2] = (char)(0x80 | (code & 63));
    return 3;
}

// Control characters but tab and line break are left out, and so are escapes of them and of U+FFFE
// and U+FFFF; what is written is never longer than what was read.
void xlsx_unescape(struct buf *text)
{
    size_t to = 0;
    for (size_t from = 0; from < text->len;) {
        int code = escape_at(text->data + from, text->len - from);
        if (code < 0) {
            char c = text->data[from++];
            bool control = ((unsigned char)c < 0x20 && c != '\t' && c != '\n') || c == 0x7F;
            if (!control) {
                text->data[to++] = c;
            }
            continue;
        }
        from += 7;
        bool clean = code == '\t' || code == '\n' || (code >= 0x20 && code < 0x7F) ||
                     (code >= 0xA0 && code < 0xFFFE);
        if (clean) {
            to += put_utf8(text->data + to, code);
        }
    }
    text->len = to;
    if (text->data != NULL) {
        text->data[to] = '\0';
    }
}

// ---- the shared ones ----------------------------------------------------------------------------------

static struct xlsx_string *new_string(struct xlsx_in *in)
{
    if (in->n_strings == in->room_for_strings) {
        size_t room = in->room_for_strings == 0 ? 256 : in->room_for_strings * 2;
        struct xlsx_string *more = ARENA_ARRAY(in->a, struct xlsx_string, room);
        if (in->n_strings > 0) {
            memcpy(more, in->strings, in->n_strings * sizeof *more);
        }
        in->strings = more;
        in->room_for_strings = room;
    }
    return &in->strings[in->n_strings++];
}

static void start(struct xlsx_in *in, void *of, const char *name, const char **attributes)
{
    (void)in;
    (void)attributes;
    struct xlsx_rich *r = of;
    if (strcmp(name, "si") == 0) {
        xlsx_rich_begin(r);
    } else {
        xlsx_rich_start(r, name);
    }
}

static void end(struct xlsx_in *in, void *of, const char *name)
{
    struct xlsx_rich *r = of;
    xlsx_rich_end(r, name);
    if (strcmp(name, "si") != 0) {
        return;
    }
    if (in->n_strings >= LIMIT_XLSX_CELLS) {
        xlsx_blame(in, XLSX_MANY_CELLS, NULL, LIMIT_XLSX_CELLS);
        return;
    }
    struct xlsx_string *s = new_string(in);
    s->at = in->string_bytes.len;
    s->too_long = buf_is_full(&r->text);
    if (s->too_long) { // only a fault when a cell uses it
        r->text.full = false;
        return;
    }
    xlsx_unescape(&r->text);
    s->len = r->text.len;
    buf_add(&in->string_bytes, r->text.data, r->text.len);
    if (buf_is_full(&in->string_bytes)) {
        xlsx_blame(in, XLSX_MUCH_TEXT, NULL, 0);
    }
}

static void text(struct xlsx_in *in, void *of, const char *t, size_t len)
{
    (void)in;
    xlsx_rich_text(of, t, len);
}

bool xlsx_strings_read(struct xlsx_in *in, int part)
{
    static const struct xlsx_handler handler = {start, end, text};
    struct xlsx_rich r = {.phonetic = 0};
    buf_init(&r.text, in->a, LIMIT_CSV_CELL_BYTES);
    buf_init(&in->string_bytes, in->a, LIMIT_XLSX_TEXT_BYTES);
    return xlsx_xml_read(in, part, STRINGS_PART, &handler, &r);
}
