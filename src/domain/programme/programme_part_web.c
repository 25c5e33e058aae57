// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_part_web.c: adding and changing the parts of a programme that are one form each (partners,
// revisions), and deleting any part, with a reason.

#include <string.h>

#include "base/bug.h"
#include "html/form.h"
#include "programme/programme.h"
#include "programme/programme_part.html.h"
#include "programme/programme_remove.html.h"
#include "programme/programme_web.h"

struct part_words {
    const struct entity *entity;
    const char *add, *change, *about, *submit, *added, *changed; // catalogue keys
};
static const struct part_words words[] = {
    {&entity_partner, MSG("Add a partner to {0}"), MSG("Change a partner of {0}"),
     MSG("An organisation that works in the programme."), MSG("Save this partner"),
     MSG("Partner added."), MSG("Partner changed.")},
    {&entity_revision, MSG("Add a revision of {0}"), MSG("Change a revision of {0}"),
     MSG("A formal change of the programme. Whatever is ticked must also be said: the new amount, the new day, or in words."),
     MSG("Save this revision"), MSG("Revision added."), MSG("Revision changed.")},
};

static const struct part_words *words_of(const struct entity *entity)
{
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (words[i].entity == entity) {
            return &words[i];
        }
    }
    bug("a part of a programme without words");
}

// The next revision has the next number.
static enum err propose_number(struct req *r, struct err_info *e)
{
    struct record **rows;
    size_t n;
    int64_t last = 0;
    enum err err = store_list_by(r->db, r->arena, &entity_revision, "programme_id",
                                 r->programme->id, &rows, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        last = record_int(rows[i], "number") > last ? record_int(rows[i], "number") : last;
    }
    record_set_int(r->form->record, "number", last + 1);
    return err;
}

static enum err part_get(struct req *r, struct reply *p, struct err_info *e)
{
    const struct part_words *w = words_of(r->route->entity);
    bool is_new = r->route->edits == NULL;
    size_t n;
    const struct crumb *crumbs = programme_crumbs(r, &n);
    if (is_new && r->method == METHOD_GET && w->entity == &entity_revision) {
        enum err err = propose_number(r, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    struct html h;
    page_begin(&h, r, p, &(struct page){
        .title = tr_f(r->arena, r->lang, is_new ? w->add : w->change, programme_number(r), NULL),
        .about = tr(r->lang, w->about), .crumbs = crumbs, .n_crumbs = n, .width = PAGE_NARROW});
    programme_part_html(&h, &(struct programme_part_view){
        .form = r->form, .action = r->path, .submit = tr(r->lang, w->submit),
        .cancel = programme_address(r, ""),
        .remove = is_new ? NULL
                         : programme_remove_address(r, w->entity->kind, r->form->record->id,
                                                    programme_address(r, ""))});
    return page_end(&h, e);
}

static enum err part_post(struct req *r, struct reply *p, struct err_info *e)
{
    const struct part_words *w = words_of(r->route->entity);
    struct record *record = r->form->record;
    bool is_new = record->id == NULL;
    enum err err = programme_save_one(r, record, NULL, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, is_new ? w->added : w->changed), record->version);
        reply_redirect(r, p, programme_address(r, ""), NULL);
    }
    return err;
}

// ---- deleting any part --------------------------------------------------------------------------

static const struct field why[] = {
    {.name = "reason", .label = MSG("Why?"),
     .hint = MSG("One sentence. It stays in the history, with your name."), .type = FIELD_LONG,
     .data_class = CLASS_C1, .required = true, .max = 1000},
};

static enum err find_removable(struct req *r, struct record **out, struct err_info *e)
{
    const struct entity *kind = model_find(req_capture(r, "kind"));
    bool may = kind != NULL && kind->removable &&
               (r->country == NULL || entity_field(kind, "about_id") != NULL);
    return may
               ? programme_load_record(r, kind->kind, req_capture(r, "record"), out, e)
               : programme_not_found(e);
}

// What a person calls the record: its title; for a budget row its years, for a pledge its donor.
static enum err name_of(struct req *r, const struct record *record, const char **name,
                        struct err_info *e)
{
    const char *kind = record->entity->kind;
    const char *title = record_title(record);
    *name = strcmp(title, record->id) != 0 ? title : tr(r->lang, record->entity->label);
    if (strcmp(kind, "budget") == 0) {
        const char *from = arena_printf(r->arena, "%lld", (long long)record_int(record, "from_year"));
        const char *to = arena_printf(r->arena, "%lld", (long long)record_int(record, "to_year"));
        *name = strcmp(from, to) == 0
                    ? from
                    : tr_f(r->arena, r->lang, MSG("{0} to {1}"), from, to, NULL);
    } else if (strcmp(kind, "revision") == 0) {
        *name = tr_f(r->arena, r->lang, MSG("Revision {0}"),
                     arena_printf(r->arena, "%lld", (long long)record_int(record, "number")), NULL);
    } else if (strcmp(kind, "pledge") == 0) {
        struct record *donor;
        enum err err = store_get(r->db, r->arena, model_find("donor"),
                                 record_text(record, "donor_id"), &donor, e);
        if (err != ERR_NONE) {
            return err;
        }
        *name = record_title(donor);
    }
    return ERR_NONE;
}

