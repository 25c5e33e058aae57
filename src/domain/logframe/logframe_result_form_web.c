// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_result_form_web.c: adding and changing a result.

#include <string.h>

#include "html/form.h"
#include "logframe/logframe_next.h"
#include "logframe/logframe_result_form.html.h"
#include "logframe/logframe_web.h"
#include "programme/programme_web.h"
#include "result/result.h"
#include "store/store.h"

// "Goal: Impact; Outcome: Specific objective", for levels that have a name of their own; NULL when none has.
static const char *own_names(struct req *r)
{
    const char *names = NULL;
    for (enum logframe_level level = 0; level < LEVELS; level++) {
        const char *usual = logframe_level_name(r->lang, NULL, level);
        const char *own = logframe_level_name(r->lang, r->programme, level);
        if (strcmp(own, usual) != 0) {
            names = arena_printf(r->arena, "%s%s%s: %s", names == NULL ? "" : names,
                                 names == NULL ? "" : "; ", usual, own);
        }
    }
    return names;
}

// What was chosen for the one before is kept for the next.
static void propose(struct req *r, const struct theory *t)
{
    const struct logframe_next next = logframe_next_of(r->arena, t->results, t->n_results, req_query(r, "level"),
                                                       req_query(r, "parent_id"));
    record_set_text(r->form->record, "level", next.level);
    record_set_text(r->form->record, "parent_id", next.parent_id);
    record_set_text(r->form->record, "code", next.code);
}

static enum err show_form(struct req *r, struct reply *p, const char *title, const char *submit,
                          const char *remove, struct err_info *e)
{
    struct theory t;
    size_t n;
    enum err err = theory_load(r->db, r->arena, r->programme, NULL, &t, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct crumb *crumbs = logframe_crumbs(r, &n);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = title,
                              .about = tr(r->lang, MSG("Say what will be different, not what will be "
                                                       "done.")),
                              .crumbs = crumbs,
                              .n_crumbs = n,
                              .width = PAGE_NARROW});
    form_set_choices(&h, "parent_id", theory_choices(r, &t), t.n_results);
    if (remove == NULL && r->form->n_typed == 0) {
        propose(r, &t);
    }
    logframe_result_form_html(
        &h, &(struct logframe_result_form_view){.form = r->form,
                                                .action = r->path,
                                                .submit = submit,
                                                .cancel = logframe_address(r, ""),
                                                .names = own_names(r),
                                                .is_new = remove == NULL,
                                                .remove = remove});
    return page_end(&h, e);
}

static enum err new_get(struct req *r, struct reply *p, struct err_info *e)
{
    return show_form(r, p, tr(r->lang, MSG("Add a result")), tr(r->lang, MSG("Add this result")),
                     NULL, e);
}

static enum err change_get(struct req *r, struct reply *p, struct err_info *e)
{
    return show_form(r, p, tr(r->lang, MSG("Change a result")),
                     tr(r->lang, MSG("Save this result")),
                     programme_remove_address(r, "result", r->form->record->id,
                                              logframe_address(r, "")),
                     e);
}

// A place is one among neighbours: a result that gets others has none.
static enum err leave_place(struct req *r, struct record *x, struct err_info *e)
{
    struct record *before;
    enum err err = store_get(r->db, r->arena, &entity_result, x->id, &before, e);
    if (err == ERR_NONE && (strcmp(record_text(before, "parent_id"), record_text(x, "parent_id")) != 0 ||
                            strcmp(record_text(before, "level"), record_text(x, "level")) != 0)) {
        record_clear(x, "position");
    }
    return err;
}

static enum err save(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *x = r->form->record;
    bool is_new = x->id == NULL;
    enum err err = is_new ? ERR_NONE : leave_place(r, x, e);
    if (err == ERR_NONE) {
        err = programme_save_one(r, x, NULL, e);
    }
    if (err == ERR_NONE) {
        reply_flash(p,
                    tr(r->lang, is_new ? MSG("The result is in the logframe. Choose an indicator "
                                             "for it next.")
                                       : MSG("The result is saved.")),
                    x->version);
        p->status = 303;
        p->location = logframe_address(r, "");
        if (is_new && strcmp(req_posted(r, "go"), "again") == 0) {
            p->location = arena_printf(r->arena, "%s%s", logframe_address(r, "/results/new"),
                                       url_make(r->arena, "?level={0}&parent_id={1}", record_text(x, "level"),
                                                record_text(x, "parent_id"), NULL));
        }
    }
    return err;
}

const struct route route_result_new = {
    .path = "/programmes/{programme}/logframe/results/new",
    .needs = MAY_WRITE,
    .get = new_get,
    .post = save,
    .entity = &entity_result,
    .also = (const char *const[]){"go", NULL},
    .title = MSG("Add a result"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_PLAN,
};

const struct route route_result_change = {
    .path = "/programmes/{programme}/logframe/results/{result}/change",
    .needs = MAY_WRITE,
    .get = change_get,
    .post = save,
    .entity = &entity_result,
    .edits = "result",
    .title = MSG("Change a result"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_PLAN,
};
