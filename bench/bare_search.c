// SPDX-License-Identifier: AGPL-3.0-or-later
//
// bare_search.c: the least a search costs in SQLite: the query of FTS5 alone, the best twenty by rank,
// with title and snippet. No rights, no kinds, no addresses. bench/run compares our search with it.
//
//   bare_search DATABASE ROUNDS MATCH...      prints microseconds of processor time (median) and matches for each

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static long long now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (long long)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int by_size(const void *x, const void *y)
{
    long long a = *(const long long *)x;
    long long b = *(const long long *)y;
    return a < b ? -1 : a > b;
}

int main(int argc, char **argv)
{
    sqlite3 *db;
    sqlite3_stmt *q;
    long rounds = argc < 4 ? 0 : strtol(argv[2], NULL, 10);
    if (rounds < 1 || rounds > 100000 ||
        sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
        // pages in memory as each of our readers has them, since 32 of them must fit into 50 MB
        sqlite3_exec(db, "PRAGMA cache_size = -512", NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db,
                           "SELECT d.title, snippet(search_index, 1, '[', ']', '..', 20)"
                           "  FROM search_index i JOIN search_doc d ON d.id = i.rowid"
                           " WHERE search_index MATCH ?1 ORDER BY i.rank LIMIT 20",
                           -1, &q, NULL) != SQLITE_OK) {
        fprintf(stderr, "usage: bare_search DATABASE ROUNDS MATCH...\n");
        return 2;
    }
    long long *us = calloc((size_t)rounds, sizeof *us);
    for (int i = 3; us != NULL && i < argc; i++) {
        long rows = 0;
        for (long k = 0; k < rounds; k++) {
            long long start = now_us();
            sqlite3_bind_text(q, 1, argv[i], -1, SQLITE_STATIC);
            for (rows = 0; sqlite3_step(q) == SQLITE_ROW; rows++) {
                (void)sqlite3_column_text(q, 0);
                (void)sqlite3_column_text(q, 1);
            }
            sqlite3_reset(q);
            us[k] = now_us() - start;
        }
        qsort(us, (size_t)rounds, sizeof *us, by_size);
        printf("us\t%lld\t%ld\n", us[rounds / 2], rows);
    }
    free(us);
    sqlite3_finalize(q);
    sqlite3_close(db);
    return 0;
}
