// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_cli.c: mainstay release make, audit, publish, withdraw, export.

#include <string.h>

#include "cli/cli.h"
#include "release/release_record.h"
#include "result/result.h"
#include "store/store.h"

static enum err may(struct cli *c, enum verb verb, const char *programme_id, const char *kind, const char *name,
                    struct err_info *e)
{
    return cli_may(c, verb, programme_id) ? ERR_NONE
           : cli_may(c, MAY_READ, programme_id)
               ? err_set(e, ERR_NOT_ALLOWED, NULL, MSG("You may not do this."),
                         MSG("Ask the person who manages this programme to give you the role."), NULL)
               : err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no {0} “{1}”."),
                         err_look, kind, name, NULL);
}

static enum err finish(struct store_tx *tx, enum err err, struct err_info *e)
{
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    return store_commit(tx, e);
}

static enum err save(struct cli *c, struct record *r, const char *reason, struct err_info *e)
{
    struct store_tx *tx;
    enum err err = store_begin(c->store, &c->actor, reason, &tx, e);
    return err == ERR_NONE ? finish(tx, store_save(tx, c->arena, r, e), e) : err;
}

static enum err find(struct cli *c, enum verb verb, struct db_read **db, struct record **out, struct err_info *e)
{
    enum err err = db_reader(store_db(c->store), db, e);
    if (err == ERR_NONE) {
        err = store_get(*db, c->arena, &entity_release, c->args[0], out, e);
    }
    return err == ERR_NONE ? may(c, verb, record_text(*out, "programme_id"), "release", c->args[0], e) : err;
}

static void say(struct cli *c, const char *text, const char *name)
{
    buf_printf(&c->out, "%s\n", tr_f(c->arena, c->lang, text, name, NULL));
}

// ---- make ---------------------------------------------------------------------------------------------------

static void say_made(struct cli *c, const struct release_outlook *x, const struct release_loss *loss)
{
    struct buf *b = &c->err;
    for (int i = 0; i < x->collapsed.n_done; i++) {
        buf_printf(b, "%s\n", tr_f(c->arena, c->lang, MSG("Too few people for so many cells. Given up: {0}"),
                                   x->collapsed.done[i], NULL));
    }
    for (int i = 0; i < x->entry.n_periods; i++) {
        const struct release_period *p = &x->entry.periods[i];
        if (strcmp(p->drawn, x->entry.name) != 0) {
            buf_printf(b, "%s\n", tr_f(c->arena, c->lang, MSG("{0} is copied from the release “{1}”."),
                                       release_period_label(c->arena, p), p->drawn, NULL));
        }
    }
    if (x->counted.n_left > 0) {
        buf_printf(b, "%s\n", tr_f(c->arena, c->lang, MSG("Not counted, because they are not approved: {0} values."),
                                   arena_printf(c->arena, "%zu", x->counted.n_left), NULL));
    }
    buf_printf(b, "%s\n", release_loss_words(c->arena, loss));
    buf_printf(b, "%s\n", tr(c->lang, RELEASE_FOR_YOU));
}

static enum err make_run(struct cli *c, struct err_info *e)
{
    const char *by = cli_option_of(c, "--by");
    struct release_wish wish = {.name = c->args[0],
                                .title = cli_option_of(c, "--title"),
                                .indicator = cli_option_of(c, "--indicator"),
                                .class_id = cli_option_of(c, "--class"),
                                .asked = {.by = by == NULL ? "" : by, .from = cli_option_of(c, "--from"),
                                          .to = cli_option_of(c, "--to")}};
    const char *today = release_today(c->arena);
    struct db_read *db;
    struct record *indicator;
    struct release_outlook outlook;
    struct release_loss loss;
    struct record *r;
    if (wish.indicator == NULL) {
        return err_set(e, ERR_USAGE, "--indicator", MSG("Of which indicator?"), MSG("Add --indicator CODE."), NULL);
    }
    enum err err = db_reader(store_db(c->store), &db, e);
    if (err == ERR_NONE) {
        err = store_get(db, c->arena, &entity_indicator, wish.indicator, &indicator, e);
    }
    if (err == ERR_NONE) {
        err = may(c, MAY_WRITE, record_text(indicator, "programme_id"), "indicator", wish.indicator, e);
    }
    if (err == ERR_NONE) {
        err = release_look_ahead(db, c->arena, &wish, today, &outlook, e);
    }
    if (err == ERR_NONE) {
        err = release_make(c->arena, &wish, &outlook, actor_id(&c->actor), today, &r, &loss, e);
    }
    if (err == ERR_NONE) {
        err = save(c, r, NULL, e);
    }
    if (err == ERR_NONE) {
        say_made(c, &outlook, &loss);
        say(c, MSG("The release “{0}” is a draft. Next: mainstay release audit {0}"), wish.name);
    }
    return err;
}

