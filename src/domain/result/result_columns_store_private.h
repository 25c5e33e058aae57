// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_columns_store_private.h: the file of columns that a process holds, and what came since: shared by the files that
// answer questions to it.
//
// A process holds one mapped file and, for each indicator, the values that changed since, as they are now. Such a list
// only grows at its head, and the newest entry for a value counts, so who holds a list goes on with it while
// others add. What is held may outlive the store: a command empties its memory after that was closed.

#ifndef RESULT_RESULT_COLUMNS_STORE_PRIVATE_H
#define RESULT_RESULT_COLUMNS_STORE_PRIVATE_H

#include <pthread.h>

#include "base/map.h"
#include "result/result_columns_rows_store.h"
#include "result/result_columns_store.h"
#include "store/store.h"

// Kinds whose changes the columns follow, ended by NULL.
extern const char *const held_watched[];

// A value that changed since the file, as seen from one indicator.
struct touched {
    struct touched *older;
    const char *id;
    const struct column_value *value; // NULL: it is not, or no longer, a value of this indicator
};
// Words: those of the file, then those that came since.
struct words {
    const char *const *texts;
    size_t n, cap; // cap 0: the texts are those of the file
    struct map numbers; // text -> number + 1; empty until a word is looked for
};
struct held {
    pthread_mutex_t lock; // of all below; taken after that of store_beside
    struct columns *file;
    struct arena *arena;       // what came since
    struct arena *positions[2]; // the one in use, and the one for the next
    int at;
    const char *position; // up to which what came since is known
    struct store_mark mark; // of that position; zeros until it was compared once
    int64_t n_since;
    struct map touched; // id of an indicator -> struct touched *
    const char **indicators;
    size_t n_indicators, cap_indicators; // those of `touched`
    struct words words[WORD_KINDS];
    int users;
    bool dropped; // closed by the last user
};

// Maps the file into b->thing, as a struct held, when there is one that can be used. Under the lock of b.
void held_open(struct store *s, struct store_beside *b);
// Nobody finds it any more; the last user frees it. Under the lock of b.
void held_drop(struct store_beside *b);
// One user more or less; the first under the lock of h, the second without.
void held_use(struct held *h);
void held_give_back(struct held *h);
// Says on standard error why the columns are not used, once until there is another file. Under the lock of b.
void held_say(struct store_beside *b, const char *why);

// Brings what came since up to what this reader sees, under both locks. *fits false: the columns cannot be used for it;
// *useless: nor for any other.
MUST_CHECK enum err held_catch_up(struct store_beside *b, struct db_read *db, bool *fits, bool *useless,
                                     struct err_info *e);

#endif
