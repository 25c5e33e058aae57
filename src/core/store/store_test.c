// SPDX-License-Identifier: AGPL-3.0-or-later
//
// store_test.c: saving, the past, undo, and what verify and rebuild see when the database was
// tampered with. Runs on SQLite, and on PostgreSQL when MAINSTAY_TEST_POSTGRES names a database.

#include "store/log_test_help.h"

#include "base/date.h"
#include "os/clock.h"
#include "os/random.h"

static struct record *risk(struct place *p, const struct record *programme, const char *statement)
{
    struct record *r = record_new(p->arena, model_find("risk"));
    record_set_text(r, "programme_id", programme->id);
    record_set_text(r, "statement", statement);
    record_set_text(r, "state", "open");
    return r;
}

static void a_saved_record_is_read_back(void **state)
{
    struct place *p = *state;
    struct record *r = programme(p, "T1");
    record_set_int(r, "approved_total", 1031310000);
    record_set_text(r, "countries", " KH TH ");
    ok(save(p, r));
    struct record *found;
    ok(store_get(reader(p), p->arena, model_find("programme"), "T1", &found, &e));
    assert_string_equal(found->id, r->id);
    assert_string_equal(found->version, r->version);
    assert_int_equal(record_int(found, "approved_total"), 1031310000);
    assert_true(record_has_code(found, "countries", "TH"));
    assert_false(record_is_set(found, "objective"));
}

static void a_stale_version_is_refused(void **state)
{
    struct place *p = *state;
    struct record *r = programme(p, "T1");
    ok(save(p, r));
    struct record *stale = record_copy(p->arena, r);
    record_set_text(r, "title", "Changed first");
    ok(save(p, r));
    record_set_text(stale, "title", "Changed second");
    assert_int_equal(save(p, stale), ERR_CONFLICT);
    struct record *found;
    ok(store_get(reader(p), p->arena, r->entity, "T1", &found, &e));
    assert_string_equal(record_text(found, "title"), "Changed first");
}

static void a_code_is_taken_once(void **state)
{
    struct place *p = *state;
    ok(save(p, programme(p, "T1")));
    assert_int_equal(save(p, programme(p, "T1")), ERR_INPUT);
    assert_string_equal(e.field, "number");
}

static void a_reference_must_lead_somewhere(void **state)
{
    struct place *p = *state;
    struct record *r = programme(p, "T1");
    ok(save(p, r));
    struct record *k = risk(p, r, "Something");
    record_set_text(k, "owner_id", random_id(p->arena));
    assert_int_equal(save(p, k), ERR_INPUT);
    assert_string_equal(e.field, "owner_id");
}

static void nothing_is_written_when_nothing_changed(void **state)
{
    struct place *p = *state;
    struct record *r = programme(p, "T1");
    ok(save(p, r));
    const char *version = r->version;
    ok(save(p, r));
    assert_string_equal(r->version, version);
    struct change *changes;
    size_t n;
    ok(store_history(reader(p), p->arena, "programme", r->id, 0, &changes, &n, &e));
    assert_int_equal(n, 1);
}

static void a_change_is_undone_and_stays_in_the_history(void **state)
{
    struct place *p = *state;
    struct record *r = programme(p, "T1");
    ok(save(p, r));
    record_set_text(r, "title", "Wrong");
    ok(save(p, r));
    struct store_tx *tx;
    struct record *back;
    ok(store_begin(p->store, &tester, "a mistake", &tx, &e));
    ok(store_undo(tx, p->arena, r->version, &back, &e));
    ok(store_commit(tx, &e));
    struct record *found;
    ok(store_get(reader(p), p->arena, r->entity, "T1", &found, &e));
    assert_string_equal(record_text(found, "title"), "A programme");
    struct change *changes;
    size_t n;
    ok(store_history(reader(p), p->arena, "programme", r->id, 0, &changes, &n, &e));
    assert_int_equal(n, 3);
    assert_string_equal(changes[0].reason, "a mistake");
}

