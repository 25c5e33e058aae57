// SPDX-License-Identifier: AGPL-3.0-or-later
//
// list_query.c: from the address of a list to a checked query of the store. See list.h.

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "html/list.h"

// A page number above this is no page of any list we keep.
#define MOST_PAGES 1000000

static bool is_named(const char *const *names, const char *name)
{
    for (; names != NULL && *names != NULL; names++) {
        if (strcmp(*names, name) == 0) {
            return true;
        }
    }
    return false;
}

const char *list_filter_key(const char *field)
{
    static const struct pair own[] = {
        {"q", "f.q"}, {"sort", "f.sort"}, {"dir", "f.dir"}, {"page", "f.page"}};
    for (size_t i = 0; i < COUNT_OF(own); i++) {
        if (strcmp(own[i].name, field) == 0) {
            return own[i].value;
        }
    }
    return field;
}

static enum err read_sort(struct req *r, struct list_query *q, struct err_info *e)
{
    const char *sort = req_query(r, "sort");
    if (sort[0] == '\0') {
        return ERR_NONE;
    }
    if (!is_named(q->spec->sortable, sort)) {
        return err_set(e, ERR_INPUT, "sort", MSG("This list cannot be sorted by that."),
                       MSG("Choose one of the headings of the list."), NULL);
    }
    q->sort = sort;
    q->descending = strcmp(req_query(r, "dir"), "down") == 0;
    return ERR_NONE;
}

static enum err read_page(struct req *r, struct list_query *q, struct err_info *e)
{
    const char *text = req_query(r, "page");
    q->page = 1;
    if (text[0] == '\0') {
        return ERR_NONE;
    }
    size_t digits = strspn(text, "0123456789");
    long long page = digits < 8 && text[digits] == '\0' ? strtoll(text, NULL, 10) : 0;
    if (page < 1 || page > MOST_PAGES) {
        return err_set(e, ERR_INPUT, "page", MSG("The list has no such page."),
                       MSG("Pages are numbered from 1."), NULL);
    }
    q->page = page;
    return ERR_NONE;
}

// One value of a filter as the store compares it.
static enum err read_filter(struct req *r, const struct field *f, const char *text,
                            struct store_filter *out, struct err_info *e)
{
    struct value v;
    enum err err = field_parse(r->arena, f, text, r->minor_digits, &v, e);
    if (err != ERR_NONE) {
        return err;
    }
    bool codes = f->type == FIELD_CODES;
    if (!v.set || (codes && strchr(v.text + 1, ' ') != v.text + strlen(v.text) - 1)) {
        (void)err_set(e, ERR_INPUT, f->name, MSG("{0}: choose one value to filter by."),
                      MSG("Use the filters above the list."), f->label, NULL);
        return err_word(e, 0, f->label);
    }
    *out = (struct store_filter){.field = f->name,
                                 .op = codes ? STORE_HAS_CODE : STORE_EQUAL,
                                 .text = f->type == FIELD_BOOL ? (v.number != 0 ? "1" : "0")
                                                               : field_print(r->arena, f, &v, 2)};
    return ERR_NONE;
}

static enum err read_filters(struct req *r, struct list_query *q, struct store_filter *filters,
                             size_t *n, struct err_info *e)
{
    for (const char *const *name = q->spec->filters; name != NULL && *name != NULL; name++) {
        const struct field *f = entity_field(q->spec->kind, *name);
        ensure(f != NULL);
        const char *key = list_filter_key(*name), *text = req_query(r, key);
        if (text[0] == '\0') {
            continue;
        }
        enum err err = read_filter(r, f, text, &filters[*n], e);
        if (err != ERR_NONE) {
            return err;
        }
        q->chosen[q->n_chosen++] = (struct pair){.name = key, .value = text};
        (*n)++;
    }
    return ERR_NONE;
}

static size_t count_names(const char *const *names)
{
    size_t n = 0;
    while (names != NULL && names[n] != NULL) {
        n++;
    }
    return n;
}

enum err list_query_from(struct req *r, const struct list_spec *spec,
                         const struct store_filter *fixed, size_t n_fixed, struct list_query *out,
                         struct err_info *e)
{
    size_t most = count_names(spec->filters) + n_fixed + 1;
    struct store_filter *filters = ARENA_ARRAY(r->arena, struct store_filter, most);
    size_t n = 0;
    for (; n < n_fixed; n++) {
        filters[n] = fixed[n];
    }
    *out = (struct list_query){.spec = spec, .path = r->path, .search = "",
                               .chosen = ARENA_ARRAY(r->arena, struct pair, most)};
    enum err err = read_sort(r, out, e);
    err = err != ERR_NONE ? err : read_page(r, out, e);
    err = err != ERR_NONE ? err : read_filters(r, out, filters, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (spec->search_field != NULL && req_query(r, "q")[0] != '\0') {
        out->search = req_query(r, "q");
        filters[n++] = (struct store_filter){
            .field = spec->search_field, .op = STORE_CONTAINS, .text = out->search};
    }
    out->store = (struct store_query){
        .filters = filters,
        .n_filters = n,
        .order = out->sort != NULL ? out->sort : spec->order,
        .descending = out->sort != NULL ? out->descending : spec->descending,
        .limit = LIST_ROWS_A_PAGE,
        .offset = (out->page - 1) * LIST_ROWS_A_PAGE,
    };
    return ERR_NONE;
}
