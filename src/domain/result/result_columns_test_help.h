// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_columns_test_help.h: a small world of values that come, change, move, go and are undone, and all that is said
// of it as text, for the tests of the ways to load values.

#ifndef RESULT_RESULT_COLUMNS_TEST_HELP_H
#define RESULT_RESULT_COLUMNS_TEST_HELP_H

#include "store/store_test_help.h"

#include "base/buf.h"
#include "base/map.h"
#include "result/result.h"
#include "result/result_columns_rows_store.h"
#include "result/result_lines.h"
#include "result/result_table.h"

#define TODAY "2026-06-01"
#define INDICATORS 6
static const char *const units[INDICATORS] = {"count", "count", "percentage", "yes_no", "count", "score"};

struct world {
    struct place *p;
    struct arena *a; // of one comparison
    const char *programmes[2];
    const char *indicators[INDICATORS];
    const char *values[400]; // ids, also of those that are gone
    size_t n_values;
    uint64_t seed;
};

static uint64_t draw(struct world *w, uint64_t below)
{
    w->seed = w->seed * 6364136223846793005u + 1442695040888963407u;
    return (w->seed >> 33) % below;
}

static const struct actor owner = {.name = "owner"};

// ---- changing what is there -------------------------------------------------------------------------------

static struct store_tx *begin(struct world *w)
{
    struct store_tx *tx;
    ok(store_begin(w->p->store, &owner, "test", &tx, &e));
    return tx;
}

static const char *saved(struct store_tx *tx, struct world *w, struct record *r)
{
    ok(record_check(r, &e));
    ok(store_save(tx, w->p->arena, r, &e));
    return r->id;
}

static void make_world(struct world *w)
{
    static const char *const over[INDICATORS] = {"cumulative", "per_period", "latest", "latest", "latest", "latest"};
    struct store_tx *tx = begin(w);
    w->programmes[0] = saved(tx, w, programme(w->p, "P1"));
    w->programmes[1] = saved(tx, w, programme(w->p, "P2"));
    for (int i = 0; i < INDICATORS; i++) {
        struct record *r = record_new(w->p->arena, &entity_indicator);
        record_set_text(r, "programme_id", w->programmes[i / 4]);
        record_set_text(r, "code", arena_printf(w->p->arena, "I%d", i));
        record_set_text(r, "title", "An indicator");
        record_set_text(r, "unit", units[i]);
        record_set_text(r, "direction", "more");
        record_set_text(r, "accumulation", over[i]);
        record_set_text(r, "state", "active");
        w->indicators[i] = saved(tx, w, r);
    }
    ok(store_commit(tx, &e));
}

static void set_numbers(struct world *w, struct record *r)
{
    record_clear(r, "value");
    record_clear(r, "numerator");
    record_clear(r, "denominator");
    if (draw(w, 3) == 0) {
        uint64_t part = draw(w, 50);
        record_set_text(r, "numerator", arena_printf(w->p->arena, "%d", (int)part));
        record_set_text(r, "denominator", arena_printf(w->p->arena, "%d.5", (int)(part + draw(w, 20))));
    }
    if (!record_is_set(r, "numerator") || draw(w, 8) == 0) {
        record_set_text(r, "value", arena_printf(w->p->arena, "%d", (int)draw(w, 90)));
    }
}

static const char *unit_of(const struct world *w, const struct record *value)
{
    int i = 0;
    while (i + 1 < INDICATORS && strcmp(w->indicators[i], record_text(value, "indicator_id")) != 0) {
        i++;
    }
    return units[i];
}

// Leaves the numbers that the unit asks for, else nobody would save them.
static void fit_numbers(struct record *r, const char *unit)
{
    if (strcmp(unit, "percentage") != 0) {
        record_clear(r, "numerator");
        record_clear(r, "denominator");
    }
    if (!record_is_set(r, "numerator") && !record_is_set(r, "value")) {
        record_set_text(r, "value", "7");
    }
}

