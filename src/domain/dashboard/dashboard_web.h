// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_web.h: what a dashboard of a programme is asked for, and what it shows, for its page and its file. Not
// for other nouns.

#ifndef DASHBOARD_DASHBOARD_WEB_H
#define DASHBOARD_DASHBOARD_WEB_H

#include "dashboard/dashboard_figures.h"
#include "html/html.h"
#include "http/http.h"
#include "result/result_lines.h"

// Filters of the address. What is not asked for is "" or NULL.
struct dashboard_ask {
    const char *period; // "2026-H1"
    const struct result_span *span;
    const char *country;
    const char *result; // code
    const char *split;  // characteristic
    const char *map;    // id of an indicator
};
// An indicator in use that fits the filters.
struct dashboard_item {
    struct result_line line;   // up to the end of the period, of the country
    struct result_line within; // in the period alone; the same as line without one
    struct result_expect expect;
    struct result_reporting all; // what is in, over all periods
    struct result_reporting reporting; // in the period asked for
    const char *covered; // "3 of 5 countries", or NULL
};
struct dashboard {
    struct dashboard_ask ask;
    const struct record *top; // the result asked for, or NULL
    const char *today;
    struct record **results;
    size_t n_results;
    const char **places; // countries of the programme
    size_t n_places;
    struct dashboard_item *items;
    size_t n;
    struct dashboard_tally tally;
};
// Refuses an address with another filter than these: ERR_INPUT, since what is left out silently would show too much.
MUST_CHECK enum err dashboard_filters_check(const struct req *r, const struct pair *filters, size_t n, struct err_info *e);
// The dashboard of r->programme as the address asks for it. ERR_INPUT names a filter that cannot be. Parts of values
// are read only when with_parts, a split is asked for, and the person works with the records. Four statements, or five.
MUST_CHECK enum err dashboard_load(struct req *r, bool with_parts, struct dashboard *out, struct err_info *e);

// "/programmes/X/dashboard" and ending, with the filters asked for; `name` has this value instead (NULL changes
// nothing, value "" leaves it out).
const char *dashboard_address(struct req *r, const struct dashboard_ask *ask, const char *ending, const char *name,
                              const char *value);
// "12,500".
const char *dashboard_number_of(struct arena *a, int64_t n);
// "3 of 5"; "–" when there are none.
const char *dashboard_of(struct req *r, size_t n, size_t of);
// The sentence over a dashboard: how many are behind, reached, late.
const char *dashboard_lead(struct req *r, const struct dashboard_tally *t);
// What the word beside an indicator means, in a sentence.
const char *dashboard_standing_means(const struct lang *lang, enum result_standing standing);

// A choice of a filter, and a figure with its name.
struct dashboard_option {
    const char *value, *label;
    bool chosen;
};
struct dashboard_choice {
    const char *name, *label, *all; // all: what the empty choice says
    struct dashboard_option *options;
    size_t n;
};
struct dashboard_stat {
    const char *label;
    const struct html_figure *figure;
};
// The counts of a tally as figures: in the order of urgency, those that are 0 left out except the first three.
// records, missing: addresses of the lists behind them.
struct dashboard_stat *dashboard_stats(struct req *r, const struct dashboard_tally *t, const char *records,
                                       const char *missing, size_t *n);
// Standings in the order in which they are shown.
extern const enum result_standing dashboard_order[STANDING_COUNT];

// A tile of a map: countries by region, darker where the figure is larger.
struct dashboard_tile {
    const char *code, *name, *address, *figure;
    int shade; // 0 to 5
};
struct dashboard_region {
    const char *name;
    struct dashboard_tile *tiles;
    size_t n;
};
// Puts tiles into regions in the order of their names; tiles without a region last.
struct dashboard_region *dashboard_regions(struct req *r, const struct dashboard_tile *tiles, size_t n,
                                           size_t *n_regions);

// Views that the person saved, by name. One statement.
struct dashboard_views {
    struct record **items;
    size_t n;
};
MUST_CHECK enum err dashboard_views_load(struct req *r, struct dashboard_views *out, struct err_info *e);
// Adds a choice; it is chosen when it is what was asked for.
void dashboard_option_add(struct dashboard_choice *c, const char *asked, const char *value, const char *label);
// The filters over a dashboard: plain is its address without any, here the one that is shown. Choices that offer
// nothing are left out.
struct dashboard_filters_view;
struct dashboard_filters_view *dashboard_filters(struct req *r, const char *plain, const char *here,
                                                 const struct dashboard_choice *choices, size_t n,
                                                 const struct dashboard_views *views);

#endif
