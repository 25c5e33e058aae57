// SPDX-License-Identifier: AGPL-3.0-or-later
//
// db.c: the front of core/db: who has which connection, and the rules both engines share.
//
// Not here: how an engine does it (sqlite.c, postgres.c), kept statements (keep.c), the schema
// (migrate.c).

#include "db/db.h"

#include <errno.h>
#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "db/db_private.h"

// One struct db, its address and LIMIT_READERS connections; their statements have arenas of their own.
#define DB_BYTES ((size_t)4 * 1024 * 1024)

static _Thread_local unsigned count;

// ---- opening and closing -------------------------------------------------------------------------

// A thread ends: its reader may go to another one.
static void give_back(void *reader)
{
    struct db_read *r = reader;
    pthread_mutex_lock(&r->db->listing);
    r->taken = false;
    pthread_mutex_unlock(&r->db->listing);
}

static void connection_init(struct db *db, struct db_read *c, bool writable)
{
    c->db = db;
    c->driver = db->driver;
    c->writable = writable;
}

static enum err connect(struct db_read *c, struct err_info *e)
{
    if (c->arena == NULL) {
        c->arena = arena_new(LIMIT_CONNECTION_BYTES);
    }
    enum err code = c->driver->connect(c, e);
    if (code == ERR_NONE) {
        c->connected = true;
        c->in_transaction = false;
        c->failed = false;
    }
    return code;
}

static void disconnect(struct db_read *c)
{
    if (!c->connected) {
        return;
    }
    db_keep_drop(c);
    c->driver->disconnect(c);
    c->connected = false;
    c->handle = NULL;
}

static enum err reconnect(struct db_read *c, struct err_info *e)
{
    disconnect(c);
    return connect(c, e);
}

enum err db_open(const char *address, struct db **out, struct err_info *e)
{
    struct arena *a = arena_new(DB_BYTES);
    struct db *db = ARENA_MAKE(a, struct db);
    db->arena = a;
    db->address = arena_copy(a, address);
    bool postgres =
        strncmp(address, "postgresql://", 13) == 0 || strncmp(address, "postgres://", 11) == 0;
    db->driver = postgres ? &db_driver_postgres : &db_driver_sqlite;
    pthread_mutexattr_t checked;
    ensure(pthread_mutexattr_init(&checked) == 0);
    ensure(pthread_mutexattr_settype(&checked, PTHREAD_MUTEX_ERRORCHECK) == 0);
    ensure(pthread_mutex_init(&db->writing, &checked) == 0);
    ensure(pthread_mutex_init(&db->listing, NULL) == 0);
    pthread_mutexattr_destroy(&checked);
    if (pthread_key_create(&db->of_thread, give_back) != 0) {
        bug("too many databases are open");
    }
    connection_init(db, &db->writer.connection, true);
    // The first reader shows now, not at the first page, whether the address is right.
    struct db_read *r;
    enum err code = db_reader(db, &r, e);
    if (code != ERR_NONE) {
        db_close(db);
        return code;
    }
    *out = db;
    return ERR_NONE;
}

void db_close(struct db *db)
{
    if (db == NULL) {
        return;
    }
    pthread_key_delete(db->of_thread);
    // Readers first, so that the writer is the last one and can empty the write-ahead log.
    for (struct db_read *r = db->readers; r != NULL; r = r->next) {
        disconnect(r);
        arena_free(r->arena);
    }
    disconnect(&db->writer.connection);
    arena_free(db->writer.connection.arena);
    pthread_mutex_destroy(&db->writing);
    pthread_mutex_destroy(&db->listing);
    arena_free(db->arena);
}

enum db_engine db_engine_of(const struct db *db)
{
    return db->driver->engine;
}

bool db_is_tx(const struct db_read *r)
{
    return r->writable;
}

void db_set_owner(struct db *db, void *owner)
{
    db->owner = owner;
}

