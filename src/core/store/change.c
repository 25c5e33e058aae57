// SPDX-License-Identifier: AGPL-3.0-or-later
//
// change.c: one change of the log: how it is encoded, hashed, signed and chained.
//
// Method: docs/change-log.md. The encoding is a line "mainstay-change 1", then for every field, in the
// order of the structure, its name, its length in bytes, and its bytes; lengths make it unambiguous.

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/decimal.h"
#include "os/clock.h"
#include "store/store_private.h"

#define LARGE_TRANSACTION 1000 // changes: an import, not a person at a form

// The encoding is gathered before it is hashed: an import hashes fourteen pieces for each of a million changes.
struct hashing {
    crypto_generichash_state state;
    unsigned char bytes[2048];
    size_t n;
};

static void flush(struct hashing *h)
{
    crypto_generichash_update(&h->state, h->bytes, h->n);
    h->n = 0;
}

// The number and a line feed; lengths have nearly always two digits.
static size_t put_length(unsigned char *out, size_t len)
{
    if (len < 100) {
        size_t n = 0;
        if (len >= 10) {
            out[n++] = (unsigned char)('0' + len / 10);
        }
        out[n++] = (unsigned char)('0' + len % 10);
        out[n++] = '\n';
        return n;
    }
    char number[DECIMAL_INT_BYTES];
    const char *digits = decimal_int(number, (int64_t)len);
    size_t n = strlen(digits);
    memcpy(out, digits, n);
    out[n] = '\n';
    return n + 1;
}

// name ends with a space and is short.
static void add_piece(struct hashing *h, const char *name, size_t name_len, const char *text)
{
    size_t len = strlen(text);
    if (name_len + DECIMAL_INT_BYTES + len + 2 > sizeof h->bytes - h->n) {
        flush(h);
    }
    unsigned char *to = h->bytes + h->n;
    memcpy(to, name, name_len);
    to += name_len;
    to += put_length(to, len);
    h->n = (size_t)(to - h->bytes);
    if (len >= sizeof h->bytes - h->n) { // longer than all the room there is
        flush(h);
        crypto_generichash_update(&h->state, (const unsigned char *)text, len);
        h->bytes[h->n++] = '\n';
        return;
    }
    memcpy(to, text, len);
    to[len] = '\n';
    h->n += len + 1;
}

#define ADD_TEXT(h, name, text) add_piece((h), name " ", sizeof name, (text))
#define ADD_INT(h, name, n) ADD_TEXT(h, name, decimal_int((char[DECIMAL_INT_BYTES]){0}, (n)))

// sodium_bin2hex takes as long for every byte, which secrets need and names do not.
static void to_hex(char out[STORE_HASH_HEX + 1], const unsigned char hash[STORE_HASH_BYTES])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < STORE_HASH_BYTES; i++) {
        out[2 * i] = digits[hash[i] >> 4];
        out[2 * i + 1] = digits[hash[i] & 15];
    }
    out[STORE_HASH_HEX] = '\0';
}

void change_hash(const struct log_of_record_row *c, char out[STORE_HASH_HEX + 1])
{
    static const char first_line[] = "mainstay-change 1\n";
    unsigned char hash[STORE_HASH_BYTES];
    struct hashing h;
    h.n = sizeof first_line - 1;
    memcpy(h.bytes, first_line, h.n);
    crypto_generichash_init(&h.state, NULL, 0, STORE_HASH_BYTES);
    ADD_TEXT(&h, "compartment", c->compartment);
    ADD_TEXT(&h, "node", c->node);
    ADD_INT(&h, "seq", c->seq);
    ADD_INT(&h, "format", c->format);
    ADD_TEXT(&h, "previous", c->previous);
    ADD_TEXT(&h, "kind", c->kind);
    ADD_TEXT(&h, "record_id", c->record_id);
    ADD_TEXT(&h, "op", c->op);
    ADD_TEXT(&h, "base", c->base);
    ADD_TEXT(&h, "fields", c->fields);
    ADD_TEXT(&h, "actor", c->actor);
    ADD_TEXT(&h, "reason", c->reason);
    ADD_INT(&h, "logical", c->logical);
    ADD_TEXT(&h, "wall", c->wall);
    flush(&h);
    crypto_generichash_final(&h.state, hash, sizeof hash);
    to_hex(out, hash);
}

