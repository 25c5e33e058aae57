// SPDX-License-Identifier: AGPL-3.0-or-later
//
// main.c: the program. Reads the command line, gets the workspace (its lock, or the running server),
// runs the command, writes what it says.

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "access/access.h"
#include "app/control.h"
#include "app/serve.h"
#include "base/limits.h"
#include "cli/run.h"
#include "format/xlsx/xlsx_read.h"
#include "format/xml/xml_read.h"
#include "os/file.h"
#include "os/spool.h"
#include "os/terminal.h"

// Of a long file so much is in memory at a time.
#define PIECE_BYTES ((size_t)1024 * 1024)

static int fail(struct arena *a, const struct err_info *e)
{
    struct buf b;
    buf_init(&b, a, LIMIT_TEXT_BYTES);
    cli_print_error(a, &lang_en, e, &b);
    fwrite(b.data, 1, b.len, stderr);
    return err_exit_status(e->code);
}

static bool is_address(const char *workspace)
{
    return strncmp(workspace, "postgres", 8) == 0 && strstr(workspace, "://") != NULL;
}

static bool is_path(const struct cli_call *call, int arg, bool to_server)
{
    const struct command *c = call->command;
    return c->path_args || (c->path_last && arg == call->cli.n_args - 1) ||
           (c->path_maybe && to_server && file_exists(call->cli.args[arg]));
}

// Paths are the caller's; a server has another current folder.
static void make_absolute(struct arena *a, struct cli_call *call, int argc, char **argv, bool to_server)
{
    char here[PATH_MAX];
    if (getcwd(here, sizeof here) == NULL) {
        return;
    }
    for (int i = 2; i < argc; i++) {
        for (int k = 0; k < call->cli.n_args; k++) {
            if (argv[i] == call->cli.args[k] && argv[i][0] != '/' && is_path(call, k, to_server)) {
                argv[i] = arena_printf(a, "%s/%s", here, argv[i]);
                ((const char **)call->cli.args)[k] = argv[i];
            }
        }
    }
}

// Of a long file only the beginning, where the command can read on. Not of a pipe: who fills it slowly would keep the
// workspace from others.
static enum err read_beginning(struct arena *a, struct cli_call *call, struct err_info *e)
{
    struct cli *c = &call->cli;
    enum err err = file_in_open(a, call->file, PIECE_BYTES, LIMIT_IMPORT_BYTES, &c->input_rest, e);
    if (err != ERR_NONE || c->input_rest == NULL) {
        return err;
    }
    char *bytes = arena_alloc(a, PIECE_BYTES);
    c->input = bytes;
    return file_in_read(c->input_rest, bytes, PIECE_BYTES, &c->input_len, e);
}

static enum err read_input(struct arena *a, struct cli_call *call, struct err_info *e)
{
    struct cli *c = &call->cli;
    enum err err = call->file != NULL && call->command->input_in_pieces ? read_beginning(a, call, e) : ERR_NONE;
    if (err != ERR_NONE || call->file == NULL || c->input_rest != NULL) {
        return err;
    }
    return strcmp(call->file, "-") == 0
               ? file_read_input(a, LIMIT_IMPORT_BYTES, &c->input, &c->input_len, e)
               : file_read(a, call->file, LIMIT_IMPORT_BYTES, &c->input, &c->input_len, e);
}

// Long output waits beside the workspace until its command is done and the lock is free: who reads it slowly, or runs
// other commands on what it reads, holds up nobody.
struct long_output {
    struct spool spool;
    const struct cli *cli;
};

static enum err put_aside(void *to, const void *bytes, size_t len, struct err_info *e)
{
    struct long_output *l = to;
    if (l->spool.folder == NULL) {
        const struct cli *c = l->cli;
        l->spool.folder = c->store == NULL ? c->workspace : arena_copy(c->arena, store_folder(c->store));
    }
    return spool_add(&l->spool, bytes, len, e);
}

// What the command wrote goes to the file of --output, or to standard output.
static enum err write_output(const struct cli_call *call, struct spool *aside, struct err_info *e)
{
    const struct cli *c = &call->cli;
    bool writes_itself = !call->help && call->command->writes_output;
    const char *file = writes_itself ? NULL : cli_option_of(c, "--output");
    bool into_file = file != NULL && strcmp(file, "-") != 0;
    if (aside->fd >= 0) {
        enum err err = spool_add(aside, c->out.data, c->out.len, e);
        return err != ERR_NONE ? err
               : into_file     ? file_write_from(file, aside->fd, 0644, e)
                               : file_print_from(aside->fd, e);
    }
    if (into_file) {
        return file_write(file, c->out.data, c->out.len, 0644, e);
    }
    if (fwrite(c->out.data, 1, c->out.len, stdout) != c->out.len || fflush(stdout) != 0) {
        return err_set(e, ERR_FAILED, NULL, MSG("The result cannot be written."), NULL, NULL);
    }
    return ERR_NONE;
}

static enum err run_with_store(struct cli_call *call, bool migrate, struct err_info *e)
{
    struct cli *c = &call->cli;
    enum err err = store_open(c->workspace, migrate, &c->store, e);
    if (err != ERR_NONE) {
        return err;
    }
    own_packs_look(c->store);
    err = cli_execute(call, e);
    store_close(c->store);
    c->store = NULL;
    return err;
}

