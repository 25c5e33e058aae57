// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_page_test_help.h: a workspace whose pages a unit test asks for as somebody who may do everything, and how
// many statements that took.

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

static void workspace_begin(void)
{
    a = arena_new(LIMIT_PROCESS_BYTES);
    assert_non_null(mkdtemp(folder));
    ok(store_init(folder, &e));
    ok(store_open(folder, false, &store, &e));
    token = session_token_new(a);
    size_t n;
    const struct route *const *all = route_all(&n);
    site.store = store;
    site.routes = route_table_new(a, all, n);
}

static int workspace_end(void **state)
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

#endif
