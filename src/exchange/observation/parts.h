// SPDX-License-Identifier: AGPL-3.0-or-later
//
// parts.h: the parts of a value, as partner formats want them: each with its characteristics by name.
//
// The one place in src/exchange that reads and saves them. Parts are counts of people (class C2): a
// format writes them only when somebody who may export them asks, never for a public file.

#ifndef EXCHANGE_OBSERVATION_PARTS_H
#define EXCHANGE_OBSERVATION_PARTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "result/result_lines.h"
#include "result/result_split.h"

struct part {
    const char *text;   // "age=18-24 sex=female"
    struct split split; // the same, read
    int64_t scaled;     // times 1,000,000
};

// Parts of a value that are counts, in the order of their splits; *out is in the arena.
size_t parts_of(struct arena *a, const struct result_value *v, struct part **out);

struct partner_import;
// Creates or changes one part of a value. A refusal is a line (partner.h).
MUST_CHECK enum err part_save(struct partner_import *p, const char *observation_id, int line,
                              const struct split *split, const char *value, struct err_info *e);

#endif
