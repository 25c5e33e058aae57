// SPDX-License-Identifier: AGPL-3.0-or-later
//
// list_api.c: GET /api/v1/{kind}: a list, page by page.
//
// A list is an export (docs/decisions/0008-api-lists-are-exports.md): only rows the person may export,
// without fields of class C2 and above, and written into the change log.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/sort.h"
#include "exchange/api/api.h"
#include "exchange/record/record_io.h"
#include "exchange/record/record_rights.h"
#include "os/random.h"

#define MOST_FILTERS 20
// Rows looked at for one page. When most of them are not for this person the page may be short; the
// link to the next one is there all the same, so that no request reads a whole table.
#define BATCH 500
#define MOST_BATCHES 20

struct wanted {
    struct store_filter filters[MOST_FILTERS + 1]; // the last one is the place to go on from
    size_t n_filters;
    const char *after; // id, or ""
    int64_t limit;
};
struct page_of_rows {
    struct record **rows;
    size_t n;
    const char *last; // id of the last row that was looked at; NULL: there are no more
};

static enum err read_limit(const char *text, int64_t *limit, struct err_info *e)
{
    bool number = text[0] != '\0' && strlen(text) < 6 &&
                  strspn(text, "0123456789") == strlen(text);
    *limit = number ? strtoll(text, NULL, 10) : 0;
    return *limit >= 1 && *limit <= API_ROWS_MOST
               ? ERR_NONE
               : err_set(e, ERR_INPUT, "limit", MSG("A page has 1 to 200 records."),
                         MSG("Give limit a number of this range, and follow “next”."), NULL);
}

static enum err read_filter(struct req *r, const struct entity *kind, const struct pair *given,
                            struct wanted *w, struct err_info *e)
{
    const struct field *f = entity_field(kind, given->name);
    if (f != NULL && f->data_class > CLASS_C1) {
        return err_set(e, ERR_INPUT, given->name,
                       MSG("Lists do not hold “{0}”, so they cannot be filtered by it."),
                       MSG("Read the single records instead."), given->name, NULL);
    }
    if (w->n_filters == MOST_FILTERS) {
        return err_set(e, ERR_INPUT, given->name, MSG("There are too many conditions."),
                       MSG("Give at most 20."), NULL);
    }
    enum err err = record_filter(r->db, r->arena, r->who, kind, given->name, given->value,
                                 &w->filters[w->n_filters++], e);
    if (err == ERR_NOT_FOUND) { // the record that the value names, not the list
        e->code = err = ERR_INPUT;
        snprintf(e->field, sizeof e->field, "%.60s", given->name);
    }
    return err;
}

static enum err read_query(struct req *r, const struct entity *kind, struct wanted *w,
                           struct err_info *e)
{
    *w = (struct wanted){.after = "", .limit = API_ROWS};
    for (size_t i = 0; i < r->n_query; i++) {
        const struct pair *given = &r->query[i];
        enum err err = ERR_NONE;
        for (size_t k = 0; k < i; k++) {
            if (strcmp(r->query[k].name, given->name) == 0) {
                return err_set(e, ERR_INPUT, given->name, MSG("“{0}” stands twice in the address."),
                               MSG("Write it once."), given->name, NULL);
            }
        }
        if (strcmp(given->name, "limit") == 0) {
            err = read_limit(given->value, &w->limit, e);
        } else if (strcmp(given->name, "after") != 0) {
            err = read_filter(r, kind, given, w, e);
        } else if (kind->compute == NULL && !id_is_valid(given->value)) {
            err = err_set(e, ERR_INPUT, "after", MSG("“{0}” is not an id of a record."),
                          MSG("Follow the address of “next” as it is."), given->value, NULL);
        } else {
            w->after = given->value;
        }
        if (err != ERR_NONE) {
            return err;
        }
    }
    return ERR_NONE;
}

static int by_id(const void *x, const void *y)
{
    const struct record *const *a = x, *const *b = y;
    return strcmp((*a)->id, (*b)->id);
}

