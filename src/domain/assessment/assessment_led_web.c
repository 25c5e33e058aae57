// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_led_web.c: risks that a question led to.

#include <string.h>

#include "assessment/assessment_basis.h"
#include "assessment/assessment_web.h"
#include "programme/programme_web.h"

enum err checklist_led_load(struct req *r, const char *row, const char *column,
                            const struct checklist_led **out, size_t *n, struct err_info *e)
{
    struct basis_risks all;
    *out = NULL;
    *n = 0;
    if (r->country == NULL) {
        return ERR_NONE;
    }
    enum err err = basis_risks_load(r->db, r->arena, r->who, r->country, &all, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct basis_risks of = basis_risks_of(r->arena, &all, row, column);
    struct checklist_led *list = ARENA_ARRAY(r->arena, struct checklist_led, of.n + 1);
    for (size_t i = 0; i < of.n; i++) {
        const struct basis_risk *x = &of.items[i];
        const struct pack_tool *table = NULL; // of the risk
        (void)pack_row_anywhere(x->row, &table);
        list[(*n)++] = (struct checklist_led){
            .number = x->number,
            .statement = x->statement,
            .why = table == NULL ? x->ground.why
                                 : pack_words(table->pack, r->lang, x->row, x->ground.why),
            .address = arena_printf(r->arena, "%s#basis",
                                    url_make(r->arena, "/programmes/{0}/risks/{1}", x->number,
                                             x->id, NULL))};
    }
    *out = list;
    return ERR_NONE;
}
