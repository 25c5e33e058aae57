// SPDX-License-Identifier: AGPL-3.0-or-later
//
// approval_test.c: what was checked is changed, deleted and brought back only by who may approve.

#include "store/store_test_help.h"

static const char *programme_id;

static struct grant writing = {.verbs = MAY_READ | MAY_WRITE};
static struct grant approving = {.verbs = MAY_READ | MAY_WRITE | MAY_APPROVE};
static const struct identity writer = {.user_id = "01jdwriter", .name_key = "wim",
                                       .grants = &writing, .n_grants = 1};
static const struct identity approver = {.user_id = "01jdapprover", .name_key = "ana",
                                         .grants = &approving, .n_grants = 1};
static const struct actor owner = {.name = "owner"};
static const struct actor wim = {.user_id = "01jdwriter", .name = "wim", .identity = &writer};
static const struct actor ana = {.user_id = "01jdapprover", .name = "ana", .identity = &approver};
static const struct actor nobody = {.name = "nobody"};

enum what { SAVE, DELETE, UNDO };

// One transaction of one step. UNDO takes back the newest change of the record.
static enum err act(struct place *p, const struct actor *who, const char *reason, enum what what,
                    struct record *r)
{
    struct store_tx *tx;
    struct record *back;
    struct change *changes;
    size_t n;
    ok(store_begin(p->store, who, reason, &tx, &e));
    enum err err = ERR_NONE;
    if (what == SAVE) {
        err = store_save(tx, p->arena, r, &e);
    } else if (what == DELETE) {
        err = store_delete(tx, p->arena, r->entity, r->id, &e);
    } else {
        ok(store_history(store_tx_read(tx), p->arena, r->entity->kind, r->id, 1, &changes, &n, &e));
        err = store_undo(tx, p->arena, changes[0].hash, &back, &e);
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, &e);
}

// An indicator of a new programme.
static struct record *indicator(struct place *p)
{
    struct record *owned = programme(p, "T1");
    ok(act(p, &owner, NULL, SAVE, owned));
    programme_id = owned->id;
    struct record *r = record_new(p->arena, model_find("indicator"));
    record_set_text(r, "programme_id", programme_id);
    record_set_text(r, "code", "T1/I1");
    record_set_text(r, "title", "People trained");
    record_set_text(r, "unit", "count");
    record_set_text(r, "direction", "more");
    record_set_text(r, "accumulation", "cumulative");
    record_set_text(r, "state", "active");
    ok(act(p, &owner, NULL, SAVE, r));
    return r;
}

static struct record *value_of(struct place *p, const struct record *indicator, const char *state)
{
    struct record *r = record_new(p->arena, model_find("observation"));
    record_set_text(r, "indicator_id", indicator->id);
    static int made; // there is one value for a period
    record_set_text(r, "period_from", arena_printf(p->arena, "%d-01-01", 2000 + made));
    record_set_text(r, "period_to", arena_printf(p->arena, "%d-12-31", 2000 + made++));
    record_set_text(r, "value", "12");
    record_set_text(r, "state", state);
    return r;
}

static struct record *part_of(struct place *p, const struct record *value)
{
    struct record *r = record_new(p->arena, model_find("observation_part"));
    record_set_text(r, "observation_id", value->id);
    record_set_text(r, "split", "age=18-24 sex=female");
    record_set_text(r, "value", "7");
    return r;
}

static enum err set(struct place *p, const struct actor *who, struct record *r, const char *field,
                    const char *text)
{
    struct record *changed = record_copy(p->arena, r);
    record_set_text(changed, field, text);
    enum err err = act(p, who, NULL, SAVE, changed);
    if (err == ERR_NONE) {
        *r = *changed;
    }
    return err;
}

static void who_only_writes_takes_no_step_of_checking(void **state)
{
    struct place *p = *state;
    const struct record *i = indicator(p);
    struct record *v = value_of(p, i, "entered");
    assert_int_equal(act(p, &wim, NULL, SAVE, value_of(p, i, "approved")), ERR_NOT_ALLOWED);
    ok(act(p, &wim, NULL, SAVE, v));
    ok(set(p, &wim, v, "value", "13"));
    static const char *const steps[] = {"verified", "approved", "locked"};
    for (size_t k = 0; k < 3; k++) {
        assert_int_equal(set(p, &wim, v, "state", steps[k]), ERR_NOT_ALLOWED);
        assert_int_equal(set(p, &nobody, v, "state", steps[k]), ERR_NOT_ALLOWED);
    }
    assert_int_equal(set(p, &wim, v, "return_reason", "No list"), ERR_NOT_ALLOWED);
    for (size_t k = 0; k < 3; k++) {
        ok(set(p, &ana, v, "state", steps[k]));
    }
}

static void a_verified_value_that_is_changed_starts_again(void **state)
{
    struct place *p = *state;
    struct record *v = value_of(p, indicator(p), "entered");
    ok(act(p, &wim, NULL, SAVE, v));
    ok(set(p, &ana, v, "state", "verified"));
    assert_int_equal(set(p, &wim, v, "value", "14"), ERR_NOT_ALLOWED);
    record_set_text(v, "state", "entered");
    ok(set(p, &wim, v, "value", "14"));
    record_set_text(v, "return_reason", "No list");
    ok(set(p, &ana, v, "state", "returned"));
    record_clear(v, "return_reason");
    ok(set(p, &wim, v, "state", "entered"));
}

