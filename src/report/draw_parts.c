// SPDX-License-Identifier: AGPL-3.0-or-later
//
// draw_parts.c: see draw_parts.h.

#include "report/draw_parts.h"

#include "base/bug.h"

int report_facts_of(const struct lang *lang, const struct report_explanation *x,
                    struct report_fact facts[REPORT_FACTS])
{
    const struct report_fact all[REPORT_FACTS] = {
        {tr(lang, MSG("Means")), x->means},     {tr(lang, MSG("Period")), x->period},
        {tr(lang, MSG("Rule")), x->rule},       {tr(lang, MSG("Cut-off")), x->cut_off},
        {tr(lang, MSG("State")), x->state},     {tr(lang, MSG("Source")), x->source},
    };
    int n = 0;
    for (int i = 0; i < REPORT_FACTS; i++) {
        if (all[i].text != NULL && all[i].text[0] != '\0') {
            facts[n++] = all[i];
        }
    }
    return n;
}

bool report_column_is_number(const struct report_column *c)
{
    return c->kind == REPORT_COLUMN_NUMBER || c->kind == REPORT_COLUMN_PERCENT ||
           c->kind == REPORT_COLUMN_MONEY;
}

const struct report_explanation *report_explanation_of(const struct report *r, int number)
{
    ensure(number >= 0 && number <= r->n_explanations);
    return number == 0 ? NULL : &r->explanations[number - 1];
}

const char *report_table_name(struct arena *a, const struct report *r, int number)
{
    return tr_f(a, r->lang, MSG("Table {0}"), arena_printf(a, "%d", number), NULL);
}
