// SPDX-License-Identifier: AGPL-3.0-or-later
//
// container_read.c: see container.h. The file is foreign until its last byte is verified: every length
// is bounded before it is used.

#include "store/container.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/bug.h"
#include "base/limits.h"
#include "store/container_private.h"

struct reader {
    struct arena *arena;
    const char *path;
    FILE *in;
    unsigned char id[CONTAINER_ID_BYTES];
    uint64_t n_chunks;
    enum container_kind kind; // of the current chunk
    unsigned char *bytes;
    size_t len;
    char part[CONTAINER_NAME_BYTES]; // "" before the first
    uint64_t part_bytes;
    crypto_generichash_state hash;
    struct buf list;
    json_t *seen; // parts as they were read, like those of the manifest
    const struct container_visitor *visitor;
};

// what: one of few short texts for {1}.
static enum err damaged(const struct reader *r, const char *what, struct err_info *e)
{
    const char *part = r->part[0] == '\0' ? "beginning" : r->part;
    enum err err = err_set(e, ERR_DAMAGED, NULL, MSG("The backup is damaged in {0}: {1}."),
                           MSG("Nothing was changed. Use another backup."), part, what,
                           (char *)NULL);
    err_detail(e, "%s: chunk %llu: %s", part, (unsigned long long)r->n_chunks, what);
    return err;
}

static enum err get(struct reader *r, void *out, size_t len, struct err_info *e)
{
    if (fread(out, 1, len, r->in) == len) {
        return ERR_NONE;
    }
    return damaged(r, ferror(r->in) ? MSG("it cannot be read") : MSG("it ends too early"), e);
}

static enum err next_chunk(struct reader *r, struct err_info *e)
{
    unsigned char head[CONTAINER_HEAD_BYTES], hash[CONTAINER_HASH_BYTES];
    enum err err = get(r, head, sizeof head, e);
    if (err != ERR_NONE) {
        return err;
    }
    uint64_t len = container_take(head, 4), kind = container_take(head + 4, 4);
    if (len == 0 || len > CONTAINER_CHUNK_BYTES || kind < CONTAINER_PART || kind > CONTAINER_SIGN) {
        return damaged(r, MSG("bytes were changed"), e);
    }
    r->len = (size_t)len;
    r->kind = (enum container_kind)kind;
    err = get(r, r->bytes, r->len, e);
    if (err != ERR_NONE) {
        return err;
    }
    container_hash(r->id, head, r->bytes, r->len, hash);
    if (sodium_memcmp(hash, head + 16, sizeof hash) != 0) {
        return damaged(r, MSG("bytes were changed"), e);
    }
    if (container_take(head + 8, 8) != r->n_chunks) {
        return damaged(r, MSG("a piece is missing or moved"), e);
    }
    r->n_chunks++;
    return ERR_NONE;
}

// ---- parts ---------------------------------------------------------------------------------------

static void end_part(struct reader *r)
{
    if (r->part[0] == '\0') {
        return;
    }
    container_note_part(r->seen, r->part, r->part_bytes, &r->hash);
}

static enum err begin_part(struct reader *r, struct err_info *e)
{
    end_part(r);
    if (r->len >= sizeof r->part || memchr(r->bytes, '\0', r->len) != NULL) {
        return damaged(r, MSG("a name is wrong"), e);
    }
    for (size_t i = 0; i < r->len; i++) {
        if (r->bytes[i] <= ' ' || r->bytes[i] > '~') {
            return damaged(r, MSG("a name is wrong"), e);
        }
    }
    memcpy(r->part, r->bytes, r->len);
    r->part[r->len] = '\0';
    r->part_bytes = 0;
    crypto_generichash_init(&r->hash, NULL, 0, CONTAINER_HASH_BYTES);
    return r->visitor->begin(r->visitor->context, r->part, e);
}

static enum err take_bytes(struct reader *r, struct err_info *e)
{
    if (r->part[0] == '\0') {
        return damaged(r, MSG("a name is missing"), e);
    }
    crypto_generichash_update(&r->hash, r->bytes, r->len);
    r->part_bytes += r->len;
    return r->visitor->add(r->visitor->context, r->bytes, r->len, e);
}

