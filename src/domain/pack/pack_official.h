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

// Keeps what was found in one transaction; wording kept before for other cells stays. *changed is how
// many cells are new or read otherwise than before.
MUST_CHECK enum err pack_official_keep(struct store *s, struct arena *a, const struct actor *who,
                                       const struct pack *p, const struct overlay *found,
                                       size_t *changed, struct err_info *e);

#endif