void *db_owner(const struct db_read *r)
{
    return r->db->owner;
}

void db_tx_set_owner(struct db_tx *tx, void *owner)
{
    tx->connection.owner = owner;
}

void *db_tx_owner(const struct db_read *r)
{
    return r->owner;
}

// ---- readers -------------------------------------------------------------------------------------

// A reader nobody has, or a new one, not connected; NULL when there are too many.
static struct db_read *take_reader(struct db *db)
{
    pthread_mutex_lock(&db->listing);
    struct db_read *r = db->readers;
    while (r != NULL && r->taken) {
        r = r->next;
    }
    if (r == NULL && db->n_readers < LIMIT_READERS) {
        r = ARENA_MAKE(db->arena, struct db_read);
        connection_init(db, r, false);
        r->next = db->readers;
        db->readers = r;
        db->n_readers++;
    }
    if (r != NULL) {
        r->taken = true;
    }
    pthread_mutex_unlock(&db->listing);
    return r;
}

enum err db_reader(struct db *db, struct db_read **out, struct err_info *e)
{
    struct db_read *r = pthread_getspecific(db->of_thread);
    if (r == NULL) {
        r = take_reader(db);
        if (r == NULL) {
            return err_set(e, ERR_BUSY, NULL, MSG("Too many people read at the same time."),
                           MSG("Try again in a moment."), (char *)NULL);
        }
        if (pthread_setspecific(db->of_thread, r) != 0) {
            bug("out of memory");
        }
        // What the thread before left open.
        db_keep_finish_all(r);
        while (r->snapshots > 0) {
            db_snapshot_end(r);
        }
    }
    if (!r->connected || (r->n_busy == 0 && r->snapshots == 0 && !r->driver->is_alive(r))) {
        enum err code = reconnect(r, e);
        if (code != ERR_NONE) {
            return code;
        }
    }
    *out = r;
    return ERR_NONE;
}

void db_reader_give_back(struct db *db)
{
    struct db_read *r = pthread_getspecific(db->of_thread);
    if (r != NULL && pthread_setspecific(db->of_thread, NULL) == 0) {
        give_back(r);
    }
}

enum err db_snapshot_begin(struct db_read *r, struct err_info *e)
{
    if (!r->writable && r->snapshots == 0) {
        enum err code = r->driver->begin(r, e);
        if (code != ERR_NONE) {
            return code;
        }
        r->in_transaction = true;
        r->failed = false;
    }
    r->snapshots++;
    return ERR_NONE;
}

void db_snapshot_end(struct db_read *r)
{
    ensure(r->snapshots > 0);
    r->snapshots--;
    if (r->writable || r->snapshots > 0) {
        return;
    }
    db_keep_finish_all(r);
    r->driver->rollback(r);
    r->in_transaction = false;
    r->failed = false;
}

// ---- transactions --------------------------------------------------------------------------------

enum err db_tx_begin(struct db *db, struct db_tx **out, struct err_info *e)
{
    int locked = pthread_mutex_lock(&db->writing);
    if (locked == EDEADLK) {
        bug("a transaction is begun inside a transaction");
    }
    ensure(locked == 0);
    struct db_read *c = &db->writer.connection;
    enum err code = ERR_NONE;
    if (!c->connected || !c->driver->is_alive(c)) {
        code = reconnect(c, e);
    }
    if (code == ERR_NONE) {
        code = c->driver->begin(c, e);
        // Nothing was done yet, so a connection that proves lost only now may be tried anew, once.
        if (code != ERR_NONE && !c->driver->is_alive(c)) {
            code = reconnect(c, e);
            code = code == ERR_NONE ? c->driver->begin(c, e) : code;
        }
    }
    if (code != ERR_NONE) {
        pthread_mutex_unlock(&db->writing);
        return code;
    }
    c->in_transaction = true;
    c->failed = false;
    c->snapshots = 0;
    *out = &db->writer;
    return ERR_NONE;
}

