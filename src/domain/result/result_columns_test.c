// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_columns_test.c: every answer from the columns beside the slow way over the tables, while values come,
// change, move, go and are undone.

#include "base/bug.h"
#include "base/sort.h"
#include "result/result_columns_test_help.h"
#include "result/result_waiting.h"

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
    sort_items(s->items, s->n, sizeof *s->items, by_key);
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
    size_t fewest = 0;
    for (size_t k = 0; k < v->n_parts; k++) {
        if (has_all(v->splits[k], ask) && (best == NULL || v->splits[k]->n < fewest)) {
            best = v->parts[k].keys;
            fewest = v->splits[k]->n;
        }
    }
    for (size_t k = 0; k < v->n_parts && best != NULL; k++) {
        const struct result_part *p = &v->parts[k];
        struct split asked = {0};
        for (int c = 0; c < RESULT_CUBE_SPLITS && ask->splits[c] != NULL; c++) {
            (void)split_add(&asked, ask->splits[c], split_value(v->splits[k], ask->splits[c]));
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
    const struct result_ask all = {.indicator_id = ask->indicator_id, .today = TODAY, .parts = true, .records = RECORDS_ALL};
    ok(result_lines_load(db, w->a, &all, &lines, &e));
    for (size_t i = 0; i < lines.n; i++) {
        const struct result_line *line = &lines.items[i];
        bool shares = false;
        if (ask->indicator_id != NULL && strcmp(line->record->id, ask->indicator_id) != 0) {
            continue;
        }
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

// ---- what waits ---------------------------------------------------------------------------------------------------

static const char *waiting_slowly(struct world *w, struct db_read *db)
{
    static const char *const codes[] = {"returned", "entered", "verified"};
    struct buf b;
    buf_init(&b, w->a, LIMIT_REPLY_BYTES);
    buf_str(&b, "waiting\n");
    for (size_t i = 0; i < INDICATORS; i++) { // their ids ascend
        struct record **values;
        size_t n;
        int counts[COUNT_OF(codes)] = {0}, all = 0;
        ok(store_list_by(db, w->a, &entity_observation, "indicator_id", w->indicators[i], &values, &n, &e));
        for (size_t k = 0; k < n; k++) {
            for (size_t c = 0; c < COUNT_OF(codes); c++) {
                bool is = strcmp(codes[c], record_text(values[k], "state")) == 0;
                counts[c] += is ? 1 : 0;
                all += is ? 1 : 0;
            }
        }
        if (all > 0) {
            buf_printf(&b, "%d %d %d %s\n", counts[0], counts[1], counts[2], w->indicators[i]);
        }
    }
    return b.data;
}

static const char *waiting_said(struct world *w, struct db_read *db)
{
    struct result_waiting *waiting;
    size_t n;
    struct buf b;
    buf_init(&b, w->a, LIMIT_REPLY_BYTES);
    buf_str(&b, "waiting\n");
    ok(result_waiting_load(db, w->a, &waiting, &n, &e));
    for (size_t i = 0; i < n; i++) {
        const int64_t *c = waiting[i].n;
        buf_printf(&b, "%d %d %d %s\n", (int)c[STATE_RETURNED], (int)c[STATE_ENTERED], (int)c[STATE_VERIFIED],
                   waiting[i].indicator_id);
    }
    return b.data;
}

// ---- comparing ------------------------------------------------------------------------------------------------

// Do both ways say the same? `columns`: and is it the columns that say it?
static bool all_the_same(struct world *w, bool columns)
{
    struct db_read *db;
    ok(db_reader(store_db(w->p->store), &db, &e));
    const struct result_cube asks[] = {
        {.by = BY_INDICATOR | BY_PERIOD | BY_COUNTRY, .splits = {"age", "sex"}},
        {.by = BY_INDICATOR | BY_PERIOD},
        {.by = BY_COUNTRY, .splits = {"sex"}},
        {.by = BY_PERIOD | BY_COUNTRY, .splits = {"sex"}},
        {.by = 0, .splits = {"crime", "sex"}},
        {.indicator_id = w->indicators[1], .by = BY_PERIOD | BY_COUNTRY, .splits = {"age", "sex"}},
    };
    bool said = lines_are_the_same(w, columns) && same(waiting_said(w, db), waiting_slowly(w, db));
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

// The first indicator, which counts, becomes one of shares, of this programme.
static void count_shares(struct world *w, struct store_tx *tx, const char *programme_id)
{
    struct record *r;
    ok(store_get(store_tx_read(tx), w->p->arena, &entity_indicator, w->indicators[0], &r, &e));
    record_set_text(r, "unit", "percentage");
    record_set_text(r, "programme_id", programme_id);
    (void)saved(tx, w, r);
}

static void what_a_unit_says_is_asked_anew(void **state)
{
    struct world w;
    start(&w, *state);
    write_columns(&w);
    struct store_tx *tx = begin(&w);
    count_shares(&w, tx, w.programmes[1]);
    ok(store_commit(tx, &e));
    compare(&w, true);
    arena_free(w.a);
}

// The file has numbers for an indicator, what came since has shares: then only shares count.
static void shares_that_came_since_stand_beside_numbers(void **state)
{
    struct world w;
    start(&w, *state);
    write_columns(&w);
    struct store_tx *tx = begin(&w);
    count_shares(&w, tx, w.programmes[0]);
    struct record *value = record_new(w.p->arena, &entity_observation);
    record_set_text(value, "indicator_id", w.indicators[0]);
    record_set_text(value, "period_from", "2026-01-01");
    record_set_text(value, "period_to", "2026-01-31");
    record_set_text(value, "country", "KE");
    record_set_text(value, "state", "entered");
    record_set_text(value, "numerator", "5");
    record_set_text(value, "denominator", "8");
    struct record *part = record_new(w.p->arena, &entity_observation_part);
    record_set_text(part, "observation_id", saved(tx, &w, value));
    record_set_text(part, "split", "sex=female");
    record_set_text(part, "numerator", "2");
    record_set_text(part, "denominator", "3");
    (void)saved(tx, &w, part);
    ok(store_commit(tx, &e));
    compare(&w, true);
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

// What came since is asked in batches, not value by value.
static void statements_do_not_grow_with_what_came_since(void **state)
{
    struct world w;
    struct db_read *db;
    struct result_look *look;
    start(&w, *state);
    write_columns(&w);
    ok(db_reader(store_db(w.p->store), &db, &e));
    struct store_tx *tx = begin(&w);
    while (w.n_values < 150) {
        add_value(&w, tx);
    }
    ok(store_commit(tx, &e));
    db_count_reset();
    ok(result_look_begin(db, w.a, &look, &e));
    assert_non_null(look);
    assert_true(db_count() < 30);
    tx = begin(&w);
    while (w.n_values < 160) {
        add_value(&w, tx);
    }
    ok(store_commit(tx, &e));
    ok(result_columns_follow(w.p->store, &e));
    db_count_reset();
    ok(result_look_begin(db, w.a, &look, &e));
    assert_int_equal(db_count(), 1); // it was read already
    compare(&w, true);
    arena_free(w.a);
}

static int group(const char *engine)
{
    const struct CMUnitTest tests[] = {
        TEST(every_answer_is_that_of_the_tables),
        TEST(a_planted_difference_is_found),
        TEST(what_a_unit_says_is_asked_anew),
        TEST(shares_that_came_since_stand_beside_numbers),
        TEST(what_may_be_undone_is_not_kept),
        TEST(statements_do_not_grow_with_what_came_since),
    };
    return cmocka_run_group_tests_name(engine, tests, NULL, NULL);
}

int main(void)
{
    return run_on_both(group);
}
