// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_basis_store.c: see assessment_basis.h; risks that answers about a country led to.

#include <string.h>

#include "assessment/assessment_basis.h"
#include "assessment/assessment_sql.h"
#include "model/rights.h"

enum err basis_risks_load(struct db_read *db, struct arena *a, const struct identity *who,
                          const char *country, struct basis_risks *out, struct err_info *e)
{
    struct assessment_led_to_row *rows;
    size_t n, most = 0;
    const struct assessment_led_to_in in = {.mark = arena_printf(a, "%s:", country)};
    *out = (struct basis_risks){0};
    enum err err = assessment_led_to_all(a, db, &in, &rows, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct basis_ground **grounds = ARENA_ARRAY(a, struct basis_ground *, n + 1);
    size_t *counts = ARENA_ARRAY(a, size_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (identity_may(who, MAY_READ, rows[i].programme_id)) {
            grounds[i] = basis_grounds(a, rows[i].basis, &counts[i]);
            most += counts[i];
        }
    }
    out->items = ARENA_ARRAY(a, struct basis_risk, most + 1);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < counts[i]; k++) {
            if (strcmp(grounds[i][k].country, country) == 0) {
                out->items[out->n++] = (struct basis_risk){.number = rows[i].number,
                                                           .id = rows[i].id,
                                                           .row = rows[i].row == NULL ? "" : rows[i].row,
                                                           .statement = rows[i].statement,
                                                           .ground = grounds[i][k]};
            }
        }
    }
    return ERR_NONE;
}
