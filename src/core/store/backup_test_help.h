// SPDX-License-Identifier: AGPL-3.0-or-later
//
// backup_test_help.h: a workspace with records and files, to be backed up by unit tests.
//
// PostgreSQL is tried when MAINSTAY_TEST_POSTGRES holds the address of a database; each workspace gets
// a schema of its own in it, which is removed afterwards.

#ifndef STORE_BACKUP_TEST_HELP_H
#define STORE_BACKUP_TEST_HELP_H

#define _GNU_SOURCE // setenv

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/limits.h"
#include "db/db_check.h"
#include "db/engines_test_help.h"
#include "os/file.h"
#include "store/store_private.h"

#define FILE_BYTES ((size_t)300 * 1000)

struct place {
    struct arena *arena;
    char home[64];
    const char *folder;    // of keys and files
    const char *workspace; // folder or address
    const char *backup;
    struct store *store;
    const char *file; // hash of one in it
};

static const struct actor tester = {.name = "tester"};
static struct err_info e;
static int n_schemas;

static void ok(enum err err)
{
    if (err != ERR_NONE) {
        fail_msg("%s: %s (%s, %s) %s", err_name(err), e.text, e.args[0], e.args[1], e.detail);
    }
}

static const char *path(struct place *p, const char *name)
{
    return arena_printf(p->arena, "%s/%s", p->home, name);
}

// A folder, or on the server a new empty schema with a folder for keys and files.
static const char *new_workspace(struct place *p, const char *name)
{
    if (test_server == NULL) {
        return path(p, name);
    }
    setenv("MAINSTAY_HOME", path(p, name), 1);
    const char *schema = arena_printf(p->arena, "backup_%ld_%d", (long)getpid(), n_schemas++);
    ok(db_schema_make(test_server, schema, &e));
    return db_schema_address(p->arena, test_server, schema);
}

static struct record *programme(struct place *p, const char *number)
{
    struct record *r = record_new(p->arena, model_find("programme"));
    record_set_text(r, "number", number);
    record_set_text(r, "title", "It's \"a, programme\"\nin two lines \xd8\xa3");
    record_set_text(r, "crime", "tip");
    record_set_text(r, "starts_on", "2024-01-01");
    record_set_text(r, "ends_on", "2026-12-31");
    record_set_text(r, "state", "running");
    record_set_text(r, "currency", "USD");
    return r;
}

static void save(struct store *s, struct arena *a, struct record *r)
{
    struct store_tx *tx;
    ok(store_begin(s, &tester, NULL, &tx, &e));
    ok(store_save(tx, a, r, &e));
    ok(store_commit(tx, &e));
}

static int set_up(void **state)
{
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    struct place *p = ARENA_MAKE(a, struct place);
    p->arena = a;
    *state = p;
    snprintf(p->home, sizeof p->home, "/tmp/mainstay-backup-XXXXXX");
    assert_non_null(mkdtemp(p->home));
    p->folder = path(p, "office");
    p->backup = path(p, "office.backup");
    p->workspace = new_workspace(p, "office");
    ok(store_init(p->workspace, &e));
    ok(store_open(p->workspace, false, &p->store, &e));
    for (int i = 0; i < 30; i++) {
        save(p->store, a, programme(p, arena_printf(a, "P%02d", i)));
    }
    struct record *risk = record_new(a, model_find("risk"));
    struct record *owner;
    struct db_read *db;
    ok(db_reader(store_db(p->store), &db, &e));
    ok(store_get(db, a, model_find("programme"), "P00", &owner, &e));
    record_set_text(risk, "programme_id", owner->id);
    record_set_text(risk, "statement", "A risk");
    record_set_text(risk, "state", "open");
    save(p->store, a, risk);
    char *bytes = arena_alloc(a, FILE_BYTES);
    for (size_t i = 0; i < FILE_BYTES; i++) {
        bytes[i] = (char)(i * i >> 3);
    }
    ok(store_file_put(p->store, a, bytes, FILE_BYTES, &p->file, &e));
    ok(store_file_put(p->store, a, "", 0, &(const char *){0}, &e));
    return 0;
}

static int tear_down(void **state)
{
    struct place *p = *state;
    store_close(p->store);
    ok(folder_remove(p->home, &e));
    for (; test_server != NULL && n_schemas > 0; n_schemas--) {
        char schema[40];
        snprintf(schema, sizeof schema, "backup_%ld_%d", (long)getpid(), n_schemas - 1);
        ok(db_schema_remove(test_server, schema, &e));
    }
    arena_free(p->arena);
    return 0;
}

static void close_store(struct place *p)
{
    store_close(p->store);
    p->store = NULL;
}

// The workspace is sound and holds so many programmes.
static void check_workspace(struct place *p, const char *workspace, int64_t programmes)
{
    struct store *s;
    struct db_read *db;
    struct store_fault *faults;
    size_t n_faults, len;
    int64_t n;
    const char *bytes;
    ok(store_open(workspace, false, &s, &e));
    ok(store_verify(s, p->arena, &faults, &n_faults, &n, &e));
    assert_int_equal(n_faults, 0);
    ok(db_reader(store_db(s), &db, &e));
    ok(store_count(db, p->arena, model_find("programme"), &(struct store_query){0}, &n, &e));
    if (programmes >= 0) {
        assert_int_equal(n, programmes);
    }
    ok(store_file_get(s, p->arena, p->file, &bytes, &len, &e));
    assert_int_equal(len, FILE_BYTES);
    save(s, p->arena, programme(p, "AFTER"));
    store_close(s);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

#endif
