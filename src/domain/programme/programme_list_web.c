// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_list_web.c: all programmes a person may read. As a file: programme_export_web.c.
//
// The page runs one statement beside the session, however many programmes there are: this is the page
// the speed of the program is measured on.

#include <string.h>

#include "base/date.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "html/list.h"
#include "place/place.h"
#include "programme/programme.h"
#include "programme/programme_list_web.h"

static const char *const sortable[] = {"number", "title", "crime", "state", "ends_on",
                                       "approved_total", NULL};
static const char *const filters[] = {"state", "crime", "areas", "countries", NULL};
const struct list_spec programme_list_spec = {
    .kind = &entity_programme,
    .search_field = "title",
    .sortable = sortable,
    .filters = filters,
    .order = "number",
};

// " id id " of the programmes on which the person holds the verb; NULL: all of them.
static const char *readable(struct req *r, enum verb verb)
{
    if (identity_may(r->who, verb, NULL)) {
        return NULL;
    }
    struct buf b;
    buf_init(&b, r->arena, LIMIT_TEXT_BYTES * 10);
    buf_char(&b, ' ');
    for (size_t i = 0; i < r->who->n_grants; i++) {
        const struct grant *g = &r->who->grants[i];
        if (g->programme_id != NULL && (g->verbs & verb) != 0) {
            buf_printf(&b, "%s ", g->programme_id);
        }
    }
    return b.data;
}

static const char *chosen(const struct list_query *q, const char *name)
{
    for (size_t i = 0; i < q->n_chosen; i++) {
        if (strcmp(q->chosen[i].name, name) == 0) {
            return q->chosen[i].value;
        }
    }
    return NULL;
}

static bool same_word(const char *a, const char *b)
{
    for (; *a != '\0' && *b != '\0'; a++, b++) {
        char x = *a >= 'A' && *a <= 'Z' ? (char)(*a + 32) : *a;
        char y = *b >= 'A' && *b <= 'Z' ? (char)(*b + 32) : *b;
        if (x != y) {
            return false;
        }
    }
    return *a == *b;
}

// The code of a country that is called like this; NULL when none is.
static const char *country_called(const char *name)
{
    const struct choice *c = name[0] == '\0' ? NULL : vocabulary_country.list();
    for (; c != NULL && c->code != NULL; c++) {
        if (same_word(c->label, name)) {
            return c->code;
        }
    }
    return NULL;
}

enum err programme_list_ask(struct req *r, const struct list_query *q, enum verb verb,
                            int64_t most, struct programme_row **rows, size_t *n, int64_t *total,
                            struct err_info *e)
{
    const struct programme_ask ask = {
        .readable = readable(r, verb),
        .search = q->search,
        .search_country = country_called(q->search),
        .country = chosen(q, "countries"),
        .crime = chosen(q, "crime"),
        .state = chosen(q, "state"),
        .area = chosen(q, "areas"),
        .sort = q->sort == NULL || (strcmp(q->sort, "number") == 0 && !q->descending) ? NULL
                                                                                      : q->sort,
        .descending = q->descending,
        .most = most,
        .skip = most > LIST_ROWS_A_PAGE ? 0 : q->store.offset,
    };
    return programme_list_load(r->db, r->arena, &ask, rows, n, total, e);
}

// ---- page ---------------------------------------------------------------------------------------

#define N_COLUMNS 7

struct choice_fields {
    const struct field *crime;
    const struct field *state;
};

static void fill_row(struct req *r, const struct choice_fields *f, const struct programme_row *row,
                     struct list_cell *cells)
{
    int digits = currency_minor_digits(row->currency);
    cells[0] = (struct list_cell){.kind = CELL_CODE, .text = row->number};
    cells[1] = (struct list_cell){
        .kind = CELL_LINK, .text = row->title,
        .address = url_make(r->arena, "/programmes/{0}", row->number, NULL)};
    cells[2] = (struct list_cell){.kind = CELL_TEXT,
                                  .text = tr(r->lang, field_choice_label(f->crime, row->crime))};
    cells[3] = (struct list_cell){.kind = CELL_STATE,
                                  .text = tr(r->lang, field_choice_label(f->state, row->state)),
                                  .look = programme_state_look(row->state)};
    cells[4] = (struct list_cell){
        .kind = CELL_DATE, .text = row->ends_on,
        .meta = tr_f(r->arena, r->lang, MSG("from {0}"),
                     date_for_people(r->arena, r->lang, row->starts_on), NULL)};
    cells[5] = (struct list_cell){.kind = CELL_NUMBER,
                                  .text = row->n_countries == 0
                                              ? ""
                                              : decimal_int_text(r->arena, row->n_countries)};
    cells[6] = (struct list_cell){.kind = CELL_MONEY, .text = row->has_approved ? row->currency : "",
                                  .minor = row->approved, .minor_digits = digits < 0 ? 2 : digits};
}

