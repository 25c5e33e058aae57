// SPDX-License-Identifier: AGPL-3.0-or-later
//
// container_private.h: what container_write.c and container_read.c share.

#ifndef STORE_CONTAINER_PRIVATE_H
#define STORE_CONTAINER_PRIVATE_H

#include <sodium.h>
#include <stdint.h>
#include <string.h>

#include "store/container.h"

#define CONTAINER_ID_BYTES 32
#define CONTAINER_HASH_BYTES 32
#define CONTAINER_HASH_HEX (CONTAINER_HASH_BYTES * 2)
// Length, kind, number, hash.
#define CONTAINER_HEAD_BYTES (4 + 4 + 8 + CONTAINER_HASH_BYTES)
// Large enough that the heads are a thousandth of the file, small enough to name a place.
#define CONTAINER_CHUNK_BYTES ((size_t)64 * 1024)
// Names of parts: "files/ab/<62 letters>".
#define CONTAINER_NAME_BYTES 200

enum container_kind { CONTAINER_PART = 1, CONTAINER_BYTES = 2, CONTAINER_LIST = 3, CONTAINER_SIGN = 4 };

static inline void container_put(unsigned char *to, uint64_t n, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        to[i] = (unsigned char)(n >> (8 * i));
    }
}

static inline uint64_t container_take(const unsigned char *from, int bytes)
{
    uint64_t n = 0;
    for (int i = 0; i < bytes; i++) {
        n |= (uint64_t)from[i] << (8 * i);
    }
    return n;
}

// Hash of a chunk whose head is filled up to the hash.
static inline void container_hash(const unsigned char id[CONTAINER_ID_BYTES],
                                  const unsigned char *head, const void *bytes, size_t len,
                                  unsigned char out[CONTAINER_HASH_BYTES])
{
    crypto_generichash_state h;
    crypto_generichash_init(&h, NULL, 0, CONTAINER_HASH_BYTES);
    crypto_generichash_update(&h, id, CONTAINER_ID_BYTES);
    crypto_generichash_update(&h, head, 16);
    crypto_generichash_update(&h, bytes, len);
    crypto_generichash_final(&h, out, CONTAINER_HASH_BYTES);
}

// Adds what was written or read of a part to a list: name, bytes, hash. The state of the hash ends.
void container_note_part(json_t *list, const char *name, uint64_t n_bytes,
                         crypto_generichash_state *state); // container_write.c

// What is signed: the magic, the id, the hash of the manifest.
#define CONTAINER_SIGNED_BYTES (CONTAINER_MAGIC_BYTES + CONTAINER_ID_BYTES + CONTAINER_HASH_BYTES)
static inline void container_signed(const unsigned char id[CONTAINER_ID_BYTES], const void *list,
                                    size_t len, unsigned char out[CONTAINER_SIGNED_BYTES])
{
    memcpy(out, CONTAINER_MAGIC, CONTAINER_MAGIC_BYTES);
    memcpy(out + CONTAINER_MAGIC_BYTES, id, CONTAINER_ID_BYTES);
    crypto_generichash(out + CONTAINER_MAGIC_BYTES + CONTAINER_ID_BYTES, CONTAINER_HASH_BYTES, list,
                       len, NULL, 0);
}

#endif
