// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_table_store.c: the records of a logframe, now or as the change log says they were.

#include "base/buf.h"
#include "base/limits.h"
#include "logframe/logframe_sql.h"
#include "logframe/logframe_table.h"
#include "result/result.h"
#include "store/store.h"

struct records {
    struct record **rows;
    size_t n;
};
struct loaded {
    const struct record *programme;
    struct records results, indicators, targets;
};

static enum err targets_now(struct db_read *db, struct arena *a, const char *programme_id,
                            struct records *out, struct err_info *e)
{
    const struct logframe_targets_in in = {.programme_id = programme_id};
    struct logframe_targets_row *rows;
    enum err err = logframe_targets_all(a, db, &in, &rows, &out->n, e);
    if (err != ERR_NONE) {
        return err;
    }
    out->rows = ARENA_ARRAY(a, struct record *, out->n + 1);
    for (size_t i = 0; i < out->n; i++) {
        struct record *t = record_new(a, &entity_target);
        t->id = rows[i].id;
        t->version = rows[i].version;
        record_set_text(t, "indicator_id", rows[i].indicator_id);
        record_set_text(t, "due_on", rows[i].due_on);
        record_set_text(t, "value", rows[i].value);
        record_set_text(t, "reason", rows[i].reason);
        out->rows[i] = t;
    }
    return ERR_NONE;
}

// Three statements.
static enum err load_now(struct db_read *db, struct arena *a, struct loaded *l,
                         struct err_info *e)
{
    const char *id = l->programme->id;
    enum err err = store_list_by(db, a, &entity_result, "programme_id", id, &l->results.rows,
                                 &l->results.n, e);
    if (err == ERR_NONE) {
        err = store_list_by(db, a, &entity_indicator, "programme_id", id, &l->indicators.rows,
                            &l->indicators.n, e);
    }
    return err == ERR_NONE ? targets_now(db, a, id, &l->targets, e) : err;
}

static enum err list_past(struct db_read *db, struct arena *a, const struct entity *kind,
                          const char *as_of, struct store_filter of, struct records *out,
                          struct err_info *e)
{
    const struct store_query q = {.filters = &of, .n_filters = 1};
    return store_list_as_of(db, a, kind, as_of, &q, &out->rows, &out->n, e);
}

// " ID ID ", as STORE_ONE_OF asks for it.
static const char *ids_of(struct arena *a, const struct records *r)
{
    struct buf b;
    buf_init(&b, a, LIMIT_REPLY_BYTES);
    for (size_t i = 0; i < r->n; i++) {
        buf_printf(&b, " %s ", r->rows[i]->id);
    }
    return b.data;
}

// Four statements; each reads what the log says of one kind, and keeps what was of this programme.
static enum err load_past(struct db_read *db, struct arena *a, const char *as_of, struct loaded *l,
                          struct err_info *e)
{
    const char *id = l->programme->id;
    const struct store_filter itself = {"id", STORE_EQUAL, id};
    const struct store_filter of = {"programme_id", STORE_EQUAL, id};
    struct records programmes;
    enum err err = list_past(db, a, &entity_programme, as_of, itself, &programmes, e);
    if (err == ERR_NONE) {
        err = list_past(db, a, &entity_result, as_of, of, &l->results, e);
    }
    if (err == ERR_NONE) {
        err = list_past(db, a, &entity_indicator, as_of, of, &l->indicators, e);
    }
    if (err == ERR_NONE) {
        const struct store_filter theirs = {"indicator_id", STORE_ONE_OF, ids_of(a, &l->indicators)};
        err = list_past(db, a, &entity_target, as_of, theirs, &l->targets, e);
    }
    if (err == ERR_NONE && programmes.n > 0) {
        l->programme = programmes.rows[0];
    }
    return err;
}

enum err logframe_load(struct db_read *db, struct arena *a, const struct record *programme,
                       const char *as_of, struct logframe *out, struct err_info *e)
{
    struct loaded l = {.programme = programme};
    enum err err = as_of == NULL ? load_now(db, a, &l, e) : load_past(db, a, as_of, &l, e);
    if (err == ERR_NONE) {
        logframe_make(a, l.programme, l.results.rows, l.results.n, l.indicators.rows,
                      l.indicators.n, l.targets.rows, l.targets.n, out);
        out->as_of = as_of;
    }
    return err;
}
