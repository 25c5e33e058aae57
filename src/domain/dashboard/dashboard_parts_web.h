// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_parts_web.h: the parts of a total as bars. Not for other nouns.

#ifndef DASHBOARD_DASHBOARD_PARTS_WEB_H
#define DASHBOARD_DASHBOARD_PARTS_WEB_H

#include "format/svg/shapes.h"
#include "http/http.h"
#include "result/result_lines.h"

// The parts of the values in the total by one characteristic: of the cut with the fewest others. note: what is not in
// them, and where the same person may be in several. False when no value in the total is split so, the parts do not fit,
// or the total is not known: what cannot be added up is not added up in its parts either.
bool dashboard_parts_chart(struct req *r, const struct result_line *line, const char *key,
                           struct chart_shapes *out, const char **note);

#endif
