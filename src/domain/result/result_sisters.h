// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_sisters.h: the sisters of an indicator, in its programme and in the library.

#ifndef RESULT_RESULT_SISTERS_H
#define RESULT_RESULT_SISTERS_H

#include "base/arena.h"
#include "model/model.h"
#include "result/result_library.h"

// Splits (SPLIT_SEX, SPLIT_AGE) that a sister asks for and this indicator does not: an indicator in use
// under the same result of the programme or the same expected result of the library, or a row there. by[bit]
// names the first. Nothing for indicators that cannot be split (only counts can) or say why they are not.
unsigned sisters_missing(struct arena *a, struct record *const *indicators, size_t n,
                         const struct record *indicator, const char *by[SPLITS]);

#endif
