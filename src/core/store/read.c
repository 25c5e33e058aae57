// SPDX-License-Identifier: AGPL-3.0-or-later
//
// read.c: one record, lists and counts of a kind. See store.h.

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "os/random.h"
#include "store/list_private.h"
#include "store/store_private.h"

static enum err not_found(struct err_info *e, const struct entity *kind, const char *what)
{
    return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no {0} “{1}”."),
                   err_look, kind->kind, what, NULL);
}

// Runs a statement with one text parameter that gives at most one record.
static enum err get_one(struct db_read *db, struct arena *a, const struct entity *kind,
                        enum kind_statement which, const char *key, struct record **out,
                        struct err_info *e)
{
    struct db_query *q;
    bool row;
    *out = NULL;
    enum err err = db_start(db, kind_sql(kind, which), &q, e);
    if (err != ERR_NONE) {
        return err;
    }
    db_bind_text(q, 1, key);
    db_gather(q, a);
    err = db_step(q, &row, e);
    if (err == ERR_NONE && row) {
        *out = sql_read(a, kind, q);
    }
    db_finish(q);
    return err;
}

static enum err get_computed(struct db_read *db, struct arena *a, const struct entity *kind,
                             const char *id, struct record **out, struct err_info *e)
{
    struct record **rows;
    size_t n;
    enum err err = kind->compute(a, db, &rows, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        if (strcmp(rows[i]->id, id) == 0 || strcmp(record_code(rows[i]), id) == 0) {
            *out = rows[i];
        }
    }
    return err;
}

enum err store_get(struct db_read *db, struct arena *a, const struct entity *kind,
                   const char *id_or_code, struct record **out, struct err_info *e)
{
    enum err err = ERR_NONE;
    *out = NULL;
    if (kind->compute != NULL) {
        err = get_computed(db, a, kind, id_or_code, out, e);
    } else if (id_is_valid(id_or_code)) {
        err = get_one(db, a, kind, KIND_GET, id_or_code, out, e);
    }
    if (err == ERR_NONE && *out == NULL && kind->compute == NULL && kind->code_field != NULL) {
        err = get_one(db, a, kind, KIND_GET_BY_CODE, id_or_code, out, e);
    }
    if (err == ERR_NONE && *out == NULL) {
        return not_found(e, kind, id_or_code);
    }
    return err;
}

enum err store_get_in_programme(struct db_read *db, struct arena *a, const struct entity *kind,
                                const char *programme_id, const char *code, struct record **out,
                                struct err_info *e)
{
    const struct store_filter filters[] = {{"programme_id", STORE_EQUAL, programme_id},
                                           {kind->code_field, STORE_EQUAL, code}};
    const struct store_query q = {.filters = filters, .n_filters = COUNT_OF(filters), .limit = 1};
    struct record **found;
    size_t n;
    enum err err = store_list(db, a, kind, &q, &found, &n, e);
    *out = err == ERR_NONE && n == 1 ? found[0] : NULL;
    return err == ERR_NONE && n == 0 ? not_found(e, kind, code) : err;
}

// So many ids in one statement; the last is repeated, so that there is one statement for each kind.
#define IDS_AT_ONCE 32

static const struct db_statement *many_statement(struct arena *a, const struct entity *kind, const char *column)
{
    struct buf sql;
    struct buf in;
    buf_init(&sql, a, LIMIT_TEXT_BYTES);
    buf_init(&in, a, LIMIT_LINE_BYTES);
    buf_str(&sql, "SELECT ");
    sql_select_columns(a, kind, &sql);
    buf_printf(&sql, " FROM \"%s\" WHERE %s IN (", kind->kind, column);
    for (int i = 1; i <= IDS_AT_ONCE; i++) {
        buf_printf(&sql, "%s$%d", i == 1 ? "" : ", ", i);
        buf_char(&in, 't');
    }
    buf_str(&sql, ") ORDER BY id");
    return sql_intern(sql.data, in.data, sql_out_types(a, kind), false);
}

static const char *column_of(struct arena *a, const struct entity *kind, const char *field)
{
    if (strcmp(field, "id") == 0 || strcmp(field, "changed_at") == 0) {
        return field;
    }
    const struct field *f = entity_field(kind, field);
    ensure(f != NULL); // callers offer only fields of the kind
    return field_column(a, f);
}

