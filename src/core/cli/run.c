// SPDX-License-Identifier: AGPL-3.0-or-later
//
// run.c: see run.h.

#include "cli/run.h"

#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/utf8.h"

#define MAX_OPTIONS 64

static cli_identify_fn *identify;

void cli_set_identify(cli_identify_fn *fn)
{
    identify = fn;
}

const struct cli_option cli_common_options[] = {
    {"--workspace", "DIR|ADDRESS", MSG("the workspace (or the variable MAINSTAY_WORKSPACE)"), false},
    {"--as", "NAME", MSG("obey the rights of this person"), false},
    {"--output", "FILE", MSG("write the result into a file"), false},
    {"--help", NULL, MSG("show this"), false},
    {0},
};

static const struct cli_option *find_option(const struct cli_option *list, const char *name)
{
    for (; list != NULL && list->name != NULL; list++) {
        if (strcmp(list->name, name) == 0) {
            return list;
        }
    }
    return NULL;
}

static enum err usage_error(struct err_info *e, const char *text, const char *arg,
                            const struct command *c)
{
    return err_set(e, ERR_USAGE, NULL, text, MSG("Usage: mainstay {1}"), arg, c->usage, NULL);
}

// One option; *i moves past its value.
static enum err read_option(struct cli_call *call, struct cli_given *given, int argc,
                            char *const *argv, int *i, struct err_info *e)
{
    struct cli *c = &call->cli;
    char *name = arena_copy(c->arena, argv[*i]);
    char *equals = strchr(name, '=');
    const char *value = NULL;
    if (equals != NULL) {
        *equals = '\0';
        value = equals + 1;
    }
    const struct cli_option *option = find_option(cli_common_options, name);
    if (option == NULL) {
        option = find_option(call->command->options, name);
    }
    if (option == NULL) {
        return usage_error(e, MSG("There is no option {0}."), name, call->command);
    }
    if (option->value != NULL && value == NULL) {
        if (*i + 1 >= argc) {
            return usage_error(e, MSG("{0} needs a value."), name, call->command);
        }
        value = argv[++*i];
    }
    if (option->value != NULL && value[0] == '\0') {
        return usage_error(e, MSG("{0} needs a value."), name, call->command);
    }
    if (option->value == NULL && value != NULL) {
        return usage_error(e, MSG("{0} takes no value."), name, call->command);
    }
    if (!option->repeats && cli_has(c, name)) {
        return usage_error(e, MSG("{0} is given twice."), name, call->command);
    }
    if (c->n_given == MAX_OPTIONS) {
        return usage_error(e, MSG("There are too many options."), "", call->command);
    }
    given[c->n_given++] = (struct cli_given){name, value == NULL ? "" : value};
    return ERR_NONE;
}

static enum err read_words(struct cli_call *call, int argc, char *const *argv, int first,
                           struct err_info *e)
{
    struct cli *c = &call->cli;
    struct cli_given *given = ARENA_ARRAY(c->arena, struct cli_given, MAX_OPTIONS);
    const char **args = ARENA_ARRAY(c->arena, const char *, (size_t)argc + 1);
    c->given = given;
    c->args = args;
    bool options = true;
    for (int i = first; i < argc; i++) {
        if (options && strcmp(argv[i], "--") == 0) {
            options = false;
        } else if (options && argv[i][0] == '-' && argv[i][1] == '-') {
            enum err err = read_option(call, given, argc, argv, &i, e);
            if (err != ERR_NONE) {
                return err;
            }
        } else {
            args[c->n_args++] = argv[i];
        }
    }
    return ERR_NONE;
}

// No command has this name alone: it is the first word of several, or unknown.
static enum err read_first_word(struct cli_call *call, int n_rest, char *const *rest, struct err_info *e)
{
    struct arena *a = call->cli.arena;
    const char *others = command_second_words(a, call->first);
    if (others == NULL) {
        return err_set(e, ERR_USAGE, NULL, MSG("There is no command “{0}”."), MSG("“mainstay help” lists them."),
                       call->first, NULL);
    }
    if (n_rest <= 0) {
        return err_set(e, ERR_USAGE, NULL, MSG("Something is missing after “{0}”."), MSG("It is one of: {1}."),
                       call->first, others, NULL);
    }
    call->help = strcmp(rest[0], "--help") == 0;
    return call->help ? ERR_NONE
                      : err_set(e, ERR_USAGE, NULL, MSG("There is no command “{0}”."), MSG("It is one of: {1}."),
                                arena_printf(a, "%s %s", call->first, rest[0]), others, NULL);
}

