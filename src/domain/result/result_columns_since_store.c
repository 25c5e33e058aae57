// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_columns_since_store.c: the values that changed since the file of columns was made, as they are now. See
// held_catch_up in result_columns_store_private.h.

#include "result/result_columns_store_private.h"

#include <string.h>

#include "base/limits.h"
#include "result/result.h"
#include "result/result_lines.h"

#define VALUES_AT_ONCE 256 // in memory with their parts

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

// ---- which values ---------------------------------------------------------------------------------------------

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
        const char *id;
        err = store_change_text(s->arena, c, is_part ? "observation_id" : "indicator_id", side, &id, e);
        if (err != ERR_NONE || id == NULL) {
            continue;
        }
        told = true;
        note_value(s, is_part ? id : c->record_id, is_part ? "" : id);
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

enum err held_catch_up(struct store_beside *b, struct db_read *db, bool *fits, bool *useless, struct err_info *e)
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
    err = store_since(db, next, h->position, held_watched, RESULT_COLUMNS_MOST_CHANGES - h->n_since, take_change, &s,
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
        held_say(b, "the file is a copy of another log; “mainstay columns” makes it anew");
    }
    *useless = err != ERR_NONE || since.follows == FOLLOWS_NOT; // half of what came since may be there
    arena_free(s.arena);
    return err;
}
