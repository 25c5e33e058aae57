// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_bulk.h: a value as one cell of a grid: what is typed ("42", "29/40", "yes") and what it says. Pure rules.

#ifndef RESULT_RESULT_BULK_H
#define RESULT_RESULT_BULK_H

#include "base/arena.h"
#include "base/err.h"
#include "base/msg.h"
#include "model/model.h"
#include "result/result_figures.h"

// What a value says as one word, as bulk_read reads it back: "42", "29/40", "Yes"; "" for none.
const char *bulk_words(struct arena *a, const struct lang *lang, enum result_unit unit,
                       const struct record *observation);
// Puts what was typed into the number or answer of a value; an empty text clears them. Shares are part and whole
// with a stroke between, or the result alone where only that is known. ERR_INPUT names nothing: the caller knows
// the cell.
MUST_CHECK enum err bulk_read(struct arena *a, const struct lang *lang, enum result_unit unit, const char *text,
                              struct record *observation, struct err_info *e);

#endif
