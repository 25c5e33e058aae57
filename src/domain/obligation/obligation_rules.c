// SPDX-License-Identifier: AGPL-3.0-or-later
//
// obligation_rules.c: what makes an obligation right.

#include <string.h>

#include "obligation/obligation.h"

enum err obligation_check(const struct record *r, struct err_info *e)
{
    const char *status = record_text(r, "status");
    bool bound = record_is_set(r, "bound_on");
    if (bound && strcmp(status, "party") != 0) {
        return err_set(e, ERR_INPUT, "bound_on", MSG("Only a State that is bound has this date."),
                       MSG("Choose “Bound by it”, or clear the date."), NULL);
    }
    const char *signed_on = record_text(r, "signed_on");
    const char *bound_on = record_text(r, "bound_on");
    size_t shorter = strlen(signed_on) < strlen(bound_on) ? strlen(signed_on) : strlen(bound_on);
    if (shorter > 0 && strncmp(bound_on, signed_on, shorter) < 0) {
        return err_set(e, ERR_INPUT, "bound_on", MSG("It cannot be bound before it signed."),
                       MSG("Check both dates; an accession has no signature."), NULL);
    }
    return ERR_NONE;
}