static void a_deleted_record_comes_back_by_undo(void **state)
{
    struct place *p = *state;
    struct record *r = programme(p, "T1");
    ok(save(p, r));
    struct record *k = risk(p, r, "Something");
    ok(save(p, k));
    struct store_tx *tx;
    ok(store_begin(p->store, &tester, "no more", &tx, &e));
    assert_int_equal(store_delete(tx, p->arena, r->entity, r->id, &e), ERR_CONFLICT);
    store_rollback(tx);
    ok(store_begin(p->store, &tester, "no more", &tx, &e));
    ok(store_delete(tx, p->arena, k->entity, k->id, &e));
    ok(store_commit(tx, &e));
    struct record *found;
    assert_int_equal(store_get(reader(p), p->arena, k->entity, k->id, &found, &e), ERR_NOT_FOUND);
    struct change *changes;
    size_t n;
    ok(store_history(reader(p), p->arena, "risk", k->id, 0, &changes, &n, &e));
    ok(store_begin(p->store, &tester, NULL, &tx, &e));
    ok(store_undo(tx, p->arena, changes[0].hash, &found, &e));
    ok(store_commit(tx, &e));
    ok(store_get(reader(p), p->arena, k->entity, k->id, &found, &e));
    assert_string_equal(record_text(found, "statement"), "Something");
    assert_string_equal(verdict(p, NULL), "clean");
}

static void the_past_is_read_as_it_was(void **state)
{
    struct place *p = *state;
    ok(save(p, programme(p, "T1")));
    struct record **rows;
    size_t n;
    char today[11];
    char yesterday[11];
    clock_today(today);
    date_from_days(date_to_days(today) - 1, yesterday);
    const struct entity *kind = model_find("programme");
    ok(store_list_as_of(reader(p), p->arena, kind, yesterday, NULL, &rows, &n, &e));
    assert_int_equal(n, 0);
    ok(store_list_as_of(reader(p), p->arena, kind, today, NULL, &rows, &n, &e));
    assert_int_equal(n, 1);
    assert_string_equal(record_text(rows[0], "number"), "T1");
    assert_int_equal(store_list_as_of(reader(p), p->arena, kind, "2026-02-30", NULL, &rows, &n, &e),
                     ERR_INPUT);
    const char *morning = arena_printf(p->arena, "%sT23:59:59.999Z", yesterday);
    const char *night = arena_printf(p->arena, "%sT23:59:59Z", today);
    ok(store_list_as_of(reader(p), p->arena, kind, morning, NULL, &rows, &n, &e));
    assert_int_equal(n, 0);
    ok(store_list_as_of(reader(p), p->arena, kind, night, NULL, &rows, &n, &e));
    assert_int_equal(n, 1);
    struct store_filter of = {.field = "number", .op = STORE_EQUAL, .text = "T2"};
    const struct store_query q = {.filters = &of, .n_filters = 1};
    ok(store_list_as_of(reader(p), p->arena, kind, night, &q, &rows, &n, &e));
    assert_int_equal(n, 0);
    of.text = "T1";
    ok(store_list_as_of(reader(p), p->arena, kind, night, &q, &rows, &n, &e));
    assert_int_equal(n, 1);
    assert_int_equal(store_list_as_of(reader(p), p->arena, kind, "2026-02-28T24:00:00Z", NULL, &rows,
                                      &n, &e),
                     ERR_INPUT);
}

