// SPDX-License-Identifier: AGPL-3.0-or-later
//
// run.h: reading a command line and running the command, in a process of its own or in the server.

#ifndef CLI_RUN_H
#define CLI_RUN_H

#include "cli/cli.h"

// Options every command knows, ended by {NULL}.
extern const struct cli_option cli_common_options[];

// A command line that was read.
struct cli_call {
    const struct command *command;
    struct cli cli;
    const char *as;    // --as NAME, or NULL
    const char *file;  // FILE of a command that reads input; "-" is standard input; NULL: none
    bool help;
    const char *first; // help about all commands that begin with this word; command is NULL
};

// Reads options and arguments; out and err of call->cli are made in the arena.
MUST_CHECK enum err cli_read(struct arena *a, int argc, char *const *argv, struct cli_call *call,
                             struct err_info *e);
// Runs it. The store (when it needs one) and the input must be in call->cli.
MUST_CHECK enum err cli_execute(struct cli_call *call, struct err_info *e);
// "mainstay: what. What to do." as one line.
void cli_print_error(struct arena *a, const struct lang *lang, const struct err_info *e,
                     struct buf *out);
void cli_print_usage(struct arena *a, const struct lang *lang, const struct command *c,
                     struct buf *out);
// What a call with .help asks for.
void cli_print_help(struct arena *a, const struct cli_call *call, struct buf *out);
// All commands, or those that begin with the word `first`.
void cli_print_overview(struct arena *a, const struct lang *lang, const char *first, struct buf *out);

// Runs a command line of another process inside this one; gives the exit status. `aside` gets what is long, as it is
// made; it counts only with status 0.
int cli_run_in_server(struct store *s, struct arena *a, int argc, char *const *argv, const char *input, size_t len,
                      const struct cli_aside *aside, struct buf *out, struct buf *err);

// Finds the person of --as. Set once at start by the program, since core knows no people.
typedef enum err cli_identify_fn(struct store *s, struct arena *a, const char *name,
                                 const struct identity **who, struct err_info *e);
void cli_set_identify(cli_identify_fn *identify);

#endif
