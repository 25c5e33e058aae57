// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_person_web.c: one person: facts, roles, password, and whether they may sign in.
//
// Whoever may give roles sees the page and gives or takes those they hold themselves; only an
// administrator changes facts, sets passwords, and lets people in or not.

#include <string.h>

#include "access/access_person.html.h"
#include "access/access_web_private.h"
#include "base/bug.h"
#include "os/password.h"

// "role" and "where": the organisation, or the id of a programme.
static const struct field give_fields[] = {
    {.name = "role", .label = MSG("Role"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .required = true, .max = 40},
    {.name = "where", .label = MSG("Where"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .required = true, .max = 40},
};

static const struct field new_password_fields[] = {
    {.name = "new_password", .label = MSG("New password"),
     .hint = MSG("At least 12 characters. Leave it empty, and one is made that is shown once."),
     .type = FIELD_TEXT, .data_class = CLASS_C4, .max = ACCESS_PASSWORD_MAX},
};

static const char *text_of(const struct req *r, const char *field)
{
    const struct value *v = form_value(r->form, field);
    return v->set && v->text != NULL ? v->text : "";
}

static struct form *empty_form(struct arena *a, const struct field *fields, size_t n)
{
    struct form *f = ARENA_MAKE(a, struct form);
    *f = (struct form){.fields = fields, .n_fields = n, .values = ARENA_ARRAY(a, struct value, n)};
    return f;
}

static enum err load_person(struct db_read *db, struct req *r, struct record **out,
                            struct err_info *e)
{
    return store_get(db, r->arena, &entity_user, req_capture(r, "user"), out, e);
}

// ---- the page -----------------------------------------------------------------------------------

// Roles this person could give somewhere; where exactly is checked when they do.
static size_t roles_to_give(struct req *r, const struct role **out)
{
    size_t n = 0;
    for (const struct role *role = access_roles; role->code != NULL; role++) {
        bool may = role_may_give(r->who, role->code, NULL);
        for (size_t i = 0; !may && i < r->who->n_grants; i++) {
            may = role_may_give(r->who, role->code, r->who->grants[i].programme_id);
        }
        if (may) {
            out[n++] = role;
        }
    }
    return n;
}

static enum err programmes_to_give(struct req *r, struct access_person_view *v,
                                   struct err_info *e)
{
    struct record **all;
    size_t n;
    const struct entity *kind = model_find("programme");
    if (kind == NULL) {
        return ERR_NONE;
    }
    enum err err = store_list(r->db, r->arena, kind, NULL, &all, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct choice *list = ARENA_ARRAY(r->arena, struct choice, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (identity_may(r->who, MAY_GRANT, all[i]->id)) {
            list[v->n_programmes++] = (struct choice){
                all[i]->id, arena_printf(r->arena, "%s · %s", record_text(all[i], "number"),
                                         record_text(all[i], "title"))};
        }
    }
    v->programmes = list;
    return ERR_NONE;
}

static enum err fill_roles(struct req *r, const char *user_id, struct access_person_view *v,
                           struct err_info *e)
{
    struct person_grant *grants;
    enum err err = person_grants(r->db, r->arena, user_id, &grants, &v->n_held, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct held_role *held = ARENA_ARRAY(r->arena, struct held_role, v->n_held + 1);
    for (size_t i = 0; i < v->n_held; i++) {
        const struct role *role = role_find(grants[i].role);
        held[i] = (struct held_role){
            .id = grants[i].id,
            .role = role == NULL ? grants[i].role : tr(r->lang, role->label),
            .where = grants[i].programme_id == NULL
                         ? tr(r->lang, MSG("The whole organisation"))
                         : arena_printf(r->arena, "%s · %s", grants[i].number, grants[i].title),
            .may_take = role_may_give(r->who, grants[i].role, grants[i].programme_id)};
    }
    v->held = held;
    const struct role **give = ARENA_ARRAY(r->arena, const struct role *, 16);
    v->n_give = roles_to_give(r, give);
    v->give = give;
    return programmes_to_give(r, v, e);
}

static enum err show(struct req *r, struct reply *p, const char *made_password,
                     struct err_info *e)
{
    struct html h;
    struct record *person;
    const struct crumb up = {tr(r->lang, MSG("People who sign in")), "/administration/people"};
    struct access_person_view v = {.r = r, .made_password = made_password};
    enum err err = load_person(r->db, r, &person, e);
    if (err == ERR_NONE) {
        err = fill_roles(r, person->id, &v, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    bool password_sent = r->form != NULL && r->form->fields == new_password_fields;
    v.person = person;
    v.active = record_int(person, "active") == 1;
    v.is_self = strcmp(person->id, r->who->user_id) == 0;
    v.may_administer = identity_may(r->who, MAY_ADMINISTER, NULL);
    v.everywhere = identity_may(r->who, MAY_GRANT, NULL);
    v.password = password_sent
                     ? r->form
                     : empty_form(r->arena, new_password_fields, COUNT_OF(new_password_fields));
    page_begin(&h, r, p,
               &(struct page){.title = record_text(person, "name"),
                              .crumbs = &up, .n_crumbs = 1,
                              .state_kind = v.active ? "done" : "none",
                              .state = tr(r->lang, v.active ? MSG("May sign in")
                                                            : MSG("May not sign in")),
                              .tag = record_text(person, "name_key")});
    access_person_html(&h, &v);
    return page_end(&h, e);
}

static enum err person_get(struct req *r, struct reply *p, struct err_info *e)
{
    return show(r, p, NULL, e);
}

static const char *page_of(struct req *r)
{
    return url_make(r->arena, "/administration/people/{0}", req_capture(r, "user"), NULL);
}

static enum err person_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct store_tx *tx;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = store_save(tx, r->arena, r->form->record, e);
    return access_end(r, p, tx, err, MSG("Saved."), page_of(r), e);
}

const struct route access_person_route = {
    .path = "/administration/people/{user}",
    .needs = MAY_GRANT,
    .post_needs = MAY_ADMINISTER,
    .get = person_get,
    .post = person_post,
    .entity = &entity_user,
    .edits = "user",
    .title = MSG("Person"),
    .menu = MENU_ADMINISTRATION,
};

// ---- roles --------------------------------------------------------------------------------------

static enum err give_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct store_tx *tx;
    struct record *person;
    bool given;
    const char *where = text_of(r, "where");
    const char *programme_id = strcmp(where, "organisation") == 0 ? NULL : where;
    struct actor who = req_actor(r);
    if (role_find(text_of(r, "role")) == NULL) {
        return err_set(e, ERR_INPUT, "role", MSG("There is no such role."),
                       MSG("Choose one of the list."), NULL);
    }
    if (!role_may_give(r->who, text_of(r, "role"), programme_id)) {
        return access_may_not_give(e);
    }
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = load_person(store_tx_read(tx), r, &person, e);
    if (err == ERR_NONE) {
        err = person_give_role(tx, r->arena, person->id, text_of(r, "role"), programme_id, &given,
                               e);
    }
    return access_end(r, p, tx, err,
                      err == ERR_NONE && given ? MSG("The role is given.")
                                               : MSG("The person holds this role already."),
                      page_of(r), e);
}

const struct route access_person_roles_route = {
    .path = "/administration/people/{user}/roles",
    .needs = MAY_GRANT,
    .get = person_get,
    .post = give_post,
    .fields = give_fields,
    .n_fields = COUNT_OF(give_fields),
    .title = MSG("Person"),
    .menu = MENU_ADMINISTRATION,
};

static enum err take_post(struct req *r, struct reply *p, struct err_info *e)
{
    return access_take_role(r, p, req_capture(r, "user"), NULL, page_of(r), e);
}

const struct route access_person_role_take_route = {
    .path = "/administration/people/{user}/roles/{role_grant}/take",
    .needs = MAY_GRANT,
    .post = take_post,
    .title = MSG("Person"),
    .menu = MENU_ADMINISTRATION,
};

// ---- password and signing in --------------------------------------------------------------------

static enum err password_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *person;
    struct store_tx *tx;
    const char *hash;
    const char *typed = text_of(r, "new_password");
    const char *password = typed[0] != '\0' ? typed : access_password_new(r->arena);
    struct actor who = req_actor(r);
    enum err err = load_person(r->db, r, &person, e);
    if (err == ERR_NONE) {
        err = access_password_check(password, record_text(person, "name_key"), "new_password", e);
    }
    if (err == ERR_NONE) {
        err = password_hash(r->arena, password, &hash, e);
    }
    if (err == ERR_NONE) {
        err = store_begin(r->store, &who, NULL, &tx, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    err = access_set_password_hash(tx, person->id, hash, e);
    if (typed[0] != '\0') {
        return access_end(r, p, tx, err, MSG("The password is set."), page_of(r), e);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    // Shown on this very page, not on a next one: it is kept nowhere.
    return err == ERR_NONE ? show(r, p, password, e) : err;
}

const struct route access_person_password_route = {
    .path = "/administration/people/{user}/password",
    .needs = MAY_ADMINISTER,
    .get = person_get,
    .post = password_post,
    .fields = new_password_fields,
    .n_fields = COUNT_OF(new_password_fields),
    .title = MSG("Person"),
    .menu = MENU_ADMINISTRATION,
};

static enum err active_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct store_tx *tx;
    bool active = strcmp(req_posted(r, "active"), "1") == 0;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = person_set_active(tx, r->arena, req_capture(r, "user"), active, e);
    return access_end(r, p, tx, err,
                      active ? MSG("The person may sign in again.")
                             : MSG("The person is signed out and may not sign in any more."),
                      page_of(r), e);
}

const struct route access_person_active_route = {
    .path = "/administration/people/{user}/active",
    .needs = MAY_ADMINISTER,
    .post = active_post,
    .also = (const char *const[]){"active", NULL},
    .title = MSG("Person"),
    .menu = MENU_ADMINISTRATION,
};
