// SPDX-License-Identifier: AGPL-3.0-or-later
//
// parts.h: the parts of a value, as partner formats want them: each with its characteristics by name.
//
// The one place in src/exchange that reads and saves them. Parts are counts of people (class C2): a
// format writes them only when somebody who may export them asks, never for a public file.

#ifndef EXCHANGE_OBSERVATION_PARTS_H
#define EXCHANGE_OBSERVATION_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "result/result_lines.h"
#include "result/result_split.h"

// The first words of a file with parts, where the format has room for them.
#define PARTS_NOT_PUBLIC MSG("Not for publication: this file holds counts of people below a total.")
// What options for such a file say.
#define PARTS_OPTION                                                                               \
    {"--with-parts", NULL, MSG("also counts by sex, age and the like; never publish such a file"), false}

struct part {
    const char *text;   // "age=18-24 sex=female"
    struct split split; // the same, read
    int64_t scaled;     // times 1,000,000
};

// Parts of a value that are counts, in the order of their splits; *out is in the arena.
size_t parts_of(struct arena *a, const struct result_value *v, struct part **out);
// The whole, when only parts came: the sum of those that are split by the same characteristics as the first one,
// since the others count the same people again. NULL: there is none, or it is too large.
const char *parts_whole(struct arena *a, const struct part *parts, size_t n);
// Does a value go into a file: it is approved, or unapproved ones are asked for and it was not returned; and it is
// a number, or words where words are wanted. i: place in line->values.
bool value_is_written(const struct result_line *line, size_t i, bool unapproved);

struct partner_import;
// Creates or changes one part of a value. A refusal is a line (partner.h).
MUST_CHECK enum err part_save(struct partner_import *p, const char *observation_id, int line,
                              const struct split *split, const char *value, struct err_info *e);

#endif
