// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_below.c: see result_below.h.

#include "result/result_below.h"

#include <string.h>

#include "base/date.h"
#include "base/decimal.h"
#include "result/result_words.h"

static bool is_below(const struct result_rule *rule, const struct result_entry *whole, const struct result_entry *x)
{
    int from = strcmp(x->from, whole->from);
    int to = strcmp(x->to, whole->to);
    bool within = result_rule_of(rule->unit, rule->over) == OVER_CUMULATIVE ? from >= 0 && to <= 0 : from == 0 && to == 0;
    return within && x->place[0] != '\0';
}

static int64_t days_of(const struct result_entry *x)
{
    return date_to_days(x->to) - date_to_days(x->from) + 1;
}

// Entries are sorted by the last day of their period, and what lies within a period ends within it: the first that ends
// not before this day.
static size_t first_from(const struct result_entry *entries, size_t n, const char *day)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(entries[middle].to, day) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

// Can the whole be v, where the countries come to at most `sum` (at least `least`)? What is complete comes to the whole;
// else something is still to come.
static bool fits(int64_t v, int64_t sum, int64_t least, bool complete)
{
    return v >= least && (!complete || v <= sum);
}

struct result_below result_below_of(struct arena *a, const struct result_rule *rule, const struct result_entry *entries,
                                    size_t n, size_t at, size_t n_countries)
{
    const struct result_entry *whole = &entries[at];
    const struct result_figure figure = result_figure_of(rule->unit, whole);
    struct result_below out = {0};
    int64_t days = 0;
    size_t n_below = 0;
    if (whole->place[0] != '\0' || whole->state == STATE_RETURNED || !figure.known || rule->unit == UNIT_YES_NO) {
        return out;
    }
    size_t first = first_from(entries, n, whole->from), end = first;
    while (end < n && strcmp(entries[end].to, whole->to) <= 0) {
        n_below += is_below(rule, whole, &entries[end++]);
    }
    if (n_below == 0) {
        return out;
    }
    struct result_entry *below = ARENA_ARRAY(a, struct result_entry, n_below + 1);
    bool *used = ARENA_ARRAY(a, bool, n_below + 1);
    n_below = 0;
    for (size_t i = first; i < end; i++) {
        if (is_below(rule, whole, &entries[i])) {
            below[n_below++] = entries[i];
        }
    }
    result_used(rule, below, n_below, used);
    const struct result_total t = result_total_of(rule, below, n_below, used);
    if (!t.figure.known || t.overlap || t.figure.is_fraction != figure.is_fraction) {
        return out;
    }
    for (size_t i = 0; i < n_below; i++) {
        days += used[i] ? days_of(&below[i]) : 0;
    }
    out = (struct result_below){.n_places = t.n_places, .sum = t.figure, .has_least = t.has_least, .least = t.least};
    out.complete = t.n_places == n_countries && days == (int64_t)n_countries * days_of(whole);
    if (figure.is_fraction) {
        out.difference = figure.part - t.figure.part;
        out.difference_whole = figure.whole - t.figure.whole;
        out.contradicts = !fits(figure.part, t.figure.part, t.figure.part, out.complete) ||
                          !fits(figure.whole, t.figure.whole, t.figure.whole, out.complete);
    } else {
        out.difference = figure.scaled - t.figure.scaled;
        out.contradicts = !fits(figure.scaled, t.figure.scaled, t.has_least ? t.least : t.figure.scaled, out.complete);
    }
    return out;
}

const char *result_below_words(struct arena *a, const struct lang *lang, const struct result_below *b)
{
    bool share = b->sum.is_fraction;
    if (b->n_places == 0) {
        return NULL;
    }
    return tr_f(a, lang,
                b->has_least ? MSG("The countries ({0}) come to at least {3}, at most {1}; this value less the most is {2}.")
                             : MSG("The countries ({0}) come to {1}; this value less these is {2}."),
                arena_printf(a, "%zu", b->n_places), result_pair(a, share, share ? b->sum.part : b->sum.scaled, b->sum.whole),
                result_pair(a, share, b->difference, b->difference_whole), result_plain(a, b->least, DECIMAL_PLACES), NULL);
}
