// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_cli.c: mainstay logframe show and compare.

#include <string.h>

#include "base/bug.h"
#include "base/date.h"
#include "cli/cli.h"
#include "format/json/json_write.h"
#include "logframe/logframe.h"
#include "logframe/logframe_table.h"
#include "result/result.h"

// The programme that --programme names; the same answer as for what does not exist, unless it may be read.
static enum err find_programme(struct cli *c, struct db_read **db, struct record **out,
                               struct err_info *e)
{
    const char *code = cli_option_of(c, "--programme");
    if (code == NULL) {
        return err_set(e, ERR_USAGE, "--programme", MSG("Which programme?"),
                       MSG("Add --programme CODE."), NULL);
    }
    enum err err = db_reader(store_db(c->store), db, e);
    if (err == ERR_NONE) {
        err = store_get(*db, c->arena, &entity_programme, code, out, e);
    }
    if (err == ERR_NONE && !cli_may(c, MAY_READ, (*out)->id)) {
        err = err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no {0} “{1}”."),
                      err_look, "programme", code, NULL);
    }
    return err;
}

static enum err find_format(struct cli *c, bool *json, struct err_info *e)
{
    const char *format = cli_option_of(c, "--format");
    *json = format != NULL && strcmp(format, "json") == 0;
    if (format == NULL || *json || strcmp(format, "text") == 0) {
        return ERR_NONE;
    }
    return err_set(e, ERR_USAGE, "--format", MSG("There is no format “{0}”."),
                   MSG("Choose text or json."), format, NULL);
}

// What an option says: a version by its name, else the day or moment itself. NULL when it is not given.
static enum err day_of(struct cli *c, struct db_read *db, const struct record *programme,
                       const char *option, const char **as_of, struct err_info *e)
{
    struct record **versions;
    const char *given = cli_option_of(c, option);
    size_t n;
    *as_of = given;
    if (given == NULL) {
        return ERR_NONE;
    }
    enum err err = store_list_by(db, c->arena, &entity_logframe_version, "programme_id",
                                 programme->id, &versions, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        if (strcmp(record_text(versions[i], "name"), given) == 0) {
            *as_of = record_text(versions[i], "as_of");
        }
    }
    if (err == ERR_NONE && !date_is_valid(*as_of) && !time_is_valid(*as_of)) {
        err = err_set(e, ERR_INPUT, option, MSG("“{0}” is neither a day nor a version of the logframe."),
                      MSG("Write a day as 2026-11-22, or the name of a version."), given, NULL);
    }
    return err;
}

// ---- show ---------------------------------------------------------------------------------------

static void line(struct cli *c, int depth, const char *label, const char *text)
{
    if (text[0] != '\0') {
        buf_printf(&c->out, "%*s%s: %s\n", depth * 2, "", tr(c->lang, label), text);
    }
}

static void show_measure(struct cli *c, int depth, const struct logframe_measure *m)
{
    const char *no_baseline = logframe_lacks_baseline(m);
    const char *no_target = logframe_lacks_target(m);
    buf_printf(&c->out, "%*s%s  %s\n", depth * 2, "", record_text(m->record, "code"),
               record_text(m->record, "title"));
    line(c, depth + 1, MSG("Baseline"),
         no_baseline != NULL ? tr(c->lang, no_baseline)
                             : logframe_baseline_words(c->arena, c->lang, m));
    for (size_t i = 0; i < m->n_targets; i++) {
        line(c, depth + 1, MSG("Target"),
             logframe_target_words(c->arena, c->lang, m, m->targets[i]));
    }
    line(c, depth + 1, MSG("Target"), no_target == NULL ? "" : tr(c->lang, no_target));
    line(c, depth + 1, MSG("Means of verification"), record_text(m->record, "means"));
    line(c, depth + 1, MSG("Source"), record_text(m->record, "source"));
    line(c, depth + 1, MSG("How often"), logframe_frequency(c->lang, m));
    line(c, depth + 1, MSG("Assumptions"), record_text(m->record, "assumptions"));
}

