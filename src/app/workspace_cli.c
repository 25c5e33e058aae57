// SPDX-License-Identifier: AGPL-3.0-or-later
//
// workspace_cli.c: commands for a workspace as a whole: init, verify, rebuild, backup, restore,
// migrate, and help.

#include <string.h>

#include "cli/cli.h"
#include "cli/run.h"
#include "format/json/json_write.h"
#include "result/result_columns.h"

static enum err init_run(struct cli *c, struct err_info *e)
{
    enum err err = store_init(c->args[0], e);
    if (err == ERR_NONE) {
        buf_printf(&c->out, "%s\n",
                   tr_f(c->arena, c->lang,
                        MSG("A new workspace is in {0}. “mainstay serve {0}” opens it; the first "
                            "page asks for the administrator."),
                        c->args[0], NULL));
    }
    return err;
}

const struct command cmd_init = {
    .name = "init",
    .usage = "init DIR|postgresql://...",
    .about = MSG("makes a new, empty workspace"),
    .min_args = 1,
    .max_args = 1,
    .own_process = true,
    .run = init_run,
};

static void print_fault(struct cli *c, const struct store_fault *f)
{
    if (strcmp(f->what, "table differs") == 0) {
        buf_printf(&c->out, "%s: %s %s: %s\n", f->what, f->kind, f->record_id, f->message);
        return;
    }
    buf_printf(&c->out, "%s: change %lld of chain %s/%s", f->what, (long long)f->seq,
               f->compartment, f->node);
    if (f->record_id[0] != '\0') {
        buf_printf(&c->out, " (%s %s)", f->kind, f->record_id);
    }
    buf_printf(&c->out, ": %s\n", f->message);
}

static enum err verify_run(struct cli *c, struct err_info *e)
{
    struct store_fault *faults;
    size_t n;
    int64_t n_changes;
    enum err err = store_verify(c->store, c->arena, &faults, &n, &n_changes, e);
    if (err != ERR_NONE) {
        return err;
    }
    for (size_t i = 0; i < n; i++) {
        print_fault(c, &faults[i]);
    }
    const char *count = arena_printf(c->arena, "%lld", (long long)n_changes);
    if (n == 0) {
        buf_printf(&c->out, "%s\n",
                   tr_f(c->arena, c->lang,
                        MSG("{0} changes: none is changed, missing, inserted or reordered, and the "
                            "tables say what the log says."),
                        count, NULL));
        return ERR_NONE;
    }
    return err_set(e, ERR_DAMAGED, NULL,
                   n == 1 ? MSG("One fault was found in {1} changes.") : MSG("{0} faults were found in {1} changes."),
                   MSG("Restore a backup, or run “mainstay rebuild” when only tables differ."),
                   arena_printf(c->arena, "%zu", n), count, NULL);
}

const struct command cmd_verify = {
    .name = "verify",
    .usage = "verify",
    .about = MSG("checks the change log and the tables"),
    .help = MSG("Names each change that was changed, is missing, was inserted or stands in another "
                "place, and each record whose table does not say what the log says."),
    .needs_store = true,
    .run = verify_run,
};

static enum err rebuild_run(struct cli *c, struct err_info *e)
{
    int64_t differences;
    bool dry = cli_has(c, "--dry-run");
    enum err err = store_rebuild(c->store, c->arena, !dry, &differences, e);
    if (err == ERR_NONE && !dry) {
        err = result_columns_forget(c->store, e); // a copy of the tables as they were
    }
    if (err == ERR_NONE) {
        const char *text = differences == 0 ? MSG("The tables are equal to the log.")
                           : dry            ? MSG("{0} records differ from the log.")
                                            : MSG("{0} records differed and were made anew.");
        buf_printf(&c->out, "%s\n",
                   tr_f(c->arena, c->lang, text,
                        arena_printf(c->arena, "%lld", (long long)differences), NULL));
    }
    return err;
}

