// SPDX-License-Identifier: AGPL-3.0-or-later
//
// postgres_query.c: statements and rows of the PostgreSQL driver.
//
// Rows come one by one, so that an export of a million records needs the memory of one. A connection
// carries one answer at a time: when a second statement starts while rows of a first are still
// coming, those rows are taken off the wire and saved, up to LIMIT_REQUEST_BYTES.

#include "db/postgres_query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/limits.h"

#define FIRST_ROOM 16
#define FIRST_COPY_BYTES 256

static struct postgres_query *of(struct db_query *q)
{
    return (struct postgres_query *)q;
}

static PGconn *wire(const struct db_query *q)
{
    return q->connection->handle;
}

const char *db_postgres_name(const struct db_query *q)
{
    return ((const struct postgres_query *)q)->name;
}

Oid db_postgres_type(char letter)
{
    switch (letter) {
    case 't':
    case 'T':
        return POSTGRES_TEXT;
    case 'i':
    case 'I':
        return POSTGRES_INT8;
    case 'r':
    case 'R':
        return POSTGRES_FLOAT8;
    case 'b':
    case 'B':
        return POSTGRES_BYTEA;
    }
    bug("a letter that is no type");
}

// ---- preparing -----------------------------------------------------------------------------------

static void make_room(struct postgres_query *p)
{
    int need = p->base.n_in > p->base.n_out ? p->base.n_in : p->base.n_out;
    if (need <= p->room) {
        return;
    }
    int room = FIRST_ROOM;
    while (room < need) {
        room *= 2;
    }
    struct arena *a = p->base.connection->arena;
    size_t n = (size_t)room;
    p->values = ARENA_ARRAY(a, const char *, n);
    p->lengths = ARENA_ARRAY(a, int, n);
    p->formats = ARENA_ARRAY(a, int, n);
    p->types = ARENA_ARRAY(a, Oid, n);
    p->numbers = arena_array(a, sizeof *p->numbers, n);
    p->cells = ARENA_ARRAY(a, struct postgres_cell, n);
    p->room = room;
}

static enum err check_shape(struct db_query *q, struct err_info *e)
{
    const struct libpq *pq = libpq();
    PGresult *result = pq->PQdescribePrepared(wire(q), db_postgres_name(q));
    enum err code = ERR_NONE;
    if (pq->PQresultStatus(result) != PGRES_COMMAND_OK) {
        code = db_postgres_fail(q->connection, q->statement->name, result, e);
    } else if (pq->PQnparams(result) != q->n_in || pq->PQnfields(result) != q->n_out) {
        code = db_err_declared(e, q, "declares %d parameters and %d columns, has %d and %d", q->n_in,
                               q->n_out, pq->PQnparams(result), pq->PQnfields(result));
    }
    pq->PQclear(result);
    return code;
}

enum err postgres_prepare(struct db_query *q, struct err_info *e)
{
    const struct libpq *pq = libpq();
    struct postgres_query *p = of(q);
    db_postgres_free_wire(q->connection);
    make_room(p);
    for (int i = 0; i < q->n_in; i++) {
        p->types[i] = db_postgres_type(q->in[i]);
    }
    // A name is never used twice, so one that could not be forgotten on the server does no harm.
    snprintf(p->name, sizeof p->name, "s%u", ++q->connection->n_names);
    PGresult *result = pq->PQprepare(wire(q), p->name, q->sql, q->n_in, p->types);
    enum err code = ERR_NONE;
    if (pq->PQresultStatus(result) != PGRES_COMMAND_OK) {
        code = db_postgres_fail(q->connection, q->statement->name, result, e);
    }
    pq->PQclear(result);
    return code == ERR_NONE ? check_shape(q, e) : code;
}

void postgres_unprepare(struct db_query *q)
{
    struct db_read *c = q->connection;
    if (!c->failed && libpq()->PQstatus(wire(q)) == CONNECTION_OK) {
        char sql[32];
        struct err_info unused;
        snprintf(sql, sizeof sql, "DEALLOCATE %s", db_postgres_name(q));
        if (db_postgres_run(c, "forget", sql, &unused) != ERR_NONE && c->in_transaction) {
            c->failed = true;
        }
    }
}

// ---- binding -------------------------------------------------------------------------------------

// Rows are asked for later than the values are given, so a statement with rows keeps a copy. Earlier
// copies of the run stay where they are.
static const char *keep(struct postgres_query *p, const struct db_value *v)
{
    if (p->base.n_out == 0) {
        return v->bytes;
    }
    if (v->len + 1 > p->copies_room - p->copies_len) {
        size_t room = p->copies_room == 0 ? FIRST_COPY_BYTES : p->copies_room;
        while (room < v->len + 1) {
            room *= 2;
        }
        p->copies = arena_alloc(p->base.connection->arena, room * 2);
        p->copies_room = room * 2;
        p->copies_len = 0;
    }
    char *copy = p->copies + p->copies_len;
    memcpy(copy, v->bytes, v->len);
    copy[v->len] = '\0';
    p->copies_len += v->len + 1;
    return copy;
}

