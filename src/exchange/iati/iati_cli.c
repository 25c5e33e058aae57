// SPDX-License-Identifier: AGPL-3.0-or-later
//
// iati_cli.c: mainstay export iati, also with --check, and mainstay import iati.

#include <string.h>

#include "base/date.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "cli/cli.h"
#include "exchange/iati/iati_check.h"
#include "exchange/iati/iati_parts.h"
#include "exchange/observation/parts.h"
#include "os/clock.h"
#include "store/store.h"

// Memory of one programme while it is written; the largest of the generated ones takes 12 MB.
#define PROGRAMME_BYTES ((size_t)128 * 1024 * 1024)

static const char *now_text(struct arena *a)
{
    char text[25];
    time_to_text(clock_now_ms(), text);
    return arena_printf(a, "%.19sZ", text);
}

static enum err write_all(struct cli *c, struct db_read *db, struct record *const *programmes,
                          size_t n, const struct iati_options *o, struct err_info *e)
{
    struct xml_out x;
    struct buf notes;
    enum err err = ERR_NONE;
    struct arena *scratch = arena_new(PROGRAMME_BYTES);
    buf_init(&notes, c->arena, LIMIT_TEXT_BYTES);
    iati_begin(&x, &c->out, o);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        err = iati_activity(db, scratch, &x, programmes[i], o, &notes, e);
        arena_reset(scratch);
        if (err == ERR_NONE) {
            err = cli_put_aside(c, e);
        }
    }
    arena_free(scratch);
    if (err == ERR_NONE) {
        iati_finish(&x);
        buf_add(&c->err, notes.data, notes.len);
    } else {
        buf_reset(&c->out); // half a file is none
    }
    return err;
}

// "line 34, result/indicator (XM-1-A): error: what. What to do."
static void print_problem(struct cli *c, const struct iati_problem *p)
{
    bool advice = p->sort == IATI_ADVICE;
    buf_printf(&c->out, "%s, %s%s%s%s: %s: %s%s%s\n",
               tr_f(c->arena, c->lang, MSG("line {0}"), decimal_int_text(c->arena, p->line), NULL),
               p->place, p->activity[0] == '\0' ? "" : " (", p->activity,
               p->activity[0] == '\0' ? "" : ")",
               advice ? tr(c->lang, MSG("advice")) : tr(c->lang, MSG("error")), p->what,
               p->mend[0] == '\0' ? "" : " ", p->mend);
}

static enum err check_run(struct cli *c, struct err_info *e)
{
    const struct xml_node *root;
    struct iati_report r = {.arena = c->arena,
                            .lang = c->lang,
                            .today = arena_copy_n(c->arena, now_text(c->arena), 10)};
    enum err err = xml_read(c->arena, c->input, c->input_len, &root, e);
    if (err != ERR_NONE) {
        return err;
    }
    iati_check(&r, root);
    for (size_t i = 0; i < r.n; i++) {
        print_problem(c, &r.problems[i]);
    }
    size_t errors = iati_report_errors(&r);
    buf_printf(&c->out, "%s\n",
               tr_f(c->arena, c->lang, MSG("Activities: {0}. Errors: {1}. Advice: {2}."),
                    decimal_int_text(c->arena, (int64_t)r.n_activities),
                    decimal_int_text(c->arena, (int64_t)errors),
                    decimal_int_text(c->arena, (int64_t)(r.n - errors)), NULL));
    if (r.more) {
        buf_printf(&c->out, "%s\n", tr(c->lang, MSG("There are more; these were the first.")));
    }
    return errors == 0 ? ERR_NONE
                       : err_set(e, ERR_INPUT, NULL, MSG("The file has errors."),
                                 MSG("Each line above says where and how to mend it."), NULL);
}

