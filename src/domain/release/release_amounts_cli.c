// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_amounts_cli.c: mainstay protect --amount: protects a table of amounts given as CSV, or audits one.

#include "release/release_amounts_cli.h"

#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "format/json/json_write.h"
#include "os/file.h"
#include "release/release_contributions.h"
#include "release/release_ledger.h"
#include "release/release_limits.h"
#include "release/release_protect.h"

// Amounts are not rounded, so what is about rounding counts is not for them.
static enum err check_options(struct cli *c, struct err_info *e)
{
    static const char *const of_counts[] = {"--count",     "--base",    "--class", "--collapse",
                                            "--seed-file", "--against", "--grown"};
    for (size_t i = 0; i < COUNT_OF(of_counts); i++) {
        if (cli_has(c, of_counts[i])) {
            return err_set(e, ERR_USAGE, of_counts[i], MSG("{0} is for counts of people, not for amounts."), NULL,
                           of_counts[i], NULL);
        }
    }
    bool audits = cli_has(c, "--audit");
    if (!audits && cli_has(c, "--contributions")) {
        return err_set(e, ERR_USAGE, "--contributions", MSG("What stands behind a table is for its audit."),
                       MSG("Add --audit."), NULL);
    }
    if (cli_has(c, "--contributor") != (!audits || cli_has(c, "--contributions"))) {
        return err_set(e, ERR_USAGE, "--contributor", MSG("Which column says who contributed?"),
                       MSG("Add --contributor COLUMN; to an audit, together with --contributions FILE."), NULL);
    }
    return audits || cli_has(c, "--by")
               ? ERR_NONE
               : err_set(e, ERR_USAGE, "--by", MSG("By which columns?"), MSG("Add --by COLUMN,COLUMN."), NULL);
}

static struct release_columns columns_of(struct cli *c, bool contributions)
{
    return (struct release_columns){.by = cli_option_of(c, "--by"), .count = cli_option_of(c, "--amount"),
                                    .amounts = true,
                                    .contributor = contributions ? cli_option_of(c, "--contributor") : NULL};
}

// ---- protecting ------------------------------------------------------------------------------------------------

static void say_made(struct cli *c, const struct release_magnitude *m, bool json)
{
    const struct release_frame *f = m->amounts->frame;
    const char *file = cli_option_of(c, "--output");
    bool to_file = file != NULL && strcmp(file, "-") != 0;
    struct json_out j;
    if (!json) {
        buf_printf(&c->err, "%zu cells (%zu inner): %zu left out because of what stands behind them, %zu more so that "
                            "nobody works them out\n",
                   f->n_cells, f->n_inner, m->n_primary, m->n_secondary);
        buf_printf(&c->err, "%s\n", tr(c->lang, MSG("These numbers are for you. Why a cell is left out is never "
                                                    "published.")));
        return;
    }
    json_begin(&j, to_file ? &c->out : &c->err, true);
    json_put_object(&j);
    json_member_int(&j, "cells", (int64_t)f->n_cells);
    json_member_int(&j, "inner_cells", (int64_t)f->n_inner);
    json_member_int(&j, "left_out", (int64_t)(m->n_primary + m->n_secondary));
    json_member_int(&j, "contributors", release_limits()->amounts.contributors);
    json_member_int(&j, "dominance", release_limits()->amounts.dominance);
    json_put_name(&j, "not_for_publication");
    json_put_object(&j);
    json_member_int(&j, "say_too_much", (int64_t)m->n_primary);
    json_put_object_end(&j);
    json_put_object_end(&j);
    json_end(&j);
}

static enum err protect(struct cli *c, bool json, struct err_info *e)
{
    const struct release_columns columns = columns_of(c, true);
    const struct release_amount_rule *rule = &release_limits()->amounts;
    const struct release_frame *f;
    struct release_behind behind;
    struct release_magnitude m;
    struct buf table;
    buf_init(&table, c->arena, LIMIT_EXPORT_BYTES);
    enum err err = release_contributions_read(c->arena, &columns, c->input, c->input_len, &f, &behind, e);
    if (err == ERR_NONE) {
        err = release_suppress(c->arena, f, &behind, rule, RELEASE_AUDIT_MS, &m, e);
    }
    if (err == ERR_NONE) {
        err = release_amounts_write(&m, columns.count, rule, &table, e);
    }
    if (err == ERR_NONE) {
        err = release_write_output(c, &table, e);
    }
    if (err == ERR_NONE) {
        say_made(c, &m, json);
    }
    return err;
}

// ---- auditing --------------------------------------------------------------------------------------------------

static const char *why(const struct release_amount_audit *x)
{
    return x->impossible                        ? MSG("the sums contradict each other")
           : x->verdict == RELEASE_UNPROVED     ? MSG("the proof did not end in time")
           : x->n_exact > 0                     ? MSG("amounts that are left out can be worked out exactly")
           : x->n_near > 0                      ? MSG("amounts that are left out can be worked out too closely")
           : x->n_told > 0                      ? MSG("contributors can work out the amounts of others too closely")
           : x->low_rule                        ? MSG("the table does not say by which rule amounts were left out, or "
                                                      "by a weaker one")
                                                : MSG("nobody's amount can be worked out");
}

