// SPDX-License-Identifier: AGPL-3.0-or-later
//
// rebuild.c: makes the tables anew from the log. See store.h.
//
// Records that differ are gathered first and written afterwards, since a table must not change while
// it is walked. References between tables are checked by the database when the transaction ends.

#include <string.h>

#include "store/compare_private.h"
#include "store/search.h"
#include "store/store_private.h"

struct mending {
    struct mending *next;
    const struct entity *kind;
    const char *id;
    struct record *right; // NULL: delete
    bool in_table;
};

struct rebuilding {
    struct arena *arena;
    struct mending *list;
};

static enum err gather(void *context, const struct entity *kind, const char *id,
                       struct record *right, bool in_table, struct err_info *e)
{
    (void)e;
    struct rebuilding *r = context;
    struct arena *a = r->arena;
    struct mending *m = ARENA_MAKE(a, struct mending);
    *m = (struct mending){
        .next = r->list, .kind = kind, .id = arena_copy(a, id), .in_table = in_table};
    if (right != NULL) {
        m->right = record_copy(a, right);
        m->right->id = m->id;
        m->right->version = arena_copy(a, right->version);
        m->right->changed_at = arena_copy(a, right->changed_at);
        for (size_t i = 0; i < kind->n_fields; i++) {
            m->right->values[i].text = arena_copy(a, right->values[i].text);
        }
    }
    r->list = m;
    return ERR_NONE;
}

static enum err apply(struct db_tx *tx, const struct mending *m, struct err_info *e)
{
    struct db_query *q;
    bool row;
    enum kind_statement which = m->right == NULL ? KIND_DELETE
                                : m->in_table    ? KIND_UPDATE
                                                 : KIND_INSERT;
    enum err err = db_start_write(tx, kind_sql(m->kind, which), &q, e);
    if (err != ERR_NONE) {
        return err;
    }
    db_bind_text(q, 1, m->id);
    if (m->right != NULL) {
        db_bind_text(q, 2, m->right->version);
        db_bind_text(q, 3, m->right->changed_at);
        for (size_t i = 0; i < m->kind->n_fields; i++) {
            sql_bind_value(q, (int)i + 4, &m->kind->fields[i], &m->right->values[i]);
        }
    }
    err = db_step(q, &row, e);
    db_finish(q);
    return err;
}

// What was altered is not made into tables: they may be all that is left of the truth.
static enum err refuse_damaged(struct db_read *db, struct arena *a, struct err_info *e)
{
    struct fault_list faults = {.arena = a};
    int64_t n_changes = 0;
    enum err err = verify_log(db, &faults, &n_changes, e);
    return err != ERR_NONE || faults.n == 0
               ? err
               : err_set(e, ERR_DAMAGED, NULL, MSG("The change log itself is damaged; nothing was made from it."),
                         MSG("“mainstay verify” names what is wrong. Restore a backup."), NULL);
}

enum err store_rebuild(struct store *s, struct arena *a, bool keep, int64_t *differences,
                       struct err_info *e)
{
    struct db_tx *tx;
    enum err err = db_tx_begin(s->db, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (keep) {
        err = refuse_damaged(db_tx_read(tx), a, e);
    }
    struct rebuilding r = {.arena = a};
    struct compare_result result = {.mend = gather, .context = &r};
    size_t n;
    const struct entity *const *kinds = model_all(&n);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        if (kinds[i]->compute == NULL) {
            err = compare_kind(db_tx_read(tx), kinds[i], &result, e);
        }
    }
    for (struct mending *m = r.list; err == ERR_NONE && keep && m != NULL; m = m->next) {
        err = apply(tx, m, e);
    }
    if (err == ERR_NONE && r.list != NULL && keep) {
        err = search_forget(tx, SEARCH_RECORDS, e); // taken in anew by the next search
    }
    *differences = result.differences;
    if (err != ERR_NONE || !keep) {
        db_tx_rollback(tx);
        return err;
    }
    return db_tx_commit(tx, e);
}