static void lists_filter_order_and_page(void **state)
{
    struct place *p = *state;
    const char *numbers[] = {"T3", "T1", "T2"};
    for (size_t i = 0; i < 3; i++) {
        struct record *r = programme(p, numbers[i]);
        record_set_text(r, "title", i == 0 ? "100% sure_thing" : "Other");
        record_set_text(r, "areas", i == 2 ? " justice " : " data ");
        ok(save(p, r));
    }
    const struct entity *kind = model_find("programme");
    struct record **rows;
    size_t n;
    struct store_query all = {.order = "number", .limit = 2, .offset = 1};
    ok(store_list(reader(p), p->arena, kind, &all, &rows, &n, &e));
    assert_int_equal(n, 2);
    assert_string_equal(record_text(rows[0], "number"), "T2");
    struct store_filter piece = {.field = "title", .op = STORE_CONTAINS, .text = "100% SURE_"};
    struct store_query q = {.filters = &piece, .n_filters = 1};
    int64_t count;
    ok(store_count(reader(p), p->arena, kind, &q, &count, &e));
    assert_int_equal(count, 1);
    struct store_filter code = {.field = "areas", .op = STORE_HAS_CODE, .text = "justice"};
    q.filters = &code;
    ok(store_list(reader(p), p->arena, kind, &q, &rows, &n, &e));
    assert_int_equal(n, 1);
    assert_string_equal(record_text(rows[0], "number"), "T2");
    struct store_filter among = {.field = "number", .op = STORE_ONE_OF, .text = " T3 T20 T1 "};
    q.filters = &among;
    ok(store_list(reader(p), p->arena, kind, &q, &rows, &n, &e));
    assert_int_equal(n, 2);
    among.text = " T20 ";
    ok(store_list(reader(p), p->arena, kind, &q, &rows, &n, &e));
    assert_int_equal(n, 0);
}

// A chain of five changes in the compartment of one programme: each in a transaction, or all in one.
static void fill_by(struct place *p, bool together)
{
    struct store_tx *tx;
    struct record *r = programme(p, "T1");
    ok(store_begin(p->store, &tester, NULL, &tx, &e));
    ok(store_save(tx, p->arena, r, &e));
    for (int i = 0; i < 4; i++) {
        if (!together) {
            ok(store_commit(tx, &e));
            ok(store_begin(p->store, &tester, NULL, &tx, &e));
        }
        ok(store_save(tx, p->arena, risk(p, r, arena_printf(p->arena, "Risk %d", i)), &e));
    }
    ok(store_commit(tx, &e));
    assert_string_equal(verdict(p, NULL), "clean");
}

static void fill(struct place *p)
{
    fill_by(p, false);
}

static void one_signature_stands_at_the_end_of_each_chain_of_a_transaction(void **state)
{
    struct place *p = *state;
    struct store_tx *tx;
    fill_by(p, true);
    assert_int_equal(count_of(p, "SELECT COUNT(*) FROM change"), 5);
    assert_int_equal(count_of(p, "SELECT MAX(seq) FROM change WHERE signature <> ''"), 5);
    assert_int_equal(count_of(p, "SELECT COUNT(*) FROM change WHERE signature <> ''"), 1);
    struct record *a = programme(p, "T2"), *b = programme(p, "T3");
    ok(store_begin(p->store, &tester, NULL, &tx, &e));
    ok(store_save(tx, p->arena, a, &e));
    ok(store_save(tx, p->arena, b, &e));
    ok(store_save(tx, p->arena, risk(p, a, "One"), &e));
    ok(store_commit(tx, &e));
    assert_int_equal(count_of(p, "SELECT COUNT(*) FROM change WHERE signature <> ''"), 3);
    assert_string_equal(verdict(p, NULL), "clean");
    ok(store_begin(p->store, &tester, NULL, &tx, &e)); // nothing was changed: nothing is signed
    ok(store_commit(tx, &e));
    assert_string_equal(verdict(p, NULL), "clean");
}

