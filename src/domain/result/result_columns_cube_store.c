// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_columns_cube_store.c: sums over very many parts of values. See result_cube_of in result_columns_store.h.
//
// The values of a block stand in the order of their periods, and the parts of a value together. So what is asked by
// indicator and period is added up run by run; only the rest (country, characteristics) needs an array of sums.

#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/map.h"
#include "result/result_columns_rows_store.h"
#include "result/result_columns_store.h"
#include "result/result_split.h"

// Where sums are gathered: one period and country, as far as these are asked for.
struct slot {
    uint64_t key;
    uint32_t from, to, country; // words
};
struct cubing {
    const struct result_cube *ask;
    struct result_look *look;
    struct arena *arena;
    result_cube_fn *fn;
    void *context;
    size_t n_splits;   // asked
    uint32_t *place;   // of a split: its group, from 1; 0 where its cut lacks a characteristic that was asked for
    uint32_t *cut;     // of a split: number among `cuts`
    uint32_t *n_keys;  // of a split: its characteristics
    size_t n_cut_words; // looked at so far
    uint32_t mixed;     // cut of values with parts of several cuts; UINT32_MAX: none has
    size_t n_places;   // splits that have a place so far
    struct map groups; // text -> number + 1
    const char **group_texts;
    size_t n_groups, cap_groups; // with 0, which is none
    struct map cut_numbers;
    const char **cuts;
    size_t n_cuts, cap_cuts;
    struct slot *slots;
    size_t n_slots, cap_slots;
    int64_t *sums, *counts; // of each slot n_groups
    uint32_t *table;        // hash of key -> number of its slot + 1
    size_t table_room;      // power of two
    bool over;
};

// ---- splits ---------------------------------------------------------------------------------------------------

// Value of a characteristic in "age=18-24 sex=female"; NULL: none.
static const char *value_of(struct arena *a, const char *split, const char *key)
{
    size_t len = strlen(key);
    for (const char *p = split; *p != '\0'; p += strcspn(p, " "), p += *p == ' ' ? 1 : 0) {
        if (strncmp(p, key, len) == 0 && p[len] == '=') {
            return arena_copy_n(a, p + len + 1, strcspn(p + len + 1, " "));
        }
    }
    return NULL;
}

static uint32_t number_in(struct map *m, const char ***texts, size_t *n, size_t *cap, const char *text)
{
    void **of = map_at(m, text);
    if (*of == NULL) {
        *texts = arena_room(m->arena, *texts, sizeof **texts, *n, cap);
        (*texts)[(*n)++] = text;
        *of = (void *)(uintptr_t)*n;
    }
    return (uint32_t)((uintptr_t)*of - 1);
}

static const char *keys_of(struct arena *a, const char *split)
{
    struct buf b;
    buf_init(&b, a, SPLIT_MAX);
    for (const char *p = split; *p != '\0'; p += strcspn(p, " "), p += *p == ' ' ? 1 : 0) {
        buf_str(&b, b.len == 0 ? "" : " ");
        buf_add(&b, p, strcspn(p, "= "));
    }
    return b.len == 0 ? "" : b.data;
}

static uint32_t group_of(struct cubing *c, const char *split)
{
    struct buf b;
    buf_init(&b, c->arena, SPLIT_MAX);
    for (size_t i = 0; i < c->n_splits; i++) {
        const char *value = value_of(c->arena, split, c->ask->splits[i]);
        if (value == NULL) {
            return 0;
        }
        buf_printf(&b, "%s%s=%s", i == 0 ? "" : " ", c->ask->splits[i], value);
    }
    return number_in(&c->groups, &c->group_texts, &c->n_groups, &c->cap_groups, b.len == 0 ? "" : b.data);
}

// More groups than before: every slot gets more room.
static void widen_slots(struct cubing *c, size_t before)
{
    int64_t *sums = ARENA_ARRAY(c->arena, int64_t, c->cap_slots * c->n_groups);
    int64_t *counts = ARENA_ARRAY(c->arena, int64_t, c->cap_slots * c->n_groups);
    for (size_t i = 0; i < c->n_slots; i++) {
        memcpy(sums + i * c->n_groups, c->sums + i * before, before * sizeof *sums);
        memcpy(counts + i * c->n_groups, c->counts + i * before, before * sizeof *counts);
    }
    c->sums = sums;
    c->counts = counts;
}

// Gives places to the splits that are known by now; others may come while a question runs.
static void place_splits(struct cubing *c)
{
    size_t before = c->n_groups;
    size_t n = result_look_words(c->look, WORD_SPLIT);
    uint32_t *place = ARENA_ARRAY(c->arena, uint32_t, n + 1);
    uint32_t *cut = ARENA_ARRAY(c->arena, uint32_t, n + 1);
    uint32_t *n_keys = ARENA_ARRAY(c->arena, uint32_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        const char *split = result_look_word(c->look, WORD_SPLIT, (uint32_t)i);
        place[i] = group_of(c, split);
        cut[i] = number_in(&c->cut_numbers, &c->cuts, &c->n_cuts, &c->cap_cuts, keys_of(c->arena, split));
        n_keys[i] = (uint32_t)result_keys_count(c->cuts[cut[i]]);
    }
    c->place = place;
    c->cut = cut;
    c->n_keys = n_keys;
    c->n_places = n;
    if (c->cap_slots > 0 && c->n_groups > before) {
        widen_slots(c, before);
    }
}

