// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_store_test.c: signing in against a workspace: who gets in, how long, and what ends it. A
// fixed clock; moments are set by writing sessions and failures of another time.

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "access/access.h"
#include "access/access_private.h"
#include "access/access_sql.h"
#include "base/bug.h"
#include "base/limits.h"
#include "os/clock.h"
#include "store/store.h"

#define PASSWORD "four unlike words here"
#define HOST "192.0.2.7"

struct place {
    struct arena *arena;
    struct store *store;
    const char *amina; // ids
    const char *admin;
    char folder[64];
};
static const struct actor tester = {.name = "tester"};
static struct err_info e;

static void ok(enum err err)
{
    if (err != ERR_NONE) {
        fail_msg("%s: %s (%s) %s", err_name(err), e.text, e.args[0], e.detail);
    }
}

static struct store_tx *begin(struct place *p)
{
    struct store_tx *tx;
    ok(store_begin(p->store, &tester, NULL, &tx, &e));
    return tx;
}

static const char *add_person(struct place *p, struct store_tx *tx, const char *name)
{
    struct record *r = record_new(p->arena, &entity_user);
    record_set_text(r, "name_key", name);
    record_set_text(r, "name", name);
    record_set_text(r, "language", "en");
    record_set_int(r, "active", 1);
    ok(store_save(tx, p->arena, r, &e));
    return r->id;
}

static int set_up(void **state)
{
    struct place *p = calloc(1, sizeof *p);
    p->arena = arena_new(LIMIT_REQUEST_BYTES);
    snprintf(p->folder, sizeof p->folder, "/tmp/mainstay-test-XXXXXX");
    if (mkdtemp(p->folder) == NULL) {
        return -1;
    }
    ok(store_init(p->folder, &e));
    ok(store_open(p->folder, false, &p->store, &e));
    bool given;
    struct store_tx *tx = begin(p);
    p->admin = add_person(p, tx, "ada");
    p->amina = add_person(p, tx, "amina");
    ok(person_give_role(tx, p->arena, p->admin, "administrator", NULL, &given, &e));
    assert_true(given);
    ok(person_give_role(tx, p->arena, p->admin, "administrator", NULL, &given, &e));
    assert_false(given);
    ok(access_set_password(tx, p->arena, p->amina, PASSWORD, &e));
    ok(store_commit(tx, &e));
    *state = p;
    return 0;
}

static int tear_down(void **state)
{
    struct place *p = *state;
    char path[128];
    const char *rest[] = {"mainstay.db",   "mainstay.db-wal", "mainstay.db-shm", "keys/node.key",
                          "keys/node.pub", "keys",            "files"};
    store_close(p->store);
    for (size_t i = 0; i < COUNT_OF(rest); i++) {
        snprintf(path, sizeof path, "%s/%s", p->folder, rest[i]);
        remove(path);
    }
    rmdir(p->folder);
    arena_free(p->arena);
    free(p);
    return 0;
}

// A token hash; its form is all that counts here.
static const char *hash_of(struct place *p, int n)
{
    return arena_printf(p->arena, "%064d", n);
}

static enum err sign_in(struct place *p, const char *name, const char *password, int token)
{
    struct sign_in done;
    memset(&e, 0, sizeof e);
    return access_sign_in(p->store, p->arena, name, password, HOST, hash_of(p, token), &done, &e);
}

static const struct identity *who(struct place *p, int token)
{
    struct db_read *db;
    const struct identity *out;
    bool stale;
    ok(db_reader(store_db(p->store), &db, &e));
    ok(access_session_identity(db, p->arena, hash_of(p, token), &out, &stale, &e));
    return out;
}

// A session as it would be if it had begun and been used so many seconds ago.
static void add_session(struct place *p, int token, int64_t created_s, int64_t seen_s)
{
    struct db_tx *tx;
    ok(db_tx_begin(store_db(p->store), &tx, &e));
    ok(access_session_add(tx,
                          &(struct access_session_add_in){.token_hash = hash_of(p, token),
                                                          .user_id = p->amina,
                                                          .now = access_now(p->arena, created_s)},
                          &e));
    ok(access_session_touch(tx,
                            &(struct access_session_touch_in){.token_hash = hash_of(p, token),
                                                              .now = access_now(p->arena, seen_s)},
                            &e));
    ok(db_tx_commit(tx, &e));
}

// ---- getting in ---------------------------------------------------------------------------------