static void verify_names_what_was_done(void **state, bool together)
{
    static const struct {
        const char *done;
        const char *sql;
        const char *what;
        int64_t seq;
    } cases[] = {
        {"a byte of the content", "UPDATE change SET fields = REPLACE(fields, 'Risk 1', 'Risk X') "
                                  "WHERE seq = 3", "changed", 3},
        {"the actor", "UPDATE change SET actor = 'somebody' WHERE seq = 2", "changed", 2},
        {"the hash", "UPDATE change SET hash = REPLACE(hash, SUBSTR(hash, 1, 1), 'z') "
                     "WHERE seq = 4", "changed", 4},
        {"a change in the middle", "DELETE FROM change WHERE seq = 3", "missing", 3},
        {"the last change", "DELETE FROM change WHERE seq = 5", "missing", 5},
        {"the whole chain", "DELETE FROM change", "missing", 1},
        {"a forged change", "INSERT INTO change SELECT compartment, node, 6, format, hash, hash, "
                            "kind, record_id, op, base, fields, actor, reason, logical + 1, wall, "
                            "signature FROM change WHERE seq = 5", "changed", 6},
        {"a signature taken away", "UPDATE change SET signature = '' WHERE seq = 5", "inserted", 5},
        {"a signature of other content", "UPDATE change SET signature = (SELECT signature FROM change WHERE "
                                         "compartment = 'organisation' OR seq = 1 LIMIT 1) || '0' WHERE seq = 5",
         "inserted", 5},
        {"two numbers", "UPDATE change SET seq = CASE seq WHEN 2 THEN 103 ELSE 102 END "
                        "WHERE seq IN (2, 3)", "reordered", 0},
        {"the table", "UPDATE risk SET statement = 'Rosy'", "table differs", 0},
        {"a row of the table", "DELETE FROM risk", "table differs", 0},
    };
    struct place *p = *state;
    fill_by(p, together);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        // Each case begins from the same log, kept aside in a table of its own.
        if (i == 0) {
            tamper(p, "CREATE TABLE kept AS SELECT * FROM change");
        }
        tamper(p, "DELETE FROM change");
        tamper(p, "INSERT INTO change SELECT * FROM kept");
        int64_t differences;
        ok(store_rebuild(p->store, p->arena, true, &differences, &e));
        assert_string_equal(verdict(p, NULL), "clean");
        tamper(p, cases[i].sql);
        if (strcmp(cases[i].what, "reordered") == 0) {
            tamper(p, "UPDATE change SET seq = seq - 100 WHERE seq > 100");
        }
        int64_t seq = 0;
        const char *what = verdict(p, &seq);
        if (strcmp(what, cases[i].what) != 0 || (cases[i].seq != 0 && seq != cases[i].seq)) {
            fail_msg("%s: found %s at %lld", cases[i].done, what, (long long)seq);
        }
    }
}

static void verify_names_what_was_done_to_single_changes(void **state)
{
    verify_names_what_was_done(state, false);
}

static void verify_names_what_was_done_to_changes_made_together(void **state)
{
    verify_names_what_was_done(state, true);
}

static struct record *attached(struct place *p, const char *kind, const char *id)
{
    struct record *r = record_new(p->arena, model_find("evidence"));
    record_set_text(r, "about_kind", kind);
    record_set_text(r, "about_id", id);
    record_set_text(r, "title", "A letter");
    return r;
}

// More records than an arena holds, whichever way they are read.
static void a_list_that_is_too_long_is_refused(void **state)
{
    struct place *p = *state;
    const struct entity *kind = model_find("risk");
    struct record *above = programme(p, "T1");
    struct store_tx *tx;
    struct record **rows;
    struct change *changes;
    size_t n;
    ok(save(p, above));
    ok(store_begin(p->store, &tester, NULL, &tx, &e));
    for (int i = 0; i < 1000; i++) {
        ok(store_save(tx, p->arena, risk(p, above, "Somebody is found by those who threaten them"), &e));
    }
    ok(store_commit(tx, &e));
    struct arena *small = arena_new(512 * 1024);
    assert_int_equal(store_list(reader(p), small, kind, NULL, &rows, &n, &e), ERR_TOO_MANY);
    arena_reset(small);
    assert_int_equal(store_history(reader(p), small, NULL, NULL, 0, &changes, &n, &e), ERR_TOO_MANY);
    arena_reset(small);
    char today[11];
    clock_today(today);
    assert_int_equal(store_list_as_of(reader(p), small, kind, today, NULL, &rows, &n, &e), ERR_TOO_MANY);
    arena_reset(small);
    ok(store_begin(p->store, &tester, NULL, &tx, &e));
    assert_int_equal(store_list(store_tx_read(tx), small, kind, NULL, &rows, &n, &e), ERR_TOO_MANY);
    store_rollback(tx);
    arena_reset(small);
    ok(store_list(reader(p), small, kind, &(struct store_query){.limit = 50}, &rows, &n, &e));
    assert_int_equal(n, 50);
    arena_free(small);
}

