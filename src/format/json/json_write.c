// SPDX-License-Identifier: AGPL-3.0-or-later
//
// json_write.c: see json_write.h.

#include "format/json/json_write.h"

#include <string.h>

#include "base/bug.h"
#include "base/quote.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void new_line(struct json_out *j)
{
    if (j->indented) {
        buf_char(j->out, '\n');
        for (int i = 0; i < j->depth; i++) {
            buf_add(j->out, "  ", 2);
        }
    }
}

// Comma and line break before an item of the current bracket.
static void before_item(struct json_out *j)
{
    if (j->has_items[j->depth]) {
        buf_char(j->out, ',');
    }
    j->has_items[j->depth] = true;
    if (j->depth > 0) {
        new_line(j);
    }
}

static void before_value(struct json_out *j)
{
    if (j->depth > 0 && j->is_object[j->depth]) {
        ensure(j->named);
        j->named = false;
        return;
    }
    ensure(j->depth > 0 || !j->has_items[0]);
    before_item(j);
}

static void open_bracket(struct json_out *j, bool is_object)
{
    before_value(j);
    ensure(j->depth + 1 < JSON_WRITE_DEPTH);
    j->depth++;
    j->is_object[j->depth] = is_object;
    j->has_items[j->depth] = false;
    buf_char(j->out, is_object ? '{' : '[');
}

static void close_bracket(struct json_out *j, bool is_object)
{
    ensure(j->depth > 0 && j->is_object[j->depth] == is_object && !j->named);
    bool empty = !j->has_items[j->depth];
    j->depth--;
    if (!empty) {
        new_line(j);
    }
    buf_char(j->out, is_object ? '}' : ']');
}

void json_begin(struct json_out *j, struct buf *out, bool indented)
{
    *j = (struct json_out){.out = out, .indented = indented};
}

void json_end(struct json_out *j)
{
    ensure(j->depth == 0 && j->has_items[0]);
    if (j->indented) {
        buf_char(j->out, '\n');
    }
}

void json_put_object(struct json_out *j)
{
    open_bracket(j, true);
}

void json_put_object_end(struct json_out *j)
{
    close_bracket(j, true);
}

void json_put_array(struct json_out *j)
{
    open_bracket(j, false);
}

void json_put_array_end(struct json_out *j)
{
    close_bracket(j, false);
}

void json_put_name(struct json_out *j, const char *name)
{
    ensure(j->depth > 0 && j->is_object[j->depth] && !j->named);
    before_item(j);
    quote_json(j->out, name, strlen(name));
    buf_str(j->out, j->indented ? ": " : ":");
    j->named = true;
}

void json_put_text_n(struct json_out *j, const char *bytes, size_t len)
{
    before_value(j);
    quote_json(j->out, bytes, len);
}

void json_put_text(struct json_out *j, const char *text)
{
    if (text == NULL) {
        json_put_null(j);
        return;
    }
    json_put_text_n(j, text, strlen(text));
}

void json_put_int(struct json_out *j, int64_t n)
{
    before_value(j);
    buf_int(j->out, n);
}

void json_put_bool(struct json_out *j, bool truth)
{
    before_value(j);
    buf_str(j->out, truth ? "true" : "false");
}

void json_put_null(struct json_out *j)
{
    before_value(j);
    buf_str(j->out, "null");
}

bool json_looks_numeric(const char *text)
{
    const char *p = text;
    p += *p == '-';
    if (!is_digit(*p) || (*p == '0' && is_digit(p[1]))) {
        return false;
    }
    while (is_digit(*p)) {
        p++;
    }
    if (*p == '.') {
        p++;
        if (!is_digit(*p)) {
            return false;
        }
        while (is_digit(*p)) {
            p++;
        }
    }
    if (*p == 'e' || *p == 'E') {
        p++;
        p += *p == '+' || *p == '-';
        if (!is_digit(*p)) {
            return false;
        }
        while (is_digit(*p)) {
            p++;
        }
    }
    return *p == '\0';
}

void json_put_decimal(struct json_out *j, const char *canonical)
{
    if (canonical == NULL || canonical[0] == '\0') {
        json_put_null(j);
    } else if (json_looks_numeric(canonical)) {
        before_value(j);
        buf_str(j->out, canonical);
    } else {
        json_put_text(j, canonical);
    }
}

void json_member_text(struct json_out *j, const char *name, const char *text)
{
    json_put_name(j, name);
    json_put_text(j, text);
}

void json_member_int(struct json_out *j, const char *name, int64_t n)
{
    json_put_name(j, name);
    json_put_int(j, n);
}

void json_member_bool(struct json_out *j, const char *name, bool truth)
{
    json_put_name(j, name);
    json_put_bool(j, truth);
}

void json_member_decimal(struct json_out *j, const char *name, const char *canonical)
{
    json_put_name(j, name);
    json_put_decimal(j, canonical);
}