static void the_right_password_begins_a_session_and_no_other_does(void **state)
{
    struct place *p = *state;
    assert_int_equal(sign_in(p, "amina", PASSWORD "x", 1), ERR_INPUT);
    assert_null(who(p, 1));
    ok(sign_in(p, "amina", PASSWORD, 1));
    assert_non_null(who(p, 1));
    assert_string_equal(who(p, 1)->user_id, p->amina);
    assert_int_equal(who(p, 1)->n_grants, 0);
    assert_null(who(p, 2));
}

static void the_answer_does_not_tell_whether_a_name_exists(void **state)
{
    struct place *p = *state;
    static const char *const names[] = {"amina", "nobody.like.that", "ada", "", "gone"};
    struct err_info first = {0};
    struct store_tx *tx = begin(p);
    const char *gone = add_person(p, tx, "gone");
    ok(access_set_password(tx, p->arena, gone, PASSWORD, &e));
    ok(person_set_active(tx, p->arena, gone, false, &e));
    ok(store_commit(tx, &e));
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        // of the last one even the right password, since it may not sign in any more
        const char *password = i == 4 ? PASSWORD : "a wrong password";
        assert_int_equal(sign_in(p, names[i], password, 1), ERR_INPUT);
        if (i == 0) {
            first = e;
        }
        assert_ptr_equal(e.text, first.text);
        assert_ptr_equal(e.hint, first.hint);
        assert_string_equal(e.field, first.field);
        assert_string_equal(e.args[0], first.args[0]);
        assert_string_equal(e.detail, first.detail);
    }
}

static void waiting_is_the_same_for_names_nobody_has(void **state)
{
    struct place *p = *state;
    const char *names[] = {"amina", "nobody.like.that"};
    for (size_t k = 0; k < 2; k++) {
        for (int i = 0; i < 5; i++) {
            assert_int_equal(sign_in(p, names[k], "a wrong password", 1), ERR_INPUT);
            assert_null(strstr(e.text, "too many"));
        }
        assert_int_equal(sign_in(p, names[k], "a wrong password", 1), ERR_INPUT);
        assert_non_null(strstr(e.text, "too many"));
        assert_string_equal(e.args[0], "15");
    }
    // also the right one is not looked at
    assert_int_equal(sign_in(p, "amina", PASSWORD, 1), ERR_INPUT);
    assert_null(who(p, 1));
}

static void set_failures(struct place *p, int64_t failures, int64_t ago_s)
{
    // the subject of a name is not known here: all there are
    struct db_tx *tx;
    static const struct db_statement all = {
        .name = "test_failures", .in = "ii", .out = "", .writes = true,
        .sql = "UPDATE sign_in_failure SET failures = $1, last_at = $2"};
    struct db_query *q;
    bool row;
    ok(db_tx_begin(store_db(p->store), &tx, &e));
    ok(db_start_write(tx, &all, &q, &e));
    db_bind_int(q, 1, failures);
    db_bind_int(q, 2, clock_now_ms() - ago_s * 1000);
    ok(db_step(q, &row, &e));
    db_finish(q);
    ok(db_tx_commit(tx, &e));
}

static void waiting_ends_and_the_right_password_forgives_all(void **state)
{
    struct place *p = *state;
    assert_int_equal(sign_in(p, "amina", "a wrong password", 1), ERR_INPUT);
    set_failures(p, 7, 50); // asks for 60 seconds
    assert_int_equal(sign_in(p, "amina", PASSWORD, 1), ERR_INPUT);
    set_failures(p, 7, 61);
    assert_int_equal(sign_in(p, "amina", "a wrong password", 1), ERR_INPUT);
    assert_int_equal(sign_in(p, "amina", PASSWORD, 1), ERR_INPUT); // the eighth: 120 seconds
    set_failures(p, 8, 121);
    ok(sign_in(p, "amina", PASSWORD, 1));
    for (int i = 0; i < 4; i++) {
        assert_int_equal(sign_in(p, "amina", "a wrong password", 2), ERR_INPUT);
    }
    ok(sign_in(p, "amina", PASSWORD, 2));
}

static void an_address_may_err_for_a_whole_office(void **state)
{
    struct place *p = *state;
    char name[20];
    for (int i = 0; i < ACCESS_FREE_TRIES_ADDRESS; i++) {
        snprintf(name, sizeof name, "person%d", i);
        assert_int_equal(sign_in(p, name, "a wrong password", 1), ERR_INPUT);
        assert_null(strstr(e.text, "too many"));
    }
    assert_int_equal(sign_in(p, "amina", PASSWORD, 1), ERR_INPUT);
    assert_non_null(strstr(e.text, "too many"));
    // from elsewhere she gets in
    struct sign_in done;
    ok(access_sign_in(p->store, p->arena, "amina", PASSWORD, "192.0.2.8", hash_of(p, 1), &done,
                      &e));
    assert_non_null(who(p, 1));
}

