// SPDX-License-Identifier: AGPL-3.0-or-later
//
// activity_web.c: see activity_web.h.

#include "activity/activity_web.h"

#include <string.h>

#include "programme/programme_web.h"

const char *activity_address(const struct req *r, const struct record *x, const char *below)
{
    return arena_printf(r->arena, "%s%s%s", programme_address(r, ""),
                        url_make(r->arena, "/activities/{0}", x->id, NULL), below);
}

const char *activity_code(const struct req *r, const struct record *x, const char *field)
{
    const char *code = record_text(x, field);
    return code[0] == '\0' ? ""
                           : tr(r->lang, field_choice_label(entity_field(x->entity, field), code));
}

const struct crumb *activity_crumbs(const struct req *r, const struct record *x, size_t *n)
{
    struct crumb *list = ARENA_ARRAY(r->arena, struct crumb, 4);
    const struct crumb *above = programme_crumbs(r, n);
    for (size_t i = 0; i < *n; i++) {
        list[i] = above[i];
    }
    list[(*n)++] = (struct crumb){tr(r->lang, MSG("Work plan")), programme_address(r, "/activities")};
    if (x != NULL) {
        list[(*n)++] = (struct crumb){record_text(x, "code"), activity_address(r, x, "")};
    }
    return list;
}

const char *activity_begin_diligence(const struct req *r, const struct record *x)
{
    const char *countries = record_text(x, "countries");
    const char *address = programme_address(r, "/due-diligence/new");
    return strlen(countries) == 4 // " NE "
               ? arena_printf(r->arena, "%s?country=%.2s", address, countries + 1)
               : address;
}
