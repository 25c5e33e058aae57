// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_protect_cli.c: mainstay protect: protects a table given as CSV, or audits a published one. Works on
// files alone, without a workspace.

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "cli/cli.h"
#include "format/json/json_write.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/random.h"
#include "release/release.h"
#include "release/release_amounts_cli.h"
#include "release/release_limits.h"
#include "release/release_protect.h"
#include "release/release_table.h"

// ---- options -----------------------------------------------------------------------------------------

static const char *classes_in_words(struct arena *a)
{
    const char *words = release_class(0);
    for (size_t i = 1; release_class(i) != NULL; i++) {
        words = arena_printf(a, "%s, %s", words, release_class(i));
    }
    return words;
}

static enum err read_base(struct cli *c, int *base, struct err_info *e)
{
    const char *text = cli_option_of(c, "--base");
    const char *class_id = cli_option_of(c, "--class");
    if (text == NULL) {
        *base = release_base_of(class_id);
        return *base != 0 ? ERR_NONE
                          : err_set(e, ERR_USAGE, "--class", MSG("There is no class of data “{0}”."),
                                    MSG("There are: {1}."), class_id, classes_in_words(c->arena), NULL);
    }
    char *end;
    long n = strtol(text, &end, 10);
    if (class_id != NULL || *end != '\0' || end == text || n < RELEASE_LEAST_BASE ||
        n > RELEASE_MOST_BASE) {
        return err_set(e, ERR_USAGE, "--base",
                       MSG("The base is a whole number from {0} to {1}, and is given or taken from a class."),
                       MSG("5 is the default; 10 for public tables about victims."), "3", "1000", NULL);
    }
    *base = (int)n;
    return ERR_NONE;
}

static enum err read_format(struct cli *c, bool *json, struct err_info *e)
{
    const char *format = cli_option_of(c, "--format");
    *json = format != NULL && strcmp(format, "json") == 0;
    return format == NULL || *json || strcmp(format, "text") == 0
               ? ERR_NONE
               : err_set(e, ERR_USAGE, "--format", MSG("There is no format “{0}”."),
                         MSG("There are text and json."), format, NULL);
}

// From the system, or from a file that only a test or a second person keeps.
static enum err read_seed(struct cli *c, unsigned char seed[RELEASE_SEED_BYTES], struct err_info *e)
{
    const char *file = cli_option_of(c, "--seed-file");
    const char *bytes;
    size_t len;
    if (file == NULL) {
        random_bytes(seed, RELEASE_SEED_BYTES);
        return ERR_NONE;
    }
    enum err err = file_read(c->arena, file, LIMIT_TEXT_BYTES, &bytes, &len, e);
    if (err == ERR_NONE && len < RELEASE_SEED_BYTES) {
        err = err_set(e, ERR_INPUT, "--seed-file", MSG("A seed has at least {0} bytes."),
                      MSG("Make one with: head -c 32 /dev/urandom."), "32", NULL);
    }
    if (err == ERR_NONE) {
        crypto_generichash(seed, RELEASE_SEED_BYTES, (const unsigned char *)bytes, len, NULL, 0);
    }
    return err;
}

// ---- what is said ---------------------------------------------------------------------------------------

static void json_number(struct arena *a, struct json_out *j, const char *name, double value)
{
    json_member_decimal(j, name, arena_printf(a, "%.4f", value));
}

static void put_audit(struct json_out *j, const struct release_audit *audit)
{
    json_member_text(j, "verdict", release_verdict_name(audit->verdict));
    json_member_text(j, "because", release_verdict_words(audit));
    json_member_int(j, "audited", (int64_t)audit->n_audited);
    json_member_int(j, "exact", (int64_t)audit->n_exact);
    json_member_int(j, "too_narrow", (int64_t)audit->n_narrow);
    json_member_int(j, "known_to_a_contributor", (int64_t)audit->n_known);
    json_member_int(j, "groups", (int64_t)audit->n_group);
    json_member_int(j, "programmes_solved", (int64_t)(audit->n_asked + audit->n_asked_whole));
    json_member_bool(j, "whole_numbers", audit->whole);
    json_member_int(j, "weakest_low", audit->weakest.low);
    json_member_int(j, "weakest_high", audit->weakest.high);
}

