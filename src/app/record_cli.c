// SPDX-License-Identifier: AGPL-3.0-or-later
//
// record_cli.c: show, save, delete and history of records of every kind. Their lists: list_cli.c.
//
// One set of commands for all kinds, since all are described in the registry.

#include "app/record_cli.h"

#include <stdio.h>
#include <string.h>

#include "app/table.h"
#include "assessment/assessment.h"
#include "base/bug.h"
#include "base/limits.h"
#include "cli/cli.h"
#include "exchange/record/record_io.h"
#include "exchange/record/record_rights.h"
#include "exchange/tool/tool_file.h"
#include "exchange/workbook/workbook.h"
#include "format/csv/csv_read.h"
#include "format/sheet/sheet.h"
#include "os/file.h"
#include "result/result.h"
#include "result/result_take.h"

enum err record_cli_kind(const char *name, const struct entity **kind, struct err_info *e)
{
    *kind = model_find(name);
    return *kind != NULL ? ERR_NONE
                         : err_set(e, ERR_USAGE, NULL, MSG("There is no kind of record “{0}”."),
                                   MSG("“mainstay kinds” lists them."), name, NULL);
}

enum err record_cli_confidential(const struct cli *c, struct money_context *m, struct err_info *e)
{
    m->confidential = cli_has(c, "--confidential");
    return !m->confidential || c->who == NULL
               ? ERR_NONE
               : err_set(e, ERR_NOT_ALLOWED, "--confidential",
                         MSG("Only the owner of the workspace may see what is confidential."),
                         MSG("Run the command without --as, or without --confidential."), NULL);
}

static enum err reader(struct cli *c, struct db_read **db, struct err_info *e)
{
    return db_reader(store_db(c->store), db, e);
}

