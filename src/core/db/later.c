// SPDX-License-Identifier: AGPL-3.0-or-later
//
// later.c: statements of a large transaction that a second thread runs while the first goes on reading its file.
//
// Only statements that say so (struct db_statement, later) and give no rows. Their parameters are copied into a pile; a
// full pile is given to the thread, while the next ones are filled. Whatever else is asked of the connection waits until
// all of them have run, so nobody sees a difference but in time, and in the moment at which an error is told: by the
// next statement or by the commit. A pile that is not full is run by who waits: an import that asks for every row never
// pays for a change of threads.
//
// SQLite connections may go from thread to thread when two never use them at once: sqlite.org/threadsafe.html,
// multi-thread. The mutex here sees to that.

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/bug.h"
#include "base/limits.h"
#include "db/db_private.h"

#define PILE_JOBS 256
#define PILE_BYTES ((size_t)1024 * 1024)
#define ROWS_AT_ONCE 32   // SQLite needs a sixth less for each than in a statement of its own
#define MOST_MADE 8       // statements for so many rows at once
#define PILES 8           // neither thread waits for the other where one of them is slow for a moment

// One statement with its parameters, in the arena of its pile.
struct job {
    const struct db_statement *statement;
    struct db_value *values;
    int n;
};

struct pile {
    struct arena *arena;
    struct job jobs[PILE_JOBS];
    int n;
};

// The same statement for ROWS_AT_ONCE rows.
struct made {
    const struct db_statement *of;
    struct db_statement many; // sql NULL: it cannot be made
};

struct db_later {
    struct arena *arena;
    struct db_read *connection;
    struct made made[MOST_MADE];
    int n_made;
    struct pile piles[PILES];
    struct pile *filling;
    struct db_query query; // the statement that is being put down
    bool waits;            // piles were given to the thread and not waited for since
    bool has_thread;
    pthread_t thread;
    // Shared with the thread.
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int64_t given, done; // piles; number n is piles[n % PILES]
    bool stop;
    enum err err; // of the first statement that failed; no further one is run
    struct err_info why;
};

// ---- running ------------------------------------------------------------------------------------

// The tuple of the text, "($1, $2)", with its numbers raised.
static void put_tuple(struct buf *out, const char *tuple, int raise)
{
    for (const char *c = tuple; *c != '\0'; c++) {
        buf_char(out, *c);
        if (*c == '$') {
            buf_int(out, strtol(c + 1, NULL, 10) + raise);
            c += strspn(c + 1, "0123456789");
        }
    }
}

// "INSERT INTO t (a) VALUES ($1)" for many rows; NULL when the statement is another one.
static const struct db_statement *for_many(struct db_later *l, const struct db_statement *s)
{
    for (int i = 0; i < l->n_made; i++) {
        if (l->made[i].of == s) {
            return l->made[i].many.sql == NULL ? NULL : &l->made[i].many;
        }
    }
    const char *tuple = strstr(s->sql, "VALUES (");
    if (l->n_made == MOST_MADE) {
        return NULL;
    }
    struct made *m = &l->made[l->n_made++];
    m->of = s;
    if (strncmp(s->sql, "INSERT ", 7) != 0 || tuple == NULL || strchr(tuple, ')') != s->sql + strlen(s->sql) - 1) {
        return NULL;
    }
    struct buf sql, in;
    tuple += strlen("VALUES ");
    buf_init(&sql, l->arena, LIMIT_VALUE_BYTES);
    buf_init(&in, l->arena, LIMIT_VALUE_BYTES);
    buf_add(&sql, s->sql, (size_t)(tuple - s->sql));
    for (int i = 0; i < ROWS_AT_ONCE; i++) {
        buf_str(&sql, i == 0 ? "" : ", ");
        put_tuple(&sql, tuple, i * (int)strlen(s->in));
        buf_str(&in, s->in);
    }
    m->many = (struct db_statement){.name = s->name, .sql = sql.data, .in = in.data, .out = "", .writes = true};
    return &m->many;
}

static enum err run_jobs(struct db_read *c, const struct db_statement *s, const struct job *jobs, int n, struct err_info *e)
{
    struct db_query *q;
    bool row;
    int at = 0;
    enum err err = db_keep_take(c, s, &q, e);
    if (err != ERR_NONE) {
        return err;
    }
    for (int i = 0; i < n && err == ERR_NONE; i++) {
        for (int k = 0; k < jobs[i].n && err == ERR_NONE; k++) {
            at++; // what is empty need not be bound
            err = jobs[i].values[k].letter == '\0' ? ERR_NONE : c->driver->bind(q, at, &jobs[i].values[k]);
        }
    }
    err = err != ERR_NONE ? db_err_declared(e, q, "a parameter cannot be bound") : c->driver->step(q, &row, e);
    db_finish(q);
    return err;
}

static void empty(struct pile *p)
{
    p->n = 0;
    arena_reset(p->arena);
}

// As many jobs from here on have the same statement, up to ROWS_AT_ONCE.
static int alike(const struct pile *p, int from)
{
    int n = 1;
    while (n < ROWS_AT_ONCE && from + n < p->n && p->jobs[from + n].statement == p->jobs[from].statement) {
        n++;
    }
    return n;
}

static enum err run_pile(struct db_later *l, struct pile *p, struct err_info *e)
{
    enum err err = ERR_NONE;
    for (int i = 0, n; i < p->n && err == ERR_NONE; i += n) {
        const struct db_statement *s = p->jobs[i].statement;
        const struct db_statement *many = alike(p, i) == ROWS_AT_ONCE ? for_many(l, s) : NULL;
        n = many == NULL ? 1 : ROWS_AT_ONCE;
        err = run_jobs(l->connection, many == NULL ? s : many, &p->jobs[i], n, e);
    }
    return err;
}