static const char *country_of(struct place *p, const struct record *r)
{
    const char *country;
    struct db_read *db;
    ok(db_reader(store_db(p->store), &db, &e));
    ok(store_country_of(db, p->arena, r, &country, &e));
    return country;
}

static void the_country_of_a_record_is_found_above_it(void **state)
{
    struct place *p = *state;
    struct store_tx *tx;
    struct record *o = record_new(p->arena, model_find("obligation"));
    record_set_text(o, "country", "NA");
    record_set_text(o, "instrument", "UNTOC");
    record_set_text(o, "status", "party");
    ok(save(p, o));
    struct record *of = attached(p, "obligation", o->id), *gone = attached(p, "obligation", "01k0000000000000000000gone");
    struct record *itself = attached(p, "evidence", "01k00000000000000000itself");
    itself->id = "01k00000000000000000itself";
    ok(save(p, of));
    ok(save(p, itself));
    assert_string_equal(country_of(p, o), "NA");
    assert_string_equal(country_of(p, of), "NA");
    assert_string_equal(country_of(p, attached(p, "evidence", of->id)), "NA");
    assert_string_equal(country_of(p, gone), "");
    assert_string_equal(country_of(p, itself), ""); // and it ends
    ok(store_begin(p->store, &tester, NULL, &tx, &e));
    ok(store_delete(tx, p->arena, o->entity, o->id, &e));
    ok(store_commit(tx, &e));
    assert_string_equal(country_of(p, of), "");
}

// Also where the text is no JSON any more.
static void verify_names_the_change_whichever_byte_of_its_content_was_altered(void **state)
{
    struct place *p = *state;
    fill_by(p, false);
    tamper(p, "CREATE TABLE kept AS SELECT * FROM change");
    int64_t length = count_of(p, "SELECT LENGTH(fields) FROM change WHERE seq = 3");
    assert_true(length > 20);
    for (int64_t at = 1; at <= length; at++) {
        int64_t seq = 0;
        tamper(p, arena_printf(p->arena, "UPDATE change SET fields = SUBSTR(fields, 1, %d) || '~' || SUBSTR(fields, %d) "
                                         "WHERE seq = 3", (int)at - 1, (int)at + 1));
        assert_string_equal(verdict(p, &seq), "changed");
        assert_int_equal(seq, 3);
        int64_t differences;
        struct err_info why;
        if (at == 1) { // the tables are not made from what cannot be read
            assert_int_equal(store_rebuild(p->store, p->arena, true, &differences, &why), ERR_DAMAGED);
        }
        tamper(p, "DELETE FROM change");
        tamper(p, "INSERT INTO change SELECT * FROM kept");
    }
    assert_string_equal(verdict(p, NULL), "clean");
}

static void rebuild_makes_the_tables_equal_to_the_log(void **state)
{
    struct place *p = *state;
    fill(p);
    int64_t differences;
    ok(store_rebuild(p->store, p->arena, true, &differences, &e));
    assert_int_equal(differences, 0);
    tamper(p, "UPDATE risk SET statement = 'Rosy' WHERE statement = 'Risk 1'");
    tamper(p, "DELETE FROM risk WHERE statement = 'Risk 2'");
    ok(store_rebuild(p->store, p->arena, false, &differences, &e));
    assert_int_equal(differences, 2);
    assert_string_equal(verdict(p, NULL), "table differs");
    ok(store_rebuild(p->store, p->arena, true, &differences, &e));
    assert_int_equal(differences, 2);
    assert_string_equal(verdict(p, NULL), "clean");
    ok(store_rebuild(p->store, p->arena, true, &differences, &e));
    assert_int_equal(differences, 0);
    // A log that was altered is no truth: the tables stay, they may be what is left of it.
    struct err_info why;
    tamper(p, "UPDATE change SET fields = REPLACE(fields, 'Risk 1', 'Rosy 1')");
    assert_int_equal(store_rebuild(p->store, p->arena, true, &differences, &why), ERR_DAMAGED);
    assert_int_equal(count_of(p, "SELECT COUNT(*) FROM risk WHERE statement LIKE 'Rosy%'"), 0);
}

