// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_columns_store.c: questions to the file of columns and to what came since. See result_columns_store.h.
//
// A process holds one mapped file and, for each indicator, the values that changed since, as they are now. Such a list
// only grows at its head, and the newest entry for a value counts, so who holds a list goes on with it while
// others add. What is held may outlive the store: a command empties its memory after that was closed.

#include "result/result_columns_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/map.h"
#include "result/result.h"
#include "result/result_columns_rows_store.h"
#include "result/result_lines.h"
#include "store/store.h"

#define VALUES_AT_ONCE 256 // in memory with their parts

static const char *const watched[] = {"observation", "observation_part", NULL};

// A value that changed since the file, as seen from one indicator.
struct touched {
    struct touched *older;
    const char *id;
    const struct column_value *value; // NULL: it is not, or no longer, a value of this indicator
};
// Words: those of the file, then those that came since.
struct words {
    const char *const *texts;
    size_t n, cap; // cap 0: the texts are those of the file
    struct map numbers; // text -> number + 1; empty until a word is looked for
};
struct held {
    pthread_mutex_t lock; // of all below; taken after that of store_beside
    struct columns *file;
    struct arena *arena;       // what came since
    struct arena *positions[2]; // the one in use, and the one for the next
    int at;
    const char *position; // up to which what came since is known
    struct store_mark mark; // of that position; zeros until it was compared once
    int64_t n_since;
    struct map touched; // id of an indicator -> struct touched *
    const char **indicators;
    size_t n_indicators, cap_indicators; // those of `touched`
    struct words words[WORD_KINDS];
    int users;
    bool dropped; // closed by the last user
};
struct result_look {
    struct store_beside *beside;
    struct held *held;
    const char *const *words[WORD_KINDS];
    size_t n_words[WORD_KINDS];
};

// ---- holding a file ---------------------------------------------------------------------------------------

static void held_free(struct held *h)
{
    pthread_mutex_destroy(&h->lock);
    columns_close(h->file);
    arena_free(h->positions[0]);
    arena_free(h->positions[1]);
    arena_free(h->arena);
}

// Nobody finds it any more; the last user frees it.
static void held_close(void *thing)
{
    struct held *h = thing;
    pthread_mutex_lock(&h->lock);
    h->dropped = true;
    bool last = h->users == 0;
    pthread_mutex_unlock(&h->lock);
    if (last) {
        held_free(h);
    }
}

// Under the lock of store_beside.
static void drop(struct store_beside *b)
{
    struct held *h = b->thing;
    b->thing = NULL;
    if (h != NULL) {
        held_close(h);
    }
}

void result_columns_drop_held(struct store *s)
{
    struct store_beside *b = store_beside(s);
    pthread_mutex_lock(&b->lock);
    drop(b);
    b->told = false;
    pthread_mutex_unlock(&b->lock);
}

static void give_back(void *thing)
{
    struct held *h = ((struct result_look *)thing)->held;
    pthread_mutex_lock(&h->lock);
    h->users--;
    bool last = h->dropped && h->users == 0;
    pthread_mutex_unlock(&h->lock);
    if (last) {
        held_free(h);
    }
}

// Once, until there is another file. Under the lock.
static void say(struct store_beside *b, const char *why)
{
    if (!b->told) {
        fprintf(stderr, "mainstay: the columns are not used: %s\n", why);
        b->told = true;
    }
}

// Maps the file when there is one that can be used.
static void open_file(struct store *s, struct store_beside *b)
{
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    struct err_info why;
    struct columns *file;
    enum err err = columns_open(result_columns_path(a, s), &result_columns_shape, &file, &why);
    if (err != ERR_NONE) {
        arena_free(a);
        if (err != ERR_NOT_FOUND) {
            say(b, "the file is damaged or of another program; “mainstay columns” makes it anew");
        }
        return;
    }
    struct held *h = ARENA_MAKE(a, struct held);
    *h = (struct held){.file = file, .arena = a, .position = columns_position(file)};
    h->positions[0] = arena_new(LIMIT_PROCESS_BYTES);
    h->positions[1] = arena_new(LIMIT_PROCESS_BYTES);
    ensure(pthread_mutex_init(&h->lock, NULL) == 0);
    map_init(&h->touched, a);
    for (unsigned k = 0; k < WORD_KINDS; k++) {
        h->words[k].texts = columns_words(file, k, &h->words[k].n);
        map_init(&h->words[k].numbers, a);
    }
    b->thing = h;
    b->close = held_close;
}

