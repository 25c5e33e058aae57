// SPDX-License-Identifier: AGPL-3.0-or-later
//
// container_write.c: see container.h.

#include "store/container.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/bug.h"
#include "base/limits.h"
#include "os/file.h"
#include "os/random.h"
#include "store/container_private.h"

struct container_writer {
    struct arena *arena;
    const char *path;
    const char *beside; // path.tmp
    int fd;
    unsigned char id[CONTAINER_ID_BYTES];
    uint64_t n_chunks;
    unsigned char *chunk; // bytes waiting to be a chunk
    size_t chunk_len;
    json_t *parts;
    const char *part; // open one, or NULL
    crypto_generichash_state hash;
    uint64_t part_bytes;
};

static enum err cannot(const struct container_writer *w, struct err_info *e)
{
    int saved = errno;
    const char *hint = saved == ENOSPC ? MSG("Make room on the disk, then try again.")
                                       : MSG("The system says: {1}.");
    return err_set(e, ERR_FAILED, NULL, MSG("The backup {0} cannot be written."), hint, w->path,
                   strerror(saved), (char *)NULL);
}

static enum err put(struct container_writer *w, const void *bytes, size_t len, struct err_info *e)
{
    const char *p = bytes;
    while (len > 0) {
        ssize_t n = write(w->fd, p, len);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return cannot(w, e);
        }
        p += n;
        len -= (size_t)n;
    }
    return ERR_NONE;
}

static enum err put_chunk(struct container_writer *w, enum container_kind kind, const void *bytes,
                          size_t len, struct err_info *e)
{
    unsigned char head[CONTAINER_HEAD_BYTES];
    container_put(head, len, 4);
    container_put(head + 4, kind, 4);
    container_put(head + 8, w->n_chunks++, 8);
    container_hash(w->id, head, bytes, len, head + 16);
    enum err err = put(w, head, sizeof head, e);
    return err == ERR_NONE ? put(w, bytes, len, e) : err;
}

// A file that stands there already is replaced only when it is a backup too.
static enum err look_at_target(struct arena *a, const char *path, struct err_info *e)
{
    struct stat s;
    if (stat(path, &s) != 0) {
        return ERR_NONE;
    }
    char magic[CONTAINER_MAGIC_BYTES] = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool ours = fd >= 0 && S_ISREG(s.st_mode) && read(fd, magic, sizeof magic) == sizeof magic &&
                memcmp(magic, CONTAINER_MAGIC, sizeof magic) == 0;
    if (fd >= 0) {
        close(fd);
    }
    (void)a;
    return ours ? ERR_NONE
                : err_set(e, ERR_CONFLICT, NULL, MSG("{0} exists and is not a backup."),
                          MSG("Choose another name."), path, (char *)NULL);
}