void db_tx_large(struct db_tx *tx)
{
    struct db_read *c = &tx->connection;
    if (!c->large && c->driver->set_large != NULL) {
        c->driver->set_large(c, true);
        c->large = true;
        db_later_begin(c);
    }
}

static void end_transaction(struct db_read *c)
{
    if (c->large) {
        c->driver->set_large(c, false);
        c->large = false;
    }
    c->in_transaction = false;
    c->failed = false;
    c->owner = NULL;
    ensure(pthread_mutex_unlock(&c->db->writing) == 0);
}

// The same words whichever engine refuses.
static enum err refuse_after_error(struct err_info *e)
{
    return err_set(e, ERR_FAILED, NULL, MSG("An earlier step failed, so nothing was saved."),
                   MSG("Try again. If it fails again, tell the person who looks after the program."),
                   (char *)NULL);
}

enum err db_tx_commit(struct db_tx *tx, struct err_info *e)
{
    struct db_read *c = &tx->connection;
    ensure(c->in_transaction);
    enum err code = c->failed ? refuse_after_error(e) : db_later_settle(c, e);
    db_later_end(c);
    if (c->n_busy != 0) {
        bug("a transaction is committed while a statement is not finished");
    }
    code = code == ERR_NONE ? c->driver->commit(c, e) : code;
    if (code != ERR_NONE) {
        c->driver->rollback(c);
    }
    end_transaction(c);
    return code;
}

void db_tx_rollback(struct db_tx *tx)
{
    struct db_read *c = &tx->connection;
    ensure(c->in_transaction);
    db_later_end(c);
    db_keep_finish_all(c);
    c->driver->rollback(c);
    end_transaction(c);
}

struct db_read *db_tx_read(struct db_tx *tx)
{
    return &tx->connection;
}

enum err db_failed(struct db_read *c, enum err code)
{
    c->failed = c->in_transaction;
    return code;
}

// ---- statements ----------------------------------------------------------------------------------

static enum err start(struct db_read *c, const struct db_statement *s, struct db_query **out,
                      struct err_info *e)
{
    count++;
    if (c->failed) {
        return refuse_after_error(e);
    }
    if (db_later_may(c, s)) {
        *out = db_later_take(c, s);
        return ERR_NONE;
    }
    enum err code = db_later_settle(c, e);
    code = code == ERR_NONE ? db_keep_take(c, s, out, e) : code;
    return code == ERR_NONE ? ERR_NONE : db_failed(c, code);
}

enum err db_start(struct db_read *r, const struct db_statement *s, struct db_query **out,
                  struct err_info *e)
{
    if (s->writes) {
        bug("a statement that writes was started for reading");
    }
    ensure(!r->writable || r->in_transaction);
    return start(r, s, out, e);
}

enum err db_start_write(struct db_tx *tx, const struct db_statement *s, struct db_query **out,
                        struct err_info *e)
{
    ensure(tx->connection.in_transaction);
    return start(&tx->connection, s, out, e);
}

// Binds when the statement says so; the fault is told by the next step.
static void bind(struct db_query *q, int i, const struct db_value *v)
{
    ensure(q->busy && !q->stepped);
    bool known = i >= 1 && i <= q->n_in;
    char letter = known ? q->in[i - 1] : '\0';
    bool may_be_null = letter >= 'A' && letter <= 'Z';
    char type = may_be_null ? (char)(letter + ('a' - 'A')) : letter;
    bool good = v->letter == '\0' ? may_be_null : v->letter == type;
    if (!known || !good) {
        q->bad_parameter = i;
    } else if (q->is_later) {
        db_later_bind(q, i, v);
    } else if (q->connection->driver->bind(q, i, v) != ERR_NONE) {
        q->bad_parameter = i;
    }
}

