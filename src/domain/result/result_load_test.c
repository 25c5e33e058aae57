// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_load_test.c: indicators one after the other, from the columns, from the tables, and from the tables where a
// block of the columns is damaged.

#include "result/result_columns_test_help.h"
#include "result/result_reporting.h"

struct said {
    struct buf text;
    size_t n;
    size_t used[INDICATORS]; // bytes of the arena of the page when each line came
    const struct arena *page;
    const char *last;
};

static enum err say(void *context, const struct result_line *line, struct err_info *unused)
{
    struct said *s = context;
    (void)unused;
    assert_true(s->last == NULL || strcmp(s->last, line->record->id) < 0);
    s->last = line->record->id;
    s->used[s->n++] = arena_used_bytes(s->page);
    say_line(&s->text, line, false);
    return ERR_NONE;
}

static void say_each(struct world *w, struct arena *a, const char *const *programmes, size_t n, struct said *s)
{
    struct db_read *db;
    *s = (struct said){.page = a};
    buf_init(&s->text, w->a, LIMIT_REPLY_BYTES);
    buf_str(&s->text, "each\n");
    ok(db_reader(store_db(w->p->store), &db, &e));
    ok(result_lines_each(db, a, programmes, n, TODAY, say, s, &e));
}

// Both ways for all, for one, for two in any order, and for no programme.
static void compare_each(struct world *w)
{
    const char *const turned[] = {w->programmes[1], w->programmes[0]};
    const struct {
        const char *const *programmes;
        size_t n;
        const char *of; // of the slow way
        size_t lines;
    } asks[] = {{NULL, 0, NULL, INDICATORS}, {turned, 2, NULL, INDICATORS}, {turned, 0, NULL, 0},
                {w->programmes, 1, w->programmes[0], 4}, {turned, 1, w->programmes[1], 2}};
    struct db_read *db;
    ok(db_reader(store_db(w->p->store), &db, &e));
    for (size_t i = 0; i < sizeof asks / sizeof asks[0]; i++) {
        struct said s;
        say_each(w, w->a, asks[i].programmes, asks[i].n, &s);
        assert_int_equal(s.n, asks[i].lines);
        if (s.n > 0) { // codes are in the order of the ids here
            assert_string_equal(s.text.data + strlen("each\n"), lines_said(w, db, asks[i].of, TABLES, false));
        }
        arena_reset(w->a);
    }
}

static void damage_a_block_in_the_middle(struct world *w)
{
    const char *path = result_columns_path(w->p->arena, w->p->store), *bytes;
    size_t n;
    struct columns *c;
    struct columns_block b;
    ok(columns_open(path, &result_columns_shape, &c, &e));
    assert_true(columns_block_at(c, columns_n(c) / 2, &b));
    const char id[RESULT_ID_BYTES] = {0};
    memcpy((char *)id, b.data[OF_VALUES][VALUE_ID], RESULT_ID_BYTES);
    columns_close(c);
    ok(file_read(w->p->arena, path, LIMIT_REQUEST_BYTES, &bytes, &n, &e));
    char *copy = arena_copy_n(w->p->arena, bytes, n);
    char *at = memmem(copy, n, id, sizeof id);
    assert_non_null(at);
    at[0] ^= 4;
    ok(file_write(path, copy, n, 0600, &e));
    result_columns_drop_held(w->p->store);
}

static void one_after_the_other_says_the_same(void **state)
{
    struct world w;
    start(&w, *state);
    compare_each(&w);
    write_columns(&w);
    compare_each(&w);
    change_some(&w, 5);
    compare_each(&w);
    write_columns(&w);
    damage_a_block_in_the_middle(&w);
    compare_each(&w);
    arena_free(w.a);
}

static void add_values(struct world *w, int n)
{
    struct store_tx *tx = begin(w);
    for (int i = 0; i < n; i++) {
        add_value(w, tx);
    }
    ok(store_commit(tx, &e));
}

// Without the columns, too: the arena of the page gets indicators, and words that come again and again.
static void memory_does_not_grow_with_the_values(void **state)
{
    struct world w;
    struct said s;
    struct arena *page = arena_new(LIMIT_REQUEST_BYTES);
    start(&w, *state);
    add_values(&w, 2000);
    assert_true(w.n_values > 200);
    say_each(&w, page, NULL, 0, &s);
    assert_int_equal(s.n, INDICATORS);
    // each of the last five has some 40 values, of which one alone needs more than 200 bytes
    assert_true(s.used[INDICATORS - 1] - s.used[0] < 4096);
    arena_free(page);
    arena_free(w.a);
}

