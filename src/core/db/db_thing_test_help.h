// SPDX-License-Identifier: AGPL-3.0-or-later
//
// db_thing_test_help.h: a database with one table of things, for the tests of what core/db promises.

#ifndef DB_DB_THING_TEST_HELP_H
#define DB_DB_THING_TEST_HELP_H

#include "db/db_test_help.h"

#include "os/embedded.h"

static const char schema[] =
    "CREATE TABLE thing (\n"
    "    id @id PRIMARY KEY,\n"
    "    n @int CHECK (n < 1000 OR n > 100000),\n"
    "    x @real,\n"
    "    data @bytes,\n"
    "    parent_id @id REFERENCES thing (id)\n"
    ");\n"
    "CREATE UNIQUE INDEX thing_n ON thing (n);\n";

static const struct embedded_file schema_file = {"migrations/202601010000_thing_new.sql", schema,
                                                 sizeof schema - 1};

static const struct db_statement insert = {
    .name = "insert",
    .sql = "INSERT INTO thing (id, n, x, data, parent_id) VALUES ($1, $2, $3, $4, $5)",
    .in = "tIRBT",
    .out = "",
    .writes = true,
};
static const struct db_statement get = {
    .name = "get",
    .sql = "SELECT id, n, x, data, parent_id FROM thing WHERE id = $1",
    .in = "t",
    .out = "tIRBT",
};
static const struct db_statement list = {
    .name = "list", .sql = "SELECT id FROM thing ORDER BY id", .in = "", .out = "t"};
static const struct db_statement children = {
    .name = "children",
    .sql = "SELECT id FROM thing WHERE parent_id = $1 ORDER BY id", // compares row by row
    .in = "t",
    .out = "t",
};
static const struct db_statement many = {
    .name = "many",
    .sql = "WITH RECURSIVE up (n) AS (SELECT n FROM thing UNION ALL SELECT n + 1 FROM up WHERE n < 20000) SELECT n FROM up",
    .in = "",
    .out = "I",
};
static const struct db_statement count_all = {
    .name = "count", .sql = "SELECT count(*) FROM thing", .in = "", .out = "i"};
static const struct db_statement remove_all = {
    .name = "remove", .sql = "DELETE FROM thing", .in = "", .out = "", .writes = true};

static inline int set_up(void **state)
{
    int applied;
    fixture_open(state);
    struct fixture *f = *state;
    OK(db_migrate_files(f->db, &schema_file, 1, &applied, &f->e));
    return applied == 1 ? 0 : -1;
}

static inline enum err add(struct db_tx *tx, const char *id, int64_t n, const char *parent,
                    struct err_info *e)
{
    struct db_query *q;
    OK(db_start_write(tx, &insert, &q, e));
    db_bind_text(q, 1, id);
    db_bind_int(q, 2, n);
    db_bind_real(q, 3, 0.1);
    db_bind_bytes(q, 4, "\0\xff\\x", 4);
    db_bind_text(q, 5, parent);
    bool row;
    enum err code = db_step(q, &row, e);
    db_finish(q);
    return code;
}

static inline int64_t count_in(struct db_read *r)
{
    struct err_info e;
    struct db_query *q;
    bool row;
    OK(db_start(r, &count_all, &q, &e));
    OK(db_step(q, &row, &e));
    assert_true(row);
    int64_t n = db_int(q, 0);
    db_finish(q);
    return n;
}

static inline int64_t count_now(struct fixture *f)
{
    struct db_read *r;
    OK(db_reader(f->db, &r, &f->e));
    return count_in(r);
}

static inline void add_committed(struct fixture *f, const char *id, int64_t n, const char *parent)
{
    struct db_tx *tx;
    OK(db_tx_begin(f->db, &tx, &f->e));
    OK(add(tx, id, n, parent, &f->e));
    OK(db_tx_commit(tx, &f->e));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, fixture_close)

#endif
