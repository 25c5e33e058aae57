// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_own_cli.c: mainstay pack install | export | adapt | compare | history: packs of the office.

#include "pack/pack_own.h"

#include <string.h>

#include "db/db.h"
#include "format/json/json_write.h"
#include "pack/pack_adapt.h"
#include "pack/pack_cli.h"
#include "store/store.h"

static enum err may_change(struct cli *c, struct err_info *e)
{
    return cli_may(c, MAY_ADMINISTER, NULL)
               ? ERR_NONE
               : err_set(e, ERR_NOT_ALLOWED, NULL, MSG("You may not change packs."),
                         MSG("An administrator may."), NULL);
}

// ---- install ------------------------------------------------------------------------------------

static enum err install_run(struct cli *c, struct err_info *e)
{
    struct pack_problems problems;
    const char *id = NULL;
    size_t changed;
    pack_problems_init(&problems, c->arena);
    enum err err = may_change(c, e);
    if (err == ERR_NONE) {
        err = pack_own_install(c->store, c->arena, &c->actor, c->args[0], cli_has(c, "--replace"), &id,
                               &changed, &problems, e);
    }
    if (err != ERR_NONE) {
        pack_cli_problems(c, &problems);
        return err;
    }
    buf_printf(&c->out, "%s\n",
               changed == 0
                   ? tr_f(c->arena, c->lang, MSG("The pack {0} is there already, as it is."), id, NULL)
                   : tr_f(c->arena, c->lang, MSG("The pack {0} is installed: {1}."), id,
                          tr_n(c->arena, c->lang, MSG("1 file changed"), MSG("{0} files changed"),
                               (int64_t)changed),
                          NULL));
    return ERR_NONE;
}

const struct command cmd_pack_install = {
    .name = "pack install",
    .usage = "pack install FOLDER [--replace]",
    .about = MSG("puts a pack into the workspace"),
    .help = MSG("The folder is checked first; when it has mistakes, all of them are listed and nothing is "
                "changed. A pack that is there already is replaced by a newer version; the history keeps "
                "the one before."),
    .options = (const struct cli_option[]){
        {"--replace", NULL, MSG("also where the version is the same and the content is not"), false},
        {0}},
    .min_args = 1,
    .max_args = 1,
    .needs_store = true,
    .writes = true,
    .path_args = true,
    .run = install_run,
};

// ---- export -------------------------------------------------------------------------------------

static enum err export_run(struct cli *c, struct err_info *e)
{
    size_t n;
    const struct pack *p = pack_find(c->args[0]);
    if (p == NULL) {
        return pack_cli_not_found(c->args[0], e);
    }
    enum err err = pack_export(c->arena, p, c->args[1], &n, e);
    if (err == ERR_NONE) {
        buf_printf(&c->out, "%s\n",
                   tr_f(c->arena, c->lang, MSG("{0} holds the pack {1}: {2}."), c->args[1], p->id,
                        tr_n(c->arena, c->lang, MSG("1 file"), MSG("{0} files"), (int64_t)n), NULL));
    }
    return err;
}

const struct command cmd_pack_export = {
    .name = "pack export",
    .usage = "pack export PACK FOLDER",
    .about = MSG("writes a pack into a folder, as files"),
    .help = MSG("The folder must be new or empty. What is written can be edited, checked with “mainstay pack "
                "check FOLDER” and brought back with “mainstay pack install FOLDER”."),
    .min_args = 2,
    .max_args = 2,
    .store_if_named = true,
    .path_last = true,
    .run = export_run,
};

// ---- adapt --------------------------------------------------------------------------------------

static enum err no_tool(const char *id, struct err_info *e)
{
    return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no tool {0}."),
                   MSG("“mainstay pack show unodc-hrge-2021” lists the tools."), id, NULL);
}

static enum err adapt_run(struct cli *c, struct err_info *e)
{
    const char *tool, *version;
    const struct pack_adapting x = {
        .from = pack_tool_anywhere(c->args[0]),
        .pack = cli_option_of(c, "--pack"),
        .pack_title = cli_option_of(c, "--pack-title"),
        .tool = cli_option_of(c, "--id"),
        .title = cli_option_of(c, "--title"),
    };
    enum err err = may_change(c, e);
    if (err == ERR_NONE && x.from == NULL) {
        err = no_tool(c->args[0], e);
    }
    if (err == ERR_NONE && x.pack == NULL) {
        err = err_set(e, ERR_USAGE, "--pack", MSG("Into which pack?"),
                      MSG("Add --pack ID. A pack that is not there yet is made."), NULL);
    }
    if (err == ERR_NONE) {
        err = pack_own_adapt(c->store, c->arena, &c->actor, &x, &tool, &version, e);
    }
    if (err == ERR_NONE) {
        buf_printf(&c->out, "%s\n",
                   tr_f(c->arena, c->lang, MSG("The pack {0} has a copy of {1}: {2}."), x.pack,
                        x.from->id, tool, NULL));
    }
    return err;
}

