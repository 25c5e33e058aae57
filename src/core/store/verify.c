// SPDX-License-Identifier: AGPL-3.0-or-later
//
// verify.c: is the log what the nodes signed, and are the tables what the log says?
//
// For each chain the numbers must run from 1 without gaps to the head, each change must name the one
// before, and its hash must be that of its content. The last change of each transaction is signed by its
// node, and so are all before it that have no signature of their own. From what does not hold follows the
// name of the fault: missing, inserted, reordered, changed. docs/change-log.md has the table of cases.
// Then every table is compared with the fold of the log.

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "store/compare_private.h"
#include "store/store_private.h"

// The chain being read.
struct verifying {
    struct arena *arena;
    char compartment[64];
    char node[STORE_NODE_HEX + 1];
    int64_t seq;
    char hash[STORE_HASH_HEX + 1];
    bool is_signed; // up to here
    bool key_known;
    unsigned char key[crypto_sign_PUBLICKEYBYTES];
};

void fault_add(struct fault_list *list, struct store_fault fault)
{
    list->items = arena_room(list->arena, list->items, sizeof fault, list->n, &list->cap);
    list->items[list->n++] = fault;
}

static void report(struct fault_list *list, const struct log_of_record_row *row, const char *what,
                   const char *message)
{
    struct arena *a = list->arena;
    fault_add(list, (struct store_fault){
                        .what = what,
                        .compartment = arena_copy(a, row->compartment),
                        .node = arena_copy(a, row->node),
                        .seq = row->seq,
                        .kind = arena_copy(a, row->kind),
                        .record_id = arena_copy(a, row->record_id),
                        .message = message,
                    });
}

static void report_missing(struct fault_list *list, const struct verifying *v, int64_t from,
                           int64_t to)
{
    struct arena *a = list->arena;
    fault_add(list, (struct store_fault){
                        .what = "missing",
                        .compartment = arena_copy(a, v->compartment),
                        .node = arena_copy(a, v->node),
                        .seq = from,
                        .kind = "",
                        .record_id = "",
                        .message = from == to
                                       ? arena_printf(a, "change %" PRId64 " is not there", from)
                                       : arena_printf(a,
                                                      "changes %" PRId64 " to %" PRId64
                                                      " are not there",
                                                      from, to),
                    });
}

static bool signature_holds(const struct verifying *v, const char *hash, const char *signature_hex)
{
    unsigned char bytes[STORE_HASH_BYTES];
    unsigned char signature[crypto_sign_BYTES];
    size_t n_hash, n_signature;
    return v->key_known &&
           sodium_hex2bin(bytes, sizeof bytes, hash, strlen(hash), NULL, &n_hash, NULL) == 0 &&
           n_hash == sizeof bytes &&
           sodium_hex2bin(signature, sizeof signature, signature_hex, strlen(signature_hex), NULL,
                          &n_signature, NULL) == 0 &&
           n_signature == sizeof signature &&
           crypto_sign_verify_detached(signature, bytes, sizeof bytes, v->key) == 0;
}

// The number the node signed it under, when the stored number is another; 0 when there is none
// within reach of the chain.
static int64_t signed_number(const struct log_of_record_row *row, int64_t last)
{
    struct log_of_record_row other = *row;
    char hash[STORE_HASH_HEX + 1];
    for (int64_t n = 1; n <= last; n++) {
        other.seq = n;
        change_hash(&other, hash);
        if (strcmp(hash, row->hash) == 0) {
            return n;
        }
    }
    return 0;
}

