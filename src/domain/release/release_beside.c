// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_beside.c: see release_beside.h.

#include "release/release_beside.h"

#include <sodium.h>
#include <string.h>

#include "release/release_limits.h"
#include "release/release_share.h"

// Of small tables, where one draw in a few may say too much; a large one takes seconds.
#define MOST_DRAWS 60
#define DRAWS_OF_LARGE 4
#define LARGE_CELLS 2000

static int64_t least(int64_t rounded, int base)
{
    return rounded < base ? 0 : rounded - base + 1;
}

struct release_interval release_beside_total(const int64_t *line, int n, int at, int64_t total, int base)
{
    int64_t low = 0; // of the others
    int64_t high = 0;
    for (int i = 0; i < n; i++) {
        low += i == at ? 0 : least(line[i], base);
        high += i == at ? 0 : line[i] + base - 1;
    }
    struct release_interval of = {least(line[at], base), line[at] + base - 1};
    of.low = total - high > of.low ? total - high : of.low;
    of.high = total - low < of.high ? total - low : of.high;
    return of;
}

// Totals are seen by country and period, and of shares by part and whole; not by characteristics of people.
static bool is_seen(const struct release_dimension *d)
{
    return strcmp(d->name, RELEASE_PERIOD) == 0 || strcmp(d->name, "country") == 0 ||
           strcmp(d->name, RELEASE_SHARE) == 0;
}

static bool drawn_now(const struct release_entry *next, int period)
{
    return strcmp(next->periods[period].drawn, next->name) == 0;
}

// The cell in which everything that is not seen is summed.
static size_t total_over(const struct release_frame *f, size_t cell)
{
    for (int d = 0; d < f->n; d++) {
        cell += is_seen(&f->of[d]) ? 0 : (size_t)(f->of[d].n - release_category(f, cell, d)) * f->step[d];
    }
    return cell;
}

// How far before a total the inner cells below it lie, in `out`: the same for every total.
static int line_of(const struct release_frame *f, size_t *out)
{
    int n = 0;
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        bool first = release_summed(f, cell) == 0;
        for (int d = 0; first && d < f->n; d++) {
            first = !is_seen(&f->of[d]) || release_category(f, cell, d) == 0;
        }
        if (first) {
            out[n++] = total_over(f, cell) - cell;
        }
    }
    return n;
}

static bool line_stands(const struct release_cube *exact, const struct release_cube *rounded, int base, size_t total,
                        const size_t *before, int64_t *line, int n)
{
    int64_t sum = exact->counts[total];
    int64_t wanted = sum < base - 1 ? sum : base - 1;
    bool stands = true;
    for (int i = 0; i < n; i++) {
        line[i] = rounded->counts[total - before[i]];
    }
    for (int i = 0; n > 1 && stands && i < n; i++) {
        const struct release_interval of = release_beside_total(line, n, i, sum, base);
        stands = of.high - of.low >= wanted;
    }
    return stands;
}

static bool totals_stand(struct arena *a, const struct release_entry *next, const struct release_cube *exact,
                         const struct release_cube *rounded, int base)
{
    const struct release_frame *f = rounded->frame;
    size_t *before = ARENA_ARRAY(a, size_t, f->n_inner);
    int64_t *line = ARENA_ARRAY(a, int64_t, f->n_inner);
    int n = line_of(f, before);
    bool characteristics = false;
    bool stands = true;
    for (int d = 0; d < f->n; d++) {
        characteristics = characteristics || !is_seen(&f->of[d]);
    }
    for (size_t total = 0; characteristics && stands && total < f->n_cells; total++) {
        bool inner = total_over(f, total) == total;
        for (int d = 0; inner && d < f->n; d++) {
            inner = !is_seen(&f->of[d]) || release_category(f, total, d) < f->of[d].n;
        }
        if (inner && drawn_now(next, next->period < 0 ? 0 : release_category(f, total, next->period))) {
            stands = line_stands(exact, rounded, base, total, before, line, n);
        }
    }
    return stands;
}

// What decided that the table was made is no bound that the rounded counts do not show as well: people enough for its
// cells, and enough people since an earlier draw.
static bool rules_stand(const struct release_entry *next, const struct release_cube *rounded)
{
    const struct release_frame *f = rounded->frame;
    bool stand = !release_is_thin(rounded);
    for (int k = 0; k < next->n_periods; k++) {
        const struct release_period *p = &next->periods[k];
        size_t all = release_grand_total(f);
        size_t total = next->period < 0 ? all
                                        : all - (size_t)(f->of[next->period].n - k) * f->step[next->period];
        int64_t change = rounded->counts[total] - p->before;
        stand = stand && (!drawn_now(next, k) || (change < 0 ? -change : change) >= p->away);
    }
    return stand;
}

bool release_stands_beside(struct arena *a, const struct release_entry *next, const struct release_cube *exact,
                           const struct release_cube *rounded, int base)
{
    return rules_stand(next, rounded) && totals_stand(a, next, exact, rounded, base);
}

enum err release_draw_beside(struct arena *a, const struct release_entry *next, const struct release_cube *exact,
                             const struct release_cube *counts, int base, const unsigned char seed[RELEASE_SEED_BYTES],
                             struct release_drawn *out, struct err_info *e)
{
    unsigned char use[RELEASE_SEED_BYTES];
    unsigned char before[RELEASE_SEED_BYTES];
    int most = counts->frame->n_cells > LARGE_CELLS ? DRAWS_OF_LARGE : MOST_DRAWS;
    bool stands = false;
    enum err err = ERR_NONE;
    memcpy(use, seed, sizeof use);
    for (int i = 0; err == ERR_NONE && !stands && i < most; i++) {
        err = release_draw(a, counts, base, use, out, e);
        stands = err == ERR_NONE && release_stands_beside(a, next, exact, out->rounded, base);
        memcpy(before, use, sizeof before);
        crypto_generichash(use, sizeof use, before, sizeof before, (const unsigned char *)"another draw", 12);
    }
    sodium_memzero(use, sizeof use);
    sodium_memzero(before, sizeof before);
    return err != ERR_NONE || stands
               ? err
               : err_set(e, ERR_INPUT, "by",
                         MSG("Whoever sees the exact totals of the programme could narrow down counts of this table."),
                         MSG("Leave out the country, the period or a characteristic, or wait until there are more "
                             "people."),
                         NULL);
}
