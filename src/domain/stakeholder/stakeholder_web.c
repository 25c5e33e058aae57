// SPDX-License-Identifier: AGPL-3.0-or-later
//
// stakeholder_web.c: see stakeholder_web.h.

#include "stakeholder/stakeholder_web.h"

#include <string.h>

#include "place/place.h"
#include "store/store.h"

const char *stakeholder_country_name(const struct req *r)
{
    return tr(r->lang, country_name(r->country));
}

const char *stakeholder_address(const struct req *r, const struct record *s, const char *below)
{
    const char *list = url_make(r->arena, "/countries/{0}/stakeholders", r->country, NULL);
    return arena_printf(r->arena, "%s%s%s", list,
                        s == NULL ? "" : url_make(r->arena, "/{0}", s->id, NULL), below);
}

const struct crumb *stakeholder_crumbs(const struct req *r, size_t *n)
{
    struct crumb *c = ARENA_ARRAY(r->arena, struct crumb, 3);
    c[0] = (struct crumb){tr(r->lang, MSG("Countries")), "/countries"};
    c[1] = (struct crumb){stakeholder_country_name(r),
                          url_make(r->arena, "/countries/{0}", r->country, NULL)};
    c[2] = (struct crumb){tr(r->lang, MSG("Stakeholders")), stakeholder_address(r, NULL, "")};
    *n = 3;
    return c;
}

const char *stakeholder_level_label(const char *level)
{
    return level[0] == '\0' ? MSG("Not rated")
                            : field_choice_label(entity_field(&entity_stakeholder, "influence"),
                                                 level);
}

const char *stakeholder_sort_label(const char *sort)
{
    return field_choice_label(entity_field(&entity_stakeholder, "sort"), sort);
}

const char *stakeholder_undo(const struct req *r, const char *version)
{
    return identity_may(r->who, MAY_WRITE, NULL) ? version : NULL;
}

enum err stakeholder_of_path(struct req *r, struct db_read *db, struct record **out,
                             struct err_info *e)
{
    struct err_info inner;
    enum err err =
        store_get(db, r->arena, &entity_stakeholder, req_capture(r, "stakeholder"), out, &inner);
    if (err != ERR_NONE && err != ERR_NOT_FOUND) {
        *e = inner;
        return err;
    }
    if (err != ERR_NONE || strcmp(record_text(*out, "country"), r->country) != 0) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such stakeholder."),
                       MSG("Choose one from the list of this country."), NULL);
    }
    return ERR_NONE;
}
