// SPDX-License-Identifier: AGPL-3.0-or-later
//
// cli.c: the list of commands, and what they share. See cli.h and run.h.

#include "cli/cli.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/sort.h"
#include "cli/run.h"
#include "os/file.h"

// Made by tools/mkindex.
extern const struct command *const index_commands[];
extern const size_t index_n_commands;

#define MAX_COMMANDS 200
#define ASIDE_BYTES ((size_t)32 * 1024) // written at once

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const struct command *commands[MAX_COMMANDS];

static int by_name(const void *a, const void *b)
{
    return strcmp((*(const struct command *const *)a)->name,
                  (*(const struct command *const *)b)->name);
}

static void sort_commands(void)
{
    ensure(index_n_commands <= MAX_COMMANDS);
    memcpy(commands, index_commands, index_n_commands * sizeof commands[0]);
    sort_items(commands, index_n_commands, sizeof commands[0], by_name);
}

const struct command *const *command_all(size_t *n)
{
    pthread_once(&once, sort_commands);
    *n = index_n_commands;
    return commands;
}

const struct command *command_find(int argc, char *const *argv, int *words)
{
    size_t n;
    const struct command *const *all = command_all(&n);
    char two[80] = "";
    if (argc > 1) {
        snprintf(two, sizeof two, "%s %s", argv[0], argv[1]);
    }
    const struct command *found = NULL;
    for (size_t i = 0; argc > 0 && i < n; i++) {
        if (strcmp(all[i]->name, two) == 0) {
            *words = 2;
            return all[i];
        }
        if (strcmp(all[i]->name, argv[0]) == 0) {
            *words = 1;
            found = all[i];
        }
    }
    return found;
}

// The second word of a command that begins with this one, or NULL.
static const char *second_word(const struct command *c, const char *first)
{
    size_t n = strlen(first);
    return n > 0 && strncmp(c->name, first, n) == 0 && c->name[n] == ' ' ? c->name + n + 1 : NULL;
}

const char *command_second_words(struct arena *a, const char *first)
{
    size_t n;
    const struct command *const *all = command_all(&n);
    const char *words = NULL;
    for (size_t i = 0; i < n; i++) {
        const char *second = second_word(all[i], first);
        words = second == NULL ? words : words == NULL ? second : arena_printf(a, "%s, %s", words, second);
    }
    return words;
}

const char *cli_option_of(const struct cli *c, const char *name)
{
    for (size_t i = 0; i < c->n_given; i++) {
        if (strcmp(c->given[i].name, name) == 0) {
            return c->given[i].value;
        }
    }
    return NULL;
}

bool cli_has(const struct cli *c, const char *name)
{
    return cli_option_of(c, name) != NULL;
}

bool cli_may(const struct cli *c, enum verb verb, const char *programme_id)
{
    return c->who == NULL || identity_may(c->who, verb, programme_id);
}

enum err cli_input_whole(struct cli *c, struct err_info *e)
{
    if (c->input_rest == NULL) {
        return ERR_NONE;
    }
    struct buf all;
    enum err err = ERR_NONE;
    size_t n = 1;
    buf_init(&all, c->arena, LIMIT_IMPORT_BYTES);
    buf_reserve(&all, file_in_bytes(c->input_rest)); // a buffer that grows needs twice the memory
    buf_add(&all, c->input, c->input_len);
    while (err == ERR_NONE && n > 0) {
        char piece[16384];
        err = file_in_read(c->input_rest, piece, sizeof piece, &n, e);
        buf_add(&all, piece, n);
        if (err == ERR_NONE && buf_is_full(&all)) {
            err = err_set(e, ERR_TOO_LARGE, NULL, MSG("The file is larger than 64 MB."),
                          MSG("Split it into smaller files."), NULL);
        }
    }
    c->input = all.data;
    c->input_len = all.len;
    c->input_rest = NULL;
    return err;
}

void cli_flush(struct cli *c)
{
    if (!c->in_server && !cli_has(c, "--output") && !buf_is_full(&c->out)) { // what is full is told at the end
        fwrite(c->out.data, 1, c->out.len, stdout);
        fflush(stdout);
        buf_reset(&c->out);
    }
}

