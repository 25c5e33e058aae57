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
#include "result/result_columns_rows_store.h"
#include "result/result_stream_store.h"
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

// All values of the indicator that the stream has come to.
static enum err write_indicator(struct writing *w, struct arena *a, struct result_stream *s, struct err_info *e)
{
    const struct column_words words = {number_of_word, w->writer};
    const char *id = arena_copy(a, s->value.indicator_id);
    const struct column_value **order = NULL;
    size_t n = 0, cap = 0;
    enum err err = ERR_NONE;
    while (err == ERR_NONE && s->more && strcmp(s->value.indicator_id, id) == 0) {
        const struct result_entry entry = result_stream_entry(s);
        if (strlen(entry.id) >= RESULT_ID_BYTES) {
            return err_set(e, ERR_TOO_LARGE, NULL, MSG("The id of a value is too long for a file of columns."), NULL, NULL);
        }
        struct column_value *cell = ARENA_MAKE(a, struct column_value);
        *cell = column_value_of(a, &words, &entry, s->parts, s->n_parts);
        order = arena_room(a, order, sizeof *order, n, &cap);
        order[n++] = cell;
        w->made->n_parts += (int64_t)s->n_parts;
        err = result_stream_next(s, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct columns_block block;
    column_block_of(a, id, order, n, &block);
    w->made->n_indicators++;
    w->made->n_values += (int64_t)n;
    return columns_write_block(w->writer, &block, e);
}

static enum err write_all(struct writing *w, struct arena *a, const char *path, struct err_info *e)
{
    const struct result_values_in all = {0};
    struct result_stream s = {0};
    const char *position;
    enum err err = store_position(w->db, a, &position, e);
    if (err == ERR_NONE) {
        err = columns_write_begin(a, path, &result_columns_shape, &w->writer, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    struct arena *one = arena_new(LIMIT_REQUEST_BYTES);
    err = result_stream_begin(w->db, &all, &s, e);
    while (err == ERR_NONE && s.more) {
        bool stopped = w->stop != NULL && atomic_load(w->stop);
        err = stopped ? err_set(e, ERR_BUSY, NULL, MSG("This was stopped."), NULL, NULL)
                      : write_indicator(w, one, &s, e);
        arena_reset(one);
    }
    result_stream_end(&s);
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
