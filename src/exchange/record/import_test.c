// SPDX-License-Identifier: AGPL-3.0-or-later
//
// import_test.c: what an import remembers of a file: it has a ceiling, and is never stale.

#include "exchange/record/record_io.h"

#include "format/csv/csv_read.h"
#include "store/store_test_help.h"

static const struct actor tester = {.name = "tester"};

// Partners that the file names by their ids, read into so much memory.
static enum err import_partners(struct place *p, const char *programme_id, int n, size_t memory)
{
    struct arena *a = arena_new(memory);
    struct buf csv;
    struct store_tx *tx;
    buf_init(&csv, p->arena, LIMIT_REPLY_BYTES);
    buf_printf(&csv, "id,programme_id,name\n");
    for (int i = 0; i < n; i++) {
        buf_printf(&csv, "01m83q02%018d,%s,Partner\n", i, programme_id);
    }
    ok(store_begin(p->store, &tester, NULL, &tx, &e));
    struct import im = {.arena = a, .tx = tx};
    enum err err = import_csv(&im, model_find("partner"), &(struct csv_from){.bytes = csv.data, .len = csv.len}, &e);
    store_rollback(tx);
    arena_free(a);
    return err;
}

static void records_named_by_id_have_a_ceiling(void **state)
{
    struct place *p = *state;
    struct store_tx *tx;
    struct record *r = programme(p, "P1");
    ok(store_begin(p->store, &tester, NULL, &tx, &e));
    ok(store_save(tx, p->arena, r, &e));
    ok(store_commit(tx, &e));
    ok(import_partners(p, r->id, 100, 128 * 1024));
    assert_int_equal(import_partners(p, r->id, 2000, 128 * 1024), ERR_TOO_MANY);
    assert_memory_equal(e.field, "row ", 4); // the one that was too many
}

// Rows that name the same programme ask for it once; also after it was renumbered on the way the right one is found.
static void the_programme_of_the_row_before_is_not_asked_for_again(void **state)
{
    struct place *p = *state;
    const char *names[] = {"programme_id", "name"};
    const char *renumber[] = {"id", "number"};
    struct store_tx *tx;
    struct record *first = programme(p, "P1"), *second = programme(p, "P2"), **found;
    static const char *const named[] = {"P1", "P1", "P2", "P1"};
    unsigned asked[4];
    size_t n;
    ok(store_begin(p->store, &tester, NULL, &tx, &e));
    ok(store_save(tx, p->arena, first, &e));
    ok(store_save(tx, p->arena, second, &e));
    struct import im = {.arena = p->arena, .tx = tx};
    for (int i = 0; i < 4; i++) {
        db_count_reset();
        ok(import_texts(&im, model_find("partner"), "row", names, (const char *[]){named[i], "One"}, 2, &e));
        asked[i] = db_count();
    }
    assert_true(asked[1] < asked[3]); // when both were saved to before
    ok(import_texts(&im, model_find("programme"), "row", renumber, (const char *[]){first->id, "P3"}, 2, &e));
    ok(import_texts(&im, model_find("programme"), "row", renumber, (const char *[]){second->id, "P1"}, 2, &e));
    ok(import_texts(&im, model_find("partner"), "row", names, (const char *[]){"P1", "Three"}, 2, &e));
    ok(store_list_by(store_tx_read(tx), p->arena, model_find("partner"), "programme_id", second->id, &found, &n, &e));
    assert_int_equal(n, 2);
    assert_string_equal(record_text(found[1], "name"), "Three");
    store_rollback(tx);
}

static int group(const char *engine)
{
    const struct CMUnitTest tests[] = {
        TEST(records_named_by_id_have_a_ceiling),
        TEST(the_programme_of_the_row_before_is_not_asked_for_again),
    };
    return cmocka_run_group_tests_name(engine, tests, NULL, NULL);
}

int main(void)
{
    return run_on_both(group);
}
