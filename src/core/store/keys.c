// SPDX-License-Identifier: AGPL-3.0-or-later
//
// keys.c: the key of this node. A node signs every change it writes; its name is the beginning of the
// hash of its public key, so nobody can take the name of another.

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/file.h"
#include "store/store_private.h"

void node_id_of(const unsigned char public_key[crypto_sign_PUBLICKEYBYTES],
                char out[STORE_NODE_HEX + 1])
{
    unsigned char hash[STORE_HASH_BYTES];
    crypto_generichash(hash, sizeof hash, public_key, crypto_sign_PUBLICKEYBYTES, NULL, 0);
    sodium_bin2hex(out, STORE_NODE_HEX + 1, hash, STORE_NODE_HEX / 2);
}

enum err keys_make(const char *folder, struct err_info *e)
{
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES];
    unsigned char secret_key[crypto_sign_SECRETKEYBYTES];
    crypto_sign_keypair(public_key, secret_key);
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    enum err err = file_write_new(arena_printf(a, "%s/keys/node.key", folder), secret_key,
                                  sizeof secret_key, 0600, e);
    if (err == ERR_NONE) {
        err = file_write_new(arena_printf(a, "%s/keys/node.pub", folder), public_key,
                             sizeof public_key, 0644, e);
    }
    sodium_memzero(secret_key, sizeof secret_key);
    arena_free(a);
    return err;
}

enum err keys_load(struct store *s, struct err_info *e)
{
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    const char *path = arena_printf(a, "%s/keys/node.key", s->folder);
    const char *bytes;
    size_t len;
    enum err err = file_read(a, path, sizeof s->secret_key + 1, &bytes, &len, e);
    if (err == ERR_NONE && len != sizeof s->secret_key) {
        err = err_set(e, ERR_DAMAGED, NULL, MSG("The key of this workspace is not whole."),
                      MSG("Bring keys/node.key back from a backup."), NULL);
    }
    if (err == ERR_NONE) {
        memcpy(s->secret_key, bytes, len);
        sodium_memzero((char *)bytes, len);
        crypto_sign_ed25519_sk_to_pk(s->public_key, s->secret_key);
        node_id_of(s->public_key, s->node);
    }
    arena_free(a);
    return err;
}
