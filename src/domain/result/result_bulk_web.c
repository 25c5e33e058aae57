// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_bulk_web.c: values of one period in a grid, as in a spreadsheet: a row for each indicator and a column for
// each country; or, for one indicator, a row for each country and a column for each value of a characteristic.
//
// All cells are saved together or none; what is wrong stands beside its cell and nothing typed is lost. What was
// approved or locked is shown and cannot be typed over; what was verified has to be checked again.

#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "base/date.h"
#include "base/decimal.h"
#include "html/form.h"
#include "os/clock.h"
#include "place/place.h"
#include "programme/programme.h"
#include "programme/programme_web.h"
#include "result/result.h"
#include "result/result_bulk.h"
#include "result/result_bulk.html.h"
#include "result/result_reporting.h"
#include "result/result_web.h"
#include "result/result_words.h"

// Most periods offered, the newest first.
#define MOST_SPANS 24

struct sheet {
    struct req *r;
    struct result_lines lines;
    struct result_span span;  // chosen
    struct result_span *spans; // offered
    size_t n_spans;
    const char **places; // "" first: the whole programme
    size_t n_places;
    const struct result_line *one;            // the indicator chosen, or NULL: all
    const struct characteristic *by;          // of the one indicator, or NULL: its values alone
};

// ---- what is chosen -----------------------------------------------------------------------------

static void add_span(struct sheet *s, size_t most, const char *from, const char *to)
{
    size_t at = 0;
    while (at < s->n_spans && (strcmp(s->spans[at].to, to) > 0 ||
                               (strcmp(s->spans[at].to, to) == 0 && strcmp(s->spans[at].from, from) > 0))) {
        at++;
    }
    bool known = at < s->n_spans && strcmp(s->spans[at].to, to) == 0 && strcmp(s->spans[at].from, from) == 0;
    if (!known && s->n_spans < most) {
        memmove(&s->spans[at + 1], &s->spans[at], (s->n_spans - at) * sizeof s->spans[0]);
        s->spans[at] = (struct result_span){from, to};
        s->n_spans++;
    }
}

// Periods that are due by the frequencies of the indicators, and those that have values.
static void offer_spans(struct sheet *s, const char *today)
{
    struct arena *a = s->r->arena;
    size_t most = 1;
    for (size_t i = 0; i < s->lines.n; i++) {
        struct result_span *due;
        const struct result_expect x = result_expect_of(a, &s->lines.items[i], s->r->programme, today);
        most += s->lines.items[i].n_values + result_spans_due(a, &x, &due);
    }
    s->spans = ARENA_ARRAY(a, struct result_span, most + 1);
    for (size_t i = 0; i < s->lines.n; i++) {
        const struct result_line *line = &s->lines.items[i];
        struct result_span *due;
        const struct result_expect x = result_expect_of(a, line, s->r->programme, today);
        size_t n_due = result_spans_due(a, &x, &due);
        for (size_t k = 0; k < n_due; k++) {
            add_span(s, most, due[k].from, due[k].to);
        }
        for (size_t k = 0; k < line->n_values; k++) {
            add_span(s, most, line->entries[k].from, line->entries[k].to);
        }
    }
    s->n_spans = s->n_spans > MOST_SPANS ? MOST_SPANS : s->n_spans;
}

// "2026-H1" or "2026-01-01/2026-06-30"; else the newest that is offered.
static bool choose_span(struct sheet *s, const char *asked)
{
    const char *stroke = strchr(asked, '/');
    if (asked[0] == '\0') {
        s->span = s->n_spans > 0 ? s->spans[0] : (struct result_span){NULL, NULL};
        return s->n_spans > 0;
    }
    if (stroke == NULL) {
        return result_span_read(s->r->arena, asked, &s->span);
    }
    s->span = (struct result_span){arena_copy_n(s->r->arena, asked, (size_t)(stroke - asked)), stroke + 1};
    return date_is_valid(s->span.from) && date_is_valid(s->span.to) && strcmp(s->span.from, s->span.to) <= 0;
}

static void list_places(struct sheet *s)
{
    const char *codes = record_text(s->r->programme, "countries");
    s->places = ARENA_ARRAY(s->r->arena, const char *, strlen(codes) / 2 + 2);
    s->places[s->n_places++] = "";
    for (const char *p = codes + strspn(codes, " "); *p != '\0'; p += strspn(p, " ")) {
        size_t n = strcspn(p, " ");
        s->places[s->n_places++] = arena_copy_n(s->r->arena, p, n);
        p += n;
    }
}

