// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_history_test.c: the history of a programme names what its changes refer to, with a number of
// statements that does not grow with the changes; and what hangs on answers is that of one round.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/bug.h"
#include "base/limits.h"
#include "db/db.h"
#include "http/dispatch.h"
#include "http/route.h"
#include "http/session.h"
#include "os/file.h"
#include "programme/programme.h"

static char folder[] = "/tmp/mainstay-history-XXXXXX";
static struct arena *a;
static struct store *store;
static struct err_info e;
static const char *token;
static const struct grant everything = {.verbs = MAY_READ | MAY_WRITE};
static const struct identity ana = {.user_id = "01jdana", .name_key = "ana", .name = "Ana",
                                    .language = "en", .grants = &everything, .n_grants = 1};

static void ok(enum err err)
{
    if (err != ERR_NONE) {
        fail_msg("%s: %s (%s, %s) %s", err_name(err), e.text, e.args[0], e.args[1], e.detail);
    }
}

static enum err identify(struct db_read *db, struct arena *mine, const char *hash,
                         struct http_session *out, struct err_info *why)
{
    (void)db;
    (void)why;
    out->who = strcmp(hash, session_token_hash(mine, token)) == 0 ? &ana : NULL;
    return ERR_NONE;
}

static enum err find_programme(struct db_read *db, struct arena *mine, const char *number,
                               struct record **out, struct err_info *why)
{
    return store_get(db, mine, &entity_programme, number, out, why);
}

static const struct http_hooks hooks = {.identify = identify, .find_programme = find_programme};
static struct site site = {.only_loopback = true, .key = "key", .hooks = &hooks};

// Saves a record; names and texts of fields by turns, ended by NULL. Gives its id.
static const char *made(const char *kind, ...)
{
    struct store_tx *tx;
    struct record *r = record_new(a, model_find(kind));
    va_list list;
    va_start(list, kind);
    for (const char *name; (name = va_arg(list, const char *)) != NULL;) {
        record_set_text(r, name, va_arg(list, const char *));
    }
    va_end(list);
    ok(store_begin(store, &(struct actor){.name = "owner"}, NULL, &tx, &e));
    ok(store_save(tx, a, r, &e));
    ok(store_commit(tx, &e));
    return r->id;
}

// A programme with so many indicators, each with a result of its own and a value.
static void make_programme(const char *number, int n)
{
    const char *p = made("programme", "number", number, "title", "-", "crime", "tip", "starts_on",
                         "2024-01-01", "ends_on", "2026-12-31", "state", "running", "currency",
                         "USD", NULL);
    for (int i = 0; i < n; i++) {
        const char *result = made("result", "programme_id", p, "level", "outcome", "code",
                                  arena_printf(a, "Outcome %d", i), "statement",
                                  arena_printf(a, "Statement %d of %s", i, number), NULL);
        const char *indicator =
            made("indicator", "programme_id", p, "result_id", result, "code",
                 arena_printf(a, "%s/I%d", number, i), "title",
                 arena_printf(a, "Title %d of %s", i, number), "unit", "count", "direction", "more",
                 "accumulation", "cumulative", "state", "active", NULL);
        made("observation", "indicator_id", indicator, "period_from", "2025-01-01", "period_to",
             "2025-03-31", "value", "5", "state", "entered", NULL);
    }
}

static int set_up(void **state)
{
    (void)state;
    a = arena_new(LIMIT_PROCESS_BYTES);
    assert_non_null(mkdtemp(folder));
    ok(store_init(folder, &e));
    ok(store_open(folder, false, &store, &e));
    token = session_token_new(a);
    size_t n;
    const struct route *const *all = route_all(&n);
    site.store = store;
    site.routes = route_table_new(a, all, n);
    make_programme("FEW", 2);
    make_programme("MANY", 9);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    store_close(store);
    ok(folder_remove(folder, &e));
    arena_free(a);
    return 0;
}

// The page, and how many statements it ran.
static const char *page(const char *number, int64_t *statements)
{
    struct exchange *x = ARENA_MAKE(a, struct exchange);
    struct pair headers[] = {{"Host", "localhost"},
                             {"Cookie", arena_printf(a, "mainstay=%s", token)}};
    *x = (struct exchange){.arena = a, .site = &site, .method = "GET",
                           .path = arena_printf(a, "/programmes/%s/history", number),
                           .headers = headers, .n_headers = COUNT_OF(headers)};
    db_count_reset();
    exchange_open(x);
    if (!x->answered) {
        exchange_run(x);
    }
    *statements = (int64_t)db_count();
    assert_int_equal(x->reply.status, 200);
    return x->reply.body.data;
}

static void statements_do_not_grow_with_the_changes(void **state)
{
    (void)state;
    int64_t few, many;
    page("FEW", &few);
    const char *shown = page("MANY", &many);
    assert_int_equal(few, many);
    assert_true(many <= 8);
    for (int i = 0; i < 9; i++) {
        assert_non_null(strstr(shown, arena_printf(a, "Title %d of MANY", i)));
        assert_non_null(strstr(shown, arena_printf(a, "Statement %d of MANY", i)));
    }
    assert_null(strstr(shown, "a record that was deleted"));
}

// An answer of a round with so many pieces of evidence, and one action.
static const char *made_round(const char *country, const char *evidence_of, int n)
{
    const char *round = made("assessment", "country", country, "tool", "2.3", "pack",
                             "unodc-hrge-2021", "pack_version", "1.0.0", "state", "draft", NULL);
    const char *answer = made("answer", "assessment_id", round, "row", "2.3-Q01", "value", "no", NULL);
    for (int i = 0; i < n; i++) {
        made("evidence", "about_kind", "answer", "about_id", answer, "title",
             arena_printf(a, "%s %d", evidence_of, i), NULL);
    }
    made("action", "about_kind", "answer", "about_id", answer, "what", evidence_of, "state", "open",
         NULL);
    return round;
}

static void evidence_of_a_round_is_loaded_without_that_of_other_countries(void **state)
{
    (void)state;
    const char *here = made_round("NA", "Here", 2);
    made_round("NE", "There", 7);
    struct db_read *db;
    struct attached_records of;
    ok(db_reader(store_db(store), &db, &e));
    db_count_reset();
    ok(programme_attached_load(db, a, &(struct attached_to){.kind = "answer", .round = here}, &of, &e));
    assert_int_equal(db_count(), 2);
    assert_int_equal(of.n_evidence, 2);
    assert_string_equal(record_text(of.evidence[1], "title"), "Here 1");
    assert_int_equal(of.n_actions, 1);
    assert_string_equal(record_text(of.actions[0], "what"), "Here");
    const char *answer = record_text(of.evidence[0], "about_id");
    ok(programme_attached_load(db, a, &(struct attached_to){.kind = "answer", .id = answer}, &of, &e));
    assert_int_equal(of.n_evidence, 2);
    ok(programme_attached_load(db, a, &(struct attached_to){.kind = "risk", .id = answer}, &of, &e));
    assert_int_equal(of.n_evidence + of.n_actions, 0);
    ok(programme_attached_load(db, a, &(struct attached_to){.kind = "answer"}, &of, &e));
    assert_int_equal(of.n_evidence + of.n_actions, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements_do_not_grow_with_the_changes),
        cmocka_unit_test(evidence_of_a_round_is_loaded_without_that_of_other_countries),
    };
    return cmocka_run_group_tests_name("history", tests, set_up, tear_down);
}
