// SPDX-License-Identifier: AGPL-3.0-or-later
//
// serve_test.c: forms of records over a real workspace: who may change what, what two people change
// at once, references out of the programme. And the lock and the control socket of a workspace.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/control.h"
#include "app/serve.h"
#include "base/bug.h"
#include "cli/run.h"
#include "http/dispatch.h"
#include "programme/programme.h"
#include "result/result.h"
#include "risk/risk.h"

static struct arena *a;
static struct store *store;
static char folder[] = "/tmp/mainstay-serve-XXXXXX";
static const char *token;
static const char *mine, *other; // ids of programmes
static const char *my_risk, *other_risk, *my_result, *other_result;

// ---- a small program ----------------------------------------------------------------------------

static struct req seen;

static enum err show(struct req *r, struct reply *p, struct err_info *e)
{
    (void)e;
    seen = *r;
    buf_str(&p->body, "shown");
    return ERR_NONE;
}

static enum err save(struct req *r, struct reply *p, struct err_info *e)
{
    struct store_tx *tx;
    struct actor actor = req_actor(r);
    seen = *r;
    enum err err = store_begin(r->store, &actor, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = store_save(tx, r->arena, r->form->record, e);
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    reply_redirect(r, p, "/", NULL);
    return store_commit(tx, e);
}

static enum err show_all(struct req *r, struct reply *p, struct err_info *e)
{
    struct record **rows;
    size_t n;
    enum err err = store_list(r->db, r->arena, &entity_risk, NULL, &rows, &n, e);
    buf_printf(&p->body, "%zu risks", n);
    return err;
}

static const struct route routes[] = {
    {.path = "/programmes/{programme}/risks", .needs = MAY_READ, .get = show_all},
    {.path = "/api/v1/programmes/{programme}/risks", .needs = MAY_READ, .get = show_all},
    {.path = "/programmes/{programme}/risks/{risk}", .needs = MAY_READ, .post_needs = MAY_WRITE,
     .get = show, .post = save, .entity = &entity_risk, .edits = "risk"},
    {.path = "/risks/{risk}", .needs = MAY_READ, .post_needs = MAY_WRITE, .get = show,
     .post = save, .entity = &entity_risk, .edits = "risk"},
    {.path = "/programmes/{programme}/indicators", .needs = MAY_READ, .post_needs = MAY_WRITE,
     .get = show, .post = save, .entity = &entity_indicator},
    {.path = "/programmes/{programme}/indicators/{indicator}", .needs = MAY_READ,
     .post_needs = MAY_WRITE, .get = show, .post = save, .entity = &entity_indicator,
     .edits = "indicator"},
    {.path = "/programmes/{programme}/indicators/{indicator}/targets", .needs = MAY_READ,
     .post_needs = MAY_WRITE, .get = show, .post = save, .entity = &entity_target},
    {.path = "/programmes/{programme}/change", .needs = MAY_READ, .post_needs = MAY_WRITE,
     .get = show, .post = save, .entity = &entity_programme, .edits = "programme"},
};

static struct grant grants[2]; // the second on the other programme, in some tests
static struct identity officer = {.user_id = NULL, .name_key = "ana", .name = "Ana",
                                  .language = "en", .grants = grants, .n_grants = 1};

static enum err identify(struct db_read *db, struct arena *mine_, const char *hash,
                         struct http_session *out, struct err_info *e)
{
    (void)db;
    (void)e;
    out->who = strcmp(hash, session_token_hash(mine_, token)) == 0 ? &officer : NULL;
    return ERR_NONE;
}

static struct http_hooks hooks;
static struct site site = {.only_loopback = true, .key = "key"};

static struct exchange *ask_within(struct arena *room, const char *method, const char *path, const char *body)
{
    struct exchange *x = ARENA_MAKE(a, struct exchange);
    struct pair *headers = ARENA_ARRAY(a, struct pair, 4);
    char *all = arena_printf(a, "%s&_csrf=%s", body, csrf_token(a, token));
    bool posts = strcmp(method, "POST") == 0;
    headers[0] = (struct pair){"Host", "localhost"};
    headers[1] = (struct pair){"Cookie", arena_printf(a, "mainstay=%s", token)};
    headers[2] = (struct pair){"Content-Type", "application/x-www-form-urlencoded"};
    headers[3] = (struct pair){"Content-Length", arena_printf(a, "%zu", strlen(all))};
    *x = (struct exchange){.arena = room, .site = &site, .method = method, .path = path,
                           .headers = headers, .n_headers = posts ? 4 : 2, .body = all};
    seen = (struct req){0};
    exchange_open(x);
    if (!x->answered) {
        exchange_run(x);
    }
    return x;
}

static struct exchange *ask(const char *method, const char *path, const char *body)
{
    return ask_within(a, method, path, body);
}

static struct record *load(const struct entity *kind, const char *id)
{
    struct db_read *db;
    struct record *r;
    struct err_info e;
    assert_int_equal(db_reader(store_db(store), &db, &e), ERR_NONE);
    assert_int_equal(store_get(db, a, kind, id, &r, &e), ERR_NONE);
    return r;
}

static const char *path_of(const char *address, const char *id)
{
    return url_make(a, address, id, NULL);
}

// ---- forms --------------------------------------------------------------------------------------

static void a_form_shows_the_record_and_saves_what_was_typed(void **state)
{
    (void)state;
    const char *path = path_of("/programmes/MINE/risks/{0}", my_risk);
    assert_int_equal(ask("GET", path, "")->reply.status, 200);
    assert_string_equal(form_text(a, seen.form, "statement"), "Something may happen");
    const char *version = seen.form->record->version;
    assert_int_equal(ask("POST", path,
                         arena_printf(a, "statement=Changed&_version=%s", version))->reply.status,
                     303);
    assert_string_equal(record_text(load(&entity_risk, my_risk), "statement"), "Changed");
    // the same again, from the old version: somebody else was faster
    struct exchange *x =
        ask("POST", path, arena_printf(a, "statement=Mine&_version=%s", version));
    assert_int_equal(x->reply.status, 409);
    assert_string_equal(form_text(a, seen.form, "statement"), "Mine");
    assert_string_equal(record_text(load(&entity_risk, my_risk), "statement"), "Changed");
    // shown again with the newest version, so that it can be sent knowingly
    assert_string_not_equal(seen.form->record->version, version);
    assert_int_equal(ask("POST", path, arena_printf(a, "statement=Mine&_version=%s",
                                                    seen.form->record->version))->reply.status,
                     303);
    assert_string_equal(record_text(load(&entity_risk, my_risk), "statement"), "Mine");
}

static void records_of_other_programmes_do_not_exist(void **state)
{
    (void)state;
    static const char *const none[] = {"/programmes/MINE/risks/{0}", "/programmes/OTHER/risks/{0}",
                                       "/risks/{0}", NULL};
    for (int i = 0; none[i] != NULL; i++) {
        assert_int_equal(ask("GET", path_of(none[i], other_risk), "")->reply.status, 404);
        assert_int_equal(ask("POST", path_of(none[i], other_risk), "statement=x")->reply.status,
                         404);
    }
    assert_string_equal(record_text(load(&entity_risk, other_risk), "statement"),
                        "Something may happen");
    assert_int_equal(ask("GET", path_of("/risks/{0}", my_risk), "")->reply.status, 200);
    grants[0].verbs = MAY_READ;
    assert_int_equal(ask("POST", path_of("/risks/{0}", my_risk), "statement=x")->reply.status, 403);
    assert_int_equal(
        ask("POST", path_of("/programmes/MINE/risks/{0}", my_risk), "statement=x")->reply.status,
        403);
    grants[0].verbs = MAY_READ | MAY_WRITE;
}

#define INDICATOR                                                                                  \
    "title=Laws+passed&unit=count&direction=more&accumulation=cumulative&state=active&code="

static void references_stay_inside_the_programme(void **state)
{
    (void)state;
    struct exchange *x =
        ask("POST", "/programmes/MINE/indicators",
            arena_printf(a, INDICATOR "I9&result_id=%s", other_result));
    assert_int_equal(x->reply.status, 422);
    assert_non_null(form_error_of(seen.form, "result_id"));
    // also for who may read both: a record and what it refers to belong to one programme
    officer.n_grants = 2;
    x = ask("POST", "/programmes/MINE/indicators",
            arena_printf(a, INDICATOR "I9&result_id=%s", other_result));
    assert_int_equal(x->reply.status, 422);
    assert_int_equal(
        ask("GET", path_of("/programmes/MINE/risks/{0}", other_risk), "")->reply.status, 404);
    assert_int_equal(
        ask("GET", path_of("/programmes/OTHER/risks/{0}", other_risk), "")->reply.status, 200);
    officer.n_grants = 1;
    x = ask("POST", "/programmes/MINE/indicators",
            arena_printf(a, INDICATOR "I1&result_id=%s", my_result));
    assert_int_equal(x->reply.status, 303);
    assert_string_equal(record_text(seen.form->record, "programme_id"), mine);
}

static void a_capture_names_what_a_record_belongs_to(void **state)
{
    (void)state;
    assert_int_equal(ask("GET", "/programmes/MINE/indicators/I1", "")->reply.status, 200);
    const char *indicator = seen.form->record->id;
    assert_int_equal(ask("POST", "/programmes/MINE/indicators/I1/targets",
                         "due_on=2026-12-31&value=4&indicator_id=01aaaaaaaaaaaaaaaaaaaaaaaa")
                         ->reply.status,
                     422);
    struct exchange *x =
        ask("POST", "/programmes/MINE/indicators/I1/targets", "due_on=2026-12-31&value=4");
    assert_int_equal(x->reply.status, 303);
    assert_string_equal(record_text(seen.form->record, "indicator_id"), indicator);
    assert_int_equal(ask("POST", "/programmes/MINE/indicators/I7/targets", "value=4")->reply.status,
                     404);
}

static void the_programme_itself_can_be_edited(void **state)
{
    (void)state;
    assert_int_equal(ask("GET", "/programmes/MINE/change", "")->reply.status, 200);
    assert_string_equal(form_text(a, seen.form, "number"), "MINE");
    assert_int_equal(ask("POST", "/programmes/MINE/change", "title=New+title")->reply.status, 303);
    assert_string_equal(record_text(load(&entity_programme, mine), "title"), "New title");
    assert_int_equal(ask("GET", "/programmes/OTHER/change", "")->reply.status, 404);
}

static void refusals_are_written_down(void **state)
{
    (void)state;
    struct db_read *db;
    struct change *changes;
    struct err_info e;
    size_t before, after;
    assert_int_equal(db_reader(store_db(store), &db, &e), ERR_NONE);
    assert_int_equal(store_history(db, a, "event", NULL, 0, &changes, &before, &e), ERR_NONE);
    serve_hooks.log_event(store, &(struct actor){.user_id = NULL, .name = "ana"},
                          "refused: right", "/risks/{risk}");
    assert_int_equal(store_history(db, a, "event", NULL, 0, &changes, &after, &e), ERR_NONE);
    assert_int_equal(after, before + 1);
    assert_non_null(strstr(changes[0].fields, "refused: right"));
}

// ---- lock and control socket --------------------------------------------------------------------

static void only_one_process_holds_the_lock(void **state)
{
    (void)state;
    struct lock *first, *second;
    struct err_info e;
    bool taken;
    assert_int_equal(lock_take(a, folder, &first, &taken, &e), ERR_NONE);
    assert_true(taken);
    assert_int_equal(lock_take(a, folder, &second, &taken, &e), ERR_NONE);
    assert_false(taken);
    lock_release(first);
    assert_int_equal(lock_take(a, folder, &second, &taken, &e), ERR_NONE);
    assert_true(taken);
    lock_release(second);
    assert_int_equal(lock_take(a, "/nowhere", &second, &taken, &e), ERR_FAILED);
}

static void commands_run_in_the_server(void **state)
{
    (void)state;
    struct control *control;
    struct err_info e;
    struct buf out, err;
    struct stat s;
    int status = -1;
    char *list[] = {"mainstay", "show", "programme", "MINE", "--format", "json", NULL};
    char *serve[] = {"mainstay", "serve", folder, NULL};
    char *save_it[] = {"mainstay", "save", "programme", "-", NULL};
    static const char input[] = "{\"number\":\"MINE\",\"title\":\"From the terminal\"}";
    buf_init(&out, a, 100000);
    buf_init(&err, a, 100000);
    assert_int_equal(control_forward(a, folder, 6, list, NULL, 0, &out, &err, &status, &e),
                     ERR_NOT_FOUND);
    assert_int_equal(control_serve_start(store, folder, &control, &e), ERR_NONE);
    assert_int_equal(stat(arena_printf(a, "%s/run.sock", folder), &s), 0);
    assert_int_equal(s.st_mode & 0777, 0600);
    assert_int_equal(control_forward(a, folder, 6, list, NULL, 0, &out, &err, &status, &e),
                     ERR_NONE);
    assert_int_equal(status, 0);
    assert_non_null(strstr(out.data, "\"MINE\""));
    assert_int_equal(control_forward(a, folder, 4, save_it, input, sizeof input - 1, &out, &err,
                                     &status, &e),
                     ERR_NONE);
    assert_int_equal(status, 0);
    assert_string_equal(record_text(load(&entity_programme, mine), "title"), "From the terminal");
    assert_int_equal(control_forward(a, folder, 3, serve, NULL, 0, &out, &err, &status, &e),
                     ERR_NONE);
    assert_int_not_equal(status, 0);
    assert_non_null(strstr(err.data, "running server"));
    char *latin1[] = {"mainstay", "list", "programme", "--where", "title=M\xe9xico", NULL};
    assert_int_equal(control_forward(a, folder, 5, latin1, NULL, 0, &out, &err, &status, &e),
                     ERR_NONE);
    assert_int_equal(status, 2);
    assert_non_null(strstr(err.data, "Word 4 of the command is not valid UTF-8."));
    control_serve_stop(control);
    assert_int_not_equal(stat(arena_printf(a, "%s/run.sock", folder), &s), 0);
}

// ---- more than one request can hold -------------------------------------------------------------

static void what_reads_too_much_is_refused_and_the_next_is_served(void **state)
{
    (void)state;
    struct err_info e = {0};
    struct store_tx *tx;
    struct actor owner = {.name = "owner"};
    struct arena *small = arena_new(512 * 1024);
    struct buf out, err;
    struct record *r;
    assert_int_equal(ask_within(small, "GET", "/programmes/MINE/risks", "")->reply.status, 200);
    arena_reset(small);
    assert_int_equal(store_begin(store, &owner, NULL, &tx, &e), ERR_NONE);
    for (int i = 0; i < 1000; i++) {
        r = record_new(a, &entity_risk);
        record_set_text(r, "programme_id", mine);
        record_set_text(r, "statement", "Something may happen");
        record_set_text(r, "state", "open");
        assert_int_equal(store_save(tx, a, r, &e), ERR_NONE);
    }
    assert_int_equal(store_commit(tx, &e), ERR_NONE);

    struct exchange *x = ask_within(small, "GET", "/programmes/MINE/risks", "");
    assert_int_equal(x->reply.status, 413);
    assert_int_equal(x->failed.code, ERR_TOO_MANY);
    assert_non_null(strstr(x->reply.body.data, "This is more than one page or command can hold."));
    assert_non_null(strstr(x->reply.body.data, "shorter period"));
    arena_reset(small);
    x = ask_within(small, "GET", "/api/v1/programmes/MINE/risks", "");
    assert_int_equal(x->reply.status, 413);
    assert_non_null(strstr(x->reply.body.data, "\"code\":\"ERR_TOO_MANY\""));
    arena_reset(small);
    assert_int_equal(ask_within(small, "GET", "/programmes/MINE/change", "")->reply.status, 200);
    arena_reset(small);
    assert_string_equal(ask("GET", "/programmes/MINE/risks", "")->reply.body.data, "1002 risks");

    char *list[] = {"mainstay", "list", "risk", "--format", "json", NULL};
    char *one[] = {"mainstay", "show", "programme", "MINE", NULL};
    buf_init(&out, a, 1000000);
    buf_init(&err, a, 100000);
    assert_int_equal(cli_run_in_server(store, small, 5, list, NULL, 0, &out, &err), 4);
    assert_non_null(strstr(err.data, "This is more than one page or command can hold."));
    assert_int_equal(out.len, 0);
    arena_reset(small);
    assert_int_equal(cli_run_in_server(store, small, 4, one, NULL, 0, &out, &err), 0);
    arena_free(small);
}

// ---- a workspace with two programmes ------------------------------------------------------------

static const char *add(const struct entity *kind, const char *const *values)
{
    struct err_info e = {0};
    struct store_tx *tx;
    struct record *r = record_new(a, kind);
    for (size_t i = 0; values[i] != NULL; i += 2) {
        const struct field *f = entity_field(kind, values[i]);
        struct value *v = &r->values[entity_field_index(kind, values[i])];
        if (field_parse(a, f, values[i + 1], 2, v, &e) != ERR_NONE) {
            fail_msg("%s: %s", values[i], e.text);
        }
    }
    struct actor owner = {.name = "owner"};
    if (record_check(r, &e) != ERR_NONE || store_begin(store, &owner, NULL, &tx, &e) != ERR_NONE ||
        store_save(tx, a, r, &e) != ERR_NONE || store_commit(tx, &e) != ERR_NONE) {
        fail_msg("%s %s %s", kind->kind, e.field, e.text);
    }
    return r->id;
}
#define ADD(kind, ...) add(kind, (const char *const[]){__VA_ARGS__, NULL})

static void fill(const char *number, const char **programme, const char **risk, const char **result)
{
    *programme = ADD(&entity_programme, "number", number, "title", "A programme", "objective", "x",
                     "crime", "tip", "starts_on", "2024-01-01", "ends_on", "2026-12-31", "state",
                     "running", "currency", "USD");
    *risk = ADD(&entity_risk, "programme_id", *programme, "statement", "Something may happen",
                "state", "open");
    *result = ADD(&entity_result, "programme_id", *programme, "level", "outcome", "code", number,
                  "statement", "Better laws");
}

static int set_up(void **state)
{
    (void)state;
    struct err_info e;
    static const struct route *table[COUNT_OF(routes)];
    a = arena_new(LIMIT_REQUEST_BYTES);
    if (sodium_init() < 0 || mkdtemp(folder) == NULL || store_init(folder, &e) != ERR_NONE ||
        store_open(folder, false, &store, &e) != ERR_NONE) {
        return -1;
    }
    for (size_t i = 0; i < COUNT_OF(routes); i++) {
        table[i] = &routes[i];
    }
    const char *wrong = route_check(a, table, COUNT_OF(table));
    if (wrong != NULL) {
        fail_msg("%s", wrong);
    }
    hooks = serve_hooks;
    hooks.identify = identify;
    site.hooks = &hooks;
    site.store = store;
    site.routes = route_table_new(a, table, COUNT_OF(table));
    token = session_token_new(a);
    fill("MINE", &mine, &my_risk, &my_result);
    fill("OTHER", &other, &other_risk, &other_result);
    grants[0] = (struct grant){.verbs = MAY_READ | MAY_WRITE, .programme_id = mine};
    grants[1] = (struct grant){.verbs = MAY_READ | MAY_WRITE, .programme_id = other};
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    store_close(store);
    arena_free(a);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_form_shows_the_record_and_saves_what_was_typed),
        cmocka_unit_test(records_of_other_programmes_do_not_exist),
        cmocka_unit_test(references_stay_inside_the_programme),
        cmocka_unit_test(a_capture_names_what_a_record_belongs_to),
        cmocka_unit_test(the_programme_itself_can_be_edited),
        cmocka_unit_test(refusals_are_written_down),
        cmocka_unit_test(only_one_process_holds_the_lock),
        cmocka_unit_test(commands_run_in_the_server),
        cmocka_unit_test(what_reads_too_much_is_refused_and_the_next_is_served),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
