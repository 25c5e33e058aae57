// SPDX-License-Identifier: AGPL-3.0-or-later
//
// advocacy_store.c: loading uses of arguments; see advocacy.h.

#include <string.h>

#include "advocacy/advocacy.h"
#include "advocacy/advocacy_sql.h"
#include "store/store.h"

static const char *said(const char *text)
{
    return text == NULL ? "" : text;
}

static struct advocacy_line line_of(const struct advocacy_uses_row *r)
{
    return (struct advocacy_line){
        .id = r->id,
        .programme_id = r->programme_id,
        .number = r->number,
        .heading = r->heading,
        .row = said(r->row),
        .concern_id = said(r->concern_id),
        .concern = said(r->concern),
        .argument_row = said(r->argument_row),
        .argument = said(r->argument),
        .article = said(r->article),
        .with_sort = r->with_sort,
        .stakeholder = said(r->stakeholder),
        .country = r->country,
        .used_on = r->used_on,
        .result = r->result,
        .what_worked = said(r->what_worked),
        .next_time = said(r->next_time),
        .lesson = r->lesson != 0};
}

// ask_right false: the right was asked already.
static enum err load(struct db_read *db, struct arena *a, const struct identity *who, bool ask_right,
                     const struct advocacy_ask *ask, struct advocacy_line **out, size_t *n,
                     struct err_info *e)
{
    const struct advocacy_uses_in in = {.programme_id = ask->programme_id};
    struct advocacy_uses_row *rows;
    size_t n_rows;
    enum err err = advocacy_uses_all(a, db, &in, &rows, &n_rows, e);
    if (err != ERR_NONE) {
        return err;
    }
    *out = ARENA_ARRAY(a, struct advocacy_line, n_rows + 1);
    *n = 0;
    for (size_t i = 0; i < n_rows; i++) {
        struct advocacy_line line = line_of(&rows[i]);
        bool may = !ask_right || identity_may(who, MAY_READ, line.programme_id);
        if (may && advocacy_fits(&line, ask)) {
            (*out)[(*n)++] = line;
        }
    }
    return ERR_NONE;
}

enum err advocacy_lessons_load(struct db_read *db, struct arena *a, const struct identity *who,
                               const struct advocacy_ask *ask, struct advocacy_line **out,
                               size_t *n, struct err_info *e)
{
    return load(db, a, who, true, ask, out, n, e);
}

enum err advocacy_uses_load(struct db_read *db, struct arena *a, const char *programme_id,
                            struct advocacy_line **out, size_t *n, struct err_info *e)
{
    const struct advocacy_ask ask = {.programme_id = programme_id};
    return load(db, a, NULL, false, &ask, out, n, e);
}
