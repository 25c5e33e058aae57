// SPDX-License-Identifier: AGPL-3.0-or-later
//
// store_private.h: what the files of this folder share.

#ifndef STORE_PRIVATE_H
#define STORE_PRIVATE_H

#include <pthread.h>
#include <sodium.h>

#include "base/buf.h"
#include "base/limits.h"
#include "os/random.h"
#include "store/log_sql.h"
#include "store/search.h"
#include "store/store.h"

#define STORE_HASH_BYTES 32
#define STORE_HASH_HEX (STORE_HASH_BYTES * 2)
#define STORE_NODE_HEX 32
#define STORE_FORMAT 1
#define STORE_ORGANISATION "organisation"
#define STORE_OWNER "owner" // name of the actor at the command line without --as

struct store {
    struct arena *arena;
    struct db *db;
    const char *folder;  // of keys and files
    const char *address; // given to db_open
    char node[STORE_NODE_HEX + 1];
    unsigned char secret_key[crypto_sign_SECRETKEYBYTES];
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES];
    int64_t newest; // logical time; changed only inside a writing transaction
    struct store_beside beside;
    pthread_mutex_t telling; // guards the next two
    void (*saved)(void *context);
    void *saved_context;
};

// Newest change of a chain while a transaction is open.
struct chain_head {
    struct chain_head *next;
    const char *compartment;
    int64_t seq;
    char hash[STORE_HASH_HEX + 1];
    bool appended; // something, in this transaction
};

// Changes of a transaction that will share a row of the log (bundle.c).
struct bundle {
    struct arena *arena, *lines_arena; // NULL: there was none yet
    int64_t n;                         // changes in it; 0: none is open
    const struct chain_head *head;     // of their chain, whose newest change is the newest here
    struct log_append_in row;          // the first of them, as if it stayed alone
    struct buf lines;
    struct bundle_counts {
        struct bundle_kind {
            const char *kind;
            int64_t n;
        } kinds[4];
        size_t n;
    } counts;
    char last_id[ID_LENGTH + 1];
};

// A record that was found while saving in this transaction, so that many records that name it ask once.
struct known_record {
    const struct entity *kind; // NULL: none
    char id[64];
    char programme[64]; // it belongs to; "" when to none
    struct store_known kept;
};

// A rule of a kind that was changed in this transaction, and whether it held before.
struct kept_rule {
    struct kept_rule *next;
    enum err (*keep)(struct arena *a, struct db_read *db, struct err_info *e);
    void (*committed)(struct db *db); // or NULL
    bool held;
};

struct store_tx {
    struct store *store;
    struct db_tx *db;
    struct arena *arena;
    struct actor actor;
    const char *reason;
    struct chain_head *heads;
    struct kept_rule *kept;
    struct known_record known[8]; // forgotten when anything there is changes
    size_t n_known; // so far
    int64_t n_changes;
    struct bundle bundle;
    struct search_batch search;
};

// ---- workspace.c
// Folder of keys and files, and what db_open is given.
MUST_CHECK enum err workspace_locate(struct arena *a, const char *workspace, const char **folder,
                                     const char **address, struct err_info *e);

// ---- keys.c
MUST_CHECK enum err keys_make(const char *folder, struct err_info *e);
MUST_CHECK enum err keys_load(struct store *s, struct err_info *e);
void node_id_of(const unsigned char public_key[crypto_sign_PUBLICKEYBYTES],
                char out[STORE_NODE_HEX + 1]);

// ---- change.c: the record of the log
// Hash of a change over its canonical encoding, as hex. The hash and signature in it do not count.
void change_hash(const struct log_of_record_row *c, char out[STORE_HASH_HEX + 1]);
// A change to be written down; the rest follows from its transaction and chain.
struct new_change {
    const char *compartment, *kind, *record_id, *op;
    const char *base; // version it is made from; "": none
    const char *fields;
    bool many; // it makes a record of which imports make very many: it may share a row of the log
};
// Appends to the chain of the compartment, still unsigned; *hash is the name of the new change, in a like *wall.
MUST_CHECK enum err change_append(struct store_tx *tx, struct arena *a, const struct new_change *c,
                                  const char **hash, const char **wall, struct err_info *e);
// Signs the newest change of each chain, which vouches for all before it, and notes the heads.
MUST_CHECK enum err change_sign(struct store_tx *tx, struct err_info *e);
struct change change_of_row(struct arena *a, const struct log_of_record_row *row);
// The same of a row whose texts live long enough already, as those of a bundle do.
struct change change_of_kept_row(const struct log_of_record_row *row);
// The texts of a row live in a from here on.
void change_keep_row(struct arena *a, struct log_of_record_row *row);
bool change_is_name(const char *hash);
// The change with a hash, wherever it stands.
MUST_CHECK enum err change_by_name(struct db_read *db, struct arena *a, const char *hash, struct log_of_record_row *out,
                                   bool *found, struct err_info *e);

// ---- bundle.c: changes that share a row of the log
#define BUNDLE_FROM 64 // changes of a transaction before the first bundle: an import, not a person at a form
// May this change be the first of a bundle? Does the open one take it?
bool bundle_may_begin(const struct store_tx *tx, const struct new_change *c);
bool bundle_takes(struct store_tx *tx, const struct chain_head *head, const struct new_change *c);
// The change, hashed and numbered, goes into the open bundle, or begins one.
void bundle_add(struct store_tx *tx, const struct chain_head *head, const struct log_append_in *row);
// Appends what is open to the log.
MUST_CHECK enum err bundle_end(struct store_tx *tx, struct err_info *e);
// The same for who is about to read the log and has only a reader in hand, which may be a transaction.
MUST_CHECK enum err bundle_settle(struct db_read *db, struct err_info *e);
void bundle_free(struct store_tx *tx);