static enum err start_chain(struct verifying *v, struct db_read *db,
                            const struct log_of_record_row *row, struct err_info *e)
{
    snprintf(v->compartment, sizeof v->compartment, "%s", row->compartment);
    snprintf(v->node, sizeof v->node, "%s", row->node);
    v->seq = 0;
    v->hash[0] = '\0';
    v->is_signed = true;
    struct log_node_in in = {.id = row->node};
    struct log_node_row key;
    bool found;
    enum err err = log_node_one(v->arena, db, &in, &key, &found, e);
    size_t n = 0;
    char name[STORE_NODE_HEX + 1] = "";
    v->key_known = err == ERR_NONE && found &&
                   sodium_hex2bin(v->key, sizeof v->key, key.public_key, strlen(key.public_key),
                                  NULL, &n, NULL) == 0 &&
                   n == sizeof v->key;
    if (v->key_known) {
        node_id_of(v->key, name); // a key put in place of the real one has another name
        v->key_known = strcmp(name, row->node) == 0;
    }
    return err;
}

// Is its content what was hashed? What is not is reported.
static bool check_change(struct verifying *v, struct fault_list *faults,
                         const struct log_of_record_row *row, int64_t last)
{
    char hash[STORE_HASH_HEX + 1];
    change_hash(row, hash);
    bool whole = strcmp(hash, row->hash) == 0;
    bool has_signature = row->signature[0] != '\0';
    bool is_signed = has_signature && signature_holds(v, row->hash, row->signature);
    if (row->seq != v->seq + 1 && row->seq > v->seq) {
        report_missing(faults, v, v->seq + 1, row->seq - 1);
    }
    if (has_signature && !is_signed) {
        report(faults, row, whole ? "inserted" : "changed",
               !whole           ? "neither its content nor its signature is what its node wrote"
               : v->is_signed   ? "its signature is not that of its node"
                                : "the signature of it and of those before it is not that of its node");
    } else if (!whole) {
        int64_t number = signed_number(row, last);
        report(faults, row, number > 0 ? "reordered" : "changed",
               number > 0 ? arena_printf(faults->arena,
                                         "its node wrote it as number %" PRId64, number)
                          : "its content is not what its node signed");
    } else if (row->seq == v->seq + 1 && strcmp(row->previous, v->hash) != 0) {
        report(faults, row, "reordered", "it does not follow the change before it");
    }
    v->is_signed = has_signature;
    v->seq = row->seq;
    snprintf(v->hash, sizeof v->hash, "%s", row->hash);
    return whole;
}

// Of a row with many changes: that it says of them what they are, and each of them. Where the first is not what was
// hashed, what they share was altered, and the others are not told one by one.
static enum err check_bundle(struct verifying *v, struct fault_list *faults, const struct log_of_record_row *row,
                             int64_t last, struct err_info *e)
{
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    struct log_of_record_row c;
    struct unbundling u;
    bool more = true, fits = bundle_fits_row(a, row);
    enum err err = fits ? bundle_open(a, row, &u, e) : ERR_NONE;
    if (!fits) {
        report(faults, row, "changed", "its row says something else than its changes");
    }
    for (bool first = true; err == ERR_NONE && fits; first = false) {
        err = bundle_next(&u, &c, &more, e);
        if (err != ERR_NONE || !more || (!check_change(v, faults, &c, last) && first)) {
            break;
        }
    }
    v->is_signed = row->signature[0] != '\0';
    v->seq = row->seq;
    snprintf(v->hash, sizeof v->hash, "%s", row->hash);
    arena_free(a);
    return err;
}

// Head of the chain of v, by the table of chains; 0 when it has none.
static int64_t head_of(const struct log_heads_row *heads, size_t n, const char *compartment,
                       const char *node, const char **hash)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(heads[i].compartment, compartment) == 0 && strcmp(heads[i].node, node) == 0) {
            *hash = heads[i].hash;
            return heads[i].seq;
        }
    }
    *hash = "";
    return 0;
}

