// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_columns_test.c: every answer from the columns beside the slow way over the tables, while values come,
// change, move, go and are undone, and while the file is missing, damaged, of another log or too old.

#include "store/store_test_help.h"

#include "base/buf.h"
#include "base/map.h"
#include "result/result.h"
#include "result/result_columns_rows_store.h"
#include "result/result_lines.h"
#include "result/result_table.h"

#define TODAY "2026-06-01"
#define INDICATORS 6

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
    static const char *const units[INDICATORS] = {"count", "count", "percentage", "yes_no", "count", "score"};
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

static void add_part(struct world *w, struct store_tx *tx, const char *value, int which)
{
    static const char *const splits[] = {
        "age=18-24 sex=female", "age=18-24 sex=male", "age=60+ sex=not_known", "sex=female", "sex=male",
        "crime=tip sex=female", "group=police sex=male", "age=0-17 sex=female status=citizen"};
    struct record **there;
    size_t n;
    ok(store_list_by(store_tx_read(tx), w->p->arena, &entity_observation_part, "observation_id", value, &there, &n, &e));
    for (size_t i = 0; i < n; i++) {
        if (strcmp(record_text(there[i], "split"), splits[which]) == 0) {
            return;
        }
    }
    struct record *r = record_new(w->p->arena, &entity_observation_part);
    record_set_text(r, "observation_id", value);
    record_set_text(r, "split", splits[which]);
    set_numbers(w, r);
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
    static const char *const states[] = {"entered", "verified", "returned"};
    static const char *const answers[] = {"yes", "part", "no"};
    int month = (int)draw(w, 12) + 1, year = 2024 + (int)draw(w, 2);
    struct record *r = record_new(w->p->arena, &entity_observation);
    record_set_text(r, "indicator_id", w->indicators[draw(w, INDICATORS)]);
    record_set_text(r, "period_from", arena_printf(w->p->arena, "%d-%02d-01", year, month));
    record_set_text(r, "period_to", arena_printf(w->p->arena, "%d-%02d-28", year, month));
    record_set_text(r, "country", countries[draw(w, 4)]);
    record_set_text(r, "state", states[draw(w, 7) == 0 ? 2 : draw(w, 2)]);
    record_set_text(r, "return_reason", "Why");
    record_set_text(r, "answer", answers[draw(w, 3)]);
    set_numbers(w, r);
    if (w->n_values == 400 || is_taken(w, tx, r)) {
        return;
    }
    const char *id = saved(tx, w, r);
    w->values[w->n_values++] = id;
    for (int i = (int)draw(w, 6); i > 0; i--) {
        add_part(w, tx, id, (int)draw(w, 8));
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
        } else if (draw(w, 2) == 0) {
            set_numbers(w, parts[i]);
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
        add_part(w, tx, r->id, (int)draw(w, 8));
        return NULL;
    }
    if (what == 7) { // to another indicator, if there is room
        record_set_text(r, "indicator_id", w->indicators[draw(w, INDICATORS)]);
        if (is_taken(w, tx, r)) {
            return NULL;
        }
    } else {
        set_numbers(w, r);
    }
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

enum way { TABLES, LEAN, LEAN_WITH_PARTS };

static const char *lines_said(struct world *w, struct db_read *db, const char *programme_id, enum way way, bool parts)
{
    struct result_lines lines;
    struct buf b;
    buf_init(&b, w->a, LIMIT_REPLY_BYTES);
    ok(way == TABLES ? result_lines_load(db, w->a, programme_id, NULL, TODAY, &lines, &e)
                     : result_lines_lean(db, w->a, programme_id, NULL, way == LEAN_WITH_PARTS, TODAY, &lines, &e));
    for (size_t i = 0; i < lines.n; i++) {
        say_line(&b, &lines.items[i], parts);
        if (parts) {
            say_tables(w, &b, &lines.items[i]);
        }
    }
    return b.data;
}

// ---- sums, the slow way ----------------------------------------------------------------------------------------

struct sum {
    const char *key;
    int64_t sum, n;
};
struct sums {
    struct arena *a;
    struct map by_key;
    struct sum **items;
    size_t n, cap;
};

static void put(struct sums *s, const char *key, int64_t sum, int64_t n)
{
    void **of = map_at(&s->by_key, key);
    if (*of == NULL) {
        struct sum *fresh = ARENA_MAKE(s->a, struct sum);
        *fresh = (struct sum){.key = key};
        s->items = arena_room(s->a, s->items, sizeof(struct sum *), s->n, &s->cap);
        s->items[s->n++] = fresh;
        *of = fresh;
    }
    struct sum *at = *of;
    at->sum += sum;
    at->n += n;
}

static int by_key(const void *x, const void *y)
{
    return strcmp((*(struct sum *const *)x)->key, (*(struct sum *const *)y)->key);
}

static const char *sums_said(struct sums *s)
{
    struct buf b;
    buf_init(&b, s->a, LIMIT_REPLY_BYTES);
    buf_str(&b, "sums\n");
    if (s->n > 1) {
        qsort(s->items, s->n, sizeof *s->items, by_key);
    }
    for (size_t i = 0; i < s->n; i++) {
        buf_printf(&b, "%s %lld %lld\n", s->items[i]->key, (long long)s->items[i]->sum, (long long)s->items[i]->n);
    }
    return b.data;
}

static void take_row(void *context, const struct result_cube_row *row)
{
    struct sums *s = context;
#define TEXT(x) ((x) == NULL ? "-" : (x))
    put(s, arena_printf(s->a, "%s/%s/%s/%s/%s", TEXT(row->indicator_id), TEXT(row->from), TEXT(row->to),
                        TEXT(row->country), row->split),
        row->sum, row->n);
}

static const char *cube_said(struct world *w, struct db_read *db, const struct result_cube *ask)
{
    struct sums s = {.a = w->a};
    bool done;
    map_init(&s.by_key, w->a);
    ok(result_cube_of(db, w->a, ask, take_row, &s, &done, &e));
    return done ? sums_said(&s) : NULL;
}

// Has the cut all characteristics that were asked for?
static bool has_all(const struct split *split, const struct result_cube *ask)
{
    for (int i = 0; i < RESULT_CUBE_SPLITS && ask->splits[i] != NULL; i++) {
        if (split_value(split, ask->splits[i]) == NULL) {
            return false;
        }
    }
    return true;
}

static void add_slowly(struct sums *s, const struct result_line *line, bool shares, size_t i,
                       const struct result_cube *ask)
{
    const struct result_value *v = &line->values[i];
    const struct result_entry *x = &line->entries[i];
    const char *best = NULL;
    for (size_t k = 0; k < v->n_parts; k++) {
        if (has_all(&v->splits[k], ask) && (best == NULL || strlen(v->parts[k].keys) < strlen(best))) {
            best = v->parts[k].keys;
        }
    }
    for (size_t k = 0; k < v->n_parts && best != NULL; k++) {
        const struct result_part *p = &v->parts[k];
        struct split asked = {0};
        for (int c = 0; c < RESULT_CUBE_SPLITS && ask->splits[c] != NULL; c++) {
            (void)split_add(&asked, ask->splits[c], split_value(&v->splits[k], ask->splits[c]));
        }
        if (strcmp(p->keys, best) == 0) {
            put(s, arena_printf(s->a, "%s/%s/%s/%s/%s", ask->by & BY_INDICATOR ? line->record->id : "-",
                                ask->by & BY_PERIOD ? x->from : "-", ask->by & BY_PERIOD ? x->to : "-",
                                ask->by & BY_COUNTRY ? x->place : "-", split_text(s->a, &asked)),
                shares ? p->part : p->value, 1);
        }
    }
}

static const char *cube_slowly(struct world *w, struct db_read *db, const struct result_cube *ask)
{
    struct sums s = {.a = w->a};
    struct result_lines lines;
    map_init(&s.by_key, w->a);
    ok(result_lines_load(db, w->a, NULL, ask->indicator_id, TODAY, &lines, &e));
    for (size_t i = 0; i < lines.n; i++) {
        const struct result_line *line = &lines.items[i];
        bool shares = false;
        for (size_t k = 0; k < line->n_values; k++) {
            for (size_t j = 0; j < line->values[k].n_parts; j++) {
                shares = shares || line->values[k].parts[j].has_fraction;
            }
        }
        for (size_t k = 0; k < line->n_values; k++) {
            if (line->entries[k].state != STATE_RETURNED) {
                add_slowly(&s, line, shares, k, ask);
            }
        }
    }
    return sums_said(&s);
}

// ---- comparing ------------------------------------------------------------------------------------------------

static bool same(const char *x, const char *y)
{
    return x != NULL && strcmp(x, y) == 0;
}

// Do both ways say the same? `columns`: and is it the columns that say it?
static bool all_the_same(struct world *w, bool columns)
{
    struct db_read *db;
    struct result_look *look;
    ok(db_reader(store_db(w->p->store), &db, &e));
    const struct result_cube asks[] = {
        {.by = BY_INDICATOR | BY_PERIOD | BY_COUNTRY, .splits = {"age", "sex"}},
        {.by = BY_INDICATOR | BY_PERIOD},
        {.by = BY_COUNTRY, .splits = {"sex"}},
        {.by = BY_PERIOD | BY_COUNTRY, .splits = {"sex"}},
        {.by = 0, .splits = {"crime", "sex"}},
        {.indicator_id = w->indicators[1], .by = BY_PERIOD | BY_COUNTRY, .splits = {"age", "sex"}},
    };
    bool said = true;
    ok(result_look_begin(db, w->a, &look, &e));
    assert_int_equal(look != NULL, columns);
    for (int i = -1; i < 2; i++) {
        const char *of = i < 0 ? NULL : w->programmes[i];
        said = said && same(lines_said(w, db, of, LEAN_WITH_PARTS, true), lines_said(w, db, of, TABLES, true)) &&
               same(lines_said(w, db, of, LEAN, false), lines_said(w, db, of, TABLES, false));
    }
    for (size_t i = 0; columns && i < sizeof asks / sizeof asks[0]; i++) {
        said = said && same(cube_said(w, db, &asks[i]), cube_slowly(w, db, &asks[i]));
    }
    arena_reset(w->a);
    return said;
}

static void compare(struct world *w, bool columns)
{
    assert_true(all_the_same(w, columns));
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

static const char *file_bytes(struct world *w, size_t *n)
{
    const char *bytes;
    ok(file_read(w->p->arena, result_columns_path(w->p->arena, w->p->store), LIMIT_REQUEST_BYTES, &bytes, n, &e));
    return bytes;
}

static void every_answer_is_that_of_the_tables(void **state)
{
    struct world w;
    start(&w, *state);
    compare(&w, false); // no file yet
    write_columns(&w);
    compare(&w, true);
    for (int round = 0; round < 30; round++) {
        change_some(&w, 1 + (int)draw(&w, 5));
        compare(&w, true);
        if (draw(&w, 6) == 0) {
            write_columns(&w);
            compare(&w, true);
        }
    }
    arena_free(w.a);
}

// The comparison is able to find a wrong number: here tables that were changed behind the log.
static void a_planted_difference_is_found(void **state)
{
    struct world w;
    static const struct db_statement behind = {.name = "test", .sql = "UPDATE observation_part SET value = '91', numerator = '91', denominator = '99'",
                                               .in = "", .out = "", .writes = true};
    struct db_tx *tx;
    start(&w, *state);
    write_columns(&w);
    compare(&w, true);
    ok(db_tx_begin(store_db(w.p->store), &tx, &e));
    ok(db_run(tx, &behind, &e));
    ok(db_tx_commit(tx, &e));
    assert_false(all_the_same(&w, true));
    arena_free(w.a);
}

static void what_a_unit_says_is_asked_anew(void **state)
{
    struct world w;
    struct record *r;
    struct db_read *db;
    start(&w, *state);
    write_columns(&w);
    ok(db_reader(store_db(w.p->store), &db, &e));
    ok(store_get(db, w.p->arena, &entity_indicator, w.indicators[0], &r, &e));
    record_set_text(r, "unit", "percentage");
    record_set_text(r, "programme_id", w.programmes[1]);
    struct store_tx *tx = begin(&w);
    (void)saved(tx, &w, r);
    ok(store_commit(tx, &e));
    compare(&w, true);
    arena_free(w.a);
}

static void a_damaged_file_is_not_used(void **state)
{
    struct world w;
    size_t n;
    start(&w, *state);
    write_columns(&w);
    const char *path = result_columns_path(w.p->arena, w.p->store);
    const char *bytes = file_bytes(&w, &n);
    for (int i = 0; i < 4; i++) {
        char *copy = arena_copy_n(w.p->arena, bytes, n);
        size_t len = i == 0 ? n / 2 : i == 1 ? 0 : n;
        copy[i == 2 ? 20 : i == 3 ? n - 9 : 0] ^= 4;
        ok(file_write(path, copy, len, 0600, &e));
        result_columns_drop_held(w.p->store);
        compare(&w, false);
    }
    // a block alone: found when it is first read, and then the tables answer
    char *copy = arena_copy_n(w.p->arena, bytes, n);
    copy[200] ^= 4;
    ok(file_write(path, copy, n, 0600, &e));
    result_columns_drop_held(w.p->store);
    struct db_read *db;
    ok(db_reader(store_db(w.p->store), &db, &e));
    assert_string_equal(lines_said(&w, db, NULL, LEAN, false), lines_said(&w, db, NULL, TABLES, false));
    assert_string_equal(lines_said(&w, db, NULL, LEAN_WITH_PARTS, true), lines_said(&w, db, NULL, TABLES, true));
    const struct result_cube ask = {.by = BY_COUNTRY};
    assert_null(cube_said(&w, db, &ask));
    arena_reset(w.a);
    ok(result_columns_forget(w.p->store, &e));
    compare(&w, false);
    write_columns(&w);
    compare(&w, true);
    arena_free(w.a);
}

static void a_file_of_another_log_is_not_used(void **state)
{
    struct world w;
    struct columns *c;
    struct columns_writer *writer;
    start(&w, *state);
    write_columns(&w);
    const char *path = result_columns_path(w.p->arena, w.p->store);
    ok(columns_open(path, &result_columns_shape, &c, &e));
    const char *position = arena_copy(w.p->arena, columns_position(c));
    columns_close(c);
    char *other = arena_copy(w.p->arena, position);
    other[strlen(other) - 2] = other[strlen(other) - 2] == '0' ? '1' : '0'; // of the hash
    const char *const positions[] = {other, "nothing of the sort",
                                     arena_printf(w.p->arena, "%selsewhere %s 3 abc\n", position, "node"), position};
    for (int i = 0; i < 4; i++) {
        ok(columns_write_begin(w.p->arena, path, &result_columns_shape, &writer, &e));
        ok(columns_write_end(writer, positions[i], &e)); // without any value
        result_columns_drop_held(w.p->store);
        struct db_read *db;
        struct result_look *look;
        ok(db_reader(store_db(w.p->store), &db, &e));
        ok(result_look_begin(db, w.a, &look, &e));
        assert_int_equal(look != NULL, i == 3);
        arena_reset(w.a);
    }
    arena_free(w.a);
}

static void what_may_be_undone_is_not_kept(void **state)
{
    struct world w;
    struct result_look *look;
    start(&w, *state);
    write_columns(&w);
    struct store_tx *tx = begin(&w);
    add_value(&w, tx);
    add_value(&w, tx);
    ok(result_look_begin(store_tx_read(tx), w.a, &look, &e));
    assert_null(look);
    store_rollback(tx);
    compare(&w, true);
    arena_free(w.a);
}

static void made_anew_it_has_the_same_bytes(void **state)
{
    struct world w;
    size_t n, m;
    int64_t differences;
    static const struct db_statement behind = {.name = "test", .sql = "UPDATE observation_part SET value = '91'",
                                               .in = "", .out = "", .writes = true};
    struct db_tx *tx;
    start(&w, *state);
    write_columns(&w);
    const char *first = file_bytes(&w, &n);
    ok(result_columns_forget(w.p->store, &e));
    ok(db_tx_begin(store_db(w.p->store), &tx, &e));
    ok(db_run(tx, &behind, &e));
    ok(db_tx_commit(tx, &e));
    ok(store_rebuild(w.p->store, w.p->arena, true, &differences, &e));
    assert_true(differences > 0);
    write_columns(&w);
    const char *second = file_bytes(&w, &m);
    assert_int_equal(n, m);
    assert_memory_equal(first, second, n);
    arena_free(w.a);
}

static void an_answer_that_is_read_goes_on_while_the_file_is_renewed(void **state)
{
    struct world w;
    struct db_read *db;
    struct result_lines lines;
    struct buf before, after;
    start(&w, *state);
    write_columns(&w);
    change_some(&w, 5);
    buf_init(&before, w.p->arena, LIMIT_REPLY_BYTES);
    buf_init(&after, w.p->arena, LIMIT_REPLY_BYTES);
    ok(db_reader(store_db(w.p->store), &db, &e));
    ok(result_lines_lean(db, w.a, NULL, NULL, true, TODAY, &lines, &e));
    say_line(&before, &lines.items[0], true);
    write_columns(&w);
    ok(result_columns_forget(w.p->store, &e));
    say_line(&after, &lines.items[0], true);
    assert_string_equal(before.data, after.data);
    arena_free(w.a);
}

static int group(const char *engine)
{
    const struct CMUnitTest tests[] = {
        TEST(every_answer_is_that_of_the_tables),
        TEST(a_planted_difference_is_found),
        TEST(what_a_unit_says_is_asked_anew),
        TEST(a_damaged_file_is_not_used),
        TEST(a_file_of_another_log_is_not_used),
        TEST(what_may_be_undone_is_not_kept),
        TEST(made_anew_it_has_the_same_bytes),
        TEST(an_answer_that_is_read_goes_on_while_the_file_is_renewed),
    };
    return cmocka_run_group_tests_name(engine, tests, NULL, NULL);
}

int main(void)
{
    return run_on_both(group);
}