// ---- words --------------------------------------------------------------------------------------------------

static uint32_t number_of_word(void *context, unsigned kind, const char *text)
{
    struct held *h = context;
    struct words *w = &h->words[kind];
    if (w->numbers.n == 0) {
        for (size_t i = 0; i < w->n; i++) {
            *map_at(&w->numbers, w->texts[i]) = (void *)(uintptr_t)(i + 1);
        }
    }
    uintptr_t known = (uintptr_t)map_get(&w->numbers, text);
    if (known != 0) {
        return (uint32_t)known - 1;
    }
    if (w->cap < w->n + 1) { // others go on with the array as it was
        w->cap = (w->n + 1) * 2;
        const char **larger = ARENA_ARRAY(h->arena, const char *, w->cap);
        memcpy(larger, w->texts, w->n * sizeof *larger);
        w->texts = larger;
    }
    const char *kept = arena_copy(h->arena, text);
    ((const char **)w->texts)[w->n] = kept;
    *map_at(&w->numbers, kept) = (void *)(uintptr_t)(w->n + 1);
    return (uint32_t)w->n++;
}

// ---- what came since ---------------------------------------------------------------------------------------

// Gathered while the changes are read: id of a value -> indicators that it belonged to before or after a change, as
// one text, each with a blank before it. Parts whose change does not say of which value they are.
struct since {
    struct arena *arena;
    struct map values;
    const char **ids;
    size_t n, cap;
    const char **parts;
    size_t n_parts, cap_parts;
};

static void note_value(struct since *s, const char *id, const char *indicator)
{
    if (id[0] == '\0') {
        return;
    }
    const char *key = arena_copy(s->arena, id);
    void **of = map_at(&s->values, key);
    if (*of == NULL) {
        s->ids = arena_room(s->arena, s->ids, sizeof *s->ids, s->n, &s->cap);
        s->ids[s->n++] = key;
        *of = (void *)"";
    }
    if (indicator[0] != '\0' && strstr(*of, indicator) == NULL) {
        *of = arena_printf(s->arena, "%s %s", (const char *)*of, indicator);
    }
}

static enum err take_change(void *context, const struct change *c, struct err_info *e)
{
    struct since *s = context;
    bool is_part = strcmp(c->kind, "observation_part") == 0;
    bool told = false;
    enum err err = ERR_NONE;
    if (!is_part) {
        note_value(s, c->record_id, "");
    }
    int first = strcmp(c->op, "create") == 0 ? 1 : 0; // nothing before it
    int last = strcmp(c->op, "delete") == 0 ? 0 : 1;
    for (int side = first; err == ERR_NONE && side <= last; side++) {
        struct record *r;
        err = store_change_side(s->arena, c, is_part ? &entity_observation_part : &entity_observation, side, &r, e);
        if (err == ERR_NONE && is_part) {
            note_value(s, record_text(r, "observation_id"), "");
            told = told || record_is_set(r, "observation_id");
        } else if (err == ERR_NONE) {
            note_value(s, c->record_id, record_text(r, "indicator_id"));
        }
    }
    if (err == ERR_NONE && is_part && !told) {
        s->parts = arena_room(s->arena, s->parts, sizeof *s->parts, s->n_parts, &s->cap_parts);
        s->parts[s->n_parts++] = arena_copy(s->arena, c->record_id);
    }
    return err;
}

