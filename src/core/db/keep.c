// SPDX-License-Identifier: AGPL-3.0-or-later
//
// keep.c: prepared statements are kept per connection, found again by their text.
//
// A constant statement is found by its address and one comparison of texts; the comparison is what
// makes it safe that a statement built at run time lies where another one lay before. When all runs
// of a text are busy (a list inside a list), a second one is prepared. The least recently used one
// goes when LIMIT_STATEMENTS are kept.

#include <string.h>

#include "base/bug.h"
#include "base/hash.h"
#include "base/limits.h"
#include "db/db_private.h"

// Texts get room in powers of two from here, so that a slot serves another text later.
#define FIRST_SQL_BYTES 256

static const char *text_of(const struct db_read *c, const struct db_statement *s)
{
    bool own = c->driver->engine == DB_POSTGRES && s->sql_postgres != NULL;
    return own ? s->sql_postgres : s->sql;
}

static struct db_query **shortcut_of(struct db_read *c, const struct db_statement *s)
{
    return &c->shortcuts[((uintptr_t)s / sizeof *s) % KEEP_SHORTCUTS];
}

// The same text may be declared with other letters: then it is another statement.
static bool fits(const struct db_query *q, const struct db_statement *s, const char *sql)
{
    return !q->busy && q->prepared && strcmp(q->sql, sql) == 0 && strcmp(q->in, s->in) == 0 &&
           strcmp(q->out, s->out) == 0;
}

static void unlink_bucket(struct db_read *c, struct db_query *q)
{
    struct db_query **p = &c->buckets[q->hash % KEEP_BUCKETS];
    while (*p != q) {
        ensure(*p != NULL);
        p = &(*p)->next;
    }
    *p = q->next;
}

static void forget(struct db_read *c, struct db_query *q)
{
    if (q->prepared) {
        c->driver->unprepare(q);
        unlink_bucket(c, q);
        q->prepared = false;
    }
    for (size_t i = 0; i < KEEP_SHORTCUTS; i++) {
        if (c->shortcuts[i] == q) {
            c->shortcuts[i] = NULL;
        }
    }
}

// A slot without a statement: an unused one, a new one, or that of the least recently used.
static struct db_query *free_slot(struct db_read *c)
{
    struct db_query *oldest = NULL;
    for (struct db_query *q = c->all; q != NULL; q = q->next_all) {
        if (!q->busy && !q->prepared) {
            return q;
        }
        if (!q->busy && (oldest == NULL || q->last_used < oldest->last_used)) {
            oldest = q;
        }
    }
    if (c->n_kept < LIMIT_STATEMENTS) {
        struct db_query *q = arena_alloc(c->arena, c->driver->query_bytes);
        q->connection = c;
        q->next_all = c->all;
        c->all = q;
        c->n_kept++;
        return q;
    }
    if (oldest == NULL) {
        bug("statements were started and never finished");
    }
    forget(c, oldest);
    return oldest;
}

// Copies text and letters into the slot.
static void describe(struct db_query *q, const struct db_statement *s, const char *sql)
{
    size_t sql_len = strlen(sql) + 1, in_len = strlen(s->in) + 1, out_len = strlen(s->out) + 1;
    size_t need = sql_len + in_len + out_len;
    if (need > q->sql_room) {
        size_t room = FIRST_SQL_BYTES;
        while (room < need) {
            room *= 2;
        }
        q->sql = arena_alloc(q->connection->arena, room);
        q->sql_room = room;
    }
    memcpy(q->sql, sql, sql_len);
    memcpy(q->sql + sql_len, s->in, in_len);
    memcpy(q->sql + sql_len + in_len, s->out, out_len);
    q->in = q->sql + sql_len;
    q->out = q->sql + sql_len + in_len;
    q->n_in = (int)in_len - 1;
    q->n_out = (int)out_len - 1;
}

static struct db_query *find(struct db_read *c, const struct db_statement *s, const char *sql,
                             uint64_t *hash)
{
    struct db_query *q = *shortcut_of(c, s);
    if (q != NULL && fits(q, s, sql)) {
        return q;
    }
    *hash = hash_text(HASH_START, sql);
    for (q = c->buckets[*hash % KEEP_BUCKETS]; q != NULL; q = q->next) {
        if (q->hash == *hash && fits(q, s, sql)) {
            return q;
        }
    }
    return NULL;
}

enum err db_keep_take(struct db_read *c, const struct db_statement *s, struct db_query **out,
                      struct err_info *e)
{
    const char *sql = text_of(c, s);
    uint64_t hash = 0;
    struct db_query *q = find(c, s, sql, &hash);
    if (q == NULL) {
        q = free_slot(c);
        describe(q, s, sql);
        q->hash = hash;
        q->statement = s;
        enum err code = c->driver->prepare(q, e);
        if (code != ERR_NONE) {
            return code;
        }
        q->prepared = true;
        q->next = c->buckets[hash % KEEP_BUCKETS];
        c->buckets[hash % KEEP_BUCKETS] = q;
    }
    *shortcut_of(c, s) = q;
    q->statement = s;
    q->last_used = ++c->clock;
    q->busy = true;
    q->stepped = false;
    q->row = false;
    q->bad_parameter = 0;
    q->into = NULL;
    c->n_busy++;
    *out = q;
    return ERR_NONE;
}

void db_keep_finish_all(struct db_read *c)
{
    for (struct db_query *q = c->all; q != NULL; q = q->next_all) {
        if (q->busy) {
            db_finish(q);
        }
    }
}

void db_keep_drop(struct db_read *c)
{
    db_keep_finish_all(c);
    for (struct db_query *q = c->all; q != NULL; q = q->next_all) {
        forget(c, q);
    }
}
