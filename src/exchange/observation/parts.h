// SPDX-License-Identifier: AGPL-3.0-or-later
//
// parts.h: the parts of a value, as partner formats want them: each with its characteristics by name.
//
// The one place in src/exchange that knows which characteristics there are. Parts are counts of people
// (class C2): a format writes them only when somebody who may export them asks, never for a public file.

#ifndef EXCHANGE_OBSERVATION_PARTS_H
#define EXCHANGE_OBSERVATION_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "result/result_lines.h"

#define PART_SIDES 2 // sex and age

// Name of a characteristic ("sex", "age") by its place.
extern const char *const part_sides[PART_SIDES];
// Is this a code of the characteristic?
bool part_code_is_known(int side, const char *code);

// The code of a characteristic at a place, NULL beyond the last.
const char *part_code(int side, int at);

struct part {
    const char *codes[PART_SIDES]; // "female", "18-24"
    int64_t scaled;                // times 1,000,000
};

// Parts of a value in the order of the codes; *out is in the arena.
size_t parts_of(struct arena *a, const struct result_value *v, struct part **out);

struct partner_import;
// Creates or changes one part of a value; codes by side, NULL: not known. A refusal is a line (partner.h).
MUST_CHECK enum err part_save(struct partner_import *p, const char *observation_id, int line,
                              const char *const codes[PART_SIDES], const char *value,
                              struct err_info *e);

#endif