// A part that is gone was deleted since, and that change told of which value it was.
static enum err find_values_of_parts(struct since *s, struct db_read *db, struct err_info *e)
{
    struct record **found;
    size_t n;
    enum err err = s->n_parts == 0 ? ERR_NONE
                                   : store_get_many(db, s->arena, &entity_observation_part, s->parts, s->n_parts, &found,
                                                    &n, e);
    for (size_t i = 0; err == ERR_NONE && s->n_parts > 0 && i < n; i++) {
        note_value(s, record_text(found[i], "observation_id"), "");
    }
    return err;
}

static void touch(struct held *h, const char *indicator, const char *id, const struct column_value *value)
{
    void **of = map_get(&h->touched, indicator) != NULL ? map_at(&h->touched, indicator)
                                                        : map_at(&h->touched, arena_copy(h->arena, indicator));
    if (*of == NULL) {
        h->indicators = arena_room(h->arena, h->indicators, sizeof *h->indicators, h->n_indicators, &h->cap_indicators);
        h->indicators[h->n_indicators++] = arena_copy(h->arena, indicator);
    }
    struct touched *t = ARENA_MAKE(h->arena, struct touched);
    *t = (struct touched){.older = *of, .id = id, .value = value};
    *of = t;
}

// A value as the tables have it now.
struct now {
    const struct record *value; // NULL: it is gone
    struct result_part_text *parts;
    size_t n, cap;
};

static void take_value(struct held *h, struct since *s, const char *id, const struct now *now)
{
    const struct column_words words = {number_of_word, h};
    const char *mine = now->value == NULL ? "" : record_text(now->value, "indicator_id");
    const char *kept = arena_copy(h->arena, id);
    if (now->value != NULL) {
        const struct result_entry entry = result_entry_of(now->value);
        struct column_value *value = ARENA_MAKE(h->arena, struct column_value);
        *value = column_value_of(h->arena, &words, &entry, now->parts, now->n);
        touch(h, mine, kept, value);
    }
    const char *others = map_get(&s->values, id);
    while (others[0] != '\0') {
        size_t n = strcspn(others + 1, " ");
        const char *other = arena_copy_n(s->arena, others + 1, n);
        if (strcmp(other, mine) != 0) {
            touch(h, other, kept, NULL);
        }
        others += n + 1;
    }
}

static enum err take_some(struct held *h, struct since *s, struct db_read *db, struct arena *a, const char *const *ids,
                          size_t n, struct err_info *e)
{
    struct record **values, **parts;
    struct map by_id;
    struct now *all = ARENA_ARRAY(a, struct now, n);
    size_t n_values, n_parts = 0;
    map_init(&by_id, a);
    for (size_t i = 0; i < n; i++) {
        *map_at(&by_id, ids[i]) = &all[i];
    }
    enum err err = store_get_many(db, a, &entity_observation, ids, n, &values, &n_values, e);
    for (size_t i = 0; err == ERR_NONE && i < n_values; i++) {
        ((struct now *)map_get(&by_id, values[i]->id))->value = values[i];
    }
    if (err == ERR_NONE) {
        err = store_list_by_many(db, a, &entity_observation_part, "observation_id", ids, n, &parts, &n_parts, e);
    }
    for (size_t i = 0; err == ERR_NONE && i < n_parts; i++) {
        const struct record *r = parts[i];
        struct now *of = map_get(&by_id, record_text(r, "observation_id"));
        of->parts = arena_room(a, of->parts, sizeof *of->parts, of->n, &of->cap);
        of->parts[of->n++] = (struct result_part_text){record_text(r, "split"), record_text(r, "value"),
                                                       record_text(r, "numerator"), record_text(r, "denominator")};
    }
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        take_value(h, s, ids[i], &all[i]);
    }
    return err;
}

static enum err take_values(struct held *h, struct since *s, struct db_read *db, struct err_info *e)
{
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    enum err err = find_values_of_parts(s, db, e);
    for (size_t i = 0; err == ERR_NONE && i < s->n; i += VALUES_AT_ONCE) {
        size_t n = s->n - i < VALUES_AT_ONCE ? s->n - i : VALUES_AT_ONCE;
        err = take_some(h, s, db, a, s->ids + i, n, e);
        arena_reset(a);
    }
    arena_free(a);
    return err;
}