// Reads all rows of a query into a list, and ends it.
static enum err add_rows(struct record_list *list, const struct entity *kind, struct db_query *q, struct err_info *e)
{
    bool row;
    enum err err;
    db_gather(q, list->arena);
    while ((err = db_step(q, &row, e)) == ERR_NONE && row) {
        record_list_add(list, sql_read(list->arena, kind, q));
    }
    db_finish(q);
    return err;
}

enum err store_list_by_many(struct db_read *db, struct arena *a, const struct entity *kind, const char *field,
                            const char *const *texts, size_t n, struct record ***out, size_t *n_found,
                            struct err_info *e)
{
    ensure(kind->compute == NULL);
    struct record_list list = {.arena = a};
    enum err err = ERR_NONE;
    for (size_t from = 0; err == ERR_NONE && from < n; from += IDS_AT_ONCE) {
        struct db_query *query;
        err = db_start(db, many_statement(a, kind, column_of(a, kind, field)), &query, e);
        if (err != ERR_NONE) {
            break;
        }
        for (size_t i = 0; i < IDS_AT_ONCE; i++) {
            db_bind_text(query, (int)i + 1, texts[from + i < n ? from + i : n - 1]);
        }
        err = add_rows(&list, kind, query, e);
    }
    *out = list.rows;
    *n_found = list.n;
    return err;
}

enum err store_get_many(struct db_read *db, struct arena *a, const struct entity *kind, const char *const *ids,
                        size_t n, struct record ***out, size_t *n_found, struct err_info *e)
{
    return store_list_by_many(db, a, kind, "id", ids, n, out, n_found, e);
}

static bool is_number_field(const struct entity *kind, const char *field)
{
    const struct field *f = entity_field(kind, field);
    return f != NULL &&
           (f->type == FIELD_INT || f->type == FIELD_BOOL || f->type == FIELD_MONEY);
}

// " WHERE ..." and the letters of its parameters.
static void add_filters(struct arena *a, const struct entity *kind, const struct store_query *q,
                        struct buf *sql, struct buf *in)
{
    int n = 0;
    for (size_t i = 0; q != NULL && i < q->n_filters; i++) {
        const struct store_filter *f = &q->filters[i];
        const char *column = column_of(a, kind, f->field);
        buf_str(sql, i == 0 ? " WHERE " : " AND ");
        if (f->op == STORE_IS_EMPTY) {
            buf_printf(sql, "%s IS NULL", column);
            continue;
        }
        n++;
        buf_char(in, is_number_field(kind, f->field) ? 'i' : 't');
        switch (f->op) {
        case STORE_EQUAL:
            buf_printf(sql, "%s = $%d", column, n);
            break;
        case STORE_NOT_EQUAL:
            buf_printf(sql, "(%s IS NULL OR %s <> $%d)", column, column, n);
            break;
        case STORE_BEFORE:
            buf_printf(sql, "%s < $%d", column, n);
            break;
        case STORE_AFTER:
            buf_printf(sql, "%s > $%d", column, n);
            break;
        case STORE_ONE_OF: // codes hold no sign of LIKE
            buf_printf(sql, "$%d LIKE '%% ' || %s || ' %%'", n, column);
            break;
        default: // both look for a piece of text
            buf_printf(sql, "LOWER(%s) LIKE $%d ESCAPE '\\'", column, n);
            break;
        }
    }
}

// %piece% with the signs of LIKE escaped, in lower case ASCII as LOWER() on both engines makes it.
static const char *like_pattern(struct arena *a, const char *text, bool guarded)
{
    struct buf b;
    buf_init(&b, a, LIMIT_TEXT_BYTES * 2);
    buf_str(&b, guarded ? "% " : "%");
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '%' || *p == '_' || *p == '\\') {
            buf_char(&b, '\\');
        }
        buf_char(&b, *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p);
    }
    buf_str(&b, guarded ? " %" : "%");
    return b.data;
}

static int bind_filters(struct arena *a, const struct entity *kind, const struct store_query *q,
                        struct db_query *query)
{
    int n = 0;
    for (size_t i = 0; q != NULL && i < q->n_filters; i++) {
        const struct store_filter *f = &q->filters[i];
        if (f->op == STORE_IS_EMPTY) {
            continue;
        }
        n++;
        if (f->op == STORE_CONTAINS || f->op == STORE_HAS_CODE) {
            db_bind_text(query, n, like_pattern(a, f->text, f->op == STORE_HAS_CODE));
        } else if (is_number_field(kind, f->field)) {
            db_bind_int(query, n, strtoll(f->text, NULL, 10));
        } else {
            db_bind_text(query, n, f->text);
        }
    }
    return n;
}

