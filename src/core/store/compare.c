// SPDX-License-Identifier: AGPL-3.0-or-later
//
// compare.c: see compare_private.h.

#include <string.h>

#include "store/compare_private.h"
#include "store/store_private.h"

struct comparing {
    const struct entity *kind;
    struct compare_result *result;
    struct db_query *table;
    struct arena *arena;    // of the current row of the table
    struct record *row;     // NULL at the end
};

static enum err next_row(struct comparing *c, struct err_info *e)
{
    bool more;
    arena_reset(c->arena);
    c->row = NULL;
    enum err err = db_step(c->table, &more, e);
    if (err == ERR_NONE && more) {
        c->row = sql_read(c->arena, c->kind, c->table);
    }
    return err;
}

static enum err differs(struct comparing *c, const char *id, struct record *right, bool in_table,
                        const char *message, struct err_info *e)
{
    struct compare_result *result = c->result;
    result->differences++;
    if (result->faults != NULL) {
        struct arena *a = result->faults->arena;
        fault_add(result->faults, (struct store_fault){.what = "table differs",
                                                       .compartment = "",
                                                       .node = "",
                                                       .kind = c->kind->kind,
                                                       .record_id = arena_copy(a, id),
                                                       .message = message});
    }
    return result->mend == NULL ? ERR_NONE
                                : result->mend(result->context, c->kind, id, right, in_table, e);
}

// fold_fn: r is the next record of the log.
static enum err meet(void *context, struct record *r, bool deleted, struct err_info *e)
{
    struct comparing *c = context;
    enum err err = ERR_NONE;
    while (err == ERR_NONE && c->row != NULL && strcmp(c->row->id, r->id) < 0) {
        err = differs(c, c->row->id, NULL, true, "it is in the table but not in the log", e);
        if (err == ERR_NONE) {
            err = next_row(c, e);
        }
    }
    bool in_table = err == ERR_NONE && c->row != NULL && strcmp(c->row->id, r->id) == 0;
    if (err != ERR_NONE || (deleted && !in_table)) {
        return err;
    }
    if (r->version == NULL) { // a change of it cannot be read, which is said where the log is read
        err = ERR_NONE;
    } else if (deleted) {
        err = differs(c, r->id, NULL, true, "it was deleted but is in the table", e);
    } else if (!in_table) {
        err = differs(c, r->id, r, false, "it is in the log but not in the table", e);
    } else if (strcmp(c->row->version, r->version) != 0 ||
               fields_diff(c->arena, c->kind, c->row, r) != NULL) {
        err = differs(c, r->id, r, true, "the table does not say what the log says", e);
    }
    return err == ERR_NONE && in_table ? next_row(c, e) : err;
}

enum err compare_kind(struct db_read *db, const struct entity *kind, struct compare_result *result,
                      struct err_info *e)
{
    struct comparing c = {.kind = kind, .result = result};
    enum err err = db_start(db, kind_sql(kind, KIND_ALL), &c.table, e);
    if (err != ERR_NONE) {
        return err;
    }
    c.arena = arena_new(LIMIT_REQUEST_BYTES);
    err = next_row(&c, e);
    if (err == ERR_NONE) {
        err = fold_kind(db, kind, INT64_MAX, result->mend == NULL, meet, &c, e);
    }
    while (err == ERR_NONE && c.row != NULL) {
        err = differs(&c, c.row->id, NULL, true, "it is in the table but not in the log", e);
        if (err == ERR_NONE) {
            err = next_row(&c, e);
        }
    }
    db_finish(c.table);
    arena_free(c.arena);
    return err;
}
