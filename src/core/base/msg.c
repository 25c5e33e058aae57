// SPDX-License-Identifier: AGPL-3.0-or-later
//
// msg.c: see msg.h. The pseudo-language is computed once per key and kept for the process, since a
// text of the catalogue must live as long as the program; there are as many keys as texts in C and
// templates, some two thousand.

#include "base/msg.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/bug.h"
#include "base/decimal.h"
#include "base/limits.h"

#define PSEUDO_SLOTS 8192

static const char *same(const char *key)
{
    return key;
}

// Slots of an open hash table from key address to text. Keys are literals: their address is enough.
static struct {
    pthread_mutex_t lock;
    const char *keys[PSEUDO_SLOTS];
    const char *texts[PSEUDO_SLOTS];
    struct arena *arena;
} pseudo = {.lock = PTHREAD_MUTEX_INITIALIZER};

// Accented letters and a tail, between brackets; what stands in braces is left alone.
static const char *pseudo_make(const char *key)
{
    static const char *const letters[26] = {
        ['a' - 'a'] = "á", ['c' - 'a'] = "ç", ['e' - 'a'] = "é", ['i' - 'a'] = "í",
        ['n' - 'a'] = "ñ", ['o' - 'a'] = "ó", ['s' - 'a'] = "š", ['u' - 'a'] = "ú",
        ['y' - 'a'] = "ý", ['z' - 'a'] = "ž",
    };
    struct buf b;
    buf_init(&b, pseudo.arena, LIMIT_TEXT_BYTES);
    buf_str(&b, "⟦");
    bool braces = false;
    for (const char *p = key; *p != '\0'; p++) {
        braces = *p == '{' || (braces && *p != '}');
        const char *other = *p >= 'a' && *p <= 'z' && !braces ? letters[*p - 'a'] : NULL;
        if (other != NULL) {
            buf_str(&b, other);
        } else {
            buf_char(&b, *p);
        }
    }
    for (size_t tail = strlen(key) / 3; tail > 0; tail--) {
        buf_char(&b, '~');
    }
    buf_str(&b, "⟧");
    return b.data;
}

static const char *pseudo_look_up(const char *key)
{
    pthread_mutex_lock(&pseudo.lock);
    if (pseudo.arena == NULL) {
        pseudo.arena = arena_new(LIMIT_PROCESS_BYTES);
    }
    size_t slot = ((size_t)key >> 3) % PSEUDO_SLOTS;
    size_t tries = 0;
    while (pseudo.keys[slot] != NULL && pseudo.keys[slot] != key) {
        slot = (slot + 1) % PSEUDO_SLOTS;
        if (++tries == PSEUDO_SLOTS) {
            bug("more texts than the pseudo-language has slots");
        }
    }
    if (pseudo.keys[slot] == NULL) {
        pseudo.texts[slot] = pseudo_make(key);
        pseudo.keys[slot] = key;
    }
    const char *text = pseudo.texts[slot];
    pthread_mutex_unlock(&pseudo.lock);
    return text;
}

const struct lang lang_en = {.code = "en", .name = "English", .look_up = same};
const struct lang lang_pseudo = {
    .code = "qps", .name = "Pseudo", .right_to_left = true, .look_up = pseudo_look_up};

static const struct lang *const languages[] = {&lang_en, NULL};

const struct lang *const *lang_all(void)
{
    return languages;
}

const struct lang *lang_find(const char *code)
{
    if (strcmp(code, lang_pseudo.code) == 0) {
        return &lang_pseudo;
    }
    for (const struct lang *const *l = languages; *l != NULL; l++) {
        if (strcmp((*l)->code, code) == 0) {
            return *l;
        }
    }
    return NULL;
}

const char *tr(const struct lang *lang, const char *key)
{
    return key[0] == '\0' ? key : lang->look_up(key); // "" is no message; a catalogue would give its head
}

const char *tr_args(struct arena *a, const struct lang *lang, const char *key,
                    const char *const *args, int n_args)
{
    struct buf b;
    buf_init(&b, a, LIMIT_TEXT_BYTES * 4);
    const char *from = tr(lang, key);
    for (const char *p = strchr(from, '{'); p != NULL; p = strchr(p + 1, '{')) {
        if (p[1] >= '0' && p[1] <= '9' && p[2] == '}') {
            int i = p[1] - '0';
            buf_add(&b, from, (size_t)(p - from));
            buf_str(&b, i < n_args ? args[i] : "");
            from = p + 3;
        }
    }
    buf_str(&b, from);
    return b.data;
}

const char *tr_f(struct arena *a, const struct lang *lang, const char *key, ...)
{
    const char *args[10];
    int n = 0;
    va_list list;
    va_start(list, key);
    while (n < 10 && (args[n] = va_arg(list, const char *)) != NULL) {
        n++;
    }
    va_end(list);
    return tr_args(a, lang, key, args, n);
}

const char *tr_n(struct arena *a, const struct lang *lang, const char *one, const char *many,
                 int64_t n)
{
    const char *number = decimal_int_text(a, n);
    return tr_f(a, lang, n == 1 ? one : many, number, NULL);
}
