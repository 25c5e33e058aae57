// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_words.h: a release in words, for its page and for reports.

#ifndef RELEASE_RELEASE_WORDS_H
#define RELEASE_RELEASE_WORDS_H

#include "base/msg.h"
#include "model/model.h"
#include "release/release_ledger.h"

// What people read: a dimension (not that of a share), a category, several dimensions ("Sex × Age group").
const char *release_dimension_words(const struct lang *lang, const char *name);
const char *release_category_words(struct arena *a, const struct lang *lang, const char *dimension,
                                   const char *category);
const char *release_by_words(struct arena *a, const struct lang *lang, const char *split_by);
// "Age group: joined; Country: left out" of "age: grouped; country: left out".
const char *release_given_up_words(struct arena *a, const struct lang *lang, const char *collapsed);

// What was done to a table, in sentences; NULL: there is nothing to say.
struct release_done {
    const char *base;
    const char *zero, *other, *off; // what a 0, another count and a total stand for
    const char *copies, *collapsed, *repeats;
    const char *proof; // NULL: it is not proved
};
void release_done_words(struct arena *a, const struct lang *lang, const struct record *release,
                        const struct release_entry *entry, struct release_done *out);

#endif