// Looks for the cut "?" among those that are known by now.
static void find_mixed(struct cubing *c)
{
    for (size_t n = result_look_words(c->look, WORD_CUT); c->n_cut_words < n; c->n_cut_words++) {
        if (strcmp(result_look_word(c->look, WORD_CUT, (uint32_t)c->n_cut_words), "?") == 0) {
            c->mixed = (uint32_t)c->n_cut_words;
        }
    }
}

// ---- slots -----------------------------------------------------------------------------------------------------

static void grow_slots(struct cubing *c)
{
    size_t cap = c->cap_slots == 0 ? 256 : c->cap_slots * 2;
    struct slot *slots = ARENA_ARRAY(c->arena, struct slot, cap);
    int64_t *sums = ARENA_ARRAY(c->arena, int64_t, cap * c->n_groups);
    int64_t *counts = ARENA_ARRAY(c->arena, int64_t, cap * c->n_groups);
    if (c->n_slots > 0) {
        memcpy(slots, c->slots, c->n_slots * sizeof *slots);
        memcpy(sums, c->sums, c->n_slots * c->n_groups * sizeof *sums);
        memcpy(counts, c->counts, c->n_slots * c->n_groups * sizeof *counts);
    }
    c->slots = slots;
    c->sums = sums;
    c->counts = counts;
    c->cap_slots = cap;
    c->table_room = cap * 2;
    c->table = ARENA_ARRAY(c->arena, uint32_t, c->table_room);
    for (size_t i = 0; i < c->n_slots; i++) {
        size_t at = slots[i].key * 0x9e3779b97f4a7c15u >> 32 & (c->table_room - 1);
        while (c->table[at] != 0) {
            at = (at + 1) & (c->table_room - 1);
        }
        c->table[at] = (uint32_t)i + 1;
    }
}

static size_t slot_of(struct cubing *c, uint32_t from, uint32_t to, uint32_t country)
{
    const struct slot s = {.key = (uint64_t)from << 42 | (uint64_t)to << 21 | country, .from = from, .to = to,
                           .country = country};
    if (c->n_slots == c->cap_slots) {
        grow_slots(c);
    }
    size_t at = s.key * 0x9e3779b97f4a7c15u >> 32 & (c->table_room - 1);
    while (c->table[at] != 0 && c->slots[c->table[at] - 1].key != s.key) {
        at = (at + 1) & (c->table_room - 1);
    }
    if (c->table[at] == 0) {
        c->slots[c->n_slots++] = s;
        c->table[at] = (uint32_t)c->n_slots;
    }
    return c->table[at] - 1;
}

// Gives out what was gathered, and empties it.
static void give_out(struct cubing *c, const char *indicator_id)
{
    for (size_t s = 0; s < c->n_slots; s++) {
        const struct slot *slot = &c->slots[s];
        struct result_cube_row row = {.indicator_id = indicator_id};
        if ((c->ask->by & BY_PERIOD) != 0) {
            row.from = result_look_word(c->look, WORD_DAY, slot->from);
            row.to = result_look_word(c->look, WORD_DAY, slot->to);
        }
        if ((c->ask->by & BY_COUNTRY) != 0) {
            row.country = result_look_word(c->look, WORD_COUNTRY, slot->country);
        }
        for (size_t g = 1; g < c->n_groups; g++) {
            size_t at = s * c->n_groups + g;
            if (c->counts[at] > 0) {
                row.split = c->group_texts[g];
                row.sum = c->sums[at];
                row.n = c->counts[at];
                c->fn(c->context, &row);
            }
        }
    }
    if (c->n_slots > 0) {
        memset(c->sums, 0, c->n_slots * c->n_groups * sizeof *c->sums);
        memset(c->counts, 0, c->n_slots * c->n_groups * sizeof *c->counts);
        memset(c->table, 0, c->table_room * sizeof *c->table);
    }
    c->n_slots = 0;
}

// ---- adding up ------------------------------------------------------------------------------------------------------

// Rows of parts of one cut and one slot, one after the other.
struct stretch {
    size_t slot, first, end;
};

static void add_stretch(struct cubing *c, const struct columns_block *b, const int64_t *number, struct stretch *s)
{
    const uint32_t *split = b->data[OF_PARTS][PART_SPLIT];
    int64_t *sums = c->sums + s->slot * c->n_groups;
    int64_t *counts = c->counts + s->slot * c->n_groups;
    if (s->first == s->end) {
        return;
    }
    if (c->n_splits == 0) {
        counts[1] += (int64_t)(s->end - s->first);
        c->over = !columns_add(number, s->first, s->end, &sums[1]) || c->over;
    } else {
        c->over = !columns_add_by(split, number, s->first, s->end, c->place, sums, counts) || c->over;
    }
    s->first = s->end;
}

