// SPDX-License-Identifier: AGPL-3.0-or-later
//
// postgres.c: the driver for a server: connections, transactions, errors.
//
// Not here: statements and rows (postgres_query.c).
// Source: PostgreSQL 15 manual, chapter 34 (libpq), appendix A (error codes).

#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "db/postgres_private.h"
#include "db/postgres_query.h"

#define CONNECT_SECONDS "10"

static PGconn *handle_of(const struct db_read *c)
{
    return c->handle;
}

// ---- errors --------------------------------------------------------------------------------------

static bool begins(const char *state, const char *beginning)
{
    return strncmp(state, beginning, strlen(beginning)) == 0;
}

static enum err map(const char *state, struct err_info *e)
{
    static const struct {
        const char *state; // or its beginning; the first that fits counts
        enum err (*set)(struct err_info *);
    } kinds[] = {
        {"23505", db_err_not_unique}, {"23503", db_err_reference}, {"23", db_err_value},
        {"22", db_err_value},         {"53100", db_err_disk_full}, {"40", db_err_busy},
        {"55P03", db_err_busy},       {"08", db_err_lost},         {"57P", db_err_lost},
    };
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        if (begins(state, kinds[i].state)) {
            return kinds[i].set(e);
        }
    }
    return db_err_failed(e);
}

enum err db_postgres_fail(struct db_read *c, const char *what, const PGresult *result,
                          struct err_info *e)
{
    const char *state = libpq()->PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *text = libpq()->PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    if (libpq()->PQstatus(handle_of(c)) != CONNECTION_OK) {
        enum err code = db_err_lost(e);
        err_detail(e, "%s: PostgreSQL: %s", what, libpq()->PQerrorMessage(handle_of(c)));
        return code;
    }
    enum err code = map(state == NULL ? "" : state, e);
    // The message of a data exception (class 22) quotes the value; those of other classes name only
    // tables and rules, and the values stand in other parts.
    bool quotes = state == NULL || begins(state, "22");
    err_detail(e, "%s: PostgreSQL %s: %s", what, state == NULL ? "" : state,
               quotes || text == NULL ? "" : text);
    return code;
}

// ---- connections ---------------------------------------------------------------------------------

static enum err first_word(struct db_read *c, const char *what, const char *sql, char *out,
                           size_t size, struct err_info *e)
{
    const struct libpq *pq = libpq();
    PGresult *result = pq->PQexec(handle_of(c), sql);
    enum err code = ERR_NONE;
    if (pq->PQresultStatus(result) != PGRES_TUPLES_OK || pq->PQntuples(result) != 1) {
        code = db_postgres_fail(c, what, result, e);
    } else {
        snprintf(out, size, "%s", pq->PQgetvalue(result, 0, 0));
    }
    pq->PQclear(result);
    return code;
}

enum err db_postgres_run(struct db_read *c, const char *what, const char *sql, struct err_info *e)
{
    const struct libpq *pq = libpq();
    db_postgres_free_wire(c);
    PGresult *result = pq->PQexec(handle_of(c), sql);
    ExecStatusType status = pq->PQresultStatus(result);
    enum err code = ERR_NONE;
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
        code = db_postgres_fail(c, what, result, e);
    }
    pq->PQclear(result);
    return code;
}

static void ignore_notice(void *unused, const char *text)
{
    (void)unused, (void)text;
}

// Lists must come in the same order from both engines: by code point, and in UTF-8.
static enum err check_order(struct db_read *c, struct err_info *e)
{
    static const char ask[] =
        "SELECT CASE WHEN current_setting('server_encoding') <> 'UTF8' THEN 'encoding'"
        " WHEN 'a'::text < 'B'::text OR '\xc3\xa9'::text < 'z'::text THEN 'order' ELSE 'good' END";
    char answer[16];
    enum err code = first_word(c, "order of text", ask, answer, sizeof answer, e);
    if (code == ERR_NONE && strcmp(answer, "good") != 0) {
        code = err_set(e, ERR_USAGE, NULL,
                       MSG("The PostgreSQL database sorts or stores text in a way that cannot be used."),
                       MSG("Make it anew with: createdb --template=template0 --locale=C "
                           "--encoding=UTF8 NAME"),
                       (char *)NULL);
    }
    return code;
}

