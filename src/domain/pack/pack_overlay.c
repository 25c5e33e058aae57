// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_overlay.c: which place of a document each official cell has.
//
// The table lists the pieces in the order of the document. Long pieces are found by their words alone;
// those that keep the order of the table (the heaviest increasing sequence) are the anchors. A short
// piece, which may stand anywhere ("High"), is taken only between the anchors next to it in the table,
// and only when nothing long is missing there.

#include "pack/pack_overlay.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/order.h"
#include "base/sort.h"
#include "base/utf8.h"
#include "pack/pack_inner.h"

#define MAX_PLACES 4 // a text that stands more often than this is no anchor
#define LEAST_SHARE 100 // names of treaties stand in many documents: one word in 100 must be of the table
#define NOWHERE UINT32_MAX
#define ALONE_WORDS 60 // how far from a neighbour of its own row a short piece may stand

struct piece {
    const char *row;
    const char *cell;
    int number; // of the piece in its cell
    bool item; // begins a list item of its own
    int before;
    int after;
    uint64_t exact; // of its signs, to choose among places with the same words
    struct overlay_mark *mark;
    uint32_t place; // NOWHERE: not found
    bool anchor;
};

struct laying {
    struct arena *arena;
    struct overlay_doc doc;
    struct piece *pieces;
    size_t n;
    struct overlay_mark *marks; // one for each piece
};

static uint64_t hex(const char *text)
{
    return strtoull(text, NULL, 16);
}

static void read_pieces(struct laying *l, const struct tsv *t)
{
    static const char *const names[] = {"row",  "cell",   "piece", "joins", "words", "rolling",
                                        "hash", "before", "after", "exact"};
    enum { N = sizeof names / sizeof names[0] };
    int column[N];
    for (size_t i = 0; i < N; i++) {
        column[i] = tsv_column(t, names[i]);
    }
    l->n = 0;
    l->pieces = ARENA_ARRAY(l->arena, struct piece, t->n_rows + 1);
    l->marks = ARENA_ARRAY(l->arena, struct overlay_mark, t->n_rows + 1);
    for (size_t i = 0; i < t->n_rows; i++) {
        const char *cells[N];
        for (size_t k = 0; k < N; k++) {
            cells[k] = column[k] < 0 ? "" : t->cells[i * t->n_columns + (size_t)column[k]];
        }
        l->marks[l->n] = (struct overlay_mark){.words = (uint32_t)strtoul(cells[4], NULL, 10),
                                               .rolling = hex(cells[5]),
                                               .hash = hex(cells[6])};
        l->pieces[l->n] = (struct piece){.row = cells[0],
                                         .cell = cells[1],
                                         .number = (int)strtol(cells[2], NULL, 10),
                                         .item = strcmp(cells[3], "item") == 0,
                                         .before = (int)strtol(cells[7], NULL, 10),
                                         .after = (int)strtol(cells[8], NULL, 10),
                                         .exact = hex(cells[9]),
                                         .mark = &l->marks[l->n],
                                         .place = NOWHERE};
        l->n++;
    }
}

static bool is_long(const struct piece *p)
{
    return p->mark->words >= OVERLAY_SURE_WORDS;
}

static bool has_signs(struct laying *l, const struct piece *p, uint32_t place)
{
    return overlay_exact(l->arena, overlay_wording(l->arena, &l->doc, place, p->mark->words, p->before,
                                                   p->after)) == p->exact;
}

// ---- anchors: the heaviest sequence of long pieces that keeps the order of the table --------------

struct step {
    size_t piece;
    uint32_t place;
    uint64_t weight; // of the best sequence that ends here
    size_t previous; // step + 1; 0: none
};

// A tree of Fenwick: the best step among the places up to one.
static size_t best_up_to(const size_t *tree, const struct step *steps, uint32_t place)
{
    size_t best = 0;
    for (size_t i = (size_t)place + 1; i > 0; i &= i - 1) {
        if (tree[i] != 0 && (best == 0 || steps[tree[i] - 1].weight > steps[best - 1].weight)) {
            best = tree[i];
        }
    }
    return best;
}

static void enter(size_t *tree, size_t size, const struct step *steps, size_t step)
{
    for (size_t i = (size_t)steps[step].place + 1; i <= size; i += i & (~i + 1)) {
        if (tree[i] == 0 || steps[step].weight > steps[tree[i] - 1].weight) {
            tree[i] = step + 1;
        }
    }
}

// Its words count first, then that its signs are the same, then that it moves on: of two equal texts
// side by side each gets its own place.
static struct step step_to(struct laying *l, size_t piece, uint32_t place, const size_t *tree,
                           const struct step *steps)
{
    uint64_t own = (uint64_t)l->pieces[piece].mark->words * 4 + has_signs(l, &l->pieces[piece], place) * 2;
    size_t here = best_up_to(tree, steps, place);
    size_t before = place == 0 ? 0 : best_up_to(tree, steps, place - 1);
    uint64_t weight_here = here == 0 ? 0 : steps[here - 1].weight;
    uint64_t weight_before = before == 0 ? 0 : steps[before - 1].weight + 1;
    bool moves = weight_before > weight_here;
    return (struct step){.piece = piece, .place = place, .previous = moves ? before : here,
                         .weight = own + (moves ? weight_before : weight_here)};
}

