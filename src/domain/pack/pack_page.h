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
    const char *name;    // "3.4 Risks of ..."
    const char *address; // NULL: nobody has the tool yet
};
// A row with all its texts translated; what a kind does not have is NULL or 0.
struct page_row {
    const char *id;
    const char *short_name;
    const char *text;
    const char *help;
    const char *note;
    const struct page_ref *refs;
    size_t n_refs;
    const char *printed; // references as printed, joined; NULL: as they are
    bool doubt;
    const struct pack_correction *corrections; // of the print; words of the language of the reader
    size_t n_corrections;
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
    const struct page_row *rows;
    size_t n_rows;
};
struct page_level {
    const char *title;
    const char *meaning;
};
struct page_tool {
    enum pack_kind kind;
    const char *phase;
    const char *subject;
    const char *source;
    const char *goal;
    const char *rights_goal;
    const char *note;
    const char *pack_id;
    const char *pack_title;
    const char *version;
    const struct page_section *sections;
    size_t n_sections;
    const struct page_ref *see;
    size_t n_see;
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
