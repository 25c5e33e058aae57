// SPDX-License-Identifier: AGPL-3.0-or-later
//
// tool_file.h: a tool filled in as one JSON file, whatever its kind (docs/assessment.md, "From a file").
//
//   {"tool": "2.3", "country": "KE", "answers": [{"row": "2.3-Q12", "value": "part", "missing": "..."}]}
//   {"tool": "3.4", "programme_id": "SAMPLE1", "answers": [{"row": "3.4-R07", "likelihood": "high", ...}]}
//
// What is said with a tool is kept as answers of a round, or as records of a kind of its own (risks,
// obligations, decisions, indicators, uses of arguments). Here both look the same.

#ifndef EXCHANGE_TOOL_FILE_H
#define EXCHANGE_TOOL_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "exchange/record/record_io.h"

struct json;
// Is it such a file: a JSON object, or a list of them, with "answers"? *out: what was read, in a.
bool tool_file_is(struct arena *a, const char *bytes, size_t len, const struct json **out);
// Saves what the file says in the transaction of im; nothing is committed here. Answers go into the newest round of the
// tool and subject while it may be changed, else into a new one. Errors name the place: "2.3 answer 3, row".
MUST_CHECK enum err tool_file_read(struct import *im, const struct json *file, struct err_info *e);

#endif