static void what_is_approved_or_locked_stays(void **state)
{
    struct place *p = *state;
    static const char *const closed[] = {"approved", "locked"};
    const struct record *i = indicator(p);
    for (size_t k = 0; k < 2; k++) {
        struct record *v = value_of(p, i, closed[k]);
        ok(act(p, &ana, NULL, SAVE, v));
        assert_int_equal(set(p, &wim, v, "note", "Changed"), ERR_NOT_ALLOWED);
        assert_int_equal(set(p, &wim, v, "state", "entered"), ERR_NOT_ALLOWED);
        assert_int_equal(act(p, &wim, "why", DELETE, v), ERR_NOT_ALLOWED);
        assert_int_equal(act(p, &wim, NULL, UNDO, v), ERR_NOT_ALLOWED); // its creation
        ok(set(p, &ana, v, "note", "Changed"));
        assert_int_equal(act(p, &wim, NULL, UNDO, v), ERR_NOT_ALLOWED);
        ok(act(p, &ana, "why", DELETE, v));
        assert_int_equal(act(p, &wim, NULL, UNDO, v), ERR_NOT_ALLOWED); // its deletion
        ok(act(p, &ana, NULL, UNDO, v));
    }
}

static void what_belongs_to_a_locked_value_stays_too(void **state)
{
    struct place *p = *state;
    struct record *v = value_of(p, indicator(p), "entered");
    ok(act(p, &wim, NULL, SAVE, v));
    struct record *part = part_of(p, v);
    ok(act(p, &wim, NULL, SAVE, part));
    ok(set(p, &ana, v, "state", "locked"));
    assert_int_equal(set(p, &wim, part, "value", "8"), ERR_NOT_ALLOWED);
    assert_int_equal(act(p, &wim, "why", DELETE, part), ERR_NOT_ALLOWED);
    assert_int_equal(act(p, &wim, NULL, UNDO, part), ERR_NOT_ALLOWED);
    assert_int_equal(act(p, &wim, NULL, SAVE, part_of(p, v)), ERR_NOT_ALLOWED);
    ok(set(p, &ana, part, "value", "8"));
}

static void the_owner_of_the_file_says_why(void **state)
{
    struct place *p = *state;
    struct record *v = value_of(p, indicator(p), "approved");
    assert_int_equal(act(p, &owner, NULL, SAVE, v), ERR_USAGE);
    assert_string_equal(e.field, "--reason");
    v->id = NULL;
    assert_int_equal(act(p, &owner, " ", SAVE, v), ERR_USAGE);
    v->id = NULL;
    ok(act(p, &owner, "taken over from paper", SAVE, v));
    assert_int_equal(act(p, &owner, NULL, UNDO, v), ERR_USAGE);
    ok(act(p, &owner, "twice", DELETE, v));
}

static void the_right_counts_in_its_programme_only(void **state)
{
    struct place *p = *state;
    const struct record *i = indicator(p);
    approving.programme_id = "01jdotherprogramme";
    assert_int_equal(act(p, &ana, NULL, SAVE, value_of(p, i, "approved")), ERR_NOT_ALLOWED);
    approving.programme_id = programme_id;
    ok(act(p, &ana, NULL, SAVE, value_of(p, i, "approved")));
    approving.programme_id = NULL;
}

// What is about a country belongs to no programme: who asks says what the person may do there.
static void the_right_may_come_from_a_country(void **state)
{
    struct place *p = *state;
    struct record *r = record_new(p->arena, model_find("assessment"));
    record_set_text(r, "country", "KH");
    record_set_text(r, "tool", "2.2");
    record_set_text(r, "pack", "unodc-hrge-2021");
    record_set_text(r, "pack_version", "1.0.0");
    record_set_text(r, "state", "submitted");
    struct actor there = wim;
    ok(act(p, &wim, NULL, SAVE, r));
    assert_int_equal(set(p, &wim, r, "state", "approved"), ERR_NOT_ALLOWED);
    there.country = "TH";
    there.country_verbs = MAY_READ | MAY_WRITE | MAY_APPROVE;
    assert_int_equal(set(p, &there, r, "state", "approved"), ERR_NOT_ALLOWED);
    there.country = "KH";
    there.country_verbs = MAY_READ | MAY_WRITE;
    assert_int_equal(set(p, &there, r, "state", "approved"), ERR_NOT_ALLOWED);
    there.country_verbs |= MAY_APPROVE;
    ok(set(p, &there, r, "state", "approved"));
}

static int group(const char *engine)
{
    const struct CMUnitTest tests[] = {
        TEST(who_only_writes_takes_no_step_of_checking),
        TEST(a_verified_value_that_is_changed_starts_again),
        TEST(what_is_approved_or_locked_stays),
        TEST(what_belongs_to_a_locked_value_stays_too),
        TEST(the_owner_of_the_file_says_why),
        TEST(the_right_counts_in_its_programme_only),
        TEST(the_right_may_come_from_a_country),
    };
    return cmocka_run_group_tests_name(engine, tests, NULL, NULL);
}

int main(void)
{
    return run_on_both(group);
}