// Parts and the list after them. Stops at the signature, which is then the current chunk.
static enum err read_chunks(struct reader *r, struct err_info *e)
{
    bool in_list = false;
    for (;;) {
        enum err err = next_chunk(r, e);
        if (err != ERR_NONE) {
            return err;
        }
        if (r->kind == CONTAINER_SIGN) {
            return ERR_NONE;
        }
        if (r->kind == CONTAINER_LIST) {
            if (!in_list) {
                end_part(r);
                snprintf(r->part, sizeof r->part, "list of parts");
            }
            in_list = true;
            buf_add(&r->list, r->bytes, r->len);
        } else if (in_list) {
            err = damaged(r, MSG("a piece is missing or moved"), e);
        } else {
            err = r->kind == CONTAINER_PART ? begin_part(r, e) : take_bytes(r, e);
        }
        if (err != ERR_NONE) {
            return err;
        }
    }
}

// ---- the signed list -----------------------------------------------------------------------------

static void forget(void *json)
{
    json_decref(json);
}

static enum err check_signature(struct reader *r, const json_t *manifest, struct err_info *e)
{
    unsigned char key[crypto_sign_PUBLICKEYBYTES], message[CONTAINER_SIGNED_BYTES];
    const char *hex = json_string_value(json_object_get(manifest, "public_key"));
    size_t len = 0;
    if (hex == NULL || sodium_hex2bin(key, sizeof key, hex, strlen(hex), NULL, &len, NULL) != 0 ||
        len != sizeof key || r->len != crypto_sign_BYTES) {
        return damaged(r, MSG("the signature is wrong"), e);
    }
    container_signed(r->id, r->list.data, r->list.len, message);
    if (crypto_sign_verify_detached(r->bytes, message, sizeof message, key) != 0) {
        return damaged(r, MSG("the signature is wrong"), e);
    }
    return ERR_NONE;
}

static enum err read_list(struct reader *r, json_t **manifest, struct err_info *e)
{
    json_error_t where;
    if (buf_is_full(&r->list) || r->list.len == 0) {
        return damaged(r, MSG("it cannot be understood"), e);
    }
    json_t *list = json_loadb(r->list.data, r->list.len, JSON_REJECT_DUPLICATES, &where);
    if (list == NULL) {
        return damaged(r, MSG("it cannot be understood"), e);
    }
    arena_on_close(r->arena, forget, list);
    if (!json_equal(json_object_get(list, "parts"), r->seen)) {
        return damaged(r, MSG("parts are missing, changed or too many"), e);
    }
    *manifest = list;
    return check_signature(r, list, e);
}

static enum err read_all(struct reader *r, json_t **manifest, struct err_info *e)
{
    char magic[CONTAINER_MAGIC_BYTES];
    if (fread(magic, 1, sizeof magic, r->in) != sizeof magic ||
        memcmp(magic, CONTAINER_MAGIC, sizeof magic) != 0) {
        return err_set(e, ERR_INPUT, NULL, MSG("{0} is not a backup of Mainstay."),
                       MSG("Choose a file that “mainstay backup” wrote."), r->path, (char *)NULL);
    }
    enum err err = get(r, r->id, sizeof r->id, e);
    if (err == ERR_NONE) {
        err = read_chunks(r, e);
    }
    if (err == ERR_NONE) {
        err = read_list(r, manifest, e);
    }
    if (err == ERR_NONE && getc(r->in) != EOF) {
        err = damaged(r, MSG("something follows the end"), e);
    }
    return err;
}

enum err container_read(struct arena *a, const char *path, const struct container_visitor *visitor,
                        json_t **manifest, struct err_info *e)
{
    struct reader r = {.arena = a, .path = path, .visitor = visitor};
    r.in = fopen(path, "rb");
    if (r.in == NULL) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("{0} cannot be opened."),
                       MSG("Is the name right, and may you read it?"), path, (char *)NULL);
    }
    r.bytes = arena_alloc(a, CONTAINER_CHUNK_BYTES);
    r.seen = json_array();
    buf_init(&r.list, a, LIMIT_IMPORT_BYTES);
    enum err err = read_all(&r, manifest, e);
    json_decref(r.seen);
    fclose(r.in);
    return err;
}
