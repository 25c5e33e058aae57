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
    if (r->route == NULL) {
        return dispatch_not_found(e);
    }
    if (r->who == NULL && dispatch_verb(r) != MAY_PUBLIC) {
        if (!exchange_is_api(x)) {
            send_to_sign_in(x);
            return ERR_NONE;
        }
        return err_set(e, ERR_SIGN_IN, NULL, MSG("You are not signed in."),
                       MSG("Sign in, or send an access token."), NULL);
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