static void right_passwords_from_one_address_do_not_count_against_it(void **state)
{
    struct place *p = *state;
    for (int i = 0; i < ACCESS_FREE_TRIES_ADDRESS + 5; i++) {
        ok(sign_in(p, "amina", PASSWORD, i));
    }
}

// ---- at the same moment -------------------------------------------------------------------------

struct guess {
    struct place *p;
    enum err err;
    bool waits;
};

static void *guess(void *argument)
{
    struct guess *g = argument;
    struct err_info own = {0};
    struct sign_in done;
    struct arena *a = arena_new(1024 * 1024);
    g->err = access_sign_in(g->p->store, a, "amina", "a wrong password", "", "x", &done, &own);
    g->waits = g->err == ERR_INPUT && strstr(own.text, "too many") != NULL;
    arena_free(a);
    return NULL;
}

static void guesses_at_the_same_moment_are_counted_too(void **state)
{
    struct place *p = *state;
    struct guess all[12];
    pthread_t threads[COUNT_OF(all)];
    int looked_at = 0;
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        all[i] = (struct guess){.p = p};
        assert_int_equal(pthread_create(&threads[i], NULL, guess, &all[i]), 0);
    }
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(all[i].err, ERR_INPUT);
        looked_at += !all[i].waits;
    }
    assert_int_equal(looked_at, ACCESS_FREE_TRIES);
}

// ---- how long a session lasts -------------------------------------------------------------------

static void sessions_end_after_silence_and_after_half_a_day(void **state)
{
    struct place *p = *state;
    static const struct {
        int64_t created_s, seen_s;
        bool lives;
    } cases[] = {
        {0, 0, true},
        {3600, 1790, true},   // used half an hour ago, less ten seconds
        {3600, 1801, false},  // silent for half an hour
        {43000, 5, true},     // in use all day
        {43201, 5, false},    // twelve hours are over, however busy
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        add_session(p, (int)i, cases[i].created_s, cases[i].seen_s);
        if ((who(p, (int)i) != NULL) != cases[i].lives) {
            fail_msg("case %zu", i);
        }
    }
}

static void the_last_use_is_written_at_most_once_a_minute(void **state)
{
    struct place *p = *state;
    struct db_read *db;
    const struct identity *out;
    bool stale;
    ok(db_reader(store_db(p->store), &db, &e));
    add_session(p, 1, 100, 50);
    ok(access_session_identity(db, p->arena, hash_of(p, 1), &out, &stale, &e));
    assert_false(stale);
    add_session(p, 2, 100, 61);
    ok(access_session_identity(db, p->arena, hash_of(p, 2), &out, &stale, &e));
    assert_true(stale);
    access_touch_session(p->store, hash_of(p, 2));
    ok(access_session_identity(db, p->arena, hash_of(p, 2), &out, &stale, &e));
    assert_false(stale);
}

static void signing_out_ends_one_session_only(void **state)
{
    struct place *p = *state;
    struct actor amina = {.user_id = p->amina, .name = "amina"};
    ok(sign_in(p, "amina", PASSWORD, 1));
    ok(sign_in(p, "amina", PASSWORD, 2));
    ok(access_sign_out(p->store, &amina, hash_of(p, 1), &e));
    assert_null(who(p, 1));
    assert_non_null(who(p, 2));
}

static void a_new_password_and_switching_off_end_all_sessions_at_once(void **state)
{
    struct place *p = *state;
    ok(sign_in(p, "amina", PASSWORD, 1));
    struct store_tx *tx = begin(p);
    ok(access_set_password(tx, p->arena, p->amina, "another four words here", &e));
    ok(store_commit(tx, &e));
    assert_null(who(p, 1));
    assert_int_equal(sign_in(p, "amina", PASSWORD, 2), ERR_INPUT);
    ok(sign_in(p, "amina", "another four words here", 2));
    tx = begin(p);
    ok(person_set_active(tx, p->arena, p->amina, false, &e));
    ok(store_commit(tx, &e));
    assert_null(who(p, 2));
    tx = begin(p);
    ok(person_set_active(tx, p->arena, p->amina, true, &e));
    ok(store_commit(tx, &e));
    assert_null(who(p, 2)); // the old session does not come back
}

