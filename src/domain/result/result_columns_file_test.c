// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_columns_file_test.c: the file of columns while it is missing, damaged, of another log or renewed.

#include "result/result_columns_test_help.h"

static void compare(struct world *w, bool columns)
{
    assert_true(lines_are_the_same(w, columns));
}

static void no_row(void *context, const struct result_cube_row *row)
{
    (void)context;
    (void)row;
}

static const char *file_bytes(struct world *w, size_t *n)
{
    const char *bytes;
    ok(file_read(w->p->arena, result_columns_path(w->p->arena, w->p->store), LIMIT_REQUEST_BYTES, &bytes, n, &e));
    return bytes;
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
    assert_string_equal(lines_said(&w, db, NULL, LEAN, true), lines_said(&w, db, NULL, TABLES, true));
    const struct result_cube ask = {.by = BY_COUNTRY};
    bool done;
    ok(result_cube_of(db, w.a, &ask, no_row, NULL, &done, &e));
    assert_false(done);
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
    lines_of(&w, db, NULL, LEAN, &lines);
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
        TEST(a_damaged_file_is_not_used),
        TEST(a_file_of_another_log_is_not_used),
        TEST(made_anew_it_has_the_same_bytes),
        TEST(an_answer_that_is_read_goes_on_while_the_file_is_renewed),
    };
    return cmocka_run_group_tests_name(engine, tests, NULL, NULL);
}

int main(void)
{
    return run_on_both(group);
}
