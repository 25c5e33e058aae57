// SPDX-License-Identifier: AGPL-3.0-or-later
//
// columns_read.c: reads a file of columns where it lies. See columns.h.

#include <sodium.h>
#include <stdatomic.h>
#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "columns/columns_file.h"
#include "os/mapped.h"

enum { UNSEEN, SOUND, BROKEN }; // what is known of a block

struct columns {
    struct arena *arena;
    struct mapped map;
    const struct columns_shape *shape;
    const char *position;
    const char *const **words;
    size_t *n_words;
    const struct columns_entry *entries;
    size_t n;
    atomic_uchar *seen;
};

static enum err damaged(struct err_info *e)
{
    return err_set(e, ERR_DAMAGED, NULL, MSG("The file of columns is damaged or not of this program."),
                   MSG("Make it anew with “mainstay columns”."), NULL);
}

static bool sum_is(const unsigned char *bytes, size_t len, const unsigned char sum[COLUMNS_SUM_BYTES])
{
    unsigned char found[COLUMNS_SUM_BYTES];
    crypto_generichash(found, sizeof found, bytes, len, NULL, 0);
    return memcmp(found, sum, sizeof found) == 0;
}

// The next text of the foot; NULL when it goes beyond the end.
static const char *next_text(const char **at, const char *end)
{
    const char *text = *at;
    const char *zero = memchr(text, '\0', (size_t)(end - text));
    *at = zero == NULL ? end : zero + 1;
    return zero == NULL ? NULL : text;
}

// Bytes of a block.
static size_t block_len(const struct columns *c, const struct columns_entry *entry)
{
    size_t len = 0;
    for (unsigned s = 0; s < c->shape->n_sections; s++) {
        for (unsigned k = 0; k < c->shape->sections[s].n; k++) {
            len += columns_room(entry->n[s], c->shape->sections[s].columns[k].width);
        }
    }
    return len;
}

// The sum of the foot held, so its content is what was written: what is asked here is whether this program wrote it.
static bool read_foot(struct columns *c, const struct columns_head *head)
{
    struct arena *a = c->arena;
    const unsigned n_dictionaries = c->shape->n_dictionaries;
    const char *at = (const char *)c->map.bytes + head->foot;
    const char *end = (const char *)c->map.bytes + head->entries;
    uint32_t *counts = ARENA_ARRAY(a, uint32_t, n_dictionaries + 1);
    if ((size_t)(end - at) < n_dictionaries * sizeof *counts) {
        return false;
    }
    memcpy(counts, at, n_dictionaries * sizeof *counts);
    at += n_dictionaries * sizeof *counts;
    const char *shape = next_text(&at, end);
    c->position = next_text(&at, end);
    if (c->position == NULL || strcmp(shape, columns_shape_text(a, c->shape)) != 0) {
        return false;
    }
    c->words = ARENA_ARRAY(a, const char *const *, n_dictionaries + 1);
    c->n_words = ARENA_ARRAY(a, size_t, n_dictionaries + 1);
    for (unsigned d = 0; d < n_dictionaries; d++) {
        if (counts[d] > (size_t)(end - at)) {
            return false;
        }
        const char **words = ARENA_ARRAY_UNSET(a, const char *, (size_t)counts[d] + 1);
        for (uint32_t i = 0; i < counts[d]; i++) {
            words[i] = next_text(&at, end);
            if (words[i] == NULL) {
                return false;
            }
        }
        c->words[d] = words;
        c->n_words[d] = counts[d];
    }
    c->entries = (const struct columns_entry *)(const void *)(c->map.bytes + head->entries);
    c->n = (head->len - head->entries) / sizeof *c->entries;
    for (size_t i = 0; i < c->n; i++) {
        if (c->entries[i].at % 8 != 0 || c->entries[i].at + block_len(c, &c->entries[i]) > head->foot) {
            return false;
        }
    }
    return true;
}

static bool look(struct columns *c)
{
    struct columns_head head;
    if (c->map.len < sizeof head) {
        return false;
    }
    memcpy(&head, c->map.bytes, sizeof head);
    return memcmp(head.magic, COLUMNS_MAGIC, sizeof head.magic) == 0 && head.order == COLUMNS_ORDER &&
           head.format == COLUMNS_FORMAT && head.len == c->map.len && head.foot >= sizeof head &&
           head.foot <= head.entries && head.entries <= head.len && head.entries % 8 == 0 &&
           sum_is(c->map.bytes + head.foot, head.len - head.foot, head.sum) && read_foot(c, &head);
}

enum err columns_open(const char *path, const struct columns_shape *shape, struct columns **out, struct err_info *e)
{
    ensure(sodium_init() >= 0);
    struct mapped map;
    enum err err = file_map(path, &map, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct arena *a = arena_new(LIMIT_PROCESS_BYTES);
    struct columns *c = ARENA_MAKE(a, struct columns);
    *c = (struct columns){.arena = a, .map = map, .shape = shape};
    if (!look(c)) {
        columns_close(c);
        return damaged(e);
    }
    c->seen = arena_array(a, sizeof *c->seen, c->n + 1);
    *out = c;
    return ERR_NONE;
}

void columns_close(struct columns *c)
{
    if (c != NULL) {
        file_unmap(&c->map);
        arena_free(c->arena);
    }
}

const char *columns_position(const struct columns *c)
{
    return c->position;
}

size_t columns_bytes(const struct columns *c)
{
    return c->map.len;
}

const char *const *columns_words(const struct columns *c, unsigned dictionary, size_t *n)
{
    *n = c->n_words[dictionary];
    return c->words[dictionary];
}

size_t columns_n(const struct columns *c)
{
    return c->n;
}

const char *columns_key(const struct columns *c, size_t i)
{
    return c->entries[i].key;
}

size_t columns_find(const struct columns *c, const char *key)
{
    size_t low = 0, high = c->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(c->entries[middle].key, key);
        if (order == 0) {
            return middle;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return c->n;
}

bool columns_block_at(struct columns *c, size_t i, struct columns_block *out)
{
    const struct columns_entry *entry = &c->entries[i];
    const unsigned char *at = c->map.bytes + entry->at;
    if (atomic_load(&c->seen[i]) == UNSEEN) {
        bool sound = sum_is(at, block_len(c, entry), entry->sum);
        atomic_store(&c->seen[i], sound ? SOUND : BROKEN);
    }
    if (atomic_load(&c->seen[i]) == BROKEN) {
        return false;
    }
    *out = (struct columns_block){.key = entry->key};
    for (unsigned s = 0; s < c->shape->n_sections; s++) {
        out->n[s] = entry->n[s];
        for (unsigned k = 0; k < c->shape->sections[s].n; k++) {
            out->data[s][k] = at;
            at += columns_room(entry->n[s], c->shape->sections[s].columns[k].width);
        }
    }
    return true;
}
