// SPDX-License-Identifier: AGPL-3.0-or-later
//
// bare_commit.c: the least a durable save costs in SQLite: one row of the table partner a
// transaction, WAL, synchronous = FULL, statements prepared once. No change log, no hash, no
// signature, no check. bench/run compares `mainstay bench save` with it.
//
//   bare_commit DIR SAVES      prints "ms" and the time, and "saves" and the rows found afterwards

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static sqlite3 *db;

static void check(int rc)
{
    if (rc != SQLITE_OK && rc != SQLITE_DONE && rc != SQLITE_ROW) {
        fprintf(stderr, "bare_commit: %s\n", sqlite3_errmsg(db));
        exit(1);
    }
}

static sqlite3_stmt *prepare(const char *sql)
{
    sqlite3_stmt *s;
    check(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL));
    return s;
}

static void run(sqlite3_stmt *s)
{
    check(sqlite3_step(s));
    check(sqlite3_reset(s));
}

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

int main(int argc, char **argv)
{
    char path[4096];
    int saves = argc == 3 ? atoi(argv[2]) : 0;
    if (saves < 1 || (size_t)snprintf(path, sizeof path, "%s/bare.db", argv[1]) >= sizeof path) {
        fprintf(stderr, "bare_commit: say folder and number of saves\n");
        return 2;
    }
    check(sqlite3_open(path, &db));
    check(sqlite3_exec(db,
                       "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                       "CREATE TABLE partner (id TEXT PRIMARY KEY, version TEXT NOT NULL,"
                       " changed_at TEXT NOT NULL, programme_id TEXT NOT NULL, name TEXT NOT NULL,"
                       " role TEXT) STRICT;"
                       "CREATE INDEX partner_programme_id ON partner (programme_id)",
                       NULL, NULL, NULL));
    sqlite3_stmt *begin = prepare("BEGIN IMMEDIATE");
    sqlite3_stmt *commit = prepare("COMMIT");
    sqlite3_stmt *insert = prepare("INSERT INTO partner VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    double start = now_ms();
    for (int i = 0; i < saves; i++) {
        char id[32];
        char version[80];
        char name[64];
        snprintf(id, sizeof id, "01m80qb8t%017d", i);
        snprintf(version, sizeof version, "%064d", i);
        snprintf(name, sizeof name, "Partner %d of the sample", i);
        run(begin);
        sqlite3_bind_text(insert, 1, id, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 2, version, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 3, "2026-01-01T00:00:00Z", -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 4, "01m80qb8tbqhk5skjnqdbhjth5", -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 5, name, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 6, "gives rooms and people for courses", -1, SQLITE_STATIC);
        run(insert);
        run(commit);
    }
    double ms = now_ms() - start;
    sqlite3_stmt *count = prepare("SELECT COUNT(*) FROM partner");
    check(sqlite3_step(count));
    printf("saves\t%d\nms\t%.1f\n", sqlite3_column_int(count, 0), ms);
    sqlite3_finalize(count);
    sqlite3_finalize(begin);
    sqlite3_finalize(commit);
    sqlite3_finalize(insert);
    sqlite3_close(db);
    return 0;
}
