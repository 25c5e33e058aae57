// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_tree_words.c: what stands up the tree, in words. See result_tree.h.

#include "result/result_tree.h"
#include "result/result_words.h"

const char *result_branch_sum(struct arena *a, const struct lang *lang, const struct result_branch *b)
{
    const struct result_total sum = {.figure = b->sum.figure, .has_least = b->sum.has_least, .least = b->sum.least};
    return result_total_words(a, lang, b->unit, &sum);
}

const char *result_branch_why(struct arena *a, const struct lang *lang, enum result_why_not why)
{
    const char *words = why == TOGETHER_NO_VALUE     ? tr(lang, MSG("no value yet"))
                        : why == TOGETHER_OTHER_UNIT ? tr(lang, MSG("another unit"))
                        : why == TOGETHER_OTHER_RULE ? tr(lang, MSG("another rule over time"))
                                                     : tr(lang, MSG("not added up"));
    return tr_f(a, lang, MSG("not in it: {0}"), words, NULL);
}

const char *result_branch_own(struct arena *a, const struct lang *lang, const struct result_branch *b)
{
    return tr_f(a, lang, MSG("{0}, at this result itself: {1}; less those below: {2}"),
                record_text(b->own->record, "code"),
                result_total_words(a, lang, b->own->rule.unit, &b->own->total),
                result_pair(a, b->sum.figure.is_fraction, b->difference, b->difference_whole), NULL);
}
