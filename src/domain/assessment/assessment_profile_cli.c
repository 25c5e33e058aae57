// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_profile_cli.c: mainstay import profile FILE.

#include <string.h>

#include "assessment/assessment_profile_import.h"
#include "cli/cli.h"
#include "os/clock.h"

static int this_year(void)
{
    char today[11];
    clock_today(today);
    return (today[0] - '0') * 1000 + (today[1] - '0') * 100 + (today[2] - '0') * 10 +
           (today[3] - '0');
}

static void print_lines(struct cli *c, const struct profile_import *im)
{
    static const char *const words[] = {[IMPORT_NEW] = MSG("new"),
                                        [IMPORT_CHANGED] = MSG("changed"),
                                        [IMPORT_SAME] = MSG("already there"),
                                        [IMPORT_REFUSED] = MSG("refused")};
    for (size_t i = 0; i < im->n; i++) {
        const struct import_line *l = &im->lines[i];
        bool refused = l->verdict == IMPORT_REFUSED;
        buf_printf(&c->out, "%s: %s, %s %s%s%s%s%s\n",
                   tr_f(c->arena, c->lang, MSG("row {0}"), arena_printf(c->arena, "%d", l->number),
                        NULL),
                   tr(c->lang, words[l->verdict]), refused ? l->given_country : l->country,
                   refused ? l->given_row : l->row->id, l->given_year[0] == '\0' ? "" : " ",
                   l->given_year, refused ? ": " : "", refused ? l->why : "");
    }
}

static enum err run(struct cli *c, struct err_info *e)
{
    struct profile_import im;
    struct store_tx *tx;
    bool dry = cli_has(c, "--dry-run");
    const char *reason = cli_option_of(c, "--reason");
    enum err err = store_begin(c->store, &c->actor,
                               reason == NULL ? tr(c->lang, MSG("imported from a table")) : reason,
                               &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = profile_import_read(store_tx_read(tx), c->arena, c->lang, c->who, this_year(), c->input,
                              c->input_len, &im, e);
    bool refused = err == ERR_NONE && im.counts[IMPORT_REFUSED] > 0;
    if (err == ERR_NONE && cli_has(c, "--refused")) {
        profile_import_refused(&im, false, &c->out);
        dry = true;
    } else if (err == ERR_NONE && (dry || refused)) {
        print_lines(c, &im);
    }
    if (refused && !dry && !cli_has(c, "--skip-refused")) {
        err = err_set(e, ERR_INPUT, NULL, MSG("{0} rows are refused, so nothing was saved."),
                      MSG("Correct them, or leave them out with --skip-refused."),
                      arena_printf(c->arena, "%zu", im.counts[IMPORT_REFUSED]), NULL);
    }
    if (err == ERR_NONE && !dry) {
        err = profile_import_save(tx, c->arena, &im, e);
    }
    if (err != ERR_NONE || dry) {
        store_rollback(tx);
    } else {
        err = store_commit(tx, e);
    }
    if (err == ERR_NONE && !cli_has(c, "--refused")) {
        const char *text = dry ? MSG("Would add {0}, change {1}; {2} are there already, {3} are "
                                     "refused.")
                               : MSG("Added {0}, changed {1}; {2} were there already, {3} were "
                                     "refused.");
        const char *n[4];
        for (int i = 0; i < 4; i++) {
            n[i] = arena_printf(c->arena, "%zu", im.counts[i]);
        }
        buf_printf(&c->out, "%s\n",
                   tr_f(c->arena, c->lang, text, n[IMPORT_NEW], n[IMPORT_CHANGED], n[IMPORT_SAME],
                        n[IMPORT_REFUSED], NULL));
    }
    return err;
}

const struct command cmd_import_profile = {
    .name = "import profile",
    .usage = "import profile [FILE|-] [--dry-run] [--skip-refused] [--refused] [--reason TEXT]",
    .about = MSG("adds values to country profiles (tool 2.1) from a CSV file"),
    .help = MSG("The first row names the columns: country (letters of ISO 3166, or the name), row "
                "(2.1-F03, or the words of the field), year, value, female, male, source, comment. "
                "Rows without a value are passed over. All good rows are saved, or none when one "
                "is refused."),
    .options =
        (const struct cli_option[]){
            {"--dry-run", NULL, MSG("only say row by row what would happen"), false},
            {"--skip-refused", NULL, MSG("save the good rows although others are refused"), false},
            {"--refused", NULL, MSG("write the refused rows as CSV with the reason; save nothing"),
             false},
            {"--reason", "TEXT", MSG("why, for the history"), false},
            {0}},
    .min_args = 0,
    .max_args = 1,
    .needs_store = true,
    .writes = true,
    .reads_input = true,
    .run = run,
};
