// SPDX-License-Identifier: AGPL-3.0-or-later
//
// hxl_cli.c: mainstay export hxl, mainstay import hxl.

#include "base/limits.h"
#include "cli/cli.h"
#include "exchange/hxl/hxl.h"
#include "exchange/partner/partner.h"
#include "os/clock.h"

static enum err export_run(struct cli *c, struct err_info *e)
{
    char today[11];
    struct record **programmes;
    struct db_read *db;
    struct buf notes;
    size_t n;
    struct hxl_options o = {.lang = c->lang,
                            .today = today,
                            .unapproved = cli_has(c, "--unapproved"),
                            .parts = cli_has(c, "--with-parts")};
    clock_today(today);
    buf_init(&notes, c->arena, LIMIT_TEXT_BYTES);
    enum err err = partner_export_begin(c, &db, &programmes, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = hxl_write(db, c->arena, programmes, n, &o, &c->out, &notes, e);
    db_snapshot_end(db);
    buf_add(&c->err, notes.data, notes.len);
    return err;
}

const struct command cmd_export_hxl = {
    .name = "export hxl",
    .usage = "export hxl [--programme NUMBER] [--unapproved] [--with-parts] [--output FILE]",
    .about = MSG("writes values of indicators as a CSV table with HXL tags"),
    .options =
        (const struct cli_option[]){
            {"--programme", "NUMBER", MSG("only this programme"), false},
            {"--unapproved", NULL, MSG("also values that nobody has approved"), false},
            PARTS_OPTION,
            {0}},
    .min_args = 0,
    .max_args = 0,
    .needs_store = true,
    .run = export_run,
};

static enum err import_run(struct cli *c, struct err_info *e)
{
    struct hxl_file file = {.indicator = cli_option_of(c, "--indicator"),
                            .period = cli_option_of(c, "--period")};
    enum err err = hxl_table_read(c->arena, c->input, c->input_len, &file.table, e);
    return err != ERR_NONE ? err
                           : partner_run(c, tr(c->lang, MSG("imported from a table with HXL tags")),
                                         hxl_read, &file, e);
}

const struct command cmd_import_hxl = {
    .name = "import hxl",
    .usage = "import hxl [FILE|-] [--dry-run] [--skip-refused] [--indicator CODE] [--period PERIOD] "
             "[--reason TEXT]",
    .about = MSG("reads values of indicators from a table with HXL tags: CSV, XLSX or JSON"),
    .help = MSG("Columns are known by their tags, whatever their order and headings. --indicator and "
                "--period are for tables that do not name them."),
    .options =
        (const struct cli_option[]){
            PARTNER_OPTIONS,
            {"--indicator", "CODE", MSG("indicator of rows that name none"), false},
            {"--period", "PERIOD", MSG("period of rows that say none: 2025, 2025-06, 2025-Q2"), false},
            {0}},
    .min_args = 0,
    .max_args = 1,
    .needs_store = true,
    .writes = true,
    .reads_input = true,
    .run = import_run,
};
