// SPDX-License-Identifier: AGPL-3.0-or-later
//
// kind_log.c: the changes of a kind, record by record, oldest first: those with a row of their own and those of bundles,
// merged by the ids of their records.
//
// A bundle begins with its lowest id, so it is opened when the others have come that far, and only those are in memory
// that overlap: one, unless clocks were set back or several nodes wrote.

#include <string.h>

#include "store/store_private.h"

// What gives changes in the order of their records.
struct source {
    struct source *next;
    struct arena *arena;
    struct unbundling open;
    struct log_of_record_row at; // its next change
    bool more;
};

struct kind_log {
    struct arena *arena;
    const char *kind;
    bool skip_unreadable;
    struct db_query *singles, *bundles; // NULL: finished
    struct source single;               // its rows come from singles
    struct source *open;                // bundles
    struct source *spare;
    struct source *given; // whose change was given last: it steps on when the next is asked for
    struct log_of_record_row bundle;
    bool more_bundles;
};

static enum err step_query(struct db_query **q, struct log_of_record_row *row, bool *more, struct err_info *e)
{
    enum err err = log_of_record_next(*q, row, more, e);
    *q = err != ERR_NONE || !*more ? NULL : *q;
    return err;
}

// To its next change of the kind. err: of opening it.
static enum err step_bundle(const struct kind_log *l, struct source *s, enum err err, struct err_info *e)
{
    s->more = err == ERR_NONE;
    do {
        err = err != ERR_NONE ? err : bundle_next(&s->open, &s->at, &s->more, e);
    } while (err == ERR_NONE && s->more && strcmp(s->at.kind, l->kind) != 0);
    s->more = s->more && err == ERR_NONE;
    return err == ERR_DAMAGED && l->skip_unreadable ? ERR_NONE : err;
}

static enum err step(struct kind_log *l, struct source *s, struct err_info *e)
{
    return s == &l->single ? step_query(&l->singles, &s->at, &s->more, e) : step_bundle(l, s, ERR_NONE, e);
}

static enum err open_bundle(struct kind_log *l, struct err_info *e)
{
    struct source *s = l->spare;
    if (s == NULL) {
        s = ARENA_MAKE(l->arena, struct source);
        *s = (struct source){.arena = arena_new(LIMIT_REQUEST_BYTES)};
    } else {
        l->spare = s->next;
    }
    arena_reset(s->arena);
    s->next = l->open;
    l->open = s;
    enum err err = step_bundle(l, s, bundle_open(s->arena, &l->bundle, &s->open, e), e);
    return err == ERR_NONE ? step_query(&l->bundles, &l->bundle, &l->more_bundles, e) : err;
}

static void close_read_bundles(struct kind_log *l)
{
    for (struct source **at = &l->open; *at != NULL;) {
        struct source *s = *at;
        if (s->more) {
            at = &s->next;
        } else {
            *at = s->next;
            s->next = l->spare;
            l->spare = s;
        }
    }
}

static bool is_before(const struct log_of_record_row *x, const struct log_of_record_row *y)
{
    int by_id = strcmp(x->record_id, y->record_id);
    return by_id != 0                ? by_id < 0
           : x->logical != y->logical ? x->logical < y->logical
                                      : strcmp(x->node, y->node) < 0;
}

// The source whose change is next; NULL: none has more.
static struct source *lowest(struct kind_log *l)
{
    struct source *found = l->single.more ? &l->single : NULL;
    for (struct source *s = l->open; s != NULL; s = s->next) {
        if (found == NULL || is_before(&s->at, &found->at)) {
            found = s;
        }
    }
    return found;
}

enum err kind_log_begin(struct db_read *db, const struct entity *kind, int64_t until, bool skip_unreadable,
                        struct kind_log **out, struct err_info *e)
{
    const struct log_of_kind_in singles = {.kind = kind->kind, .until = until};
    const struct log_bundles_of_kind_in bundles = {.kind = kind->kind, .until = until};
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    struct kind_log *l = ARENA_MAKE(a, struct kind_log);
    *l = (struct kind_log){.arena = a, .kind = kind->kind, .skip_unreadable = skip_unreadable};
    *out = l;
    enum err err = bundle_settle(db, e);
    if (err == ERR_NONE) {
        err = log_of_kind(db, &singles, &l->singles, e);
    }
    if (err == ERR_NONE) {
        err = step_query(&l->singles, &l->single.at, &l->single.more, e);
    }
    if (err == ERR_NONE && kind->imported) {
        err = log_bundles_of_kind(db, &bundles, &l->bundles, e);
    }
    if (err == ERR_NONE && kind->imported) {
        err = step_query(&l->bundles, &l->bundle, &l->more_bundles, e);
    }
    if (err != ERR_NONE) {
        kind_log_end(l);
    }
    return err;
}

enum err kind_log_next(struct kind_log *l, struct log_of_record_row *out, bool *more, struct err_info *e)
{
    enum err err = l->given == NULL ? ERR_NONE : step(l, l->given, e);
    struct source *next = NULL;
    while (err == ERR_NONE) {
        close_read_bundles(l);
        next = lowest(l);
        if (!l->more_bundles || (next != NULL && !is_before(&l->bundle, &next->at))) {
            break;
        }
        err = open_bundle(l, e);
    }
    l->given = next;
    *more = err == ERR_NONE && next != NULL;
    if (*more) {
        *out = next->at;
    }
    return err;
}

void kind_log_end(struct kind_log *l)
{
    if (l->singles != NULL) {
        db_finish(l->singles);
    }
    if (l->bundles != NULL) {
        db_finish(l->bundles);
    }
    for (struct source *s = l->open; s != NULL; s = s->next) {
        arena_free(s->arena);
    }
    for (struct source *s = l->spare; s != NULL; s = s->next) {
        arena_free(s->arena);
    }
    arena_free(l->arena);
}
