// SPDX-License-Identifier: AGPL-3.0-or-later
//
// bare_commit.c: the yardstick of a save: one row and its change record of the same sizes, inserted and
// committed durably (WAL, synchronous FULL), over and over, with nothing checked, hashed or signed.
//
// Usage: bare_commit DATABASE SAVES      prints saves per second

#define _POSIX_C_SOURCE 200809L
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void must(int ok, sqlite3 *db)
{
    if (!ok) {
        fprintf(stderr, "bare_commit: %s\n", db == NULL ? "?" : sqlite3_errmsg(db));
        exit(1);
    }
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *record, *change;
    if (argc != 3) {
        fprintf(stderr, "usage: bare_commit DATABASE SAVES\n");
        return 2;
    }
    long saves = strtol(argv[2], NULL, 10);
    must(sqlite3_open(argv[1], &db) == SQLITE_OK, db);
    // the columns and indexes of a record of medium size and of the change log
    must(sqlite3_exec(db,
                      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                      "CREATE TABLE record (id TEXT PRIMARY KEY, version TEXT, changed_at TEXT,"
                      " programme_id TEXT, title TEXT, statement TEXT, state TEXT) STRICT;"
                      "CREATE INDEX record_programme ON record (programme_id);"
                      "CREATE TABLE change (name TEXT PRIMARY KEY, compartment TEXT, node TEXT,"
                      " seq INTEGER, previous TEXT, kind TEXT, record_id TEXT, op TEXT, base TEXT,"
                      " fields TEXT, actor TEXT, reason TEXT, logical INTEGER, wall TEXT,"
                      " signature BLOB) STRICT;"
                      "CREATE UNIQUE INDEX change_seq ON change (compartment, node, seq);"
                      "CREATE INDEX change_record ON change (kind, record_id);",
                      NULL, NULL, NULL) == SQLITE_OK,
         db);
    must(sqlite3_prepare_v2(db, "INSERT INTO record VALUES ($1,$2,$3,$4,$5,$6,'open')", -1, &record,
                            NULL) == SQLITE_OK,
         db);
    must(sqlite3_prepare_v2(db,
                            "INSERT INTO change VALUES ($1,$2,$3,$4,$1,'risk',$5,'create','',$6,"
                            "'owner','',$4,$7,$8)",
                            -1, &change, NULL) == SQLITE_OK,
         db);
    char statement[201], fields[401], signature[64] = {0};
    memset(statement, 's', 200);
    memset(fields, 'f', 400);
    statement[200] = fields[400] = '\0';
    double begun = now();
    for (long i = 0; i < saves; i++) {
        char id[27], hash[65];
        snprintf(id, sizeof id, "%026lx", (unsigned long)i * 2654435761UL);
        snprintf(hash, sizeof hash, "%064lx", (unsigned long)i * 2654435761UL);
        must(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK, db);
        sqlite3_bind_text(record, 1, id, -1, SQLITE_STATIC);
        sqlite3_bind_text(record, 2, hash, -1, SQLITE_STATIC);
        sqlite3_bind_text(record, 3, "2026-11-22T10:00:00.000Z", -1, SQLITE_STATIC);
        sqlite3_bind_text(record, 4, "01m80nk9cvwatfhd7301a4pz93", -1, SQLITE_STATIC);
        sqlite3_bind_text(record, 5, "A title of medium length, forty characters", -1, SQLITE_STATIC);
        sqlite3_bind_text(record, 6, statement, -1, SQLITE_STATIC);
        must(sqlite3_step(record) == SQLITE_DONE, db);
        sqlite3_reset(record);
        sqlite3_bind_text(change, 1, hash, -1, SQLITE_STATIC);
        sqlite3_bind_text(change, 2, "01m80nk9cvwatfhd7301a4pz93", -1, SQLITE_STATIC);
        sqlite3_bind_text(change, 3, hash, -1, SQLITE_STATIC);
        sqlite3_bind_int64(change, 4, i);
        sqlite3_bind_text(change, 5, id, -1, SQLITE_STATIC);
        sqlite3_bind_text(change, 6, fields, -1, SQLITE_STATIC);
        sqlite3_bind_text(change, 7, "2026-11-22T10:00:00.000Z", -1, SQLITE_STATIC);
        sqlite3_bind_blob(change, 8, signature, sizeof signature, SQLITE_STATIC);
        must(sqlite3_step(change) == SQLITE_DONE, db);
        sqlite3_reset(change);
        must(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK, db);
    }
    printf("%.0f\n", (double)saves / (now() - begun));
    return 0;
}
