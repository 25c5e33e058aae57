// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_figure_web.c: see result_figure_web.h.

#include "result/result_figure_web.h"

#include "base/date.h"
#include "result/result_narrow.h"
#include "result/result_words.h"

const char *result_means_of(const struct result_line *line)
{
    const char *definition = record_text(line->record, "definition");
    return definition[0] != '\0' ? definition : record_text(line->record, "title");
}

const char *result_fraction_words(struct req *r, const struct result_line *line,
                                  const struct result_figure *f)
{
    const char *number = result_figure_words(r->arena, r->lang, line->rule.unit, f);
    return !f->is_fraction
               ? number
               : tr_f(r->arena, r->lang, MSG("{0} of {1}: {2}"),
                      result_plain(r->arena, f->part, 6), result_plain(r->arena, f->whole, 6),
                      number, NULL);
}

struct html_figure *result_total_figure(struct req *r, const struct result_line *line, const char *records)
{
    const struct result_total *t = &line->total;
    struct html_figure *f = ARENA_MAKE(r->arena, struct html_figure);
    *f = (struct html_figure){
        .shown = result_total_words(r->arena, r->lang, line->rule.unit, t),
        .exact = result_fraction_words(r, line, &t->figure),
        .means = result_means_of(line),
        .rule = result_rule_words(r->arena, r->lang, &line->rule, t),
        .records = records,
    };
    if (t->n_used > 0) {
        f->period = result_period(r->arena, r->lang, t->from, t->to);
        f->cut_off = date_for_people(r->arena, r->lang, t->to);
        f->state = result_state_words(r->lang, t->state);
        const char *covered = result_covered_words(r->arena, r->lang, line, r->programme);
        f->source = tr_n(r->arena, r->lang, MSG("One value"), MSG("{0} values"), (int64_t)t->n_used);
        f->source = covered == NULL ? f->source : arena_printf(r->arena, "%s, %s", f->source, covered);
    }
    if (t->n_used > 0 && !t->figure.known) {
        f->exact = result_unknown_words(r->lang, t);
    }
    return f;
}
