// SPDX-License-Identifier: AGPL-3.0-or-later
//
// form.c: see form.h and the part on forms of http.h.

#include "http/form.h"

#include <string.h>

#include "base/buf.h"
#include "base/bug.h"
#include "base/limits.h"

// A form with more wrong fields than this shows the first ones.
#define MAX_ERRORS 100

struct form *form_new(struct arena *a, const struct route *route)
{
    if (route->entity == NULL && route->n_fields == 0) {
        return NULL;
    }
    struct form *f = ARENA_MAKE(a, struct form);
    f->entity = route->entity;
    if (f->entity != NULL) {
        f->fields = f->entity->fields;
        f->n_fields = f->entity->n_fields;
        f->record = record_new(a, f->entity);
    } else {
        f->fields = route->fields;
        f->n_fields = route->n_fields;
        f->values = ARENA_ARRAY(a, struct value, f->n_fields);
    }
    return f;
}

static size_t field_index(const struct form *f, const char *name)
{
    for (size_t i = 0; i < f->n_fields; i++) {
        if (strcmp(f->fields[i].name, name) == 0) {
            return i;
        }
    }
    bug("a form was asked for a field it does not have");
}

static struct value *value_at(const struct form *f, size_t i)
{
    return f->record != NULL ? &f->record->values[i] : &f->values[i];
}

const struct value *form_value(const struct form *f, const char *field)
{
    return value_at(f, field_index(f, field));
}

const struct form_error *form_error_of(const struct form *f, const char *field)
{
    for (size_t i = 0; f != NULL && i < f->n_errors; i++) {
        if (strcmp(f->errors[i].field, field) == 0) {
            return &f->errors[i];
        }
    }
    return NULL;
}

void form_add_error(struct arena *a, struct form *f, const struct err_info *info)
{
    if (f->errors == NULL) {
        f->errors = ARENA_ARRAY(a, struct form_error, MAX_ERRORS);
    }
    if (f->n_errors < MAX_ERRORS) {
        f->errors[f->n_errors++] =
            (struct form_error){.field = arena_copy(a, info->field), .info = *info};
    }
}

// All values posted under one name: the one that is not empty (is_doubled refuses more), or for codes all of
// them, with spaces between. NULL when the name was not posted. A hidden empty field before a check box makes
// "nothing chosen" different from "not on this form".
static const char *typed_text(struct arena *a, const struct pair *typed, size_t n, const char *name,
                              bool all)
{
    const char *text = NULL;
    struct buf joined;
    buf_init(&joined, a, LIMIT_FORM_BYTES);
    for (size_t i = 0; i < n; i++) {
        const char *value = typed[i].value;
        if (strcmp(typed[i].name, name) != 0) {
            continue;
        }
        text = text == NULL || *value != '\0' ? value : text;
        if (all && *value != '\0') {
            buf_printf(&joined, "%s%s", joined.len == 0 ? "" : " ", value);
        }
    }
    return joined.len > 0 ? joined.data : text;
}

// What was posted for one code of a field of shares, as "country_shares.NA"; NULL: nothing.
static const char *typed_share(const struct pair *p, const char *name)
{
    size_t n = strlen(name);
    return strncmp(p->name, name, n) == 0 && p->name[n] == '.' ? p->name + n + 1 : NULL;
}

// The same for all its codes, as one text of those that are not empty. NULL when none was posted.
static const char *typed_shares(struct arena *a, const struct pair *typed, size_t n, const char *name)
{
    struct buf b;
    bool posted = false;
    buf_init(&b, a, LIMIT_FORM_BYTES);
    for (size_t i = 0; i < n; i++) {
        const char *code = typed_share(&typed[i], name);
        posted = posted || code != NULL;
        if (code != NULL && typed[i].value[strspn(typed[i].value, " ")] != '\0') {
            buf_printf(&b, "%s%s %s", b.len == 0 ? "" : ", ", code, typed[i].value);
        }
    }
    return !posted ? NULL : b.len == 0 ? "" : b.data;
}

static const char *typed_of(struct arena *a, const struct pair *typed, size_t n, const struct field *d)
{
    const char *text = typed_text(a, typed, n, d->name, d->type == FIELD_CODES);
    return text != NULL || d->type != FIELD_SHARES ? text : typed_shares(a, typed, n, d->name);
}

