// SPDX-License-Identifier: AGPL-3.0-or-later
//
// home_tool_web.c: see home_tool_web.h.

#include "home/home_tool_web.h"

#include "assessment/assessment.h"
#include "http/http.h"
#include "pack/pack_choice_web.h"

bool home_tool_is_of_countries(const struct pack_tool *t)
{
    return t->kind == PACK_KIND_INSTRUMENTS || (pack_tool_is_answered(t) && t->subject == PACK_SUBJECT_COUNTRY);
}

static const char *in_country(struct arena *a, const struct pack_tool *t, const char *country)
{
    return country == NULL ? "/countries"
           : t->kind == PACK_KIND_INSTRUMENTS
               ? pack_choice_address(a, url_make(a, "/countries/{0}/obligations", country, NULL), t)
               : url_make(a, "/countries/{0}/tools/{1}", country, t->id, NULL);
}

const char *home_tool_address(struct arena *a, const struct pack_tool *t, const char *programme, const char *country)
{
    if (home_tool_is_of_countries(t)) {
        return in_country(a, t, country);
    }
    switch (t->kind) {
    case PACK_KIND_RISK_TABLE:
    case PACK_KIND_RESPONSE_LADDER: return url_make(a, "/programmes/{0}/risks", programme, NULL);
    case PACK_KIND_INDICATOR_SET: return url_make(a, "/programmes/{0}/indicators", programme, NULL);
    case PACK_KIND_ADVOCACY_TABLE:
        return pack_choice_address(a, url_make(a, "/programmes/{0}/advocacy", programme, NULL), t);
    case PACK_KIND_DECISION_FLOW:
        return pack_choice_address(a, url_make(a, "/programmes/{0}/due-diligence", programme, NULL), t);
    default: break;
    }
    if (!pack_tool_is_answered(t)) {
        return NULL;
    }
    return t->subject == PACK_SUBJECT_PUBLICATION ? url_make(a, "/programmes/{0}/publications", programme, NULL)
                                                  : url_make(a, "/programmes/{0}/checklists/{1}", programme, t->id, NULL);
}