const struct command cmd_pack_adapt = {
    .name = "pack adapt",
    .usage = "pack adapt TOOL --pack PACK [--id NEW-ID] [--title TEXT] [--pack-title TEXT]",
    .about = MSG("copies a tool into a pack of the office, to be changed there"),
    .help = MSG("The copy and each of its rows say where they come from, so that it can be compared with the "
                "original later."),
    .options = (const struct cli_option[]){
        {"--pack", "PACK", MSG("the pack of the office; made when it is not there"), false},
        {"--id", "NEW-ID", MSG("of the copy (PACK-TOOL)"), false},
        {"--title", "TEXT", MSG("of the copy"), false},
        {"--pack-title", "TEXT", MSG("of a new pack"), false},
        {0}},
    .min_args = 1,
    .max_args = 1,
    .needs_store = true,
    .writes = true,
    .run = adapt_run,
};

// ---- compare ------------------------------------------------------------------------------------

static const char *id_of(const struct pack_row_compare *r)
{
    return r->ours != NULL ? r->ours->id : r->now->id;
}

static void compare_as_json(struct cli *c, const struct pack_tool *draft,
                            const struct pack_row_compare *rows, size_t n)
{
    struct json_out j;
    json_begin(&j, &c->out, true);
    json_put_array(&j);
    for (size_t i = 0; i < n; i++) {
        size_t n_cells;
        const struct pack_cell_compare *cells =
            pack_compare_cells(c->arena, draft, &rows[i], &n_cells);
        json_put_object(&j);
        json_member_text(&j, "row", id_of(&rows[i]));
        json_member_text(&j, "origin", rows[i].now != NULL    ? rows[i].now->id
                                       : rows[i].ours != NULL ? rows[i].ours->origin
                                                              : NULL);
        json_member_text(&j, "change", pack_change_word(rows[i].change));
        json_member_bool(&j, "hidden", rows[i].ours != NULL && rows[i].ours->hidden == PACK_YES);
        json_put_name(&j, "differs");
        json_put_array(&j);
        for (size_t k = 0; k < n_cells; k++) {
            json_put_object(&j);
            json_member_text(&j, "key", cells[k].key);
            json_member_text(&j, "ours", cells[k].ours);
            json_member_text(&j, "then", cells[k].then);
            json_member_text(&j, "now", cells[k].now);
            json_put_object_end(&j);
        }
        json_put_array_end(&j);
        json_put_object_end(&j);
    }
    json_put_array_end(&j);
    json_end(&j);
}

static void compare_as_text(struct cli *c, const struct pack_tool *draft,
                            const struct pack_row_compare *rows, size_t n)
{
    size_t n_same = 0;
    for (size_t i = 0; i < n; i++) {
        const struct pack_row_compare *r = &rows[i];
        bool hidden = r->ours != NULL && r->ours->hidden == PACK_YES;
        n_same += r->change == PACK_SAME;
        if (r->change == PACK_SAME && !hidden) {
            continue;
        }
        buf_printf(&c->out, "%-18s %-20s %s%s\n", pack_change_word(r->change), id_of(r),
                   r->ours != NULL ? r->ours->text : r->now->text,
                   hidden ? tr(c->lang, MSG(" (hidden)")) : "");
        size_t n_cells;
        const struct pack_cell_compare *cells = pack_compare_cells(c->arena, draft, r, &n_cells);
        for (size_t k = 0; r->now != NULL && r->then != NULL && k < n_cells; k++) {
            buf_printf(&c->out, "    %s\n      %s %s\n      %s %s\n", cells[k].key,
                       tr(c->lang, MSG("Original then:")),
                       cells[k].then == NULL ? "-" : cells[k].then,
                       tr(c->lang, MSG("Original now:")),
                       cells[k].now == NULL ? "-" : cells[k].now);
        }
    }
    buf_printf(&c->out, "%s\n",
               tr_n(c->arena, c->lang, MSG("1 row is the same as in the original."),
                    MSG("{0} rows are the same as in the original."), (int64_t)n_same));
}

// Takes or keeps each row of "A,B,C".
typedef enum err draft_do(struct arena *a, struct pack_tool *draft, const struct pack_tool *from,
                          const char *id, struct err_info *e);

static enum err do_each(struct cli *c, struct pack_tool *draft, const struct pack_tool *from,
                        const char *list, draft_do *fn, struct err_info *e)
{
    enum err err = ERR_NONE;
    while (err == ERR_NONE && list != NULL && *list != '\0') {
        size_t len = strcspn(list, ",");
        err = fn(c->arena, draft, from, arena_copy_n(c->arena, list, len), e);
        list += len + (list[len] == ',');
    }
    return err;
}

