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

// Small pieces are gathered, since many of them are hashed for each change.
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

static void add(struct hashing *h, const char *bytes, size_t len)
{
    if (len > sizeof h->bytes - h->n) {
        flush(h);
    }
    if (len > sizeof h->bytes) {
        crypto_generichash_update(&h->state, (const unsigned char *)bytes, len);
        return;
    }
    memcpy(h->bytes + h->n, bytes, len);
    h->n += len;
}

static void add_piece(struct hashing *h, const char *name, const char *bytes, size_t len)
{
    char number[DECIMAL_INT_BYTES];
    const char *digits = decimal_int(number, (int64_t)len);
    add(h, name, strlen(name));
    add(h, " ", 1);
    add(h, digits, strlen(digits));
    add(h, "\n", 1);
    add(h, bytes, len);
    add(h, "\n", 1);
}

static void add_text(struct hashing *h, const char *name, const char *text)
{
    add_piece(h, name, text, strlen(text));
}

static void add_int(struct hashing *h, const char *name, int64_t n)
{
    char number[DECIMAL_INT_BYTES];
    add_text(h, name, decimal_int(number, n));
}

void change_hash(const struct log_of_record_row *c, char out[STORE_HASH_HEX + 1])
{
    static const char first_line[] = "mainstay-change 1\n";
    struct hashing h = {.n = 0};
    crypto_generichash_init(&h.state, NULL, 0, STORE_HASH_BYTES);
    add(&h, first_line, sizeof first_line - 1);
    add_text(&h, "compartment", c->compartment);
    add_text(&h, "node", c->node);
    add_int(&h, "seq", c->seq);
    add_int(&h, "format", c->format);
    add_text(&h, "previous", c->previous);
    add_text(&h, "kind", c->kind);
    add_text(&h, "record_id", c->record_id);
    add_text(&h, "op", c->op);
    add_text(&h, "base", c->base);
    add_text(&h, "fields", c->fields);
    add_text(&h, "actor", c->actor);
    add_text(&h, "reason", c->reason);
    add_int(&h, "logical", c->logical);
    add_text(&h, "wall", c->wall);
    unsigned char hash[STORE_HASH_BYTES];
    flush(&h);
    crypto_generichash_final(&h.state, hash, sizeof hash);
    sodium_bin2hex(out, STORE_HASH_HEX + 1, hash, sizeof hash);
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

enum err change_append(struct store_tx *tx, struct arena *a, const char *compartment,
                       const char *kind, const char *record_id, const char *op, const char *base, const char *fields,
                       const char **hash, const char **wall, struct err_info *e)
{
    struct chain_head *head;
    enum err err = head_of(tx, compartment, &head, e);
    if (err != ERR_NONE) {
        return err;
    }
    int64_t now = clock_now_ms();
    int64_t logical = now << 16;
    if (logical <= tx->store->newest) {
        logical = tx->store->newest + 1;
    }
    char wall_text[25];
    time_to_text(now, wall_text);
    struct log_of_record_row c = {
        .compartment = compartment,
        .node = tx->store->node,
        .seq = head->seq + 1,
        .format = STORE_FORMAT,
        .previous = head->hash,
        .kind = kind,
        .record_id = record_id,
        .op = op,
        .base = base == NULL ? "" : base,
        .fields = fields,
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
    err = log_append(tx->db, &in, e);
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
    enum err err = ERR_NONE;
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

struct change change_of_row(struct arena *a, const struct log_of_record_row *row)
{
    return (struct change){
        .hash = arena_copy(a, row->hash),
        .compartment = arena_copy(a, row->compartment),
        .node = arena_copy(a, row->node),
        .seq = row->seq,
        .previous = arena_copy(a, row->previous),
        .kind = arena_copy(a, row->kind),
        .record_id = arena_copy(a, row->record_id),
        .op = arena_copy(a, row->op),
        .base = arena_copy(a, row->base),
        .fields = arena_copy(a, row->fields),
        .actor = arena_copy(a, row->actor),
        .reason = arena_copy(a, row->reason),
        .logical = row->logical,
        .wall = arena_copy(a, row->wall),
    };
}
