// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_theory_form_web.c: beginning and changing a version of the theory, adding and changing a link.

#include <string.h>

#include "base/bug.h"
#include "html/form.h"
#include "logframe/logframe.h"
#include "logframe/logframe_link_form.html.h"
#include "logframe/logframe_theory_form.html.h"
#include "logframe/logframe_web.h"
#include "os/clock.h"
#include "programme/programme_web.h"

#define FROM_NOTHING "nothing"
#define FROM_LOGFRAME "logframe"

// ---- a version ----------------------------------------------------------------------------------

static enum err show_theory_form(struct req *r, struct reply *p,
                                 struct logframe_theory_form_view *v, const char *title,
                                 struct err_info *e)
{
    size_t n;
    const struct crumb *crumbs = theory_crumbs(r, NULL, &n);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = title,
                              .about = tr(r->lang, MSG("Older versions stay, so that one can see what "
                                                       "was believed when.")),
                              .crumbs = crumbs,
                              .n_crumbs = n,
                              .width = PAGE_NARROW});
    v->form = r->form;
    logframe_theory_form_html(&h, v);
    return page_end(&h, e);
}

static enum err theory_new_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct record **theories;
    size_t n;
    enum err err = theory_list(r->db, r->arena, r->programme->id, &theories, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (r->form->n_typed == 0) {
        char today[11];
        clock_today(today);
        record_set_text(r->form->record, "drawn_on", arena_copy(r->arena, today));
        record_set_text(r->form->record, "origin", n == 0 ? "planned" : "revised");
    }
    const char *chosen = req_posted(r, "from");
    chosen = chosen[0] != '\0' ? chosen : n == 0 ? FROM_LOGFRAME : theories[0]->id;
    struct theory_source *from = ARENA_ARRAY(r->arena, struct theory_source, n + 2);
    size_t n_from = 0;
    for (size_t i = 0; i < n; i++) {
        from[n_from++] = (struct theory_source){
            .code = theories[i]->id,
            .label = tr_f(r->arena, r->lang, MSG("The links of “{0}”"),
                          record_text(theories[i], "name"), NULL)};
    }
    from[n_from++] = (struct theory_source){
        .code = FROM_LOGFRAME,
        .label = tr(r->lang, MSG("The logframe: each result leads to the one it serves"))};
    from[n_from++] =
        (struct theory_source){.code = FROM_NOTHING, .label = tr(r->lang, MSG("Nothing"))};
    for (size_t i = 0; i < n_from; i++) {
        from[i].chosen = strcmp(from[i].code, chosen) == 0;
    }
    return show_theory_form(r, p,
                            &(struct logframe_theory_form_view){
                                .action = r->path,
                                .submit = tr(r->lang, MSG("Begin this version")),
                                .cancel = theory_address(r, NULL, ""),
                                .from = from,
                                .n_from = n_from},
                            tr(r->lang, MSG("Begin a version of the theory of change")), e);
}

static struct record *new_link(struct req *r, const char *cause, const char *effect)
{
    struct record *k = record_new(r->arena, &entity_result_link);
    record_set_text(k, "cause_id", cause);
    record_set_text(k, "effect_id", effect);
    return k;
}

