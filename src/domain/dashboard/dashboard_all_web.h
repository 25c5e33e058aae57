// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_all_web.h: what the dashboard of all programmes is asked for, and what it shows, for its page and its
// file. Not for other nouns.

#ifndef DASHBOARD_DASHBOARD_ALL_WEB_H
#define DASHBOARD_DASHBOARD_ALL_WEB_H

#include "dashboard/dashboard_figures.h"
#include "http/http.h"
#include "programme/programme.h"

// Fields of a programme that it is narrowed by, as in the address.
#define DASHBOARD_ALL_FILTERS 4
extern const struct dashboard_all_filter {
    const char *name, *label, *all; // all: what the empty choice says
} dashboard_all_filters[DASHBOARD_ALL_FILTERS];

struct dashboard_one {
    const struct record *programme;
    struct dashboard_tally tally; // of its indicators in use
};
// Values of one indicator that are missing.
struct dashboard_missing {
    const char *owner; // id of the person, or ""
    const struct record *programme;
    size_t late, due;
};
struct dashboard_all {
    const char *asked[DASHBOARD_ALL_FILTERS]; // "" for what is not
    struct dashboard_one *programmes;         // by number
    size_t n;
    struct dashboard_tally sum;
    struct dashboard_missing *missing;
    size_t n_missing;
    struct programme_people people;
};
// The programmes on which the person has this right and that fit the filters. ERR_INPUT names a filter that cannot be.
// Memory does not grow with the values.
MUST_CHECK enum err dashboard_all_load(struct req *r, enum verb verb, struct dashboard_all *out, struct err_info *e);

#endif
