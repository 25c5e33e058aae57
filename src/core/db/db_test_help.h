// SPDX-License-Identifier: AGPL-3.0-or-later
//
// db_test_help.h: an empty database of either engine for the unit tests of core/db.
//
// PostgreSQL is tried when MAINSTAY_TEST_POSTGRES holds the address of a database; each test gets a
// schema of its own in it, which is removed afterwards.

#ifndef DB_DB_TEST_HELP_H
#define DB_DB_TEST_HELP_H

#define _GNU_SOURCE // usleep

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/bug.h"
#include "base/limits.h"
#include "db/db_check.h"
#include "db/db_private.h"
#include "db/engines_test_help.h"

struct place {
    char folder[64];   // a new empty folder
    char address[600]; // of the database in it, or on the server
    char schema[64];   // on the server
};

static int place_make(struct place *p)
{
    static int number;
    snprintf(p->folder, sizeof p->folder, "/tmp/mainstay_db_XXXXXX");
    assert_non_null(mkdtemp(p->folder));
    snprintf(p->address, sizeof p->address, "%s/mainstay.db", p->folder);
    if (test_server != NULL) {
        snprintf(p->schema, sizeof p->schema, "test_%ld_%d", (long)getpid(), number++);
        struct err_info e;
        struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
        assert_int_equal(db_schema_make(test_server, p->schema, &e), ERR_NONE);
        snprintf(p->address, sizeof p->address, "%s",
                 db_schema_address(a, test_server, p->schema));
        arena_free(a);
    }
    return 0;
}

static int place_remove(struct place *p)
{
    DIR *d = opendir(p->folder);
    assert_non_null(d);
    for (struct dirent *f; (f = readdir(d)) != NULL;) {
        char path[400];
        snprintf(path, sizeof path, "%s/%s", p->folder, f->d_name);
        if (f->d_name[0] != '.') {
            unlink(path);
        }
    }
    closedir(d);
    rmdir(p->folder);
    if (test_server != NULL) {
        struct err_info e;
        assert_int_equal(db_schema_remove(test_server, p->schema, &e), ERR_NONE);
    }
    return 0;
}

// An open database without tables.
struct fixture {
    struct place place;
    struct db *db;
    struct err_info e;
};

#define OK(call) assert_int_equal((call), ERR_NONE)

static inline int fixture_open(void **state)
{
    static struct fixture f;
    f = (struct fixture){0};
    *state = &f;
    place_make(&f.place);
    OK(db_open(f.place.address, &f.db, &f.e));
    return 0;
}

static inline int fixture_close(void **state)
{
    struct fixture *f = *state;
    db_close(f->db);
    return place_remove(&f->place);
}

#endif
