// SPDX-License-Identifier: AGPL-3.0-or-later
//
// change.c: one change of the log: how it is encoded, hashed, signed and chained.
//
// Method: docs/change-log.md. The encoding is a line "mainstay-change 1", then for every field, in the
// order of the structure, its name, its length in bytes, and its bytes; lengths make it unambiguous.

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "os/clock.h"
#include "store/store_private.h"

static void add_text(crypto_generichash_state *state, const char *name, const char *text)
{
    char head[64];
    size_t len = strlen(text);
    int n = snprintf(head, sizeof head, "%s %zu\n", name, len);
    crypto_generichash_update(state, (const unsigned char *)head, (unsigned long long)n);
    crypto_generichash_update(state, (const unsigned char *)text, len);
    crypto_generichash_update(state, (const unsigned char *)"\n", 1);
}

static void add_int(crypto_generichash_state *state, const char *name, int64_t n)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, n);
    add_text(state, name, text);
}

void change_hash(const struct log_of_record_row *c, char out[STORE_HASH_HEX + 1])
{
    static const char first_line[] = "mainstay-change 1\n";
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, STORE_HASH_BYTES);
    crypto_generichash_update(&state, (const unsigned char *)first_line, sizeof first_line - 1);
    add_text(&state, "compartment", c->compartment);
    add_text(&state, "node", c->node);
    add_int(&state, "seq", c->seq);
    add_int(&state, "format", c->format);
    add_text(&state, "previous", c->previous);
    add_text(&state, "kind", c->kind);
    add_text(&state, "record_id", c->record_id);
    add_text(&state, "op", c->op);
    add_text(&state, "base", c->base);
    add_text(&state, "fields", c->fields);
    add_text(&state, "actor", c->actor);
    add_text(&state, "reason", c->reason);
    add_int(&state, "logical", c->logical);
    add_text(&state, "wall", c->wall);
    unsigned char hash[STORE_HASH_BYTES];
    crypto_generichash_final(&state, hash, sizeof hash);
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
    unsigned char bytes[STORE_HASH_BYTES];
    unsigned char signature[crypto_sign_BYTES];
    char signature_hex[crypto_sign_BYTES * 2 + 1];
    sodium_hex2bin(bytes, sizeof bytes, name, STORE_HASH_HEX, NULL, NULL, NULL);
    crypto_sign_detached(signature, NULL, bytes, sizeof bytes, tx->store->secret_key);
    sodium_bin2hex(signature_hex, sizeof signature_hex, signature, sizeof signature);
    struct log_append_in in = {
        .compartment = c.compartment, .node = c.node, .seq = c.seq, .format = c.format,
        .previous = c.previous, .hash = name, .kind = c.kind, .record_id = c.record_id,
        .op = c.op, .base = c.base, .fields = c.fields, .actor = c.actor, .reason = c.reason,
        .logical = c.logical, .wall = c.wall, .signature = signature_hex,
    };
    err = log_append(tx->db, &in, e);
    if (err != ERR_NONE) {
        return err;
    }
    head->seq++;
    memcpy(head->hash, name, sizeof head->hash);
    tx->store->newest = logical;
    *hash = arena_copy(a, name);
    *wall = arena_copy(a, wall_text);
    return ERR_NONE;
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
