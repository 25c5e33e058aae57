// SPDX-License-Identifier: AGPL-3.0-or-later
//
// diligence_measure_web.c: measures against the risk: named in a draft, seen to be done after the decision.

#include <string.h>

#include "base/bug.h"
#include "diligence/diligence_form.html.h"
#include "diligence/diligence_measures.html.h"
#include "diligence/diligence_web.h"
#include "html/form.h"
#include "programme/programme_web.h"
#include "store/store.h"

const char *const diligence_not_in_measure[] = {"done_on", "seen", NULL};
const char *const diligence_not_in_done[] = {"what", "side", "owner", "due_on", "due_diligence_id",
                                             NULL};

static enum err draft_of_path(struct req *r, struct record **c, struct err_info *e)
{
    enum err err = diligence_of_path(r, c, e);
    if (err == ERR_NONE && strcmp(record_text(*c, "state"), "draft") != 0) {
        err = err_set(e, ERR_CONFLICT, NULL, MSG("Only a draft can be changed."),
                      MSG("The measures of a decision stay. Open it to write down that one was done."),
                      NULL);
    }
    return err;
}

enum err diligence_measures_get(struct req *r, struct reply *p, struct err_info *e)
{
    static const char *const fields[] = {"what", "side", "owner", "due_on"};
    struct record *c, **rows;
    size_t n, n_crumbs;
    enum err err = draft_of_path(r, &c, e);
    if (err == ERR_NONE) {
        err = store_list_by(r->db, r->arena, &entity_diligence_measure, "due_diligence_id", c->id,
                            &rows, &n, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const struct diligence_page *page = &diligence_pages[diligence_page_of("measures")];
    struct diligence_measures_view v = {
        .form = r->form,
        .action = diligence_case_address(r, c, "/measures"),
        .next = diligence_case_address(r, c, "/steps/proposal"),
        .fields = fields,
        .n_fields = COUNT_OF(fields),
        .lines = ARENA_ARRAY(r->arena, struct measure_line, n + 1),
        .n_lines = n,
    };
    for (size_t i = 0; i < n; i++) {
        v.lines[i] = (struct measure_line){
            .what = record_text(rows[i], "what"),
            .side = diligence_code(r, rows[i], "side"),
            .owner = record_text(rows[i], "owner"),
            .due_on = record_text(rows[i], "due_on"),
            .remove = r->programme == NULL
                          ? NULL
                          : programme_remove_address(r, "diligence_measure", rows[i]->id,
                                                     diligence_case_address(r, c, "/measures"))};
    }
    v.stops = diligence_stops(r, c, n, "measures", &v.n_stops);
    v.facts = diligence_page_facts(r, page, c, &v.n_facts);
    const struct crumb *crumbs = diligence_crumbs(r, c, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, page->title),
                              .about = tr(r->lang, page->about),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs});
    diligence_measures_html(&h, &v);
    return page_end(&h, e);
}

enum err diligence_measures_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *c, *m = r->form->record;
    enum err err = draft_of_path(r, &c, e);
    if (err == ERR_NONE) {
        err = programme_save_one(r, m, NULL, e);
    }
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The measure is added.")), m->version);
        reply_redirect(r, p, diligence_case_address(r, c, "/measures"), NULL);
    }
    return err;
}

// ---- done ---------------------------------------------------------------------------------------

enum err diligence_done_get(struct req *r, struct reply *p, struct err_info *e)
{
    static const char *const fields[] = {"done_on", "seen"};
    struct record *c, *m = r->form->record;
    size_t n;
    enum err err = diligence_of_path(r, &c, e);
    if (err == ERR_NONE && strcmp(record_text(m, "due_diligence_id"), c->id) != 0) {
        err = programme_not_found(e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const struct crumb *crumbs = diligence_crumbs(r, c, &n);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("A measure was done")),
                              .about = record_text(m, "what"),
                              .crumbs = crumbs,
                              .n_crumbs = n,
                              .width = PAGE_NARROW});
    diligence_form_html(&h, &(struct diligence_form_view){
                                .form = r->form,
                                .action = r->path,
                                .submit = tr(r->lang, MSG("Save")),
                                .cancel = diligence_case_address(r, c, "#measures"),
                                .fields = fields,
                                .n_fields = COUNT_OF(fields)});
    return page_end(&h, e);
}

enum err diligence_done_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *c, *m = r->form->record;
    enum err err = diligence_of_path(r, &c, e);
    if (err == ERR_NONE && strcmp(record_text(m, "due_diligence_id"), c->id) != 0) {
        err = programme_not_found(e);
    }
    if (err == ERR_NONE) {
        err = programme_save_one(r, m, NULL, e);
    }
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("It is written down that the measure was done.")), m->version);
        reply_redirect(r, p, diligence_case_address(r, c, ""), NULL);
    }
    return err;
}

const struct route route_diligence_measures = {
    .path = "/programmes/{programme}/due-diligence/{due_diligence}/measures",
    .needs = MAY_WRITE,
    .get = diligence_measures_get,
    .post = diligence_measures_post,
    .entity = &entity_diligence_measure,
    .except = diligence_not_in_measure,
    .title = MSG("Measures against the risk"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_ANALYSE,
};
const struct route route_diligence_done = {
    .path = "/programmes/{programme}/due-diligence/{due_diligence}/measures/{diligence_measure}/done",
    .needs = MAY_APPROVE,
    .get = diligence_done_get,
    .post = diligence_done_post,
    .entity = &entity_diligence_measure,
    .edits = "diligence_measure",
    .except = diligence_not_in_done,
    .title = MSG("A measure was done"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_ANALYSE,
};