struct told {
    const struct release_protected *p;
    const struct release_collapsed *collapsed;
    int base;
    double seconds;
    bool thin;
};

// What comes from the true counts: a measured error is a tighter bound than what is stated of every release, and
// the error of the grand total gives the true one.
static void put_not_for_publication(struct cli *c, struct json_out *j, const struct told *x)
{
    const struct release_loss *l = &x->p->drawn.loss;
    json_put_name(j, "not_for_publication");
    json_put_object(j);
    json_member_int(j, "zero_cells", (int64_t)l->n_zero);
    json_member_int(j, "small_cells", (int64_t)l->n_small);
    json_member_bool(j, "thin", x->thin);
    json_number(c->arena, j, "margin_error_mean", l->margin_mean);
    json_member_int(j, "margin_error_p90", l->margin_p90);
    json_member_int(j, "margin_error_max", l->margin_max);
    json_member_int(j, "total_error", l->total_error);
    json_number(c->arena, j, "hellinger", l->hellinger);
    json_number(c->arena, j, "spearman", l->rank_correlation);
    json_number(c->arena, j, "cramers_v_change", l->cramer_change);
    json_put_object_end(j);
}

static void say_json(struct cli *c, const struct told *x, struct buf *out)
{
    const struct release_loss *l = &x->p->drawn.loss;
    struct json_out j;
    json_begin(&j, out, true);
    json_put_object(&j);
    json_member_int(&j, "base", x->base);
    json_member_int(&j, "dimensions", x->p->drawn.rounded->frame->n);
    json_member_int(&j, "cells", (int64_t)l->n_cells);
    json_member_int(&j, "inner_cells", (int64_t)l->n_inner);
    json_number(c->arena, &j, "seconds", x->seconds);
    json_put_name(&j, "collapsed");
    json_put_array(&j);
    for (int i = 0; i < x->collapsed->n_done; i++) {
        json_put_text(&j, x->collapsed->done[i]);
    }
    json_put_array_end(&j);
    json_member_text(&j, "seed_commitment", x->p->drawn.commitment);
    json_put_name(&j, "audit");
    json_put_object(&j);
    put_audit(&j, &x->p->audit);
    json_put_object_end(&j);
    put_not_for_publication(c, &j, x);
    json_put_object_end(&j);
    json_end(&j);
}

static void say_text(struct cli *c, const struct told *x)
{
    const struct release_loss *l = &x->p->drawn.loss;
    struct buf *b = &c->err;
    buf_printf(b, "%zu cells (%zu inner: %zu zero, %zu small), rounded to multiples of %d in %.2f s\n",
               l->n_cells, l->n_inner, l->n_zero, l->n_small, x->base, x->seconds);
    buf_printf(b, "%s\n", release_loss_words(c->arena, l));
    buf_printf(b, "Hellinger distance %.4f, rank correlation %.4f, change of Cramer's V %.4f\n",
               l->hellinger, l->rank_correlation, l->cramer_change);
    buf_printf(b, "audit: protected, weakest interval %lld to %lld%s\n", (long long)x->p->audit.weakest.low,
               (long long)x->p->audit.weakest.high,
               x->p->audit.whole ? "" : " (whole numbers are tried up to 1,000 cells)");
    for (int i = 0; i < x->collapsed->n_done; i++) {
        buf_printf(b, "collapsed: %s\n", x->collapsed->done[i]);
    }
    if (x->thin) {
        buf_printf(b, "%s\n", tr_f(c->arena, c->lang,
                                   MSG("thin: fewer than {0} people in an inner cell on average, so most "
                                       "counts say little; --collapse joins what the rules name"),
                                   arena_printf(c->arena, "%d", release_limits()->mean_cell), NULL));
    }
    buf_printf(b, "%s\n", tr(c->lang, RELEASE_FOR_YOU));
}

