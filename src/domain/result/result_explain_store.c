// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_explain_store.c: the computation of an indicator and of a value, line by line, for
// `mainstay explain`. It runs the same rules as the pages and writes their operands out.

#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "model/rights.h"
#include "os/clock.h"
#include "place/place.h"
#include "programme/programme.h"
#include "result/result.h"
#include "result/result_below.h"
#include "result/result_lines.h"
#include "result/result_narrow.h"
#include "result/result_reporting.h"
#include "result/result_tree.h"
#include "result/result_words.h"
#include "store/store.h"

struct pen {
    struct arena *a;
    const struct lang *lang;
    struct buf *out;
    const struct result_line *line;
    size_t n_countries; // of the programme
};

static const char *words(const struct pen *p, const struct result_figure *f)
{
    return result_figure_words(p->a, p->lang, p->line->rule.unit, f);
}

static const char *plain(const struct pen *p, int64_t scaled)
{
    return result_plain(p->a, scaled, DECIMAL_PLACES);
}

static void write_cuts(const struct pen *p, const struct result_value *v)
{
    bool share = v->figure.is_fraction;
    for (size_t i = 0; i < v->n_cuts; i++) {
        const struct result_cut *c = &v->cuts[i];
        const char *sum = result_pair(p->a, share, share ? c->part : c->value, c->whole);
        const char *less = result_pair(p->a, share, c->difference, c->difference_whole);
        buf_printf(p->out, "      %s: %s\n", split_keys_words(p->a, p->lang, c->keys),
                   c->differs ? tr_f(p->a, p->lang, MSG("parts come to {0}; whole less parts is {1}"),
                                     sum, less, NULL)
                              : tr_f(p->a, p->lang, MSG("parts come to {0}, as the whole"), sum, NULL));
    }
}

// What the countries come to, under the value of the whole programme.
static void write_below(const struct pen *p, size_t i)
{
    const struct result_line *line = p->line;
    const struct result_below below =
        result_below_of(p->a, &line->rule, line->entries, line->n_values, i, p->n_countries);
    const char *words = result_below_words(p->a, p->lang, &below);
    if (words != NULL) {
        buf_printf(p->out, "      %s%s%s\n", words, below.contradicts ? " " : "",
                   below.contradicts ? tr(p->lang, MSG("Both cannot be true.")) : "");
    }
}

static void write_value(const struct pen *p, size_t i)
{
    const struct result_value *v = &p->line->values[i];
    const struct result_entry *entry = &p->line->entries[i];
    buf_printf(p->out, "  %s%s%s: %s", result_period(p->a, p->lang, entry->from, entry->to),
               entry->place[0] == '\0' ? "" : ", ",
               entry->place[0] == '\0' ? "" : tr(p->lang, country_name(entry->place)),
               words(p, &v->figure));
    if (v->figure.is_fraction) {
        buf_printf(p->out, " = %s / %s", plain(p, v->figure.part), plain(p, v->figure.whole));
    }
    buf_printf(p->out, " (%s)%s\n", result_state_words(p->lang, entry->state),
               v->used ? "" : tr(p->lang, MSG(" not in the total")));
    write_cuts(p, v);
    write_below(p, i);
}

// "44 + 61 + 54 = 159", or "(29 + 38) / (40 + 55) x 100 = 70.5 %".
static void write_sum(const struct pen *p)
{
    const struct result_line *line = p->line;
    bool shares = line->total.figure.is_fraction;
    for (int side = 0; side < (shares ? 2 : 1); side++) {
        const char *sign = shares ? "(" : "";
        for (size_t i = 0; i < line->n_values; i++) {
            const struct result_figure *f = &line->values[i].figure;
            if (line->values[i].used) {
                buf_printf(p->out, "%s%s", sign,
                           plain(p, !shares     ? f->scaled
                                    : side == 0 ? f->part
                                                : f->whole));
                sign = " + ";
            }
        }
        buf_str(p->out, shares ? side == 0 ? ") / " : ")" : "");
    }
    buf_printf(p->out, "%s = %s\n", shares && line->rule.unit == UNIT_PERCENTAGE ? " × 100" : "",
               result_total_words(p->a, p->lang, line->rule.unit, &line->total));
}