// The field that a list is in the order of; NULL: id.
static const char *order_of(const struct entity *kind, const struct store_query *q)
{
    return q != NULL && q->order != NULL ? q->order : kind->order_field;
}

static bool begins_after(const struct store_query *q)
{
    return q != NULL && q->after != NULL;
}

// What comes after a record: a greater value, the same with a greater id, or no value, which is last.
static void add_after(struct arena *a, const struct entity *kind, const struct store_query *q, struct buf *sql,
                      struct buf *in)
{
    int n = (int)in->len; // parameters there already
    const char *order = order_of(kind, q);
    const char *column = order == NULL ? NULL : column_of(a, kind, order);
    ensure(!q->descending);
    buf_str(sql, q->n_filters == 0 ? " WHERE " : " AND ");
    if (column == NULL) {
        buf_printf(sql, "id > $%d", n + 1);
    } else if (record_is_set(q->after, order)) {
        buf_printf(sql, "(%s > $%d OR (%s = $%d AND id > $%d) OR %s IS NULL)", column, n + 2, column, n + 2, n + 1, column);
    } else {
        buf_printf(sql, "%s IS NULL AND id > $%d", column, n + 1);
    }
    buf_char(in, 't');
    if (column != NULL && record_is_set(q->after, order)) {
        buf_char(in, is_number_field(kind, order) ? 'i' : 't');
    }
}

static void bind_after(const struct entity *kind, const struct store_query *q, int n, struct db_query *query)
{
    const char *order = order_of(kind, q);
    db_bind_text(query, n + 1, q->after->id);
    if (order != NULL && record_is_set(q->after, order)) {
        sql_bind_value(query, n + 2, entity_field(kind, order), record_value(q->after, order));
    }
}

static const struct db_statement *list_statement(struct arena *a, const struct entity *kind,
                                                 const struct store_query *q)
{
    struct buf sql;
    struct buf in;
    buf_init(&sql, a, LIMIT_TEXT_BYTES);
    buf_init(&in, a, LIMIT_LINE_BYTES);
    buf_str(&sql, "SELECT ");
    sql_select_columns(a, kind, &sql);
    buf_printf(&sql, " FROM \"%s\"", kind->kind);
    add_filters(a, kind, q, &sql, &in);
    if (begins_after(q)) {
        add_after(a, kind, q, &sql, &in);
    }
    const char *order = order_of(kind, q);
    const char *direction = q != NULL && q->descending ? "DESC" : "ASC";
    if (order != NULL) {
        buf_printf(&sql, " ORDER BY %s %s NULLS LAST, id %s", column_of(a, kind, order), direction,
                   direction);
    } else {
        buf_printf(&sql, " ORDER BY id %s", direction);
    }
    // The numbers are part of the statement only as parameters, so that pages share one.
    if (q != NULL && q->limit > 0) {
        size_t n = in.len;
        buf_printf(&sql, " LIMIT $%zu OFFSET $%zu", n + 1, n + 2);
        buf_str(&in, "ii");
    }
    return sql_intern(sql.data, in.data, sql_out_types(a, kind), false);
}

enum err list_start(struct db_read *db, struct arena *a, const struct entity *kind, const struct store_query *q,
                    struct db_query **out, struct err_info *e)
{
    const struct db_statement *statement = list_statement(a, kind, q);
    enum err err = db_start(db, statement, out, e);
    if (err != ERR_NONE) {
        return err;
    }
    int n_bound = bind_filters(a, kind, q, *out);
    if (begins_after(q)) {
        bind_after(kind, q, n_bound, *out);
    }
    if (q != NULL && q->limit > 0) {
        int last = (int)strlen(statement->in);
        db_bind_int(*out, last - 1, q->limit);
        db_bind_int(*out, last, q->offset);
    }
    return ERR_NONE;
}

