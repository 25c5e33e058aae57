// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dispatch_who.c: who asks: session or access token, form token, language, message of the page before.

#include <string.h>
#include <strings.h>

#include "base/bug.h"
#include "http/dispatch_parts.h"

void dispatch_keep_cookie(struct exchange *x, const char *line)
{
    ensure(x->n_cookies < (int)COUNT_OF(x->cookies));
    x->cookies[x->n_cookies++] = line;
}

static enum err read_bearer(struct exchange *x, struct http_session *session, struct err_info *e)
{
    const char *header = req_header(&x->req, "Authorization");
    if (!exchange_is_api(x) || x->site->hooks->identify_bearer == NULL ||
        strncasecmp(header, "Bearer", 6) != 0) {
        return ERR_NONE;
    }
    if (header[6] == ' ' && session_token_is_valid(header + 7)) {
        const char *hash = session_token_hash(x->arena, header + 7);
        enum err err = x->site->hooks->identify_bearer(x->req.db, x->arena, hash, session, e);
        x->touch = err == ERR_NONE && session->stale ? hash : NULL;
        if (err != ERR_NONE || session->who != NULL) {
            return err;
        }
    }
    // Whoever sends a token means it: a session beside it does not count instead.
    return err_set(e, ERR_SIGN_IN, "Authorization",
                   MSG("The access token is wrong, has ended or was taken back."),
                   MSG("Ask for a new one: mainstay user token."), NULL);
}

enum err dispatch_read_session(struct exchange *x, struct err_info *e)
{
    const struct http_hooks *hooks = x->site->hooks;
    const char *cookies = req_header(&x->req, "Cookie");
    struct http_session session = {0};
    enum err err = read_bearer(x, &session, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (session.who != NULL) {
        x->req.who = session.who; // x->secret stays NULL: no browser sends this by itself
        return ERR_NONE;
    }
    const char *token = session_token_sent(x->arena, cookies, x->site->secure);
    if (token != NULL && hooks->identify != NULL) {
        const char *hash = session_token_hash(x->arena, token);
        err = hooks->identify(x->req.db, x->arena, hash, &session, e);
        if (err != ERR_NONE) {
            return err;
        }
        if (session.who != NULL) {
            x->req.session = hash;
            x->secret = token;
            x->touch = session.stale ? hash : NULL;
        }
    }
    x->req.who = session.who;
    return ERR_NONE;
}

// Language of the person, token for forms, message of the page before.
void dispatch_prepare_page(struct exchange *x)
{
    struct req *r = &x->req;
    const char *cookies = req_header(r, "Cookie");
    bool public_form = r->who == NULL && r->route != NULL && r->route->post != NULL &&
                       (r->route->needs == MAY_PUBLIC || r->route->post_needs == MAY_PUBLIC);
    if (public_form) {
        x->secret = form_cookie_sent(x->arena, cookies, x->site->secure, x->site->key);
        if (x->secret == NULL && r->method == METHOD_GET) {
            x->secret = form_cookie_new(x->arena, x->site->key);
            dispatch_keep_cookie(x, form_cookie_line(x->arena, x->secret, x->site->secure));
        }
    }
    if (x->secret != NULL) {
        r->csrf = csrf_token(x->arena, x->secret);
    }
    if (r->who != NULL && r->who->language != NULL &&
        strstr(cookies, "mainstay_lang=") == NULL) {
        const struct lang *lang = lang_find(r->who->language);
        r->lang = lang != NULL ? lang : r->lang;
    }
    if (r->method == METHOD_GET && strstr(cookies, "mainstay_flash=") != NULL) {
        (void)flash_sent(x->arena, cookies, r->session == NULL ? "" : r->session, x->site->secure,
                         x->site->key, &r->flash, &r->undo);
    }
}

enum err dispatch_lay_wording(struct exchange *x, struct err_info *e)
{
    struct req *r = &x->req;
    const char *name = x->site->secure ? "__Host-mainstay_words" : "mainstay_words";
    if (x->site->hooks->wording == NULL || r->who == NULL || exchange_is_api(x)) {
        return ERR_NONE;
    }
    const char *words = cookie_find(x->arena, req_header(r, "Cookie"), name);
    bool wanted = words != NULL && strcmp(words, "official") == 0;
    // Whether there is any is asked on pages of a programme, country or tool alone: lists of all show no words of tools
    // and have no question too many.
    if (!wanted && (r->route == NULL || strchr(r->route->path, '{') == NULL)) {
        return ERR_NONE;
    }
    return x->site->hooks->wording(r->db, x->arena, wanted, &r->lang, &r->has_wording, e);
}

enum err dispatch_check_token(struct exchange *x, struct err_info *e)
{
    bool bearer = x->req.who != NULL && x->secret == NULL;
    if (bearer) {
        return ERR_NONE;
    }
    const char *posted = req_posted(&x->req, "_csrf");
    if (*posted == '\0') {
        posted = req_header(&x->req, "X-CSRF-Token");
    }
    if (x->secret != NULL && csrf_is_right(x->secret, posted)) {
        return ERR_NONE;
    }
    x->refused = "refused: form token";
    return err_set(e, ERR_NOT_ALLOWED, NULL, MSG("This form is too old, or did not come from here."),
                   MSG("Go back, load the page again and send the form once more."), NULL);
}