const struct command cmd_release_make = {
    .name = "release make",
    .usage = "release make NAME --indicator CODE [--by sex,age,country,period] [--class C] [--from DAY] [--to DAY]",
    .about = MSG("makes a table about people that may leave, as a draft"),
    .help = MSG("Counts approved and locked values of an indicator, rounds every inner count once and keeps the "
                "rounded table. Periods that closed in an earlier release are copied from there. What was given "
                "up or copied, and how much rounding changed, is said on standard error, for the maker."),
    .options = (const struct cli_option[]){
        {"--indicator", "CODE", MSG("whose values are counted"), false},
        {"--by", "NAMES", MSG("characteristics, country, period: separated by commas, at most three and the period; of a "
                              "share, two or none"),
         false},
        {"--class", "CLASS", MSG("class of data: people (5), victims-public (10) or low-risk (3)"), false},
        {"--from", "DAY", MSG("only periods that begin on this day or later"), false},
        {"--to", "DAY", MSG("only periods that end on this day or earlier"), false},
        {"--title", "TEXT", MSG("what people read above the table (the title of the indicator)"), false},
        {0}},
    .min_args = 1,
    .max_args = 1,
    .needs_store = true,
    .writes = true,
    .run = make_run,
};

// ---- audit --------------------------------------------------------------------------------------------------

