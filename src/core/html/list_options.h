// SPDX-License-Identifier: AGPL-3.0-or-later
//
// list_options.h: what list.c asks of list_options.c. Not for others; they use list.h.

#ifndef HTML_LIST_OPTIONS_H
#define HTML_LIST_OPTIONS_H

#include "html/html.h"
#include "model/model.h"

// <option> for each choice; the labels are translated already.
struct safe_html list_options(struct arena *a, const struct lang *lang,
                              const struct choice *choices, size_t n);
// The same for all choices of a vocabulary, made once for the process. Several threads may ask.
struct safe_html list_vocabulary_options(const struct vocabulary *vocabulary);

#endif