static enum err change(struct cli *c, const struct pack *p, const struct pack_tool *from,
                       struct err_info *e)
{
    struct pack_own_edit x;
    const char *version;
    enum err err = may_change(c, e);
    if (err == ERR_NONE) {
        err = pack_own_begin(c->store, c->arena, &c->actor, p, c->args[1], &x, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    err = do_each(c, x.tool, from, cli_option_of(c, "--take"), draft_take, e);
    if (err == ERR_NONE) {
        err = do_each(c, x.tool, from, cli_option_of(c, "--keep"), draft_keep, e);
    }
    return pack_own_end(&x, c->arena, err, &version, e);
}

static enum err compare_run(struct cli *c, struct err_info *e)
{
    bool json;
    struct db_read *db;
    struct pack_tool *draft;
    struct record *file;
    size_t n;
    enum err err = pack_cli_wants_json(c, &json, e);
    const struct pack *p = pack_find(c->args[0]);
    if (err == ERR_NONE && p == NULL) {
        err = pack_cli_not_found(c->args[0], e);
    }
    if (err == ERR_NONE) {
        err = db_reader(store_db(c->store), &db, e);
    }
    if (err == ERR_NONE) {
        err = pack_own_tool(db, c->arena, p, c->args[1], &draft, &file, e);
    }
    const struct pack_tool *from = err == ERR_NONE ? pack_tool_origin(draft) : NULL;
    if (err == ERR_NONE && from == NULL) {
        err = err_set(e, ERR_NOT_FOUND, NULL, MSG("{0} has no original to compare with."), NULL,
                      c->args[1], NULL);
    }
    if (err == ERR_NONE && (cli_has(c, "--take") || cli_has(c, "--keep"))) {
        err = change(c, p, from, e);
        err = err == ERR_NONE ? pack_own_tool(db, c->arena, p, c->args[1], &draft, &file, e) : err;
    }
    if (err != ERR_NONE) {
        return err;
    }
    const struct pack_row_compare *rows = pack_compare(c->arena, draft, from, &n);
    if (json) {
        compare_as_json(c, draft, rows, n);
    } else {
        compare_as_text(c, draft, rows, n);
    }
    return ERR_NONE;
}

const struct command cmd_pack_compare = {
    .name = "pack compare",
    .usage = "pack compare PACK TOOL [--take ROW,...] [--keep ROW,...] [--format text|json]",
    .about = MSG("compares a copy of a tool with its original, row by row"),
    .help = MSG("Lists the rows that differ: changed by the office, by the original, by both, new in the "
                "original or gone from it."),
    .options = (const struct cli_option[]){
        {"--take", "ROW,...", MSG("takes over what the original says now"), false},
        {"--keep", "ROW,...", MSG("leaves these as they are and counts the change as seen"), false},
        {"--format", "FORMAT", MSG("text or json"), false},
        {0}},
    .min_args = 2,
    .max_args = 2,
    .needs_store = true,
    .writes = true,
    .run = compare_run,
};

// ---- history ------------------------------------------------------------------------------------

static void history_as_json(struct cli *c, const struct pack_past *past, size_t n)
{
    struct json_out j;
    json_begin(&j, &c->out, true);
    json_put_array(&j);
    for (size_t i = 0; i < n; i++) {
        json_put_object(&j);
        json_member_text(&j, "hash", past[i].change->hash);
        json_member_text(&j, "wall", past[i].change->wall);
        json_member_text(&j, "actor", past[i].change->actor);
        json_put_name(&j, "done");
        json_put_array(&j);
        for (size_t k = 0; k < past[i].n_done; k++) {
            json_put_text(&j, pack_done_words(c->arena, c->lang, &past[i].done[k]));
        }
        json_put_array_end(&j);
        json_put_object_end(&j);
    }
    json_put_array_end(&j);
    json_end(&j);
}

static enum err history_run(struct cli *c, struct err_info *e)
{
    bool json = false;
    struct db_read *db;
    struct pack_past *past;
    size_t n;
    enum err err = may_change(c, e);
    if (err == ERR_NONE) {
        err = pack_cli_wants_json(c, &json, e);
    }
    const struct pack *p = pack_find(c->args[0]);
    if (err == ERR_NONE && p == NULL) {
        err = pack_cli_not_found(c->args[0], e);
    }
    if (err == ERR_NONE) {
        err = db_reader(store_db(c->store), &db, e);
    }
    if (err == ERR_NONE) {
        err = pack_own_history(db, c->arena, p, c->args[1], &past, &n, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    if (json) {
        history_as_json(c, past, n);
        return ERR_NONE;
    }
    for (size_t i = 0; i < n; i++) {
        buf_printf(&c->out, "%.19sZ  %s  %.12s\n", past[i].change->wall, past[i].change->actor,
                   past[i].change->hash);
        for (size_t k = 0; k < past[i].n_done; k++) {
            buf_printf(&c->out, "    %s\n", pack_done_words(c->arena, c->lang, &past[i].done[k]));
        }
    }
    return ERR_NONE;
}

const struct command cmd_pack_history = {
    .name = "pack history",
    .usage = "pack history PACK TOOL [--format text|json]",
    .about = MSG("lists what was changed of a tool of the office, newest first"),
    .help = MSG("Row by row, and of its answers; the log holds the files as they were."),
    .options = (const struct cli_option[]){{"--format", "FORMAT", MSG("text or json"), false}, {0}},
    .min_args = 2,
    .max_args = 2,
    .needs_store = true,
    .run = history_run,
};
