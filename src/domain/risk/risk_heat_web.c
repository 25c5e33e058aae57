// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_heat_web.c: the heat map, for one programme and for all.

#include <string.h>

#include "risk/risk_web.h"

const struct heat_row *risk_heat(struct req *r, const struct risk_register *of, const char *list,
                                 const char *likelihood, const char *impact)
{
    static const char *const codes[3] = {"low", "medium", "high"};
    struct heat_row *rows = ARENA_ARRAY(r->arena, struct heat_row, 3);
    for (int i = 0; i < 3; i++) {
        int l = 2 - i; // high stands on top
        rows[i].label = tr(r->lang, risk_level_label(codes[l]));
        for (int k = 0; k < 3; k++) {
            const char *level = risk_level(codes[l], codes[k]);
            rows[i].cells[k] = (struct heat_cell){
                .level = level,
                .level_label = tr(r->lang, risk_level_label(level)),
                .likelihood = rows[i].label,
                .impact = tr(r->lang, risk_level_label(codes[k])),
                .address = arena_printf(r->arena, "%slikelihood=%s&impact=%s", list, codes[l],
                                        codes[k]),
                .n = of->open[l][k],
                .chosen = strcmp(likelihood, codes[l]) == 0 && strcmp(impact, codes[k]) == 0,
            };
        }
    }
    return rows;
}

const char *risk_heat_finding(struct req *r, const struct risk_register *of)
{
    const int *levels = of->levels;
    return levels[3] > 0   ? tr_n(r->arena, r->lang, MSG("One risk is high"),
                                  MSG("{0} risks are high"), levels[3])
           : levels[0] > 0 ? tr_n(r->arena, r->lang, MSG("One risk is not rated yet"),
                                  MSG("{0} risks are not rated yet"), levels[0])
                           : tr(r->lang, MSG("No risk is high"));
}
