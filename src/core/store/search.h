// SPDX-License-Identifier: AGPL-3.0-or-later
//
// search.h: keeping what can be searched.
//
// A document is a title and a body under a source and a key. Texts of records are taken from their
// description (every field of running or single-line text of class C0, C1 or C3) in the transaction that
// saves them; packs are taken in by src/domain/search. Why so: docs/decisions/0010-search.md.

#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include "store/store.h"

#define SEARCH_RECORDS "record" // the source of all records
// The id of a document begins with its shelf: a kind of the library (0 to 7), or records.
#define SEARCH_SHELF_BITS 57
#define SEARCH_RECORD_SHELF 8
#define SEARCH_EVERYBODY "*"    // scope of what everybody who signs in may read

#define SEARCH_BODY_BYTES ((size_t)200 * 1024) // of one document; the longest chapter has 3 KB

struct search_doc {
    const char *source;
    int shelf;
    const char *kind;
    const char *key;
    const char *scope; // programme id, "organisation", or SEARCH_EVERYBODY
    const char *title;
    const char *body;
};

// What goes into the index in one transaction waits and goes in together, in the order of ids: FTS5 writes what it
// gathered as soon as a smaller id comes, and ids are hashes. Begins with all but tx empty.
struct search_batch {
    struct db_tx *tx;
    struct arena *arena; // of what waits; NULL: nothing did yet
    struct search_waiting *items;
    size_t n;
    size_t cap;
};
// Takes a document in, in place of the one with its source and key. `fresh`: there is none. Texts are copied.
MUST_CHECK enum err search_put(struct search_batch *b, const struct search_doc *d, bool fresh, struct err_info *e);
// The document with this source and key goes.
MUST_CHECK enum err search_drop(struct search_batch *b, const char *source, const char *key, int shelf,
                                struct err_info *e);
// Everything that waits goes into the index. Before the transaction is committed.
MUST_CHECK enum err search_batch_end(struct search_batch *b, struct err_info *e);
void search_batch_free(struct search_batch *b); // what still waits is forgotten
// All documents of a source go, and their state.
MUST_CHECK enum err search_forget(struct db_tx *tx, const char *source, struct err_info *e);
MUST_CHECK enum err search_taken_in(struct db_tx *tx, const char *source, const char *state,
                                    struct err_info *e);
// What was taken in of a source; NULL: nothing yet.
struct search_states {
    struct search_state {
        const char *source;
        const char *state;
    } *items;
    size_t n;
};
MUST_CHECK enum err search_states_load(struct db_read *db, struct arena *a,
                                       struct search_states *out, struct err_info *e);
const char *search_state_of(const struct search_states *s, const char *source);

// Texts of all records, anew. Needed once in a workspace that is older than searching, after tables
// were rebuilt from the log, and when the rules of taking in change (the state of SEARCH_RECORDS).
#define SEARCH_RECORDS_STATE "3"
MUST_CHECK enum err search_take_in_records(struct db_tx *tx, struct err_info *e);
// Can records of this kind be found?
bool search_knows(const struct entity *kind);

// ---- called by saving -----------------------------------------------------------------------------
MUST_CHECK enum err search_record_saved(struct search_batch *b, const struct record *r, const char *scope,
                                        bool fresh, struct err_info *e);
MUST_CHECK enum err search_record_deleted(struct search_batch *b, const struct record *r, struct err_info *e);

#endif
