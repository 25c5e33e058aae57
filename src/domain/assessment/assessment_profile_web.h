// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_profile_web.h: what the pages of a profile share. Not for other nouns.

#ifndef ASSESSMENT_ASSESSMENT_PROFILE_WEB_H
#define ASSESSMENT_ASSESSMENT_PROFILE_WEB_H

#include "assessment/assessment_profile.h"
#include "assessment/assessment_web.h"

extern const struct checklist_pages profile_pages;

// "Women 57.6 %, men 60.1 %"; NULL when neither is known.
const char *profile_sex_words(struct req *r, const struct pack_row *row,
                              const struct assessment_answer *value);
// "2022", or "" without a year.
const char *profile_year_words(struct arena *a, int year);
// The newest year that can be true.
int profile_this_year(void);
// "From 41.2 (2018) to 43.7 (2022)"; NULL with fewer than PROFILE_TREND_POINTS points.
const char *profile_trend_words(struct req *r, const struct profile_series *s);
// The trend as a small line; zero bytes with fewer points. id: unique in the page.
struct safe_html profile_spark(struct req *r, const struct pack_tool *tool,
                               const struct profile_series *s, const char *id);
// The same with axes, for the page of the field.
struct safe_html profile_chart(struct req *r, const struct pack_tool *tool,
                               const struct profile_series *s, const char *id);

// A value over the years, for the page of one field and what is folded below the newest value.
struct profile_line {
    const char *id;   // of the answer
    const char *year; // "" without
    const char *value, *sex, *source, *how;
};
struct profile_line *profile_lines(struct req *r, const struct profile_series *s);

// What is typed for one field and year.
struct profile_typed {
    const char *name;       // begins the names of its inputs
    const char *mark;
    const char *of;         // id of the field, for those who hear the form
    const char *year;       // typed, or fixed; "" without
    const char *year_name;  // NULL: the year is fixed
    const char *value, *female, *male, *source, *how;
    const char *year_error, *error, *female_error, *male_error, *source_error; // or NULL
    const char *hint, *sign;
    bool is_number;
    bool split; // women and men are asked for, or known
};

checklist_show profile_fill;
handler profile_post;

#endif