enum err postgres_bind(struct db_query *q, int i, const struct db_value *v)
{
    struct postgres_query *p = of(q);
    int at = i - 1;
    p->formats[at] = v->letter == 'b'; // bytes as they are, all else as text
    p->lengths[at] = (int)v->len;
    p->values[at] = NULL;
    switch (v->letter) {
    case 't':
    case 'b':
        if (v->len > LIMIT_VALUE_BYTES) {
            return ERR_TOO_LARGE;
        }
        p->values[at] = keep(p, v);
        break;
    case 'i':
        snprintf(p->numbers[at], sizeof p->numbers[at], "%lld", (long long)v->number);
        p->values[at] = p->numbers[at];
        break;
    case 'r':
        snprintf(p->numbers[at], sizeof p->numbers[at], "%.17g", v->real);
        p->values[at] = p->numbers[at];
        break;
    }
    return ERR_NONE;
}

// ---- rows ----------------------------------------------------------------------------------------

static void drop_row(struct postgres_query *p)
{
    for (int i = 0; i < p->base.n_out; i++) {
        if (p->cells[i].bytes != NULL) {
            libpq()->PQfreemem(p->cells[i].bytes);
        }
        p->cells[i] = (struct postgres_cell){0};
    }
    libpq()->PQclear(p->result);
    p->result = NULL;
}

static struct postgres_cell cell_of(const PGresult *result, int i)
{
    const struct libpq *pq = libpq();
    if (pq->PQgetisnull(result, 0, i)) {
        return (struct postgres_cell){0};
    }
    return (struct postgres_cell){.text = pq->PQgetvalue(result, 0, i),
                                  .len = (size_t)pq->PQgetlength(result, 0, i)};
}

static void save_row(struct postgres_query *p, const PGresult *result)
{
    if (p->saving == NULL) {
        p->saving = arena_new(LIMIT_REQUEST_BYTES);
        p->saved = NULL;
        p->saved_end = &p->saved;
    }
    size_t n = (size_t)p->base.n_out, size = sizeof(struct postgres_saved);
    for (size_t i = 0; i < n; i++) {
        size += sizeof(struct postgres_cell) + cell_of(result, (int)i).len + 32; // and alignment
    }
    if (p->too_many || size > LIMIT_REQUEST_BYTES - arena_used_bytes(p->saving)) {
        p->too_many = true;
        return;
    }
    struct postgres_saved *row = arena_alloc(p->saving, sizeof *row + n * sizeof row->cells[0]);
    for (size_t i = 0; i < n; i++) {
        row->cells[i] = cell_of(result, (int)i);
        if (row->cells[i].text != NULL) {
            row->cells[i].text = arena_copy_n(p->saving, row->cells[i].text, row->cells[i].len);
        }
    }
    *p->saved_end = row;
    p->saved_end = &row->next;
}

void db_postgres_free_wire(struct db_read *c)
{
    if (c->streaming == NULL) {
        return;
    }
    const struct libpq *pq = libpq();
    struct postgres_query *p = of(c->streaming);
    for (PGresult *result; (result = pq->PQgetResult(c->handle)) != NULL;) {
        ExecStatusType status = pq->PQresultStatus(result);
        if (status == PGRES_SINGLE_TUPLE) {
            save_row(p, result);
        } else if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK && p->late == NULL) {
            p->late = result;
            continue;
        }
        pq->PQclear(result);
    }
    c->streaming = NULL;
}

static enum err send(struct db_query *q, struct err_info *e)
{
    const struct libpq *pq = libpq();
    struct postgres_query *p = of(q);
    db_postgres_free_wire(q->connection);
    if (pq->PQsendQueryPrepared(wire(q), p->name, q->n_in, p->values, p->lengths, p->formats, 0) !=
        1) {
        p->done = true;
        return db_postgres_fail(q->connection, q->statement->name, NULL, e);
    }
    if (q->n_out > 0) {
        ensure(pq->PQsetSingleRowMode(wire(q)) == 1);
    }
    p->sent = true;
    q->connection->streaming = q;
    return ERR_NONE;
}

// The end of the answer, with or without an error.
static enum err finish_answer(struct db_query *q, PGresult *result, struct err_info *e)
{
    const struct libpq *pq = libpq();
    enum err code = ERR_NONE;
    for (; result != NULL; result = pq->PQgetResult(wire(q))) {
        ExecStatusType status = pq->PQresultStatus(result);
        if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK && code == ERR_NONE) {
            code = db_postgres_fail(q->connection, q->statement->name, result, e);
        }
        pq->PQclear(result);
    }
    of(q)->done = true;
    q->connection->streaming = NULL;
    return code;
}

