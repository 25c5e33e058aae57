// SPDX-License-Identifier: AGPL-3.0-or-later
//
// stakeholder_web.h: what the pages about stakeholders of a country share. Not for other nouns.

#ifndef STAKEHOLDER_STAKEHOLDER_WEB_H
#define STAKEHOLDER_STAKEHOLDER_WEB_H

#include "html/page.h"
#include "http/http.h"
#include "stakeholder/stakeholder.h"

const char *stakeholder_country_name(const struct req *r);
// "/countries/KE/stakeholders" and, unless s is NULL, "/01h...", and below ("/change").
const char *stakeholder_address(const struct req *r, const struct record *s, const char *below);
// Countries > Kenya > Stakeholders.
const struct crumb *stakeholder_crumbs(const struct req *r, size_t *n);
// Catalogue key of a level of influence or interest; "Not rated" for "".
const char *stakeholder_level_label(const char *level);
const char *stakeholder_sort_label(const char *sort);
// The version to offer undo for: only to those who may change records of the organisation, since that
// is what undoing asks.
const char *stakeholder_undo(const struct req *r, const char *version);
// The stakeholder of the path. ERR_NOT_FOUND when it is not in the country of the path.
MUST_CHECK enum err stakeholder_of_path(struct req *r, struct db_read *db, struct record **out,
                                        struct err_info *e);

#endif
