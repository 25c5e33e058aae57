// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_web.h: what the pages of releases share. Not for other nouns.

#ifndef RELEASE_RELEASE_WEB_H
#define RELEASE_RELEASE_WEB_H

#include "format/svg/chart.h"
#include "html/page.h"
#include "http/http.h"
#include "release/release_record.h"

// "/releases/trained-2026" and rest.
const char *release_address(struct req *r, const struct record *x, const char *rest);
// "/programmes/GLOT59/releases/trained-2026" and rest: where steps are taken.
const char *release_step_address(struct req *r, const char *programme, const struct record *x, const char *rest);
// Reports > Releases, for pages below the list.
const struct crumb *release_crumbs(struct req *r, size_t *n);
const char *release_look_of(const struct record *x); // as in html_state
const char *release_word(struct req *r, const struct record *x, const char *field);
// The release of the path. ERR_NOT_FOUND as for a page that does not exist, unless it is published or the person
// works with the records of its programme. public: unless it is published and of a class that is for the public.
MUST_CHECK enum err release_of_path(struct req *r, bool public, struct record **out, struct err_info *e);
bool release_may(const struct req *r, enum verb verb, const struct record *x);
// Works with the records of its programme: sees drafts, and what was refused or withdrawn.
bool release_works(const struct req *r, const struct record *x);

// What people read: a dimension (not that of a share), a category, several dimensions ("Sex × Age group").
const char *release_dimension_words(struct req *r, const char *name);
const char *release_category_words(struct req *r, const char *dimension, const char *category);
const char *release_by_words(struct req *r, const char *split_by);
// "Age group: joined; Country: left out" of "age: grouped; country: left out".
const char *release_given_up_words(struct req *r, const char *collapsed);

// ---- the table (release_table_web.c) -----------------------------------------------------------------------

struct release_grid_row {
    const char *label;
    bool total;
    const char **cells; // numbers, the last the sum
    const char *share;  // in whole per cent; "–" where there are too few people
    const char *range;  // "65–85 %": where the true percentage lies; of a share alone
};
struct release_grid {
    bool is_share;      // the columns are part, rest and whole, and the percentage is that of the part in the whole;
                        // otherwise it is that of the row in all
    const char *rows_label;
    const char **columns; // of one dimension: none
    size_t n_columns;     // with the sum
    struct release_grid_row *rows;
    size_t n_rows;
    struct chart_shapes *chart; // or NULL
    const char *chart_title;
};
// From the rounded table alone.
void release_grid_make(struct req *r, const struct release_entry *x, const char *title, struct release_grid *out);

#endif
