// SPDX-License-Identifier: AGPL-3.0-or-later
//
// stem.h: tokens to search by: folded words cut to their stem, the same for a text and for a query.
//
// Latin words lose English endings (the stemmer of Porter, 1980), Arabic ones article and common
// endings (light stemming), a Chinese, Japanese or Korean character is a token of its own. Both engines
// index these tokens as they are, so they find the same (docs/decisions/0010-search.md).

#ifndef WORDS_STEM_H
#define WORDS_STEM_H

#include <stddef.h>

#include "base/buf.h"
#include "words/words.h"

// Readies w to walk over a text in words to search by.
void stem_begin(struct words *w, const char *bytes, size_t len);
// Cuts a folded word (of words_next) to its stem, in place; returns the new length, never 0.
size_t stem_cut(char *word, size_t len);
// The tokens of a text, a blank between them. text may be NULL.
void stem_tokens(struct buf *out, const char *text);
// What is looked for, in the language of the engine: all words must be there; signs without a blank
// between them stand side by side ("3.4-R07"); the last word may be the beginning of one. False when
// the query has no words. At most 12 are taken.
enum stem_engine { STEM_FTS5, STEM_TSQUERY };
bool stem_query(struct buf *out, const char *query, enum stem_engine engine);

#endif
