// SPDX-License-Identifier: AGPL-3.0-or-later
//
// bundle_test.c: changes that share a row of the log are read, checked and undone as if each had a row of its own.

#include "store/log_test_help.h"

#include <sodium.h>

#include "os/clock.h"

static struct record *partner(struct place *p, const struct record *of, int i)
{
    struct record *r = record_new(p->arena, model_find("partner"));
    record_set_text(r, "programme_id", of->id);
    record_set_text(r, "name", arena_printf(p->arena, "Partner %d", i));
    return r;
}

// So many partners in one transaction, in `all`.
static struct record *import(struct place *p, struct record **all, int n)
{
    struct store_tx *tx;
    struct record *above = programme(p, "T1");
    char *objective = arena_alloc(p->arena, 5001); // longer than what is gathered before it is hashed
    memset(objective, 'o', 5000);
    record_set_text(above, "objective", objective);
    ok(save(p, above));
    ok(store_begin(p->store, &tester, "an import", &tx, &e));
    for (int i = 0; i < n; i++) {
        all[i] = partner(p, above, i);
        ok(store_save(tx, p->arena, all[i], &e));
    }
    ok(store_commit(tx, &e));
    return above;
}

static int64_t bundles(struct place *p)
{
    return count_of(p, "SELECT COUNT(*) FROM change WHERE kind = 'bundle'");
}

// ---- the hash of a change, written down once more from docs/change-log.md --------------------------------------------

static void hash_of(struct place *p, const struct change *c, char out[65])
{
    const char *text = "mainstay-change 1\n";
    const char *pieces[][2] = {
        {"compartment", c->compartment}, {"node", c->node},
        {"seq", arena_printf(p->arena, "%lld", (long long)c->seq)},
        {"format", "1"}, {"previous", c->previous}, {"kind", c->kind}, {"record_id", c->record_id},
        {"op", c->op}, {"base", c->base}, {"fields", c->fields}, {"actor", c->actor}, {"reason", c->reason},
        {"logical", arena_printf(p->arena, "%lld", (long long)c->logical)}, {"wall", c->wall}};
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        text = arena_printf(p->arena, "%s%s %zu\n%s\n", text, pieces[i][0], strlen(pieces[i][1]), pieces[i][1]);
    }
    unsigned char hash[32];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)text, strlen(text), NULL, 0);
    sodium_bin2hex(out, 65, hash, sizeof hash);
}

struct walk {
    struct place *p;
    struct record **all;
    int n;
    const char *before; // hash of the change before
    int64_t seq, logical;
};

static enum err meet(void *context, const struct change *c, struct err_info *why)
{
    struct walk *w = context;
    char hash[65];
    (void)why;
    hash_of(w->p, c, hash);
    assert_string_equal(hash, c->hash);
    assert_string_equal(c->previous, w->before);
    assert_int_equal(c->seq, w->seq + 1);
    assert_true(c->logical > w->logical);
    if (strcmp(c->kind, "partner") == 0) {
        assert_string_equal(c->record_id, w->all[w->n]->id);
        assert_string_equal(c->hash, w->all[w->n]->version);
        assert_string_equal(c->wall, w->all[w->n]->changed_at);
        assert_string_equal(c->op, "create");
        w->n++;
    }
    w->before = arena_copy(w->p->arena, c->hash);
    w->seq = c->seq;
    w->logical = c->logical;
    return ERR_NONE;
}

static void changes_of_an_import_share_rows_and_are_told_apart(void **state)
{
    struct place *p = *state;
    struct record *all[500];
    static const char *const kinds[] = {"programme", "partner", NULL};
    struct store_since since;
    import(p, all, 500);
    assert_in_range(bundles(p), 4, 20); // of 100 at most, those of one millisecond of the logical time
    assert_true(count_of(p, "SELECT COUNT(*) FROM change") < 120);
    struct walk w = {.p = p, .all = all, .before = ""};
    ok(store_since(reader(p), p->arena, "", kinds, 1000, meet, &w, &since, &e));
    assert_int_equal(w.n, 500);
    assert_int_equal(since.n, 501);
    struct store_fault *faults;
    size_t n;
    int64_t n_changes;
    ok(store_verify(p->store, p->arena, &faults, &n, &n_changes, &e));
    assert_int_equal(n, 0);
    assert_int_equal(n_changes, 501);
}

static void a_person_at_a_form_makes_no_bundle(void **state)
{
    struct place *p = *state;
    struct record *all[60];
    import(p, all, 60);
    assert_int_equal(bundles(p), 0);
}

