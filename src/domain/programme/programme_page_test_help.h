// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_page_test_help.h: a workspace whose pages a unit test asks for, whose forms it sends, as one person;
// and how many statements that took.

#ifndef PROGRAMME_PAGE_TEST_HELP_H
#define PROGRAMME_PAGE_TEST_HELP_H

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

static char folder[] = "/tmp/mainstay-pages-XXXXXX";
static struct arena *a;
static struct store *store;
static struct err_info e;
static const char *token;
static struct grant grants[2] = {{.verbs = MAY_READ | MAY_WRITE}}; // everywhere, until a test says otherwise
static struct identity ana = {.name_key = "ana", .name = "Ana", .language = "en", .grants = grants, .n_grants = 1};

static inline void ok(enum err err)
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
static inline const char *made(const char *kind, ...)
{
    struct store_tx *tx;
    struct record *r = record_new(a, model_find(kind));
    va_list list;
    va_start(list, kind);
    for (const char *name; (name = va_arg(list, const char *)) != NULL;) {
        record_set_text(r, name, va_arg(list, const char *));
    }
    va_end(list);
    ok(record_check(r, &e));
    ok(store_begin(store, &(struct actor){.name = "owner"}, NULL, &tx, &e));
    ok(store_save(tx, a, r, &e));
    ok(store_commit(tx, &e));
    return r->id;
}

// A programme that runs from 2024 to 2026.
static inline const char *made_programme(const char *number)
{
    return made("programme", "number", number, "title", "A programme", "crime", "tip", "starts_on", "2024-01-01", "ends_on",
                "2026-12-31", "state", "running", "currency", "USD", NULL);
}

// A result of it, and an indicator that counts towards the result.
static inline const char *made_indicator(const char *programme_id, const char *number, int i)
{
    const char *result = made("result", "programme_id", programme_id, "level", "outcome", "code",
                              arena_printf(a, "Outcome %d", i), "statement",
                              arena_printf(a, "Statement %d of %s", i, number), NULL);
    return made("indicator", "programme_id", programme_id, "result_id", result, "code",
                arena_printf(a, "%s/I%d", number, i), "title", arena_printf(a, "Title %d of %s", i, number), "unit", "count",
                "direction", "more", "accumulation", "cumulative", "frequency", "yearly", "state", "active", NULL);
}

static inline void workspace_begin(void)
{
    a = arena_new(LIMIT_PROCESS_BYTES);
    assert_non_null(mkdtemp(folder));
    ok(store_init(folder, &e));
    ok(store_open(folder, false, &store, &e));
    token = session_token_new(a);
    ana.user_id = made("user", "name", ana.name, "name_key", ana.name_key, "language", ana.language, NULL);
    size_t n;
    const struct route *const *all = route_all(&n);
    site.store = store;
    site.routes = route_table_new(a, all, n);
}

static inline int workspace_end(void **state)
{
    (void)state;
    store_close(store);
    ok(folder_remove(folder, &e));
    arena_free(a);
    return 0;
}

// A page asked for, or a form sent: body, without its token; NULL asks. room: memory of the request.
static inline struct exchange *ask_within(struct arena *room, const char *path, const struct pair *query,
                                          size_t n_query, const char *body)
{
    struct exchange *x = ARENA_MAKE(a, struct exchange);
    struct pair *headers = ARENA_ARRAY(a, struct pair, 4);
    char *form = body == NULL ? NULL : arena_printf(a, "%s&_csrf=%s", body, csrf_token(a, token));
    headers[0] = (struct pair){"Host", "localhost"};
    headers[1] = (struct pair){"Cookie", arena_printf(a, "mainstay=%s", token)};
    headers[2] = (struct pair){"Content-Type", "application/x-www-form-urlencoded"};
    headers[3] = (struct pair){"Content-Length", arena_printf(a, "%zu", form == NULL ? 0 : strlen(form))};
    *x = (struct exchange){.arena = room, .site = &site, .method = form == NULL ? "GET" : "POST", .path = path,
                           .query = query, .n_query = n_query, .headers = headers,
                           .n_headers = form == NULL ? 2 : 4, .body = form};
    exchange_open(x);
    if (!x->answered) {
        exchange_run(x);
    }
    return x;
}

static inline struct exchange *ask(const char *path, const struct pair *query, size_t n_query, const char *body)
{
    return ask_within(a, path, query, n_query, body);
}

// The page, and how many statements it ran.
static inline const char *page(const char *path, const struct pair *query, size_t n_query, int64_t *statements)
{
    db_count_reset();
    struct exchange *x = ask(path, query, n_query, NULL);
    *statements = (int64_t)db_count();
    assert_int_equal(x->reply.status, 200);
    return x->reply.body.data;
}

// What is saved now.
static inline struct db_read *reader(void)
{
    struct db_read *db;
    ok(db_reader(store_db(store), &db, &e));
    return db;
}

#endif
