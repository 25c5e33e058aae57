// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_bulk_web.c: values of one period in a grid, as in a spreadsheet: a row for each indicator and a column for
// each country; or, for one indicator, a row for each country and a column for each value of a characteristic.
//
// All cells are saved together or none; what is wrong stands beside its cell and nothing typed is lost. What was
// approved or locked is shown and cannot be typed over; what was verified has to be checked again. What stands in a
// cell and how it is saved: result_sheet_web.h.

#include <string.h>

#include "base/bug.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "html/form.h"
#include "place/place.h"
#include "programme/programme_web.h"
#include "result/result.h"
#include "result/result_bulk.html.h"
#include "result/result_sheet_web.h"
#include "result/result_web.h"
#include "result/result_words.h"

// The cell of a value, or with code not NULL of its part.
static struct bulk_cell cell_of(const struct sheet *s, const struct result_line *line, const char *place,
                                const char *code)
{
    struct req *r = s->r;
    const struct sheet_cell c = sheet_cell(s, line, place, code);
    const struct result_value *v = sheet_value(s, line, place);
    bool closed = sheet_is_closed(v);
    bool returned = v != NULL && strcmp(record_text(v->record, "state"), "returned") == 0;
    return (struct bulk_cell){
        .name = c.name,
        .kept = closed ? "" : c.now,
        .value = c.touched && !closed ? c.typed : c.now,
        .closed = closed || !result_may(r, MAY_WRITE),
        .state = code == NULL && (closed || returned)
                     ? result_state_words(r->lang, line->entries[v - line->values].state)
                     : NULL,
        .reason = returned ? record_text(v->record, "return_reason") : NULL,
        .error = result_blamed(r, c.name),
        .number = line->rule.unit == UNIT_COUNT,
    };
}

// Number in a cell of a count; 0 and false when there is none.
static bool number_in(const struct bulk_cell *c, int64_t *out)
{
    *out = 0;
    return c->number && decimal_parse(c->value, out);
}

// ---- the page -----------------------------------------------------------------------------------

static const char *place_words(struct req *r, const char *place)
{
    return place[0] == '\0' ? tr(r->lang, MSG("Whole programme")) : tr(r->lang, country_name(place));
}

// What the cells behind the first come to, and the first less these; a dash where there is nothing to add up, or
// too much.
static void fill_sums(struct req *r, struct bulk_row *row, size_t n_cells)
{
    int64_t sum = 0, whole, one;
    bool any = false, fits = true;
    for (size_t i = 1; i < n_cells; i++) {
        any = number_in(&row->cells[i], &one) || any;
        fits = result_add(&sum, one) && fits;
    }
    bool compared = any && fits && number_in(&row->cells[0], &whole);
    row->sum = any && fits ? result_plain(r->arena, sum, DECIMAL_PLACES) : "–";
    row->difference = compared ? result_plain(r->arena, whole - sum, DECIMAL_PLACES) : "–";
    row->differs = compared && whole != sum;
}

// Is there room for another row? A form takes so many fields and not more.
static bool has_room(struct result_bulk_view *v)
{
    v->cut_short = (v->n_rows + 1) * v->n_columns > LIMIT_FORM_FIELDS - 20;
    return !v->cut_short;
}

static void fill_indicators(const struct sheet *s, struct result_bulk_view *v)
{
    struct req *r = s->r;
    v->columns = ARENA_ARRAY(r->arena, struct bulk_column, s->n_places);
    for (size_t i = 0; i < s->n_places; i++) {
        v->columns[v->n_columns++] = (struct bulk_column){.label = place_words(r, s->places[i]),
                                                          .apart = i == 1};
    }
    v->rows = ARENA_ARRAY(r->arena, struct bulk_row, s->lines.n + 1);
    for (size_t i = 0; i < s->lines.n && !v->cut_short; i++) {
        const struct result_line *line = &s->lines.items[i];
        if (!sheet_has(line) || !has_room(v)) {
            continue;
        }
        struct bulk_row *row = &v->rows[v->n_rows];
        *row = (struct bulk_row){.code = arena_printf(r->arena, "r%zu", v->n_rows),
                                 .label = record_text(line->record, "title"),
                                 .note = result_short_code(line->record),
                                 .unit = tr(r->lang, field_choice_label(entity_field(&entity_indicator, "unit"),
                                                                        record_text(line->record, "unit"))),
                                 .address = arena_printf(r->arena, "%s&indicator=%s", v->here,
                                                         url_escape(r->arena, line->record->id)),
                                 .cells = ARENA_ARRAY(r->arena, struct bulk_cell, s->n_places)};
        for (size_t k = 0; k < s->n_places; k++) {
            row->cells[k] = cell_of(s, line, s->places[k], NULL);
            row->cells[k].apart = k == 1;
            row->cells[k].part = k == 0 || !row->cells[k].number ? NULL : row->code;
        }
        row->whole = row->cells[0].name;
        row->live = row->cells[0].number && s->n_places > 1;
        fill_sums(r, row, s->n_places);
        v->n_rows++;
    }
    v->has_sums = s->n_places > 1;
    v->rule = tr(r->lang, MSG("Countries are added up where the unit is a count; a value of the whole programme "
                              "stands for them, and the difference is shown. Shares are put together through part "
                              "and whole, answers are counted: their totals are on the page of each indicator."));
    v->sum_label = tr(r->lang, MSG("Countries"));
    v->difference_label = tr(r->lang, MSG("Whole less countries"));
}

