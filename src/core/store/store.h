// SPDX-License-Identifier: AGPL-3.0-or-later
//
// store.h: records of every kind, saved through the change log.
//
// The log is the truth (docs/change-log.md): a write appends one signed change and updates the table
// of its kind in the same transaction. A workspace is a database, a folder of files by content hash
// and a folder of keys.

#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"
#include "model/model.h"
#include "model/rights.h"

struct store;

// Who acts. user_id is NULL for the owner of the file at the command line.
struct actor {
    const char *user_id;
    const char *name;                // "owner" or the sign-in name
    const struct identity *identity; // rights of the person, alive as long as the transaction; or NULL
    // Where a request is about a country: its code, and what the person may do (bits of enum verb) with
    // records about it that belong to no programme. NULL: none.
    const char *country;
    unsigned country_verbs;
};
// Who acts, as fields say it that hold who did something (model.h, by_actor): the id of the person, or "owner".
const char *actor_id(const struct actor *who);

// Makes a new workspace (folder, or home folder plus postgresql:// address): keys, files, schema.
MUST_CHECK enum err store_init(const char *workspace, struct err_info *e);
// Opens one. `workspace` is a folder or a postgresql:// address (then MAINSTAY_HOME is the folder of
// keys and files). Migrations that wait are refused with a hint unless `migrate`.
MUST_CHECK enum err store_open(const char *workspace, bool migrate, struct store **out,
                               struct err_info *e);
void store_close(struct store *s);
struct db *store_db(struct store *s);
const char *store_folder(const struct store *s); // of keys and files
const char *store_node(const struct store *s);   // id of this node: hex of its public key
struct store *store_of(const struct db_read *db); // whose database it reads
// One thing in memory that goes with the records, such as a copy of them in another shape: kept as long as the
// store is open, then closed. Who changes it holds the lock.
struct store_beside {
    pthread_mutex_t lock;
    pthread_mutex_t making; // held while the file that it comes from is written
    void *thing; // NULL: none yet
    bool told;   // that it cannot be used was said
    void (*close)(void *thing);
};
struct store_beside *store_beside(struct store *s);
// fn is called after each transaction of this process that changed a record, on the thread that committed it: it must
// return at once. NULL: nobody asks any more, and no call is under way.
void store_when_saved(struct store *s, void (*fn)(void *context), void *context);

// One transaction of changes.
struct store_tx;
MUST_CHECK enum err store_begin(struct store *s, const struct actor *who, const char *reason,
                                struct store_tx **out, struct err_info *e);
MUST_CHECK enum err store_commit(struct store_tx *tx, struct err_info *e);
void store_rollback(struct store_tx *tx);
// Asks the rules over all records of the kinds that were changed (entity.keep), as store_commit does;
// for a trial that will be rolled back.
MUST_CHECK enum err store_ask_rules(struct store_tx *tx, struct err_info *e);
struct db_read *store_tx_read(struct store_tx *tx);
struct db_tx *store_tx_db(struct store_tx *tx);

// What a rule (entity.guard) keeps with a record that others refer to, so that it asks once for many of them.
struct store_known {
    void *note;          // of the guard; NULL: nothing kept
    struct arena *arena; // of the note; emptied when the note is forgotten
};
// The record, when it was referred to in this transaction and nothing there was changed since but that records were
// added; else NULL, also outside of a transaction.
struct store_known *store_known(struct db_read *db, const struct entity *kind, const char *id);

// Saves a record that passed record_check: inserts when r->id is NULL (and sets it), else updates
// what changed. Refuses unknown references, a code that another record has, and, when r->version is
// given and is no longer the newest, ERR_CONFLICT. Nothing is written when nothing changed. Steps of
// checking, and what they closed, are for who may approve (approval.c); so in the next two.
MUST_CHECK enum err store_save(struct store_tx *tx, struct arena *a, struct record *r,
                               struct err_info *e);
// Removes a record from its table; the log keeps it. Refused while others refer to it.
MUST_CHECK enum err store_delete(struct store_tx *tx, struct arena *a, const struct entity *kind,
                                 const char *id, struct err_info *e);
// Brings back what a change undid: the record as it was before change `version`.
MUST_CHECK enum err store_undo(struct store_tx *tx, struct arena *a, const char *version,
                               struct record **out, struct err_info *e);
// Writes down what is not a change of a record: sign-in, refusal, export. about may be NULL.
MUST_CHECK enum err store_event(struct store_tx *tx, const char *what, const char *about,
                                struct err_info *e);

// Reads. By id or by code; ERR_NOT_FOUND names kind and what was asked.
MUST_CHECK enum err store_get(struct db_read *db, struct arena *a, const struct entity *kind,
                              const char *id_or_code, struct record **out, struct err_info *e);
// By its code, of those of one programme, for kinds with a code that lie within one (entity_of_programme).
MUST_CHECK enum err store_get_in_programme(struct db_read *db, struct arena *a, const struct entity *kind,
                                           const char *programme_id, const char *code, struct record **out,
                                           struct err_info *e);

