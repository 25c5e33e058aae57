// SPDX-License-Identifier: AGPL-3.0-or-later
//
// cli.h: commands of `mainstay`.
//
// `const struct command NAME = {...}` in any *_cli.c is found by the build. A command writes to
// buffers, not to stdout, so that it runs the same way in a process of its own and inside the running
// server, which executes it for `mainstay` called beside it.

#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/msg.h"
#include "model/rights.h"
#include "store/store.h"

struct cli_option {
    const char *name;  // "--format"
    const char *value; // word shown for its value, or NULL for a switch
    const char *about; // catalogue key
    bool repeats;
};

// Where long output goes before its command is done.
struct cli_aside {
    enum err (*add)(void *to, const void *bytes, size_t len, struct err_info *e);
    void *to;
};

struct cli {
    struct arena *arena;
    const struct lang *lang;
    struct store *store; // open, when the command asked for it
    struct actor actor;
    const struct identity *who; // NULL: the owner of the file, who may do everything
    const char *workspace;
    int n_args;
    const char *const *args; // without options, after the name of the command
    const struct cli_given {
        const char *name;
        const char *value;
    } *given;
    size_t n_given;
    const char *input; // of standard input or of the file named by the last argument, when asked for
    size_t input_len;
    struct file_in *input_rest; // what follows the input; NULL: nothing (only where a command takes input_in_pieces)
    struct buf out;
    struct buf err;
    bool in_server; // runs inside the server on behalf of another process
    const struct cli_aside *aside; // NULL: nowhere, it stays in `out`
    bool is_aside;  // something is there; `out` is what comes after it
};

const char *cli_option_of(const struct cli *c, const char *name); // NULL when not given
bool cli_has(const struct cli *c, const char *name);
// The owner of the file may everything; with --as the rights of that person count.
bool cli_may(const struct cli *c, enum verb verb, const char *programme_id);
// Reads what follows the input into memory, too. ERR_TOO_LARGE above LIMIT_IMPORT_BYTES.
MUST_CHECK enum err cli_input_whole(struct cli *c, struct err_info *e);
// Shows the output so far, for who waits for it; not in a server.
void cli_flush(struct cli *c);
// For long output, asked from record to record: what was written goes out of memory when it is much. It is handed on
// when the command is done, and of a command that fails nothing is: a list that was cut off must not look whole.
MUST_CHECK enum err cli_put_aside(struct cli *c, struct err_info *e);

struct command {
    const char *name;  // "list", "pack check": one or two words
    const char *usage; // "list KIND [--where FIELD=VALUE]..."
    const char *about; // catalogue key: one line
    const char *help;  // catalogue key: a paragraph, or NULL
    const struct cli_option *options; // ended by {NULL}; --workspace, --as, --help are always known
    int min_args;
    int max_args; // -1: any number
    bool needs_store;
    bool store_if_named; // can do without, but opens the one that --workspace or the variable names
    bool writes;     // needs the lock of the workspace, or the running server
    bool own_process; // never forwarded to the running server: serve, init, restore
    bool path_args;   // arguments are paths: made absolute before they go to a server
    bool path_last;   // of the arguments only the last is one
    bool path_maybe;  // arguments that are there as files or folders are paths, the others are names
    bool reads_input; // gets the content of the last FILE argument or of - (standard input)
    bool input_in_pieces; // of a long file gets the beginning, and reads on as it goes
    bool writes_output; // writes the file of --output itself; what it says goes to standard output
    bool input_optional; // without FILE or - nothing is read, instead of standard input
    enum err (*run)(struct cli *c, struct err_info *e);
};

const struct command *const *command_all(size_t *n); // (generated)
const struct command *command_find(int argc, char *const *argv, int *words);
// The commands whose name begins with this word, such as "pack": "adapt, check, compare"; NULL: there are none.
const char *command_second_words(struct arena *a, const char *first);

#endif