struct walk {
    const struct result_lines *lines;
    size_t line, value, n;
    const struct arena *page;
    size_t used[2]; // bytes of the page at the first value of the last indicator and at its last one
};

static enum err compare_value(void *context, const struct result_line *one, struct err_info *unused)
{
    struct walk *walk = context;
    (void)unused;
    while (walk->value == walk->lines->items[walk->line].n_values) {
        walk->line++;
        walk->value = 0;
    }
    const struct result_line *line = &walk->lines->items[walk->line];
    const struct result_value *x = &one->values[0], *y = &line->values[walk->value];
    const struct result_entry *ex = &one->entries[0], *ey = &line->entries[walk->value];
    assert_int_equal(one->n_values, 1);
    assert_string_equal(one->record->id, line->record->id);
    assert_string_equal(ex->id, ey->id);
    assert_string_equal(ex->from, ey->from);
    assert_string_equal(ex->to, ey->to);
    assert_string_equal(ex->place, ey->place);
    assert_int_equal(ex->state, ey->state);
    assert_int_equal(x->figure.known, y->figure.known);
    assert_int_equal(x->figure.scaled, y->figure.scaled);
    assert_int_equal(x->record == NULL, y->record == NULL);
    assert_int_equal(x->n_parts, y->n_parts);
    for (size_t i = 0; i < x->n_parts; i++) {
        assert_string_equal(x->parts[i].split, y->parts[i].split);
        assert_int_equal(x->parts[i].value, y->parts[i].value);
        assert_int_equal(x->splits[i]->n, y->splits[i]->n);
    }
    walk->used[walk->value != 0] = arena_used_bytes(walk->page);
    walk->value++;
    walk->n++;
    return ERR_NONE;
}

// For files: each value as the lines have it, in the same order, and the memory of one.
static void values_one_after_the_other_are_those_of_the_lines(void **state)
{
    struct world w;
    struct db_read *db;
    struct arena *page = arena_new(LIMIT_REQUEST_BYTES);
    start(&w, *state);
    add_values(&w, 2000);
    ok(db_reader(store_db(w.p->store), &db, &e));
    for (size_t i = 0; i < 6; i++) {
        const struct result_ask ask = {.programme_id = i % 3 == 2 ? NULL : w.programmes[i % 3], .today = TODAY,
                                       .parts = i < 3, .records = i < 3 ? RECORDS_OF_WORDS : RECORDS_NONE};
        struct result_lines lines;
        size_t n = 0;
        ok(result_lines_load(db, w.a, &ask, &lines, &e));
        for (size_t k = 0; k < lines.n; k++) {
            n += lines.items[k].n_values;
        }
        struct walk walk = {.lines = &lines, .page = page};
        ok(result_values_each(db, page, &ask, compare_value, &walk, &e));
        assert_int_equal(walk.n, n);
        assert_true(n > 40);
        assert_true(walk.used[1] - walk.used[0] < 4096);
        arena_reset(page);
        arena_reset(w.a);
    }
    arena_free(page);
    arena_free(w.a);
}

// From the tables and from the columns; what is smaller is read afterwards.
static void more_than_a_page_holds_is_refused(void **state)
{
    struct world w;
    struct db_read *db;
    struct result_lines lines;
    struct arena *small = arena_new(160 * 1024);
    const struct result_ask lean = {.today = TODAY, .parts = true};
    const struct result_ask whole = {.today = TODAY, .parts = true, .records = RECORDS_ALL};
    start(&w, *state);
    ok(db_reader(store_db(w.p->store), &db, &e));
    ok(result_lines_load(db, small, &whole, &lines, &e));
    arena_reset(small);
    add_values(&w, 4000);
    for (int columns = 0; columns < 2; columns++) {
        assert_int_equal(result_lines_load(db, small, &lean, &lines, &e), ERR_TOO_MANY);
        arena_reset(small);
        assert_int_equal(result_lines_load(db, small, &whole, &lines, &e), ERR_TOO_MANY);
        arena_reset(small);
        ok(result_lines_load(db, w.a, &lean, &lines, &e));
        assert_true(lines.n > 0);
        write_columns(&w);
    }
    arena_free(small);
    arena_free(w.a);
}