static void *work(void *later)
{
    struct db_later *l = later;
    pthread_mutex_lock(&l->lock);
    for (;;) {
        while (l->done == l->given && !l->stop) {
            pthread_cond_wait(&l->changed, &l->lock);
        }
        if (l->stop) {
            break;
        }
        struct pile *p = &l->piles[l->done % PILES];
        bool failed = l->err != ERR_NONE;
        pthread_mutex_unlock(&l->lock);
        struct err_info why;
        enum err err = failed ? ERR_NONE : run_pile(l, p, &why);
        empty(p);
        pthread_mutex_lock(&l->lock);
        if (err != ERR_NONE) {
            l->err = err;
            l->why = why;
        }
        l->done++;
        pthread_cond_broadcast(&l->changed);
    }
    pthread_mutex_unlock(&l->lock);
    return NULL;
}

// ---- the thread ---------------------------------------------------------------------------------

// Signals are for the threads that wait for them.
static bool start_thread(struct db_later *l)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    l->has_thread = l->has_thread || pthread_create(&l->thread, NULL, work, l) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return l->has_thread;
}

// Waits until the thread has at most so many piles to do; what failed there is told once.
static enum err wait_for(struct db_later *l, int64_t most, struct err_info *e)
{
    pthread_mutex_lock(&l->lock);
    while (l->given - l->done > most) {
        pthread_cond_wait(&l->changed, &l->lock);
    }
    enum err err = l->err;
    if (err != ERR_NONE) {
        *e = l->why;
    }
    pthread_mutex_unlock(&l->lock);
    l->waits = l->waits && most > 0;
    return err;
}

static enum err run_filling(struct db_later *l, struct err_info *e)
{
    enum err err = run_pile(l, l->filling, e);
    empty(l->filling);
    return err;
}

// The pile that is full goes to the thread, and the next one is free when that has done it.
static enum err give(struct db_later *l, struct err_info *e)
{
    if (!start_thread(l)) {
        return run_filling(l, e); // no thread is to be had: it is only slower
    }
    pthread_mutex_lock(&l->lock);
    l->given++;
    l->filling = &l->piles[l->given % PILES];
    pthread_cond_broadcast(&l->changed);
    pthread_mutex_unlock(&l->lock);
    l->waits = true;
    return wait_for(l, PILES - 1, e);
}

// ---- for db.c -----------------------------------------------------------------------------------

void db_later_begin(struct db_read *c)
{
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    struct db_later *l = ARENA_MAKE(a, struct db_later);
    l->arena = a;
    l->connection = c;
    for (int i = 0; i < PILES; i++) {
        l->piles[i].arena = arena_new(LIMIT_REQUEST_BYTES);
    }
    l->filling = &l->piles[0];
    ensure(pthread_mutex_init(&l->lock, NULL) == 0);
    ensure(pthread_cond_init(&l->changed, NULL) == 0);
    c->later = l;
}

void db_later_end(struct db_read *c)
{
    struct db_later *l = c->later;
    if (l == NULL) {
        return;
    }
    c->later = NULL;
    if (l->has_thread) {
        pthread_mutex_lock(&l->lock);
        l->stop = true; // what is left is not run
        pthread_cond_broadcast(&l->changed);
        pthread_mutex_unlock(&l->lock);
        pthread_join(l->thread, NULL);
    }
    for (int i = 0; i < PILES; i++) {
        arena_free(l->piles[i].arena);
    }
    pthread_mutex_destroy(&l->lock);
    pthread_cond_destroy(&l->changed);
    arena_free(l->arena);
}

enum err db_later_settle(struct db_read *c, struct err_info *e)
{
    struct db_later *l = c->later;
    if (l == NULL || (!l->waits && l->filling->n == 0)) {
        return ERR_NONE;
    }
    enum err err = l->waits ? wait_for(l, 0, e) : ERR_NONE;
    return err != ERR_NONE ? err : run_filling(l, e);
}

bool db_later_may(const struct db_read *c, const struct db_statement *s)
{
    const struct db_later *l = c->later;
    // What is open on the connection is used by this thread: then nothing may run on the other one.
    return s->later && l != NULL && !l->query.busy && (l->waits || c->n_busy == 0);
}

struct db_query *db_later_take(struct db_read *c, const struct db_statement *s)
{
    struct db_later *l = c->later;
    struct pile *p = l->filling;
    struct job *job = &p->jobs[p->n];
    int n = (int)strlen(s->in);
    *job = (struct job){.statement = s, .n = n, .values = ARENA_ARRAY(p->arena, struct db_value, (size_t)n + 1)};
    l->query = (struct db_query){.connection = c, .statement = s, .in = s->in, .out = s->out, .n_in = n,
                                 .busy = true, .is_later = true};
    return &l->query;
}

void db_later_bind(struct db_query *q, int i, const struct db_value *v)
{
    struct db_later *l = q->connection->later;
    struct pile *p = l->filling;
    struct db_value *kept = &p->jobs[p->n].values[i - 1];
    *kept = *v;
    if (v->bytes != NULL) {
        char *copy = arena_alloc_unset(p->arena, v->len + 1);
        memcpy(copy, v->bytes, v->len);
        copy[v->len] = '\0';
        kept->bytes = copy;
    }
}

enum err db_later_put(struct db_query *q, struct err_info *e)
{
    struct db_later *l = q->connection->later;
    struct pile *p = l->filling;
    ensure(!q->stepped); // it gives no rows
    p->n++;
    return p->n < PILE_JOBS && arena_used_bytes(p->arena) < PILE_BYTES ? ERR_NONE : give(l, e);
}
