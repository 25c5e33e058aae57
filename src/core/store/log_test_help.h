// SPDX-License-Identifier: AGPL-3.0-or-later
//
// log_test_help.h: for tests of the change log: saving, altering the database behind the program, and what verify says.

#ifndef STORE_LOG_TEST_HELP_H
#define STORE_LOG_TEST_HELP_H

#include "store/store_test_help.h"

static const struct actor tester = {.name = "tester"};

static inline struct db_read *reader(struct place *p)
{
    struct db_read *db;
    ok(db_reader(store_db(p->store), &db, &e));
    return db;
}

static inline enum err save(struct place *p, struct record *r)
{
    struct store_tx *tx;
    ok(store_begin(p->store, &tester, NULL, &tx, &e));
    enum err err = store_save(tx, p->arena, r, &e);
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, &e);
}

// Runs a statement that no program of ours has, as somebody with the file in hand would.
static inline void tamper(struct place *p, const char *sql)
{
    struct db_tx *tx;
    struct db_statement *s = ARENA_MAKE(p->arena, struct db_statement);
    *s = (struct db_statement){.name = "tamper", .sql = sql, .in = "", .out = "", .writes = true};
    ok(db_tx_begin(store_db(p->store), &tx, &e));
    ok(db_run(tx, s, &e));
    ok(db_tx_commit(tx, &e));
}

static inline const char *verdict(struct place *p, int64_t *seq)
{
    struct store_fault *faults;
    size_t n;
    int64_t n_changes;
    ok(store_verify(p->store, p->arena, &faults, &n, &n_changes, &e));
    if (n == 0) {
        return "clean";
    }
    if (seq != NULL) {
        *seq = faults[0].seq;
    }
    return faults[0].what;
}

static inline int64_t count_of(struct place *p, const char *sql)
{
    struct db_statement *s = ARENA_MAKE(p->arena, struct db_statement);
    struct db_query *q;
    bool row;
    *s = (struct db_statement){.name = "count", .sql = sql, .in = "", .out = "i"};
    ok(db_start(reader(p), s, &q, &e));
    ok(db_step(q, &row, &e));
    int64_t n = db_int(q, 0);
    db_finish(q);
    return n;
}

#endif
