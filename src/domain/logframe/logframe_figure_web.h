// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_figure_web.h: the picture of a theory of change, for its page and the report.

#ifndef LOGFRAME_LOGFRAME_FIGURE_WEB_H
#define LOGFRAME_LOGFRAME_FIGURE_WEB_H

#include "format/svg/shapes.h"
#include "logframe/logframe_theory.h"

#define FIGURE_MOST 120 // results in one picture

// Levels as rows with the goal on top, spheres as bands, links as lines by the strength of their evidence,
// each with its number in the list. Starts Graphviz `dot` to find the places; ERR_FAILED with a sentence for
// people when it is not there, ERR_TOO_LARGE above FIGURE_MOST results.
MUST_CHECK enum err theory_figure(struct arena *a, const struct lang *lang, const struct theory *t,
                                  struct chart_shapes *out, struct err_info *e);

#endif