static void find_anchors(struct laying *l)
{
    size_t n_steps = 0;
    for (size_t i = 0; i < l->n; i++) {
        n_steps += is_long(&l->pieces[i]) ? l->pieces[i].mark->n_at : 0;
    }
    struct step *steps = ARENA_ARRAY(l->arena, struct step, n_steps + 1);
    size_t *tree = ARENA_ARRAY(l->arena, size_t, l->doc.n_words + 2);
    size_t n = 0;
    size_t best = 0;
    for (size_t i = 0; i < l->n; i++) {
        const struct overlay_mark *m = l->pieces[i].mark;
        if (!is_long(&l->pieces[i]) || m->n_at > MAX_PLACES) {
            continue;
        }
        size_t from = n;
        for (size_t k = 0; k < m->n_at; k++, n++) {
            steps[n] = step_to(l, i, m->at[k], tree, steps);
            if (best == 0 || steps[n].weight > steps[best - 1].weight) {
                best = n + 1;
            }
        }
        for (size_t k = from; k < n; k++) {
            enter(tree, l->doc.n_words + 1, steps, k);
        }
    }
    for (; best != 0; best = steps[best - 1].previous) {
        l->pieces[steps[best - 1].piece].place = steps[best - 1].place;
        l->pieces[steps[best - 1].piece].anchor = true;
    }
}

// ---- the others -----------------------------------------------------------------------------------

// The first place from low to high that has the same signs, else the first that has the same words.
static uint32_t place_between(struct laying *l, const struct piece *p, uint32_t low, uint32_t high)
{
    uint32_t first = NOWHERE;
    for (size_t i = 0; i < p->mark->n_at; i++) {
        uint32_t at = p->mark->at[i];
        if (at >= low && at <= high && has_signs(l, p, at)) {
            return at;
        }
        first = first == NOWHERE && at >= low && at <= high ? at : first;
    }
    return first;
}

// The anchor next to piece i in the table, forwards or backwards; *whole is false when a long piece
// between them is missing in the document.
static const struct piece *neighbour(const struct laying *l, size_t i, bool forwards, bool *whole)
{
    *whole = true;
    for (size_t k = i; forwards ? k + 1 < l->n : k > 0;) {
        k += forwards ? 1 : (size_t)-1;
        if (l->pieces[k].anchor) {
            return &l->pieces[k];
        }
        *whole = *whole && !(is_long(&l->pieces[k]) && l->pieces[k].mark->n_at == 0);
    }
    return NULL;
}

// From where to where piece i may stand: between its neighbours when nothing is missing there; else
// close to a neighbour of its own row. False: nowhere.
static bool range_of(const struct laying *l, size_t i, uint32_t *low, uint32_t *high)
{
    bool whole_before, whole_after;
    const struct piece *before = neighbour(l, i, false, &whole_before);
    const struct piece *after = neighbour(l, i, true, &whole_after);
    bool own_before = before != NULL && strcmp(before->row, l->pieces[i].row) == 0;
    bool own_after = after != NULL && strcmp(after->row, l->pieces[i].row) == 0;
    *low = before == NULL ? 0 : before->place;
    *high = after == NULL ? (uint32_t)l->doc.n_words : after->place;
    if (whole_before && whole_after) {
        return before != NULL || after != NULL;
    }
    if (own_before) {
        uint32_t end = before->place + before->mark->words + ALONE_WORDS;
        *high = *high < end ? *high : end;
        return true;
    }
    if (own_after) {
        uint32_t start = after->place < ALONE_WORDS ? 0 : after->place - ALONE_WORDS;
        *low = *low > start ? *low : start;
    }
    return own_after;
}

static void place_others(struct laying *l)
{
    uint32_t cursor = 0; // pieces keep the order of the table
    for (size_t i = 0; i < l->n; i++) {
        struct piece *p = &l->pieces[i];
        uint32_t low, high;
        if (p->anchor) {
            cursor = p->place;
        } else if (p->mark->n_at > 0 && range_of(l, i, &low, &high)) {
            p->place = place_between(l, p, low > cursor ? low : cursor, high);
            cursor = p->place == NOWHERE ? cursor : p->place;
        }
        if (p->place == NOWHERE && is_long(p) && p->mark->n_at > 0) {
            p->place = p->mark->at[0];
        }
    }
}

// ---- cells ----------------------------------------------------------------------------------------

static int by_row_cell_number(const void *x, const void *y)
{
    const struct piece *a = *(struct piece *const *)x;
    const struct piece *b = *(struct piece *const *)y;
    int c = code_order(a->row, b->row);
    c = c != 0 ? c : strcmp(a->row, b->row);
    c = c != 0 ? c : strcmp(a->cell, b->cell);
    return c != 0 ? c : a->number - b->number;
}

