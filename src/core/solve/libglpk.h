// SPDX-License-Identifier: AGPL-3.0-or-later
//
// libglpk.h: the GNU Linear Programming Kit, loaded only when a problem is made: it brings four libraries of
// its own that no page needs.

#ifndef SOLVE_LIBGLPK_H
#define SOLVE_LIBGLPK_H

#include <glpk.h>

#include "base/err.h"
#include "os/library.h"

#define LIBGLPK_FUNCTIONS(F)                                                                       \
    F(glp_add_cols)                                                                                \
    F(glp_add_rows)                                                                                \
    F(glp_create_prob)                                                                             \
    F(glp_delete_prob)                                                                             \
    F(glp_error_hook)                                                                              \
    F(glp_free_env)                                                                                \
    F(glp_get_col_prim)                                                                            \
    F(glp_get_obj_val)                                                                             \
    F(glp_get_status)                                                                              \
    F(glp_init_iocp)                                                                               \
    F(glp_init_smcp)                                                                               \
    F(glp_intopt)                                                                                  \
    F(glp_mip_col_val)                                                                             \
    F(glp_mip_obj_val)                                                                             \
    F(glp_mip_status)                                                                              \
    F(glp_set_col_bnds)                                                                            \
    F(glp_set_col_kind)                                                                            \
    F(glp_set_mat_row)                                                                             \
    F(glp_set_obj_coef)                                                                            \
    F(glp_set_obj_dir)                                                                             \
    F(glp_set_row_bnds)                                                                            \
    F(glp_simplex)                                                                                 \
    F(glp_std_basis)                                                                               \
    F(glp_term_out)

struct libglpk {
    LIBRARY_TABLE(LIBGLPK_FUNCTIONS)
};

// Loads it; ERR_FAILED when it is not installed.
enum err libglpk_load(struct err_info *e) MUST_CHECK;
// Its functions, once libglpk_load has succeeded. They live as long as the process.
const struct libglpk *glpk(void);

#endif
