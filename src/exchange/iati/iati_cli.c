// SPDX-License-Identifier: AGPL-3.0-or-later
//
// iati_cli.c: mainstay export iati.

#include <string.h>

#include "base/date.h"
#include "base/limits.h"
#include "cli/cli.h"
#include "exchange/iati/iati_parts.h"
#include "exchange/record/record_rights.h"
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

// The programme that is named, or all that may be exported.
static enum err find_programmes(struct cli *c, struct db_read *db, struct record ***out, size_t *n,
                                struct err_info *e)
{
    const char *code = cli_option_of(c, "--programme");
    const struct entity *kind = model_find("programme");
    enum err err;
    if (code == NULL) {
        const struct store_query all = {0};
        err = store_list(db, c->arena, kind, &all, out, n, e);
        return err != ERR_NONE
                   ? err
                   : record_keep_visible(db, c->arena, c->who, MAY_EXPORT, *out, n, e);
    }
    *out = ARENA_ARRAY(c->arena, struct record *, 1);
    *n = 1;
    err = record_get_visible(db, c->arena, c->who, kind, code, *out, e);
    if (err == ERR_NONE && !cli_may(c, MAY_EXPORT, (*out)[0]->id)) {
        err = err_set(e, ERR_NOT_ALLOWED, NULL, MSG("You may not export this programme."), NULL,
                      NULL);
    }
    return err;
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
        cli_flush(c);
    }
    arena_free(scratch);
    if (err == ERR_NONE) {
        iati_finish(&x);
        buf_add(&c->err, notes.data, notes.len);
    }
    return err;
}

static enum err export_run(struct cli *c, struct err_info *e)
{
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
    enum err err = db_reader(store_db(c->store), &db, e);
    if (err == ERR_NONE) {
        err = iati_publisher_find(db, c->arena, cli_option_of(c, "--reporting-org"),
                                  cli_option_of(c, "--reporting-type"),
                                  cli_option_of(c, "--reporting-name"), &publisher, e);
    }
    if (err == ERR_NONE) {
        err = find_programmes(c, db, &programmes, &n, e);
    }
    if (err == ERR_NONE && n == 0) {
        err = err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no programme to export."), NULL, NULL);
    }
    if (err == ERR_NONE) {
        err = db_snapshot_begin(db, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    err = write_all(c, db, programmes, n, &o, e);
    db_snapshot_end(db);
    return err;
}

const struct command cmd_export_iati = {
    .name = "export iati",
    .usage = "export iati [--programme NUMBER] [--unapproved] [--with-parts] [--output FILE]",
    .about = MSG("writes programmes as activities of the IATI Standard 2.03"),
    .help = MSG("Without --programme all programmes are written. Values that nobody has approved "
                "are left out. What the file leaves out is said line by line."),
    .options =
        (const struct cli_option[]){
            {"--programme", "NUMBER", MSG("only this programme"), false},
            {"--reporting-org", "REF", MSG("IATI identifier of the organisation that reports"),
             false},
            {"--reporting-type", "CODE", MSG("its kind, of the IATI list OrganisationType"), false},
            {"--reporting-name", "NAME", MSG("its name, if not that of the workspace"), false},
            {"--equal-shares", NULL, MSG("several countries share equally"), false},
            {"--unapproved", NULL, MSG("also values that nobody has approved"), false},
            {"--with-parts", NULL, MSG("also counts by sex and age; never publish such a file"),
             false},
            {0}},
    .min_args = 0,
    .max_args = 0,
    .needs_store = true,
    .run = export_run,
};
