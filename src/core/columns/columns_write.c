// SPDX-License-Identifier: AGPL-3.0-or-later
//
// columns_write.c: makes a file of columns, block by block. See columns.h.

#include <sodium.h>
#include <string.h>

#include "base/buf.h"
#include "base/bug.h"
#include "base/limits.h"
#include "base/map.h"
#include "columns/columns_file.h"
#include "os/mapped.h"

struct dictionary {
    struct map numbers; // text -> its number + 1
    struct buf text;    // words one after the other, each with its zero byte
    uint32_t n;
};
struct columns_writer {
    struct arena *arena;
    const struct columns_shape *shape;
    struct file_out *file;
    struct dictionary *words;
    struct columns_entry *entries;
    size_t n, cap;
};

const char *columns_shape_text(struct arena *a, const struct columns_shape *shape)
{
    struct buf b;
    buf_init(&b, a, LIMIT_TEXT_BYTES);
    buf_printf(&b, "%s %u, %u dictionaries:", shape->name, shape->version, shape->n_dictionaries);
    for (unsigned s = 0; s < shape->n_sections; s++) {
        const struct columns_section *section = &shape->sections[s];
        buf_printf(&b, " %s(", section->name);
        for (unsigned c = 0; c < section->n; c++) {
            buf_printf(&b, "%s%s %u", c == 0 ? "" : ", ", section->columns[c].name, section->columns[c].width);
        }
        buf_char(&b, ')');
    }
    return b.data;
}

size_t columns_room(size_t n, unsigned width)
{
    return (n * width + 7) & ~(size_t)7;
}

enum err columns_write_begin(struct arena *a, const char *path, const struct columns_shape *shape,
                             struct columns_writer **out, struct err_info *e)
{
    struct columns_writer *w = ARENA_MAKE(a, struct columns_writer);
    const struct columns_head empty = {.order = 0};
    ensure(shape->n_sections <= COLUMNS_SECTIONS && sodium_init() >= 0);
    *w = (struct columns_writer){.arena = a, .shape = shape};
    w->words = ARENA_ARRAY(a, struct dictionary, shape->n_dictionaries + 1);
    for (unsigned i = 0; i < shape->n_dictionaries; i++) {
        map_init(&w->words[i].numbers, a);
        buf_init(&w->words[i].text, a, LIMIT_REQUEST_BYTES / 8);
    }
    *out = w;
    enum err err = file_out_begin(a, path, &w->file, e);
    return err == ERR_NONE ? file_out_add(w->file, &empty, sizeof empty, e) : err;
}

uint32_t columns_word(struct columns_writer *w, unsigned dictionary, const char *text)
{
    struct dictionary *d = &w->words[dictionary];
    uintptr_t known = (uintptr_t)map_get(&d->numbers, text);
    if (known != 0) {
        return (uint32_t)known - 1;
    }
    *map_at(&d->numbers, arena_copy(w->arena, text)) = (void *)(uintptr_t)(d->n + 1);
    buf_add(&d->text, text, strlen(text) + 1);
    return d->n++;
}

enum err columns_write_block(struct columns_writer *w, const struct columns_block *block, struct err_info *e)
{
    static const unsigned char zeros[8];
    crypto_generichash_state sum;
    crypto_generichash_init(&sum, NULL, 0, COLUMNS_SUM_BYTES);
    w->entries = arena_room(w->arena, w->entries, sizeof *w->entries, w->n, &w->cap);
    struct columns_entry *entry = &w->entries[w->n++];
    *entry = (struct columns_entry){.at = file_out_len(w->file)};
    ensure(strlen(block->key) < sizeof entry->key && (w->n == 1 || strcmp(entry[-1].key, block->key) < 0));
    memcpy(entry->key, block->key, strlen(block->key));
    enum err err = ERR_NONE;
    for (unsigned s = 0; s < w->shape->n_sections; s++) {
        ensure(block->n[s] <= UINT32_MAX);
        entry->n[s] = (uint32_t)block->n[s];
        for (unsigned c = 0; c < w->shape->sections[s].n && err == ERR_NONE; c++) {
            unsigned width = w->shape->sections[s].columns[c].width;
            size_t len = block->n[s] * width;
            size_t more = columns_room(block->n[s], width) - len;
            crypto_generichash_update(&sum, block->data[s][c], len);
            crypto_generichash_update(&sum, zeros, more);
            err = file_out_add(w->file, block->data[s][c], len, e);
            err = err == ERR_NONE ? file_out_add(w->file, zeros, more, e) : err;
        }
    }
    crypto_generichash_final(&sum, entry->sum, sizeof entry->sum);
    return err;
}

enum err columns_write_end(struct columns_writer *w, const char *position, struct err_info *e)
{
    struct columns_head head = {.order = COLUMNS_ORDER, .format = COLUMNS_FORMAT, .foot = file_out_len(w->file)};
    const char *shape = columns_shape_text(w->arena, w->shape);
    struct buf foot;
    buf_init(&foot, w->arena, LIMIT_REQUEST_BYTES / 2);
    memcpy(head.magic, COLUMNS_MAGIC, sizeof head.magic);
    for (unsigned i = 0; i < w->shape->n_dictionaries; i++) {
        buf_add(&foot, &w->words[i].n, sizeof w->words[i].n);
    }
    buf_add(&foot, shape, strlen(shape) + 1);
    buf_add(&foot, position, strlen(position) + 1);
    for (unsigned i = 0; i < w->shape->n_dictionaries; i++) {
        buf_add(&foot, w->words[i].text.data, w->words[i].text.len);
    }
    buf_add(&foot, "\0\0\0\0\0\0\0", columns_room(foot.len, 1) - foot.len);
    head.entries = head.foot + foot.len;
    buf_add(&foot, w->entries, w->n * sizeof *w->entries);
    bool full = buf_is_full(&foot);
    for (unsigned i = 0; i < w->shape->n_dictionaries; i++) {
        full = full || buf_is_full(&w->words[i].text);
    }
    if (full) {
        columns_write_drop(w);
        return err_set(e, ERR_TOO_LARGE, NULL, MSG("There are too many different words for a file of columns."), NULL, NULL);
    }
    head.len = head.foot + foot.len;
    crypto_generichash(head.sum, sizeof head.sum, (const unsigned char *)foot.data, foot.len, NULL, 0);
    enum err err = file_out_add(w->file, foot.data, foot.len, e);
    if (err == ERR_NONE) {
        err = file_out_end(w->file, &head, sizeof head, e);
    }
    columns_write_drop(w);
    return err;
}

void columns_write_drop(struct columns_writer *w)
{
    file_out_drop(w->file);
}