static bool is_same(const struct store_mark *x, const struct store_mark *y)
{
    return x->n_chains == y->n_chains && x->n_changes == y->n_changes && x->newest == y->newest;
}

// Brings what came since up to what this reader sees. *fits false: the columns cannot be used for it; *useless: nor for
// any other.
static enum err catch_up(struct store_beside *b, struct db_read *db, bool *fits, bool *useless, struct err_info *e)
{
    struct held *h = b->thing;
    struct arena *next = h->positions[1 - h->at];
    struct store_since since;
    struct store_mark mark;
    enum err err = store_mark(db, &mark, e);
    *fits = err == ERR_NONE && is_same(&mark, &h->mark);
    if (err != ERR_NONE || *fits) {
        return err;
    }
    struct since s = {.arena = arena_new(LIMIT_REQUEST_BYTES)};
    map_init(&s.values, s.arena);
    arena_reset(next);
    err = store_since(db, next, h->position, watched, RESULT_COLUMNS_MOST_CHANGES - h->n_since, take_change, &s,
                               &since, e);
    *fits = err == ERR_NONE && since.follows == FOLLOWS && since.n <= RESULT_COLUMNS_MOST_CHANGES - h->n_since;
    if (*fits && since.n > 0) {
        err = take_values(h, &s, db, e);
        h->position = since.position;
        h->at = 1 - h->at;
        h->n_since += since.n;
    }
    if (err == ERR_NONE && *fits) {
        h->mark = mark;
    }
    if (err == ERR_NONE && since.follows == FOLLOWS_NOT) {
        say(b, "the file is a copy of another log; “mainstay columns” makes it anew");
    }
    *useless = err != ERR_NONE || since.follows == FOLLOWS_NOT; // half of what came since may be there
    arena_free(s.arena);
    return err;
}

// ---- a question ------------------------------------------------------------------------------------------------

static void refresh_words(struct result_look *l)
{
    for (unsigned k = 0; k < WORD_KINDS; k++) {
        l->words[k] = l->held->words[k].texts;
        l->n_words[k] = l->held->words[k].n;
    }
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
        open_file(s, b);
    }
    struct held *h = b->thing;
    enum err err = h == NULL ? ERR_NONE : db_snapshot_begin(db, e);
    if (h != NULL && err == ERR_NONE) {
        bool useless = false;
        pthread_mutex_lock(&h->lock);
        err = catch_up(b, db, &fits, &useless, e);
        db_snapshot_end(db);
        if (err == ERR_NONE && fits) {
            struct result_look *l = ARENA_MAKE(a, struct result_look);
            *l = (struct result_look){.beside = b, .held = h};
            h->users++;
            refresh_words(l);
            arena_on_close(a, give_back, l);
            *out = l;
        }
        pthread_mutex_unlock(&h->lock);
        if (useless) {
            drop(b);
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
        say(l->beside, "a block of the file is damaged; “mainstay columns” makes it anew");
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

// ---- is it worth making ---------------------------------------------------------------------------------------------

static enum err no_change(void *context, const struct change *c, struct err_info *e)
{
    (void)context;
    (void)c;
    (void)e;
    return ERR_NONE;
}

enum err result_columns_is_old(struct store *s, bool *old, struct err_info *e)
{
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    struct err_info why;
    struct columns *file = NULL;
    struct db_read *db;
    int64_t n = 0;
    enum err err = db_reader(store_db(s), &db, e);
    *old = false;
    if (err == ERR_NONE && columns_open(result_columns_path(a, s), &result_columns_shape, &file, &why) != ERR_NONE) {
        err = store_count(db, a, &entity_observation, NULL, &n, e);
        *old = err == ERR_NONE && n >= RESULT_COLUMNS_WORTH;
    } else if (err == ERR_NONE) {
        struct store_since since;
        err = store_since(db, a, columns_position(file), watched, 0, no_change, NULL, &since, e);
        *old = err == ERR_NONE && (since.follows != FOLLOWS || since.n >= RESULT_COLUMNS_RENEW_CHANGES);
    }
    columns_close(file);
    arena_free(a);
    return err;
}
