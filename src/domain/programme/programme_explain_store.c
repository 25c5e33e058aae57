// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_explain_store.c: what stands behind the totals of a programme, in lines of text for
// `mainstay explain programme`: they are typed, and these are the rows they can be compared with.

#include <string.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "place/place.h"
#include "programme/programme.h"
#include "programme/programme_store.h"

// Sum of a money field over those records of a kind that have it.
static enum err add_up(struct arena *a, struct db_read *db, const char *kind, const char *field,
                       const char *programme_id, const char *row, int64_t *sum, size_t *with,
                       size_t *without, struct err_info *e)
{
    struct record **all;
    size_t n;
    *sum = 0;
    *with = *without = 0;
    enum err err =
        store_list_by(db, a, model_find(kind), "programme_id", programme_id, &all, &n, e);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        if (row != NULL && strcmp(record_text(all[i], "row"), row) != 0) {
            continue;
        }
        *sum += record_int(all[i], field);
        *with += record_is_set(all[i], field);
        *without += !record_is_set(all[i], field);
    }
    return err;
}

enum err programme_explain(struct arena *a, struct db_read *db, const struct lang *lang,
                           const struct identity *who, const struct record *r, struct buf *out,
                           struct err_info *e)
{
    (void)who;
    static const struct {
        const char *kind, *field, *row, *text;
    } sums[] = {
        {"budget", "approved", "year", MSG("Approved budgets of {0} years added up: {1}; years without one: {2}")},
        {"budget", "spent", "year", MSG("Expenditure of {0} years added up: {1}; years without one: {2}")},
        {"pledge", "amount", NULL, MSG("{0} pledges added up: {1}; pledges without a known amount: {2}")},
    };
    const char *currency = record_text(r, "currency");
    int digits = currency_minor_digits(currency);
    buf_printf(out, "  %s\n",
               tr(lang, MSG("The approved and the overall budget are typed as printed; they are not added up from the rows below.")));
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++) {
        int64_t sum;
        size_t with, without;
        enum err err = add_up(a, db, sums[i].kind, sums[i].field, r->id, sums[i].row, &sum, &with,
                              &without, e);
        if (err != ERR_NONE) {
            return err;
        }
        buf_printf(out, "  %s\n",
                   tr_f(a, lang, sums[i].text, arena_printf(a, "%zu", with),
                        money_for_people(a, currency, sum, digits < 0 ? 2 : digits),
                        arena_printf(a, "%zu", without), NULL));
    }
    return ERR_NONE;
}
