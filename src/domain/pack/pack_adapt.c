// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_adapt.c: see pack_adapt.h. Copying a tool and changing the copy. Comparing is pack_compare.c.

#include "pack/pack_adapt.h"

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "pack/pack_draft.h"

// ---- reading and writing ------------------------------------------------------------------------

struct pack_tool *pack_draft_read(struct arena *a, const char *bytes, size_t len)
{
    const char *why = "";
    return yaml_map(a, bytes, len, &pack_shape_tool, &why);
}

const char *pack_draft_write(struct arena *a, const struct pack_tool *draft)
{
    return yaml_write(a, &pack_shape_tool, draft);
}

struct pack_row *draft_row(struct pack_tool *draft, const char *row_id)
{
    return (struct pack_row *)tool_row(draft, row_id); // a draft is the caller's own
}

void draft_change_scale(struct pack_tool *draft, const char *from, const char *to)
{
    draft->scale = draft->scale != NULL && strcmp(draft->scale, from) == 0 ? to : draft->scale;
    for (unsigned i = 0; i < draft->n_rows; i++) {
        struct pack_row *row = draft_row(draft, draft->rows[i].id);
        row->scale = row->scale != NULL && strcmp(row->scale, from) == 0 ? to : row->scale;
    }
}

struct pack_row *draft_insert(struct arena *a, struct pack_tool *draft, size_t at,
                              const struct pack_row *row)
{
    struct pack_row *rows = ARENA_ARRAY(a, struct pack_row, (size_t)draft->n_rows + 1);
    for (size_t i = 0, k = 0; i <= draft->n_rows; i++) {
        rows[i] = i == at ? *row : draft->rows[k++];
    }
    draft->rows = rows;
    draft->n_rows++;
    return &rows[at];
}

// ---- copying ------------------------------------------------------------------------------------

// "3.1-Q01" of tool 3.1 becomes "office-3.1-Q01" in the tool office-3.1.
const char *draft_id_for(struct arena *a, const struct pack_tool *draft,
                         const struct pack_tool *from, const char *row_id)
{
    size_t len = strlen(from->id);
    bool begins = strncmp(row_id, from->id, len) == 0 && row_id[len] == '-';
    return arena_printf(a, "%s-%s", draft->id, begins ? row_id + len + 1 : row_id);
}

struct pack_row draft_plain(const struct pack_row *row)
{
    struct pack_row plain = *row;
    plain.origin = NULL;
    plain.hidden = PACK_YES_NONE;
    plain.was = NULL;
    plain.same_as = NULL; // its texts are filled in already
    return plain;
}

struct pack_tool *pack_adapt(struct arena *a, const struct pack_tool *from, const char *tool_id,
                             const char *title)
{
    struct pack_tool *draft = ARENA_MAKE(a, struct pack_tool);
    struct pack_row *rows = ARENA_ARRAY(a, struct pack_row, (size_t)from->n_rows + 1);
    *draft = *from;
    draft->id = tool_id;
    draft->title = title;
    draft->origin = (struct pack_origin){from->pack->id, from->id, from->pack->version};
    draft->counted_as = NULL; // it is not in the inventory of the document
    draft->counts = NULL;
    draft->n_counts = 0;
    for (unsigned i = 0; i < from->n_rows; i++) {
        rows[i] = draft_plain(&from->rows[i]);
        rows[i].id = draft_id_for(a, draft, from, from->rows[i].id);
        rows[i].origin = from->rows[i].id;
        if (rows[i].parent != NULL) {
            rows[i].parent = draft_id_for(a, draft, from, rows[i].parent);
        }
    }
    draft->rows = rows;
    return draft;
}

// ---- changing -----------------------------------------------------------------------------------

struct pack_row draft_normal(const struct pack_tool *draft, const struct pack_row *row)
{
    struct pack_row plain = draft_plain(row);
    const struct pack_row *parent = row->parent == NULL ? NULL : tool_row(draft, row->parent);
    plain.id = row->origin;
    if (parent != NULL && parent->origin != NULL) {
        plain.parent = parent->origin;
    }
    return plain;
}

const char *draft_words(struct arena *a, const struct pack_row *plain)
{
    return yaml_write(a, &pack_shape_row, plain);
}

static const char *text_or_null(struct arena *a, const char *text)
{
    size_t from = strspn(text, " \t\r\n"), len = strlen(text);
    while (len > from && strchr(" \t\r\n", text[len - 1]) != NULL) {
        len--;
    }
    return len == from ? NULL : arena_copy_n(a, text + from, len - from);
}

static void set_lines(struct arena *a, struct pack_row *row, const char *lines)
{
    const char **list = ARENA_ARRAY(a, const char *, strlen(lines) + 1);
    unsigned n = 0;
    while (*lines != '\0') {
        size_t len = strcspn(lines, "\n");
        const char *line = text_or_null(a, arena_copy_n(a, lines, len));
        if (line != NULL && strncmp(line, "- ", 2) == 0) {
            line = text_or_null(a, line + 2);
        }
        if (line != NULL) {
            list[n++] = line;
        }
        lines += len + (lines[len] == '\n');
    }
    row->mitigation = list;
    row->n_mitigation = n;
}

static int year_of(const char *text)
{
    return (int)strtol(text, NULL, 10); // checked by the form, and by the rules of packs
}

