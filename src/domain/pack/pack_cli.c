// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_cli.c: mainstay pack list | check | counts | lock.
//
// None of them needs a workspace: packs are part of the program, or a folder. With one, its own packs
// stand beside them.

#include "pack/pack_cli.h"

#include <stdio.h>
#include <string.h>

#include "format/json/json_write.h"

enum err pack_cli_wants_json(struct cli *c, bool *json, struct err_info *e)
{
    const char *format = cli_option_of(c, "--format");
    *json = format != NULL && strcmp(format, "json") == 0;
    if (format == NULL || *json || strcmp(format, "text") == 0) {
        return ERR_NONE;
    }
    return err_set(e, ERR_USAGE, "--format", MSG("There is no format “{0}”."),
                   MSG("Choose text or json."), format, NULL);
}

enum err pack_cli_not_found(const char *id, struct err_info *e)
{
    return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no pack {0}."),
                   MSG("“mainstay pack list” shows the packs."), id, NULL);
}

enum err pack_cli_find(struct cli *c, const char *name, const struct pack **out,
                       struct err_info *e)
{
    struct pack_problems problems;
    pack_problems_init(&problems, c->arena);
    *out = pack_find(name);
    enum err err = *out != NULL ? ERR_NONE : pack_load_folder(c->arena, name, out, &problems, e);
    return err == ERR_NOT_FOUND ? pack_cli_not_found(name, e) : err;
}

static const struct cli_option format_option[] = {
    {"--format", "FORMAT", MSG("text or json"), false},
    {0},
};

// ---- list ---------------------------------------------------------------------------------------

static void list_as_json(struct cli *c, const struct pack *const *all, size_t n)
{
    struct json_out j;
    json_begin(&j, &c->out, true);
    json_put_array(&j);
    for (size_t i = 0; i < n; i++) {
        size_t n_tools;
        const struct pack_tool *const *tools = pack_tools(all[i], &n_tools);
        json_put_object(&j);
        json_member_text(&j, "id", all[i]->id);
        json_member_text(&j, "version", all[i]->version);
        json_member_text(&j, "title", all[i]->title);
        json_member_text(&j, "publisher", all[i]->publisher);
        json_member_text(&j, "licence", all[i]->licence);
        json_member_bool(&j, "own", pack_is_own(all[i]));
        json_put_name(&j, "tools");
        json_put_array(&j);
        for (size_t k = 0; k < n_tools; k++) {
            json_put_text(&j, tools[k]->id);
        }
        json_put_array_end(&j);
        json_put_object_end(&j);
    }
    json_put_array_end(&j);
    json_end(&j);
}

static enum err pack_list_run(struct cli *c, struct err_info *e)
{
    bool json;
    enum err err = pack_cli_wants_json(c, &json, e);
    if (err != ERR_NONE) {
        return err;
    }
    size_t n;
    const struct pack *const *all = pack_all(&n);
    if (json) {
        list_as_json(c, all, n);
        return ERR_NONE;
    }
    for (size_t i = 0; i < n; i++) {
        size_t n_tools;
        pack_tools(all[i], &n_tools);
        buf_printf(&c->out, "%-20s %-8s %s (%s)%s\n", all[i]->id, all[i]->version,
                   pack_words(all[i], c->lang, all[i]->id, all[i]->title),
                   tr_n(c->arena, c->lang, MSG("1 tool"), MSG("{0} tools"), (int64_t)n_tools),
                   pack_is_own(all[i]) ? tr(c->lang, MSG(", of the office")) : "");
    }
    return ERR_NONE;
}

const struct command cmd_pack_list = {
    .name = "pack list",
    .usage = "pack list [--format text|json]",
    .about = MSG("lists the packs of tools of the program, and of a workspace"),
    .options = format_option,
    .store_if_named = true,
    .run = pack_list_run,
};

// ---- check --------------------------------------------------------------------------------------

void pack_cli_problems(struct cli *c, const struct pack_problems *problems)
{
    for (size_t i = 0; i < problems->n; i++) {
        const struct pack_problem *p = &problems->items[i];
        if (!p->is_note || cli_has(c, "--notes")) {
            buf_printf(p->is_note ? &c->out : &c->err, "%s\n",
                       pack_problem_line(c->arena, c->lang, p));
        }
    }
}

static void print_problems(struct cli *c, const struct pack_problems *problems, size_t n_packs)
{
    size_t errors = pack_problems_errors(problems);
    pack_cli_problems(c, problems);
    if (errors == 0) {
        const char *notes = arena_printf(c->arena, "%zu", problems->n - errors);
        const char *packs = tr_n(c->arena, c->lang, MSG("1 pack looked at"),
                                 MSG("{0} packs looked at"), (int64_t)n_packs);
        buf_printf(&c->out, "%s\n",
                   tr_f(c->arena, c->lang, MSG("{0}: no problems. Notes: {1} (--notes shows them)."), packs,
                        notes, NULL));
    }
}

