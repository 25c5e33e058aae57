// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_screening_store.c: the newest screenings of all indicators of a programme, and who else adopted which row.

#include <stdlib.h>
#include <string.h>

#include "result/result.h"
#include "result/result_screening_load.h"
#include "result/result_sql.h"

enum err screenings_load(struct db_read *db, struct arena *a, const char *programme_id,
                         struct record ***out, size_t *n, struct err_info *e)
{
    const struct result_screenings_in of = {programme_id};
    struct result_screenings_row *rows;
    enum err err = result_screenings_all(a, db, &of, &rows, n, e);
    if (err != ERR_NONE) {
        return err;
    }
    *out = ARENA_ARRAY(a, struct record *, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const struct result_screenings_row *row = &rows[i];
        const char *const answers[SCREENING_QUESTIONS] = {
            row->rights_r, row->rights_i, row->rights_g, row->rights_h, row->rights_t, row->rights_s,
            row->smart_s,  row->smart_m,  row->smart_a,  row->smart_r,  row->smart_t};
        struct record *r = record_new(a, &entity_indicator_screening);
        r->id = row->id;
        record_set_text(r, "indicator_id", row->indicator_id);
        record_set_text(r, "screened_on", row->screened_on);
        for (int q = 0; q < SCREENING_QUESTIONS; q++) {
            record_set_text(r, screening_questions[q].field, answers[q]);
        }
        (*out)[i] = r;
    }
    return ERR_NONE;
}

static int by_indicator(const void *id, const void *screening)
{
    return strcmp(id, record_text(*(struct record *const *)screening, "indicator_id"));
}

const struct record *screening_of(struct record *const *newest, size_t n, const char *indicator_id)
{
    struct record *const *found =
        n == 0 ? NULL : bsearch(indicator_id, newest, n, sizeof *newest, by_indicator);
    return found == NULL ? NULL : *found;
}

enum err adoptions_load(struct db_read *db, struct arena *a, struct adoption **out, size_t *n,
                        struct err_info *e)
{
    const struct result_adoptions_in of = {"active"};
    struct result_adoptions_row *rows;
    enum err err = result_adoptions_all(a, db, &of, &rows, n, e);
    if (err != ERR_NONE) {
        return err;
    }
    *out = ARENA_ARRAY(a, struct adoption, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        (*out)[i] = (struct adoption){.row = rows[i].row, .programme_id = rows[i].programme_id};
    }
    return ERR_NONE;
}
