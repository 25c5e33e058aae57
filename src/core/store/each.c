// SPDX-License-Identifier: AGPL-3.0-or-later
//
// each.c: very many records, one after the other. See store.h.
//
// They are read in pages, each of which begins after the last record of the one before. Neither engine then sorts more
// than a page in memory (SQLite is told to keep what it sorts out of files), and PostgreSQL, whose connection carries
// one answer at a time, has no more than a page to lay aside when fn asks something else. The price: where the order
// has no index, a page looks at all records of the kind.

#include "base/limits.h"
#include "store/list_private.h"
#include "store/store_private.h"

// Of values of indicators, which are short, some 15 MB. A kind with fewer records is read by one statement.
#define PAGE_ROWS 50000

struct each {
    const struct entity *kind;
    struct arena *row; // emptied for each record
    struct arena *key; // of the record after which the next page begins
    int64_t page_rows;
    store_each_fn *fn;
    void *context;
};

// Id and order of a record are what the next page needs.
static const struct record *key_of(struct each *x, const struct record *r, const char *order)
{
    arena_reset(x->key);
    struct record *key = record_new(x->key, x->kind);
    key->id = arena_copy(x->key, r->id);
    if (order != NULL) {
        struct value *v = &key->values[entity_field_index(x->kind, order)];
        *v = *record_value(r, order);
        v->text = arena_copy(x->key, v->text);
    }
    return key;
}

// *q begins after the last record of the page then; *n says how many there were.
static enum err each_of_page(struct each *x, struct db_read *db, struct store_query *q, int64_t *n, struct err_info *e)
{
    struct db_query *query;
    bool more = false;
    *n = 0;
    arena_reset(x->row);
    enum err err = list_start(db, x->row, x->kind, q, &query, e);
    if (err != ERR_NONE) {
        return err;
    }
    while ((err = db_step(query, &more, e)) == ERR_NONE && more) {
        arena_reset(x->row);
        struct record *r = sql_read(x->row, x->kind, query);
        if (++*n == q->limit) {
            q->after = key_of(x, r, q->order);
        }
        err = x->fn(x->context, x->row, r, e);
        if (err != ERR_NONE) {
            break;
        }
    }
    db_finish(query);
    return err;
}

static enum err each_of_table(struct each *x, struct db_read *db, const struct store_query *filters, struct err_info *e)
{
    struct store_query q = *filters;
    int64_t n = x->page_rows;
    q.order = q.order != NULL ? q.order : x->kind->order_field;
    q.limit = x->page_rows;
    x->key = arena_new(LIMIT_REQUEST_BYTES);
    enum err err = db_snapshot_begin(db, e);
    if (err == ERR_NONE) {
        while (err == ERR_NONE && n == x->page_rows) {
            err = each_of_page(x, db, &q, &n, e);
        }
        db_snapshot_end(db);
    }
    arena_free(x->key);
    return err;
}

static enum err each_computed(struct each *x, struct db_read *db, const struct store_query *q, struct err_info *e)
{
    struct arena *all = arena_new(LIMIT_REQUEST_BYTES);
    struct record **rows;
    size_t n;
    enum err err = store_list(db, all, x->kind, q, &rows, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        arena_reset(x->row);
        err = x->fn(x->context, x->row, rows[i], e);
    }
    arena_free(all);
    return err;
}

enum err each_in_pages(struct db_read *db, const struct entity *kind, const struct store_query *q, int64_t page_rows,
                       store_each_fn *fn, void *context, struct err_info *e)
{
    const struct store_query all = {0};
    struct each x = {
        .kind = kind, .row = arena_new(LIMIT_REQUEST_BYTES), .page_rows = page_rows, .fn = fn, .context = context};
    const struct store_query *filters = q == NULL ? &all : q;
    enum err err =
        kind->compute != NULL ? each_computed(&x, db, filters, e) : each_of_table(&x, db, filters, e);
    arena_free(x.row);
    return err;
}

enum err store_each(struct db_read *db, const struct entity *kind, const struct store_query *q, store_each_fn *fn,
                    void *context, struct err_info *e)
{
    return each_in_pages(db, kind, q, PAGE_ROWS, fn, context, e);
}
