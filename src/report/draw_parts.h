// SPDX-License-Identifier: AGPL-3.0-or-later
//
// draw_parts.h: what the back ends share. Not for others; they use draw.h.

#ifndef REPORT_DRAW_PARTS_H
#define REPORT_DRAW_PARTS_H

#include <stdbool.h>

#include "report/tree.h"

struct report_fact {
    const char *name;
    const char *text;
};

// The known parts of an explanation, named in the language; returns how many. The address of the
// records is not among them.
#define REPORT_FACTS 6
int report_facts_of(const struct lang *lang, const struct report_explanation *x,
                    struct report_fact facts[REPORT_FACTS]);
// Numbers, shares and money stand at the end of the line; texts and dates at its start.
bool report_column_is_number(const struct report_column *c);
// The explanation with this number; 0 gives NULL.
const struct report_explanation *report_explanation_of(const struct report *r, int number);
// "Table 3. " is not part of a caption: tables are counted by the back ends.
const char *report_table_name(struct arena *a, const struct report *r, int number);

#endif
