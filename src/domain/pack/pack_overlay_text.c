// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_overlay_text.c: a document as words, spans of it by their hashes, and the wording of a span.
//
// Finding spans is the method of Rabin and Karp (1987): for each length that is looked for, a rolling
// hash goes once over the document; what agrees is compared by BLAKE2b.

#include "pack/pack_overlay.h"

#include <sodium.h>
#include <string.h>

#include "base/buf.h"
#include "base/sort.h"
#include "words/words.h"

#define TAG_BYTES 300  // of a tag that is left out; a longer one is text
#define LINK_BYTES 600
#define ROLLING_BASE 0x9E3779B97F4A7C15ull // odd, so that no word is lost modulo 2^64

// ---- markup -------------------------------------------------------------------------------------

// Footnotes are marked with small raised digits.
static bool is_raised(uint32_t c)
{
    return c == 0xB9 || c == 0xB2 || c == 0xB3 || (c >= 0x2070 && c <= 0x2079);
}

static bool is_bullet(uint32_t c)
{
    return c == 0x2022 || c == 0x25A0 || c == 0x25AA || c == 0x25CF || c == 0x25E6 || c == 0x25CB ||
           c == 0x2023 || c == 0x2043 || c == 0xF0B7 || c == 0xF0A7;
}

// A tag such as <br> or </ul>; an address in angle brackets is text.
static size_t tag_length(const char *p, size_t left)
{
    bool named = left > 2 && (p[1] == '/' || p[1] == '!' || (p[1] >= 'a' && p[1] <= 'z') ||
                              (p[1] >= 'A' && p[1] <= 'Z'));
    if (!named) {
        return 0;
    }
    for (size_t i = 1; i < left && i < TAG_BYTES && p[i] != '<'; i++) {
        if (p[i] == '>') {
            return i + 1;
        }
    }
    return 0;
}

// "](target)" after the text of a link.
static size_t target_length(const char *p, size_t left)
{
    if (left < 3 || p[1] != '(') {
        return 0;
    }
    for (size_t i = 2; i < left && i < LINK_BYTES && p[i] != '\n'; i++) {
        if (p[i] == ')') {
            return i + 1;
        }
    }
    return 0;
}

static bool opens_link(const char *p, size_t left)
{
    for (size_t i = 1; i < left && i < LINK_BYTES && p[i] != '\n' && p[i] != '['; i++) {
        if (p[i] == ']') {
            return target_length(p + i, left - i) > 0;
        }
    }
    return false;
}

static bool is_address(const char *p)
{
    return strncmp(p, "http", 4) == 0 || strncmp(p, "www.", 4) == 0 || strncmp(p, "mailto", 6) == 0;
}

// The end of <http://..>
static bool closes_address(const char *bytes, size_t at)
{
    for (size_t i = at; i > 0 && bytes[i - 1] != ' ' && bytes[i - 1] != '\n'; i--) {
        if (bytes[i - 1] == '<') {
            return is_address(bytes + i);
        }
    }
    return false;
}

enum markup { MARKUP_NONE, MARKUP_NOTHING, MARKUP_BLANK, MARKUP_ITEM };

// What stands at p: text, something that is left out, something that parts words, or a bullet.
static enum markup markup_at(const char *bytes, size_t at, size_t len, size_t *n)
{
    const char *p = bytes + at;
    size_t left = len - at;
    *n = 1;
    switch (*p) {
    case '*':
        return MARKUP_NOTHING;
    case '\\': // before a sign that would otherwise be markup
        return left > 1 && strchr("()[]*_#<>-.!", p[1]) != NULL ? MARKUP_NOTHING : MARKUP_NONE;
    case '>':
        return closes_address(bytes, at) ? MARKUP_NOTHING : MARKUP_NONE;
    case '<':
        if (left > 1 && is_address(p + 1)) {
            return MARKUP_NOTHING;
        }
        *n = tag_length(p, left);
        return *n == 0 ? MARKUP_NONE
                       : left > 3 && strncmp(p, "<li", 3) == 0 ? MARKUP_ITEM : MARKUP_BLANK;
    case '[':
        return opens_link(p, left) ? MARKUP_NOTHING : MARKUP_NONE;
    case ']':
        *n = target_length(p, left);
        return *n == 0 ? MARKUP_NONE : MARKUP_NOTHING;
    case '-':
        return (at == 0 || p[-1] == '\n') && left > 1 && p[1] == ' ' ? MARKUP_ITEM : MARKUP_NONE;
    default:
        if ((unsigned char)*p < 0x80) {
            return MARKUP_NONE;
        }
        uint32_t c = words_char(p, bytes + len, n);
        return is_raised(c) ? MARKUP_NOTHING : is_bullet(c) ? MARKUP_ITEM : MARKUP_NONE;
    }
}

static size_t markup_of_words(const struct words *w, size_t at, bool *parts)
{
    size_t n;
    enum markup m = markup_at(w->bytes, at, w->len, &n);
    *parts = m == MARKUP_BLANK || m == MARKUP_ITEM;
    return m == MARKUP_NONE ? 0 : n;
}

