// SPDX-License-Identifier: AGPL-3.0-or-later
//
// obligation_rights.h: which rights of the Toolkit bind a State: rows with articles, joined with the
// treaties that bind it.
//
// A row of a tool names the articles in which a right stands. An article binds a State when its
// instrument does (docs/risks.md). Sources that are no treaties (declarations, guidelines) bind nobody
// and are named only.

#ifndef OBLIGATION_OBLIGATION_RIGHTS_H
#define OBLIGATION_OBLIGATION_RIGHTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "pack/pack.h"

struct db_read;

// What is known of a State and an instrument.
struct obligation_fact {
    const char *country;
    const char *instrument;   // row of tool 2.2
    const char *status;       // party, signed, none, not_known
    const char *bound_on;     // partial date, or ""
    const char *reservations; // or ""
    bool confirmed; // a person entered or accepted it; else only the reference data say so
};
struct obligation_facts {
    struct obligation_fact *items;
    size_t n;
};

struct right_article {
    const struct pack_article *article;
    const struct pack_row *instrument; // NULL: a source that is no treaty of tool 2.2
    // In the order of the countries asked for. A State stands in at most one of them.
    const struct obligation_fact **binding; // party, confirmed
    size_t n_binding;
    const struct obligation_fact **unsure; // party, by the reference data alone
    size_t n_unsure;
};
// A row elsewhere in the Toolkit that rests on this right.
struct right_use {
    const struct pack_tool *tool;
    const struct pack_row *row;
};
struct right_line {
    const struct pack_tool *tool;
    const struct pack_row *row;
    struct right_article *articles;
    size_t n_articles;
    size_t n_binding; // articles that bind at least one of the States
    struct right_use *uses;
    size_t n_uses;
};
struct right_list {
    struct right_line *lines; // in the order of the tools and rows
    size_t n;
    size_t n_bound; // lines with an article that binds
};

// All rows with articles of these tools; tools NULL: of all tools of the default pack. countries as
// " NA NE ". Uses are looked for when with_uses: risks and concerns that refer to the tool of the
// right, indicators that serve the right.
void obligation_rights_make(struct arena *a, const char *countries,
                            const struct obligation_facts *facts, const char *const *tools,
                            size_t n_tools, bool with_uses, struct right_list *out);
// What was entered for these countries, and what the reference data say where nothing was. One
// statement.
MUST_CHECK enum err obligation_facts_load(struct db_read *db, struct arena *a,
                                          const char *countries, struct obligation_facts *out,
                                          struct err_info *e);
// The fact for one country and instrument; NULL when nothing is known.
const struct obligation_fact *obligation_fact_of(const struct obligation_facts *facts,
                                                 const char *country, const char *instrument);

#endif
