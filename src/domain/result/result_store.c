// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_store.c: saving the parts of a value, and what may be saved of results.

#include <string.h>

#include "result/result.h"
#include "result/result_lines.h"
#include "store/store.h"

static enum err save_part(struct store_tx *tx, struct arena *a, const char *observation_id, struct record *there,
                          const struct result_part *part, struct err_info *e)
{
    if (there == NULL) {
        there = record_new(a, &entity_observation_part);
        record_set_text(there, "observation_id", observation_id);
        record_set_text(there, "split", part->split);
    }
    result_part_to_record(a, part, there);
    enum err err = record_check(there, e);
    return err == ERR_NONE ? store_save(tx, a, there, e) : err;
}

static bool is_in_cut(struct arena *a, const struct record *part, const char *keys)
{
    struct split split;
    struct err_info ignored;
    return keys == NULL || (split_read(a, record_text(part, "split"), &split, &ignored) == ERR_NONE &&
                            strcmp(split_keys(a, &split), keys) == 0);
}

enum err result_parts_save(struct store_tx *tx, struct arena *a, const char *observation_id, const char *keys,
                           const struct result_part *parts, size_t n, struct err_info *e)
{
    struct record **there;
    size_t n_there;
    bool *kept = ARENA_ARRAY(a, bool, n + 1);
    enum err err = store_list_by(store_tx_read(tx), a, &entity_observation_part, "observation_id",
                                 observation_id, &there, &n_there, e);
    for (size_t i = 0; err == ERR_NONE && i < n_there; i++) {
        size_t at = 0;
        while (at < n && strcmp(parts[at].split, record_text(there[i], "split")) != 0) {
            at++;
        }
        if (at < n) {
            kept[at] = true;
            err = save_part(tx, a, observation_id, there[i], &parts[at], e);
        } else if (is_in_cut(a, there[i], keys)) {
            err = store_delete(tx, a, &entity_observation_part, there[i]->id, e);
        }
    }
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        err = kept[i] ? ERR_NONE : save_part(tx, a, observation_id, NULL, &parts[i], e);
    }
    return err;
}

// ---- what may be saved --------------------------------------------------------------------------

static const struct record *result_with_id(struct record *const *results, size_t n, const char *id)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(results[i]->id, id) == 0) {
            return results[i];
        }
    }
    return NULL;
}

enum err result_guard(struct arena *a, struct db_read *db, const struct record *before,
                      const struct record *after, struct err_info *e)
{
    struct record **results;
    size_t n;
    (void)before;
    if (after == NULL || !record_is_set(after, "parent_id")) {
        return ERR_NONE;
    }
    enum err err = store_list_by(db, a, &entity_result, "programme_id",
                                 record_text(after, "programme_id"), &results, &n, e);
    const struct record *above =
        err == ERR_NONE ? result_with_id(results, n, record_text(after, "parent_id")) : NULL;
    if (err == ERR_NONE && above == NULL) {
        return err_set(e, ERR_INPUT, "parent_id", MSG("This result belongs to another programme."),
                       MSG("Choose a result of the same programme."), NULL);
    }
    for (size_t steps = 0; above != NULL && steps <= n; steps++) {
        if (after->id != NULL && strcmp(above->id, after->id) == 0) {
            return err_set(e, ERR_INPUT, "parent_id", MSG("That would be a circle."),
                           MSG("Choose a result that does not itself serve this one."), NULL);
        }
        above = result_with_id(results, n, record_text(above, "parent_id"));
    }
    return err;
}