// Categories that are listed and have nobody, as published: their names alone may say that somebody is there.
static void say_empty_categories(struct cli *c, const struct release_cube *rounded)
{
    const struct release_frame *f = rounded->frame;
    for (int d = 0; d < f->n; d++) {
        int n = 0;
        for (int k = 0; k < f->of[d].n; k++) {
            size_t margin = release_grand_total(f) - (size_t)(f->of[d].n - k) * f->step[d];
            n += rounded->counts[margin] == 0;
        }
        if (n > 0) {
            buf_printf(&c->err, "%s\n",
                       tr_f(c->arena, c->lang,
                            MSG("{0}: the published total is 0 for {1} of {2} categories. Are they from a fixed "
                                "list? If one is there only because somebody was counted, leave it out."),
                            f->of[d].name, arena_printf(c->arena, "%d", n),
                            arena_printf(c->arena, "%d", f->of[d].n), NULL));
        }
    }
}

// ---- tables published before -----------------------------------------------------------------------------

// Those of --against, in their order; at most RELEASE_MAX_TABLES - 1, so that there is room for one more.
static enum err read_earlier(struct cli *c, const struct release_columns *columns,
                             struct release_table *tables, const char **names, int *n,
                             struct err_info *e)
{
    enum err err = ERR_NONE;
    for (size_t i = 0; err == ERR_NONE && i < c->n_given; i++) {
        if (strcmp(c->given[i].name, "--against") != 0) {
            continue;
        }
        const char *bytes;
        size_t len;
        if (*n == RELEASE_MAX_TABLES - 1) {
            return err_set(e, ERR_USAGE, "--against", MSG("There are too many earlier tables."), NULL,
                           NULL);
        }
        err = file_read(c->arena, c->given[i].value, LIMIT_IMPORT_BYTES, &bytes, &len, e);
        if (err == ERR_NONE) {
            err = release_table_read_published(c->arena, columns, bytes, len, &tables[*n], e);
            if (err != ERR_NONE) {
                snprintf(e->field, sizeof e->field, "%s", c->given[i].value); // which of several files
            }
        }
        tables[*n].layer = cli_has(c, "--grown") ? *n : 0;
        names[*n] = c->given[i].value;
        *n += 1;
    }
    return err;
}

// ---- protecting -----------------------------------------------------------------------------------------

enum err release_write_output(struct cli *c, const struct buf *table, struct err_info *e)
{
    const char *file = cli_option_of(c, "--output");
    if (buf_is_full(table)) {
        return err_set(e, ERR_TOO_LARGE, NULL, MSG("The result is too large."),
                       MSG("Leave a dimension out, or join categories."), NULL);
    }
    if (file != NULL && strcmp(file, "-") != 0) {
        return file_write(file, table->data, table->len, 0644, e);
    }
    buf_add(&c->out, table->data, table->len);
    return ERR_NONE;
}

