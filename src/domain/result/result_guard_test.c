// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_guard_test.c: what no way of saving a value may break, also within one transaction, where the rule remembers
// what it asked.

#include "store/store_test_help.h"

#include "result/result.h"

struct world {
    struct place *p;
    struct store_tx *tx;
    struct record *programme;
    const char *indicator;
};

static void start(struct world *w, void *state)
{
    static const struct actor owner = {.name = "owner"};
    *w = (struct world){.p = state};
    struct arena *a = w->p->arena;
    ok(store_begin(w->p->store, &owner, "test", &w->tx, &e));
    w->programme = programme(w->p, "P1");
    record_set_text(w->programme, "countries", " NA NE ");
    ok(store_save(w->tx, a, w->programme, &e));
    struct record *r = record_new(a, &entity_indicator);
    record_set_text(r, "programme_id", w->programme->id);
    record_set_text(r, "code", "I1");
    record_set_text(r, "title", "People who were heard");
    record_set_text(r, "unit", "count");
    record_set_text(r, "direction", "more");
    record_set_text(r, "accumulation", "per_period");
    record_set_text(r, "state", "active");
    ok(store_save(w->tx, a, r, &e));
    w->indicator = r->id;
}

static struct record *value_of(struct world *w, const char *month, const char *country)
{
    struct arena *a = w->p->arena;
    struct record *r = record_new(a, &entity_observation);
    record_set_text(r, "indicator_id", w->indicator);
    record_set_text(r, "period_from", arena_printf(a, "2026-%s-01", month));
    record_set_text(r, "period_to", arena_printf(a, "2026-%s-28", month));
    record_set_text(r, "country", country);
    record_set_text(r, "value", "7");
    record_set_text(r, "state", "entered");
    return r;
}

static enum err save(struct world *w, struct record *r)
{
    return store_save(w->tx, w->p->arena, r, &e);
}

static void assert_refused(enum err err, const char *field)
{
    assert_int_equal(err, ERR_INPUT);
    assert_string_equal(e.field, field);
}

static const char *found_at(struct world *w, struct record *r)
{
    const char *id;
    ok(observation_at(w->p->arena, store_tx_read(w->tx), r, &id, &e));
    return id;
}

static void one_value_for_a_period_and_place(void **state)
{
    struct world w;
    start(&w, *state);
    struct record *first = value_of(&w, "01", "NA");
    ok(save(&w, first));
    assert_refused(save(&w, value_of(&w, "01", "NA")), "period_to");
    ok(save(&w, value_of(&w, "01", "NE")));
    ok(save(&w, value_of(&w, "01", "")));
    assert_refused(save(&w, value_of(&w, "01", "")), "period_to");
    record_set_text(first, "country", "NE");
    assert_refused(save(&w, first), "period_to"); // moved onto another
    store_rollback(w.tx);
}

// "Free" serves for one save: the next one at the same place asks.
static void that_a_place_is_free_is_believed_once(void **state)
{
    struct world w;
    start(&w, *state);
    ok(save(&w, value_of(&w, "01", "NA"))); // now the indicator is known
    assert_null(found_at(&w, value_of(&w, "02", "NA")));
    struct record *r = value_of(&w, "02", "NA");
    ok(save(&w, r));
    assert_string_equal(found_at(&w, value_of(&w, "02", "NA")), r->id);
    assert_refused(save(&w, value_of(&w, "02", "NA")), "period_to");

    assert_null(found_at(&w, value_of(&w, "03", "NA")));
    ok(save(&w, value_of(&w, "04", "NA"))); // somewhere else, then there twice
    ok(save(&w, value_of(&w, "03", "NA")));
    assert_refused(save(&w, value_of(&w, "03", "NA")), "period_to");

    assert_null(found_at(&w, value_of(&w, "05", "NE")));
    assert_refused(save(&w, value_of(&w, "04", "NA")), "period_to"); // asked for another place
    store_rollback(w.tx);
}

// An import: after some questions the places are noted, and what is free is known without asking.
static void of_many_values_none_is_saved_twice(void **state)
{
    struct world w;
    struct record *all[300];
    start(&w, *state);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 300; i++) {
            struct record *r = value_of(&w, "01", i % 3 == 0 ? "NA" : "NE");
            record_set_text(r, "period_from", arena_printf(w.p->arena, "%d-01-01", 1700 + i));
            record_set_text(r, "period_to", arena_printf(w.p->arena, "%d-06-30", 1700 + i));
            const char *id = found_at(&w, r);
            if (round == 0) {
                assert_null(id);
                all[i] = r;
                ok(save(&w, r));
            } else {
                assert_string_equal(id, all[i]->id);
            }
            assert_refused(save(&w, record_copy(w.p->arena, &(struct record){.entity = r->entity, .values = r->values})),
                           "period_to");
        }
    }
    db_count_reset(); // what is free is known without asking
    assert_null(found_at(&w, value_of(&w, "07", "NA")));
    assert_int_equal(db_count(), 0);
    // Every one of these places is free once.
    for (int i = 0; i < 300; i++) {
        struct record *r = value_of(&w, "02", "");
        record_set_text(r, "period_from", arena_printf(w.p->arena, "%d-01-01", 1700 + i));
        ok(save(&w, r));
        assert_refused(save(&w, record_copy(w.p->arena, &(struct record){.entity = r->entity, .values = r->values})),
                       "period_to");
    }
    // A value that moves away leaves its place free.
    record_set_text(all[7], "country", "NA");
    ok(save(&w, all[7]));
    struct record *again = value_of(&w, "01", "NE");
    record_set_text(again, "period_from", record_text(all[7], "period_from"));
    record_set_text(again, "period_to", record_text(all[7], "period_to"));
    assert_null(found_at(&w, again));
    ok(save(&w, again));
    store_rollback(w.tx);
}

static void what_an_update_changes_is_asked_anew(void **state)
{
    struct world w;
    start(&w, *state);
    ok(save(&w, value_of(&w, "01", "NE")));
    record_set_text(w.programme, "countries", " NA ");
    ok(save(&w, w.programme));
    assert_refused(save(&w, value_of(&w, "02", "NE")), "country");
    ok(save(&w, value_of(&w, "02", "NA")));
    struct record *indicator;
    ok(store_get(store_tx_read(w.tx), w.p->arena, &entity_indicator, w.indicator, &indicator, &e));
    record_set_text(indicator, "unit", "yes_no");
    ok(save(&w, indicator));
    assert_refused(save(&w, value_of(&w, "03", "NA")), "value");
    store_rollback(w.tx);
}

static void outside_of_a_transaction_nothing_is_remembered(void **state)
{
    struct world w;
    struct db_read *db;
    start(&w, *state);
    struct record *r = value_of(&w, "01", "NA");
    ok(save(&w, r));
    ok(store_commit(w.tx, &e));
    ok(db_reader(store_db(w.p->store), &db, &e));
    assert_null(store_known(db, &entity_indicator, w.indicator));
    const char *id;
    ok(observation_at(w.p->arena, db, value_of(&w, "01", "NA"), &id, &e));
    assert_string_equal(id, r->id);
}

static int group(const char *engine)
{
    const struct CMUnitTest tests[] = {
        TEST(one_value_for_a_period_and_place),
        TEST(that_a_place_is_free_is_believed_once),
        TEST(of_many_values_none_is_saved_twice),
        TEST(what_an_update_changes_is_asked_anew),
        TEST(outside_of_a_transaction_nothing_is_remembered),
    };
    return cmocka_run_group_tests_name(engine, tests, NULL, NULL);
}

int main(void)
{
    return run_on_both(group);
}