// The links that a new version begins with.
static enum err first_links(struct req *r, const char *from, struct record ***out, size_t *n,
                            struct err_info *e)
{
    struct record **theories;
    struct theory t;
    size_t n_theories;
    const struct record *source = NULL;
    *n = 0;
    enum err err = theory_list(r->db, r->arena, r->programme->id, &theories, &n_theories, e);
    for (size_t i = 0; err == ERR_NONE && i < n_theories; i++) {
        source = strcmp(theories[i]->id, from) == 0 ? theories[i] : source;
    }
    if (err == ERR_NONE) {
        err = theory_load(r->db, r->arena, r->programme, source, &t, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    *out = ARENA_ARRAY(r->arena, struct record *, t.n_links + t.n_results + 1);
    for (size_t i = 0; i < t.n_links; i++) {
        struct record *k = record_copy(r->arena, t.links[i].record);
        k->id = k->version = NULL;
        (*out)[(*n)++] = k;
    }
    for (size_t i = 0; strcmp(from, FROM_LOGFRAME) == 0 && i < t.n_results; i++) {
        const struct record *x = t.results[i].record;
        for (size_t k = 0; k < t.n_results; k++) {
            if (strcmp(t.results[k].record->id, record_text(x, "parent_id")) == 0) {
                (*out)[(*n)++] = new_link(r, x->id, record_text(x, "parent_id"));
            }
        }
    }
    return ERR_NONE;
}

static enum err save_version(struct req *r, struct record *theory, struct record *const *links,
                             size_t n, struct err_info *e)
{
    struct store_tx *tx;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = store_save(tx, r->arena, theory, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        record_set_text(links[i], "theory_id", theory->id);
        err = store_save(tx, r->arena, links[i], e);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

static enum err theory_new_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record **links;
    size_t n;
    enum err err = first_links(r, req_posted(r, "from"), &links, &n, e);
    if (err == ERR_NONE) {
        err = save_version(r, r->form->record, links, n, e);
    }
    if (err == ERR_NONE) {
        reply_flash(p,
                    tr_n(r->arena, r->lang, MSG("The version is begun, with one link."),
                         MSG("The version is begun, with {0} links."), (int64_t)n),
                    NULL);
        p->status = 303;
        p->location = theory_address(r, r->form->record, "");
    }
    return err;
}

static enum err theory_change_get(struct req *r, struct reply *p, struct err_info *e)
{
    const struct record *t = r->form->record;
    return show_theory_form(
        r, p,
        &(struct logframe_theory_form_view){
            .action = r->path,
            .submit = tr(r->lang, MSG("Save this version")),
            .cancel = theory_address(r, t, ""),
            .remove = programme_remove_address(r, "theory", t->id, theory_address(r, NULL, ""))},
        tr(r->lang, MSG("Change a version of the theory of change")), e);
}

static enum err theory_change_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *t = r->form->record;
    enum err err = programme_save_one(r, t, NULL, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The version is saved.")), t->version);
        p->status = 303;
        p->location = theory_address(r, t, "");
    }
    return err;
}

const struct route route_theory_new = {
    .path = "/programmes/{programme}/theory/new",
    .needs = MAY_WRITE,
    .get = theory_new_get,
    .post = theory_new_post,
    .entity = &entity_theory,
    .also = (const char *const[]){"from", NULL},
    .title = MSG("Begin a version of the theory of change"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_PLAN,
};

const struct route route_theory_change = {
    .path = "/programmes/{programme}/theory/{theory}/change",
    .needs = MAY_WRITE,
    .get = theory_change_get,
    .post = theory_change_post,
    .entity = &entity_theory,
    .edits = "theory",
    .title = MSG("Change a version of the theory of change"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_PLAN,
};

// ---- a link -------------------------------------------------------------------------------------

static enum err show_link_form(struct req *r, struct reply *p, const struct record *theory,
                               const char *title, const char *submit, const char *remove,
                               struct err_info *e)
{
    struct theory t;
    size_t n;
    enum err err = theory_load(r->db, r->arena, r->programme, NULL, &t, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct crumb *crumbs = theory_crumbs(r, theory, &n);
    const struct choice *choices = theory_choices(r, &t);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = title,
                              .about = tr(r->lang, MSG("One result leads to another: if this comes "
                                                       "about, and the assumption holds, then that "
                                                       "does too.")),
                              .crumbs = crumbs,
                              .n_crumbs = n,
                              .width = PAGE_NARROW});
    form_set_choices(&h, "cause_id", choices, t.n_results);
    form_set_choices(&h, "effect_id", choices, t.n_results);
    logframe_link_form_html(&h,
                            &(struct logframe_link_form_view){.form = r->form,
                                                              .action = r->path,
                                                              .submit = submit,
                                                              .cancel =
                                                                  theory_address(r, theory, ""),
                                                              .remove = remove});
    return page_end(&h, e);
}

// A result of the programme that the address names, to begin with; others are passed over.
static enum err begin_with(struct req *r, struct form *f, struct err_info *e)
{
    static const char *const names[][2] = {{"cause", "cause_id"}, {"effect", "effect_id"}};
    for (size_t i = 0; f->n_typed == 0 && i < COUNT_OF(names); i++) {
        const char *id = req_query(r, names[i][0]);
        struct record *result;
        if (id[0] != '\0') {
            enum err err = programme_load_record(r, "result", id, &result, e);
            if (err != ERR_NONE) {
                return err;
            }
            record_set_text(f->record, names[i][1], result->id);
        }
    }
    return ERR_NONE;
}

static enum err link_new_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *theory;
    enum err err = theory_of_path(r, &theory, e);
    return err == ERR_NONE
               ? show_link_form(r, p, theory, tr(r->lang, MSG("Add a link")),
                                tr(r->lang, MSG("Add this link")), NULL, e)
               : err;
}

static enum err link_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *k = r->form->record;
    bool is_new = k->id == NULL;
    enum err err = programme_save_one(r, k, NULL, e);
    if (err == ERR_NONE) {
        reply_flash(p,
                    tr(r->lang, is_new ? MSG("The link is in the theory.")
                                       : MSG("The link is saved.")),
                    k->version);
        p->status = 303;
        bool drawn = strcmp(req_posted(r, "from"), "picture") == 0;
        p->location = arena_printf(r->arena, "%s%s%s", theory_address(r, NULL, ""),
                                   url_make(r->arena, "/{0}", record_text(k, "theory_id"), NULL),
                                   drawn ? "" : "#links");
    }
    return err;
}

static enum err link_change_get(struct req *r, struct reply *p, struct err_info *e)
{
    const struct record *k = r->form->record;
    struct record *theory;
    enum err err = programme_load_record(r, "theory", record_text(k, "theory_id"), &theory, e);
    return err == ERR_NONE
               ? show_link_form(r, p, theory, tr(r->lang, MSG("Change a link")),
                                tr(r->lang, MSG("Save this link")),
                                programme_remove_address(r, "result_link", k->id,
                                                         theory_address(r, theory, "")),
                                e)
               : err;
}

static const char *const not_typed[] = {"theory_id", NULL};

const struct route route_result_link_new = {
    .path = "/programmes/{programme}/theory/{theory}/links/new",
    .needs = MAY_WRITE,
    .get = link_new_get,
    .post = link_post,
    .prepare = begin_with,
    .entity = &entity_result_link,
    .also = (const char *const[]){"from", NULL},
    .title = MSG("Add a link"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_PLAN,
};

const struct route route_result_link_change = {
    .path = "/programmes/{programme}/theory/links/{result_link}/change",
    .needs = MAY_WRITE,
    .get = link_change_get,
    .post = link_post,
    .entity = &entity_result_link,
    .edits = "result_link",
    .except = not_typed,
    .title = MSG("Change a link"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_PLAN,
};