static enum err protect(struct cli *c, bool json, struct err_info *e)
{
    const struct release_columns columns = {.by = cli_option_of(c, "--by"), .count = cli_option_of(c, "--count")};
    const char *file = cli_option_of(c, "--output");
    const struct release_cube *exact;
    struct release_collapsed collapsed;
    struct release_protected p;
    unsigned char seed[RELEASE_SEED_BYTES];
    struct told told = {.p = &p, .collapsed = &collapsed};
    struct buf table;
    buf_init(&table, c->arena, LIMIT_EXPORT_BYTES);
    struct release_table earlier[RELEASE_MAX_TABLES];
    const char *names[RELEASE_MAX_TABLES];
    int n = 0;
    if (columns.by == NULL) {
        return err_set(e, ERR_USAGE, "--by", MSG("By which columns?"), MSG("Add --by COLUMN,COLUMN."),
                       NULL);
    }
    enum err err = read_base(c, &told.base, e);
    if (err == ERR_NONE) {
        err = read_seed(c, seed, e);
    }
    if (err == ERR_NONE) {
        err = release_table_read(c->arena, &columns, c->input, c->input_len, &exact, e);
    }
    if (err == ERR_NONE && cli_has(c, "--collapse")) {
        err = release_collapse(c->arena, exact, &collapsed, e);
    } else if (err == ERR_NONE) {
        collapsed = (struct release_collapsed){.cube = exact};
    }
    if (err == ERR_NONE) {
        err = release_check_never(collapsed.cube->frame, e); // how many dimensions, a release decides
    }
    if (err == ERR_NONE) {
        err = read_earlier(c, &(struct release_columns){0}, earlier, names, &n, e);
    }
    int64_t began = clock_steady_ms();
    if (err == ERR_NONE) {
        err = release_protect(c->arena, collapsed.cube, told.base, seed, earlier, n,
                              cli_has(c, "--grown") ? n : 0, &p, e);
    }
    sodium_memzero(seed, sizeof seed);
    told.seconds = (double)(clock_steady_ms() - began) / 1000;
    if (err == ERR_NONE) {
        err = release_table_write(p.drawn.rounded, release_table_count(&columns), told.base, &table, e);
    }
    if (err == ERR_NONE) {
        err = release_write_output(c, &table, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    told.thin = release_is_thin(collapsed.cube);
    if (json) {
        say_json(c, &told, file == NULL || strcmp(file, "-") == 0 ? &c->err : &c->out);
    } else {
        say_text(c, &told);
        say_empty_categories(c, p.drawn.rounded);
    }
    return ERR_NONE;
}

// ---- auditing --------------------------------------------------------------------------------------------

static void say_weakest(struct cli *c, const struct release_audit *audit,
                        const struct release_table *tables, const char *const *names)
{
    const struct release_frame *f = tables[audit->weakest_table].frame;
    buf_printf(&c->out, "%s: %s\n",
               tr(c->lang, audit->verdict == RELEASE_PROTECTED ? MSG("protected") : MSG("not protected")),
               tr(c->lang, release_verdict_words(audit)));
    if (audit->verdict != RELEASE_UNPROVED) {
        buf_printf(&c->out, "%s: %lld to %lld (%s; %s)\n", tr(c->lang, MSG("weakest interval")),
                   (long long)audit->weakest.low, (long long)audit->weakest.high,
                   names[audit->weakest_table], release_cell_words(c->arena, f, audit->weakest_cell));
    }
    buf_printf(&c->out, "%s: %zu; exact %zu, too narrow %zu, known to a contributor %zu, groups %zu\n",
               tr(c->lang, MSG("audited")), audit->n_audited, audit->n_exact, audit->n_narrow,
               audit->n_known, audit->n_group);
    buf_printf(&c->out, "%s: %zu; %s\n", tr(c->lang, MSG("linear programmes")),
               audit->n_asked + audit->n_asked_whole,
               tr(c->lang, audit->whole ? MSG("whole numbers tried") : MSG("whole numbers not tried")));
}

static void say_audit_json(struct cli *c, const struct release_audit *audit,
                           const struct release_table *tables)
{
    struct json_out j;
    json_begin(&j, &c->out, true);
    json_put_object(&j);
    put_audit(&j, audit);
    json_member_text(&j, "weakest_cell",
                     release_cell_words(c->arena, tables[audit->weakest_table].frame, audit->weakest_cell));
    json_put_object_end(&j);
    json_end(&j);
}

static enum err audit(struct cli *c, bool json, struct err_info *e)
{
    const struct release_columns columns = {.by = cli_option_of(c, "--by"), .count = cli_option_of(c, "--count")};
    struct release_table tables[RELEASE_MAX_TABLES];
    const char *names[RELEASE_MAX_TABLES];
    struct release_effort effort = {.time_ms = RELEASE_AUDIT_MS};
    struct release_audit found;
    int n = 0;
    enum err err = read_earlier(c, &columns, tables, names, &n, e);
    if (err == ERR_NONE) {
        err = release_table_read_published(c->arena, &columns, c->input, c->input_len, &tables[n], e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    tables[n].layer = cli_has(c, "--grown") ? n : 0;
    names[n++] = c->args[0];
    bool asked = cli_has(c, "--base") || cli_has(c, "--class");
    err = asked ? read_base(c, &effort.base, e) : ERR_NONE;
    for (int i = 0; i < n; i++) {
        // what a table says of itself counts, but never less than the least base
        bool says = !asked && tables[i].base > effort.base;
        effort.base = says ? tables[i].base : effort.base;
    }
    if (!asked && effort.base < RELEASE_LEAST_BASE) {
        effort.base = release_base_of(NULL);
    }
    if (err == ERR_NONE) {
        err = release_audit_tables(c->arena, tables, n, &effort, &found, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    if (json) {
        say_audit_json(c, &found, tables);
    } else {
        say_weakest(c, &found, tables, names);
    }
    return found.verdict == RELEASE_PROTECTED
               ? ERR_NONE
               : err_set(e, ERR_INPUT, NULL, MSG("The table is not protected."),
                         MSG("Do not publish it; “mainstay protect” makes one that is."), NULL);
}

static enum err run(struct cli *c, struct err_info *e)
{
    bool json;
    bool audits = cli_has(c, "--audit");
    enum err err = read_format(c, &json, e);
    if (err == ERR_NONE && cli_has(c, "--amount")) {
        return release_amounts_run(c, json, e);
    }
    if (err == ERR_NONE && (cli_has(c, "--contributor") || cli_has(c, "--contributions"))) {
        err = err_set(e, ERR_USAGE, "--amount", MSG("Which column holds the amounts?"), MSG("Add --amount COLUMN."), NULL);
    }
    if (err == ERR_NONE && cli_has(c, "--grown") && !cli_has(c, "--against")) {
        err = err_set(e, ERR_USAGE, "--grown", MSG("Grown since which table?"),
                      MSG("Add --against EARLIER.csv."), NULL);
    }
    return err != ERR_NONE ? err : audits ? audit(c, json, e) : protect(c, json, e);
}

const struct command cmd_protect = {
    .name = "protect",
    .usage = "protect FILE.csv --by COLUMN,... [--count COLUMN] [--base N|--class CLASS] [--collapse] "
             "[--against EARLIER.csv]... [--grown] [--output FILE] | protect --audit FILE.csv "
             "[--against EARLIER.csv]... [--grown] [--format text|json] | protect FILE.csv --by COLUMN,... --amount "
             "COLUMN --contributor COLUMN [--output FILE] | protect --audit FILE.csv --amount COLUMN [--contributions "
             "FILE --contributor COLUMN]",
    .about = MSG("rounds a table about people so that nobody can be found in it, or audits one; amounts too"),
    .help = MSG("FILE holds one row for each inner count: a column for each dimension and one for the count. "
                "The result holds the rounded counts and all totals, and all of it may be published. "
                "--audit prints the weakest interval of a published table and ends with 0 only when it is "
                "protected, also together with earlier tables about the same people. With --amount FILE holds "
                "one row for each contribution of money; sums are not rounded, but left out (“..”) where few "
                "contributed or one dominates, and where those could be worked out. The summary is for "
                "whoever holds the counts and is not for publication."),
    .options =
        (const struct cli_option[]){
            {"--by", "COLUMNS", MSG("the dimensions, separated by commas: at most three and the period"),
             false},
            {"--count", "COLUMN", MSG("the column of counts; “count” when not given"), false},
            {"--base", "N", MSG("counts become multiples of it; 5 when nothing is given, at least 3"), false},
            {"--class", "CLASS", MSG("take the base of people, victims-public or low-risk"), false},
            {"--collapse", NULL, MSG("join or leave out what the rules name when the table is too thin"),
             false},
            {"--seed-file", "FILE", MSG("take the seed from a file, to repeat a result; keep it secret"),
             false},
            {"--audit", NULL, MSG("what can be worked out from a published table?"), false},
            {"--against", "FILE", MSG("an earlier table about the same people; oldest first"), true},
            {"--grown", NULL, MSG("since each earlier table people came and nobody left"), false},
            {"--amount", "COLUMN", MSG("the column of amounts in whole units: a table of money"), false},
            {"--contributor", "COLUMN", MSG("the column that says whose amount it is"), false},
            {"--contributions", "FILE", MSG("to an audit of amounts: what the table was made from"), false},
            {"--format", "FORMAT", MSG("text or json: how the summary is written"), false},
            {0}},
    .min_args = 1,
    .max_args = 1,
    .reads_input = true,
    .writes_output = true,
    .run = run,
};