// Rows after an id, in the order of ids.
static enum err next_batch(struct req *r, const struct entity *kind, struct wanted *w,
                           const char *after, struct record ***rows, size_t *n,
                           struct err_info *e)
{
    struct store_query q = {.filters = w->filters, .n_filters = w->n_filters};
    if (after[0] != '\0') {
        w->filters[q.n_filters++] =
            (struct store_filter){.field = "id", .op = STORE_AFTER, .text = after};
    }
    if (kind->compute == NULL) {
        q.order = "id";
        q.limit = BATCH;
    }
    enum err err = store_list(r->db, r->arena, kind, &q, rows, n, e);
    if (err == ERR_NONE && kind->compute != NULL) {
        sort_items(*rows, *n, sizeof **rows, by_id);
    }
    return err;
}

static enum err read_page(struct req *r, const struct entity *kind, struct wanted *w,
                          struct page_of_rows *page, struct err_info *e)
{
    *page = (struct page_of_rows){
        .rows = ARENA_ARRAY(r->arena, struct record *, (size_t)w->limit), .last = NULL};
    const char *after = w->after;
    for (int batch = 0; batch < MOST_BATCHES; batch++) {
        struct record **rows;
        size_t n;
        enum err err = next_batch(r, kind, w, after, &rows, &n, e);
        for (size_t i = 0; err == ERR_NONE && i < n; i++) {
            bool yes;
            if (page->n == (size_t)w->limit) {
                page->last = page->rows[page->n - 1]->id;
                return ERR_NONE;
            }
            err = record_visible(r->db, r->arena, r->who, MAY_EXPORT, rows[i], &yes, e);
            if (err == ERR_NONE && yes) {
                page->rows[page->n++] = rows[i];
            }
            after = rows[i]->id;
        }
        if (err != ERR_NONE || kind->compute != NULL || n < BATCH) {
            return err;
        }
    }
    page->last = after;
    return ERR_NONE;
}

// The same address, going on after this id.
static const char *next_address(struct req *r, const struct entity *kind, const char *last,
                                int64_t limit)
{
    struct buf b;
    buf_init(&b, r->arena, (size_t)4 * LIMIT_ADDRESS_BYTES);
    buf_printf(&b, "/api/v1/%s?after=%s&limit=%lld", kind->kind, url_escape(r->arena, last),
               (long long)limit);
    for (size_t i = 0; i < r->n_query; i++) {
        const struct pair *q = &r->query[i];
        if (strcmp(q->name, "after") != 0 && strcmp(q->name, "limit") != 0) {
            buf_printf(&b, "&%s=%s", url_escape(r->arena, q->name),
                       url_escape(r->arena, q->value));
        }
    }
    return b.data;
}

static enum err list_get(struct req *r, struct reply *p, struct err_info *e)
{
    const struct entity *kind;
    struct wanted w;
    struct page_of_rows page;
    struct json_out j;
    enum err err = api_kind(r, &kind, e);
    if (err == ERR_NONE && !identity_may_anywhere(r->who, MAY_EXPORT)) {
        err = err_set(e, ERR_NOT_ALLOWED, NULL, MSG("You may not take lists along."),
                      MSG("Ask for a role that may export; single records can be read by their id."),
                      NULL);
    }
    if (err == ERR_NONE) {
        err = read_query(r, kind, &w, e);
    }
    if (err == ERR_NONE) {
        err = read_page(r, kind, &w, &page, e);
    }
    if (err == ERR_NONE) {
        err = req_note_export(r, kind->kind, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct money_context money = {.arena = r->arena, .db = r->db};
    api_json(p, &j);
    json_put_object(&j);
    json_put_name(&j, "items");
    json_put_array(&j);
    for (size_t i = 0; err == ERR_NONE && i < page.n; i++) {
        err = record_put_json(&money, &j, page.rows[i], CLASS_C1, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    json_put_array_end(&j);
    json_member_text(&j, "next",
                     page.last == NULL ? NULL : next_address(r, kind, page.last, w.limit));
    json_put_object_end(&j);
    json_end(&j);
    return ERR_NONE;
}

const struct route route_api_list = {
    .path = "/api/v1/{kind}",
    .needs = MAY_SIGNED_IN, // each row is given only where the person may export
    .get = list_get,
    .post = api_save_post,
    .title = MSG("Records"),
    .slow = true,
};
