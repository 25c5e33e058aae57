// SPDX-License-Identifier: AGPL-3.0-or-later
//
// search.h: finding words in tools, guidance, treaties, corrections and in records that a person may
// read. Results are ranked and grouped by kind. How and why: docs/decisions/0010-search.md.

#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/rights.h"

struct store;
struct db_read;

// A text in pieces; marked ones hold a word that was looked for.
struct search_piece {
    const char *text;
    bool marked;
};
struct search_hit {
    const char *address; // of its page
    const char *id;      // row, tool, or "" for records
    const char *number;  // of the programme, or NULL
    const char *plain;   // its title without marks
    const struct search_piece *title;
    size_t n_title;
    const struct search_piece *snippet; // none: the title says it
    size_t n_snippet;
};
struct search_group {
    const char *kind;
    const char *label; // catalogue key
    const struct search_hit *hits;
    size_t n_hits;
    int64_t total; // all that fit; of records with `more`: so many at least
    bool more;
};
struct search_results {
    const struct search_group *groups; // library first, then records, the best first
    size_t n_groups;
    int64_t total;
    bool more; // there are more records than were looked at
};

// Takes in packs and records that are not yet known or have changed since. Writes only then.
MUST_CHECK enum err search_refresh(struct store *s, struct db_read *db, struct arena *a,
                                   struct err_info *e);
// Is it a kind of the library, or of records whose texts are searched?
bool search_has_kind(const char *kind);
// who NULL: everything (the owner of the file). kind NULL: all kinds, 8 of each, among the 60 best records;
// else 100 of this one.
// A query without words finds nothing.
MUST_CHECK enum err search_find(struct store *s, struct db_read *db, struct arena *a,
                                const struct identity *who, const char *query, const char *kind,
                                struct search_results *out, struct err_info *e);

// ---- search_mark.c --------------------------------------------------------------------------------
// Up to about `most` bytes of the text, around the first word that was looked for, in pieces. When
// there is none: *n is 0 with `only_found`, else the beginning of the text.
const struct search_piece *search_mark(struct arena *a, const char *text, const char *query,
                                       size_t most, bool only_found, size_t *n);

#endif
