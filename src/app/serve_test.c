// SPDX-License-Identifier: AGPL-3.0-or-later
//
// serve_test.c: forms of records over a real workspace: who may change what, what two people change
// at once, references out of the programme. And the lock and the control socket of a workspace.

#include "programme/programme_page_test_help.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/control.h"
#include "app/control_wire.h"
#include "app/serve.h"
#include "cli/run.h"
#include "result/result.h"
#include "risk/risk.h"

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

static struct exchange *get(const char *path)
{
    seen = (struct req){0};
    return ask(path, NULL, 0, NULL);
}

static struct exchange *get_within(struct arena *room, const char *path)
{
    seen = (struct req){0};
    return ask_within(room, path, NULL, 0, NULL);
}

static struct exchange *post(const char *path, const char *body)
{
    seen = (struct req){0};
    return ask(path, NULL, 0, body);
}

static struct record *load(const struct entity *kind, const char *id)
{
    struct record *r;
    ok(store_get(reader(), a, kind, id, &r, &e));
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
    assert_int_equal(get(path)->reply.status, 200);
    assert_string_equal(form_text(a, seen.form, "statement"), "Something may happen");
    const char *version = seen.form->record->version;
    assert_int_equal(post(path, arena_printf(a, "statement=Changed&_version=%s",
                     version))->reply.status, 303);
    assert_string_equal(record_text(load(&entity_risk, my_risk), "statement"), "Changed");
    // the same again, from the old version: somebody else was faster
    struct exchange *x = post(path, arena_printf(a, "statement=Mine&_version=%s", version));
    assert_int_equal(x->reply.status, 409);
    assert_string_equal(form_text(a, seen.form, "statement"), "Mine");
    assert_string_equal(record_text(load(&entity_risk, my_risk), "statement"), "Changed");
    // shown again with the newest version, so that it can be sent knowingly
    assert_string_not_equal(seen.form->record->version, version);
    assert_int_equal(post(path, arena_printf(a, "statement=Mine&_version=%s",
                     seen.form->record->version))->reply.status, 303);
    assert_string_equal(record_text(load(&entity_risk, my_risk), "statement"), "Mine");
}

static void records_of_other_programmes_do_not_exist(void **state)
{
    (void)state;
    static const char *const none[] = {"/programmes/MINE/risks/{0}", "/programmes/OTHER/risks/{0}",
                                       "/risks/{0}", NULL};
    for (int i = 0; none[i] != NULL; i++) {
        assert_int_equal(get(path_of(none[i], other_risk))->reply.status, 404);
        assert_int_equal(post(path_of(none[i], other_risk), "statement=x")->reply.status, 404);
    }
    assert_string_equal(record_text(load(&entity_risk, other_risk), "statement"),
                        "Something may happen");
    assert_int_equal(get(path_of("/risks/{0}", my_risk))->reply.status, 200);
    grants[0].verbs = MAY_READ;
    assert_int_equal(post(path_of("/risks/{0}", my_risk), "statement=x")->reply.status, 403);
    assert_int_equal(post(path_of("/programmes/MINE/risks/{0}", my_risk), "statement=x")->reply.status, 403);
    grants[0].verbs = MAY_READ | MAY_WRITE;
}

#define INDICATOR                                                                                  \
    "title=Laws+passed&unit=count&direction=more&accumulation=cumulative&state=active&code="

static void references_stay_inside_the_programme(void **state)
{
    (void)state;
    struct exchange *x = post("/programmes/MINE/indicators", arena_printf(a,
                              INDICATOR "I9&result_id=%s", other_result));
    assert_int_equal(x->reply.status, 422);
    assert_non_null(form_error_of(seen.form, "result_id"));
    // also for who may read both: a record and what it refers to belong to one programme
    ana.n_grants = 2;
    x = post("/programmes/MINE/indicators", arena_printf(a, INDICATOR "I9&result_id=%s", other_result));
    assert_int_equal(x->reply.status, 422);
    assert_int_equal(get(path_of("/programmes/MINE/risks/{0}", other_risk))->reply.status, 404);
    assert_int_equal(get(path_of("/programmes/OTHER/risks/{0}", other_risk))->reply.status, 200);
    ana.n_grants = 1;
    x = post("/programmes/MINE/indicators", arena_printf(a, INDICATOR "I1&result_id=%s", my_result));
    assert_int_equal(x->reply.status, 303);
    assert_string_equal(record_text(seen.form->record, "programme_id"), mine);
}

