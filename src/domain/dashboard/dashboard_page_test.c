// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_page_test.c: dashboards and reference sheets run as many statements for few values as for many, and
// parts of values are read only when they are shown.

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

static char folder[] = "/tmp/mainstay-dashboard-XXXXXX";
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
                 "accumulation", "cumulative", "frequency", "yearly",
                 "state", "active", NULL);
        for (int year = 2024; year < 2024 + n && year < 2027; year++) {
            const char *value = made("observation", "indicator_id", indicator, "period_from",
                                     arena_printf(a, "%d-01-01", year), "period_to",
                                     arena_printf(a, "%d-03-31", year), "value", "5", "state", "entered", NULL);
            made("observation_part", "observation_id", value, "split", "sex=female", "value", "3", NULL);
        }
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
static const char *page(const char *path, const struct pair *query, size_t n_query, int64_t *statements)
{
    struct exchange *x = ARENA_MAKE(a, struct exchange);
    struct pair headers[] = {{"Host", "localhost"},
                             {"Cookie", arena_printf(a, "mainstay=%s", token)}};
    *x = (struct exchange){.arena = a, .site = &site, .method = "GET", .path = path, .query = query,
                           .n_query = n_query, .headers = headers, .n_headers = COUNT_OF(headers)};
    db_count_reset();
    exchange_open(x);
    if (!x->answered) {
        exchange_run(x);
    }
    *statements = (int64_t)db_count();
    assert_int_equal(x->reply.status, 200);
    return x->reply.body.data;
}

static void statements_do_not_grow_with_the_values(void **state)
{
    (void)state;
    static const struct {
        const char *few, *many;
        int64_t most;
    } pages[] = {{"/programmes/FEW/dashboard", "/programmes/MANY/dashboard", 8},
                 {"/programmes/FEW/indicators", "/programmes/MANY/indicators", 12},
                 {"/programmes/FEW/values/missing", "/programmes/MANY/values/missing", 10}};
    for (size_t i = 0; i < COUNT_OF(pages); i++) {
        int64_t few, many;
        page(pages[i].few, NULL, 0, &few);
        page(pages[i].many, NULL, 0, &many);
        assert_int_equal(few, many);
        assert_true(many <= pages[i].most);
    }
    int64_t all;
    const char *shown = page("/dashboard", NULL, 0, &all);
    assert_true(all <= 8);
    assert_non_null(strstr(shown, "/programmes/FEW/dashboard"));
    assert_non_null(strstr(shown, "/programmes/MANY/dashboard"));
}

static void parts_are_shown_when_asked_for_and_cost_no_statement(void **state)
{
    (void)state;
    const struct pair split[] = {{"split", "sex"}};
    int64_t plain, with_parts;
    assert_null(strstr(page("/programmes/MANY/dashboard", NULL, 0, &plain), "Female"));
    assert_non_null(strstr(page("/programmes/MANY/dashboard", split, 1, &with_parts), "Female"));
    assert_int_equal(with_parts, plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(statements_do_not_grow_with_the_values),
                                       cmocka_unit_test(parts_are_shown_when_asked_for_and_cost_no_statement)};
    return cmocka_run_group_tests_name("dashboard pages", tests, set_up, tear_down);
}
