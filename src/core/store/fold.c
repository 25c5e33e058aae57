// SPDX-License-Identifier: AGPL-3.0-or-later
//
// fold.c: records as the log says they were at a moment.
//
// The changes of a kind are read record by record, oldest first (kind_log.c), so only one record is in memory at a
// time however long the log is. The past (--as-of), verify and rebuild all read it this way.

#include <string.h>

#include "store/store_private.h"

struct folding {
    const struct entity *kind;
    struct arena *arena; // of the record being folded; emptied for the next
    struct record *record;
    bool deleted;
    bool skip_unreadable; // else the first change that cannot be read ends it
    bool unreadable;      // one of the changes of the record
    fold_fn *fn;
    void *context;
};

static enum err finish_record(struct folding *f, struct err_info *e)
{
    enum err err = ERR_NONE;
    if (f->record != NULL) {
        err = f->fn(f->context, f->record, f->deleted, e);
    }
    f->record = NULL;
    f->unreadable = false;
    arena_reset(f->arena);
    return err;
}

static enum err take_change(struct folding *f, const struct log_of_record_row *row,
                            struct err_info *e)
{
    if (f->record == NULL || strcmp(f->record->id, row->record_id) != 0) {
        enum err err = finish_record(f, e);
        if (err != ERR_NONE) {
            return err;
        }
        f->record = record_new(f->arena, f->kind);
        f->record->id = arena_copy(f->arena, row->record_id);
    }
    struct err_info why;
    f->deleted = strcmp(row->op, "delete") == 0;
    f->record->changed_at = arena_copy(f->arena, row->wall);
    enum err err = fields_apply(f->arena, f->record, row->fields, 1, &why);
    f->unreadable = f->unreadable || err == ERR_DAMAGED;
    f->record->version = f->unreadable ? NULL : arena_copy(f->arena, row->hash);
    if (err == ERR_NONE || (f->unreadable && f->skip_unreadable)) {
        return ERR_NONE;
    }
    *e = why;
    return err;
}

enum err fold_kind(struct db_read *db, const struct entity *kind, int64_t until, bool skip_unreadable, fold_fn *fn,
                   void *context, struct err_info *e)
{
    struct folding f = {.kind = kind, .skip_unreadable = skip_unreadable, .fn = fn, .context = context};
    struct kind_log *log;
    struct log_of_record_row row;
    bool more = true;
    enum err err = kind_log_begin(db, kind, until, skip_unreadable, &log, e);
    if (err != ERR_NONE) {
        return err;
    }
    f.arena = arena_new(LIMIT_REQUEST_BYTES);
    while (err == ERR_NONE && (err = kind_log_next(log, &row, &more, e)) == ERR_NONE && more) {
        err = take_change(&f, &row, e);
    }
    if (err == ERR_NONE) {
        err = finish_record(&f, e);
    }
    kind_log_end(log);
    arena_free(f.arena);
    return err;
}