static void show(struct req *r, struct reply *p, struct html *h, const struct list_query *q,
                 const struct programme_row *rows, size_t n, int64_t total)
{
    bool may_add = identity_may(r->who, MAY_WRITE, NULL);
    bool may_export = identity_may_anywhere(r->who, MAY_EXPORT);
    const struct page_action add = {
        .label = may_add ? tr(r->lang, MSG("Add a programme")) : NULL,
        .address = "/programmes/new", .icon = "add"};
    const struct page_action dashboard = {.label = tr(r->lang, MSG("Dashboard")), .address = "/dashboard"};
    page_begin(h, r, p, &(struct page){
        .title = tr(r->lang, MSG("Programmes")),
        .count = decimal_int_text(r->arena, total),
        .about = tr(r->lang, MSG("Everything that is planned, runs or has ended, as far as you may read it.")),
        .primary = add,
        .actions = &dashboard,
        .n_actions = 1});
    const struct choice_fields fields = {entity_field(&entity_programme, "crime"),
                                         entity_field(&entity_programme, "state")};
    struct list_row *list = ARENA_ARRAY(r->arena, struct list_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct list_cell *cells = ARENA_ARRAY_UNSET(r->arena, struct list_cell, N_COLUMNS);
        fill_row(r, &fields, &rows[i], cells);
        list[i].cells = cells;
        list[i].edit =
            identity_may(r->who, MAY_WRITE, rows[i].id)
                ? arena_join(r->arena, cells[1].address, "/change")
                : NULL;
    }
    const struct list_column columns[N_COLUMNS] = {
        {.label = tr(r->lang, MSG("Number")), .sort = "number"},
        {.label = tr(r->lang, MSG("Title")), .sort = "title", .main = true},
        {.label = tr(r->lang, MSG("Crime addressed")), .sort = "crime"},
        {.label = tr(r->lang, MSG("State")), .sort = "state"},
        {.label = tr(r->lang, MSG("Until")), .sort = "ends_on"},
        {.label = tr(r->lang, MSG("Countries")), .number = true},
        {.label = tr(r->lang, MSG("Approved budget")), .sort = "approved_total", .number = true},
    };
    list_show(h, &(struct list_view){
        .query = q,
        .label = tr(r->lang, MSG("Table of programmes")),
        .stack = true,
        .search_label = tr(r->lang, MSG("Number, title or country")),
        .columns = columns, .n_columns = N_COLUMNS,
        .rows = list, .n_rows = n, .total = total,
        .export = may_export ? "/programmes/export" : NULL,
        .back = may_add ? list_back_address(r, &entity_programme) : NULL,
        .empty_title = tr(r->lang, MSG("No programmes yet")),
        .empty_text = tr(r->lang, may_add ? MSG("A programme holds its countries, partners, money, risks and results. Begin with its number and title.")
                                          : MSG("You have no role in a programme yet. Ask the person who manages it to give you one.")),
        .empty_action = add});
}

static enum err programme_list_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct list_query q;
    struct programme_row *rows;
    size_t n;
    int64_t total;
    enum err err = list_query_from(r, &programme_list_spec, NULL, 0, &q, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = programme_list_ask(r, &q, MAY_READ, LIST_ROWS_A_PAGE, &rows, &n, &total, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (n == 0 && q.page > 1) { // past the end, for example after a deletion
        reply_redirect(r, p, list_address(r->arena, &q, NULL, "page", NULL), NULL);
        return ERR_NONE;
    }
    struct html h;
    show(r, p, &h, &q, rows, n, total);
    return page_end(&h, e);
}

const struct route programme_list_page = {
    .path = "/programmes",
    .needs = MAY_SIGNED_IN, // shows the programmes the person may read
    .get = programme_list_get,
    .title = MSG("Programmes"),
    .menu = MENU_PROGRAMMES,
};