static enum err audit_run(struct cli *c, struct err_info *e)
{
    struct db_read *db;
    struct record *r;
    enum err err = find(c, MAY_WRITE, &db, &r, e);
    if (err == ERR_NONE) {
        err = release_audit_record(db, c->arena, r, release_today(c->arena), e);
    }
    if (err == ERR_NONE) {
        err = save(c, r, NULL, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const char *others;
    err = release_others(db, c->arena, r, &others, e);
    if (err != ERR_NONE) {
        return err;
    }
    if (others != NULL) {
        buf_printf(&c->err, "%s\n",
                   tr_f(c->arena, c->lang,
                        MSG("Not taken into the proof: releases of other indicators with days in common ({0}). Where they "
                            "count some of the same people, export them and use “mainstay protect --audit --against”."),
                        others, NULL));
    }
    const char *against = record_text(r, "audited_against");
    buf_printf(&c->out, "%s: %s\n", tr(c->lang, release_is(r, "audited") ? MSG("protected") : MSG("not protected")),
               tr(c->lang, release_is(r, "audited") ? MSG("nothing small can be worked out")
                                                    : record_text(r, "reason")));
    buf_printf(&c->out, "%s\n",
               tr_f(c->arena, c->lang, MSG("{0} counts audited, narrowest interval {1} to {2}; together with: {3}"),
                    arena_printf(c->arena, "%lld", (long long)record_int(r, "audited_counts")),
                    arena_printf(c->arena, "%lld", (long long)record_int(r, "weakest_low")),
                    arena_printf(c->arena, "%lld", (long long)record_int(r, "weakest_high")),
                    against[0] == '\0' ? "-" : against, NULL));
    return release_is(r, "audited")
               ? ERR_NONE
               : err_set(e, ERR_INPUT, NULL, MSG("The release is refused."),
                         MSG("Make another with fewer dimensions, or publish the earlier one again."), NULL);
}

const struct command cmd_release_audit = {
    .name = "release audit",
    .usage = "release audit NAME",
    .about = MSG("proves that nothing small can be worked out from a release and all earlier ones"),
    .help = MSG("Exit status 0: protected, so that another person may publish it. 4: refused."),
    .min_args = 1,
    .max_args = 1,
    .needs_store = true,
    .writes = true,
    .run = audit_run,
};

// ---- publish and withdraw -------------------------------------------------------------------------------------

static const struct cli_option reason_option[] = {{"--reason", "TEXT", MSG("why; kept in the log"), false}, {0}};

static enum err publish_run(struct cli *c, struct err_info *e)
{
    struct db_read *db;
    struct record *r;
    const char *reason = cli_option_of(c, "--reason");
    enum err err = find(c, MAY_APPROVE, &db, &r, e);
    if (err == ERR_NONE) {
        release_set_published(r, actor_id(&c->actor), release_today(c->arena));
        err = save(c, r, reason != NULL ? reason : "published", e);
    }
    if (err == ERR_NONE) {
        say(c, MSG("The release “{0}” is published."), c->args[0]);
    }
    return err;
}

const struct command cmd_release_publish = {
    .name = "release publish",
    .usage = "release publish NAME [--as SIGN-IN-NAME]",
    .about = MSG("publishes an audited release, as another person than the one who made it"),
    .help = MSG("The owner of the workspace is one person: what was made without --as is published with --as."),
    .options = reason_option,
    .min_args = 1,
    .max_args = 1,
    .needs_store = true,
    .writes = true,
    .run = publish_run,
};

static enum err withdraw_run(struct cli *c, struct err_info *e)
{
    struct db_read *db;
    struct record *r;
    const char *reason = cli_option_of(c, "--reason");
    if (reason == NULL) {
        return err_set(e, ERR_USAGE, "--reason", MSG("Why?"), MSG("Add --reason \"why\"."), NULL);
    }
    enum err err = find(c, MAY_APPROVE, &db, &r, e);
    if (err == ERR_NONE) {
        release_set_state(r, "withdrawn", reason);
        err = save(c, r, reason, e);
    }
    if (err == ERR_NONE) {
        say(c, MSG("The release “{0}” is withdrawn. Who read it knows it still, so it stays in the ledger."),
            c->args[0]);
    }
    return err;
}

const struct command cmd_release_withdraw = {
    .name = "release withdraw",
    .usage = "release withdraw NAME --reason TEXT",
    .about = MSG("withdraws a published release"),
    .options = reason_option,
    .min_args = 1,
    .max_args = 1,
    .needs_store = true,
    .writes = true,
    .run = withdraw_run,
};

// ---- export -------------------------------------------------------------------------------------------------

static enum err export_run(struct cli *c, struct err_info *e)
{
    struct db_read *db;
    struct record *r;
    const char *format = cli_option_of(c, "--format");
    bool json = format != NULL && strcmp(format, "json") == 0;
    if (format != NULL && !json && strcmp(format, "csv") != 0) {
        return err_set(e, ERR_USAGE, "--format", MSG("There is no format “{0}”."), MSG("There are csv and json."), format,
                       NULL);
    }
    enum err err = db_reader(store_db(c->store), &db, e);
    if (err == ERR_NONE) {
        err = store_get(db, c->arena, &entity_release, c->args[0], &r, e);
    }
    if (err == ERR_NONE && !release_is(r, "published")) {
        err = may(c, MAY_EXPORT, record_text(r, "programme_id"), "release", c->args[0], e);
    }
    if (err == ERR_NONE && json && !release_json(c->arena, r, &c->out)) {
        err = err_set(e, ERR_INPUT, NULL, MSG("The table of the release “{0}” cannot be read."),
                      MSG("“mainstay verify” says whether somebody changed it."), c->args[0], NULL);
    } else if (err == ERR_NONE && !json) {
        release_csv(c->arena, r, &c->out);
    }
    return err;
}

const struct command cmd_release_export = {
    .name = "release export",
    .usage = "release export NAME [--format csv|json]",
    .about = MSG("writes the table of a release"),
    .help = MSG("The columns are those of “mainstay protect”; a share has its percentages behind them. A published one "
                "may be had by everybody who signs in; a draft by who may export from its programme."),
    .options = (const struct cli_option[]){{"--format", "FORMAT", MSG("csv or json"), false}, {0}},
    .min_args = 1,
    .max_args = 1,
    .needs_store = true,
    .run = export_run,
};
