// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_columns_store.c: questions to the file of columns and to what came since. See result_columns_store.h.

#include "result/result_columns_store.h"

#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/sort.h"
#include "result/result_columns_store_private.h"

struct result_look {
    struct store_beside *beside;
    struct held *held;
    const char *const *words[WORD_KINDS];
    size_t n_words[WORD_KINDS];
};

static void refresh_words(struct result_look *l)
{
    for (unsigned k = 0; k < WORD_KINDS; k++) {
        l->words[k] = l->held->words[k].texts;
        l->n_words[k] = l->held->words[k].n;
    }
}

static void give_back(void *thing)
{
    held_give_back(((struct result_look *)thing)->held);
}

enum err result_look_begin(struct db_read *db, struct arena *a, struct result_look **out, struct err_info *e)
{
    struct store *s = store_of(db);
    *out = NULL;
    if (s == NULL || db_is_tx(db)) {
        return ERR_NONE;
    }
    struct store_beside *b = store_beside(s);
    bool fits = false;
    pthread_mutex_lock(&b->lock);
    if (b->thing == NULL) {
        held_open(s, b);
    }
    struct held *h = b->thing;
    enum err err = h == NULL ? ERR_NONE : db_snapshot_begin(db, e);
    if (h != NULL && err == ERR_NONE) {
        bool useless = false;
        pthread_mutex_lock(&h->lock);
        err = held_catch_up(b, db, &fits, &useless, e);
        db_snapshot_end(db);
        if (err == ERR_NONE && fits) {
            struct result_look *l = ARENA_MAKE(a, struct result_look);
            *l = (struct result_look){.beside = b, .held = h};
            held_use(h);
            refresh_words(l);
            arena_on_close(a, give_back, l);
            *out = l;
        }
        pthread_mutex_unlock(&h->lock);
        if (useless) {
            held_drop(b);
        }
    }
    pthread_mutex_unlock(&b->lock);
    return err;
}

enum err result_columns_follow(struct store *s, struct err_info *e)
{
    struct store_beside *b = store_beside(s);
    struct db_read *db;
    struct result_look *look;
    pthread_mutex_lock(&b->lock);
    bool held = b->thing != NULL;
    pthread_mutex_unlock(&b->lock);
    if (!held) {
        return ERR_NONE;
    }
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    enum err err = db_reader(store_db(s), &db, e);
    if (err == ERR_NONE) {
        err = result_look_begin(db, a, &look, e);
    }
    arena_free(a);
    return err;
}

static const char *word(const struct result_look *l, unsigned kind, const struct columns_block *b, unsigned column, size_t i)
{
    return result_look_word(l, kind, ((const uint32_t *)b->data[OF_VALUES][column])[i]);
}

// Order of the rules: last day, first day, country, id.
static int compare_values(const struct result_look *l, const struct columns_block *x, size_t i,
                          const struct columns_block *y, size_t k)
{
    int order = strcmp(word(l, WORD_DAY, x, VALUE_TO, i), word(l, WORD_DAY, y, VALUE_TO, k));
    order = order != 0 ? order : strcmp(word(l, WORD_DAY, x, VALUE_FROM, i), word(l, WORD_DAY, y, VALUE_FROM, k));
    order = order != 0 ? order
                       : strcmp(word(l, WORD_COUNTRY, x, VALUE_COUNTRY, i), word(l, WORD_COUNTRY, y, VALUE_COUNTRY, k));
    return order != 0 ? order : strcmp(column_id_at(x, i), column_id_at(y, k));
}

struct ordered {
    const struct result_look *look;
    const struct columns_block *block;
    size_t at;
    const struct column_value *value;
};

static int by_rule(const void *x, const void *y)
{
    const struct ordered *a = x, *b = y;
    return compare_values(a->look, a->block, a->at, b->block, b->at);
}

// The values that changed, as a block of its own in the order of the rules.
static void block_of_changed(const struct result_look *l, struct arena *a, const char *indicator_id,
                             const struct column_value **values, size_t n, struct columns_block *out)
{
    struct columns_block given;
    column_block_of(a, indicator_id, values, n, &given);
    struct ordered *order = ARENA_ARRAY(a, struct ordered, n + 1);
    const struct column_value **sorted = ARENA_ARRAY(a, const struct column_value *, n + 1);
    for (size_t i = 0; i < n; i++) {
        order[i] = (struct ordered){l, &given, i, values[i]};
    }
    sort_items(order, n, sizeof *order, by_rule);
    for (size_t i = 0; i < n; i++) {
        sorted[i] = order[i].value;
    }
    column_block_of(a, indicator_id, sorted, n, out);
}

// Values that changed, by the last bytes of their ids: most rows of a file did not, and need not be looked for.
#define SIEVE_WORDS 64

struct sieve {
    uint64_t bits[SIEVE_WORDS];
};

static uint64_t *sieve_at(struct sieve *s, const char *id_bytes, uint64_t *bit)
{
    uint64_t tail[2];
    memcpy(tail, id_bytes + RESULT_ID_BYTES - sizeof tail, sizeof tail);
    uint64_t mixed = (tail[0] ^ tail[1]) * 0x9e3779b97f4a7c15u;
    *bit = UINT64_C(1) << (mixed >> 58);
    return &s->bits[mixed >> 52 & (SIEVE_WORDS - 1)];
}

struct changed {
    struct map by_id;
    struct sieve sieve;
};

