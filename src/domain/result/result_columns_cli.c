// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_columns_cli.c: `mainstay columns`: makes the file of columns anew.

#include <inttypes.h>

#include "cli/cli.h"
#include "result/result_columns.h"

static enum err columns_run(struct cli *c, struct err_info *e)
{
    struct result_columns_made made;
    enum err err = result_columns_write(c->store, NULL, &made, e);
    if (err == ERR_NONE) {
        buf_printf(&c->out, "%" PRId64 " indicators, %" PRId64 " values, %" PRId64 " parts: %" PRId64 " bytes\n",
                   made.n_indicators, made.n_values, made.n_parts, made.bytes);
    }
    return err;
}

const struct command cmd_columns = {
    .name = "columns",
    .usage = "columns",
    .about = MSG("makes the columns anew from which very many values are added up"),
    .help = MSG("They are a copy of values and their parts beside the records, for workspaces with very many of them. A "
                "server makes them when it has nothing else to do. What came since is always counted, too."),
    .needs_store = true,
    .writes = true,
    .run = columns_run,
};
