// SPDX-License-Identifier: AGPL-3.0-or-later
//
// table.h: records and histories as text for a terminal.

#ifndef APP_TABLE_H
#define APP_TABLE_H

#include "exchange/record/record_io.h"
#include "store/store.h"

// One line a record: code or id, title, and the first short fields. line: letters that a line should fit into,
// which cuts the widest columns and leaves out the last; 0: as wide as they are, each cell at most 48.
MUST_CHECK enum err table_of_records(struct money_context *m, const struct lang *lang,
                                     const struct entity *kind, struct record *const *rows,
                                     size_t n, size_t line, struct buf *out, struct err_info *e);
// One line a field that is set.
MUST_CHECK enum err text_of_record(struct money_context *m, const struct lang *lang,
                                   const struct record *r, struct buf *out, struct err_info *e);
// Changes in words: when, who, what, before and after.
MUST_CHECK enum err text_of_history(struct money_context *m, const struct lang *lang,
                                    const struct entity *kind, const struct change *changes,
                                    size_t n, struct buf *out, struct err_info *e);
// The same as JSON. What is confidential is left out of the fields, so that they no longer give the
// hash of the change; ask for it to verify one.
MUST_CHECK enum err json_of_history(struct money_context *m, const struct entity *kind,
                                    const struct change *changes, size_t n, struct buf *out,
                                    struct err_info *e);

#endif