static void note_changed(struct changed *c, const struct touched *t)
{
    char id[RESULT_ID_BYTES] = {0};
    uint64_t bit;
    *map_at(&c->by_id, t->id) = (void *)t;
    memcpy(id, t->id, strlen(t->id));
    *sieve_at(&c->sieve, id, &bit) |= bit;
}

static bool has_changed(struct changed *c, const struct columns_block *file, size_t i)
{
    uint64_t bit;
    return (*sieve_at(&c->sieve, column_id_at(file, i), &bit) & bit) != 0 && map_get(&c->by_id, column_id_at(file, i)) != NULL;
}

// The first row of the file from i on that does not come before a value that changed.
static size_t place_among(const struct result_look *l, const struct columns_block *file, size_t i,
                          const struct columns_block *fresh, size_t at)
{
    size_t end = file->n[OF_VALUES];
    while (i < end) {
        size_t middle = i + (end - i) / 2;
        if (compare_values(l, file, middle, fresh, at) < 0) {
            i = middle + 1;
        } else {
            end = middle;
        }
    }
    return i;
}

// Rows of the file from first to before end, without those that changed.
static void add_unchanged(struct changed *c, struct column_pieces *out, const struct columns_block *file, size_t first,
                          size_t end)
{
    for (size_t i = first; i < end; i++) {
        if (has_changed(c, file, i)) {
            column_piece_add(out, file, first, i);
            first = i + 1;
        }
    }
    column_piece_add(out, file, first, end);
}

// The block of the file without the values that changed, and these as they are now.
static void merge(const struct result_look *l, struct arena *a, const char *indicator_id, const struct touched *list,
                  const struct columns_block *file, struct column_pieces *out)
{
    struct changed *changed = ARENA_MAKE(a, struct changed);
    struct columns_block *fresh = ARENA_MAKE(a, struct columns_block);
    size_t n = 0, done = 0;
    map_init(&changed->by_id, a);
    for (const struct touched *t = list; t != NULL; t = t->older) {
        n++;
    }
    const struct column_value **values = ARENA_ARRAY(a, const struct column_value *, n + 1);
    n = 0;
    for (const struct touched *t = list; t != NULL; t = t->older) {
        if (map_get(&changed->by_id, t->id) != NULL) {
            continue; // an older one
        }
        note_changed(changed, t);
        if (t->value != NULL) {
            values[n++] = t->value;
        }
    }
    block_of_changed(l, a, indicator_id, values, n, fresh);
    for (size_t at = 0; at < n; at++) {
        size_t before = place_among(l, file, done, fresh, at);
        add_unchanged(changed, out, file, done, before);
        column_piece_add(out, fresh, at, at + 1);
        done = before;
    }
    add_unchanged(changed, out, file, done, file->n[OF_VALUES]);
}

bool result_look_pieces(struct result_look *l, struct arena *a, const char *indicator_id, struct column_pieces *out)
{
    struct held *h = l->held;
    size_t at = columns_find(h->file, indicator_id);
    struct columns_block *file = ARENA_MAKE(a, struct columns_block);
    *file = (struct columns_block){.key = indicator_id};
    *out = (struct column_pieces){.arena = a};
    if (at < columns_n(h->file) && !columns_block_at(h->file, at, file)) {
        pthread_mutex_lock(&l->beside->lock);
        held_say(l->beside, "a block of the file is damaged; “mainstay columns” makes it anew");
        pthread_mutex_unlock(&l->beside->lock);
        return false;
    }
    pthread_mutex_lock(&h->lock);
    const struct touched *list = map_get(&h->touched, indicator_id);
    refresh_words(l);
    pthread_mutex_unlock(&h->lock);
    if (list != NULL) {
        merge(l, a, indicator_id, list, file, out);
    } else {
        column_piece_add(out, file, 0, file->n[OF_VALUES]);
    }
    if (column_pieces_shares(out) == SHARES_SOME) {
        struct columns_block *one = ARENA_MAKE(a, struct columns_block);
        column_block_join(a, indicator_id, out, one);
        out->n = 0;
        column_piece_add(out, one, 0, one->n[OF_VALUES]);
    }
    return true;
}

bool result_look_at(struct result_look *l, struct arena *a, const char *indicator_id, struct columns_block *out)
{
    struct column_pieces pieces;
    bool sound = result_look_pieces(l, a, indicator_id, &pieces);
    if (sound) {
        column_block_join(a, indicator_id, &pieces, out);
    }
    return sound;
}

static int by_text(const void *x, const void *y)
{
    return strcmp(*(const char *const *)x, *(const char *const *)y);
}

const char *const *result_look_indicators(struct result_look *l, struct arena *a, size_t *n)
{
    struct held *h = l->held;
    size_t n_file = columns_n(h->file);
    pthread_mutex_lock(&h->lock);
    const char **out = ARENA_ARRAY(a, const char *, n_file + h->n_indicators + 1);
    *n = 0;
    for (size_t i = 0; i < n_file; i++) {
        out[(*n)++] = columns_key(h->file, i);
    }
    for (size_t i = 0; i < h->n_indicators; i++) {
        if (columns_find(h->file, h->indicators[i]) == n_file) {
            out[(*n)++] = h->indicators[i];
        }
    }
    pthread_mutex_unlock(&h->lock);
    if (*n > n_file) {
        sort_items(out, *n, sizeof *out, by_text);
    }
    return out;
}

const char *result_look_word(const struct result_look *l, unsigned kind, uint32_t number)
{
    ensure(number < l->n_words[kind]);
    return l->words[kind][number];
}

size_t result_look_words(const struct result_look *l, unsigned kind)
{
    return l->n_words[kind];
}
