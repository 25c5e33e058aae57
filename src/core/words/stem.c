// SPDX-License-Identifier: AGPL-3.0-or-later
//
// stem.c: see stem.h.
//
// Sources: M. F. Porter, "An algorithm for suffix stripping", Program 14 (1980); L. Larkey and others,
// "Light stemming for Arabic information retrieval" (2007), of which the shorter list is taken.

#include "words/stem.h"

#include <string.h>

#define MAX_QUERY_WORDS 12
#define LEAST_PREFIX 3 // bytes of a last word that may be a beginning

// ---- English: Porter ------------------------------------------------------------------------------

struct porter {
    char *w;
    size_t len;
    size_t j; // length of the stem before the ending that was found
};

static bool is_consonant(const struct porter *p, size_t i)
{
    switch (p->w[i]) {
    case 'a': case 'e': case 'i': case 'o': case 'u':
        return false;
    case 'y':
        return i == 0 || !is_consonant(p, i - 1);
    default:
        return true;
    }
}

// How many times a vowel is followed by a consonant in the stem.
static int measure(const struct porter *p)
{
    int n = 0;
    bool vowel = false;
    for (size_t i = 0; i < p->j; i++) {
        bool c = is_consonant(p, i);
        n += vowel && c;
        vowel = !c;
    }
    return n;
}

static bool has_vowel(const struct porter *p)
{
    for (size_t i = 0; i < p->j; i++) {
        if (!is_consonant(p, i)) {
            return true;
        }
    }
    return false;
}

static bool ends_double(const struct porter *p)
{
    return p->len >= 2 && p->w[p->len - 1] == p->w[p->len - 2] && is_consonant(p, p->len - 1);
}

// consonant, vowel, consonant at the end of the first n letters; the last not w, x or y
static bool ends_cvc(const struct porter *p, size_t n)
{
    if (n < 3 || !is_consonant(p, n - 1) || is_consonant(p, n - 2) || !is_consonant(p, n - 3)) {
        return false;
    }
    return strchr("wxy", p->w[n - 1]) == NULL;
}

static bool ends(struct porter *p, const char *ending)
{
    size_t n = strlen(ending);
    if (n > p->len || memcmp(p->w + p->len - n, ending, n) != 0) {
        return false;
    }
    p->j = p->len - n;
    return true;
}

// Puts another ending behind the stem; never a longer word.
static void become(struct porter *p, const char *ending)
{
    size_t n = strlen(ending);
    memcpy(p->w + p->j, ending, n);
    p->len = p->j + n;
}

static void step_plural(struct porter *p)
{
    if (ends(p, "sses")) {
        become(p, "ss");
    } else if (ends(p, "ies")) {
        become(p, "i");
    } else if (!ends(p, "ss") && ends(p, "s")) {
        become(p, "");
    }
}

static void step_past(struct porter *p)
{
    if (ends(p, "eed")) {
        if (measure(p) > 0) {
            become(p, "ee");
        }
        return;
    }
    if (!(ends(p, "ed") && has_vowel(p)) && !(ends(p, "ing") && has_vowel(p))) {
        return;
    }
    become(p, "");
    if (ends(p, "at")) {
        become(p, "ate");
    } else if (ends(p, "bl")) {
        become(p, "ble");
    } else if (ends(p, "iz")) {
        become(p, "ize");
    } else if (ends_double(p) && strchr("lsz", p->w[p->len - 1]) == NULL) {
        p->len--;
    } else {
        p->j = p->len;
        if (measure(p) == 1 && ends_cvc(p, p->len)) {
            p->w[p->len++] = 'e'; // shorter than the word was
        }
    }
}

struct ending {
    const char *from;
    const char *to;
};

// The first ending that fits is the one that counts, whether its stem is long enough or not.
static void replace_first(struct porter *p, const struct ending *list, int least)
{
    for (; list->from != NULL; list++) {
        if (ends(p, list->from)) {
            if (measure(p) > least) {
                become(p, list->to);
            }
            return;
        }
    }
}

