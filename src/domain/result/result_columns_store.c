// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_columns_store.c: questions to the file of columns and to what came since. See result_columns_store.h.

#include "result/result_columns_store.h"

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
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
    if (n > 1) {
        qsort(order, n, sizeof *order, by_rule);
    }
    for (size_t i = 0; i < n; i++) {
        sorted[i] = order[i].value;
    }
    column_block_of(a, indicator_id, sorted, n, out);
}

// The block of the file without the values that changed, and these as they are now.
static void merge(const struct result_look *l, struct arena *a, const char *indicator_id, const struct touched *list,
                  const struct columns_block *file, struct columns_block *out)
{
    struct map changed;
    struct columns_block fresh;
    size_t n = 0, at = 0, n_pieces = 0;
    map_init(&changed, a);
    for (const struct touched *t = list; t != NULL; t = t->older) {
        n++;
    }
    const struct column_value **values = ARENA_ARRAY(a, const struct column_value *, n + 1);
    n = 0;
    for (const struct touched *t = list; t != NULL; t = t->older) {
        void **known = map_at(&changed, t->id);
        if (*known == NULL && t->value != NULL) {
            values[n++] = t->value;
        }
        *known = (void *)t;
    }
    block_of_changed(l, a, indicator_id, values, n, &fresh);
    struct column_piece *pieces = ARENA_ARRAY(a, struct column_piece, file->n[OF_VALUES] + 2 * n + 2);
    for (size_t i = 0; i < file->n[OF_VALUES]; i++) {
        if (map_get(&changed, column_id_at(file, i)) != NULL) {
            continue;
        }
        while (at < n && compare_values(l, &fresh, at, file, i) < 0) {
            column_piece_add(pieces, &n_pieces, &fresh, at++);
        }
        column_piece_add(pieces, &n_pieces, file, i);
    }
    while (at < n) {
        column_piece_add(pieces, &n_pieces, &fresh, at++);
    }
    column_block_join(a, indicator_id, pieces, n_pieces, out);
}

bool result_look_at(struct result_look *l, struct arena *a, const char *indicator_id, struct columns_block *out)
{
    struct held *h = l->held;
    size_t at = columns_find(h->file, indicator_id);
    struct columns_block file = {.key = indicator_id};
    if (at < columns_n(h->file) && !columns_block_at(h->file, at, &file)) {
        pthread_mutex_lock(&l->beside->lock);
        held_say(l->beside, "a block of the file is damaged; “mainstay columns” makes it anew");
        pthread_mutex_unlock(&l->beside->lock);
        return false;
    }
    pthread_mutex_lock(&h->lock);
    const struct touched *list = map_get(&h->touched, indicator_id);
    refresh_words(l);
    pthread_mutex_unlock(&h->lock);
    if (list == NULL) {
        *out = file;
    } else {
        merge(l, a, indicator_id, list, &file, out);
    }
    return true;
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
        qsort(out, *n, sizeof *out, by_text);
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
