// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_web.c: who asks (hook of the dispatcher), signing out, the look, and what the pages of this
// noun share.

#include <string.h>

#include "access/access_web_private.h"
#include "base/bug.h"
#include "base/limits.h"
#include "http/hooks.h"
#include "http/session.h"

enum err access_identify(struct db_read *db, struct arena *a, const char *token_hash,
                         struct http_session *out, struct err_info *e)
{
    return access_session_identity(db, a, token_hash, &out->who, &out->stale, e);
}

// ---- shared by the pages ------------------------------------------------------------------------

void bare_page_begin(struct html *h, struct req *r, struct reply *p)
{
    *h = (struct html){.out = &p->body, .lang = r->lang, .arena = r->arena, .req = r};
}

enum err bare_page_end(struct html *h, struct err_info *e)
{
    return buf_is_full(h->out) ? err_set(e, ERR_TOO_LARGE, NULL,
                                         MSG("This page is too large to show."), NULL, NULL)
                               : ERR_NONE;
}

size_t lang_count(const struct lang *const *list)
{
    size_t n = 0;
    while (list[n] != NULL) {
        n++;
    }
    return n;
}

void keep_session(struct req *r, struct reply *p, const char *token, const char *language)
{
    const struct lang *lang = language == NULL ? NULL : lang_find(language);
    reply_cookie(p, session_cookie(r->arena, token, r->secure));
    p->session = session_token_hash(r->arena, token);
    reply_cookie(p, session_preference_cookie(r->arena, "mainstay_lang",
                                              lang == NULL ? "en" : lang->code, r->secure));
}

const char *role_in_words(struct arena *a, const struct lang *lang, const struct person_grant *g)
{
    const struct role *role = role_find(g->role);
    const char *name = role == NULL ? g->role : tr(lang, role->label);
    return g->programme_id == NULL
               ? tr_f(a, lang, MSG("{0}, whole organisation"), name, NULL)
               : tr_f(a, lang, MSG("{0}, {1}"), name, g->number == NULL ? "" : g->number, NULL);
}

struct admin_tabs admin_tabs_for(struct req *r, const char *current)
{
    static const struct {
        const char *label;
        const char *path;
        enum verb needs;
    } pages[] = {
        {MSG("People"), "/administration/people", MAY_GRANT},
        {MSG("Roles"), "/administration/roles", MAY_SIGNED_IN},
        {MSG("Log"), "/administration/log", MAY_ADMINISTER},
    };
    struct page_link *links = ARENA_ARRAY(r->arena, struct page_link, COUNT_OF(pages));
    struct admin_tabs tabs = {.links = links};
    for (size_t i = 0; i < COUNT_OF(pages); i++) {
        if (identity_may(r->who, pages[i].needs, NULL)) {
            links[tabs.n++] = (struct page_link){.label = tr(r->lang, pages[i].label),
                                                 .address = pages[i].path,
                                                 .current = strcmp(pages[i].path, current) == 0};
        }
    }
    return tabs;
}

// ---- signing out --------------------------------------------------------------------------------

static enum err sign_out_post(struct req *r, struct reply *p, struct err_info *e)
{
    if (r->session != NULL) {
        struct actor who = req_actor(r);
        enum err err = access_sign_out(r->store, &who, r->session, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    reply_cookie(p, session_cookie_clear(r->arena, r->secure));
    reply_redirect(r, p, "/sign-in", NULL);
    return ERR_NONE;
}

const struct route access_sign_out_route = {
    .path = "/sign-out", .needs = MAY_SIGNED_IN, .post = sign_out_post, .title = MSG("Sign out"),
};

// ---- theme, density, wording, language -------------------------------------------------------------------

static bool is_one_of(const char *value, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (strcmp(value, *list) == 0) {
            return true;
        }
    }
    return false;
}

static bool was_posted(const struct req *r, const char *name)
{
    for (size_t i = 0; i < r->n_posted; i++) {
        if (strcmp(r->posted[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static enum err preferences_post(struct req *r, struct reply *p, struct err_info *e)
{
    static const struct {
        const char *name;
        const char *cookie;
        const char *const values[4];
    } all[] = {
        {"theme", "mainstay_theme", {"", "light", "dark", NULL}},
        {"density", "mainstay_density", {"", "compact", NULL}},
        {"words", "mainstay_words", {"", "official", NULL}},
    };
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        const char *value = req_posted(r, all[i].name);
        if (!was_posted(r, all[i].name)) {
            continue;
        }
        if (!is_one_of(value, all[i].values)) {
            return err_set(e, ERR_INPUT, all[i].name, MSG("There is no such choice."),
                           MSG("Choose one of the list."), NULL);
        }
        reply_cookie(p, session_preference_cookie(r->arena, all[i].cookie, value, r->secure));
    }
    const char *language = req_posted(r, "language");
    if (language[0] != '\0') {
        const struct lang *lang = lang_find(language);
        if (lang == NULL) {
            return err_set(e, ERR_INPUT, "language", MSG("There is no such choice."),
                           MSG("Choose one of the list."), NULL);
        }
        reply_cookie(p,
                     session_preference_cookie(r->arena, "mainstay_lang", lang->code, r->secure));
    }
    const char *back = req_posted(r, "_back");
    p->status = 303;
    p->location = back[0] != '\0' && url_is_local(back) ? back : "/";
    return ERR_NONE;
}

const struct route access_preferences_route = {
    .path = "/preferences", .needs = MAY_PUBLIC, .post = preferences_post, .also = (const char *const[]){"theme", "density", "words", "language", NULL},
    .title = MSG("Look"),
};
