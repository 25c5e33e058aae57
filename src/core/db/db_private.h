// SPDX-License-Identifier: AGPL-3.0-or-later
//
// db_private.h: what the files of core/db share: the driver table, connections, kept statements.
//
// db.c is the front that everybody calls; sqlite.c and postgres.c are two const tables of functions;
// keep.c keeps prepared statements per connection. Nothing outside core/db includes this header.

#ifndef DB_DB_PRIVATE_H
#define DB_DB_PRIVATE_H

#include <pthread.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"
#include "db/db_dump.h"

struct db_driver;
struct embedded_file;

// Buckets of the table of kept statements, by hash of the text; and a shortcut by the address of the
// struct db_statement, which is right nearly always because nearly all statements are constants.
#define KEEP_BUCKETS 64
#define KEEP_SHORTCUTS 1024

// One prepared statement and, while `busy`, its one run. A driver's own struct begins with it.
struct db_query {
    struct db_read *connection;
    const struct db_statement *statement; // while busy
    char *sql;                            // copy: the caller's text may go away
    size_t sql_room;                      // bytes at sql
    uint64_t hash;                        // of sql
    uint64_t last_used;
    struct db_query *next;     // in its bucket
    struct db_query *next_all; // of the connection
    const char *in;            // letters of the parameters, of the run
    const char *out;
    int n_in;
    int n_out;
    const struct arena *into; // where the rows are gathered; NULL: nobody said
    size_t into_before;       // its bytes when that was said
    int bad_parameter; // first one bound wrongly, 0: none
    bool prepared;
    bool is_later; // put down by later.c
    bool busy;
    bool stepped;
    bool row; // a current row can be read
};

// One connection. Readers belong to one thread at a time, the writer to who holds db->writing.
struct db_read {
    struct db *db;
    const struct db_driver *driver;
    void *handle;        // sqlite3 * or PGconn *
    struct arena *arena; // queries and their texts; as long as the connection is known
    bool writable;
    bool connected;
    bool taken; // a reader that has a thread
    bool in_transaction;
    bool large;  // the open transaction writes very much
    void *owner; // of the open transaction, or NULL
    bool failed; // an error happened in the open transaction: only rollback is left
    int snapshots;
    int n_busy;
    int n_kept;
    uint64_t clock;   // counts runs, for last_used
    int wal_pages;    // SQLite: pages in the write-ahead log after the last commit
    int wal_next;     // SQLite: pages at which the writer checkpoints again
    unsigned n_names; // PostgreSQL: number of names given to statements
    struct db_later *later;     // of the writer: statements that wait, in a large transaction; else NULL
    struct db_query *streaming; // PostgreSQL: the run whose rows are still coming
    struct db_query *buckets[KEEP_BUCKETS];
    struct db_query *shortcuts[KEEP_SHORTCUTS];
    struct db_query *all;
    struct db_read *next; // of the database
};

struct db_tx {
    struct db_read connection; // must be first: db_tx_read gives its address
};

struct db {
    const struct db_driver *driver;
    struct arena *arena;
    const char *address;
    void *owner;
    pthread_mutex_t writing; // held from db_tx_begin to commit or rollback
    pthread_mutex_t listing; // guards the list of readers
    pthread_key_t of_thread; // the reader of the calling thread
    struct db_read *readers;
    int n_readers;
    struct db_tx writer;
};

// One parameter. `letter` is that of struct db_statement, lower case; 0 is NULL.
struct db_value {
    char letter;
    const void *bytes; // t, b
    size_t len;
    int64_t number;
    double real;
};

