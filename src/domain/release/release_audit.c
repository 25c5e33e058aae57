// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_audit.c: what a reader can work out from published tables. See release.h and docs/disclosure.md.
//
// Every target (an inner count, or its growth) lies between its smallest and its largest value over all true
// tables that fit what is published. The outer bound is the box that its own number gives. A table that fits
// and shows a value proves that the value is possible, so no linear programme is solved for an end of the box
// that some table is known to reach: first the published table itself with one count moved, then every
// answer of the solver. Only what is left is asked, and what cannot be answered counts as open.

#include <math.h>
#include <string.h>

#include "base/bug.h"
#include "release/release.h"
#include "release/release_system.h"
#include "solve/solve.h"

// Fractions of the solver this near to a whole number are that number.
#define NEAR 1e-6

// What is known of a target: tables that fit reach from low to high; none goes beyond the box.
struct reach {
    double low;
    double high;
    struct release_interval box;
    bool low_final; // solved: nothing below low
    bool high_final;
};

struct audit {
    struct arena *arena;
    struct release_system s;
    const struct release_effort *effort;
    struct solve *solve; // made when the first question is asked
    bool has_point;
    int64_t *point;      // whole numbers that fit, when has_point
    int64_t *sum_at;     // of every sum, at the point
    struct reach *reach; // of every target; among fractions
    struct reach *whole; // the same among whole numbers
    struct solve_term *terms;
    double *values;
    bool unfinished;
    struct release_audit *out;
};

// ---- a table that fits ------------------------------------------------------------------------------

static int64_t value_of(const struct audit *x, struct system_set of, const int64_t *point)
{
    int64_t sum = 0;
    for (int k = 0; k < of.n; k++) {
        sum += point[x->s.members[of.first + (size_t)k]];
    }
    return sum;
}

static void take_point(struct audit *x, const int64_t *point)
{
    bool fits = true;
    for (int v = 0; fits && v < x->s.n; v++) {
        fits = point[v] >= x->s.bounds[v].low && point[v] <= x->s.bounds[v].high;
    }
    for (size_t i = 0; fits && i < x->s.n_sums; i++) {
        x->sum_at[i] = value_of(x, x->s.sums[i].of, point);
        fits = x->sum_at[i] >= x->s.sums[i].low && x->sum_at[i] <= x->s.sums[i].high;
    }
    if (fits) {
        x->has_point = true;
        memcpy(x->point, point, (size_t)x->s.n * sizeof *point);
    }
}

// Members of a set that have no value yet.
static int unset_in(const struct audit *x, struct system_set of, const bool *set, int32_t *last)
{
    int n = 0;
    for (int k = 0; k < of.n; k++) {
        int32_t v = x->s.members[of.first + (size_t)k];
        n += !set[v];
        *last = set[v] ? *last : v;
    }
    return n;
}

// What is shown, taken for true: the first table that shows a cell sets it, later layers and units add what is more.
static void try_published(struct audit *x, const struct release_table *tables)
{
    int64_t *point = ARENA_ARRAY(x->arena, int64_t, (size_t)x->s.n);
    bool *set = ARENA_ARRAY(x->arena, bool, (size_t)x->s.n);
    for (size_t i = 0; i < x->s.n_targets; i++) {
        const struct system_target *t = &x->s.targets[i];
        const struct release_table *table = &tables[t->table];
        bool shown = table->seen == NULL || table->seen[t->cell] == RELEASE_SHOWN ||
                     table->seen[t->cell] == RELEASE_CERTAIN;
        int32_t newest = 0;
        int unset = t->growth || !shown ? 0 : unset_in(x, t->of, set, &newest);
        if (unset > 0 && (unset == 1 || t->of.n == table->layer + 1)) {
            point[newest] = table->counts[t->cell] - value_of(x, t->of, point);
            set[newest] = true;
        }
    }
    take_point(x, point);
}

// ---- what is reached ----------------------------------------------------------------------------------

static struct release_interval box_of(const struct audit *x, struct system_set of)
{
    struct release_interval box = {0, 0};
    for (int k = 0; k < of.n; k++) {
        const struct release_interval *b = &x->s.bounds[x->s.members[of.first + (size_t)k]];
        box.low += b->low;
        box.high += b->high;
    }
    return box;
}

// How far one variable of the point can move by itself, down or up, at most `want`.
static int64_t room(const struct audit *x, int32_t v, bool up, int64_t want)
{
    const struct release_interval *b = &x->s.bounds[v];
    int64_t most = up ? b->high - x->point[v] : x->point[v] - b->low;
    most = most < want ? most : want;
    for (size_t i = x->s.sums_of[v]; most > 0 && i < x->s.sums_of[v + 1]; i++) {
        const struct system_sum *sum = &x->s.sums[x->s.sums_list[i]];
        int64_t at = x->sum_at[x->s.sums_list[i]];
        int64_t left = up ? sum->high - at : at - sum->low;
        most = most < left ? most : left;
    }
    return most;
}