static const struct ending double_endings[] = {
    {"ational", "ate"}, {"tional", "tion"}, {"enci", "ence"}, {"anci", "ance"}, {"izer", "ize"},
    {"bli", "ble"}, {"alli", "al"}, {"entli", "ent"}, {"eli", "e"}, {"ousli", "ous"},
    {"ization", "ize"}, {"ation", "ate"}, {"ator", "ate"}, {"alism", "al"}, {"iveness", "ive"},
    {"fulness", "ful"}, {"ousness", "ous"}, {"aliti", "al"}, {"iviti", "ive"}, {"biliti", "ble"},
    {"logi", "log"}, {NULL, NULL}};
static const struct ending single_endings[] = {
    {"icate", "ic"}, {"ative", ""}, {"alize", "al"}, {"iciti", "ic"}, {"ical", "ic"}, {"ful", ""},
    {"ness", ""}, {NULL, NULL}};
static const struct ending last_endings[] = {
    {"al", ""}, {"ance", ""}, {"ence", ""}, {"er", ""}, {"ic", ""}, {"able", ""}, {"ible", ""},
    {"ant", ""}, {"ement", ""}, {"ment", ""}, {"ent", ""}, {"ou", ""}, {"ism", ""}, {"ate", ""},
    {"iti", ""}, {"ous", ""}, {"ive", ""}, {"ize", ""}, {NULL, NULL}};

static void step_last(struct porter *p)
{
    if (ends(p, "ion")) {
        if (p->j > 0 && strchr("st", p->w[p->j - 1]) != NULL && measure(p) > 1) {
            become(p, "");
        }
        return;
    }
    replace_first(p, last_endings, 1);
}

static void step_final_e(struct porter *p)
{
    if (ends(p, "e")) {
        int m = measure(p);
        if (m > 1 || (m == 1 && !ends_cvc(p, p->j))) {
            become(p, "");
        }
    }
    p->j = p->len;
    if (ends_double(p) && p->w[p->len - 1] == 'l' && measure(p) > 1) {
        p->len--;
    }
}

static size_t cut_english(char *word, size_t len)
{
    struct porter p = {word, len, len};
    step_plural(&p);
    step_past(&p);
    if (ends(&p, "y") && has_vowel(&p)) {
        become(&p, "i");
    }
    replace_first(&p, double_endings, 0);
    replace_first(&p, single_endings, 0);
    step_last(&p);
    step_final_e(&p);
    return p.len;
}

// ---- Arabic: article and common endings -------------------------------------------------------------

// Letters have two bytes each; hamza signs fell away when the word was folded.
static const char *const arabic_before[] = {
    "\xD9\x88\xD8\xA7\xD9\x84" /* wal */, "\xD8\xA8\xD8\xA7\xD9\x84" /* bal */,
    "\xD9\x83\xD8\xA7\xD9\x84" /* kal */, "\xD9\x81\xD8\xA7\xD9\x84" /* fal */,
    "\xD8\xA7\xD9\x84" /* al */, "\xD9\x84\xD9\x84" /* lil */, "\xD9\x88" /* wa */};
static const char *const arabic_after[] = {
    "\xD9\x87\xD8\xA7" /* ha */, "\xD8\xA7\xD9\x86" /* an */, "\xD8\xA7\xD8\xAA" /* at */,
    "\xD9\x88\xD9\x86" /* un */, "\xD9\x8A\xD9\x86" /* in */, "\xD9\x8A\xD9\x87" /* yh */,
    "\xD9\x8A\xD8\xA9" /* iyya */, "\xD9\x87" /* h */, "\xD8\xA9" /* ta marbuta */,
    "\xD9\x8A" /* y */, "\xD9\x89" /* alif maqsura */};
#define ARABIC_LEAST 6 // bytes that must remain: three letters