// ---- words --------------------------------------------------------------------------------------

static uint64_t hash_of_word(const char *text, size_t len)
{
    uint64_t h = 0xCBF29CE484222325ull; // FNV-1a
    for (size_t i = 0; i < len; i++) {
        h = (h ^ (unsigned char)text[i]) * 0x100000001B3ull;
    }
    return h ^ h >> 29;
}

void overlay_doc_read(struct arena *a, const char *bytes, size_t len, struct overlay_doc *out)
{
    struct words w;
    size_t n = 0;
    words_begin(&w, bytes, len);
    w.markup = markup_of_words;
    while (words_next(&w)) {
        n++;
    }
    struct overlay_word *words = ARENA_ARRAY(a, struct overlay_word, n + 1);
    struct buf folded;
    buf_init(&folded, a, len * 4 + 64);
    words_begin(&w, bytes, len);
    w.markup = markup_of_words;
    w.marks = true;
    size_t k = 0;
    while (k < n && words_next(&w)) {
        words[k++] = (struct overlay_word){.hash = hash_of_word(w.text, w.text_len),
                                           .from = (uint32_t)w.from,
                                           .to = (uint32_t)w.to,
                                           .folded = (uint32_t)folded.len};
        buf_add(&folded, w.text, w.text_len);
        buf_char(&folded, ' ');
    }
    words[k].folded = (uint32_t)folded.len;
    *out = (struct overlay_doc){.bytes = bytes, .len = len, .words = words, .n_words = k,
                                .folded = folded.data};
}

uint64_t overlay_rolling(const struct overlay_doc *d, size_t first, size_t n)
{
    uint64_t h = 0;
    for (size_t i = first; i < first + n; i++) {
        h = h * ROLLING_BASE + d->words[i].hash;
    }
    return h;
}

static uint64_t hash_of_bytes(const char *text, size_t len)
{
    unsigned char bytes[16]; // the least the function gives; eight are enough
    crypto_generichash(bytes, sizeof bytes, (const unsigned char *)text, len, NULL, 0);
    uint64_t h = 0;
    for (size_t i = 0; i < 8; i++) {
        h = h << 8 | bytes[i];
    }
    return h;
}

uint64_t overlay_hash(const struct overlay_doc *d, size_t first, size_t n)
{
    size_t from = d->words[first].folded;
    return hash_of_bytes(d->folded + from, d->words[first + n].folded - from);
}

uint64_t overlay_exact(struct arena *a, const char *wording)
{
    struct buf b;
    buf_init(&b, a, strlen(wording) + 16);
    for (const char *p = wording; *p != '\0'; p++) {
        if (*p != ' ' && *p != '\n') {
            buf_char(&b, *p);
        }
    }
    return hash_of_bytes(b.data == NULL ? "" : b.data, b.len);
}

// ---- finding ------------------------------------------------------------------------------------

static int by_length_then_rolling(const void *x, const void *y)
{
    const struct overlay_mark *a = *(struct overlay_mark *const *)x;
    const struct overlay_mark *b = *(struct overlay_mark *const *)y;
    if (a->words != b->words) {
        return a->words < b->words ? -1 : 1;
    }
    return a->rolling == b->rolling ? 0 : a->rolling < b->rolling ? -1 : 1;
}

static void add_place(struct arena *a, struct overlay_mark *m, size_t at)
{
    if ((m->n_at & (m->n_at - 1)) == 0) { // full at 0, 1, 2, 4, 8 ..
        uint32_t *more = ARENA_ARRAY(a, uint32_t, m->n_at == 0 ? 1 : m->n_at * 2);
        if (m->n_at > 0) {
            memcpy(more, m->at, m->n_at * sizeof *more);
        }
        m->at = more;
    }
    m->at[m->n_at++] = (uint32_t)at;
}