static void count_saves(void *context)
{
    ++*(int *)context;
}

static void who_wants_to_know_is_told_of_every_save(void **state)
{
    struct place *p = *state;
    struct store_tx *tx;
    int n = 0;
    store_when_saved(p->store, count_saves, &n);
    struct record *r = programme(p, "T1");
    ok(save(p, r));
    assert_int_equal(n, 1);
    ok(save(p, r)); // nothing changed
    assert_int_equal(n, 1);
    ok(store_begin(p->store, &tester, NULL, &tx, &e));
    ok(store_save(tx, p->arena, risk(p, r, "One"), &e));
    store_rollback(tx);
    assert_int_equal(n, 1);
    ok(store_begin(p->store, &tester, NULL, &tx, &e));
    ok(store_save(tx, p->arena, risk(p, r, "One"), &e));
    ok(store_save(tx, p->arena, risk(p, r, "Two"), &e));
    assert_int_equal(n, 1);
    ok(store_commit(tx, &e));
    assert_int_equal(n, 2);
    store_when_saved(p->store, NULL, NULL);
    ok(save(p, risk(p, r, "Three")));
    assert_int_equal(n, 2);
}

static void a_file_is_checked_when_it_is_read(void **state)
{
    struct place *p = *state;
    const char *hash;
    const char *bytes;
    size_t len;
    ok(store_file_put(p->store, p->arena, "minutes", 7, &hash, &e));
    ok(store_file_get(p->store, p->arena, hash, &bytes, &len, &e));
    assert_memory_equal(bytes, "minutes", 7);
    char path[256];
    snprintf(path, sizeof path, "%s/files/%.2s/%s", p->folder, hash, hash + 2);
    FILE *f = fopen(path, "w");
    fputs("minuteX", f);
    fclose(f);
    assert_int_equal(store_file_get(p->store, p->arena, hash, &bytes, &len, &e), ERR_DAMAGED);
    assert_int_equal(store_file_get(p->store, p->arena, "../keys", &bytes, &len, &e),
                     ERR_NOT_FOUND);
}

static int group(const char *engine)
{
    const struct CMUnitTest tests[] = {
        TEST(a_saved_record_is_read_back),
        TEST(a_stale_version_is_refused),
        TEST(a_code_is_taken_once),
        TEST(a_reference_must_lead_somewhere),
        TEST(nothing_is_written_when_nothing_changed),
        TEST(a_change_is_undone_and_stays_in_the_history),
        TEST(a_deleted_record_comes_back_by_undo),
        TEST(the_past_is_read_as_it_was),
        TEST(lists_filter_order_and_page),
        TEST(verify_names_what_was_done_to_single_changes),
        TEST(verify_names_what_was_done_to_changes_made_together),
        TEST(the_country_of_a_record_is_found_above_it),
        TEST(a_list_that_is_too_long_is_refused),
        TEST(verify_names_the_change_whichever_byte_of_its_content_was_altered),
        TEST(one_signature_stands_at_the_end_of_each_chain_of_a_transaction),
        TEST(rebuild_makes_the_tables_equal_to_the_log),
        TEST(who_wants_to_know_is_told_of_every_save),
        TEST(a_file_is_checked_when_it_is_read),
    };
    return cmocka_run_group_tests_name(engine, tests, NULL, NULL);
}

int main(void)
{
    return run_on_both(group);
}
