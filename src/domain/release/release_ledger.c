// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_ledger.c: see release_ledger.h. What releases say together is release_units.c.

#include "release/release_ledger.h"

#include <string.h>

#include "base/date.h"
#include "release/release_limits.h"

#define YEAR_DAYS 365

// ---- periods as text --------------------------------------------------------------------------------------

int release_period_of(const struct release_frame *f)
{
    int d = f->n - 1;
    while (d >= 0 && strcmp(f->of[d].name, RELEASE_PERIOD) != 0) {
        d--;
    }
    return d;
}

const char *release_period_label(struct arena *a, const struct release_period *p)
{
    return arena_printf(a, "%s/%s", p->from, p->to);
}

const char *release_periods_text(struct arena *a, const struct release_period *periods, int n)
{
    const char *text = "";
    for (int i = 0; i < n; i++) {
        text = arena_printf(a, "%s%s%s/%s %s %s", text, i == 0 ? "" : "\n", periods[i].from, periods[i].to,
                            periods[i].closed ? "closed" : "open", periods[i].drawn);
    }
    return text;
}

// One line; gives where the next begins, or NULL.
static const char *read_line(struct arena *a, const char *line, struct release_period *out)
{
    size_t len = strcspn(line, "\n");
    const char *text = arena_copy_n(a, line, len);
    bool open = len > 27 && strncmp(text + 21, " open ", 6) == 0;
    bool closed = len > 29 && strncmp(text + 21, " closed ", 8) == 0;
    if (!open && !closed) {
        return NULL;
    }
    *out = (struct release_period){.from = arena_copy_n(a, text, 10), .to = arena_copy_n(a, text + 11, 10),
                                   .closed = closed, .drawn = text + (closed ? 29 : 27)};
    bool good = text[10] == '/' && date_is_valid(out->from) && date_is_valid(out->to);
    return good ? line + len + (line[len] == '\n') : NULL;
}

bool release_periods_read(struct arena *a, const char *text, struct release_entry *x)
{
    const struct release_dimension *of = x->period < 0 ? NULL : &x->table.frame->of[x->period];
    int n = of == NULL ? 1 : of->n;
    int found = 0;
    x->n_periods = n;
    x->periods = ARENA_ARRAY(a, struct release_period, (size_t)n);
    while (text != NULL && *text != '\0') {
        struct release_period p;
        text = read_line(a, text, &p);
        for (int k = 0; text != NULL && k < n; k++) {
            bool here = of == NULL || strcmp(of->categories[k], release_period_label(a, &p)) == 0;
            if (here && x->periods[k].from == NULL) {
                x->periods[k] = p;
                found++;
                break;
            }
        }
    }
    return text != NULL && found == n;
}

bool release_periods_meet(const struct release_period *p, const struct release_period *q)
{
    return strcmp(p->from, q->to) <= 0 && strcmp(q->from, p->to) <= 0;
}

static bool same_days(const struct release_period *p, const struct release_period *q)
{
    return strcmp(p->from, q->from) == 0 && strcmp(p->to, q->to) == 0;
}

// ---- copied or drawn --------------------------------------------------------------------------------------

static int category_named(const struct release_dimension *d, const char *name)
{
    int k = 0;
    while (k < d->n && strcmp(d->categories[k], name) != 0) {
        k++;
    }
    return k; // d->n: none
}

bool release_same_categories(const struct release_dimension *x, const struct release_dimension *y)
{
    bool same = x->n == y->n;
    for (int k = 0; same && k < x->n; k++) {
        same = category_named(y, x->categories[k]) < y->n;
    }
    return same;
}

static bool was_joined(const struct release_entry *earlier, int n, const struct release_dimension *joined)
{
    bool was = false;
    for (int i = 0; i < n; i++) {
        const struct release_frame *f = earlier[i].table.frame;
        for (int d = 0; d < f->n; d++) {
            was = was || (strcmp(f->of[d].name, joined->name) == 0 && release_same_categories(&f->of[d], joined));
        }
    }
    return was;
}

const struct release_cube *release_ledger_join(struct arena *a, const struct release_entry *earlier, int n,
                                               const struct release_cube *counts, const char **done)
{
    *done = NULL;
    for (int d = 0; d < counts->frame->n; d++) {
        const struct release_cube *joined = release_group(a, counts, d);
        if (joined != NULL && was_joined(earlier, n, &joined->frame->of[d])) {
            *done = arena_printf(a, "%s%s%s: grouped", *done == NULL ? "" : *done, *done == NULL ? "" : "; ",
                                 counts->frame->of[d].name);
            counts = joined;
        }
    }
    return counts;
}

