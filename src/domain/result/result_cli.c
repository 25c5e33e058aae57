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
                      MSG("Look at the list for what there is."), "indicator", code, NULL);
    }
    if (err == ERR_NONE && !cli_may(c, MAY_EXPORT, record_text(indicator, "programme_id"))) {
        err = err_set(e, ERR_NOT_ALLOWED, NULL, MSG("A table of figures about people leaves the circle of "
                                                    "those who may see the records."),
                      MSG("Ask somebody who may export."), NULL);
    }
    if (err == ERR_NONE) {
        err = result_lines_load(db, c->arena, record_text(indicator, "programme_id"), indicator->id,
                                arena_copy(c->arena, today), &lines, e);
    }
    if (err == ERR_NONE) {
        *out = &lines.items[0];
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
    if (code == NULL) {
        return err_set(e, ERR_USAGE, "--indicator", MSG("Which indicator?"),
                       MSG("Add --indicator CODE."), NULL);
    }
    if (format != NULL && !json && strcmp(format, "csv") != 0) {
        return err_set(e, ERR_USAGE, "--format", MSG("There is no format “{0}”."),
                       MSG("Choose csv or json."), format, NULL);
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
    .usage = "table --indicator CODE [--by period,country,CHARACTERISTIC...] [--format csv|json]",
    .about = MSG("puts the values of an indicator together in a table"),
    .help = MSG("Rows are put together by the rule of the indicator. Where the same person may be in several "
                "values, “value” is the most and “least” the least it can be. The figures are full: not for "
                "publication."),
    .options = (const struct cli_option[]){{"--indicator", "CODE", MSG("code of the indicator"), false},
                                           {"--by", "LIST", MSG("columns of the table, with commas"), false},
                                           {"--format", "FORMAT", MSG("csv or json"), false},
                                           {0}},
    .min_args = 0,
    .max_args = 0,
    .needs_store = true,
    .run = table_run,
};