// A command that can do without a workspace takes one that it is told of; what the variable names, only
// where there is something.
static bool wants_store(const struct cli_call *call)
{
    const char *named = getenv("MAINSTAY_WORKSPACE");
    return call->command->needs_store ||
           (call->command->store_if_named &&
            (call->cli.workspace != NULL ||
             (named != NULL && named[0] != '\0' && (is_address(named) || file_exists(named)))));
}

// The lock of a folder belongs to one process at a time: this one, or the server, which then runs the
// command for us.
static enum err run_on_workspace(struct arena *a, struct cli_call *call, int argc, char **argv,
                                 int *status, struct err_info *e)
{
    struct cli *c = &call->cli;
    if (c->workspace == NULL) {
        c->workspace = getenv("MAINSTAY_WORKSPACE");
    }
    if (c->workspace == NULL || c->workspace[0] == '\0') {
        return err_set(e, ERR_USAGE, "--workspace", MSG("Which workspace?"),
                       MSG("Add --workspace DIR, or set the variable MAINSTAY_WORKSPACE."), NULL);
    }
    if (!is_address(c->workspace) && !file_exists(arena_printf(a, "%s/keys/node.key", c->workspace))) {
        return err_set(e, ERR_NOT_FOUND, "--workspace", MSG("{0} is not a workspace."),
                       MSG("Make one with “mainstay init” or “mainstay demo”."), c->workspace, NULL);
    }
    bool migrate = strcmp(call->command->name, "migrate") == 0;
    if (is_address(c->workspace)) {
        return run_with_store(call, migrate, e);
    }
    struct lock *lock;
    bool taken;
    enum err err = lock_take(a, c->workspace, &lock, &taken, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (!taken) {
        make_absolute(a, call, argc, argv, true);
        err = cli_input_whole(c, e);
        if (err != ERR_NONE) {
            return err;
        }
        struct control_answer answer = {.aside = c->aside, .out = &c->out, .err = &c->err};
        err = control_forward(a, c->workspace, argc, argv, c->input, c->input_len, &answer, e);
        *status = answer.status;
        return err;
    }
    err = run_with_store(call, migrate, e);
    lock_release(lock);
    return err;
}

static bool takes_width(const struct command *command)
{
    const struct cli_option *o = command->options;
    while (o != NULL && o->name != NULL && strcmp(o->name, "--width") != 0) {
        o++;
    }
    return o != NULL && o->name != NULL;
}

// A table is made as wide as the terminal of the caller, which a server cannot see: said as an option.
static char **fit_terminal(struct arena *a, const struct cli_call *call, int *argc, char **argv)
{
    int width = terminal_width();
    if (width < 1 || !takes_width(call->command) || cli_has(&call->cli, "--width") ||
        cli_has(&call->cli, "--output")) {
        return argv;
    }
    char **all = ARENA_ARRAY(a, char *, (size_t)*argc + 2);
    all[0] = argv[0];
    all[1] = argv[1];
    all[2] = arena_printf(a, "--width=%d", width);
    memcpy(&all[3], &argv[2], sizeof *argv * (size_t)(*argc - 2));
    *argc += 1;
    return all;
}

static int run(struct arena *a, int argc, char **argv)
{
    struct cli_call call;
    struct err_info e = {0};
    int status = 0;
    enum err err = cli_read(a, argc, argv, &call, &e);
    char **fitted = err == ERR_NONE && !call.help ? fit_terminal(a, &call, &argc, argv) : argv;
    if (fitted != argv) {
        argv = fitted;
        err = cli_read(a, argc, argv, &call, &e);
    }
    if (err != ERR_NONE) {
        return fail(a, &e);
    }
    struct cli *c = &call.cli;
    struct long_output later = {.spool = SPOOL_EMPTY, .cli = c};
    const struct cli_aside aside = {put_aside, &later};
    if (call.help) {
        cli_print_help(a, &call, &c->out);
        return write_output(&call, &later.spool, &e) == ERR_NONE ? 0 : fail(a, &e);
    }
    c->aside = &aside;
    make_absolute(a, &call, argc, argv, false);
    err = read_input(a, &call, &e);
    if (err == ERR_NONE) {
        err = wants_store(&call) ? run_on_workspace(a, &call, argc, argv, &status, &e)
                                 : cli_execute(&call, &e);
    }
    fwrite(c->err.data, 1, c->err.len, stderr);
    struct err_info unwritten = {0};
    // A command that found faults still says which (verify); one that failed, here or in the server, writes no file.
    bool failed = err != ERR_NONE || status != 0;
    if (failed) {
        spool_drop(&later.spool); // a list that was cut off must not look whole
    }
    enum err wrote = failed && cli_has(c, "--output") ? ERR_NONE : write_output(&call, &later.spool, &unwritten);
    spool_drop(&later.spool);
    if (wrote != ERR_NONE) {
        return fail(a, &unwritten);
    }
    return err == ERR_NONE ? status : fail(a, &e);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], XLSX_READ_WORD) == 0) {
        return xlsx_read_child_main();
    }
    if (argc > 1 && strcmp(argv[1], XML_READ_WORD) == 0) {
        return xml_read_child_main();
    }
    if (argc > 1 && (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "version") == 0)) {
        printf("mainstay %s\n", MAINSTAY_VERSION);
        return 0;
    }
    char *help[] = {argv[0], "help", NULL};
    bool asks = argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0;
    cli_set_identify(access_cli_identify);
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    int status = asks ? run(a, 2, help) : run(a, argc, argv);
    arena_free(a);
    return argc < 2 ? 2 : status;
}
