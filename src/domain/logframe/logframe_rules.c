// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_rules.c: rules over the fields of one record.

#include <string.h>

#include "base/date.h"
#include "logframe/logframe.h"

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
    const char *as_of = record_text(r, "as_of");
    if (date_is_valid(as_of) || time_is_valid(as_of)) {
        return ERR_NONE;
    }
    return err_set(e, ERR_INPUT, "as_of", MSG("“{0}” is no day and no moment."),
                   MSG("Write 2026-11-22 for the end of that day, or 2026-11-22T10:00:00Z."), as_of,
                   NULL);
}
