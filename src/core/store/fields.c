// SPDX-License-Identifier: AGPL-3.0-or-later
//
// fields.c: what a change did to the fields of a record, as JSON: {"title": ["before", "after"]}.
//
// Numbers (whole numbers, yes or no, minor units of money) are JSON numbers, all else text; a value
// that is not set is null. Names are in the order of the description, so equal changes are equal text.

#include <jansson.h>
#include <string.h>

#include "base/buf.h"
#include "base/bug.h"
#include "base/limits.h"
#include "base/quote.h"
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

static void put_value(struct buf *b, const struct field *f, const struct value *v)
{
    if (!v->set) {
        buf_str(b, "null");
    } else if (is_number(f)) {
        buf_int(b, v->number);
    } else {
        quote_json(b, v->text, strlen(v->text));
    }
}

const char *fields_diff(struct arena *a, const struct entity *kind, const struct record *before,
                        const struct record *after)
{
    static const struct value unset = {0};
    struct buf b;
    buf_init(&b, a, LIMIT_REQUEST_BYTES);
    for (size_t i = 0; i < kind->n_fields; i++) {
        const struct field *f = &kind->fields[i];
        const struct value *old = before == NULL ? &unset : &before->values[i];
        const struct value *new = after == NULL ? &unset : &after->values[i];
        if (!same(f, old, new)) {
            buf_str(&b, b.len == 0 ? "{\"" : ",\"");
            buf_str(&b, f->name);
            buf_str(&b, "\":[");
            put_value(&b, f, old);
            buf_char(&b, ',');
            put_value(&b, f, new);
            buf_char(&b, ']');
        }
    }
    if (b.len == 0) {
        return NULL;
    }
    buf_char(&b, '}');
    ensure(!buf_is_full(&b)); // fields have limits
    return b.data;
}

// Puts name=value among the pairs of a text, at its place; value NULL takes the pair away.
static const char *with_pair(struct arena *a, const char *pairs, const char *name, const char *value)
{
    struct buf b;
    size_t len = strlen(name);
    bool placed = value == NULL;
    buf_init(&b, a, LIMIT_TEXT_BYTES);
    for (const char *p = pairs; *p != '\0' || !placed;) {
        size_t n = strcspn(p, " ");
        size_t n_name = strcspn(p, "= ");
        int order = *p == '\0' ? 1 : strncmp(p, name, n_name > len ? n_name : len);
        const char *between = b.len == 0 ? "" : " ";
        if (order >= 0 && !placed) {
            buf_printf(&b, "%s%s=%s", between, name, value);
            placed = true;
            between = " ";
        }
        if (order != 0 && n > 0) {
            buf_printf(&b, "%s%.*s", between, (int)n, p);
        }
        p += n;
        p += *p == ' ' ? 1 : 0;
    }
    return b.data;
}

// Takes over what older changes say about fields that became pairs of this one.
static void apply_older(struct arena *a, const json_t *object, const struct field *f, int side,
                        struct value *v)
{
    for (size_t i = 0; f->was != NULL && f->was[i] != NULL; i++) {
        const json_t *pair = json_object_get(object, f->was[i]);
        if (pair != NULL) {
            const char *value = json_string_value(json_array_get(pair, (size_t)side));
            v->text = with_pair(a, v->set ? v->text : "", f->was[i], value);
            v->set = v->text[0] != '\0';
        }
    }
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
            apply_older(a, object, f, side, &r->values[i]);
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
