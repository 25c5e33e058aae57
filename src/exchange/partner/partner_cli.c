// SPDX-License-Identifier: AGPL-3.0-or-later
//
// partner_cli.c: what the commands that read files of partners have in common. See partner.h.

#include "base/decimal.h"
#include "base/msg.h"
#include "cli/cli.h"
#include "exchange/partner/partner.h"
#include "exchange/record/record_rights.h"

static enum err programmes_of(struct cli *c, struct db_read *db, struct record ***out, size_t *n, struct err_info *e)
{
    const char *code = cli_option_of(c, "--programme");
    const struct entity *kind = model_find("programme");
    if (code == NULL) {
        const struct store_query all = {0};
        enum err err = store_list(db, c->arena, kind, &all, out, n, e);
        if (err == ERR_NONE) {
            err = record_keep_visible(db, c->arena, c->who, MAY_EXPORT, *out, n, e);
        }
        return err != ERR_NONE || *n > 0
                   ? err
                   : err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no programme to export."), NULL,
                             NULL);
    }
    *out = ARENA_ARRAY(c->arena, struct record *, 1);
    *n = 1;
    enum err err = record_get_visible(db, c->arena, c->who, kind, code, *out, e);
    if (err == ERR_NONE && !cli_may(c, MAY_EXPORT, (*out)[0]->id)) {
        err = err_set(e, ERR_NOT_ALLOWED, NULL, MSG("You may not export this programme."), NULL,
                      NULL);
    }
    return err;
}

enum err partner_export_begin(struct cli *c, struct db_read **db, struct record ***programmes, size_t *n,
                              struct err_info *e)
{
    enum err err = db_reader(store_db(c->store), db, e);
    if (err == ERR_NONE) {
        err = programmes_of(c, *db, programmes, n, e);
    }
    return err != ERR_NONE ? err : db_snapshot_begin(*db, e);
}

// "line 12: Value SAMPLE1/I1 2026-01-01–2026-06-30: changed: Value"
static void print_lines(struct cli *c, const struct partner_import *p)
{
    static const char *const verdicts[PARTNER_VERDICTS] = {[PARTNER_NEW] = MSG("new"),
                                                           [PARTNER_CHANGED] = MSG("changed"),
                                                           [PARTNER_SAME] = MSG("unchanged"),
                                                           [PARTNER_LEFT_OUT] = MSG("left out"),
                                                           [PARTNER_REFUSED] = MSG("refused")};
    size_t n = 0;
    for (const struct partner_line *l = p->lines; l != NULL; l = l->next) {
        buf_printf(&c->out, "%s: %s%s%s%s%s", partner_where(c->arena, p, l->number), l->record,
                   l->record[0] == '\0' ? "" : ": ", tr(c->lang, verdicts[l->verdict]),
                   l->text[0] == '\0' ? "" : ": ", l->text);
        for (size_t i = 0; i < l->n_changes; i++) {
            const struct partner_change *f = &l->changes[i];
            buf_printf(&c->out, "%s %s: %s%s%s", i == 0 ? ":" : ";", f->label, f->before,
                       f->before[0] == '\0' ? "" : " → ", f->after[0] == '\0' ? "–" : f->after);
        }
        buf_char(&c->out, '\n');
        n++;
    }
    if (n < p->n_lines) {
        buf_printf(&c->out, "%s\n",
                   tr_f(c->arena, c->lang, MSG("Only the first {0} of {1} lines are shown."),
                        decimal_int_text(c->arena, (int64_t)n), decimal_int_text(c->arena, (int64_t)p->n_lines),
                        NULL));
    }
}

static void print_totals(struct cli *c, const struct partner_import *p, bool saved)
{
    const char *text =
        saved ? MSG("Created {0}, changed {1}; {2} were there already, {3} were refused.")
              : MSG("Would create {0}, change {1}; {2} are there already, {3} are refused.");
    buf_printf(&c->out, "%s\n",
               tr_f(c->arena, c->lang, text, decimal_int_text(c->arena, p->im.created),
                    decimal_int_text(c->arena, p->im.updated),
                    decimal_int_text(c->arena, p->im.same),
                    decimal_int_text(c->arena, (int64_t)p->refused), NULL));
}

// whole: nothing may be left out. A trial ends as saving would.
static enum err run(struct cli *c, const char *reason, partner_reader *read, void *of, bool whole,
                    struct err_info *e)
{
    struct partner_import p;
    const char *given = cli_option_of(c, "--reason");
    const struct partner_job job = {.store = c->store,
                                    .actor = &c->actor,
                                    .who = c->who,
                                    .arena = c->arena,
                                    .lang = c->lang,
                                    .reason = given == NULL ? reason : given,
                                    .keep = !cli_has(c, "--dry-run"),
                                    .skip_refused = cli_has(c, "--skip-refused"),
                                    .read = read,
                                    .of = of};
    bool saved;
    enum err err = partner_do(&job, &p, &saved, e);
    if (err != ERR_NONE) {
        return err;
    }
    print_lines(c, &p);
    print_totals(c, &p, saved);
    if (p.refused > 0 && !job.skip_refused) {
        err = err_set(e, ERR_INPUT, NULL,
                      job.keep ? MSG("Something is refused, so nothing was saved.")
                               : MSG("Something is refused, so nothing would be saved."),
                      whole ? MSG("Correct the lines above, and send the whole table again.")
                            : MSG("Correct the lines above, or leave them out with --skip-refused."),
                      NULL);
    }
    return err;
}

enum err partner_run(struct cli *c, const char *reason, partner_reader *read, void *of,
                     struct err_info *e)
{
    return run(c, reason, read, of, false, e);
}

enum err partner_run_whole(struct cli *c, const char *reason, partner_reader *read, void *of,
                           struct err_info *e)
{
    return run(c, reason, read, of, true, e);
}
