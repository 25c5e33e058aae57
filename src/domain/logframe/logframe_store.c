// SPDX-License-Identifier: AGPL-3.0-or-later
//
// logframe_store.c: theories of change with their results and links, and the rules that need them.

#include <string.h>

#include "logframe/logframe.h"
#include "logframe/logframe_theory.h"
#include "result/result.h"
#include "store/store.h"

enum err theory_list(struct db_read *db, struct arena *a, const char *programme_id,
                     struct record ***out, size_t *n, struct err_info *e)
{
    const struct store_filter of = {"programme_id", STORE_EQUAL, programme_id};
    const struct store_query q = {
        .filters = &of, .n_filters = 1, .order = "drawn_on", .descending = true};
    struct record **rows;
    enum err err = store_list(db, a, &entity_theory, &q, &rows, n, e);
    // Of one day the newest first, whatever order the store gave them in.
    for (size_t i = 1; err == ERR_NONE && i < *n; i++) {
        for (size_t k = i; k > 0 && strcmp(record_text(rows[k], "drawn_on"),
                                           record_text(rows[k - 1], "drawn_on")) == 0 &&
                           strcmp(rows[k]->id, rows[k - 1]->id) > 0;
             k--) {
            struct record *swap = rows[k];
            rows[k] = rows[k - 1];
            rows[k - 1] = swap;
        }
    }
    *out = rows;
    return err;
}

enum err theory_load(struct db_read *db, struct arena *a, const struct record *programme,
                     const struct record *record, struct theory *out, struct err_info *e)
{
    struct record **results, **indicators, **links = NULL;
    size_t n_results, n_indicators, n_links = 0;
    enum err err = store_list_by(db, a, &entity_result, "programme_id", programme->id, &results,
                                 &n_results, e);
    if (err == ERR_NONE) {
        err = store_list_by(db, a, &entity_indicator, "programme_id", programme->id, &indicators,
                            &n_indicators, e);
    }
    if (err == ERR_NONE && record != NULL) {
        err = store_list_by(db, a, &entity_result_link, "theory_id", record->id, &links, &n_links,
                            e);
    }
    if (err == ERR_NONE) {
        theory_make(a, programme, record, results, n_results, indicators, n_indicators, links,
                    n_links, out);
    }
    return err;
}

// ---- what may be saved --------------------------------------------------------------------------

static enum err is_of_programme(struct arena *a, struct db_read *db, const struct record *link,
                                const char *field, const char *programme_id, struct err_info *e)
{
    struct record *result;
    enum err err = store_get(db, a, &entity_result, record_text(link, field), &result, e);
    if (err == ERR_NONE && strcmp(record_text(result, "programme_id"), programme_id) != 0) {
        err = err_set(e, ERR_INPUT, field, MSG("This result belongs to another programme."),
                      MSG("Choose a result of the programme that the theory belongs to."), NULL);
    }
    return err;
}

// The links beside this one, as a graph over the ids of results.
static size_t place(const char **ids, size_t *n, const char *id)
{
    size_t i = 0;
    while (i < *n && strcmp(ids[i], id) != 0) {
        i++;
    }
    if (i == *n) {
        ids[(*n)++] = id;
    }
    return i;
}

static enum err fits_the_others(struct arena *a, const struct record *link,
                                struct record *const *all, size_t n, struct err_info *e)
{
    const char **ids = ARENA_ARRAY(a, const char *, n * 2 + 2);
    struct theory_link *links = ARENA_ARRAY(a, struct theory_link, n + 1);
    size_t n_ids = 0, n_links = 0;
    size_t cause = place(ids, &n_ids, record_text(link, "cause_id"));
    size_t effect = place(ids, &n_ids, record_text(link, "effect_id"));
    for (size_t i = 0; i < n; i++) {
        if (link->id != NULL && strcmp(all[i]->id, link->id) == 0) {
            continue;
        }
        struct theory_link k = {.cause = place(ids, &n_ids, record_text(all[i], "cause_id")),
                                .effect = place(ids, &n_ids, record_text(all[i], "effect_id"))};
        if (k.cause == cause && k.effect == effect) {
            return err_set(e, ERR_INPUT, "effect_id", MSG("This link is in the theory already."),
                           MSG("Change the one that is there, or choose other results."), NULL);
        }
        links[n_links++] = k;
    }
    if (theory_leads(a, links, n_links, n_ids, effect, cause)) {
        return err_set(e, ERR_INPUT, "effect_id",
                       MSG("That would be a circle: the second result leads back to the first one "
                           "already."),
                       MSG("Remove a link of the circle first, or turn this one round."), NULL);
    }
    return ERR_NONE;
}

enum err result_link_guard(struct arena *a, struct db_read *db, const struct record *before,
                           const struct record *after, struct err_info *e)
{
    struct record *theory;
    struct record **links;
    size_t n;
    (void)before;
    if (after == NULL) {
        return ERR_NONE;
    }
    enum err err = store_get(db, a, &entity_theory, record_text(after, "theory_id"), &theory, e);
    const char *programme_id = err == ERR_NONE ? record_text(theory, "programme_id") : "";
    if (err == ERR_NONE) {
        err = is_of_programme(a, db, after, "cause_id", programme_id, e);
    }
    if (err == ERR_NONE) {
        err = is_of_programme(a, db, after, "effect_id", programme_id, e);
    }
    if (err == ERR_NONE) {
        err = store_list_by(db, a, &entity_result_link, "theory_id", theory->id, &links, &n, e);
    }
    return err == ERR_NONE ? fits_the_others(a, after, links, n, e) : err;
}
