// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_account_web.c: what is the person's own: name, language, look, password.

#include <string.h>

#include "access/access_account.html.h"
#include "access/access_web_private.h"
#include "base/bug.h"
#include "http/session.h"
#include "os/password.h"

static const struct field account_fields[] = {
    {.name = "name", .label = MSG("Name"), .hint = MSG("As others see it."), .type = FIELD_TEXT,
     .data_class = CLASS_C2, .required = true, .max = 120},
    {.name = "email", .label = MSG("Email"), .type = FIELD_TEXT, .data_class = CLASS_C2,
     .max = 200},
    {.name = "language", .label = MSG("Language"), .type = FIELD_TEXT, .data_class = CLASS_C2,
     .max = 20},
};

static const struct field password_fields[] = {
    {.name = "password", .label = MSG("Password as it is now"), .type = FIELD_TEXT,
     .data_class = CLASS_C4, .required = true, .max = ACCESS_PASSWORD_MAX},
    {.name = "new_password", .label = MSG("New password"),
     .hint = MSG("At least 12 characters. Four words that do not belong together are good."),
     .type = FIELD_TEXT, .data_class = CLASS_C4, .required = true, .max = ACCESS_PASSWORD_MAX},
    {.name = "new_again", .label = MSG("The new password once more"), .type = FIELD_TEXT,
     .data_class = CLASS_C4, .required = true, .max = ACCESS_PASSWORD_MAX},
};

static const char *text_of(const struct req *r, const char *field)
{
    const struct value *v = form_value(r->form, field);
    return v->set && v->text != NULL ? v->text : "";
}

static struct value set_text(const char *text)
{
    return (struct value){.set = text[0] != '\0', .text = text};
}

// A form of the page that was not the one sent.
static struct form *empty_form(struct arena *a, const struct field *fields, size_t n)
{
    struct form *f = ARENA_MAKE(a, struct form);
    *f = (struct form){.fields = fields, .n_fields = n, .values = ARENA_ARRAY(a, struct value, n)};
    return f;
}

static enum err account_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct html h;
    struct record *person;
    struct person_grant *grants;
    struct access_account_view v = {.r = r};
    enum err err = store_get(r->db, r->arena, &entity_user, r->who->user_id, &person, e);
    if (err == ERR_NONE) {
        err = person_grants(r->db, r->arena, r->who->user_id, &grants, &v.n_roles, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    bool password_sent = r->form != NULL && r->form->fields == password_fields;
    v.account = !password_sent && r->form != NULL
                    ? r->form
                    : empty_form(r->arena, account_fields, COUNT_OF(account_fields));
    v.password = password_sent ? r->form
                               : empty_form(r->arena, password_fields, COUNT_OF(password_fields));
    if (v.account->n_typed == 0) {
        v.account->values[0] = set_text(record_text(person, "name"));
        v.account->values[1] = set_text(record_text(person, "email"));
        v.account->values[2] = set_text(record_text(person, "language"));
    }
    v.language = form_text(r->arena, v.account, "language");
    v.name_key = record_text(person, "name_key");
    const char **roles = ARENA_ARRAY(r->arena, const char *, v.n_roles + 1);
    for (size_t i = 0; i < v.n_roles; i++) {
        roles[i] = role_in_words(r->arena, r->lang, &grants[i]);
    }
    v.roles = roles;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Your account")),
                              .about = tr(r->lang, MSG("What is yours alone: name, language, look "
                                                       "and password.")),
                              .width = PAGE_NARROW});
    access_account_html(&h, &v);
    return page_end(&h, e);
}

// One save by the person themselves; their own record needs no right.
static enum err save_self(struct req *r, const char *name, const char *email,
                          const char *language, struct err_info *e)
{
    struct store_tx *tx;
    struct record *person;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = store_get(store_tx_read(tx), r->arena, &entity_user, r->who->user_id, &person, e);
    if (err == ERR_NONE) {
        record_set_text(person, "name", name);
        record_set_text(person, "email", email);
        record_set_text(person, "language", language);
        err = record_check(person, e);
    }
    if (err == ERR_NONE) {
        err = store_save(tx, r->arena, person, e);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

static enum err account_post(struct req *r, struct reply *p, struct err_info *e)
{
    const char *language = text_of(r, "language");
    const struct lang *lang = language[0] == '\0' ? &lang_en : lang_find(language);
    if (lang == NULL) {
        return err_set(e, ERR_INPUT, "language", MSG("There is no such choice."),
                       MSG("Choose one of the list."), NULL);
    }
    enum err err = save_self(r, text_of(r, "name"), text_of(r, "email"), lang->code, e);
    if (err == ERR_NONE) {
        reply_cookie(p,
                     session_preference_cookie(r->arena, "mainstay_lang", lang->code, r->secure));
        reply_redirect(r, p, "/account", NULL);
        reply_flash(p, tr(lang, MSG("Saved.")), NULL);
    }
    return err;
}

const struct route access_account_route = {
    .path = "/account",
    .needs = MAY_SIGNED_IN,
    .get = account_get,
    .post = account_post,
    .fields = account_fields,
    .n_fields = COUNT_OF(account_fields),
    .title = MSG("Your account"),
};

// ---- password -----------------------------------------------------------------------------------

static enum err change_password(struct req *r, const char *hash, const char *token_hash,
                                struct err_info *e)
{
    struct store_tx *tx;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = access_set_password_hash(tx, r->who->user_id, hash, e);
    if (err == ERR_NONE) {
        err = access_begin_session(tx, token_hash, r->who->user_id, e);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

static enum err password_post(struct req *r, struct reply *p, struct err_info *e)
{
    const char *hash;
    const char *fresh = text_of(r, "new_password");
    enum err err = access_password_check(fresh, r->who->name_key, "new_password", e);
    if (err == ERR_NONE && strcmp(fresh, text_of(r, "new_again")) != 0) {
        err = err_set(e, ERR_INPUT, "new_again", MSG("The two passwords differ."),
                      MSG("Type the same password twice."), NULL);
    }
    if (err == ERR_NONE) {
        err = access_confirm(r->store, r->arena, r->who->name_key, text_of(r, "password"),
                             r->client, "password", e);
    }
    if (err == ERR_NONE) {
        err = password_hash(r->arena, fresh, &hash, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const char *token = session_token_new(r->arena);
    err = change_password(r, hash, session_token_hash(r->arena, token), e);
    if (err == ERR_NONE) {
        reply_cookie(p, session_cookie(r->arena, token, r->secure));
        p->session = session_token_hash(r->arena, token);
        reply_redirect(r, p, "/account", NULL);
        reply_flash(p, tr(r->lang, MSG("Your password is changed. Elsewhere you are signed out.")),
                    NULL);
    }
    return err;
}

const struct route access_account_password_route = {
    .path = "/account/password",
    .needs = MAY_SIGNED_IN,
    .get = account_get,
    .post = password_post,
    .fields = password_fields,
    .n_fields = COUNT_OF(password_fields),
    .title = MSG("Your account"),
};
