// SPDX-License-Identifier: AGPL-3.0-or-later
//
// obligation_rules.c: what makes an obligation right.

#include <string.h>

#include "obligation/obligation.h"
#include "pack/pack.h"

// A status is kept once, with the row at the beginning of all copies.
static enum err check_instrument(const struct record *r, struct err_info *e)
{
    const struct pack_tool *tool = NULL;
    const char *instrument = record_text(r, "instrument");
    const struct pack_row *row = pack_family_row(OBLIGATION_TOOL, instrument, &tool);
    const char *root = row == NULL ? instrument : pack_row_root(tool, row);
    if (row == NULL && r->version == NULL) { // one that is there stays, should a pack have lost it
        return err_set(e, ERR_INPUT, "instrument", MSG("No list of instruments has {0}."),
                       MSG("“mainstay pack show unodc-hrge-2021 2.2” lists them."), instrument, NULL);
    }
    return strcmp(root, instrument) == 0
               ? ERR_NONE
               : err_set(e, ERR_INPUT, "instrument", MSG("{0} is a copy of {1}."),
                         MSG("Give {1}: what binds a State is kept once, for all copies of the list."),
                         instrument, root, NULL);
}

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
    return check_instrument(r, e);
}