static enum err export_run(struct cli *c, struct err_info *e)
{
    bool check = cli_has(c, "--check");
    if (check != (c->n_args == 1)) {
        return err_set(e, ERR_USAGE, "--check",
                       check ? MSG("Which file is to be checked?")
                             : MSG("A FILE is given only to be checked."),
                       MSG("Write “mainstay export iati --check FILE”, or --output FILE."), NULL);
    }
    if (check) {
        return check_run(c, e);
    }
    if (c->store == NULL) {
        return err_set(e, ERR_USAGE, "--workspace", MSG("Which workspace?"),
                       MSG("Add --workspace DIR, or set the variable MAINSTAY_WORKSPACE."), NULL);
    }
    struct iati_publisher publisher;
    struct iati_options o = {.publisher = &publisher,
                             .lang = c->lang,
                             .now = now_text(c->arena),
                             .unapproved = cli_has(c, "--unapproved"),
                             .parts = cli_has(c, "--with-parts"),
                             .equal_shares = cli_has(c, "--equal-shares")};
    struct record **programmes;
    struct db_read *db;
    size_t n;
    enum err err = partner_export_begin(c, &db, &programmes, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = iati_publisher_find(db, c->arena, cli_option_of(c, "--reporting-org"),
                              cli_option_of(c, "--reporting-type"),
                              cli_option_of(c, "--reporting-name"), &publisher, e);
    if (err == ERR_NONE) {
        err = write_all(c, db, programmes, n, &o, e);
    }
    db_snapshot_end(db);
    return err;
}

const struct command cmd_export_iati = {
    .name = "export iati",
    .usage = "export iati [--programme NUMBER] [--unapproved] [--with-parts] [--output FILE] | --check FILE",
    .about = MSG("writes programmes as activities of the IATI Standard 2.03, or checks a file"),
    .help = MSG("With --check nothing is written: each problem of FILE is explained, without a "
                "network. Without --programme all programmes are written. Values that nobody has approved "
                "are left out. What the file leaves out is said line by line."),
    .options =
        (const struct cli_option[]){
            {"--check", NULL, MSG("say what is wrong with FILE, line by line"), false},
            {"--programme", "NUMBER", MSG("only this programme"), false},
            {"--reporting-org", "REF", MSG("IATI identifier of the organisation that reports"),
             false},
            {"--reporting-type", "CODE", MSG("its kind, of the IATI list OrganisationType"), false},
            {"--reporting-name", "NAME", MSG("its name, if not that of the workspace"), false},
            {"--equal-shares", NULL, MSG("several countries share equally, where their shares are not known"), false},
            {"--unapproved", NULL, MSG("also values that nobody has approved"), false},
            PARTS_OPTION,
            {0}},
    .min_args = 0,
    .max_args = 1,
    .store_if_named = true,
    .reads_input = true,
    .input_optional = true,
    .run = export_run,
};

// ---- in -----------------------------------------------------------------------------------------------

static enum err import_run(struct cli *c, struct err_info *e)
{
    struct iati_file file = {.crime = cli_option_of(c, "--crime")};
    enum err err = xml_read(c->arena, c->input, c->input_len, &file.root, e); // before others wait
    return err != ERR_NONE ? err
                           : partner_run(c, tr(c->lang, MSG("imported from an IATI file")),
                                         iati_read, &file, e);
}

const struct command cmd_import_iati = {
    .name = "import iati",
    .usage = "import iati [FILE|-] [--dry-run] [--skip-refused] [--crime tip|som|both] [--reason TEXT]",
    .about = MSG("reads programmes from an activity file of the IATI Standard 2.03"),
    .help = MSG("Programmes are found by their number, indicators by their code, values by their "
                "period. What the file does not say keeps its value. All is saved, or nothing when "
                "something is refused."),
    .options =
        (const struct cli_option[]){
            PARTNER_OPTIONS,
            {"--crime", "CODE", MSG("crime of programmes whose activity does not say it"), false},
            {0}},
    .min_args = 0,
    .max_args = 1,
    .needs_store = true,
    .writes = true,
    .reads_input = true,
    .run = import_run,
};
