// SPDX-License-Identifier: AGPL-3.0-or-later
//
// diligence_store.c: loading decisions, and keeping those that were taken as they are.

#include <string.h>

#include "base/bug.h"
#include "base/msg.h"
#include "base/sort.h"
#include "diligence/diligence.h"
#include "os/clock.h"
#include "store/store.h"

// ---- loading ------------------------------------------------------------------------------------

static int newest_first(const void *x, const void *y)
{
    const struct record *a = *(struct record *const *)x;
    const struct record *b = *(struct record *const *)y;
    return strcmp(b->id, a->id); // ids sort by age
}

enum err diligence_load(struct db_read *db, struct arena *a, const struct record *programme,
                        struct diligence_set *out, struct err_info *e)
{
    struct record **all;
    size_t n;
    *out = (struct diligence_set){0};
    enum err err = store_list(db, a, &entity_due_diligence, &(struct store_query){0}, &all, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    out->items = ARENA_ARRAY(a, struct record *, n + 1);
    for (size_t i = 0; i < n; i++) {
        const char *of = record_text(all[i], "programme_id");
        const char *countries = programme == NULL ? "" : record_text(programme, "countries");
        bool ours = programme == NULL || strcmp(of, programme->id) == 0 ||
                    (of[0] == '\0' && (countries[0] == '\0' ||
                                       record_has_code(programme, "countries",
                                                       record_text(all[i], "country"))));
        if (ours) {
            out->items[out->n++] = all[i];
        }
    }
    sort_items(out->items, out->n, sizeof *out->items, newest_first);
    return ERR_NONE;
}

// Is there a decision, other than `but`, that supersedes this one?
static enum err is_superseded(struct db_read *db, struct arena *a, const char *id, const char *but,
                              bool *yes, struct err_info *e)
{
    struct record **rows;
    size_t n;
    enum err err = store_list_by(db, a, &entity_due_diligence, "supersedes_id", id, &rows, &n, e);
    *yes = false;
    for (size_t i = 0; err == ERR_NONE && i < n; i++) {
        bool other = but == NULL || strcmp(rows[i]->id, but) != 0;
        *yes = *yes || (other && diligence_is_decided(rows[i]));
    }
    return err;
}

enum err diligence_ask(struct db_read *db, struct arena *a, const char *id,
                       const struct diligence_need *need, enum diligence_bar *out,
                       struct err_info *e)
{
    struct record *decision = NULL;
    bool superseded = false;
    enum err err = ERR_NONE;
    if (id[0] != '\0') {
        err = store_get(db, a, &entity_due_diligence, id, &decision, e);
        if (err == ERR_NONE) {
            err = is_superseded(db, a, id, NULL, &superseded, e);
        }
    }
    *out = diligence_bar_of(decision, superseded, need);
    return err;
}

// ---- what stays as it is ------------------------------------------------------------------------

static enum err closed(struct err_info *e)
{
    return err_set(e, ERR_CONFLICT, NULL,
                   MSG("This decision was taken: nobody can change or delete it."),
                   MSG("Begin a new decision that supersedes it; this one stays readable."), NULL);
}

// The one change a decision may see: another one took its place.
static bool only_superseded(const struct record *before, const struct record *after)
{
    for (size_t i = 0; i < before->entity->n_fields; i++) {
        if (!value_same(&before->values[i], &after->values[i]) &&
            strcmp(before->entity->fields[i].name, "state") != 0) {
            return false;
        }
    }
    return strcmp(record_text(before, "state"), "decided") == 0 &&
           strcmp(record_text(after, "state"), "superseded") == 0;
}

// What a decision supersedes was taken, is about the same country and programme, and nothing took its
// place yet.
static enum err guard_superseding(struct arena *a, struct db_read *db, const struct record *r,
                                  struct err_info *e)
{
    struct record *old;
    bool taken = false;
    const char *id = record_text(r, "supersedes_id");
    if (id[0] == '\0') {
        return ERR_NONE;
    }
    enum err err = store_get(db, a, &entity_due_diligence, id, &old, e);
    if (err == ERR_NONE) {
        err = is_superseded(db, a, id, r->id, &taken, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    if (!diligence_is_decided(old)) {
        return err_set(e, ERR_INPUT, "supersedes_id",
                       MSG("What is not decided yet cannot be superseded."),
                       MSG("Decide it, or change the draft."), NULL);
    }
    bool elsewhere =
        strcmp(record_text(old, "country"), record_text(r, "country")) != 0 ||
        strcmp(record_text(old, "programme_id"), record_text(r, "programme_id")) != 0;
    if (elsewhere) {
        return err_set(e, ERR_INPUT, "supersedes_id",
                       MSG("The earlier decision is about another country or programme."),
                       MSG("Name a decision about the same force, or leave this out."), NULL);
    }
    if (taken) {
        return err_set(e, ERR_CONFLICT, "supersedes_id",
                       MSG("Another decision took the place of that one already."),
                       MSG("Supersede the newest decision."), NULL);
    }
    return ERR_NONE;
}

static enum err guard_day(const struct record *r, struct err_info *e)
{
    char today[11];
    clock_today(today);
    return strcmp(record_text(r, "decided_on"), today) <= 0
               ? ERR_NONE
               : err_set(e, ERR_INPUT, "decided_on", MSG("This day has not come yet."),
                         MSG("Give the day on which the decision was taken."), NULL);
}

enum err diligence_guard(struct arena *a, struct db_read *db, const struct record *before,
                         const struct record *after, struct err_info *e)
{
    if (before != NULL && diligence_is_decided(before)) {
        bool superseded = false;
        if (after == NULL || !only_superseded(before, after)) {
            return closed(e);
        }
        enum err err = is_superseded(db, a, before->id, NULL, &superseded, e);
        return err != ERR_NONE ? err
               : superseded    ? ERR_NONE
                               : err_set(e, ERR_INPUT, "state",
                                         MSG("No decision supersedes this one."),
                                         MSG("Take the new decision first."), NULL);
    }
    if (after == NULL || !diligence_is_decided(after)) {
        return ERR_NONE;
    }
    enum err err = diligence_check(after, e);
    if (err == ERR_NONE) {
        err = guard_day(after, e);
    }
    return err != ERR_NONE ? err : guard_superseding(a, db, after, e);
}

// Measures of a decision stay; that they were done is written down later.
enum err diligence_measure_guard(struct arena *a, struct db_read *db, const struct record *before,
                                 const struct record *after, struct err_info *e)
{
    static const char *const fixed[] = {"due_diligence_id", "what", "side", "owner", "due_on"};
    const struct record *const sides[] = {before, after};
    bool decided = false;
    for (size_t i = 0; i < COUNT_OF(sides); i++) {
        struct record *parent;
        if (sides[i] == NULL) {
            continue;
        }
        enum err err = store_get(db, a, &entity_due_diligence,
                                 record_text(sides[i], "due_diligence_id"), &parent, e);
        if (err != ERR_NONE) {
            return err;
        }
        decided = decided || diligence_is_decided(parent);
    }
    if (!decided) {
        return ERR_NONE;
    }
    for (size_t i = 0; before != NULL && after != NULL && i < COUNT_OF(fixed); i++) {
        if (strcmp(record_text(before, fixed[i]), record_text(after, fixed[i])) != 0) {
            return closed(e);
        }
    }
    return before != NULL && after != NULL ? ERR_NONE : closed(e);
}
