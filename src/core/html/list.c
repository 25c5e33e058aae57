// SPDX-License-Identifier: AGPL-3.0-or-later
//
// list.c: the list pattern: addresses, filters, pages. See list.h; the markup is in
// list_table.html. Reading the query is list_query.c.

#include "html/list.h"

#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "html/form.h"
#include "html/list_options.h"
#include "html/list_table.html.h"
#include "http/url.h"

// A filter with more choices than this is a list to choose from instead of so many links.
#define LIST_MOST_LINKS 24

// ---- addresses ----------------------------------------------------------------------------------

static void add_parameter(struct buf *b, char before, const char *name, const char *value)
{
    buf_char(b, before);
    url_add_escaped(b, name);
    buf_char(b, '=');
    url_add_escaped(b, value);
}

const char *list_address(struct arena *a, const struct list_query *q, const char *path,
                         const char *name, const char *value)
{
    struct buf b;
    buf_init(&b, a, LIMIT_ADDRESS_BYTES);
    char digits[DECIMAL_INT_BYTES];
    const char *page = name == NULL && q->page > 1 ? decimal_int(digits, q->page) : NULL;
    struct pair all[3] = {
        {"q", q->search},
        {"sort", q->sort},
        {"dir", q->sort != NULL && q->descending ? "down" : NULL},
    };
    const struct pair own[1] = {{"page", page}};
    const struct {
        const struct pair *list;
        size_t n;
    } parts[] = {{all, COUNT_OF(all)}, {q->chosen, q->n_chosen}, {own, 1}};
    if (name != NULL && strcmp(name, "sort") == 0) {
        all[2].value = NULL; // the direction belongs to the column that was left
    }
    buf_str(&b, path == NULL ? q->path : path);
    char before = strchr(b.data, '?') == NULL ? '?' : '&';
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        for (size_t k = 0; k < parts[i].n; k++) {
            const struct pair *p = &parts[i].list[k];
            bool changed = name != NULL && strcmp(p->name, name) == 0;
            if (!changed && p->value != NULL && p->value[0] != '\0') {
                add_parameter(&b, before, p->name, p->value);
                before = '&';
            }
        }
    }
    if (name != NULL && value != NULL && value[0] != '\0') {
        add_parameter(&b, before, name, value);
    }
    return b.data;
}

// A click on a heading sorts by it; a second click turns the order round.
static const char *sort_address(struct arena *a, const struct list_query *q, const char *field)
{
    bool again = q->sort != NULL && strcmp(q->sort, field) == 0;
    const char *address = list_address(a, q, NULL, "sort", field);
    return again && !q->descending ? arena_printf(a, "%s&dir=down", address) : address;
}

// ---- filters ------------------------------------------------------------------------------------

static const char *chosen_value(const struct list_query *q, const char *field)
{
    for (size_t i = 0; i < q->n_chosen; i++) {
        if (strcmp(q->chosen[i].name, field) == 0) {
            return q->chosen[i].value;
        }
    }
    return NULL;
}

struct options {
    struct choice *list;
    size_t n;
};

// Codes and words of a filter, translated.
static struct options options_of(struct html *h, const struct field *f)
{
    static const struct choice yes_no[] = {
        {"true", MSG("Yes")}, {"false", MSG("No")}, {NULL, NULL}};
    const struct choice *from = f->type == FIELD_BOOL ? yes_no : field_choices(f);
    size_t n = 0;
    bool reference = f->type == FIELD_REF;
    bool translate = f->vocabulary == NULL && !reference;
    for (const struct form_choices *c = h->choices; c != NULL && reference; c = c->next) {
        if (strcmp(c->field, f->name) == 0) {
            from = c->choices;
            n = c->n;
            break;
        }
    }
    while (!reference && from != NULL && from[n].code != NULL) {
        n++;
    }
    struct options all = {.list = ARENA_ARRAY(h->arena, struct choice, n + 1), .n = n};
    for (size_t i = 0; i < n; i++) {
        all.list[i] = (struct choice){from[i].code,
                                      translate ? tr(h->lang, from[i].label) : from[i].label};
    }
    return all;
}

static void add_filter(struct html *h, struct list_table_view *t, struct list_chip *chips,
                       struct list_menu *menus, const char *name)
{
    const struct list_query *q = t->list->query;
    const struct field *f = entity_field(q->spec->kind, name);
    ensure(f != NULL);
    const char *key = list_filter_key(name), *value = chosen_value(q, key);
    const char *label = tr(h->lang, f->label);
    if (value == NULL && f->vocabulary != NULL) { // long, as vocabularies are
        menus[t->n_menus++] = (struct list_menu){
            .label = label, .name = key, .options = list_vocabulary_options(f->vocabulary)};
        return;
    }
    struct options options = options_of(h, f);
    if (value != NULL) {
        const char *word = value;
        for (size_t i = 0; i < options.n; i++) {
            word = strcmp(options.list[i].code, value) == 0 ? options.list[i].label : word;
        }
        chips[t->n_chips++] = (struct list_chip){
            .label = label, .value = word,
            .address = list_address(h->arena, q, NULL, key, NULL)};
        return;
    }
    if (options.n > LIST_MOST_LINKS) {
        menus[t->n_menus++] = (struct list_menu){
            .label = label, .name = key,
            .options = list_options(h->arena, h->lang, options.list, options.n)};
        return;
    }
    struct page_link *links = ARENA_ARRAY(h->arena, struct page_link, options.n + 1);
    for (size_t i = 0; i < options.n; i++) {
        links[i] = (struct page_link){
            .label = options.list[i].label,
            .address = list_address(h->arena, q, NULL, key, options.list[i].code)};
    }
    if (options.n > 0) {
        menus[t->n_menus++] = (struct list_menu){.label = label, .links = links, .n = options.n};
    }
}