// Those of the records with these ids that are there, in no order; one statement for each 32 ids.
MUST_CHECK enum err store_get_many(struct db_read *db, struct arena *a, const struct entity *kind,
                                   const char *const *ids, size_t n, struct record ***out,
                                   size_t *n_found, struct err_info *e);
// Those whose text field is one of these different texts, likewise; of the same text in the order of their ids.
MUST_CHECK enum err store_list_by_many(struct db_read *db, struct arena *a, const struct entity *kind,
                                       const char *field, const char *const *texts, size_t n, struct record ***out,
                                       size_t *n_found, struct err_info *e);

enum store_op {
    STORE_EQUAL,
    STORE_NOT_EQUAL,
    STORE_HAS_CODE, // a field of several codes holds this one
    STORE_ONE_OF,   // a field of one code is among these: " KE NA "
    STORE_CONTAINS,
    STORE_BEFORE,
    STORE_AFTER,
    STORE_IS_EMPTY
};
struct store_filter {
    const char *field; // "id" or a field
    enum store_op op;
    const char *text; // canonical; for STORE_CONTAINS a piece of text, case folded
};
struct store_query {
    const struct store_filter *filters; // all must hold
    size_t n_filters;
    const char *order; // field, or NULL for the default of the kind
    bool descending;
    int64_t limit; // 0: no limit
    int64_t offset;
    const struct record *after; // only what comes after it in the order, which is then not descending; NULL: all
};
// All records that match, in order. Computed kinds are filtered in C.
MUST_CHECK enum err store_list(struct db_read *db, struct arena *a, const struct entity *kind,
                               const struct store_query *q, struct record ***out, size_t *n,
                               struct err_info *e);
// The same for who writes them out one after the other: calls fn with each, in the order of a field, not descending. r,
// and what fn makes in `row`, live until fn returns, so memory does not grow with the records. All are of one state, and
// fn may read more. An error of fn ends it.
typedef enum err store_each_fn(void *context, struct arena *row, struct record *r, struct err_info *e);
MUST_CHECK enum err store_each(struct db_read *db, const struct entity *kind, const struct store_query *q,
                               store_each_fn *fn, void *context, struct err_info *e);
// Do the filters of the query hold for a record that is loaded already?
bool store_fits(struct arena *a, const struct record *r, const struct store_query *q);
MUST_CHECK enum err store_count(struct db_read *db, struct arena *a, const struct entity *kind,
                                const struct store_query *q, int64_t *n, struct err_info *e);
// Shorthand: all records of a kind whose `field` equals `text`.
MUST_CHECK enum err store_list_by(struct db_read *db, struct arena *a, const struct entity *kind,
                                  const char *field, const char *text, struct record ***out,
                                  size_t *n, struct err_info *e);
// The programme a record belongs to, following parent_field; NULL when to the organisation.
MUST_CHECK enum err store_programme_of(struct db_read *db, struct arena *a, const struct record *r,
                                       const char **programme_id, struct err_info *e);
// The country a record is about: by itself, by what it lies within (parent_field), or by what it is
// attached to (about_kind, about_id: evidence, actions); "" when about none.
MUST_CHECK enum err store_country_of(struct db_read *db, struct arena *a, const struct record *r,
                                     const char **country, struct err_info *e);

// One change as the log keeps it.
struct change {
    const char *hash; // hex; its name
    const char *compartment;
    const char *node;
    int64_t seq;
    const char *previous;
    const char *kind;
    const char *record_id;
    const char *op;     // create, update, delete, event
    const char *base;   // version it was made from, or ""
    const char *fields; // JSON object: {"title": ["before", "after"]}; null for none
    const char *actor;
    const char *reason;
    int64_t logical; // hybrid logical time
    const char *wall; // ISO 8601 UTC
    int64_t many; // on pages that tell a bundle in one line: how many records of the kind it made; else 0
};
// Newest first; record_id NULL: of all records. limit 0: all.
MUST_CHECK enum err store_history(struct db_read *db, struct arena *a, const char *kind,
                                  const char *record_id, int64_t limit, struct change **out,
                                  size_t *n, struct err_info *e);
// Was a record made or changed after a moment of the log (store_mark)?
MUST_CHECK enum err store_changed_after(struct db_read *db, struct arena *a, const char *kind, const char *record_id,
                                        int64_t logical, bool *out, struct err_info *e);
// The newest changes in a programme (compartment), or everywhere when NULL.
MUST_CHECK enum err store_recent(struct db_read *db, struct arena *a, const char *programme_id,
                                 int64_t limit, struct change **out, size_t *n, struct err_info *e);
// Records of a kind as they were at the end of `date` (YYYY-MM-DD), or at a moment (2026-11-22T10:20:30Z). Of the
// query (NULL: all) only the filters count, asked of each record as it was.
MUST_CHECK enum err store_list_as_of(struct db_read *db, struct arena *a, const struct entity *kind,
                                     const char *date, const struct store_query *query,
                                     struct record ***out, size_t *n, struct err_info *e);

