// SPDX-License-Identifier: AGPL-3.0-or-later
//
// list.c: see list_private.h. Filters mean the same as the statements of read.c.

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "store/list_private.h"

void record_list_add(struct record_list *list, struct record *r)
{
    list->rows = arena_room(list->arena, list->rows, sizeof r, list->n, &list->cap);
    list->rows[list->n++] = r;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool contains(const char *text, const char *piece)
{
    size_t len = strlen(piece);
    for (; strlen(text) >= len; text++) {
        size_t i = 0;
        while (i < len && lower(text[i]) == lower(piece[i])) {
            i++;
        }
        if (i == len) {
            return true;
        }
    }
    return false;
}

static bool matches(struct arena *a, const struct record *r, const struct store_filter *f)
{
    bool is_id = strcmp(f->field, "id") == 0;
    const struct field *field = is_id ? NULL : entity_field(r->entity, f->field);
    ensure(is_id || field != NULL);
    const struct value *v = is_id ? NULL : record_value(r, f->field);
    bool is_number = !is_id && v->set && v->text == NULL; // "1" for yes, minor units for money
    const char *text = is_id       ? r->id
                       : is_number ? arena_printf(a, "%lld", (long long)v->number)
                                   : field_print(a, field, v, 0);
    switch (f->op) {
    case STORE_EQUAL:
        return strcmp(text, f->text) == 0;
    case STORE_NOT_EQUAL:
        return strcmp(text, f->text) != 0;
    case STORE_HAS_CODE:
        return record_has_code(r, f->field, f->text);
    case STORE_ONE_OF:
        return contains(f->text, arena_printf(a, " %s ", text));
    case STORE_CONTAINS:
        return contains(text, f->text);
    case STORE_BEFORE:
        return text[0] != '\0' && strcmp(text, f->text) < 0;
    case STORE_AFTER:
        return strcmp(text, f->text) > 0;
    case STORE_IS_EMPTY:
        return text[0] == '\0';
    }
    bug("an unknown filter");
}

bool store_fits(struct arena *a, const struct record *r, const struct store_query *q)
{
    bool all = true;
    for (size_t i = 0; all && i < q->n_filters; i++) {
        all = matches(a, r, &q->filters[i]);
    }
    return all;
}

// Insertion into place keeps equal records in their order; computed lists are short.
static void sort_by(struct arena *a, struct record_list *list, const char *order, bool descending)
{
    for (size_t i = 1; i < list->n; i++) {
        struct record *r = list->rows[i];
        size_t at = entity_field_index(r->entity, order);
        const struct field *f = &r->entity->fields[at];
        size_t j = i;
        for (; j > 0; j--) {
            const struct record *before = list->rows[j - 1];
            const struct value *x = &before->values[at];
            const struct value *y = &r->values[at];
            int64_t order_of = x->set && y->set && x->text == NULL && y->text == NULL
                                   ? x->number - y->number
                                   : strcmp(field_print(a, f, x, 0), field_print(a, f, y, 0));
            if (descending ? order_of >= 0 : order_of <= 0) {
                break;
            }
            list->rows[j] = list->rows[j - 1];
        }
        list->rows[j] = r;
    }
}

void list_filter(struct arena *a, const struct entity *kind, const struct store_query *q,
                 struct record_list *list)
{
    if (q == NULL) {
        return;
    }
    size_t kept = 0;
    for (size_t i = 0; i < list->n; i++) {
        if (store_fits(a, list->rows[i], q)) {
            list->rows[kept++] = list->rows[i];
        }
    }
    list->n = kept;
    const char *order = q->order != NULL ? q->order : kind->order_field;
    if (order != NULL) {
        sort_by(a, list, order, q->descending);
    }
    size_t offset = q->offset < 0 ? 0 : (size_t)q->offset;
    offset = offset > list->n ? list->n : offset;
    list->rows += offset;
    list->n -= offset;
    if (q->limit > 0 && list->n > (size_t)q->limit) {
        list->n = (size_t)q->limit;
    }
}