static void show_text(struct cli *c, const struct logframe *l)
{
    for (size_t i = 0; i < l->n_rows; i++) {
        const struct logframe_row *row = &l->rows[i];
        if (row->result == NULL) {
            buf_printf(&c->out, "%s\n", tr(c->lang, MSG("Indicators that belong to no result")));
        } else {
            buf_printf(&c->out, "%*s%s %s  %s\n", row->depth * 2, "",
                       logframe_level_name(c->lang, l->programme, row->level),
                       record_text(row->result, "code"), record_text(row->result, "statement"));
            line(c, row->depth + 1, MSG("Assumptions"), record_text(row->result, "assumptions"));
            line(c, row->depth + 1, MSG("Indicator"),
                 row->n_measures == 0 ? tr(c->lang, MSG("No indicator")) : "");
        }
        for (size_t k = 0; k < row->n_measures; k++) {
            show_measure(c, row->depth + 1, &row->measures[k]);
        }
    }
}

static void put_fields(struct json_out *j, const struct record *r, const char *const *names)
{
    for (size_t i = 0; names[i] != NULL; i++) {
        if (record_is_set(r, names[i])) {
            json_member_text(j, names[i], record_text(r, names[i]));
        }
    }
}

static void show_json(struct cli *c, const struct logframe *l)
{
    static const char *const of_result[] = {"level", "code", "statement", "assumptions", NULL};
    static const char *const of_indicator[] = {"code",      "title",         "unit",  "baseline",
                                               "baseline_on", "baseline_note", "means", "source",
                                               "frequency", "assumptions",   NULL};
    static const char *const of_target[] = {"due_on", "value", "reason", NULL};
    struct json_out j;
    json_begin(&j, &c->out, true);
    json_put_object(&j);
    json_member_text(&j, "programme", record_text(l->programme, "number"));
    if (l->as_of != NULL) {
        json_member_text(&j, "as_of", l->as_of);
    }
    json_put_name(&j, "rows");
    json_put_array(&j);
    for (size_t i = 0; i < l->n_rows; i++) {
        json_put_object(&j);
        if (l->rows[i].result != NULL) {
            put_fields(&j, l->rows[i].result, of_result);
            json_member_int(&j, "depth", l->rows[i].depth);
        }
        json_put_name(&j, "indicators");
        json_put_array(&j);
        for (size_t k = 0; k < l->rows[i].n_measures; k++) {
            const struct logframe_measure *m = &l->rows[i].measures[k];
            json_put_object(&j);
            put_fields(&j, m->record, of_indicator);
            json_put_name(&j, "targets");
            json_put_array(&j);
            for (size_t t = 0; t < m->n_targets; t++) {
                json_put_object(&j);
                put_fields(&j, m->targets[t], of_target);
                json_put_object_end(&j);
            }
            json_put_array_end(&j);
            json_put_object_end(&j);
        }
        json_put_array_end(&j);
        json_put_object_end(&j);
    }
    json_put_array_end(&j);
    json_put_object_end(&j);
    json_end(&j);
}

static enum err show_run(struct cli *c, struct err_info *e)
{
    struct db_read *db;
    struct record *programme;
    struct logframe l;
    const char *as_of;
    bool json;
    enum err err = find_format(c, &json, e);
    if (err == ERR_NONE) {
        err = find_programme(c, &db, &programme, e);
    }
    if (err == ERR_NONE) {
        err = day_of(c, db, programme, "--as-of", &as_of, e);
    }
    if (err == ERR_NONE) {
        err = logframe_load(db, c->arena, programme, as_of, &l, e);
    }
    if (err == ERR_NONE && json) {
        show_json(c, &l);
    } else if (err == ERR_NONE) {
        show_text(c, &l);
    }
    return err;
}

const struct command cmd_logframe_show = {
    .name = "logframe show",
    .usage = "logframe show --programme CODE [--as-of DATE|VERSION] [--format text|json]",
    .about = MSG("shows the logframe of a programme, now or as it was"),
    .options =
        (const struct cli_option[]){
            {"--programme", "CODE", MSG("of which programme"), false},
            {"--as-of", "DATE", MSG("as it was at the end of this day, or in this version"), false},
            {"--format", "FORMAT", MSG("text or json"), false},
            {0}},
    .max_args = 0,
    .needs_store = true,
    .run = show_run,
};

// ---- compare ------------------------------------------------------------------------------------

