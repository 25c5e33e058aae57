// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_overlay.h: the official wording of a document laid over the rows of a pack.
//
// A pack holds our words only. Its table `official` knows of each official cell how many words it has
// and a hash of them; who holds the document can so find every cell in it, by exact equality of words,
// and nothing is guessed. Method and table: docs/packs.md, "Official wording".

#ifndef PACK_PACK_OVERLAY_H
#define PACK_PACK_OVERLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "pack/pack.h"

// A text export of a book; the Toolkit has 0.4 MB.
#define OVERLAY_MAX_BYTES ((size_t)8 * 1024 * 1024)
// A piece with fewer words is taken only where its neighbours of the table stand around it.
#define OVERLAY_SURE_WORDS 6
#define OVERLAY_TABLE "official"

// ---- the document as words ----------------------------------------------------------------------

struct overlay_word {
    uint64_t hash;
    uint32_t from; // bytes of the document
    uint32_t to;
    uint32_t folded; // where its folded form begins
};
struct overlay_doc {
    const char *bytes;
    size_t len;
    const struct overlay_word *words; // n_words, and one more that holds only `folded`
    size_t n_words;
    const char *folded; // all words, a blank after each
};
// Markup of the export (tags, emphasis, targets of links), marks of footnotes and bullets are no words.
void overlay_doc_read(struct arena *a, const char *bytes, size_t len, struct overlay_doc *out);
// Hashes of n words from `first`: a rolling one to find candidates, and 64 bits of BLAKE2b over the
// folded words with a blank after each, to be sure.
uint64_t overlay_rolling(const struct overlay_doc *d, size_t first, size_t n);
uint64_t overlay_hash(const struct overlay_doc *d, size_t first, size_t n);
// 64 bits over the signs of a wording without its blanks: two places with the same words may differ in
// capitals.
uint64_t overlay_exact(struct arena *a, const char *wording);
// Where `n` words with these hashes begin: *out lists them, ascending. Asked for many at once.
struct overlay_mark {
    uint64_t rolling;
    uint64_t hash;
    uint32_t words;
    uint32_t *at; // found here
    size_t n_at;
};
void overlay_find(struct arena *a, const struct overlay_doc *d, struct overlay_mark *marks, size_t n);
// The characters of the document for these words, without markup and line breaks; list items stand on
// lines of their own. `before` and `after` are how many signs around them belong to the text.
const char *overlay_wording(struct arena *a, const struct overlay_doc *d, size_t first, size_t n,
                            int before, int after);
// How many signs stand before the first and after the last word of a text.
void overlay_signs(struct arena *a, const struct overlay_doc *d, int *before, int *after);

// ---- laying it over -----------------------------------------------------------------------------

struct overlay_cell {
    const char *row;
    const char *cell;
    const char *text; // NULL: not in the document
};
struct overlay_row {
    const char *id;
    unsigned n_cells;
    unsigned n_found;
};
struct overlay {
    struct overlay_cell *cells; // in the order of the table
    size_t n_cells;
    size_t n_found;
    struct overlay_row *rows; // in the order of their first cell
    size_t n_rows;
};
// Looks for all cells of the table in a document. ERR_INPUT when it is not clean UTF-8 or holds nothing of
// the table, ERR_TOO_LARGE, ERR_NOT_FOUND when the pack has no table.
MUST_CHECK enum err overlay_lay(struct arena *a, const struct pack *p, const char *bytes, size_t len,
                                struct overlay *out, struct err_info *e);
// The same with a table that is not in a pack yet.
MUST_CHECK enum err overlay_lay_table(struct arena *a, const struct tsv *table, const char *bytes,
                                      size_t len, struct overlay *out, struct err_info *e);

#endif
