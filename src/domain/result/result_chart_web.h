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
// not replaced. Returned values are gaps. False when there is nothing to draw.
bool result_chart(struct arena *a, const struct lang *lang, const struct result_line *line,
                  struct chart_shapes *out);

#endif