// What is attached to the record and stays behind; NULL when nothing is.
static enum err touches_of(struct req *r, const struct record *record, const char **text,
                           struct err_info *e)
{
    const struct entity *const kinds[] = {&entity_evidence, &entity_action};
    const struct store_filter filters[] = {
        {.field = "about_id", .op = STORE_EQUAL, .text = record->id}};
    const struct store_query q = {.filters = filters, .n_filters = 1};
    int64_t n[2];
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        enum err err = store_count(r->db, r->arena, kinds[i], &q, &n[i], e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    *text = n[0] + n[1] == 0
                ? NULL
                : tr_f(r->arena, r->lang,
                       MSG("Attached to it: evidence {0}, actions {1}. They are not deleted; they stay in the lists of the programme."),
                       arena_printf(r->arena, "%lld", (long long)n[0]),
                       arena_printf(r->arena, "%lld", (long long)n[1]), NULL);
    return ERR_NONE;
}

static enum err remove_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *record;
    const char *name, *touches;
    size_t n;
    enum err err = find_removable(r, &record, e);
    if (err == ERR_NONE) {
        err = name_of(r, record, &name, e);
    }
    if (err == ERR_NONE) {
        err = touches_of(r, record, &touches, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const struct crumb *crumbs = programme_crumbs(r, &n);
    struct html h;
    page_begin(&h, r, p, &(struct page){
        .title = tr_f(r->arena, r->lang, MSG("Delete from {0}: {1}?"), programme_place(r),
                      tr(r->lang, record->entity->label), NULL),
        .crumbs = crumbs, .n_crumbs = n, .width = PAGE_NARROW});
    programme_remove_html(&h, &(struct programme_remove_view){
        .form = r->form, .action = r->path, .back = programme_back(r, programme_address(r, "")),
        .what = name, .touches = touches, .submit = tr(r->lang, MSG("Delete it"))});
    return page_end(&h, e);
}

static enum err remove_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *record;
    struct change *changes;
    size_t n;
    struct store_tx *tx;
    struct actor actor = req_actor(r);
    enum err err = find_removable(r, &record, e);
    if (err == ERR_NONE) {
        err = store_begin(r->store, &actor, form_value(r->form, "reason")->text, &tx, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    err = store_delete(tx, r->arena, record->entity, record->id, e);
    if (err == ERR_NONE) {
        err = store_history(store_tx_read(tx), r->arena, record->entity->kind, record->id, 1,
                            &changes, &n, e);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr_f(r->arena, r->lang, MSG("Deleted: {0}."),
                            tr(r->lang, record->entity->label), NULL),
                    n > 0 ? changes[0].hash : NULL);
        reply_redirect(r, p, programme_back(r, programme_address(r, "")), NULL);
    }
    return err;
}

const struct route programme_partner_new = {
    .path = "/programmes/{programme}/partners/new",
    .needs = MAY_WRITE,
    .get = part_get,
    .post = part_post,
    .entity = &entity_partner,
    .title = MSG("Add a partner"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_OVERVIEW,
};

const struct route programme_partner_change = {
    .path = "/programmes/{programme}/partners/{partner}/change",
    .needs = MAY_WRITE,
    .get = part_get,
    .post = part_post,
    .entity = &entity_partner,
    .edits = "partner",
    .title = MSG("Change a partner"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_OVERVIEW,
};

const struct route programme_revision_new = {
    .path = "/programmes/{programme}/revisions/new",
    .needs = MAY_WRITE,
    .get = part_get,
    .post = part_post,
    .entity = &entity_revision,
    .title = MSG("Add a revision"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_OVERVIEW,
};

const struct route programme_revision_change = {
    .path = "/programmes/{programme}/revisions/{revision}/change",
    .needs = MAY_WRITE,
    .get = part_get,
    .post = part_post,
    .entity = &entity_revision,
    .edits = "revision",
    .title = MSG("Change a revision"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_OVERVIEW,
};

const struct route programme_remove_page = {
    .path = "/programmes/{programme}/remove/{kind}/{record}",
    .needs = MAY_WRITE,
    .get = remove_get,
    .post = remove_post,
    .fields = why,
    .n_fields = COUNT_OF(why),
    .title = MSG("Delete a record"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_OVERVIEW,
};

// Of what is about a country: evidence and actions. The rest is deleted where it is worked on.
const struct route country_remove_page = {
    .path = "/countries/{country}/remove/{kind}/{record}",
    .needs = MAY_WRITE,
    .get = remove_get,
    .post = remove_post,
    .fields = why,
    .n_fields = COUNT_OF(why),
    .title = MSG("Delete a record"),
    .menu = MENU_COUNTRIES,
};
