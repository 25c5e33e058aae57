// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_rules.c: what makes an assessment right.

#include <string.h>

#include "assessment/assessment.h"

enum err assessment_check(const struct record *r, struct err_info *e)
{
    if (record_is_set(r, "programme_id") == record_is_set(r, "country")) {
        return err_set(e, ERR_INPUT, "programme_id",
                       MSG("An assessment is about one programme or one country."),
                       MSG("Give one of the two."), NULL);
    }
    if (strcmp(record_text(r, "state"), "returned") == 0 && !record_is_set(r, "return_reason")) {
        return err_set(e, ERR_INPUT, "return_reason", MSG("A returned assessment needs a reason."),
                       MSG("Say what must be mended."), NULL);
    }
    return ERR_NONE;
}
