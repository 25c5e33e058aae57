// SPDX-License-Identifier: AGPL-3.0-or-later
//
// write.c: writing: literal HTML as statements of C, and white space.

#include "mkhtml.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// The text between quotes of a C string or a .pot. Octal, since it takes at most three digits.
static void add_quoted(struct text *out, char ch, const char *escaped)
{
    unsigned char u = (unsigned char)ch;
    if (ch != '\0' && strchr(escaped, ch) != NULL) {
        add_format(out, "\\%c", ch);
    } else if (ch == '\n') {
        add_text(out, "\\n");
    } else if (u < ' ' || u == 0x7f) {
        add_format(out, "\\%03o", u);
    } else {
        add(out, &ch, 1);
    }
}

char *quoted(const char *text, const char *escaped)
{
    struct text out = {0};
    add_text(&out, "\"");
    for (const char *p = text; *p != '\0'; p++) {
        add_quoted(&out, *p, escaped);
    }
    add_text(&out, "\"");
    return out.data;
}

// With the question mark, so that no trigraph comes to be.
static const char c_escaped[] = "\"\\?";

char *c_string(const char *text)
{
    return quoted(text, c_escaped);
}

void flush(struct compile *c)
{
    if (c->literal.len == 0) {
        return;
    }
    add_text(&c->body, "    html_lit(h, \"");
    size_t width = 16;
    for (size_t i = 0; i < c->literal.len; i++) {
        // not within a character of UTF-8
        if (width >= LITERAL_WIDTH && ((unsigned char)c->literal.data[i] & 0xC0) != 0x80) {
            add_text(&c->body, "\"\n                \"");
            width = 16;
        }
        add_quoted(&c->body, c->literal.data[i], c_escaped);
        width++;
    }
    add_format(&c->body, "\", %zu);\n", c->literal.len);
    c->literal.len = 0;
}

void put(struct compile *c, const char *html)
{
    add_text(&c->literal, html);
}

// A statement that came from this line of the template.
__attribute__((format(printf, 3, 4))) void statement(struct compile *c, int line,
                                                     const char *format, ...)
{
    flush(c);
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    char *text = take((size_t)n + 1);
    vsnprintf(text, (size_t)n + 1, format, again);
    add_format(&c->body, "#line %d \"%s\"\n    %s\n", line, c->file, text);
    va_end(again);
    va_end(args);
}

// Before anything that is seen in text: the white space that waited.
void settle(struct compile *c, bool meaningless)
{
    if (c->space && !meaningless) {
        put(c, " ");
    }
    c->space = false;
    c->edge = meaningless;
}

// Before a directive that writes nothing. A run of white space before it means nothing when another
// one follows it, nor does a line end before {elif}, {else} and {end}.
void settle_before_control(struct compile *c, bool ends_branch)
{
    bool meaningless = isspace((unsigned char)peek(c)) || (ends_branch && c->space_line);
    if (c->space && !meaningless) {
        put(c, " ");
        c->edge = true; // the space that stands there is enough
    }
    c->space = false;
}
