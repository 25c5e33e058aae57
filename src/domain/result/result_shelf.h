// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_shelf.h: the indicators of the library, narrowed and in order. Pure rules over packs.

#ifndef RESULT_RESULT_SHELF_H
#define RESULT_RESULT_SHELF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/msg.h"
#include "pack/pack.h"

struct shelf_row {
    const struct pack_tool *tool;
    const struct pack_row *row;
    const char *text;  // in the language of the person
    const char *here;  // id of the indicator of this programme that came from it, or NULL
    int elsewhere;     // other programmes that have it, of those the person may read
};
struct shelf {
    struct shelf_row *rows;
    size_t n;
};
// What is looked for; "" for all.
struct shelf_query {
    const char *search;   // a piece of the text, the id, or the name of a right; ASCII letters alike
    const char *area;     // id of a tool
    const char *expected; // id of an expected result
    const char *right;    // row id of a right served
    const char *unit;     // word of the pack: "yes-no"
    const char *split;    // "sex"; "none": without any
    const char *taken;    // "here", "elsewhere", "no": neither
    const char *sort;     // "title", "unit"; "" as in the library
    bool descending;
};

// All rows of all indicator sets of all packs, in the order of packs, tools and rows.
void shelf_load(struct arena *a, const struct lang *lang, struct shelf *out);
// The rows that fit, in order.
void shelf_narrow(struct arena *a, const struct shelf *all, const struct shelf_query *q,
                  struct shelf *out);
// Text of the right a row of the library stands for, in the language of the person, and its place; NULL
// when there is no such row.
const char *shelf_right(const struct lang *lang, const char *row_id, const struct pack_tool **tool,
                        const struct pack_row **row);

#endif
