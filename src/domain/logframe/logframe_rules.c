// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_rules.c: rules over the fields of one record.

#include <string.h>

#include "logframe/logframe.h"
#include "logframe/logframe_table.h"

enum err result_link_check(const struct record *r, struct err_info *e)
{
    if (strcmp(record_text(r, "cause_id"), record_text(r, "effect_id")) == 0) {
        return err_set(e, ERR_INPUT, "effect_id", MSG("A result cannot lead to itself."),
                       MSG("Choose another result."), NULL);
    }
    return ERR_NONE;
}

enum err logframe_version_check(const struct record *r, struct err_info *e)
{
    const char *as_of;
    return logframe_as_of(record_text(r, "as_of"), "as_of", &as_of, e);
}