// The value stands first, then its parts.
static void fill_one(const struct sheet *s, struct result_bulk_view *v)
{
    struct req *r = s->r;
    size_t n_values = s->by == NULL ? 0 : s->by->n_values;
    v->columns = ARENA_ARRAY(r->arena, struct bulk_column, n_values + 1);
    v->columns[v->n_columns++] = (struct bulk_column){.label = tr(r->lang, MSG("Value"))};
    for (size_t i = 0; i < n_values; i++) {
        const char *code = s->by->values[i].code;
        v->columns[v->n_columns++] =
            (struct bulk_column){.label = characteristic_value_title(r->arena, r->lang, s->by, code),
                                 .apart = i == 0 || strcmp(code, "not_known") == 0,
                                 .code = arena_printf(r->arena, "c%zu", i)};
    }
    v->rows = ARENA_ARRAY(r->arena, struct bulk_row, s->n_places);
    for (size_t i = 0; i < s->n_places && has_room(v); i++) {
        struct bulk_row *row = &v->rows[v->n_rows++];
        *row = (struct bulk_row){.code = arena_printf(r->arena, "r%zu", i),
                                 .label = place_words(r, s->places[i]),
                                 .cells = ARENA_ARRAY(r->arena, struct bulk_cell, n_values + 1)};
        for (size_t k = 0; k <= n_values; k++) {
            row->cells[k] = cell_of(s, s->one, s->places[i], k == 0 ? NULL : s->by->values[k - 1].code);
            row->cells[k].apart = v->columns[k].apart;
            row->cells[k].part = k == 0 ? NULL
                                        : arena_printf(r->arena, "%s %s", row->code, v->columns[k].code);
        }
        row->whole = row->cells[0].name;
        row->live = n_values > 0;
        fill_sums(r, row, n_values + 1);
    }
    v->has_sums = n_values > 0;
    v->rule = n_values > 0
                  ? tr(r->lang, MSG("All parts of a row are added up, with not known, not asked and withheld, and "
                                    "compared with the value. A value that is left empty is the sum of its parts."))
                  : result_rule_words(r->arena, r->lang, &s->one->rule, &s->one->total);
    v->sum_label = tr(r->lang, MSG("Parts"));
    v->difference_label = tr(r->lang, MSG("Value less parts"));
}

static void fill_choices(const struct sheet *s, struct result_bulk_view *v)
{
    struct req *r = s->r;
    v->spans = ARENA_ARRAY(r->arena, struct bulk_choice, s->n_spans + 1);
    for (size_t i = 0; i < s->n_spans; i++) {
        const char *code = arena_printf(r->arena, "%s/%s", s->spans[i].from, s->spans[i].to);
        v->spans[v->n_spans++] = (struct bulk_choice){
            code, result_period(r->arena, r->lang, s->spans[i].from, s->spans[i].to), strcmp(code, v->period) == 0};
        v->listed = v->listed || strcmp(code, v->period) == 0;
    }
    v->indicators = ARENA_ARRAY(r->arena, struct bulk_choice, s->lines.n + 1);
    for (size_t i = 0; i < s->lines.n; i++) {
        const struct result_line *line = &s->lines.items[i];
        if (sheet_has(line)) {
            v->indicators[v->n_indicators++] = (struct bulk_choice){
                line->record->id,
                arena_printf(r->arena, "%s: %s", result_short_code(line->record),
                             record_text(line->record, "title")),
                line == s->one};
        }
    }
    v->by = ARENA_ARRAY(r->arena, struct bulk_choice, s->one == NULL ? 1 : s->one->n_splits + 1);
    for (size_t i = 0; s->one != NULL && i < s->one->n_splits; i++) {
        const struct characteristic *c = characteristic_find(s->one->splits[i]);
        if (sheet_can_split(s->one, c)) {
            v->by[v->n_by++] = (struct bulk_choice){c->code, tr(r->lang, c->title), c == s->by};
        }
    }
}