// The wording of all pieces of a cell; NULL when one is missing.
static const char *cell_text(struct laying *l, struct piece *const *pieces, size_t n)
{
    struct buf b;
    buf_init(&b, l->arena, OVERLAY_MAX_BYTES);
    for (size_t i = 0; i < n; i++) {
        if (pieces[i]->place == NOWHERE) {
            return NULL;
        }
        if (i > 0) {
            buf_char(&b, pieces[i]->item ? '\n' : ' ');
        }
        buf_str(&b, overlay_wording(l->arena, &l->doc, pieces[i]->place, pieces[i]->mark->words,
                                    pieces[i]->before, pieces[i]->after));
    }
    return b.data;
}

static void gather(struct laying *l, struct overlay *out)
{
    struct piece **sorted = ARENA_ARRAY(l->arena, struct piece *, l->n + 1);
    for (size_t i = 0; i < l->n; i++) {
        sorted[i] = &l->pieces[i];
    }
    sort_items(sorted, l->n, sizeof *sorted, by_row_cell_number);
    *out = (struct overlay){.cells = ARENA_ARRAY(l->arena, struct overlay_cell, l->n + 1),
                            .rows = ARENA_ARRAY(l->arena, struct overlay_row, l->n + 1)};
    for (size_t i = 0; i < l->n;) {
        const struct piece *first = sorted[i];
        size_t k = i;
        while (k < l->n && strcmp(sorted[k]->row, first->row) == 0 &&
               strcmp(sorted[k]->cell, first->cell) == 0) {
            k++;
        }
        struct overlay_cell *cell = &out->cells[out->n_cells++];
        *cell = (struct overlay_cell){first->row, first->cell, cell_text(l, sorted + i, k - i)};
        if (out->n_rows == 0 || strcmp(out->rows[out->n_rows - 1].id, first->row) != 0) {
            out->rows[out->n_rows++].id = first->row;
        }
        out->rows[out->n_rows - 1].n_cells++;
        out->rows[out->n_rows - 1].n_found += cell->text != NULL;
        out->n_found += cell->text != NULL;
        i = k;
    }
}

static enum err check_document(const char *bytes, size_t len, struct err_info *e)
{
    size_t at;
    if (len > OVERLAY_MAX_BYTES) {
        return err_set(e, ERR_TOO_LARGE, NULL, MSG("The document has more than {0} MB."),
                       MSG("Give the text of the document alone, without pictures."), "8", NULL);
    }
    if (!utf8_is_clean(bytes, len, &at)) {
        return err_set(e, ERR_INPUT, NULL, MSG("The document is not clean UTF-8 text."),
                       MSG("Export it as plain text in UTF-8; a PDF or Word file is not read."),
                       NULL);
    }
    return ERR_NONE;
}

// Page breaks of text exports are line ends here.
static const char *without_page_breaks(struct arena *a, const char *bytes, size_t len)
{
    if (memchr(bytes, '\f', len) == NULL) {
        return bytes;
    }
    char *copy = arena_copy_n(a, bytes, len);
    for (size_t i = 0; i < len; i++) {
        copy[i] = copy[i] == '\f' ? '\n' : copy[i];
    }
    return copy;
}

static bool is_the_document(const struct laying *l)
{
    size_t words = 0;
    uint32_t last = NOWHERE;
    for (size_t i = 0; i < l->n; i++) {
        const struct piece *p = &l->pieces[i];
        words += p->anchor && p->place != last ? p->mark->words : 0;
        last = p->anchor ? p->place : last;
    }
    return words * LEAST_SHARE >= l->doc.n_words;
}

enum err overlay_lay_table(struct arena *a, const struct tsv *table, const char *bytes, size_t len,
                           struct overlay *out, struct err_info *e)
{
    struct laying l = {.arena = a};
    bytes = len <= OVERLAY_MAX_BYTES ? without_page_breaks(a, bytes, len) : bytes;
    enum err err = check_document(bytes, len, e);
    if (err != ERR_NONE) {
        return err;
    }
    overlay_doc_read(a, bytes, len, &l.doc);
    read_pieces(&l, table);
    overlay_find(a, &l.doc, l.marks, l.n);
    find_anchors(&l);
    place_others(&l);
    gather(&l, out);
    return out->n_found > 0 && is_the_document(&l)
               ? ERR_NONE
               : err_set(e, ERR_INPUT, NULL,
                         MSG("Nothing in the document is wording of this pack."),
                         MSG("Is it the published document, in English? See “Official wording” in "
                             "docs/packs.md."),
                         NULL);
}

enum err overlay_lay(struct arena *a, const struct pack *p, const char *bytes, size_t len,
                     struct overlay *out, struct err_info *e)
{
    const struct tsv *table = pack_table(p, OVERLAY_TABLE);
    if (table == NULL) {
        return err_set(e, ERR_NOT_FOUND, NULL,
                       MSG("The pack {0} knows no official wording of its rows."),
                       MSG("Only a pack with the table “official” does."), p->id, NULL);
    }
    return overlay_lay_table(a, table, bytes, len, out, e);
}