static void end_chain(struct verifying *v, struct fault_list *faults,
                      const struct log_heads_row *heads, size_t n)
{
    const char *hash;
    int64_t last = head_of(heads, n, v->compartment, v->node, &hash);
    if (v->compartment[0] == '\0') {
        return;
    }
    if (last > v->seq) {
        report_missing(faults, v, v->seq + 1, last);
    } else if (last < v->seq || strcmp(hash, v->hash) != 0) {
        fault_add(faults, (struct store_fault){
                              .what = "changed",
                              .compartment = arena_copy(faults->arena, v->compartment),
                              .node = arena_copy(faults->arena, v->node),
                              .seq = v->seq,
                              .kind = "",
                              .record_id = "",
                              .message = "the end of the chain is not the one noted",
                          });
    } else if (!v->is_signed) {
        fault_add(faults, (struct store_fault){
                              .what = "inserted",
                              .compartment = arena_copy(faults->arena, v->compartment),
                              .node = arena_copy(faults->arena, v->node),
                              .seq = v->seq,
                              .kind = "",
                              .record_id = "",
                              .message = "no signature of its node stands at the end of the chain",
                          });
    }
}

enum err verify_log(struct db_read *db, struct fault_list *faults, int64_t *n_changes,
                    struct err_info *e)
{
    struct log_heads_row *heads;
    size_t n_heads;
    enum err err = log_heads_all(faults->arena, db, &heads, &n_heads, e);
    struct db_query *q;
    if (err == ERR_NONE) {
        err = log_all(db, &q, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    bool *seen = ARENA_ARRAY(faults->arena, bool, n_heads + 1);
    struct verifying v = {.arena = faults->arena};
    struct log_of_record_row row;
    bool more;
    while ((err = log_of_record_next(q, &row, &more, e)) == ERR_NONE && more) {
        if (strcmp(v.compartment, row.compartment) != 0 || strcmp(v.node, row.node) != 0) {
            end_chain(&v, faults, heads, n_heads);
            err = start_chain(&v, db, &row, e);
            if (err != ERR_NONE) {
                db_finish(q);
                return err;
            }
        }
        const char *hash;
        int64_t last = head_of(heads, n_heads, row.compartment, row.node, &hash);
        for (size_t i = 0; i < n_heads; i++) {
            seen[i] = seen[i] || (strcmp(heads[i].compartment, row.compartment) == 0 &&
                                  strcmp(heads[i].node, row.node) == 0);
        }
        if (bundle_is(&row)) {
            err = check_bundle(&v, faults, &row, last, e);
        } else {
            (void)check_change(&v, faults, &row, last);
        }
        *n_changes += bundle_is(&row) ? bundle_size(&row) : 1;
        if (err != ERR_NONE) {
            db_finish(q);
            return err;
        }
    }
    if (err != ERR_NONE) {
        return err;
    }
    end_chain(&v, faults, heads, n_heads);
    for (size_t i = 0; i < n_heads; i++) {
        if (!seen[i] && heads[i].seq > 0) {
            struct verifying gone = {.arena = faults->arena};
            snprintf(gone.compartment, sizeof gone.compartment, "%s", heads[i].compartment);
            snprintf(gone.node, sizeof gone.node, "%s", heads[i].node);
            report_missing(faults, &gone, 1, heads[i].seq);
        }
    }
    return ERR_NONE;
}

enum err store_verify(struct store *s, struct arena *a, struct store_fault **out, size_t *n,
                      int64_t *n_changes, struct err_info *e)
{
    struct fault_list faults = {.arena = a};
    struct db_read *db;
    *n_changes = 0;
    enum err err = db_reader(s->db, &db, e);
    if (err == ERR_NONE) {
        err = db_snapshot_begin(db, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    err = verify_log(db, &faults, n_changes, e);
    size_t n_kinds;
    const struct entity *const *kinds = model_all(&n_kinds);
    for (size_t i = 0; err == ERR_NONE && i < n_kinds; i++) {
        if (kinds[i]->compute == NULL) {
            struct compare_result result = {.faults = &faults};
            err = compare_kind(db, kinds[i], &result, e);
        }
    }
    db_snapshot_end(db);
    *out = faults.items;
    *n = faults.n;
    return err;
}
