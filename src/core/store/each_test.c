// SPDX-License-Identifier: AGPL-3.0-or-later
//
// each_test.c: records one after the other say what the list says, on both engines.

#include "store/store_test_help.h"

#include "base/buf.h"
#include "store/list_private.h"

static const struct actor tester = {.name = "tester"};

struct said {
    struct db_read *db;
    struct buf text;
    size_t n;
    size_t most_bytes; // of the row, when it came
    size_t stop_at;    // 0: never
};

static struct db_read *reader(struct place *p)
{
    struct db_read *db;
    ok(db_reader(store_db(p->store), &db, &e));
    return db;
}

static enum err say(void *context, struct arena *row, struct record *r, struct err_info *why)
{
    struct said *s = context;
    struct record *same;
    size_t used = arena_used_bytes(row);
    s->most_bytes = used > s->most_bytes ? used : s->most_bytes;
    buf_printf(&s->text, "%s %s\n", r->id, record_code(r));
    s->n++;
    if (s->n == s->stop_at) {
        return err_set(why, ERR_STALE, NULL, MSG("Enough."), NULL, NULL);
    }
    return store_get(s->db, row, r->entity, r->id, &same, why); // something else is read meanwhile
}

static const char *list_said(struct place *p, const struct entity *kind, const struct store_query *q)
{
    struct record **rows;
    struct buf text;
    size_t n;
    buf_init(&text, p->arena, LIMIT_REPLY_BYTES);
    ok(store_list(reader(p), p->arena, kind, q, &rows, &n, &e));
    for (size_t i = 0; i < n; i++) {
        buf_printf(&text, "%s %s\n", rows[i]->id, record_code(rows[i]));
    }
    return text.data;
}

// Programmes of three totals and of none, risks of one of them.
static void fill(struct place *p, int n_risks)
{
    static int number;
    struct store_tx *tx;
    struct record *r = NULL;
    ok(store_begin(p->store, &tester, NULL, &tx, &e));
    for (int i = 0; i < 14; i++) {
        r = programme(p, arena_printf(p->arena, "P%d", number++));
        record_set_text(r, "title", i % 2 == 0 ? "Even" : "Odd");
        if (i % 4 != 3) {
            record_set_int(r, "approved_total", i % 4 * 100000);
        }
        if (i % 5 != 0) {
            record_set_text(r, "source", arena_printf(p->arena, "Source %d", i % 3));
        }
        ok(store_save(tx, p->arena, r, &e));
    }
    for (int i = 0; i < n_risks; i++) {
        struct record *risk = record_new(p->arena, model_find("risk"));
        record_set_text(risk, "programme_id", r->id);
        record_set_text(risk, "statement", "Somebody is found by those who threaten them");
        record_set_text(risk, "state", "open");
        ok(store_save(tx, p->arena, risk, &e));
    }
    ok(store_commit(tx, &e));
}

static struct said each(struct place *p, const struct entity *kind, const struct store_query *q, int64_t page_rows)
{
    struct said s = {.db = reader(p)};
    buf_init(&s.text, p->arena, LIMIT_REPLY_BYTES);
    ok(each_in_pages(s.db, kind, q, page_rows, say, &s, &e));
    return s;
}

// By text, by number and by id, with and without conditions, however the pages fall: also in the middle of equal values,
// between the last value and what has none, and at the very end.
static void pages_say_what_the_list_says(void **state)
{
    struct place *p = *state;
    const struct entity *kind = model_find("programme");
    const struct store_filter even = {"title", STORE_EQUAL, "Even"};
    static const char *const orders[] = {NULL, "source", "approved_total", "title"};
    fill(p, 30);
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        for (int64_t page = 1; page <= 15; page++) {
            for (size_t filters = 0; filters < 2; filters++) {
                struct store_query q = {.filters = &even, .n_filters = filters, .order = orders[i]};
                assert_string_equal(each(p, kind, &q, page).text.data, list_said(p, kind, &q));
            }
        }
    }
    const struct entity *risks = model_find("risk");
    assert_string_equal(each(p, risks, NULL, 7).text.data, list_said(p, risks, NULL));
    assert_int_equal(each(p, model_find("partner"), NULL, 7).n, 0);
}

static void memory_does_not_grow_with_the_records(void **state)
{
    struct place *p = *state;
    fill(p, 10);
    struct said few = each(p, model_find("risk"), NULL, 100);
    fill(p, 990);
    struct said many = each(p, model_find("risk"), NULL, 100);
    assert_int_equal(few.n, 10);
    assert_int_equal(many.n, 1000);
    assert_int_equal(many.most_bytes, few.most_bytes);
}

static void an_error_ends_it_and_the_next_is_read(void **state)
{
    struct place *p = *state;
    struct said s = {.db = reader(p), .stop_at = 3};
    fill(p, 10);
    buf_init(&s.text, p->arena, LIMIT_REPLY_BYTES);
    assert_int_equal(store_each(s.db, model_find("risk"), NULL, say, &s, &e), ERR_STALE);
    assert_int_equal(s.n, 3);
    assert_int_equal(each(p, model_find("risk"), NULL, 4).n, 10);
}

// What another saves meanwhile is not in it.
static enum err save_meanwhile(void *context, struct arena *row, struct record *r, struct err_info *why)
{
    struct place *p = context;
    struct store_tx *tx;
    struct record *another = record_copy(row, r);
    another->id = another->version = NULL;
    record_set_text(another, "title", "Meanwhile");
    record_set_text(another, "number", arena_printf(row, "%s-%s", record_text(r, "number"), "2"));
    assert_string_not_equal(record_text(r, "title"), "Meanwhile");
    ok(store_begin(p->store, &tester, NULL, &tx, why));
    ok(store_save(tx, row, another, why));
    return store_commit(tx, why);
}

static void all_are_of_one_state(void **state)
{
    struct place *p = *state;
    fill(p, 0);
    ok(each_in_pages(reader(p), model_find("programme"), NULL, 3, save_meanwhile, p, &e));
    assert_int_equal(each(p, model_find("programme"), NULL, 100).n, 28);
}

static int group(const char *engine)
{
    const struct CMUnitTest tests[] = {
        TEST(pages_say_what_the_list_says),
        TEST(memory_does_not_grow_with_the_records),
        TEST(an_error_ends_it_and_the_next_is_read),
        TEST(all_are_of_one_state),
    };
    return cmocka_run_group_tests_name(engine, tests, NULL, NULL);
}

int main(void)
{
    return run_on_both(group);
}
