// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_official.h: the official wording that a workspace holds for rows of a pack, for pages and
// commands of any noun.

#ifndef PACK_PACK_OFFICIAL_H
#define PACK_PACK_OFFICIAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "pack/pack.h"

struct db_read;
struct store;
struct actor;
struct overlay;

struct official_text {
    const char *row;
    const char *cell;
    const char *text;
};
struct official {
    const struct official_text *texts; // by row and cell
    size_t n;
};
// Sorts the texts (they stay the caller's) for pack_official().
struct official official_make(struct official_text *texts, size_t n);
// All wording of a pack, in one statement.
MUST_CHECK enum err pack_official_load(struct db_read *db, struct arena *a, const struct pack *p,
                                       struct official *out, struct err_info *e);
// The same for one row (or tool, or level).
MUST_CHECK enum err pack_official_of_row(struct db_read *db, struct arena *a, const struct pack *p,
                                         const char *row, struct official *out, struct err_info *e);
// Whether there is any.
MUST_CHECK enum err pack_official_is_there(struct db_read *db, struct arena *a, const struct pack *p,
                                           bool *there, struct err_info *e);
// The wording of a cell ("text"), else `ours`. o may be NULL.
const char *pack_official(const struct official *o, const char *row, const char *cell,
                          const char *ours);

// Whether the workspace holds wording of any pack. With `wanted`, *lang becomes a copy of itself in which
// pack_words() gives the wording where there is some, else our words; it lives in the arena. What is laid
// over is made once for all requests, and again when wording or packs changed. One statement, then two.
MUST_CHECK enum err pack_wording_choose(struct db_read *db, struct arena *a, bool wanted,
                                        const struct lang **lang, bool *there, struct err_info *e);
// The same language with our words.
const struct lang *pack_wording_ours(struct arena *a, const struct lang *lang);
// What is laid over an English text of a pack; context as in pack_words(). NULL: nothing.
const char *pack_wording_find(const struct wording *w, const char *context, const char *english);

// The row of the document that a row speaks for: its own, or that of its original where it says the same;
// "" when it says something else.
const char *pack_row_printed(const struct pack_row *r);

// Keeps what was found in one transaction; wording kept before for other cells stays. *changed is how
// many cells are new or read otherwise than before.
MUST_CHECK enum err pack_official_keep(struct store *s, struct arena *a, const struct actor *who,
                                       const struct pack *p, const struct overlay *found,
                                       size_t *changed, struct err_info *e);

#endif
