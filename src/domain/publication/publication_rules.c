// SPDX-License-Identifier: AGPL-3.0-or-later
//
// publication_rules.c: rules over the fields of one publication.

#include <string.h>

#include "publication/publication.h"

enum err publication_check(const struct record *r, struct err_info *e)
{
    if (strcmp(record_text(r, "state"), "published") == 0 && !record_is_set(r, "published_on")) {
        return err_set(e, ERR_INPUT, "published_on", MSG("When was it published?"),
                       MSG("Give the day, for example 2026-11-22."), NULL);
    }
    return ERR_NONE;
}