static void fill_filters(struct html *h, struct list_table_view *t)
{
    const char *const *names = t->list->query->spec->filters;
    size_t n = 0;
    while (names != NULL && names[n] != NULL) {
        n++;
    }
    struct list_chip *chips = ARENA_ARRAY(h->arena, struct list_chip, n + 1);
    struct list_menu *menus = ARENA_ARRAY(h->arena, struct list_menu, n + 1);
    for (size_t i = 0; i < n; i++) {
        add_filter(h, t, chips, menus, names[i]);
    }
    t->chips = chips;
    t->menus = menus;
}

// ---- headings and pages -------------------------------------------------------------------------

static void fill_headings(struct html *h, struct list_table_view *t)
{
    const struct list_view *v = t->list;
    const struct list_query *q = v->query;
    struct list_heading *all = ARENA_ARRAY(h->arena, struct list_heading, v->n_columns + 1);
    for (size_t i = 0; i < v->n_columns; i++) {
        const struct list_column *c = &v->columns[i];
        const char *by = q->sort != NULL ? q->sort : q->spec->order;
        bool descending = q->sort != NULL ? q->descending : q->spec->descending;
        bool sorted = c->sort != NULL && by != NULL && strcmp(by, c->sort) == 0;
        all[i] = (struct list_heading){
            .column = c,
            .address = c->sort == NULL ? NULL : sort_address(h->arena, q, c->sort),
            .sorted = !sorted ? NULL : descending ? "descending" : "ascending"};
    }
    t->headings = all;
}

static void add_page(struct html *h, struct list_table_view *t, struct page_link *links,
                     const char *label, int64_t page, bool current)
{
    const char *number = decimal_int_text(h->arena, page);
    links[t->n_pages++] = (struct page_link){
        .label = label != NULL ? label : number,
        .address = list_address(h->arena, t->list->query, NULL, "page", page == 1 ? NULL : number),
        .current = current};
}

// Before, the first, two to each side of this one, the last, next.
static void fill_pages(struct html *h, struct list_table_view *t)
{
    const struct list_query *q = t->list->query;
    int64_t size = q->store.limit > 0 ? q->store.limit : LIST_ROWS_A_PAGE;
    int64_t last = (t->list->total + size - 1) / size;
    struct page_link *links = ARENA_ARRAY(h->arena, struct page_link, 16);
    t->pages = links;
    t->first = t->list->n_rows == 0 ? 0 : (q->page - 1) * size + 1;
    t->last = t->first == 0 ? 0 : t->first + (int64_t)t->list->n_rows - 1;
    if (last <= 1) {
        return;
    }
    if (q->page > 1) {
        add_page(h, t, links, tr(h->lang, MSG("Before")), q->page - 1, false);
    }
    for (int64_t p = 1; p <= last; p++) {
        if (p == 1 || p == last || (p >= q->page - 2 && p <= q->page + 2)) {
            add_page(h, t, links, NULL, p, p == q->page);
        } else if (p == 2) {
            p = q->page - 2 > last - 1 ? last - 1 : q->page - 3;
        } else {
            p = last - 1;
        }
    }
    if (q->page < last) {
        add_page(h, t, links, tr(h->lang, MSG("Next")), q->page + 1, false);
    }
}

const char *list_back_address(struct req *r, const struct entity *kind)
{
    if (!req_may(r, MAY_WRITE)) {
        return NULL;
    }
    const char *number = r->programme == NULL ? NULL : record_code(r->programme);
    return number != NULL       ? url_make(r->arena, "/programmes/{0}/import/{1}?back={2}", number, kind->kind, r->address, NULL)
           : r->country != NULL ? url_make(r->arena, "/countries/{0}/import/{1}?back={2}", r->country, kind->kind,
                                           r->address, NULL)
                                : url_make(r->arena, "/import/{0}?back={1}", kind->kind, r->address, NULL);
}

// ---- cells --------------------------------------------------------------------------------------

struct list_cell list_cell_of(struct html *h, const struct record *r, const char *field,
                              const char *label)
{
    const struct field *f = entity_field(r->entity, field);
    ensure(f != NULL);
    const struct value *v = record_value(r, field);
    int digits = h->req == NULL ? 2 : h->req->minor_digits;
    struct list_cell cell = {.kind = CELL_TEXT, .text = v->set ? v->text : ""};
    switch (f->type) {
    case FIELD_INT:
    case FIELD_DECIMAL:
        cell.kind = CELL_NUMBER;
        cell.text = field_print(h->arena, f, v, digits);
        break;
    case FIELD_DATE:
    case FIELD_PARTIAL_DATE:
        cell.kind = CELL_DATE;
        break;
    case FIELD_MONEY:
        cell = (struct list_cell){.kind = CELL_MONEY, .text = v->set ? h->currency : "",
                                  .minor = v->number, .minor_digits = digits};
        break;
    case FIELD_REF:
        cell.text = label;
        break;
    default:
        cell.text = field_for_people(h->arena, h->lang, f, v, "", digits);
    }
    return cell;
}

// The address of exactly this view as a file.
static const char *file_of(struct html *h, const struct list_view *v, const char *format)
{
    return v->export == NULL ? NULL : list_address(h->arena, v->query, v->export, "format", format);
}

void list_show(struct html *h, const struct list_view *v)
{
    struct list_table_view t = {.list = v};
    fill_filters(h, &t);
    fill_headings(h, &t);
    fill_pages(h, &t);
    const struct list_query *q = v->query;
    t.narrowed = q->n_chosen > 0 || q->search[0] != '\0';
    t.csv = file_of(h, v, "csv");
    t.xlsx = file_of(h, v, "xlsx");
    list_table_html(h, &t);
}