// A part of a share has part and whole, any other part is a number.
static void fit_part(struct record *r, const char *unit)
{
    fit_numbers(r, unit);
    if (strcmp(unit, "percentage") == 0 && !record_is_set(r, "numerator")) {
        record_set_text(r, "numerator", "3");
        record_set_text(r, "denominator", "7.5");
    }
}

static void fit(struct world *w, struct record *r)
{
    bool is_answer = strcmp(unit_of(w, r), "yes_no") == 0;
    fit_numbers(r, unit_of(w, r));
    if (!record_is_set(r, "answer")) {
        record_set_text(r, "answer", "part");
    }
    record_clear(r, is_answer ? "value" : "answer");
}

static void add_part(struct world *w, struct store_tx *tx, const struct record *value, int which)
{
    static const char *const splits[] = {
        "age=18-24 sex=female", "age=18-24 sex=male", "age=60+ sex=not_known", "sex=female", "sex=male",
        "nationality=NA sex=female", "group=police sex=male", "age=0-17 sex=female status=citizen"};
    struct record **there;
    size_t n;
    if (strcmp(unit_of(w, value), "yes_no") == 0) {
        return; // an answer has no parts
    }
    ok(store_list_by(store_tx_read(tx), w->p->arena, &entity_observation_part, "observation_id", value->id, &there, &n,
                     &e));
    for (size_t i = 0; i < n; i++) {
        if (strcmp(record_text(there[i], "split"), splits[which]) == 0) {
            return;
        }
    }
    struct record *r = record_new(w->p->arena, &entity_observation_part);
    record_set_text(r, "observation_id", value->id);
    record_set_text(r, "split", splits[which]);
    set_numbers(w, r);
    fit_part(r, unit_of(w, value));
    (void)saved(tx, w, r);
}

static bool is_taken(struct world *w, struct store_tx *tx, const struct record *r)
{
    struct record **there;
    size_t n;
    ok(store_list_by(store_tx_read(tx), w->p->arena, &entity_observation, "indicator_id", record_text(r, "indicator_id"),
                     &there, &n, &e));
    for (size_t i = 0; i < n; i++) {
        if (strcmp(record_text(there[i], "period_to"), record_text(r, "period_to")) == 0 &&
            strcmp(record_text(there[i], "country"), record_text(r, "country")) == 0) {
            return true;
        }
    }
    return false;
}

static void add_value(struct world *w, struct store_tx *tx)
{
    static const char *const countries[] = {"KE", "NA", "NE", NULL};
    static const char *const states[] = {"entered", "verified", "approved", "returned"};
    static const char *const answers[] = {"yes", "part", "no"};
    int month = (int)draw(w, 12) + 1, year = 2024 + (int)draw(w, 2);
    struct record *r = record_new(w->p->arena, &entity_observation);
    record_set_text(r, "indicator_id", w->indicators[draw(w, INDICATORS)]);
    record_set_text(r, "period_from", arena_printf(w->p->arena, "%d-%02d-01", year, month));
    record_set_text(r, "period_to", arena_printf(w->p->arena, "%d-%02d-28", year, month));
    record_set_text(r, "country", countries[draw(w, 4)]);
    record_set_text(r, "state", states[draw(w, 7) == 0 ? 3 : draw(w, 3)]);
    record_set_text(r, "return_reason", "Why");
    record_set_text(r, "answer", answers[draw(w, 3)]);
    set_numbers(w, r);
    fit(w, r);
    if (w->n_values == 400 || is_taken(w, tx, r)) {
        return;
    }
    const char *id = saved(tx, w, r);
    w->values[w->n_values++] = id;
    for (int i = (int)draw(w, 6); i > 0; i--) {
        add_part(w, tx, r, (int)draw(w, 8));
    }
}

// A value that is there, or NULL.
static struct record *any_value(struct world *w, struct store_tx *tx)
{
    struct record *r;
    struct err_info ignored;
    return w->n_values > 0 && store_get(store_tx_read(tx), w->p->arena, &entity_observation,
                                        w->values[draw(w, w->n_values)], &r, &ignored) == ERR_NONE
               ? r
               : NULL;
}