static void start_reach(struct audit *x, size_t target)
{
    const struct system_target *t = &x->s.targets[target];
    struct reach *r = &x->reach[target];
    *r = (struct reach){.low = HUGE_VAL, .high = -HUGE_VAL, .box = box_of(x, t->of)};
    x->whole[target] = *r;
    if (x->has_point) {
        int64_t at = value_of(x, t->of, x->point);
        int64_t down = 0;
        int64_t up = 0;
        for (int k = 0; k < t->of.n; k++) {
            int32_t v = x->s.members[t->of.first + (size_t)k];
            int64_t d = room(x, v, false, at - r->box.low);
            int64_t u = room(x, v, true, r->box.high - at);
            down = d > down ? d : down;
            up = u > up ? u : up;
        }
        x->whole[target].low = (double)(at - down);
        x->whole[target].high = (double)(at + up);
    }
    if (!x->effort->every) {
        *r = x->whole[target];
    }
}

// A table of the solver that fits is a witness for every target at once.
static void witness(struct audit *x, struct reach *reach)
{
    for (size_t i = 0; i < x->s.n_targets; i++) {
        const struct system_target *t = &x->s.targets[i];
        double sum = 0;
        for (int k = 0; k < t->of.n; k++) {
            sum += x->values[x->s.members[t->of.first + (size_t)k]];
        }
        reach[i].low = sum < reach[i].low ? sum : reach[i].low;
        reach[i].high = sum > reach[i].high ? sum : reach[i].high;
    }
}

// ---- asking the solver ----------------------------------------------------------------------------------

static int terms_of(struct audit *x, struct system_set of)
{
    for (int k = 0; k < of.n; k++) {
        x->terms[k] = (struct solve_term){x->s.members[of.first + (size_t)k], 1};
    }
    return of.n;
}

static enum err open_solver(struct audit *x, struct err_info *e)
{
    enum err err = solve_new(x->arena, x->s.n, x->effort->time_ms, &x->solve, e);
    if (err != ERR_NONE) {
        return err;
    }
    x->terms = ARENA_ARRAY(x->arena, struct solve_term, (size_t)x->s.n);
    x->values = ARENA_ARRAY(x->arena, double, (size_t)x->s.n);
    for (int v = 0; v < x->s.n; v++) {
        const struct release_interval *b = &x->s.bounds[v];
        solve_bound(x->solve, v, (double)b->low, (double)b->high, true);
    }
    for (size_t i = 0; i < x->s.n_sums; i++) {
        int n = terms_of(x, x->s.sums[i].of);
        solve_sum(x->solve, x->terms, n, (double)x->s.sums[i].low, (double)x->s.sums[i].high);
    }
    return ERR_NONE;
}

static bool is_near(double a, double b)
{
    return fabs(a - b) <= NEAR * (1 + fabs(b));
}