static bool is_typed_here(const struct result_line *line)
{
    return line->rule.unit != UNIT_TEXT && strcmp(record_text(line->record, "state"), "active") == 0;
}

static bool can_be_split(const struct result_line *line, const struct characteristic *c)
{
    bool asked = false;
    for (size_t i = 0; c != NULL && i < line->n_splits; i++) {
        asked = asked || strcmp(line->splits[i], c->code) == 0;
    }
    return asked && line->rule.unit == UNIT_COUNT && !c->open && c->n_values <= 20;
}

static enum err load(struct sheet *s, const char *period, const char *indicator, const char *by,
                     struct err_info *e)
{
    char today[11];
    clock_today(today);
    enum err err = result_lines_load(s->r->db, s->r->arena, s->r->programme->id, NULL, today, &s->lines, e);
    if (err != ERR_NONE) {
        return err;
    }
    offer_spans(s, arena_copy(s->r->arena, today));
    list_places(s);
    if (!choose_span(s, period) && period[0] != '\0') {
        return err_set(e, ERR_USAGE, "period", MSG("“{0}” is no period."),
                       MSG("Write 2025, 2025-H1, 2025-Q1 or 2025-03."), period, NULL);
    }
    for (size_t i = 0; i < s->lines.n; i++) {
        const struct result_line *line = &s->lines.items[i];
        s->one = strcmp(line->record->id, indicator) == 0 && is_typed_here(line) ? line : s->one;
    }
    if (indicator[0] != '\0' && s->one == NULL) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such indicator."),
                       MSG("Look in the list of indicators."), NULL);
    }
    const struct characteristic *c = by[0] == '\0' ? NULL : characteristic_find(by);
    s->by = s->one != NULL && can_be_split(s->one, c) ? c : NULL;
    return ERR_NONE;
}

// ---- cells --------------------------------------------------------------------------------------

static const struct result_value *value_at(const struct sheet *s, const struct result_line *line,
                                           const char *place)
{
    for (size_t i = 0; i < line->n_values; i++) {
        const struct result_entry *entry = &line->entries[i];
        if (strcmp(entry->from, s->span.from) == 0 && strcmp(entry->to, s->span.to) == 0 &&
            strcmp(entry->place, place) == 0) {
            return &line->values[i];
        }
    }
    return NULL;
}

static bool is_closed(const struct result_value *v)
{
    const char *state = v == NULL ? "" : record_text(v->record, "state");
    return strcmp(state, "approved") == 0 || strcmp(state, "locked") == 0;
}

static const char *cell_name(const struct sheet *s, const struct result_line *line, const char *place,
                             const char *value)
{
    return arena_printf(s->r->arena, "v/%s/%s%s%s", line->record->id, place[0] == '\0' ? "all" : place,
                        value == NULL ? "" : "/", value == NULL ? "" : value);
}

static const struct result_part *part_at(const struct sheet *s, const struct result_value *v, const char *value)
{
    const char *split = arena_printf(s->r->arena, "%s=%s", s->by->code, value);
    for (size_t i = 0; v != NULL && i < v->n_parts; i++) {
        if (strcmp(v->parts[i].split, split) == 0) {
            return &v->parts[i];
        }
    }
    return NULL;
}

// What is stored in a cell. value NULL: the value itself.
static const char *stored(const struct sheet *s, const struct result_line *line, const struct result_value *v,
                          const char *value)
{
    if (value != NULL) {
        const struct result_part *p = part_at(s, v, value);
        return p == NULL ? "" : decimal_short(s->r->arena, p->value);
    }
    return v == NULL ? "" : bulk_words(s->r->arena, s->r->lang, line->rule.unit, v->record);
}

