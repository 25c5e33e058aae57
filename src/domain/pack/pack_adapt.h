// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_adapt.h: a copy of a tool: how it is made, changed row by row, and compared with its original.
// Pure: structures in, structures out; pack_own.h keeps them.
//
// A draft is a tool as its file says: hidden rows included, nothing filled in. Rows are never taken out
// of a draft, so that the id of a row stays its own.

#ifndef PACK_PACK_ADAPT_H
#define PACK_PACK_ADAPT_H

#include "base/arena.h"
#include "base/err.h"
#include "pack/pack.h"

// A draft that copies a tool: its rows keep all their content and say which row they come from.
struct pack_tool *pack_adapt(struct arena *a, const struct pack_tool *from, const char *tool_id,
                             const char *title);
// Reads a draft; NULL when the text is no tool.
struct pack_tool *pack_draft_read(struct arena *a, const char *bytes, size_t len);
const char *pack_draft_write(struct arena *a, const struct pack_tool *draft);
struct pack_row *draft_row(struct pack_tool *draft, const char *row_id); // NULL when there is none
// Neither hidden nor under a row that is.
bool tool_row_is_shown(const struct pack_tool *draft, const struct pack_row *row);

// ---- changing ------------------------------------------------------------------------------------
// What people change of a row. NULL leaves a text as it is, "" takes it away (not the text itself).
struct pack_rewording {
    const char *text;
    const char *help;
    const char *scale;      // id, or "" for that of the tool
    const char *mitigation; // measures against a risk, one on each line
    const char *argument;   // that answers a concern
    const char *short_name; // of a treaty, and the years in which it was adopted and came into force
    const char *adopted;
    const char *in_force;
};
void draft_reword(struct arena *a, struct pack_tool *draft, struct pack_row *row,
                  const struct pack_rewording *w);
// A new row at the end of a section (NULL where the tool has none), of the sort that row `like` has.
struct pack_row *draft_add(struct arena *a, struct pack_tool *draft, const char *section,
                           const struct pack_rewording *w);
// The next row above or below of the same section, under the same row; NULL: it is the first, or the last.
const struct pack_row *draft_neighbour(const struct pack_tool *draft, const struct pack_row *row, bool above);
// One place up or down among its neighbours: rows of the same section, under the same row. What stands
// under a row goes with it. False when it is the first or last of them.
bool draft_move(struct arena *a, struct pack_tool *draft, const char *row_id, bool up);
// The tool and its rows that are answered on one scale are answered on another from now on.
void draft_change_scale(struct pack_tool *draft, const char *from, const char *to);

// ---- comparing -----------------------------------------------------------------------------------
enum pack_change {
    PACK_SAME,         // nobody changed it, or both alike
    PACK_OURS,         // we did
    PACK_THEIRS,       // the original did
    PACK_BOTH,
    PACK_NEW_THERE,    // the original has a row that we do not have
    PACK_GONE_THERE,   // it no longer has the row
    PACK_OWN,          // a row of ours
    PACK_CHANGE_COUNT
};
const char *pack_change_word(enum pack_change change);  // "ours-changed"
const char *pack_change_label(enum pack_change change); // catalogue key
struct pack_row_compare {
    enum pack_change change;
    const struct pack_row *ours; // in the draft; NULL: we do not have it
    const struct pack_row *then; // what the original said when it was copied or last looked at; or NULL
    const struct pack_row *now;  // in the original; NULL: gone, or never there
};
// Row by row, in the order of the draft, each new row after the one it follows in the original. from is
// the original as it is now, NULL when it is gone.
struct pack_row_compare *pack_compare(struct arena *a, const struct pack_tool *draft,
                                      const struct pack_tool *from, size_t *n);
// One key of a row, as people read it. The texts are NULL where there is none.
struct pack_cell_compare {
    const char *key;
    const char *ours;
    const char *then;
    const char *now;
};
// The keys in which the three differ.
struct pack_cell_compare *pack_compare_cells(struct arena *a, const struct pack_tool *draft,
                                             const struct pack_row_compare *row, size_t *n);
// What was done between two states of a draft, a line for each row: catalogue keys with the id for {0},
// and last, where id is NULL, what is said of the tool as a whole.
struct pack_done {
    const char *what;
    const char *id;
    const char *with; // for {1}, or NULL
};
struct pack_done *draft_changes(struct arena *a, const struct pack_tool *before,
                                const struct pack_tool *after, size_t *n);
// The same for a scale, a line for each answer: {0} and {1} are words of the answers. NULL: it was not there.
struct pack_done *scale_changes(struct arena *a, const struct pack_scale *before,
                                const struct pack_scale *after, size_t *n);
// In the language.
const char *pack_done_words(struct arena *a, const struct lang *lang, const struct pack_done *done);

// Takes over what the original says now: its content, a new row, or for a row that is gone there, hides
// ours. id: of our row, or of the original's. ERR_NOT_FOUND when there is nothing to take over.
MUST_CHECK enum err draft_take(struct arena *a, struct pack_tool *draft, const struct pack_tool *from,
                               const char *id, struct err_info *e);
// Leaves ours as it is and counts the change of the original as seen; a row that is new there comes in
// hidden, one that is gone there becomes our own.
MUST_CHECK enum err draft_keep(struct arena *a, struct pack_tool *draft, const struct pack_tool *from,
                               const char *id, struct err_info *e);

#endif