static enum err set_up(struct db_read *c, struct err_info *e)
{
    enum err code = db_postgres_run(c, "set up",
                                    "SET client_min_messages = error;"
                                    "SET standard_conforming_strings = on;"
                                    "SET bytea_output = hex;"
                                    "SET extra_float_digits = 1;"
                                    "SET lock_timeout = '10s';"
                                    "SET idle_in_transaction_session_timeout = '10min'", e);
    if (code == ERR_NONE && !c->writable) {
        code = db_postgres_run(c, "set up", "SET default_transaction_read_only = on", e);
    }
    return code == ERR_NONE ? check_order(c, e) : code;
}

static void disconnect(struct db_read *c)
{
    libpq()->PQfinish(handle_of(c));
    c->handle = NULL;
    c->streaming = NULL;
}

static enum err connect(struct db_read *c, struct err_info *e)
{
    enum err code = libpq_load(e);
    if (code != ERR_NONE) {
        return code;
    }
    const struct libpq *pq = libpq();
    // What stands before the address may be overruled by it; what stands after may not.
    const char *const keys[] = {"connect_timeout", "dbname", "client_encoding", "application_name",
                                NULL};
    const char *const values[] = {CONNECT_SECONDS, c->db->address, "UTF8", "mainstay", NULL};
    PGconn *handle = pq->PQconnectdbParams(keys, values, 1);
    if (handle == NULL) {
        bug("out of memory");
    }
    c->handle = handle;
    c->streaming = NULL;
    if (pq->PQstatus(handle) != CONNECTION_OK) {
        code = err_set(e, ERR_FAILED, NULL, MSG("The database server cannot be reached."),
                       MSG("Is the address right, is the server running, may this user sign in?"),
                       (char *)NULL);
        err_detail(e, "connect: PostgreSQL: %s", pq->PQerrorMessage(handle));
    } else {
        pq->PQsetNoticeProcessor(handle, ignore_notice, NULL);
        code = set_up(c, e);
    }
    if (code != ERR_NONE) {
        disconnect(c);
    }
    return code;
}

// Reads what the server may have said meanwhile: first its good-bye, then that the wire was cut.
static bool is_alive(struct db_read *c)
{
    const struct libpq *pq = libpq();
    return pq->PQconsumeInput(handle_of(c)) == 1 && pq->PQconsumeInput(handle_of(c)) == 1 &&
           pq->PQstatus(handle_of(c)) == CONNECTION_OK;
}

// ---- transactions --------------------------------------------------------------------------------

static enum err begin(struct db_read *c, struct err_info *e)
{
    // The state is fixed by the first statement, not by BEGIN.
    return db_postgres_run(
        c, "begin",
        c->writable ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1", e);
}

static enum err commit(struct db_read *c, struct err_info *e)
{
    const struct libpq *pq = libpq();
    db_postgres_free_wire(c);
    PGresult *result = pq->PQexec(handle_of(c), "COMMIT");
    enum err code = ERR_NONE;
    // A transaction in which something failed answers COMMIT with ROLLBACK and no error.
    if (pq->PQresultStatus(result) != PGRES_COMMAND_OK ||
        strcmp(pq->PQcmdStatus(result), "COMMIT") != 0) {
        code = db_postgres_fail(c, "commit", result, e);
    }
    pq->PQclear(result);
    return code;
}

static void rollback(struct db_read *c)
{
    // A lost connection has rolled back already; the next use connects anew.
    struct err_info unused;
    enum err ignored = db_postgres_run(c, "rollback", "ROLLBACK", &unused);
    (void)ignored;
}

static enum err script(struct db_read *c, const char *sql, struct err_info *e)
{
    return db_postgres_run(c, "script", sql, e);
}

const struct db_driver db_driver_postgres = {
    .engine = DB_POSTGRES,
    .query_bytes = sizeof(struct postgres_query),
    .connect = connect,
    .disconnect = disconnect,
    .is_alive = is_alive,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .script = script,
    .prepare = postgres_prepare,
    .unprepare = postgres_unprepare,
    .bind = postgres_bind,
    .step = postgres_step,
    .reset = postgres_reset,
    .empty_column = postgres_empty_column,
    .is_null = postgres_is_null,
    .text = postgres_text,
    .number = postgres_number,
    .real = postgres_real,
    .bytes = postgres_bytes,
    .check = postgres_check,
    .dump = db_postgres_dump,
    .check_health = db_postgres_check_health,
    .load = db_postgres_load,
    .types = {"text", "text", "bigint", "double precision", "bytea"},
    .table_end = "",
    // One number that all Mainstays agree on; it locks nothing else.
    .lock_migrations = "SELECT pg_advisory_xact_lock(5524001)",
};