const struct command cmd_rebuild = {
    .name = "rebuild",
    .usage = "rebuild [--dry-run]",
    .about = MSG("makes the tables anew from the change log"),
    .options = (const struct cli_option[]){{"--dry-run", NULL, MSG("only count what differs"),
                                            false},
                                           {0}},
    .needs_store = true,
    .writes = true,
    .run = rebuild_run,
};

static enum err backup_run(struct cli *c, struct err_info *e)
{
    enum err err = store_backup(c->store, c->args[0], e);
    if (err == ERR_NONE) {
        buf_printf(&c->out, "%s\n",
                   tr_f(c->arena, c->lang,
                        MSG("Saved in {0}. It holds the keys of this workspace: keep it safe."),
                        c->args[0], NULL));
    }
    return err;
}

const struct command cmd_backup = {
    .name = "backup",
    .usage = "backup FILE",
    .about = MSG("saves the whole workspace in one file, while it is in use"),
    .min_args = 1,
    .max_args = 1,
    .needs_store = true,
    .path_args = true,
    .run = backup_run,
};

static enum err restore_run(struct cli *c, struct err_info *e)
{
    const char *aside = NULL;
    if (c->workspace == NULL) {
        return err_set(e, ERR_USAGE, "--workspace", MSG("Which workspace?"),
                       MSG("Add --workspace DIR."), NULL);
    }
    enum err err = store_restore(c->workspace, c->args[0], c->arena, &aside, e);
    if (err == ERR_NONE && aside != NULL) {
        buf_printf(&c->out, "%s\n",
                   tr_f(c->arena, c->lang, MSG("Restored. The workspace as it was is kept in {0}."),
                        aside, NULL));
    } else if (err == ERR_NONE) {
        buf_printf(&c->out, "%s\n", tr(c->lang, MSG("Restored.")));
    }
    return err;
}

const struct command cmd_restore = {
    .name = "restore",
    .usage = "restore FILE --workspace DIR",
    .about = MSG("brings a workspace back from a backup, after checking all of it"),
    .min_args = 1,
    .max_args = 1,
    .own_process = true,
    .path_args = true,
    .run = restore_run,
};

// "help pack check" is "pack check --help".
static enum err help_run(struct cli *c, struct err_info *e)
{
    struct cli_call asked;
    const char **words = ARENA_ARRAY(c->arena, const char *, (size_t)c->n_args + 2);
    words[0] = "mainstay";
    for (int i = 0; i < c->n_args; i++) {
        words[i + 1] = c->args[i];
    }
    words[c->n_args + 1] = "--help";
    if (c->n_args == 0) {
        cli_print_overview(c->arena, c->lang, NULL, &c->out);
        return ERR_NONE;
    }
    enum err err = cli_read(c->arena, c->n_args + 2, (char *const *)words, &asked, e);
    if (err == ERR_NONE && asked.cli.n_args > 0) { // a second word that is none of the command
        err = err_set(e, ERR_USAGE, NULL, MSG("There is no command “{0}”."), MSG("“mainstay help” lists them."),
                      arena_printf(c->arena, "%s %s", c->args[0], c->args[1]), NULL);
    }
    if (err == ERR_NONE) {
        cli_print_help(c->arena, &asked, &c->out);
    }
    return err;
}

const struct command cmd_help = {
    .name = "help",
    .usage = "help [COMMAND]",
    .about = MSG("says what the commands do"),
    .max_args = 2,
    .run = help_run,
};

static enum err migrate_run(struct cli *c, struct err_info *e)
{
    (void)e; // opening the workspace for this command has brought the schema up to date
    buf_printf(&c->out, "%s\n", tr(c->lang, MSG("The workspace is up to date.")));
    return ERR_NONE;
}

const struct command cmd_migrate = {
    .name = "migrate",
    .usage = "migrate",
    .about = MSG("brings the workspace to this version of Mainstay"),
    .needs_store = true,
    .writes = true,
    .run = migrate_run,
};
