// SPDX-License-Identifier: AGPL-3.0-or-later
//
// msg.h: the message catalogue. Every word a person reads passes through tr().
//
// The English text is the key. A language is a function from key to text; English gives the key
// back. The pseudo-language (code "qps") makes every text longer, marked and right to left, so that
// a page that forgot tr() is seen by a test. Texts may hold {0} to {9}, replaced by tr_f().

#ifndef BASE_MSG_H
#define BASE_MSG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

// Marks a text for the catalogue where tr() cannot be called (tables). It changes nothing.
#define MSG(text) text

struct wording;
struct lang {
    const char *code; // BCP 47: "en", "ar"
    const char *name; // in the language itself
    bool right_to_left;
    // Text for a key; lives as long as the program.
    const char *(*look_up)(const char *key);
    // What takes the place of the words of packs, for who chose so (pack_words()); NULL: nothing.
    const struct wording *wording;
};

extern const struct lang lang_en;
extern const struct lang lang_pseudo;

// The language with this code, or NULL.
const struct lang *lang_find(const char *code);
// All languages a person may choose, ended by NULL; the pseudo-language is not among them.
const struct lang *const *lang_all(void);

const char *tr(const struct lang *lang, const char *key);
// One or many, by the plural rule of the language; {0} is n. English: 1 is one, all else many.
const char *tr_n(struct arena *a, const struct lang *lang, const char *one, const char *many,
                 int64_t n);
// Replaces {0}.. by the texts that follow, ended by NULL. Result in the arena.
const char *tr_f(struct arena *a, const struct lang *lang, const char *key, ...)
    __attribute__((sentinel));
// The same for arguments in an array.
const char *tr_args(struct arena *a, const struct lang *lang, const char *key,
                    const char *const *args, int n_args);

#endif
