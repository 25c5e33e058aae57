// SPDX-License-Identifier: AGPL-3.0-or-later
//
// advocacy_web.h: what the pages about arguments share. Not for other nouns.

#ifndef ADVOCACY_ADVOCACY_WEB_H
#define ADVOCACY_ADVOCACY_WEB_H

#include "advocacy/advocacy.h"
#include "html/page.h"
#include "http/http.h"
#include "pack/pack_take_web.h"

// A use of an argument as the pages show it; all texts are translated.
struct advocacy_card {
    const char *address;
    const char *number; // of the programme
    const char *row;    // that says the concern, in its tool; "": an own concern
    const char *heading, *concern, *argument;
    const char *with; // "Police or border service: Border police"
    const char *country;
    const char *used_on; // YYYY-MM-DD
    const char *look, *result;
    const char *what_worked, *next_time;
    bool lesson;
};
struct advocacy_card advocacy_card_of(struct req *r, const struct advocacy_line *line);
struct advocacy_card *advocacy_cards(struct req *r, const struct advocacy_line *lines, size_t n);
// "/programmes/GLOT59/advocacy" and what follows.
const char *advocacy_address(const struct req *r, const char *below);
// Programmes > GLOT59 > Arguments, for pages below the list.
const struct crumb *advocacy_crumbs(struct req *r, size_t *n);

#endif
