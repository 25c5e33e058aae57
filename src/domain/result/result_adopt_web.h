// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_adopt_web.h: what the page of the library's indicators and its export share. Not for other nouns.

#ifndef RESULT_RESULT_ADOPT_WEB_H
#define RESULT_RESULT_ADOPT_WEB_H

#include "http/http.h"
#include "result/result_shelf.h"

struct adopt_shelf {
    struct shelf_query query;
    struct shelf all;    // with what is adopted, here and elsewhere
    struct shelf chosen; // those that fit
    struct record **indicators; // of this programme
    size_t n_indicators;
};
// Reads the query of the address and the shelf: two statements. A value that cannot be is ERR_INPUT.
MUST_CHECK enum err adopt_shelf_load(struct req *r, struct adopt_shelf *out, struct err_info *e);
// Address of the list, or of what stands below it, with one parameter changed; value NULL: left out.
const char *adopt_address(struct req *r, const char *below, const char *name, const char *value);
// "Sex, Age group" of a row, translated; "" for none.
const char *adopt_splits(struct req *r, const struct pack_row *row);

#endif
