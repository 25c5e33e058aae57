// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_split.h: characteristics that values are split by (pack data, table "characteristics"), and splits:
// which value of which characteristics a part of a value stands for, as text.
//
// A split is "age=18-24 sex=female": characteristics in the order of their codes, each at most once. What
// is not named is not split by. not_known, not_asked and withheld are values of every characteristic.

#ifndef RESULT_RESULT_SPLIT_H
#define RESULT_RESULT_SPLIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/msg.h"
#include "model/model.h"

struct characteristic {
    const char *code;
    const char *title;           // catalogue key
    const struct choice *values; // in their order, last the three that all have; ended by {NULL, NULL}
    size_t n_values;
    bool open; // any word is a value, with "_" for a blank
};
// In the order of the table; they live as long as the program.
const struct characteristic *characteristics(size_t *n);
const struct characteristic *characteristic_find(const char *code); // NULL when there is none
// Its title, translated; the code itself when there is none.
const char *characteristic_title(const struct lang *lang, const char *code);
// A value in words, translated; of an open one the word itself.
const char *characteristic_value_title(struct arena *a, const struct lang *lang,
                                       const struct characteristic *c, const char *value);
// The characteristic with this code or title, in the language of the person or in English; NULL: there is none.
const struct characteristic *characteristic_read(const struct lang *lang, const char *word);
// The value that somebody means: its code or its title (English or translated, capital or small); of an open one, and
// of what is none, the word itself with "_" for blanks, as a split holds it.
const char *characteristic_value_read(struct arena *a, const struct lang *lang, const struct characteristic *c,
                                      const char *word);
// True for not_known, not_asked and withheld.
bool characteristic_value_is_apart(const char *value);

// The codes of all characteristics, for fields of indicators.
extern const struct vocabulary vocabulary_characteristic;

// Longest split in bytes, without the end.
#define SPLIT_MAX 400
// Most characteristics of one split.
#define SPLIT_KEYS_MAX 8

struct split_pair {
    const char *key, *value;
};
struct split {
    struct split_pair pairs[SPLIT_KEYS_MAX]; // by key
    size_t n;
};
// Reads pairs in any order and writes nothing. ERR_INPUT: no pair, a characteristic or a value that does
// not exist, one named twice, too many. Texts are in a.
MUST_CHECK enum err split_read(struct arena *a, const char *text, struct split *out, struct err_info *e);
// Adds a pair at its place; false when there is no room or the key is there already.
bool split_add(struct split *s, const char *key, const char *value);
// "age=18-24 sex=female"; "" for none.
const char *split_text(struct arena *a, const struct split *s);
// "age sex": which characteristics, without the values.
const char *split_keys(struct arena *a, const struct split *s);
// Value of a characteristic; NULL when it is not among them.
const char *split_value(const struct split *s, const char *key);
// "18–24, Female", translated; nothing split: "All".
const char *split_words(struct arena *a, const struct lang *lang, const struct split *s);
// "Age group × Sex" of keys as split_keys gives them.
const char *split_keys_words(struct arena *a, const struct lang *lang, const char *keys);

#endif
