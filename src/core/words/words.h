// SPDX-License-Identifier: AGPL-3.0-or-later
//
// words.h: the words of a text, folded so that two spellings of one word are the same bytes.
//
// A word is a run of letters and digits of any script. Folded means: small letters, compatibility
// decomposition (Unicode NFKD: a ligature is its letters, a wide letter is a letter), without the
// signs that are set above and below letters unless they are asked for. Nothing here allocates.

#ifndef WORDS_WORDS_H
#define WORDS_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A longer word is cut into pieces of this many bytes, always at the same places.
#define WORD_BYTES 240

struct words {
    const char *bytes; // valid UTF-8
    size_t len;
    size_t at;         // next byte to look at
    bool marks;        // keep signs above and below letters
    bool cjk_apart;    // each Han, Kana or Hangul character is a word of its own
    // Gives how many bytes of markup stand at `at` (0: none) and whether they part words. May be NULL.
    size_t (*markup)(const struct words *w, size_t at, bool *parts);
    // the word found:
    char text[WORD_BYTES + 32];
    size_t text_len;
    size_t from; // bytes of the source it stands in
    size_t to;
};

void words_begin(struct words *w, const char *bytes, size_t len);
// False at the end. The word stands in w until the next call.
bool words_next(struct words *w);
// One character at p (before end): its code point, and its length in *n.
uint32_t words_char(const char *p, const char *end, size_t *n);
bool words_is_cjk(uint32_t c);

#endif
