// SPDX-License-Identifier: AGPL-3.0-or-later
//
// registry.c: all kinds of records and all checks, sorted; the names come from tools/mkindex.

#include "model/model.h"

#include <pthread.h>
#include <string.h>

#include "base/bug.h"
#include "base/sort.h"
#include "model/check.h"

// Made by tools/mkindex.
extern const struct entity *const index_entitys[];
extern const size_t index_n_entitys;
extern const struct check *const index_checks[];
extern const size_t index_n_checks;

#define MAX_KINDS 200

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const struct entity *kinds[MAX_KINDS];

static int by_kind(const void *a, const void *b)
{
    return strcmp((*(const struct entity *const *)a)->kind,
                  (*(const struct entity *const *)b)->kind);
}

static void sort_kinds(void)
{
    ensure(index_n_entitys <= MAX_KINDS);
    for (size_t i = 0; i < index_n_entitys; i++) {
        kinds[i] = index_entitys[i];
    }
    sort_items(kinds, index_n_entitys, sizeof kinds[0], by_kind);
}

const struct entity *const *model_all(size_t *n)
{
    pthread_once(&once, sort_kinds);
    *n = index_n_entitys;
    return kinds;
}

const struct entity *model_find(const char *kind)
{
    size_t n;
    const struct entity *const *all = model_all(&n);
    size_t low = 0;
    while (low < n) {
        size_t middle = low + (n - low) / 2;
        int order = strcmp(kind, all[middle]->kind);
        if (order == 0) {
            return all[middle];
        }
        if (order > 0) {
            low = middle + 1;
        } else {
            n = middle;
        }
    }
    return NULL;
}

const struct check *const *check_all(size_t *n)
{
    *n = index_n_checks;
    return index_checks;
}

static enum err run_checks(struct db_read *db, const char *programme_id, struct notice_list *out, struct err_info *e)
{
    enum err err = ERR_NONE;
    for (size_t i = 0; err == ERR_NONE && i < index_n_checks; i++) {
        err = index_checks[i]->run(db, programme_id, out, e);
    }
    return err;
}

enum err check_run_all(struct arena *a, const struct lang *lang, struct db_read *db,
                       const char *programme_id, struct notice_list *out, struct err_info *e)
{
    *out = (struct notice_list){.arena = a, .lang = lang};
    return run_checks(db, programme_id, out, e);
}

enum err check_run_many(struct arena *a, const struct lang *lang, struct db_read *db, const char *const *programmes,
                        size_t n, struct notice_list *out, struct err_info *e)
{
    *out = (struct notice_list){.arena = a, .lang = lang, .programmes = programmes, .n_programmes = n};
    return run_checks(db, NULL, out, e);
}
