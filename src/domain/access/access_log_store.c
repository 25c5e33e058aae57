// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_log_store.c: the newest changes and events, filtered, a page at a time.

#include <string.h>

#include "access/access_private.h"
#include "access/access_sql.h"
#include "base/date.h"

enum err log_list(struct db_read *db, struct arena *a, const struct log_query *q,
                  struct log_entry **out, size_t *n, int64_t *total, struct err_info *e)
{
    char after[11] = "";
    if (q->to[0] != '\0') {
        date_from_days(date_to_days(q->to) + 1, after);
    }
    struct access_log_in in = {.kind = q->kind, .actor = q->actor, .from_day = q->from,
                               .before_day = after, .most = q->most, .skip = q->skip};
    struct access_log_count_in count = {.kind = q->kind, .actor = q->actor, .from_day = q->from,
                                        .before_day = after};
    struct access_log_count_row counted;
    struct access_log_row *rows;
    bool found;
    enum err err = access_log_all(a, db, &in, &rows, n, e);
    if (err == ERR_NONE) {
        err = access_log_count_one(a, db, &count, &counted, &found, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    *total = counted.n;
    *out = ARENA_ARRAY(a, struct log_entry, *n);
    for (size_t i = 0; i < *n; i++) {
        const struct access_log_row *r = &rows[i];
        (*out)[i] = (struct log_entry){
            .hash = r->hash, .kind = r->kind, .record_id = r->record_id, .op = r->op,
            .fields = r->fields, .actor = r->actor, .actor_name = r->actor_name,
            .reason = r->reason, .wall = r->wall, .node = r->node,
            .compartment = r->compartment, .number = r->number, .made = r->made,
            .about_name = r->about_name};
    }
    return ERR_NONE;
}