static void every_record_of_an_import_has_its_history_and_its_past(void **state)
{
    struct place *p = *state;
    struct record *all[300];
    struct change *changes;
    struct record **rows;
    size_t n;
    import(p, all, 300);
    record_set_text(all[250], "name", "Changed since");
    ok(save(p, all[250]));
    for (int i = 0; i < 300; i++) {
        ok(store_history(reader(p), p->arena, "partner", all[i]->id, 0, &changes, &n, &e));
        assert_int_equal(n, i == 250 ? 2 : 1);
        assert_string_equal(changes[0].hash, all[i]->version);
        assert_string_equal(changes[n - 1].op, "create");
        assert_string_equal(changes[n - 1].reason, "an import");
        assert_non_null(strstr(changes[n - 1].fields, arena_printf(p->arena, "\"Partner %d\"", i)));
        ok(store_history(reader(p), p->arena, "partner", all[i]->id, 1, &changes, &n, &e));
        assert_int_equal(n, 1);
        assert_string_equal(changes[0].hash, all[i]->version);
    }
    ok(store_history(reader(p), p->arena, "partner", "01k0000000000000000000none", 0, &changes, &n, &e));
    assert_int_equal(n, 0);
    ok(store_recent(reader(p), p->arena, NULL, 150, &changes, &n, &e));
    assert_int_equal(n, 150);
    assert_string_equal(changes[0].hash, all[250]->version);
    for (size_t i = 1; i < n; i++) {
        assert_string_equal(changes[i].hash, all[300 - i] == all[250] ? changes[i].hash : all[300 - i]->version);
    }
    char today[11];
    clock_today(today);
    ok(store_list_as_of(reader(p), p->arena, model_find("partner"), today, NULL, &rows, &n, &e));
    assert_int_equal(n, 300);
    for (size_t i = 0; i < n; i++) { // in the order of their ids, which is that of their making
        assert_string_equal(rows[i]->id, all[i]->id);
        assert_string_equal(rows[i]->version, all[i]->version);
        assert_string_equal(record_text(rows[i], "name"), record_text(all[i], "name"));
    }
}

static void who_asks_is_told_what_was_made_or_changed_since(void **state)
{
    struct place *p = *state;
    struct record *all[200], *late[100];
    struct store_mark before, between;
    struct store_tx *tx;
    bool changed;
    ok(store_mark(reader(p), &before, &e));
    struct record *above = import(p, all, 200);
    ok(store_mark(reader(p), &between, &e));
    record_set_text(all[150], "name", "Changed since");
    ok(save(p, all[150]));
    ok(store_begin(p->store, &tester, NULL, &tx, &e));
    for (int i = 0; i < 100; i++) {
        late[i] = partner(p, above, 1000 + i);
        ok(store_save(tx, p->arena, late[i], &e));
    }
    for (int i = 0; i < 200; i++) {
        ok(store_changed_after(store_tx_read(tx), p->arena, "partner", all[i]->id, before.newest, &changed, &e));
        assert_true(changed);
        ok(store_changed_after(store_tx_read(tx), p->arena, "partner", all[i]->id, between.newest, &changed, &e));
        assert_int_equal(changed, i == 150);
        ok(store_changed_after(store_tx_read(tx), p->arena, "partner", late[i / 2]->id, between.newest, &changed, &e));
        assert_true(changed);
    }
    ok(store_commit(tx, &e));
}

// What else a transaction does stands at its place between the bundles.
static void what_is_no_making_has_a_row_of_its_own(void **state)
{
    struct place *p = *state;
    struct record *all[300], *own = NULL;
    struct record *above = import(p, all, 200);
    struct store_tx *tx;
    int64_t differences;
    ok(store_begin(p->store, &tester, NULL, &tx, &e));
    for (int i = 200; i < 300; i++) {
        all[i] = partner(p, above, i);
        ok(store_save(tx, p->arena, all[i], &e));
        if (i == 280) {
            record_set_text(all[270], "name", "Changed in between");
            ok(store_save(tx, p->arena, all[270], &e));
            ok(store_delete(tx, p->arena, all[275]->entity, all[275]->id, &e));
            own = partner(p, above, 1000);
            own->id = "01k00000000000000000itself"; // a record that comes with its id
            ok(store_save(tx, p->arena, own, &e));
        }
    }
    ok(store_commit(tx, &e));
    assert_int_equal(count_of(p, "SELECT COUNT(*) FROM change WHERE kind = 'partner' AND record_id = "
                                 "'01k00000000000000000itself'"), 1);
    assert_string_equal(verdict(p, NULL), "clean");
    ok(store_rebuild(p->store, p->arena, true, &differences, &e));
    assert_int_equal(differences, 0);
    tamper(p, "DELETE FROM partner WHERE name LIKE 'Partner 1%'");
    tamper(p, "UPDATE partner SET name = 'Rosy' WHERE name LIKE 'Partner 2%'");
    ok(store_rebuild(p->store, p->arena, true, &differences, &e));
    assert_int_equal(differences, 112 + 111 - 2); // with 1000, without 270 and 275
    assert_string_equal(verdict(p, NULL), "clean");
    assert_int_equal(count_of(p, "SELECT COUNT(*) FROM partner"), 300);
}