static void write_total(const struct pen *p)
{
    const struct result_line *line = p->line;
    const struct result_total *t = &line->total;
    if (!t->figure.known) {
        buf_printf(p->out, "%s: %s\n", tr(p->lang, MSG("Total")), result_unknown_words(p->lang, t));
        return;
    }
    bool is_sum = t->n_used > 1 && !t->by_answer;
    buf_printf(p->out, "%s: ", is_sum ? tr(p->lang, MSG("Total")) : tr(p->lang, MSG("Value")));
    if (is_sum) {
        write_sum(p);
    } else {
        buf_printf(p->out, "%s\n", result_total_words(p->a, p->lang, line->rule.unit, t));
    }
    if (t->by_answer) {
        buf_printf(p->out, "%s\n",
                   tr_f(p->a, p->lang, MSG("Yes: {0}. In part: {1}. No: {2}."),
                        arena_printf(p->a, "%zu", t->n_yes), arena_printf(p->a, "%zu", t->n_part),
                        arena_printf(p->a, "%zu", t->n_no), NULL));
    }
    buf_printf(p->out, "%s: %s\n", tr(p->lang, MSG("Period")),
               result_period(p->a, p->lang, t->from, t->to));
    buf_printf(p->out, "%s: %s\n", tr(p->lang, MSG("Least checked value in it")),
               result_state_words(p->lang, t->state));
    if (t->overlap) {
        buf_printf(p->out, "%s\n", tr(p->lang, MSG("Two periods have a day in common: something may "
                                                   "be counted twice.")));
    }
}

static void write_targets(const struct pen *p)
{
    const struct result_line *line = p->line;
    for (size_t i = 0; i < line->n_targets; i++) {
        const struct result_target *t = &line->targets[i];
        buf_printf(p->out, "  %s",
                   tr_f(p->a, p->lang, MSG("{0} by {1}"),
                        result_number(p->a, p->lang, line->rule.unit, t->value),
                        date_for_people(p->a, p->lang, t->due_on), NULL));
        buf_printf(p->out, "%s\n",
                   t->replaced         ? tr(p->lang, MSG(" (replaced)"))
                   : t == line->target ? tr(p->lang, MSG(" (counts today)"))
                                       : "");
    }
}

static void write_progress(const struct pen *p)
{
    const struct result_line *line = p->line;
    const struct result_progress *g = &line->progress;
    if (g->has_percent) {
        const char *base = plain(p, line->baseline);
        buf_printf(p->out, "%s: (%s − %s) / (%s − %s) × 100 = %s %%\n", tr(p->lang, MSG("Progress")),
                   plain(p, result_judged(&line->total, line->direction).scaled), base,
                   plain(p, line->target->value), base,
                   result_plain(p->a, g->percent, 1));
    }
    if (g->has_expected) {
        const char *from = record_text(line->record, "baseline_on");
        int64_t all = date_days_between(from, line->target->due_on);
        int64_t gone = date_days_between(from, line->total.to);
        gone = gone < 0 ? 0 : gone > all ? all : gone;
        buf_printf(p->out, "%s: %s + (%s − %s) × %lld / %lld = %s\n",
                   tr_f(p->a, p->lang, MSG("Straight line on {0}, in days since the baseline"),
                        date_for_people(p->a, p->lang, line->total.to), NULL),
                   plain(p, line->baseline), plain(p, line->target->value),
                   plain(p, line->baseline), (long long)gone, (long long)all,
                   result_plain(p->a, g->expected, 2));
    }
    buf_printf(p->out, "%s: %s\n", tr(p->lang, MSG("State")),
               result_standing_words(p->lang, g->standing));
}

