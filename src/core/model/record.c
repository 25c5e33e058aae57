// SPDX-License-Identifier: AGPL-3.0-or-later
//
// record.c: values of a record by the names of its fields. See model.h.

#include "model/model.h"

#include <string.h>

#include "base/bug.h"

const struct field *entity_field(const struct entity *e, const char *name)
{
    // Nearly always both are the same text in memory, since the linker keeps equal texts once.
    for (size_t i = 0; i < e->n_fields; i++) {
        if (e->fields[i].name == name) {
            return &e->fields[i];
        }
    }
    for (size_t i = 0; i < e->n_fields; i++) {
        if (strcmp(e->fields[i].name, name) == 0) {
            return &e->fields[i];
        }
    }
    return NULL;
}

size_t entity_field_index(const struct entity *e, const char *name)
{
    const struct field *f = entity_field(e, name);
    ensure(f != NULL);
    return (size_t)(f - e->fields);
}

bool entity_of_programme(const struct entity *e)
{
    return e->parent_field != NULL && strcmp(e->parent_field, "programme_id") == 0;
}

const char *field_column(struct arena *a, const struct field *f)
{
    return f->type == FIELD_MONEY ? arena_printf(a, "%s_minor", f->name) : f->name;
}

struct record *record_new(struct arena *a, const struct entity *e)
{
    struct record *r = ARENA_MAKE(a, struct record);
    r->entity = e;
    r->values = ARENA_ARRAY(a, struct value, e->n_fields);
    return r;
}

struct record *record_copy(struct arena *a, const struct record *r)
{
    struct record *copy = record_new(a, r->entity);
    copy->id = r->id;
    copy->version = r->version;
    copy->changed_at = r->changed_at;
    memcpy(copy->values, r->values, r->entity->n_fields * sizeof *r->values);
    return copy;
}

const struct value *record_value(const struct record *r, const char *field)
{
    return &r->values[entity_field_index(r->entity, field)];
}

const char *record_text(const struct record *r, const char *field)
{
    const struct value *v = record_value(r, field);
    return v->set && v->text != NULL ? v->text : "";
}

int64_t record_int(const struct record *r, const char *field)
{
    const struct value *v = record_value(r, field);
    return v->set ? v->number : 0;
}

bool record_is_set(const struct record *r, const char *field)
{
    return record_value(r, field)->set;
}

bool record_has_code(const struct record *r, const char *field, const char *code)
{
    const char *codes = record_text(r, field); // " a b "
    size_t n = strlen(code);
    const char *p = strstr(codes, code);
    while (n > 0 && p != NULL && !(p > codes && p[-1] == ' ' && p[n] == ' ')) {
        p = strstr(p + 1, code);
    }
    return n > 0 && p != NULL;
}

bool value_same(const struct value *x, const struct value *y)
{
    bool text = x->text != NULL && y->text != NULL;
    return x->set == y->set &&
           (!x->set || (text ? strcmp(x->text, y->text) == 0 : x->text == y->text && x->number == y->number));
}

void record_set_text(struct record *r, const char *field, const char *text)
{
    struct value *v = &r->values[entity_field_index(r->entity, field)];
    bool empty = text == NULL || text[0] == '\0';
    *v = empty ? (struct value){0} : (struct value){.set = true, .text = text};
}

void record_set_int(struct record *r, const char *field, int64_t n)
{
    r->values[entity_field_index(r->entity, field)] = (struct value){.set = true, .number = n};
}

void record_clear(struct record *r, const char *field)
{
    r->values[entity_field_index(r->entity, field)] = (struct value){0};
}

const char *record_code(const struct record *r)
{
    const char *code = r->entity->code_field == NULL ? "" : record_text(r, r->entity->code_field);
    return code[0] != '\0' ? code : r->id == NULL ? "" : r->id;
}

const char *record_title(const struct record *r)
{
    const char *title = r->entity->title_field == NULL ? "" : record_text(r, r->entity->title_field);
    return title[0] != '\0' ? title : record_code(r);
}

enum err field_missing(const struct field *f, struct err_info *e)
{
    (void)err_set(e, ERR_INPUT, f->name, MSG("{0} is missing."), MSG("Fill it in; it is needed."),
                  f->label, NULL);
    return err_word(e, 0, f->label);
}

enum err record_check(const struct record *r, struct err_info *e)
{
    for (size_t i = 0; i < r->entity->n_fields; i++) {
        const struct field *f = &r->entity->fields[i];
        if (f->required && !r->values[i].set) {
            return field_missing(f, e);
        }
    }
    return r->entity->check == NULL ? ERR_NONE : r->entity->check(r, e);
}