static enum err show(struct sheet *s, struct reply *p, struct err_info *e)
{
    struct req *r = s->r;
    size_t n_crumbs;
    struct result_bulk_view v = {.form = r->form, .action = programme_address(r, "/values")};
    v.adopt = s->lines.n == 0 ? result_address(r, "/adopt") : NULL;
    v.indicators_page = result_address(r, "");
    if (s->span.from != NULL) {
        v.period = arena_printf(r->arena, "%s/%s", s->span.from, s->span.to);
        v.period_words = result_period(r->arena, r->lang, s->span.from, s->span.to);
        v.here = arena_printf(r->arena, "%s?period=%s", v.action, url_escape(r->arena, v.period));
        v.indicator = s->one == NULL ? "" : s->one->record->id;
        v.by_code = s->by == NULL ? "" : s->by->code;
        fill_choices(s, &v);
        if (s->one == NULL) {
            fill_indicators(s, &v);
        } else {
            fill_one(s, &v);
        }
    }
    v.may_write = result_may(r, MAY_WRITE);
    const struct crumb *crumbs = result_crumbs(r, NULL, &n_crumbs);
    struct page_action more[] = {
        {.label = tr(r->lang, MSG("Missing values")), .address = programme_address(r, "/values/missing")},
        {.label = tr(r->lang, MSG("Import a table")), .address = programme_address(r, "/values/import")}};
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr_f(r->arena, r->lang, MSG("Values of {0}"), programme_number(r), NULL),
                              .about = s->one == NULL ? tr(r->lang, MSG("All values of one period in a grid."))
                                                      : record_text(s->one->record, "title"),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .actions = more,
                              .n_actions = v.may_write ? 2 : 1,
                              .width = PAGE_WIDE});
    result_bulk_html(&h, &v);
    return page_end(&h, e);
}

static enum err bulk_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct sheet s;
    enum err err = sheet_load(r, req_query(r, "period"), req_query(r, "indicator"), req_query(r, "by"), &s, e);
    return err == ERR_NONE ? show(&s, p, e) : err;
}

static enum err bulk_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct sheet s;
    const struct record *one;
    size_t n;
    enum err err = sheet_load(r, req_posted(r, "period"), req_posted(r, "indicator"), req_posted(r, "by"), &s, e);
    if (err == ERR_NONE && s.span.from == NULL) {
        err = err_set(e, ERR_USAGE, "period", MSG("There is no period."), MSG("Choose one."), NULL);
    }
    if (err == ERR_NONE) {
        err = sheet_save(&s, &n, &one, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    if (r->form->n_errors > 0) {
        p->status = 422;
        return show(&s, p, e);
    }
    reply_flash(p, n == 0 ? tr(r->lang, MSG("Nothing was changed."))
                          : tr_n(r->arena, r->lang, MSG("One value is saved."), MSG("{0} values are saved."),
                                 (int64_t)n),
                one == NULL ? NULL : one->version);
    p->location = arena_printf(r->arena, "%s?period=%s%s%s%s%s", programme_address(r, "/values"),
                               url_escape(r->arena, arena_printf(r->arena, "%s/%s", s.span.from, s.span.to)),
                               s.one == NULL ? "" : "&indicator=", s.one == NULL ? "" : s.one->record->id,
                               s.by == NULL ? "" : "&by=", s.by == NULL ? "" : s.by->code);
    p->status = 303;
    return ERR_NONE;
}

static const struct field fields[] = {
    {.name = "period", .label = MSG("Period"), .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 40},
    {.name = "indicator", .label = MSG("Indicator"), .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 40},
    {.name = "by", .label = MSG("Split by"), .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 40},
};

const struct route route_values = {
    .path = "/programmes/{programme}/values",
    .needs = MAY_READ,
    .post_needs = MAY_WRITE,
    .get = bulk_get,
    .post = bulk_post,
    .fields = fields,
    .n_fields = COUNT_OF(fields),
    .also = (const char *const[]){"was", "v/*", NULL},
    .title = MSG("Values"),
    .menu = MENU_PROGRAMMES,
    .tab = TAB_MONITOR,
};