static void say_text(struct cli *c, const struct release_table *t, const struct release_amount_audit *x)
{
    buf_printf(&c->out, "%s: %s\n",
               tr(c->lang, x->verdict == RELEASE_PROTECTED ? MSG("protected") : MSG("not protected")),
               tr(c->lang, why(x)));
    if (x->verdict != RELEASE_UNPROVED && x->n_left_out > 0) {
        buf_printf(&c->out, "%s: %lld to %lld (%s)\n", tr(c->lang, MSG("weakest interval")),
                   (long long)x->weakest.low, (long long)x->weakest.high,
                   release_cell_words(c->arena, t->frame, x->weakest_cell));
    }
    buf_printf(&c->out, "%s: %zu; exact %zu, too narrow %zu, told to contributors %zu\n", tr(c->lang, MSG("left out")),
               x->n_left_out, x->n_exact, x->n_near, x->n_told);
    if (!cli_has(c, "--contributions")) {
        buf_printf(&c->out, "%s\n", tr(c->lang, MSG("What stands behind the amounts was not asked: "
                                                    "--contributions FILE asks it.")));
    }
}

static void say_json(struct cli *c, const struct release_table *t, const struct release_amount_audit *x)
{
    struct json_out j;
    json_begin(&j, &c->out, true);
    json_put_object(&j);
    json_member_text(&j, "verdict", release_verdict_name(x->verdict));
    json_member_text(&j, "because", why(x));
    json_member_int(&j, "left_out", (int64_t)x->n_left_out);
    json_member_int(&j, "exact", (int64_t)x->n_exact);
    json_member_int(&j, "too_narrow", (int64_t)x->n_near);
    json_member_int(&j, "told_to_contributors", (int64_t)x->n_told);
    json_member_bool(&j, "contributions_asked", cli_has(c, "--contributions"));
    json_member_bool(&j, "whole_numbers", x->whole);
    if (x->verdict != RELEASE_UNPROVED && x->n_left_out > 0) {
        json_member_int(&j, "weakest_low", x->weakest.low);
        json_member_int(&j, "weakest_high", x->weakest.high);
        json_member_text(&j, "weakest_cell", release_cell_words(c->arena, t->frame, x->weakest_cell));
    }
    json_put_object_end(&j);
    json_end(&j);
}

// Both files were read in the order of the names of their categories.
static bool same_frame(const struct release_frame *f, const struct release_frame *g)
{
    bool same = f->n == g->n;
    for (int d = 0; same && d < f->n; d++) {
        same = strcmp(f->of[d].name, g->of[d].name) == 0 && release_same_categories(&f->of[d], &g->of[d]);
    }
    return same;
}

// The file of --contributions, by the dimensions of the table.
static enum err read_behind(struct cli *c, const struct release_table *t, struct release_behind *behind,
                            struct err_info *e)
{
    const char *file = cli_option_of(c, "--contributions");
    struct release_columns columns = columns_of(c, true);
    const struct release_frame *f;
    const char *bytes;
    size_t len;
    const char *by = "";
    for (int d = 0; d < t->frame->n; d++) {
        by = arena_printf(c->arena, "%s%s%s", by, d == 0 ? "" : ",", t->frame->of[d].name);
    }
    columns.by = by;
    enum err err = file_read(c->arena, file, LIMIT_IMPORT_BYTES, &bytes, &len, e);
    if (err == ERR_NONE) {
        err = release_contributions_read(c->arena, &columns, bytes, len, &f, behind, e);
    }
    if (err == ERR_NONE && !same_frame(f, t->frame)) {
        err = err_set(e, ERR_INPUT, NULL, MSG("The table has other categories than the contributions."),
                      MSG("Take the file that it was made from."), NULL);
    }
    return err;
}

static enum err audit(struct cli *c, bool json, struct err_info *e)
{
    const struct release_columns columns = columns_of(c, false);
    struct release_table t;
    struct release_amount_rule said;
    struct release_behind behind;
    struct release_amount_audit found;
    bool asked = cli_has(c, "--contributions");
    enum err err = release_amounts_read_published(c->arena, &columns, c->input, c->input_len, &t, &said, e);
    if (err == ERR_NONE && asked) {
        err = read_behind(c, &t, &behind, e);
    }
    if (err == ERR_NONE) {
        err = release_audit_amounts(c->arena, &t, asked ? &behind : NULL, &said, &release_limits()->amounts,
                                    RELEASE_AUDIT_MS, &found, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    if (json) {
        say_json(c, &t, &found);
    } else {
        say_text(c, &t, &found);
    }
    return found.verdict == RELEASE_PROTECTED
               ? ERR_NONE
               : err_set(e, ERR_INPUT, NULL, MSG("The table is not protected."),
                         MSG("Do not publish it; “mainstay protect” makes one that is."), NULL);
}

enum err release_amounts_run(struct cli *c, bool json, struct err_info *e)
{
    enum err err = check_options(c, e);
    return err != ERR_NONE ? err : cli_has(c, "--audit") ? audit(c, json, e) : protect(c, json, e);
}
