// SPDX-License-Identifier: AGPL-3.0-or-later
//
// html.c: escaping by place. See html.h.
//
// Method: HTML Living Standard 13.1.2 (text and attribute values), WHATWG URL Standard 4.4 for what
// a browser makes of an address (it drops tab and line end anywhere, and takes "\" for "/").

#include "html/html.h"

#include <string.h>

#include "base/decimal.h"
#include "http/url.h"

// ---- text and attributes ------------------------------------------------------------------------

// Signs that are not copied as they are, and the end of a text.
static const unsigned char stops[256] = {
    ['\0'] = 1, ['&'] = 1, ['<'] = 1, ['>'] = 1, ['"'] = 1, ['\''] = 1,
};

static void add_entity(struct html *h, char c)
{
    switch (c) {
    case '&': html_lit(h, "&amp;", 5); break;
    case '<': html_lit(h, "&lt;", 4); break;
    case '>': html_lit(h, "&gt;", 4); break;
    case '"': html_lit(h, "&#34;", 5); break;
    default: html_lit(h, "&#39;", 5);
    }
}

static void escape_n(struct html *h, const char *text, size_t len)
{
    size_t from = 0;
    for (size_t i = 0; i < len; i++) {
        if (stops[(unsigned char)text[i]] && text[i] != '\0') {
            buf_add(h->out, text + from, i - from);
            add_entity(h, text[i]);
            from = i + 1;
        }
    }
    buf_add(h->out, text + from, len - from);
}

void html_text(struct html *h, const char *text)
{
    while (text != NULL) {
        text += buf_add_until(h->out, text, stops);
        if (*text == '\0') {
            return;
        }
        add_entity(h, *text);
        text++;
    }
}

void html_attr(struct html *h, const char *text)
{
    html_text(h, text);
}

void html_int(struct html *h, int64_t n)
{
    buf_int(h->out, n);
}

void html_size(struct html *h, uint64_t n)
{
    if (n <= INT64_MAX) {
        buf_int(h->out, (int64_t)n);
    } else {
        buf_printf(h->out, "%llu", (unsigned long long)n);
    }
}

void html_safe(struct html *h, struct safe_html safe)
{
    buf_add(h->out, safe.bytes, safe.len);
}

// ---- addresses ----------------------------------------------------------------------------------

static void percent(struct html *h, unsigned char c)
{
    static const char hex[] = "0123456789ABCDEF";
    char code[3] = {'%', hex[c >> 4], hex[c & 15]};
    buf_add(h->out, code, sizeof code);
}

static bool has_control(const char *p)
{
    for (; *p != '\0'; p++) {
        if (url_signs[(unsigned char)*p] == URL_CONTROL) {
            return true;
        }
    }
    return false;
}

static bool is_local(const char *p)
{
    return p[0] == '?' || p[0] == '#' || (p[0] == '/' && p[1] != '/' && p[1] != '\\');
}

static bool begins(const char *p, const char *with)
{
    for (; *with != '\0'; p++, with++) {
        char lower = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
        if (lower != *with) {
            return false;
        }
    }
    return true;
}

static void address(struct html *h, const char *p, bool allowed)
{
    if (p == NULL || !allowed) {
        buf_char(h->out, '#');
        return;
    }
    size_t same = 0; // bytes that are written as they are: nearly always all
    while (url_signs[(unsigned char)p[same]] <= URL_RESERVED) {
        same++;
    }
    if (p[same] != '\0' && has_control(p)) {
        buf_char(h->out, '#');
        return;
    }
    buf_add(h->out, p, same);
    p += same;
    while (*p != '\0') {
        size_t n = 0;
        while (url_signs[(unsigned char)p[n]] <= URL_ENTITY) {
            n++;
        }
        escape_n(h, p, n);
        p += n;
        if (*p != '\0') {
            percent(h, (unsigned char)*p++);
        }
    }
}

void html_url(struct html *h, const char *p)
{
    address(h, p, p != NULL && (is_local(p) || begins(p, "http://") || begins(p, "https://") ||
                                begins(p, "mailto:")));
}

void html_target(struct html *h, const char *p)
{
    address(h, p, p != NULL && is_local(p));
}

void html_url_value(struct html *h, const char *text)
{
    if (text != NULL) {
        url_add_escaped(h->out, text);
    }
}

void html_url_segment(struct html *h, const char *text)
{
    if (text != NULL && (strcmp(text, ".") == 0 || strcmp(text, "..") == 0)) {
        buf_str(h->out, text[1] == '\0' ? "%252E" : "%252E%252E");
        return;
    }
    html_url_value(h, text);
}

// ---- catalogue ----------------------------------------------------------------------------------

void html_tr(struct html *h, const char *key)
{
    html_text(h, tr(h->lang, key));
}

void html_tr_n(struct html *h, const char *one, const char *many, int64_t n)
{
    html_text(h, tr_n(h->arena, h->lang, one, many, n));
}

void html_tr_args(struct html *h, const char *key, const struct html_arg *args, int n_args)
{
    const char *text = tr(h->lang, key);
    const char *from = text;
    for (const char *p = text; *p != '\0'; p++) {
        int i = p[1] - '0';
        if (p[0] != '{' || i < 0 || i > 9 || p[2] != '}') {
            continue;
        }
        escape_n(h, from, (size_t)(p - from));
        if (i < n_args && args[i].safe) {
            buf_add(h->out, args[i].text, args[i].len);
        } else if (i < n_args) {
            escape_n(h, args[i].text, args[i].len);
        }
        p += 2;
        from = p + 1;
    }
    html_text(h, from);
}

struct html_arg html_arg_of_text(struct html *h, const char *text)
{
    (void)h;
    return (struct html_arg){.text = text == NULL ? "" : text,
                             .len = text == NULL ? 0 : strlen(text)};
}

struct html_arg html_arg_of_int(struct html *h, int64_t n)
{
    return html_arg_of_text(h, decimal_int_text(h->arena, n));
}

struct html_arg html_arg_of_size(struct html *h, uint64_t n)
{
    return html_arg_of_text(h, arena_printf(h->arena, "%llu", (unsigned long long)n));
}

struct html_arg html_arg_of_safe(struct html *h, struct safe_html safe)
{
    (void)h;
    return (struct html_arg){.text = safe.bytes, .len = safe.len, .safe = true};
}
