// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_waiting_store.c: see result_waiting.h.

#include "result/result_waiting.h"

#include <string.h>

#include "base/limits.h"
#include "result/result_columns_rows_store.h"
#include "result/result_columns_store.h"
#include "result/result_lines.h"
#include "result/result_sql.h"

static void count_piece(const struct column_piece *piece, struct result_waiting *s)
{
    const uint8_t *state = piece->of->data[OF_VALUES][VALUE_STATE];
    for (size_t i = piece->first; i < piece->end; i++) {
        if (state[i] <= STATE_VERIFIED) {
            s->n[state[i]]++;
        }
    }
}

// *sound false: the columns turned out to be damaged.
static struct result_waiting *from_columns(struct result_look *look, struct arena *a, size_t *n, bool *sound)
{
    size_t n_ids;
    const char *const *ids = result_look_indicators(look, a, &n_ids);
    struct result_waiting *all = ARENA_ARRAY(a, struct result_waiting, n_ids + 1);
    struct arena *scratch = arena_new(LIMIT_REQUEST_BYTES); // of one indicator
    *n = 0;
    *sound = true;
    for (size_t i = 0; *sound && i < n_ids; i++) {
        struct column_pieces pieces;
        struct result_waiting *w = &all[*n];
        *sound = result_look_pieces(look, scratch, ids[i], &pieces);
        *w = (struct result_waiting){.indicator_id = ids[i]};
        for (size_t k = 0; *sound && k < pieces.n; k++) {
            count_piece(&pieces.items[k], w);
        }
        *n += w->n[STATE_RETURNED] + w->n[STATE_ENTERED] + w->n[STATE_VERIFIED] > 0 ? 1 : 0;
        arena_reset(scratch);
    }
    arena_free(scratch);
    return all;
}

static enum err from_tables(struct db_read *db, struct arena *a, struct result_waiting **out, size_t *n,
                            struct err_info *e)
{
    struct result_waiting_row *rows;
    size_t n_rows;
    enum err err = result_waiting_all(a, db, &rows, &n_rows, e);
    *out = ARENA_ARRAY(a, struct result_waiting, err == ERR_NONE ? n_rows + 1 : 1);
    *n = 0;
    for (size_t i = 0; err == ERR_NONE && i < n_rows; i++) {
        if (*n == 0 || strcmp((*out)[*n - 1].indicator_id, rows[i].indicator_id) != 0) {
            (*out)[(*n)++] = (struct result_waiting){.indicator_id = rows[i].indicator_id};
        }
        (*out)[*n - 1].n[result_state_of(rows[i].state)] += rows[i].n;
    }
    return err;
}

enum err result_waiting_load(struct db_read *db, struct arena *a, struct result_waiting **out, size_t *n, struct err_info *e)
{
    struct result_look *look;
    bool sound = false;
    enum err err = result_look_begin(db, a, &look, e);
    if (err == ERR_NONE && look != NULL) {
        *out = from_columns(look, a, n, &sound);
    }
    return err != ERR_NONE || sound ? err : from_tables(db, a, out, n, e);
}