static void change_parts(struct world *w, struct store_tx *tx, const struct record *value, bool delete_all)
{
    struct record **parts;
    size_t n;
    ok(store_list_by(store_tx_read(tx), w->p->arena, &entity_observation_part, "observation_id", value->id, &parts, &n,
                     &e));
    for (size_t i = 0; i < n; i++) {
        if (delete_all || draw(w, 4) == 0) {
            ok(store_delete(tx, w->p->arena, &entity_observation_part, parts[i]->id, &e));
        } else if (draw(w, 2) == 0 && strcmp(unit_of(w, value), "yes_no") != 0) {
            set_numbers(w, parts[i]);
            fit_part(parts[i], unit_of(w, value));
            (void)saved(tx, w, parts[i]);
        }
    }
}

// One change of some sort. Returns the version of the last, or NULL.
static const char *change(struct world *w, struct store_tx *tx)
{
    struct record *r = any_value(w, tx);
    uint64_t what = draw(w, 10);
    if (r == NULL || what < 4) {
        add_value(w, tx);
        return NULL;
    }
    if (what == 4) {
        change_parts(w, tx, r, true);
        ok(store_delete(tx, w->p->arena, &entity_observation, r->id, &e));
        return NULL;
    }
    if (what == 5) {
        change_parts(w, tx, r, false);
        return NULL;
    }
    if (what == 6) {
        add_part(w, tx, r, (int)draw(w, 8));
        return NULL;
    }
    if (what == 7) { // to another indicator of its unit, if there is room
        const char *unit = unit_of(w, r);
        record_set_text(r, "indicator_id", w->indicators[draw(w, INDICATORS)]);
        if (strcmp(unit_of(w, r), unit) != 0 || is_taken(w, tx, r)) {
            return NULL;
        }
    } else {
        set_numbers(w, r);
    }
    fit(w, r);
    (void)saved(tx, w, r);
    return r->version;
}

static void change_some(struct world *w, int n)
{
    struct store_tx *tx = begin(w);
    const char *version = NULL;
    for (int i = 0; i < n; i++) {
        version = change(w, tx);
    }
    ok(store_commit(tx, &e));
    if (version != NULL && draw(w, 3) == 0) {
        struct record *r;
        struct err_info ignored;
        tx = begin(w);
        if (store_undo(tx, w->p->arena, version, &r, &ignored) == ERR_NONE) {
            ok(store_commit(tx, &e));
        } else {
            store_rollback(tx);
        }
    }
}

// ---- what is said, as text -----------------------------------------------------------------------------------

static void say_figure(struct buf *b, const struct result_figure *f)
{
    buf_printf(b, " [%d %lld %d %lld %lld]", f->known, (long long)f->scaled, f->is_fraction, (long long)f->part,
               (long long)f->whole);
}

static void say_cuts(struct buf *b, const struct result_value *v)
{
    for (size_t i = 0; i < v->n_cuts; i++) {
        const struct result_cut *c = &v->cuts[i];
        buf_printf(b, " {%s %zu %lld %lld %lld %d %lld %lld}", c->keys, c->n, (long long)c->value, (long long)c->part,
                   (long long)c->whole, c->differs, (long long)c->difference, (long long)c->difference_whole);
    }
}

