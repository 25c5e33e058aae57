// SPDX-License-Identifier: AGPL-3.0-or-later
//
// map.c: see map.h. Open addressing: a text stands at its place or at the next free one after it. Places come
// from FNV-1a (Fowler, Noll, Vo; constants of draft-eastlake-fnv), which spreads codes and dates well. Somebody who
// chooses texts to collide makes his own import slow, and nothing else.

#include "base/map.h"

#include <stdint.h>
#include <string.h>

#include "base/hash.h"

#define FIRST_ROOM 64

void map_init(struct map *m, struct arena *a)
{
    *m = (struct map){.arena = a};
}

// The item of key, or the free one where it would stand. There is always a free one.
static struct map_item *item_of(struct map_item *items, size_t room, const char *key)
{
    uint64_t hash = hash_text(HASH_START, key);
    size_t at = (size_t)(hash ^ hash >> 32) & (room - 1);
    while (items[at].key != NULL && strcmp(items[at].key, key) != 0) {
        at = (at + 1) & (room - 1);
    }
    return &items[at];
}

static bool is_half_full(const struct map *m)
{
    return m->n >= m->room / 2;
}

static size_t next_room(const struct map *m)
{
    return m->room == 0 ? FIRST_ROOM : m->room * 2;
}

static void grow(struct map *m)
{
    size_t room = next_room(m);
    struct map_item *items = ARENA_ARRAY(m->arena, struct map_item, room);
    for (size_t i = 0; i < m->room; i++) {
        if (m->items[i].key != NULL) {
            *item_of(items, room, m->items[i].key) = m->items[i];
        }
    }
    m->items = items;
    m->room = room;
}

void **map_at(struct map *m, const char *key)
{
    if (is_half_full(m)) {
        grow(m);
    }
    struct map_item *item = item_of(m->items, m->room, key);
    if (item->key == NULL) {
        item->key = key;
        m->n++;
    }
    return &item->value;
}

bool map_has_room(const struct map *m, size_t more)
{
    return arena_has_room(m->arena, more + (is_half_full(m) ? next_room(m) * sizeof *m->items : 0));
}

void *map_get(const struct map *m, const char *key)
{
    return m->n == 0 ? NULL : item_of(m->items, m->room, key)->value;
}
