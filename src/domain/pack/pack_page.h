// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_page.h: what the pages of the library show. Made by pack_view.c from a pack, in the language of
// the reader; the templates only write it down.

#ifndef PACK_PACK_PAGE_H
#define PACK_PACK_PAGE_H

#include "pack/pack.h"
#include "pack/pack_official.h"

struct page_ref {
    const char *id;
    const char *name;    // "3.4 Risks of ...", or the text of a row
    const char *address; // NULL: no pack has it
};
struct page_level {
    const char *title;
    const char *meaning;
};
// A fault of the print: what stands there, how it is read, why.
struct page_correction {
    const char *printed; // NULL: something is missing
    const char *read;
    const char *why;
};
// Where a right stands.
struct page_article {
    const char *name;    // of the treaty or other source
    const char *address; // of the treaty in the library, or NULL
    const char *article; // NULL: as a whole
};
// An answer of the analysis that suggests a risk.
struct page_suggestion {
    struct page_ref row;
    const char *answer;
    const char *why;
};
// A row with all its texts translated; what a kind does not have is NULL or 0.
struct page_row {
    const char *id;
    const char *short_name;
    const char *text;
    const char *help;
    const char *body;
    const char *note;
    bool sub; // belongs under the row above
    const struct page_correction *corrections;
    size_t n_corrections;
    const char *const *sources;
    size_t n_sources;
    const struct page_article *articles;
    size_t n_articles;
    const char *argument, *example, *consider, *authority, *rights, *gender, *number;
    int year;
    const struct page_level *levels; // of its own scale
    size_t n_levels;
    const char *gap; // which answer is a gap in the law; NULL: none
    const struct page_suggestion *suggested_by;
    size_t n_suggested_by;
    const struct page_ref *serves;
    size_t n_serves;
    const struct page_ref *used; // rows that use it
    size_t n_used;
    const struct page_ref *refs;
    size_t n_refs;
    const char *printed; // references as printed, joined; NULL: as they are
    bool doubt;
    const char *const *mitigation;
    size_t n_mitigation;
    int adopted;
    int in_force;
    int ilo;
    const char *printed_year;
    const char *unit;
    const char *direction;
    const char *accumulation;
    const char *split;
    const char *numerator;
    const char *denominator;
    const char *const *means;
    size_t n_means;
    const char *const *assumptions;
    size_t n_assumptions;
    const char *const *targets;
    size_t n_targets;
};
struct page_section {
    const char *title;
    const char *label; // for those who cannot see the table: "Rows of ..."
    const char *printed;
    const char *source;
    const char *help;
    bool rights; // all its rows are rights or standards, with their articles
    const struct page_row *rows;
    size_t n_rows;
};
struct page_tool {
    const char *id;
    enum pack_kind kind;
    bool is_read; // its rows are read one after the other, not in a table
    const char *phase;
    const char *subject;
    const char *source;
    const char *goal;
    const char *rights_goal;
    const char *note;
    const char *pack_id;
    const char *pack_title;
    const char *version;
    const struct page_ref *origin; // what it was copied from, NULL: it is no copy
    const char *origin_version;
    const struct page_ref *copies; // in packs of the office
    size_t n_copies;
    const struct page_section *sections;
    size_t n_sections;
    const struct page_ref *see;
    size_t n_see;
    const struct page_ref *used; // tools that lead here, or have rows that do
    size_t n_used;
    const struct page_level *groups; // columns of a matrix
    size_t n_groups;
    const char *levels_title; // of the scale answers are given on
    const struct page_level *levels;
    size_t n_levels;
    const char *our_words; // addresses of the two wordings; NULL where there is only ours
    const char *official_words;
    bool official; // the texts are those of the published document where it has them
};
// A tool in a list.
struct page_entry {
    const char *pack_id;
    const char *id;
    const char *name; // "3.4 Risks of ..."
    const char *purpose;
    const char *kind;
};
struct page_phase {
    const char *label;
    const struct page_entry *tools;
    size_t n_tools;
};
struct page_chip {
    const char *label;
    const char *address;
    size_t n;
    bool chosen;
};
struct page_pack {
    const char *id;
    const char *title;
    const char *version;
    const char *what; // "5 tools", "3 tables"
    const char *published;
    const char *publisher;
    const char *licence;
    const char *languages;
    const char *needs;
    const char *source;
    const char *source_note;
};
struct page_grid {
    const char *title;
    const char *note;
    const char *const *impacts;
    size_t n_impacts;
    const struct page_grid_row {
        const char *title; // of the likelihood
        const struct page_grid_cell {
            const char *look; // as in html_level
            const char *level;
            bool required;
        } *cells;
        size_t n_cells;
    } *rows;
    size_t n_rows;
    const struct page_level *levels;
    size_t n_levels;
};
struct page_data {
    const char *title;
    const char *source;
    const char *as_of;
    long rows;
};

// Everything below is in the arena.
// With official wording o (or NULL) in place of ours.
struct page_tool page_tool_make(struct arena *a, const struct lang *lang, const struct pack_tool *t,
                                const struct official *o);
struct page_entry page_entry_make(struct arena *a, const struct lang *lang,
                                  const struct pack_tool *t);
struct page_pack page_pack_make(struct arena *a, const struct lang *lang, const struct pack *p);
struct page_grid page_grid_make(struct arena *a, const struct lang *lang, const struct pack *p,
                                const struct pack_grid *g);

#endif