static void set_texts(struct arena *a, struct pack_row *row, const struct pack_rewording *w)
{
    row->text = w->text == NULL ? row->text : text_or_null(a, w->text);
    row->help = w->help == NULL ? row->help : text_or_null(a, w->help);
    row->scale = w->scale == NULL ? row->scale : text_or_null(a, w->scale);
    row->argument = w->argument == NULL ? row->argument : text_or_null(a, w->argument);
    row->short_name = w->short_name == NULL ? row->short_name : text_or_null(a, w->short_name);
    row->adopted = w->adopted == NULL ? row->adopted : year_of(w->adopted);
    row->in_force = w->in_force == NULL ? row->in_force : year_of(w->in_force);
    if (w->mitigation != NULL) {
        set_lines(a, row, w->mitigation);
    }
}

void draft_keep_was(struct arena *a, const struct pack_tool *draft, struct pack_row *row,
                    const struct pack_row *then)
{
    struct pack_row ours = draft_normal(draft, row);
    row->was = then;
    if (then != NULL && strcmp(draft_words(a, &ours), draft_words(a, then)) == 0) {
        row->was = NULL;
    }
}

void draft_reword(struct arena *a, struct pack_tool *draft, struct pack_row *row,
                  const struct pack_rewording *w)
{
    const struct pack_row *then = row->was;
    if (row->origin != NULL && then == NULL) {
        struct pack_row *before = ARENA_MAKE(a, struct pack_row);
        *before = draft_normal(draft, row);
        then = before;
    }
    set_texts(a, row, w);
    draft_keep_was(a, draft, row, then);
}

static bool same(const char *x, const char *y)
{
    return x == NULL || y == NULL ? x == y : strcmp(x, y) == 0;
}

// The highest number among rows of our own, plus one: rows are hidden, never taken out.
static const char *next_own_id(struct arena *a, const struct pack_tool *draft)
{
    const char *begin = arena_printf(a, "%s-own-", draft->id);
    long highest = 0;
    for (unsigned i = 0; i < draft->n_rows; i++) {
        if (strncmp(draft->rows[i].id, begin, strlen(begin)) == 0) {
            long n = strtol(draft->rows[i].id + strlen(begin), NULL, 10);
            highest = n > highest ? n : highest;
        }
    }
    return arena_printf(a, "%s%ld", begin, highest + 1);
}

struct pack_row *draft_add(struct arena *a, struct pack_tool *draft, const char *section,
                           const struct pack_rewording *w)
{
    struct pack_row row = {.id = next_own_id(a, draft), .section = section};
    size_t at = draft->n_rows;
    for (size_t i = draft->n_rows; i > 0; i--) {
        const struct pack_row *like = &draft->rows[i - 1];
        if (same(like->section, section) && like->parent == NULL) {
            row.part_word = like->part_word;
            row.scale = like->scale;
            row.group = like->group;
            break;
        }
    }
    for (size_t i = draft->n_rows; i > 0; i--) {
        if (same(draft->rows[i - 1].section, section)) {
            at = i;
            break;
        }
    }
    if (draft->kind == PACK_KIND_PROFILE) {
        row.unit = PACK_UNIT_TEXT;
    }
    set_texts(a, &row, w);
    return draft_insert(a, draft, at, &row);
}

// ---- order --------------------------------------------------------------------------------------

static bool stands_under(const struct pack_tool *draft, const struct pack_row *row,
                         const struct pack_row *above)
{
    for (int depth = 0; row != NULL && row->parent != NULL && depth < 100; depth++) {
        if (strcmp(row->parent, above->id) == 0) {
            return true;
        }
        row = tool_row(draft, row->parent);
    }
    return false;
}

// The first row after `at` that does not stand under it.
size_t draft_block_end(const struct pack_tool *draft, size_t at)
{
    size_t end = at + 1;
    while (end < draft->n_rows && stands_under(draft, &draft->rows[end], &draft->rows[at])) {
        end++;
    }
    return end;
}

const struct pack_row *draft_neighbour(const struct pack_tool *draft, const struct pack_row *row, bool above)
{
    const struct pack_row *found = NULL, *end = draft->rows + draft->n_rows;
    for (const struct pack_row *x = above ? draft->rows : row + 1; x < (above ? row : end); x++) {
        bool fits = same(x->section, row->section) && same(x->parent, row->parent) &&
                    same(x->result, row->result);
        if (fits && (above || found == NULL)) {
            found = x;
        }
    }
    return found;
}

// Exchanges the blocks [first, middle) and [second, end); what is between stays between.
static void exchange(struct arena *a, struct pack_tool *draft, size_t first, size_t middle,
                     size_t second, size_t end)
{
    struct pack_row *rows = ARENA_ARRAY(a, struct pack_row, (size_t)draft->n_rows + 1);
    size_t n = 0;
    const size_t parts[][2] = {{0, first},       {second, end},       {middle, second},
                               {first, middle}, {end, draft->n_rows}};
    for (size_t p = 0; p < COUNT_OF(parts); p++) {
        for (size_t i = parts[p][0]; i < parts[p][1]; i++) {
            rows[n++] = draft->rows[i];
        }
    }
    draft->rows = rows;
}

bool draft_move(struct arena *a, struct pack_tool *draft, const char *row_id, bool up)
{
    const struct pack_row *row = tool_row(draft, row_id);
    const struct pack_row *other = row == NULL ? NULL : draft_neighbour(draft, row, up);
    if (other == NULL) {
        return false;
    }
    size_t first = (size_t)((up ? other : row) - draft->rows);
    size_t second = (size_t)((up ? row : other) - draft->rows);
    exchange(a, draft, first, draft_block_end(draft, first), second,
             draft_block_end(draft, second));
    return true;
}