// One end of one target; among whole numbers when `whole`.
static enum err ask(struct audit *x, size_t target, bool largest, bool whole, struct err_info *e)
{
    struct reach *reach = whole ? x->whole : x->reach;
    struct reach *r = &reach[target];
    bool *final = largest ? &r->high_final : &r->low_final;
    double known = largest ? r->high : r->low;
    double box = (double)(largest ? r->box.high : r->box.low);
    if (x->unfinished || x->out->impossible || *final) {
        return ERR_NONE;
    }
    if ((whole || !x->effort->every) && is_near(known, box)) {
        *final = true;
        return ERR_NONE;
    }
    if (x->solve == NULL) {
        enum err err = open_solver(x, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    double best = 0;
    int n = terms_of(x, x->s.targets[target].of);
    enum solve_state state = whole
                                 ? solve_whole(x->solve, x->terms, n, largest, &best, x->values)
                                 : solve_best(x->solve, x->terms, n, largest, &best, x->values);
    *(whole ? &x->out->n_asked_whole : &x->out->n_asked) += 1;
    x->unfinished = state == SOLVE_UNFINISHED;
    x->out->impossible = state == SOLVE_IMPOSSIBLE;
    if (state == SOLVE_DONE) {
        *final = true;
        *(largest ? &r->high : &r->low) = best;
        if (whole || !x->effort->every) {
            witness(x, reach);
        }
    }
    return ERR_NONE;
}

// ---- judging ---------------------------------------------------------------------------------------------

// Whole counts inside what the solver gave: its fractions never add a count.
static struct release_interval counts_in(const struct reach *r)
{
    int64_t low = (int64_t)ceil(r->low - NEAR * (1 + fabs(r->low)));
    int64_t high = (int64_t)floor(r->high + NEAR * (1 + fabs(r->high)));
    return (struct release_interval){low, high < low ? low : high};
}

static struct release_interval interval_of(const struct audit *x, size_t target)
{
    return counts_in(x->out->whole ? &x->whole[target] : &x->reach[target]);
}

static void judge(struct audit *x, size_t target)
{
    const struct system_target *t = &x->s.targets[target];
    struct release_audit *out = x->out;
    struct release_interval at = interval_of(x, target);
    int64_t width = at.high - at.low;
    int64_t others = at.high - (at.low < RELEASE_KNOWN ? RELEASE_KNOWN : at.low);
    out->n_exact += width == 0;
    out->n_narrow += width > 0 && width < t->base - 1;
    // who is in the cell knows one more than the rest
    out->n_known += at.high >= RELEASE_KNOWN && others < t->base - 1 - RELEASE_KNOWN;
    if (target == 0 || width < out->weakest.high - out->weakest.low) {
        out->weakest = at;
        out->weakest_table = t->table;
        out->weakest_cell = t->cell;
    }
}

// Lines of the last table along each dimension: is everybody known to be in one category? At most one person
// outside counts as nobody, since that may be the reader.
static void judge_groups(struct audit *x, const struct release_frame *f,
                         const struct release_interval *cells)
{
    for (int d = 0; d < f->n; d++) {
        for (size_t cell = 0; cell < f->n_cells; cell++) {
            if (release_summed(f, cell) > 0 || release_category(f, cell, d) != 0 || f->of[d].n < 2) {
                continue;
            }
            int64_t people = 0; // at least
            int64_t first = -1; // the two largest upper ends
            int64_t second = -1;
            for (int k = 0; k < f->of[d].n; k++) {
                const struct release_interval *at = &cells[cell + (size_t)k * f->step[d]];
                people += at->low;
                second = at->high > first ? first : at->high > second ? at->high : second;
                first = at->high > first ? at->high : first;
            }
            x->out->n_group += people > RELEASE_KNOWN && second <= RELEASE_KNOWN;
        }
    }
}

static void judge_all(struct audit *x, const struct release_table *tables, int n)
{
    const struct release_frame *last = tables[n - 1].frame;
    struct release_interval *cells = ARENA_ARRAY(x->arena, struct release_interval, last->n_cells);
    for (size_t i = 0; i < x->s.n_targets; i++) {
        judge(x, i);
        if (x->s.targets[i].table == n - 1 && !x->s.targets[i].growth) {
            cells[x->s.targets[i].cell] = interval_of(x, i);
        }
    }
    x->out->cells = cells;
    judge_groups(x, last, cells);
    for (int t = 0; t < n; t++) {
        x->out->low_base = x->out->low_base || tables[t].base < x->effort->base;
    }
    bool open = x->out->low_base || x->out->n_exact + x->out->n_narrow + x->out->n_known + x->out->n_group > 0;
    x->out->verdict = open ? RELEASE_OPEN : RELEASE_PROTECTED;
}

static enum err ask_all(struct audit *x, bool whole, struct err_info *e)
{
    enum err err = ERR_NONE;
    for (size_t i = 0; err == ERR_NONE && i < x->s.n_targets; i++) {
        err = ask(x, i, false, whole, e);
        if (err == ERR_NONE) {
            err = ask(x, i, true, whole, e);
        }
    }
    return err;
}

enum err release_audit_tables(struct arena *a, const struct release_table *tables, int n,
                              const struct release_effort *effort, struct release_audit *out,
                              struct err_info *e)
{
    ensure(n > 0 && n <= RELEASE_MAX_TABLES);
    *out = (struct release_audit){.verdict = RELEASE_UNPROVED};
    struct audit *x = ARENA_MAKE(a, struct audit);
    *x = (struct audit){.arena = a, .effort = effort, .out = out};
    enum err err = release_system_make(a, tables, n, effort->base, &x->s, e);
    if (err != ERR_NONE) {
        return err;
    }
    out->n_audited = x->s.n_targets;
    out->impossible = x->s.impossible;
    x->point = ARENA_ARRAY(a, int64_t, (size_t)x->s.n);
    x->sum_at = ARENA_ARRAY(a, int64_t, x->s.n_sums + 1);
    x->reach = ARENA_ARRAY(a, struct reach, x->s.n_targets);
    x->whole = ARENA_ARRAY(a, struct reach, x->s.n_targets);
    try_published(x, tables);
    for (size_t i = 0; i < x->s.n_targets; i++) {
        start_reach(x, i);
    }
    err = ask_all(x, false, e);
    if (err == ERR_NONE && x->s.n <= RELEASE_WHOLE_CELLS && !x->unfinished && !out->impossible) {
        out->whole = true;
        err = ask_all(x, true, e);
    }
    if (err == ERR_NONE && !x->unfinished && !out->impossible) {
        judge_all(x, tables, n);
    }
    return err;
}
