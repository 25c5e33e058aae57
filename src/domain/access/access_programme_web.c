// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_programme_web.c: who works on a programme, and giving roles in it. So that the manager of one
// programme needs no administrator of the organisation.

#include <string.h>

#include "access/access_programme.html.h"
#include "access/access_web_private.h"
#include "base/bug.h"
#include "store/store.h"

static const struct field give_fields[] = {
    {.name = "person", .label = MSG("Person"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .required = true, .max = 40},
    {.name = "role", .label = MSG("Role"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .required = true, .max = 40},
};

static const char *text_of(const struct req *r, const char *field)
{
    const struct value *v = form_value(r->form, field);
    return v->set && v->text != NULL ? v->text : "";
}

static enum err fill_choices(struct req *r, struct access_programme_view *v, struct err_info *e)
{
    struct person *people;
    size_t n;
    const struct role **give = ARENA_ARRAY(r->arena, const struct role *, 16);
    v->give = give;
    for (const struct role *role = access_roles; role->code != NULL; role++) {
        if (role_may_give(r->who, role->code, r->programme->id)) {
            give[v->n_give++] = role;
        }
    }
    if (v->n_give == 0) {
        return ERR_NONE;
    }
    enum err err = people_list(r->db, r->arena, &people, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct person *active = ARENA_ARRAY(r->arena, struct person, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (people[i].active) {
            active[v->n_people++] = people[i];
        }
    }
    v->people = active;
    return ERR_NONE;
}

static enum err people_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct html h;
    struct holder *holders;
    size_t n;
    const char *number = record_text(r->programme, "number");
    const struct crumb up[] = {
        {tr(r->lang, MSG("Programmes")), "/programmes"},
        {number, url_make(r->arena, "/programmes/{0}", number, NULL)},
    };
    struct access_programme_view v = {.r = r, .number = number};
    enum err err = programme_holders(r->db, r->arena, r->programme->id, &holders, &n, e);
    if (err == ERR_NONE) {
        err = fill_choices(r, &v, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct holder_row *rows = ARENA_ARRAY(r->arena, struct holder_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct role *role = role_find(holders[i].role);
        if (holders[i].active) {
            rows[v.n_rows++] = (struct holder_row){
                .holder = &holders[i],
                .role = role == NULL ? holders[i].role : tr(r->lang, role->label),
                .where = tr(r->lang, holders[i].everywhere ? MSG("In the whole organisation")
                                                           : MSG("In this programme")),
                .may_take = !holders[i].everywhere &&
                            role_may_give(r->who, holders[i].role, r->programme->id)};
        }
    }
    v.rows = rows;
    page_begin(&h, r, p,
               &(struct page){.title = tr_f(r->arena, r->lang, MSG("People of {0}"), number, NULL),
                              .count = arena_printf(r->arena, "%zu", v.n_rows),
                              .about = tr(r->lang, MSG("Who may see and do what in this "
                                                       "programme.")),
                              .crumbs = up, .n_crumbs = COUNT_OF(up)});
    access_programme_html(&h, &v);
    return page_end(&h, e);
}

static const char *page_of(struct req *r)
{
    return url_make(r->arena, "/programmes/{0}/people", record_text(r->programme, "number"), NULL);
}

static enum err give_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct store_tx *tx;
    struct record *person;
    bool given = false;
    struct actor who = req_actor(r);
    if (role_find(text_of(r, "role")) == NULL) {
        return err_set(e, ERR_INPUT, "role", MSG("There is no such role."),
                       MSG("Choose one of the list."), NULL);
    }
    if (!role_may_give(r->who, text_of(r, "role"), r->programme->id)) {
        return access_may_not_give(e);
    }
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = store_get(store_tx_read(tx), r->arena, &entity_user, text_of(r, "person"), &person, e);
    if (err == ERR_NOT_FOUND) {
        err = err_set(e, ERR_INPUT, "person", MSG("There is no such person."),
                      MSG("Choose one of the list."), NULL);
    }
    if (err == ERR_NONE) {
        err = person_give_role(tx, r->arena, person->id, text_of(r, "role"), r->programme->id,
                               &given, e);
    }
    return access_end(r, p, tx, err,
                      given ? MSG("The role is given.")
                            : MSG("The person holds this role already."),
                      page_of(r), e);
}

const struct route access_programme_people_route = {
    .path = "/programmes/{programme}/people",
    .needs = MAY_READ,
    .post_needs = MAY_GRANT,
    .get = people_get,
    .post = give_post,
    .fields = give_fields,
    .n_fields = COUNT_OF(give_fields),
    .title = MSG("People"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_OVERVIEW,
};

static enum err take_post(struct req *r, struct reply *p, struct err_info *e)
{
    return access_take_role(r, p, NULL, r->programme->id, page_of(r), e);
}

const struct route access_programme_role_take_route = {
    .path = "/programmes/{programme}/people/{role_grant}/take",
    .needs = MAY_GRANT,
    .post = take_post,
    .title = MSG("People"),
    .menu = MENU_PROGRAMMES,
};
