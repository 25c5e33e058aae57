// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_units.c: what a reader of all releases of an indicator knows together (release_ledger_tables).
//
// Time is cut at every first and last day of any release, and each piece again where people came since it was
// counted first. These units are apart from each other, so every release is a sum of some of them. Method:
// docs/disclosure.md, "Ledger", "Units".

#include <string.h>

#include "base/date.h"
#include "base/sort.h"
#include "release/release_ledger.h"

// Days at which something begins: the first of a period and the one after its last. Sorted, each once.
struct cuts {
    int64_t *days;
    int n;
};

static int by_day(const void *x, const void *y)
{
    const int64_t *a = x;
    const int64_t *b = y;
    return *a < *b ? -1 : *a > *b;
}

static struct cuts cuts_of(struct arena *a, const struct release_entry *const *all, int n)
{
    int most = 0;
    for (int i = 0; i < n; i++) {
        most += 2 * all[i]->n_periods;
    }
    struct cuts c = {.days = ARENA_ARRAY(a, int64_t, (size_t)most + 1)};
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < all[i]->n_periods; k++) {
            c.days[c.n++] = date_to_days(all[i]->periods[k].from);
            c.days[c.n++] = date_to_days(all[i]->periods[k].to) + 1;
        }
    }
    sort_items(c.days, (size_t)c.n, sizeof *c.days, by_day);
    int kept = 0;
    for (int i = 0; i < c.n; i++) {
        if (kept == 0 || c.days[kept - 1] != c.days[i]) {
            c.days[kept++] = c.days[i];
        }
    }
    c.n = kept;
    return c;
}

// Category of its periods in which a release counts the days from `day` on; -1: none.
static int period_at(const struct release_entry *x, int64_t day)
{
    for (int k = 0; k < x->n_periods; k++) {
        if (date_to_days(x->periods[k].from) <= day && day <= date_to_days(x->periods[k].to)) {
            return k;
        }
    }
    return -1;
}

static int named(const struct release_entry *const *all, int n, const char *name)
{
    int i = 0;
    while (i < n && strcmp(all[i]->name, name) != 0) {
        i++;
    }
    return i < n ? i : -1;
}

// How many waves of a piece of time each release counts: the first, and after each draw of an open period those who
// came since. Counted on the same day, or after it closed: the same people. Returns the number of waves.
static int waves_of(const struct release_entry *const *all, int n, int64_t day, int *wave)
{
    int waves = 0;
    bool closed = false;
    const char *cutoff = "";
    for (int i = 0; i < n; i++) {
        int k = period_at(all[i], day);
        wave[i] = 0;
        if (k < 0) {
            continue;
        }
        const struct release_period *p = &all[i]->periods[k];
        int from = strcmp(p->drawn, all[i]->name) == 0 ? -1 : named(all, i, p->drawn);
        bool same = waves > 0 && (closed || strcmp(cutoff, all[i]->cutoff_on) == 0);
        wave[i] = from >= 0 && wave[from] > 0 ? wave[from] : same ? waves : ++waves;
        closed = closed || p->closed;
        cutoff = from < 0 ? all[i]->cutoff_on : cutoff;
    }
    return waves;
}

// Those that have days in common with the last, by themselves or through others, in their order.
static int connected(struct arena *a, const struct release_entry *all, int n, const struct release_entry **out)
{
    bool *in = ARENA_ARRAY(a, bool, (size_t)n);
    in[n - 1] = true;
    for (bool more = true; more;) {
        more = false;
        for (int i = 0; i < n * n; i++) {
            const struct release_entry *x = &all[i / n];
            const struct release_entry *y = &all[i % n];
            bool meet = false;
            for (int k = 0; in[i / n] && !in[i % n] && k < x->n_periods * y->n_periods; k++) {
                meet = meet || release_periods_meet(&x->periods[k / y->n_periods], &y->periods[k % y->n_periods]);
            }
            in[i % n] = in[i % n] || meet;
            more = more || meet;
        }
    }
    int n_out = 0;
    for (int i = 0; i < n; i++) {
        if (in[i]) {
            out[n_out++] = &all[i];
        }
    }
    return n_out;
}

enum err release_ledger_tables(struct arena *a, const struct release_entry *all, int n, struct release_table *out,
                               int *n_out, struct err_info *e)
{
    const struct release_entry **kept = ARENA_ARRAY(a, const struct release_entry *, (size_t)n);
    int n_kept = connected(a, all, n, kept);
    if (n_kept > RELEASE_MAX_TABLES) {
        return err_set(e, ERR_INPUT, NULL, MSG("There are too many earlier releases of these people to prove that "
                                               "nothing can be worked out."),
                       MSG("Choose days that are not among the earlier ones."), NULL);
    }
    struct cuts cuts = cuts_of(a, kept, n_kept);
    int *wave = ARENA_ARRAY(a, int, (size_t)(cuts.n * n_kept));
    int *first = ARENA_ARRAY(a, int, (size_t)cuts.n + 1); // unit with which each piece of time begins
    int units = 0;
    for (int c = 0; c < cuts.n; c++) {
        first[c] = units;
        units += waves_of(kept, n_kept, cuts.days[c], &wave[c * n_kept]);
    }
    first[cuts.n] = units;
    const char **names = ARENA_ARRAY(a, const char *, (size_t)units);
    for (int u = 0; u < units; u++) {
        names[u] = arena_printf(a, "%d", u);
    }
    for (int i = 0; i < n_kept; i++) {
        const struct release_entry *x = kept[i];
        bool *covers = ARENA_ARRAY(a, bool, (size_t)(units * x->n_periods));
        for (int c = 0; c < cuts.n; c++) {
            int k = period_at(x, cuts.days[c]);
            for (int w = 0; k >= 0 && w < wave[c * n_kept + i]; w++) {
                covers[k * units + first[c] + w] = true;
            }
        }
        struct release_units *of = ARENA_MAKE(a, struct release_units);
        *of = (struct release_units){.of = {.name = "", .categories = names, .n = units},
                                     .by = x->period, .covers = covers};
        out[i] = x->table;
        out[i].units = of;
    }
    *n_out = n_kept;
    return ERR_NONE;
}