static size_t cut_arabic(char *word, size_t len)
{
    for (size_t i = 0; i < sizeof arabic_before / sizeof *arabic_before; i++) {
        size_t n = strlen(arabic_before[i]);
        if (len >= n + ARABIC_LEAST && memcmp(word, arabic_before[i], n) == 0) {
            len -= n;
            memmove(word, word + n, len);
            break;
        }
    }
    for (size_t i = 0; i < sizeof arabic_after / sizeof *arabic_after; i++) {
        size_t n = strlen(arabic_after[i]);
        if (len >= n + ARABIC_LEAST && memcmp(word + len - n, arabic_after[i], n) == 0) {
            len -= n;
            break;
        }
    }
    return len;
}

size_t stem_cut(char *word, size_t len)
{
    bool latin = true;
    for (size_t i = 0; i < len; i++) {
        latin = latin && word[i] >= 'a' && word[i] <= 'z';
    }
    if (latin && len > 2) {
        return cut_english(word, len);
    }
    unsigned char c = (unsigned char)word[0];
    bool arabic = c >= 0xD8 && c <= 0xDB;
    return arabic ? cut_arabic(word, len) : len;
}

// ---- texts and queries ------------------------------------------------------------------------------

void stem_begin(struct words *w, const char *bytes, size_t len)
{
    words_begin(w, bytes, len);
    w->cjk_apart = true;
}

void stem_tokens(struct buf *out, const char *text)
{
    struct words w;
    if (text == NULL) {
        return;
    }
    stem_begin(&w, text, strlen(text));
    while (words_next(&w)) {
        if (out->len > 0) {
            buf_char(out, ' ');
        }
        buf_add(out, w.text, stem_cut(w.text, w.text_len));
    }
}

static bool has_blank(const char *bytes, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\n') {
            return true;
        }
    }
    return false;
}

// A token holds letters and digits only, so it needs no escaping in quotes.
static void put_token(struct buf *out, enum stem_engine engine, const char *token, size_t len,
                      const char *raw, size_t raw_len, bool last)
{
    char quote = engine == STEM_FTS5 ? '"' : '\'';
    bool prefix = last && raw_len >= LEAST_PREFIX;
    buf_str(out, prefix ? "(" : "");
    buf_char(out, quote);
    buf_add(out, token, len);
    buf_char(out, quote);
    if (prefix) {
        buf_str(out, engine == STEM_FTS5 ? " OR " : " | ");
        buf_char(out, quote);
        buf_add(out, raw, raw_len);
        buf_char(out, quote);
        buf_str(out, engine == STEM_FTS5 ? " * )" : ":* )");
    }
}

bool stem_query(struct buf *out, const char *query, enum stem_engine engine)
{
    struct words w;
    size_t n = 0, end = 0;
    char raw[WORD_BYTES + 32], token[WORD_BYTES + 32];
    size_t raw_len = 0, token_len = 0;
    bool joined = false; // the word that waits stands side by side with the one before
    stem_begin(&w, query, strlen(query));
    for (bool more = words_next(&w); n < MAX_QUERY_WORDS;) {
        // the word that waits is written once it is known whether another follows
        bool follows = more && n + 1 <= MAX_QUERY_WORDS;
        bool side = follows && n > 0 && !has_blank(query, end, w.from);
        if (n > 0) {
            put_token(out, engine, token, token_len, raw, raw_len, !follows && !joined);
            if (!follows) {
                return true;
            }
            buf_str(out, side ? engine == STEM_FTS5 ? " + " : " <-> "
                              : engine == STEM_FTS5 ? " AND " : " & ");
        }
        if (!follows) {
            break;
        }
        memcpy(raw, w.text, w.text_len);
        raw_len = w.text_len;
        token_len = stem_cut(w.text, w.text_len);
        memcpy(token, w.text, token_len);
        joined = side;
        end = w.to;
        n++;
        more = words_next(&w);
    }
    if (n > 0) {
        put_token(out, engine, token, token_len, raw, raw_len, !joined);
    }
    return n > 0;
}
