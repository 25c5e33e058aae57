// SPDX-License-Identifier: AGPL-3.0-or-later
//
// check.h: standing checks of the data. A check reads and writes notices: what, where, how to mend.
//
// `const struct check NAME = {...}` in any noun's *_check.c is found by the build. Notices are never
// stored; they are computed when they are asked for, so they cannot be out of date.

#ifndef MODEL_CHECK_H
#define MODEL_CHECK_H

#include "base/arena.h"
#include "base/err.h"
#include "base/msg.h"

struct db_read;

struct notice {
    const char *check;      // name of the check, as in --where check=budget
    const char *rule;       // short code of the rule within it: "percent", "total"
    const char *about_kind; // record it stands on
    const char *about_id;
    const char *programme;  // number, or NULL
    const char *where;      // "Budget 2011"
    const char *severity;   // high, medium, low
    const char *message;    // what is wrong, with the figures; in the language of the list
    const char *mend;       // what to do
};

struct notice_list {
    struct arena *arena;
    const struct lang *lang; // of the reader; NULL: English
    const char *const *programmes; // ids of those whose notices are asked for; a check may leave out all others. NULL: all
    size_t n_programmes;
    struct notice *items;
    size_t n;
    size_t cap;
};
void notice_add(struct notice_list *list, const struct notice *n);
// Words of a notice: tr_f in the language and arena of the list; days (2026-11-22) as people write them.
const char *notice_say(const struct notice_list *list, const char *key, ...)
    __attribute__((sentinel));
// The same for a number, which is {0}.
const char *notice_say_n(const struct notice_list *list, const char *one, const char *many,
                         int64_t n);
const struct lang *notice_lang(const struct notice_list *list);

struct check {
    const char *name;
    const char *label; // catalogue key: "Risks"
    const char *about; // catalogue key: one line
    // Adds what it finds; programme_id NULL: everywhere, with a number of statements that does not grow
    // with the programmes.
    enum err (*run)(struct db_read *db, const char *programme_id, struct notice_list *out,
                    struct err_info *e);
};

const struct check *const *check_all(size_t *n);
// Runs all of them on one programme, or on everything when programme_id is NULL. lang: the reader's.
MUST_CHECK enum err check_run_all(struct arena *a, const struct lang *lang, struct db_read *db,
                                  const char *programme_id, struct notice_list *out,
                                  struct err_info *e);
// On everything, where notices of other programmes than these (ids) are not needed, so that a person who may read few
// does not wait for all. They may be among the notices all the same.
MUST_CHECK enum err check_run_many(struct arena *a, const struct lang *lang, struct db_read *db,
                                   const char *const *programmes, size_t n, struct notice_list *out,
                                   struct err_info *e);

#endif
