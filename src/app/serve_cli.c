// SPDX-License-Identifier: AGPL-3.0-or-later
//
// serve_cli.c: mainstay serve: opens a workspace and answers until it is told to stop.

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "app/control.h"
#include "app/serve.h"
#include "app/serve_columns.h"
#include "base/limits.h"
#include "cli/cli.h"
#include "http/server.h"
#include "store/store.h"

#define DEFAULT_LISTEN "127.0.0.1:8080"

static bool is_postgres(const char *workspace)
{
    return strncmp(workspace, "postgresql://", 13) == 0 ||
           strncmp(workspace, "postgres://", 11) == 0;
}

// Waits for SIGTERM or SIGINT, which are blocked in all threads.
static void wait_for_signal(const sigset_t *signals)
{
    int which;
    while (sigwait(signals, &which) != 0) {
    }
}

static const char *option_or(const struct cli *c, const char *name, const char *otherwise)
{
    const char *value = cli_option_of(c, name);
    return value == NULL ? otherwise : value;
}

static enum err answer_until_told(struct cli *c, struct store *s, struct err_info *e)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL); // before threads begin: they inherit it
    signal(SIGPIPE, SIG_IGN);

    struct http_server *server;
    struct control *control = NULL;
    struct columns_keeper *keeper = NULL;
    struct db_read *db;
    bool demo = false;
    enum err err = db_reader(store_db(s), &db, e);
    if (err == ERR_NONE) {
        err = access_is_demo(db, c->arena, &demo, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    db_reader_give_back(store_db(s)); // the first request takes it: opening one reads the whole schema
    err = http_server_start(
        &(struct http_config){
            .listen = option_or(c, "--listen", DEFAULT_LISTEN),
            .public_url = cli_option_of(c, "--public"),
            .store = s,
            .hooks = &serve_hooks,
            .sample = demo,
            .log = cli_has(c, "--log"),
        },
        &server, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (!is_postgres(c->workspace)) {
        err = control_serve_start(s, store_folder(s), &control, e);
    }
    if (err == ERR_NONE) {
        keeper = columns_keeper_start(c->arena, s);
        buf_printf(&c->out, "%s\nready\n", http_server_address(server));
        cli_flush(c);
        wait_for_signal(&signals);
    }
    if (control != NULL) {
        control_serve_stop(control);
    }
    columns_keeper_stop(keeper);
    http_server_stop(server);
    return err;
}

static enum err serve_run(struct cli *c, struct err_info *e)
{
    struct store *s;
    struct lock *lock = NULL;
    bool taken = true;
    if (c->n_args > 0) {
        c->workspace = c->args[0];
    }
    if (c->workspace == NULL) {
        c->workspace = getenv("MAINSTAY_WORKSPACE");
    }
    if (c->workspace == NULL) {
        return err_set(e, ERR_USAGE, NULL, MSG("Which workspace?"),
                       MSG("Give its folder: mainstay serve DIR."), NULL);
    }
    enum err err =
        is_postgres(c->workspace) ? ERR_NONE
                                  : lock_take(c->arena, c->workspace, &lock, &taken, e);
    if (err == ERR_NONE && !taken) {
        err = err_set(e, ERR_BUSY, NULL, MSG("Another process uses the workspace {0}."),
                      MSG("Is a server running for it already? Stop it first."), c->workspace,
                      NULL);
    }
    if (err != ERR_NONE) {
        return err;
    }
    arena_keep_pages(LIMIT_KEPT_BYTES);
    err = store_open(c->workspace, false, &s, e);
    if (err == ERR_NONE) {
        own_packs_look(s);
        err = answer_until_told(c, s, e);
        store_close(s);
    }
    if (lock != NULL) {
        lock_release(lock);
    }
    return err;
}

static const struct cli_option serve_options[] = {
    {"--listen", "ADDRESS:PORT", MSG("where to listen (127.0.0.1:8080)"), false},
    {"--public", "URL", MSG("the address people use, when a proxy stands before this server"),
     false},
    {"--log", NULL, MSG("write one line per request"), false},
    {0},
};

const struct command cmd_serve = {
    .name = "serve",
    .usage = "serve DIR|ADDRESS [--listen 127.0.0.1:8080] [--public URL] [--log]",
    .about = MSG("answers web browsers until stopped"),
    .help = MSG("Opens the workspace and shows its pages at the address it prints. Other commands "
                "may be used meanwhile; what writes is done by the server."),
    .options = serve_options,
    .max_args = 1,
    .own_process = true,
    .run = serve_run,
};
