// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_test.c: the table of roles, waiting after failures, and which passwords are taken.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "access/access.h"
#include "base/bug.h"
#include "os/password.h"

// ---- roles --------------------------------------------------------------------------------------

static void every_role_reads_and_is_offered_as_a_choice(void **state)
{
    (void)state;
    const struct field *f = entity_field(&entity_role_grant, "role");
    size_t n = 0;
    for (const struct role *r = access_roles; r->code != NULL; r++, n++) {
        assert_true((r->verbs & MAY_READ) != 0); // home.sql rests on this
        assert_string_equal(field_choice_label(f, r->code), r->label);
    }
    size_t choices = 0;
    while (f->choices[choices].code != NULL) {
        assert_non_null(role_find(f->choices[choices++].code));
    }
    assert_int_equal(choices, n);
    assert_null(role_find("owner"));
    assert_null(role_find(NULL));
}

static void the_further_down_the_table_the_less_a_role_may_administer(void **state)
{
    (void)state;
    for (const struct role *r = access_roles; r->code != NULL; r++) {
        bool admin = strcmp(r->code, "administrator") == 0;
        bool gives = admin || strcmp(r->code, "manager") == 0;
        assert_int_equal((r->verbs & MAY_ADMINISTER) != 0, admin);
        assert_int_equal((r->verbs & MAY_GRANT) != 0, gives);
    }
    assert_true((role_find("evaluator")->verbs & MAY_WRITE) == 0);
    assert_true((role_find("donor")->verbs & MAY_EXPORT) == 0);
    assert_true((role_find("reader")->verbs & ~(unsigned)MAY_READ) == 0);
}

static struct identity person(struct grant *grants, size_t n)
{
    return (struct identity){.user_id = "u", .grants = grants, .n_grants = n};
}

static struct grant grant_of(const char *role, const char *programme)
{
    struct grant g;
    assert_true(role_to_grant(role, programme == NULL ? "organisation" : "programme", programme,
                              &g));
    return g;
}

static void nobody_gives_more_than_they_hold(void **state)
{
    (void)state;
    struct grant admin = grant_of("administrator", NULL);
    struct grant manager = grant_of("manager", "P1");
    struct grant two[] = {grant_of("manager", "P1"), grant_of("administrator", "P2")};
    struct identity a = person(&admin, 1), m = person(&manager, 1), t = person(two, 2);
    for (const struct role *r = access_roles; r->code != NULL; r++) {
        bool is_admin = strcmp(r->code, "administrator") == 0;
        assert_true(role_may_give(&a, r->code, NULL));
        assert_true(role_may_give(&a, r->code, "P1"));
        assert_int_equal(role_may_give(&m, r->code, "P1"), !is_admin);
        assert_false(role_may_give(&m, r->code, "P2"));
        assert_false(role_may_give(&m, r->code, NULL));
        assert_true(role_may_give(&t, r->code, "P2"));
        assert_false(role_may_give(&t, r->code, NULL));
        struct grant own = grant_of(r->code, "P1");
        struct identity holder = person(&own, 1);
        bool may_give = is_admin || strcmp(r->code, "manager") == 0;
        assert_int_equal(role_may_give(&holder, "reader", "P1"), may_give);
    }
    assert_false(role_may_give(NULL, "reader", NULL));
    assert_false(role_may_give(&a, "king", NULL));
}

static void a_grant_that_is_not_surely_meant_is_none(void **state)
{
    (void)state;
    struct grant g;
    assert_false(role_to_grant("reader", "programme", NULL, &g)); // would be everywhere
    assert_false(role_to_grant("reader", "organisation", "P1", &g));
    assert_false(role_to_grant("reader", "", NULL, &g));
    assert_false(role_to_grant("reader", NULL, NULL, &g));
    assert_false(role_to_grant("king", "organisation", NULL, &g));
    assert_false(role_to_grant(NULL, "organisation", NULL, &g));
    assert_true(role_to_grant("reader", "programme", "P1", &g));
    assert_string_equal(g.programme_id, "P1");
}

// ---- waiting: a second implementation, second by second ------------------------------------------

// Replays what happened to one name: attempts at these seconds, all failing. Tells for each whether it
// was looked at. Written as the rule is told to people: after the 5th failure in a row wait 15 s, then
// twice as long each time, at most 15 minutes; after 15 more quiet minutes all is forgotten.
struct slow {
    int failures;
    int wait;       // seconds still to wait
    int quiet;      // seconds without failure since the wait ended
};

