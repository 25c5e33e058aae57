// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_cli.c: `mainstay table`: the values of an indicator by period, country and characteristics.

#include <string.h>

#include "base/decimal.h"
#include "cli/cli.h"
#include "format/csv/csv_write.h"
#include "format/json/json_write.h"
#include "os/clock.h"
#include "result/result.h"
#include "result/result_library.h"
#include "result/result_lines.h"
#include "result/result_table.h"
#include "result/result_words.h"

static const char *number(struct arena *a, bool known, int64_t scaled)
{
    return known ? decimal_short(a, scaled) : "";
}

static void write_csv(struct cli *c, const struct result_table *t)
{
    struct csv_out csv;
    csv_begin(&csv, &c->out, false);
    for (size_t i = 0; i < t->n_by; i++) {
        csv_cell(&csv, t->by[i]);
    }
    static const char *const names[] = {"value", "least", "part", "whole", "values"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        csv_cell(&csv, names[i]);
    }
    csv_row_end(&csv);
    for (size_t i = 0; i < t->n; i++) {
        const struct result_table_row *row = &t->rows[i];
        const struct result_figure *f = &row->figure;
        for (size_t k = 0; k < t->n_by; k++) {
            csv_cell(&csv, row->keys[k]);
        }
        csv_cell(&csv, number(c->arena, f->known, f->scaled));
        csv_cell(&csv, number(c->arena, row->has_least, row->least));
        csv_cell(&csv, number(c->arena, f->is_fraction, f->part));
        csv_cell(&csv, number(c->arena, f->is_fraction, f->whole));
        csv_cell_int(&csv, (int64_t)row->n_values);
        csv_row_end(&csv);
    }
}

static void put_number(struct cli *c, struct json_out *j, const char *name, bool known, int64_t scaled)
{
    json_put_name(j, name);
    if (known) {
        json_put_decimal(j, decimal_short(c->arena, scaled));
    } else {
        json_put_null(j);
    }
}

static void write_json(struct cli *c, const struct result_table *t)
{
    struct json_out j;
    json_begin(&j, &c->out, true);
    json_put_array(&j);
    for (size_t i = 0; i < t->n; i++) {
        const struct result_table_row *row = &t->rows[i];
        const struct result_figure *f = &row->figure;
        json_put_object(&j);
        for (size_t k = 0; k < t->n_by; k++) {
            json_put_name(&j, t->by[k]);
            json_put_text(&j, row->keys[k]);
        }
        put_number(c, &j, "value", f->known, f->scaled);
        put_number(c, &j, "least", row->has_least, row->least);
        put_number(c, &j, "part", f->is_fraction, f->part);
        put_number(c, &j, "whole", f->is_fraction, f->whole);
        json_put_name(&j, "values");
        json_put_int(&j, (int64_t)row->n_values);
        json_put_object_end(&j);
    }
    json_put_array_end(&j);
    json_end(&j);
}

static enum err find_line(struct cli *c, const char *code, struct result_line **out, struct err_info *e)
{
    struct db_read *db;
    struct record *indicator;
    struct result_lines lines;
    char today[11];
    clock_today(today);
    enum err err = db_reader(store_db(c->store), &db, e);
    if (err == ERR_NONE) {
        err = store_get(db, c->arena, &entity_indicator, code, &indicator, e);
    }
    if (err == ERR_NONE && !cli_may(c, MAY_READ, record_text(indicator, "programme_id"))) {
        err = err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no {0} “{1}”."),
                      err_look, "indicator", code, NULL);
    }
    if (err == ERR_NONE && !cli_may(c, MAY_EXPORT, record_text(indicator, "programme_id"))) {
        err = err_set(e, ERR_NOT_ALLOWED, NULL, MSG("A table of figures about people leaves the circle of "
                                                    "those who may see the records."),
                      MSG("Ask somebody who may export."), NULL);
    }
    if (err == ERR_NONE) {
        const char *programme_id = record_text(indicator, "programme_id");
        const struct result_ask ask = {.programme_id = programme_id, .indicator_id = indicator->id,
                                       .today = arena_copy(c->arena, today),
                                       .parts = result_may_see_parts(c->who, programme_id)};
        err = result_lines_load(db, c->arena, &ask, &lines, e);
    }
    if (err == ERR_NONE) {
        *out = &lines.items[0];
    }
    return err;
}