// Parts of several cuts: those of one of them alone.
static void add_mixed(struct cubing *c, const uint32_t *split, const int64_t *number, const struct stretch *s)
{
    uint32_t best = UINT32_MAX, fewest = UINT32_MAX;
    for (size_t i = s->first; i < s->end; i++) {
        if (c->place[split[i]] != 0 && c->n_keys[split[i]] < fewest) {
            best = c->cut[split[i]];
            fewest = c->n_keys[split[i]];
        }
    }
    for (size_t i = s->first; i < s->end; i++) {
        size_t at = s->slot * c->n_groups + c->place[split[i]];
        if (c->cut[split[i]] == best) {
            c->over = __builtin_add_overflow(c->sums[at], number[i], &c->sums[at]) || c->over;
            c->counts[at]++;
        }
    }
}

static void add_piece(struct cubing *c, const struct column_piece *piece)
{
    const struct columns_block *b = piece->of;
    const uint32_t *from = b->data[OF_VALUES][VALUE_FROM], *to = b->data[OF_VALUES][VALUE_TO];
    const uint32_t *country = b->data[OF_VALUES][VALUE_COUNTRY], *cut = b->data[OF_VALUES][VALUE_CUT];
    const uint32_t *first = b->data[OF_VALUES][VALUE_FIRST];
    const uint8_t *state = b->data[OF_VALUES][VALUE_STATE];
    const uint32_t *split = b->data[OF_PARTS][PART_SPLIT];
    const int64_t *number = b->n[OF_SHARES] > 0 ? b->data[OF_SHARES][SHARE_PART] : b->data[OF_PARTS][PART_NUMBER];
    bool period = (c->ask->by & BY_PERIOD) != 0, place = (c->ask->by & BY_COUNTRY) != 0;
    struct stretch open = {.slot = 0};
    for (size_t i = piece->first; i < piece->end; i++) {
        struct stretch s = {.first = first[i], .end = i + 1 < b->n[OF_VALUES] ? first[i + 1] : b->n[OF_PARTS]};
        if (state[i] == STATE_RETURNED || s.first == s.end) {
            continue;
        }
        bool mixed = cut[i] == c->mixed;
        if (!mixed && c->place[split[s.first]] == 0) {
            continue;
        }
        s.slot = slot_of(c, period ? from[i] : 0, period ? to[i] : 0, place ? country[i] : 0);
        if (mixed) {
            add_mixed(c, split, number, &s);
        } else if (s.slot == open.slot && s.first == open.end) {
            open.end = s.end;
        } else {
            add_stretch(c, b, number, &open);
            open = s;
        }
    }
    add_stretch(c, b, number, &open);
}

enum err result_cube_of(struct db_read *db, struct arena *a, const struct result_cube *ask, result_cube_fn *fn,
                        void *context, bool *done, struct err_info *e)
{
    struct cubing c = {.ask = ask, .arena = a, .fn = fn, .context = context, .mixed = UINT32_MAX};
    struct arena *scratch = arena_new(LIMIT_REQUEST_BYTES); // of one block
    size_t n = 1;
    const char *const *ids = &ask->indicator_id;
    *done = false;
    enum err err = result_look_begin(db, a, &c.look, e);
    if (err != ERR_NONE || c.look == NULL) {
        arena_free(scratch);
        return err;
    }
    map_init(&c.groups, a);
    map_init(&c.cut_numbers, a);
    (void)number_in(&c.groups, &c.group_texts, &c.n_groups, &c.cap_groups, "none");
    while (c.n_splits < RESULT_CUBE_SPLITS && ask->splits[c.n_splits] != NULL) {
        c.n_splits++;
    }
    if (ask->indicator_id == NULL) {
        ids = result_look_indicators(c.look, a, &n);
    }
    bool sound = true;
    for (size_t i = 0; sound && i < n; i++) {
        struct column_pieces pieces;
        sound = result_look_pieces(c.look, scratch, ids[i], &pieces);
        if (sound && c.n_places < result_look_words(c.look, WORD_SPLIT)) {
            place_splits(&c);
        }
        find_mixed(&c);
        for (size_t k = 0; sound && k < pieces.n; k++) {
            add_piece(&c, &pieces.items[k]);
        }
        if ((ask->by & BY_INDICATOR) != 0) {
            give_out(&c, ids[i]);
        }
        arena_reset(scratch);
    }
    if (sound && (ask->by & BY_INDICATOR) == 0) {
        give_out(&c, NULL);
    }
    arena_free(scratch);
    *done = sound;
    return c.over ? err_set(e, ERR_TOO_LARGE, NULL, MSG("A sum is too large."), NULL, NULL) : ERR_NONE;
}
