// SPDX-License-Identifier: AGPL-3.0-or-later
//
// solve.c: see solve.h. Used by the audits of domain/release.
//
// Method: primal simplex, started from the basis of the question before, which stays feasible when only the
// question changes; branch and bound for whole numbers. When the library meets an error of its own it calls
// a hook instead of ending the process; the hook jumps back here and all its memory of this thread is freed,
// so every problem of the thread is then dead (epoch counts that).

#include "solve/solve.h"

#include <setjmp.h>

#include "base/bug.h"
#include "os/clock.h"
#include "solve/libglpk.h"

struct solve {
    struct arena *arena;
    glp_prob *problem;
    int n;
    int n_sums;
    int64_t until_ms;
    int epoch; // of the thread when it was made
    int *at;   // room for the terms of one sum, from 1
    double *factor;
};

static _Thread_local int epoch; // how often the library's memory was thrown away in this thread
static _Thread_local int n_open; // problems of this thread that are alive: with the last one its memory goes
static _Thread_local jmp_buf back;

static void jump_back(void *unused)
{
    (void)unused;
    longjmp(back, 1);
}

static bool is_alive(const struct solve *s)
{
    return s->problem != NULL && s->epoch == epoch;
}

static void close_problem(void *thing)
{
    struct solve *s = thing;
    if (is_alive(s)) {
        glpk()->glp_delete_prob(s->problem);
        n_open--;
        if (n_open == 0) {
            glpk()->glp_free_env();
        }
    }
    s->problem = NULL;
}

static void give_up(void)
{
    glpk()->glp_error_hook(NULL, NULL);
    glpk()->glp_free_env();
    n_open = 0;
    epoch++;
}

enum err solve_new(struct arena *a, int n, int time_ms, struct solve **out, struct err_info *e)
{
    enum err err = libglpk_load(e);
    if (err != ERR_NONE) {
        return err;
    }
    ensure(n > 0);
    struct solve *s = ARENA_MAKE(a, struct solve);
    glpk()->glp_term_out(GLP_OFF);
    *s = (struct solve){.arena = a, .problem = glpk()->glp_create_prob(), .n = n, .epoch = epoch,
                        .until_ms = clock_steady_ms() + time_ms,
                        .at = ARENA_ARRAY(a, int, (size_t)n + 1),
                        .factor = ARENA_ARRAY(a, double, (size_t)n + 1)};
    n_open++;
    glpk()->glp_add_cols(s->problem, n);
    for (int i = 0; i < n; i++) {
        solve_bound(s, i, 0, SOLVE_FREE_ABOVE, false);
    }
    arena_on_close(a, close_problem, s);
    *out = s;
    return ERR_NONE;
}

static int kind_of_bounds(double low, double high)
{
    bool below = low > SOLVE_FREE_BELOW;
    bool above = high < SOLVE_FREE_ABOVE;
    return below && above ? (low == high ? GLP_FX : GLP_DB) : below ? GLP_LO : above ? GLP_UP : GLP_FR;
}

void solve_bound(struct solve *s, int variable, double low, double high, bool whole)
{
    ensure(variable >= 0 && variable < s->n);
    if (is_alive(s)) {
        glpk()->glp_set_col_bnds(s->problem, variable + 1, kind_of_bounds(low, high), low, high);
        glpk()->glp_set_col_kind(s->problem, variable + 1, whole ? GLP_IV : GLP_CV);
    }
}

int solve_sum(struct solve *s, const struct solve_term *terms, int n, double low, double high)
{
    ensure(n <= s->n);
    if (is_alive(s)) {
        int row = glpk()->glp_add_rows(s->problem, 1);
        for (int i = 0; i < n; i++) {
            s->at[i + 1] = terms[i].variable + 1;
            s->factor[i + 1] = terms[i].factor;
        }
        glpk()->glp_set_mat_row(s->problem, row, n, s->at, s->factor);
        glpk()->glp_set_row_bnds(s->problem, row, kind_of_bounds(low, high), low, high);
    }
    return s->n_sums++;
}

static void ask(struct solve *s, const struct solve_term *terms, int n, bool largest)
{
    glpk()->glp_set_obj_dir(s->problem, largest ? GLP_MAX : GLP_MIN);
    for (int i = 0; i < n; i++) {
        glpk()->glp_set_obj_coef(s->problem, terms[i].variable + 1, terms[i].factor);
    }
}

static void forget(struct solve *s, const struct solve_term *terms, int n)
{
    for (int i = 0; i < n; i++) {
        glpk()->glp_set_obj_coef(s->problem, terms[i].variable + 1, 0);
    }
}

static int left_ms(const struct solve *s)
{
    int64_t left = s->until_ms - clock_steady_ms();
    return left < 1 ? 1 : (int)left;
}

static enum solve_state run_simplex(struct solve *s)
{
    glp_smcp how;
    glpk()->glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.tm_lim = left_ms(s);
    int status = glpk()->glp_simplex(s->problem, &how) == 0 ? glpk()->glp_get_status(s->problem) : GLP_UNDEF;
    if (status != GLP_OPT) {
        // A basis that became singular, or in which errors added up until nothing seems to fit (seen with sums of
        // tens of millions beside 0): once more from the beginning.
        glpk()->glp_std_basis(s->problem);
        how.tm_lim = left_ms(s);
        status = glpk()->glp_simplex(s->problem, &how) == 0 ? glpk()->glp_get_status(s->problem) : GLP_UNDEF;
    }
    return status == GLP_OPT ? SOLVE_DONE : status == GLP_NOFEAS ? SOLVE_IMPOSSIBLE : SOLVE_UNFINISHED;
}

static enum solve_state run_whole(struct solve *s)
{
    glp_iocp how;
    glpk()->glp_init_iocp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.tm_lim = left_ms(s);
    if (glpk()->glp_intopt(s->problem, &how) != 0) {
        return SOLVE_UNFINISHED;
    }
    int status = glpk()->glp_mip_status(s->problem);
    return status == GLP_OPT ? SOLVE_DONE : status == GLP_NOFEAS ? SOLVE_IMPOSSIBLE : SOLVE_UNFINISHED;
}

static enum solve_state run(struct solve *s, const struct solve_term *terms, int n, bool largest,
                            bool whole, double *best, double *values)
{
    if (!is_alive(s) || clock_steady_ms() > s->until_ms) {
        return SOLVE_UNFINISHED;
    }
    if (setjmp(back) != 0) {
        give_up();
        return SOLVE_UNFINISHED;
    }
    glpk()->glp_error_hook(jump_back, NULL);
    ask(s, terms, n, largest);
    enum solve_state state = run_simplex(s);
    if (state == SOLVE_DONE && whole) {
        state = run_whole(s);
    }
    if (state == SOLVE_DONE) {
        *best = whole ? glpk()->glp_mip_obj_val(s->problem) : glpk()->glp_get_obj_val(s->problem);
        for (int i = 0; values != NULL && i < s->n; i++) {
            values[i] = whole ? glpk()->glp_mip_col_val(s->problem, i + 1)
                              : glpk()->glp_get_col_prim(s->problem, i + 1);
        }
    }
    forget(s, terms, n);
    glpk()->glp_error_hook(NULL, NULL);
    return state;
}

enum solve_state solve_best(struct solve *s, const struct solve_term *terms, int n, bool largest,
                            double *best, double *values)
{
    return run(s, terms, n, largest, false, best, values);
}

enum solve_state solve_whole(struct solve *s, const struct solve_term *terms, int n, bool largest,
                             double *best, double *values)
{
    return run(s, terms, n, largest, true, best, values);
}