// All marks of one length, sorted by rolling hash, in one walk over the document.
static void find_of_length(struct arena *a, const struct overlay_doc *d, struct overlay_mark **marks,
                           size_t n)
{
    size_t length = marks[0]->words;
    if (length == 0 || length > d->n_words) {
        return;
    }
    uint64_t seen[1024] = {0}; // a bit for each rolling hash modulo 65536
    uint64_t top = 1;
    for (size_t i = 0; i < n; i++) {
        seen[(marks[i]->rolling & 0xFFFF) >> 6] |= 1ull << (marks[i]->rolling & 63);
    }
    for (size_t i = 1; i < length; i++) {
        top *= ROLLING_BASE;
    }
    uint64_t h = overlay_rolling(d, 0, length);
    for (size_t at = 0;; at++) {
        if (seen[(h & 0xFFFF) >> 6] >> (h & 63) & 1) {
            size_t low = 0;
            size_t high = n;
            while (low < high) {
                size_t middle = (low + high) / 2;
                if (marks[middle]->rolling < h) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            uint64_t hash = low < n && marks[low]->rolling == h ? overlay_hash(d, at, length) : 0;
            for (; low < n && marks[low]->rolling == h; low++) {
                if (marks[low]->hash == hash) {
                    add_place(a, marks[low], at);
                }
            }
        }
        if (at + length >= d->n_words) {
            return;
        }
        h = (h - d->words[at].hash * top) * ROLLING_BASE + d->words[at + length].hash;
    }
}

void overlay_find(struct arena *a, const struct overlay_doc *d, struct overlay_mark *marks, size_t n)
{
    struct overlay_mark **sorted = ARENA_ARRAY(a, struct overlay_mark *, n + 1);
    for (size_t i = 0; i < n; i++) {
        sorted[i] = &marks[i];
    }
    sort_items(sorted, n, sizeof *sorted, by_length_then_rolling);
    for (size_t i = 0; i < n;) {
        size_t k = i;
        while (k < n && sorted[k]->words == sorted[i]->words) {
            k++;
        }
        find_of_length(a, d, sorted + i, k - i);
        i = k;
    }
}

// ---- wording ------------------------------------------------------------------------------------

static bool is_blank(const char *p, size_t left, size_t *n)
{
    *n = 1;
    if (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r') {
        return true;
    }
    if (left > 1 && memcmp(p, "\xC2\xA0", 2) == 0) {
        *n = 2;
        return true;
    }
    return false;
}

// Adds bytes from..to without markup; *gap is what must come before the next sign: 0, ' ' or '\n'.
static void add_clean(struct buf *b, const struct overlay_doc *d, size_t from, size_t to, char *gap)
{
    for (size_t at = from; at < to;) {
        size_t n;
        enum markup m = markup_at(d->bytes, at, d->len, &n);
        if (m == MARKUP_NONE && !is_blank(d->bytes + at, to - at, &n)) {
            if (*gap != 0 && b->len > 0) {
                buf_char(b, *gap);
            }
            *gap = 0;
            words_char(d->bytes + at, d->bytes + d->len, &n);
            buf_add(b, d->bytes + at, n);
        } else if (m == MARKUP_ITEM) {
            *gap = '\n';
        } else if (m != MARKUP_NOTHING && *gap == 0) {
            *gap = ' ';
        }
        at += n;
    }
}

// The signs of a gap between words, as clean text.
static const char *signs_between(struct arena *a, const struct overlay_doc *d, size_t from, size_t to,
                                 char *gap)
{
    struct buf b;
    buf_init(&b, a, to - from + 2);
    *gap = 0;
    add_clean(&b, d, from, to, gap);
    return b.len == 0 ? "" : b.data;
}

static bool begins_character(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

// The last `n` signs; blanks between signs are not counted.
static const char *last_signs(const char *text, int n)
{
    const char *p = text + strlen(text);
    while (p > text && n > 0) {
        p--;
        n -= begins_character(*p) && *p != ' ' && *p != '\n';
    }
    while (*p == ' ' || *p == '\n') {
        p++;
    }
    return p;
}

static size_t first_signs(const char *text, int n)
{
    size_t taken = 0;
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (begins_character(text[i]) && text[i] != ' ' && text[i] != '\n' && n-- == 0) {
            break;
        }
        taken = text[i] == ' ' || text[i] == '\n' ? taken : i + 1;
    }
    return taken;
}

const char *overlay_wording(struct arena *a, const struct overlay_doc *d, size_t first, size_t n,
                            int before, int after)
{
    struct buf b;
    size_t last = first + n - 1;
    size_t from = d->words[first].from;
    size_t to = d->words[last].to;
    size_t previous = first == 0 ? 0 : d->words[first - 1].to;
    size_t next = last + 1 < d->n_words ? d->words[last + 1].from : d->len;
    char gap;
    buf_init(&b, a, (next - previous) * 2 + 16);
    if (before > 0) {
        buf_str(&b, last_signs(signs_between(a, d, previous, from, &gap), before));
        if (b.len > 0 && gap != 0) {
            buf_char(&b, ' ');
        }
    }
    gap = 0;
    add_clean(&b, d, from, to, &gap);
    if (after > 0) {
        const char *blank = is_blank(d->bytes + to, d->len - to, &(size_t){0}) ? " " : "";
        const char *signs = signs_between(a, d, to, next, &gap);
        size_t taken = first_signs(signs, after);
        if (taken > 0) {
            buf_str(&b, blank);
            buf_add(&b, signs, taken);
        }
    }
    return b.data;
}

void overlay_signs(struct arena *a, const struct overlay_doc *d, int *before, int *after)
{
    char gap;
    const char *head = signs_between(a, d, 0, d->n_words == 0 ? 0 : d->words[0].from, &gap);
    const char *tail = d->n_words == 0
                           ? ""
                           : signs_between(a, d, d->words[d->n_words - 1].to, d->len, &gap);
    *before = 0;
    *after = 0;
    for (const char *p = head; *p != '\0'; p++) {
        *before += begins_character(*p) && *p != ' ' && *p != '\n';
    }
    for (const char *p = tail; *p != '\0'; p++) {
        *after += begins_character(*p) && *p != ' ' && *p != '\n';
    }
}
