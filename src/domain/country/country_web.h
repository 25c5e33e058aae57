// SPDX-License-Identifier: AGPL-3.0-or-later
//
// country_web.h: what the pages of the country file share. Not for other nouns.

#ifndef COUNTRY_COUNTRY_WEB_H
#define COUNTRY_COUNTRY_WEB_H

#include "country/country.h"
#include "html/page.h"
#include "http/http.h"

// Title of a tool, in the language of the person.
const char *country_tool_title(struct req *r, const struct pack_tool *tool);
// Where a tool about a country is read, and where it is worked on. NULL: nobody has a page for it.
const char *country_tool_address(struct req *r, const char *country, size_t tool);
const char *country_tool_work(struct req *r, const char *country, size_t tool);
// "17 of 42"
const char *country_progress_words(struct req *r, const struct country_tool *t);
// Of due diligence: "3 recipients, 2 decided".
const char *country_cases_words(struct req *r, const struct country_tool *t);
// What comes next, as the label of a link; NULL when the person with these rights can do nothing.
const char *country_next_words(struct req *r, const struct country_tool *t, unsigned verbs,
                               const char *today);
// "changed today", "3 months old"; "" when it was never touched.
const char *country_age_words(struct req *r, const struct country_tool *t, const char *today);
// A programme that works there.
struct country_programme {
    const char *number, *title, *address, *analyse, *look, *state, *starts_on, *ends_on;
};
// The line of a country that the person may read, or ERR_NOT_FOUND.
MUST_CHECK enum err country_find(struct req *r, const char *code, struct country_line **out,
                                 struct err_info *e);

#endif
