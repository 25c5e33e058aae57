// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_columns_write_store.c: makes the file of columns from the tables. See result_columns_store.h.
//
// Indicator by indicator in the order of their ids, values in the order of the rules, parts as they were entered:
// so the same tables and the same position of the log give the same bytes, and tables are what the log says.

#include <string.h>

#include "base/limits.h"
#include "os/file.h"
#include "os/mapped.h"
#include "result/result.h"
#include "result/result_columns_rows_store.h"
#include "result/result_sql.h"
#include "store/store.h"

const char *result_columns_path(struct arena *a, const struct store *s)
{
    return arena_printf(a, "%s/columns/values", store_folder(s));
}

struct writing {
    struct db_read *db;
    struct columns_writer *writer;
    struct result_columns_made *made;
    const atomic_bool *stop;
};

static uint32_t number_of_word(void *context, unsigned kind, const char *text)
{
    return columns_word(context, kind, text);
}

static struct record *record_of(struct arena *a, const struct result_values_row *row)
{
    struct record *r = record_new(a, &entity_observation);
    r->id = row->id;
    record_set_text(r, "period_from", row->period_from);
    record_set_text(r, "period_to", row->period_to);
    record_set_text(r, "country", row->country);
    record_set_text(r, "value", row->value);
    record_set_text(r, "numerator", row->numerator);
    record_set_text(r, "denominator", row->denominator);
    record_set_text(r, "answer", row->answer);
    record_set_text(r, "state", row->state);
    return r;
}

// Place of the first part of an observation among parts sorted by observation.
static size_t first_part(const struct result_parts_row *parts, size_t n, const char *id)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        bool before = strcmp(parts[middle].observation_id, id) < 0;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    return low;
}

static enum err write_indicator(struct writing *w, struct arena *a, const char *id, struct err_info *e)
{
    const struct result_values_in of_values = {.indicator_id = id};
    const struct result_parts_in of_parts = {.indicator_id = id};
    const struct column_words words = {number_of_word, w->writer};
    struct result_values_row *values;
    struct result_parts_row *parts;
    size_t n, n_parts;
    enum err err = result_values_all(a, w->db, &of_values, &values, &n, e);
    if (err == ERR_NONE) {
        err = result_parts_all(a, w->db, &of_parts, &parts, &n_parts, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct column_part_text *texts = ARENA_ARRAY(a, struct column_part_text, n_parts + 1);
    struct column_value *cells = ARENA_ARRAY(a, struct column_value, n + 1);
    const struct column_value **order = ARENA_ARRAY(a, const struct column_value *, n + 1);
    for (size_t i = 0; i < n_parts; i++) {
        texts[i] = (struct column_part_text){parts[i].split, parts[i].value, parts[i].numerator, parts[i].denominator};
    }
    for (size_t i = 0; i < n; i++) {
        size_t first = first_part(parts, n_parts, values[i].id);
        size_t end = first;
        while (end < n_parts && strcmp(parts[end].observation_id, values[i].id) == 0) {
            end++;
        }
        if (strlen(values[i].id) >= RESULT_ID_BYTES) {
            return err_set(e, ERR_TOO_LARGE, NULL, MSG("The id of a value is too long for a file of columns."), NULL, NULL);
        }
        cells[i] = column_value_of(a, &words, record_of(a, &values[i]), texts + first, end - first);
        order[i] = &cells[i];
    }
    struct columns_block block;
    column_block_of(a, id, order, n, &block);
    w->made->n_indicators++;
    w->made->n_values += (int64_t)n;
    w->made->n_parts += (int64_t)n_parts;
    return columns_write_block(w->writer, &block, e);
}

static enum err write_all(struct writing *w, struct arena *a, const char *path, struct err_info *e)
{
    struct result_indicator_ids_row *ids;
    const char *position;
    size_t n;
    enum err err = store_position(w->db, a, &position, e);
    if (err == ERR_NONE) {
        err = result_indicator_ids_all(a, w->db, &ids, &n, e);
    }
    if (err == ERR_NONE) {
        err = columns_write_begin(a, path, &result_columns_shape, &w->writer, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct arena *one = arena_new(LIMIT_REQUEST_BYTES);
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        bool stopped = w->stop != NULL && atomic_load(w->stop);
        err = stopped ? err_set(e, ERR_BUSY, NULL, MSG("This was stopped."), NULL, NULL)
                      : write_indicator(w, one, ids[i].id, e);
        arena_reset(one);
    }
    arena_free(one);
    if (err == ERR_NONE) {
        err = columns_write_end(w->writer, position, e);
    }
    columns_write_drop(w->writer);
    return err;
}

enum err result_columns_write(struct store *s, const atomic_bool *stop, struct result_columns_made *out,
                              struct err_info *e)
{
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    struct writing w = {.made = out, .stop = stop};
    const char *path = result_columns_path(a, s);
    *out = (struct result_columns_made){0};
    pthread_mutex_lock(&store_beside(s)->making);
    enum err err = folder_make(arena_printf(a, "%s/columns", store_folder(s)), 0700, e);
    if (err == ERR_NONE) {
        err = db_reader(store_db(s), &w.db, e);
    }
    if (err == ERR_NONE) {
        err = db_snapshot_begin(w.db, e);
    }
    if (err == ERR_NONE) {
        err = write_all(&w, a, path, e);
        db_snapshot_end(w.db);
    }
    if (err == ERR_NONE) {
        struct columns *c;
        err = columns_open(path, &result_columns_shape, &c, e);
        if (err == ERR_NONE) {
            out->bytes = (int64_t)columns_bytes(c);
            columns_close(c);
            result_columns_drop_held(s);
        }
    }
    pthread_mutex_unlock(&store_beside(s)->making);
    arena_free(a);
    return err;
}

enum err result_columns_forget(struct store *s, struct err_info *e)
{
    struct arena *a = arena_new(LIMIT_PROCESS_BYTES);
    pthread_mutex_lock(&store_beside(s)->making);
    enum err err = file_remove(result_columns_path(a, s), e);
    result_columns_drop_held(s);
    pthread_mutex_unlock(&store_beside(s)->making);
    arena_free(a);
    return err;
}