// ---- rows of the log with many changes -------------------------------------------------------------
// What imports make shares rows of the log (docs/change-log.md, bundles). All functions here give its changes one by one;
// pages that read the log by statements of their own tell such a row, of kind "bundle", in one line.
#define STORE_BUNDLE "bundle"
// What it is about, by its counts ("observation 5 observation_part 45"), and how many of it: the kind that is asked for, if
// one is and the row has it, else the one that others in it are parts of. NULL: a kind this program does not know.
const struct entity *store_bundle_kind(struct arena *a, const char *counts, const char *asked, int64_t *n);
// The changes of the row whose first one made this record, newest first; none when there is no such row in the
// compartment.
MUST_CHECK enum err store_bundle_changes(struct db_read *db, struct arena *a, const char *compartment,
                                         const char *first_id, struct change **out, size_t *n, struct err_info *e);
// Is a kind among them? For lists of kinds.
bool store_bundle_has(const char *counts, const char *kind);
// The fields of the change that made a record, of the text that a statement gives for it: these fields, or those of all
// changes of a bundle. NULL: it does not tell of the record.
const char *store_fields_of(struct arena *a, const char *text, const char *record_id);

// ---- what came since -------------------------------------------------------------------------------
// A position of the log: its chains with number and hash of the newest change of each, as text, one line for
// each. Who copies records into another shape notes the position, and asks later what came since.
MUST_CHECK enum err store_position(struct db_read *db, struct arena *a, const char **out, struct err_info *e);
// How far the log is, for who looks often: it goes on with every change, and the same mark in one process is the same
// position.
struct store_mark {
    int64_t n_chains, n_changes, newest;
};
MUST_CHECK enum err store_mark(struct db_read *db, struct store_mark *out, struct err_info *e);
// How many changes the records of a kind have had. The log only grows, so the same number in one process is the same
// state of these records. For kinds with some thousand changes: it counts them.
MUST_CHECK enum err store_count_changes(struct db_read *db, const char *kind, int64_t *n, struct err_info *e);
enum store_follows {
    FOLLOWS,       // the log goes on from there
    FOLLOWS_NOT,   // the log is another one, or was set back
    FOLLOWS_BEHIND // this reader does not see that far yet, or the log was set back
};
struct store_since {
    enum store_follows follows;
    const char *position; // of now
    int64_t n;            // changes since, of all kinds
};
// Compares with a position of before, and gives the changes since then of these kinds (ended by NULL) to fn, chain
// by chain, oldest first; none when there are more than `most`. The change lives until fn returns. One
// statement, and two for each chain that grew.
typedef enum err store_since_fn(void *context, const struct change *c, struct err_info *e);
MUST_CHECK enum err store_since(struct db_read *db, struct arena *a, const char *position, const char *const *kinds,
                                int64_t most, store_since_fn *fn, void *context, struct store_since *out,
                                struct err_info *e);
// The record of a change with the fields that it changed alone, as they were before (side 0) or after it (1).
MUST_CHECK enum err store_change_side(struct arena *a, const struct change *c, const struct entity *kind, int side,
                                      struct record **out, struct err_info *e);
// What a change says of one field that holds text and never had another name: as it was before (side 0) or after it (1). NULL: it
// says nothing of it, or the field was empty. The other fields are not read.
MUST_CHECK enum err store_change_text(struct arena *a, const struct change *c, const char *field, int side,
                                      const char **out, struct err_info *e);

// What verify found wrong. place names the chain and the record.
struct store_fault {
    const char *what; // changed, missing, inserted, reordered, bad signature, table differs
    const char *compartment;
    const char *node;
    int64_t seq;
    const char *kind;
    const char *record_id;
    const char *message; // English, for people
};
MUST_CHECK enum err store_verify(struct store *s, struct arena *a, struct store_fault **out,
                                 size_t *n, int64_t *n_changes, struct err_info *e);
// Makes the tables anew from the log and compares; *differences is the number of records that
// differed before. With `keep` the new tables stay, else they are only compared. ERR_DAMAGED: the log itself has
// faults, and the tables are left as they are.
MUST_CHECK enum err store_rebuild(struct store *s, struct arena *a, bool keep, int64_t *differences,
                                  struct err_info *e);

// Files by content hash (hex of BLAKE2b-256 of the bytes), under files/ab/cdef...
MUST_CHECK enum err store_file_put(struct store *s, struct arena *a, const void *bytes, size_t len,
                                   const char **hash, struct err_info *e);
MUST_CHECK enum err store_file_get(struct store *s, struct arena *a, const char *hash,
                                   const char **bytes, size_t *len, struct err_info *e);

// Backup into one file, online and consistent, while writes go on; restore verifies before it
// replaces, and keeps the old workspace aside (*aside is where).
MUST_CHECK enum err store_backup(struct store *s, const char *file, struct err_info *e);
MUST_CHECK enum err store_restore(const char *workspace, const char *file, struct arena *a,
                                  const char **aside, struct err_info *e);

#endif