enum err cli_read(struct arena *a, int argc, char *const *argv, struct cli_call *call,
                  struct err_info *e)
{
    int words;
    for (int i = 1; i < argc; i++) {
        size_t at;
        if (!utf8_is_clean(argv[i], strlen(argv[i]), &at)) {
            *call = (struct cli_call){0};
            return err_set(e, ERR_USAGE, NULL, MSG("Word {0} of the command is not valid UTF-8."),
                           MSG("Write it in UTF-8, without control characters (see byte {1})."),
                           arena_printf(a, "%d", i), arena_printf(a, "%zu", at + 1), NULL);
        }
    }
    *call = (struct cli_call){.cli = {.arena = a, .lang = &lang_en, .actor = {.name = "owner"}}};
    struct cli *c = &call->cli;
    buf_init(&c->out, a, LIMIT_REQUEST_BYTES / 4);
    buf_init(&c->err, a, LIMIT_TEXT_BYTES);
    call->command = command_find(argc - 1, argv + 1, &words);
    if (call->command == NULL) {
        call->first = argc > 1 ? argv[1] : "";
        return read_first_word(call, argc - 2, argv + 2, e);
    }
    enum err err = read_words(call, argc, argv, 1 + words, e);
    if (err != ERR_NONE) {
        return err;
    }
    call->help = cli_has(c, "--help");
    if (call->help) {
        return ERR_NONE;
    }
    if (c->n_args < call->command->min_args) {
        return usage_error(e, MSG("Something is missing after “{0}”."), call->command->name,
                           call->command);
    }
    if (call->command->max_args >= 0 && c->n_args > call->command->max_args) {
        return usage_error(e, MSG("“{0}” is one word too many."),
                           c->args[call->command->max_args], call->command);
    }
    call->as = cli_option_of(c, "--as");
    c->workspace = cli_option_of(c, "--workspace");
    if (call->command->reads_input) {
        bool named = c->n_args == call->command->max_args;
        call->file = named                            ? c->args[c->n_args - 1]
                     : call->command->input_optional ? NULL
                                                      : "-";
    }
    return ERR_NONE;
}

enum err cli_execute(struct cli_call *call, struct err_info *e)
{
    struct cli *c = &call->cli;
    if (call->as != NULL && c->store != NULL) {
        ensure(identify != NULL);
        enum err err = identify(c->store, c->arena, call->as, &c->who, e);
        if (err != ERR_NONE) {
            return err;
        }
        c->actor = (struct actor){
            .user_id = c->who->user_id, .name = c->who->name_key, .identity = c->who};
        const struct lang *lang = lang_find(c->who->language);
        c->lang = lang == NULL ? c->lang : lang;
    }
    enum err err = call->command->run(c, e);
    if (err == ERR_NONE && buf_is_full(&c->out)) {
        err = err_set(e, ERR_TOO_LARGE, NULL, MSG("The result is too large."), MSG("Ask for less, with --where."), NULL);
    }
    if (err != ERR_NONE && (c->is_aside || buf_is_full(&c->out))) { // half a result is none
        buf_reset(&c->out);
    }
    const char *option = err == ERR_NONE ? "" : arena_join(c->arena, "--", e->field);
    if (cli_has(c, option) && strlen(option) < sizeof e->field) { // the layers below know the field alone
        memcpy(e->field, option, strlen(option) + 1);
    }
    return err;
}

void cli_print_help(struct arena *a, const struct cli_call *call, struct buf *out)
{
    if (call->command == NULL) {
        cli_print_overview(a, call->cli.lang, call->first, out);
    } else {
        cli_print_usage(a, call->cli.lang, call->command, out);
    }
}

int cli_run_in_server(struct store *s, struct arena *a, int argc, char *const *argv, const char *input, size_t len,
                      const struct cli_aside *aside, struct buf *out, struct buf *err)
{
    struct cli_call call;
    struct err_info e = {0};
    enum err code = cli_read(a, argc, argv, &call, &e);
    if (code == ERR_NONE && call.help) {
        cli_print_help(a, &call, out);
        return 0;
    }
    if (code == ERR_NONE && call.command->own_process) {
        code = err_set(&e, ERR_BUSY, NULL, MSG("The workspace is in use by a running server."),
                       MSG("Stop the server first."), NULL);
    }
    if (code == ERR_NONE) {
        call.cli.store = s;
        call.cli.in_server = true;
        call.cli.input = input;
        call.cli.input_len = len;
        call.cli.aside = aside;
        code = cli_execute(&call, &e);
        buf_add(out, call.cli.out.data, call.cli.out.len);
        buf_add(err, call.cli.err.data, call.cli.err.len);
    }
    if (code != ERR_NONE && e.text != NULL) {
        cli_print_error(a, &lang_en, &e, err);
    }
    return err_exit_status(code);
}
