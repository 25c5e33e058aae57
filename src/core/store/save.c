// SPDX-License-Identifier: AGPL-3.0-or-later
//
// save.c: transactions, and what changes a record: save, delete, undo, events. See store.h.

#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "os/random.h"
#include "store/search.h"
#include "store/store_private.h"

enum err store_begin(struct store *s, const struct actor *who, const char *reason,
                     struct store_tx **out, struct err_info *e)
{
    struct db_tx *db;
    enum err err = db_tx_begin(s->db, &db, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    struct store_tx *tx = ARENA_MAKE(a, struct store_tx);
    *tx = (struct store_tx){.store = s, .db = db, .arena = a, .search.tx = db};
    tx->actor = *who;
    tx->actor.user_id = arena_copy(a, who->user_id);
    tx->actor.name = arena_copy(a, who->name);
    tx->actor.country = arena_copy(a, who->country);
    tx->reason = arena_copy(a, reason);
    db_tx_set_owner(db, tx);
    *out = tx;
    return ERR_NONE;
}

static void end(struct store_tx *tx)
{
    known_free(tx);
    bundle_free(tx);
    search_batch_free(&tx->search);
    arena_free(tx->arena);
}

void store_rollback(struct store_tx *tx)
{
    db_tx_rollback(tx->db);
    end(tx);
}

void store_when_saved(struct store *s, void (*fn)(void *context), void *context)
{
    pthread_mutex_lock(&s->telling);
    s->saved = fn;
    s->saved_context = context;
    pthread_mutex_unlock(&s->telling);
}

static void tell_saved(struct store *s)
{
    pthread_mutex_lock(&s->telling);
    if (s->saved != NULL) {
        s->saved(s->saved_context);
    }
    pthread_mutex_unlock(&s->telling);
}

enum err store_commit(struct store_tx *tx, struct err_info *e)
{
    enum err err = store_ask_rules(tx, e);
    if (err == ERR_NONE) {
        err = search_batch_end(&tx->search, e);
    }
    if (err == ERR_NONE) {
        err = change_sign(tx, e);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    struct db *db = tx->store->db;
    err = db_tx_commit(tx->db, e);
    for (const struct kept_rule *k = tx->kept; k != NULL && err == ERR_NONE; k = k->next) {
        if (k->committed != NULL) {
            k->committed(db);
        }
    }
    if (err == ERR_NONE && tx->n_changes > 0) {
        tell_saved(tx->store);
    }
    end(tx);
    return err;
}

struct db_read *store_tx_read(struct store_tx *tx)
{
    return db_tx_read(tx->db);
}

struct db_tx *store_tx_db(struct store_tx *tx)
{
    return tx->db;
}

// ---- rules of saving -----------------------------------------------------------------------------

// Every reference that changed leads to a record of its kind.
static enum err check_references(struct store_tx *tx, struct arena *a, const struct record *before,
                                 const struct record *r, struct err_info *e)
{
    for (size_t i = 0; i < r->entity->n_fields; i++) {
        const struct field *f = &r->entity->fields[i];
        const struct value *v = &r->values[i];
        bool changed = before == NULL || !before->values[i].set ||
                       (v->set && v->text != NULL &&
                        strcmp(before->values[i].text, v->text) != 0);
        if (f->type != FIELD_REF || !v->set || !changed) {
            continue;
        }
        const struct entity *kind = model_find(f->ref);
        ensure(kind != NULL);
        const struct known_record *found;
        struct err_info why;
        enum err err = known_find(tx, a, kind, v->text, &found, &why);
        if (err == ERR_NOT_FOUND) {
            (void)err_set(e, ERR_INPUT, f->name, MSG("{0}: there is no such record ({1})."),
                          MSG("Choose one of the list."), f->label, kind->label, NULL);
            (void)err_word(e, 0, f->label);
            return err_word(e, 1, kind->label);
        }
        if (err != ERR_NONE) {
            *e = why;
            return err;
        }
    }
    return ERR_NONE;
}

// Nobody else has the code.
static enum err check_code(struct store_tx *tx, struct arena *a, const struct record *r,
                           struct err_info *e)
{
    const char *code_field = r->entity->code_field;
    if (code_field == NULL || !record_is_set(r, code_field)) {
        return ERR_NONE;
    }
    struct record **found;
    size_t n;
    enum err err = store_list_by(store_tx_read(tx), a, r->entity, code_field,
                                 record_text(r, code_field), &found, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        if (r->id == NULL || strcmp(found[i]->id, r->id) != 0) {
            const char *label = entity_field(r->entity, code_field)->label;
            (void)err_set(e, ERR_INPUT, code_field, MSG("{0} “{1}” is taken."),
                          MSG("Choose another, or change the record that has it."), label,
                          record_text(r, code_field), NULL);
            return err_word(e, 0, label);
        }
    }
    return err;
}

static enum err compartment_of(struct store_tx *tx, struct arena *a, const struct record *r,
                               const char **out, struct err_info *e)
{
    const char *up = r->entity->parent_field;
    const struct known_record *parent;
    enum err err;
    if (up == NULL || !record_is_set(r, up) || strcmp(up, "programme_id") == 0) {
        err = store_programme_of(store_tx_read(tx), a, r, out, e); // the record says so itself
    } else {
        err = known_find(tx, a, model_find(entity_field(r->entity, up)->ref), record_text(r, up),
                         &parent, e);
        *out = err != ERR_NONE || parent->programme[0] == '\0' ? NULL : parent->programme;
    }
    if (err == ERR_NONE && *out == NULL) {
        *out = STORE_ORGANISATION;
    }
    return err;
}

// Runs INSERT or UPDATE with all columns of the record.
static enum err write_row(struct store_tx *tx, enum kind_statement which, const struct record *r,
                          struct err_info *e)
{
    struct db_query *q;
    bool row;
    enum err err = db_start_write(tx->db, kind_sql(r->entity, which), &q, e);
    if (err != ERR_NONE) {
        return err;
    }
    db_bind_text(q, 1, r->id);
    db_bind_text(q, 2, r->version);
    db_bind_text(q, 3, r->changed_at);
    for (size_t i = 0; i < r->entity->n_fields; i++) {
        sql_bind_value(q, (int)i + 4, &r->entity->fields[i], &r->values[i]);
    }
    err = db_step(q, &row, e);
    db_finish(q);
    return err;
}

static enum err delete_row(struct store_tx *tx, const struct record *r, struct err_info *e)
{
    struct db_query *q;
    bool row;
    enum err err = db_start_write(tx->db, kind_sql(r->entity, KIND_DELETE), &q, e);
    if (err != ERR_NONE) {
        return err;
    }
    db_bind_text(q, 1, r->id);
    err = db_step(q, &row, e);
    db_finish(q);
    return err;
}

enum err store_save(struct store_tx *tx, struct arena *a, struct record *r, struct err_info *e)
{
    ensure(r->entity->compute == NULL);
    struct record *before = NULL;
    enum err err = ERR_NONE;
    bool new = r->id == NULL;
    if (!new) {
        err = store_get(store_tx_read(tx), a, r->entity, r->id, &before, e);
        if (err == ERR_NOT_FOUND && r->version == NULL) {
            err = ERR_NONE; // a record that comes with its id, from a file or another node
            new = true;
        }
    }
    if (err != ERR_NONE) {
        return err;
    }
    if (before != NULL && r->version != NULL && strcmp(r->version, before->version) != 0) {
        return err_set(e, ERR_CONFLICT, NULL,
                       MSG("Somebody else changed this while you were working on it."),
                       MSG("Look at the history, then enter your change again."), NULL);
    }
    const char *fields = fields_diff(a, r->entity, before, r);
    if (fields == NULL && before != NULL) {
        r->version = before->version;
        r->changed_at = before->changed_at;
        return ERR_NONE;
    }
    err = check_references(tx, a, before, r, e);
    if (err == ERR_NONE && (before == NULL || r->entity->code_field == NULL ||
                            strcmp(record_text(before, r->entity->code_field),
                                   record_text(r, r->entity->code_field)) != 0)) {
        err = check_code(tx, a, r, e);
    }
    if (err == ERR_NONE && r->entity->guard != NULL) {
        err = r->entity->guard(a, store_tx_read(tx), before, r, e);
    }
    if (err == ERR_NONE) {
        err = approval_ask(tx, a, before, r, e);
    }
    if (err == ERR_NONE) {
        err = approval_ask_actor(tx, before, r, e);
    }
    if (err == ERR_NONE) {
        err = keep_begin(tx, r->entity, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    bool id_is_ours = r->id == NULL;
    if (id_is_ours) {
        r->id = random_id(a);
    }
    const char *compartment;
    err = compartment_of(tx, a, r, &compartment, e);
    if (err == ERR_NONE) {
        const struct new_change change = {.compartment = compartment, .kind = r->entity->kind, .record_id = r->id,
                                          .op = new ? "create" : "update",
                                          .base = before == NULL ? "" : before->version,
                                          .fields = fields == NULL ? "{}" : fields,
                                          .many = r->entity->imported && id_is_ours};
        err = change_append(tx, a, &change, &r->version, &r->changed_at, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    if (!new) {
        known_forget(tx); // it may belong elsewhere now
    }
    err = write_row(tx, new ? KIND_INSERT : KIND_UPDATE, r, e);
    return err != ERR_NONE ? err : search_record_saved(&tx->search, r, compartment, new, e);
}

// Who refers to this record? Asked kind by kind, so that the answer can be said in words.
static enum err check_unreferenced(struct store_tx *tx, struct arena *a, const struct record *r,
                                   struct err_info *e)
{
    size_t n_kinds;
    const struct entity *const *kinds = model_all(&n_kinds);
    for (size_t k = 0; k < n_kinds; k++) {
        for (size_t i = 0; kinds[k]->compute == NULL && i < kinds[k]->n_fields; i++) {
            const struct field *f = &kinds[k]->fields[i];
            if (f->type != FIELD_REF || strcmp(f->ref, r->entity->kind) != 0) {
                continue;
            }
            struct store_filter filter = {.field = f->name, .op = STORE_EQUAL, .text = r->id};
            struct store_query q = {.filters = &filter, .n_filters = 1};
            int64_t n;
            enum err err = store_count(store_tx_read(tx), a, kinds[k], &q, &n, e);
            if (err != ERR_NONE) {
                return err;
            }
            if (n > 0) {
                (void)err_set(e, ERR_CONFLICT, NULL,
                              MSG("This cannot be deleted: {0} × “{1}” refer to it."),
                              MSG("Delete or move those first."),
                              arena_printf(a, "%lld", (long long)n), kinds[k]->label_many, NULL);
                return err_word(e, 1, kinds[k]->label_many);
            }
        }
    }
    return ERR_NONE;
}

enum err store_delete(struct store_tx *tx, struct arena *a, const struct entity *kind,
                      const char *id, struct err_info *e)
{
    ensure(kind->compute == NULL);
    struct record *r;
    const char *compartment;
    const char *hash;
    const char *wall;
    enum err err = store_get(store_tx_read(tx), a, kind, id, &r, e);
    if (err == ERR_NONE && kind->guard != NULL) {
        err = kind->guard(a, store_tx_read(tx), r, NULL, e);
    }
    if (err == ERR_NONE) {
        err = approval_ask(tx, a, r, NULL, e);
    }
    if (err == ERR_NONE) {
        err = check_unreferenced(tx, a, r, e);
    }
    if (err == ERR_NONE) {
        err = keep_begin(tx, kind, e);
    }
    if (err == ERR_NONE) {
        err = compartment_of(tx, a, r, &compartment, e);
    }
    if (err == ERR_NONE) {
        const char *fields = fields_diff(a, kind, r, NULL);
        const struct new_change change = {.compartment = compartment, .kind = kind->kind, .record_id = r->id,
                                          .op = "delete", .base = r->version, .fields = fields == NULL ? "{}" : fields};
        err = change_append(tx, a, &change, &hash, &wall, e);
    }
    if (err == ERR_NONE) {
        known_forget(tx);
        err = delete_row(tx, r, e);
    }
    return err != ERR_NONE ? err : search_record_deleted(&tx->search, r, e);
}

enum err store_undo(struct store_tx *tx, struct arena *a, const char *version, struct record **out,
                    struct err_info *e)
{
    struct log_of_record_row row;
    bool found;
    enum err err = change_by_name(store_tx_read(tx), a, version, &row, &found, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct entity *kind = found ? model_find(row.kind) : NULL;
    if (kind == NULL) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("That change is not in the log."),
                       MSG("Look at the history of the record."), NULL);
    }
    struct record *r;
    struct err_info missing;
    err = store_get(store_tx_read(tx), a, kind, row.record_id, &r, &missing);
    if (err == ERR_NOT_FOUND && strcmp(row.op, "delete") == 0) {
        r = record_new(a, kind);
        r->id = row.record_id;
    } else if (err != ERR_NONE) {
        *e = missing;
        return err;
    } else if (strcmp(row.op, "create") == 0) {
        *out = r;
        return store_delete(tx, a, kind, r->id, e);
    } else if (strcmp(r->version, version) != 0) {
        return err_set(e, ERR_CONFLICT, NULL, MSG("This was changed again since then."),
                       MSG("Undo the newest change first, or change the fields by hand."), NULL);
    }
    err = fields_apply(a, r, row.fields, 0, e);
    if (err == ERR_NONE) {
        err = record_check(r, e);
    }
    *out = r;
    return err != ERR_NONE ? err : store_save(tx, a, r, e);
}

enum err store_event(struct store_tx *tx, const char *what, const char *about, struct err_info *e)
{
    const char *hash;
    const char *wall;
    const char *fields = arena_printf(tx->arena, "{\"what\":[null,\"%s\"]}", what);
    ensure(strpbrk(what, "\"\\") == NULL); // a word of ours, never of a person
    const struct new_change change = {.compartment = STORE_ORGANISATION, .kind = "event",
                                      .record_id = about == NULL ? "" : about, .op = "event", .base = "", .fields = fields};
    return change_append(tx, tx->arena, &change, &hash, &wall, e);
}