static void an_open_bundle_is_seen_by_its_own_transaction(void **state)
{
    struct place *p = *state;
    struct record *all[90], *found;
    struct record *above = programme(p, "T1");
    struct store_tx *tx;
    struct change *changes;
    size_t n;
    ok(save(p, above));
    ok(store_begin(p->store, &tester, NULL, &tx, &e));
    for (int i = 0; i < 90; i++) {
        all[i] = partner(p, above, i);
        ok(store_save(tx, p->arena, all[i], &e));
    }
    ok(store_history(store_tx_read(tx), p->arena, "partner", all[89]->id, 0, &changes, &n, &e));
    assert_int_equal(n, 1);
    ok(store_undo(tx, p->arena, all[88]->version, &found, &e));
    assert_string_equal(found->id, all[88]->id);
    ok(store_commit(tx, &e));
    assert_string_equal(verdict(p, NULL), "clean");
    assert_int_equal(count_of(p, "SELECT COUNT(*) FROM partner"), 89);
}

static void the_making_of_one_record_is_undone(void **state)
{
    struct place *p = *state;
    struct record *all[200], *found;
    struct store_tx *tx;
    import(p, all, 200);
    const int which[] = {0, 63, 64, 120, 199};
    for (size_t i = 0; i < sizeof which / sizeof which[0]; i++) {
        ok(store_begin(p->store, &tester, NULL, &tx, &e));
        ok(store_undo(tx, p->arena, all[which[i]]->version, &found, &e));
        assert_string_equal(found->id, all[which[i]]->id);
        ok(store_commit(tx, &e));
    }
    assert_int_equal(count_of(p, "SELECT COUNT(*) FROM partner"), 195);
    assert_string_equal(verdict(p, NULL), "clean");
    static const char *const no_change[] = {"", "%", "0", "0000000000000000000000000000000000000000000000000000000000000000"};
    for (size_t i = 0; i < sizeof no_change / sizeof no_change[0]; i++) {
        ok(store_begin(p->store, &tester, NULL, &tx, &e));
        assert_int_equal(store_undo(tx, p->arena, no_change[i], &found, &e), ERR_NOT_FOUND);
        store_rollback(tx);
    }
}

// As after a clock was set back, or with bundles of another node: ids of bundles overlap.
static void a_record_is_found_where_ids_of_bundles_overlap(void **state)
{
    struct place *p = *state;
    struct record *all[400];
    struct record **rows;
    struct change *changes;
    size_t n;
    char today[11];
    import(p, all, 400);
    assert_true(bundles(p) > 2);
    tamper(p, arena_printf(p->arena, "UPDATE change SET record_id = '%s' WHERE kind = 'bundle' AND record_id = "
                                     "(SELECT MAX(record_id) FROM change WHERE kind = 'bundle')", all[70]->id));
    for (int i = 0; i < 400; i += 7) {
        ok(store_history(reader(p), p->arena, "partner", all[i]->id, 0, &changes, &n, &e));
        assert_int_equal(n, 1);
        assert_string_equal(changes[0].hash, all[i]->version);
    }
    clock_today(today);
    ok(store_list_as_of(reader(p), p->arena, model_find("partner"), today, NULL, &rows, &n, &e));
    assert_int_equal(n, 400);
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(rows[i]->id, all[i]->id);
    }
}

#define NEWEST "record_id = (SELECT MAX(record_id) FROM change WHERE kind = 'bundle')"