// Those of all values that are of the period, no more and no fewer; and the periods there are.
static void values_of_a_period_are_read_alone(void **state)
{
    struct world w;
    struct db_read *db;
    struct result_lines all, some;
    struct result_span *spans;
    size_t n;
    start(&w, *state);
    ok(db_reader(store_db(w.p->store), &db, &e));
    struct result_ask ask = {.programme_id = w.programmes[0], .today = TODAY, .parts = true, .records = RECORDS_ALL};
    ok(result_lines_load(db, w.a, &ask, &all, &e));
    ok(result_spans_load(db, w.a, w.programmes[0], 1000, &spans, &n, &e));
    assert_true(n > 1);
    for (size_t i = 0; i < all.n; i++) { // every value is in one of them
        const struct result_line *line = &all.items[i];
        for (size_t k = 0; k < line->n_values; k++) {
            bool found = false;
            for (size_t s = 0; s < n; s++) {
                found = found || (strcmp(spans[s].from, line->entries[k].from) == 0 &&
                                  strcmp(spans[s].to, line->entries[k].to) == 0);
            }
            assert_true(found);
        }
    }
    for (size_t s = 0; s < n; s++) {
        assert_true(s == 0 || strcmp(spans[s - 1].to, spans[s].to) >= 0);
        ask.from = spans[s].from;
        ask.to = spans[s].to;
        ok(result_lines_load(db, w.a, &ask, &some, &e));
        assert_int_equal(some.n, all.n);
        for (size_t i = 0; i < all.n; i++) {
            size_t at = 0;
            for (size_t k = 0; k < all.items[i].n_values; k++) {
                const struct result_entry *x = &all.items[i].entries[k];
                if (strcmp(x->from, spans[s].from) == 0 && strcmp(x->to, spans[s].to) == 0) {
                    assert_true(at < some.items[i].n_values);
                    assert_string_equal(some.items[i].entries[at].id, x->id);
                    assert_string_equal(some.items[i].values[at].record->id, x->id);
                    assert_int_equal(some.items[i].values[at].n_parts, all.items[i].values[k].n_parts);
                    at++;
                }
            }
            assert_int_equal(at, some.items[i].n_values);
        }
    }
    ok(result_spans_load(db, w.a, w.programmes[0], 1, &spans, &n, &e));
    assert_int_equal(n, 1);
    arena_free(w.a);
}

// With the columns and without: what is said in words has its record, numbers have none.
static void words_come_with_their_record(void **state)
{
    struct world w;
    struct db_read *db;
    struct result_lines lines;
    struct record *r;
    start(&w, *state);
    ok(db_reader(store_db(w.p->store), &db, &e));
    ok(store_get(db, w.p->arena, &entity_indicator, w.indicators[0], &r, &e));
    record_set_text(r, "unit", "text");
    struct store_tx *tx = begin(&w);
    (void)saved(tx, &w, r);
    ok(store_commit(tx, &e));
    for (int columns = 0; columns < 2; columns++) {
        size_t n_words = 0, n_numbers = 0;
        const struct result_ask ask = {.today = TODAY, .parts = true, .records = RECORDS_OF_WORDS};
        ok(result_lines_load(db, w.a, &ask, &lines, &e));
        for (size_t i = 0; i < lines.n; i++) {
            bool words = lines.items[i].rule.unit == UNIT_TEXT;
            for (size_t k = 0; k < lines.items[i].n_values; k++) {
                const struct result_value *v = &lines.items[i].values[k];
                assert_int_equal(v->record != NULL, words);
                n_words += words;
                n_numbers += !words;
            }
        }
        assert_true(n_words > 0 && n_numbers > 0);
        write_columns(&w);
    }
    arena_free(w.a);
}

