// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_explain_store.c: which values a release was counted from, for `mainstay explain release`. Only who works with
// the records has releases explained at all (entity_release, for_work).

#include <string.h>

#include "base/buf.h"
#include "place/place.h"
#include "release/release_record.h"
#include "result/result.h"
#include "result/result_lines.h"
#include "result/result_words.h"
#include "store/store.h"

// Within the days of one of its periods.
static bool is_counted(const struct release_entry *x, const struct result_entry *value)
{
    bool in = false;
    for (int i = 0; value->state >= STATE_APPROVED && value->state != STATE_RETURNED && i < x->n_periods; i++) {
        in = in || (strcmp(value->from, x->periods[i].from) >= 0 && strcmp(value->to, x->periods[i].to) <= 0);
    }
    return in;
}

enum err release_explain(struct arena *a, struct db_read *db, const struct lang *lang, const struct identity *who,
                         const struct record *r, struct buf *out, struct err_info *e)
{
    (void)who;
    struct release_entry entry;
    struct record *indicator;
    struct result_lines lines;
    const char *today = release_today(a);
    if (!release_entry_of(a, r, &entry)) {
        return ERR_NONE;
    }
    enum err err = store_get(db, a, &entity_indicator, record_text(r, "indicator_id"), &indicator, e);
    if (err == ERR_NONE) {
        const struct result_ask ask = {.programme_id = record_text(r, "programme_id"), .indicator_id = indicator->id,
                                       .today = today};
        err = result_lines_load(db, a, &ask, &lines, e);
    }
    if (err != ERR_NONE || lines.n == 0) {
        return err;
    }
    const struct result_line *line = &lines.items[0];
    buf_printf(out, "%s\n",
               tr_f(a, lang,
                    MSG("Rule: every count by {0} was rounded once to a multiple of {1}; totals and percentages come from "
                        "the rounded counts."),
                    record_text(r, "split_by"), arena_printf(a, "%d", entry.table.base), NULL));
    buf_printf(out, "%s\n",
               tr_f(a, lang, MSG("Approved values of {0} in its days, as they are now:"), record_code(indicator), NULL));
    for (size_t i = 0; i < line->n_values; i++) {
        const struct result_entry *v = &line->entries[i];
        if (is_counted(&entry, v)) {
            buf_printf(out, "  %s%s%s: %s (%s), %s\n", result_period(a, lang, v->from, v->to),
                       v->place[0] == '\0' ? "" : ", ", v->place[0] == '\0' ? "" : tr(lang, country_name(v->place)),
                       result_figure_words(a, lang, line->rule.unit, &line->values[i].figure),
                       result_state_words(lang, v->state), v->id);
        }
    }
    for (int i = 0; i < entry.n_periods; i++) {
        const struct release_period *p = &entry.periods[i];
        if (strcmp(p->drawn, entry.name) != 0) {
            buf_printf(out, "%s\n", tr_f(a, lang, MSG("{0} is copied from the release “{1}”."),
                                         release_period_label(a, p), p->drawn, NULL));
        }
    }
    size_t n_far;
    err = release_recount(db, a, r, today, &n_far, e);
    if (err == ERR_NONE && n_far > 0) {
        buf_printf(out, "%s\n",
                   tr_f(a, lang, MSG("Counts that are further from the records now than rounding explains: {0}."),
                        arena_printf(a, "%zu", n_far), NULL));
    }
    return err;
}
