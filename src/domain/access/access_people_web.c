// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_people_web.c: the list of people who sign in, and adding one.

#include <ctype.h>
#include <string.h>

#include "access/access_people.html.h"
#include "access/access_person_new.html.h"
#include "access/access_web_private.h"
#include "base/bug.h"
#include "os/password.h"

#define PEOPLE_A_PAGE 100

// Is piece part of text? Letters of ASCII in any case.
static bool holds(const char *text, const char *piece)
{
    size_t n = strlen(piece);
    for (; text != NULL && *text != '\0'; text++) {
        size_t i = 0;
        while (i < n && tolower((unsigned char)text[i]) == tolower((unsigned char)piece[i])) {
            i++;
        }
        if (i == n) {
            return true;
        }
    }
    return n == 0;
}

static int64_t page_asked(const struct req *r)
{
    int64_t page = 0;
    for (const char *p = req_query(r, "page"); *p >= '0' && *p <= '9' && page < 100000; p++) {
        page = page * 10 + (*p - '0');
    }
    return page < 1 ? 1 : page;
}

static struct person_row row_of(struct req *r, const struct person *p)
{
    const char **roles = ARENA_ARRAY(r->arena, const char *, p->n_grants + 1);
    for (size_t i = 0; i < p->n_grants; i++) {
        roles[i] = role_in_words(r->arena, r->lang, &p->grants[i]);
    }
    return (struct person_row){
        .person = p,
        .roles = roles,
        .seen = p->seen_at == NULL ? "" : arena_copy_n(r->arena, p->seen_at, 10),
        .state_kind = !p->active ? "none" : !p->has_password || p->n_grants == 0 ? "warn" : "done",
        .state = tr(r->lang, !p->active         ? MSG("May not sign in")
                             : !p->has_password ? MSG("Has no password yet")
                             : p->n_grants == 0 ? MSG("Has no role yet")
                                                : MSG("May sign in")),
    };
}

static enum err people_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct html h;
    struct person *people;
    size_t n;
    struct access_people_view v = {.tabs = admin_tabs_for(r, "/administration/people"),
                                   .q = req_query(r, "q"), .page = page_asked(r)};
    enum err err = people_list(r->db, r->arena, &people, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct person_row *rows = ARENA_ARRAY(r->arena, struct person_row, PEOPLE_A_PAGE);
    size_t from = (size_t)(v.page - 1) * PEOPLE_A_PAGE;
    for (size_t i = 0; i < n; i++) {
        if (holds(people[i].name, v.q) || holds(people[i].name_key, v.q)) {
            if (v.total >= from && v.n_rows < PEOPLE_A_PAGE) {
                rows[v.n_rows++] = row_of(r, &people[i]);
            }
            v.total++;
        }
    }
    v.rows = rows;
    v.first = from + 1;
    v.last = from + v.n_rows;
    bool may_add = identity_may(r->who, MAY_ADMINISTER, NULL);
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("People who sign in")),
                              .count = arena_printf(r->arena, "%zu", n),
                              .about = tr(r->lang, MSG("Who may do what, and where. Nobody can "
                                                       "give more than they hold.")),
                              .primary = {.label = may_add ? tr(r->lang, MSG("Add a person")) : NULL,
                                          .address = "/administration/people/new",
                                          .icon = "add"}});
    access_people_html(&h, &v);
    return page_end(&h, e);
}

const struct route access_people_route = {
    .path = "/administration/people",
    .needs = MAY_GRANT,
    .get = people_get,
    .title = MSG("People who sign in"),
    .menu = MENU_ADMINISTRATION,
};

// ---- adding one ---------------------------------------------------------------------------------

static enum err new_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct html h;
    const struct crumb up = {tr(r->lang, MSG("People who sign in")), "/administration/people"};
    if (r->form->n_typed == 0) {
        record_set_text(r->form->record, "language", "en");
        record_set_int(r->form->record, "active", 1);
    }
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Add a person")),
                              .about = tr(r->lang, MSG("Next you give a role and a password.")),
                              .crumbs = &up, .n_crumbs = 1, .width = PAGE_NARROW});
    access_person_new_html(&h, &(struct access_person_new_view){.form = r->form});
    return page_end(&h, e);
}

static enum err new_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct store_tx *tx;
    struct actor who = req_actor(r);
    struct record *person = r->form->record;
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = store_save(tx, r->arena, person, e);
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    if (err == ERR_NONE) {
        reply_redirect(r, p, "/administration/people/{0}", person->id, NULL);
        reply_flash(p, tr(r->lang, MSG("Added. Now give a role, and set a password.")), NULL);
    }
    return err;
}

const struct route access_person_new_route = {
    .path = "/administration/people/new",
    .needs = MAY_ADMINISTER,
    .get = new_get,
    .post = new_post,
    .entity = &entity_user,
    .title = MSG("Add a person"),
    .menu = MENU_ADMINISTRATION,
};
