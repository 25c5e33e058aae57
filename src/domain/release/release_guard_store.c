// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_guard_store.c: what a release may become, by whatever way (entity.guard).

#include <string.h>

#include "base/bug.h"
#include "release/release_record.h"

static enum err stays(const char *field, struct err_info *e)
{
    return err_set(e, ERR_INPUT, field, MSG("A release stays as it was made."),
                   MSG("Make a new one; a draft can be deleted, a published one withdrawn."), NULL);
}

static bool is_one_of(const char *const *names, const char *name)
{
    for (; *names != NULL; names++) {
        if (strcmp(*names, name) == 0) {
            return true;
        }
    }
    return false;
}

// The first field that is not the same and not among `free`; NULL: none.
static const char *changed(const struct record *before, const struct record *after, const char *const *free)
{
    for (size_t i = 0; i < before->entity->n_fields; i++) {
        const char *name = before->entity->fields[i].name;
        if (!value_same(&before->values[i], &after->values[i]) && !is_one_of(free, name)) {
            return name;
        }
    }
    return NULL;
}

// Draft, audited, published, withdrawn; refused on the way to published. No way back.
static bool is_step(const char *from, const char *to)
{
    static const char *const steps[][2] = {{"draft", "draft"},       {"draft", "audited"},
                                           {"draft", "refused"},     {"audited", "audited"},
                                           {"audited", "refused"},   {"audited", "published"},
                                           {"published", "withdrawn"}};
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        if (strcmp(steps[i][0], from) == 0 && strcmp(steps[i][1], to) == 0) {
            return true;
        }
    }
    return false;
}

// The proof took in every release that has left until now.
static enum err check_proof(struct arena *a, struct db_read *db, const struct record *r, struct err_info *e)
{
    struct record **left;
    size_t n;
    enum err err = release_ledger_load(db, a, record_text(r, "indicator_id"), &left, &n, e);
    bool proved = err == ERR_NONE && strcmp(record_text(r, "verdict"), "protected") == 0 &&
                  record_is_set(r, "audited_on") &&
                  strcmp(record_text(r, "audited_against"), release_names(a, left, n)) == 0;
    return err != ERR_NONE || proved
               ? err
               : err_set(e, ERR_CONFLICT, "state", MSG("It is not proved that nothing small can be worked out from "
                                                       "this release and the earlier ones."),
                         MSG("Audit it again: another release was published since."), NULL);
}

static enum err check_published(struct arena *a, struct db_read *db, const struct record *r, struct err_info *e)
{
    const char *maker = record_text(r, "made_by");
    const char *publisher = record_text(r, "published_by");
    if (maker[0] == '\0' || publisher[0] == '\0' || strcmp(maker, publisher) == 0) {
        return err_set(e, ERR_NOT_ALLOWED, "published_by",
                       MSG("A release is published by another person than the one who made it."),
                       MSG("Ask somebody who may approve in this programme."), NULL);
    }
    return record_is_set(r, "published_on") ? check_proof(a, db, r, e) : stays("published_on", e);
}

static enum err check_new(struct arena *a, const struct record *r, struct err_info *e)
{
    struct release_entry entry;
    bool whole = release_is(r, "draft") && record_is_set(r, "made_by") && release_entry_of(a, r, &entry) &&
                 entry.table.base == record_int(r, "base") &&
                 entry.table.base >= release_base_of(record_text(r, "class"));
    return whole ? ERR_NONE
                 : err_set(e, ERR_INPUT, "counts",
                           MSG("A release is made from the values of an indicator, by the program."),
                           MSG("Use the page “Releases” or “mainstay release make”."), NULL);
}

enum err release_guard(struct arena *a, struct db_read *db, const struct record *before, const struct record *after,
                       struct err_info *e)
{
    static const char *const by_audit[] = {"state", "reason", "title", "audited_on", "audited_against", "verdict",
                                           "audited_counts", "weakest_low", "weakest_high", NULL};
    static const char *const by_publishing[] = {"state", "published_by", "published_on", NULL};
    static const char *const by_withdrawing[] = {"state", "reason", NULL};
    if (before == NULL) {
        return check_new(a, after, e);
    }
    if (after == NULL) {
        return release_has_left(before) ? stays("state", e) : ERR_NONE;
    }
    const char *to = record_text(after, "state");
    bool publishes = strcmp(to, "published") == 0;
    bool withdraws = strcmp(to, "withdrawn") == 0;
    const char *field = !is_step(record_text(before, "state"), to)
                            ? "state"
                            : changed(before, after, publishes   ? by_publishing
                                                     : withdraws ? by_withdrawing
                                                                 : by_audit);
    if (field != NULL) {
        return stays(field, e);
    }
    if ((withdraws || strcmp(to, "refused") == 0) && !record_is_set(after, "reason")) {
        return err_set(e, ERR_INPUT, "reason", MSG("Why?"), MSG("Say it for those who have used the figures."), NULL);
    }
    return publishes                      ? check_published(a, db, after, e)
           : strcmp(to, "audited") == 0 ? check_proof(a, db, after, e)
                                         : ERR_NONE;
}
