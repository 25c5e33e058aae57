// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_search.h: what can be found in a pack: its tools, chapters, rows, treaties and corrections.

#ifndef PACK_PACK_SEARCH_H
#define PACK_PACK_SEARCH_H

#include "pack/pack.h"

struct pack_found {
    const char *kind; // tool, chapter, row, treaty, correction
    const char *key;  // "3.4", "3.4#3.4-R07", for a correction with "!0F094" behind (the first of its row)
    const char *title;
    const char *body; // other texts of it, its id first
};
typedef enum err pack_search_fn(void *context, const struct pack_found *found, struct err_info *e);
// Calls fn for each. Texts live until it returns.
MUST_CHECK enum err pack_search_each(const struct pack *p, pack_search_fn *fn, void *context,
                                     struct err_info *e);
// Hash of all that can be found; made once for each pack of the program.
const char *pack_search_state(const struct pack *p);

#endif
