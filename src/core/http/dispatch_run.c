// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dispatch_run.c: second half of dispatch.h: session, programme, right, body, form token, record,
// fields, handler. Each step either goes on or leaves an error; the order is the protection.

#include <string.h>

#include "base/bug.h"
#include "http/dispatch_parts.h"
#include "http/problem.h"

// Most pages fit into this at once; a page that grows step by step is copied at every step.
#define PAGE_BYTES ((size_t)60 * 1024)

static void new_reply(struct exchange *x)
{
    x->reply = (struct reply){.status = 200, .type = "text/html; charset=utf-8"};
    buf_init(&x->reply.body, x->arena, LIMIT_REPLY_BYTES);
    buf_reserve(&x->reply.body, PAGE_BYTES);
}

// Shows the form again with its errors.
static enum err show_form_again(struct exchange *x, int status, struct err_info *e)
{
    new_reply(x);
    enum err err = x->req.route->get(&x->req, &x->reply, e);
    if (err == ERR_NONE && x->reply.status == 200) {
        x->reply.status = status;
    }
    return err;
}

static enum err handle(struct exchange *x, struct err_info *e)
{
    struct req *r = &x->req;
    const struct route *route = r->route;
    bool can_show_again = r->form != NULL && route->get != NULL && r->body == NULL;
    if (r->method == METHOD_GET) {
        return route->get(r, &x->reply, e);
    }
    if (r->form != NULL && r->form->n_errors > 0) {
        if (!can_show_again) {
            *e = r->form->errors[0].info;
            return e->code;
        }
        return show_form_again(x, 422, e);
    }
    enum err err = r->removes ? route->remove(r, &x->reply, e) : route->post(r, &x->reply, e);
    if ((err == ERR_INPUT || err == ERR_CONFLICT) && can_show_again) {
        form_add_error(x->arena, r->form, e);
        if (err == ERR_CONFLICT && x->newest != NULL) {
            r->form->record->version = x->newest; // whoever sends it again has seen the message
        }
        return show_form_again(x, err_http_status(err), e);
    }
    return err;
}

static void send_to_sign_in(struct exchange *x)
{
    new_reply(x);
    bool back = x->req.method == METHOD_GET || x->req.route->get != NULL;
    reply_redirect(&x->req, &x->reply, "/sign-in?next={0}", back ? x->req.address : "/", NULL);
}

static bool is_filled_in(const struct exchange *x)
{
    const struct req *r = &x->req;
    for (size_t i = 0; x->site->hooks->kept_page != NULL && i < r->n_posted; i++) {
        if (r->posted[i].name[0] != '_' && r->posted[i].value[0] != '\0') {
            return true;
        }
    }
    return false;
}

// A page with what was typed, to be sent again.
static enum err keep_form(struct exchange *x, enum err why, struct err_info *e)
{
    new_reply(x);
    x->reply.status = err_http_status(why);
    if (x->req.who == NULL) {
        x->req.csrf = "signed-out"; // nobody's token: once signed in, the form is shown again first
    }
    return x->site->hooks->kept_page(&x->req, &x->reply, e);
}

// Nobody is signed in where somebody is needed. A form that was filled in comes back to be sent again.
static enum err ask_to_sign_in(struct exchange *x, struct body *body, struct err_info *e)
{
    struct req *r = &x->req;
    if (exchange_is_api(x)) {
        return err_set(e, ERR_SIGN_IN, NULL, MSG("You are not signed in."),
                       MSG("Sign in, or send an access token."), NULL);
    }
    enum err err = r->method == METHOD_POST ? dispatch_read_body(x, body, e) : ERR_NONE;
    if (err == ERR_NONE && is_filled_in(x)) {
        return keep_form(x, ERR_SIGN_IN, e);
    }
    if (err == ERR_NONE) {
        send_to_sign_in(x);
    }
    return err;
}

// A form of another session of this person: shown again with what was typed, never done. Where it cannot be
// shown, for whatever reason, what was typed stands on a page of its own.
static enum err show_stale_form(struct exchange *x, const struct body *body, struct err_info *e)
{
    struct err_info inner;
    int status = err_http_status(ERR_NOT_ALLOWED);
    struct form *form = x->req.route->get == NULL ? NULL : form_new(x->arena, x->req.route);
    x->req.form = form;
    enum err err = form == NULL ? ERR_NOT_FOUND : dispatch_load_edited(x, &inner);
    if (err == ERR_NONE) {
        err = dispatch_read_form(x, body, &inner);
    }
    if (err == ERR_NONE) {
        (void)err_set(&inner, ERR_NOT_ALLOWED, NULL,
                      MSG("This form was opened before you signed in, so nothing of it is saved "
                          "yet."),
                      MSG("Look through it and send it again."), NULL);
        form_add_error(x->arena, form, &inner);
        err = show_form_again(x, status, &inner);
    }
    if (err == ERR_NONE && x->reply.status == status) {
        return ERR_NONE;
    }
    x->req.form = NULL;
    return keep_form(x, ERR_NOT_ALLOWED, e);
}

