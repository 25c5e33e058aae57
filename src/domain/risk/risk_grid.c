// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_grid.c: level of a risk, by the grid of the pack.

#include "pack/pack.h"
#include "risk/risk.h"

#define RISK_GRID "risk-3x3"

static const struct pack_grid *grid(void)
{
    const struct pack *p = pack_find(PACK_DEFAULT);
    return p == NULL ? NULL : pack_grid(p, RISK_GRID);
}

const char *risk_level(const char *likelihood, const char *impact)
{
    const struct pack_grid *g = grid();
    const struct pack_level *level = g == NULL ? NULL : grid_level(g, likelihood, impact);
    return level == NULL ? "" : level->id;
}

bool risk_mitigation_required(const char *likelihood, const char *impact)
{
    const struct pack_grid *g = grid();
    return g != NULL && grid_mitigation_required(g, likelihood, impact);
}
