// SPDX-License-Identifier: AGPL-3.0-or-later
//
// map.h: what belongs to a text, found at once however many there are.
//
// For telling whether something came before while a file is read, and for tables asked again and again. A
// short list (a dozen entries) needs none. It is in the arena and never shrinks; texts are not copied.

#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct map_item {
    const char *key; // NULL: a free place
    void *value;
};
struct map {
    struct arena *arena;
    struct map_item *items; // room places, at most half of them taken
    size_t n;
    size_t room; // 0 or a power of two
};

void map_init(struct map *m, struct arena *a);
// The place of what belongs to key, which is NULL when key is new. key lives as long as the map. The place
// is good until the next call.
void **map_at(struct map *m, const char *key);
// Has the arena room for one key more, whose text and value need these bytes?
bool map_has_room(const struct map *m, size_t more);
// What belongs to key, or NULL.
void *map_get(const struct map *m, const char *key);

#endif