enum err store_list(struct db_read *db, struct arena *a, const struct entity *kind,
                    const struct store_query *q, struct record ***out, size_t *n,
                    struct err_info *e)
{
    struct record_list list = {.arena = a};
    enum err err = ERR_NONE;
    if (kind->compute != NULL) {
        err = kind->compute(a, db, &list.rows, &list.n, e);
        if (err == ERR_NONE) {
            list_filter(a, kind, q, &list);
        }
        *out = list.rows;
        *n = list.n;
        return err;
    }
    struct db_query *query;
    err = list_start(db, a, kind, q, &query, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = add_rows(&list, kind, query, e);
    *out = list.rows;
    *n = list.n;
    return err;
}

enum err store_count(struct db_read *db, struct arena *a, const struct entity *kind,
                     const struct store_query *q, int64_t *n, struct err_info *e)
{
    *n = 0;
    if (kind->compute != NULL) {
        struct store_query all = q == NULL ? (struct store_query){0} : *q;
        all.limit = 0;
        struct record **rows;
        size_t found;
        enum err err = store_list(db, a, kind, &all, &rows, &found, e);
        *n = err == ERR_NONE ? (int64_t)found : 0;
        return err;
    }
    struct buf sql;
    struct buf in;
    buf_init(&sql, a, LIMIT_TEXT_BYTES);
    buf_init(&in, a, LIMIT_LINE_BYTES);
    buf_printf(&sql, "SELECT COUNT(*) FROM \"%s\"", kind->kind);
    add_filters(a, kind, q, &sql, &in);
    struct db_query *query;
    bool row;
    enum err err = db_start(db, sql_intern(sql.data, in.data, "i", false), &query, e);
    if (err != ERR_NONE) {
        return err;
    }
    (void)bind_filters(a, kind, q, query);
    err = db_step(query, &row, e);
    if (err == ERR_NONE && row) {
        *n = db_int(query, 0);
    }
    db_finish(query);
    return err;
}

enum err store_list_by(struct db_read *db, struct arena *a, const struct entity *kind,
                       const char *field, const char *text, struct record ***out, size_t *n,
                       struct err_info *e)
{
    struct store_filter filter = {.field = field, .op = STORE_EQUAL, .text = text};
    struct store_query q = {.filters = &filter, .n_filters = 1};
    return store_list(db, a, kind, &q, out, n, e);
}

enum err store_programme_of(struct db_read *db, struct arena *a, const struct record *r,
                            const char **programme_id, struct err_info *e)
{
    *programme_id = NULL;
    if (strcmp(r->entity->kind, "programme") == 0) {
        *programme_id = r->id;
        return ERR_NONE;
    }
    const char *parent = r->entity->parent_field;
    if (parent == NULL || !record_is_set(r, parent)) {
        return ERR_NONE;
    }
    if (strcmp(parent, "programme_id") == 0) {
        *programme_id = record_text(r, parent);
        return ERR_NONE;
    }
    const struct field *f = entity_field(r->entity, parent);
    struct record *above;
    enum err err = store_get(db, a, model_find(f->ref), record_text(r, parent), &above, e);
    return err != ERR_NONE ? err : store_programme_of(db, a, above, programme_id, e);
}

// The record this one lies within, or is attached to; NULL when neither, or when it is gone.
static enum err load_above(struct db_read *db, struct arena *a, const struct record *r,
                           struct record **above, struct err_info *e)
{
    const char *name = r->entity->parent_field;
    const struct field *up = name == NULL ? NULL : entity_field(r->entity, name);
    const struct entity *kind = NULL;
    if (up != NULL && record_is_set(r, name)) {
        kind = model_find(up->ref);
    } else if (entity_field(r->entity, "about_id") != NULL) {
        name = "about_id";
        kind = model_find(record_text(r, "about_kind"));
    }
    struct err_info why;
    *above = NULL;
    enum err err = kind == NULL ? ERR_NONE : store_get(db, a, kind, record_text(r, name), above, &why);
    if (err == ERR_NONE || err == ERR_NOT_FOUND) {
        return ERR_NONE;
    }
    *e = why;
    return err;
}

// Evidence of an answer of a round is the longest way there is; what leads in a circle has no country.
#define MOST_ABOVE 8

enum err store_country_of(struct db_read *db, struct arena *a, const struct record *r,
                          const char **country, struct err_info *e)
{
    *country = "";
    for (int i = 0; i < MOST_ABOVE && r != NULL; i++) {
        struct record *above;
        if (entity_field(r->entity, "country") != NULL && record_is_set(r, "country")) {
            *country = record_text(r, "country");
            return ERR_NONE;
        }
        enum err err = load_above(db, a, r, &above, e);
        if (err != ERR_NONE) {
            return err;
        }
        r = above;
    }
    return ERR_NONE;
}
