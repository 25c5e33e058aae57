// SPDX-License-Identifier: AGPL-3.0-or-later
//
// html_test_help.h: slow and obvious readers of HTML for the tests of this folder. They know
// nothing of how it was written: they read it as a browser would, and stop the test when they
// cannot.

#ifndef HTML_HTML_TEST_HELP_H
#define HTML_HTML_TEST_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "html/html.h"

struct test_page {
    struct arena *arena;
    struct buf out;
    struct html h;
};

static inline void test_page_new(struct test_page *t, const struct lang *lang)
{
    t->arena = arena_new(LIMIT_REQUEST_BYTES);
    buf_init(&t->out, t->arena, LIMIT_REPLY_BYTES);
    t->h = (struct html){.out = &t->out, .lang = lang, .arena = t->arena};
}

// The text that entities stand for. Refuses what must not stand unescaped anywhere in a text.
static inline char *test_decode(struct arena *a, const char *html)
{
    static const struct {
        const char *entity;
        char c;
    } known[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&#34;", '"'}, {"&#39;", '\''}};
    char *text = arena_alloc(a, strlen(html) + 1);
    size_t n = 0;
    while (*html != '\0') {
        size_t i = 0;
        while (i < 5 && strncmp(html, known[i].entity, strlen(known[i].entity)) != 0) {
            i++;
        }
        assert_true(i < 5 || strchr("&<>\"'", *html) == NULL);
        text[n++] = i < 5 ? known[i].c : *html;
        html += i < 5 ? strlen(known[i].entity) : 1;
    }
    return text;
}

// Walks over tags: each must be closed in order. Collects what people see or hear: text, and the
// attributes that are read to them.
static inline const char *test_seen(struct arena *a, const char *html)
{
    static const char *const voids[] = {"area", "base", "br",   "col",  "hr",
                                        "img",  "input", "link", "meta", "use"};
    static const char *const heard[] = {" title=\"", " alt=\"", " placeholder=\"",
                                        " aria-label=\""};
    const char *open[64];
    size_t lengths[64], depth = 0;
    struct buf seen;
    buf_init(&seen, a, LIMIT_REPLY_BYTES);
    for (const char *p = html; *p != '\0';) {
        if (*p != '<') {
            buf_char(&seen, *p++);
            continue;
        }
        const char *end = p;
        for (bool quoted = false; quoted || *end != '>'; end++) {
            assert_true(*end != '\0');
            quoted = *end == '"' ? !quoted : quoted;
        }
        const char *name = p + (p[1] == '/' ? 2 : 1);
        size_t n = strcspn(name, " />");
        if (p[1] == '!') {
            p = end + 1;
            continue;
        }
        if (p[1] == '/') {
            assert_true(depth > 0);
            depth--;
            if (lengths[depth] != n || strncmp(open[depth], name, n) != 0) {
                fail_msg("</%.*s> closes <%.*s>", (int)n, name, (int)lengths[depth], open[depth]);
            }
        } else {
            bool empty = false;
            for (size_t i = 0; i < sizeof voids / sizeof voids[0]; i++) {
                empty = empty || (strlen(voids[i]) == n && strncmp(voids[i], name, n) == 0);
            }
            if (!empty) {
                assert_true(depth < 64);
                open[depth] = name;
                lengths[depth++] = n;
            }
            char *tag = arena_copy_n(a, p, (size_t)(end - p));
            for (size_t i = 0; i < sizeof heard / sizeof heard[0]; i++) {
                const char *found = strstr(tag, heard[i]);
                if (found != NULL) {
                    const char *value = found + strlen(heard[i]);
                    buf_char(&seen, '\n');
                    buf_add(&seen, value, strcspn(value, "\""));
                }
            }
        }
        buf_char(&seen, '\n');
        p = end + 1;
    }
    assert_int_equal(depth, 0);
    return seen.data;
}

// Letters outside of the marks of the pseudo-language: words that forgot the catalogue. Entities
// and `allowed` words are passed over. NULL when there are none.
static inline const char *test_untranslated(const char *seen, const char *const *allowed)
{
    int depth = 0;
    for (const char *p = seen; *p != '\0'; p++) {
        // a text of the catalogue may hold another one as its argument
        depth += strncmp(p, "⟦", strlen("⟦")) == 0;
        depth -= strncmp(p, "⟧", strlen("⟧")) == 0;
        if (depth > 0) {
            continue;
        }
        size_t skip = *p == '&' ? strcspn(p, ";") : 0;
        for (const char *const *w = allowed; skip == 0 && *w != NULL; w++) {
            skip = strncmp(p, *w, strlen(*w)) == 0 ? strlen(*w) : 0;
        }
        if (skip > 0) {
            p += skip - 1;
        } else if (isalpha((unsigned char)*p)) {
            return p;
        }
    }
    return NULL;
}

static inline void test_has(const char *html, const char *piece)
{
    if (strstr(html, piece) == NULL) {
        fail_msg("missing: %s\nin: %s", piece, html);
    }
}

static inline void test_has_not(const char *html, const char *piece)
{
    if (strstr(html, piece) != NULL) {
        fail_msg("should not be there: %s\nin: %s", piece, html);
    }
}

#endif