void db_bind_text(struct db_query *q, int i, const char *text)
{
    struct db_value v = {0};
    if (text != NULL) {
        v = (struct db_value){.letter = 't', .bytes = text, .len = strlen(text)};
    }
    bind(q, i, &v);
}

void db_bind_int(struct db_query *q, int i, int64_t n)
{
    bind(q, i, &(struct db_value){.letter = 'i', .number = n});
}

void db_bind_real(struct db_query *q, int i, double x)
{
    bind(q, i, &(struct db_value){.letter = 'r', .real = x});
}

void db_bind_bytes(struct db_query *q, int i, const void *bytes, size_t len)
{
    struct db_value v = {0};
    if (bytes != NULL) {
        v = (struct db_value){.letter = 'b', .bytes = bytes, .len = len};
    }
    bind(q, i, &v);
}

void db_bind_null(struct db_query *q, int i)
{
    bind(q, i, &(struct db_value){0});
}

static enum err asked_wrongly(struct db_query *q, const char *what, int i, struct err_info *e)
{
    return db_failed(q->connection,
                     db_err_declared(e, q, "%s %d is of another type, too large, or empty", what, i));
}

void db_gather(struct db_query *q, const struct arena *a)
{
    ensure(q->busy);
    q->into = a;
    q->into_before = arena_used_bytes(a);
}

static size_t gathered(const struct db_query *q)
{
    size_t now = arena_used_bytes(q->into);
    return now > q->into_before ? now - q->into_before : 0; // it may have been emptied
}

enum err db_step(struct db_query *q, bool *row, struct err_info *e)
{
    ensure(q->busy);
    struct db_read *c = q->connection;
    *row = false;
    q->row = false;
    if (c->failed) {
        return refuse_after_error(e);
    }
    if (q->bad_parameter != 0) {
        return asked_wrongly(q, "parameter", q->bad_parameter, e);
    }
    bool found = false;
    enum err code = q->is_later ? db_later_put(q, e) : c->driver->step(q, &found, e);
    q->stepped = true;
    if (code != ERR_NONE) {
        return db_failed(c, code);
    }
    code = found && q->into != NULL ? err_without_room(q->into, gathered(q), e) : ERR_NONE;
    if (code != ERR_NONE) {
        return db_failed(c, code);
    }
    int empty = found ? c->driver->empty_column(q) : 0;
    if (empty != 0) {
        return asked_wrongly(q, "column", empty, e);
    }
    *row = q->row = found;
    return ERR_NONE;
}

static const struct db_driver *column_of(const struct db_query *q, int column)
{
    ensure(q->row && column >= 0 && column < q->n_out);
    return q->connection->driver;
}

bool db_is_null(struct db_query *q, int column)
{
    return column_of(q, column)->is_null(q, column);
}

const char *db_text(struct db_query *q, int column)
{
    return column_of(q, column)->text(q, column);
}

int64_t db_int(struct db_query *q, int column)
{
    return column_of(q, column)->number(q, column);
}

double db_real(struct db_query *q, int column)
{
    return column_of(q, column)->real(q, column);
}

const void *db_bytes(struct db_query *q, int column, size_t *len)
{
    return column_of(q, column)->bytes(q, column, len);
}

void db_finish(struct db_query *q)
{
    if (q == NULL || !q->busy) {
        return;
    }
    if (q->is_later) {
        q->busy = false;
        return;
    }
    q->connection->driver->reset(q);
    q->busy = false;
    q->row = false;
    q->statement = NULL;
    q->connection->n_busy--;
}

enum err db_run(struct db_tx *tx, const struct db_statement *s, struct err_info *e)
{
    struct db_query *q;
    enum err code = db_start_write(tx, s, &q, e);
    if (code == ERR_NONE) {
        bool row;
        code = db_step(q, &row, e);
        db_finish(q);
    }
    return code;
}

unsigned db_count(void)
{
    return count;
}

void db_count_reset(void)
{
    count = 0;
}