static enum err open_beside(struct container_writer *w, struct err_info *e)
{
    w->fd = open(w->beside, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (w->fd < 0) {
        return cannot(w, e);
    }
    if (flock(w->fd, LOCK_EX | LOCK_NB) != 0) {
        close(w->fd);
        w->fd = -1;
        return err_set(e, ERR_BUSY, NULL, MSG("The backup {0} is being written already."),
                       MSG("Try again when it is done."), w->path, (char *)NULL);
    }
    // What a killed process left goes only now that nobody else writes it.
    if (ftruncate(w->fd, 0) != 0 || fchmod(w->fd, S_IRUSR | S_IWUSR) != 0) {
        return cannot(w, e);
    }
    return ERR_NONE;
}

enum err container_create(struct arena *a, const char *path, struct container_writer **out,
                          struct err_info *e)
{
    enum err err = look_at_target(a, path, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct container_writer *w = ARENA_MAKE(a, struct container_writer);
    w->arena = a;
    w->path = arena_copy(a, path);
    w->beside = arena_printf(a, "%s.tmp", path);
    w->chunk = arena_alloc(a, CONTAINER_CHUNK_BYTES);
    w->parts = json_array();
    random_bytes(w->id, sizeof w->id);
    err = open_beside(w, e);
    if (err == ERR_NONE) {
        err = put(w, CONTAINER_MAGIC, CONTAINER_MAGIC_BYTES, e);
    }
    if (err == ERR_NONE) {
        err = put(w, w->id, sizeof w->id, e);
    }
    if (err != ERR_NONE) {
        container_abandon(w);
        return err;
    }
    *out = w;
    return ERR_NONE;
}

static enum err flush(struct container_writer *w, struct err_info *e)
{
    if (w->chunk_len == 0) {
        return ERR_NONE;
    }
    size_t len = w->chunk_len;
    w->chunk_len = 0;
    return put_chunk(w, CONTAINER_BYTES, w->chunk, len, e);
}

void container_note_part(json_t *list, const char *name, uint64_t n_bytes,
                         crypto_generichash_state *state)
{
    unsigned char hash[CONTAINER_HASH_BYTES];
    char hex[CONTAINER_HASH_HEX + 1];
    crypto_generichash_final(state, hash, sizeof hash);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    json_t *entry = json_pack("{s:s, s:I, s:s}", "name", name, "bytes", (json_int_t)n_bytes, "hash",
                              hex);
    if (entry == NULL || json_array_append_new(list, entry) != 0) {
        bug("a part of a backup has no name");
    }
}

static enum err end_part(struct container_writer *w, struct err_info *e)
{
    if (w->part == NULL) {
        return ERR_NONE;
    }
    container_note_part(w->parts, w->part, w->part_bytes, &w->hash);
    w->part = NULL;
    return flush(w, e);
}

enum err container_begin(struct container_writer *w, const char *part, struct err_info *e)
{
    size_t len = strlen(part);
    ensure(len > 0 && len < CONTAINER_NAME_BYTES);
    enum err err = end_part(w, e);
    if (err == ERR_NONE) {
        err = put_chunk(w, CONTAINER_PART, part, len, e);
    }
    w->part = arena_copy(w->arena, part);
    w->part_bytes = 0;
    crypto_generichash_init(&w->hash, NULL, 0, CONTAINER_HASH_BYTES);
    return err;
}

enum err container_add(struct container_writer *w, const void *bytes, size_t len,
                       struct err_info *e)
{
    ensure(w->part != NULL);
    crypto_generichash_update(&w->hash, bytes, len);
    w->part_bytes += len;
    const unsigned char *p = bytes;
    while (len > 0) {
        size_t room = CONTAINER_CHUNK_BYTES - w->chunk_len;
        size_t n = len < room ? len : room;
        memcpy(w->chunk + w->chunk_len, p, n);
        w->chunk_len += n;
        p += n;
        len -= n;
        if (w->chunk_len == CONTAINER_CHUNK_BYTES) {
            enum err err = flush(w, e);
            if (err != ERR_NONE) {
                return err;
            }
        }
    }
    return ERR_NONE;
}

static int to_buf(const char *bytes, size_t len, void *buf)
{
    buf_add(buf, bytes, len);
    return buf_is_full(buf) ? -1 : 0;
}

static enum err put_list(struct container_writer *w, const struct buf *list, struct err_info *e)
{
    enum err err = ERR_NONE;
    for (size_t at = 0; at < list->len && err == ERR_NONE;) {
        size_t left = list->len - at;
        size_t n = left < CONTAINER_CHUNK_BYTES ? left : CONTAINER_CHUNK_BYTES;
        err = put_chunk(w, CONTAINER_LIST, list->data + at, n, e);
        at += n;
    }
    return err;
}

static enum err put_signature(struct container_writer *w, const struct buf *list,
                              const unsigned char *secret_key, struct err_info *e)
{
    unsigned char message[CONTAINER_SIGNED_BYTES];
    unsigned char signature[crypto_sign_BYTES];
    container_signed(w->id, list->data, list->len, message);
    crypto_sign_detached(signature, NULL, message, sizeof message, secret_key);
    return put_chunk(w, CONTAINER_SIGN, signature, sizeof signature, e);
}

static enum err put_in_place(struct container_writer *w, struct err_info *e)
{
    if (fsync(w->fd) != 0 || rename(w->beside, w->path) != 0) {
        return cannot(w, e);
    }
    return folder_sync_of(w->path, e);
}

enum err container_finish(struct container_writer *w, json_t *manifest,
                          const unsigned char *secret_key, struct err_info *e)
{
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES];
    char hex[crypto_sign_PUBLICKEYBYTES * 2 + 1];
    crypto_sign_ed25519_sk_to_pk(public_key, secret_key);
    sodium_bin2hex(hex, sizeof hex, public_key, sizeof public_key);
    enum err err = end_part(w, e);
    if (json_object_set(manifest, "parts", w->parts) != 0 ||
        json_object_set_new(manifest, "public_key", json_string(hex)) != 0) {
        bug("out of memory");
    }
    struct buf list;
    buf_init(&list, w->arena, LIMIT_IMPORT_BYTES);
    if (err == ERR_NONE &&
        json_dump_callback(manifest, to_buf, &list, JSON_COMPACT | JSON_SORT_KEYS) != 0) {
        err = err_set(e, ERR_TOO_LARGE, NULL, MSG("The workspace has too many files for a backup."),
                      NULL, (char *)NULL);
    }
    if (err == ERR_NONE) {
        err = put_list(w, &list, e);
    }
    if (err == ERR_NONE) {
        err = put_signature(w, &list, secret_key, e);
    }
    if (err == ERR_NONE) {
        err = put_in_place(w, e);
    }
    container_abandon(w);
    return err;
}

void container_abandon(struct container_writer *w)
{
    if (w == NULL) {
        return;
    }
    if (w->fd >= 0) {
        // After the rename there is nothing under this name.
        unlink(w->beside);
        close(w->fd);
        w->fd = -1;
    }
    json_decref(w->parts);
    w->parts = NULL;
}
