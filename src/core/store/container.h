// SPDX-License-Identifier: AGPL-3.0-or-later
//
// container.h: one file that holds named parts and a signed list of them. The form of a backup.
//
//     "MSTBAK1\n", 32 random bytes (the id), then chunks to the end of the file
//     chunk: length (4 bytes), kind (4), number in the file from 0 (8), BLAKE2b-256 (32), bytes
//
// Numbers are little-endian. The hash of a chunk covers the id, length, kind, number and bytes, so a
// chunk that was changed, moved, left out or taken from another file is found and named. Kinds: 1 a
// part begins and this is its name; 2 bytes of the part; 3 bytes of the manifest (JSON); 4 the
// signature (Ed25519) of id and hash of the manifest; nothing may follow it. The manifest lists the
// parts with their sizes and hashes and holds the public key.

#ifndef STORE_CONTAINER_H
#define STORE_CONTAINER_H

#include <jansson.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

#define CONTAINER_MAGIC "MSTBAK1\n"
#define CONTAINER_MAGIC_BYTES 8

// ---- writing. The file appears under its name, with mode 0600, only when it is whole.
struct container_writer;
// Writes to path.tmp until container_finish. ERR_CONFLICT when path is a file that is no container,
// ERR_BUSY when another process writes it.
MUST_CHECK enum err container_create(struct arena *a, const char *path,
                                     struct container_writer **out, struct err_info *e);
MUST_CHECK enum err container_begin(struct container_writer *w, const char *part,
                                    struct err_info *e);
MUST_CHECK enum err container_add(struct container_writer *w, const void *bytes, size_t len,
                                  struct err_info *e);
// Adds "parts" and "public_key" to the manifest, signs, syncs and renames. Ends w in any case.
MUST_CHECK enum err container_finish(struct container_writer *w, json_t *manifest,
                                     const unsigned char *secret_key, struct err_info *e);
// Ends w without a file. NULL is allowed.
void container_abandon(struct container_writer *w);

// ---- reading
// Told of each part in turn; what it does must be undone when container_read fails.
struct container_visitor {
    void *context;
    enum err (*begin)(void *context, const char *part, struct err_info *e);
    enum err (*add)(void *context, const void *bytes, size_t len, struct err_info *e);
};
// Reads and verifies everything. *manifest lives as long as the arena. ERR_DAMAGED says which part
// and chunk is wrong, ERR_INPUT that the file is no container at all.
MUST_CHECK enum err container_read(struct arena *a, const char *path,
                                   const struct container_visitor *visitor, json_t **manifest,
                                   struct err_info *e);

#endif
