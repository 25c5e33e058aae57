// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_figure_web.h: the total of an indicator as a figure that explains itself.

#ifndef RESULT_RESULT_FIGURE_WEB_H
#define RESULT_RESULT_FIGURE_WEB_H

#include "html/html.h"
#include "http/http.h"
#include "result/result_lines.h"

// records: address of the values behind it. The indicator is one of r->programme.
struct html_figure *result_total_figure(struct req *r, const struct result_line *line, const char *records);
// "29 of 40: 72.5 %"; what is no share as it is.
const char *result_fraction_words(struct req *r, const struct result_line *line, const struct result_figure *f);
// What the indicator means: its definition, else its title.
const char *result_means_of(const struct result_line *line);

#endif
