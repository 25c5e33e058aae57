// SPDX-License-Identifier: AGPL-3.0-or-later
//
// words.c: see words.h. What letters are, and how they come apart, is asked of libunistring (Unicode 14),
// which the program has loaded anyway, for GnuTLS.

#include "words/words.h"

#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "base/bug.h"

// Letters that one sign comes apart into; Unicode knows no more than 18.
#define MOST_PARTS 18

uint32_t words_char(const char *p, const char *end, size_t *n)
{
    unsigned char c = (unsigned char)*p;
    size_t len = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    if (len == 1 || (size_t)(end - p) < len) {
        *n = 1;
        return c < 0x80 ? c : 0xFFFD;
    }
    uint32_t code = c & (0x7Fu >> len);
    for (size_t i = 1; i < len; i++) {
        code = code << 6 | ((unsigned char)p[i] & 0x3F);
    }
    *n = len;
    return code;
}

bool words_is_cjk(uint32_t c)
{
    return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x4DBF) ||
           (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x323AF);
}

static bool is_ascii_letter(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_mark(uint32_t c)
{
    return c >= 0x300 && uc_is_general_category(c, UC_MARK);
}

// Signs that are not seen and part nothing: soft hyphen, joiners, direction marks, Arabic tatweel.
static bool is_nothing(uint32_t c)
{
    return c == 0xAD || c == 0x640 || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

void words_begin(struct words *w, const char *bytes, size_t len)
{
    *w = (struct words){.bytes = bytes, .len = len};
}

static void put(struct words *w, uint32_t c)
{
    if (c < 0x80) {
        w->text[w->text_len++] = (char)c;
        return;
    }
    int n = u8_uctomb((uint8_t *)w->text + w->text_len, c, 6);
    w->text_len += n > 0 ? (size_t)n : 0;
}

static void put_folded(struct words *w, uint32_t c)
{
    if (c < 0x80) {
        put(w, c >= 'A' && c <= 'Z' ? c + 32 : c);
        return;
    }
    uint32_t parts[MOST_PARTS];
    size_t n = MOST_PARTS;
    uint32_t *got = u32_normalize(UNINORM_NFKD, &c, 1, parts, &n);
    ensure(got == parts); // it fits, so no memory is taken
    bool hangul = c >= 0xAC00 && c <= 0xD7A3; // one word each; better whole than as its strokes
    for (size_t i = 0; !hangul && i < n && w->text_len < WORD_BYTES; i++) {
        if (w->marks || !is_mark(parts[i])) {
            put(w, uc_tolower(parts[i]));
        }
    }
    if (hangul) {
        put(w, c);
    }
}

bool words_next(struct words *w)
{
    const char *end = w->bytes + w->len;
    w->text_len = 0;
    while (w->at < w->len) {
        bool parts = false;
        size_t skip = w->markup == NULL ? 0 : w->markup(w, w->at, &parts);
        if (skip > 0) {
            if (parts && w->text_len > 0) {
                return true;
            }
            w->at += skip;
            continue;
        }
        size_t n;
        uint32_t c = words_char(w->bytes + w->at, end, &n);
        bool letter = c < 0x80 ? is_ascii_letter(c)
                               : uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L |
                                                                         UC_CATEGORY_MASK_N) || (w->text_len > 0 && is_mark(c));
        if (!letter && is_nothing(c)) {
            w->at += n;
            continue;
        }
        bool alone = letter && w->cjk_apart && words_is_cjk(c);
        if (w->text_len > 0 && (!letter || alone || w->text_len >= WORD_BYTES)) {
            return true;
        }
        if (letter) {
            w->from = w->text_len == 0 ? w->at : w->from;
            put_folded(w, c);
            w->to = w->at + n;
        }
        w->at += n;
        if (alone && w->text_len > 0) {
            return true;
        }
    }
    return w->text_len > 0;
}
