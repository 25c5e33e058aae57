// SPDX-License-Identifier: AGPL-3.0-or-later
//
// postgres_dump.c: tables as COPY writes and reads them.
//
// CSV, because it alone has a head line on all supported servers; NULL is nothing and an empty text
// is "". Source: PostgreSQL 15 manual, COPY.

#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "db/db_dump.h"
#include "db/postgres_private.h"

#define PIECE_BYTES ((size_t)64 * 1024)
// The head line of a table: names of its columns.
#define HEAD_BYTES 8192

static enum err copy_out(struct arena *a, struct db_read *r, const char *table,
                         const struct db_sink *sink, struct err_info *e)
{
    const struct libpq *pq = libpq();
    PGresult *result = pq->PQexec(
        r->handle, arena_printf(a, "COPY \"%s\" TO STDOUT WITH (FORMAT csv, HEADER true)", table));
    enum err code = ERR_NONE;
    if (pq->PQresultStatus(result) != PGRES_COPY_OUT) {
        code = db_postgres_fail(r, "copy", result, e);
    } else {
        char *row;
        int len;
        // Rows keep coming after an error of the sink and are dropped: the wire must be free again.
        while ((len = pq->PQgetCopyData(r->handle, &row, 0)) > 0) {
            if (code == ERR_NONE) {
                code = sink->add(sink->context, row, (size_t)len, e);
            }
            pq->PQfreemem(row);
        }
        if (len == -2 && code == ERR_NONE) {
            code = db_postgres_fail(r, "copy", NULL, e);
        }
    }
    pq->PQclear(result);
    while ((result = pq->PQgetResult(r->handle)) != NULL) {
        if (pq->PQresultStatus(result) != PGRES_COMMAND_OK && code == ERR_NONE) {
            code = db_postgres_fail(r, "copy", result, e);
        }
        pq->PQclear(result);
    }
    return code;
}

enum err db_postgres_dump(struct arena *a, struct db_read *r, const char *scratch,
                          const struct db_sink *sink, struct err_info *e)
{
    (void)scratch;
    struct db_table *tables;
    size_t n;
    enum err code = db_tables(a, r, &tables, &n, e);
    db_postgres_free_wire(r);
    for (size_t i = 0; i < n && code == ERR_NONE; i++) {
        code = sink->begin(sink->context, arena_printf(a, "tables/%s", tables[i].name), e);
        if (code == ERR_NONE) {
            code = copy_out(a, r, tables[i].name, sink, e);
        }
    }
    return code;
}

enum err db_postgres_check_health(struct db_read *r, struct err_info *e)
{
    // The server keeps references itself and has its own tools (amcheck); a round trip shows that it
    // answers.
    return db_postgres_run(r, "health", "SELECT 1", e);
}

// ---- loading -------------------------------------------------------------------------------------

// The head line names the columns: a list we wrote ourselves, so anything but plain names is damage.
static enum err read_head(FILE *in, char head[HEAD_BYTES], const char *table, struct err_info *e)
{
    if (fgets(head, HEAD_BYTES, in) != NULL) {
        head[strcspn(head, "\n")] = '\0';
        if (head[0] != '\0' &&
            head[strspn(head, "abcdefghijklmnopqrstuvwxyz0123456789_,")] == '\0') {
            return ERR_NONE;
        }
    }
    return err_set(e, ERR_DAMAGED, NULL, MSG("The backup has no columns for the table {0}."), NULL,
                   table, (char *)NULL);
}

static enum err send_rows(struct db_read *c, FILE *in, char *piece, struct err_info *e)
{
    const struct libpq *pq = libpq();
    size_t n;
    while ((n = fread(piece, 1, PIECE_BYTES, in)) > 0) {
        if (pq->PQputCopyData(c->handle, piece, (int)n) != 1) {
            return db_postgres_fail(c, "load", NULL, e);
        }
    }
    const char *broken = ferror(in) ? "the file cannot be read" : NULL;
    return pq->PQputCopyEnd(c->handle, broken) == 1 ? ERR_NONE
                                                    : db_postgres_fail(c, "load", NULL, e);
}

// a,b becomes a","b
static const char *quoted_list(struct arena *a, const char *head)
{
    char *out = arena_alloc(a, strlen(head) * 3 + 1), *to = out;
    for (const char *from = head; *from != '\0'; from++) {
        if (*from == ',') {
            *to++ = '"';
            *to++ = ',';
            *to++ = '"';
        } else {
            *to++ = *from;
        }
    }
    return out;
}

static enum err copy_in(struct arena *a, struct db_read *c, const char *table, FILE *in,
                        struct err_info *e)
{
    const struct libpq *pq = libpq();
    char *head = arena_alloc(a, HEAD_BYTES);
    enum err code = read_head(in, head, table, e);
    if (code == ERR_NONE) {
        code = db_postgres_run(c, "load", "SET CONSTRAINTS ALL DEFERRED", e);
    }
    if (code != ERR_NONE) {
        return code;
    }
    PGresult *result = pq->PQexec(
        c->handle, arena_printf(a, "COPY \"%s\" (\"%s\") FROM STDIN WITH (FORMAT csv)", table,
                                quoted_list(a, head)));
    if (pq->PQresultStatus(result) != PGRES_COPY_IN) {
        code = db_postgres_fail(c, "load", result, e);
    } else {
        code = send_rows(c, in, arena_alloc(a, PIECE_BYTES), e);
    }
    pq->PQclear(result);
    while ((result = pq->PQgetResult(c->handle)) != NULL) {
        if (pq->PQresultStatus(result) != PGRES_COMMAND_OK && code == ERR_NONE) {
            code = db_postgres_fail(c, "load", result, e);
        }
        pq->PQclear(result);
    }
    return code;
}

enum err db_postgres_load(struct db_read *c, const char *table, const char *path,
                          struct err_info *e)
{
    FILE *in = fopen(path, "rb");
    if (in == NULL) {
        return err_set(e, ERR_FAILED, NULL, MSG("{0} cannot be read."), NULL, path, (char *)NULL);
    }
    struct arena *a = arena_new((size_t)1024 * 1024);
    db_postgres_free_wire(c);
    enum err code = copy_in(a, c, table, in, e);
    arena_free(a);
    fclose(in);
    return code;
}
