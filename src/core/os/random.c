// SPDX-License-Identifier: AGPL-3.0-or-later
//
// random.c: see random.h.

#include "os/random.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/random.h>

#include "base/bug.h"
#include "os/clock.h"

static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

void random_bytes(void *out, size_t len)
{
    unsigned char *p = out;
    while (len > 0) {
        ssize_t n = getrandom(p, len, 0);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            bug("the system gives no randomness");
        }
        p += n;
        len -= (size_t)n;
    }
}

const char *random_id(struct arena *a)
{
    unsigned char rest[16];
    random_bytes(rest, sizeof rest);
    char *id = arena_alloc(a, ID_LENGTH + 1);
    uint64_t ms = (uint64_t)clock_now_ms();
    for (int i = 9; i >= 0; i--) {
        id[i] = alphabet[ms & 31];
        ms >>= 5;
    }
    for (int i = 0; i < 16; i++) {
        id[10 + i] = alphabet[rest[i] & 31];
    }
    return id;
}

int id_is_valid(const char *text)
{
    return strlen(text) == ID_LENGTH && strspn(text, alphabet) == ID_LENGTH;
}
