// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_loss.c: how much a rounded cube differs from the counts it was made of.
//
// Measures: those of the handbook on statistical disclosure control (Hundepool and others, 2012, chapter 5)
// that can be compared with published trials. For whoever holds the counts; never published as they are.

#include <math.h>

#include "release/release.h"

#include "base/sort.h"

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void measure_margins(struct arena *a, const struct release_cube *exact,
                            const struct release_cube *rounded, struct release_loss *out)
{
    const struct release_frame *f = exact->frame;
    int64_t *errors = ARENA_ARRAY_UNSET(a, int64_t, f->n_cells);
    double sum = 0;
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        if (release_summed(f, cell) > 0) {
            int64_t error = rounded->counts[cell] - exact->counts[cell];
            errors[out->n_margins++] = error < 0 ? -error : error;
            sum += (double)errors[out->n_margins - 1];
        }
    }
    sort_items(errors, out->n_margins, sizeof *errors, by_size);
    out->margin_mean = sum / (double)out->n_margins;
    // the smallest error that nine tenths of the margins do not pass
    out->margin_p90 = errors[(out->n_margins * 9 + 9) / 10 - 1];
    out->margin_max = errors[out->n_margins - 1];
    size_t total = release_grand_total(f);
    out->total_error = rounded->counts[total] - exact->counts[total];
}

static double hellinger(const struct release_cube *exact, const struct release_cube *rounded)
{
    const struct release_frame *f = exact->frame;
    size_t total = release_grand_total(f);
    if (exact->counts[total] == 0 || rounded->counts[total] == 0) {
        return exact->counts[total] == rounded->counts[total] ? 0 : 1;
    }
    double sum = 0;
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        if (release_summed(f, cell) == 0) {
            double p = sqrt((double)exact->counts[cell] / (double)exact->counts[total]);
            double q = sqrt((double)rounded->counts[cell] / (double)rounded->counts[total]);
            sum += (p - q) * (p - q);
        }
    }
    return sqrt(sum / 2);
}

// ---- rankings ------------------------------------------------------------------------------------------

struct ranked {
    int64_t count;
    size_t at;
};

static int by_count(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;
    return (x->count > y->count) - (x->count < y->count);
}

// Equal counts share the mean of their places.
static double *ranks(struct arena *a, const struct release_cube *c)
{
    const struct release_frame *f = c->frame;
    struct ranked *list = ARENA_ARRAY_UNSET(a, struct ranked, f->n_inner);
    double *out = ARENA_ARRAY_UNSET(a, double, f->n_inner);
    size_t n = 0;
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        if (release_summed(f, cell) == 0) {
            list[n] = (struct ranked){c->counts[cell], n};
            n++;
        }
    }
    sort_items(list, n, sizeof *list, by_count);
    for (size_t i = 0; i < n;) {
        size_t end = i;
        while (end < n && list[end].count == list[i].count) {
            end++;
        }
        for (size_t k = i; k < end; k++) {
            out[list[k].at] = (double)(i + end - 1) / 2;
        }
        i = end;
    }
    return out;
}

static double spearman(struct arena *a, const struct release_cube *exact,
                       const struct release_cube *rounded)
{
    const double *x = ranks(a, exact);
    const double *y = ranks(a, rounded);
    size_t n = exact->frame->n_inner;
    double middle = (double)(n - 1) / 2;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (size_t i = 0; i < n; i++) {
        xx += (x[i] - middle) * (x[i] - middle);
        yy += (y[i] - middle) * (y[i] - middle);
        xy += (x[i] - middle) * (y[i] - middle);
    }
    if (xx <= 0 || yy <= 0) {
        return xx <= 0 && yy <= 0 ? 1 : 0;
    }
    return xy / sqrt(xx * yy);
}

// ---- association of two dimensions --------------------------------------------------------------------

// The margin by dimensions d and e, at these categories.
static size_t pair_cell(const struct release_frame *f, int d, int i, int e, int k)
{
    return release_grand_total(f) - (size_t)(f->of[d].n - i) * f->step[d] -
           (size_t)(f->of[e].n - k) * f->step[e];
}

static double cramer(const struct release_cube *c, int d, int e)
{
    const struct release_frame *f = c->frame;
    double total = (double)c->counts[release_grand_total(f)];
    int least = f->of[d].n < f->of[e].n ? f->of[d].n : f->of[e].n;
    double sum = 0;
    for (int i = 0; i < f->of[d].n; i++) {
        for (int k = 0; k < f->of[e].n; k++) {
            double expected = (double)c->counts[pair_cell(f, d, i, e, f->of[e].n)] *
                              (double)c->counts[pair_cell(f, d, f->of[d].n, e, k)];
            if (expected > 0) {
                double count = (double)c->counts[pair_cell(f, d, i, e, k)];
                sum += (count * total - expected) * (count * total - expected) / expected;
            }
        }
    }
    return least < 2 || total <= 0 ? 0 : sqrt(sum / total / total / (least - 1));
}

void release_loss_measure(struct arena *a, const struct release_cube *exact,
                          const struct release_cube *rounded, int base, struct release_loss *out)
{
    const struct release_frame *f = exact->frame;
    *out = (struct release_loss){.n_cells = f->n_cells, .n_inner = f->n_inner};
    for (size_t cell = 0; cell < f->n_cells; cell++) {
        if (release_summed(f, cell) == 0) {
            out->n_zero += exact->counts[cell] == 0;
            out->n_small += exact->counts[cell] > 0 && exact->counts[cell] < base;
        }
    }
    measure_margins(a, exact, rounded, out);
    out->hellinger = hellinger(exact, rounded);
    out->rank_correlation = spearman(a, exact, rounded);
    for (int d = 0; d < f->n; d++) {
        for (int e = d + 1; e < f->n; e++) {
            double change = fabs(cramer(rounded, d, e) - cramer(exact, d, e));
            out->cramer_change = change > out->cramer_change ? change : out->cramer_change;
        }
    }
}
