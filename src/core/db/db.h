// SPDX-License-Identifier: AGPL-3.0-or-later
//
// db.h: one database, behind a table of functions: SQLite (a file) or PostgreSQL (an address).
//
// Reading needs a `struct db_read`, writing a `struct db_tx`; a page that answers GET is handed only
// the first, so it cannot compile a write. SQLite has one writing connection, which alone checkpoints
// (docs/decisions: the WAL reset fault of 3.40.1), and one reading connection per thread.

#ifndef DB_DB_H
#define DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct db;
struct db_query;

// What may read: a reading connection, or an open transaction seen as one.
struct db_read;
// An open writing transaction.
struct db_tx;

// A statement, usually a const made by tools/mksql. Prepared once per connection and kept.
// in and out hold one letter per parameter or column: t text, i integer, r real, b bytes;
// upper case where NULL is allowed.
struct db_statement {
    const char *name;
    const char *sql;          // $1, $2 .. are the parameters
    const char *sql_postgres; // NULL where the text is the same
    const char *in;
    const char *out;
    bool writes;
    // Gives no rows, and may run a little later in a large transaction (db_tx_large), before anything else that is asked
    // in it: then what it refuses is told by a later statement, or by the commit.
    bool later;
};

enum db_engine { DB_SQLITE, DB_POSTGRES };

// Opens the file (made when missing, mode 0600) or the postgresql:// address. On SQLite only one
// process may begin transactions: the caller holds the workspace lock. A process that only reads
// needs no lock. Closed by db_close, when no other thread uses it any more. ERR_DAMAGED when the file
// is not a database of ours, ERR_FAILED when it cannot be reached.
MUST_CHECK enum err db_open(const char *address, struct db **out, struct err_info *e);
void db_close(struct db *db);
enum db_engine db_engine_of(const struct db *db);

// A reading connection of the calling thread, always the same one; it goes to another thread when
// this one ends. ERR_BUSY above LIMIT_READERS threads. A lost server is connected to anew, once.
MUST_CHECK enum err db_reader(struct db *db, struct db_read **out, struct err_info *e);
// The calling thread needs its reader no more: another one may take it, as when the thread ends.
void db_reader_give_back(struct db *db);
// From here to db_snapshot_end all reads see one state. For reports and exports. May be nested. Does
// nothing on what db_tx_read gives: a transaction sees its own state. End it also after an error.
MUST_CHECK enum err db_snapshot_begin(struct db_read *r, struct err_info *e);
void db_snapshot_end(struct db_read *r);

// Waits until no other transaction of this process writes. Must be ended by commit or rollback in the
// same thread. After an error of any statement in it every further statement and the commit fail, on
// both engines: only rollback is left. A commit that fails has rolled back. ERR_BUSY when another
// process holds the database too long.
MUST_CHECK enum err db_tx_begin(struct db *db, struct db_tx **out, struct err_info *e);
MUST_CHECK enum err db_tx_commit(struct db_tx *tx, struct err_info *e);
void db_tx_rollback(struct db_tx *tx);
// Says that the transaction writes very much: until it ends more of the database is kept in memory, so that
// pages that change again and again are not written each time, and statements that may wait (later) run on a thread of
// their own while the caller prepares the next ones.
void db_tx_large(struct db_tx *tx);
struct db_read *db_tx_read(struct db_tx *tx);
// Is this an open transaction seen as a reader? It sees what may still be undone.
bool db_is_tx(const struct db_read *r);
// What the database belongs to, for who has only a reader in hand; NULL when nobody said.
void db_set_owner(struct db *db, void *owner);
void *db_owner(const struct db_read *r);
// What an open transaction belongs to, until it ends; NULL when nobody said, and outside of one.
void db_tx_set_owner(struct db_tx *tx, void *owner);
void *db_tx_owner(const struct db_read *r);

// Running a statement: start, bind each parameter (from 1), step until *row is false, finish.
// A query that was started must be finished, also after an error. Values of the current row (columns
// from 0) live until the next step; copy what must last. Texts and bytes that are bound must stay
// unchanged until the first step has returned. One statement may run several times at once. A column
// declared as never NULL that is NULL gives ERR_FAILED.
// A value of the database that breaks a rule of the schema gives ERR_CONFLICT (not unique) or
// ERR_INPUT (unknown reference, outside the allowed values).
MUST_CHECK enum err db_start(struct db_read *r, const struct db_statement *s, struct db_query **out,
                             struct err_info *e);
MUST_CHECK enum err db_start_write(struct db_tx *tx, const struct db_statement *s,
                                   struct db_query **out, struct err_info *e);
void db_bind_text(struct db_query *q, int i, const char *text); // NULL binds NULL
void db_bind_int(struct db_query *q, int i, int64_t n);
void db_bind_real(struct db_query *q, int i, double x);
void db_bind_bytes(struct db_query *q, int i, const void *bytes, size_t len); // NULL binds NULL
void db_bind_null(struct db_query *q, int i);
// Says where the rows of q are gathered, after db_start: a step gives ERR_TOO_MANY when a has no room (arena_has_room)
// for as much again as was gathered since, which is what an array needs that grows. So gathering never passes the
// ceiling, and one short look-up goes on where a long list ends. Who empties its memory from row to row says nothing.
void db_gather(struct db_query *q, const struct arena *a);
MUST_CHECK enum err db_step(struct db_query *q, bool *row, struct err_info *e);
bool db_is_null(struct db_query *q, int column);
const char *db_text(struct db_query *q, int column); // NULL when NULL
int64_t db_int(struct db_query *q, int column);      // 0 when NULL
double db_real(struct db_query *q, int column);
const void *db_bytes(struct db_query *q, int column, size_t *len);
void db_finish(struct db_query *q);
// start + bind nothing + step once + finish, for statements without parameters and rows.
MUST_CHECK enum err db_run(struct db_tx *tx, const struct db_statement *s, struct err_info *e);

// Number of statements run by the calling thread since db_count_reset; pages have a fixed number.
unsigned db_count(void);
void db_count_reset(void);

// Brings the schema to the newest migration, in one transaction each; an applied migration that was
// changed afterwards is refused, and so is one that this program does not know (the database was made
// by a newer one). *applied is the number done now.
MUST_CHECK enum err db_migrate(struct db *db, int *applied, struct err_info *e);
// How many migrations wait; refuses the same things. Writes nothing.
MUST_CHECK enum err db_migrations_waiting(struct db *db, int *waiting, struct err_info *e);

#endif