struct db_driver {
    enum db_engine engine;
    size_t query_bytes; // of its struct that begins with struct db_query
    // Connections. connect fills c->handle; writable is known.
    enum err (*connect)(struct db_read *c, struct err_info *e);
    void (*disconnect)(struct db_read *c);
    // False when the other side is gone. Asked only when nothing is open.
    bool (*is_alive)(struct db_read *c);
    // begin: a writing transaction on the writer, one consistent state on a reader.
    enum err (*begin)(struct db_read *c, struct err_info *e);
    enum err (*commit)(struct db_read *c, struct err_info *e);
    void (*rollback)(struct db_read *c);
    // More memory for a transaction that writes very much, and back; NULL when the engine needs none, and no thread of
    // its own for statements that may wait (later.c): it works beside us anyway.
    void (*set_large)(struct db_read *c, bool large);
    // Runs several statements without parameters and rows: migrations.
    enum err (*script)(struct db_read *c, const char *sql, struct err_info *e);
    // Statements. prepare reads q->sql, q->in, q->out.
    enum err (*prepare)(struct db_query *q, struct err_info *e);
    void (*unprepare)(struct db_query *q);
    enum err (*bind)(struct db_query *q, int i, const struct db_value *v);
    enum err (*step)(struct db_query *q, bool *row, struct err_info *e);
    // Called once for each row, before its columns are read: the first column, from 1, that is NULL
    // against its declaration; 0: none.
    int (*empty_column)(struct db_query *q);
    void (*reset)(struct db_query *q);
    bool (*is_null)(struct db_query *q, int column);
    const char *(*text)(struct db_query *q, int column);
    int64_t (*number)(struct db_query *q, int column);
    double (*real)(struct db_query *q, int column);
    const void *(*bytes)(struct db_query *q, int column, size_t *len);
    // Compares a prepared statement with its declaration, as far as the engine knows.
    enum err (*check)(struct db_query *q, struct err_info *e);
    // db_dump.h; load is NULL where the dump is the database itself.
    enum err (*dump)(struct arena *a, struct db_read *r, const char *scratch,
                     const struct db_sink *sink, struct err_info *e);
    enum err (*check_health)(struct db_read *r, struct err_info *e);
    enum err (*load)(struct db_read *c, const char *table, const char *path, struct err_info *e);
    // Names of types for the tokens @id @text @int @real @bytes, and what ends a CREATE TABLE.
    const char *types[5];
    const char *table_end;
    // Keeps other processes out of the table `migration` until the transaction ends; NULL: nothing to do.
    const char *lock_migrations;
};

extern const struct db_driver db_driver_sqlite;
extern const struct db_driver db_driver_postgres;

// A kept statement with this text that is not busy, prepared; or a new one. (keep.c)
MUST_CHECK enum err db_keep_take(struct db_read *c, const struct db_statement *s,
                                 struct db_query **out, struct err_info *e);
// Forgets all kept statements: the connection is about to close or was lost.
void db_keep_drop(struct db_read *c);
// Ends every run still open on the connection.
void db_keep_finish_all(struct db_read *c);

// Statements that wait (later.c). begin and end: of a large transaction; what waits at its end is dropped.
void db_later_begin(struct db_read *c);
void db_later_end(struct db_read *c);
// Runs all that wait; the error of the first that failed.
MUST_CHECK enum err db_later_settle(struct db_read *c, struct err_info *e);
// Can this statement wait now? Then take it, bind each parameter, put it down.
bool db_later_may(const struct db_read *c, const struct db_statement *s);
struct db_query *db_later_take(struct db_read *c, const struct db_statement *s);
void db_later_bind(struct db_query *q, int i, const struct db_value *v);
MUST_CHECK enum err db_later_put(struct db_query *q, struct err_info *e);

// The program asked wrongly: the same words for all such faults, the text for the log.
enum err db_err_declared(struct err_info *e, const struct db_query *q, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// What a database refuses, in the same words for both engines. (errors.c)
enum err db_err_not_unique(struct err_info *e);
enum err db_err_reference(struct err_info *e);
enum err db_err_value(struct err_info *e);
enum err db_err_busy(struct err_info *e);
enum err db_err_disk_full(struct err_info *e);
enum err db_err_lost(struct err_info *e);
enum err db_err_failed(struct err_info *e);

// db_migrate and db_migrations_waiting with other files than the embedded ones, for tests. (migrate.c)
MUST_CHECK enum err db_migrate_files(struct db *db, const struct embedded_file *files, size_t n,
                                     int *applied, struct err_info *e);
MUST_CHECK enum err db_migrations_waiting_files(struct db *db, const struct embedded_file *files,
                                             size_t n, int *waiting, struct err_info *e);
// A migration in the words of one engine: type tokens replaced, lines of the other engine left out.
// ERR_FAILED names the file when a token is unknown. (migrate_text.c)
MUST_CHECK enum err db_migrate_text(struct arena *a, const struct db_driver *driver,
                                    const struct embedded_file *file, const char **sql,
                                    struct err_info *e);

// Marks the open transaction, if there is one, as failed. Returns code.
enum err db_failed(struct db_read *c, enum err code);

#endif