// Where each dimension of x lies in y, periods left out; false when they are not cut alike.
static bool cut_alike(const struct release_entry *x, const struct release_entry *y, int to[RELEASE_DIMENSIONS])
{
    const struct release_frame *f = x->table.frame;
    const struct release_frame *g = y->table.frame;
    if (f->n - (x->period >= 0) != g->n - (y->period >= 0)) {
        return false;
    }
    for (int d = 0; d < f->n; d++) {
        to[d] = d == x->period ? y->period : -1;
        for (int k = 0; d != x->period && k < g->n; k++) {
            to[d] = k != y->period && strcmp(f->of[d].name, g->of[k].name) == 0 ? k : to[d];
        }
        if (d == x->period) {
            continue;
        }
        if (to[d] < 0 || !release_same_categories(&f->of[d], &g->of[to[d]])) {
            return false;
        }
    }
    return true;
}

// The cell of `from` that stands for a cell of `x`, both cut alike, in period `at` of `from`.
static size_t cell_in(const struct release_entry *x, size_t cell, const struct release_entry *from, int at,
                      const int to[RELEASE_DIMENSIONS])
{
    const struct release_frame *f = x->table.frame;
    const struct release_frame *g = from->table.frame;
    size_t out = from->period < 0 ? 0 : (size_t)at * g->step[from->period];
    for (int d = 0; d < f->n; d++) {
        int k = release_category(f, cell, d);
        if (d != x->period) {
            const char *name = k == f->of[d].n ? NULL : f->of[d].categories[k];
            int there = name == NULL ? g->of[to[d]].n : category_named(&g->of[to[d]], name);
            out += (size_t)there * g->step[to[d]];
        }
    }
    return out;
}

static bool is_in_period(const struct release_entry *x, size_t cell, int period)
{
    return x->period < 0 || release_category(x->table.frame, cell, x->period) == period;
}

// Everybody in a period.
static size_t total_of_period(const struct release_entry *x, int period)
{
    const struct release_frame *f = x->table.frame;
    size_t all = release_grand_total(f);
    return x->period < 0 ? all : all - (size_t)(f->of[x->period].n - period) * f->step[x->period];
}

// Did enough people come, for certain? The earlier total is only known as it was published, so what it may be off
// by is asked for on top. Notes both.
static bool changed_enough(const struct release_entry *next, int period, const struct release_entry *from, int at)
{
    struct release_period *p = &next->periods[period];
    int base = from->table.base;
    int off = from->n_periods == 1 ? base : 2 * base;
    p->before = from->table.counts[total_of_period(from, at)];
    p->away = (int64_t)release_limits()->changed_bases * base + off;
    int64_t change = next->table.counts[total_of_period(next, period)] - p->before;
    return (change < 0 ? -change : change) >= p->away;
}

// How often people of these days were drawn in the year before.
static int draws_of(const struct release_entry *earlier, int n, const struct release_period *p, const char *today)
{
    int draws = 0;
    for (int i = 0; i < n; i++) {
        bool drawn = false;
        for (int k = 0; k < earlier[i].n_periods; k++) {
            const struct release_period *q = &earlier[i].periods[k];
            drawn = drawn || (release_periods_meet(p, q) && strcmp(q->drawn, earlier[i].name) == 0);
        }
        draws += drawn && date_days_between(earlier[i].cutoff_on, today) < YEAR_DAYS;
    }
    return draws;
}

static enum err other_base(struct arena *a, const struct release_entry *from, struct err_info *e)
{
    return err_set(e, ERR_INPUT, "class",
                   MSG("“{0}” holds some of these people, rounded to {1}. What was drawn once is copied, so "
                       "both must be rounded to the same base."),
                   MSG("Choose the class of data of the earlier release."), from->name,
                   arena_printf(a, "%d", from->table.base), NULL);
}

static enum err too_often(struct arena *a, const struct release_period *p, struct err_info *e)
{
    return err_set(e, ERR_INPUT, NULL,
                   MSG("The people of {0} were drawn {1} times in the last year. Every further draw says more "
                       "about them."),
                   MSG("Wait, or choose days that are not among the earlier ones."), release_period_label(a, p),
                   arena_printf(a, "%d", release_limits()->redraws), NULL);
}

