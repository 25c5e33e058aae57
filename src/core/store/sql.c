// SPDX-License-Identifier: AGPL-3.0-or-later
//
// sql.c: the statements every kind of record has, made from its description.
//
// Hand-written statements stand in the nouns' .sql files. These five are the same for all kinds, so
// they are made once from the registry; a kind whose table and description differ is found by the
// test that prepares them all. Made statements live as long as the process; there are at most some
// hundreds: kinds x the filters and orders their lists offer.

#include <string.h>

#include "base/bug.h"
#include "base/hash.h"
#include "store/store_private.h"

#define MAX_STATEMENTS 4096

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
    struct arena *arena;
    struct db_statement *slots[MAX_STATEMENTS];
    size_t n;
} interned;

const struct db_statement *sql_intern(const char *text, const char *in, const char *out, bool later)
{
    pthread_mutex_lock(&lock);
    if (interned.arena == NULL) {
        interned.arena = arena_new(LIMIT_PROCESS_BYTES);
    }
    size_t slot = hash_text(HASH_START, text) % MAX_STATEMENTS;
    while (interned.slots[slot] != NULL && strcmp(interned.slots[slot]->sql, text) != 0) {
        slot = (slot + 1) % MAX_STATEMENTS;
    }
    if (interned.slots[slot] == NULL) {
        ensure(++interned.n < MAX_STATEMENTS);
        struct arena *a = interned.arena;
        struct db_statement *s = ARENA_MAKE(a, struct db_statement);
        s->name = "made for a kind";
        s->sql = arena_copy(a, text);
        s->in = arena_copy(a, in);
        s->out = arena_copy(a, out);
        s->writes = strncmp(text, "SELECT", 6) != 0;
        s->later = later;
        interned.slots[slot] = s;
    }
    const struct db_statement *s = interned.slots[slot];
    pthread_mutex_unlock(&lock);
    return s;
}

static bool is_number(const struct field *f)
{
    return f->type == FIELD_INT || f->type == FIELD_BOOL || f->type == FIELD_MONEY;
}

void sql_select_columns(struct arena *a, const struct entity *kind, struct buf *out)
{
    buf_str(out, "id, version, changed_at");
    for (size_t i = 0; i < kind->n_fields; i++) {
        buf_printf(out, ", %s", field_column(a, &kind->fields[i]));
    }
}

// One letter a column; every field may be NULL.
static void field_types(const struct entity *kind, struct buf *out)
{
    for (size_t i = 0; i < kind->n_fields; i++) {
        buf_char(out, is_number(&kind->fields[i]) ? 'I' : 'T');
    }
}

const char *sql_out_types(struct arena *a, const struct entity *kind)
{
    struct buf b;
    buf_init(&b, a, LIMIT_TEXT_BYTES);
    buf_str(&b, "ttt");
    field_types(kind, &b);
    return b.data;
}

// Names of tables are quoted: "user" is a word of PostgreSQL.
static void make_select(struct arena *a, const struct entity *kind, const char *tail, struct buf *b)
{
    buf_str(b, "SELECT ");
    sql_select_columns(a, kind, b);
    buf_printf(b, " FROM \"%s\"%s", kind->kind, tail);
}

static const struct db_statement *make(struct arena *a, const struct entity *kind,
                                       enum kind_statement which)
{
    struct buf sql;
    struct buf in;
    buf_init(&sql, a, LIMIT_TEXT_BYTES);
    buf_init(&in, a, LIMIT_TEXT_BYTES);
    const char *out = "";
    switch (which) {
    case KIND_GET:
        make_select(a, kind, " WHERE id = $1", &sql);
        buf_str(&in, "t");
        out = sql_out_types(a, kind);
        break;
    case KIND_GET_BY_CODE:
        make_select(a, kind, arena_printf(a, " WHERE %s = $1", kind->code_field), &sql);
        buf_str(&in, "t");
        out = sql_out_types(a, kind);
        break;
    case KIND_ALL:
        make_select(a, kind, " ORDER BY id", &sql);
        out = sql_out_types(a, kind);
        break;
    case KIND_INSERT:
        buf_printf(&sql, "INSERT INTO \"%s\" (", kind->kind);
        sql_select_columns(a, kind, &sql);
        buf_str(&sql, ") VALUES ($1, $2, $3");
        for (size_t i = 0; i < kind->n_fields; i++) {
            buf_printf(&sql, ", $%zu", i + 4);
        }
        buf_str(&sql, ")");
        buf_str(&in, "ttt");
        field_types(kind, &in);
        break;
    case KIND_UPDATE:
        buf_printf(&sql, "UPDATE \"%s\" SET version = $2, changed_at = $3", kind->kind);
        for (size_t i = 0; i < kind->n_fields; i++) {
            buf_printf(&sql, ", %s = $%zu", field_column(a, &kind->fields[i]), i + 4);
        }
        buf_str(&sql, " WHERE id = $1");
        buf_str(&in, "ttt");
        field_types(kind, &in);
        break;
    case KIND_DELETE:
        buf_printf(&sql, "DELETE FROM \"%s\" WHERE id = $1", kind->kind);
        buf_str(&in, "t");
        break;
    }
    return sql_intern(sql.data, in.data, out, which == KIND_INSERT && kind->imported);
}

// Making the text of a statement costs more than running it, so each kind's five are remembered by
// the address of its description.
#define MAX_KINDS 256
#define N_STATEMENTS (KIND_ALL + 1)
static struct {
    const struct entity *kind;
    const struct db_statement *statements[N_STATEMENTS];
} known[MAX_KINDS];
static pthread_mutex_t known_lock = PTHREAD_MUTEX_INITIALIZER;

const struct db_statement *kind_sql(const struct entity *kind, enum kind_statement which)
{
    pthread_mutex_lock(&known_lock);
    size_t slot = ((size_t)kind >> 4) % MAX_KINDS;
    while (known[slot].kind != NULL && known[slot].kind != kind) {
        slot = (slot + 1) % MAX_KINDS;
    }
    known[slot].kind = kind;
    const struct db_statement *s = known[slot].statements[which];
    if (s == NULL) {
        struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
        s = make(a, kind, which);
        arena_free(a);
        known[slot].statements[which] = s;
    }
    pthread_mutex_unlock(&known_lock);
    return s;
}

struct record *sql_read(struct arena *a, const struct entity *kind, struct db_query *q)
{
    struct record *r = record_new(a, kind);
    r->id = arena_copy(a, db_text(q, 0));
    r->version = arena_copy(a, db_text(q, 1));
    r->changed_at = arena_copy(a, db_text(q, 2));
    for (size_t i = 0; i < kind->n_fields; i++) {
        int column = (int)i + 3;
        if (db_is_null(q, column)) {
            continue;
        }
        struct value *v = &r->values[i];
        v->set = true;
        if (is_number(&kind->fields[i])) {
            v->number = db_int(q, column);
        } else {
            v->text = arena_copy(a, db_text(q, column));
        }
    }
    return r;
}

void sql_bind_value(struct db_query *q, int i, const struct field *f, const struct value *v)
{
    if (!v->set) {
        db_bind_null(q, i);
    } else if (is_number(f)) {
        db_bind_int(q, i, v->number);
    } else {
        db_bind_text(q, i, v->text);
    }
}
