// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_lock.c: packs/LOCK: one line for each pack and version with the hash of its content, so that
// content cannot change without a new version (rule PACK-E49).

#include "base/order.h"
#include "pack/pack_inner.h"

#include <sodium.h>
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/sort.h"
#include "os/file.h"

const char *pack_hash(struct arena *a, const struct pack *p)
{
    unsigned char hash[32];
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    for (size_t i = 0; i < p->inner->n_files; i++) {
        const struct folder_file *file = &p->inner->files[i];
        if (strcmp(file->path, "README.md") == 0) {
            continue;
        }
        // the length before the bytes, so that no two sets of files give the same stream
        const char *name = arena_printf(a, "%s %zu", file->path, file->len);
        crypto_generichash_update(&state, (const unsigned char *)name, strlen(name) + 1);
        crypto_generichash_update(&state, (const unsigned char *)file->bytes, file->len);
    }
    crypto_generichash_final(&state, hash, sizeof hash);
    char *hex = arena_alloc(a, sizeof hash * 2 + 1);
    return sodium_bin2hex(hex, sizeof hash * 2 + 1, hash, sizeof hash);
}

struct locking {
    struct arena *arena;
    const struct tsv *old; // NULL: there was none
    bool *gone;            // rows of it that are written anew
    bool replace;
    const char **lines;
    size_t n_lines;
};

static enum err lock_pack(struct locking *l, const char *folder, struct err_info *e)
{
    struct pack_inner *inner = NULL;
    enum err err = pack_inner_open(l->arena, folder, &inner, e);
    if (err != ERR_NONE) {
        return err;
    }
    const char *why = "";
    const struct pack *p = pack_load_head(inner, &why);
    if (p == NULL) {
        return err_set(e, ERR_INPUT, "", MSG("{0} cannot be read as a pack."),
                       MSG("Run `mainstay pack check {0}` to see what is wrong."), folder, NULL);
    }
    const char *hash = pack_hash(l->arena, p);
    for (size_t i = 0; l->old != NULL && i < l->old->n_rows; i++) {
        if (strcmp(tsv_cell(l->old, i, "pack"), p->id) != 0 ||
            strcmp(tsv_cell(l->old, i, "version"), p->version) != 0) {
            continue;
        }
        l->gone[i] = true;
        if (!l->replace && strcmp(tsv_cell(l->old, i, "hash"), hash) != 0) {
            return err_set(e, ERR_INPUT, "version",
                           MSG("The content of {0} changed, its version {1} did not."),
                           MSG("Raise the version in pack.yaml. Only a version that nobody got "
                               "yet may be locked again, with --replace."),
                           p->id, p->version, NULL);
        }
    }
    l->lines[l->n_lines++] = arena_printf(l->arena, "%s\t%s\t%s\n", p->id, p->version, hash);
    return ERR_NONE;
}

static int by_line(const void *a, const void *b)
{
    return code_order(*(const char *const *)a, *(const char *const *)b);
}

enum err pack_lock_write(struct arena *a, const char *folder, bool replace, size_t *n_packs,
                         struct err_info *e)
{
    const char **paths = NULL;
    struct locking l = {.arena = a, .replace = replace};
    const char *where = pack_path_clean(a, folder);
    enum err err = pack_find_folders(a, where, &paths, n_packs, e);
    if (err == ERR_NONE) {
        err = pack_lock_read(a, where, &l.old, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    size_t n_old = l.old == NULL ? 0 : l.old->n_rows;
    l.lines = ARENA_ARRAY(a, const char *, *n_packs + n_old + 1);
    l.gone = ARENA_ARRAY(a, bool, n_old + 1);
    for (size_t i = 0; err == ERR_NONE && i < *n_packs; i++) {
        err = lock_pack(&l, paths[i], e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    for (size_t i = 0; i < n_old; i++) {
        if (!l.gone[i]) {
            l.lines[l.n_lines++] =
                arena_printf(a, "%s\t%s\t%s\n", tsv_cell(l.old, i, "pack"),
                             tsv_cell(l.old, i, "version"), tsv_cell(l.old, i, "hash"));
        }
    }
    sort_items(l.lines, l.n_lines, sizeof l.lines[0], by_line);
    struct buf out;
    buf_init(&out, a, LIMIT_PACK_FILE_BYTES);
    buf_str(&out, "pack\tversion\thash\n");
    for (size_t i = 0; i < l.n_lines; i++) {
        buf_str(&out, l.lines[i]);
    }
    return file_write(arena_printf(a, "%s/LOCK", where), out.data, out.len, 0644, e);
}
