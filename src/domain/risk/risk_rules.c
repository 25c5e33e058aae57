// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_rules.c: what makes a risk right.
//
// Method: Toolkit, tools 3.2 to 3.6, instruction above the tables; the reading "mitigation unless both
// are low" stands in the grid of the pack (docs/decisions), not here.

#include <string.h>

#include "pack/pack.h"
#include "risk/risk.h"

enum err risk_check(const struct record *r, struct err_info *e)
{
    bool likelihood = record_is_set(r, "likelihood");
    bool impact = record_is_set(r, "impact");
    if (likelihood != impact) {
        return err_set(e, ERR_INPUT, likelihood ? "impact" : "likelihood",
                       MSG("Likelihood and impact are rated together."),
                       MSG("Choose both, or leave both open."), NULL);
    }
    if (record_is_set(r, "residual_likelihood") != record_is_set(r, "residual_impact")) {
        return err_set(e, ERR_INPUT, "residual_impact",
                       MSG("Likelihood and impact after mitigation are rated together."),
                       MSG("Choose both, or leave both open."), NULL);
    }
    if (likelihood && !record_is_set(r, "mitigation") &&
        risk_mitigation_required(record_text(r, "likelihood"), record_text(r, "impact"))) {
        return err_set(e, ERR_INPUT, "mitigation", MSG("This risk needs a mitigation."),
                       MSG("Say what will be done; only a risk that is low in likelihood and in "
                           "impact may go without."),
                       NULL);
    }
    return ERR_NONE;
}