static void slow_second(struct slow *s)
{
    if (s->wait > 0) {
        s->wait--;
        return;
    }
    if (s->failures > 0 && ++s->quiet >= 900) {
        s->failures = 0;
        s->quiet = 0;
    }
}

static bool slow_try(struct slow *s)
{
    if (s->wait > 0) {
        return false;
    }
    s->failures++;
    s->quiet = 0;
    int next = 15;
    for (int i = 5; i <= s->failures; i++) {
        s->wait = next > 900 ? 900 : next;
        next = next > 900 ? next : next * 2;
    }
    return true;
}

struct fast {
    int64_t failures;
    int64_t last_ms;
};

static bool fast_try(struct fast *f, int64_t now_ms)
{
    if (lockout_left_s(f->failures, f->last_ms, ACCESS_FREE_TRIES, now_ms) > 0) {
        return false;
    }
    f->failures = lockout_failures_at(f->failures, f->last_ms, ACCESS_FREE_TRIES, now_ms) + 1;
    f->last_ms = now_ms;
    return true;
}

static void waiting_agrees_with_a_second_by_second_replay(void **state)
{
    (void)state;
    // how many seconds in a thousand somebody tries
    static const unsigned rates[] = {1000, 300, 50, 10, 2, 1};
    for (size_t k = 0; k < COUNT_OF(rates); k++) {
        struct slow slow = {0};
        struct fast fast = {.last_ms = -1000000000};
        uint32_t seed = 20261122u + (uint32_t)k;
        int64_t looked_at = 0;
        for (int second = 0; second < 30000; second++) {
            seed = seed * 1664525u + 1013904223u;
            if ((seed >> 8) % 1000 < rates[k]) {
                bool a = slow_try(&slow), b = fast_try(&fast, (int64_t)second * 1000);
                if (a != b) {
                    fail_msg("second %d, rate %u: replay %d, rule %d", second, rates[k], a, b);
                }
                looked_at += b;
            }
            slow_second(&slow);
        }
        assert_true(looked_at > 0 && looked_at < 500);
    }
}

static void the_waits_are_those_that_the_documentation_tells(void **state)
{
    (void)state;
    static const int64_t waits[] = {0, 0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900};
    for (int64_t n = 0; n < (int64_t)COUNT_OF(waits); n++) {
        assert_int_equal(lockout_wait_s(n, ACCESS_FREE_TRIES), waits[n]);
    }
    assert_int_equal(lockout_wait_s(INT64_C(1) << 40, ACCESS_FREE_TRIES), ACCESS_WAIT_MOST_S);
    assert_int_equal(lockout_wait_s(19, ACCESS_FREE_TRIES_ADDRESS), 0);
    assert_int_equal(lockout_wait_s(20, ACCESS_FREE_TRIES_ADDRESS), 15);
    // rounded up, so that nobody is told to wait 0 seconds and refused
    assert_int_equal(lockout_left_s(5, 1000000, ACCESS_FREE_TRIES, 1000001), 15);
    assert_int_equal(lockout_left_s(5, 1000000, ACCESS_FREE_TRIES, 1014999), 1);
    assert_int_equal(lockout_left_s(5, 1000000, ACCESS_FREE_TRIES, 1015000), 0);
    // a clock that was set back a year
    assert_int_equal(lockout_left_s(5, INT64_C(31536000000), ACCESS_FREE_TRIES, 0), 15);
}

// ---- passwords ----------------------------------------------------------------------------------

static bool taken(const char *password, const char *name)
{
    struct err_info e = {0};
    enum err err = access_password_check(password, name, "new_password", &e);
    if (err != ERR_NONE) {
        assert_int_equal(err, ERR_INPUT);
        assert_string_equal(e.field, "new_password");
        assert_non_null(e.hint);
        for (int i = 0; i < ERR_ARGS; i++) {
            assert_string_equal(e.args[i], ""); // what was typed is never repeated
        }
    }
    return err == ERR_NONE;
}

