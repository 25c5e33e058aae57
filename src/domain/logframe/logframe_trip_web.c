// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_trip_web.c: the page where the logframe is taken out as a spreadsheet, sent back, looked through and
// accepted. What would change is worked out twice: for the page, where it is also tried and taken back, and again when it is
// accepted; unless both say the same nothing is written.

#include <string.h>

#include "logframe/logframe_sheet_web.h"
#include "logframe/logframe_trip.html.h"
#include "logframe/logframe_web.h"
#include "programme/programme_sheet_web.h"
#include "programme/programme_web.h"
#include "result/result.h"

// ---- saving -------------------------------------------------------------------------------------

static struct record *planned(const struct logframe_plan *plan, const struct entity *kind,
                              const char *code)
{
    for (size_t i = 0; i < plan->n_records; i++) {
        struct record *r = plan->records[i].record;
        if (r->entity == kind && strcmp(record_text(r, "code"), code) == 0) {
            return r;
        }
    }
    return NULL;
}

// Saves the records of a kind; those that refer to a new record wait until that is saved. *place: of the one that is
// refused.
static enum err save_kind(struct store_tx *tx, struct req *r, struct logframe_plan *plan,
                          const struct entity *kind, const struct entity *parent_kind,
                          const char *parent_field, const char **place, struct err_info *e)
{
    bool *saved = ARENA_ARRAY(r->arena, bool, plan->n_records + 1);
    bool waits = true;
    for (size_t round = 0; waits && round <= plan->n_records; round++) {
        waits = false;
        for (size_t i = 0; i < plan->n_records; i++) {
            struct logframe_planned *x = &plan->records[i];
            if (saved[i] || x->record->entity != kind) {
                continue;
            }
            if (x->parent != NULL) {
                const struct record *parent = planned(plan, parent_kind, x->parent);
                if (parent == NULL || parent->id == NULL) {
                    waits = true;
                    continue;
                }
                record_set_text(x->record, parent_field, parent->id);
            }
            enum err err = store_save(tx, r->arena, x->record, e);
            if (err != ERR_NONE) {
                *place = x->place;
                return err;
            }
            saved[i] = true;
        }
    }
    return waits ? err_set(e, ERR_INPUT, "file",
                           MSG("A result serves one that is refused, or two serve each other."),
                           MSG("Mend the column “serves”, and send the file again."), NULL)
                 : ERR_NONE;
}

static enum err save_plan(struct store_tx *tx, struct req *r, struct logframe_plan *plan, const char **place,
                          struct err_info *e)
{
    *place = tr(r->lang, MSG("The file"));
    enum err err = save_kind(tx, r, plan, &entity_result, &entity_result, "parent_id", place, e);
    if (err == ERR_NONE) {
        err = save_kind(tx, r, plan, &entity_indicator, &entity_result, "result_id", place, e);
    }
    return err == ERR_NONE ? save_kind(tx, r, plan, &entity_target, &entity_indicator, "indicator_id", place, e) : err;
}

// ---- looking ------------------------------------------------------------------------------------

// Saves and takes it back, so that what would be refused is known before anybody accepts it; *refused says so, and it
// is among the faults.
static enum err try_plan(struct req *r, struct logframe_plan *plan, bool *refused, struct err_info *e)
{
    struct store_tx *tx;
    struct err_info why;
    const char *place;
    const struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = save_plan(tx, r, plan, &place, &why);
    store_rollback(tx);
    *refused = err == ERR_INPUT || err == ERR_NOT_ALLOWED || err == ERR_CONFLICT || err == ERR_USAGE;
    if (err != ERR_NONE && !*refused) {
        *e = why;
        return err;
    }
    if (*refused) {
        struct logframe_cell_fault *all = ARENA_ARRAY(r->arena, struct logframe_cell_fault, plan->n_faults + 1);
        const char *hint = err_hint(r->arena, r->lang, &why);
        if (plan->n_faults > 0) {
            memcpy(all, plan->faults, plan->n_faults * sizeof *all);
        }
        all[plan->n_faults++] = (struct logframe_cell_fault){place, err_text(r->arena, r->lang, &why),
                                                             hint == NULL ? "" : hint};
        plan->faults = all;
    }
    return ERR_NONE;
}