static void problems_as_json(struct cli *c, const struct pack_problems *problems)
{
    struct json_out j;
    json_begin(&j, &c->out, true);
    json_put_array(&j);
    for (size_t i = 0; i < problems->n; i++) {
        const struct pack_problem *p = &problems->items[i];
        json_put_object(&j);
        json_member_text(&j, "code", p->code);
        json_member_text(&j, "file", p->file);
        json_member_int(&j, "line", p->line);
        json_member_int(&j, "column", p->column);
        json_member_text(&j, "what", tr_args(c->arena, c->lang, p->text, p->args, 4));
        json_member_text(&j, "mend", tr_args(c->arena, c->lang, p->mend, p->args, 4));
        json_put_object_end(&j);
    }
    json_put_array_end(&j);
    json_end(&j);
}

static enum err pack_check_run(struct cli *c, struct err_info *e)
{
    bool json;
    enum err err = pack_cli_wants_json(c, &json, e);
    struct pack_problems problems;
    pack_problems_init(&problems, c->arena);
    size_t n_packs = 0;
    if (err == ERR_NONE && c->n_args == 0) {
        err = pack_check_embedded(c->arena, &problems, &n_packs, e);
    }
    for (int i = 0; err == ERR_NONE && i < c->n_args; i++) {
        size_t n = 0;
        err = pack_check_path(c->arena, c->args[i], &problems, &n, e);
        n_packs += n;
    }
    if (err != ERR_NONE) {
        return err;
    }
    if (json) {
        problems_as_json(c, &problems);
    } else {
        print_problems(c, &problems, n_packs);
    }
    size_t errors = pack_problems_errors(&problems);
    return errors == 0 ? ERR_NONE
                       : err_set(e, ERR_INPUT, NULL, errors == 1 ? MSG("One problem was found.")
                                             : MSG("{0} problems were found."),
                                 MSG("Each line above says where and how to mend it."),
                                 arena_printf(c->arena, "%zu", errors), NULL);
}

const struct command cmd_pack_check = {
    .name = "pack check",
    .usage = "pack check [PACK|FOLDER]... [--notes] [--format text|json]",
    .about = MSG("looks for mistakes in packs"),
    .help = MSG("Without a name, all packs of the program are looked at. A folder may be one pack, "
                "or a folder of packs (PUBLISHER/PACK) with its LOCK."),
    .options = (const struct cli_option[]){{"--format", "FORMAT", MSG("text or json"), false},
                                           {"--notes", NULL, MSG("shows notes, too"), false},
                                           {0}},
    .max_args = -1,
    .store_if_named = true,
    .path_maybe = true,
    .run = pack_check_run,
};

// ---- counts and lock ----------------------------------------------------------------------------

static enum err pack_counts_run(struct cli *c, struct err_info *e)
{
    const struct pack *p = NULL;
    enum err err = pack_cli_find(c, c->args[0], &p, e);
    if (err != ERR_NONE) {
        return err;
    }
    size_t n;
    const struct pack_count *counts = pack_counts(c->arena, p, &n);
    for (size_t i = 0; i < n; i++) {
        buf_printf(&c->out, "%s\t%s\t%ld\n", counts[i].tool, counts[i].what, counts[i].count);
    }
    return ERR_NONE;
}

const struct command cmd_pack_counts = {
    .name = "pack counts",
    .usage = "pack counts PACK|FOLDER",
    .about = MSG("counts what is in the tools of a pack"),
    .help = MSG("Prints the tool, what is counted and the count, with tabs between, in the words "
                "of the inventory of the published Toolkit."),
    .min_args = 1,
    .max_args = 1,
    .store_if_named = true,
    .path_maybe = true,
    .run = pack_counts_run,
};

static enum err pack_lock_run(struct cli *c, struct err_info *e)
{
    const char *folder = c->n_args > 0 ? c->args[0] : "packs";
    size_t n;
    enum err err = pack_lock_write(c->arena, folder, cli_has(c, "--replace"), &n, e);
    if (err == ERR_NONE) {
        buf_printf(&c->out, "%s\n",
                   tr_f(c->arena, c->lang, MSG("{0}/LOCK holds {1} packs."), folder,
                        arena_printf(c->arena, "%zu", n), NULL));
    }
    return err;
}

const struct command cmd_pack_lock = {
    .name = "pack lock",
    .usage = "pack lock [FOLDER] [--replace]",
    .about = MSG("notes the content of each pack version (for developers)"),
    .help = MSG("Writes LOCK in the folder of packs, so that “mainstay pack check” notices content "
                "that changed without a new version."),
    .options = (const struct cli_option[]){{"--replace", NULL,
                                            MSG("lock a version again that nobody got yet"), false},
                                           {0}},
    .max_args = 1,
    .run = pack_lock_run,
};
