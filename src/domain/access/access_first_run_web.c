// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_first_run_web.c: setting up an empty workspace: the organisation, its language, the first
// administrator and, if wanted, the first programme. The page exists only while there is nobody; there
// is no password that was set beforehand.

#include <string.h>

#include "access/access_first_run.html.h"
#include "access/access_web_private.h"
#include "base/bug.h"
#include "http/session.h"
#include "os/clock.h"
#include "os/password.h"

static const struct choice crimes[] = {
    {"tip", MSG("Trafficking in persons")},
    {"som", MSG("Smuggling of migrants")},
    {"both", MSG("Both")},
    {NULL, NULL},
};

// Named after the fields of the records they become; "title" and what follows are the programme.
static const struct field first_run_fields[] = {
    {.name = "organisation", .label = MSG("Name of the organisation"),
     .hint = MSG("As it should stand on reports."), .example = "Office for Safe Migration",
     .type = FIELD_TEXT, .data_class = CLASS_C1, .required = true, .max = 200},
    {.name = "language", .label = MSG("Language"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .max = 20},
    {.name = "name", .label = MSG("Your name"), .type = FIELD_TEXT, .data_class = CLASS_C2,
     .required = true, .max = 120},
    {.name = "name_key", .label = MSG("Sign-in name"),
     .hint = MSG("Small letters, digits, dots and hyphens."), .example = "amina",
     .type = FIELD_TEXT, .data_class = CLASS_C2, .required = true, .max = 60},
    {.name = "new_password", .label = MSG("Password"),
     .hint = MSG("At least 12 characters. Four words that do not belong together are good."),
     .type = FIELD_TEXT, .data_class = CLASS_C4, .required = true, .max = ACCESS_PASSWORD_MAX},
    {.name = "new_again", .label = MSG("The same password once more"), .type = FIELD_TEXT,
     .data_class = CLASS_C4, .required = true, .max = ACCESS_PASSWORD_MAX},
    {.name = "number", .label = MSG("Number"),
     .hint = MSG("The code of the project document: capital letters and digits."),
     .example = "GLOT59", .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 24},
    {.name = "title", .label = MSG("Title"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .max = 300},
    {.name = "crime", .label = MSG("Crime addressed"), .type = FIELD_CODE, .data_class = CLASS_C1,
     .choices = crimes},
    {.name = "starts_on", .label = MSG("First day"), .type = FIELD_DATE, .data_class = CLASS_C1},
    {.name = "ends_on", .label = MSG("Last day"), .type = FIELD_DATE, .data_class = CLASS_C1},
};

static const char *text_of(const struct req *r, const char *field)
{
    const struct value *v = form_value(r->form, field);
    return v->set && v->text != NULL ? v->text : "";
}

// The page is not there once somebody is.
static enum err must_be_empty(struct db_read *db, struct arena *a, struct err_info *e)
{
    int64_t people;
    enum err err = people_count(db, a, &people, e);
    return err == ERR_NONE && people > 0
               ? err_set(e, ERR_NOT_FOUND, NULL, MSG("This page does not exist."),
                         MSG("Check the address, or start from the list."), NULL)
               : err;
}

static enum err first_run_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct html h;
    enum err err = must_be_empty(r->db, r->arena, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct access_first_run_view v = {.r = r};
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Set up this workspace")),
                              .about = tr(r->lang, MSG("Three questions, about two minutes. "
                                                       "Everything can be changed later.")),
                              .width = PAGE_NARROW});
    access_first_run_html(&h, &v);
    return page_end(&h, e);
}

// ---- setting up ---------------------------------------------------------------------------------

static enum err check_passwords(struct req *r, struct err_info *e)
{
    const char *password = text_of(r, "new_password");
    enum err err = access_password_check(password, text_of(r, "name_key"), "new_password", e);
    if (err == ERR_NONE && strcmp(password, text_of(r, "new_again")) != 0) {
        err = err_set(e, ERR_INPUT, "new_again", MSG("The two passwords differ."),
                      MSG("Type the same password twice."), NULL);
    }
    return err;
}

