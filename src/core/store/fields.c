// SPDX-License-Identifier: AGPL-3.0-or-later
//
// fields.c: what a change did to the fields of a record, as JSON: {"title": ["before", "after"]}.
//
// Numbers (whole numbers, yes or no, minor units of money) are JSON numbers, all else text; a value
// that is not set is null. Names are in the order of the description, so equal changes are equal text.

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "store/store_private.h"

static bool is_number(const struct field *f)
{
    return f->type == FIELD_INT || f->type == FIELD_BOOL || f->type == FIELD_MONEY;
}

static bool same(const struct field *f, const struct value *a, const struct value *b)
{
    if (!a->set || !b->set) {
        return a->set == b->set;
    }
    return is_number(f) ? a->number == b->number : strcmp(a->text, b->text) == 0;
}

static json_t *to_json(const struct field *f, const struct value *v)
{
    json_t *j = !v->set ? json_null() : is_number(f) ? json_integer(v->number) : json_string(v->text);
    ensure(j != NULL); // texts were checked to be UTF-8 when they were read
    return j;
}

const char *fields_diff(struct arena *a, const struct entity *kind, const struct record *before,
                        const struct record *after)
{
    static const struct value unset = {0};
    json_t *object = json_object();
    for (size_t i = 0; i < kind->n_fields; i++) {
        const struct field *f = &kind->fields[i];
        const struct value *old = before == NULL ? &unset : &before->values[i];
        const struct value *new = after == NULL ? &unset : &after->values[i];
        if (!same(f, old, new)) {
            json_t *pair = json_array();
            json_array_append_new(pair, to_json(f, old));
            json_array_append_new(pair, to_json(f, new));
            json_object_set_new(object, f->name, pair);
        }
    }
    const char *text = NULL;
    if (json_object_size(object) > 0) {
        char *dump = json_dumps(object, JSON_COMPACT);
        ensure(dump != NULL);
        text = arena_copy(a, dump);
        free(dump);
    }
    json_decref(object);
    return text;
}

enum err fields_apply(struct arena *a, struct record *r, const char *fields, int side,
                      struct err_info *e)
{
    json_error_t where;
    json_t *object = json_loads(fields, JSON_REJECT_DUPLICATES, &where);
    if (!json_is_object(object)) {
        json_decref(object);
        return err_set(e, ERR_DAMAGED, NULL, MSG("A change of the log cannot be read."),
                       MSG("Run “mainstay verify” to see which."), NULL);
    }
    for (size_t i = 0; i < r->entity->n_fields; i++) {
        const struct field *f = &r->entity->fields[i];
        const json_t *pair = json_object_get(object, f->name);
        if (pair == NULL) {
            continue;
        }
        const json_t *j = json_array_get(pair, (size_t)side);
        struct value *v = &r->values[i];
        if (json_is_integer(j)) {
            *v = (struct value){.set = true, .number = json_integer_value(j)};
        } else if (json_is_string(j)) {
            *v = (struct value){.set = true, .text = arena_copy(a, json_string_value(j))};
        } else {
            *v = (struct value){0};
        }
    }
    json_decref(object);
    return ERR_NONE;
}
