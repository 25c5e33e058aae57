// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dispatch_form.c: what a request sends: body, the record it changes, the fields of its form. Records of
// other programmes do not exist here.

#include <string.h>

#include "base/bug.h"
#include "base/utf8.h"
#include "http/dispatch_parts.h"
#include "os/random.h"

// ---- body ---------------------------------------------------------------------------------------

enum err dispatch_read_body(struct exchange *x, struct body *body, struct err_info *e)
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

// ---- record to change ---------------------------------------------------------------------------

static bool same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

// Codes of what belongs to a programme (I1) are looked for in this programme only.
static enum err get_in_programme(struct exchange *x, const struct entity *kind, const char *id,
                                 struct record **out, struct err_info *e)
{
    bool by_code = kind->code_field != NULL && entity_of_programme(kind) && kind->compute == NULL &&
                   x->req.programme != NULL && !id_is_valid(id);
    return by_code ? store_get_in_programme(x->req.db, x->arena, kind, x->req.programme->id, id, out, e)
                   : store_get(x->req.db, x->arena, kind, id, out, e);
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
    return err != ERR_NONE || elsewhere ? dispatch_not_found(e) : ERR_NONE;
}

enum err dispatch_load_edited(struct exchange *x, struct err_info *e)
{
    const struct route *route = x->req.route;
    if (route->edits == NULL) {
        return ERR_NONE;
    }
    if (x->req.db == NULL) {
        return dispatch_not_found(e);
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
        return dispatch_not_found(e);
    }
    if (x->req.country != NULL) { // the right was asked on the country
        const char *country;
        err = store_country_of(x->req.db, x->arena, record, &country, e);
        if (err != ERR_NONE || !same_text(country, x->req.country)) {
            return err != ERR_NONE ? err : dispatch_not_found(e);
        }
    } else if (x->req.programme == NULL) { // the right is asked on the record's own programme
        err = dispatch_check_right(x, programme_id, e);
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
                return dispatch_not_found(e);
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

enum err dispatch_read_form(struct exchange *x, const struct body *body, struct err_info *e)
{
    struct req *r = &x->req;
    struct form *f = r->form;
    enum err err = ERR_NONE;
    bool posted = r->method == METHOD_POST && r->body == NULL && !exchange_is_api(x);
    if (f == NULL && posted) {
        const char *stranger = form_stranger(r->route, NULL, body, NULL);
        err = stranger == NULL ? ERR_NONE : form_no_field(stranger, e);
    }
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
        const char *stranger = form_stranger(r->route, f, body, fixed);
        if (stranger != NULL) {
            struct err_info refused;
            (void)form_no_field(stranger, &refused);
            refused.field[0] = '\0'; // the page has no such place to lead to; the text names it
            form_add_error(x->arena, f, &refused);
        }
    }
    if (err == ERR_NONE && posted && (f == NULL || f->n_errors == 0) && any_mended(body)) {
        err = err_set(e, ERR_INPUT, NULL, MSG("The form holds signs that cannot be kept."),
                      MSG("Type the text again, without copying it from elsewhere."), NULL);
    }
    return err;
}
