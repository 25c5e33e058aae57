// SPDX-License-Identifier: AGPL-3.0-or-later
//
// report_cli.c: mainstay report.

#include <string.h>

#include "cli/cli.h"
#include "model/rights.h"
#include "report/indicator_report.h"
#include "report/logframe_report.h"
#include "report/programme_report.h"
#include "report/report_file.h"

static enum err run(struct cli *c, struct err_info *e)
{
    const char *code = cli_option_of(c, "--programme");
    const char *format = cli_option_of(c, "--format");
    struct report_file file;
    struct db_read *db;
    struct record *programme;
    struct report *report;
    const char *as_of = cli_option_of(c, "--as-of");
    const char *indicator = cli_option_of(c, "--indicator");
    bool of_logframe = strcmp(c->args[0], "logframe") == 0;
    bool of_indicators = strcmp(c->args[0], "indicators") == 0;
    if (!of_logframe && !of_indicators && strcmp(c->args[0], "programme") != 0) {
        return err_set(e, ERR_USAGE, NULL, MSG("There is no report “{0}”."),
                       MSG("There are three: programme, logframe and indicators."), c->args[0], NULL);
    }
    if (!of_indicators && indicator != NULL) {
        return err_set(e, ERR_USAGE, "--indicator", MSG("Only reference sheets are made for one indicator."),
                       MSG("Leave --indicator out."), NULL);
    }
    if (!of_logframe && as_of != NULL) {
        return err_set(e, ERR_USAGE, "--as-of", MSG("Only the logframe can be shown as it was."),
                       MSG("Leave --as-of out."), NULL);
    }
    if (code == NULL) {
        return err_set(e, ERR_USAGE, "--programme", MSG("Which programme?"),
                       MSG("Add --programme CODE."), NULL);
    }
    enum err err = report_file_format(format == NULL ? "md" : format, &file, e);
    if (err == ERR_NONE) {
        err = db_reader(store_db(c->store), &db, e);
    }
    if (err == ERR_NONE) {
        err = store_get(db, c->arena, model_find("programme"), code, &programme, e);
    }
    if (err == ERR_NONE && !cli_may(c, MAY_EXPORT, programme->id)) {
        // The same answer as for a programme that does not exist, unless it may be read.
        err = cli_may(c, MAY_READ, programme->id)
                  ? err_set(e, ERR_NOT_ALLOWED, NULL, MSG("You may not export this report."),
                            MSG("Ask the person who manages this programme to give you the role."), NULL)
                  : err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no {0} “{1}”."),
                            err_look, "programme", code, NULL);
    }
    if (err == ERR_NONE) {
        err = of_indicators
                  ? indicator_report_make(c->arena, db, c->lang, programme, indicator, &report, e)
              : of_logframe
                  ? logframe_report_make(c->arena, db, c->lang, programme, as_of, &report, e)
                  : programme_report_make(c->arena, db, c->lang, programme, REPORT_FOR_OTHERS,
                                          &report, e);
    }
    return err != ERR_NONE ? err : report_file_draw(c->arena, report, &file, &c->out, e);
}

const struct command cmd_report = {
    .name = "report",
    .usage = "report programme|logframe|indicators --programme CODE [--indicator CODE] [--as-of DATE] "
             "[--format html|pdf|docx|xlsx|md] [--output FILE]",
    .about = MSG("makes the report of a programme, its logframe as a table, or the sheets of its indicators"),
    .options = (const struct cli_option[]){{"--programme", "CODE", MSG("of which programme"), false},
                                           {"--indicator", "CODE",
                                            MSG("the reference sheet of this indicator alone"), false},
                                           {"--as-of", "DATE",
                                            MSG("the logframe as it was at the end of this day"),
                                            false},
                                           {"--format", "FORMAT", MSG("html, pdf, docx, xlsx or md"),
                                            false},
                                           {0}},
    .min_args = 1,
    .max_args = 1,
    .needs_store = true,
    .run = run,
};
