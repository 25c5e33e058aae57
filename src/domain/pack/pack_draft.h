// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_draft.h: what pack_adapt.c and pack_compare.c share.

#ifndef PACK_PACK_DRAFT_H
#define PACK_PACK_DRAFT_H

#include "pack/pack_adapt.h"
#include "pack/pack_inner.h"

// The id that the copy of a row has in a draft.
const char *draft_id_for(struct arena *a, const struct pack_tool *draft,
                         const struct pack_tool *from, const char *row_id);
// A row of an original, without what only copies have.
struct pack_row draft_plain(const struct pack_row *row);
// A row of a draft as if it stood in the original: with the ids of that.
struct pack_row draft_normal(const struct pack_tool *draft, const struct pack_row *row);
// All content of a plain row: two rows say the same when their words are equal.
const char *draft_words(struct arena *a, const struct pack_row *plain);
// What the original said (or NULL) is kept as long as ours says something else.
void draft_keep_was(struct arena *a, const struct pack_tool *draft, struct pack_row *row,
                    const struct pack_row *then);
struct pack_row *draft_insert(struct arena *a, struct pack_tool *draft, size_t at,
                              const struct pack_row *row);
// The place after a row and all that stands under it.
size_t draft_block_end(const struct pack_tool *draft, size_t at);

#endif
