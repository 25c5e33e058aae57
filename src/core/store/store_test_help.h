// SPDX-License-Identifier: AGPL-3.0-or-later
//
// store_test_help.h: an empty workspace for the unit tests of core/store.
//
// PostgreSQL is tried when MAINSTAY_TEST_POSTGRES holds the address of a database; each test gets a
// schema of its own in it, which is removed afterwards.

#ifndef STORE_STORE_TEST_HELP_H
#define STORE_STORE_TEST_HELP_H

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
#include "store/store.h"

struct place {
    struct arena *arena;
    struct store *store;
    char folder[64];
    char schema[64]; // on the server
};
static struct err_info e;

static void ok(enum err err)
{
    if (err != ERR_NONE) {
        fail_msg("%s: %s (%s) %s", err_name(err), e.text, e.args[0], e.detail);
    }
}

// A new workspace in a new folder. On PostgreSQL the database is one schema of its own for each test.
static int set_up(void **state)
{
    static int number;
    struct place *p = calloc(1, sizeof *p);
    p->arena = arena_new(LIMIT_REQUEST_BYTES);
    snprintf(p->folder, sizeof p->folder, "/tmp/mainstay-test-XXXXXX");
    if (mkdtemp(p->folder) == NULL) {
        return -1;
    }
    const char *workspace = p->folder;
    if (test_server != NULL) {
        snprintf(p->schema, sizeof p->schema, "store_%ld_%d", (long)getpid(), number++);
        ok(db_schema_make(test_server, p->schema, &e));
        workspace = db_schema_address(p->arena, test_server, p->schema);
        setenv("MAINSTAY_HOME", p->folder, 1);
    }
    ok(store_init(workspace, &e));
    ok(store_open(workspace, false, &p->store, &e));
    *state = p;
    return 0;
}

static int tear_down(void **state)
{
    struct place *p = *state;
    store_close(p->store);
    ok(folder_remove(p->folder, &e));
    if (test_server != NULL) {
        ok(db_schema_remove(test_server, p->schema, &e));
    }
    arena_free(p->arena);
    free(p);
    return 0;
}

static inline struct record *programme(struct place *p, const char *number)
{
    struct record *r = record_new(p->arena, model_find("programme"));
    record_set_text(r, "number", number);
    record_set_text(r, "title", "A programme");
    record_set_text(r, "crime", "tip");
    record_set_text(r, "starts_on", "2024-01-01");
    record_set_text(r, "ends_on", "2026-12-31");
    record_set_text(r, "state", "running");
    record_set_text(r, "currency", "USD");
    return r;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

#endif