// What a script sent is done once, however often it arrives. True: the reply is made already.
static bool was_sent_before(struct exchange *x, enum err *err, struct err_info *e)
{
    const char *key = req_header(&x->req, "X-Mainstay-Send");
    if (x->site->once == NULL || x->req.session == NULL || *key == '\0') {
        return false;
    }
    switch (once_begin(x->site->once, x->arena, x->req.session, key, &x->reply.location)) {
    case ONCE_FIRST: x->sending = key; return false;
    case ONCE_DONE: x->again = true; return true;
    case ONCE_RUNS: break;
    }
    *err = err_set(e, ERR_BUSY, NULL, MSG("This form has arrived and is being worked on."),
                   MSG("Wait a little and send it again."), NULL);
    return true;
}

static enum err answer(struct exchange *x, struct err_info *e)
{
    struct req *r = &x->req;
    struct body body = {0};
    enum err err = ERR_NONE;
    if (x->site->store != NULL) {
        err = db_reader(store_db(x->site->store), &r->db, e);
    }
    if (err == ERR_NONE) {
        err = dispatch_read_session(x, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    dispatch_prepare_page(x);
    err = dispatch_lay_wording(x, e);
    if (err != ERR_NONE || r->route == NULL) {
        return err != ERR_NONE ? err : dispatch_not_found(e);
    }
    if (r->who == NULL && dispatch_verb(r) != MAY_PUBLIC) {
        return ask_to_sign_in(x, &body, e);
    }
    err = dispatch_find_programme(x, e);
    if (err == ERR_NONE) {
        err = dispatch_find_country(x, e);
    }
    if (err == ERR_NONE && r->programme == NULL && r->country == NULL && r->route->edits == NULL) {
        err = dispatch_check_right(x, NULL, e);
    }
    if (err == ERR_NONE && r->method == METHOD_POST) {
        err = dispatch_read_body(x, &body, e);
        if (err == ERR_NONE) {
            err = dispatch_check_token(x, e);
            if (err != ERR_NONE && r->who != NULL && !exchange_is_api(x) && is_filled_in(x)) {
                return show_stale_form(x, &body, e);
            }
        }
        if (err == ERR_NONE && was_sent_before(x, &err, e)) {
            return err;
        }
    }
    if (err == ERR_NONE) {
        r->form = form_new(x->arena, r->route);
        err = dispatch_load_edited(x, e);
    }
    if (err == ERR_NONE) {
        err = dispatch_read_form(x, &body, e);
    }
    return err == ERR_NONE ? handle(x, e) : err;
}

// Message for the next page, and forgetting the one that was shown.
static void finish(struct exchange *x)
{
    struct reply *p = &x->reply;
    const char *session = p->session != NULL       ? p->session
                          : x->req.session != NULL ? x->req.session
                                                   : "";
    if (p->flash != NULL) {
        dispatch_keep_cookie(x, flash_cookie(x->arena, p->flash, p->undo, session, x->site->secure,
                                    x->site->key));
    } else if (x->req.flash != NULL && p->location == NULL && !x->req.script_wants_part &&
               strncmp(p->type, "text/html", 9) == 0) {
        dispatch_keep_cookie(x, flash_cookie_clear(x->arena, x->site->secure));
    }
    if (x->sending != NULL) {
        once_end(x->site->once, x->req.session, x->sending, p->location);
    }
    if (p->location != NULL && *req_header(&x->req, "X-Mainstay-Send") != '\0') {
        x->next = p->location; // a script cannot see where a redirection leads
        p->location = NULL;
        p->status = 204;
    }
    if (p->file_name != NULL && x->req.sample) {
        p->file_name = arena_join(x->arena, "SAMPLE-", p->file_name);
    }
    const char *known = req_header(&x->req, "If-None-Match");
    if (p->etag != NULL && p->status == 200 && x->req.method == METHOD_GET &&
        strlen(known) == strlen(p->etag) + 2 &&
        strncmp(known + 1, p->etag, strlen(p->etag)) == 0) {
        p->status = 304;
        buf_reset(&p->body);
    }
}

void exchange_run(struct exchange *x)
{
    ensure(!x->answered);
    struct err_info e = {0};
    new_reply(x);
    enum err err = answer(x, &e);
    if (err == ERR_NONE && buf_is_full(&x->reply.body)) {
        err = err_set(&e, ERR_TOO_LARGE, NULL, MSG("This page would be too large."),
                      MSG("Choose fewer rows with a filter."), NULL);
    }
    if (err != ERR_NONE) {
        ensure(e.code == err);
        problem_reply(&x->req, &x->reply, x->site->hooks, exchange_is_api(x), 0, &e);
        x->failed = e;
    }
    finish(x);
    x->answered = true;
}