const char *form_share(struct arena *a, const struct form *f, const char *field, const char *code)
{
    struct share *parts;
    size_t n = shares_of(a, form_value(f, field)->text, &parts);
    for (size_t i = 0; i < f->n_typed; i++) {
        const char *typed = typed_share(&f->typed[i], field);
        if (typed != NULL && strcmp(typed, code) == 0) {
            return f->typed[i].value;
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (strcmp(parts[i].code, code) == 0) {
            return parts[i].percent;
        }
    }
    return "";
}

const char *form_text(struct arena *a, const struct form *f, const char *field)
{
    size_t i = field_index(f, field);
    const struct field *d = &f->fields[i];
    if (f->entity == NULL && d->data_class == CLASS_C4) {
        return ""; // a secret (password, code) is typed again, never sent back
    }
    const char *typed = typed_of(a, f->typed, f->n_typed, d);
    return typed != NULL ? typed : field_print(a, d, value_at(f, i), f->minor_digits);
}

static bool was_mended(const struct body *posted, const char *name)
{
    for (size_t i = 0; i < posted->n_pairs; i++) {
        const struct pair *p = &posted->pairs[i];
        if (posted->mended[i] && (strcmp(p->name, name) == 0 || typed_share(p, name) != NULL)) {
            return true;
        }
    }
    return false;
}

// More than one value that is not empty: one of them would be lost in silence. Codes are a list.
static bool is_doubled(const struct body *posted, const struct field *d)
{
    size_t n = 0;
    for (size_t i = 0; d->type != FIELD_CODES && i < posted->n_pairs; i++) {
        n += strcmp(posted->pairs[i].name, d->name) == 0 && *posted->pairs[i].value != '\0';
    }
    return n > 1;
}

static void read_field(struct arena *a, struct form *f, size_t i, const struct body *posted)
{
    const struct field *d = &f->fields[i];
    const char *text = typed_of(a, posted->pairs, posted->n_pairs, d);
    if (text == NULL) {
        return;
    }
    struct err_info e = {0};
    struct value v = {0};
    if (was_mended(posted, d->name)) {
        (void)err_set(&e, ERR_INPUT, d->name,
                      MSG("There were signs that cannot be kept. They were replaced by spaces."),
                      MSG("Look at the text and send it again."), NULL);
        form_add_error(a, f, &e);
    } else if (is_doubled(posted, d)) {
        (void)err_set(&e, ERR_INPUT, d->name, MSG("This was sent more than once; only one value can be kept."),
                      MSG("Send it once."), NULL);
        form_add_error(a, f, &e);
    } else if (field_parse(a, d, text, f->minor_digits, &v, &e) != ERR_NONE) {
        form_add_error(a, f, &e);
    } else {
        *value_at(f, i) = v;
    }
}

bool form_needs(const struct form *f, const struct field *field)
{
    bool needed = field->required;
    for (size_t i = 0; !needed && f->needed != NULL && f->needed[i] != NULL; i++) {
        needed = strcmp(f->needed[i], field->name) == 0;
    }
    return needed;
}

// Every field that is needed and empty, beside those that hold something wrong.
static void check_required(struct arena *a, struct form *f)
{
    for (size_t i = 0; i < f->n_fields; i++) {
        const struct field *d = &f->fields[i];
        if (!form_needs(f, d) || value_at(f, i)->set || form_error_of(f, d->name) != NULL) {
            continue;
        }
        struct err_info e;
        (void)field_missing(d, &e); // as record_check does
        form_add_error(a, f, &e);
    }
}

void form_read(struct arena *a, struct form *f, const struct body *posted, const bool *fixed,
               int minor_digits, int (*own_digits)(const struct record *))
{
    f->typed = posted->pairs;
    f->n_typed = posted->n_pairs;
    f->minor_digits = minor_digits;
    // Money comes last: the same form may choose its currency.
    for (int money = 0; money < 2; money++) {
        int digits = money == 1 && own_digits != NULL ? own_digits(f->record) : -1;
        f->minor_digits = digits < 0 ? f->minor_digits : digits;
        for (size_t i = 0; i < f->n_fields; i++) {
            bool now = (f->fields[i].type == FIELD_MONEY) == (money == 1);
            if (now && !f->fields[i].read_only && (fixed == NULL || !fixed[i])) {
                read_field(a, f, i, posted);
            }
        }
    }
    check_required(a, f);
    struct err_info e = {0};
    if (f->n_errors == 0 && f->record != NULL && record_check(f->record, &e) != ERR_NONE) {
        form_add_error(a, f, &e);
    }
}

enum err form_no_field(const char *name, struct err_info *e)
{
    return err_set(e, ERR_INPUT, name, MSG("This form takes no field “{0}”."),
                   MSG("Leave it out, or load the page again and fill it in once more."), name, NULL);
}

static bool is_also(const struct route *route, const char *name)
{
    for (size_t i = 0; route->also != NULL && route->also[i] != NULL; i++) {
        size_t n = strcspn(route->also[i], "*");
        bool begins = route->also[i][n] == '*';
        if (strncmp(name, route->also[i], n) == 0 && (begins || name[n] == '\0')) {
            return true;
        }
    }
    return false;
}

static bool is_taken(const struct route *route, const struct form *f, const bool *fixed, const char *name)
{
    static const char *const ours[] = {"_csrf", "_version", "_back"};
    bool taken = is_also(route, name);
    for (size_t i = 0; !taken && i < COUNT_OF(ours); i++) {
        taken = strcmp(name, ours[i]) == 0;
    }
    for (size_t i = 0; !taken && f != NULL && i < f->n_fields; i++) {
        const struct field *d = &f->fields[i];
        size_t n = d->type == FIELD_SHARES ? strcspn(name, ".") : strlen(name);
        taken = !d->read_only && !fixed[i] && strlen(d->name) == n && strncmp(name, d->name, n) == 0;
    }
    return taken;
}

const char *form_stranger(const struct route *route, const struct form *f, const struct body *posted,
                          const bool *fixed)
{
    for (size_t i = 0; i < posted->n_pairs; i++) {
        if (!is_taken(route, f, fixed, posted->pairs[i].name)) {
            return posted->pairs[i].name;
        }
    }
    for (size_t i = 0; i < posted->n_uploads; i++) {
        if (!is_taken(route, f, fixed, posted->uploads[i].field)) {
            return posted->uploads[i].field;
        }
    }
    return NULL;
}