enum err cli_put_aside(struct cli *c, struct err_info *e)
{
    if (c->aside == NULL || c->out.len < ASIDE_BYTES || buf_is_full(&c->out)) {
        return ERR_NONE;
    }
    c->is_aside = true;
    enum err err = c->aside->add(c->aside->to, c->out.data, c->out.len, e);
    buf_reset(&c->out);
    return err;
}

void cli_print_error(struct arena *a, const struct lang *lang, const struct err_info *e,
                     struct buf *out)
{
    struct err_info look = *e;
    if (e->hint == err_look) {
        look.hint = MSG("“mainstay list {0}” shows what there is.");
    }
    const char *hint = err_hint(a, lang, &look);
    buf_str(out, "mainstay: ");
    if (e->field[0] != '\0') {
        buf_printf(out, "%s: ", e->field);
    }
    buf_printf(out, "%s%s%s\n", err_text(a, lang, e), hint == NULL ? "" : " ",
               hint == NULL ? "" : hint);
    if (e->detail[0] != '\0' && getenv("MAINSTAY_DEBUG") != NULL) {
        buf_printf(out, "  %s\n", e->detail);
    }
}

static void print_options(struct arena *a, const struct lang *lang, const struct cli_option *list,
                          struct buf *out)
{
    for (; list != NULL && list->name != NULL; list++) {
        const char *head = list->value == NULL
                               ? list->name
                               : arena_printf(a, "%s %s", list->name, list->value);
        buf_printf(out, "  %-26s %s%s\n", head, tr(lang, list->about),
                   list->repeats ? tr(lang, MSG(" (may be repeated)")) : "");
    }
}

// One line for each command; of those that begin with this word, or with NULL all.
static void print_commands(const struct lang *lang, const char *first, struct buf *out)
{
    size_t n;
    const struct command *const *all = command_all(&n);
    int widest = 0;
    for (size_t i = 0; i < n; i++) {
        int width = (int)strlen(all[i]->name);
        widest = width > widest ? width : widest;
    }
    for (size_t i = 0; i < n; i++) {
        if (first == NULL || second_word(all[i], first) != NULL) {
            buf_printf(out, "  %-*s  %s\n", widest, all[i]->name, tr(lang, all[i]->about));
        }
    }
}

void cli_print_usage(struct arena *a, const struct lang *lang, const struct command *c,
                     struct buf *out)
{
    buf_printf(out, "mainstay %s\n\n%s\n", c->usage, tr(lang, c->about));
    if (c->help != NULL) {
        buf_printf(out, "\n%s\n", tr(lang, c->help));
    }
    if (c->options != NULL && c->options[0].name != NULL) {
        buf_printf(out, "\n%s\n", tr(lang, MSG("Options")));
        print_options(a, lang, c->options, out);
    }
    if (c->needs_store) {
        buf_printf(out, "\n%s\n", tr(lang, MSG("Always")));
        print_options(a, lang, cli_common_options, out);
    }
    if (command_second_words(a, c->name) != NULL) {
        buf_printf(out, "\n%s\n", tr(lang, MSG("See also")));
        print_commands(lang, c->name, out);
    }
}

void cli_print_overview(struct arena *a, const struct lang *lang, const char *first, struct buf *out)
{
    if (first == NULL) {
        buf_printf(out, "%s\n\n", tr(lang, MSG("Mainstay helps people run programmes against "
                                               "trafficking in persons and smuggling of migrants.")));
        print_commands(lang, NULL, out);
        buf_printf(out, "\n%s\n", tr(lang, MSG("“mainstay COMMAND --help” says more. Start with "
                                               "“mainstay demo DIR”, then “mainstay serve DIR”.")));
        return;
    }
    buf_printf(out, "%s\n\n", tr_f(a, lang, MSG("Commands that begin with “{0}”:"), first, NULL));
    print_commands(lang, first, out);
    buf_printf(out, "\n%s\n", tr_f(a, lang, MSG("“mainstay {0} … --help” says more of each."), first, NULL));
}