// csv: what was sent; NULL: nothing yet.
static enum err show(struct req *r, struct reply *p, const char *csv,
                     const struct logframe_plan *plan, bool refused, struct err_info *e)
{
    size_t n_crumbs;
    struct logframe_trip_view v = {
        .action = logframe_address(r, "/sheet"),
        .save = logframe_address(r, "/sheet/save"),
        .file = req_may(r, MAY_EXPORT) ? logframe_address(r, "/sheet/file") : NULL,
        .may_write = req_may(r, MAY_WRITE),
        .read = plan != NULL,
        .cells = csv,
    };
    if (plan != NULL) {
        v.changes = plan->changes;
        v.n_changes = plan->n_changes;
        v.faults = plan->faults;
        v.n_faults = plan->n_faults;
        v.mark = refused ? NULL : plan->mark;
    }
    const struct crumb *crumbs = logframe_crumbs(r, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr_f(r->arena, r->lang, MSG("Logframe of {0} in a spreadsheet"),
                                            programme_number(r), NULL),
                              .about = tr(r->lang, MSG("Take it out, work on it without internet, "
                                                       "send it back, and look at what would change "
                                                       "before it is saved.")),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs});
    logframe_trip_html(&h, &v);
    return page_end(&h, e);
}

static enum err sheet_get(struct req *r, struct reply *p, struct err_info *e)
{
    return show(r, p, NULL, NULL, false, e);
}

static enum err sheet_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct logframe l;
    struct logframe_grid g;
    struct logframe_plan plan;
    bool refused;
    const char *csv;
    const struct upload *file = req_upload(r, "file");
    if (file == NULL || file->len == 0) {
        return err_set(e, ERR_INPUT, "file", MSG("No file was sent."),
                       MSG("Choose the file that was taken out here."), NULL);
    }
    enum err err = sheet_csv(r->arena, file->bytes, file->len, &csv, e);
    if (err == ERR_NONE) {
        err = logframe_grid_read(r->arena, csv, &g, e);
    }
    if (err == ERR_NONE) {
        err = logframe_load(r->db, r->arena, r->programme, NULL, &l, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    logframe_plan_of(r->arena, r->lang, &l, &g, &plan);
    err = try_plan(r, &plan, &refused, e);
    return err == ERR_NONE ? show(r, p, csv, &plan, refused, e) : err;
}

const struct route route_logframe_sheet = {
    .path = "/programmes/{programme}/logframe/sheet",
    .needs = MAY_READ,
    .post_needs = MAY_WRITE,
    .get = sheet_get,
    .post = sheet_post,
    .also = (const char *const[]){"file", NULL},
    .title = MSG("Logframe in a spreadsheet"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_PLAN,
    .uploads = true,
    .slow = true,
};

static enum err file_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct logframe l;
    struct sheet sheet;
    enum err err = logframe_load(r->db, r->arena, r->programme, NULL, &l, e);
    if (err != ERR_NONE) {
        return err;
    }
    logframe_sheet_of(r->arena, &l, r->lang->right_to_left, &sheet);
    return programme_send_sheet(r, p, &sheet,
                                arena_printf(r->arena, "%s-logframe", programme_number(r)), "result",
                                e);
}

const struct route route_logframe_sheet_file = {
    .path = "/programmes/{programme}/logframe/sheet/file",
    .needs = MAY_EXPORT,
    .get = file_get,
    .title = MSG("Logframe in a spreadsheet"),
    .menu = MENU_PROGRAMMES,
    .slow = true,
};

// ---- accepting ----------------------------------------------------------------------------------

static enum err save(struct store_tx *tx, struct req *r, struct logframe_plan *plan,
                     struct err_info *e)
{
    struct logframe l;
    struct logframe_grid g;
    const char *place;
    enum err err = logframe_grid_read(r->arena, req_posted(r, "cells"), &g, e);
    if (err == ERR_NONE) {
        err = logframe_load(store_tx_read(tx), r->arena, r->programme, NULL, &l, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    logframe_plan_of(r->arena, r->lang, &l, &g, plan);
    if (strcmp(plan->mark, req_posted(r, "mark")) != 0) {
        return err_set(e, ERR_CONFLICT, NULL,
                       MSG("The logframe was changed meanwhile, so nothing was saved."),
                       MSG("Send the file again, and look at what would change now."), NULL);
    }
    return save_plan(tx, r, plan, &place, e);
}

static enum err save_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct logframe_plan plan;
    struct store_tx *tx;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, tr(r->lang, MSG("from a spreadsheet")), &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = save(tx, r, &plan, e);
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    if (err == ERR_NONE) {
        reply_flash(p,
                    tr_n(r->arena, r->lang, MSG("One cell was taken over."),
                         MSG("{0} cells were taken over."), (int64_t)plan.n_changes),
                    NULL);
        p->status = 303;
        p->location = logframe_address(r, "");
    }
    return err;
}

const struct route route_logframe_sheet_save = {
    .path = "/programmes/{programme}/logframe/sheet/save",
    .needs = MAY_WRITE,
    .post = save_post,
    .also = (const char *const[]){"cells", "mark", NULL},
    .title = MSG("Logframe in a spreadsheet"),
    .menu = MENU_PROGRAMMES,
};