static void passwords_are_long_and_not_guessed_first(void **state)
{
    (void)state;
    static const struct {
        const char *password;
        const char *name;
        bool taken;
        const char *why;
    } cases[] = {
        {"", "amina", false, "nothing"},
        {"elevenchars", "amina", false, "eleven characters"},
        {"twelve chars", "amina", true, "twelve characters, no digit needed"},
        {"كلمةسرطويلةجدا", "amina", true, "fourteen letters of two bytes each"},
        {"كلمةسر", "amina", false, "six letters, though twelve bytes"},
        {"aaaaaaaaaaaaaaaa", "amina", false, "one character"},
        {"123456789012", "amina", false, "among the commonest"},
        {"Password1234", "amina", false, "the same in any case"},
        {"correct horse battery staple", "amina", false, "the same with spaces"},
        {"correct horse battery stable", "amina", true, "not the same"},
        {"aminaaminaamina", "amina", false, "only the name"},
        {"amina-amina-1", "amina", false, "hardly more than the name"},
        {"AMINA amina 20", "amina", false, "the same in any case"},
        {"amina likes old boats", "amina", true, "the name is only a part"},
        {"administrator", "admin", false, "among the commonest"},
        {"unitednations1", "li", false, "among the commonest"},
        {"lilililililili", "li", true, "a name of two letters is in many words"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        if (taken(cases[i].password, cases[i].name) != cases[i].taken) {
            fail_msg("case %zu: %s", i, cases[i].why);
        }
    }
    char long_one[ACCESS_PASSWORD_MAX + 2];
    memset(long_one, 'a', sizeof long_one);
    for (size_t i = 0; i < sizeof long_one; i += 2) {
        long_one[i] = 'b';
    }
    long_one[sizeof long_one - 1] = '\0';
    assert_false(taken(long_one, "amina"));
    long_one[ACCESS_PASSWORD_MAX] = '\0';
    assert_true(taken(long_one, "amina"));
}

static void made_passwords_are_taken_and_differ(void **state)
{
    (void)state;
    struct arena *a = arena_new(1024 * 1024);
    const char *before = "";
    unsigned seen[128] = {0};
    for (int i = 0; i < 500; i++) {
        const char *password = access_password_new(a);
        assert_int_equal(strlen(password), 19);
        assert_true(taken(password, "amina"));
        assert_string_not_equal(password, before);
        for (const char *p = password; *p != '\0'; p++) {
            seen[(unsigned char)*p]++;
        }
        before = password;
    }
    // 8000 letters over 31: each about 258 times; 150 is more than six standard deviations away
    for (const char *p = "abcdefghjkmnpqrstuvwxyz23456789"; *p != '\0'; p++) {
        assert_in_range(seen[(unsigned char)*p], 150, 370);
    }
    assert_int_equal(seen['l'] + seen['o'] + seen['0'] + seen['1'] + seen['i'], 0);
    arena_free(a);
}

static void a_hash_knows_its_password_and_no_other(void **state)
{
    (void)state;
    struct err_info e = {0};
    struct arena *a = arena_new(1024 * 1024);
    const char *hash, *other;
    bool right;
    assert_int_equal(password_hash(a, "twelve chars", &hash, &e), ERR_NONE);
    assert_int_equal(password_hash(a, "twelve chars", &other, &e), ERR_NONE);
    assert_string_not_equal(hash, other); // each with its own salt
    assert_int_equal(strncmp(hash, "$argon2id$v=19$m=65536,t=3,p=1$", 31), 0);
    assert_false(password_is_outdated(hash));
    assert_int_equal(password_verify(hash, "twelve chars", &right, &e), ERR_NONE);
    assert_true(right);
    assert_int_equal(password_verify(hash, "twelve charS", &right, &e), ERR_NONE);
    assert_false(right);
    assert_int_equal(password_verify(NULL, "twelve chars", &right, &e), ERR_NONE);
    assert_false(right);
    assert_int_equal(password_verify("no hash", "twelve chars", &right, &e), ERR_NONE);
    assert_false(right);
    assert_true(password_is_outdated(
        "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21lc2E$gmz8Dw0m2tdXHRb1T8hWzHFzlYG8MYXZg+mWbKQBFNU"));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_role_reads_and_is_offered_as_a_choice),
        cmocka_unit_test(the_further_down_the_table_the_less_a_role_may_administer),
        cmocka_unit_test(nobody_gives_more_than_they_hold),
        cmocka_unit_test(a_grant_that_is_not_surely_meant_is_none),
        cmocka_unit_test(waiting_agrees_with_a_second_by_second_replay),
        cmocka_unit_test(the_waits_are_those_that_the_documentation_tells),
        cmocka_unit_test(passwords_are_long_and_not_guessed_first),
        cmocka_unit_test(made_passwords_are_taken_and_differ),
        cmocka_unit_test(a_hash_knows_its_password_and_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
