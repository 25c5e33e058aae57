// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_sign_in_web.c: the first page anybody sees: what this is, and signing in. In a demonstration
// it shows the sample people, what each of them can see, and signs in as one with one click; that is
// an ordinary sign-in with the password of the demonstration, so a person who has another password is
// not reached that way.

#include <string.h>

#include "access/access_sign_in.html.h"
#include "access/access_web_private.h"
#include "base/bug.h"
#include "http/session.h"

static const struct field sign_in_fields[] = {
    {.name = "name", .label = MSG("Sign-in name"), .type = FIELD_TEXT, .data_class = CLASS_C2,
     .max = 60},
    {.name = "password", .label = MSG("Password"), .type = FIELD_TEXT, .data_class = CLASS_C4,
     .max = ACCESS_PASSWORD_MAX},
};

static const char *next_of(const struct req *r)
{
    const char *next = req_query(r, "next");
    return next[0] != '\0' && url_is_local(next) ? next : "/";
}

// ---- sample people ------------------------------------------------------------------------------

static bool holds(const struct person *p, const char *role)
{
    for (size_t i = 0; i < p->n_grants; i++) {
        if (strcmp(p->grants[i].role, role) == 0) {
            return true;
        }
    }
    return false;
}

// "GLOT59, GLOT92" or "the whole organisation".
static const char *places_of(struct req *r, const struct person *p)
{
    const char *list = "";
    for (size_t i = 0; i < p->n_grants; i++) {
        if (p->grants[i].programme_id == NULL) {
            return tr(r->lang, MSG("In the whole organisation."));
        }
        list = arena_printf(r->arena, "%s%s%s", list, i == 0 ? "" : ", ", p->grants[i].number);
    }
    return tr_f(r->arena, r->lang, MSG("In {0}."), list, NULL);
}

static struct persona persona_of(struct req *r, const struct person *p)
{
    const struct role *role = role_find(p->grants[0].role);
    return (struct persona){.name_key = p->name_key,
                            .name = p->name,
                            .initials = page_initials(r->arena, p->name),
                            .role = role == NULL ? "" : tr(r->lang, role->label),
                            .does = role == NULL ? "" : tr(r->lang, role->does),
                            .where = places_of(r, p)};
}

// First the three that show most, then everybody else who may sign in.
static void choose_people(struct req *r, const struct person *people, size_t n,
                          struct access_sign_in_view *v)
{
    static const char *const first[] = {"officer", "adviser", "evaluator"};
    struct persona *all = ARENA_ARRAY(r->arena, struct persona, n + 1);
    bool *taken = ARENA_ARRAY(r->arena, bool, n + 1);
    size_t used = 0;
    for (size_t k = 0; k < COUNT_OF(first); k++) {
        for (size_t i = 0; i < n; i++) {
            if (!taken[i] && people[i].active && holds(&people[i], first[k])) {
                taken[i] = true;
                all[used++] = persona_of(r, &people[i]);
                break;
            }
        }
    }
    v->people = all;
    v->n_people = used;
    v->others = all + used;
    for (size_t i = 0; i < n; i++) {
        if (!taken[i] && people[i].active && people[i].n_grants > 0) {
            all[used++] = persona_of(r, &people[i]);
        }
    }
    v->n_others = used - v->n_people;
}

static enum err add_demo(struct req *r, struct access_sign_in_view *v, struct err_info *e)
{
    const char *demo;
    struct person *people;
    size_t n;
    enum err err = access_setting(r->db, r->arena, "demo", &demo, e);
    if (err != ERR_NONE || demo == NULL || strcmp(demo, "1") != 0) {
        return err;
    }
    err = access_setting(r->db, r->arena, "demo_password", &v->password, e);
    if (err == ERR_NONE && v->password != NULL) {
        err = people_list(r->db, r->arena, &people, &n, e);
        if (err == ERR_NONE) {
            choose_people(r, people, n, v);
        }
    }
    return err;
}

// ---- the page -----------------------------------------------------------------------------------

static enum err sign_in_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct html h;
    int64_t people;
    struct access_sign_in_view v = {.r = r, .next = next_of(r)};
    if (r->who != NULL) {
        p->status = 303;
        p->location = v.next;
        return ERR_NONE;
    }
    enum err err = people_count(r->db, r->arena, &people, e);
    if (err == ERR_NONE && people == 0) {
        reply_redirect(r, p, "/first-run", NULL);
        return ERR_NONE;
    }
    if (err == ERR_NONE) {
        err = access_setting(r->db, r->arena, "organisation", &v.organisation, e);
    }
    if (err == ERR_NONE) {
        err = add_demo(r, &v, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    v.languages = lang_all();
    v.n_languages = lang_count(v.languages);
    bare_page_begin(&h, r, p);
    access_sign_in_html(&h, &v);
    return bare_page_end(&h, e);
}

static enum err sign_in_post(struct req *r, struct reply *p, struct err_info *e)
{
    const char *name = form_value(r->form, "name")->text;
    const char *password = form_value(r->form, "password")->text;
    const char *as = req_posted(r, "as");
    if (as[0] != '\0') {
        const char *demo;
        enum err err = access_setting(r->db, r->arena, "demo", &demo, e);
        if (err == ERR_NONE && demo != NULL) {
            name = as;
            err = access_setting(r->db, r->arena, "demo_password", &password, e);
        }
        if (err != ERR_NONE) {
            return err;
        }
    }
    if (name == NULL) {
        return err_set(e, ERR_INPUT, "name", MSG("The sign-in name is missing."),
                       MSG("Type the name you were given, in small letters."), NULL);
    }
    if (password == NULL) {
        return err_set(e, ERR_INPUT, "password", MSG("The password is missing."),
                       MSG("Type your password."), NULL);
    }
    struct sign_in done;
    const char *token = session_token_new(r->arena);
    enum err err = access_sign_in(r->store, r->arena, name, password, r->client,
                                  session_token_hash(r->arena, token), &done, e);
    if (err == ERR_NONE && r->session != NULL) { // the same browser signed in as somebody else
        struct actor who = req_actor(r);
        err = access_sign_out(r->store, &who, r->session, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    keep_session(r, p, token, done.language);
    p->status = 303;
    p->location = next_of(r);
    return ERR_NONE;
}

const struct route access_sign_in_route = {
    .path = "/sign-in",
    .needs = MAY_PUBLIC,
    .get = sign_in_get,
    .post = sign_in_post,
    .fields = sign_in_fields,
    .n_fields = COUNT_OF(sign_in_fields),
    .also = (const char *const[]){"as", NULL},
    .title = MSG("Sign in"),
};
