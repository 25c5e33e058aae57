// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_sheet_web.c: see result_sheet_web.h. Here: what is chosen, and what stands in a cell.

#include "result/result_sheet_web.h"

#include <string.h>

#include "base/date.h"
#include "base/decimal.h"
#include "os/clock.h"
#include "result/result.h"
#include "result/result_bulk.h"
#include "result/result_web.h"
#include "store/store.h"

// Most periods offered, the newest first.
#define MOST_SPANS 24
// Most values of a characteristic that stand side by side.
#define MOST_ACROSS 20

// ---- what is chosen -----------------------------------------------------------------------------

static int newer_first(const struct result_span *x, const struct result_span *y)
{
    int order = strcmp(y->to, x->to);
    return order != 0 ? order : strcmp(y->from, x->from);
}

// Puts a span at its place among the newest.
static void add_span(struct result_span *spans, size_t *n, const struct result_span *one)
{
    size_t at = 0;
    while (at < *n && newer_first(&spans[at], one) < 0) {
        at++;
    }
    if (at == MOST_SPANS || (at < *n && newer_first(&spans[at], one) == 0)) {
        return;
    }
    *n -= *n == MOST_SPANS;
    memmove(&spans[at + 1], &spans[at], (*n - at) * sizeof spans[0]);
    spans[at] = *one;
    ++*n;
}

// Periods that are due by the frequencies of the indicators, and those that have values.
static enum err offer_spans(struct sheet *s, const char *today, struct err_info *e)
{
    struct arena *a = s->r->arena;
    struct result_span *spans = ARENA_ARRAY(a, struct result_span, MOST_SPANS);
    struct result_span *with_values;
    struct record **indicators;
    size_t n;
    enum err err = result_spans_load(s->r->db, a, s->r->programme->id, MOST_SPANS, &with_values, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        add_span(spans, &s->n_spans, &with_values[i]);
    }
    if (err == ERR_NONE) {
        err = store_list_by(s->r->db, a, &entity_indicator, "programme_id", s->r->programme->id, &indicators, &n, e);
    }
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        struct result_line line;
        struct result_span *due;
        result_line_begin(a, indicators[i], &line);
        const struct result_expect x = result_expect_of(a, &line, s->r->programme, today);
        size_t n_due = result_spans_due(a, &x, &due);
        for (size_t k = 0; k < n_due; k++) {
            add_span(spans, &s->n_spans, &due[k]);
        }
    }
    s->spans = spans;
    return err;
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
    const char **countries;
    size_t n = result_places_of(s->r->arena, s->r->programme, &countries);
    s->places = ARENA_ARRAY(s->r->arena, const char *, n + 1);
    s->places[s->n_places++] = "";
    for (size_t i = 0; i < n; i++) {
        s->places[s->n_places++] = countries[i];
    }
}

bool sheet_has(const struct result_line *line)
{
    return line->rule.unit != UNIT_TEXT && strcmp(record_text(line->record, "state"), "active") == 0;
}

bool sheet_can_split(const struct result_line *line, const struct characteristic *c)
{
    bool asked = false;
    for (size_t i = 0; c != NULL && i < line->n_splits; i++) {
        asked = asked || strcmp(line->splits[i], c->code) == 0;
    }
    return asked && line->rule.unit == UNIT_COUNT && !c->open && c->n_values <= MOST_ACROSS;
}

enum err sheet_load(struct req *r, const char *period, const char *indicator, const char *by, struct sheet *s,
                    struct err_info *e)
{
    const char *was = req_posted(r, "was");
    char today[11];
    clock_today(today);
    *s = (struct sheet){.r = r, .was = was[0] == '\0' ? NULL : was};
    enum err err = offer_spans(s, arena_copy(r->arena, today), e);
    if (err != ERR_NONE) {
        return err;
    }
    list_places(s);
    if (!choose_span(s, period) && period[0] != '\0') {
        return err_set(e, ERR_USAGE, "period", MSG("“{0}” is no period."),
                       MSG("Write 2025, 2025-H1, 2025-Q1 or 2025-03."), period, NULL);
    }
    const struct result_ask ask = {.programme_id = r->programme->id, .from = s->span.from, .to = s->span.to,
                                   .today = today, .records = RECORDS_ALL,
                                   .parts = result_may_see_parts(r->who, r->programme->id)};
    err = result_lines_load(r->db, r->arena, &ask, &s->lines, e);
    if (err != ERR_NONE) {
        return err;
    }
    for (size_t i = 0; i < s->lines.n; i++) {
        const struct result_line *line = &s->lines.items[i];
        s->one = strcmp(line->record->id, indicator) == 0 && sheet_has(line) ? line : s->one;
    }
    if (indicator[0] != '\0' && s->one == NULL) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such indicator."),
                       MSG("Look in the list of indicators."), NULL);
    }
    const struct characteristic *c = by[0] == '\0' ? NULL : characteristic_find(by);
    s->by = s->one != NULL && sheet_can_split(s->one, c) ? c : NULL;
    return ERR_NONE;
}

// ---- cells --------------------------------------------------------------------------------------

const struct result_value *sheet_value(const struct sheet *s, const struct result_line *line, const char *place)
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

bool sheet_is_closed(const struct result_value *v)
{
    const char *state = v == NULL ? "" : record_text(v->record, "state");
    return strcmp(state, "approved") == 0 || strcmp(state, "locked") == 0;
}

const struct result_part *sheet_part(const struct sheet *s, const struct result_value *v, const char *code)
{
    const char *split = arena_printf(s->r->arena, "%s=%s", s->by->code, code);
    for (size_t i = 0; v != NULL && i < v->n_parts; i++) {
        if (strcmp(v->parts[i].split, split) == 0) {
            return &v->parts[i];
        }
    }
    return NULL;
}

static const char *stored(const struct sheet *s, const struct result_line *line, const struct result_value *v,
                          const char *code)
{
    if (code != NULL) {
        const struct result_part *p = sheet_part(s, v, code);
        return p == NULL ? "" : decimal_short(s->r->arena, p->value);
    }
    return v == NULL ? "" : bulk_words(s->r->arena, s->r->lang, line->rule.unit, v->record);
}

// What the page showed in a cell when it was made; only cells that held something are named.
static const char *shown_before(const struct sheet *s, const char *name, const char *now)
{
    if (s->was == NULL) {
        return now;
    }
    const char *mark = arena_printf(s->r->arena, "|%s=", name);
    const char *at = strstr(s->was, mark);
    at = at == NULL ? "" : at + strlen(mark);
    return arena_copy_n(s->r->arena, at, strcspn(at, "|"));
}

struct sheet_cell sheet_cell(const struct sheet *s, const struct result_line *line, const char *place,
                             const char *code)
{
    struct req *r = s->r;
    struct sheet_cell c = {.name = arena_printf(r->arena, "v/%s/%s%s%s", line->record->id,
                                                place[0] == '\0' ? "all" : place, code == NULL ? "" : "/",
                                                code == NULL ? "" : code)};
    c.now = stored(s, line, sheet_value(s, line, place), code);
    c.typed = req_posted(r, c.name);
    if (r->n_posted > 0) {
        const char *was = shown_before(s, c.name, c.now);
        c.touched = strcmp(c.typed, was) != 0 && strcmp(c.typed, c.now) != 0;
        c.conflict = c.touched && strcmp(was, c.now) != 0;
    }
    return c;
}