static void a_capture_names_what_a_record_belongs_to(void **state)
{
    (void)state;
    assert_int_equal(get("/programmes/MINE/indicators/I1")->reply.status, 200);
    const char *indicator = seen.form->record->id;
    assert_int_equal(post("/programmes/MINE/indicators/I1/targets",
                     "due_on=2026-12-31&value=4&indicator_id=01aaaaaaaaaaaaaaaaaaaaaaaa")->reply.status, 422);
    struct exchange *x = post("/programmes/MINE/indicators/I1/targets", "due_on=2026-12-31&value=4");
    assert_int_equal(x->reply.status, 303);
    assert_string_equal(record_text(seen.form->record, "indicator_id"), indicator);
    assert_int_equal(post("/programmes/MINE/indicators/I7/targets", "value=4")->reply.status, 404);
}

static void the_programme_itself_can_be_edited(void **state)
{
    (void)state;
    assert_int_equal(get("/programmes/MINE/change")->reply.status, 200);
    assert_string_equal(form_text(a, seen.form, "number"), "MINE");
    assert_int_equal(post("/programmes/MINE/change", "title=New+title")->reply.status, 303);
    assert_string_equal(record_text(load(&entity_programme, mine), "title"), "New title");
    assert_int_equal(get("/programmes/OTHER/change")->reply.status, 404);
}

static void refusals_are_written_down(void **state)
{
    (void)state;
    struct change *changes;
    size_t before, after;
    ok(store_history(reader(), a, "event", NULL, 0, &changes, &before, &e));
    serve_hooks.log_event(store, &(struct actor){.user_id = NULL, .name = "ana"},
                          "refused: right", "/risks/{risk}");
    ok(store_history(reader(), a, "event", NULL, 0, &changes, &after, &e));
    assert_int_equal(after, before + 1);
    assert_non_null(strstr(changes[0].fields, "refused: right"));
}

// ---- lock and control socket --------------------------------------------------------------------

static void only_one_process_holds_the_lock(void **state)
{
    (void)state;
    struct lock *first, *second;
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
    struct buf out, err;
    struct stat s;
    struct control_answer answer = {.out = &out, .err = &err, .status = -1};
    char *list[] = {"mainstay", "show", "programme", "MINE", "--format", "json", NULL};
    char *serve[] = {"mainstay", "serve", folder, NULL};
    char *save_it[] = {"mainstay", "save", "programme", "-", NULL};
    static const char input[] = "{\"number\":\"MINE\",\"title\":\"From the terminal\"}";
    buf_init(&out, a, 100000);
    buf_init(&err, a, 100000);
    assert_int_equal(control_forward(a, folder, 6, list, NULL, 0, &answer, &e),
                     ERR_NOT_FOUND);
    assert_int_equal(control_serve_start(store, folder, &control, &e), ERR_NONE);
    assert_int_equal(stat(arena_printf(a, "%s/run.sock", folder), &s), 0);
    assert_int_equal(s.st_mode & 0777, 0600);
    assert_int_equal(control_forward(a, folder, 6, list, NULL, 0, &answer, &e),
                     ERR_NONE);
    assert_int_equal(answer.status, 0);
    assert_non_null(strstr(out.data, "\"MINE\""));
    assert_int_equal(control_forward(a, folder, 4, save_it, input, sizeof input - 1, &answer, &e),
                     ERR_NONE);
    assert_int_equal(answer.status, 0);
    assert_string_equal(record_text(load(&entity_programme, mine), "title"), "From the terminal");
    assert_int_equal(control_forward(a, folder, 3, serve, NULL, 0, &answer, &e),
                     ERR_NONE);
    assert_int_not_equal(answer.status, 0);
    assert_non_null(strstr(err.data, "running server"));
    char *latin1[] = {"mainstay", "list", "programme", "--where", "title=M\xe9xico", NULL};
    assert_int_equal(control_forward(a, folder, 5, latin1, NULL, 0, &answer, &e),
                     ERR_NONE);
    assert_int_equal(answer.status, 2);
    assert_non_null(strstr(err.data, "Word 4 of the command is not valid UTF-8."));
    control_serve_stop(control);
    assert_int_not_equal(stat(arena_printf(a, "%s/run.sock", folder), &s), 0);
}