// The head of the chain; the first time in a transaction this takes its lock.
static enum err head_of(struct store_tx *tx, const char *compartment, struct chain_head **out,
                        struct err_info *e)
{
    for (struct chain_head *h = tx->heads; h != NULL; h = h->next) {
        if (strcmp(h->compartment, compartment) == 0) {
            *out = h;
            return ERR_NONE;
        }
    }
    struct db_query *q;
    struct log_head_lock_row row;
    bool more;
    struct log_head_lock_in in = {.compartment = compartment, .node = tx->store->node};
    enum err err = log_head_lock(tx->db, &in, &q, e);
    if (err == ERR_NONE) {
        err = log_head_lock_next(q, &row, &more, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct chain_head *h = ARENA_MAKE(tx->arena, struct chain_head);
    h->next = tx->heads;
    h->compartment = arena_copy(tx->arena, compartment);
    h->seq = row.seq;
    snprintf(h->hash, sizeof h->hash, "%s", row.hash);
    if (row.logical > tx->store->newest) {
        tx->store->newest = row.logical; // another process of this node wrote meanwhile
    }
    db_finish(q);
    tx->heads = h;
    *out = h;
    return ERR_NONE;
}

// What is open goes into the log before anything that does not belong to it.
static enum err make_room(struct store_tx *tx, const struct chain_head *head, const struct new_change *new, bool *bundled,
                          struct err_info *e)
{
    *bundled = bundle_takes(tx, head, new);
    enum err err = *bundled ? ERR_NONE : bundle_end(tx, e);
    *bundled = *bundled || bundle_may_begin(tx, new);
    return err;
}

// Changes of one bundle have the wall time of the first.
static void take_time(const struct store_tx *tx, int64_t *logical, char wall[25])
{
    *logical = tx->store->newest + 1;
    if (tx->bundle.n > 0) {
        memcpy(wall, tx->bundle.row.wall, 25);
        return;
    }
    int64_t now = clock_now_ms();
    *logical = now << 16 > *logical ? now << 16 : *logical;
    time_to_text(now, wall);
}

enum err change_append(struct store_tx *tx, struct arena *a, const struct new_change *new, const char **hash,
                       const char **wall, struct err_info *e)
{
    struct chain_head *head;
    bool bundled;
    enum err err = head_of(tx, new->compartment, &head, e);
    if (err == ERR_NONE) {
        err = make_room(tx, head, new, &bundled, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    int64_t logical;
    char wall_text[25];
    take_time(tx, &logical, wall_text);
    struct log_of_record_row c = {
        .compartment = new->compartment,
        .node = tx->store->node,
        .seq = head->seq + 1,
        .format = STORE_FORMAT,
        .previous = head->hash,
        .kind = new->kind,
        .record_id = new->record_id,
        .op = new->op,
        .base = new->base,
        .fields = new->fields,
        .actor = tx->actor.user_id == NULL ? tx->actor.name : tx->actor.user_id,
        .reason = tx->reason == NULL ? "" : tx->reason,
        .logical = logical,
        .wall = wall_text,
    };
    char name[STORE_HASH_HEX + 1];
    change_hash(&c, name);
    struct log_append_in in = {
        .compartment = c.compartment, .node = c.node, .seq = c.seq, .format = c.format,
        .previous = c.previous, .hash = name, .kind = c.kind, .record_id = c.record_id,
        .op = c.op, .base = c.base, .fields = c.fields, .actor = c.actor, .reason = c.reason,
        .logical = c.logical, .wall = c.wall, .signature = "",
    };
    if (bundled) {
        bundle_add(tx, head, &in);
    } else {
        err = log_append(tx->db, &in, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    head->seq++;
    head->appended = true;
    memcpy(head->hash, name, sizeof head->hash);
    if (++tx->n_changes == LARGE_TRANSACTION) {
        db_tx_large(tx->db);
    }
    tx->store->newest = logical;
    *hash = arena_copy(a, name);
    *wall = arena_copy(a, wall_text);
    return ERR_NONE;
}

enum err change_sign(struct store_tx *tx, struct err_info *e)
{
    enum err err = bundle_end(tx, e);
    for (struct chain_head *h = tx->heads; h != NULL && err == ERR_NONE; h = h->next) {
        unsigned char bytes[STORE_HASH_BYTES];
        unsigned char signature[crypto_sign_BYTES];
        char signature_hex[crypto_sign_BYTES * 2 + 1];
        if (!h->appended) {
            continue;
        }
        sodium_hex2bin(bytes, sizeof bytes, h->hash, STORE_HASH_HEX, NULL, NULL, NULL);
        crypto_sign_detached(signature, NULL, bytes, sizeof bytes, tx->store->secret_key);
        sodium_bin2hex(signature_hex, sizeof signature_hex, signature, sizeof signature);
        const struct log_sign_in sign = {.compartment = h->compartment,
                                         .node = tx->store->node,
                                         .seq = h->seq,
                                         .signature = signature_hex};
        const struct log_head_set_in head = {.compartment = h->compartment,
                                             .node = tx->store->node,
                                             .seq = h->seq,
                                             .hash = h->hash,
                                             .logical = tx->store->newest};
        err = log_sign(tx->db, &sign, e);
        if (err == ERR_NONE) {
            err = log_head_set(tx->db, &head, e);
        }
    }
    return err;
}

bool change_is_name(const char *hash)
{
    return strlen(hash) == STORE_HASH_HEX && strspn(hash, "0123456789abcdef") == STORE_HASH_HEX;
}

void change_keep_row(struct arena *a, struct log_of_record_row *row)
{
    row->compartment = arena_copy(a, row->compartment);
    row->node = arena_copy(a, row->node);
    row->previous = arena_copy(a, row->previous);
    row->hash = arena_copy(a, row->hash);
    row->kind = arena_copy(a, row->kind);
    row->record_id = arena_copy(a, row->record_id);
    row->op = arena_copy(a, row->op);
    row->base = arena_copy(a, row->base);
    row->fields = arena_copy(a, row->fields);
    row->actor = arena_copy(a, row->actor);
    row->reason = arena_copy(a, row->reason);
    row->wall = arena_copy(a, row->wall);
    row->signature = arena_copy(a, row->signature);
}

enum err change_by_name(struct db_read *db, struct arena *a, const char *hash, struct log_of_record_row *out,
                        bool *found, struct err_info *e)
{
    const struct log_by_name_in in = {.hash = hash};
    struct db_query *q;
    enum err err = bundle_settle(db, e);
    if (err == ERR_NONE) {
        err = log_by_name(db, &in, &q, e);
    }
    if (err == ERR_NONE) {
        err = log_of_record_next(q, out, found, e);
    }
    if (err != ERR_NONE || !*found) {
        return err != ERR_NONE ? err : bundle_find_name(db, a, hash, out, found, e);
    }
    change_keep_row(a, out);
    db_finish(q);
    return ERR_NONE;
}

struct change change_of_kept_row(const struct log_of_record_row *row)
{
    return (struct change){
        .hash = row->hash, .compartment = row->compartment, .node = row->node, .seq = row->seq,
        .previous = row->previous, .kind = row->kind, .record_id = row->record_id, .op = row->op,
        .base = row->base, .fields = row->fields, .actor = row->actor, .reason = row->reason,
        .logical = row->logical, .wall = row->wall,
    };
}

struct change change_of_row(struct arena *a, const struct log_of_record_row *row)
{
    struct log_of_record_row kept = *row;
    change_keep_row(a, &kept);
    return change_of_kept_row(&kept);
}
