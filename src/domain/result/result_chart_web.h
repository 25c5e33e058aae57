// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_chart_web.h: the values of an indicator over its periods as a line chart.

#ifndef RESULT_RESULT_CHART_WEB_H
#define RESULT_RESULT_CHART_WEB_H

#include "base/arena.h"
#include "base/msg.h"
#include "format/svg/shapes.h"
#include "result/result_lines.h"

// Values (of a sum: the total so far) at the ends of their periods, with baseline and targets that are
// not replaced. Returned values are gaps. Where the same person may be in several values there are two lines, the most
// and the least. False when there is nothing to draw.
bool result_chart(struct arena *a, const struct lang *lang, const struct result_line *line,
                  struct chart_shapes *out);
// The same for a card, one of many on a page: with the target that counts and the straight line to it.
bool result_chart_small(struct arena *a, const struct lang *lang, const struct result_line *line,
                        struct chart_shapes *out);
// What it shows, in a sentence: "Behind: 182, the target is 200 by 31 Dec 2026".
const char *result_chart_finding(struct arena *a, const struct lang *lang, const struct result_line *line);
// What stands under it: "Source: register of the academy. Approved. Cut-off 31 Oct 2026."; NULL: there is no value.
const char *result_chart_source(struct arena *a, const struct lang *lang, const struct result_line *line);
// Why it stands so: what a straight line gives, or why nothing is judged; NULL: the word says it.
const char *result_why_standing(struct arena *a, const struct lang *lang, const struct result_line *line);

#endif
