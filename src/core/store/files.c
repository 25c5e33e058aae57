// SPDX-License-Identifier: AGPL-3.0-or-later
//
// files.c: files by content hash: files/ab/cdef... The name says what the bytes must be, so a file
// is written once, never changed, and checked whenever it is read.

#include <stdio.h>
#include <string.h>

#include "os/file.h"
#include "store/store_private.h"

static void hash_of(const void *bytes, size_t len, char out[STORE_HASH_HEX + 1])
{
    unsigned char hash[STORE_HASH_BYTES];
    crypto_generichash(hash, sizeof hash, bytes, len, NULL, 0);
    sodium_bin2hex(out, STORE_HASH_HEX + 1, hash, sizeof hash);
}

static const char *path_of(struct arena *a, const struct store *s, const char *hash)
{
    return arena_printf(a, "%s/files/%.2s/%s", s->folder, hash, hash + 2);
}

enum err store_file_put(struct store *s, struct arena *a, const void *bytes, size_t len,
                        const char **hash, struct err_info *e)
{
    char name[STORE_HASH_HEX + 1];
    hash_of(bytes, len, name);
    *hash = arena_copy(a, name);
    const char *path = path_of(a, s, name);
    if (file_exists(path)) {
        return ERR_NONE;
    }
    enum err err = folder_make(arena_printf(a, "%s/files/%.2s", s->folder, name), 0700, e);
    return err != ERR_NONE ? err : file_write(path, bytes, len, 0600, e);
}

enum err store_file_get(struct store *s, struct arena *a, const char *hash, const char **bytes,
                        size_t *len, struct err_info *e)
{
    if (!change_is_name(hash)) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such file."), NULL, NULL);
    }
    enum err err = file_read(a, path_of(a, s, hash), LIMIT_UPLOAD_BYTES + 1, bytes, len, e);
    char name[STORE_HASH_HEX + 1];
    if (err == ERR_NONE) {
        hash_of(*bytes, *len, name);
        if (strcmp(name, hash) != 0) {
            err = err_set(e, ERR_DAMAGED, NULL, MSG("A file is not what it was when it was added."),
                          MSG("Bring it back from a backup."), NULL);
        }
    }
    return err;
}
