// SPDX-License-Identifier: AGPL-3.0-or-later
//
// store_private.h: what the files of this folder share.

#ifndef STORE_PRIVATE_H
#define STORE_PRIVATE_H

#include <pthread.h>
#include <sodium.h>

#include "base/buf.h"
#include "base/limits.h"
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
};

// Newest change of a chain while a transaction is open.
struct chain_head {
    struct chain_head *next;
    const char *compartment;
    int64_t seq;
    char hash[STORE_HASH_HEX + 1];
    bool appended; // something, in this transaction
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
// Appends to the chain of the compartment, still unsigned; *hash is the name of the new change, in a.
MUST_CHECK enum err change_append(struct store_tx *tx, struct arena *a, const char *compartment,
                                  const char *kind, const char *record_id, const char *op,
                                  const char *base, const char *fields, const char **hash,
                                  const char **wall, struct err_info *e);
// Signs the newest change of each chain, which vouches for all before it, and notes the heads.
MUST_CHECK enum err change_sign(struct store_tx *tx, struct err_info *e);
struct change change_of_row(struct arena *a, const struct log_of_record_row *row);

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
// A statement for this text; the same text gives the same statement, for the life of the process.
const struct db_statement *sql_intern(const char *text, const char *in, const char *out);
void sql_select_columns(struct arena *a, const struct entity *kind, struct buf *out);
const char *sql_out_types(struct arena *a, const struct entity *kind);
struct record *sql_read(struct arena *a, const struct entity *kind, struct db_query *q);
void sql_bind_value(struct db_query *q, int i, const struct field *f, const struct value *v);

// ---- fold.c: records as the log says
typedef enum err fold_fn(void *context, struct record *r, bool deleted, struct err_info *e);
// Calls fn for every record of a kind the log knows, in order of their ids, in its state before
// logical time `until`. r lives until fn returns, in an arena of its own. A change that cannot be read is ERR_DAMAGED, or
// with skip_unreadable the version of its record is NULL and the fields are those that could be read.
MUST_CHECK enum err fold_kind(struct db_read *db, const struct entity *kind, int64_t until, bool skip_unreadable,
                              fold_fn *fn, void *context, struct err_info *e);

#endif