// ---- more than one request can hold -------------------------------------------------------------

static void what_reads_too_much_is_refused_and_the_next_is_served(void **state)
{
    (void)state;
    struct store_tx *tx;
    struct actor owner = {.name = "owner"};
    struct arena *small = arena_new(512 * 1024);
    struct buf out, err;
    struct record *r;
    assert_int_equal(get_within(small, "/programmes/MINE/risks")->reply.status, 200);
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

    struct exchange *x = get_within(small, "/programmes/MINE/risks");
    assert_int_equal(x->reply.status, 413);
    assert_int_equal(x->failed.code, ERR_TOO_MANY);
    assert_non_null(strstr(x->reply.body.data, "This is more than one page or command can hold."));
    assert_non_null(strstr(x->reply.body.data, "shorter period"));
    arena_reset(small);
    x = get_within(small, "/api/v1/programmes/MINE/risks");
    assert_int_equal(x->reply.status, 413);
    assert_non_null(strstr(x->reply.body.data, "\"code\":\"ERR_TOO_MANY\""));
    arena_reset(small);
    assert_int_equal(get_within(small, "/programmes/MINE/change")->reply.status, 200);
    arena_reset(small);
    assert_string_equal(get("/programmes/MINE/risks")->reply.body.data, "1002 risks");

    char *table[] = {"mainstay", "list", "risk", NULL};
    char *one[] = {"mainstay", "show", "programme", "MINE", NULL};
    buf_init(&out, a, 1000000);
    buf_init(&err, a, 100000);
    assert_int_equal(cli_run_in_server(store, small, 3, table, NULL, 0, NULL, &out, &err), 4);
    assert_non_null(strstr(err.data, "This is more than one page or command can hold."));
    assert_non_null(strstr(err.data, "--format csv"));
    assert_int_equal(out.len, 0);
    arena_reset(small);
    assert_int_equal(cli_run_in_server(store, small, 4, one, NULL, 0, NULL, &out, &err), 0);
    arena_free(small);
}

// ---- long output --------------------------------------------------------------------------------

struct kept {
    struct buf text;
    int n_pieces;
    bool full;
};

static enum err keep(void *to, const void *bytes, size_t len, struct err_info *why)
{
    struct kept *k = to;
    buf_add(&k->text, bytes, len);
    k->n_pieces++;
    return k->full ? err_set(why, ERR_TOO_LARGE, NULL, MSG("The result is too large."), NULL, NULL) : ERR_NONE;
}

static void keep_begin(struct kept *k)
{
    *k = (struct kept){0};
    buf_init(&k->text, a, 10000000);
}

static char *list_csv[] = {"mainstay", "list", "risk", "--format", "csv", NULL};
static char *list_json[] = {"mainstay", "list", "risk", "--format", "json", NULL};

// In the memory of a short one.
static void a_long_list_is_written_record_by_record(void **state)
{
    (void)state;
    char **lists[] = {list_csv, list_json};
    struct arena *small = arena_new(512 * 1024);
    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        struct buf whole, out, err;
        struct kept kept;
        const struct cli_aside aside = {keep, &kept};
        keep_begin(&kept);
        buf_init(&whole, a, 10000000);
        buf_init(&out, a, 1000000);
        buf_init(&err, a, 100000);
        assert_int_equal(cli_run_in_server(store, a, 5, lists[i], NULL, 0, NULL, &whole, &err), 0);
        assert_int_equal(cli_run_in_server(store, small, 5, lists[i], NULL, 0, &aside, &out, &err), 0);
        arena_reset(small);
        assert_true(kept.n_pieces > 0);
        buf_add(&kept.text, out.data, out.len);
        assert_string_equal(kept.text.data, whole.data);
    }
    arena_free(small);
}

