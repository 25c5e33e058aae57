// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_finish.c: what is filled in once a tool is read: the sort of each row, and the texts that one
// row shares with another ("same_as"), so that two tools can ask the same question in the same words;
// and leaving out what an office hid.

#include "pack/pack_inner.h"

#include <string.h>

// The tool whose id the row id begins with: "3.7" for "3.7-1-02". NULL when the pack has none.
static struct pack_slot *slot_of_row(const struct pack *p, const char *row_id)
{
    struct pack_slot *found = NULL;
    for (size_t i = 0; i < p->inner->n_slots; i++) {
        struct pack_slot *slot = &p->inner->slots[i];
        size_t len = strlen(slot->id);
        bool fits = strncmp(slot->id, row_id, len) == 0 && row_id[len] == '-';
        if (fits && (found == NULL || len > strlen(found->id))) {
            found = slot;
        }
    }
    return found;
}

const struct pack_row *pack_shared_row(const struct pack *p, const char *row_id)
{
    struct pack_slot *slot = slot_of_row(p, row_id);
    struct pack_tool *tool = slot == NULL ? NULL : pack_slot_load(p, slot);
    const struct pack_row *row = tool == NULL ? NULL : tool_row(tool, row_id);
    // One step only: a chain could be a circle.
    return row == NULL || row->same_as != NULL ? NULL : row;
}

#define TAKE(member)                                                                               \
    if (row->member == NULL) {                                                                     \
        row->member = from->member;                                                                \
    }
#define TAKE_LIST(member)                                                                          \
    if (row->n_##member == 0) {                                                                    \
        row->member = from->member;                                                                \
        row->n_##member = from->n_##member;                                                        \
    }

static void take(struct pack_row *row, const struct pack_row *from)
{
    TAKE(text);
    TAKE(help);
    TAKE(body);
    TAKE(argument);
    TAKE_LIST(refs);
    TAKE_LIST(sources);
}

void pack_tool_finish(const struct pack *p, struct pack_tool *tool)
{
    // The rows are read only for everybody else.
    struct pack_row *rows = (struct pack_row *)tool->rows;
    for (unsigned i = 0; i < tool->n_rows; i++) {
        if (rows[i].part_word != NULL) {
            (void)pack_part_known(rows[i].part_word, &rows[i].part);
        }
        const struct pack_row *from =
            rows[i].same_as == NULL ? NULL : pack_shared_row(p, rows[i].same_as);
        if (from != NULL) {
            take(&rows[i], from);
        }
        if (rows[i].text == NULL) {
            rows[i].text = ""; // PACK-E54 says so
        }
    }
}

bool tool_row_is_shown(const struct pack_tool *tool, const struct pack_row *row)
{
    for (int depth = 0; row != NULL && depth < 100; depth++) {
        if (row->hidden == PACK_YES) {
            return false;
        }
        row = row->parent == NULL ? NULL : tool_row(tool, row->parent);
    }
    return true;
}

static bool has_rows(const struct pack_row *rows, unsigned n, const char *section)
{
    for (unsigned i = 0; i < n; i++) {
        if (rows[i].section != NULL && strcmp(rows[i].section, section) == 0) {
            return true;
        }
    }
    return false;
}

void pack_tool_hide(struct arena *a, struct pack_tool *tool)
{
    struct pack_row *rows = ARENA_ARRAY(a, struct pack_row, (size_t)tool->n_rows + 1);
    unsigned n = 0, all = tool->n_rows;
    for (unsigned i = 0; i < all; i++) {
        if (tool_row_is_shown(tool, &tool->rows[i])) {
            rows[n++] = tool->rows[i];
        }
    }
    if (n == all) {
        return;
    }
    for (unsigned i = 0, behind = n; i < all; i++) {
        if (!tool_row_is_shown(tool, &tool->rows[i])) {
            rows[behind++] = tool->rows[i];
        }
    }
    tool->rows = rows;
    tool->n_rows = n;
    tool->n_hidden = all - n;
    struct pack_section *sections =
        ARENA_ARRAY(a, struct pack_section, (size_t)tool->n_sections + 1);
    unsigned n_sections = 0;
    for (unsigned i = 0; i < tool->n_sections; i++) {
        if (has_rows(rows, n, tool->sections[i].id)) {
            sections[n_sections++] = tool->sections[i];
        }
    }
    tool->sections = sections;
    tool->n_sections = n_sections;
}