// Reading: the changes of a row one after the other, oldest first, as if each had a row of its own.
struct unbundling {
    struct log_of_record_row row; // what they share
    char *next;                   // lines that are left
    const char *previous;         // hash of the change before
    int64_t left;
};
bool bundle_is(const struct log_of_record_row *row);
// Copies what it needs into a, where the changes live. ERR_DAMAGED: the row is not as it was written.
MUST_CHECK enum err bundle_open(struct arena *a, const struct log_of_record_row *row, struct unbundling *out,
                                struct err_info *e);
MUST_CHECK enum err bundle_next(struct unbundling *u, struct log_of_record_row *out, bool *more, struct err_info *e);
// How many changes the row says it has; 1 when it does not say.
int64_t bundle_size(const struct log_of_record_row *row);
// Does what the row says of its changes follow from them: number and kinds, first id, last hash?
bool bundle_fits_row(struct arena *a, const struct log_of_record_row *row);

// The change that made a record, or the one with a hash, if it is in a bundle.
MUST_CHECK enum err bundle_find_record(struct db_read *db, struct arena *a, const char *kind, const char *record_id,
                                       struct log_of_record_row *out, bool *found, struct err_info *e);
MUST_CHECK enum err bundle_find_name(struct db_read *db, struct arena *a, const char *hash,
                                     struct log_of_record_row *out, bool *found, struct err_info *e);

// ---- approval.c: who may take a step of checking, or change what was checked
// before NULL: the record is made; after NULL: it is deleted. ERR_NOT_ALLOWED, or ERR_USAGE when the
// owner gives no reason.
MUST_CHECK enum err approval_ask(struct store_tx *tx, struct arena *a, const struct record *before,
                                 const struct record *after, struct err_info *e);
// ERR_INPUT: a field that says who did something (model.h, by_actor) names another than who acts.
MUST_CHECK enum err approval_ask_actor(const struct store_tx *tx, const struct record *before,
                                       const struct record *after, struct err_info *e);

// ---- keep.c: rules over all records of a kind
// Before the first change of a record of this kind.
MUST_CHECK enum err keep_begin(struct store_tx *tx, const struct entity *kind, struct err_info *e);

// ---- known.c: records that were found in this transaction
// Finds the record a field leads to and what programme it belongs to; the answer is kept.
MUST_CHECK enum err known_find(struct store_tx *tx, struct arena *a, const struct entity *kind, const char *id,
                               const struct known_record **out, struct err_info *e);
// Something else than a new record was written: they may belong elsewhere now.
void known_forget(struct store_tx *tx);
void known_free(struct store_tx *tx);

// ---- fields.c: before and after, as JSON
const char *fields_diff(struct arena *a, const struct entity *kind, const struct record *before,
                        const struct record *after);
// Sets each field to its value before (side 0) or after (side 1). Fields the kind no longer has are
// passed over.
MUST_CHECK enum err fields_apply(struct arena *a, struct record *r, const char *fields, int side,
                                 struct err_info *e);

// ---- sql.c: statements of a kind
enum kind_statement { KIND_GET, KIND_GET_BY_CODE, KIND_INSERT, KIND_UPDATE, KIND_DELETE, KIND_ALL };
const struct db_statement *kind_sql(const struct entity *kind, enum kind_statement which);
// A statement for this text; the same text gives the same statement, for the life of the process. later: db.h.
const struct db_statement *sql_intern(const char *text, const char *in, const char *out, bool later);
void sql_select_columns(struct arena *a, const struct entity *kind, struct buf *out);
const char *sql_out_types(struct arena *a, const struct entity *kind);
struct record *sql_read(struct arena *a, const struct entity *kind, struct db_query *q);
void sql_bind_value(struct db_query *q, int i, const struct field *f, const struct value *v);

// ---- kind_log.c: the changes of a kind
// Record by record, oldest change first, up to logical time `until`, those of bundles at their place. A bundle that cannot
// be read is ERR_DAMAGED, or with skip_unreadable ends where it cannot be read.
struct kind_log;
MUST_CHECK enum err kind_log_begin(struct db_read *db, const struct entity *kind, int64_t until, bool skip_unreadable,
                                   struct kind_log **out, struct err_info *e);
// The change lives until the next step.
MUST_CHECK enum err kind_log_next(struct kind_log *l, struct log_of_record_row *out, bool *more, struct err_info *e);
void kind_log_end(struct kind_log *l);

// ---- fold.c: records as the log says
typedef enum err fold_fn(void *context, struct record *r, bool deleted, struct err_info *e);
// Calls fn for every record of a kind the log knows, in order of their ids, in its state before
// logical time `until`. r lives until fn returns, in an arena of its own. A change that cannot be read is ERR_DAMAGED, or
// with skip_unreadable the version of its record is NULL and the fields are those that could be read.
MUST_CHECK enum err fold_kind(struct db_read *db, const struct entity *kind, int64_t until, bool skip_unreadable,
                              fold_fn *fn, void *context, struct err_info *e);

#endif
