// SPDX-License-Identifier: AGPL-3.0-or-later
//
// search_mark.c: marks the words of a text that a query looks for: the same folding and stems as in the
// index, so that what is marked is what was found.

#include "search/search.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "words/stem.h"

#define MAX_WORDS 12
#define MAX_PIECES 80
#define LEAST_PREFIX 3
#define BEFORE 60 // bytes shown before the first mark
#define NEAR 20   // bytes given up so that the last word is whole

struct wanted {
    const char *stems[MAX_WORDS];
    size_t n;
    const char *last; // folded, as typed
};

static struct wanted words_of(struct arena *a, const char *query)
{
    struct wanted out = {.last = ""};
    struct words w;
    stem_begin(&w, query, strlen(query));
    while (out.n < MAX_WORDS && words_next(&w)) {
        out.last = arena_copy_n(a, w.text, w.text_len);
        out.stems[out.n++] = arena_copy_n(a, w.text, stem_cut(w.text, w.text_len));
    }
    return out;
}

// A stem begins with the first letter of its word, save in Arabic, where an article may fall away.
static bool may_be_wanted(const struct wanted *q, const struct words *w)
{
    bool any = (unsigned char)w->text[0] >= 0x80;
    for (size_t i = 0; i < q->n && !any; i++) {
        any = q->stems[i][0] == w->text[0];
    }
    return any;
}

static bool is_wanted(const struct wanted *q, struct words *w)
{
    if (!may_be_wanted(q, w)) {
        return false;
    }
    size_t last = strlen(q->last);
    if (last >= LEAST_PREFIX && w->text_len >= last && memcmp(w->text, q->last, last) == 0) {
        return true;
    }
    size_t len = stem_cut(w->text, w->text_len);
    for (size_t i = 0; i < q->n; i++) {
        if (strlen(q->stems[i]) == len && memcmp(q->stems[i], w->text, len) == 0) {
            return true;
        }
    }
    return false;
}

// Where a text may begin so that the byte at `mark` is among the first ones: after a blank.
static size_t beginning(const char *text, size_t mark)
{
    if (mark <= BEFORE) {
        return 0;
    }
    size_t at = mark - BEFORE;
    while (at < mark && text[at] != ' ' && text[at] != '\n') {
        at++;
    }
    if (at == mark) { // no blank, as in Chinese: a whole character
        at = mark - BEFORE;
        while (((unsigned char)text[at] & 0xC0) == 0x80) {
            at++;
        }
    }
    return at;
}

// The end of a text that begins at `start`: after a word where one ends nearby.
static size_t ending(const char *text, size_t start, size_t most)
{
    size_t end = start + utf8_prefix(text + start, most);
    for (size_t i = end; text[end] != '\0' && i > start && end - i < NEAR; i--) {
        if (text[i] == ' ' || text[i] == '\n') {
            return i;
        }
    }
    return end;
}

struct pieces {
    struct arena *arena;
    struct search_piece *items;
    size_t n;
};

static void add(struct pieces *p, const char *text, size_t from, size_t to, bool marked)
{
    if (to > from && p->n < MAX_PIECES) {
        p->items[p->n++] = (struct search_piece){arena_copy_n(p->arena, text + from, to - from), marked};
    }
}

const struct search_piece *search_mark(struct arena *a, const char *text, const char *query,
                                       size_t most, bool only_found, size_t *n)
{
    struct wanted q = words_of(a, query);
    struct pieces p = {a, ARENA_ARRAY(a, struct search_piece, MAX_PIECES + 2), 0};
    struct words w;
    size_t len = strlen(text), start = 0, at = 0, end = 0;
    bool found = false;
    stem_begin(&w, text, len);
    while (words_next(&w)) {
        size_t from = w.from, to = w.to;
        if (found && from >= end) {
            break;
        }
        if (!is_wanted(&q, &w)) {
            continue;
        }
        if (!found) {
            found = true;
            start = len <= most ? 0 : beginning(text, from);
            at = start;
            end = ending(text, start, most);
            if (start > 0) {
                p.items[p.n++] = (struct search_piece){"… ", false};
            }
        }
        add(&p, text, at, from, false);
        add(&p, text, from, to, true);
        at = to;
    }
    if (!found && only_found) {
        *n = 0;
        return p.items;
    }
    end = found ? end : ending(text, 0, most);
    add(&p, text, at, end > at ? end : at, false);
    if (end < len) {
        p.items[p.n++] = (struct search_piece){" …", false};
    }
    *n = p.n;
    return p.items;
}