static struct bulk_cell cell_of(const struct sheet *s, const struct result_line *line, const char *place,
                                const char *value)
{
    struct req *r = s->r;
    const struct result_value *v = value_at(s, line, place);
    const char *name = cell_name(s, line, place, value);
    const struct form_error *wrong = form_error_of(r->form, name);
    const char *kept = stored(s, line, v, value);
    bool number = line->rule.unit == UNIT_COUNT;
    return (struct bulk_cell){
        .name = name,
        .value = r->n_posted > 0 && !is_closed(v) ? req_posted(r, name) : kept,
        .closed = is_closed(v) || !result_may(r, MAY_WRITE),
        .state = is_closed(v) && value == NULL ? result_state_words(r->lang, line->entries[v - line->values].state)
                                               : NULL,
        .error = wrong == NULL ? NULL : err_text(r->arena, r->lang, &wrong->info),
        .number = number,
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

// Total over countries of a row of cells: cells[0] is the whole programme.
static void sum_countries(struct req *r, struct bulk_row *row, size_t n_cells)
{
    int64_t sum = 0, whole, one;
    bool any = false;
    for (size_t i = 1; i < n_cells; i++) {
        bool there = number_in(&row->cells[i], &one);
        any = any || there;
        sum += one;
    }
    bool has_whole = number_in(&row->cells[0], &whole);
    row->sum = result_plain(r->arena, sum, DECIMAL_PLACES);
    row->difference = any && has_whole ? result_plain(r->arena, whole - sum, DECIMAL_PLACES) : "–";
    row->differs = any && has_whole && whole != sum;
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
    for (size_t i = 0; i < s->lines.n; i++) {
        const struct result_line *line = &s->lines.items[i];
        if (!is_typed_here(line)) {
            continue;
        }
        struct bulk_row *row = &v->rows[v->n_rows];
        *row = (struct bulk_row){.code = arena_printf(r->arena, "r%zu", v->n_rows),
                                 .label = record_text(line->record, "title"),
                                 .note = result_short_code(line->record),
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
        sum_countries(r, row, s->n_places);
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
    for (size_t i = 0; i < s->n_places; i++) {
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
        sum_countries(r, row, n_values + 1);
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
        if (is_typed_here(line)) {
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
        if (can_be_split(s->one, c)) {
            v->by[v->n_by++] = (struct bulk_choice){c->code, tr(r->lang, c->title), c == s->by};
        }
    }
}

static enum err show(struct sheet *s, struct reply *p, struct err_info *e)
{
    struct req *r = s->r;
    size_t n_crumbs;
    struct result_bulk_view v = {.form = r->form, .action = programme_address(r, "/values")};
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
    struct sheet s = {.r = r};
    enum err err = load(&s, req_query(r, "period"), req_query(r, "indicator"), req_query(r, "by"), e);
    return err == ERR_NONE ? show(&s, p, e) : err;
}

// ---- saving -------------------------------------------------------------------------------------

// One value with its parts as typed.
struct typed {
    const struct result_line *line;
    const struct result_value *old;
    const char *name; // of the cell of the value itself
    struct record *observation;
    struct result_part *parts;
    size_t n_parts;
    bool changed;
};

static void blame(struct req *r, const char *name, struct err_info *wrong)
{
    (void)snprintf(wrong->field, sizeof wrong->field, "%s", name);
    if (form_error_of(r->form, name) == NULL) {
        form_add_error(r->arena, r->form, wrong);
    }
}

static void read_parts(struct sheet *s, const char *place, struct typed *t)
{
    struct req *r = s->r;
    t->parts = ARENA_ARRAY(r->arena, struct result_part, s->by->n_values);
    for (size_t i = 0; i < s->by->n_values; i++) {
        const char *code = s->by->values[i].code;
        const char *name = cell_name(s, t->line, place, code);
        struct err_info wrong;
        struct value v;
        struct result_part p = {.keys = s->by->code, .has_value = true,
                                .split = arena_printf(r->arena, "%s=%s", s->by->code, code)};
        const struct result_part *old = part_at(s, t->old, code);
        if (field_parse(r->arena, entity_field(&entity_observation_part, "value"), req_posted(r, name), 0, &v,
                        &wrong) != ERR_NONE) {
            blame(r, name, &wrong);
        } else if (v.set && decimal_parse(v.text, &p.value)) {
            if (p.value < 0) {
                (void)err_set(&wrong, ERR_INPUT, NULL, MSG("A number of people cannot be negative."),
                              MSG("Check the sign."), NULL);
                blame(r, name, &wrong);
            }
            t->changed |= old == NULL || old->value != p.value;
            t->parts[t->n_parts++] = p;
        } else {
            t->changed |= old != NULL;
        }
    }
}

// What was typed for one value; changed says whether there is anything to save.
static void read_value(struct sheet *s, const struct result_line *line, const char *place, struct typed *t)
{
    struct req *r = s->r;
    struct err_info wrong;
    *t = (struct typed){.line = line, .old = value_at(s, line, place), .name = cell_name(s, line, place, NULL)};
    if (is_closed(t->old)) {
        return;
    }
    const char *kept = stored(s, line, t->old, NULL);
    const char *text = req_posted(r, t->name);
    t->observation = t->old == NULL ? record_new(r->arena, &entity_observation)
                                    : record_copy(r->arena, t->old->record);
    if (strcmp(text, kept) != 0) {
        t->changed = true;
        if (bulk_read(r->arena, r->lang, line->rule.unit, text, t->observation, &wrong) != ERR_NONE) {
            blame(r, t->name, &wrong);
            return;
        }
    }
    if (s->by != NULL) {
        read_parts(s, place, t);
        result_whole_of_parts(r->arena, line->rule.unit, t->parts, t->n_parts, t->observation);
    }
    if (!t->changed) {
        return;
    }
    record_set_text(t->observation, "indicator_id", line->record->id);
    record_set_text(t->observation, "period_from", s->span.from);
    record_set_text(t->observation, "period_to", s->span.to);
    record_set_text(t->observation, "country", place);
    record_set_text(t->observation, "state", "entered"); // to be checked again
    record_clear(t->observation, "return_reason");
    if (record_check(t->observation, &wrong) != ERR_NONE) {
        blame(r, t->name, &wrong);
    }
}

static size_t read_all(struct sheet *s, struct typed **out)
{
    size_t n = 0;
    *out = ARENA_ARRAY(s->r->arena, struct typed, (s->lines.n + 1) * s->n_places);
    for (size_t i = 0; i < s->lines.n; i++) {
        const struct result_line *line = &s->lines.items[i];
        for (size_t k = 0; k < s->n_places && is_typed_here(line); k++) {
            if (s->one == NULL || s->one == line) {
                read_value(s, line, s->places[k], &(*out)[n]);
                n += (*out)[n].changed;
            }
        }
    }
    return n;
}

static enum err save_value(struct sheet *s, struct store_tx *tx, const struct typed *t, struct err_info *e)
{
    struct req *r = s->r;
    enum err err = store_save(tx, r->arena, t->observation, e);
    if (err == ERR_NONE && s->by != NULL) {
        err = result_parts_save(tx, r->arena, t->observation->id, s->by->code, t->parts, t->n_parts, e);
    }
    return err;
}

static enum err save_all(struct sheet *s, const struct typed *all, size_t n, struct err_info *e)
{
    struct store_tx *tx;
    struct actor who = req_actor(s->r);
    enum err err = store_begin(s->r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        struct err_info wrong;
        err = save_value(s, tx, &all[i], &wrong);
        if (err == ERR_INPUT || err == ERR_CONFLICT) {
            blame(s->r, all[i].name, &wrong);
        } else if (err != ERR_NONE) {
            *e = wrong;
        }
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

static enum err bulk_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct sheet s = {.r = r};
    struct typed *all;
    enum err err = load(&s, req_posted(r, "period"), req_posted(r, "indicator"), req_posted(r, "by"), e);
    if (err != ERR_NONE) {
        return err;
    }
    if (s.span.from == NULL) {
        return err_set(e, ERR_USAGE, "period", MSG("There is no period."), MSG("Choose one."), NULL);
    }
    size_t n = read_all(&s, &all);
    if (r->form->n_errors == 0) {
        err = save_all(&s, all, n, e);
        if (err != ERR_NONE && r->form->n_errors == 0) {
            return err;
        }
    }
    if (r->form->n_errors > 0) {
        p->status = 422;
        return show(&s, p, e);
    }
    reply_flash(p, n == 0 ? tr(r->lang, MSG("Nothing was changed."))
                          : tr_n(r->arena, r->lang, MSG("One value is saved."), MSG("{0} values are saved."),
                                 (int64_t)n),
                n == 1 && all[0].n_parts == 0 ? all[0].observation->version : NULL);
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
    .title = MSG("Values"),
    .menu = MENU_PROGRAMMES,
};