// ---- over programmes ----------------------------------------------------------------------------

static const char *why_word(enum result_why_not why)
{
    static const char *const words[] = {[TOGETHER_IN] = "yes", [TOGETHER_NO_VALUE] = "no value",
                                        [TOGETHER_OTHER_UNIT] = "another unit",
                                        [TOGETHER_OTHER_RULE] = "another rule over time",
                                        [TOGETHER_NOT_ADDED] = "not added up"};
    return words[why];
}

struct together {
    const struct result_line **lines;
    const char **programmes; // numbers
    size_t n;
    enum result_why_not *why;
    struct result_together sum;
};

// The unit and rule of the row, as ours.
static void rule_of_row(struct arena *a, const struct pack_row *row, struct result_line *out)
{
    struct record *r = record_new(a, &entity_indicator);
    record_set_text(r, "unit", library_code(a, pack_unit_word(row->unit)));
    record_set_text(r, "accumulation", library_code(a, pack_accumulation_word(row->accumulation)));
    result_line_begin(a, r, out);
}

static enum err load_together(struct cli *c, const struct pack_row *row, struct together *t,
                              struct err_info *e)
{
    struct db_read *db;
    struct result_lines all;
    struct record **programmes;
    size_t n_programmes;
    const struct store_query every = {.n_filters = 0};
    char today[11];
    clock_today(today);
    enum err err = db_reader(store_db(c->store), &db, e);
    if (err == ERR_NONE) {
        err = result_lines_load(db, c->arena, &(struct result_ask){.today = arena_copy(c->arena, today)}, &all, e);
    }
    if (err == ERR_NONE) {
        err = store_list(db, c->arena, model_find("programme"), &every, &programmes, &n_programmes, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct result_member *members = ARENA_ARRAY(c->arena, struct result_member, all.n + 1);
    struct result_line rule;
    t->lines = ARENA_ARRAY(c->arena, const struct result_line *, all.n + 1);
    t->programmes = ARENA_ARRAY(c->arena, const char *, all.n + 1);
    t->why = ARENA_ARRAY(c->arena, enum result_why_not, all.n + 1);
    for (size_t i = 0; i < all.n; i++) {
        const struct result_line *line = &all.items[i];
        const char *programme = record_text(line->record, "programme_id");
        if (strcmp(record_text(line->record, "row"), row->id) != 0 || !cli_may(c, MAY_READ, programme) ||
            !cli_may(c, MAY_EXPORT, programme)) {
            continue;
        }
        for (size_t k = 0; k < n_programmes; k++) {
            t->programmes[t->n] = strcmp(programmes[k]->id, programme) == 0 ? record_text(programmes[k], "number")
                                                                            : t->programmes[t->n];
        }
        members[t->n] = (struct result_member){.rule = line->rule, .total = &line->total};
        t->lines[t->n++] = line;
    }
    rule_of_row(c->arena, row, &rule);
    t->sum = result_together_of(rule.rule.unit, rule.rule.over, REPEAT_PROGRAMME, members, t->n, t->why);
    return ERR_NONE;
}

static void put_figure(struct cli *c, struct json_out *j, struct csv_out *csv, const struct result_figure *f,
                       bool has_least, int64_t least)
{
    if (j != NULL) {
        put_number(c, j, "value", f->known, f->scaled);
        put_number(c, j, "least", has_least, least);
        put_number(c, j, "part", f->is_fraction, f->part);
        put_number(c, j, "whole", f->is_fraction, f->whole);
        return;
    }
    csv_cell(csv, number(c->arena, f->known, f->scaled));
    csv_cell(csv, number(c->arena, has_least, least));
    csv_cell(csv, number(c->arena, f->is_fraction, f->part));
    csv_cell(csv, number(c->arena, f->is_fraction, f->whole));
}

// One line for each indicator, the sum last, without a programme.
static void write_together(struct cli *c, const struct together *t, bool json)
{
    static const char *const names[] = {"programme", "indicator", "in_sum", "value", "least", "part", "whole"};
    struct json_out j;
    struct csv_out csv;
    if (json) {
        json_begin(&j, &c->out, true);
        json_put_array(&j);
    } else {
        csv_begin(&csv, &c->out, false);
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            csv_cell(&csv, names[i]);
        }
        csv_row_end(&csv);
    }
    for (size_t i = 0; i <= t->n; i++) {
        bool last = i == t->n;
        const char *cells[] = {last ? "" : t->programmes[i], last ? "" : record_text(t->lines[i]->record, "code"),
                               last ? "" : why_word(t->why[i])};
        const struct result_total *one = last ? NULL : &t->lines[i]->total;
        if (json) {
            json_put_object(&j);
        }
        for (size_t k = 0; k < 3; k++) {
            if (json) {
                json_member_text(&j, names[k], cells[k]);
            } else {
                csv_cell(&csv, cells[k]);
            }
        }
        put_figure(c, json ? &j : NULL, &csv, last ? &t->sum.figure : &one->figure,
                   last ? t->sum.has_least : one->has_least, last ? t->sum.least : one->least);
        if (json) {
            json_put_object_end(&j);
        } else {
            csv_row_end(&csv);
        }
    }
    if (json) {
        json_put_array_end(&j);
        json_end(&j);
    }
}

static enum err row_run(struct cli *c, const char *id, bool json, struct err_info *e)
{
    const struct pack_tool *tool;
    const struct pack_row *row = library_row(id, &tool);
    struct together t = {.n = 0};
    if (row == NULL) {
        return err_set(e, ERR_NOT_FOUND, "--row", MSG("There is no indicator “{0}” in the library."),
                       MSG("Write the id of its row, such as 4.3.3-R04.1."), id, NULL);
    }
    enum err err = load_together(c, row, &t, e);
    if (err == ERR_NONE) {
        write_together(c, &t, json);
    }
    return err;
}

static enum err table_run(struct cli *c, struct err_info *e)
{
    const char *code = cli_option_of(c, "--indicator");
    const char *by = cli_option_of(c, "--by");
    const char *format = cli_option_of(c, "--format");
    struct result_line *line;
    struct result_table table;
    bool json = format != NULL && strcmp(format, "json") == 0;
    const char *row = cli_option_of(c, "--row");
    if ((code == NULL) == (row == NULL) || (row != NULL && by != NULL)) {
        return err_set(e, ERR_USAGE, "--indicator", MSG("Which indicator?"),
                       MSG("Add --indicator CODE, or --row ID for all programmes that adopted a row of the "
                           "library."),
                       NULL);
    }
    if (format != NULL && !json && strcmp(format, "csv") != 0) {
        return err_set(e, ERR_USAGE, "--format", MSG("There is no format “{0}”."),
                       MSG("Choose csv or json."), format, NULL);
    }
    if (row != NULL) {
        return row_run(c, row, json, e);
    }
    enum err err = find_line(c, code, &line, e);
    if (err == ERR_NONE) {
        err = result_table_of(c->arena, line, by == NULL ? "" : by, &table, e);
    }
    if (err == ERR_NONE && json) {
        write_json(c, &table);
    } else if (err == ERR_NONE) {
        write_csv(c, &table);
    }
    return err;
}

const struct command cmd_table = {
    .name = "table",
    .usage = "table --indicator CODE [--by period,country,CHARACTERISTIC...] | --row ID [--format csv|json]",
    .about = MSG("puts the values of an indicator together in a table"),
    .help = MSG("Rows are put together by the rule of the indicator. Where the same person may be in several "
                "values, “value” is the most and “least” the least it can be. The figures are full: not for "
                "publication."),
    .options = (const struct cli_option[]){{"--indicator", "CODE", MSG("code of the indicator"), false},
                                           {"--row", "ID",
                                            MSG("row of the library: its indicators in all programmes"), false},
                                           {"--by", "LIST", MSG("columns of the table, with commas"), false},
                                           {"--format", "FORMAT", MSG("csv or json"), false},
                                           {0}},
    .min_args = 0,
    .max_args = 0,
    .needs_store = true,
    .run = table_run,
};