static void switched_off_elsewhere_ends_a_session_too(void **state)
{
    struct place *p = *state;
    struct record *r;
    ok(sign_in(p, "amina", PASSWORD, 1));
    struct store_tx *tx = begin(p);
    ok(store_get(store_tx_read(tx), p->arena, &entity_user, "amina", &r, &e));
    record_set_int(r, "active", 0); // as `mainstay save` or an exchange with another node would
    ok(store_save(tx, p->arena, r, &e));
    ok(store_commit(tx, &e));
    assert_null(who(p, 1));
}

// ---- what must stay -----------------------------------------------------------------------------

static void the_last_administrator_stays(void **state)
{
    struct place *p = *state;
    struct person_grant *grants;
    size_t n;
    bool given;
    struct store_tx *tx = begin(p);
    ok(person_set_active(tx, p->arena, p->admin, false, &e));
    assert_int_equal(store_commit(tx, &e), ERR_INPUT);
    tx = begin(p);
    ok(person_grants(store_tx_read(tx), p->arena, p->admin, &grants, &n, &e));
    assert_int_equal(n, 1);
    ok(person_take_role(tx, p->arena, grants[0].id, &e));
    assert_int_equal(store_ask_rules(tx, &e), ERR_INPUT);
    store_rollback(tx);
    tx = begin(p);
    ok(person_give_role(tx, p->arena, p->amina, "administrator", NULL, &given, &e));
    ok(person_take_role(tx, p->arena, grants[0].id, &e));
    ok(store_commit(tx, &e));
}

static void passwords_and_sessions_outlive_making_the_tables_anew(void **state)
{
    struct place *p = *state;
    int64_t differences;
    ok(sign_in(p, "amina", PASSWORD, 1));
    ok(store_rebuild(p->store, p->arena, true, &differences, &e));
    assert_int_equal(differences, 0);
    assert_non_null(who(p, 1));
    ok(sign_in(p, "amina", PASSWORD, 2));
}

static void the_log_holds_no_password_and_no_typed_name(void **state)
{
    struct place *p = *state;
    struct change *changes;
    struct db_read *db;
    size_t n;
    int refused = 0;
    assert_int_equal(sign_in(p, "typed.by.mistake", "secret by mistake", 1), ERR_INPUT);
    assert_int_equal(sign_in(p, "amina", "secret by mistake", 1), ERR_INPUT);
    ok(sign_in(p, "amina", PASSWORD, 1));
    ok(db_reader(store_db(p->store), &db, &e));
    ok(store_history(db, p->arena, "event", NULL, 0, &changes, &n, &e));
    assert_true(n > 0);
    for (size_t i = 0; i < n; i++) {
        const char *all = arena_printf(p->arena, "%s|%s|%s|%s|%s", changes[i].record_id,
                                       changes[i].fields, changes[i].actor, changes[i].reason,
                                       changes[i].kind);
        assert_null(strstr(all, "mistake"));
        assert_null(strstr(all, PASSWORD));
        assert_null(strstr(all, HOST));
        refused += strstr(all, "sign-in refused") != NULL;
    }
    assert_int_equal(refused, 2);
}

#define WITH_PLACE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    setenv("MAINSTAY_NOW", "2026-11-22T10:00:00Z", 1);
    const struct CMUnitTest tests[] = {
        WITH_PLACE(the_right_password_begins_a_session_and_no_other_does),
        WITH_PLACE(the_answer_does_not_tell_whether_a_name_exists),
        WITH_PLACE(waiting_is_the_same_for_names_nobody_has),
        WITH_PLACE(waiting_ends_and_the_right_password_forgives_all),
        WITH_PLACE(an_address_may_err_for_a_whole_office),
        WITH_PLACE(right_passwords_from_one_address_do_not_count_against_it),
        WITH_PLACE(guesses_at_the_same_moment_are_counted_too),
        WITH_PLACE(sessions_end_after_silence_and_after_half_a_day),
        WITH_PLACE(the_last_use_is_written_at_most_once_a_minute),
        WITH_PLACE(signing_out_ends_one_session_only),
        WITH_PLACE(a_new_password_and_switching_off_end_all_sessions_at_once),
        WITH_PLACE(switched_off_elsewhere_ends_a_session_too),
        WITH_PLACE(the_last_administrator_stays),
        WITH_PLACE(passwords_and_sessions_outlive_making_the_tables_anew),
        WITH_PLACE(the_log_holds_no_password_and_no_typed_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