static const char *const change_words[] = {MSG("added"), MSG("removed"), MSG("changed")};

static void compare_text(struct cli *c, const struct logframe_difference *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct logframe_difference *d = &items[i];
        buf_printf(&c->out, "%s %s: %s\n", tr(c->lang, d->record->entity->label), d->code,
                   tr(c->lang, change_words[d->change]));
        for (size_t k = 0; k < d->n_cells; k++) {
            const struct logframe_cell *cell = &d->cells[k];
            if (d->change == LOGFRAME_CHANGED) {
                buf_printf(&c->out, "  %s: “%s” → “%s”\n", tr(c->lang, cell->field->label),
                           cell->before, cell->after);
            } else {
                buf_printf(&c->out, "  %s: %s\n", tr(c->lang, cell->field->label),
                           d->change == LOGFRAME_ADDED ? cell->after : cell->before);
            }
        }
    }
    if (n == 0) {
        buf_printf(&c->out, "%s\n", tr(c->lang, MSG("Nothing differs.")));
    }
}

static void compare_json(struct cli *c, const struct logframe_difference *items, size_t n)
{
    static const char *const words[] = {"added", "removed", "changed"};
    struct json_out j;
    json_begin(&j, &c->out, true);
    json_put_array(&j);
    for (size_t i = 0; i < n; i++) {
        const struct logframe_difference *d = &items[i];
        json_put_object(&j);
        json_member_text(&j, "change", words[d->change]);
        json_member_text(&j, "kind", d->record->entity->kind);
        json_member_text(&j, "code", d->code);
        json_put_name(&j, "fields");
        json_put_array(&j);
        for (size_t k = 0; k < d->n_cells; k++) {
            json_put_object(&j);
            json_member_text(&j, "field", d->cells[k].field->name);
            json_member_text(&j, "before", d->cells[k].before);
            json_member_text(&j, "after", d->cells[k].after);
            json_put_object_end(&j);
        }
        json_put_array_end(&j);
        json_put_object_end(&j);
    }
    json_put_array_end(&j);
    json_end(&j);
}

static enum err compare_run(struct cli *c, struct err_info *e)
{
    struct db_read *db;
    struct record *programme;
    struct logframe before, after;
    struct programme_people people;
    struct logframe_difference *items;
    const char *from, *to;
    size_t n;
    bool json;
    enum err err = find_format(c, &json, e);
    if (err == ERR_NONE && cli_option_of(c, "--from") == NULL) {
        err = err_set(e, ERR_USAGE, "--from", MSG("Compare with which day?"),
                      MSG("Add --from DATE, for example --from 2026-01-31."), NULL);
    }
    if (err == ERR_NONE) {
        err = find_programme(c, &db, &programme, e);
    }
    if (err == ERR_NONE) {
        err = day_of(c, db, programme, "--from", &from, e);
    }
    if (err == ERR_NONE) {
        err = day_of(c, db, programme, "--to", &to, e);
    }
    if (err == ERR_NONE) {
        err = logframe_load(db, c->arena, programme, from, &before, e);
    }
    if (err == ERR_NONE) {
        err = logframe_load(db, c->arena, programme, to, &after, e);
    }
    if (err == ERR_NONE) {
        err = programme_people_load(db, c->arena, programme->id, &people, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    logframe_compare(c->arena, c->lang, &before, &after, &people, &items, &n);
    if (json) {
        compare_json(c, items, n);
    } else {
        compare_text(c, items, n);
    }
    return ERR_NONE;
}

const struct command cmd_logframe_compare = {
    .name = "logframe compare",
    .usage = "logframe compare --programme CODE --from DATE|VERSION [--to DATE|VERSION] "
             "[--format text|json]",
    .about = MSG("shows what differs between the logframe of two days"),
    .options =
        (const struct cli_option[]){
            {"--programme", "CODE", MSG("of which programme"), false},
            {"--from", "DATE", MSG("as it was at the end of this day, or in this version"), false},
            {"--to", "DATE", MSG("and as it was then; without it, as it is now"), false},
            {"--format", "FORMAT", MSG("text or json"), false},
            {0}},
    .max_args = 0,
    .needs_store = true,
    .run = compare_run,
};
