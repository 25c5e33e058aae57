// SPDX-License-Identifier: AGPL-3.0-or-later
//
// engines_test_help.h: runs a group of unit tests on SQLite, and on PostgreSQL when
// MAINSTAY_TEST_POSTGRES holds the address of a database.

#ifndef DB_ENGINES_TEST_HELP_H
#define DB_ENGINES_TEST_HELP_H

#include <stdlib.h>

static const char *test_server; // NULL: SQLite

static int run_on_both(int (*group)(const char *engine))
{
    int failed = group("SQLite");
    test_server = getenv("MAINSTAY_TEST_POSTGRES");
    if (test_server != NULL && test_server[0] != '\0') {
        failed += group("PostgreSQL");
    }
    return failed;
}

#endif