static enum err save_administrator(struct store_tx *tx, struct req *r, const char *hash,
                                   const char **user_id, struct err_info *e)
{
    struct record *u = record_new(r->arena, &entity_user);
    record_set_text(u, "name_key", text_of(r, "name_key"));
    record_set_text(u, "name", text_of(r, "name"));
    record_set_text(u, "language", text_of(r, "language"));
    record_set_int(u, "active", 1);
    bool given;
    enum err err = record_check(u, e);
    if (err == ERR_NONE) {
        err = store_save(tx, r->arena, u, e);
    }
    if (err == ERR_NONE) {
        *user_id = u->id;
        err = person_give_role(tx, r->arena, u->id, "administrator", NULL, &given, e);
    }
    return err == ERR_NONE ? access_set_password_hash(tx, u->id, hash, e) : err;
}

static bool wants_programme(const struct req *r)
{
    static const char *const names[] = {"number", "title", "crime", "starts_on", "ends_on"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (text_of(r, names[i])[0] != '\0') {
            return true;
        }
    }
    return false;
}

static enum err save_programme(struct store_tx *tx, struct req *r, struct err_info *e)
{
    const struct entity *kind = model_find("programme");
    if (kind == NULL || !wants_programme(r)) {
        return ERR_NONE;
    }
    struct record *g = record_new(r->arena, kind);
    char today[11];
    clock_today(today);
    const char *starts_on = text_of(r, "starts_on");
    record_set_text(g, "number", text_of(r, "number"));
    record_set_text(g, "title", text_of(r, "title"));
    record_set_text(g, "crime", text_of(r, "crime"));
    record_set_text(g, "starts_on", starts_on);
    record_set_text(g, "ends_on", text_of(r, "ends_on"));
    record_set_text(g, "state", strcmp(starts_on, today) > 0 ? "planned" : "running");
    record_set_text(g, "currency", "USD");
    enum err err = record_check(g, e);
    return err == ERR_NONE ? store_save(tx, r->arena, g, e) : err;
}

static enum err set_up(struct store_tx *tx, struct req *r, const char *hash,
                       const char *token_hash, struct err_info *e)
{
    const char *user_id = NULL;
    enum err err = must_be_empty(store_tx_read(tx), r->arena, e);
    if (err == ERR_NONE) {
        err = access_setting_set(tx, "organisation", text_of(r, "organisation"), e);
    }
    if (err == ERR_NONE) {
        err = access_setting_set(tx, "language", text_of(r, "language"), e);
    }
    if (err == ERR_NONE) {
        err = save_administrator(tx, r, hash, &user_id, e);
    }
    if (err == ERR_NONE) {
        err = save_programme(tx, r, e);
    }
    if (err == ERR_NONE) {
        err = store_event(tx, "workspace made", user_id, e);
    }
    return err == ERR_NONE ? access_begin_session(tx, token_hash, user_id, e) : err;
}

static enum err first_run_post(struct req *r, struct reply *p, struct err_info *e)
{
    const char *hash;
    struct store_tx *tx;
    const char *language = text_of(r, "language");
    enum err err = must_be_empty(r->db, r->arena, e);
    if (err == ERR_NONE && lang_find(language) == NULL) {
        err = err_set(e, ERR_INPUT, "language", MSG("There is no such choice."),
                      MSG("Choose one of the list."), NULL);
    }
    if (err == ERR_NONE) {
        err = check_passwords(r, e);
    }
    if (err == ERR_NONE) {
        err = password_hash(r->arena, text_of(r, "new_password"), &hash, e);
    }
    if (err == ERR_NONE) {
        err = store_begin(r->store, &(struct actor){.name = "owner"}, NULL, &tx, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const char *token = session_token_new(r->arena);
    err = set_up(tx, r, hash, session_token_hash(r->arena, token), e);
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    if (err == ERR_NONE) {
        keep_session(r, p, token, language);
        reply_redirect(r, p, "/", NULL);
        reply_flash(p, tr(r->lang, MSG("The workspace is ready.")), NULL);
    }
    return err;
}

const struct route access_first_run_route = {
    .path = "/first-run",
    .needs = MAY_PUBLIC,
    .get = first_run_get,
    .post = first_run_post,
    .fields = first_run_fields,
    .n_fields = COUNT_OF(first_run_fields),
    .title = MSG("Set up this workspace"),
};