static void long_output_of_a_server_comes_in_pieces(void **state)
{
    (void)state;
    struct control *control;
    struct kept kept;
    struct buf whole, out, err;
    const struct cli_aside aside = {keep, &kept};
    struct control_answer answer = {.aside = &aside, .out = &out, .err = &err, .status = -1};
    buf_init(&whole, a, 10000000);
    buf_init(&out, a, 1000000);
    buf_init(&err, a, 100000);
    assert_int_equal(cli_run_in_server(store, a, 5, list_json, NULL, 0, NULL, &whole, &err), 0);
    assert_int_equal(control_serve_start(store, folder, &control, &e), ERR_NONE);
    keep_begin(&kept);
    ok(control_forward(a, folder, 5, list_json, NULL, 0, &answer, &e));
    assert_int_equal(answer.status, 0);
    assert_true(kept.n_pieces > 1);
    buf_add(&kept.text, out.data, out.len);
    assert_string_equal(kept.text.data, whole.data);
    // who cannot take it says so, and the server goes on
    keep_begin(&kept);
    kept.full = true;
    assert_int_equal(control_forward(a, folder, 5, list_json, NULL, 0, &answer, &e), ERR_TOO_LARGE);
    kept.full = false;
    buf_reset(&out);
    ok(control_forward(a, folder, 5, list_json, NULL, 0, &answer, &e));
    assert_int_equal(answer.status, 0);
    control_serve_stop(control);
}

// Says that a piece of 1,000 bytes comes, sends a few of them and goes away.
static void *half_a_server(void *listens)
{
    int fd = accept(*(int *)listens, NULL, NULL);
    assert_true(fd >= 0);
    assert_true(wire_send(fd, WIRE_HEAD, sizeof WIRE_HEAD - 1));
    assert_true(wire_send_block(fd, "first", 5));
    assert_true(wire_send_number(fd, 1000));
    assert_true(wire_send(fd, "second", 6));
    shutdown(fd, SHUT_WR);
    char rest[4096];
    while (recv(fd, rest, sizeof rest, 0) > 0) { // what was asked
    }
    close(fd);
    return NULL;
}

static void a_server_that_goes_away_midway_is_an_error(void **state)
{
    (void)state;
    struct sockaddr_un address;
    struct kept kept;
    struct buf out, err;
    pthread_t thread;
    const struct cli_aside aside = {keep, &kept};
    struct control_answer answer = {.aside = &aside, .out = &out, .err = &err};
    int folder_fd = open(folder, O_RDONLY | O_DIRECTORY), listens = wire_socket();
    keep_begin(&kept);
    buf_init(&out, a, 1000);
    buf_init(&err, a, 1000);
    wire_address(folder_fd, &address);
    assert_int_equal(bind(listens, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(listens, 1), 0);
    assert_int_equal(pthread_create(&thread, NULL, half_a_server, &listens), 0);
    assert_int_equal(control_forward(a, folder, 5, list_csv, NULL, 0, &answer, &e), ERR_FAILED);
    assert_non_null(strstr(e.text, "did not answer"));
    assert_string_equal(kept.text.data, "first");
    pthread_join(thread, NULL);
    close(listens);
    close(folder_fd);
    assert_int_equal(unlink(arena_printf(a, "%s/run.sock", folder)), 0);
}

// ---- a workspace with two programmes ------------------------------------------------------------

static void fill(const char *number, const char **programme, const char **risk, const char **result)
{
    *programme = made_programme(number);
    *risk = made("risk", "programme_id", *programme, "statement", "Something may happen", "state", "open", NULL);
    *result = made("result", "programme_id", *programme, "level", "outcome", "code", number, "statement",
                   "Better laws", NULL);
}

static int set_up(void **state)
{
    (void)state;
    static const struct route *table[COUNT_OF(routes)];
    static struct http_hooks real;
    workspace_begin();
    for (size_t i = 0; i < COUNT_OF(routes); i++) {
        table[i] = &routes[i];
    }
    const char *wrong = route_check(a, table, COUNT_OF(table));
    if (wrong != NULL) {
        fail_msg("%s", wrong);
    }
    real = serve_hooks;
    real.identify = hooks.identify;
    site.hooks = &real;
    site.routes = route_table_new(a, table, COUNT_OF(table));
    fill("MINE", &mine, &my_risk, &my_result);
    fill("OTHER", &other, &other_risk, &other_result);
    for (size_t i = 0; i < COUNT_OF(grants); i++) { // the second counts in some tests
        grants[i] = (struct grant){MAY_READ | MAY_WRITE, i == 0 ? mine : other};
    }
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
        cmocka_unit_test(a_long_list_is_written_record_by_record),
        cmocka_unit_test(long_output_of_a_server_comes_in_pieces),
        cmocka_unit_test(a_server_that_goes_away_midway_is_an_error),
    };
    return cmocka_run_group_tests(tests, set_up, workspace_end);
}
