// SPDX-License-Identifier: AGPL-3.0-or-later
//
// list_cli.c: list: records of every kind, as a table for a terminal, as CSV or JSON for machines.
//
// CSV and JSON are written record by record, so that memory does not grow with the list. A table is gathered first: its
// columns are as wide as what is in them.

#include <stdlib.h>
#include <string.h>

#include "app/record_cli.h"
#include "app/table.h"
#include "base/limits.h"
#include "exchange/record/record_rights.h"

#define MAX_WHERE 20

struct listing {
    struct cli *c;
    struct db_read *db;
    const struct entity *kind;
    struct store_filter filters[MAX_WHERE];
    struct store_query query;
    const char *as_of; // NULL: now
    struct money_context money;
    struct record_out out;
};

// FIELD=VALUE of --where; the value may be the code of a record.
static enum err read_filter(struct cli *c, struct db_read *db, const struct entity *kind,
                            const char *where, struct store_filter *out, struct err_info *e)
{
    const char *equals = strchr(where, '=');
    if (equals == NULL) {
        return err_set(e, ERR_USAGE, "--where", MSG("“{0}” is no condition."), MSG("Write --where FIELD=VALUE."), where,
                       NULL);
    }
    const char *name = arena_copy_n(c->arena, where, (size_t)(equals - where));
    if (entity_field(kind, name) == NULL && strcmp(name, "id") != 0) {
        return err_set(e, ERR_USAGE, "--where", MSG("{0} has no field “{1}”."),
                       MSG("“mainstay list {0} --format csv” names the fields in its first line."), kind->kind, name, NULL);
    }
    return record_filter(db, c->arena, c->who, kind, name, equals + 1, out, e);
}

static enum err read_filters(struct cli *c, struct db_read *db, const struct entity *kind,
                             struct store_filter *filters, size_t *n, struct err_info *e)
{
    *n = 0;
    for (size_t i = 0; i < c->n_given; i++) {
        if (strcmp(c->given[i].name, "--where") != 0) {
            continue;
        }
        if (*n == MAX_WHERE) {
            return err_set(e, ERR_USAGE, "--where", MSG("There are too many conditions."),
                           MSG("Give at most {0}."), arena_printf(c->arena, "%d", MAX_WHERE), NULL);
        }
        enum err err = read_filter(c, db, kind, c->given[i].value, &filters[(*n)++], e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    return ERR_NONE;
}

// Letters of a line of a table; 0: as it comes.
static enum err read_width(const struct cli *c, size_t *line, struct err_info *e)
{
    const char *width = cli_option_of(c, "--width");
    long n = width == NULL ? 0 : strtol(width, NULL, 10);
    *line = (size_t)n;
    return width == NULL || (strspn(width, "0123456789") == strlen(width) && n >= 1 && n <= 10000)
               ? ERR_NONE
               : err_set(e, ERR_USAGE, "--width", MSG("How many letters has a line?"),
                         MSG("Give a number from 1 to 10000."), NULL);
}

static enum err read_list(struct listing *l, struct arena *a, struct record ***rows, size_t *n, struct err_info *e)
{
    return l->as_of != NULL ? store_list_as_of(l->db, a, l->kind, l->as_of, &l->query, rows, n, e)
                            : store_list(l->db, a, l->kind, &l->query, rows, n, e);
}

static enum err list_table(struct listing *l, size_t line, struct err_info *e)
{
    struct cli *c = l->c;
    struct record **rows;
    size_t n;
    enum err err = read_list(l, c->arena, &rows, &n, e);
    if (err == ERR_NONE) {
        err = record_keep_visible(l->db, c->arena, c->who, MAY_READ, rows, &n, e);
    }
    if (err == ERR_NONE) {
        err = table_of_records(&l->money, c->lang, l->kind, rows, n, line, &c->out, e);
    }
    if (err == ERR_TOO_MANY) {
        e->hint = MSG("Ask for less with --where, or take the list with --format csv or json, which have room for all.");
    }
    return err;
}

static enum err put_record(void *context, struct arena *row, struct record *r, struct err_info *e)
{
    struct listing *l = context;
    bool visible;
    l->money.arena = row;
    enum err err = record_visible(l->db, row, l->c->who, MAY_READ, r, &visible, e);
    if (err == ERR_NONE && visible) {
        err = record_out_put(&l->out, r, e);
    }
    return err == ERR_NONE ? cli_put_aside(l->c, e) : err;
}

// The past is gathered, and only then written one after the other.
static enum err put_past(struct listing *l, struct err_info *e)
{
    struct record **rows;
    size_t n;
    struct arena *row = arena_new(LIMIT_REQUEST_BYTES);
    enum err err = read_list(l, l->c->arena, &rows, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        err = put_record(l, row, rows[i], e);
        arena_reset(row);
    }
    arena_free(row);
    return err;
}

static enum err list_records(struct listing *l, bool as_json, struct err_info *e)
{
    record_out_begin(&l->out, &l->money, l->kind, as_json, &l->c->out);
    enum err err = l->as_of != NULL ? put_past(l, e)
                                    : store_each(l->db, l->kind, &l->query, put_record, l, e);
    if (err == ERR_NONE) {
        record_out_end(&l->out);
    } else {
        buf_reset(&l->c->out); // half a list is none
    }
    return err;
}

static enum err begin(struct listing *l, struct cli *c, size_t *line, struct err_info *e)
{
    *l = (struct listing){.c = c, .as_of = cli_option_of(c, "--as-of")};
    enum err err = record_cli_kind(c->args[0], &l->kind, e);
    if (err == ERR_NONE) {
        err = read_width(c, line, e);
    }
    if (err == ERR_NONE) {
        err = db_reader(store_db(c->store), &l->db, e);
    }
    if (err == ERR_NONE) {
        err = read_filters(c, l->db, l->kind, l->filters, &l->query.n_filters, e);
    }
    l->query.filters = l->filters;
    l->money = (struct money_context){.arena = c->arena, .kept = c->arena, .db = l->db};
    return err == ERR_NONE ? record_cli_confidential(c, &l->money, e) : err;
}

static enum err list_run(struct cli *c, struct err_info *e)
{
    struct listing l;
    size_t line;
    const char *format = cli_option_of(c, "--format");
    enum err err = begin(&l, c, &line, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (format == NULL || strcmp(format, "table") == 0) {
        return list_table(&l, line, e);
    }
    bool as_json = strcmp(format, "json") == 0;
    return as_json || strcmp(format, "csv") == 0
               ? list_records(&l, as_json, e)
               : err_set(e, ERR_USAGE, "--format", MSG("There is no format “{0}”."), MSG("Choose table, json or csv."),
                         format, NULL);
}

const struct command cmd_list = {
    .name = "list",
    .usage = "list KIND [--where FIELD=VALUE]... [--as-of DATE] [--format table|json|csv] [--width N] [--confidential]",
    .about = MSG("lists records of a kind"),
    .help = MSG("As csv and json, records are written as they are read, however many there are; a table is made of all of "
                "them."),
    .options =
        (const struct cli_option[]){
            {"--where", "FIELD=VALUE", MSG("only records with this value"), true},
            {"--as-of", "DATE", MSG("as they were at the end of this day"), false},
            {"--format", "FORMAT", MSG("table, json or csv"), false},
            {"--width", "N", MSG("letters in a line of the table; else as wide as the terminal"), false},
            {"--confidential", NULL, MSG("with what is confidential; for the owner only"), false},
            {0}},
    .min_args = 1,
    .max_args = 1,
    .needs_store = true,
    .run = list_run,
};