static void say_line(struct buf *b, const struct result_line *line, bool parts)
{
    buf_printf(b, "%s: %zu values, standing %d", record_text(line->record, "code"), line->n_values,
               line->progress.standing);
    say_figure(b, &line->total.figure);
    buf_printf(b, " %zu %zu %d %lld %d %s %s\n", line->total.n_used, line->total.n_places, line->total.has_least,
               (long long)line->total.least, line->total.overlap, line->total.from == NULL ? "" : line->total.from,
               line->total.to == NULL ? "" : line->total.to);
    for (size_t i = 0; i < line->n_values; i++) {
        const struct result_entry *x = &line->entries[i];
        const struct result_value *v = &line->values[i];
        buf_printf(b, "  %s %s %s %s %d %d %d %lld %d %lld %lld %d", x->id, x->place, x->from, x->to, (int)x->state,
                   (int)x->answer, x->has_value, (long long)(x->has_value ? x->value : 0), x->has_fraction,
                   (long long)(x->has_fraction ? x->part : 0), (long long)(x->has_fraction ? x->whole : 0), v->used);
        say_figure(b, &v->figure);
        if (parts || v->differs != NULL) {
            say_cuts(b, v);
        }
        for (size_t k = 0; parts && k < v->n_parts; k++) {
            const struct result_part *p = &v->parts[k];
            buf_printf(b, " (%s %d %lld %d %lld %lld)", p->split, p->has_value, (long long)p->value, p->has_fraction,
                       (long long)p->part, (long long)p->whole);
        }
        buf_char(b, '\n');
    }
}

static void say_tables(struct world *w, struct buf *b, const struct result_line *line)
{
    static const char *const by[] = {"", "period", "country", "sex", "age,sex", "country,sex,period"};
    for (size_t i = 0; i < sizeof by / sizeof by[0]; i++) {
        struct result_table t;
        ok(result_table_of(w->a, line, by[i], &t, &e));
        for (size_t k = 0; k < t.n; k++) {
            for (size_t c = 0; c < t.n_by; c++) {
                buf_printf(b, "%s|", t.rows[k].keys[c]);
            }
            say_figure(b, &t.rows[k].figure);
            buf_printf(b, " %zu\n", t.rows[k].n_values);
        }
    }
}

enum way { TABLES, TABLES_TOTALS, LEAN, LEAN_TOTALS };

static void lines_of(struct world *w, struct db_read *db, const char *programme_id, enum way way,
                     struct result_lines *out)
{
    ok(result_lines_load(db, w->a,
                         &(struct result_ask){.programme_id = programme_id, .today = TODAY,
                                              .parts = way == TABLES || way == LEAN,
                                              .records = way == TABLES || way == TABLES_TOTALS ? RECORDS_ALL : RECORDS_NONE},
                         out, &e));
}

static const char *lines_said(struct world *w, struct db_read *db, const char *programme_id, enum way way, bool parts)
{
    struct result_lines lines;
    struct buf b;
    buf_init(&b, w->a, LIMIT_REPLY_BYTES);
    lines_of(w, db, programme_id, way, &lines);
    for (size_t i = 0; i < lines.n; i++) {
        say_line(&b, &lines.items[i], parts);
        if (parts) {
            say_tables(w, &b, &lines.items[i]);
        }
    }
    return b.data;
}

static bool same(const char *x, const char *y)
{
    return x != NULL && strcmp(x, y) == 0;
}

// Do both ways say the same of the lines? `columns`: and is it the columns that say it?
static inline bool lines_are_the_same(struct world *w, bool columns)
{
    struct db_read *db;
    struct result_look *look;
    bool said = true;
    ok(db_reader(store_db(w->p->store), &db, &e));
    ok(result_look_begin(db, w->a, &look, &e));
    assert_int_equal(look != NULL, columns);
    for (int i = -1; i < 2; i++) {
        const char *of = i < 0 ? NULL : w->programmes[i];
        said = said && same(lines_said(w, db, of, LEAN, true), lines_said(w, db, of, TABLES, true)) &&
               same(lines_said(w, db, of, LEAN_TOTALS, false), lines_said(w, db, of, TABLES_TOTALS, false));
    }
    arena_reset(w->a);
    return said;
}

static void start(struct world *w, struct place *p)
{
    *w = (struct world){.p = p, .a = arena_new(LIMIT_REQUEST_BYTES), .seed = 7};
    make_world(w);
    change_some(w, 60);
}

static void write_columns(struct world *w)
{
    struct result_columns_made made;
    ok(result_columns_write(w->p->store, NULL, &made, &e));
}

#endif