static enum err show_run(struct cli *c, struct err_info *e)
{
    const struct entity *kind;
    struct db_read *db;
    struct record *r;
    enum err err = record_cli_kind(c->args[0], &kind, e);
    if (err == ERR_NONE) {
        err = reader(c, &db, e);
    }
    if (err == ERR_NONE) {
        err = record_get_visible(db, c->arena, c->who, kind, c->args[1], &r, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct money_context money = {.arena = c->arena, .db = db};
    const char *format = cli_option_of(c, "--format");
    err = record_cli_confidential(c, &money, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (format == NULL || strcmp(format, "text") == 0) {
        return text_of_record(&money, c->lang, r, &c->out, e);
    }
    if (strcmp(format, "json") == 0) {
        return record_write_json(&money, r, &c->out, e);
    }
    return err_set(e, ERR_USAGE, "--format", MSG("There is no format “{0}”."),
                   MSG("Choose text or json."), format, NULL);
}

const struct command cmd_show = {
    .name = "show",
    .usage = "show KIND ID-OR-CODE [--format text|json] [--confidential]",
    .about = MSG("shows one record"),
    .options =
        (const struct cli_option[]){
            {"--format", "FORMAT", MSG("text or json"), false},
            {"--confidential", NULL, MSG("with what is confidential; for the owner only"), false},
            {0}},
    .min_args = 2,
    .max_args = 2,
    .needs_store = true,
    .run = show_run,
};

static bool looks_like_json(const char *bytes, size_t len)
{
    size_t i = 0;
    while (i < len && strchr(" \t\r\n\xef\xbb\xbf", bytes[i]) != NULL) {
        i++;
    }
    return i < len && (bytes[i] == '{' || bytes[i] == '[');
}

// Values of indicators come as tables in which one value has a row and each of its parts another.
static enum err take_values(struct cli *c, struct store_tx *tx, const struct csv_from *from, struct import *im,
                            struct err_info *e)
{
    struct result_take t = {.arena = c->arena, .lang = c->lang, .tx = tx, .who = c->who};
    enum err err = result_take_csv(&t, from, e);
    im->created = (int)t.counts[TAKE_NEW];
    im->updated = (int)t.counts[TAKE_CHANGED];
    im->same = (int)t.counts[TAKE_SAME];
    if (err != ERR_NONE || t.counts[TAKE_REFUSED] == 0) {
        return err;
    }
    if (cli_has(c, "--refused")) {
        result_take_refused(&t, &c->out);
    }
    const struct take_line *first = result_take_first_refused(&t);
    return err_set(e, ERR_INPUT, arena_printf(c->arena, "line %d, %s", first->number, first->field),
                   MSG("{0} of {1} lines are refused, and nothing is saved. The first: {2}"),
                   MSG("Add --refused to get these lines with what is wrong, mend them and send the whole file "
                       "again."),
                   arena_printf(c->arena, "%zu", t.counts[TAKE_REFUSED]),
                   arena_printf(c->arena, "%zu", t.n_rows), first->why, NULL);
}

// A workbook becomes the CSV of its first sheet.
static enum err read_table(struct cli *c, struct err_info *e)
{
    if (!sheet_is_workbook(c->input, c->input_len)) {
        return ERR_NONE;
    }
    enum err err = cli_input_whole(c, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = sheet_csv(c->arena, c->input, c->input_len, &c->input, e);
    c->input_len = err == ERR_NONE ? strlen(c->input) : 0;
    return err;
}

static enum err more_input(void *file, char *bytes, size_t room, size_t *n, struct err_info *e)
{
    return file_in_read(file, bytes, room, n, e);
}

// Of a file in pieces the whole lines that are there: enough for its heading.
static size_t head_len(const struct cli *c)
{
    size_t n = c->input_len;
    while (c->input_rest != NULL && n > 0 && c->input[n - 1] != '\n') {
        n--;
    }
    return n;
}

static enum err save_run(struct cli *c, struct err_info *e)
{
    const struct entity *kind;
    enum err err = record_cli_kind(c->args[0], &kind, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (kind->compute != NULL) {
        return err_set(e, ERR_USAGE, NULL, MSG("“{0}” is computed and cannot be saved."),
                       MSG("Change the records it is computed from."), kind->kind, NULL);
    }
    bool json = looks_like_json(c->input, c->input_len);
    err = json ? cli_input_whole(c, e) : read_table(c, e);
    if (err == ERR_NONE && !json && workbook_is(c->arena, c->lang, kind, c->input, head_len(c))) {
        err = cli_input_whole(c, e);
        if (err != ERR_NONE) {
            return err;
        }
        struct workbook w = {.kind = kind, .csv = c->input, .len = c->input_len};
        return partner_run_whole(c, tr(c->lang, MSG("from a spreadsheet")), workbook_read, &w, e);
    }
    struct store_tx *tx = NULL;
    if (err == ERR_NONE) {
        err = store_begin(c->store, &c->actor, cli_option_of(c, "--reason"), &tx, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct import im = {.arena = c->arena, .tx = tx, .who = c->who};
    const struct json *tool = NULL;
    struct csv_from from = {c->input, c->input_len, c->input_rest == NULL ? NULL : more_input, c->input_rest};
    bool filled = json && kind == &entity_assessment && tool_file_is(c->arena, c->input, c->input_len, &tool);
    err = filled ? tool_file_read(&im, tool, e)
          : json ? import_json(&im, kind, c->input, c->input_len, e)
          : kind == &entity_observation && result_take_is_table(c->arena, c->input, head_len(c))
              ? take_values(c, tx, &from, &im, e)
              : import_csv(&im, kind, &from, e);
    bool dry = cli_has(c, "--dry-run");
    if (err == ERR_NONE && dry) {
        err = store_ask_rules(tx, e);
    }
    if (err != ERR_NONE || dry) {
        store_rollback(tx);
    } else {
        err = store_commit(tx, e);
    }
    if (err == ERR_NONE) {
        const char *text = dry ? MSG("Would create {0}, change {1}, leave {2} as they are.")
                               : MSG("Created {0}, changed {1}, left {2} as they were.");
        buf_printf(&c->out, "%s\n",
                   tr_f(c->arena, c->lang, text, arena_printf(c->arena, "%d", im.created),
                        arena_printf(c->arena, "%d", im.updated),
                        arena_printf(c->arena, "%d", im.same), NULL));
    }
    return err;
}

const struct command cmd_save = {
    .name = "save",
    .usage = "save KIND [FILE|-] [--dry-run] [--refused] [--reason TEXT]",
    .about = MSG("creates or changes records from JSON, CSV or XLSX"),
    .help = MSG("Each record is found by its id or code and created when there is none. Fields that "
                "are not named keep their value. All records are saved, or none. A list that was taken out in the browser "
                "(CSV or XLSX, with the columns id and version) comes back line by line, with what changes in "
                "each; a record that was changed meanwhile is refused. A tool filled in (assessment) comes whole, "
                "as JSON with its answers. Values of indicators (observation) also come as a table with the columns "
                "indicator, period, country, one for each characteristic, value, numerator and denominator."),
    .options = (const struct cli_option[]){{"--dry-run", NULL, MSG("only say what would change"),
                                            false},
                                           {"--refused", NULL,
                                            MSG("of a table of values: write out the lines that are refused"),
                                            false},
                                           {"--reason", "TEXT", MSG("why, for the history"), false},
                                           {0}},
    .min_args = 1,
    .max_args = 2,
    .needs_store = true,
    .writes = true,
    .reads_input = true,
    .input_in_pieces = true,
    .run = save_run,
};

static enum err delete_run(struct cli *c, struct err_info *e)
{
    const struct entity *kind;
    struct db_read *db;
    struct record *r;
    struct store_tx *tx;
    const char *reason = cli_option_of(c, "--reason");
    enum err err = record_cli_kind(c->args[0], &kind, e);
    if (err == ERR_NONE && kind->compute != NULL) {
        err = err_set(e, ERR_USAGE, NULL, MSG("“{0}” is computed and cannot be deleted."),
                      MSG("Change the records it is computed from."), kind->kind, NULL);
    }
    if (err == ERR_NONE && (reason == NULL || reason[0] == '\0')) {
        err = err_set(e, ERR_USAGE, "--reason", MSG("Deleting needs a reason."),
                      MSG("Add --reason \"why\"."), NULL);
    }
    if (err == ERR_NONE) {
        err = reader(c, &db, e);
    }
    if (err == ERR_NONE) {
        err = record_get_visible(db, c->arena, c->who, kind, c->args[1], &r, e);
    }
    const char *programme = NULL;
    if (err == ERR_NONE) {
        err = store_programme_of(db, c->arena, r, &programme, e);
    }
    if (err == ERR_NONE && !record_may_write(c->who, kind, programme)) {
        err = err_set(e, ERR_NOT_ALLOWED, NULL, MSG("You may not delete this record."),
                      MSG("Ask somebody who may change it."), NULL);
    }
    if (err == ERR_NONE) {
        err = store_begin(c->store, &c->actor, reason, &tx, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    err = store_delete(tx, c->arena, kind, r->id, e);
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    if (err == ERR_NONE) {
        buf_printf(&c->out, "%s\n", tr(c->lang, MSG("Deleted. The history keeps it.")));
    }
    return err;
}

const struct command cmd_delete = {
    .name = "delete",
    .usage = "delete KIND ID-OR-CODE --reason TEXT",
    .about = MSG("deletes a record; its history stays"),
    .options = (const struct cli_option[]){{"--reason", "TEXT", MSG("why"), false}, {0}},
    .min_args = 2,
    .max_args = 2,
    .needs_store = true,
    .writes = true,
    .run = delete_run,
};

static enum err history_run(struct cli *c, struct err_info *e)
{
    const struct entity *kind;
    struct db_read *db;
    struct record *r;
    struct change *changes;
    size_t n;
    enum err err = record_cli_kind(c->args[0], &kind, e);
    if (err == ERR_NONE) {
        err = reader(c, &db, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    // A deleted record has a history too: then the id itself is asked for.
    const char *id = c->args[1];
    struct err_info gone;
    if (record_get_visible(db, c->arena, c->who, kind, id, &r, &gone) == ERR_NONE) {
        id = r->id;
    } else if (c->who != NULL) {
        *e = gone;
        return gone.code;
    }
    err = store_history(db, c->arena, kind->kind, id, 0, &changes, &n, e);
    if (err == ERR_NONE && n == 0) {
        err = err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no {0} “{1}”."),
                      err_look, kind->kind, c->args[1], NULL);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const char *format = cli_option_of(c, "--format");
    struct money_context money = {.arena = c->arena, .db = db};
    err = record_cli_confidential(c, &money, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (format != NULL && strcmp(format, "json") == 0) {
        return json_of_history(&money, kind, changes, n, &c->out, e);
    }
    return text_of_history(&money, c->lang, kind, changes, n, &c->out, e);
}

const struct command cmd_history = {
    .name = "history",
    .usage = "history KIND ID-OR-CODE [--format text|json] [--confidential]",
    .about = MSG("shows every change of a record"),
    .options =
        (const struct cli_option[]){
            {"--format", "FORMAT", MSG("text or json"), false},
            {"--confidential", NULL, MSG("with what is confidential; for the owner only"), false},
            {0}},
    .min_args = 2,
    .max_args = 2,
    .needs_store = true,
    .run = history_run,
};

static enum err kinds_run(struct cli *c, struct err_info *e)
{
    (void)e;
    size_t n;
    const struct entity *const *kinds = model_all(&n);
    for (size_t i = 0; i < n; i++) {
        buf_printf(&c->out, "%-18s %s\n", kinds[i]->kind, tr(c->lang, kinds[i]->about));
    }
    return ERR_NONE;
}

const struct command cmd_kinds = {
    .name = "kinds",
    .usage = "kinds",
    .about = MSG("lists the kinds of records"),
    .run = kinds_run,
};