// The newest earlier release with the same days, cut alike; -1: none.
static int same_before(const struct release_entry *earlier, int n, const struct release_entry *next, int period,
                       int *at, int to[RELEASE_DIMENSIONS])
{
    for (int i = n - 1; i >= 0; i--) {
        for (int k = 0; k < earlier[i].n_periods; k++) {
            if (same_days(&next->periods[period], &earlier[i].periods[k]) && cut_alike(next, &earlier[i], to)) {
                *at = k;
                return i;
            }
        }
    }
    return -1;
}

static enum err plan_period(struct arena *a, const struct release_entry *earlier, int n, struct release_entry *next,
                            int period, struct release_cube *counts, struct err_info *e)
{
    struct release_period *p = &next->periods[period];
    int to[RELEASE_DIMENSIONS];
    int at = 0;
    int i = same_before(earlier, n, next, period, &at, to);
    p->drawn = next->name;
    if (i >= 0 && (earlier[i].periods[at].closed || !changed_enough(next, period, &earlier[i], at))) {
        const struct release_entry *from = &earlier[i];
        if (from->table.base != next->table.base) {
            return other_base(a, from, e);
        }
        for (size_t cell = 0; cell < counts->frame->n_cells; cell++) {
            if (release_summed(counts->frame, cell) == 0 && is_in_period(next, cell, period)) {
                counts->counts[cell] = from->table.counts[cell_in(next, cell, from, at, to)];
            }
        }
        p->drawn = from->periods[at].drawn;
        p->closed = from->periods[at].closed;
        return ERR_NONE;
    }
    return draws_of(earlier, n, p, next->cutoff_on) < release_limits()->redraws ? ERR_NONE : too_often(a, p, e);
}

enum err release_ledger_plan(struct arena *a, const struct release_entry *earlier, int n, struct release_entry *next,
                             struct release_cube *counts, struct err_info *e)
{
    int drawn = 0;
    enum err err = ERR_NONE;
    for (int i = 0; err == ERR_NONE && i < next->n_periods; i++) {
        err = plan_period(a, earlier, n, next, i, counts, e);
        drawn += err == ERR_NONE && strcmp(next->periods[i].drawn, next->name) == 0;
    }
    if (err == ERR_NONE && drawn == 0) {
        return err_set(e, ERR_INPUT, NULL,
                       MSG("Nothing is drawn: too few people came since the earlier release, or its periods are "
                           "closed."),
                       MSG("The earlier release stands; give that one."), NULL);
    }
    if (err == ERR_NONE) {
        release_cube_sum(counts);
    }
    return err;
}

// A release with some of these days that was made later and left earlier.
static const struct release_entry *newer_than(const struct release_entry *earlier, int n,
                                              const struct release_entry *next, const struct release_period *p)
{
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < earlier[i].n_periods; k++) {
            if (strcmp(earlier[i].id, next->id) > 0 && release_periods_meet(&earlier[i].periods[k], p)) {
                return &earlier[i];
            }
        }
    }
    return NULL;
}

enum err release_ledger_check(struct arena *a, const struct release_entry *earlier, int n,
                              const struct release_entry *next, struct err_info *e)
{
    int to[RELEASE_DIMENSIONS];
    int at = 0;
    for (int k = 0; k < next->n_periods; k++) {
        const struct release_period *p = &next->periods[k];
        const struct release_entry *newer = newer_than(earlier, n, next, p);
        if (newer != NULL) {
            return err_set(e, ERR_INPUT, NULL,
                           MSG("“{0}” was made later and has been published already, with the same days."),
                           MSG("Delete this draft and make the release again."), newer->name, NULL);
        }
        int i = strcmp(p->drawn, next->name) == 0 ? same_before(earlier, n, next, k, &at, to) : -1;
        if (i >= 0 && earlier[i].periods[at].closed) {
            return err_set(e, ERR_INPUT, NULL,
                           MSG("“{0}” was published since, with the closed period {1}. It is copied from there, "
                               "not drawn again."),
                           MSG("Delete this draft and make the release again."), earlier[i].name,
                           release_period_label(a, p), NULL);
        }
        if (strcmp(p->drawn, next->name) == 0 && draws_of(earlier, n, p, next->cutoff_on) >= release_limits()->redraws) {
            return too_often(a, p, e);
        }
    }
    return ERR_NONE;
}