static enum err next_saved(struct db_query *q, bool *row, struct err_info *e)
{
    struct postgres_query *p = of(q);
    if (p->saved != NULL) {
        memcpy(p->cells, p->saved->cells, (size_t)q->n_out * sizeof p->cells[0]);
        p->saved = p->saved->next;
        *row = true;
        return ERR_NONE;
    }
    p->done = true;
    if (p->too_many) {
        enum err code = err_set(e, ERR_TOO_LARGE, NULL, MSG("The list is too long for one go."),
                                MSG("Ask for a smaller part of it."), (char *)NULL);
        err_detail(e, "statement %s: rows did not fit while another statement ran",
                   q->statement->name);
        return code;
    }
    return p->late == NULL ? ERR_NONE
                           : db_postgres_fail(q->connection, q->statement->name, p->late, e);
}

enum err postgres_step(struct db_query *q, bool *row, struct err_info *e)
{
    const struct libpq *pq = libpq();
    struct postgres_query *p = of(q);
    *row = false;
    drop_row(p);
    if (p->done) {
        return ERR_NONE;
    }
    if (!p->sent) {
        enum err code = send(q, e);
        if (code != ERR_NONE) {
            return code;
        }
    }
    if (q->connection->streaming != q) {
        return next_saved(q, row, e);
    }
    PGresult *result = pq->PQgetResult(wire(q));
    if (pq->PQresultStatus(result) != PGRES_SINGLE_TUPLE) {
        return finish_answer(q, result, e);
    }
    p->result = result;
    for (int i = 0; i < q->n_out; i++) {
        p->cells[i] = cell_of(result, i);
    }
    *row = true;
    return ERR_NONE;
}

void postgres_reset(struct db_query *q)
{
    const struct libpq *pq = libpq();
    struct postgres_query *p = of(q);
    drop_row(p);
    if (q->connection->streaming == q) {
        for (PGresult *result; (result = pq->PQgetResult(wire(q))) != NULL;) {
            pq->PQclear(result);
        }
        q->connection->streaming = NULL;
    }
    pq->PQclear(p->late);
    p->late = NULL;
    arena_free(p->saving);
    p->saving = NULL;
    p->saved = NULL;
    p->too_many = p->sent = p->done = false;
    p->copies_len = 0;
    for (int i = 0; i < q->n_in; i++) {
        p->values[i] = NULL;
    }
}

int postgres_empty_column(struct db_query *q)
{
    for (int i = 0; i < q->n_out; i++) {
        if (q->out[i] >= 'a' && postgres_is_null(q, i)) {
            return i + 1;
        }
    }
    return 0;
}

bool postgres_is_null(struct db_query *q, int column)
{
    return of(q)->cells[column].text == NULL;
}

const char *postgres_text(struct db_query *q, int column)
{
    return of(q)->cells[column].text;
}

int64_t postgres_number(struct db_query *q, int column)
{
    const char *text = of(q)->cells[column].text;
    return text == NULL ? 0 : strtoll(text, NULL, 10);
}

double postgres_real(struct db_query *q, int column)
{
    const char *text = of(q)->cells[column].text;
    return text == NULL ? 0 : strtod(text, NULL);
}

const void *postgres_bytes(struct db_query *q, int column, size_t *len)
{
    struct postgres_cell *cell = &of(q)->cells[column];
    *len = 0;
    if (cell->text == NULL) {
        return NULL;
    }
    if (cell->bytes == NULL) {
        cell->bytes =
            libpq()->PQunescapeBytea((const unsigned char *)cell->text, &cell->n_bytes);
        if (cell->bytes == NULL) {
            bug("out of memory");
        }
    }
    *len = cell->n_bytes;
    return cell->bytes;
}

// ---- checking ------------------------------------------------------------------------------------

static bool type_fits(char letter, Oid type)
{
    static const struct {
        char letter;
        Oid type;
    } types[] = {{'t', POSTGRES_TEXT}, {'i', POSTGRES_INT8},   {'i', POSTGRES_INT4},
                 {'i', POSTGRES_INT2}, {'r', POSTGRES_FLOAT8}, {'b', POSTGRES_BYTEA}};
    for (size_t i = 0; i < COUNT_OF(types); i++) {
        if (types[i].letter == (letter | ('a' - 'A')) && types[i].type == type) {
            return true;
        }
    }
    return false;
}

enum err postgres_check(struct db_query *q, struct err_info *e)
{
    const struct libpq *pq = libpq();
    db_postgres_free_wire(q->connection);
    PGresult *result = pq->PQdescribePrepared(wire(q), db_postgres_name(q));
    enum err code = ERR_NONE;
    if (pq->PQresultStatus(result) != PGRES_COMMAND_OK) {
        code = db_postgres_fail(q->connection, q->statement->name, result, e);
    }
    for (int i = 0; code == ERR_NONE && i < q->n_out; i++) {
        if (!type_fits(q->out[i], pq->PQftype(result, i))) {
            code = db_err_declared(e, q, "column %d (%s) has type number %u; CAST it to %s", i + 1,
                                   pq->PQfname(result, i), pq->PQftype(result, i),
                                   strchr("iI", q->out[i]) != NULL ? "BIGINT" : "what is declared");
        }
    }
    pq->PQclear(result);
    return code;
}
