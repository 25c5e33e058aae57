// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dispatch_run.c: second half of dispatch.h: session, programme, right, body, form token, record,
// fields, handler. Each step either goes on or leaves an error; the order is the protection.

#include <string.h>
#include <strings.h>

#include "base/bug.h"
#include "base/utf8.h"
#include "http/body.h"
#include "http/dispatch.h"
#include "http/form.h"
#include "http/problem.h"
#include "os/random.h"

// Most pages fit into this at once; a page that grows step by step is copied at every step.
#define PAGE_BYTES ((size_t)60 * 1024)

// "May not read" and "does not exist" are one answer, to the letter.
static enum err not_found(struct err_info *e)
{
    return err_set(e, ERR_NOT_FOUND, NULL, MSG("This page does not exist."),
                   MSG("Check the address, or start from the list."), NULL);
}

static enum err not_allowed(struct exchange *x, struct err_info *e)
{
    x->refused = "refused: right";
    return err_set(e, ERR_NOT_ALLOWED, NULL, MSG("You may not do this."),
                   MSG("Ask the person who manages this programme to give you the role."), NULL);
}

static void keep_cookie(struct exchange *x, const char *line)
{
    ensure(x->n_cookies < (int)COUNT_OF(x->cookies));
    x->cookies[x->n_cookies++] = line;
}

// ---- session ------------------------------------------------------------------------------------

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

