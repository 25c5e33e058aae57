// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_tree_web.c: what the results below the one that is shown say together. The rule is in result_tree.h.

#include "dashboard/dashboard_programme_web.h"
#include "programme/programme_web.h"
#include "result/result_tree.h"
#include "result/result_words.h"

// The lines as they are shown: narrowed to a period or a country.
static struct result_lines lines_of(struct arena *a, const struct dashboard *d)
{
    struct result_lines lines = {.items = ARENA_ARRAY(a, struct result_line, d->n + 1), .n = d->n};
    for (size_t i = 0; i < d->n; i++) {
        lines.items[i] = d->items[i].line;
    }
    return lines;
}

static const struct html_figure *figure_of(struct req *r, const struct result_branch *b)
{
    struct html_figure *f = ARENA_MAKE(r->arena, struct html_figure);
    *f = (struct html_figure){
        .shown = result_branch_sum(r->arena, r->lang, b),
        .exact = tr_n(r->arena, r->lang, MSG("One indicator is in it"), MSG("{0} indicators are in it"),
                      (int64_t)b->sum.n_in),
        .rule = b->sum.has_least ? tr(r->lang, MSG("The same person can be counted in several results: at least the "
                                                   "largest of them, at most their sum."))
                : b->sum.same_people
                    ? tr(r->lang, MSG("The same people may be in several of them: their shares are not added up."))
                    : tr(r->lang, MSG("Counts are added up; shares through their part and whole; nothing else.")),
        .records = "#table",
    };
    return f;
}

static struct dashboard_leaf *below_of(struct req *r, const struct result_branch *b)
{
    struct dashboard_leaf *leaves = ARENA_ARRAY(r->arena, struct dashboard_leaf, b->n + 1);
    for (size_t i = 0; i < b->n; i++) {
        const struct result_line *line = b->below[i];
        leaves[i] = (struct dashboard_leaf){
            .code = record_text(line->record, "code"),
            .address = programme_address(r, url_make(r->arena, "/indicators/{0}", line->record->id, NULL)),
            .value = result_total_words(r->arena, r->lang, line->rule.unit, &line->total),
            .why = b->why[i] == TOGETHER_IN ? NULL : result_branch_why(r->arena, r->lang, b->why[i]),
        };
    }
    return leaves;
}

void dashboard_fill_tree(struct req *r, const struct dashboard *d, struct dashboard_programme_view *v)
{
    struct result_branch *branches;
    if (d->top == NULL) {
        return;
    }
    const struct result_lines lines = lines_of(r->arena, d);
    size_t n = result_tree_of(r->arena, d->results, d->n_results, &lines, d->top->id, &branches);
    v->branches = ARENA_ARRAY(r->arena, struct dashboard_branch, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct result_branch *b = &branches[i];
        v->branches[v->n_branches++] = (struct dashboard_branch){
            .title = record_text((b->own == NULL ? b->below[0] : b->own)->record, "title"),
            .row = b->row,
            .figure = figure_of(r, b),
            .own = b->has_difference ? result_branch_own(r->arena, r->lang, b) : NULL,
            .below = below_of(r, b),
            .n = b->n,
        };
    }
}