// What is said of a value is forgotten with the next one.
static void an_explanation_needs_little_more_than_its_values(void **state)
{
    struct world w;
    struct db_read *db;
    struct result_lines lines;
    struct record *r;
    struct buf out;
    struct arena *page = arena_new(LIMIT_REQUEST_BYTES);
    start(&w, *state);
    add_values(&w, 2000);
    ok(db_reader(store_db(w.p->store), &db, &e));
    ok(store_get(db, w.a, &entity_indicator, w.indicators[0], &r, &e));
    const struct result_ask ask = {
        .programme_id = w.programmes[0], .indicator_id = r->id, .today = TODAY, .parts = true, .records = RECORDS_OF_WORDS};
    ok(result_lines_load(db, page, &ask, &lines, &e));
    assert_true(lines.items[0].n_values > 40);
    size_t values = arena_used_bytes(page);
    arena_reset(page);
    buf_init(&out, w.a, LIMIT_REPLY_BYTES);
    ok(indicator_explain(page, db, &lang_en, NULL, r, &out, &e));
    assert_non_null(strstr(out.data, "Total: "));
    assert_true(arena_used_bytes(page) < values + 4096);
    arena_free(page);
    arena_free(w.a);
}

static void statements_are_three(void **state)
{
    struct world w;
    struct db_read *db;
    struct result_lines lines;
    start(&w, *state);
    ok(db_reader(store_db(w.p->store), &db, &e));
    for (int columns = 0; columns < 2; columns++) {
        db_count_reset();
        lines_of(&w, db, NULL, LEAN, &lines);
        assert_int_equal(db_count(), 3);
        write_columns(&w);
        lines_of(&w, db, NULL, LEAN, &lines); // the position is compared once
    }
    arena_free(w.a);
}

// What anybody could see of parts: characteristics, parts, their sums.
static size_t below_totals(const struct result_lines *lines)
{
    size_t n = 0;
    for (size_t i = 0; i < lines->n; i++) {
        n += lines->items[i].n_splits;
        for (size_t k = 0; k < lines->items[i].n_values; k++) {
            const struct result_value *v = &lines->items[i].values[k];
            n += v->n_parts + v->n_cuts + (v->parts != NULL) + (v->splits != NULL) + (v->cuts != NULL) +
                 (v->differs != NULL);
        }
    }
    return n;
}

static void who_does_not_ask_for_parts_gets_none(void **state)
{
    struct world w;
    struct db_read *db;
    struct result_lines lines;
    start(&w, *state);
    ok(db_reader(store_db(w.p->store), &db, &e));
    for (int columns = 0; columns < 2; columns++) {
        lines_of(&w, db, NULL, LEAN, &lines);
        assert_true(below_totals(&lines) > 0); // there are some
        ok(result_lines_load(db, w.a, &(struct result_ask){.today = TODAY}, &lines, &e));
        assert_int_equal(lines.n, INDICATORS);
        assert_int_equal(below_totals(&lines), 0);
        ok(result_lines_load(db, w.a, &(struct result_ask){.today = TODAY, .records = RECORDS_ALL}, &lines, &e));
        assert_int_equal(below_totals(&lines), 0);
        write_columns(&w);
    }
    arena_free(w.a);
}

static void parts_are_for_those_who_work_with_the_values(void **state)
{
    const struct grant reads = {.verbs = MAY_READ}, writes_here = {.verbs = MAY_READ | MAY_WRITE, .programme_id = "p"};
    const struct identity reader = {.grants = &reads, .n_grants = 1}, officer = {.grants = &writes_here, .n_grants = 1};
    (void)state;
    assert_false(result_may_see_parts(&reader, "p"));
    assert_true(result_may_see_parts(&officer, "p"));
    assert_false(result_may_see_parts(&officer, "other"));
    assert_true(result_may_see_parts(NULL, "p"));
}

static int group(const char *engine)
{
    const struct CMUnitTest tests[] = {
        TEST(one_after_the_other_says_the_same),
        TEST(memory_does_not_grow_with_the_values),
        TEST(values_one_after_the_other_are_those_of_the_lines),
        TEST(more_than_a_page_holds_is_refused),
        TEST(values_of_a_period_are_read_alone),
        TEST(words_come_with_their_record),
        TEST(an_explanation_needs_little_more_than_its_values),
        TEST(statements_are_three),
        TEST(who_does_not_ask_for_parts_gets_none),
        TEST(parts_are_for_those_who_work_with_the_values),
    };
    return cmocka_run_group_tests_name(engine, tests, NULL, NULL);
}

int main(void)
{
    return run_on_both(group);
}