static enum err read_session(struct exchange *x, struct err_info *e)
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
static void prepare_page(struct exchange *x)
{
    struct req *r = &x->req;
    const char *cookies = req_header(r, "Cookie");
    bool public_form = r->who == NULL && r->route != NULL && r->route->post != NULL &&
                       (r->route->needs == MAY_PUBLIC || r->route->post_needs == MAY_PUBLIC);
    if (public_form) {
        x->secret = form_cookie_sent(x->arena, cookies, x->site->secure, x->site->key);
        if (x->secret == NULL && r->method == METHOD_GET) {
            x->secret = form_cookie_new(x->arena, x->site->key);
            keep_cookie(x, form_cookie_line(x->arena, x->secret, x->site->secure));
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

// ---- programme and right ------------------------------------------------------------------------

static enum verb verb_of(const struct req *r)
{
    return r->method == METHOD_POST && r->route->post_needs != 0 ? r->route->post_needs
                                                                 : r->route->needs;
}

static enum err check_right(struct exchange *x, const char *programme_id, struct err_info *e)
{
    const struct identity *who = x->req.who;
    enum verb verb = verb_of(&x->req);
    if (identity_may(who, verb, programme_id)) {
        return ERR_NONE;
    }
    bool may_read = programme_id != NULL ? identity_may(who, MAY_READ, programme_id)
                                         : verb != MAY_READ && identity_may_anywhere(who, MAY_READ);
    if (may_read) {
        return not_allowed(x, e);
    }
    x->refused = "refused: right";
    return not_found(e);
}

static enum err find_programme(struct exchange *x, struct err_info *e)
{
    struct req *r = &x->req;
    const struct http_hooks *hooks = x->site->hooks;
    struct record *programme = NULL;
    const char *number = req_capture(r, "programme");
    if (*number == '\0') {
        return ERR_NONE;
    }
    if (hooks->find_programme != NULL) {
        enum err err = hooks->find_programme(r->db, x->arena, number, &programme, e);
        if (err != ERR_NONE && err != ERR_NOT_FOUND) {
            return err;
        }
    }
    if (programme == NULL) {
        return not_found(e);
    }
    enum err err = check_right(x, programme->id, e);
    if (err != ERR_NONE) {
        return err;
    }
    r->programme = programme;
    if (hooks->minor_digits != NULL) {
        r->minor_digits = hooks->minor_digits(programme);
    }
    return ERR_NONE;
}

static enum err find_country(struct exchange *x, struct err_info *e)
{
    struct req *r = &x->req;
    const struct http_hooks *hooks = x->site->hooks;
    const char *country = req_capture(r, "country");
    enum verb verb = verb_of(r);
    bool known = false;
    if (*country == '\0' || r->programme != NULL || verb == MAY_PUBLIC || verb == MAY_SIGNED_IN) {
        return ERR_NONE;
    }
    if (hooks->country_rights != NULL) {
        enum err err = hooks->country_rights(r->db, x->arena, r->who, country, &r->country_verbs,
                                             &known, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    if (!known || (r->country_verbs & MAY_READ) == 0) {
        x->refused = known ? "refused: right" : x->refused;
        return not_found(e);
    }
    r->country = country;
    return (r->country_verbs & verb) != 0 ? ERR_NONE : not_allowed(x, e);
}

// ---- record to change ---------------------------------------------------------------------------

static bool same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

// Codes of what belongs to a programme (I1) are looked for in this programme only.
static enum err get_in_programme(struct exchange *x, const struct entity *kind, const char *id,
                                 struct record **out, struct err_info *e)
{
    bool by_code = kind->code_field != NULL && kind->parent_field != NULL &&
                   strcmp(kind->parent_field, "programme_id") == 0 && kind->compute == NULL &&
                   x->req.programme != NULL && !id_is_valid(id);
    if (!by_code) {
        return store_get(x->req.db, x->arena, kind, id, out, e);
    }
    struct store_filter filters[] = {
        {"programme_id", STORE_EQUAL, x->req.programme->id},
        {kind->code_field, STORE_EQUAL, id},
    };
    struct store_query q = {.filters = filters, .n_filters = COUNT_OF(filters), .limit = 1};
    struct record **found;
    size_t n;
    enum err err = store_list(x->req.db, x->arena, kind, &q, &found, &n, e);
    if (err == ERR_NONE && n == 0) {
        return not_found(e);
    }
    *out = err == ERR_NONE ? found[0] : NULL;
    return err;
}

// Loads a record of this kind; ERR_NOT_FOUND also when it belongs to another programme than that of
// the path. *programme_id is NULL for what belongs to the organisation.
static enum err load(struct exchange *x, const struct entity *kind, const char *id,
                     struct record **out, const char **programme_id, struct err_info *e)
{
    struct err_info inner;
    *programme_id = NULL;
    enum err err = get_in_programme(x, kind, id, out, &inner);
    if (err == ERR_NONE) {
        err = store_programme_of(x->req.db, x->arena, *out, programme_id, &inner);
    }
    if (err != ERR_NONE && err != ERR_NOT_FOUND) {
        *e = inner;
        return err;
    }
    bool elsewhere = err == ERR_NONE && x->req.programme != NULL && *programme_id != NULL &&
                     strcmp(*programme_id, x->req.programme->id) != 0;
    return err != ERR_NONE || elsewhere ? not_found(e) : ERR_NONE;
}

static enum err load_edited(struct exchange *x, struct err_info *e)
{
    const struct route *route = x->req.route;
    if (route->edits == NULL) {
        return ERR_NONE;
    }
    if (x->req.db == NULL) {
        return not_found(e);
    }
    struct record *record;
    const char *programme_id;
    enum err err =
        load(x, route->entity, req_capture(&x->req, route->edits), &record, &programme_id, e);
    if (err != ERR_NONE) {
        return err;
    }
    bool is_the_programme = x->req.programme != NULL && same_text(record->id, x->req.programme->id);
    if (x->req.programme != NULL && !is_the_programme &&
        !same_text(programme_id, x->req.programme->id)) {
        return not_found(e);
    }
    if (x->req.country != NULL) { // the right was asked on the country
        bool here = entity_field(route->entity, "country") != NULL &&
                    same_text(record_text(record, "country"), x->req.country);
        if (!here) {
            return not_found(e);
        }
    } else if (x->req.programme == NULL) { // the right is asked on the record's own programme
        err = check_right(x, programme_id, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    x->req.form->record = record;
    x->newest = record->version;
    return ERR_NONE;
}

// Sets what the address already says: programme_id, references named by a capture ("indicator" in the
// path sets indicator_id), and fields that have the name of a capture. Such fields are not taken from the form.
static enum err fix_fields(struct exchange *x, bool *fixed, struct err_info *e)
{
    struct form *f = x->req.form;
    for (size_t i = 0; f->record != NULL && i < f->n_fields; i++) {
        const struct field *d = &f->fields[i];
        size_t len = strlen(d->name);
        const char *said = d->type == FIELD_REF ? "" : req_capture(&x->req, d->name);
        if (*said != '\0') { // "country" in the path is the field country
            struct value v = {0};
            struct err_info wrong;
            if (field_parse(x->arena, d, said, f->minor_digits, &v, &wrong) != ERR_NONE) {
                return not_found(e);
            }
            fixed[i] = true;
            f->record->values[i] = v;
            continue;
        }
        if (d->type != FIELD_REF || len < 4 || strcmp(d->name + len - 3, "_id") != 0) {
            continue;
        }
        const char *capture = req_capture(&x->req, arena_copy_n(x->arena, d->name, len - 3));
        if (strcmp(d->name, "programme_id") == 0 && x->req.programme != NULL) {
            fixed[i] = true;
            record_set_text(f->record, d->name, x->req.programme->id);
        } else if (*capture != '\0' && x->req.db != NULL && model_find(d->ref) != NULL) {
            struct record *other;
            const char *programme_id;
            enum err err = load(x, model_find(d->ref), capture, &other, &programme_id, e);
            if (err != ERR_NONE) {
                return err;
            }
            fixed[i] = true;
            record_set_text(f->record, d->name, other->id);
        }
    }
    return ERR_NONE;
}

// ---- body and form token ------------------------------------------------------------------------

static enum err read_body(struct exchange *x, struct body *body, struct err_info *e)
{
    struct req *r = &x->req;
    size_t at;
    enum err err = ERR_NONE;
    *body = (struct body){0};
    if (x->body_len == 0) {
        return ERR_NONE;
    }
    if (strcmp(r->media_type, "application/json") == 0) {
        if (!utf8_is_clean(x->body, x->body_len, &at)) {
            return err_set(e, ERR_USAGE, "body", MSG("The text sent is not valid UTF-8."),
                           MSG("Write it in UTF-8, without control characters (see byte {0})."),
                           arena_printf(x->arena, "%zu", at + 1), NULL);
        }
        x->body[x->body_len] = '\0';
        r->body = x->body;
        r->body_len = x->body_len;
    } else if (strcmp(r->media_type, "multipart/form-data") == 0) {
        err = body_read_multipart(x->arena, req_header(r, "Content-Type"), x->body, x->body_len,
                                  body, e);
    } else {
        err = body_read_urlencoded(x->arena, x->body, x->body_len, body, e);
    }
    r->posted = body->pairs;
    r->n_posted = body->n_pairs;
    r->uploads = body->uploads;
    r->n_uploads = body->n_uploads;
    return err;
}

static enum err check_form_token(struct exchange *x, struct err_info *e)
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

// ---- fields -------------------------------------------------------------------------------------

// A field that refers to a record must refer to one of this programme or of the organisation.
static enum err check_references(struct exchange *x, const bool *fixed, struct err_info *e)
{
    struct form *f = x->req.form;
    for (size_t i = 0; f->record != NULL && x->req.db != NULL && i < f->n_fields; i++) {
        const struct field *d = &f->fields[i];
        const struct entity *kind = d->type == FIELD_REF ? model_find(d->ref) : NULL;
        if (kind == NULL || fixed[i] || d->read_only || !f->record->values[i].set ||
            *req_posted(&x->req, d->name) == '\0') {
            continue;
        }
        struct record *other;
        const char *programme_id;
        struct err_info wrong;
        enum err err =
            load(x, kind, f->record->values[i].text, &other, &programme_id, &wrong);
        if (err == ERR_NONE && programme_id != NULL &&
            !identity_may(x->req.who, MAY_READ, programme_id)) {
            err = ERR_NOT_FOUND;
        }
        if (err == ERR_NOT_FOUND) {
            (void)err_set(&wrong, ERR_INPUT, d->name, MSG("There is no such choice."),
                          MSG("Choose one of the list."), NULL);
            form_add_error(x->arena, f, &wrong);
        } else if (err != ERR_NONE) {
            *e = wrong;
            return err;
        } else {
            record_set_text(f->record, d->name, other->id); // a code becomes the id
        }
    }
    return ERR_NONE;
}

// Signs that were mended are shown again with an error of their own, also outside a table of fields.
static bool any_mended(const struct body *body)
{
    for (size_t i = 0; i < body->n_pairs; i++) {
        if (body->mended[i]) {
            return true;
        }
    }
    return false;
}

// What is fixed by the address, by `except` and by `prepare` of the route.
static enum err prepare_form(struct exchange *x, bool *fixed, struct err_info *e)
{
    const struct route *route = x->req.route;
    struct form *f = x->req.form;
    f->minor_digits = x->req.minor_digits;
    enum err err = fix_fields(x, fixed, e);
    for (size_t k = 0; route->except != NULL && route->except[k] != NULL; k++) {
        fixed[entity_field_index(f->entity, route->except[k])] = true;
    }
    return err == ERR_NONE && route->prepare != NULL ? route->prepare(&x->req, f, e) : err;
}

static enum err read_form(struct exchange *x, const struct body *body, struct err_info *e)
{
    struct req *r = &x->req;
    struct form *f = r->form;
    enum err err = ERR_NONE;
    bool posted = r->method == METHOD_POST && r->body == NULL;
    if (f != NULL) {
        bool *fixed = ARENA_ARRAY(x->arena, bool, f->n_fields);
        err = prepare_form(x, fixed, e);
        if (err != ERR_NONE || !posted) {
            return err;
        }
        bool has_currency = f->entity != NULL && entity_field(f->entity, "currency") != NULL;
        form_read(x->arena, f, body, fixed, r->minor_digits,
                  has_currency ? x->site->hooks->minor_digits : NULL);
        if (r->route->edits != NULL && *req_posted(r, "_version") != '\0') {
            f->record->version = req_posted(r, "_version");
        }
        err = check_references(x, fixed, e);
    }
    if (err == ERR_NONE && posted && (f == NULL || f->n_errors == 0) && any_mended(body)) {
        err = err_set(e, ERR_INPUT, NULL, MSG("The form holds signs that cannot be kept."),
                      MSG("Type the text again, without copying it from elsewhere."), NULL);
    }
    return err;
}

// ---- handler and reply --------------------------------------------------------------------------

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
        err = read_session(x, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    prepare_page(x);
    if (r->route == NULL) {
        return not_found(e);
    }
    if (r->who == NULL && verb_of(r) != MAY_PUBLIC) {
        if (!exchange_is_api(x)) {
            send_to_sign_in(x);
            return ERR_NONE;
        }
        return err_set(e, ERR_SIGN_IN, NULL, MSG("You are not signed in."),
                       MSG("Sign in, or send an access token."), NULL);
    }
    err = find_programme(x, e);
    if (err == ERR_NONE) {
        err = find_country(x, e);
    }
    if (err == ERR_NONE && r->programme == NULL && r->country == NULL && r->route->edits == NULL) {
        err = check_right(x, NULL, e);
    }
    if (err == ERR_NONE && r->method == METHOD_POST) {
        err = read_body(x, &body, e);
        if (err == ERR_NONE) {
            err = check_form_token(x, e);
        }
    }
    if (err == ERR_NONE) {
        r->form = form_new(x->arena, r->route);
        err = load_edited(x, e);
    }
    if (err == ERR_NONE) {
        err = read_form(x, &body, e);
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
        keep_cookie(x, flash_cookie(x->arena, p->flash, p->undo, session, x->site->secure,
                                    x->site->key));
    } else if (x->req.flash != NULL && p->location == NULL && !x->req.script_wants_part &&
               strncmp(p->type, "text/html", 9) == 0) {
        keep_cookie(x, flash_cookie_clear(x->arena, x->site->secure));
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