static void verify_names_what_was_done_to_a_bundle(void **state)
{
    struct place *p = *state;
    struct record *all[70];
    const struct {
        const char *done, *sql, *what;
        int64_t seq; // 0: not asked
    } cases[] = {
        {"a byte of the content", "UPDATE change SET fields = REPLACE(fields, 'Partner 66', 'Partner X6') WHERE " NEWEST, "changed", 68},
        {"a hash", arena_printf(p->arena, "UPDATE change SET fields = REPLACE(fields, '%s', '%s') WHERE " NEWEST, "\n", "\nf"), "changed", 0},
        {"the actor", "UPDATE change SET actor = 'somebody' WHERE " NEWEST, "changed", 0},
        {"the reason", "UPDATE change SET reason = 'none' WHERE " NEWEST, "changed", 0},
        {"the time", "UPDATE change SET wall = '2020-01-01T00:00:00.000Z' WHERE " NEWEST, "changed", 0},
        {"the counts", "UPDATE change SET base = REPLACE(base, '6', '5') WHERE " NEWEST, "changed", 0},
        {"the kind that is counted", "UPDATE change SET base = REPLACE(base, 'partner', 'programme') WHERE " NEWEST, "changed", 0},
        {"no counts", "UPDATE change SET base = '' WHERE " NEWEST, "changed", 0},
        {"the first id", "UPDATE change SET record_id = '01k0000000000000000000none' WHERE " NEWEST, "changed", 0},
        {"the last hash", "UPDATE change SET hash = previous WHERE " NEWEST, "changed", 0},
        {"the op", "UPDATE change SET op = 'update' WHERE " NEWEST, "changed", 0},
        {"its lines", "UPDATE change SET fields = '' WHERE " NEWEST, "changed", 0},
        {"a line more", "UPDATE change SET fields = fields || fields WHERE " NEWEST, "changed", 0},
        {"the kind of the row", "UPDATE change SET kind = 'partner' WHERE " NEWEST, "missing", 66},
        {"the signature", "UPDATE change SET signature = '' WHERE " NEWEST, "inserted", 71},
        {"all of it", "DELETE FROM change WHERE " NEWEST, "missing", 66},
        {"its number", "UPDATE change SET seq = seq + 1 WHERE " NEWEST, "missing", 66},
    };
    import(p, all, 70);
    assert_int_equal(bundles(p), 1);
    tamper(p, "CREATE TABLE kept AS SELECT * FROM change");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t seq = 0;
        tamper(p, cases[i].sql);
        const char *what = verdict(p, &seq);
        if (strcmp(what, cases[i].what) != 0 || (cases[i].seq != 0 && seq != cases[i].seq)) {
            fail_msg("%s: found %s at %lld", cases[i].done, what, (long long)seq);
        }
        int64_t differences;
        struct err_info why;
        assert_int_equal(store_rebuild(p->store, p->arena, true, &differences, &why), ERR_DAMAGED);
        tamper(p, "DELETE FROM change");
        tamper(p, "INSERT INTO change SELECT * FROM kept");
        assert_string_equal(verdict(p, NULL), "clean");
    }
}

static void verify_sees_whichever_byte_of_a_bundle_was_altered(void **state)
{
    struct place *p = *state;
    struct record *all[67];
    import(p, all, 67);
    tamper(p, "CREATE TABLE kept AS SELECT * FROM change");
    int64_t length = count_of(p, "SELECT LENGTH(fields) FROM change WHERE " NEWEST);
    assert_true(length > 500);
    for (int64_t at = 1; at <= length; at += 3) {
        tamper(p, arena_printf(p->arena, "UPDATE change SET fields = SUBSTR(fields, 1, %d) || '~' || SUBSTR(fields, %d) "
                                         "WHERE " NEWEST, (int)at - 1, (int)at + 1));
        assert_string_not_equal(verdict(p, NULL), "clean");
        tamper(p, "DELETE FROM change");
        tamper(p, "INSERT INTO change SELECT * FROM kept");
    }
    assert_string_equal(verdict(p, NULL), "clean");
}

static int group(const char *engine)
{
    const struct CMUnitTest tests[] = {
        TEST(changes_of_an_import_share_rows_and_are_told_apart),
        TEST(a_person_at_a_form_makes_no_bundle),
        TEST(every_record_of_an_import_has_its_history_and_its_past),
        TEST(who_asks_is_told_what_was_made_or_changed_since),
        TEST(what_is_no_making_has_a_row_of_its_own),
        TEST(an_open_bundle_is_seen_by_its_own_transaction),
        TEST(the_making_of_one_record_is_undone),
        TEST(a_record_is_found_where_ids_of_bundles_overlap),
        TEST(verify_names_what_was_done_to_a_bundle),
        TEST(verify_sees_whichever_byte_of_a_bundle_was_altered),
    };
    return cmocka_run_group_tests_name(engine, tests, NULL, NULL);
}

int main(void)
{
    return run_on_both(group);
}
