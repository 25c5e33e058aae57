// SPDX-License-Identifier: AGPL-3.0-or-later
//
// search_batch.c: documents on their way into the index. See search.h.

#include <sodium.h>
#include <string.h>

#include "base/buf.h"
#include "base/bug.h"
#include "base/limits.h"
#include "base/sort.h"
#include "store/search.h"
#include "store/search_sql.h"
#include "words/stem.h"

// So many documents, or so much memory for them, go in together.
#define MOST_WAITING 2000
#define MOST_WAITING_BYTES ((size_t)4 * 1024 * 1024)

enum step { STEP_ADD, STEP_REPLACE, STEP_DROP };

struct search_waiting {
    int64_t id;
    size_t number; // a document may be changed more than once: in this order
    enum step step;
    struct search_doc doc;
};

// Bits of a hash over source and key, so that a document is found again without looking it up. The highest
// bits say on which shelf it stands: what a search asks of them costs no look at the document.
static int64_t id_of(const char *source, const char *key, int shelf)
{
    unsigned char hash[16];
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    crypto_generichash_update(&state, (const unsigned char *)source, strlen(source) + 1);
    crypto_generichash_update(&state, (const unsigned char *)key, strlen(key) + 1);
    crypto_generichash_final(&state, hash, sizeof hash);
    uint64_t id = 0;
    for (size_t i = 0; i < 8; i++) {
        id = id << 8 | hash[i];
    }
    ensure(shelf >= 0 && shelf <= SEARCH_RECORD_SHELF);
    return (int64_t)((uint64_t)shelf << SEARCH_SHELF_BITS | id >> (64 - SEARCH_SHELF_BITS));
}

// ---- into the index ---------------------------------------------------------------------------------

static enum err write_one(struct search_batch *b, const struct search_waiting *w, struct err_info *e)
{
    const struct search_index_drop_in old = {.id = w->id};
    const struct search_doc_drop_in old_doc = {.id = w->id};
    const struct search_doc *d = &w->doc;
    enum err err = w->step == STEP_ADD ? ERR_NONE : search_index_drop(b->tx, &old, e);
    if (w->step == STEP_DROP) {
        return err != ERR_NONE ? err : search_doc_drop(b->tx, &old_doc, e);
    }
    struct arena *a = arena_new(LIMIT_PROCESS_BYTES);
    struct buf title, body;
    buf_init(&title, a, SEARCH_BODY_BYTES);
    buf_init(&body, a, SEARCH_BODY_BYTES);
    stem_tokens(&title, d->title);
    stem_tokens(&body, d->body);
    const struct search_doc_put_in doc = {.id = w->id, .source = d->source, .kind = d->kind, .key = d->key,
                                          .scope = d->scope, .title = d->title, .body = d->body};
    const struct search_index_put_in index = {.id = w->id, .title = title.len == 0 ? "" : title.data,
                                              .body = body.len == 0 ? "" : body.data};
    if (err == ERR_NONE) {
        err = search_doc_put(b->tx, &doc, e);
    }
    if (err == ERR_NONE) {
        err = search_index_put(b->tx, &index, e);
    }
    arena_free(a);
    return err;
}

static int by_id(const void *x, const void *y)
{
    const struct search_waiting *a = x, *b = y;
    return a->id != b->id ? (a->id > b->id) - (a->id < b->id) : (a->number > b->number) - (a->number < b->number);
}

enum err search_batch_end(struct search_batch *b, struct err_info *e)
{
    enum err err = ERR_NONE;
    sort_items(b->items, b->n, sizeof *b->items, by_id);
    for (size_t i = 0; err == ERR_NONE && i < b->n; i++) {
        err = write_one(b, &b->items[i], e);
    }
    if (b->n > 0) {
        arena_reset(b->arena);
    }
    b->items = NULL;
    b->n = b->cap = 0;
    return err;
}

// ---- gathering --------------------------------------------------------------------------------------

void search_batch_free(struct search_batch *b)
{
    arena_free(b->arena);
    *b = (struct search_batch){.tx = b->tx};
}

static struct arena *arena_of(struct search_batch *b)
{
    if (b->arena == NULL) {
        b->arena = arena_new(LIMIT_PROCESS_BYTES);
    }
    return b->arena;
}

static enum err add(struct search_batch *b, const struct search_waiting *w, struct err_info *e)
{
    b->items = arena_room(arena_of(b), b->items, sizeof *b->items, b->n, &b->cap);
    b->items[b->n] = *w;
    b->items[b->n].number = b->n;
    b->n++;
    return b->n == MOST_WAITING || arena_used_bytes(b->arena) > MOST_WAITING_BYTES ? search_batch_end(b, e) : ERR_NONE;
}

enum err search_put(struct search_batch *b, const struct search_doc *d, bool fresh, struct err_info *e)
{
    struct arena *a = arena_of(b);
    const struct search_waiting w = {
        .id = id_of(d->source, d->key, d->shelf),
        .step = fresh ? STEP_ADD : STEP_REPLACE,
        .doc = {.source = arena_copy(a, d->source),
                .shelf = d->shelf,
                .kind = arena_copy(a, d->kind),
                .key = arena_copy(a, d->key),
                .scope = arena_copy(a, d->scope),
                .title = arena_copy(a, d->title),
                .body = arena_copy(a, d->body)},
    };
    return add(b, &w, e);
}

enum err search_drop(struct search_batch *b, const char *source, const char *key, int shelf, struct err_info *e)
{
    return add(b, &(struct search_waiting){.id = id_of(source, key, shelf), .step = STEP_DROP}, e);
}