// How much of what should be in is in, and each value that is not.
static void write_reporting(const struct pen *p, const struct record *programme, const char *today)
{
    const struct result_expect x = result_expect_of(p->a, p->line, programme, today);
    struct result_reporting reporting;
    result_reporting_of(p->a, &x, p->line->entries, p->line->n_values, &reporting);
    const char *words = result_reporting_words(p->a, p->lang, &reporting);
    if (words != NULL) {
        buf_printf(p->out, "%s\n", words);
    }
    const char *covered = result_covered_words(p->a, p->lang, p->line, programme);
    if (covered != NULL) {
        buf_printf(p->out, "%s: %s\n", tr(p->lang, MSG("In the total")), covered);
    }
    for (size_t i = 0; i < reporting.n_gaps; i++) {
        const struct result_gap *g = &reporting.gaps[i];
        buf_printf(p->out, "  %s: %s%s%s\n", tr(p->lang, MSG("missing")),
                   result_period(p->a, p->lang, g->span.from, g->span.to), g->place[0] == '\0' ? "" : ", ",
                   g->place[0] == '\0' ? "" : tr(p->lang, country_name(g->place)));
    }
}

enum err indicator_explain(struct arena *a, struct db_read *db, const struct lang *lang,
                           const struct identity *who, const struct record *r, struct buf *out,
                           struct err_info *e)
{
    struct result_lines lines;
    char today[11];
    clock_today(today);
    const struct result_ask ask = {.programme_id = record_text(r, "programme_id"), .indicator_id = r->id,
                                   .today = today, .records = RECORDS_OF_WORDS,
                                   .parts = result_may_see_parts(who, record_text(r, "programme_id"))};
    enum err err = result_lines_load(db, a, &ask, &lines, e);
    if (err != ERR_NONE || lines.n == 0) {
        return err;
    }
    const struct result_line *line = &lines.items[0];
    struct record *programme;
    err = store_get(db, a, model_find("programme"), record_text(r, "programme_id"), &programme, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct arena *scratch = arena_new(LIMIT_REQUEST_BYTES); // the words of one value after the other
    struct pen p = {scratch, lang, out, line, (size_t)codes_count(record_text(programme, "countries"))};
    buf_printf(out, "%s: %s\n", tr(lang, MSG("Rule")),
               result_rule_words(a, lang, &line->rule, &line->total));
    for (size_t i = 0; i < line->n_values; i++) {
        write_value(&p, i);
        arena_reset(scratch);
    }
    write_total(&p);
    write_reporting(&p, programme, today);
    if (line->n_targets > 0) {
        buf_printf(out, "%s:\n", tr(lang, MSG("Targets")));
        write_targets(&p);
    }
    write_progress(&p);
    arena_free(scratch);
    return ERR_NONE;
}

static void write_cells(const struct pen *p, const struct result_value *v)
{
    for (size_t i = 0; i < v->n_parts; i++) {
        const struct result_part *part = &v->parts[i];
        buf_printf(p->out, "  %s: %s\n", split_words(p->a, p->lang, v->splits[i]),
                   result_pair(p->a, part->has_fraction, part->has_fraction ? part->part : part->value, part->whole));
    }
}

enum err observation_explain(struct arena *a, struct db_read *db, const struct lang *lang,
                             const struct identity *who, const struct record *r, struct buf *out,
                             struct err_info *e)
{
    struct record *indicator;
    struct result_lines lines;
    char today[11];
    clock_today(today);
    enum err err = store_get(db, a, &entity_indicator, record_text(r, "indicator_id"), &indicator, e);
    if (err == ERR_NONE) {
        const char *programme_id = record_text(indicator, "programme_id");
        const struct result_ask ask = {.programme_id = programme_id, .indicator_id = indicator->id, .today = today,
                                       .records = RECORDS_OF_WORDS, .parts = result_may_see_parts(who, programme_id)};
        err = result_lines_load(db, a, &ask, &lines, e);
    }
    if (err != ERR_NONE || lines.n == 0) {
        return err;
    }
    struct record *programme;
    err = store_get(db, a, model_find("programme"), record_text(indicator, "programme_id"), &programme, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct pen p = {a, lang, out, &lines.items[0], (size_t)codes_count(record_text(programme, "countries"))};
    buf_printf(out, "%s: %s\n", tr(lang, MSG("Indicator")), record_title(indicator));
    for (size_t i = 0; i < p.line->n_values; i++) {
        if (strcmp(p.line->entries[i].id, r->id) == 0) {
            write_value(&p, i);
            write_cells(&p, &p.line->values[i]);
        }
    }
    return ERR_NONE;
}

// ---- a result: what its indicators say ------------------------------------------------------------

// "4.3.3-R04.1, put together: 222 (1.1/I1 182, 1.2/I9 40)", and what the indicator at the result itself says.
static void write_branch(struct arena *a, const struct lang *lang, const struct result_branch *b, struct buf *out)
{
    buf_printf(out, "%s\n", tr_f(a, lang, MSG("{0}, put together from results below: {1}"), b->row,
                                 result_branch_sum(a, lang, b), NULL));
    for (size_t i = 0; i < b->n; i++) {
        const struct result_line *line = b->below[i];
        buf_printf(out, "  %s: %s%s%s\n", record_text(line->record, "code"),
                   result_total_words(a, lang, line->rule.unit, &line->total), b->why[i] == TOGETHER_IN ? "" : ", ",
                   b->why[i] == TOGETHER_IN ? "" : result_branch_why(a, lang, b->why[i]));
    }
    if (b->sum.same_people) {
        buf_printf(out, "  %s\n", tr(lang, MSG("The same people may be in several of them: their shares are not added up.")));
    }
    if (b->has_difference) {
        buf_printf(out, "  %s\n", result_branch_own(a, lang, b));
    }
}

enum err result_explain(struct arena *a, struct db_read *db, const struct lang *lang,
                        const struct identity *who, const struct record *r, struct buf *out,
                        struct err_info *e)
{
    struct record **results;
    struct result_lines lines;
    size_t n, counts[STANDING_COUNT] = {0};
    char today[11];
    (void)who;
    clock_today(today);
    const char *programme_id = record_text(r, "programme_id");
    enum err err = store_list_by(db, a, &entity_result, "programme_id", programme_id, &results, &n, e);
    if (err == ERR_NONE) {
        err = result_lines_load(db, a, &(struct result_ask){.programme_id = programme_id, .today = today}, &lines, e);
    }
    for (size_t i = 0; err == ERR_NONE && i < lines.n; i++) {
        const struct result_line *line = &lines.items[i];
        const struct record *k = line->record;
        if (strcmp(record_text(k, "state"), "active") != 0 ||
            !result_is_below(results, n, record_text(k, "result_id"), r->id)) {
            continue;
        }
        counts[line->progress.standing]++;
        buf_printf(out, "  %s %s: %s. %s\n", record_text(k, "code"), record_title(k),
                   result_total_words(a, lang, line->rule.unit, &line->total),
                   result_standing_words(lang, line->progress.standing));
    }
    struct result_branch *branches;
    size_t n_branches = err == ERR_NONE ? result_tree_of(a, results, n, &lines, r->id, &branches) : 0;
    for (size_t i = 0; i < n_branches; i++) {
        write_branch(a, lang, &branches[i], out);
    }
    for (int s = 0; err == ERR_NONE && s < STANDING_COUNT; s++) {
        if (counts[s] > 0) {
            buf_printf(out, "%s: %zu\n", result_standing_words(lang, (enum result_standing)s), counts[s]);
        }
    }
    return err;
}
