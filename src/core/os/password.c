// SPDX-License-Identifier: AGPL-3.0-or-later
//
// password.c: see password.h.

#include "os/password.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

#include "base/bug.h"

// The hash of 32 random bytes that nobody kept, at today's cost: what the password of an unknown
// name is compared with.
static const char nobody[] = "$argon2id$v=19$m=65536,t=3,p=1$rmX0EYF0Ojrip0DtLCto7w$"
                             "jfCHN7P4p+PpxX1+e/9reBwxgmwrCpwblY3ILEbt9JM";

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t turn = PTHREAD_COND_INITIALIZER;
static int running;
static int waiting;

static void begin_sodium(void)
{
    if (sodium_init() < 0) {
        bug("libsodium cannot be used");
    }
}

static enum err enter(struct err_info *e)
{
    pthread_once(&once, begin_sodium);
    pthread_mutex_lock(&lock);
    bool full = running == PASSWORD_AT_ONCE && waiting == PASSWORD_QUEUE;
    if (!full) {
        waiting++;
        while (running == PASSWORD_AT_ONCE) {
            pthread_cond_wait(&turn, &lock);
        }
        waiting--;
        running++;
    }
    pthread_mutex_unlock(&lock);
    return full ? err_set(e, ERR_BUSY, NULL, MSG("Too many people are signing in at this moment."),
                          MSG("Try again in a few seconds."), NULL)
                : ERR_NONE;
}

static void leave(void)
{
    pthread_mutex_lock(&lock);
    running--;
    pthread_cond_signal(&turn);
    pthread_mutex_unlock(&lock);
}

enum err password_hash(struct arena *a, const char *password, const char **hash,
                       struct err_info *e)
{
    char text[crypto_pwhash_STRBYTES];
    enum err err = enter(e);
    if (err != ERR_NONE) {
        return err;
    }
    int failed = crypto_pwhash_str_alg(text, password, strlen(password), PASSWORD_PASSES,
                                       PASSWORD_MEMORY_BYTES, crypto_pwhash_ALG_ARGON2ID13);
    leave();
    if (failed != 0) {
        return err_set(e, ERR_FAILED, NULL, MSG("There is not enough memory for this now."),
                       MSG("Try again in a minute."), NULL);
    }
    *hash = arena_copy(a, text);
    return ERR_NONE;
}

enum err password_verify(const char *hash, const char *password, bool *right, struct err_info *e)
{
    *right = false;
    enum err err = enter(e);
    if (err != ERR_NONE) {
        return err;
    }
    bool known = hash != NULL;
    int differs =
        crypto_pwhash_str_verify(known ? hash : nobody, password, strlen(password));
    leave();
    *right = known && differs == 0;
    return ERR_NONE;
}

bool password_is_outdated(const char *hash)
{
    pthread_once(&once, begin_sodium);
    return crypto_pwhash_str_needs_rehash(hash, PASSWORD_PASSES, PASSWORD_MEMORY_BYTES) != 0;
}
