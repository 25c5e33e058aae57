// SPDX-License-Identifier: AGPL-3.0-or-later
//
// search.c: see search.h.

#include "store/search.h"

#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "store/search_sql.h"
#include "store/store_private.h"

enum err search_forget(struct db_tx *tx, const char *source, struct err_info *e)
{
    const struct search_source_index_drop_in index = {.source = source};
    const struct search_source_docs_drop_in docs = {.source = source};
    const struct search_state_drop_in state = {.source = source};
    enum err err = search_source_index_drop(tx, &index, e);
    if (err == ERR_NONE) {
        err = search_source_docs_drop(tx, &docs, e);
    }
    return err != ERR_NONE ? err : search_state_drop(tx, &state, e);
}

enum err search_taken_in(struct db_tx *tx, const char *source, const char *state, struct err_info *e)
{
    const struct search_state_set_in in = {.source = source, .state = state};
    return search_state_set(tx, &in, e);
}

enum err search_states_load(struct db_read *db, struct arena *a, struct search_states *out,
                            struct err_info *e)
{
    struct search_states_row *rows;
    size_t n;
    enum err err = search_states_all(a, db, &rows, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    *out = (struct search_states){ARENA_ARRAY(a, struct search_state, n + 1), n};
    for (size_t i = 0; i < n; i++) {
        out->items[i] = (struct search_state){rows[i].source, rows[i].state};
    }
    return ERR_NONE;
}

const char *search_state_of(const struct search_states *s, const char *source)
{
    for (size_t i = 0; i < s->n; i++) {
        if (strcmp(s->items[i].source, source) == 0) {
            return s->items[i].state;
        }
    }
    return NULL;
}

// ---- records --------------------------------------------------------------------------------------

// Names of persons and what would harm them is not taken in; the rest is read by whoever may read the
// record.
static bool is_text(const struct field *f)
{
    return (f->type == FIELD_TEXT || f->type == FIELD_LONG) && !f->confidential &&
           (f->data_class == CLASS_C0 || f->data_class == CLASS_C1 || f->data_class == CLASS_C3);
}

bool search_knows(const struct entity *kind)
{
    bool any = false;
    for (size_t i = 0; i < kind->n_fields; i++) {
        any = any || is_text(&kind->fields[i]);
    }
    return any && kind->compute == NULL && !kind->admin_only && !kind->unsearched;
}

static bool has_words(const struct record *r)
{
    bool any = false;
    for (size_t i = 0; i < r->entity->n_fields && !any; i++) {
        any = r->values[i].set && is_text(&r->entity->fields[i]);
    }
    return any;
}

static const char *body_of(struct arena *a, const struct record *r, const char *title)
{
    struct buf b;
    buf_init(&b, a, SEARCH_BODY_BYTES);
    for (size_t i = 0; i < r->entity->n_fields; i++) {
        const char *text = r->values[i].text;
        if (is_text(&r->entity->fields[i]) && r->values[i].set && text != title) {
            buf_str(&b, b.len > 0 ? "\n" : "");
            buf_str(&b, text);
        }
    }
    return b.len == 0 ? "" : b.data;
}

static const char *title_of(const struct record *r)
{
    const struct field *f = r->entity->title_field == NULL
                                ? NULL
                                : entity_field(r->entity, r->entity->title_field);
    return f != NULL && is_text(f) ? record_text(r, f->name) : "";
}

enum err search_record_saved(struct search_batch *b, const struct record *r, const char *scope, bool fresh,
                             struct err_info *e)
{
    if (!search_knows(r->entity)) {
        return ERR_NONE;
    }
    if (!has_words(r)) {
        return fresh ? ERR_NONE : search_record_deleted(b, r, e);
    }
    struct arena *a = arena_new(LIMIT_PROCESS_BYTES);
    const char *title = title_of(r);
    const struct search_doc d = {.source = SEARCH_RECORDS, .shelf = SEARCH_RECORD_SHELF, .kind = r->entity->kind, .key = r->id,
                                 .scope = scope, .title = title, .body = body_of(a, r, title)};
    enum err err = search_put(b, &d, fresh, e);
    arena_free(a);
    return err;
}

enum err search_record_deleted(struct search_batch *b, const struct record *r, struct err_info *e)
{
    return search_knows(r->entity) ? search_drop(b, SEARCH_RECORDS, r->id, SEARCH_RECORD_SHELF, e) : ERR_NONE;
}

#define AT_ONCE 500

// In the order of ids, beginning behind the last one: who skips rows by their number reads them all again each time.
static enum err take_kind(struct search_batch *b, struct db_read *db, const struct entity *kind, struct err_info *e)
{
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    struct store_filter behind = {.field = "id", .op = STORE_AFTER};
    char last[64] = "";
    enum err err = ERR_NONE;
    bool more = true;
    while (err == ERR_NONE && more) {
        const struct store_query q = {
            .filters = &behind, .n_filters = last[0] == '\0' ? 0 : 1, .order = "id", .limit = AT_ONCE};
        struct record **rows;
        size_t n = 0;
        behind.text = last;
        err = store_list(db, a, kind, &q, &rows, &n, e);
        for (size_t i = 0; err == ERR_NONE && i < n; i++) {
            const char *programme;
            if (!has_words(rows[i])) {
                continue; // most values have none, and which programme they are of costs a look at others
            }
            err = store_programme_of(db, a, rows[i], &programme, e);
            if (err == ERR_NONE) {
                err = search_record_saved(b, rows[i],
                                          programme == NULL ? STORE_ORGANISATION : programme, true,
                                          e);
            }
        }
        more = n == AT_ONCE;
        snprintf(last, sizeof last, "%s", more ? rows[n - 1]->id : "");
        arena_reset(a);
    }
    arena_free(a);
    return err;
}

enum err search_take_in_records(struct db_tx *tx, struct err_info *e)
{
    size_t n;
    const struct entity *const *kinds = model_all(&n);
    struct search_batch b = {.tx = tx};
    enum err err = search_forget(tx, SEARCH_RECORDS, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        if (search_knows(kinds[i])) {
            err = take_kind(&b, db_tx_read(tx), kinds[i], e);
        }
    }
    if (err == ERR_NONE) {
        err = search_batch_end(&b, e);
    }
    search_batch_free(&b);
    return err != ERR_NONE ? err
                           : search_taken_in(tx, SEARCH_RECORDS, SEARCH_RECORDS_STATE, e);
}
