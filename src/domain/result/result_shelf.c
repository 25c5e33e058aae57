// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_shelf.c: see result_shelf.h.

#include "result/result_shelf.h"

#include <string.h>

#include "base/sort.h"
#include "result/result_library.h"

static size_t count_rows(void)
{
    size_t n_packs, n_tools, n = 0;
    const struct pack *const *packs = pack_all(&n_packs);
    for (size_t p = 0; p < n_packs; p++) {
        const struct pack_tool *const *tools = pack_tools(packs[p], &n_tools);
        for (size_t t = 0; t < n_tools; t++) {
            n += tools[t]->kind == PACK_KIND_INDICATOR_SET ? tools[t]->n_rows : 0;
        }
    }
    return n;
}

void shelf_load(struct arena *a, const struct lang *lang, struct shelf *out)
{
    size_t n_packs, n_tools;
    const struct pack *const *packs = pack_all(&n_packs);
    *out = (struct shelf){.rows = ARENA_ARRAY(a, struct shelf_row, count_rows() + 1)};
    for (size_t p = 0; p < n_packs; p++) {
        const struct pack_tool *const *tools = pack_tools(packs[p], &n_tools);
        for (size_t t = 0; t < n_tools; t++) {
            const struct pack_tool *tool = tools[t];
            for (unsigned i = 0; tool->kind == PACK_KIND_INDICATOR_SET && i < tool->n_rows; i++) {
                const struct pack_row *row = &tool->rows[i];
                out->rows[out->n++] = (struct shelf_row){
                    .tool = tool, .row = row, .text = pack_words(tool->pack, lang, row->id, row->text)};
            }
        }
    }
}

const char *shelf_right(const struct lang *lang, const char *row_id, const struct pack_tool **tool,
                        const struct pack_row **row)
{
    *row = pack_row_anywhere(row_id, tool);
    return *row == NULL ? NULL : pack_words((*tool)->pack, lang, (*row)->id, (*row)->text);
}

// ---- what fits --------------------------------------------------------------------------------------

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool holds(const char *text, const char *piece)
{
    for (; *text != '\0'; text++) {
        size_t i = 0;
        while (piece[i] != '\0' && small(text[i]) == small(piece[i])) {
            i++;
        }
        if (piece[i] == '\0') {
            return true;
        }
    }
    return piece[0] == '\0';
}

static bool serves(const struct pack_row *row, const char *right)
{
    for (unsigned i = 0; i < row->n_serves; i++) {
        if (strcmp(row->serves[i], right) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_found(const struct shelf_row *r, const char *piece)
{
    bool found = holds(r->text, piece) || holds(r->row->id, piece);
    for (unsigned i = 0; !found && i < r->row->n_serves; i++) {
        const struct pack_tool *tool;
        const struct pack_row *right = pack_row_anywhere(r->row->serves[i], &tool);
        found = right != NULL && holds(right->text, piece);
    }
    return found;
}

static bool is_split(const struct pack_row *row, const char *split)
{
    if (strcmp(split, "none") == 0) {
        return row->n_disaggregation == 0;
    }
    for (unsigned i = 0; i < row->n_disaggregation; i++) {
        if (strcmp(row->disaggregation[i], split) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_taken(const struct shelf_row *r, const char *taken)
{
    return strcmp(taken, "here") == 0        ? r->here != NULL
           : strcmp(taken, "elsewhere") == 0 ? r->elsewhere > 0
                                             : r->here == NULL && r->elsewhere == 0;
}

static bool fits(const struct shelf_row *r, const struct shelf_query *q)
{
    const struct pack_row *row = r->row;
    return (q->area[0] == '\0' || strcmp(r->tool->id, q->area) == 0) &&
           (q->expected[0] == '\0' ||
            (row->result != NULL && strcmp(row->result, q->expected) == 0)) &&
           (q->right[0] == '\0' || serves(row, q->right)) &&
           (q->unit[0] == '\0' || strcmp(pack_unit_word(row->unit), q->unit) == 0) &&
           (q->split[0] == '\0' || is_split(row, q->split)) &&
           (q->taken[0] == '\0' || is_taken(r, q->taken)) &&
           (q->search[0] == '\0' || is_found(r, q->search));
}

// ---- order ------------------------------------------------------------------------------------------

static int by_title(const void *x, const void *y)
{
    const struct shelf_row *a = x, *b = y;
    int order = strcmp(a->text, b->text);
    return order != 0 ? order : strcmp(a->row->id, b->row->id);
}

static int by_unit(const void *x, const void *y)
{
    const struct shelf_row *a = x, *b = y;
    int order = (int)a->row->unit - (int)b->row->unit;
    return order != 0 ? order : by_title(x, y);
}

void shelf_narrow(struct arena *a, const struct shelf *all, const struct shelf_query *q,
                  struct shelf *out)
{
    *out = (struct shelf){.rows = ARENA_ARRAY(a, struct shelf_row, all->n + 1)};
    for (size_t i = 0; i < all->n; i++) {
        if (fits(&all->rows[i], q)) {
            out->rows[out->n++] = all->rows[i];
        }
    }
    if (q->sort[0] != '\0') {
        sort_items(out->rows, out->n, sizeof *out->rows, strcmp(q->sort, "unit") == 0 ? by_unit : by_title);
    }
    for (size_t i = 0; q->descending && i < out->n / 2; i++) {
        struct shelf_row swap = out->rows[i];
        out->rows[i] = out->rows[out->n - 1 - i];
        out->rows[out->n - 1 - i] = swap;
    }
}
