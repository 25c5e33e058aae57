// SPDX-License-Identifier: AGPL-3.0-or-later
//
// random.c: see random.h.

#include "os/random.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
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

#define TIME_LETTERS 10
#define COUNT_LETTERS 4
#define COUNT_BITS (5 * COUNT_LETTERS)

// Time and count of the newest id of this process, so that ids made within one millisecond still
// sort by age. The count begins somewhere in the lower half, at random.
static struct {
    pthread_mutex_t lock;
    uint64_t ms;
    uint32_t count;
} newest = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void take_turn(uint32_t start, uint64_t *ms, uint32_t *count)
{
    uint64_t now = (uint64_t)clock_now_ms();
    pthread_mutex_lock(&newest.lock);
    bool full = newest.count + 1 == UINT32_C(1) << COUNT_BITS;
    if (now > newest.ms || full) {
        newest.ms = now > newest.ms ? now : newest.ms + 1;
        newest.count = start >> (33 - COUNT_BITS);
    } else {
        newest.count++;
    }
    *ms = newest.ms;
    *count = newest.count;
    pthread_mutex_unlock(&newest.lock);
}

// The lowest bits of n as so many letters.
static void put_letters(char *out, int letters, uint64_t n)
{
    for (int i = letters - 1; i >= 0; i--) {
        out[i] = alphabet[n & 31];
        n >>= 5;
    }
}

struct chance {
    uint32_t start;
    unsigned char rest[ID_LENGTH - TIME_LETTERS - COUNT_LETTERS];
};

// Of the next id of this thread. Asked for some at once: a question to the system costs more than making an id.
static struct chance next_chance(void)
{
    static _Thread_local struct chance stock[32];
    static _Thread_local size_t left;
    if (left == 0) {
        random_bytes(stock, sizeof stock);
        left = sizeof stock / sizeof stock[0];
    }
    return stock[--left];
}

const char *random_id(struct arena *a)
{
    const struct chance any = next_chance();
    uint64_t ms;
    uint32_t count;
    take_turn(any.start, &ms, &count);
    char *id = arena_alloc(a, ID_LENGTH + 1);
    put_letters(id, TIME_LETTERS, ms);
    put_letters(id + TIME_LETTERS, COUNT_LETTERS, count);
    for (size_t i = 0; i < sizeof any.rest; i++) {
        id[TIME_LETTERS + COUNT_LETTERS + i] = alphabet[any.rest[i] & 31];
    }
    return id;
}

int id_is_valid(const char *text)
{
    return strlen(text) == ID_LENGTH && strspn(text, alphabet) == ID_LENGTH;
}
