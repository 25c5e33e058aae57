// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_attach_store.c: evidence and actions of one record, or of all answers of one round, as the parts
// of pages show them.

#include "programme/programme.h"
#include "programme/programme_sql.h"

static enum err evidence_load(struct db_read *db, struct arena *a, const struct attached_to *to,
                              struct attached_records *out, struct err_info *e)
{
    const struct programme_attached_evidence_in in = {.about_kind = to->kind, .about_id = to->id,
                                                      .round = to->round,
                                                      .programme_id = to->programme_id};
    struct programme_attached_evidence_row *rows;
    enum err err = programme_attached_evidence_all(a, db, &in, &rows, &out->n_evidence, e);
    if (err != ERR_NONE) {
        return err;
    }
    out->evidence = ARENA_ARRAY(a, struct record *, out->n_evidence + 1);
    for (size_t i = 0; i < out->n_evidence; i++) {
        struct record *x = out->evidence[i] = record_new(a, &entity_evidence);
        x->id = rows[i].id;
        record_set_text(x, "about_id", rows[i].about_id);
        record_set_text(x, "title", rows[i].title);
        record_set_text(x, "link", rows[i].link);
        record_set_text(x, "file_hash", rows[i].file_hash);
        record_set_text(x, "file_name", rows[i].file_name);
        record_set_int(x, "file_size", rows[i].file_size);
        record_set_text(x, "note", rows[i].note);
    }
    return ERR_NONE;
}

static enum err actions_load(struct db_read *db, struct arena *a, const struct attached_to *to,
                             struct attached_records *out, struct err_info *e)
{
    const struct programme_attached_actions_in in = {.about_kind = to->kind, .about_id = to->id,
                                                     .round = to->round,
                                                     .programme_id = to->programme_id};
    struct programme_attached_actions_row *rows;
    enum err err = programme_attached_actions_all(a, db, &in, &rows, &out->n_actions, e);
    if (err != ERR_NONE) {
        return err;
    }
    out->actions = ARENA_ARRAY(a, struct record *, out->n_actions + 1);
    for (size_t i = 0; i < out->n_actions; i++) {
        struct record *x = out->actions[i] = record_new(a, &entity_action);
        x->id = rows[i].id;
        record_set_text(x, "about_id", rows[i].about_id);
        record_set_text(x, "what", rows[i].what);
        record_set_text(x, "owner_id", rows[i].owner_id);
        record_set_text(x, "due_on", rows[i].due_on);
        record_set_text(x, "state", rows[i].state);
    }
    return ERR_NONE;
}

enum err programme_attached_load(struct db_read *db, struct arena *a, const struct attached_to *to,
                                 struct attached_records *out, struct err_info *e)
{
    *out = (struct attached_records){0};
    enum err err = evidence_load(db, a, to, out, e);
    return err == ERR_NONE ? actions_load(db, a, to, out, e) : err;
}
